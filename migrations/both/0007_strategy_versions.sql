-- Strategies as assets: numbered versions, what is live, what is put away.

-- Every document that was ever saved under a strategy's name, from 1 on; none is changed. Whose they
-- are the strategy says, so that a visitor's go with it to the account that they sign in to.
CREATE TABLE strategy_versions (
    strategy_id UUID    NOT NULL REFERENCES strategies (id) ON DELETE CASCADE,
    number      BIGINT  NOT NULL,
    document    TEXT    NOT NULL,
    -- What was said of it when it was saved.
    note        TEXT    NOT NULL,
    -- Which version it brings back, if it does.
    origin      BIGINT,
    saved_at    BIGINT  NOT NULL,
    PRIMARY KEY (strategy_id, number)
);

INSERT INTO strategy_versions (strategy_id, number, document, note, saved_at)
SELECT id, 1, document, '', updated_at FROM strategies;

ALTER TABLE strategies ADD COLUMN archived_at BIGINT;
-- Counts what was done with it that is no save: with the revision, its ETag.
ALTER TABLE strategies ADD COLUMN turns BIGINT NOT NULL DEFAULT 0;

-- From when until when which version traded where. What has ended stays: by it deals are told apart.
CREATE TABLE activations (
    id                UUID    NOT NULL PRIMARY KEY,
    account_id        UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    strategy_id       UUID    NOT NULL REFERENCES strategies (id) ON DELETE CASCADE,
    version           BIGINT  NOT NULL,
    -- None: every account at a broker. One that is gone takes its activation along: it must never
    -- come to mean every other account.
    broker_account_id UUID    REFERENCES broker_accounts (id) ON DELETE CASCADE,
    -- Since when the strategy is live without a break, whichever version.
    since             BIGINT  NOT NULL,
    started_at        BIGINT  NOT NULL,
    ended_at          BIGINT
);
CREATE UNIQUE INDEX activations_live ON activations (strategy_id) WHERE ended_at IS NULL;
CREATE INDEX activations_by_account ON activations (account_id, strategy_id);
CREATE INDEX activations_by_strategy ON activations (strategy_id);
CREATE INDEX activations_by_broker_account ON activations (broker_account_id);

-- Since when an account has more of something than its plan allows.
CREATE TABLE excesses (
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    quota       TEXT    NOT NULL,
    since       BIGINT  NOT NULL,
    PRIMARY KEY (account_id, quota)
);

-- As it was reported.
ALTER TABLE deals ADD COLUMN strategy_version BIGINT;
CREATE INDEX deals_by_strategy ON deals (account_id, strategy_id);
