//! The ledger over any facts in any order: always the same state, never a paid user locked out,
//! never an unpaid one let in.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod history;
mod law;
mod once;
mod precedence;
mod random;

use billing::{
    money::{Currency, Money},
    plan::{PlanId, Plans},
    subscription::{Fact, Ledger, Terms},
};
use trading::time::{DAY, Time};

const PLANS: [&str; 3] = ["free", "trader", "pro"];

fn plan(rank: usize) -> PlanId {
    PLANS[rank].parse().unwrap()
}

fn terms(plans: &Plans) -> Terms<'_> {
    Terms {
        plans,
        test_mode: false,
    }
}

fn ledger<'a>(facts: impl IntoIterator<Item = &'a Fact>) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.record_all(facts.into_iter().cloned());
    ledger
}

fn rank(ledger: &Ledger, now: Time) -> usize {
    let plans = Plans::default();
    plans.rank(&ledger.standing(&terms(&plans), now).plan)
}

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::Usd)
}

fn day(day: i64) -> Time {
    Time(day * DAY)
}
