//! What holds whatever is told, in whatever order.

use crate::{
    day, ledger,
    random::{dispute, fact, paid, purchase, refund},
    rank, terms,
};
use billing::{
    plan::Plans,
    subscription::{
        Dispute, Fact, GRACE, Ledger, Purchase, PurchaseStatus, RENEWAL_SLACK, Ref, Refund, SKEW,
        Status,
    },
};
use proptest::{collection::vec, prelude::*, sample::Index};
use trading::time::{DAY, Time};

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
