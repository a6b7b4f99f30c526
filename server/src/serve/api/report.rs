//! Deals, positions and equity, as executors report them: at least once each, in any order.

use super::{
    asker::{ANYBODY, By, EXECUTOR, Who},
    body::Given,
    executor,
    pace::Pace,
    part::Part,
    refusal::{Answer, Refusal},
};
use crate::{clock::now, meter, serve::Context, till::QuotaError};
use axum::{Json, extract::Query};
use protocol::{
    api::{
        page::{Page, PageQuery},
        problem::ProblemCode,
        report::{BrokerAccount, KeptDeal, KeptEquity, KeptPositions, Report, ReportReceipt},
    },
    id::{BrokerAccountId, CredentialId, DealId},
};
use serde::Deserialize;
use std::{str::FromStr, time::Instant};
use storage::StorageError;
use trading::time::Time;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Reports of a key: enough for somebody who comes back after weeks, and for fifty accounts that are
/// reported twice a minute.
static PACE: Pace<CredentialId> = Pace::new(240.0, 2.0);

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(report))
        .routes(routes!(accounts))
        .routes(routes!(deals))
        .routes(routes!(positions))
        .routes(routes!(equity))
}

/// Which part, of which account at a broker.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Of {
    /// The most that the part may have: 1 to 200, usually 50.
    limit: Option<u32>,
    /// `next` of the part before; none for the first.
    cursor: Option<String>,
    /// Of which account at a broker; none for all.
    broker_account: Option<BrokerAccountId>,
}

impl Of {
    fn part<C: FromStr>(&self) -> Answer<Part<C>> {
        Part::of(&PageQuery {
            limit: self.limit,
            cursor: self.cursor.clone(),
        })
    }
}

/// Reports what happened at an account at a broker. What was reported before changes nothing. For
/// executors. An account at a broker beyond what the plan allows is refused (409 `quota-exceeded`);
/// one that was ever reported of never is. New deals and equity snapshots beyond what is kept are
/// refused with all of the report (409 `reports-full`), and so is more than two reports a second over
/// longer (429).
#[utoipa::path(post, path = "/reporting", tag = "reporting", request_body = Report,
    responses((status = 200, description = "It is kept", body = ReportReceipt)))]
async fn report(by: By<EXECUTOR>, Given(mut report): Given<Report>) -> Answer<Json<ReportReceipt>> {
    if let Who::Key(key, _) = by.who
        && let Err(seconds) = PACE.take(key, Instant::now())
    {
        let why = "two reports a second, and 240 at once, are the most of a key";
        return Err(Refusal::with(ProblemCode::TooManyAttempts, why).after(seconds));
    }
    if let Some(fault) = report.fault() {
        return Err(Refusal::invalid(fault));
    }
    let executor = executor::of(&by).await?;
    let (till, at) = (&by.context.till, now());
    // By a clock that is fast: what is newer in truth would be taken for older.
    if let Some(positions) = &mut report.positions {
        positions.at = positions.at.min(at);
    }
    for one in &mut report.equity {
        one.at = one.at.min(at);
    }
    let kept = till.keep_report(by.account, executor, &report, at).await;
    if let Err(QuotaError::Storage(error @ StorageError::ReportsFull { .. })) = &kept {
        // What is not kept is missing in what its owner is told: somebody has to know.
        tracing::warn!(account = %by.account, %error, "a report was refused: there is no room");
    }
    let kept = kept?;
    let new = kept
        .new_deals
        .iter()
        .filter_map(|place| report.deals.get(*place));
    meter::deals_kept(new, at);
    Ok(Json(kept.receipt))
}

/// Accounts at brokers, the newest first. For everybody.
#[utoipa::path(get, path = "/reporting/accounts", tag = "reporting", params(PageQuery),
    responses((status = 200, description = "A part", body = Page<BrokerAccount>)))]
async fn accounts(
    by: By<ANYBODY>,
    Query(query): Query<PageQuery>,
) -> Answer<Json<Page<BrokerAccount>>> {
    let part = Part::<BrokerAccountId>::of(&query)?;
    let reports = &by.context.desk.storage().reports;
    let all = reports.broker_accounts(by.account, part.before, part.most());
    Ok(Json(part.page(all.await?, |one| one.id.to_string())))
}

/// Deals, the last executed first. For everybody.
#[utoipa::path(get, path = "/reporting/deals", tag = "reporting", params(Of),
    responses((status = 200, description = "A part", body = Page<KeptDeal>)))]
async fn deals(by: By<ANYBODY>, Query(query): Query<Of>) -> Answer<Json<Page<KeptDeal>>> {
    let part = query.part::<DealId>()?;
    let reports = &by.context.desk.storage().reports;
    let all = reports.deals(by.account, query.broker_account, part.before, part.most());
    Ok(Json(part.page(all.await?, |one| one.id.to_string())))
}

/// What is open at every account at a broker. For everybody.
#[utoipa::path(get, path = "/reporting/positions", tag = "reporting",
    responses((status = 200, description = "All", body = Page<KeptPositions>)))]
async fn positions(by: By<ANYBODY>) -> Answer<Json<Page<KeptPositions>>> {
    let items = by.context.desk.storage().reports.positions(by.account);
    Ok(Json(Page {
        items: items.await?,
        next: None,
    }))
}

/// The place of an equity snapshot in the list.
#[derive(Debug, Clone, Copy)]
struct Place(Time, BrokerAccountId);

impl FromStr for Place {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let at = at.parse().map_err(|_| ())?;
        Ok(Self(Time(at), id.parse().map_err(|_| ())?))
    }
}

/// Equity snapshots, the last first. For everybody.
#[utoipa::path(get, path = "/reporting/equity", tag = "reporting", params(Of),
    responses((status = 200, description = "A part", body = Page<KeptEquity>)))]
async fn equity(by: By<ANYBODY>, Query(query): Query<Of>) -> Answer<Json<Page<KeptEquity>>> {
    let part = query.part::<Place>()?;
    let before = part.before.map(|Place(at, id)| (at, id));
    let reports = &by.context.desk.storage().reports;
    let all = reports.equity(by.account, query.broker_account, before, part.most());
    let cursor = |one: &KeptEquity| format!("{}.{}", one.snapshot.at.0, one.broker_account);
    Ok(Json(part.page(all.await?, cursor)))
}
