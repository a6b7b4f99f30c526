//! To which addresses webhooks may go. A trader names the address and our server calls it: without
//! this, anybody could have it call what only it can reach, such as the machine's own services or a
//! cloud's metadata.
//!
//! A name is judged by what it resolves to at the very moment of connecting (`Resolve`): what it
//! resolved to when it was typed says nothing about later. Redirects are never followed.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// The longest address.
const LONGEST: usize = 500;
/// Below are ports of other services, which could be spoken to in vain or worse.
const FIRST_FREE_PORT: u16 = 1024;

/// Why a webhook may not be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UrlFault {
    /// It is no web address, or too long.
    #[error("this is no web address")]
    Unreadable,
    /// It is not HTTPS.
    #[error("the address must begin with https://")]
    Insecure,
    /// It has a user or a fragment.
    #[error("the address must have no user and no fragment")]
    Extra,
    /// It is not on the public network, or a port of something else.
    #[error("the address must be on the public network")]
    Private,
}

/// Knows where webhooks may go.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    allowed: Vec<Url>,
}

impl Guard {
    pub(super) fn new(allowed: Vec<Url>) -> Self {
        Self { allowed }
    }

    /// Judges an address as it was typed, and once more before each call.
    pub(super) fn check(&self, text: &str) -> Result<Url, UrlFault> {
        if text.len() > LONGEST {
            return Err(UrlFault::Unreadable);
        }
        let url = Url::parse(text.trim()).map_err(|_| UrlFault::Unreadable)?;
        let host = url.host().ok_or(UrlFault::Unreadable)?;
        let has_user = !url.username().is_empty() || url.password().is_some();
        if has_user || url.fragment().is_some() {
            return Err(UrlFault::Extra);
        }
        if self.is_allowed(&url) {
            return Ok(url);
        }
        if url.scheme() != "https" {
            return Err(UrlFault::Insecure);
        }
        let is_good_port = url
            .port()
            .is_none_or(|port| port == 443 || port >= FIRST_FREE_PORT);
        let is_good_host = match host {
            Host::Ipv4(ip) => is_public(ip.into()),
            Host::Ipv6(ip) => is_public(ip.into()),
            // Names without a dot are those of a local network.
            Host::Domain(name) => {
                let name = name.trim_end_matches('.').to_ascii_lowercase();
                let is_local = ["localhost", "local", "internal", "lan", "home.arpa"]
                    .iter()
                    .any(|end| name == *end || name.ends_with(&format!(".{end}")));
                name.contains('.') && !is_local
            }
        };
        if is_good_port && is_good_host {
            Ok(url)
        } else {
            Err(UrlFault::Private)
        }
    }

    /// Whether the operator says that it is theirs.
    pub(super) fn is_allowed(&self, url: &Url) -> bool {
        self.allowed.iter().any(|one| one.origin() == url.origin())
    }
}

/// Resolves names to public addresses alone. Where one of several is not public, none is used: who
/// mixes them wants to be tried again until it is the wrong one.
#[derive(Debug)]
pub(super) struct Public;

impl Resolve for Public {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            if found.is_empty() || found.iter().any(|address| !is_public(address.ip())) {
                return Err(UrlFault::Private.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public network
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>, and the one for IPv6).
pub(super) fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_4(ip),
        IpAddr::V6(ip) => is_public_6(ip),
    }
}

fn is_public_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = a == 0
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        // Shared by the customers of a provider.
        || (a == 100 && (64..128).contains(&b))
        // Protocol assignments, and relays to IPv6 that nobody runs any more.
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        // Measurements.
        || (a == 198 && (b == 18 || b == 19))
        // Reserved, and broadcast.
        || a >= 240;
    !is_special
}

fn is_public_6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only global unicast, without what carries an IPv4 address (6to4, Teredo), special
    // assignments and documentation.
    a & 0xe000 == 0x2000
        && !(a == 0x2001 && b < 0x0200)
        && !(a == 0x2001 && b == 0x0db8)
        && a != 0x2002
        && !(a == 0x3fff && b < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::{Guard, Public, UrlFault, is_public};
    use reqwest::dns::Resolve;
    use url::Url;

    #[test]
    fn only_public_addresses_are_public() {
        for good in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"] {
            assert!(is_public(good.parse().unwrap()), "{good}");
        }
        for bad in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(bad.parse().unwrap()), "{bad}");
        }
    }

    #[test]
    fn an_address_is_https_on_the_public_network() {
        let guard = Guard::new(vec![Url::parse("http://127.0.0.1:4000/").unwrap()]);
        for good in [
            "https://example.com/hook?x=1",
            "https://example.com:8443/",
            "https://1.1.1.1/",
            "http://127.0.0.1:4000/anything",
        ] {
            assert!(guard.check(good).is_ok(), "{good}");
        }
        for (bad, fault) in [
            ("", UrlFault::Unreadable),
            ("example.com", UrlFault::Unreadable),
            ("javascript:alert(1)", UrlFault::Unreadable),
            ("http://example.com/", UrlFault::Insecure),
            ("http://127.0.0.1:4001/", UrlFault::Insecure),
            ("ftp://example.com/", UrlFault::Insecure),
            ("https://a:b@example.com/", UrlFault::Extra),
            ("https://example.com/#x", UrlFault::Extra),
            ("https://localhost/", UrlFault::Private),
            ("https://LOCALHOST./", UrlFault::Private),
            ("https://db/", UrlFault::Private),
            ("https://db.internal/", UrlFault::Private),
            ("https://example.com:22/", UrlFault::Private),
            ("https://127.1/", UrlFault::Private),
            ("https://0x7f.0.0.1/", UrlFault::Private),
            ("https://2130706433/", UrlFault::Private),
            ("https://[::1]/", UrlFault::Private),
            ("https://[::ffff:169.254.169.254]/", UrlFault::Private),
            (
                "https://169.254.169.254/latest/meta-data/",
                UrlFault::Private,
            ),
        ] {
            assert_eq!(guard.check(bad), Err(fault), "{bad}");
        }
        let long = format!("https://example.com/{}", "x".repeat(500));
        assert_eq!(guard.check(&long), Err(UrlFault::Unreadable));
    }

    #[tokio::test]
    async fn a_name_of_this_machine_does_not_resolve() {
        let found = Public.resolve("localhost".parse().unwrap()).await;
        let error = found.err().unwrap();
        assert_eq!(error.downcast_ref(), Some(&UrlFault::Private));
    }
}
