//! Visitors never say good-bye: who stays away long enough is forgotten, with everything they kept.

use crate::clock::now;
use std::time::Duration;
use storage::{Owner, Storage};
use tokio::time;
use trading::time::Time;

/// How often is looked who stayed away.
const DAILY: Duration = Duration::from_secs(86_400);

/// At once and daily, removes what visitors kept who were not here for so many days. Ends with the
/// runtime; none for never.
pub(super) fn start(storage: Storage, days: u32) {
    if days == 0 {
        return;
    }
    tokio::spawn(async move {
        let mut clock = time::interval(DAILY);
        loop {
            clock.tick().await;
            forget(&storage, days).await;
        }
    });
}

async fn forget(storage: &Storage, days: u32) {
    let before = Time(now().0 - i64::from(days) * 86_400_000);
    match storage.visitors.forget(before).await {
        Ok(0) => {}
        Ok(forgotten) => tracing::info!(forgotten, days, "visitors stayed away"),
        // Tomorrow is another day.
        Err(error) => tracing::error!(%error, "visitors could not be forgotten"),
    }
}

/// Notes that a visitor is here. The page does not wait for it.
pub(super) fn remember(storage: &Storage, owner: Owner) {
    let storage = storage.clone();
    tokio::spawn(async move {
        if let Err(error) = storage.visitors.seen(owner, now()).await {
            tracing::warn!(%error, "a visit could not be noted");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::forget;
    use crate::clock::now;
    use storage::{NewStrategy, Visitor};
    use tokio::runtime::Runtime;
    use trading::{time::Time, timeframe::Timeframe};

    #[test]
    fn who_stayed_away_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        Runtime::new().unwrap().block_on(async {
            let storage = storage::open(folder.path()).await.unwrap();
            let [gone, here] = [Visitor::new().owner(), Visitor::new().owner()];
            let days = |days: i64| Time(now().0 - days * 86_400_000);
            for (owner, seen) in [(gone, days(91)), (here, days(89))] {
                let new = NewStrategy {
                    replaces: None,
                    name: "kept".to_owned(),
                    symbol: "XAUUSD".to_owned(),
                    timeframe: Timeframe::H1,
                    document: "{}".to_owned(),
                    most: 1,
                };
                storage.strategies.save(owner, new, seen).await.unwrap();
            }
            let left = async |owner| storage.strategies.list(owner).await.unwrap().len();
            forget(&storage, 90).await;
            assert_eq!((left(gone).await, left(here).await), (0, 1));
            storage.close().await;
        });
    }
}
