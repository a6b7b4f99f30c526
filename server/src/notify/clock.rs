//! Does everything here from time to time, until the server stops. What is done when is here; how,
//! elsewhere: whoever has a better clock calls `deliver_due` and the scans themselves.

use super::{Notifier, listen::Heard, scan::SOON_RUN};
use crate::{clock::now, till::Till};
use std::time::Duration;
use storage::Storage;
use tokio::{sync::watch, time};
use uuid::Uuid;

/// How often is looked for what is due.
const LOOK: Duration = Duration::from_secs(1);
/// How often executors and announcements are looked at.
const SOON: Duration = Duration::from_secs(30);
/// How often plans and quotas are.
const SELDOM: Duration = Duration::from_secs(900);
/// How soon the bot is listened to again after a failure, or by another process.
const REST: Duration = Duration::from_secs(10);

/// From now on.
pub(crate) fn start(notifier: &Notifier, till: Till, stopping: &watch::Receiver<bool>) {
    let storage = notifier.0.storage.clone();
    let one = notifier.clone();
    every(LOOK, stopping, move || {
        let (one, storage) = (one.clone(), storage.clone());
        async move {
            if let Err(error) = one.deliver_due(now()).await {
                note(&storage, "notification-delivery", Err(error)).await;
            }
        }
    });
    let storage = notifier.0.storage.clone();
    let one = notifier.clone();
    every(SOON, stopping, move || {
        let (one, storage) = (one.clone(), storage.clone());
        async move { note(&storage, SOON_RUN, one.scan_soon(now()).await).await }
    });
    let storage = notifier.0.storage.clone();
    let one = notifier.clone();
    every(SELDOM, stopping, move || {
        let (one, storage, till) = (one.clone(), storage.clone(), till.clone());
        async move {
            let done = one.scan_seldom(&till, now()).await;
            note(&storage, "plan-scan", done).await;
        }
    });
    if notifier.has_telegram() {
        listen(notifier.clone(), stopping.clone());
    }
}

/// Does something again and again; one after the other, never two at once.
fn every<F, Fut>(pause: Duration, stopping: &watch::Receiver<bool>, what: F)
where
    F: Fn() -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let mut stopping = stopping.clone();
    tokio::spawn(async move {
        let mut clock = time::interval(pause);
        clock.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = clock.tick() => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
            what().await;
        }
    });
}

async fn note(storage: &Storage, name: &str, done: storage::Result<()>) {
    let failure = match done {
        Ok(()) => String::new(),
        Err(error) => {
            tracing::error!(%error, name, "what runs from time to time failed");
            error.to_string()
        }
    };
    if let Err(error) = storage.operations.ran(name, &failure, now()).await {
        tracing::error!(%error, name, "a run could not be noted");
    }
}

fn listen(notifier: Notifier, mut stopping: watch::Receiver<bool>) {
    tokio::spawn(async move {
        let holder = Uuid::now_v7();
        loop {
            let heard = tokio::select! {
                heard = notifier.listen(holder, now()) => heard,
                _ = stopping.wait_for(|stop| *stop) => return,
            };
            let pause = match heard {
                // Telegram holds the question until something happens; others may not.
                Ok(Heard::News(_)) => LOOK,
                Ok(Heard::Another) => REST,
                Err(error) => {
                    tracing::warn!(%error, "the bot could not be listened to");
                    // Up to as long again, so that not all processes come back at once.
                    REST + Duration::from_millis((Uuid::now_v7().as_u128() % 10_000) as u64)
                }
            };
            tokio::select! {
                () = time::sleep(pause) => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
        }
    });
}
