//! An account at a broker is put away: the question, and its answer.

use super::scene::Scene;
use crate::{
    account::AccountError,
    clock::now,
    serve::visit::{Member, page, to, to_with},
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use protocol::id::BrokerAccountId;
use serde::Deserialize;
use site::{
    Notice,
    live::{RetireFault, RetirePage, retire},
};
use storage::{Result, StorageError};

#[derive(Deserialize)]
pub(super) struct One {
    #[serde(default)]
    id: String,
}

impl One {
    fn read(&self) -> Result<BrokerAccountId> {
        self.id.parse().map_err(|_| StorageError::NotFound)
    }
}

/// What exactly would happen.
pub(super) async fn ask(member: Member, Query(one): Query<One>) -> Response {
    // Who had to sign in on the way here comes back without saying which.
    if one.id.is_empty() {
        return to("/executors");
    }
    match question(&member, &one, None).await {
        Ok(response) => response,
        Err(error) => member.visit.broken(&error.into()),
    }
}

async fn question(member: &Member, one: &One, fault: Option<RetireFault>) -> Result<Response> {
    let (storage, account, id) = (member.visit.desk.storage(), member.account.id, one.read()?);
    let scene = Scene::load(storage, account, now()).await?;
    if !scene.is_here(id) {
        return Err(StorageError::NotFound);
    }
    let kept = storage.reports.positions(account).await?;
    let kept = kept.into_iter().find(|all| all.broker_account == id);
    let shown = RetirePage {
        id: id.to_string(),
        label: scene.account_label(id),
        open: kept.map_or(0, |all| all.positions.len()),
        fault,
    };
    let status = match fault {
        Some(_) => StatusCode::CONFLICT,
        None => StatusCode::OK,
    };
    let look = member.visit.look(&format!("/executors/retire?id={id}"));
    Ok(page(status, retire(&look, &shown)))
}

pub(super) async fn answer(member: Member, Form(one): Form<One>) -> Response {
    let visit = &member.visit;
    let id = match one.read() {
        Ok(id) => id,
        Err(error) => return visit.broken(&error.into()),
    };
    let (account, address) = (member.account.id, &visit.caller.address);
    let fault = match visit.desk.retire_account(account, id, address).await {
        Ok(()) => return to_with("/executors", Notice::AccountRetired),
        Err(AccountError::Storage(StorageError::Live)) => RetireFault::Live,
        Err(AccountError::Storage(StorageError::TooMany(_))) => RetireFault::TooMany,
        Err(error) => return visit.broken(&error),
    };
    match question(&member, &one, Some(fault)).await {
        Ok(response) => response,
        Err(error) => visit.broken(&error.into()),
    }
}
