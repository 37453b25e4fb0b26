-- The browser side: several VAPID pairs per service, receipts beside outcomes, click links, and what the hosted PWA looks like.

ALTER TABLE service ADD COLUMN theme_color TEXT NOT NULL DEFAULT '#1f4fd8';
ALTER TABLE service ADD COLUMN background_color TEXT NOT NULL DEFAULT '#ffffff';
ALTER TABLE service ADD COLUMN click_links INTEGER NOT NULL DEFAULT 0;
ALTER TABLE service ADD COLUMN sealed_pwa_key BYTEA;                            -- the hosted PWA's publishable key; NULL until its first visit

-- Retired: no active registration uses the pair, and none may any more.
ALTER TABLE vapid_key ADD COLUMN is_retired INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX vapid_key_current ON vapid_key (organization_id, service_id) WHERE is_current = 1;
CREATE UNIQUE INDEX vapid_key_by_public_key ON vapid_key (organization_id, service_id, public_key);
CREATE INDEX registration_by_vapid_key ON registration (organization_id, service_id, vapid_key_id) WHERE status = 0;

-- One byte of flags per recipient, NULL until the first receipt. A recipient's batch is the last one that does not begin after it.
ALTER TABLE batch ADD COLUMN first_recipient BIGINT;
ALTER TABLE batch ADD COLUMN receipts BYTEA;
CREATE INDEX batch_by_recipient ON batch (organization_id, notification_id, first_recipient);

ALTER TABLE notification ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN clicked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN link_clicks BIGINT NOT NULL DEFAULT 0;
ALTER TABLE notification ADD COLUMN link_target TEXT;                          -- where its click link leads; NULL: it has none
