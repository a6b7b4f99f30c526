//! Signing in and out without a browser. Passwords and codes are tried by the same desk as on the
//! pages, with the same waits and the same trail.

use super::{
    asker::{ANYBODY, By, Who},
    body::Given,
    caller::Calling,
    refusal::{Answer, Refusal},
};
use crate::{
    account::{AccountError, Step},
    serve::Context,
};
use axum::{Extension, Json, extract::State, http::StatusCode};
use identity::EmailAddress;
use protocol::api::{
    auth::{Me, SignIn},
    credential::{IssuedCredential, NewCredential, Scope},
    problem::ProblemCode,
};
use tower_sessions::Session;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
        .routes(routes!(me))
}

/// Makes a key of scope `phone` for who knows the password, and a code where the account asks for
/// one: without it `second-factor-required`, and then the same again with a code. The key is told
/// once. For everybody, without a key.
#[utoipa::path(post, path = "/auth/sign-in", tag = "auth", request_body = SignIn, security(()),
    responses((status = 201, description = "The key", body = IssuedCredential),
        (status = 409, description = "There are as many keys as there may be")))]
async fn sign_in(
    State(context): State<Context>,
    Calling(caller): Calling,
    Given(typed): Given<SignIn>,
) -> Answer<(StatusCode, Json<IssuedCredential>)> {
    let desk = &context.desk;
    // What is no address has no account: nothing more is said of it.
    let email: EmailAddress = typed.email.parse().map_err(|_| AccountError::Wrong)?;
    let who = match desk.try_password(&email, typed.password, &caller).await? {
        Step::In(who) => who,
        Step::Code(account) => {
            let code = typed.code.as_deref().map(str::trim).unwrap_or_default();
            if code.is_empty() {
                return Err(Refusal::of(ProblemCode::SecondFactorRequired));
            }
            desk.try_code(account, code, &caller).await?
        }
    };
    let new = NewCredential {
        name: typed.device,
        scope: Scope::Phone,
        expires_at: None,
    };
    let (credential, key) = desk.make_key(who.0, &new, &caller.address).await?;
    let key = key.reveal().clone();
    let issued = IssuedCredential { credential, key };
    Ok((StatusCode::CREATED, Json(issued)))
}

/// Revokes the key by which this is asked, or ends the browser's session. For everybody who is
/// known.
#[utoipa::path(post, path = "/auth/sign-out", tag = "auth",
    responses((status = 204, description = "Nobody is known any more")))]
async fn sign_out(
    by: By<ANYBODY>,
    Calling(caller): Calling,
    session: Option<Extension<Session>>,
) -> Answer<StatusCode> {
    let desk = &by.context.desk;
    match by.who {
        Who::Key(id, _) => desk.revoke_key(by.account, id, &by.address).await?,
        Who::Session(_) => {
            if let Some(Extension(session)) = session {
                session.flush().await.map_err(Refusal::failed)?;
            }
        }
    }
    desk.signed_out(by.account, &caller).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Who I am, and by which key. For everybody who is known.
#[utoipa::path(get, path = "/auth/me", tag = "auth",
    responses((status = 200, description = "The account", body = Me)))]
async fn me(by: By<ANYBODY>) -> Answer<Json<Me>> {
    let storage = by.context.desk.storage();
    let account = storage.accounts.load(by.account).await?;
    let key = match by.who {
        Who::Session(_) => None,
        Who::Key(id, _) => Some(storage.credentials.load(by.account, id).await?),
    };
    Ok(Json(Me {
        account: account.id,
        email: account.email.as_str().to_owned(),
        role: account.role.name().to_owned(),
        language: account.language.code().to_owned(),
        has_two_factor: account.two_factor_at.is_some(),
        created_at: account.created_at,
        key,
    }))
}
