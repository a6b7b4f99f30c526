//! How devices get their keys. The device shows a code; the trader, signed in elsewhere, looks
//! whose it is and approves it; the device takes its key with a secret that never left it.

use super::{
    asker::{Address, By, PHONE, TRADER, Who},
    body::Given,
    refusal::{Answer, Refusal},
};
use crate::{clock::now, serve::Context};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::{ApiKey, PairingCode, Token};
use protocol::api::{
    credential::{IssuedCredential, Scope},
    pairing::{Claim, NewPairing, Pairing, PairingRequest, Pending},
    problem::ProblemCode,
};
use storage::{Claimed, StorageError};
use trading::time::{MINUTE, Time};
use utoipa_axum::{router::OpenApiRouter, routes};

/// How long a code holds.
const LIFE: i64 = 10 * MINUTE;
/// How often the device may ask.
const INTERVAL_MS: u32 = 2_000;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(begin))
        .routes(routes!(show))
        .routes(routes!(approve))
        .routes(routes!(claim))
}

/// A device asks to be paired. For everybody, without a key.
#[utoipa::path(post, path = "/pairings", tag = "pairings", request_body = NewPairing, security(()),
    responses((status = 201, description = "What to show and what to keep", body = Pairing)))]
async fn begin(
    State(context): State<Context>,
    Address(address): Address,
    Given(new): Given<NewPairing>,
) -> Answer<(StatusCode, Json<Pairing>)> {
    let desk = &context.desk;
    desk.count_pairing(&address).await?;
    let at = now();
    let expires_at = Time(at.0 + LIFE);
    let secret = Token::generate().map_err(Refusal::failed)?;
    let kept = secret.hash();
    // Of a million million codes one that is open already comes up once in a very long while.
    for _ in 0..3 {
        let code = PairingCode::generate().map_err(Refusal::failed)?;
        let hash = desk.code_hash(&code);
        let begun = desk
            .storage()
            .pairings
            .begin(&new, &hash, &kept, &address, expires_at, at);
        match begun.await {
            Err(StorageError::Exists) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => {
                let pairing = Pairing {
                    code: code.text().reveal().clone(),
                    secret: secret.text().reveal().clone(),
                    expires_at,
                    interval_ms: INTERVAL_MS,
                };
                return Ok((StatusCode::CREATED, Json(pairing)));
            }
        }
    }
    Err(Refusal::failed("no free code was found"))
}

/// Which device shows a code: to be looked at before it is approved. For traders and phones.
#[utoipa::path(get, path = "/pairings/{code}", tag = "pairings",
    params(("code" = String, Path, description = "As it is shown, however typed")),
    responses((status = 200, description = "The device", body = PairingRequest),
        (status = 403, description = "This key may not")))]
async fn show(
    by: By<{ TRADER | PHONE }>,
    Path(code): Path<String>,
) -> Answer<Json<PairingRequest>> {
    let desk = &by.context.desk;
    let found = desk.waiting_device(by.account, &code, &by.address).await?;
    Ok(Json(found))
}

/// Says that the device that shows a code is mine. For traders; phones approve executors and
/// readers, but no phone.
#[utoipa::path(post, path = "/pairings/{code}/approve", tag = "pairings",
    params(("code" = String, Path, description = "As it is shown, however typed")),
    responses((status = 200, description = "The device", body = PairingRequest)))]
async fn approve(
    by: By<{ TRADER | PHONE }>,
    Path(code): Path<String>,
) -> Answer<Json<PairingRequest>> {
    let desk = &by.context.desk;
    if let Who::Key(..) = by.who {
        // A phone that was stolen must not make itself a second key, which would outlive its own.
        let asked = desk.waiting_device(by.account, &code, &by.address).await?;
        if asked.scope == Scope::Phone {
            let why = "a phone approves executors and readers; another phone is approved in a \
                       browser";
            return Err(Refusal::with(ProblemCode::Forbidden, why));
        }
    }
    let approved = desk.approve_device(by.account, &code, &by.address).await?;
    Ok(Json(approved))
}

/// The device asks for its key, with its secret. It gets it once. For everybody, without a key.
#[utoipa::path(post, path = "/pairings/claim", tag = "pairings", request_body = Claim,
    security(()),
    responses((status = 200, description = "The key", body = IssuedCredential),
        (status = 202, description = "Nobody has approved it yet", body = Pending),
        (status = 409, description = "There are as many keys as there may be"),
        (status = 410, description = "It is over, or its key was taken")))]
async fn claim(
    State(context): State<Context>,
    Address(address): Address,
    Given(claim): Given<Claim>,
) -> Answer<Response> {
    let desk = &context.desk;
    let over = || Refusal::of(ProblemCode::Gone);
    let Ok(secret) = claim.secret.parse::<Token>() else {
        desk.count_wrong_key(&address).await?;
        return Err(over());
    };
    let key = ApiKey::generate().map_err(Refusal::failed)?;
    let (secret, hash) = (secret.hash(), key.hash());
    let claimed = desk
        .storage()
        .pairings
        .claim(&secret, key.prefix(), &hash, now());
    match claimed.await {
        Err(StorageError::NotFound) => {
            desk.count_wrong_key(&address).await?;
            Err(over())
        }
        Err(error) => Err(error.into()),
        Ok(Claimed::Pending(expires_at)) => {
            Ok((StatusCode::ACCEPTED, Json(Pending { expires_at })).into_response())
        }
        Ok(Claimed::Issued(account, credential)) => {
            let detail = format!("{} {}", credential.prefix, credential.scope);
            desk.note_machine(account, "device-paired", &detail, &address)
                .await;
            let key = key.text().reveal().clone();
            Ok(Json(IssuedCredential { credential, key }).into_response())
        }
    }
}
