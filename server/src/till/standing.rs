//! Which plan counts, what it allows, and how much of it was used.

use super::Till;
use crate::clock::now;
use billing::{
    outside::BreakerState,
    plan::{Interval, Plan},
    quota::{Allowance, Quota, allowance},
    subscription::{Ledger, Provider, Standing},
};
use protocol::id::AccountId;
use storage::{Owner, Result};

/// What an account has.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// How it stands.
    pub(crate) standing: Standing,
    /// Renewed how often, where it is a subscription.
    pub(crate) interval: Option<Interval>,
    /// Whether it is renewed, and charged for, when the period ends.
    pub(crate) is_renewed: bool,
    /// Whether a trial is still to be had.
    pub(crate) may_try: bool,
    /// Whether Stripe knows them: there is a portal then.
    pub(crate) has_portal: bool,
    /// What the plan allows and what was used of it.
    pub(crate) allowances: Vec<Allowance>,
}

impl Till {
    /// What an account has now.
    pub(crate) async fn held(&self, account: AccountId) -> Result<Held> {
        let ledger = self.ledger(account).await?;
        let standing = ledger.standing(&self.terms(), now());
        let subscription = standing.subscription.as_ref();
        let subscription = subscription.and_then(|name| ledger.subscription(name));
        let plan = self.plan(&standing).clone();
        let mut allowances = Vec::new();
        for quota in Quota::ALL {
            let used = self.used(account, quota).await?;
            allowances.push(allowance(&plan, quota, used));
        }
        Ok(Held {
            interval: subscription.map(|snapshot| snapshot.interval),
            is_renewed: subscription.is_some_and(|snapshot| snapshot.ends_at.is_none()),
            may_try: !ledger.had_trial(),
            has_portal: self.0.stripe.is_some() && ledger.customer(Provider::Stripe).is_some(),
            standing,
            allowances,
        })
    }

    /// How an account stands now, without what was used.
    pub(crate) async fn standing(&self, account: AccountId) -> Result<Standing> {
        let ledger = self.ledger(account).await?;
        Ok(self.standing_of(&ledger))
    }

    /// The same by a ledger that was read.
    pub(crate) fn standing_of(&self, ledger: &Ledger) -> Standing {
        ledger.standing(&self.terms(), now())
    }

    /// How the ways to the providers are that are set up.
    pub(crate) fn ways(&self) -> Vec<(&'static str, BreakerState)> {
        let stripe = self.0.stripe.as_ref();
        let stripe = stripe.map(|(stripe, _)| ("Stripe", stripe.state()));
        let midtrans = self.0.midtrans.as_ref();
        let midtrans = midtrans.map(|midtrans| ("Midtrans", midtrans.state()));
        stripe.into_iter().chain(midtrans).collect()
    }

    /// The plan that counts.
    pub(crate) fn plan(&self, standing: &Standing) -> &Plan {
        let plans = &self.0.plans;
        plans.get(&standing.plan).unwrap_or_else(|| plans.free())
    }

    async fn used(&self, account: AccountId, quota: Quota) -> Result<u64> {
        let storage = &self.0.storage;
        Ok(match quota {
            Quota::SavedStrategies => {
                let kept = storage.strategies.list(Owner::Account(account)).await?;
                kept.len() as u64
            }
            Quota::LiveStrategies => storage.activations.live(account).await?.len() as u64,
            Quota::Accounts => storage.reports.count_broker_accounts(account).await?,
            Quota::BacktestsPerDay | Quota::SweepsPerDay | Quota::AiCallsPerDay => {
                storage.ledgers.used(account, quota.name(), now()).await?
            }
        })
    }
}
