//! Who asks: the account of the session, else a visitor, known by a cookie that only this server can
//! read. Either way it is an [`Owner`].

use super::{Context, forget, session, visit};
use app::api::MostStrategies;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use billing::quota::Quota;
use protocol::id::AccountId;
use storage::{Account, Owner, StorageError, Visitor};
use tower_sessions::Session;

/// All programs on 127.0.0.1 share their cookies, whatever the port: the name says whose it is.
const COOKIE: &str = "phoenix_visitor";
/// A year; begun anew with every page.
const AGE: u32 = 31_536_000;

/// Puts the owner into the request, and gives new visitors their cookie.
pub(super) async fn know(
    State(context): State<Context>,
    mut request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = known(&request);
    // Only a page makes somebody new: a call without the cookie is from a browser that refuses
    // cookies, and must say so instead of saving for nobody.
    let visitor = known.or_else(|| reads.then(Visitor::new));
    let owner = visitor.as_ref().map(Visitor::owner);
    if let Some(owner) = owner {
        request.extensions_mut().insert(AsVisitor(owner));
        request.extensions_mut().insert(owner);
    }
    let session = request.extensions().get::<Session>().cloned();
    match signed_in(&context, session).await {
        Ok(None) => {}
        Ok(Some(account)) => {
            if !reads {
                match most_strategies(&context, account.id).await {
                    Ok(most) => request.extensions_mut().insert(most),
                    Err(error) => return visit::away(&context, &request, &error.to_string()),
                };
            }
            request.extensions_mut().insert(Owner::Account(account.id));
            request.extensions_mut().insert(account);
        }
        // Nobody is taken for a visitor because the database is out of reach: what they save would
        // not be theirs.
        Err(why) => return visit::away(&context, &request, &why),
    }
    if let Some(known) = known.filter(|_| reads) {
        forget::remember(context.desk.storage(), known.owner());
    }
    let mut response = next.run(request).await;
    if let Some(visitor) = visitor.filter(|_| reads) {
        // The server itself speaks plain HTTP: only where the user says that visitors come by
        // HTTPS would `Secure` not lose them.
        let secure = match &context.public {
            Some(url) if url.is_https => "; Secure",
            _ => "",
        };
        let value = format!(
            "{COOKIE}={}; Path=/; Max-Age={AGE}; HttpOnly; SameSite=Lax{secure}",
            visitor.cookie()
        );
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// The browser's owner when nobody is signed in: what it made goes to the account that signs in.
#[derive(Debug, Clone, Copy)]
pub(super) struct AsVisitor(pub(super) Owner);

/// How many strategies the account's plan lets it keep.
async fn most_strategies(context: &Context, account: AccountId) -> storage::Result<MostStrategies> {
    let most = context.till.most(account, Quota::SavedStrategies).await?;
    Ok(MostStrategies(most.rows()))
}

/// The account of the session. One that is gone or shut has none.
async fn signed_in(context: &Context, session: Option<Session>) -> Result<Option<Account>, String> {
    let Some(session) = session else {
        return Ok(None);
    };
    let found = session::account(&session).await;
    let Some(id) = found.map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    match context.desk.storage().accounts.load(id).await {
        Ok(account) if account.disabled_at.is_none() => Ok(Some(account)),
        Ok(_) | Err(StorageError::NotFound) => {
            session.flush().await.map_err(|error| error.to_string())?;
            Ok(None)
        }
        Err(error) => Err(error.to_string()),
    }
}

/// The visitor of the first cookie of ours that can be read: another program on this machine may
/// have set one of that name too.
fn known(request: &Request) -> Option<Visitor> {
    request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        // Not `to_str`: a cookie of another program may hold any letters.
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == COOKIE).then(|| value.parse().ok()).flatten()
        })
}
