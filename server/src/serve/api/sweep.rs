//! What has ended by time: commands are said to have expired soon after, the rest is removed.

use crate::{clock::now, meter};
use std::time::Duration;
use storage::{Result, Storage};
use tokio::time;

/// How soon somebody who looks at a command learns that it has expired.
const SOON: Duration = Duration::from_secs(2);
/// Every how many times the rest is removed: about hourly.
const SELDOM: u64 = 1_800;

/// From now on.
pub(in crate::serve) fn start(storage: Storage) {
    tokio::spawn(async move {
        let mut clock = time::interval(SOON);
        clock.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let mut round = 0_u64;
        loop {
            clock.tick().await;
            if let Err(error) = sweep(&storage, round.is_multiple_of(SELDOM)).await {
                tracing::error!(%error, "what machines left could not be removed");
            }
            round += 1;
        }
    });
}

async fn sweep(storage: &Storage, is_time: bool) -> Result<()> {
    let at = now();
    meter::command_expired(storage.commands.sweep(at).await?);
    if is_time {
        storage.pairings.sweep(at).await?;
        storage.idempotency.sweep(at).await?;
    }
    Ok(())
}
