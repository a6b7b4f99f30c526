//! Taking jobs out of the queue: the only file that knows apalis's own types.

use super::{Job, JobId, QUEUE, Queue};
use crate::{Result, StorageError, database::Database};
use apalis::prelude::WorkerBuilderExt;
use apalis_core::{
    backend::ext::BackendExt,
    error::{AbortError, BoxDynError, WorkerError},
    task::{attempt::Attempt, task_id::TaskId},
    worker::{builder::WorkerBuilder, context::WorkerContext, event::Event},
};
use futures_util::{Stream, StreamExt};
use serde_json::Value as Json;
use std::{future::Future, pin::Pin, time::Duration};
use tokio::sync::watch;
use trading::time::Time;

/// How often is looked for work.
const LOOK: Duration = Duration::from_millis(500);
/// How often a worker says that it lives.
const BEAT: Duration = Duration::from_secs(3);
/// After how many missed beats it is taken for dead.
const MISSED: usize = 4;
/// After how many seconds what a dead worker had taken is taken by another, and three more at most.
pub const LEASE_SECONDS: u64 = BEAT.as_secs() * MISSED as u64;
/// How many are taken at once: few, so that none waits at one worker while another is idle.
const BATCH: usize = 2;

/// A job that we have now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenJob {
    /// Its name.
    pub id: JobId,
    /// What is to be done; `None` for one that a later version put in.
    pub job: Option<Job>,
    /// For how manieth time it was taken, from 1 on. Workers that died with it count.
    pub attempt: u32,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is done, or there is nothing left to do.
    Done,
    /// It is to be tried again.
    Again {
        /// Not before.
        at: Time,
        /// Why.
        why: String,
    },
    /// It will not be tried again, unless somebody says so.
    GiveUp {
        /// Why.
        why: String,
    },
}

impl Queue {
    /// Takes jobs and has them done, several at once, until it is asked to stop: then it takes no
    /// more and ends when those that it has are done.
    ///
    /// A worker that does not say that it lives for [`LEASE_SECONDS`] is taken for dead, and what it
    /// had is done by another: whatever `deed` does, it has to bear being done twice.
    ///
    /// # Errors
    /// When the database fails. What was taken then is taken again after the lease.
    pub async fn work<D, F>(
        &self,
        name: &str,
        at_once: usize,
        deed: D,
        stopping: watch::Receiver<bool>,
    ) -> Result<()>
    where
        D: Fn(TakenJob) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Verdict> + Send + 'static,
    {
        let context = WorkerContext::new(name);
        let (queue, worker) = (self.clone(), name.to_owned());
        let attend = move |content: Json, id: TaskId, attempt: Attempt| {
            let taken = TakenJob {
                id: JobId(id.to_string()),
                job: serde_json::from_value(content).ok(),
                attempt: u32::try_from(attempt.current()).unwrap_or(u32::MAX),
            };
            let (queue, worker, deed) = (queue.clone(), worker.clone(), deed.clone());
            async move {
                let id = taken.id.clone();
                match deed(taken).await {
                    Verdict::Done => Ok::<(), BoxDynError>(()),
                    // apalis takes a failed job again as soon as its time has come, and leaves that
                    // time to us.
                    Verdict::Again { at, why } => {
                        queue.postpone(&id.0, &worker, at).await?;
                        Err(why.into())
                    }
                    Verdict::GiveUp { why } => Err(AbortError::new(why).into()),
                }
            }
        };
        macro_rules! run {
            ($backend:expr) => {{
                // Several processes: who is idle finds work by looking, which costs one short
                // statement.
                let worker = WorkerBuilder::new(&context)
                    .backend($backend.poll_with_interval(LOOK))
                    .concurrency(at_once)
                    .build(attend);
                until(Box::pin(worker.stream()), &context, stopping).await
            }};
        }
        match &self.database {
            Database::Sqlite { write, .. } => {
                let config = apalis_sqlite::Config::default()
                    .queue(QUEUE)
                    .batch_size(BATCH)
                    .heartbeat_interval(BEAT)
                    .missed_heartbeats(MISSED)
                    .lock_tasks(false);
                run!(apalis_sqlite::SqliteStorage::<Json>::new(write).with_config(config))
            }
            Database::Postgres(pool) => {
                let config = apalis_postgres::Config::default()
                    .queue(QUEUE)
                    .batch_size(BATCH)
                    .heartbeat_interval(BEAT)
                    .missed_heartbeats(MISSED)
                    // A second statement for each job, which could take one back from whoever took
                    // it over.
                    .lock_tasks(false);
                run!(apalis_postgres::PostgresStorage::<Json>::new(pool).with_config(config))
            }
        }
    }
}

/// What apalis's worker says, whose own type says too much.
type Events = Pin<Box<dyn Stream<Item = std::result::Result<Event, WorkerError>> + Send>>;

/// Runs a worker, and stops it when it is asked to.
async fn until(
    mut events: Events,
    context: &WorkerContext,
    mut stopping: watch::Receiver<bool>,
) -> Result<()> {
    let mut is_asked = false;
    loop {
        let event = tokio::select! {
            // First: one that never began cannot be stopped.
            biased;
            event = events.next() => event,
            _ = stopping.wait_for(|stop| *stop), if !is_asked => {
                is_asked = true;
                // Fails only for one that never began.
                let _ = context.stop();
                continue;
            }
        };
        match event {
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(StorageError::Queue(error.to_string())),
            None => return Ok(()),
        }
    }
}
