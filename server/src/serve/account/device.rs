//! Devices and keys: pairing by code, keys made and revoked.

use super::Said;
use crate::{
    account::AccountError,
    clock::now,
    serve::visit::{Member, Visit, page, reference, to, to_with},
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use protocol::{
    api::credential::{NewCredential, Scope},
    id::CredentialId,
};
use serde::Deserialize;
use site::{
    Notice,
    device::{self as pages, DeviceFault, DevicesPage, KeyLine, WaitingDevice},
};
use storage::StorageError;
use trading::time::{DAY, Time};

/// More than anybody has.
const KEYS: i64 = 200;
/// For how many days keys are made, and 0 for good.
const DAYS: [i64; 4] = [0, 30, 90, 365];

pub(super) async fn devices(member: Member, Query(said): Query<Said>) -> Response {
    show(&member, Notice::of(&said.notice), None).await
}

async fn show(
    member: &Member,
    notice: Option<Notice>,
    refused: Option<(StatusCode, DeviceFault)>,
) -> Response {
    let visit = &member.visit;
    let credentials = &visit.desk.storage().credentials;
    let keys = match credentials.list(member.account.id, None, KEYS).await {
        Ok(keys) => keys,
        Err(error) => return visit.broken(&error.into()),
    };
    let status = refused.as_ref().map_or(StatusCode::OK, |refused| refused.0);
    let shown = DevicesPage {
        keys: keys
            .into_iter()
            .map(|key| KeyLine {
                id: key.id.to_string(),
                label: key.name.as_str().to_owned(),
                prefix: key.prefix,
                scope: scope(key.scope),
                created_at: key.created_at,
                expires_at: key.expires_at,
                used_at: key.used_at,
                is_revoked: key.revoked_at.is_some(),
            })
            .collect(),
        notice,
        fault: refused.map(|refused| refused.1),
        now: now(),
    };
    page(
        status,
        pages::devices(&visit.look("/account/devices"), &shown),
    )
}

fn scope(scope: Scope) -> pages::Scope {
    match scope {
        Scope::Executor => pages::Scope::Executor,
        Scope::Phone => pages::Scope::Phone,
        Scope::Read => pages::Scope::Read,
    }
}

/// What is said of it, and with which status.
fn fault(error: &AccountError) -> (StatusCode, DeviceFault) {
    match error {
        AccountError::Wait(seconds) => (
            StatusCode::TOO_MANY_REQUESTS,
            DeviceFault::Wait { seconds: *seconds },
        ),
        AccountError::Storage(StorageError::NotFound) => {
            (StatusCode::UNPROCESSABLE_ENTITY, DeviceFault::NoCode)
        }
        AccountError::Storage(StorageError::TooMany(_)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, DeviceFault::TooMany)
        }
        AccountError::Storage(error @ StorageError::Database(_)) => {
            let (status, reference) = reference(&error.to_string(), true);
            (status, DeviceFault::Away { reference })
        }
        error => {
            let (status, reference) = reference(&error.to_string(), false);
            (status, DeviceFault::Internal { reference })
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

/// Which device shows the code: to be looked at before it is approved.
pub(super) async fn waiting(member: Member, Query(typed): Query<Code>) -> Response {
    let visit = &member.visit;
    let (account, address) = (member.account.id, &visit.caller.address);
    match visit
        .desk
        .waiting_device(account, &typed.code, address)
        .await
    {
        Ok(device) => {
            let shown = WaitingDevice {
                code: typed.code,
                name: device.device.as_str().to_owned(),
                scope: scope(device.scope),
                address: device.address,
            };
            let look = visit.look("/account/devices");
            Visit::page(pages::approve(&look, &shown, None))
        }
        Err(error) => show(&member, None, Some(fault(&error))).await,
    }
}

pub(super) async fn approve(member: Member, Form(typed): Form<Code>) -> Response {
    let visit = &member.visit;
    let (account, address) = (member.account.id, &visit.caller.address);
    match visit
        .desk
        .approve_device(account, &typed.code, address)
        .await
    {
        Ok(_) => to_with("/account/devices", Notice::DeviceApproved),
        Err(error) => show(&member, None, Some(fault(&error))).await,
    }
}

#[derive(Deserialize)]
pub(super) struct New {
    label: String,
    scope: String,
    days: i64,
}

pub(super) async fn make(member: Member, Form(typed): Form<New>) -> Response {
    let (Ok(scope_of), true) = (typed.scope.parse::<Scope>(), DAYS.contains(&typed.days)) else {
        return to("/account/devices");
    };
    let Ok(name) = typed.label.parse() else {
        let refused = (StatusCode::UNPROCESSABLE_ENTITY, DeviceFault::Label);
        return show(&member, None, Some(refused)).await;
    };
    let new = NewCredential {
        name,
        scope: scope_of,
        expires_at: (typed.days > 0).then(|| Time(now().0 + typed.days * DAY)),
    };
    let visit = &member.visit;
    let (account, address) = (member.account.id, &visit.caller.address);
    match visit.desk.make_key(account, &new, address).await {
        Ok((made, key)) => Visit::page(pages::key_made(
            &visit.look("/account/devices"),
            made.name.as_str(),
            scope(made.scope),
            key.reveal(),
        )),
        Err(error) => show(&member, None, Some(fault(&error))).await,
    }
}

#[derive(Deserialize)]
pub(super) struct One {
    id: String,
}

pub(super) async fn revoke(member: Member, Form(one): Form<One>) -> Response {
    let visit = &member.visit;
    let Ok(id) = one.id.parse::<CredentialId>() else {
        return visit.broken(&StorageError::NotFound.into());
    };
    let (account, address) = (member.account.id, &visit.caller.address);
    match visit.desk.revoke_key(account, id, address).await {
        Ok(()) => to_with("/account/devices", Notice::KeyRevoked),
        Err(error) => visit.broken(&error),
    }
}
