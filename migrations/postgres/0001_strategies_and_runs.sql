-- What a visitor keeps: strategies, and runs of them.
--
-- The same names stand in the set for SQLite; only the column types differ. Every row has an owner,
-- and every query names it. Times are milliseconds since 1970 (UTC).

CREATE TABLE strategies (
    id          UUID    NOT NULL PRIMARY KEY,
    owner_id    UUID    NOT NULL,
    -- Counts the saves: whoever saves names the one they changed, so that two tabs do not
    -- overwrite each other unseen.
    revision    BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    symbol      TEXT    NOT NULL,
    timeframe   TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL
);

CREATE INDEX strategies_by_owner ON strategies (owner_id, updated_at);

CREATE TABLE runs (
    id          UUID    NOT NULL PRIMARY KEY,
    owner_id    UUID    NOT NULL,
    -- A run outlives its strategy: it keeps the document as it was tested.
    strategy_id UUID    REFERENCES strategies (id) ON DELETE SET NULL,
    name        TEXT    NOT NULL,
    symbol      TEXT    NOT NULL,
    timeframe   TEXT    NOT NULL,
    terms       TEXT    NOT NULL,
    trades      BIGINT  NOT NULL,
    net_profit  DOUBLE PRECISION NOT NULL,
    document    TEXT    NOT NULL,
    result      TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL
);

CREATE INDEX runs_by_owner ON runs (owner_id, created_at);
CREATE INDEX runs_by_strategy ON runs (strategy_id);
