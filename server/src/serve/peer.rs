//! From which network address a request comes.

use super::{Context, patience::Patient};
use axum::{
    extract::connect_info::Connected,
    http::{HeaderName, request::Parts},
    serve::IncomingStream,
};
use std::net::{IpAddr, SocketAddr};
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

/// Who asks. Behind a proxy it is who the proxy says, in the last place, which it wrote itself: what
/// stands before may be anything. There is a proxy where a public address was named, and only one
/// on this machine or in its private network is believed.
pub(super) fn address(context: &Context, parts: &Parts) -> Option<IpAddr> {
    let peer = parts
        .extensions
        .get::<axum::extract::ConnectInfo<Peer>>()?
        .0
        .0;
    if context.public.is_none() || !is_near(peer) {
        return Some(peer);
    }
    let said = HeaderName::from_static("x-forwarded-for");
    let last = parts.headers.get_all(said).iter().next_back();
    let last = last
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .and_then(|value| value.trim().parse().ok());
    Some(last.unwrap_or(peer))
}

fn is_near(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}
