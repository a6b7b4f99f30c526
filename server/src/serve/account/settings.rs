//! One's own account.

use super::{Link, Said, entry::gone};
use crate::{
    account::{AccountError, Part},
    clock::now,
    serve::{
        Context,
        request_id::carried,
        session,
        single::Single,
        visit::{Member, Visit, page, reference, to_with},
    },
    till::{BuyError, Stays},
};
use axum::{
    Form,
    body::Body,
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use identity::EmailAddress;
use protocol::id::SessionId;
use serde::Deserialize;
use site::{
    Fault, Notice,
    account::{self as pages, AccountPage, EventLine, Gone, Section, SessionLine, TwoFactor},
};
use std::time::Duration;
use tokio::{
    sync::{Semaphore, mpsc},
    time::timeout,
};
use trading::language::Language;

/// How many exports are written at once: each reads nearly everything of an account.
static EXPORTS: Semaphore = Semaphore::const_new(2);
/// And one of each account.
static EXPORTING: Single = Single::new();
/// How long somebody may wait for their turn.
const TURN: Duration = Duration::from_secs(5);
/// How many parts may wait for a slow reader.
const WAITING: usize = 2;

/// How much of the trail is shown.
const EVENTS: i64 = 20;

pub(super) async fn account(member: Member, Query(said): Query<Said>) -> Response {
    show(&member, Notice::of(&said.notice), None).await
}

/// The page, with what was done or what was wrong.
pub(super) async fn show(
    member: &Member,
    notice: Option<Notice>,
    refused: Option<(Section, AccountError)>,
) -> Response {
    let visit = &member.visit;
    let mut content = match content(member).await {
        Ok(content) => content,
        Err(error) => return visit.broken(&error),
    };
    content.notice = notice;
    let look = visit.look("/account");
    match refused {
        None => Visit::page(pages::account(&look, &content)),
        Some((section, error)) => visit.refused(error, |fault| {
            content.fault = Some((section, fault.clone()));
            pages::account(&look, &content)
        }),
    }
}

async fn content(member: &Member) -> Result<AccountPage, AccountError> {
    let (storage, account) = (member.visit.desk.storage(), &member.account);
    let (id, now) = (account.id, now());
    let this = session::hash(&member.visit.session);
    let sessions = storage.sessions.list(id, now).await?;
    let events = storage.audit.of(id, None, EVENTS).await?;
    let two_factor = match account.two_factor_at {
        Some(since) => Some(TwoFactor {
            since,
            codes_left: storage.accounts.recovery_codes_left(id).await?,
        }),
        None => None,
    };
    Ok(AccountPage {
        email: account.email.as_str().to_owned(),
        created_at: account.created_at,
        language: account.language,
        two_factor,
        sessions: sessions
            .into_iter()
            .map(|one| SessionLine {
                id: one.id.to_string(),
                is_this: this.is_some_and(|this| this[..] == one.hash[..]),
                address: one.address,
                agent: one.agent,
                created_at: one.created_at,
                seen_at: one.seen_at,
            })
            .collect(),
        events: events
            .into_iter()
            .map(|one| EventLine {
                action: one.entry.action,
                address: one.entry.address,
                at: one.at,
                by_staff: one.entry.actor.is_some(),
            })
            .collect(),
        notice: None,
        fault: None,
        now,
    })
}

#[derive(Deserialize)]
pub(super) struct NewEmail {
    email: String,
    password: String,
}

pub(super) async fn email(member: Member, Form(typed): Form<NewEmail>) -> Response {
    let visit = &member.visit;
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        return with_fault(&member, Section::Email, Fault::BadEmail).await;
    };
    let shown = email.as_str().to_owned();
    let asked = visit
        .desk
        .ask_email(&member.account, email, typed.password, &visit.caller);
    match asked.await {
        Ok(()) => {
            let look = visit.look("/account");
            Visit::page(pages::email_change_sent(&look, &shown, !visit.has_smtp))
        }
        Err(error) => show(&member, None, Some((Section::Email, error))).await,
    }
}

/// For faults of what was typed, which the desk never sees.
async fn with_fault(member: &Member, section: Section, fault: Fault) -> Response {
    match content(member).await {
        Ok(mut content) => {
            content.fault = Some((section, fault));
            let html = pages::account(&member.visit.look("/account"), &content);
            page(StatusCode::UNPROCESSABLE_ENTITY, html)
        }
        Err(error) => member.visit.broken(&error),
    }
}

pub(super) async fn email_link(visit: Visit, Query(link): Query<Link>) -> Response {
    if link.hash().is_none() {
        return gone(&visit, Gone::EmailChange);
    }
    Visit::page(pages::email_change(&visit.look("/account"), &link.token))
}

/// The link works in any browser: who has the mail has the address.
pub(super) async fn email_confirmed(visit: Visit, Form(link): Form<Link>) -> Response {
    let Some(hash) = link.hash() else {
        return gone(&visit, Gone::EmailChange);
    };
    match visit.desk.change_email(&hash, &visit.caller).await {
        Ok(()) if visit.account.is_some() => to_with("/account", Notice::EmailChanged),
        Ok(()) => to_with("/sign-in", Notice::EmailChanged),
        // Taken meanwhile: the link opens nothing any more either.
        Err(AccountError::Gone | AccountError::Taken) => gone(&visit, Gone::EmailChange),
        Err(error) => visit.broken(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct NewPassword {
    current: String,
    password: String,
}

pub(super) async fn password(member: Member, Form(typed): Form<NewPassword>) -> Response {
    let visit = &member.visit;
    let keep = session::hash(&visit.session);
    let changed = visit.desk.change_password(
        &member.account,
        typed.current,
        &typed.password,
        keep,
        &visit.caller,
    );
    match changed.await {
        Ok(()) => to_with("/account", Notice::PasswordChanged),
        Err(error) => show(&member, None, Some((Section::Password, error))).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Spoken {
    language: String,
}

pub(super) async fn language(member: Member, Form(chosen): Form<Spoken>) -> Response {
    let Ok(language) = chosen.language.parse::<Language>() else {
        return to_with("/account", Notice::LanguageSaved);
    };
    let desk = &member.visit.desk;
    match desk.set_language(member.account.id, language).await {
        Ok(()) => to_with("/account", Notice::LanguageSaved),
        Err(error) => member.visit.broken(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct One {
    id: String,
}

pub(super) async fn end_session(member: Member, Form(one): Form<One>) -> Response {
    let visit = &member.visit;
    let Ok(id) = one.id.parse::<SessionId>() else {
        return visit.broken(&storage::StorageError::NotFound.into());
    };
    let (account, caller) = (member.account.id, &visit.caller);
    match visit.desk.end_session(account, id, caller).await {
        Ok(()) => to_with("/account", Notice::SessionEnded),
        Err(error) => visit.broken(&error),
    }
}

pub(super) async fn end_others(member: Member) -> Response {
    let visit = &member.visit;
    let keep = session::hash(&visit.session).unwrap_or_default();
    let (account, caller) = (member.account.id, &visit.caller);
    match visit.desk.end_others(account, keep, caller).await {
        Ok(()) => to_with("/account", Notice::OthersEnded),
        Err(error) => visit.broken(&error),
    }
}

pub(super) async fn export(State(context): State<Context>, member: Member) -> Response {
    let visit = &member.visit;
    let held = match context.till.held(member.account.id).await {
        Ok(held) => held,
        Err(error) => return visit.broken(&error.into()),
    };
    // Whoever reads slowly, or asks again and again, keeps nobody else from theirs for long.
    let turn = timeout(TURN, EXPORTS.acquire());
    let (Some(inside), Ok(Ok(place))) = (EXPORTING.enter(member.account.id), turn.await) else {
        let wait = AccountError::Wait(5);
        return show(&member, None, Some((Section::Delete, wait))).await;
    };
    let (desk, account) = (visit.desk.clone(), member.account.clone());
    desk.note(Some(account.id), "data-exported", "", &visit.caller)
        .await;
    let plan = serde_json::to_value(&held.standing).unwrap_or_default();
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(carried(async move {
        let open = sender.clone();
        desk.export(&account, &plan, sender).await;
        // Who has read to the end may ask again.
        drop((inside, place));
        drop(open);
    }));
    let parts = stream::unfold(receiver, |mut receiver| async move {
        let part: Part = receiver.recv().await?;
        Some((part, receiver))
    });
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"phoenix-export.json\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, Body::from_stream(parts)).into_response()
}

pub(super) async fn delete(
    State(context): State<Context>,
    member: Member,
    Form(typed): Form<NewEmail>,
) -> Response {
    let (visit, account) = (&member.visit, &member.account);
    let said = typed.email.parse::<EmailAddress>();
    if said.map(|email| email.key()) != Ok(account.email.key()) {
        return with_fault(&member, Section::Delete, Fault::NotTheEmail).await;
    }
    let desk = &visit.desk;
    let checked = desk.check_password(account.id, typed.password, &visit.caller);
    if let Err(error) = checked.await {
        return show(&member, None, Some((Section::Delete, error))).await;
    }
    let counter = match context.till.leave(account).await {
        Ok(counter) => counter,
        Err(Stays::Renewed) => {
            return with_fault(&member, Section::Delete, Fault::StillPaying).await;
        }
        Err(Stays::Paying) => return with_fault(&member, Section::Delete, Fault::StillOpen).await,
        Err(Stays::Unknown(BuyError::Storage(error))) => return visit.broken(&error.into()),
        Err(Stays::Unknown(error)) => {
            let (_, reference) = reference(&error.to_string(), false);
            return with_fault(&member, Section::Delete, Fault::Provider { reference }).await;
        }
    };
    let deleted = desk.delete(account, &visit.caller).await;
    // Until here nobody else of this account could begin to pay.
    drop(counter);
    if let Err(error) = deleted {
        return show(&member, None, Some((Section::Delete, error))).await;
    }
    match visit.session.flush().await {
        Ok(()) => to_with("/sign-in", Notice::AccountDeleted),
        Err(error) => visit.broken(&AccountError::Machine(error.to_string())),
    }
}
