//! What has ended by time is removed: sessions, links of mails, counts of failures.

use crate::clock::now;
use std::time::Duration;
use storage::{Result, Storage};
use tokio::time;
use trading::time::{DAY, Time};

/// How often.
const HOURLY: Duration = Duration::from_secs(3_600);

/// At once and hourly. Nothing depends on it: what has ended opens nothing, removed or not.
pub(super) fn start(storage: Storage) {
    tokio::spawn(async move {
        let mut clock = time::interval(HOURLY);
        loop {
            clock.tick().await;
            if let Err(error) = sweep(&storage).await {
                tracing::error!(%error, "what has ended could not be removed");
            }
        }
    });
}

async fn sweep(storage: &Storage) -> Result<()> {
    let at = now();
    storage.sessions.sweep(at).await?;
    storage.accounts.sweep_tokens(at).await?;
    // The longest that any failure is remembered.
    storage.throttles.sweep(Time(at.0 - DAY)).await?;
    Ok(())
}
