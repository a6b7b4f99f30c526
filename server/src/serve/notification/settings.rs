//! What goes by which way.

use super::{Done, to_done};
use crate::{
    flag::Flag,
    serve::{
        Context,
        visit::{Member, page},
    },
};
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use site::{
    Deed,
    notification::{
        self as pages, ChannelColumn, ChatLine, HookLine, KindRow, SettingsPage, WebhookFault,
    },
};
use storage::{Channel, MAX_WEBHOOKS, NotificationKind, Result};
use trading::time::Time;

pub(super) async fn settings(
    State(context): State<Context>,
    member: Member,
    Query(done): Query<Done>,
) -> Response {
    show(&context, &member, done.deed(), None).await
}

/// The page, with what was done or what was wrong, and the address that was typed.
pub(super) async fn show(
    context: &Context,
    member: &Member,
    deed: Option<Deed>,
    refused: Option<(StatusCode, WebhookFault, String)>,
) -> Response {
    let mut content = match content(context, member).await {
        Ok(content) => content,
        Err(error) => return member.visit.broken(&error.into()),
    };
    content.deed = deed;
    let mut status = StatusCode::OK;
    if let Some((with, fault, url)) = refused {
        status = with;
        content.fault = Some(fault);
        content.url = url;
    }
    let look = member.visit.look("/notifications/settings");
    page(status, pages::settings(&look, &content))
}

async fn content(context: &Context, member: &Member) -> Result<SettingsPage> {
    let (storage, id) = (context.desk.storage(), member.account.id);
    let wanted = storage.preferences.load(id).await?;
    let chat = storage.telegrams.chat(id).await?;
    let hooks = storage.webhooks.list(id).await?;
    let hooks_on = Flag::NotifyWebhook.is_on(storage, Some(id)).await?;
    let telegram_on = Flag::NotifyTelegram.is_on(storage, Some(id)).await?;
    let has_telegram = context.notifier.has_telegram() && telegram_on;
    let is_there = |channel| match channel {
        Channel::Mail => true,
        Channel::Telegram => has_telegram && chat.is_some(),
        Channel::Webhook => hooks_on && hooks.iter().any(|hook| hook.disabled_at.is_none()),
    };
    Ok(SettingsPage {
        columns: Channel::ALL
            .into_iter()
            .map(|channel| ChannelColumn {
                channel: channel.name(),
                is_there: is_there(channel),
            })
            .collect(),
        rows: NotificationKind::ALL
            .into_iter()
            // Whoever sends a test wants it.
            .filter(|kind| *kind != NotificationKind::Test)
            .map(|kind| KindRow {
                kind: kind.name(),
                is_on: Channel::ALL
                    .into_iter()
                    .map(|channel| wanted.contains(&(kind, channel)))
                    .collect(),
            })
            .collect(),
        has_telegram,
        may_add: (hooks.len() as i64) < MAX_WEBHOOKS,
        hooks_off: !hooks_on,
        hooks: hooks
            .into_iter()
            .map(|hook| HookLine {
                id: hook.id.to_string(),
                by_reset: hook.is_off_by_reset(),
                url: hook.url,
                created_at: Time(hook.created_at),
                failures: u64::try_from(hook.failures).unwrap_or(0),
                is_off: hook.disabled_at.is_some(),
            })
            .collect(),
        chat: chat.map(|chat| ChatLine {
            name: chat.name,
            linked_at: chat.linked_at,
        }),
        url: String::new(),
        fault: None,
        deed: None,
    })
}

/// Every box that is ticked, as `on=kind:channel`; what is not known is passed over.
pub(super) async fn save(member: Member, Form(ticked): Form<Vec<(String, String)>>) -> Response {
    let mut wanted: Vec<(NotificationKind, Channel)> = ticked
        .iter()
        .filter(|(name, _)| name == "on")
        .filter_map(|(_, value)| {
            let (kind, channel) = value.split_once(':')?;
            Some((NotificationKind::of(kind)?, Channel::of(channel)?))
        })
        .collect();
    wanted.extend(Channel::ALL.map(|channel| (NotificationKind::Test, channel)));
    let visit = &member.visit;
    let preferences = &visit.desk.storage().preferences;
    match preferences.save(member.account.id, &wanted).await {
        Ok(()) => to_done("/notifications/settings", Deed::Saved),
        Err(error) => visit.broken(&error.into()),
    }
}
