-- What traders are told and by which way; feature flags; announcements; what runs from time to time.

CREATE TABLE notifications (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL,
    -- What it comes from: whoever sees the same cause, however often, makes one.
    cause       TEXT    NOT NULL,
    -- The values of its sentence, which is made anew in the language of whoever reads it.
    subject     TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    -- The row that it is about, without a reference, since it outlives it; and since when.
    about_id    UUID,
    since_at    BIGINT,
    created_at  BIGINT  NOT NULL,
    read_at     BIGINT,
    UNIQUE (account_id, cause)
);
CREATE INDEX notifications_by_account ON notifications (account_id, id);
CREATE INDEX notifications_by_read ON notifications (account_id, read_at);
CREATE INDEX notifications_by_about ON notifications (about_id, kind);
CREATE INDEX notifications_by_time ON notifications (created_at);

-- Only what differs from the usual.
CREATE TABLE notification_preferences (
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind        TEXT    NOT NULL,
    channel     TEXT    NOT NULL,
    is_on       BOOLEAN NOT NULL,
    PRIMARY KEY (account_id, kind, channel)
);

-- One row for each way that a notification goes.
CREATE TABLE notification_deliveries (
    id              UUID    NOT NULL PRIMARY KEY,
    notification_id UUID    NOT NULL REFERENCES notifications (id) ON DELETE CASCADE,
    account_id      UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    channel         TEXT    NOT NULL,
    -- The webhook; the account itself for other channels.
    target_id       UUID    NOT NULL,
    -- queued, sent, failed, dropped.
    state           TEXT    NOT NULL,
    attempts        BIGINT  NOT NULL,
    failure         TEXT    NOT NULL,
    created_at      BIGINT  NOT NULL,
    due_at          BIGINT  NOT NULL,
    sent_at         BIGINT,
    UNIQUE (notification_id, channel, target_id)
);
CREATE INDEX notification_deliveries_by_due ON notification_deliveries (state, due_at);
CREATE INDEX notification_deliveries_by_account ON notification_deliveries (account_id, id);

CREATE TABLE webhooks (
    id          UUID    NOT NULL PRIMARY KEY,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    url         TEXT    NOT NULL,
    -- Sealed: it has to be read to sign with.
    secret      BYTEA   NOT NULL,
    created_at  BIGINT  NOT NULL,
    -- In a row.
    failures    BIGINT  NOT NULL,
    disabled_at BIGINT
);
CREATE INDEX webhooks_by_account ON webhooks (account_id, id);

CREATE TABLE telegram_chats (
    account_id  UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    chat_id     BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    linked_at   BIGINT  NOT NULL
);
CREATE INDEX telegram_chats_by_chat ON telegram_chats (chat_id);

-- What is told once to the bot, hashed.
CREATE TABLE telegram_links (
    account_id  UUID    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    hash        BYTEA   NOT NULL UNIQUE,
    expires_at  BIGINT  NOT NULL
);

-- Which process asks Telegram for news, until when, and from which one on. Telegram gives them to
-- one at a time.
CREATE TABLE telegram_polls (
    bot         TEXT    NOT NULL PRIMARY KEY,
    holder      UUID    NOT NULL,
    held_until  BIGINT  NOT NULL,
    next_update BIGINT  NOT NULL
);

-- Switches that the program declares; what is not here is as declared.
CREATE TABLE feature_flags (
    name        TEXT    NOT NULL PRIMARY KEY,
    is_on       BOOLEAN NOT NULL,
    -- Of accounts, 0 to 100.
    percent     BIGINT  NOT NULL,
    updated_at  BIGINT  NOT NULL
);

CREATE TABLE feature_overrides (
    name        TEXT    NOT NULL,
    account_id  UUID    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    is_on       BOOLEAN NOT NULL,
    created_at  BIGINT  NOT NULL,
    PRIMARY KEY (name, account_id)
);
CREATE INDEX feature_overrides_by_account ON feature_overrides (account_id);

CREATE TABLE announcements (
    id           UUID    NOT NULL PRIMARY KEY,
    -- info, warning, critical.
    severity     TEXT    NOT NULL,
    english      TEXT    NOT NULL,
    indonesian   TEXT    NOT NULL,
    -- Whether those see it too who are not signed in.
    is_public    BOOLEAN NOT NULL,
    -- Whether it is a notification too, and whether all have got it.
    is_told      BOOLEAN NOT NULL,
    told_at      BIGINT,
    starts_at    BIGINT  NOT NULL,
    ends_at      BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX announcements_by_end ON announcements (ends_at);

CREATE TABLE announcement_dismissals (
    announcement_id UUID NOT NULL REFERENCES announcements (id) ON DELETE CASCADE,
    account_id      UUID NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (announcement_id, account_id)
);
CREATE INDEX announcement_dismissals_by_account ON announcement_dismissals (account_id);

-- When what runs from time to time last did, whichever process it was.
CREATE TABLE periodic_runs (
    name        TEXT    NOT NULL PRIMARY KEY,
    ran_at      BIGINT  NOT NULL,
    failure     TEXT    NOT NULL
);
