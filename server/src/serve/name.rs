//! Names by which the server is reached: what the user says of them on the command line.

use axum::http::uri::{Authority, Scheme, Uri};
use std::{net::IpAddr, str::FromStr};

/// A host without its port, written in the one way that hosts are compared in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HostName(String);

impl HostName {
    /// The host of `host` or `host:port`; `None` where it is neither.
    pub(super) fn of(authority: &str) -> Option<Self> {
        let authority: Authority = authority.parse().ok()?;
        if authority.as_str().contains('@') {
            return None;
        }
        // `localhost.` is `localhost`, from the root of all names on.
        let host = authority.host().trim_end_matches('.').to_ascii_lowercase();
        let host = match number(&host) {
            // One number is written in many ways: `[::1]` and `[0:0::1]`.
            Some(number) => number.to_string(),
            None => host,
        };
        (!host.is_empty()).then_some(Self(host))
    }

    /// The address that it is, if it is no name.
    pub(super) fn number(&self) -> Option<IpAddr> {
        self.0.parse().ok()
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

fn number(host: &str) -> Option<IpAddr> {
    let bare = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(host).parse().ok()
}

impl FromStr for HostName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let host = match number(text) {
            Some(number) => Some(Self(number.to_string())),
            // With a port it would be another text than its host. There is no name for all names:
            // `*` would let in what is to be kept out.
            None => Self::of(text)
                .filter(|host| text.trim_end_matches('.').eq_ignore_ascii_case(&host.0))
                .filter(|host| host.0.bytes().all(is_of_name)),
        };
        host.ok_or("a host is wanted, without https:// and without a port, as in lab.example.org")
    }
}

/// The address that visitors see, where a proxy stands before the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    pub(super) host: HostName,
    pub(super) is_https: bool,
    /// As browsers write it into `Origin`.
    pub(crate) origin: String,
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let uri: Uri = text.parse().ok()?;
            let scheme = uri.scheme()?;
            let is_https = *scheme == Scheme::HTTPS;
            if !is_https && *scheme != Scheme::HTTP || uri.path() != "/" || uri.query().is_some() {
                return None;
            }
            let authority = uri.authority()?.as_str().to_ascii_lowercase();
            // Browsers leave out the port that goes without saying.
            let usual = if is_https { ":443" } else { ":80" };
            let authority = authority.strip_suffix(usual).unwrap_or(&authority);
            Some(Self {
                host: HostName::of(authority)?,
                is_https,
                origin: format!("{scheme}://{authority}"),
            })
        };
        read().ok_or("an address without a path is wanted, as in https://lab.example.org")
    }
}

#[cfg(test)]
mod tests {
    use super::{HostName, PublicUrl};

    #[test]
    fn a_host_is_compared_in_one_way() {
        for (text, host) in [
            ("Lab.Example:8080", Some("lab.example")),
            ("localhost.", Some("localhost")),
            ("[::1]:80", Some("::1")),
            ("[0:0::1]", Some("::1")),
            ("127.0.0.1:1", Some("127.0.0.1")),
            ("", None),
            (":80", None),
            ("a b", None),
            ("evil@localhost", None),
            ("localhost/x", None),
        ] {
            let read = HostName::of(text);
            assert_eq!(read.as_ref().map(HostName::as_str), host, "{text}");
        }
        for good in ["lab.example", "LAB.example", "::1", "[::1]", "10.0.0.1"] {
            assert!(good.parse::<HostName>().is_ok(), "{good}");
        }
        for bad in ["lab.example:80", "https://lab.example", "", "a/b", "*"] {
            assert!(bad.parse::<HostName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_public_address_is_known_as_browsers_write_it() {
        for (text, origin, is_https) in [
            ("https://Lab.example/", "https://lab.example", true),
            ("https://lab.example:443", "https://lab.example", true),
            ("http://lab.example:8080", "http://lab.example:8080", false),
        ] {
            let url: PublicUrl = text.parse().unwrap();
            assert_eq!((url.origin.as_str(), url.is_https), (origin, is_https));
            assert_eq!(url.host.as_str(), "lab.example");
        }
        for bad in [
            "lab.example",
            "ftp://a",
            "https://a/b",
            "https://a/?b",
            "https://",
            "",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
