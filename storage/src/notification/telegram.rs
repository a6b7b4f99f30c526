//! Chats with our bot, and which process listens to it.

use super::{Channel, delivery};
use crate::{
    Result, StorageError,
    database::{Database, sql},
};
use identity::TokenHash;
use protocol::id::AccountId;
use trading::time::Time;
use uuid::Uuid;

/// A chat with our bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// Telegram's name for it.
    pub chat: i64,
    /// What its user is called there, to be recognised.
    pub name: String,
    /// Since when.
    pub linked_at: Time,
}

/// Chats.
#[derive(Debug, Clone)]
pub struct Telegrams {
    database: Database,
}

impl Telegrams {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Remembers the code that an account was shown; the one before holds no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue(&self, account: AccountId, hash: &TokenHash, until: Time) -> Result<()> {
        sql(
            "INSERT INTO telegram_links (account_id, hash, expires_at) VALUES ($1, $2, $3)
             ON CONFLICT (account_id) DO UPDATE
             SET hash = excluded.hash, expires_at = excluded.expires_at",
        )
        .bind(account.0)
        .bind(*hash.as_bytes())
        .bind(until.0)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// The code came from a chat: that is the account's from now on. Nobody where it does not hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn connect(
        &self,
        hash: &TokenHash,
        chat: i64,
        name: &str,
        now: Time,
    ) -> Result<Option<AccountId>> {
        let mut turn = self.database.begin().await?;
        let taken: Option<(Uuid,)> = sql("DELETE FROM telegram_links
             WHERE hash = $1 AND expires_at > $2 RETURNING account_id")
        .bind(*hash.as_bytes())
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        let Some((account,)) = taken else {
            turn.rollback().await?;
            return Ok(None);
        };
        sql(
            "INSERT INTO telegram_chats (account_id, chat_id, name, linked_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (account_id) DO UPDATE
             SET chat_id = excluded.chat_id, name = excluded.name, linked_at = excluded.linked_at",
        )
        .bind(account)
        .bind(chat)
        .bind(name)
        .bind(now.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await?;
        Ok(Some(AccountId(account)))
    }

    /// The chat of an account.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn chat(&self, account: AccountId) -> Result<Option<Chat>> {
        let row: Option<(i64, String, i64)> =
            sql("SELECT chat_id, name, linked_at FROM telegram_chats WHERE account_id = $1")
                .bind(account.0)
                .maybe(&self.database)
                .await?;
        Ok(row.map(|(chat, name, linked_at)| Chat {
            chat,
            name,
            linked_at: Time(linked_at),
        }))
    }

    /// An account has no chat any more, and its code holds no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn disconnect(&self, account: AccountId) -> Result<()> {
        for query in [
            "DELETE FROM telegram_chats WHERE account_id = $1",
            "DELETE FROM telegram_links WHERE account_id = $1",
        ] {
            sql(query).bind(account.0).run(&self.database).await?;
        }
        Ok(())
    }

    /// This chat takes nothing any more; says whether the account had it. Another one that was
    /// connected meanwhile stays.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn gone(&self, account: AccountId, chat: i64) -> Result<bool> {
        let done = sql("DELETE FROM telegram_chats WHERE account_id = $1 AND chat_id = $2")
            .bind(account.0)
            .bind(chat)
            .run(&self.database)
            .await?;
        Ok(done > 0)
    }

    /// Sends a test to the chat of an account, by the way of all notifications.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where there is none; [`StorageError::TooMany`] where one waits
    /// or was sent within the last minute.
    pub async fn test(&self, account: AccountId, now: Time) -> Result<()> {
        let mut turn = self.database.begin().await?;
        let there: Option<(String,)> = sql("SELECT name FROM telegram_chats WHERE account_id = $1")
            .bind(account.0)
            .maybe_in(&mut turn)
            .await?;
        let (name,) = there.ok_or(StorageError::NotFound)?;
        let (id, way) = (account.0, Channel::Telegram);
        delivery::test(&mut turn, id, way, id, &name, now).await?;
        turn.commit().await
    }

    /// Somebody in a chat wants no more messages: every account is told so that had it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn leave(&self, chat: i64) -> Result<Vec<AccountId>> {
        let mut turn = self.database.begin().await?;
        let rows: Vec<(Uuid,)> =
            sql("DELETE FROM telegram_chats WHERE chat_id = $1 RETURNING account_id")
                .bind(chat)
                .all_in(&mut turn)
                .await?;
        turn.commit().await?;
        Ok(rows.into_iter().map(|(id,)| AccountId(id)).collect())
    }

    /// Listens to a bot until then, if nobody else does; says from which news on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listen(
        &self,
        bot: &str,
        holder: Uuid,
        now: Time,
        until: Time,
    ) -> Result<Option<i64>> {
        let mut turn = self.database.begin().await?;
        let row: Option<(i64,)> = sql("INSERT INTO telegram_polls
               (bot, holder, held_until, next_update) VALUES ($1, $2, $3, 0)
             ON CONFLICT (bot) DO UPDATE
             SET holder = excluded.holder, held_until = excluded.held_until
             WHERE telegram_polls.held_until <= $4 OR telegram_polls.holder = excluded.holder
             RETURNING next_update")
        .bind(bot)
        .bind(holder)
        .bind(until.0)
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        turn.commit().await?;
        Ok(row.map(|(next,)| next))
    }

    /// All news before this one were attended to, by who listens.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn heard(&self, bot: &str, holder: Uuid, next: i64) -> Result<()> {
        sql("UPDATE telegram_polls SET next_update = $3
             WHERE bot = $1 AND holder = $2 AND next_update < $3")
        .bind(bot)
        .bind(holder)
        .bind(next)
        .run(&self.database)
        .await?;
        Ok(())
    }

    /// Removes codes that hold no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        sql("DELETE FROM telegram_links WHERE expires_at <= $1")
            .bind(now.0)
            .run(&self.database)
            .await
    }
}
