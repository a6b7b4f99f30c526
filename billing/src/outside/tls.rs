//! Which cryptography the connections use, and what all clients have in common.

use super::CallError;
use reqwest::{Client, ClientBuilder, redirect};
use std::sync::Arc;

/// Why there is no client.
const NO_TLS: &str = "TLS cannot be set up";

fn provider() -> rustls::crypto::CryptoProvider {
    rustls::crypto::ring::default_provider()
}

/// Settles the process on one provider of cryptography, unless it has one. `async-stripe` takes the
/// process's, and with two compiled in (some other crate may bring `aws-lc-rs`) it would panic.
pub fn install() {
    // An error says that there is one already, which is as good.
    let _ = provider().install_default();
}

/// TLS with Mozilla's root certificates, compiled in: it works in a container without any.
fn config() -> Result<rustls::ClientConfig, rustls::Error> {
    let roots = webpki_roots::TLS_SERVER_ROOTS.to_vec();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore { roots })
        .with_no_client_auth();
    Ok(config)
}

/// A client as every call to the outside has it. It follows nothing: keys go where they are
/// configured to go, and nowhere else.
///
/// # Errors
/// When TLS cannot be set up.
pub fn client() -> Result<ClientBuilder, CallError> {
    let tls = config().map_err(|_| CallError::Impossible(NO_TLS))?;
    Ok(Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(redirect::Policy::none())
        .user_agent(concat!("phoenix/", env!("CARGO_PKG_VERSION"))))
}

/// The client that was built.
///
/// # Errors
/// When it could not be.
pub fn built(builder: ClientBuilder) -> Result<Client, CallError> {
    builder.build().map_err(|_| CallError::Impossible(NO_TLS))
}
