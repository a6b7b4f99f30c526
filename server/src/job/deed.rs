//! What each job does. Each may be done twice, and by two at once.

use super::Crew;
use crate::{clock::now, mailer::Delivery};
use storage::{Job, Result, Storage, StorageError};
use trading::time::{DAY, Time};

/// How long mails are kept, sent or not.
const MAILS: i64 = 30 * DAY;
/// How long the audit trail is kept.
const TRAIL: i64 = 400 * DAY;
/// How long jobs that were done are kept. Longer than any period of `clock.rs`: while a job is
/// there, there is no second one for the same period.
const DONE: i64 = 3 * DAY;
/// How long jobs that were given up are kept, for somebody to look at them.
const GIVEN_UP: i64 = 30 * DAY;
/// How many accounts at brokers have their old equity snapshots thinned in one sweep: each is looked
/// at once a day.
const THINNED: usize = 2_000;
/// How many mails without a job are found at once.
const FOUND: i64 = 500;

/// Why a job was not done.
#[derive(Debug)]
pub(super) enum Undone {
    /// It failed; when it is tried again is for `patience.rs` to say.
    Failed(String),
    /// It has to wait until then, and says itself how often it is tried.
    Later(Time, String),
    /// There is no use in trying again.
    Hopeless(String),
}

impl From<&str> for Undone {
    fn from(why: &str) -> Self {
        Self::Failed(why.to_owned())
    }
}

impl From<StorageError> for Undone {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl Crew {
    pub(super) async fn do_it(&self, job: Job) -> std::result::Result<(), Undone> {
        match job {
            Job::SendMail { mail } => match self.post.deliver(&self.storage, mail).await? {
                Delivery::Over => Ok(()),
                Delivery::Later(at, why) => Err(Undone::Later(at, why)),
                Delivery::Never(why) => Err(Undone::Hopeless(why)),
            },
            Job::FindMails => {
                let found = self.storage.mails.find(now(), FOUND).await?;
                if found > 0 {
                    tracing::warn!(found, "mails were due and had no job");
                }
                Ok(())
            }
            Job::AskPayments { hour } => Ok(self.ask_payments(hour).await?),
            Job::RefreshPayments { account } => {
                let account = match self.storage.accounts.load(account).await {
                    Ok(account) => account,
                    // They left meanwhile.
                    Err(StorageError::NotFound) => return Ok(()),
                    Err(error) => return Err(error.into()),
                };
                let asked = self.till.refresh(&account).await;
                asked.map_err(|error| Undone::Failed(error.to_string()))
            }
            Job::Sweep => Ok(self.sweep().await?),
            Job::ForgetVisitors { days } => Ok(forget(&self.storage, days).await?),
        }
    }

    /// One job for each who pays: a provider that is slow about one holds up nobody else.
    async fn ask_payments(&self, hour: i64) -> Result<()> {
        for account in self.storage.ledgers.payers().await? {
            let job = Job::RefreshPayments { account };
            let name = format!("payments:{hour}:{account}");
            self.storage.queue.push(&job, &name, now()).await?;
        }
        Ok(())
    }

    /// What has ended opens nothing, removed or not: nothing depends on it.
    async fn sweep(&self) -> Result<()> {
        let (at, storage) = (now(), &self.storage);
        storage.sessions.sweep(at).await?;
        storage.accounts.sweep_tokens(at).await?;
        // The longest that any failure is remembered.
        storage.throttles.sweep(Time(at.0 - DAY)).await?;
        storage.mails.sweep(Time(at.0 - MAILS)).await?;
        storage.audit.sweep(Time(at.0 - TRAIL)).await?;
        storage.pairings.sweep(at).await?;
        storage.idempotency.sweep(at).await?;
        let (done, given_up) = (Time(at.0 - DONE), Time(at.0 - GIVEN_UP));
        storage.queue.prune(done, given_up).await?;
        thin(storage, at).await?;
        self.till.watch_live().await
    }
}

/// In turns of a day each: whoever reports waits for one of them, not for all.
async fn thin(storage: &Storage, at: Time) -> Result<()> {
    let mut removed = 0;
    for _ in 0..THINNED {
        match storage.reports.thin_next(at).await? {
            Some(some) => removed += some,
            None => break,
        }
    }
    if removed > 0 {
        tracing::info!(removed, "old equity snapshots were thinned");
    }
    Ok(())
}

async fn forget(storage: &Storage, days: u32) -> Result<()> {
    let before = Time(now().0 - i64::from(days) * DAY);
    let forgotten = storage.visitors.forget(before).await?;
    if forgotten > 0 {
        tracing::info!(forgotten, days, "visitors stayed away");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::forget;
    use crate::clock::now;
    use storage::{NewStrategy, Visitor};
    use tokio::runtime::Runtime;
    use trading::{
        time::{DAY, Time},
        timeframe::Timeframe,
    };

    #[test]
    fn who_stayed_away_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        Runtime::new().unwrap().block_on(async {
            let storage = storage::open(folder.path()).await.unwrap();
            let [gone, here] = [Visitor::new().owner(), Visitor::new().owner()];
            let days = |days: i64| Time(now().0 - days * DAY);
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
            // Twice is as good as once.
            for _ in 0..2 {
                forget(&storage, 90).await.unwrap();
            }
            assert_eq!((left(gone).await, left(here).await), (0, 1));
            storage.close().await;
        });
    }
}
