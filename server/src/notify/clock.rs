//! Does everything here from time to time, until the server stops. What is done when is here; how,
//! elsewhere: whoever has a better clock calls `deliver_due` and the scans themselves.

use super::{Notifier, listen::Heard, scan::SOON_RUN};
use crate::{clock::now, till::Till};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering::Relaxed},
    },
    time::Duration,
};
use storage::Storage;
use tokio::{sync::watch, task::JoinHandle, time};
use trading::time::{MINUTE, Time};
use uuid::Uuid;

/// How often is looked for what is due.
const LOOK: Duration = Duration::from_secs(1);
/// How often executors and announcements are looked at.
const SOON: Duration = Duration::from_secs(30);
/// How often plans and quotas are.
const SELDOM: Duration = Duration::from_secs(900);
/// How soon the bot is listened to again after a failure, or by another process.
const REST: Duration = Duration::from_secs(10);

/// From now on. What is handed back ends when it is asked to stop and what was begun is done.
pub(crate) fn start(
    notifier: &Notifier,
    till: Till,
    stopping: &watch::Receiver<bool>,
) -> Vec<JoinHandle<()>> {
    let noted = Arc::new(Noted::default());
    let deliver = repeat(notifier, LOOK, stopping, move |one, stopping| {
        let noted = noted.clone();
        async move {
            let done = one.deliver_due(now(), &stopping).await;
            if noted.is_due(done.is_ok(), now()) {
                let storage = &one.0.storage;
                note(storage, "notification-delivery", done.map(|_| ())).await;
            }
        }
    });
    let soon = repeat(notifier, SOON, stopping, |one, _| async move {
        note(&one.0.storage, SOON_RUN, one.scan_soon(now()).await).await;
    });
    let seldom = repeat(notifier, SELDOM, stopping, move |one, _| {
        let till = till.clone();
        async move {
            let done = one.scan_seldom(&till, now()).await;
            note(&one.0.storage, "plan-scan", done).await;
        }
    });
    let mut tasks = vec![deliver, soon, seldom];
    if notifier.has_telegram() {
        tasks.push(listen(notifier.clone(), stopping.clone()));
    }
    tasks
}

/// Does something again and again; one after the other, never two at once.
fn repeat<F, Fut>(
    notifier: &Notifier,
    pause: Duration,
    stopping: &watch::Receiver<bool>,
    what: F,
) -> JoinHandle<()>
where
    F: Fn(Notifier, watch::Receiver<bool>) -> Fut + Send + 'static,
    Fut: Future<Output = ()> + Send,
{
    let (notifier, mut stopping) = (notifier.clone(), stopping.clone());
    tokio::spawn(async move {
        let mut clock = time::interval(pause);
        clock.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = stopping.wait_for(|stop| *stop) => return,
                _ = clock.tick() => {}
            }
            what(notifier.clone(), stopping.clone()).await;
        }
    })
}

/// Which runs are noted of what runs every second: each that failed, and of the others the first
/// after it and one a minute.
#[derive(Debug, Default)]
struct Noted(AtomicI64);

impl Noted {
    fn is_due(&self, is_good: bool, at: Time) -> bool {
        if is_good && at.0 - self.0.load(Relaxed) < MINUTE {
            return false;
        }
        self.0.store(if is_good { at.0 } else { 0 }, Relaxed);
        true
    }
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

fn listen(notifier: Notifier, mut stopping: watch::Receiver<bool>) -> JoinHandle<()> {
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
    })
}

#[cfg(test)]
mod tests {
    use super::{MINUTE, Noted, Time};

    #[test]
    fn what_goes_well_again_is_noted_and_not_every_second() {
        let (noted, begun) = (Noted::default(), 1_000 * MINUTE);
        let is_due = |is_good, after| noted.is_due(is_good, Time(begun + after));
        assert!(is_due(true, 0), "whoever was here before may have failed");
        assert!(!is_due(true, 1_000));
        assert!(is_due(false, 2_000));
        assert!(is_due(false, 3_000));
        assert!(is_due(true, 4_000), "the first that went well");
        assert!(!is_due(true, 5_000));
        assert!(!is_due(true, 4_000 + MINUTE - 1));
        assert!(is_due(true, 4_000 + MINUTE));
    }
}
