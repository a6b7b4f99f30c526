//! Commands of people: each is carried out once, though it may be delivered again.

use super::{AccountRow, Journal, JournalFault};
use protocol::{id::CommandId, link::part::CommandNumber};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// How a command of a person's ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Whether it was carried out.
    pub is_done: bool,
    /// What there is to say of it.
    pub text: String,
}

/// A command that was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct CommandRow {
    /// Whose.
    pub id: CommandId,
    /// Whether a terminal was told.
    pub was_told: bool,
    /// How it ended, if it has.
    pub ended: Option<Given>,
}

impl Journal {
    /// Takes a command, before it is carried out. What is known of it, if it was taken before.
    ///
    /// # Errors
    /// When the disk fails: then it must not be carried out.
    pub fn take(&self, id: CommandId) -> Result<Option<CommandRow>, JournalFault> {
        let known: Option<(bool, Option<String>)> = self
            .db
            .query_row(
                "SELECT number IS NOT NULL, ended FROM command WHERE id = ?1",
                [id.to_string()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((was_told, ended)) = known else {
            self.db
                .execute("INSERT INTO command(id) VALUES(?1)", [id.to_string()])?;
            return Ok(None);
        };
        let ended = ended.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Some(CommandRow {
            id,
            was_told,
            ended,
        }))
    }

    /// Notes by which number the terminal knows it.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn numbered(
        &self,
        id: CommandId,
        account: AccountRow,
        number: CommandNumber,
    ) -> Result<(), JournalFault> {
        self.db.execute(
            "UPDATE command SET account = ?2, number = ?3 WHERE id = ?1",
            params![id.to_string(), account.0, number.0.get().cast_signed()],
        )?;
        Ok(())
    }

    /// The command that the terminal knows by this number.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn command_of(
        &self,
        account: AccountRow,
        number: CommandNumber,
    ) -> Result<Option<CommandId>, JournalFault> {
        let id: Option<String> = self
            .db
            .query_row(
                "SELECT id FROM command WHERE account = ?1 AND number = ?2",
                params![account.0, number.0.get().cast_signed()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(id.map(|id| serde_json::from_value(id.into())).transpose()?)
    }

    /// A command has ended.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn ended(&self, id: CommandId, given: &Given) -> Result<(), JournalFault> {
        self.db.execute(
            "UPDATE command SET ended = ?2 WHERE id = ?1 AND ended IS NULL",
            params![id.to_string(), serde_json::to_string(given)?],
        )?;
        Ok(())
    }

    /// Ends that the server has not confirmed.
    ///
    /// # Errors
    /// When the disk fails, or what stands there is not understood.
    pub fn unconfirmed(&self) -> Result<Vec<(CommandId, Given)>, JournalFault> {
        let mut rows = self.db.prepare_cached(
            "SELECT id, ended FROM command WHERE ended IS NOT NULL AND is_reported = 0",
        )?;
        let rows = rows.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        let mut all = Vec::new();
        for row in rows {
            let (id, ended) = row?;
            all.push((
                serde_json::from_value(id.into())?,
                serde_json::from_str(&ended)?,
            ));
        }
        Ok(all)
    }

    /// The server confirmed the end of a command.
    ///
    /// # Errors
    /// When the disk fails: then it is told again.
    pub fn command_confirmed(&self, id: CommandId) -> Result<(), JournalFault> {
        self.db.execute(
            "UPDATE command SET is_reported = 1 WHERE id = ?1",
            [id.to_string()],
        )?;
        Ok(())
    }
}
