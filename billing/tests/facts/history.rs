//! Every sequence of a few events.

use crate::{day, plan, rank, usd};
use billing::{
    plan::Interval,
    subscription::{Fact, Failed, Ledger, Observed, Paid, Ref, Refund, Snapshot, Status},
};
use trading::time::{DAY, Time};

/// Every sequence, with repetitions, of the events of one subscription's life.
#[test]
fn all_short_histories() {
    let sub = || Ref::stripe("sub_1");
    let snapshot = |status, rank, start: i64, second: i64| {
        Fact::Subscription(Snapshot {
            subscription: sub(),
            customer: Some("cus_1".into()),
            plan: plan(rank),
            interval: Interval::Month,
            status,
            period_start: day(start),
            period_end: day(start + 30),
            trial_end: None,
            ends_at: None,
            observed: Observed::told(Time(start * DAY + second * 1_000)),
        })
    };
    let paid = |id: &str, rank, start: i64| {
        Fact::Paid(Paid {
            payment: Ref::stripe(id),
            paid_at: Time(start * DAY + 2_000),
            subscription: sub(),
            plan: plan(rank),
            from: day(start),
            until: day(start + 30),
            amount: usd(2_900),
        })
    };
    let alphabet = [
        snapshot(Status::Incomplete, 1, 0, 1),
        snapshot(Status::Active, 1, 0, 2),
        paid("in_1", 1, 0),
        snapshot(Status::PastDue, 1, 30, 3_600),
        Fact::Failed(Failed {
            payment: Ref::stripe("in_2"),
            at: Time(30 * DAY + 3_600_000),
            subscription: sub(),
        }),
        paid("in_2", 1, 30),
        snapshot(Status::Canceled, 1, 30, 7_200),
        Fact::Refund(Refund {
            charge: Ref::stripe("ch_1"),
            observed: Observed::told(day(3)),
            payment: Ref::stripe("in_1"),
            refunded: usd(2_900),
        }),
    ];
    let moments = [0, 10, 29, 31, 36, 38, 59, 61, 70].map(day);
    let n = alphabet.len();
    let mut by_set: Vec<Option<Ledger>> = vec![None; 1 << n];
    let mut seen = 0;
    for length in 0..=6_u32 {
        for number in 0..n.pow(length) {
            let mut all = Ledger::default();
            let (mut rest, mut set) = (number, 0_usize);
            for _ in 0..length {
                all.record(alphabet[rest % n].clone());
                set |= 1 << (rest % n);
                rest /= n;
            }
            seen += 1;
            if let Some(known) = &by_set[set] {
                assert_eq!(all, *known, "order changed the state: set {set:b}");
                continue;
            }
            let has = |event: usize| set & (1 << event) != 0;
            for now in moments {
                let found = rank(&all, now);
                let first = has(2) && !has(7) && now < day(30);
                let second = has(5) && now >= day(29) && now < day(60);
                if first || second {
                    assert_eq!(found, 1, "locked out: set {set:b} at {now}");
                }
                let canceled = has(6);
                let past_due = has(3) && !canceled && now < day(38);
                let active = has(1) && !has(3) && !canceled && !has(7) && now < day(38);
                // Active, and then its money went back without our knowing of the payment.
                let active = active || (has(1) && !has(3) && !canceled && !has(2) && now < day(38));
                if !(first || second || past_due || active) {
                    assert_eq!(found, 0, "let in: set {set:b} at {now}");
                }
            }
            by_set[set] = Some(all);
        }
    }
    assert_eq!(seen, (0..=6).map(|l| 8_usize.pow(l)).sum::<usize>());
}
