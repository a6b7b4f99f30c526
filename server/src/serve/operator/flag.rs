//! Switches of the program.

use super::forbidden;
use crate::{
    clock::now,
    flag::Flag,
    serve::{
        notification::{Done, to_done},
        visit::{Member, Staff, page},
    },
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use identity::EmailAddress;
use serde::Deserialize;
use site::{
    Deed,
    admin::{self as pages, FlagFault, FlagLine},
};
use storage::{Result, StorageError};

/// How many accounts of each are shown.
const OVERRIDES: i64 = 50;

const PATH: &str = "/admin/flags";

pub(super) async fn flags(Staff(member): Staff, Query(done): Query<Done>) -> Response {
    show(&member, done.deed(), None).await
}

async fn show(member: &Member, deed: Option<Deed>, fault: Option<FlagFault>) -> Response {
    let visit = &member.visit;
    let lines = match lines(member).await {
        Ok(lines) => lines,
        Err(error) => return visit.broken(&error.into()),
    };
    let may_change = member.account.role.may_change_flags();
    let status = match fault {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let look = visit.look(PATH);
    page(status, pages::flags(&look, &lines, may_change, deed, fault))
}

async fn lines(member: &Member) -> Result<Vec<FlagLine>> {
    let flags = &member.visit.desk.storage().flags;
    let mut lines = Vec::new();
    for flag in Flag::ALL {
        let setting = flags.load(flag.name()).await?;
        let overrides = flags.overrides(flag.name(), OVERRIDES).await?;
        lines.push(FlagLine {
            name: flag.name(),
            is_on: setting.is_none_or(|setting| setting.is_on),
            percent: setting.map_or(100, |setting| setting.percent),
            is_by_account: flag.is_by_account(),
            overrides: overrides
                .into_iter()
                .map(|one| (one.email, one.is_on))
                .collect(),
        });
    }
    Ok(lines)
}

#[derive(Deserialize)]
pub(super) struct Turned {
    #[serde(default)]
    flag: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    percent: String,
}

pub(super) async fn turn(Staff(member): Staff, Form(turned): Form<Turned>) -> Response {
    if !member.account.role.may_change_flags() {
        return forbidden(&member, PATH);
    }
    let visit = &member.visit;
    let Some(flag) = Flag::of(&turned.flag) else {
        return visit.broken(&StorageError::NotFound.into());
    };
    let percent = if flag.is_by_account() {
        turned
            .percent
            .trim()
            .parse()
            .ok()
            .filter(|percent| *percent <= 100)
    } else {
        Some(100)
    };
    let Some(percent) = percent else {
        return show(&member, None, Some(FlagFault::Percent)).await;
    };
    let is_on = turned.to == "on";
    let flags = &visit.desk.storage().flags;
    if let Err(error) = flags.set(flag.name(), is_on, percent, now()).await {
        return visit.broken(&error.into());
    }
    let detail = format!("{}: {} {percent} %", flag.name(), said(is_on));
    let actor = Some(member.account.id);
    visit
        .desk
        .note_by(None, actor, "flag-turned", &detail, &visit.caller)
        .await;
    to_done(PATH, Deed::Saved)
}

#[derive(Deserialize)]
pub(super) struct ForOne {
    #[serde(default)]
    flag: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    to: String,
}

pub(super) async fn account(Staff(member): Staff, Form(asked): Form<ForOne>) -> Response {
    if !member.account.role.may_change_flags() {
        return forbidden(&member, PATH);
    }
    let visit = &member.visit;
    let Some(flag) = Flag::of(&asked.flag).filter(|flag| flag.is_by_account()) else {
        return visit.broken(&StorageError::NotFound.into());
    };
    let storage = visit.desk.storage();
    let found = match asked.email.parse::<EmailAddress>() {
        Ok(email) => storage.accounts.find(&email).await,
        Err(_) => Ok(None),
    };
    let account = match found {
        Ok(Some((account, _))) => account,
        Ok(None) => return show(&member, None, Some(FlagFault::NoAccount)).await,
        Err(error) => return visit.broken(&error.into()),
    };
    let to = match asked.to.as_str() {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let (name, id) = (flag.name(), account.id);
    if let Err(error) = storage.flags.set_for(name, id, to, now()).await {
        return visit.broken(&error.into());
    }
    let detail = format!("{name}: {}", to.map_or("like everybody", said));
    let actor = Some(member.account.id);
    visit
        .desk
        .note_by(Some(id), actor, "flag-turned", &detail, &visit.caller)
        .await;
    to_done(PATH, Deed::Saved)
}

const fn said(is_on: bool) -> &'static str {
    if is_on { "on" } else { "off" }
}
