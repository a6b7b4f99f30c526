//! The page of all strategies.

use super::{
    Asked, Kept,
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
    extract::{Query, State},
    response::Response,
};
use site::strategy::{self as pages, Done, StrategiesPage};
use storage::Owner;

pub(in super::super) async fn strategies(
    State(context): State<Context>,
    member: Member,
    Query(asked): Query<Asked>,
) -> Response {
    match all(&context.till, &member).await {
        Ok(mut shown) => {
            shown.done = Done::of(&asked.done);
            let look = member.visit.look("/strategies");
            Visit::page(pages::strategies(&look, &shown))
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

/// What the page of all shows.
pub(super) async fn all(till: &Till, member: &Member) -> Kept<StrategiesPage> {
    let storage = member.visit.desk.storage();
    let account = member.account.id;
    let shelf = storage.strategies.shelf(Owner::Account(account), None);
    let shelf = shelf.await?;
    let live = till.live(account).await?;
    let places = places(member).await?;
    let mut gains = storage.strategies.earnings(account).await?;
    let room = room(till, member, shelf.len(), live.len()).await?;
    let lines = shelf.into_iter().map(|one| {
        let gains = gains.remove(&one.summary.id).unwrap_or_default();
        line(one, &live, &places, gains)
    });
    Ok(StrategiesPage {
        lines: lines.collect(),
        places,
        room,
        done: None,
        fault: None,
        now: now(),
    })
}
