//! Who asks. Today everybody is a visitor, known by a cookie that only this server can read; an
//! account will be another way to an [`storage::Owner`], found here.

use super::{Context, forget};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use storage::Visitor;

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
    if let Some(visitor) = &visitor {
        request.extensions_mut().insert(visitor.owner());
    }
    if let Some(known) = known.filter(|_| reads) {
        forget::remember(&context.storage, known.owner());
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
