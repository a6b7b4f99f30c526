-- Accounts, who is signed in, and what was done to whom.
--
-- From here on both engines read the same text: the sets differ only in 0001 and 0002. SQLite takes
-- any word for a type, and these give its columns the affinity that fits.

CREATE TABLE accounts (
    id            UUID    NOT NULL PRIMARY KEY,
    -- As it was typed, and as it is compared.
    email         TEXT    NOT NULL,
    email_key     TEXT    NOT NULL UNIQUE,
    -- argon2id in PHC form.
    password      TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    language      TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL,
    disabled_at   BIGINT,
    -- The secret of the second factor, sealed. Without `two_factor_at` it is not confirmed yet.
    totp          BYTEA,
    totp_step     BIGINT,
    two_factor_at BIGINT
);

-- Who wants an account. None is made before the address is proved: nobody learns by registering
-- whether an address has one already.
CREATE TABLE registrations (
    hash        BYTEA   NOT NULL PRIMARY KEY,
    email       TEXT    NOT NULL,
    password    TEXT    NOT NULL,
    language    TEXT    NOT NULL,
    expires_at  BIGINT  NOT NULL
);
CREATE INDEX registrations_by_expiry ON registrations (expires_at);

-- What is told once by mail and given back once: for a new password or address.
CREATE TABLE account_tokens (
    hash        BYTEA   NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose     TEXT    NOT NULL,
    payload     TEXT    NOT NULL,
    expires_at  BIGINT  NOT NULL
);
CREATE INDEX account_tokens_by_account ON account_tokens (account_id);
CREATE INDEX account_tokens_by_expiry ON account_tokens (expires_at);

CREATE TABLE recovery_codes (
    hash        BYTEA   NOT NULL,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    used_at     BIGINT,
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE sessions (
    id          UUID    NOT NULL PRIMARY KEY,
    -- Of what the cookie says: who reads the table can sign in as nobody.
    hash        BYTEA   NOT NULL UNIQUE,
    account_id  UUID    REFERENCES accounts (id) ON DELETE CASCADE,
    data        TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    agent       TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    seen_at     BIGINT  NOT NULL,
    expires_at  BIGINT  NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- Nothing here is ever changed or removed but by time. It names accounts without a reference: what
-- was done stays known when the account is gone.
CREATE TABLE audit (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID,
    -- Who did it, where that is somebody else.
    actor_id    UUID,
    action      TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL
);
CREATE INDEX audit_by_account ON audit (account_id, id);

-- How often something was tried in vain, by whatever is counted: an address, an account.
CREATE TABLE throttles (
    subject     TEXT    NOT NULL PRIMARY KEY,
    failures    BIGINT  NOT NULL,
    last_at     BIGINT  NOT NULL
);
CREATE INDEX throttles_by_last ON throttles (last_at);

CREATE TABLE mails (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    REFERENCES accounts (id) ON DELETE CASCADE,
    recipient   TEXT    NOT NULL,
    subject     TEXT    NOT NULL,
    body        TEXT    NOT NULL,
    state       TEXT    NOT NULL,
    attempts    BIGINT  NOT NULL,
    failure     TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    due_at      BIGINT  NOT NULL,
    sent_at     BIGINT
);
CREATE INDEX mails_by_due ON mails (state, due_at);
