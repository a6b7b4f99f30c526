//! Any facts.

use crate::{day, plan, usd};
use billing::{
    money::{Currency, Money},
    plan::Interval,
    subscription::{
        Dispute, DisputeStatus, Fact, Failed, Observed, Paid, Purchase, PurchaseStatus, Ref,
        Refund, Snapshot, Status,
    },
};
use proptest::prelude::*;
use trading::time::{DAY, Time};

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

pub(crate) fn paid() -> impl Strategy<Value = Paid> {
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

pub(crate) fn refund() -> impl Strategy<Value = Refund> {
    (0..3, observed(), payment(), 1..=100_i64).prop_map(|(charge, observed, payment, minor)| {
        Refund {
            charge: Ref::stripe(format!("ch_{charge}")),
            observed,
            payment,
            refunded: usd(minor),
        }
    })
}

pub(crate) fn dispute() -> impl Strategy<Value = Dispute> {
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

pub(crate) fn purchase() -> impl Strategy<Value = Purchase> {
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

pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    prop_oneof![
        snapshot().prop_map(Fact::Subscription),
        paid().prop_map(Fact::Paid),
        failed().prop_map(Fact::Failed),
        refund().prop_map(Fact::Refund),
        dispute().prop_map(Fact::Dispute),
        purchase().prop_map(Fact::Purchase),
    ]
}
