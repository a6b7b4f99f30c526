//! All that is known of one payer.

use super::{
    Dispute, DisputeStatus, Fact, Failed, Paid, Provider, Purchase, Ref, Refund, Snapshot, Status,
    fact::Newest,
};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, btree_map::Entry},
};
use trading::time::Time;

/// All that is known of one payer: the newest fact about each object of the providers. Kept as
/// JSON. It grows with the number of payments, not with the number of events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ledger {
    pub(super) subscriptions: BTreeMap<Ref, Snapshot>,
    pub(super) payments: BTreeMap<Ref, Paid>,
    pub(super) failures: BTreeMap<Ref, Failed>,
    pub(super) refunds: BTreeMap<Ref, Refund>,
    pub(super) disputes: BTreeMap<Ref, Dispute>,
    pub(super) purchases: BTreeMap<Ref, Purchase>,
}

/// Keeps the newest. Says whether anything changed.
fn keep<T: Newest>(map: &mut BTreeMap<Ref, T>, fact: T) -> bool {
    match map.entry(fact.key().clone()) {
        Entry::Vacant(place) => {
            place.insert(fact);
            true
        }
        Entry::Occupied(mut place) => {
            let newer = fact.newest(place.get()) == Ordering::Greater;
            if newer {
                place.insert(fact);
            }
            newer
        }
    }
}

impl Ledger {
    /// Takes note of a fact. Says whether that changed anything: duplicates and what is outdated
    /// do not.
    pub fn record(&mut self, fact: Fact) -> bool {
        match fact {
            Fact::Subscription(fact) => keep(&mut self.subscriptions, fact),
            Fact::Paid(fact) => keep(&mut self.payments, fact),
            Fact::Failed(fact) => keep(&mut self.failures, fact),
            Fact::Refund(fact) => keep(&mut self.refunds, fact),
            Fact::Dispute(fact) => keep(&mut self.disputes, fact),
            Fact::Purchase(fact) => keep(&mut self.purchases, fact),
        }
    }

    /// Takes note of several facts. Says whether that changed anything.
    pub fn record_all(&mut self, facts: impl IntoIterator<Item = Fact>) -> bool {
        let mut changed = false;
        for fact in facts {
            changed |= self.record(fact);
        }
        changed
    }

    /// Takes note of all that another ledger of the same payer knows.
    pub fn merge(&mut self, other: Self) -> bool {
        self.record_all(other.facts())
    }

    /// All that is known, as facts.
    pub fn facts(self) -> impl Iterator<Item = Fact> {
        let subscriptions = self.subscriptions.into_values().map(Fact::Subscription);
        subscriptions
            .chain(self.payments.into_values().map(Fact::Paid))
            .chain(self.failures.into_values().map(Fact::Failed))
            .chain(self.refunds.into_values().map(Fact::Refund))
            .chain(self.disputes.into_values().map(Fact::Dispute))
            .chain(self.purchases.into_values().map(Fact::Purchase))
    }

    /// The subscriptions that are not over, for the portal, for changes, and to see that there is
    /// no more than one.
    pub fn running(&self) -> impl Iterator<Item = &Snapshot> {
        let has_begun = |s: &&Snapshot| !s.status.is_final() && s.status != Status::Incomplete;
        self.subscriptions.values().filter(has_begun)
    }

    /// A subscription.
    pub fn subscription(&self, subscription: &Ref) -> Option<&Snapshot> {
        self.subscriptions.get(subscription)
    }

    /// A one-off payment.
    pub fn purchase(&self, order: &Ref) -> Option<&Purchase> {
        self.purchases.get(order)
    }

    /// The payer's name at a provider, newest first, for its portal and the next checkout.
    pub fn customer(&self, provider: Provider) -> Option<&str> {
        self.subscriptions
            .values()
            .filter(|s| s.subscription.provider == provider && s.customer.is_some())
            .max_by_key(|s| s.observed)
            .and_then(|s| s.customer.as_deref())
    }

    /// Whether there was a trial: nobody gets a second one.
    pub fn had_trial(&self) -> bool {
        self.subscriptions.values().any(|s| s.trial_end.is_some())
    }

    /// Subscriptions whose period is over without news: events were lost or are late. Fetch them.
    pub fn overdue(&self, now: Time) -> impl Iterator<Item = &Ref> {
        self.subscriptions
            .values()
            .filter(move |s| {
                let kept = !s.status.is_final() && s.subscription.provider != Provider::Test;
                kept && s.period_end <= now && s.observed.at < s.period_end
            })
            .map(|s| &s.subscription)
    }

    /// Whether nothing is known at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the money of a payment went back.
    pub(super) fn is_void(&self, paid: &Paid) -> bool {
        let refunded = self
            .refunds
            .values()
            .filter(|r| r.payment == paid.payment && r.refunded.currency == paid.amount.currency)
            .fold(0_i64, |sum, r| sum.saturating_add(r.refunded.minor));
        let disputed = self.disputes.values().any(|d| {
            d.payment == paid.payment
                && matches!(d.status, DisputeStatus::Open | DisputeStatus::Lost)
        });
        disputed || refunded >= paid.amount.minor
    }
}
