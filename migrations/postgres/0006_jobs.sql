-- The queue of background work, in the shape that apalis-postgres 1.0 reads (docs/adr/0011-jobs.md):
-- it goes by the order of the columns, and by the function `get_jobs`. It has a schema of its own, so
-- that backups, which hold what cannot be made again, leave it out.
CREATE SCHEMA IF NOT EXISTS apalis;

-- Processes that take jobs. Who was not seen for a while is dead, and what it took is taken again.
CREATE TABLE apalis.workers (
    id            TEXT         NOT NULL PRIMARY KEY,
    worker_type   TEXT         NOT NULL,
    storage_name  TEXT         NOT NULL,
    layers        TEXT,
    last_seen     TIMESTAMPTZ  NOT NULL DEFAULT now(),
    started_at    TIMESTAMPTZ
);

CREATE TABLE apalis.jobs (
    -- What is to be done, as JSON.
    job              BYTEA        NOT NULL,
    -- A ULID.
    id               TEXT         NOT NULL PRIMARY KEY,
    -- The queue.
    job_type         TEXT         NOT NULL,
    -- Pending, Queued (taken), Done, Failed (waits to be tried again), Killed (given up).
    status           TEXT         NOT NULL DEFAULT 'Pending',
    attempts         INTEGER      NOT NULL DEFAULT 0,
    max_attempts     INTEGER      NOT NULL,
    -- Not before.
    run_at           TIMESTAMPTZ  NOT NULL DEFAULT now(),
    last_result      JSONB,
    lock_at          TIMESTAMPTZ,
    -- Which worker took it last.
    lock_by          TEXT,
    done_at          TIMESTAMPTZ,
    priority         INTEGER      NOT NULL DEFAULT 0,
    -- Of two with the same name there is only the first.
    idempotency_key  TEXT,
    -- Unused; apalis has an extension's type here, which not everybody may install.
    metadata         TEXT
);
CREATE UNIQUE INDEX jobs_by_key ON apalis.jobs (job_type, idempotency_key);
CREATE INDEX jobs_by_turn ON apalis.jobs (job_type, priority DESC, run_at)
    WHERE status = 'Pending' OR (status = 'Failed' AND attempts < max_attempts);
CREATE INDEX jobs_by_worker ON apalis.jobs (lock_by) WHERE status IN ('Queued', 'Running');
CREATE INDEX jobs_by_end ON apalis.jobs (done_at) WHERE status IN ('Done', 'Killed');

-- Takes the jobs whose turn it is. Of several workers none waits for another, and none gets the
-- same.
CREATE FUNCTION apalis.get_jobs(worker_id TEXT, queue TEXT, most INTEGER)
RETURNS SETOF apalis.jobs
LANGUAGE sql
VOLATILE
AS $$
    WITH next AS (
        SELECT id FROM apalis.jobs
        WHERE (status = 'Pending' OR (status = 'Failed' AND attempts < max_attempts))
          AND run_at <= now() AND job_type = queue
        ORDER BY priority DESC, run_at
        LIMIT most
        FOR UPDATE SKIP LOCKED
    )
    UPDATE apalis.jobs AS taken
    SET status = 'Queued', lock_by = worker_id, lock_at = now()
    FROM next
    WHERE taken.id = next.id
    RETURNING taken.*;
$$;
