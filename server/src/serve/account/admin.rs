//! Users, mail and the audit trail, for those who work for us.

use super::Said;
use crate::{
    account::AccountError,
    serve::visit::{Member, Staff, Visit, page, to_with},
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use identity::Role;
use protocol::id::{AccountId, AuditId};
use serde::Deserialize;
use site::{
    Notice,
    admin::{self as pages, AuditLine, MailLine, UserLine},
};
use storage::StorageError;

/// How many lines a page has.
const LINES: i64 = 100;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(flatten)]
    said: Said,
}

pub(super) async fn users(Staff(member): Staff, Query(search): Query<Search>) -> Response {
    let visit = &member.visit;
    let accounts = &visit.desk.storage().accounts;
    let found = match accounts.search(search.q.trim(), LINES).await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let lines: Vec<UserLine> = found
        .into_iter()
        .map(|one| UserLine {
            id: one.id.to_string(),
            email: one.email.as_str().to_owned(),
            role: one.role.name().to_owned(),
            created_at: one.created_at,
            is_disabled: one.disabled_at.is_some(),
            has_two_factor: one.two_factor_at.is_some(),
            is_self: one.id == member.account.id,
        })
        .collect();
    let notice = Notice::of(&search.said.notice);
    let may_change = member.account.role.may_change_roles();
    let look = visit.look("/admin/users");
    Visit::page(pages::users(
        &look, &search.q, &lines, may_change, notice, None,
    ))
}

#[derive(Deserialize)]
pub(super) struct NewRole {
    id: String,
    role: String,
}

pub(super) async fn role(Staff(member): Staff, Form(typed): Form<NewRole>) -> Response {
    let (Some(id), Ok(role)) = (other(&member, &typed.id), typed.role.parse::<Role>()) else {
        return forbidden(&member);
    };
    if !member.account.role.may_change_roles() {
        return forbidden(&member);
    }
    let (visit, actor) = (&member.visit, member.account.id);
    let done = visit.desk.set_role(actor, id, role, &visit.caller).await;
    answer(&member, done, Notice::RoleChanged)
}

#[derive(Deserialize)]
pub(super) struct One {
    id: String,
}

pub(super) async fn shut(Staff(member): Staff, Form(one): Form<One>) -> Response {
    set_open(&member, &one.id, false).await
}

pub(super) async fn open(Staff(member): Staff, Form(one): Form<One>) -> Response {
    set_open(&member, &one.id, true).await
}

async fn set_open(member: &Member, id: &str, is_open: bool) -> Response {
    let Some(id) = other(member, id).filter(|_| member.account.role.may_disable_users()) else {
        return forbidden(member);
    };
    let (visit, actor) = (&member.visit, member.account.id);
    let done = visit.desk.set_open(actor, id, is_open, &visit.caller).await;
    let notice = if is_open {
        Notice::AccountOpened
    } else {
        Notice::AccountShut
    };
    answer(member, done, notice)
}

/// Somebody else: nobody takes away their own rights by mistake.
fn other(member: &Member, id: &str) -> Option<AccountId> {
    let id = id.parse().ok()?;
    (id != member.account.id).then_some(id)
}

fn forbidden(member: &Member) -> Response {
    let look = member.visit.look("/admin/users");
    page(StatusCode::FORBIDDEN, site::problem::forbidden(&look))
}

fn answer(member: &Member, done: Result<(), AccountError>, notice: Notice) -> Response {
    match done {
        Ok(()) => to_with("/admin/users", notice),
        Err(error) => member.visit.broken(&error),
    }
}

pub(super) async fn mails(Staff(member): Staff) -> Response {
    let visit = &member.visit;
    let mails = match visit.desk.storage().mails.list(LINES).await {
        Ok(mails) => mails,
        Err(error) => return visit.broken(&error.into()),
    };
    // What a mail says opens accounts: only who may do that anyway reads it.
    let may_read = member.account.role == Role::Admin;
    let lines: Vec<MailLine> = mails
        .into_iter()
        .map(|one| MailLine {
            id: one.id.to_string(),
            recipient: one.mail.recipient,
            subject: one.mail.subject,
            body: if may_read {
                one.mail.body
            } else {
                String::new()
            },
            state: one.state.name().to_owned(),
            attempts: one.attempts,
            failure: one.failure,
            created_at: one.created_at,
        })
        .collect();
    Visit::page(pages::mails(
        &visit.look("/admin/mails"),
        &lines,
        visit.has_smtp,
    ))
}

#[derive(Deserialize)]
pub(super) struct Older {
    before: Option<String>,
}

pub(super) async fn audit(Staff(member): Staff, Query(older): Query<Older>) -> Response {
    let visit = &member.visit;
    let before = match older.before.map(|id| id.parse::<AuditId>()).transpose() {
        Ok(before) => before,
        Err(_) => return visit.broken(&StorageError::NotFound.into()),
    };
    let records = match visit.desk.storage().audit.list(before, LINES).await {
        Ok(records) => records,
        Err(error) => return visit.broken(&error.into()),
    };
    let is_full = i64::try_from(records.len()).is_ok_and(|count| count == LINES);
    let last = records.last().filter(|_| is_full).map(|record| record.id);
    let name = |id: Option<AccountId>| id.map_or_else(String::new, |id| id.to_string());
    let lines: Vec<AuditLine> = records
        .into_iter()
        .map(|record| AuditLine {
            action: record.entry.action,
            account: name(record.entry.account),
            actor: name(record.entry.actor),
            detail: record.entry.detail,
            address: record.entry.address,
            at: record.at,
        })
        .collect();
    let older = last.map(|id| format!("/admin/audit?before={id}"));
    Visit::page(pages::audit(&visit.look("/admin/audit"), &lines, older))
}
