//! What a payer has at a point in time.

use super::{Ledger, PurchaseStatus, Ref, Status, reference::Provider};
use crate::plan::{PlanId, Plans};
use serde::{Deserialize, Serialize};
use trading::time::Time;

/// What a ledger is read with.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// The plans and their order.
    pub plans: &'a Plans,
    /// Whether payments of [`Provider::Test`] count: only where there are no keys of a real
    /// provider. Otherwise what was "bought" in test mode would stay free for ever.
    pub test_mode: bool,
}

/// How it stands with a payer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Has never had anything but the free plan.
    Free,
    /// On trial; is charged at the end unless it is cancelled.
    Trialing,
    /// Paid, and renewed by itself at the end.
    Active,
    /// The period is over and we have not heard of the renewal yet.
    Renewing,
    /// Paid, and over at the end: cancelled, or a one-off payment.
    Ending,
    /// The last payment failed. Counts until the end of the grace.
    PastDue,
    /// The last payment failed and the grace is over. Counts no more.
    Unpaid,
    /// The money went back. Counts no more.
    Reversed,
    /// Had something that is over.
    Ended,
}

/// What a payer has at a point in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The plan that counts: this one's quotas are to be enforced.
    pub plan: PlanId,
    /// How it stands.
    pub state: State,
    /// When the period or the grace ends: to be shown. Nothing on the free plan.
    pub ends: Option<Time>,
    /// Until when at least this plan counts if nothing else is heard, exclusive; includes grace and
    /// slack. Nothing on the free plan.
    pub until: Option<Time>,
    /// Who took the money.
    pub provider: Option<Provider>,
    /// The subscription, for changes.
    pub subscription: Option<Ref>,
}

impl Ledger {
    /// What counts now. The latest news of the past is all a ledger has: it tells the present and
    /// what is to come, not what was.
    pub fn standing(&self, terms: &Terms<'_>, now: Time) -> Standing {
        let grants = self.grants(terms);
        let best = grants
            .iter()
            .filter(|grant| grant.covers(now))
            .max_by_key(|grant| (grant.rank, grant.living, grant.until));
        let best = best.filter(|grant| grant.rank > 0);
        let Some(best) = best else {
            return Standing {
                plan: terms.plans.free().id.clone(),
                state: self.state_without(terms),
                ends: None,
                until: None,
                provider: None,
                subscription: None,
            };
        };
        // Other spans of this plan or a better one may follow without a gap.
        let mut until = best.until;
        while let Some(next) = grants
            .iter()
            .filter(|grant| grant.rank >= best.rank && grant.covers(until))
            .map(|grant| grant.until)
            .max()
        {
            until = next;
        }
        let state = match best.state {
            State::Active if now >= best.ends => State::Renewing,
            state => state,
        };
        Standing {
            plan: terms.plans.ranked(best.rank).id.clone(),
            state,
            ends: Some(best.ends),
            until: Some(until),
            provider: Some(best.provider),
            subscription: best.subscription.clone(),
        }
    }

    /// Why nothing counts.
    fn state_without(&self, terms: &Terms<'_>) -> State {
        let counts = |provider| provider != Provider::Test || terms.test_mode;
        let subscriptions = || {
            self.subscriptions
                .values()
                .filter(|s| counts(s.subscription.provider))
        };
        let purchases = || {
            self.purchases
                .values()
                .filter(|p| counts(p.order.provider) && p.paid_at.is_some())
        };
        let owes = |status| matches!(status, Status::PastDue | Status::Unpaid | Status::Active);
        if self.payments.values().any(|p| self.is_void(p))
            || purchases().any(|p| p.status == PurchaseStatus::Reversed)
        {
            State::Reversed
        } else if subscriptions().any(|s| owes(s.status)) {
            State::Unpaid
        } else if !self.payments.is_empty()
            || purchases().next().is_some()
            || subscriptions().any(|s| {
                !matches!(s.status, Status::Incomplete | Status::Expired) || s.trial_end.is_some()
            })
        {
            State::Ended
        } else {
            State::Free
        }
    }
}
