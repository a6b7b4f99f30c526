//! What both pages show of a strategy, of the places where it may be live and of the plan.

use super::Kept;
use crate::{
    serve::visit::Member,
    till::{Running, Till},
};
use billing::{
    live::Course,
    quota::{Limit, Quota},
};
use protocol::{
    api::{report::BrokerAccount, strategy::Place},
    id::BrokerAccountId,
};
use site::strategy::{self as pages, PlaceChoice, Room, StrategyLine};
use storage::{MAX_BROKER_ACCOUNTS, Shelved};

/// A strategy in a list.
pub(super) fn line(
    shelved: Shelved,
    live: &[Running],
    places: &[PlaceChoice],
    gains: Vec<(String, f64)>,
) -> StrategyLine {
    let summary = shelved.summary;
    let running = live.iter().find(|one| one.live.strategy == summary.id);
    StrategyLine {
        id: summary.id.to_string(),
        market: format!("{} {}", summary.symbol, summary.timeframe),
        name: summary.name,
        version: shelved.version,
        revision: summary.revision,
        saved_at: summary.updated_at,
        is_archived: shelved.archived_at.is_some(),
        live: running.map(|running| pages::LiveLine {
            version: running.live.version,
            place: match running.live.on {
                Place::EveryAccount => None,
                Place::BrokerAccount(id) => Some(named(places, id)),
            },
            since: running.live.since,
            course: match running.course {
                Course::Runs => pages::Course::Runs,
                Course::Grace(until) => pages::Course::Until(until),
                Course::Paused(_) => pages::Course::Paused,
            },
        }),
        gains,
    }
}

fn named(places: &[PlaceChoice], id: BrokerAccountId) -> String {
    let id = id.to_string();
    let found = places.iter().find(|place| place.id == id);
    found.map_or(id.clone(), |place| place.name.clone())
}

/// Where something may be live.
pub(super) async fn places(member: &Member) -> Kept<Vec<PlaceChoice>> {
    let reports = &member.visit.desk.storage().reports;
    let all = reports.broker_accounts(member.account.id, None, MAX_BROKER_ACCOUNTS);
    let place = |one: BrokerAccount| PlaceChoice {
        id: one.id.to_string(),
        name: format!(
            "{} · {} ({})",
            one.login.login, one.login.server, one.currency
        ),
    };
    Ok(all.await?.into_iter().map(place).collect())
}

/// For how many there is room.
pub(super) async fn room(till: &Till, member: &Member, saved: usize, live: usize) -> Kept<Room> {
    let account = member.account.id;
    let limit = |limit| match limit {
        Limit::Of(most) => Some(most),
        Limit::Unlimited => None,
    };
    Ok(Room {
        live: live as u64,
        live_limit: limit(till.most(account, Quota::LiveStrategies).await?.limit),
        saved: saved as u64,
        saved_limit: limit(till.most(account, Quota::SavedStrategies).await?.limit),
    })
}
