//! Who calls, as the desk of the accounts wants to know it.

use super::refusal::Refusal;
use crate::{
    account::Caller,
    serve::{Context, peer, visit},
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

/// The most of what a program calls itself.
const AGENT: usize = 300;

/// Who calls.
#[derive(Debug)]
pub(super) struct Calling(pub(super) Caller);

impl FromRequestParts<Context> for Calling {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Refusal> {
        let address = peer::address(context, parts);
        let agent = parts.headers.get(header::USER_AGENT);
        let agent = agent.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let (language, _) = app::preference::of_headers(&parts.headers);
        Ok(Self(Caller {
            address: address.map_or_else(String::new, |ip| ip.to_canonical().to_string()),
            agent: agent.unwrap_or_default().chars().take(AGENT).collect(),
            language,
            origin: visit::origin(context, parts),
            // What a browser kept without an account is not a program's to hand over.
            visitor: None,
        }))
    }
}
