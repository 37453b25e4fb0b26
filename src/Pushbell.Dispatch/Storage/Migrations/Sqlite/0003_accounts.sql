-- Who may manage what: accounts with their sessions and links, invitations, management keys, and the record of what each of them changed.

-- A person who signs in; stands above organizations. The rows of member with the same id say where, and as what.
CREATE TABLE account (
    id              INTEGER NOT NULL PRIMARY KEY,
    email           TEXT    NOT NULL UNIQUE,                           -- trimmed and in lower case
    password_hash   TEXT,                                              -- NULL: not set yet
    is_operator     INTEGER NOT NULL DEFAULT 0,
    sealed_totp     BLOB,                                              -- the secret of the second factor; NULL: none
    sealed_new_totp BLOB,                                              -- proposed, until a code has proved it
    totp_step       INTEGER NOT NULL DEFAULT 0,                        -- the last one used: none is good twice
    last_seen_at    INTEGER,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_code (
    account_id INTEGER NOT NULL REFERENCES account (id),
    hash       TEXT    NOT NULL,
    PRIMARY KEY (account_id, hash)
) STRICT;

CREATE TABLE account_session (
    hash         TEXT    NOT NULL PRIMARY KEY,
    account_id   INTEGER NOT NULL REFERENCES account (id),
    id           INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    user_agent   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_session_by_account ON account_session (account_id, id);

-- Lets its holder set the account's password, once.
CREATE TABLE account_link (
    hash       TEXT    NOT NULL PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind       TEXT    NOT NULL,                                       -- first or reset
    drops_totp INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE TABLE invitation (
    organization_id INTEGER NOT NULL REFERENCES organization (id),
    id              INTEGER NOT NULL,
    hash            TEXT    NOT NULL UNIQUE,
    email           TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    used_at         INTEGER,
    PRIMARY KEY (organization_id, id)
) STRICT;

-- Found by hash before the organization is known, like API keys.
CREATE TABLE management_key (
    hash            TEXT    NOT NULL PRIMARY KEY,
    organization_id INTEGER REFERENCES organization (id),              -- NULL: the operator's, above all organizations
    id              INTEGER NOT NULL,
    role            TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    hint            TEXT    NOT NULL,
    created_at      INTEGER NOT NULL,
    last_used_at    INTEGER,
    revoked_at      INTEGER
) STRICT;
CREATE UNIQUE INDEX management_key_by_organization ON management_key (organization_id, id);

-- Who changed what. Organization 0 is the installation itself: accounts, and operators' keys.
CREATE TABLE audit_entry (
    organization_id INTEGER NOT NULL,
    id              INTEGER NOT NULL,
    actor           TEXT    NOT NULL,
    action          TEXT    NOT NULL,
    subject         TEXT,
    detail          TEXT,
    address         TEXT,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (organization_id, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_entry_stays_as_it_is BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;

-- Sign-ins that went wrong in the last minutes, and those under way.
CREATE TABLE sign_in_attempt (
    subject    TEXT    NOT NULL,                                       -- hash of an email, or a network address
    id         INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;
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
