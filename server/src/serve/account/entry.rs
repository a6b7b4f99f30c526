//! Registering, signing in and out.

use super::{Link, Said, ours};
use crate::{
    account::{AccountError, Step},
    flag::Flag,
    serve::{
        session,
        visit::{Visit, page, to, to_with},
    },
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use identity::EmailAddress;
use serde::Deserialize;
use site::{
    Fault, Notice,
    account::{self as pages, Gone},
};
use storage::StorageError;

/// Where somebody goes who has signed in and was not on the way to anywhere.
const HOME: &str = "/dashboard";

/// Where somebody goes who has signed in.
fn after(next: &str) -> &str {
    if next.is_empty() { HOME } else { ours(next) }
}

/// Somebody signed in goes on to the dashboard.
pub(super) async fn register(visit: Visit) -> Response {
    if visit.account.is_some() {
        return to(HOME);
    }
    if let Some(closed) = closed(&visit).await {
        return closed;
    }
    Visit::page(pages::register(&visit.look("/register"), "", None))
}

/// The page that says so while no new accounts are made.
async fn closed(visit: &Visit) -> Option<Response> {
    match Flag::Registration.is_on(visit.desk.storage(), None).await {
        Ok(true) => None,
        Ok(false) => {
            let html = pages::registration_closed(&visit.look("/register"));
            Some(page(StatusCode::FORBIDDEN, html))
        }
        Err(error) => Some(visit.broken(&error.into())),
    }
}

/// What is typed to register and to sign in.
#[derive(Deserialize)]
pub(super) struct Typed {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn registered(visit: Visit, Form(typed): Form<Typed>) -> Response {
    if let Some(closed) = closed(&visit).await {
        return closed;
    }
    let look = visit.look("/register");
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        let html = pages::register(&look, &typed.email, Some(&Fault::BadEmail));
        return page(StatusCode::UNPROCESSABLE_ENTITY, html);
    };
    let shown = email.as_str().to_owned();
    let done = visit.desk.register(email, &typed.password, &visit.caller);
    match done.await {
        Ok(()) => Visit::page(pages::register_sent(&look, &shown, !visit.has_smtp)),
        Err(error) => visit.refused(error, |fault| pages::register(&look, &shown, Some(fault))),
    }
}

/// A button, not the link itself, confirms: programs that look through mail open links.
pub(super) async fn confirm(visit: Visit, Query(link): Query<Link>) -> Response {
    let look = visit.look("/register");
    let Some(hash) = link.hash() else {
        return gone(&visit, Gone::Registration);
    };
    match visit.desk.registration(&hash).await {
        Ok(email) => Visit::page(pages::confirm(&look, &link.token, &email, None)),
        Err(AccountError::Gone) => gone(&visit, Gone::Registration),
        Err(error) => visit.broken(&error),
    }
}

/// The link, and the password that was chosen with it.
#[derive(Deserialize)]
pub(super) struct Proof {
    #[serde(flatten)]
    link: Link,
    #[serde(default)]
    password: String,
}

pub(super) async fn confirmed(visit: Visit, Form(proof): Form<Proof>) -> Response {
    let Proof { link, password } = proof;
    let Some(hash) = link.hash() else {
        return gone(&visit, Gone::Registration);
    };
    let email = match visit.desk.registration(&hash).await {
        Ok(email) => email,
        Err(AccountError::Gone) => return gone(&visit, Gone::Registration),
        Err(error) => return visit.broken(&error),
    };
    match visit.desk.confirm(&hash, password, &visit.caller).await {
        Ok(who) => match session::begin(&visit.session, who, &visit.caller).await {
            Ok(()) => to_with("/account", Notice::AccountReady),
            Err(error) => visit.broken(&AccountError::Machine(error.to_string())),
        },
        Err(AccountError::Gone) => gone(&visit, Gone::Registration),
        Err(error @ AccountError::Taken) => visit.refused(error, |fault| {
            pages::sign_in(&visit.look("/sign-in"), "", "/", None, Some(fault))
        }),
        Err(error) => visit.refused(error, |fault| {
            pages::confirm(&visit.look("/register"), &link.token, &email, Some(fault))
        }),
    }
}

/// Where to go afterwards, and what was done before.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    next: String,
    #[serde(flatten)]
    said: Said,
}

pub(super) async fn sign_in(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let next = after(&asked.next);
    if visit.account.is_some() {
        return to(next);
    }
    let notice = Notice::of(&asked.said.notice);
    let look = visit.look("/sign-in");
    Visit::page(pages::sign_in(&look, "", next, notice, None))
}

pub(super) async fn signed_in(visit: Visit, Form(typed): Form<Typed>) -> Response {
    let next = after(&typed.next);
    let look = visit.look("/sign-in");
    let form = |fault: &Fault| pages::sign_in(&look, &typed.email, next, None, Some(fault));
    // What is no address has no account: nothing more is said of it.
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        return visit.refused(AccountError::Wrong, form);
    };
    let tried = visit
        .desk
        .try_password(&email, typed.password.clone(), &visit.caller);
    let outcome = match tried.await {
        Ok(Step::In(who)) => session::begin(&visit.session, who, &visit.caller)
            .await
            .map(|()| to(next)),
        Ok(Step::Code(account)) => {
            let mark = match visit.desk.password_mark(account).await {
                Ok(mark) => mark,
                Err(error) => return visit.broken(&error),
            };
            session::ask_code(&visit.session, account, next, mark)
                .await
                .map(|()| to("/sign-in/code"))
        }
        Err(error) => return visit.refused(error, form),
    };
    outcome.unwrap_or_else(|error| visit.broken(&AccountError::Machine(error.to_string())))
}

pub(super) async fn code(visit: Visit) -> Response {
    match session::pending(&visit.session).await {
        Ok(Some(pending)) => {
            let look = visit.look("/sign-in/code");
            Visit::page(pages::code(&look, &pending.next, None))
        }
        Ok(None) => to("/sign-in"),
        Err(error) => visit.broken(&AccountError::Machine(error.to_string())),
    }
}

/// A code of an authenticator or of the sheet.
#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn coded(visit: Visit, Form(typed): Form<Code>) -> Response {
    let pending = match session::pending(&visit.session).await {
        Ok(Some(pending)) => pending,
        Ok(None) => return to("/sign-in"),
        Err(error) => return visit.broken(&AccountError::Machine(error.to_string())),
    };
    match visit.desk.password_mark(pending.account).await {
        Ok(mark) if mark == pending.mark => {}
        // The password is another one by now, or the account is gone.
        Ok(_) | Err(AccountError::Storage(StorageError::NotFound)) => return to("/sign-in"),
        Err(error) => return visit.broken(&error),
    }
    let tried = visit
        .desk
        .try_code(pending.account, &typed.code, &visit.caller);
    match tried.await {
        Ok(who) => match session::begin(&visit.session, who, &visit.caller).await {
            Ok(()) => to(ours(&pending.next)),
            Err(error) => visit.broken(&AccountError::Machine(error.to_string())),
        },
        Err(error) => visit.refused(error, |fault| {
            pages::code(&visit.look("/sign-in/code"), &pending.next, Some(fault))
        }),
    }
}

pub(super) async fn sign_out(visit: Visit) -> Response {
    if let Err(error) = visit.session.flush().await {
        return visit.broken(&AccountError::Machine(error.to_string()));
    }
    if let Some(account) = &visit.account {
        visit.desk.signed_out(account.id, &visit.caller).await;
    }
    to_with("/sign-in", Notice::SignedOut)
}

/// The page of a link that opens nothing any more.
pub(super) fn gone(visit: &Visit, what: Gone) -> Response {
    page(StatusCode::GONE, pages::link_gone(&visit.look("/"), what))
}
