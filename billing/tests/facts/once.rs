//! What was paid once.

use crate::{day, ledger, plan, rank, usd};
use billing::{
    money::{Currency, Money},
    plan::{Interval, Plans},
    subscription::{Fact, Ledger, Observed, Provider, Purchase, PurchaseStatus, Ref, State, Terms},
};
use proptest::{collection::vec, prelude::*};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// One-off payments against a plain simulation, day by day, of the queue in which the better
    /// plan goes first.
    #[test]
    fn one_off_payments_lose_no_day(bought in vec((0_i64..60, 1..3_usize, any::<bool>()), 0..7)) {
        let facts: Vec<_> = bought
            .iter()
            .enumerate()
            .map(|(n, (at, rank, year))| Fact::Purchase(Purchase {
                order: Ref::midtrans(format!("phx-{n}")),
                observed: Observed::fetched(day(*at)),
                status: PurchaseStatus::Paid,
                plan: plan(*rank),
                interval: if *year { Interval::Year } else { Interval::Month },
                amount: Money::new(1, Currency::Idr),
                paid_at: Some(day(*at)),
            }))
            .collect();
        let all = ledger(&facts);
        let mut left: Vec<i64> = bought.iter().map(|b| if b.2 { 366 } else { 31 }).collect();
        for today in 0..2_700 {
            let next = (0..bought.len())
                .filter(|n| bought[*n].0 <= today && left[*n] > 0)
                .max_by_key(|n| bought[*n].1);
            let expected = next.map_or(0, |n| {
                left[n] -= 1;
                bought[n].1
            });
            // The day before a payment belongs to the tolerance for clocks.
            let tolerated = bought.iter().any(|b| b.0 - 1 == today);
            let found = rank(&all, day(today));
            prop_assert!(found == expected || (tolerated && found > expected), "day {today}");
        }
    }
}

#[test]
fn test_mode_counts_only_in_test_mode() {
    let plans = Plans::default();
    let mut all = Ledger::default();
    all.record(Fact::Purchase(Purchase {
        order: Ref::new(Provider::Test, "x"),
        observed: Observed::fetched(day(1)),
        status: PurchaseStatus::Paid,
        plan: plan(2),
        interval: Interval::Month,
        amount: usd(1),
        paid_at: Some(day(1)),
    }));
    let at = |test_mode| {
        let terms = Terms {
            plans: &plans,
            test_mode,
        };
        all.standing(&terms, day(2))
    };
    assert_eq!(at(true).plan, plan(2));
    assert_eq!((at(false).plan, at(false).state), (plan(0), State::Free));
}
