//! What providers tell us, in words that are nobody's.

use super::Ref;
use crate::{
    money::Money,
    plan::{Interval, PlanId},
};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use trading::time::{SECOND, Time};

/// Something that a provider told us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// How a subscription is, or was.
    Subscription(Snapshot),
    /// A period of a subscription was paid.
    Paid(Paid),
    /// A payment for a subscription failed.
    Failed(Failed),
    /// Money of a payment was given back.
    Refund(Refund),
    /// The payer's bank takes a payment back, or tried to.
    Dispute(Dispute),
    /// How a one-off payment is, or was.
    Purchase(Purchase),
}

/// When something was seen, and how.
///
/// Providers stamp events with the second in which they were made. What we fetch is stamped with
/// the moment *before* we asked: it shows that moment or later. Within one second a fetch outranks
/// an event, because each event makes us fetch again afterwards: the last change is always followed
/// by a fetch that outranks everything earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Observed {
    /// When.
    pub at: Time,
    /// Whether we asked for it.
    pub fetched: bool,
}

impl Observed {
    /// Told by an event of this time.
    pub const fn told(at: Time) -> Self {
        Self { at, fetched: false }
    }

    /// Fetched by a request that began at this time.
    pub const fn fetched(at: Time) -> Self {
        Self { at, fetched: true }
    }

    /// The second, since 1970.
    pub(super) const fn second(self) -> i64 {
        self.at.0.div_euclid(SECOND)
    }
}

impl Ord for Observed {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |o: &Self| (o.second(), o.fetched, o.at);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Observed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The state of a subscription in Stripe's words
/// (<https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses>), in the order
/// in which a subscription usually goes through them: of two snapshots of the same second, the
/// further one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The first payment has not been made.
    Incomplete,
    /// On trial.
    Trialing,
    /// In good standing.
    Active,
    /// The last payment failed, and is tried again.
    PastDue,
    /// The trial ended without a means of payment.
    Paused,
    /// Payments failed for good, but the subscription is still there.
    Unpaid,
    /// The first payment was never made. Final.
    Expired,
    /// It is over. Final.
    Canceled,
}

impl Status {
    /// Whether nothing comes after it: a subscription never comes back from there.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Expired | Self::Canceled)
    }
}

/// How a subscription was at some moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Snapshot {
    /// Which subscription.
    pub subscription: Ref,
    /// The provider's name for the payer, for its portal.
    pub customer: Option<String>,
    /// Of what.
    pub plan: PlanId,
    /// Renewed how often.
    pub interval: Interval,
    /// Its state.
    pub status: Status,
    /// Since when the current period runs.
    pub period_start: Time,
    /// When the current period ends.
    pub period_end: Time,
    /// When the trial ends or ended, if there was one.
    pub trial_end: Option<Time>,
    /// When it ends for good, if somebody has cancelled it.
    pub ends_at: Option<Time>,
    /// When it was so.
    pub observed: Observed,
}

/// A period of a subscription that was paid, by an invoice of more than nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Paid {
    /// The invoice.
    pub payment: Ref,
    /// When it was paid.
    pub paid_at: Time,
    /// Of which subscription.
    pub subscription: Ref,
    /// For which plan.
    pub plan: PlanId,
    /// From when.
    pub from: Time,
    /// Until when, exclusive.
    pub until: Time,
    /// How much was paid.
    pub amount: Money,
}

/// An invoice that could not be paid when it was tried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Failed {
    /// The invoice.
    pub payment: Ref,
    /// When. Of several times the first counts: the time of grace runs from there.
    pub at: Time,
    /// Of which subscription.
    pub subscription: Ref,
}

/// How much of a payment was given back so far.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Refund {
    /// The charge whose money it is: an invoice may have several.
    pub charge: Ref,
    /// When it was so.
    pub observed: Observed,
    /// The invoice that was paid.
    pub payment: Ref,
    /// How much, altogether.
    pub refunded: Money,
}

/// The state of a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The bank only asks. No money has moved.
    Inquiry,
    /// The money is gone until it is decided.
    Open,
    /// We have the money again. Final.
    Won,
    /// The payer has it again. Final.
    Lost,
}

/// The payer's bank takes a payment back, or tried to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Dispute {
    /// Which dispute.
    pub dispute: Ref,
    /// When it was so.
    pub observed: Observed,
    /// The invoice that was paid.
    pub payment: Ref,
    /// Its state.
    pub status: DisputeStatus,
}

/// The state of a one-off payment. Of two that were seen at the same moment the later one here
/// counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseStatus {
    /// Not paid yet.
    Pending,
    /// Will not be paid: refused, given up, too late.
    Failed,
    /// Paid.
    Paid,
    /// Paid, and a part given back: as a courtesy, so it still counts.
    PartlyRefunded,
    /// Paid, and all taken or given back.
    Reversed,
}

/// A one-off payment for a month or a year of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Purchase {
    /// Our order.
    pub order: Ref,
    /// When it was so.
    pub observed: Observed,
    /// Its state.
    pub status: PurchaseStatus,
    /// Of what.
    pub plan: PlanId,
    /// For how long.
    pub interval: Interval,
    /// How much.
    pub amount: Money,
    /// When it was paid; needed for it to count.
    pub paid_at: Option<Time>,
}

/// Facts about one object: which of two stays. A total order that ends in the whole content, so
/// that only equal facts are equal and the greatest of a set is one.
pub(super) trait Newest: Ord {
    /// Which object of the provider's.
    fn key(&self) -> &Ref;
    /// Whether `self` is to be kept and `other` forgotten.
    fn newest(&self, other: &Self) -> Ordering;
}

impl Newest for Snapshot {
    fn key(&self) -> &Ref {
        &self.subscription
    }
    fn newest(&self, other: &Self) -> Ordering {
        // What is final stays, whatever the clocks say.
        let key = |s: &Self| (s.status.is_final(), s.observed, s.status, s.period_end);
        key(self).cmp(&key(other)).then_with(|| self.cmp(other))
    }
}

impl Newest for Paid {
    fn key(&self) -> &Ref {
        &self.payment
    }
    fn newest(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

impl Newest for Failed {
    fn key(&self) -> &Ref {
        &self.payment
    }
    fn newest(&self, other: &Self) -> Ordering {
        // The first counts.
        other.cmp(self)
    }
}

impl Newest for Refund {
    fn key(&self) -> &Ref {
        &self.charge
    }
    fn newest(&self, other: &Self) -> Ordering {
        let key = |r: &Self| (r.observed, r.refunded);
        key(self).cmp(&key(other)).then_with(|| self.cmp(other))
    }
}

impl Newest for Dispute {
    fn key(&self) -> &Ref {
        &self.dispute
    }
    fn newest(&self, other: &Self) -> Ordering {
        let closed = |d: &Self| matches!(d.status, DisputeStatus::Won | DisputeStatus::Lost);
        let key = |d: &Self| (closed(d), d.observed, d.status);
        key(self).cmp(&key(other)).then_with(|| self.cmp(other))
    }
}

impl Newest for Purchase {
    fn key(&self) -> &Ref {
        &self.order
    }
    fn newest(&self, other: &Self) -> Ordering {
        let key = |p: &Self| (p.observed, p.status);
        key(self).cmp(&key(other)).then_with(|| self.cmp(other))
    }
}
