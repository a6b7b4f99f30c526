//! What executors and phones are, what they were told, and what they reported.

use super::{
    End,
    pen::{Pen, ROWS},
};
use crate::clock::now;
use protocol::{api::report::BrokerAccount, id::AccountId};
use serde_json::{Value, json};
use std::ops::Range;
use storage::{BrokerPlace, Storage};
use trading::time::Time;

/// All of time.
const EVER: Range<Time> = Time(i64::MIN)..Time(i64::MAX);

pub(super) async fn write(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let (reports, at) = (&storage.reports, now());
    pen.name("machines")?;
    pen.open(b'{');
    pen.list(
        "keys",
        |before| storage.credentials.list(id, before, ROWS),
        |one| one.id,
        |one| one,
    )
    .await?;
    pen.list(
        "executors",
        |before| storage.executors.ever(id, before, ROWS),
        |one| one.id,
        |one| one,
    )
    .await?;
    // Those that are put away too. Of both there are a few hundred at most.
    let mut places = reports.places(id).await?;
    places.extend(reports.retired(id).await?);
    let told: Vec<Value> = places.iter().map(told).collect();
    pen.field("broker_accounts", &told).await?;
    pen.list(
        "commands",
        |before| storage.commands.list(id, before, ROWS, at),
        |one| one.id,
        |one| one,
    )
    .await?;
    pen.list(
        "deals",
        |before| reports.deals(id, None, before, ROWS),
        |one| one.id,
        |one| one,
    )
    .await?;
    // One for each account at a broker, of which there are few.
    pen.field("positions", &reports.positions(id).await?)
        .await?;
    pen.name("equity")?;
    pen.open(b'[');
    // Account by account: that is the order in which they are kept.
    for place in &places {
        let of = place.account.id;
        pen.gap();
        pen.open(b'{');
        pen.field("broker_account", &of).await?;
        pen.list(
            "snapshots",
            |after| reports.equity_in(id, of, &EVER, after, ROWS),
            |one| one.at,
            |one| one,
        )
        .await?;
        pen.close(b'}').await?;
    }
    pen.close(b']').await?;
    pen.close(b'}').await
}

/// An account at a broker, and since when it is put away.
fn told(place: &BrokerPlace) -> Value {
    let BrokerAccount {
        id,
        login,
        currency,
        seen_at,
    } = &place.account;
    json!({
        "id": id, "login": login, "currency": currency, "seen_at": seen_at,
        "retired_at": place.retired_at,
    })
}
