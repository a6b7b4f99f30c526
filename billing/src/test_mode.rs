//! Without keys: a provider that takes no money and says yes to everything.
//!
//! It speaks through the same facts and the same ledger as the real ones, under
//! [`Provider::Test`], which [`Terms::test_mode`] must allow: with keys of a real provider configured
//! nothing that was "bought" here counts. Everything that shows a plan shows [`MARK`] beside it.
//!
//! [`Terms::test_mode`]: crate::subscription::Terms::test_mode

use crate::{
    payer::Payer,
    plan::{Interval, Offer, Plans},
    subscription::{Fact, Ledger, Observed, Provider, Ref, Snapshot, Status},
};
use trading::time::{DAY, Time};

/// What is shown wherever plans are, while they cost nothing. A key of the translations, not a text.
pub const MARK: &str = "billing-test-mode";

/// The only subscription of a payer in test mode.
fn subscription(payer: Payer) -> Ref {
    Ref::new(Provider::Test, format!("sub_{payer}"))
}

const fn length(interval: Interval) -> i64 {
    interval.millis()
}

/// "Buys" an offer, or changes to it. With a trial if there has been none. Nothing if it is not on
/// sale.
pub fn checkout(
    plans: &Plans,
    ledger: &Ledger,
    payer: Payer,
    offer: &Offer,
    now: Time,
) -> Option<Fact> {
    plans.price(offer)?;
    let trial_days = plans.get(&offer.plan).map_or(0, |plan| plan.trial_days);
    let subscription = subscription(payer);
    let earlier = ledger.subscription(&subscription);
    let trial = (trial_days > 0 && !ledger.had_trial())
        .then(|| Time(now.0.saturating_add(i64::from(trial_days) * DAY)));
    let end = trial.unwrap_or(Time(now.0.saturating_add(length(offer.interval))));
    Some(Fact::Subscription(Snapshot {
        subscription,
        customer: None,
        plan: offer.plan.clone(),
        interval: offer.interval,
        status: if trial.is_some() {
            Status::Trialing
        } else {
            Status::Active
        },
        period_start: now,
        period_end: end,
        trial_end: trial.or(earlier.and_then(|s| s.trial_end)),
        // Nobody renews it: it is "bought" again.
        ends_at: Some(end),
        observed: Observed::fetched(now),
    }))
}

/// Ends it now; nothing if there is none. It can be "bought" again.
pub fn cancel(ledger: &Ledger, payer: Payer, now: Time) -> Option<Fact> {
    let mut snapshot = ledger.subscription(&subscription(payer))?.clone();
    snapshot.ends_at = Some(now);
    snapshot.observed = Observed::fetched(now);
    Some(Fact::Subscription(snapshot))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        money::Currency,
        subscription::{State, Terms},
    };
    use uuid::Uuid;

    #[test]
    fn it_says_yes_and_counts_only_in_test_mode() {
        let plans = Plans::default();
        let payer = Payer(Uuid::from_u128(1));
        let offer = |plan: &str| Offer {
            plan: plan.parse().unwrap(),
            interval: Interval::Month,
            currency: Currency::Usd,
        };
        let mut ledger = Ledger::default();
        let standing = |ledger: &Ledger, day: i64, test_mode| {
            let terms = Terms {
                plans: &plans,
                test_mode,
            };
            let standing = ledger.standing(&terms, Time(day * DAY));
            (standing.plan.as_str().to_owned(), standing.state)
        };
        let buy = |ledger: &mut Ledger, plan: &str, day: i64| {
            let now = Time(day * DAY);
            let fact = checkout(&plans, ledger, payer, &offer(plan), now).unwrap();
            assert!(ledger.record(fact));
        };
        buy(&mut ledger, "trader", 1);
        assert_eq!(
            standing(&ledger, 2, true),
            ("trader".into(), State::Trialing)
        );
        assert_eq!(standing(&ledger, 2, false), ("free".into(), State::Free));
        assert_eq!(standing(&ledger, 15, true).0, "free");
        // A second trial there is not.
        buy(&mut ledger, "pro", 16);
        assert_eq!(standing(&ledger, 17, true), ("pro".into(), State::Ending));
        assert_eq!(standing(&ledger, 46, true).0, "pro");
        assert_eq!(standing(&ledger, 47, true).0, "free");
        let fact = cancel(&ledger, payer, Time(18 * DAY)).unwrap();
        ledger.record(fact);
        assert_eq!(standing(&ledger, 18, true).0, "free");
        buy(&mut ledger, "trader", 19);
        assert_eq!(standing(&ledger, 20, true).0, "trader");
        assert!(checkout(&plans, &ledger, payer, &offer("free"), Time(0)).is_none());
    }
}
