//! A new password by mail.

use super::{Link, entry::gone, hash};
use crate::{
    account::AccountError,
    serve::visit::{Visit, page, to_with},
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use identity::EmailAddress;
use serde::Deserialize;
use site::{
    Fault, Notice,
    account::{self as pages, Gone},
};

pub(super) async fn forgot(visit: Visit) -> Response {
    Visit::page(pages::forgot(&visit.look("/forgot"), "", None))
}

#[derive(Deserialize)]
pub(super) struct Asked {
    email: String,
}

pub(super) async fn asked(visit: Visit, Form(typed): Form<Asked>) -> Response {
    let look = visit.look("/forgot");
    let Ok(email) = typed.email.parse::<EmailAddress>() else {
        let html = pages::forgot(&look, &typed.email, Some(&Fault::BadEmail));
        return page(StatusCode::UNPROCESSABLE_ENTITY, html);
    };
    match visit.desk.forgot(email.clone(), visit.caller.clone()).await {
        Ok(()) => {
            let html = pages::forgot_sent(&look, email.as_str(), !visit.has_smtp);
            Visit::page(html)
        }
        Err(error) => visit.refused(error, |fault| {
            pages::forgot(&look, email.as_str(), Some(fault))
        }),
    }
}

pub(super) async fn reset(visit: Visit, Query(link): Query<Link>) -> Response {
    let Some(hash) = link.hash() else {
        return gone(&visit, Gone::Reset);
    };
    match visit.desk.may_reset(&hash).await {
        Ok(()) => Visit::page(pages::reset(&visit.look("/forgot"), &link.token, None)),
        Err(AccountError::Gone) => gone(&visit, Gone::Reset),
        Err(error) => visit.broken(&error),
    }
}

#[derive(Deserialize)]
pub(super) struct New {
    token: String,
    password: String,
}

pub(super) async fn done(visit: Visit, Form(typed): Form<New>) -> Response {
    let Some(hash) = hash(&typed.token) else {
        return gone(&visit, Gone::Reset);
    };
    let set = visit.desk.reset(&hash, &typed.password, &visit.caller);
    match set.await {
        Ok(()) => to_with("/sign-in", Notice::PasswordReset),
        Err(AccountError::Gone) => gone(&visit, Gone::Reset),
        Err(error) => visit.refused(error, |fault| {
            pages::reset(&visit.look("/forgot"), &typed.token, Some(fault))
        }),
    }
}
