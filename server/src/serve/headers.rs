//! Security headers. Nothing from elsewhere is ever loaded, and nobody may frame the app.

use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// For everything that is no page. A worker goes by the policy of its own script: it may compile
/// the module, import the bindings, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src \
                      'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For pages without a script.
pub(super) const PLAIN_PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                                     base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// For pages that our own small script keeps up to date: it asks this server for what is new.
pub(super) const LIVE_PAGE: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
                                    style-src 'self'; img-src 'self'; base-uri 'none'; \
                                    form-action 'self'; frame-ancestors 'none'";

/// For the page whose forms lead on to a payment provider: browsers hold a form to this where the
/// answer sends it on, too.
pub(super) const PAYING_PAGE: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                                      base-uri 'none'; frame-ancestors 'none'; form-action 'self' \
                                      https://checkout.stripe.com https://billing.stripe.com \
                                      https://app.midtrans.com https://app.sandbox.midtrans.com";

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// The policy of a page whose own inline scripts carry this nonce.
pub(super) fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; worker-src \
         'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    )
}

/// Puts them on every answer; what an answer says itself stays.
pub(super) async fn secure(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = (header::CONTENT_SECURITY_POLICY, POLICY);
    for (name, value) in ALWAYS.into_iter().chain([policy]) {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}
