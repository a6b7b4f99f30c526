//! What can be done in the background, and how far it is.

use crate::{Result, StorageError};
use protocol::id::{AccountId, MailId};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::{fmt, str::FromStr};
use trading::time::Time;
use ulid::Ulid;

/// Something to be done in the background. Doing it twice is harmless. It holds names of rows and no
/// data of anybody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Sends one mail of the outbox.
    SendMail {
        /// Which.
        mail: MailId,
    },
    /// Finds mails of the outbox that are due and have no job.
    FindMails,
    /// Has the payments of everybody asked about.
    AskPayments {
        /// For which hour since 1970.
        hour: i64,
    },
    /// Asks payment providers about one account.
    RefreshPayments {
        /// Whose.
        account: AccountId,
    },
    /// Removes what has ended by time.
    Sweep,
    /// Removes visitors who stay away.
    ForgetVisitors {
        /// After how many days.
        days: u32,
    },
}

impl Job {
    /// What it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SendMail { .. } => "send_mail",
            Self::FindMails => "find_mails",
            Self::AskPayments { .. } => "ask_payments",
            Self::RefreshPayments { .. } => "refresh_payments",
            Self::Sweep => "sweep",
            Self::ForgetVisitors { .. } => "forget_visitors",
        }
    }

    /// The name under which the job that sends a mail is put in: there is one at a time.
    pub(crate) fn name_of_mail(mail: MailId) -> String {
        format!("mail:{mail}")
    }
}

/// The name of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobId(pub(crate) String);

impl JobId {
    /// Its bits, of which the last are random; none where it is no name of ours.
    pub fn bits(&self) -> u128 {
        Ulid::from_string(&self.0).map_or(0, |id| id.0)
    }
}

/// The text names no job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no job")]
pub struct NoJobId;

impl FromStr for JobId {
    type Err = NoJobId;
    fn from_str(text: &str) -> std::result::Result<Self, NoJobId> {
        let id = Ulid::from_string(text).map_err(|_| NoJobId)?;
        Ok(Self(id.to_string()))
    }
}

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Nobody has it.
    Waiting,
    /// A worker has it.
    Taken,
    /// It failed, and is tried again.
    Failed,
    /// It failed as often as it is tried.
    GivenUp,
    /// It was done.
    Done,
}

impl JobState {
    /// All, in the order in which a job has them.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Taken,
        Self::Failed,
        Self::GivenUp,
        Self::Done,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Taken => "taken",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
            Self::Done => "done",
        }
    }

    /// What apalis calls it in the rows.
    pub(super) fn words(self) -> [&'static str; 2] {
        match self {
            Self::Waiting => ["Pending", "Pending"],
            Self::Taken => ["Queued", "Running"],
            Self::Failed => ["Failed", "Failed"],
            Self::GivenUp => ["Killed", "Killed"],
            Self::Done => ["Done", "Done"],
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.words().contains(&word))
    }
}

/// A job as it stands in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Its name.
    pub id: JobId,
    /// What it is; `None` for one of a later version.
    pub job: Option<Job>,
    /// How far it is.
    pub state: JobState,
    /// How often it was taken.
    pub attempts: u32,
    /// When it was put in.
    pub created_at: Time,
    /// Not to be done before.
    pub run_at: Time,
    /// Why it failed last; empty when it did not.
    pub failure: String,
    /// Who took it last; empty for nobody.
    pub worker: String,
}

pub(super) type Row = (
    String,
    String,
    String,
    i64,
    i64,
    Option<String>,
    Option<String>,
);

pub(super) fn line(row: Row) -> Result<JobLine> {
    let (id, content, status, attempts, run_at, result, worker) = row;
    let damaged = || StorageError::Damaged(format!("job {id}"));
    let ulid = Ulid::from_string(&id).map_err(|_| damaged())?;
    let state = JobState::of(&status).ok_or_else(damaged)?;
    Ok(JobLine {
        job: serde_json::from_str(&content).ok(),
        state,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        created_at: Time(i64::try_from(ulid.timestamp_ms()).unwrap_or(i64::MAX)),
        run_at: Time(run_at),
        failure: result.as_deref().map_or_else(String::new, failure),
        worker: worker.unwrap_or_default(),
        id: JobId(id),
    })
}

/// Why it failed: apalis keeps `{"Ok": …}` or `{"Err": "…"}`.
fn failure(result: &str) -> String {
    let result: Json = serde_json::from_str(result).unwrap_or_default();
    let why = result["Err"].as_str().unwrap_or_default();
    why.strip_prefix("AbortError: ").unwrap_or(why).to_owned()
}
