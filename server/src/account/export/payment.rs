//! What was paid, and what was used of what is counted by the day.

use super::{
    End,
    pen::{Pen, ROWS},
};
use protocol::id::AccountId;
use serde_json::{Value, json};
use storage::Storage;

pub(super) async fn write(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let ledgers = &storage.ledgers;
    // All that the providers told us: subscriptions, payments, refunds.
    let ledger = ledgers.load(id).await?.map(|text| read(&text));
    pen.field("payments", &ledger).await?;
    pen.list(
        "payments_begun",
        |before| ledgers.orders_part(id, before, ROWS),
        |one| one.id,
        |one| json!({ "id": one.id, "order": read(&one.content), "begun_at": one.begun }),
    )
    .await?;
    pen.list(
        "usage",
        |after| ledgers.usages(id, after, ROWS),
        Clone::clone,
        |one| json!({ "quota": one.quota, "day": one.day, "used": one.used }),
    )
    .await
}

/// JSON as it is kept; where it is none, it is theirs all the same and stands there as text.
fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}
