//! From which pages calls are taken: our own. Cookies go along with calls of other pages too, and
//! all ports of a machine share them.

use super::Context;
use axum::{
    extract::{Request, State},
    http::{HeaderName, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses calls that a page elsewhere makes in a visitor's name.
pub(super) async fn check(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let public = context.public.as_ref().map(|url| url.origin.as_str());
    let is_call = request.uri().path().starts_with("/api/");
    // A form comes from a browser, and every browser says at least one of the two.
    let is_silent = !is_call
        && said(&request, &HeaderName::from_static("sec-fetch-site")).is_none()
        && said(&request, &header::ORIGIN).is_none();
    if is_silent || is_foreign(&request, public) {
        let text = "calls from other sites are refused\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    // A form of any page can send its kinds of content without asking first; for JSON the browser
    // asks, and is not answered.
    if is_call && !is_json(&request) {
        let text = "calls are taken as application/json\n";
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, text).into_response();
    }
    next.run(request).await
}

fn is_foreign(request: &Request, public: Option<&str>) -> bool {
    if let Some(site) = said(request, &HeaderName::from_static("sec-fetch-site")) {
        return site != "same-origin" && site != "none";
    }
    // Browsers leave it out where the page came over plain HTTP from another machine, and old ones
    // always do.
    let Some(origin) = said(request, &header::ORIGIN) else {
        // Programs that are no browser send neither.
        return false;
    };
    // Behind a proxy the host may be one that only the proxy knows.
    if public == Some(origin) {
        return false;
    }
    let uri: Option<Uri> = origin.parse().ok();
    let page = uri.as_ref().and_then(Uri::authority);
    page.map(|page| page.as_str()) != said(request, &header::HOST)
}

fn is_json(request: &Request) -> bool {
    said(request, &header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/json")
    })
}

fn said<'a>(request: &'a Request, name: &HeaderName) -> Option<&'a str> {
    request
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap_or_default())
}
