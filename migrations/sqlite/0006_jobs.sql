-- The queue of background work, in the shape that apalis-sqlite 1.0 reads (docs/adr/0011-jobs.md).
-- Backups, which hold what cannot be made again, leave it out. Times are seconds here.

-- Processes that take jobs. Who was not seen for a while is dead, and what it took is taken again.
CREATE TABLE Workers (
    id            TEXT     NOT NULL PRIMARY KEY,
    worker_type   TEXT     NOT NULL,
    storage_name  TEXT     NOT NULL,
    layers        TEXT,
    last_seen     INTEGER  NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER)),
    started_at    INTEGER
);

CREATE TABLE Jobs (
    -- What is to be done, as JSON.
    job              BLOB     NOT NULL,
    -- A ULID.
    id               TEXT     NOT NULL PRIMARY KEY,
    -- The queue.
    job_type         TEXT     NOT NULL,
    -- Pending, Queued (taken), Done, Failed (waits to be tried again), Killed (given up).
    status           TEXT     NOT NULL DEFAULT 'Pending',
    attempts         INTEGER  NOT NULL DEFAULT 0,
    max_attempts     INTEGER  NOT NULL,
    -- Not before.
    run_at           INTEGER  NOT NULL,
    last_result      TEXT,
    lock_at          INTEGER,
    -- Which worker took it last.
    lock_by          TEXT,
    done_at          INTEGER,
    priority         INTEGER  NOT NULL DEFAULT 0,
    metadata         TEXT,
    -- Of two with the same name there is only the first.
    idempotency_key  TEXT
);
CREATE UNIQUE INDEX jobs_by_key ON Jobs (job_type, idempotency_key);
CREATE INDEX jobs_by_turn ON Jobs (job_type, status, run_at);
CREATE INDEX jobs_by_end ON Jobs (status, done_at);
