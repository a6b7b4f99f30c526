-- What was paid for. A ledger is all that providers told us of one account, as JSON of `billing`;
-- it does not depend on the order in which it was told.

CREATE TABLE ledgers (
    account_id  UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    ledger      TEXT    NOT NULL,
    updated_at  BIGINT  NOT NULL
);

-- Events of providers that were taken, so that what comes twice costs nothing.
CREATE TABLE payment_events (
    id          TEXT    NOT NULL PRIMARY KEY,
    account_id  UUID,
    kind        TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL
);
CREATE INDEX payment_events_by_time ON payment_events (created_at);

-- One-off payments that were begun: what a notification of their provider is compared with.
CREATE TABLE payment_orders (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    content     TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL
);
CREATE INDEX payment_orders_by_account ON payment_orders (account_id);

-- How much of what is counted by the day an account has used.
CREATE TABLE usages (
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    quota       TEXT    NOT NULL,
    day         BIGINT  NOT NULL,
    used        BIGINT  NOT NULL,
    PRIMARY KEY (account_id, quota, day)
);
