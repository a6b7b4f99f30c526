//! Where the server may be. The key goes with every question: so it is asked over TLS, or on this
//! computer.

use std::net::IpAddr;

/// An address that is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// It is none, or has something in it that an address of a server has not.
    #[error("the server's address is not one such as https://lab.example.org")]
    None,
    /// Whoever is on the way could read the key.
    #[error(
        "the server's address begins with http://: the key would be readable on the way; use https://"
    )]
    Plain,
}

/// Looks whether an address may be asked.
///
/// # Errors
/// [`BadAddress`].
pub(super) fn check(server: &str) -> Result<(), BadAddress> {
    // Two readers of an address must not see two hosts in it: nothing is let through that could be
    // read in two ways.
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || !c.is_ascii();
    if server.contains(is_odd) || server.contains(['@', '\\', '%']) {
        return Err(BadAddress::None);
    }
    let lower = server.to_ascii_lowercase();
    let (is_plain, rest) = match lower.split_once("://") {
        Some(("https", rest)) => (false, rest),
        Some(("http", rest)) => (true, rest),
        _ => return Err(BadAddress::None),
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    if name.is_empty() {
        return Err(BadAddress::None);
    }
    let is_here = name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    if is_plain && !is_here {
        return Err(BadAddress::Plain);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BadAddress, check};

    #[test]
    fn a_key_goes_over_tls_or_nowhere_else_than_here() {
        for good in [
            "https://lab.example.org",
            "HTTPS://lab.example.org:8443/",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:80/",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for plain in [
            "http://lab.example.org",
            "http://127.0.0.1.example.org",
            "http://localhost.example.org",
            "http://192.168.0.2",
            "http://[fe80::1]",
        ] {
            assert_eq!(check(plain), Err(BadAddress::Plain), "{plain}");
        }
        for none in [
            "",
            "lab.example.org",
            "ftp://localhost",
            "http://localhost@example.org",
            "http://localhost\\.example.org",
            "http://local host",
            "https://",
            "https://:80",
            "http://127.0.0.1%2f",
        ] {
            assert_eq!(check(none), Err(BadAddress::None), "{none}");
        }
    }
}
