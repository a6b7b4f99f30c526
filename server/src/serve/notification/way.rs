//! The chat with our bot, and the webhooks.

use super::{One, settings::show, to_done};
use crate::{
    clock::now,
    flag::Flag,
    notify::{NotifyError, UrlFault},
    serve::{
        Context,
        visit::{Member, Visit},
    },
};
use axum::{Form, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use site::{
    Deed,
    notification::{self as pages, WebhookFault},
};
use storage::StorageError;

const SETTINGS: &str = "/notifications/settings";

pub(super) async fn connect(State(context): State<Context>, member: Member) -> Response {
    let (visit, id) = (&member.visit, member.account.id);
    match Flag::NotifyTelegram
        .is_on(context.desk.storage(), Some(id))
        .await
    {
        Ok(true) => {}
        Ok(false) => return visit.broken(&StorageError::NotFound.into()),
        Err(error) => return visit.broken(&error.into()),
    }
    match context.notifier.link(id).await {
        Ok(href) => {
            let look = visit.look(SETTINGS);
            Visit::page(pages::telegram_link(&look, &href))
        }
        Err(NotifyError::NoTelegram) => visit.broken(&StorageError::NotFound.into()),
        Err(NotifyError::Storage(error)) => visit.broken(&error.into()),
        Err(error) => {
            tracing::warn!(%error, "no chat could be connected");
            let status = StatusCode::BAD_GATEWAY;
            let refused = (status, WebhookFault::Telegram, String::new());
            show(&context, &member, None, Some(refused)).await
        }
    }
}

pub(super) async fn disconnect(member: Member) -> Response {
    let (visit, id) = (&member.visit, member.account.id);
    match visit.desk.storage().telegrams.disconnect(id).await {
        Ok(()) => {
            let desk = &visit.desk;
            desk.note(Some(id), "telegram-disconnected", "", &visit.caller)
                .await;
            to_done(SETTINGS, Deed::Disconnected)
        }
        Err(error) => visit.broken(&error.into()),
    }
}

pub(super) async fn test_chat(State(context): State<Context>, member: Member) -> Response {
    let telegrams = &context.desk.storage().telegrams;
    let done = telegrams.test(member.account.id, now()).await;
    tested(&context, &member, WebhookFault::ChatTested, done).await
}

/// On, or why a test was not sent.
async fn tested(
    context: &Context,
    member: &Member,
    fault: WebhookFault,
    done: storage::Result<()>,
) -> Response {
    match done {
        Ok(()) => to_done(SETTINGS, Deed::TestSent),
        Err(StorageError::TooMany(_)) => {
            let refused = (StatusCode::TOO_MANY_REQUESTS, fault, String::new());
            show(context, member, None, Some(refused)).await
        }
        Err(error) => member.visit.broken(&error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct New {
    #[serde(default)]
    url: String,
}

pub(super) async fn add(
    State(context): State<Context>,
    member: Member,
    Form(typed): Form<New>,
) -> Response {
    let (visit, id) = (&member.visit, member.account.id);
    let refuse = |fault| {
        let refused = (StatusCode::UNPROCESSABLE_ENTITY, fault, typed.url.clone());
        show(&context, &member, None, Some(refused))
    };
    match Flag::NotifyWebhook
        .is_on(context.desk.storage(), Some(id))
        .await
    {
        Ok(true) => {}
        Ok(false) => return refuse(WebhookFault::Off).await,
        Err(error) => return visit.broken(&error.into()),
    }
    match context.notifier.add_webhook(id, &typed.url).await {
        Ok((hook, secret)) => {
            let (desk, which) = (&visit.desk, hook.to_string());
            desk.note(Some(id), "webhook-added", &which, &visit.caller)
                .await;
            let look = visit.look(SETTINGS);
            Visit::page(pages::webhook_made(&look, typed.url.trim(), &secret))
        }
        Err(NotifyError::Url(fault)) => {
            let fault = match fault {
                UrlFault::Unreadable => WebhookFault::Unreadable,
                UrlFault::Insecure => WebhookFault::Insecure,
                UrlFault::Extra => WebhookFault::Extra,
                UrlFault::Private => WebhookFault::Private,
            };
            refuse(fault).await
        }
        Err(NotifyError::Storage(StorageError::TooMany(_))) => refuse(WebhookFault::TooMany).await,
        Err(NotifyError::Storage(error)) => visit.broken(&error.into()),
        Err(error) => visit.broken(&crate::account::AccountError::Machine(error.to_string())),
    }
}

pub(super) async fn remove(member: Member, Form(one): Form<One>) -> Response {
    let (visit, id) = (&member.visit, member.account.id);
    let done = async {
        let hook = one.id()?;
        visit.desk.storage().webhooks.remove(id, hook).await
    };
    match done.await {
        Ok(()) => {
            let desk = &visit.desk;
            desk.note(Some(id), "webhook-removed", &one.id, &visit.caller)
                .await;
            to_done(SETTINGS, Deed::Removed)
        }
        Err(error) => visit.broken(&error.into()),
    }
}

pub(super) async fn resume(member: Member, Form(one): Form<One>) -> Response {
    let (visit, id) = (&member.visit, member.account.id);
    let done = async {
        let hook = one.id()?;
        visit.desk.storage().webhooks.resume(id, hook).await
    };
    match done.await {
        Ok(()) => {
            let desk = &visit.desk;
            desk.note(Some(id), "webhook-resumed", &one.id, &visit.caller)
                .await;
            to_done(SETTINGS, Deed::Resumed)
        }
        Err(error) => visit.broken(&error.into()),
    }
}

pub(super) async fn test_webhook(
    State(context): State<Context>,
    member: Member,
    Form(one): Form<One>,
) -> Response {
    let done = async {
        let webhooks = &context.desk.storage().webhooks;
        webhooks.test(member.account.id, one.id()?, now()).await
    };
    let done = done.await;
    tested(&context, &member, WebhookFault::HookTested, done).await
}
