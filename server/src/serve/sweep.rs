//! What has ended by time is removed: sessions, links of mails, counts of failures. And payment
//! providers are asked about what they may have told us in vain.

use crate::{clock::now, till::Till};
use std::time::Duration;
use storage::{Result, Storage};
use tokio::time;
use trading::time::{DAY, Time};

/// How long mails are kept, sent or not.
const MAILS: i64 = 30 * DAY;
/// How long the audit trail is kept.
const TRAIL: i64 = 400 * DAY;
/// How often.
const HOURLY: Duration = Duration::from_secs(3_600);

/// At once and hourly. Nothing depends on it: what has ended opens nothing, removed or not.
pub(super) fn start(storage: Storage, till: Till) {
    tokio::spawn(async move {
        let mut clock = time::interval(HOURLY);
        loop {
            clock.tick().await;
            if let Err(error) = sweep(&storage).await {
                tracing::error!(%error, "what has ended could not be removed");
            }
            if let Err(error) = till.refresh_all().await {
                tracing::error!(%error, "payments could not be asked about");
            }
            if let Err(error) = till.watch_live().await {
                tracing::error!(%error, "live strategies could not be looked at");
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
    storage.mails.sweep(Time(at.0 - MAILS)).await?;
    storage.audit.sweep(Time(at.0 - TRAIL)).await?;
    Ok(())
}
