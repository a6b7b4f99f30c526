-- The checkout that an account has open at a provider: never two, since both could be paid. What it
-- is, is kept before the provider hears of it, so that none is ever forgotten.

CREATE TABLE checkouts (
    account_id  UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    -- JSON of whoever began it; empty where there is none.
    content     TEXT    NOT NULL,
    -- Until then one process attends to it, and nobody else does.
    held_until  BIGINT  NOT NULL
);
