//! Who asks, and what they may: a program by its key, or a trader by the browser's session. Who
//! brings a key is known by it alone: cookies are not even looked at, so that no page elsewhere can
//! use either for the other.

use super::refusal::Refusal;
use crate::{
    clock::now,
    serve::{Context, origin, peer, session, visitor},
};
use axum::{
    extract::{FromRequestParts, Request, State},
    http::{header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use identity::ApiKey;
use protocol::{
    api::{credential::Scope, problem::ProblemCode},
    id::{AccountId, CredentialId},
};
use std::net::IpAddr;
use storage::{Account, Owner};
use tower_sessions::Session;

/// A signed-in trader.
pub(super) const TRADER: u8 = 1;
/// A key of a phone.
pub(super) const PHONE: u8 = 2;
/// A key of an executor.
pub(super) const EXECUTOR: u8 = 4;
/// A key that only reads.
pub(super) const READ: u8 = 8;
/// Everybody who is known.
pub(super) const ANYBODY: u8 = TRADER | PHONE | EXECUTOR | READ;

/// How somebody is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// By a session; its hash.
    Session(Option<[u8; 32]>),
    /// By a key.
    Key(CredentialId, Scope),
}

impl Who {
    fn bit(self) -> u8 {
        match self {
            Self::Session(_) => TRADER,
            Self::Key(_, Scope::Phone) => PHONE,
            Self::Key(_, Scope::Executor) => EXECUTOR,
            Self::Key(_, Scope::Read) => READ,
        }
    }

    /// For the audit trail: which key, or the session.
    pub(super) fn name(self) -> String {
        match self {
            Self::Session(_) => "session".to_owned(),
            Self::Key(id, _) => format!("key {id}"),
        }
    }
}

/// Somebody who is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Principal {
    pub(super) account: AccountId,
    pub(super) who: Who,
}

/// A request of somebody who may make it: `WHO` says of whom, in the type, so that no handler can
/// forget to ask.
#[derive(Debug)]
pub(super) struct By<const WHO: u8> {
    pub(super) account: AccountId,
    pub(super) who: Who,
    /// From which network address, as the audit trail has it.
    pub(super) address: String,
    pub(super) context: Context,
}

impl<const WHO: u8> By<WHO> {
    /// Whose rows it is about.
    pub(super) fn owner(&self) -> Owner {
        Owner::Account(self.account)
    }

    /// Writes to the audit trail.
    pub(super) async fn note(&self, action: &str, detail: &str) {
        let desk = &self.context.desk;
        let detail = format!("{detail} by {}", self.who.name());
        desk.note_machine(self.account, action, detail.trim(), &self.address)
            .await;
    }
}

impl<const WHO: u8> FromRequestParts<Context> for By<WHO> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Refusal> {
        let principal = parts.extensions.get::<Principal>().copied();
        let principal = principal.ok_or_else(|| Refusal::of(ProblemCode::Unauthorized))?;
        if principal.who.bit() & WHO == 0 {
            return Err(Refusal::of(ProblemCode::Forbidden));
        }
        Ok(Self {
            account: principal.account,
            who: principal.who,
            address: address(peer::address(context, parts)),
            context: context.clone(),
        })
    }
}

/// From which network address a request comes that nobody needs to be known for.
#[derive(Debug)]
pub(super) struct Address(pub(super) String);

impl FromRequestParts<Context> for Address {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Refusal> {
        Ok(Self(address(peer::address(context, parts))))
    }
}

fn address(address: Option<IpAddr>) -> String {
    address.map_or_else(String::new, |ip| ip.to_canonical().to_string())
}

/// Whether a request is known by a key, right or wrong.
fn has_key(request: &Request) -> bool {
    request.headers().contains_key(header::AUTHORIZATION)
}

/// From which pages calls are taken. Pages elsewhere cannot send a key: there is nothing to check,
/// and no cookie is let through that could help them.
pub(super) async fn origin(state: State<Context>, mut request: Request, next: Next) -> Response {
    if has_key(&request) {
        request.headers_mut().remove(header::COOKIE);
        return next.run(request).await;
    }
    origin::check(state, request, next).await
}

/// The account of the browser's session. Programs get no cookies that they did not ask for.
pub(super) async fn visitor(state: State<Context>, request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::COOKIE) {
        return visitor::know(state, request, next).await;
    }
    next.run(request).await
}

/// Puts who asks into the request. A wrong key is refused here, whatever it was to be used for.
pub(super) async fn know(State(context): State<Context>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let known = if parts.headers.contains_key(header::AUTHORIZATION) {
        match by_key(&context, &parts).await {
            Ok(principal) => Some(principal),
            Err(refusal) => return refusal.into_response(),
        }
    } else {
        by_session(&parts)
    };
    if let Some(principal) = known {
        parts.extensions.insert(principal);
    }
    next.run(Request::from_parts(parts, body)).await
}

fn by_session(parts: &Parts) -> Option<Principal> {
    let account = parts.extensions.get::<Account>()?;
    let session = parts.extensions.get::<Session>();
    Some(Principal {
        account: account.id,
        who: Who::Session(session.and_then(session::hash)),
    })
}

async fn by_key(context: &Context, parts: &Parts) -> Result<Principal, Refusal> {
    let key = bearer(parts).and_then(|text| text.parse::<ApiKey>().ok());
    if let Some(key) = key {
        // Found by its hash: how long that takes says nothing of the key.
        let credentials = &context.desk.storage().credentials;
        if let Some((account, found)) = credentials.find(&key.hash(), now()).await? {
            return Ok(Principal {
                account,
                who: Who::Key(found.id, found.scope),
            });
        }
    }
    let address = address(peer::address(context, parts));
    context.desk.count_wrong_key(&address).await?;
    Err(Refusal::of(ProblemCode::Unauthorized))
}

fn bearer(parts: &Parts) -> Option<&str> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let text = values.next()?.to_str().ok()?;
    // Two say nothing.
    if values.next().is_some() {
        return None;
    }
    let (kind, key) = text.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then_some(key)
}
