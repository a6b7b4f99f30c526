//! Setting up the second factor, and turning it off.

use super::settings::show;
use crate::{
    account::AccountError,
    serve::visit::{Member, Visit, to, to_with},
};
use axum::{Form, response::Response};
use identity::Secret;
use serde::Deserialize;
use site::{
    Fault, Notice,
    account::{self as pages, Section},
};

#[derive(Deserialize)]
pub(super) struct Password {
    password: String,
}

pub(super) async fn begin(member: Member, Form(typed): Form<Password>) -> Response {
    let visit = &member.visit;
    let begun = visit
        .desk
        .begin_second_factor(&member.account, typed.password, &visit.caller);
    match begun.await {
        Ok(()) => to("/account/two-factor"),
        Err(AccountError::Gone) => to("/account"),
        Err(error) => show(&member, None, Some((Section::TwoFactor, error))).await,
    }
}

pub(super) async fn set_up(member: Member) -> Response {
    match picture(&member, None).await {
        Ok(html) => Visit::page(html),
        Err(AccountError::Gone) => to("/account"),
        Err(error) => member.visit.broken(&error),
    }
}

async fn picture(member: &Member, fault: Option<&Fault>) -> Result<String, AccountError> {
    let set_up = member.visit.desk.second_factor_set_up(&member.account);
    let set_up = set_up.await?;
    Ok(pages::two_factor_setup(
        &member.visit.look("/account/two-factor"),
        set_up.secret.reveal(),
        set_up.picture.reveal(),
        fault,
    ))
}

#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn confirm(member: Member, Form(typed): Form<Code>) -> Response {
    let visit = &member.visit;
    let confirmed = visit
        .desk
        .confirm_second_factor(&member.account, &typed.code, &visit.caller);
    match confirmed.await {
        Ok(codes) => sheet(&member, &codes),
        Err(AccountError::Gone) => to("/account"),
        Err(error @ AccountError::WrongCode) => {
            match picture(&member, Some(&Fault::WrongCode)).await {
                Ok(html) => visit.refused(error, |_| html),
                Err(error) => visit.broken(&error),
            }
        }
        Err(error) => visit.broken(&error),
    }
}

fn sheet(member: &Member, codes: &[Secret<String>]) -> Response {
    let codes: Vec<String> = codes.iter().map(|code| code.reveal().clone()).collect();
    let look = member.visit.look("/account");
    Visit::page(pages::recovery_codes(&look, &codes))
}

pub(super) async fn codes(member: Member, Form(typed): Form<Password>) -> Response {
    let visit = &member.visit;
    let renewed = visit
        .desk
        .renew_codes(&member.account, typed.password, &visit.caller);
    match renewed.await {
        Ok(codes) => sheet(&member, &codes),
        Err(AccountError::Gone) => to("/account"),
        Err(error) => show(&member, None, Some((Section::RecoveryCodes, error))).await,
    }
}

#[derive(Deserialize)]
pub(super) struct Off {
    password: String,
    code: String,
}

pub(super) async fn off(member: Member, Form(typed): Form<Off>) -> Response {
    let visit = &member.visit;
    let ended =
        visit
            .desk
            .end_second_factor(&member.account, typed.password, &typed.code, &visit.caller);
    match ended.await {
        Ok(()) => to_with("/account", Notice::SecondFactorOff),
        Err(error) => show(&member, None, Some((Section::TwoFactor, error))).await,
    }
}
