-- What a visitor keeps: strategies, and runs of them.
--
-- The same names stand in the set for PostgreSQL when it comes; only the column types differ
-- there (BLOB is UUID, TEXT that holds JSON is JSONB). Every row has an owner, and every query
-- names it. Times are milliseconds since 1970 (UTC).

CREATE TABLE strategies (
    id          BLOB    NOT NULL PRIMARY KEY,
    owner_id    BLOB    NOT NULL,
    -- Counts the saves: whoever saves names the one they changed, so that two tabs do not
    -- overwrite each other unseen.
    revision    INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    symbol      TEXT    NOT NULL,
    timeframe   TEXT    NOT NULL,
    document    TEXT    NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
);

CREATE INDEX strategies_by_owner ON strategies (owner_id, updated_at);

CREATE TABLE runs (
    id          BLOB    NOT NULL PRIMARY KEY,
    owner_id    BLOB    NOT NULL,
    -- A run outlives its strategy: it keeps the document as it was tested.
    strategy_id BLOB    REFERENCES strategies (id) ON DELETE SET NULL,
    name        TEXT    NOT NULL,
    symbol      TEXT    NOT NULL,
    timeframe   TEXT    NOT NULL,
    terms       TEXT    NOT NULL,
    trades      INTEGER NOT NULL,
    net_profit  DOUBLE PRECISION NOT NULL,
    document    TEXT    NOT NULL,
    result      TEXT    NOT NULL,
    created_at  INTEGER NOT NULL
);

CREATE INDEX runs_by_owner ON runs (owner_id, created_at);
CREATE INDEX runs_by_strategy ON runs (strategy_id);
