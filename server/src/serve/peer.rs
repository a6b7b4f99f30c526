//! From which network address a request comes.

use super::{Context, patience::Patient};
use axum::{
    extract::{ConnectInfo, connect_info::Connected},
    http::{Extensions, HeaderName, request::Parts},
    serve::IncomingStream,
};
use ipnet::IpNet;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
};
use tokio::net::TcpListener;

/// The other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub(super) IpAddr);

impl Connected<IncomingStream<'_, Patient<TcpListener>>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient<TcpListener>>) -> Self {
        let address: &SocketAddr = stream.remote_addr();
        Self(address.ip())
    }
}

/// A proxy, or a network of proxies, whose word is taken: `10.0.0.7` or `10.0.0.0/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Proxy(IpNet);

impl FromStr for Proxy {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let one = text
            .parse::<IpAddr>()
            .map(|ip| IpNet::from(ip.to_canonical()));
        let net = one.or_else(|_| text.parse::<IpNet>());
        let net =
            net.map_err(|_| "an address or a network is wanted, as in 10.0.0.7 or 10.0.0.0/24")?;
        // Whoever it may be: then anybody could say that they are anybody.
        if net.prefix_len() == 0 {
            return Err("a network of all addresses would believe everybody");
        }
        Ok(Self(net.trunc()))
    }
}

/// The proxies whose word is taken.
#[derive(Debug, Clone, Default)]
pub(super) struct Proxies(Vec<Proxy>);

impl Proxies {
    /// Those that were named. Where none was, but a public address, it is one on this machine:
    /// without one there is no proxy, and nobody is believed.
    pub(super) fn new(named: Vec<Proxy>, has_public: bool) -> Self {
        if !named.is_empty() || !has_public {
            return Self(named);
        }
        let here = [
            IpNet::new(Ipv4Addr::LOCALHOST.into(), 8),
            IpNet::new(Ipv6Addr::LOCALHOST.into(), 128),
        ];
        Self(
            here.into_iter()
                .flatten()
                .map(|net| Proxy(net.trunc()))
                .collect(),
        )
    }

    pub(super) fn has(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|proxy| proxy.0.contains(&address))
    }

    /// Who asks: who our last proxy says, in the last place, which it wrote itself; what stands
    /// before was said by whoever called it, and counts only as long as these are proxies of ours.
    fn asker(&self, peer: IpAddr, said: &[&str]) -> IpAddr {
        let mut asker = peer;
        let mut places = said.iter().flat_map(|line| line.split(',')).rev();
        while self.has(asker) {
            match places.next().map(|place| place.trim().parse()) {
                Some(Ok(before)) => asker = before,
                Some(Err(_)) | None => break,
            }
        }
        asker
    }
}

/// The other end of the connection.
pub(super) fn of(extensions: &Extensions) -> Option<IpAddr> {
    Some(extensions.get::<ConnectInfo<Peer>>()?.0.0)
}

/// The same, of a request's parts.
pub(super) fn direct(parts: &Parts) -> Option<IpAddr> {
    of(&parts.extensions)
}

/// Who asks; behind a proxy that is trusted, who it says.
pub(super) fn address(context: &Context, parts: &Parts) -> Option<IpAddr> {
    let said = HeaderName::from_static("x-forwarded-for");
    let said = parts.headers.get_all(said).iter();
    // A line that is no text says nothing, and what stands before it neither.
    let said: Vec<&str> = said.map(|value| value.to_str().unwrap_or("?")).collect();
    Some(context.proxies.asker(direct(parts)?, &said))
}

/// Whether an address is of this machine or of a private network.
pub(super) fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Proxies, Proxy};
    use std::net::IpAddr;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_proxies_that_were_named_are_believed() {
        let named = ["10.0.0.0/24", "192.0.2.1"].map(|text| text.parse().unwrap());
        let proxies = Proxies::new(named.to_vec(), true);
        for (peer, said, asker) in [
            ("10.0.0.7", &["203.0.113.9"][..], "203.0.113.9"),
            ("::ffff:10.0.0.7", &["203.0.113.9"], "203.0.113.9"),
            // Private, and even this machine, but not named.
            ("10.0.1.7", &["203.0.113.9"], "10.0.1.7"),
            ("127.0.0.1", &["203.0.113.9"], "127.0.0.1"),
            // Two proxies of ours, one behind the other; what came to the first is not believed.
            (
                "10.0.0.7",
                &["8.8.8.8, 203.0.113.9, 192.0.2.1"],
                "203.0.113.9",
            ),
            ("10.0.0.7", &["8.8.8.8", "203.0.113.9"], "203.0.113.9"),
            ("10.0.0.7", &[], "10.0.0.7"),
            ("10.0.0.7", &["203.0.113.9, nonsense"], "10.0.0.7"),
        ] {
            assert_eq!(proxies.asker(ip(peer), said), ip(asker), "{peer} {said:?}");
        }
    }

    #[test]
    fn without_a_word_of_it_a_proxy_is_on_this_machine_if_anywhere() {
        let here = Proxies::new(Vec::new(), true);
        assert!(here.has(ip("127.0.0.1")) && here.has(ip("::1")) && !here.has(ip("10.0.0.1")));
        let nowhere = Proxies::new(Vec::new(), false);
        assert!(!nowhere.has(ip("127.0.0.1")));
    }

    #[test]
    fn everybody_is_no_proxy() {
        for bad in ["0.0.0.0/0", "::/0", "proxy.example", "10.0.0.0/33", ""] {
            assert!(bad.parse::<Proxy>().is_err(), "{bad}");
        }
    }
}
