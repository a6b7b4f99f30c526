//! What is sold, and how many have it.

use crate::{
    serve::{
        Context,
        visit::{Staff, Visit},
    },
    till,
};
use axum::{extract::State, response::Response};
use billing::{
    money::Currency,
    plan::Interval,
    quota::{Limit, Quota},
};
use site::admin::{self as pages, PlanLine};
use std::collections::BTreeMap;
use storage::Result;

/// How many ledgers are read at a time.
const PART: i64 = 500;
/// How many are counted for one page.
const MOST: u64 = 20_000;

/// Accounts by plan and state.
type Counts = BTreeMap<(String, String), u64>;

pub(super) async fn plans(State(context): State<Context>, Staff(member): Staff) -> Response {
    let visit = &member.visit;
    let (counts, counted, unreadable) = match count(&context).await {
        Ok(counted) => counted,
        Err(error) => return visit.broken(&error.into()),
    };
    let lines: Vec<PlanLine> = context
        .till
        .plans()
        .all()
        .iter()
        .map(|plan| PlanLine {
            id: plan.id.as_str().to_owned(),
            is_sold: plan.sold,
            is_free: plan.is_free(),
            prices: prices(plan),
            allows: Quota::ALL
                .into_iter()
                .map(|quota| {
                    let most = match plan.quotas.limit(quota) {
                        Limit::Of(most) => Some(most),
                        Limit::Unlimited => None,
                    };
                    (quota.name(), most)
                })
                .collect(),
            states: counts
                .iter()
                .filter(|((id, _), _)| id == plan.id.as_str())
                .map(|((_, state), count)| (state.clone(), *count))
                .collect(),
        })
        .collect();
    let cut = (counted >= MOST).then_some(counted);
    Visit::page(pages::plans(
        &visit.look("/admin/plans"),
        &lines,
        cut,
        unreadable,
    ))
}

fn prices(plan: &billing::plan::Plan) -> Vec<(i64, u32, &'static str, &'static str)> {
    let mut prices = Vec::new();
    for currency in Currency::ALL {
        for interval in Interval::ALL {
            let money = plan.price(interval, currency);
            prices.extend(money.map(|money| {
                let (decimals, code) = (currency.decimals(), currency.code());
                (money.minor, decimals, code, interval.name())
            }));
        }
    }
    prices
}

/// Counts them, how many those were, and how many ledgers cannot be read.
async fn count(context: &Context) -> Result<(Counts, u64, u64)> {
    let operations = &context.desk.storage().operations;
    let (mut counts, mut counted, mut unreadable) = (Counts::new(), 0, 0);
    let mut after = None;
    while counted < MOST {
        let part = operations.ledgers(after, PART).await?;
        let Some(last) = part.last() else {
            break;
        };
        after = Some(last.account);
        for one in &part {
            counted += 1;
            let Ok(ledger) = till::read(&one.ledger) else {
                unreadable += 1;
                continue;
            };
            let standing = context.till.standing_of(&ledger);
            let key = (standing.plan.as_str().to_owned(), word(standing.state));
            *counts.entry(key).or_default() += 1;
        }
    }
    Ok((counts, counted, unreadable))
}

/// The word of a state, as in JSON.
pub(super) fn word(state: billing::subscription::State) -> String {
    let value = serde_json::to_value(state).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}
