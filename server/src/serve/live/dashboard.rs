//! What is going on now.

use super::{
    live, live_page,
    scene::{Scene, label},
};
use crate::{
    clock::now,
    report::{self, By, Figures},
    serve::visit::Member,
};
use axum::{extract::Query, response::Response};
use protocol::id::{AccountId, BrokerAccountId};
use serde::Deserialize;
use site::live::{Alert, DashboardPage, Range, TodayLine, Worth, dashboard};
use std::{collections::BTreeMap, ops};
use storage::{Result, Storage};
use trading::time::{DAY, Time};

/// How many positions are shown.
const MOST_POSITIONS: usize = 200;
/// How many commands are shown.
const COMMANDS: i64 = 5;
/// Of how many steps a curve is made.
const STEPS: i64 = 240;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    range: String,
}

pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Response {
    let visit = &member.visit;
    let range = Range::of(&asked.range);
    let shown = range.unwrap_or(Range::Today);
    match load(&member, shown).await {
        Ok(page) => {
            let path = match range {
                Some(range) => format!("/dashboard?range={}", range.name()),
                None => "/dashboard".to_owned(),
            };
            live_page(dashboard(&visit.look(&path), &page))
        }
        Err(error) => visit.broken(&error.into()),
    }
}

async fn load(member: &Member, range: Range) -> Result<DashboardPage> {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let scene = Scene::load(storage, account, now).await?;
    let span = match range {
        Range::Today => By::Day.start(now)..now,
        Range::Week => Time(now.0 - 7 * DAY)..now,
        Range::Month => Time(now.0 - 30 * DAY)..now,
    };
    let mut accounts = Vec::with_capacity(scene.places.len());
    for place in &scene.places {
        let of = place.account.id;
        let worth = worth(storage, account, of).await?;
        let curve = curve(storage, account, of, &span).await?;
        accounts.push(scene.account_line(place, worth, curve));
    }
    let kept = storage.reports.positions(account).await?;
    let open: usize = kept.iter().map(|all| all.positions.len()).sum();
    let mut positions = Vec::with_capacity(open.min(MOST_POSITIONS));
    for all in &kept {
        let room = MOST_POSITIONS.saturating_sub(positions.len());
        for one in all.positions.iter().take(room) {
            positions.push(scene.position_line(all.broker_account, one, scene.known_at(all)));
        }
    }
    let commands = storage.commands.list(account, None, COMMANDS, now).await?;
    let unwatched = scene.unwatched(&kept);
    let mut alerts: Vec<_> = unwatched
        .map(|(place, open)| Alert::Unwatched(label(place), open))
        .collect();
    for executor in &scene.executors {
        let (name, health) = (executor.name.as_str().to_owned(), &executor.health);
        if !scene.is_online(executor) {
            match scene.open_at(executor.id, &kept) {
                0 => {}
                open => alerts.push(Alert::Offline(name, open)),
            }
        } else if !health.is_connected {
            alerts.push(Alert::Unplugged(name));
        } else if !health.may_trade {
            alerts.push(Alert::Forbidden(name));
        }
    }
    let (today, is_today_cut) = today(storage, account, &scene).await?;
    Ok(DashboardPage {
        live: live(member, now),
        range,
        span,
        alerts,
        accounts,
        today,
        is_today_cut,
        positions,
        more_positions: open.saturating_sub(MOST_POSITIONS),
        executors: scene
            .executors
            .iter()
            .map(|one| scene.executor_line(one))
            .collect(),
        commands: commands.iter().map(|one| scene.command_line(one)).collect(),
    })
}

/// What an account at a broker was last reported to be worth.
pub(super) async fn worth(
    storage: &Storage,
    account: AccountId,
    of: BrokerAccountId,
) -> Result<Option<Worth>> {
    let last = storage.reports.last_equity(account, of).await?;
    Ok(last.map(|one| Worth {
        equity: one.equity,
        balance: one.balance,
        at: one.at,
    }))
}

async fn curve(
    storage: &Storage,
    account: AccountId,
    of: BrokerAccountId,
    span: &ops::Range<Time>,
) -> Result<Vec<(Time, f64)>> {
    let step = (span.end.0 - span.start.0) / STEPS;
    let reports = &storage.reports;
    let points = reports.equity_steps(account, of, span, step).await?;
    Ok(points.into_iter().map(|one| (one.at, one.equity)).collect())
}

/// What was earned since midnight UTC, each currency for itself, and whether something is missing.
async fn today(
    storage: &Storage,
    account: AccountId,
    scene: &Scene,
) -> Result<(Vec<TodayLine>, bool)> {
    let start = By::Day.start(scene.now);
    let span = start..Time(start.0 + DAY);
    let report = report::reckon(storage, account, By::Day, &span, false, &scene.places).await?;
    let mut sums: BTreeMap<&str, Figures> = BTreeMap::new();
    for row in &report.rows {
        let sum = sums.entry(scene.currency(row.of)).or_default();
        sum.add(&row.figures);
    }
    let lines = sums.into_iter().filter(|(_, sum)| sum.deals > 0);
    let lines = lines
        .map(|(currency, sum)| TodayLine {
            currency: currency.to_owned(),
            net: sum.net(),
            deals: sum.deals,
            trades: sum.trades,
            win_rate: sum.win_rate(),
        })
        .collect();
    Ok((lines, report.is_cut))
}
