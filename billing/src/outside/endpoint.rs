//! Where a provider is.

use std::fmt;
use url::{Host, Url};

/// The base address of a provider. HTTPS, or HTTP to this very machine, for fakes: keys are sent
/// there.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint(Url);

/// The address cannot be a provider's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndpointFault {
    /// It is no address.
    #[error("this is no web address")]
    Unreadable,
    /// It would send keys in the clear.
    #[error("the address must begin with https:// (http:// only on this machine)")]
    Insecure,
    /// It has a user, a query or a fragment.
    #[error("the address must have no user, query or fragment")]
    Extra,
}

impl Endpoint {
    /// Checks an address.
    ///
    /// # Errors
    /// When it is none, or not one to send keys to.
    pub fn new(text: &str) -> Result<Self, EndpointFault> {
        let mut url = Url::parse(text.trim()).map_err(|_| EndpointFault::Unreadable)?;
        let here = match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => return Err(EndpointFault::Unreadable),
        };
        if url.scheme() != "https" && !(url.scheme() == "http" && here) {
            return Err(EndpointFault::Insecure);
        }
        let user = !url.username().is_empty() || url.password().is_some();
        if user || url.query().is_some() || url.fragment().is_some() {
            return Err(EndpointFault::Extra);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }

    /// The address, with a slash at the end.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address of something below it. Each part becomes one segment, whatever is in it.
    pub fn join(&self, parts: &[&str]) -> Url {
        let mut url = self.0.clone();
        // An address with a host always has segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        url
    }
}

impl std::str::FromStr for Endpoint {
    type Err = EndpointFault;
    fn from_str(text: &str) -> Result<Self, EndpointFault> {
        Self::new(text)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sent_to_https_or_to_ourselves() {
        for good in [
            "https://api.stripe.com",
            "http://127.0.0.1:4000/x",
            "http://[::1]:1/",
            "http://localhost",
        ] {
            assert!(Endpoint::new(good).unwrap().as_str().ends_with('/'));
        }
        for (bad, fault) in [
            ("http://api.stripe.com", EndpointFault::Insecure),
            ("http://127.0.0.1.evil.example", EndpointFault::Insecure),
            ("ftp://127.0.0.1", EndpointFault::Insecure),
            ("https://user:pw@api.stripe.com", EndpointFault::Extra),
            ("https://api.stripe.com?x", EndpointFault::Extra),
            ("api.stripe.com", EndpointFault::Unreadable),
            ("", EndpointFault::Unreadable),
        ] {
            assert_eq!(Endpoint::new(bad), Err(fault), "{bad}");
        }
    }

    #[test]
    fn a_part_cannot_leave_its_place() {
        let base = Endpoint::new("https://api.midtrans.com/base").unwrap();
        let url = base.join(&["v2", "a/../b?c#d", "status"]);
        assert_eq!(
            url.as_str(),
            "https://api.midtrans.com/base/v2/a%2F..%2Fb%3Fc%23d/status"
        );
    }
}
