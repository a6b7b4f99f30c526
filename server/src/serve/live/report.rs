//! What was earned, on the screen. The page changes by itself no more than paper does: it has no
//! script.

use super::scene::Scene;
use crate::{
    clock::now,
    report::{self, By, Figures, Group, Report},
    serve::{
        single::{Inside, Single},
        visit::{Member, Visit, page},
    },
};
use axum::{
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use protocol::id::AccountId;
use serde::Deserialize;
use site::live::{Numbers, ReportLine, ReportPage, Subject, reports};
use std::{cmp::Reverse, collections::BTreeMap, ops::Range, time::Duration};
use storage::{BrokerPlace, StorageError};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use trading::time::Time;

/// How many reports are reckoned at once: each reads up to 800,000 rows.
static PLACES: Semaphore = Semaphore::const_new(2);
/// And one of each account.
static RECKONING: Single = Single::new();
/// How long somebody may wait for their turn.
const TURN: Duration = Duration::from_secs(5);
/// After how many seconds who was refused is to ask again.
const AGAIN: &str = "5";

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

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoReport {
    /// Another one of the account is being made, or too many of others are.
    #[error("too many reports are being made")]
    Busy,
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A turn to reckon, until it is dropped.
#[derive(Debug)]
struct Turn {
    _inside: Inside,
    _place: SemaphorePermit<'static>,
}

/// Waits for the account's turn, but not for longer than that.
async fn turn(account: AccountId, patience: Duration) -> Result<Turn, NoReport> {
    let inside = RECKONING.enter(account).ok_or(NoReport::Busy)?;
    match timeout(patience, PLACES.acquire()).await {
        Ok(Ok(place)) => Ok(Turn {
            _inside: inside,
            _place: place,
        }),
        _ => Err(NoReport::Busy),
    }
}

/// The page that says why there is no report.
pub(super) fn without(member: &Member, path: &str, why: NoReport) -> Response {
    match why {
        NoReport::Busy => {
            let html = site::problem::busy(&member.visit.look(path));
            let mut response = page(StatusCode::TOO_MANY_REQUESTS, html);
            let again = HeaderValue::from_static(AGAIN);
            response.headers_mut().insert(header::RETRY_AFTER, again);
            response
        }
        NoReport::Storage(error) => member.visit.broken(&error.into()),
    }
}

impl Asked {
    /// What is asked for, or the first.
    fn by(&self) -> By {
        By::of(&self.by).unwrap_or(By::Day)
    }

    /// Where that is on the screen.
    pub(super) fn path(&self) -> String {
        address("/reports", self.by(), report::day_of(&self.before))
    }
}

/// Reckons the report that is asked for.
pub(super) async fn reckon(member: &Member, asked: &Asked) -> Result<Reckoned, NoReport> {
    let _turn = turn(member.account.id, TURN).await?;
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let by = asked.by();
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
    let path = asked.path();
    match reckon(&member, &asked).await {
        Ok(reckoned) => Visit::page(reports(&member.visit.look(&path), &shown(&reckoned))),
        Err(why) => without(&member, &path, why),
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

#[cfg(test)]
mod tests {
    use super::{AccountId, turn};
    use std::time::Duration;
    use uuid::Uuid;

    #[tokio::test]
    async fn one_report_of_each_account_and_two_of_all() {
        let [ada, budi, citra] = [1, 2, 3].map(|id| AccountId(Uuid::from_u128(id)));
        let patience = Duration::from_millis(20);
        let first = turn(ada, patience).await.unwrap();
        assert!(
            turn(ada, patience).await.is_err(),
            "one of hers is not done"
        );
        let second = turn(budi, patience).await.unwrap();
        assert!(
            turn(citra, patience).await.is_err(),
            "both places are taken"
        );
        drop(first);
        let third = turn(citra, patience).await.unwrap();
        drop((second, third));
        assert!(turn(ada, patience).await.is_ok());
    }
}
