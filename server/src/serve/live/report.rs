//! What was earned, on the screen.

use super::{live_page, scene::Scene};
use crate::{
    clock::now,
    report::{self, By, Figures, Group, Report},
    serve::visit::Member,
};
use axum::{extract::Query, response::Response};
use serde::Deserialize;
use site::live::{Numbers, ReportLine, ReportPage, Subject, reports};
use std::{cmp::Reverse, collections::BTreeMap, ops::Range};
use storage::{BrokerPlace, Result};
use trading::time::Time;

/// Which report is asked for; what is none of ours is the first.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    by: String,
    #[serde(default)]
    before: String,
}

/// A report with what its lines are called.
pub(super) struct Reckoned {
    pub(super) by: By,
    pub(super) before: Option<Time>,
    pub(super) span: Range<Time>,
    pub(super) report: Report,
    pub(super) scene: Scene,
}

/// Reckons the report that is asked for.
pub(super) async fn reckon(member: &Member, asked: &Asked) -> Result<Reckoned> {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let by = By::of(&asked.by).unwrap_or(By::Day);
    let before = report::day_of(&asked.before);
    let span = by.span(before, now);
    let scene = Scene::load(storage, account, now).await?;
    let places: Vec<BrokerPlace> = scene.all().cloned().collect();
    let report = report::reckon(storage, account, by, &span, true, &places).await?;
    Ok(Reckoned {
        by,
        before,
        span,
        report,
        scene,
    })
}

pub(super) async fn show(member: Member, Query(asked): Query<Asked>) -> Response {
    match reckon(&member, &asked).await {
        Ok(reckoned) => {
            let path = address("/reports", reckoned.by, reckoned.before);
            live_page(reports(&member.visit.look(&path), &shown(&reckoned)))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

fn shown(reckoned: &Reckoned) -> ReportPage {
    let Reckoned {
        by, span, scene, ..
    } = reckoned;
    let rows = &reckoned.report.rows;
    let mut totals: BTreeMap<&str, Figures> = BTreeMap::new();
    for row in rows {
        let total = totals.entry(scene.currency(row.of)).or_default();
        total.add(&row.figures);
    }
    let lines = rows.iter().map(|row| ReportLine {
        subject: match row.group {
            Group::Period(Reverse(start)) => Subject::Period(start),
            Group::Strategy(id) => Subject::Strategy(id.map(|id| scene.strategy_name(id))),
        },
        account: scene.account_label(row.of),
        currency: scene.currency(row.of).to_owned(),
        numbers: numbers(&row.figures),
    });
    let later = by.later(span, scene.now);
    ReportPage {
        by: match by {
            By::Day => site::live::By::Day,
            By::Week => site::live::By::Week,
            By::Month => site::live::By::Month,
            By::Strategy => site::live::By::Strategy,
        },
        from: span.start,
        to: Time(span.end.0 - 1),
        is_cut: reckoned.report.is_cut,
        totals: totals
            .into_iter()
            .map(|(currency, total)| (currency.to_owned(), numbers(&total)))
            .collect(),
        lines: lines.collect(),
        csv: address("/reports.csv", *by, reckoned.before),
        earlier: address("/reports", *by, Some(span.start)),
        later: later.map(|before| address("/reports", *by, before)),
    }
}

fn address(path: &str, by: By, before: Option<Time>) -> String {
    let before = before.map_or_else(String::new, |before| {
        format!("&before={}", report::day_text(before))
    });
    format!("{path}?by={}{before}", by.name())
}

fn numbers(figures: &Figures) -> Numbers {
    Numbers {
        net: figures.net(),
        commission: figures.commission,
        swap: figures.swap,
        transfers: figures.transfers,
        deals: figures.deals,
        trades: figures.trades,
        win_rate: figures.win_rate(),
        factor: figures.profit_factor(),
        drawdown: figures.drawdown.map(|fall| (fall.depth, fall.part)),
    }
}
