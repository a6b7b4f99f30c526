//! The page of one strategy: its versions, and what each of them earned.

use super::{
    Asked, Kept, compare,
    line::{line, places, room},
};
use crate::{
    clock::now,
    serve::{
        Context,
        visit::{Member, Visit},
    },
    till::Till,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use protocol::{api::strategy::Earned, id::StrategyId};
use site::strategy::{self as pages, Done, StrategyPage, VersionLine};
use storage::{Owner, StorageError, VersionEarned};

pub(in super::super) async fn strategy(
    State(context): State<Context>,
    member: Member,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async {
        let id = id.parse().map_err(|_| StorageError::NotFound)?;
        one(&context.till, &member, id, &asked).await
    };
    match shown.await {
        Ok(mut shown) => {
            shown.done = Done::of(&asked.done);
            let look = member.visit.look(&format!("/strategies/{id}"));
            Visit::page(pages::strategy(&look, &shown))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

/// What the page of one shows.
pub(super) async fn one(
    till: &Till,
    member: &Member,
    id: StrategyId,
    asked: &Asked,
) -> Kept<StrategyPage> {
    let storage = member.visit.desk.storage();
    let (account, owner) = (member.account.id, Owner::Account(member.account.id));
    let strategies = &storage.strategies;
    let shelved = strategies.shelved(owner, id).await?;
    let saved = strategies.list(owner).await?.len();
    let live = till.live(account).await?;
    let places = places(member).await?;
    let gains = strategies.earnings(account).await?.remove(&id);
    let room = room(till, member, saved, live.len()).await?;
    let VersionEarned {
        mut versions,
        unknown,
        is_cut,
    } = strategies.earned(account, id).await?;
    let listed = strategies.versions(owner, id).await?;
    let line = line(shelved, &live, &places, gains.unwrap_or_default());
    let pair = compare::pair(&line, asked, |number| {
        listed.iter().any(|one| one.number == number)
    });
    let compared = match pair {
        Some((old, new)) => Some(compare::compared(member, id, old, new).await?),
        None => None,
    };
    Ok(StrategyPage {
        line,
        versions: listed
            .into_iter()
            .map(|one| VersionLine {
                number: one.number,
                note: one.note,
                origin: one.origin,
                saved_at: one.saved_at,
                earned: shown(versions.remove(&one.number).unwrap_or_default()),
            })
            .collect(),
        // What is left are versions that went.
        gone: versions
            .into_iter()
            .rev()
            .map(|(number, earned)| (number, shown(earned)))
            .collect(),
        unknown: shown(unknown),
        is_cut,
        compared,
        places,
        room,
        done: None,
        fault: None,
        now: now(),
    })
}

fn shown(earned: Vec<Earned>) -> Vec<pages::Earned> {
    let shown = |one: Earned| pages::Earned {
        currency: one.currency,
        closed: one.closed,
        won: one.won,
        net: one.net,
    };
    earned.into_iter().map(shown).collect()
}
