//! The ledger over any facts in any order: always the same state, never a paid user locked out,
//! never an unpaid one let in.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use billing::{
    money::{Currency, Money},
    plan::{Interval, PlanId, Plans},
    subscription::{
        Dispute, DisputeStatus, Fact, Failed, GRACE, Ledger, Observed, Paid, Provider, Purchase,
        PurchaseStatus, RENEWAL_SLACK, Ref, Refund, SKEW, Snapshot, State, Status, Terms,
    },
};
use proptest::{collection::vec, prelude::*, sample::Index};
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

// Few names and few moments, so that facts meet.
fn moment() -> impl Strategy<Value = Time> {
    (0_i64..100, prop_oneof![Just(0_i64), Just(400), Just(1_000)])
        .prop_map(|(d, ms)| Time(d * DAY + ms))
}

fn observed() -> impl Strategy<Value = Observed> {
    (moment(), any::<bool>()).prop_map(|(at, fetched)| Observed { at, fetched })
}

fn subscription() -> impl Strategy<Value = Ref> {
    (0..2).prop_map(|n| Ref::stripe(format!("sub_{n}")))
}

fn payment() -> impl Strategy<Value = Ref> {
    (0..4).prop_map(|n| Ref::stripe(format!("in_{n}")))
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(vec![
        Status::Incomplete,
        Status::Trialing,
        Status::Active,
        Status::PastDue,
        Status::Paused,
        Status::Unpaid,
        Status::Expired,
        Status::Canceled,
    ])
}

fn snapshot() -> impl Strategy<Value = Snapshot> {
    (
        subscription(),
        1..3_usize,
        status(),
        0..90_i64,
        1..40_i64,
        any::<bool>(),
        any::<bool>(),
        observed(),
    )
        .prop_map(
            |(subscription, rank, status, start, length, trial, ends, observed)| Snapshot {
                subscription,
                customer: None,
                plan: plan(rank),
                interval: Interval::Month,
                status,
                period_start: day(start),
                period_end: day(start + length),
                trial_end: trial.then_some(day(start + length)),
                ends_at: ends.then_some(day(start + length)),
                observed,
            },
        )
}

fn paid() -> impl Strategy<Value = Paid> {
    (payment(), moment(), subscription(), 1..3_usize, 1..40_i64).prop_map(
        |(payment, paid_at, subscription, rank, length)| Paid {
            payment,
            paid_at,
            subscription,
            plan: plan(rank),
            from: paid_at,
            until: Time(paid_at.0 + length * DAY),
            amount: usd(100),
        },
    )
}

fn failed() -> impl Strategy<Value = Failed> {
    (payment(), moment(), subscription()).prop_map(|(payment, at, subscription)| Failed {
        payment,
        at,
        subscription,
    })
}

fn refund() -> impl Strategy<Value = Refund> {
    (0..3, observed(), payment(), 1..=100_i64).prop_map(|(charge, observed, payment, minor)| {
        Refund {
            charge: Ref::stripe(format!("ch_{charge}")),
            observed,
            payment,
            refunded: usd(minor),
        }
    })
}

fn dispute() -> impl Strategy<Value = Dispute> {
    let statuses = vec![
        DisputeStatus::Inquiry,
        DisputeStatus::Open,
        DisputeStatus::Won,
        DisputeStatus::Lost,
    ];
    (0..2, observed(), payment(), prop::sample::select(statuses)).prop_map(
        |(dispute, observed, payment, status)| Dispute {
            dispute: Ref::stripe(format!("dp_{dispute}")),
            observed,
            payment,
            status,
        },
    )
}

fn purchase() -> impl Strategy<Value = Purchase> {
    let statuses = vec![
        PurchaseStatus::Pending,
        PurchaseStatus::Failed,
        PurchaseStatus::Paid,
        PurchaseStatus::PartlyRefunded,
        PurchaseStatus::Reversed,
    ];
    (
        0..5,
        observed(),
        prop::sample::select(statuses),
        1..3_usize,
        prop::sample::select(Interval::ALL.to_vec()),
        prop::option::of(moment()),
    )
        .prop_map(
            |(order, observed, status, rank, interval, paid_at)| Purchase {
                order: Ref::midtrans(format!("phx-{order}")),
                observed,
                status,
                plan: plan(rank),
                interval,
                amount: Money::new(449_000, Currency::Idr),
                paid_at,
            },
        )
}

fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        snapshot().prop_map(Fact::Subscription),
        paid().prop_map(Fact::Paid),
        failed().prop_map(Fact::Failed),
        refund().prop_map(Fact::Refund),
        dispute().prop_map(Fact::Dispute),
        purchase().prop_map(Fact::Purchase),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Any order, any duplicates, any batches: the same ledger, to the last bit of its JSON.
    #[test]
    fn a_ledger_is_a_function_of_the_set_of_facts(
        facts in vec(fact(), 0..14),
        order in vec(any::<Index>(), 0..40),
        cut in any::<Index>(),
    ) {
        let straight = ledger(&facts);
        // Replays before, in the middle and after; backwards in between.
        let replay = order.iter().filter(|_| !facts.is_empty()).map(|i| i.get(&facts));
        let shuffled = ledger(replay.chain(facts.iter().rev()));
        prop_assert_eq!(&shuffled, &straight);
        let (left, right) = facts.split_at(if facts.is_empty() { 0 } else { cut.index(facts.len()) });
        let mut merged = ledger(right);
        merged.merge(ledger(left));
        prop_assert_eq!(&merged, &straight);
        // What is known is not news.
        prop_assert!(!merged.record_all(facts));
        let json = serde_json::to_string(&straight).unwrap();
        prop_assert_eq!(serde_json::from_str::<Ledger>(&json).unwrap(), straight);
    }

    /// Another payment, of which no money went back, never takes anything away, at any time.
    #[test]
    fn a_payment_never_takes_anything_away(
        facts in vec(fact(), 0..10),
        mut more in paid(),
        purchase in purchase(),
        now in 0_i64..600,
    ) {
        more.payment = Ref::stripe("in_new");
        let before = ledger(&facts);
        for fact in [
            Fact::Paid(more.clone()),
            Fact::Purchase(Purchase {
                order: Ref::midtrans("phx-new"),
                status: PurchaseStatus::Paid,
                ..purchase.clone()
            }),
        ] {
            let mut after = before.clone();
            after.record(fact);
            prop_assert!(rank(&after, day(now)) >= rank(&before, day(now)));
        }
    }

    /// A refund, a dispute that is not won, and a failure never give anything.
    #[test]
    fn bad_news_never_gives_anything(
        facts in vec(fact(), 0..10),
        refund in refund(),
        dispute in dispute(),
        now in 0_i64..200,
    ) {
        let before = ledger(&facts);
        for fact in [
            Fact::Refund(Refund { charge: Ref::stripe("ch_new"), ..refund.clone() }),
            Fact::Dispute(Dispute { dispute: Ref::stripe("dp_new"), ..dispute.clone() }),
        ] {
            let mut after = before.clone();
            after.record(fact);
            prop_assert!(rank(&after, day(now)) <= rank(&before, day(now)));
        }
    }

    /// A paid period whose money we still have counts, whatever else was heard: at least as the
    /// lesser of the plan that was paid and the one that the subscription was changed to.
    #[test]
    fn a_paid_period_is_never_locked_out(facts in vec(fact(), 0..12), mut kept in paid(), into in 0.0_f64..1.0) {
        kept.payment = Ref::stripe("in_kept");
        let mut all = facts;
        all.push(Fact::Paid(kept.clone()));
        let now = Time(kept.from.0 + ((kept.until.0 - kept.from.0) as f64 * into) as i64);
        prop_assert!(rank(&ledger(&all), now) >= 1);
    }

    /// Nothing counts without evidence: a payment that we still have, or a subscription in good
    /// standing or in its grace.
    #[test]
    fn nobody_is_let_in_without_evidence(facts in vec(fact(), 0..12), now in 0_i64..200) {
        let now = day(now);
        let all = ledger(&facts);
        if rank(&all, now) > 0 {
            let evidence = facts.iter().any(|fact| match fact {
                Fact::Paid(p) => p.from.0 - SKEW <= now.0 && now < p.until,
                Fact::Subscription(s) => match s.status {
                    Status::Trialing => now.0 < s.period_end.0 + RENEWAL_SLACK,
                    // A failure can be later than the period's beginning, and the grace with it.
                    Status::Active | Status::PastDue => now.0 < s.period_end.0.max(100 * DAY) + GRACE + DAY,
                    _ => false,
                },
                Fact::Purchase(p) => p.paid_at.is_some()
                    && matches!(p.status, PurchaseStatus::Paid | PurchaseStatus::PartlyRefunded),
                _ => false,
            });
            prop_assert!(evidence);
        }
        // And nothing lasts for ever.
        let years = facts.len() as i64 + 1;
        prop_assert_eq!(rank(&all, day(200 + 366 * years)), 0);
    }

    /// What a standing promises holds until then, and not a millisecond longer.
    #[test]
    fn a_standing_keeps_its_word(facts in vec(fact(), 0..12), now in 0_i64..200, into in 0.0_f64..1.0) {
        let plans = Plans::default();
        let all = ledger(&facts);
        let now = day(now);
        let standing = all.standing(&terms(&plans), now);
        match standing.until {
            None => prop_assert_eq!(plans.rank(&standing.plan), 0),
            Some(until) => {
                prop_assert!(until > now);
                let rank_now = plans.rank(&standing.plan);
                let between = Time(now.0 + ((until.0 - now.0) as f64 * into) as i64);
                prop_assert!(rank(&all, between.min(Time(until.0 - 1))) >= rank_now);
                prop_assert!(rank(&all, until) < rank_now);
            }
        }
    }

}

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
