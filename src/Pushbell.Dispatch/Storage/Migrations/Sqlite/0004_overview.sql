-- What the dashboard asks again and again: activity by the start of notifications, which are running, and who left lately.

CREATE INDEX notification_by_start ON notification (organization_id, service_id, coalesce(starts_at, created_at));
CREATE INDEX notification_running ON notification (organization_id, service_id) WHERE completed_at IS NULL;
CREATE INDEX registration_ended ON registration (organization_id, service_id, ended_at) WHERE ended_at IS NOT NULL;
