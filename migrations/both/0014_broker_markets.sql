-- What brokers say of their symbols, and their own price history, as executors upload them.
--
-- Every row is an account's and goes with it.

CREATE TABLE broker_specs (
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    broker_account_id UUID    NOT NULL REFERENCES broker_accounts (id) ON DELETE CASCADE,
    symbol            TEXT    NOT NULL,
    -- JSON.
    spec              TEXT    NOT NULL,
    changed_at        BIGINT  NOT NULL,
    PRIMARY KEY (account_id, broker_account_id, symbol)
);
CREATE INDEX broker_specs_by_broker_account ON broker_specs (broker_account_id);

-- Bars in parts: each has those of a stretch of time whose length is the timeframe's, so that a page
-- that comes again changes the same parts.
CREATE TABLE broker_bars (
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    broker_account_id UUID    NOT NULL REFERENCES broker_accounts (id) ON DELETE CASCADE,
    symbol            TEXT    NOT NULL,
    timeframe         TEXT    NOT NULL,
    -- Where the stretch begins.
    starts_at         BIGINT  NOT NULL,
    first_at          BIGINT  NOT NULL,
    last_at           BIGINT  NOT NULL,
    bar_count         BIGINT  NOT NULL,
    byte_count        BIGINT  NOT NULL,
    changed_at        BIGINT  NOT NULL,
    -- As the browser gets them.
    content           BYTEA   NOT NULL,
    PRIMARY KEY (account_id, broker_account_id, symbol, timeframe, starts_at)
);
CREATE INDEX broker_bars_by_broker_account ON broker_bars (broker_account_id);
-- Counts what an account keeps without reading any of it.
CREATE INDEX broker_bars_by_size ON broker_bars (account_id, byte_count);
