//! How much of something an account may have: the only place where that is asked. Who counts and
//! uses does both in one turn of the database, with the number from here; two that come at once
//! for the last place do not both get it.
//!
//! | quota | counted where | what happens beyond it |
//! |---|---|---|
//! | live strategies | `Activations::activate` | no other is activated; see `live.rs` for a plan that shrinks |
//! | accounts at brokers | `Reports::keep_within` | reports of a new one, or of one that was put away, are refused, those of known ones never |
//! | saved strategies | `Strategies::save` | no other is saved; what a visitor brings along stays |
//! | backtests a day | `Ledgers::use_one`, once there is something to test | no other is run by the server before midnight UTC |
//! | calls of the language model a day | nowhere yet: there is none to call | – |
//! | sweeps a day | nowhere yet: they run in the browser and on the command line | – |

use super::Till;
use crate::clock::now;
use billing::{
    plan::PlanId,
    quota::{Exceeded, Limit, Quota},
};
use protocol::{
    api::report::Report,
    id::{AccountId, ExecutorId},
};
use storage::{KeptReport, Result, StorageError};
use trading::time::Time;

/// How much of something the plan of an account allows.
#[derive(Debug, Clone)]
pub(crate) struct Most {
    plan: PlanId,
    quota: Quota,
    /// How much.
    pub(crate) limit: Limit,
}

impl Most {
    /// As many rows.
    pub(crate) fn rows(&self) -> i64 {
        match self.limit {
            Limit::Of(most) => i64::try_from(most).unwrap_or(i64::MAX),
            Limit::Unlimited => i64::MAX,
        }
    }

    /// That there are so many already.
    pub(crate) fn exceeded(&self, used: u64) -> Exceeded {
        let limit = match self.limit {
            Limit::Of(limit) => limit,
            Limit::Unlimited => u64::MAX,
        };
        Exceeded {
            plan: self.plan.clone(),
            quota: self.quota,
            used,
            limit,
        }
    }
}

/// Why something was not done that a plan counts.
#[derive(Debug, thiserror::Error)]
pub(crate) enum QuotaError {
    #[error(transparent)]
    Exceeded(#[from] Exceeded),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Till {
    /// How much of something an account's plan allows.
    pub(crate) async fn most(&self, account: AccountId, quota: Quota) -> Result<Most> {
        let ledger = self.ledger(account).await?;
        let standing = ledger.standing(&self.terms(), now());
        let plan = self.plan(&standing);
        Ok(Most {
            plan: plan.id.clone(),
            quota,
            limit: plan.quotas.limit(quota),
        })
    }

    /// Uses one of what is counted by the day.
    pub(crate) async fn use_one(
        &self,
        account: AccountId,
        quota: Quota,
    ) -> std::result::Result<(), QuotaError> {
        let (most, at) = (self.most(account, quota).await?, now());
        let limit = match most.limit {
            Limit::Of(limit) => Some(limit),
            Limit::Unlimited => None,
        };
        let ledgers = &self.0.storage.ledgers;
        if ledgers.use_one(account, quota.name(), limit, at).await? {
            return Ok(());
        }
        let used = ledgers.used(account, quota.name(), at).await?;
        Err(most.exceeded(used).into())
    }

    /// Keeps a report. The plan is asked only where it is of an account at a broker that was never
    /// reported of, or that was put away: whatever happens at another is kept, whatever was paid.
    pub(crate) async fn keep_report(
        &self,
        account: AccountId,
        executor: ExecutorId,
        report: &Report,
        at: Time,
    ) -> std::result::Result<KeptReport, QuotaError> {
        let reports = &self.0.storage.reports;
        let keep = |most| reports.keep_within(account, executor, report, most, at);
        match keep(0).await {
            Err(StorageError::TooMany(_)) => {}
            kept => return Ok(kept?),
        }
        let most = self.most(account, Quota::Accounts).await?;
        match keep(most.rows()).await {
            Err(StorageError::TooMany(_)) => {
                let used = reports.count_broker_accounts(account).await?;
                Err(most.exceeded(used).into())
            }
            kept => Ok(kept?),
        }
    }
}
