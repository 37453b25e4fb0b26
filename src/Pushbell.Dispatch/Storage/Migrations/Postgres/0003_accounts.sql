-- Who may manage what: accounts with their sessions and links, invitations, management keys, and the record of what each of them changed.

-- A person who signs in; stands above organizations. The rows of member with the same id say where, and as what.
CREATE TABLE account (
    id              BIGINT  NOT NULL PRIMARY KEY,
    email           TEXT COLLATE "C" NOT NULL UNIQUE,                  -- trimmed and in lower case
    password_hash   TEXT,                                              -- NULL: not set yet
    is_operator     INTEGER NOT NULL DEFAULT 0,
    sealed_totp     BYTEA,                                             -- the secret of the second factor; NULL: none
    sealed_new_totp BYTEA,                                             -- proposed, until a code has proved it
    totp_step       BIGINT  NOT NULL DEFAULT 0,                        -- the last one used: none is good twice
    last_seen_at    BIGINT,
    created_at      BIGINT  NOT NULL
);

CREATE TABLE recovery_code (
    account_id BIGINT  NOT NULL REFERENCES account (id),
    hash       TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE account_session (
    hash         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id   BIGINT  NOT NULL REFERENCES account (id),
    id           BIGINT  NOT NULL,
    address      TEXT    NOT NULL,
    user_agent   TEXT    NOT NULL,
    created_at   BIGINT  NOT NULL,
    last_seen_at BIGINT  NOT NULL
);
CREATE UNIQUE INDEX account_session_by_account ON account_session (account_id, id);

-- Lets its holder set the account's password, once.
CREATE TABLE account_link (
    hash       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id BIGINT  NOT NULL REFERENCES account (id),
    kind       TEXT    NOT NULL,                                       -- first or reset
    drops_totp INTEGER NOT NULL DEFAULT 0,
    created_at BIGINT  NOT NULL,
    expires_at BIGINT  NOT NULL,
    used_at    BIGINT
);

CREATE TABLE invitation (
    organization_id BIGINT  NOT NULL REFERENCES organization (id),
    id              BIGINT  NOT NULL,
    hash            TEXT COLLATE "C" NOT NULL UNIQUE,
    email           TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    expires_at      BIGINT  NOT NULL,
    used_at         BIGINT,
    PRIMARY KEY (organization_id, id)
);

-- Found by hash before the organization is known, like API keys.
CREATE TABLE management_key (
    hash            TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    organization_id BIGINT  REFERENCES organization (id),              -- NULL: the operator's, above all organizations
    id              BIGINT  NOT NULL,
    role            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    hint            TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    last_used_at    BIGINT,
    revoked_at      BIGINT
);
CREATE UNIQUE INDEX management_key_by_organization ON management_key (organization_id, id);

-- Who changed what. Organization 0 is the installation itself: accounts, and operators' keys.
CREATE TABLE audit_entry (
    organization_id BIGINT  NOT NULL,
    id              BIGINT  NOT NULL,
    actor           TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    subject         TEXT,
    detail          TEXT,
    address         TEXT,
    created_at      BIGINT  NOT NULL,
    PRIMARY KEY (organization_id, id)
);
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit entries are append-only';
END
$$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

-- Sign-ins that went wrong in the last minutes, and those under way.
CREATE TABLE sign_in_attempt (
    subject    TEXT COLLATE "C" NOT NULL,                              -- hash of an email, or a network address
    id         BIGINT  NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (subject, id)
);
CREATE INDEX sign_in_attempt_by_age ON sign_in_attempt (created_at);

-- What was topped up is asked for with each organization; the rest of the ledger is long.
CREATE INDEX credit_movement_top_up ON credit_movement (organization_id, amount) WHERE kind = 'top-up';

-- From here on member.id is the account's, and member's own password is no longer looked at.
CREATE INDEX member_by_account ON member (id);
INSERT INTO account (id, email, password_hash, is_operator, created_at)
SELECT m.id, lower(m.email), m.password_hash,
       CASE WHEN m.role = 'owner' AND NOT EXISTS (SELECT 1 FROM member e WHERE e.id < m.id) THEN 1 ELSE 0 END, m.created_at
FROM member m WHERE NOT EXISTS (SELECT 1 FROM member e WHERE lower(e.email) = lower(m.email) AND e.id < m.id);
UPDATE member SET id = (SELECT a.id FROM account a WHERE a.email = lower(member.email));
