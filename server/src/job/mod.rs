//! Background work: what is done by whichever process comes first. `storage::Queue` keeps it.
//!
//! | file | what |
//! |---|---|
//! | `mod.rs` | the crew: takes jobs until it is asked to stop |
//! | `deed.rs` | what each job does |
//! | `clock.rs` | what is done from time to time, once among all processes |
//! | `patience.rs` | how often a job is tried, and when again |

mod clock;
mod deed;
mod patience;

use crate::{
    clock::now,
    log::EXPORTED,
    mailer::Post,
    notify::{self, Notifier},
    till::Till,
};
use std::time::Duration;
use storage::{LEASE_SECONDS, Storage, TakenJob, Verdict};
use tokio::{sync::watch, task::JoinHandle, time};
use tracing::Instrument;
use uuid::Uuid;

/// How many jobs a process does at once.
const AT_ONCE: usize = 8;
/// How long is waited before the queue is tried again after it failed.
const REST: Duration = Duration::from_secs(1);
/// How long jobs that are under way may take once the process is asked to stop. Shorter than the
/// lease: nobody else has begun with them yet.
pub(crate) const GRACE: Duration = Duration::from_secs(8);
const _: () = assert!(GRACE.as_secs() < LEASE_SECONDS);

/// Those who do the work. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub(crate) struct Crew {
    pub(crate) storage: Storage,
    pub(crate) till: Till,
    pub(crate) notifier: Notifier,
    pub(crate) post: Post,
    /// After how many days visitors are forgotten; 0 for never.
    pub(crate) forget_after: u32,
}

impl Crew {
    /// Begins to work until it is asked to stop. What is handed back ends when all that was begun is
    /// done: as long as it has not, the database is needed.
    pub(crate) fn start(self, stopping: watch::Receiver<bool>) -> JoinHandle<()> {
        let mut others = notify::start(&self.notifier, self.till.clone(), &stopping);
        others.push(clock::start(&self, stopping.clone()));
        tokio::spawn(async move {
            self.work(stopping).await;
            for other in others {
                if let Err(error) = other.await {
                    tracing::error!(%error, "a part of the background work died");
                }
            }
        })
    }

    async fn work(self, mut stopping: watch::Receiver<bool>) {
        let queue = self.storage.queue.clone();
        while !*stopping.borrow() {
            // A worker that lost its database is another when it comes back: what it had is taken
            // for lost.
            let name = format!("{}-{}", std::process::id(), Uuid::now_v7().simple());
            let crew = self.clone();
            let deed = move |taken| crew.clone().attend(taken);
            let Err(error) = queue.work(&name, AT_ONCE, deed, stopping.clone()).await else {
                return;
            };
            tracing::error!(%error, "background work rests");
            let _ = time::timeout(REST, stopping.wait_for(|stop| *stop)).await;
        }
    }

    /// Does a job, whatever happens to who asked for it: one that was begun is not left half done
    /// because the queue went away meanwhile.
    async fn attend(self, taken: TakenJob) -> Verdict {
        let TakenJob { id, job, attempt } = taken;
        let Some(job) = job else {
            // While servers are brought up to date one after the other.
            return patience::unknown(id.bits(), attempt, now());
        };
        if let Some(verdict) = patience::before(&job, attempt) {
            return verdict;
        }
        let span = tracing::info_span!(target: EXPORTED, "job", otel.name = job.kind(), attempt);
        let done = tokio::spawn(async move { self.do_it(job).await }.instrument(span)).await;
        let outcome = done.unwrap_or_else(|_| Err("it panicked".into()));
        let verdict = patience::judge(outcome, (&job, id.bits()), attempt, now());
        match &verdict {
            Verdict::Done => tracing::debug!(%id, job = job.kind(), attempt, "a job is done"),
            Verdict::Again { why, .. } => {
                tracing::warn!(%id, job = job.kind(), attempt, why, "a job is tried again");
            }
            Verdict::GiveUp { why } => {
                tracing::error!(%id, job = job.kind(), attempt, why, "a job is given up");
            }
        }
        verdict
    }
}
