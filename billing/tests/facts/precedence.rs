//! Which of several facts counts.

use crate::{day, ledger, plan, terms, usd};
use billing::{
    plan::{Interval, Plans},
    subscription::{Fact, Failed, Observed, Paid, Ref, Snapshot, State, Status},
};
use trading::time::{DAY, Time};

/// Facts of the same moment that contradict each other in anything at all: one of them stays, and
/// always the same one.
#[test]
fn contradictions_are_settled_the_same_way() {
    let snapshot = |rank, customer: &str, trial: Option<Time>| {
        Fact::Subscription(Snapshot {
            subscription: Ref::stripe("sub_1"),
            customer: Some(customer.into()),
            plan: plan(rank),
            interval: Interval::Month,
            status: Status::Active,
            period_start: day(0),
            period_end: day(30),
            trial_end: trial,
            ends_at: None,
            observed: Observed::told(day(0)),
        })
    };
    let paid = |minor| {
        Fact::Paid(Paid {
            payment: Ref::stripe("in_1"),
            paid_at: day(0),
            subscription: Ref::stripe("sub_1"),
            plan: plan(1),
            from: day(0),
            until: day(30),
            amount: usd(minor),
        })
    };
    let facts = [
        snapshot(1, "a", None),
        snapshot(2, "a", None),
        snapshot(1, "b", None),
        snapshot(1, "a", Some(day(3))),
        paid(1),
        paid(2),
    ];
    let all = ledger(&facts);
    for first in &facts {
        for second in &facts {
            let ledger = ledger(
                [first, second]
                    .into_iter()
                    .chain(&facts)
                    .chain([second, first]),
            );
            assert_eq!(ledger, all);
            assert_eq!(self::ledger([first, second]), self::ledger([second, first]));
        }
    }
}

/// Within a second: what was fetched counts before what was told, and of what was told the state
/// that a subscription comes to later.
#[test]
fn within_a_second_the_better_knowledge_counts() {
    let snapshot = |status, observed| {
        Fact::Subscription(Snapshot {
            subscription: Ref::stripe("sub_1"),
            customer: None,
            plan: plan(1),
            interval: Interval::Month,
            status,
            period_start: day(0),
            period_end: day(30),
            trial_end: None,
            ends_at: None,
            observed,
        })
    };
    let told = |status| snapshot(status, Observed::told(day(1)));
    let fetched = |status, ms| snapshot(status, Observed::fetched(Time(DAY + ms)));
    for (winner, loser) in [
        (told(Status::Active), told(Status::Incomplete)),
        (told(Status::PastDue), told(Status::Active)),
        (fetched(Status::Active, 0), told(Status::PastDue)),
        (fetched(Status::Active, 7), fetched(Status::PastDue, 6)),
        // A second later the event counts again.
        (
            snapshot(Status::Active, Observed::told(Time(DAY + 1_000))),
            fetched(Status::Paused, 999),
        ),
        // What is final stays, even if the clocks are wrong.
        (told(Status::Canceled), fetched(Status::Active, 5_000)),
    ] {
        let expected = ledger([&winner]);
        assert_eq!(ledger([&winner, &loser]), expected);
        assert_eq!(ledger([&loser, &winner]), expected);
    }
}

/// A failure that was made good is over, though the subscription was not seen since.
#[test]
fn a_payment_makes_its_failure_good() {
    let plans = Plans::default();
    let payment = Ref::stripe("in_1");
    let subscription = Ref::stripe("sub_1");
    let facts = [
        Fact::Subscription(Snapshot {
            subscription: subscription.clone(),
            customer: None,
            plan: plan(1),
            interval: Interval::Month,
            status: Status::Active,
            period_start: day(0),
            period_end: day(30),
            trial_end: None,
            ends_at: None,
            observed: Observed::told(day(0)),
        }),
        Fact::Failed(Failed {
            payment: payment.clone(),
            at: day(1),
            subscription: subscription.clone(),
        }),
        Fact::Paid(Paid {
            payment,
            paid_at: day(2),
            subscription,
            plan: plan(1),
            from: day(0),
            until: day(30),
            amount: usd(1),
        }),
    ];
    let state = |facts: &[Fact]| ledger(facts).standing(&terms(&plans), day(3)).state;
    assert_eq!(state(&facts[..2]), State::PastDue);
    assert_eq!(state(&facts), State::Active);
    let renewed = ledger(&facts).standing(&terms(&plans), day(31)).state;
    assert_eq!(renewed, State::Renewing);
}
