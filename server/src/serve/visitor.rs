//! Who asks. Today everybody is a visitor, known by a cookie that only this server can read; an
//! account will be another way to an [`storage::Owner`], found here.

use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use storage::Visitor;

const COOKIE: &str = "visitor";
/// A year; begun anew with every page.
const AGE: u32 = 31_536_000;

/// Puts the owner into the request, gives new visitors their cookie, and refuses calls that
/// another site makes in a visitor's name.
pub(super) async fn know(mut request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && is_foreign(&request) {
        return (
            StatusCode::FORBIDDEN,
            "calls from other sites are refused\n",
        )
            .into_response();
    }
    let known = cookie(&request).and_then(|value| value.parse::<Visitor>().ok());
    // Only a page makes somebody new: a call without the cookie is from a browser that refuses
    // cookies, and must say so instead of saving for nobody.
    let visitor = known.or_else(|| reads.then(Visitor::new));
    if let Some(visitor) = &visitor {
        request.extensions_mut().insert(visitor.owner());
    }
    let mut response = next.run(request).await;
    if let Some(visitor) = visitor.filter(|_| reads) {
        // No `Secure`: the server itself speaks plain HTTP, by default to this machine alone.
        let value = format!(
            "{COOKIE}={}; Path=/; Max-Age={AGE}; HttpOnly; SameSite=Lax",
            visitor.cookie()
        );
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

fn is_foreign(request: &Request) -> bool {
    let site = request
        .headers()
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    // Programs that are no browser send none.
    site.is_some_and(|site| site != "same-origin" && site != "none")
}

fn cookie(request: &Request) -> Option<&str> {
    let values = request.headers().get_all(header::COOKIE).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| {
            let (name, value) = pair.trim().split_once('=')?;
            (name == COOKIE).then_some(value)
        })
}
