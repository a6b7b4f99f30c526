//! The account itself: where it is signed in, what was done to it, which mails it got, and what it
//! was told by which way.

use super::{
    End,
    pen::{Pen, ROWS},
};
use crate::clock::now;
use protocol::id::AccountId;
use serde_json::{Value, json};
use storage::Storage;

pub(super) async fn write(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let at = now();
    pen.list(
        "sessions",
        |before| storage.sessions.part(id, before, ROWS, at),
        |one| one.id,
        |one| {
            json!({
                "address": one.address, "browser": one.agent,
                "created_at": one.created_at, "seen_at": one.seen_at,
            })
        },
    )
    .await?;
    pen.list(
        "security_events",
        |before| storage.audit.of(id, before, ROWS),
        |one| one.id,
        |one| {
            json!({
                "action": one.entry.action, "detail": one.entry.detail,
                "address": one.entry.address, "at": one.at,
            })
        },
    )
    .await?;
    // Without their texts: links in them open accounts, and what was sent has none any more.
    pen.list(
        "mails",
        |before| storage.mails.of(id, before, ROWS),
        |one| one.id,
        |one| {
            json!({
                "to": one.mail.recipient, "subject": one.mail.subject,
                "state": one.state.name(), "created_at": one.created_at,
            })
        },
    )
    .await?;
    told(pen, storage, id).await
}

/// What they were told, and by which ways. What webhooks are signed with is left out.
async fn told(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    pen.name("notifications")?;
    pen.open(b'{');
    pen.list(
        "told",
        |before| storage.notifications.list(id, before, ROWS),
        |one| one.id,
        |one| {
            json!({
                "kind": one.matter.kind.name(), "subject": one.matter.subject,
                "detail": one.matter.detail, "since": one.matter.since,
                "created_at": one.created_at, "read_at": one.read_at,
            })
        },
    )
    .await?;
    let chat = storage.telegrams.chat(id).await?;
    let chat = chat.map(|chat| json!({ "name": chat.name, "linked_at": chat.linked_at }));
    pen.field("telegram", &chat).await?;
    // There are a few of these at most.
    let hooks = storage.webhooks.list(id).await?;
    let hooks: Vec<Value> = hooks
        .into_iter()
        .map(|hook| json!({ "url": hook.url, "created_at": hook.created_at }))
        .collect();
    pen.field("webhooks", &hooks).await?;
    let wanted = storage.preferences.load(id).await?;
    let wanted: Vec<Value> = wanted
        .into_iter()
        .map(|(kind, channel)| json!([kind.name(), channel.name()]))
        .collect();
    pen.field("wanted", &wanted).await?;
    pen.close(b'}').await
}
