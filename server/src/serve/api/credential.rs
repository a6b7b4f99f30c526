//! API keys. Traders make and revoke them in the browser: no key can make another.

use super::{
    asker::{By, TRADER},
    body::Given,
    part::Part,
    refusal::{Answer, Refusal},
};
use crate::{clock::now, serve::Context};
use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use protocol::{
    api::{
        credential::{Credential, IssuedCredential, NewCredential},
        page::{Page, PageQuery},
    },
    id::CredentialId,
};
use trading::time::DAY;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The longest that a key may be made for: five years.
const LONGEST: i64 = 5 * 366 * DAY;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(create, list))
        .routes(routes!(revoke))
}

/// Makes a key. It is told in this answer and never again. For signed-in traders.
#[utoipa::path(post, path = "/credentials", tag = "credentials", request_body = NewCredential,
    responses((status = 201, description = "The key", body = IssuedCredential)))]
async fn create(
    by: By<TRADER>,
    Given(new): Given<NewCredential>,
) -> Answer<(StatusCode, Json<IssuedCredential>)> {
    let at = now();
    if let Some(until) = new.expires_at {
        if until <= at {
            return Err(Refusal::invalid("expires_at must be in the future"));
        }
        if until.0 > at.0.saturating_add(LONGEST) {
            return Err(Refusal::invalid(
                "expires_at may be at most five years ahead",
            ));
        }
    }
    let desk = &by.context.desk;
    let (credential, key) = desk.make_key(by.account, &new, &by.address).await?;
    let key = key.reveal().clone();
    Ok((
        StatusCode::CREATED,
        Json(IssuedCredential { credential, key }),
    ))
}

/// All keys, revoked ones too, the newest first. For signed-in traders.
#[utoipa::path(get, path = "/credentials", tag = "credentials", params(PageQuery),
    responses((status = 200, description = "A part", body = Page<Credential>),
        (status = 403, description = "Keys do not see keys")))]
async fn list(by: By<TRADER>, Query(query): Query<PageQuery>) -> Answer<Json<Page<Credential>>> {
    let part = Part::<CredentialId>::of(&query)?;
    let credentials = &by.context.desk.storage().credentials;
    let all = credentials
        .list(by.account, part.before, part.most())
        .await?;
    Ok(Json(part.page(all, |one| one.id.to_string())))
}

/// Revokes a key, at once: its open connections end too. For signed-in traders.
#[utoipa::path(delete, path = "/credentials/{id}", tag = "credentials",
    params(("id" = CredentialId, Path, description = "Which")),
    responses((status = 204, description = "Revoked")))]
async fn revoke(by: By<TRADER>, Path(id): Path<CredentialId>) -> Answer<StatusCode> {
    let desk = &by.context.desk;
    desk.revoke_key(by.account, id, &by.address).await?;
    Ok(StatusCode::NO_CONTENT)
}
