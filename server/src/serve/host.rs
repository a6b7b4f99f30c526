//! To which names the server answers. A page elsewhere can have its own name lead to 127.0.0.1
//! (DNS rebinding): its browser then takes our answers for that page's own and lets it read them.
//! What gives it away is the name that it calls us by.

use super::name::{HostName, PublicUrl};
use axum::{
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

/// The hosts that are ours.
#[derive(Debug)]
pub(super) struct Hosts {
    names: Vec<HostName>,
    numbers: Vec<IpAddr>,
    /// Whether any number is ours.
    any_number: bool,
}

impl Hosts {
    /// This machine by its usual names, the address listened on, and what the user named.
    pub(super) fn new(
        listen: SocketAddr,
        mut names: Vec<HostName>,
        public: Option<&PublicUrl>,
    ) -> Self {
        names.extend(public.map(|url| url.host.clone()));
        let numbers = vec![
            Ipv4Addr::LOCALHOST.into(),
            Ipv6Addr::LOCALHOST.into(),
            listen.ip(),
        ];
        Self {
            names,
            numbers,
            // Who listens on every address is called by any of them. That is safe: rebinding needs
            // a name, whose meaning its owner can change between two calls. A number means itself.
            any_number: listen.ip().is_unspecified(),
        }
    }

    fn has(&self, host: &HostName) -> bool {
        let number = host.number();
        host.as_str() == "localhost"
            || self.names.contains(host)
            || number.is_some_and(|number| self.any_number || self.numbers.contains(&number))
    }
}

/// Refuses calls by a name that is not ours. Probes call by whatever address they know, and learn
/// nothing but that the server lives.
pub(super) async fn check(
    State(hosts): State<Arc<Hosts>>,
    mut request: Request,
    next: Next,
) -> Response {
    if matches!(request.uri().path(), "/healthz" | "/readyz") {
        return next.run(request).await;
    }
    let host = asked(&request).and_then(HostName::of);
    if host.as_ref().is_some_and(|host| hosts.has(host)) {
        let called = asked(&request).unwrap_or_default().to_owned();
        request.extensions_mut().insert(Called(called));
        return next.run(request).await;
    }
    let told = host.as_ref().map_or("NAME", HostName::as_str);
    tracing::info!(host = told, "a call by another name was refused");
    let text = format!(
        "Phoenix does not answer to this name. If it is yours, start it with --host {told}, or \
         name it in PHOENIX_HOSTS.\n"
    );
    (StatusCode::MISDIRECTED_REQUEST, text).into_response()
}

/// The host and port that was called, which is one of ours: nothing else that a request says of it
/// is to be believed.
#[derive(Debug, Clone)]
pub(super) struct Called(pub(super) String);

/// The host that was called: what the address says wins, and two headers say nothing.
fn asked(request: &Request) -> Option<&str> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.as_str());
    }
    let mut values = request.headers().get_all(header::HOST).iter();
    let host = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(host)
}
