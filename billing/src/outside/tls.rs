//! Which cryptography the connections use.

use std::sync::Arc;

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
///
/// # Errors
/// When the provider of cryptography has none of the versions of TLS.
pub fn config() -> Result<rustls::ClientConfig, rustls::Error> {
    let roots = webpki_roots::TLS_SERVER_ROOTS.to_vec();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore { roots })
        .with_no_client_auth();
    Ok(config)
}
