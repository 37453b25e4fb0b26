-- Times are Unix milliseconds, durations seconds, flags 0 or 1. Every hot table's key begins with the organization.

CREATE TABLE organization (
    id               BIGINT  NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    plan             TEXT    NOT NULL,
    custom_hourly    INTEGER,                                          -- limits of the plan 'custom'; NULL: none
    custom_daily     INTEGER,
    credit_available BIGINT  CHECK (credit_available >= 0),            -- NULL: not metered
    credit_held      BIGINT  NOT NULL DEFAULT 0 CHECK (credit_held >= 0),
    served           BIGINT  NOT NULL DEFAULT 0,                       -- grows with each of its turns: the longest ago goes first
    created_at       BIGINT  NOT NULL
);

CREATE TABLE member (
    organization_id BIGINT  NOT NULL REFERENCES organization (id),
    id              BIGINT  NOT NULL,
    email           TEXT    NOT NULL,
    password_hash   TEXT,
    role            TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, id),
    UNIQUE (organization_id, email)
);

CREATE TABLE service (
    organization_id       BIGINT  NOT NULL REFERENCES organization (id),
    id                    BIGINT  NOT NULL,
    identifier            TEXT COLLATE "C" NOT NULL UNIQUE,
    name                  TEXT    NOT NULL,
    contact_email         TEXT    NOT NULL,
    icon                  TEXT,
    is_active             INTEGER NOT NULL DEFAULT 1,
    notifications_enabled INTEGER NOT NULL DEFAULT 1,
    identity_mode         INTEGER NOT NULL DEFAULT 0,
    sealed_identity_key   BYTEA,
    active_registrations  BIGINT  NOT NULL DEFAULT 0 CHECK (active_registrations >= 0),
    created_at            BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE service_origin (
    organization_id BIGINT  NOT NULL,
    service_id      BIGINT  NOT NULL,
    origin          TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization_id, service_id, origin),
    FOREIGN KEY (organization_id, service_id) REFERENCES service (organization_id, id)
);

CREATE TABLE vapid_key (
    organization_id    BIGINT  NOT NULL,
    service_id         BIGINT  NOT NULL,
    id                 BIGINT  NOT NULL,
    public_key         TEXT COLLATE "C" NOT NULL,
    sealed_private_key BYTEA   NOT NULL,
    is_current         INTEGER NOT NULL,
    created_at         BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, service_id, id),
    FOREIGN KEY (organization_id, service_id) REFERENCES service (organization_id, id)
);

-- Found by hash before the organization is known; small, read-mostly.
CREATE TABLE api_key (
    hash            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id BIGINT  NOT NULL,
    service_id      BIGINT  NOT NULL,
    id              BIGINT  NOT NULL,
    kind            INTEGER NOT NULL,
    scopes          TEXT    NOT NULL DEFAULT '',
    is_service      INTEGER NOT NULL DEFAULT 0,
    name            TEXT    NOT NULL,
    hint            TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    last_used_at    BIGINT,
    revoked_at      BIGINT,
    FOREIGN KEY (organization_id, service_id) REFERENCES service (organization_id, id)
);
CREATE UNIQUE INDEX api_key_by_organization ON api_key (organization_id, id);

CREATE TABLE registration (
    organization_id    BIGINT  NOT NULL,
    service_id         BIGINT  NOT NULL,
    id                 BIGINT  NOT NULL,
    status             INTEGER NOT NULL,
    status_reason      TEXT,
    ended_at           BIGINT,                                        -- since when it is not active
    endpoint           TEXT COLLATE "C" NOT NULL,
    endpoint_hash      TEXT COLLATE "C" NOT NULL,
    p256dh             BYTEA   NOT NULL,
    auth               BYTEA   NOT NULL,
    vapid_key_id       BIGINT  NOT NULL,
    email_hash         TEXT,
    sealed_email       BYTEA,
    user_id            TEXT,
    device_info        TEXT,
    is_installed       INTEGER NOT NULL DEFAULT 0,
    language           TEXT,
    time_zone          TEXT,
    token_hash         TEXT,
    notification_count BIGINT  NOT NULL DEFAULT 0,
    refusals           INTEGER NOT NULL DEFAULT 0,
    refused_since      BIGINT,
    last_notified_at   BIGINT,
    last_active_at     BIGINT,
    created_at         BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, service_id, id),
    FOREIGN KEY (organization_id, service_id) REFERENCES service (organization_id, id)
);
CREATE UNIQUE INDEX registration_by_endpoint ON registration (organization_id, service_id, endpoint_hash);
CREATE INDEX registration_by_email ON registration (organization_id, service_id, email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX registration_by_user ON registration (organization_id, service_id, user_id) WHERE user_id IS NOT NULL;

-- Fixed UTC windows; kind 0 is the hour, 1 the day.
CREATE TABLE quota_window (
    organization_id BIGINT  NOT NULL,
    kind            INTEGER NOT NULL,
    starts_at       BIGINT  NOT NULL,
    used            BIGINT  NOT NULL CHECK (used >= 0),
    PRIMARY KEY (organization_id, kind, starts_at)
);

CREATE TABLE credit_movement (
    organization_id BIGINT  NOT NULL,
    id              BIGINT  NOT NULL,
    kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('top-up', 'hold', 'spend', 'return')),
    amount          BIGINT  NOT NULL,
    available_after BIGINT  NOT NULL,
    held_after      BIGINT  NOT NULL,
    notification_id BIGINT,
    note            TEXT,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, id)
);

CREATE TABLE notification (
    organization_id       BIGINT  NOT NULL,
    id                    BIGINT  NOT NULL,
    service_id            BIGINT  NOT NULL,
    payload               BYTEA   NOT NULL,
    ttl                   INTEGER NOT NULL,
    urgency               INTEGER NOT NULL,
    topic                 TEXT,
    is_queued             INTEGER NOT NULL,
    is_metered            INTEGER NOT NULL,
    lane                  INTEGER NOT NULL,                            -- 0 overtakes 1: urgent or small before broadcasts
    total_targets         INTEGER NOT NULL,
    accepted              INTEGER NOT NULL DEFAULT 0,
    gone                  INTEGER NOT NULL DEFAULT 0,
    rejected              INTEGER NOT NULL DEFAULT 0,
    expired               INTEGER NOT NULL DEFAULT 0,
    cancelled             INTEGER NOT NULL DEFAULT 0,
    unknown_registrations TEXT    NOT NULL DEFAULT '[]',
    hour_window           BIGINT  NOT NULL,
    day_window            BIGINT  NOT NULL,
    cursor_after          BIGINT,                                     -- fan-out cursor; NULL once it is through
    cursor_upto           BIGINT,
    fanned_out            INTEGER NOT NULL DEFAULT 0,                  -- recipients put into batches so far
    batches               INTEGER NOT NULL DEFAULT 0,                  -- the next batch's id
    created_at            BIGINT  NOT NULL,
    starts_at             BIGINT,                                     -- NULL: at once
    expires_at            BIGINT  NOT NULL,
    cancelled_at          BIGINT,
    completed_at          BIGINT,
    withdrawn             INTEGER NOT NULL DEFAULT 0,                  -- accepted, then deleted at the push service
    PRIMARY KEY (organization_id, id)
);
CREATE INDEX notification_fan_out ON notification (organization_id, lane, id) WHERE cursor_after IS NOT NULL;
CREATE INDEX notification_by_end ON notification (completed_at) WHERE completed_at IS NOT NULL;

-- What an Idempotency-Key was first used for, for 24 hours. The answer is NULL until it has been given.
CREATE TABLE idempotency (
    organization_id BIGINT  NOT NULL,
    service_id      BIGINT  NOT NULL,
    key             TEXT COLLATE "C" NOT NULL,
    body_hash       TEXT    NOT NULL,
    notification_id BIGINT  NOT NULL,
    answer          BYTEA,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, service_id, key)
);
CREATE INDEX idempotency_by_age ON idempotency (organization_id, created_at);

-- due_at is schedule and lease in one: the moment at which the batch may be claimed (again). NULL: every delivery has ended.
CREATE TABLE batch (
    organization_id BIGINT  NOT NULL,
    notification_id BIGINT  NOT NULL,
    id              INTEGER NOT NULL,
    service_id      BIGINT  NOT NULL,
    recipients      BYTEA   NOT NULL,
    outcomes        BYTEA   NOT NULL,
    attempt         INTEGER NOT NULL DEFAULT 0,
    lane            INTEGER NOT NULL,
    lease           BIGINT  NOT NULL DEFAULT 0,                        -- fencing token: grows with every claim
    is_leased       INTEGER NOT NULL DEFAULT 0,                        -- due_at is the end of a lease
    due_at          BIGINT,
    PRIMARY KEY (organization_id, notification_id, id),
    FOREIGN KEY (organization_id, notification_id) REFERENCES notification (organization_id, id)
);
CREATE INDEX batch_due ON batch (organization_id, lane, due_at) WHERE due_at IS NOT NULL;

-- Messages that a push service still holds and lets us delete (RFC 8030 §7.1), as many to a row as were settled together.
CREATE TABLE stored_message (
    organization_id BIGINT  NOT NULL,
    notification_id BIGINT  NOT NULL,
    id              BIGINT  NOT NULL,
    locations       TEXT    NOT NULL,                                  -- JSON array of URLs
    expires_at      BIGINT  NOT NULL,
    withdraw_at     BIGINT,                                           -- due to be deleted; NULL: not asked for
    PRIMARY KEY (organization_id, notification_id, id)
);
CREATE INDEX stored_message_due ON stored_message (withdraw_at) WHERE withdraw_at IS NOT NULL;
CREATE INDEX stored_message_by_end ON stored_message (expires_at);

-- What is known of a push service's behaviour towards one organization.
CREATE TABLE origin_state (
    organization_id   BIGINT  NOT NULL,
    origin            TEXT COLLATE "C" NOT NULL,
    closed_until      BIGINT  NOT NULL DEFAULT 0,                      -- Retry-After, or a pause
    refusals          INTEGER NOT NULL DEFAULT 0,                      -- of ourselves, since it last took or judged a message
    window_start      BIGINT  NOT NULL,                                -- of the two counts
    samples           INTEGER NOT NULL DEFAULT 0,
    gone              INTEGER NOT NULL DEFAULT 0,
    quarantined_since BIGINT,                                         -- "gone" is not believed until somebody has looked
    PRIMARY KEY (organization_id, origin)
);

CREATE TABLE alarm (
    organization_id BIGINT  NOT NULL,
    id              BIGINT  NOT NULL,
    kind            TEXT COLLATE "C" NOT NULL,
    origin          TEXT COLLATE "C" NOT NULL,
    sentence        TEXT    NOT NULL,
    raised_at       BIGINT  NOT NULL,
    resolved_at     BIGINT,
    PRIMARY KEY (organization_id, id)
);
CREATE UNIQUE INDEX alarm_open ON alarm (organization_id, kind, origin) WHERE resolved_at IS NULL;

-- Rewritten in place again and again: room on their pages keeps the new versions beside the old ones, without touching an index.
ALTER TABLE registration SET (fillfactor = 80);
ALTER TABLE notification SET (fillfactor = 70);
ALTER TABLE organization SET (fillfactor = 50);
ALTER TABLE quota_window SET (fillfactor = 50);
ALTER TABLE origin_state SET (fillfactor = 50);

-- Tells the ids of nodes apart that make them in the same millisecond.
CREATE SEQUENCE node_number MINVALUE 0 MAXVALUE 1023 CYCLE;

-- The last transaction of each place of each node leaves a token: what was committed is known by it when the answer to a commit is lost.
CREATE TABLE write_mark (
    node  INTEGER NOT NULL,
    place INTEGER NOT NULL,
    token UUID    NOT NULL,
    PRIMARY KEY (node, place)
) WITH (fillfactor = 50);

-- Requests of the last minute per subject of a rate limit: how many in each stretch of time. Not logged: it is worth nothing after a minute.
CREATE UNLOGGED TABLE request_window (
    organization_id BIGINT    NOT NULL,
    subject         TEXT COLLATE "C" NOT NULL,
    starts          BIGINT[]  NOT NULL,
    counts          INTEGER[] NOT NULL,
    seen_at         BIGINT    NOT NULL,
    PRIMARY KEY (organization_id, subject)
);

-- Counts one request and says how many there were in the minute before it, and in how many milliseconds the next place of @most is free.
-- The row's lock makes nodes count one after the other. Stretches of time are @grain milliseconds long and count until their end.
CREATE FUNCTION count_request(organization BIGINT, request_subject TEXT, most INTEGER, at_time BIGINT, grain BIGINT, OUT used INTEGER, OUT wait BIGINT)
-- A node that got stuck here must not stop everybody's requests for long.
LANGUAGE plpgsql SET lock_timeout = '2s' AS $$
DECLARE
    period CONSTANT BIGINT := 60000;
    moment BIGINT := at_time;
    stretch BIGINT;
    seen request_window;
    newest INTEGER;
    lapsed INTEGER := 0;
BEGIN
    INSERT INTO request_window AS w (organization_id, subject, starts, counts, seen_at)
    VALUES (organization, request_subject, '{}', '{}', at_time)
    ON CONFLICT (organization_id, subject) DO UPDATE SET seen_at = at_time
    RETURNING w.* INTO seen;

    -- Who waited for the row comes with an earlier time than those who were counted meanwhile. What lies further ahead than a minute was
    -- counted by a clock that has been set back since.
    newest := cardinality(seen.starts);
    IF newest > 0 AND seen.starts[newest] BETWEEN moment AND moment + period THEN
        moment := seen.starts[newest];
    END IF;
    stretch := moment - moment % grain;

    SELECT coalesce(array_agg(start ORDER BY start), '{}'), coalesce(array_agg(count ORDER BY start), '{}'), coalesce(sum(count), 0)
    INTO seen.starts, seen.counts, used
    FROM unnest(seen.starts, seen.counts) AS entry (start, count)
    WHERE start + grain - 1 > moment - period AND start <= moment;

    newest := cardinality(seen.starts);
    IF newest > 0 AND seen.starts[newest] = stretch THEN
        seen.counts[newest] := seen.counts[newest] + 1;
    ELSE
        newest := newest + 1;
        seen.starts[newest] := stretch;
        seen.counts[newest] := 1;
    END IF;

    -- Who hammers is remembered no longer than it takes to refuse him.
    UPDATE request_window
    SET starts = seen.starts[greatest(1, newest - most):], counts = seen.counts[greatest(1, newest - most):]
    WHERE organization_id = organization AND subject = request_subject;

    FOR oldest IN 1 .. newest LOOP
        lapsed := lapsed + seen.counts[oldest];
        wait := seen.starts[oldest] + grain - 1 + period - moment;
        EXIT WHEN used + 1 - lapsed < most;
    END LOOP;
END
$$;
