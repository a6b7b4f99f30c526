//! Strategies that trade: as many as the plan allows, and what becomes of the others where it
//! allows fewer than there are. The rule is `billing::live`; here it is told since when.

use super::{Till, letter, quota::QuotaError};
use crate::clock::now;
use billing::{
    live::{Course, course},
    quota::{Exceeded, Limit, Quota},
    subscription::GRACE,
};
use protocol::{
    api::strategy::{Activation, NewActivation},
    id::{AccountId, StrategyId},
};
use storage::{Activated, AuditEntry, Live, LiveDocument, Owner, Result, StorageError};
use trading::{
    strategy::validate::{Fault, validate},
    time::Time,
};

/// Why a version does not trade.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ActivateError {
    /// The plan allows no more.
    #[error(transparent)]
    Exceeded(Exceeded),
    /// Its document has faults: an older version of Phoenix took it.
    #[error("the document has {} faults", .0.len())]
    Faulty(Vec<Fault>),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<QuotaError> for ActivateError {
    fn from(error: QuotaError) -> Self {
        match error {
            QuotaError::Exceeded(exceeded) => Self::Exceeded(exceeded),
            QuotaError::Storage(error) => Self::Storage(error),
        }
    }
}

/// A strategy that trades, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) live: Live,
    pub(crate) course: Course,
}

impl Running {
    /// As programs are told.
    pub(crate) fn activation(&self) -> Activation {
        Activation {
            version: self.live.version,
            on: self.live.on,
            since: self.live.since,
            started_at: self.live.started_at,
            is_paused: matches!(self.course, Course::Paused(_)),
            pauses_at: match self.course {
                Course::Grace(until) => Some(until),
                Course::Runs | Course::Paused(_) => None,
            },
        }
    }
}

impl Till {
    /// What trades, and what becomes of it.
    pub(crate) async fn live(&self, account: AccountId) -> Result<Vec<Running>> {
        let all = self.0.storage.activations.live(account).await?;
        let courses = self.courses(account, all.len() as u64).await?;
        let pairs = all.into_iter().zip(courses);
        Ok(pairs
            .map(|(live, course)| Running { live, course })
            .collect())
    }

    /// The same with the documents.
    pub(crate) async fn live_documents(
        &self,
        account: AccountId,
    ) -> Result<Vec<(LiveDocument, Running)>> {
        let all = self.0.storage.activations.documents(account).await?;
        let courses = self.courses(account, all.len() as u64).await?;
        let pairs = all.into_iter().zip(courses);
        Ok(pairs
            .map(|(document, course)| {
                let live = document.live;
                (document, Running { live, course })
            })
            .collect())
    }

    /// What becomes of so many that trade, those that do so longest first. Writes down since when
    /// there are too many, and tells their owner once.
    async fn courses(&self, account: AccountId, count: u64) -> Result<Vec<Course>> {
        let at = now();
        let most = self.most(account, Quota::LiveStrategies).await?;
        let is_over = matches!(most.limit, Limit::Of(limit) if count > limit);
        let activations = &self.0.storage.activations;
        let name = Quota::LiveStrategies.name();
        let since = match (activations.excess(account, name).await?, is_over) {
            (Some(_), false) => {
                activations.excess_ends(account, name).await?;
                None
            }
            (None, true) => Some(
                self.warn_of_pause(account, &most.exceeded(count), at)
                    .await?,
            ),
            (since, _) => since,
        };
        Ok((0..count)
            .map(|place| course(place, most.limit, since, at))
            .collect())
    }

    /// Writes down that there are too many, with the mail that says so.
    async fn warn_of_pause(&self, id: AccountId, exceeded: &Exceeded, at: Time) -> Result<Time> {
        let storage = &self.0.storage;
        let until = Time(at.0.saturating_add(GRACE));
        let account = storage.accounts.load(id).await?;
        let mail = letter::fewer_live(&account, exceeded.used, exceeded.limit, until);
        let entry = AuditEntry {
            account: Some(id),
            actor: None,
            action: "live-strategies-over".to_owned(),
            detail: exceeded.to_string(),
            address: String::new(),
        };
        let name = Quota::LiveStrategies.name();
        let told = (&mail, &entry);
        storage.activations.excess_begins(id, name, told, at).await
    }

    /// Lets a version trade.
    pub(crate) async fn activate(
        &self,
        account: AccountId,
        strategy: StrategyId,
        new: &NewActivation,
    ) -> std::result::Result<Activated, ActivateError> {
        let storage = &self.0.storage;
        let owner = Owner::Account(account);
        let version = storage.strategies.version(owner, strategy, new.version);
        validate(&version.await?.document).map_err(ActivateError::Faulty)?;
        let most = self.most(account, Quota::LiveStrategies).await?;
        let activations = &storage.activations;
        let done = activations.activate(account, strategy, new, most.rows(), now());
        match done.await {
            Err(StorageError::TooMany(_)) => {
                let used = activations.live(account).await?.len() as u64;
                Err(ActivateError::Exceeded(most.exceeded(used)))
            }
            done => Ok(done?),
        }
    }

    /// Lets a strategy trade no more; says whether it did.
    pub(crate) async fn deactivate(
        &self,
        account: AccountId,
        strategy: StrategyId,
    ) -> Result<bool> {
        let activations = &self.0.storage.activations;
        let done = activations.deactivate(account, strategy, now()).await?;
        // There may be few enough now, which is written down before it can change again.
        self.live(account).await?;
        Ok(done)
    }

    /// Looks at every account of which something trades: whoever asks for nothing is told too.
    pub(crate) async fn watch_live(&self) -> Result<()> {
        for account in self.0.storage.activations.accounts().await? {
            match self.live(account).await {
                // Looked at, or deleted meanwhile.
                Ok(_) | Err(StorageError::NotFound) => {}
                // What is wrong with one, such as a damaged ledger, keeps no other from being told.
                Err(error) => {
                    tracing::error!(%error, %account, "what trades could not be looked at");
                }
            }
        }
        Ok(())
    }
}
