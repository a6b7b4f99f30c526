//! Commands of one state.

use super::{Commands, Row};
use crate::{Result, database::sql};
use protocol::{
    api::command::{Command, CommandState},
    id::{AccountId, CommandId},
};
use trading::time::Time;
use uuid::Uuid;

impl Commands {
    /// Those of an account that are in a state now, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_of(
        &self,
        account: AccountId,
        state: CommandState,
        before: Option<CommandId>,
        most: i64,
        now: Time,
    ) -> Result<Vec<Command>> {
        // What is not done in time has expired, whether or not that was written down yet.
        let rows: Vec<Row> = sql("SELECT id, executor_id, broker_account_id, action,
                    state, remark, created_at, expires_at, delivered_at, finished_at
             FROM commands
             WHERE account_id = $1 AND id < $2
               AND $3 = CASE WHEN state IN ('queued', 'delivered') AND expires_at <= $4
                             THEN 'expired' ELSE state END
             ORDER BY id DESC LIMIT $5")
        .bind(account.0)
        .bind(before.map_or(Uuid::max(), |id| id.0))
        .bind(state.name())
        .bind(now.0)
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(|row| row.command(now)).collect()
    }
}
