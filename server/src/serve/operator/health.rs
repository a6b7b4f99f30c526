//! How the service is.

use crate::{
    account::AccountError,
    clock::now,
    serve::{
        Context,
        visit::{Staff, Visit},
    },
};
use axum::{extract::State, response::Response};
use billing::outside::BreakerState;
use site::admin::{self as pages, HealthPage, RunLine, Way};
use std::{path::Path, time::Instant};
use trading::time::Time;

pub(super) async fn health(State(context): State<Context>, Staff(member): Staff) -> Response {
    let visit = &member.visit;
    match content(&context).await {
        Ok(content) => Visit::page(pages::health(&visit.look("/admin/health"), &content)),
        Err(error) => visit.broken(&error),
    }
}

async fn content(context: &Context) -> Result<HealthPage, AccountError> {
    let storage = context.desk.storage();
    let began = Instant::now();
    storage.check().await?;
    let latency = began.elapsed().as_micros();
    let found = storage.operations.condition().await?;
    let runs = storage.operations.runs().await?;
    let count = |count: i64| u64::try_from(count).unwrap_or(0);
    let mail = if context.has_smtp {
        Way::There
    } else {
        Way::Absent
    };
    let mut ways = vec![("mail", mail)];
    let paying = context.till.ways();
    for name in ["Stripe", "Midtrans"] {
        let state = paying.iter().find(|(known, _)| *known == name);
        ways.push((name, state.map_or(Way::Absent, |(_, state)| way(*state))));
    }
    let telegram = context.notifier.telegram_state();
    ways.push(("Telegram", telegram.map_or(Way::Absent, way)));
    Ok(HealthPage {
        version: env!("CARGO_PKG_VERSION"),
        started_at: context.house.started_at,
        disk: disk(&context.house.home),
        engine: if storage.is_shared() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
        latency: u64::try_from(latency).unwrap_or(u64::MAX),
        bytes: count(found.bytes),
        migration: count(found.migration),
        accounts: count(found.accounts),
        mails: (
            count(found.mails_waiting),
            count(found.mails_failed),
            found.mail_due_at,
        ),
        deliveries: (
            count(found.deliveries_waiting),
            count(found.deliveries_failed),
        ),
        ways,
        resting: context.notifier.resting_webhooks() as u64,
        runs: runs
            .into_iter()
            .map(|run| RunLine {
                name: run.name,
                ran_at: Time(run.ran_at),
                failure: run.failure,
            })
            .collect(),
        now: now(),
    })
}

const fn way(state: BreakerState) -> Way {
    match state {
        BreakerState::Closed => Way::Closed,
        BreakerState::Open => Way::Open,
        BreakerState::HalfOpen => Way::HalfOpen,
    }
}

/// Free bytes for a user like ours, of all.
#[cfg(unix)]
fn disk(home: &Path) -> Option<(u64, u64)> {
    let found = rustix::fs::statvfs(home).ok()?;
    let bytes = |blocks: u64| blocks.saturating_mul(found.f_frsize);
    Some((bytes(found.f_bavail), bytes(found.f_blocks)))
}

#[cfg(not(unix))]
fn disk(_: &Path) -> Option<(u64, u64)> {
    None
}
