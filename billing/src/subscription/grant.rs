//! From facts to spans of time in which a plan counts. The two rules that matter: never a paid user
//! locked out, never an unpaid one let in.

use super::{
    Ledger, Paid, Provider, PurchaseStatus, Ref, Snapshot, State, Status, standing::Terms,
};
use trading::time::{DAY, HOUR, SECOND, Time};

/// How long after a failed payment a plan still counts, in milliseconds: seven days, while the
/// provider tries again and the user is asked for another card. Choose the provider's retry
/// schedule to match it.
pub const GRACE: i64 = 7 * DAY;

/// How long after the end of a paid period we wait for word of the renewal, in milliseconds: three
/// days, for which Stripe goes on delivering events
/// (<https://docs.stripe.com/webhooks#behaviors>). Not given to what somebody has cancelled.
pub const RENEWAL_SLACK: i64 = 3 * DAY;

/// The same after a trial, in milliseconds: an hour, because nothing has been paid so far.
pub const TRIAL_SLACK: i64 = HOUR;

/// How far the providers' clocks may be ahead of ours, in milliseconds: what is paid counts at once,
/// not when our clock catches up. A day, because it can only ever help somebody who has paid.
pub const SKEW: i64 = DAY;

/// A span of time in which a plan counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) rank: usize,
    pub(super) state: State,
    pub(super) from: Time,
    /// The last moment at which it counts, exclusive.
    pub(super) until: Time,
    /// What to tell the user: without grace and slack.
    pub(super) ends: Time,
    pub(super) provider: Provider,
    pub(super) subscription: Option<Ref>,
    /// Comes from the state of a subscription, which knows more than a payment does.
    pub(super) living: bool,
}

impl Grant {
    /// Whether it counts now.
    pub(super) fn covers(&self, now: Time) -> bool {
        self.from.0.saturating_sub(SKEW) <= now.0 && now < self.until
    }
}

const fn plus(time: Time, span: i64) -> Time {
    Time(time.0.saturating_add(span))
}

impl Ledger {
    /// All spans.
    pub(super) fn grants(&self, terms: &Terms<'_>) -> Vec<Grant> {
        let counts = |provider| provider != Provider::Test || terms.test_mode;
        let subscriptions = self.subscriptions.values();
        let payments = self.payments.values();
        let mut grants: Vec<_> = subscriptions
            .filter(|s| counts(s.subscription.provider))
            .filter_map(|s| self.living(s, terms))
            .chain(
                payments
                    .filter(|p| counts(p.payment.provider))
                    .filter(|p| !self.is_void(p))
                    .map(|p| self.paid(p, terms)),
            )
            .collect();
        self.purchased(terms, counts, &mut grants);
        grants
    }

    /// What the state of a subscription gives.
    fn living(&self, s: &Snapshot, terms: &Terms<'_>) -> Option<Grant> {
        // Who got the money of this period back has no claim to it, whatever the provider's state:
        // a refund does not end a subscription. Periods that were paid still count by themselves.
        let last_day = plus(s.period_end, -DAY);
        let refunded = self
            .payments
            .values()
            .any(|p| p.subscription == s.subscription && p.until >= last_day && self.is_void(p));
        if refunded {
            return None;
        }
        let never = Time(i64::MAX);
        let cancelled = s.ends_at.unwrap_or(never);
        let (state, until, ends) = match s.status {
            Status::Trialing => {
                let ends = s.trial_end.unwrap_or(s.period_end);
                (State::Trialing, plus(ends, TRIAL_SLACK), ends)
            }
            Status::Active if !self.fails_since(s) => {
                let until = plus(s.period_end, RENEWAL_SLACK);
                (State::Active, until, s.period_end)
            }
            Status::Active | Status::PastDue => {
                let until = plus(self.unpaid_since(s), GRACE);
                (State::PastDue, until, until)
            }
            Status::Incomplete
            | Status::Paused
            | Status::Unpaid
            | Status::Expired
            | Status::Canceled => return None,
        };
        let state = match state {
            State::Active if s.ends_at.is_some() => State::Ending,
            state => state,
        };
        Some(Grant {
            rank: terms.plans.rank(&s.plan),
            state,
            // A snapshot says how it is, not how it was: it has replaced what was before.
            from: Time(i64::MIN),
            until: until.min(cancelled),
            ends: ends.min(cancelled),
            provider: s.subscription.provider,
            subscription: Some(s.subscription.clone()),
            living: true,
        })
    }

    /// Whether a payment failed after the subscription was last seen well, and was not made good.
    /// Of the same second the failure counts.
    fn fails_since(&self, s: &Snapshot) -> bool {
        let seen = s.observed.second();
        self.failing(s)
            .any(|at| at.0.div_euclid(SECOND) >= seen && at >= s.period_start)
    }

    /// When the grace began: at the first failure in this period, or else with the period.
    fn unpaid_since(&self, s: &Snapshot) -> Time {
        self.failing(s)
            .filter(|at| *at >= s.period_start)
            .min()
            .unwrap_or(s.period_start)
    }

    /// When invoices of a subscription failed that were not paid since.
    fn failing<'a>(&'a self, s: &'a Snapshot) -> impl Iterator<Item = Time> + 'a {
        self.failures
            .values()
            .filter(|f| f.subscription == s.subscription)
            .filter(|f| !self.payments.contains_key(&f.payment))
            .map(|f| f.at)
    }

    /// What a paid period of a subscription gives.
    fn paid(&self, p: &Paid, terms: &Terms<'_>) -> Grant {
        let own = terms.plans.rank(&p.plan);
        let rank = match self.subscriptions.get(&p.subscription) {
            // The plan was changed after this payment, and the difference was credited or is not
            // paid: the lesser of both plans is what is paid for in either case.
            Some(s) if p.paid_at.0.div_euclid(SECOND) < s.observed.second() => {
                own.min(terms.plans.rank(&s.plan))
            }
            _ => own,
        };
        Grant {
            rank,
            state: State::Ending,
            from: p.from,
            until: p.until,
            ends: p.until,
            provider: p.payment.provider,
            subscription: Some(p.subscription.clone()),
            living: false,
        }
    }

    /// What one-off payments give.
    ///
    /// Whoever has paid for a lesser and a better plan has the better one first and the rest of the
    /// lesser one afterwards. That is a queue in which the better goes first and no paid day is
    /// lost; so a plan or a better one counts exactly while there is work in the queue of those
    /// payments that are for it or a better one. Hence one simple pass for each rank, and another
    /// payment can never take anything away.
    fn purchased(
        &self,
        terms: &Terms<'_>,
        counts: impl Fn(Provider) -> bool,
        grants: &mut Vec<Grant>,
    ) {
        let paid = self.purchases.values().filter(|p| {
            counts(p.order.provider)
                && matches!(
                    p.status,
                    PurchaseStatus::Paid | PurchaseStatus::PartlyRefunded
                )
        });
        let mut paid: Vec<_> = paid
            .filter_map(|p| Some((p.paid_at?, p, terms.plans.rank(&p.plan))))
            .collect();
        paid.sort_by(|a, b| (a.0, &a.1.order).cmp(&(b.0, &b.1.order)));
        let mut ranks: Vec<_> = paid.iter().map(|(_, _, rank)| *rank).collect();
        ranks.sort_unstable();
        ranks.dedup();
        for least in ranks {
            let mut busy: Option<Grant> = None;
            for (at, purchase, _) in paid.iter().filter(|(_, _, rank)| *rank >= least) {
                let span = purchase.interval.millis();
                match &mut busy {
                    Some(grant) if *at <= grant.until => {
                        grant.until = plus(grant.until, span);
                        grant.ends = grant.until;
                    }
                    _ => grants.extend(busy.replace(Grant {
                        rank: least,
                        state: State::Ending,
                        from: *at,
                        until: plus(*at, span),
                        ends: plus(*at, span),
                        provider: purchase.order.provider,
                        subscription: None,
                        living: false,
                    })),
                }
            }
            grants.extend(busy);
        }
    }
}
