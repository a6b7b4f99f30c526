//! What is done from time to time. Each period has a job with a name of its own: all processes put
//! it in, and it is there once.

use super::Crew;
use crate::{clock::now, meter};
use std::time::Duration;
use storage::{Job, Result, Storage};
use tokio::{sync::watch, task::JoinHandle, time};
use trading::time::{DAY, HOUR, MINUTE, Time};

/// How often the clock is looked at, and expired commands are said to have expired.
const SOON: Duration = Duration::from_secs(2);

/// What is done in every period of so many milliseconds; the period's number and the days after
/// which visitors are forgotten make it.
type Periodic = (i64, fn(i64, u32) -> Job);

const ALWAYS: [Periodic; 3] = [
    (MINUTE, |_, _| Job::FindMails),
    (HOUR, |_, _| Job::Sweep),
    (HOUR, |hour, _| Job::AskPayments { hour }),
];
const FORGET: Periodic = (DAY, |_, days| Job::ForgetVisitors { days });

/// Every job of this moment, with its name.
fn due(at: Time, forget_after: u32) -> Vec<(Job, String)> {
    let name = |(length, job): Periodic| {
        let period = at.0.div_euclid(length);
        let job = job(period, forget_after);
        (job, format!("{}:{period}", job.kind()))
    };
    let forget = (forget_after > 0).then_some(FORGET);
    ALWAYS.into_iter().chain(forget).map(name).collect()
}

/// Until it is asked to stop.
pub(super) fn start(crew: &Crew, mut stopping: watch::Receiver<bool>) -> JoinHandle<()> {
    let (storage, forget_after) = (crew.storage.clone(), crew.forget_after);
    tokio::spawn(async move {
        let mut clock = time::interval(SOON);
        clock.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        // What we put in ourselves, or found there.
        let mut known = Vec::new();
        loop {
            tokio::select! {
                _ = clock.tick() => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
            // Told by the row's own change, whoever is first: a job for it every two seconds would
            // cost more than it does.
            match storage.commands.sweep(now()).await {
                Ok(expired) => meter::command_expired(expired),
                Err(error) => tracing::error!(%error, "commands could not be said to have expired"),
            }
            match put(&storage, due(now(), forget_after), &known).await {
                Ok(names) => known = names,
                Err(error) => tracing::error!(%error, "the clock's jobs could not be put in"),
            }
        }
    })
}

async fn put(storage: &Storage, due: Vec<(Job, String)>, known: &[String]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (job, name) in due {
        if !known.contains(&name) {
            storage.queue.push(&job, &name, now()).await?;
        }
        names.push(name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{DAY, HOUR, due};
    use trading::time::Time;

    #[test]
    fn a_period_has_one_name() {
        let names = |at| -> Vec<String> {
            due(Time(at), 30)
                .into_iter()
                .map(|(_, name)| name)
                .collect()
        };
        let first = names(10 * DAY);
        assert_eq!(
            first,
            [
                "find_mails:14400",
                "sweep:240",
                "ask_payments:240",
                "forget_visitors:10"
            ]
        );
        assert_eq!(names(10 * DAY + 59_999), first);
        assert_ne!(names(10 * DAY + 60_000)[0], first[0]);
        assert_eq!(names(10 * DAY + HOUR - 1)[1..], first[1..]);
        assert_ne!(names(10 * DAY + HOUR)[1], first[1]);
        assert_eq!(due(Time(0), 0).len(), 3, "nobody is forgotten");
    }
}
