-- Machines: their keys, how they get them, what they are told and what they report.
--
-- Every row is an account's and goes with it.

-- API keys. Of the key only a hash is kept, and the prefix by which its owner knows it.
CREATE TABLE credentials (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash        BYTEA   NOT NULL UNIQUE,
    prefix      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    scope       TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    expires_at  BIGINT,
    used_at     BIGINT,
    revoked_at  BIGINT
);
CREATE INDEX credentials_by_account ON credentials (account_id, id);

-- Devices that want a key. They have no account until somebody approves them, and no row once the
-- key is taken.
CREATE TABLE pairings (
    id          UUID    NOT NULL PRIMARY KEY,
    -- What is shown and typed, hashed with a key that is not in the database: it is short.
    code        BYTEA   NOT NULL UNIQUE,
    -- What the device alone knows.
    secret      BYTEA   NOT NULL UNIQUE,
    device      TEXT    NOT NULL,
    scope       TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    account_id  UUID    REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at  BIGINT  NOT NULL
);
CREATE INDEX pairings_by_expiry ON pairings (expires_at);
CREATE INDEX pairings_by_account ON pairings (account_id);

-- Programs that trade. One key is one executor: no program can give itself out for another.
CREATE TABLE executors (
    id            UUID    NOT NULL PRIMARY KEY,
    account_id    UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    credential_id UUID    NOT NULL UNIQUE REFERENCES credentials (id) ON DELETE CASCADE,
    name          TEXT    NOT NULL,
    version       TEXT    NOT NULL,
    -- JSON: shown, never asked for.
    health        TEXT    NOT NULL,
    created_at    BIGINT  NOT NULL,
    seen_at       BIGINT  NOT NULL
);
CREATE INDEX executors_by_account ON executors (account_id, id);

CREATE TABLE broker_accounts (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    login       BIGINT  NOT NULL,
    server      TEXT    NOT NULL,
    currency    TEXT    NOT NULL,
    -- Who reported it last, and gets the commands for it.
    executor_id UUID    REFERENCES executors (id) ON DELETE SET NULL,
    seen_at     BIGINT  NOT NULL,
    UNIQUE (account_id, login, server)
);
CREATE INDEX broker_accounts_by_executor ON broker_accounts (executor_id);

CREATE TABLE commands (
    id                UUID    NOT NULL PRIMARY KEY,
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The Idempotency-Key that it was given with: a command given twice is one.
    request_key       TEXT    NOT NULL,
    -- One of these two says who is to do it.
    executor_id       UUID    REFERENCES executors (id) ON DELETE CASCADE,
    broker_account_id UUID    REFERENCES broker_accounts (id) ON DELETE CASCADE,
    -- JSON.
    action            TEXT    NOT NULL,
    -- queued, delivered, executed, failed, expired: forward only.
    state             TEXT    NOT NULL,
    remark            TEXT    NOT NULL,
    -- Who got it, and alone may say what became of it.
    delivered_to      UUID,
    created_at        BIGINT  NOT NULL,
    expires_at        BIGINT  NOT NULL,
    delivered_at      BIGINT,
    finished_at       BIGINT,
    UNIQUE (account_id, request_key)
);
CREATE INDEX commands_by_account ON commands (account_id, id);
CREATE INDEX commands_open ON commands (state, expires_at);
CREATE INDEX commands_by_executor ON commands (executor_id);
CREATE INDEX commands_by_broker_account ON commands (broker_account_id);

CREATE TABLE deals (
    -- Made from the deal's time: a list by name is a list by time.
    id                UUID    NOT NULL PRIMARY KEY,
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    broker_account_id UUID    NOT NULL REFERENCES broker_accounts (id) ON DELETE CASCADE,
    ticket            BIGINT  NOT NULL,
    order_ticket      BIGINT  NOT NULL,
    position_ticket   BIGINT  NOT NULL,
    symbol            TEXT,
    side              TEXT,
    entry             TEXT    NOT NULL,
    volume            DOUBLE PRECISION NOT NULL,
    price             DOUBLE PRECISION NOT NULL,
    profit            DOUBLE PRECISION NOT NULL,
    commission        DOUBLE PRECISION NOT NULL,
    swap              DOUBLE PRECISION NOT NULL,
    fee               DOUBLE PRECISION NOT NULL,
    magic             BIGINT  NOT NULL,
    -- As it was reported: no reference, since a deal outlives its strategy.
    strategy_id       UUID,
    remark            TEXT    NOT NULL,
    executed_at       BIGINT  NOT NULL,
    received_at       BIGINT  NOT NULL,
    UNIQUE (account_id, broker_account_id, ticket)
);
CREATE INDEX deals_by_account ON deals (account_id, id);
CREATE INDEX deals_by_broker_account ON deals (broker_account_id);

-- What was open at an account when it was last reported, as JSON.
CREATE TABLE position_snapshots (
    broker_account_id UUID    NOT NULL PRIMARY KEY REFERENCES broker_accounts (id) ON DELETE CASCADE,
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    taken_at          BIGINT  NOT NULL,
    positions         TEXT    NOT NULL
);
CREATE INDEX position_snapshots_by_account ON position_snapshots (account_id);

CREATE TABLE equity_snapshots (
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    broker_account_id UUID    NOT NULL REFERENCES broker_accounts (id) ON DELETE CASCADE,
    taken_at          BIGINT  NOT NULL,
    balance           DOUBLE PRECISION NOT NULL,
    equity            DOUBLE PRECISION NOT NULL,
    margin            DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (account_id, broker_account_id, taken_at)
);
CREATE INDEX equity_snapshots_by_broker_account ON equity_snapshots (broker_account_id);

-- Answers to writes, so that a write that is sent again is not done again.
CREATE TABLE idempotency (
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    request_key TEXT    NOT NULL,
    -- Of who asked for what.
    request     BYTEA   NOT NULL,
    -- Without an answer it is under way, and may be tried again after `expires_at`.
    status      BIGINT,
    -- Sealed: an answer may hold a key that is shown once.
    answer      BYTEA,
    expires_at  BIGINT  NOT NULL,
    PRIMARY KEY (account_id, request_key)
);
CREATE INDEX idempotency_by_expiry ON idempotency (expires_at);
