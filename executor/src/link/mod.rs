//! The executor's end of the link to Expert Advisors: `docs/link.md`. A ZeroMQ ROUTER on loopback
//! that terminals come to as DEALERs, several at once.
//!
//! ```text
//! house   the door, who is there and how many may be, whom to tell
//!   visit   one connection: handshake, messages, signs of life, the end
//!     zmtp    what its bytes say          line    what goes to it
//! ```
//! **Quick.** A tick's bytes are read, checked and told by one task, and whoever answers signs and
//! writes in their own: from tick to order only the receiver of events is woken up.
//!
//! **Nothing grows without end.** Connections that are no terminals yet have a number of places
//! and a time; terminals have a number; a frame's length is judged before memory is taken for it;
//! events that nobody takes make terminals wait; a terminal that does not read is ended.
//!
//! **Nothing is believed early.** A terminal is there once it has signed a second message: a
//! recorded `Hello` gets no further. Whatever is forged, repeated, out of order or damaged ends its
//! connection, is counted and told.
//!
//! ZMTP is spoken here by a file of our own and not by the crate `zeromq`, which tests use as the
//! other end, beside libzmq: `docs/adr/0013-zeromq.md` says why.

mod event;
mod house;
mod line;
mod visit;
mod zmtp;

pub use event::{EventKind, Leaving, LinkFault, TerminalEvent, TerminalId};
pub use line::SendFault;
pub use zmtp::ZmtpFault;

use house::House;
use protocol::link::{FromExecutor, PORT, Secret, executor::Guard};
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use trading::language::Language;

/// Where Expert Advisors look for the executor.
pub const ADDRESS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), PORT);

/// What the link is to keep to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name and version of this program, for people.
    pub program: String,
    /// After this time whoever said nothing says `Ping`; after three of it they are gone.
    pub heartbeat: Duration,
    /// The longest that an Expert Advisor waits within a tick for what follows from a bar.
    pub answer: Duration,
    /// The language of what the Expert Advisor tells the trader.
    pub language: Language,
    /// The limits that every terminal is given at first. Others can be sent at any time.
    pub guard: Guard,
    /// The most terminals at once.
    pub max_terminals: usize,
    /// The most connections at once that are no terminals yet.
    pub max_strangers: usize,
    /// The longest that a connection takes to become a terminal.
    pub patience: Duration,
    /// The most events that wait to be taken. When there are as many, terminals wait.
    pub max_events: usize,
    /// The most bytes that wait to be read by a terminal, beside those that the system holds.
    pub max_unsent: usize,
}

impl Settings {
    /// Those of an ordinary computer, with these limits for terminals.
    pub fn new(guard: Guard) -> Self {
        Self {
            program: concat!("phoenix-executor ", env!("CARGO_PKG_VERSION")).to_owned(),
            heartbeat: Duration::from_secs(1),
            answer: Duration::from_millis(50),
            language: Language::En,
            guard,
            max_terminals: 16,
            max_strangers: 32,
            patience: Duration::from_secs(5),
            max_events: 4_096,
            max_unsent: 1 << 20,
        }
    }
}

/// How much there was since the link began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Connections that came.
    pub connections: u64,
    /// Terminals that are there now.
    pub terminals: usize,
    /// Connections for which there was no place.
    pub turned_away: u64,
    /// Messages that were not believed; each ended its connection.
    pub dropped: u64,
}

/// Why there is no link.
#[derive(Debug, thiserror::Error)]
pub enum BindFault {
    /// Not an address of this computer alone.
    #[error("{0} can be reached from other computers: the link must be on 127.0.0.1")]
    NotLoopback(SocketAddr),
    /// Another program listens there.
    #[error("another program listens at {0} already; is a second executor running?")]
    Taken(SocketAddr),
    /// The system refuses.
    #[error("cannot listen at {0}: {1}")]
    Refused(SocketAddr, io::Error),
}

/// The link. It lives as long as this does: dropping it ends all connections at once, and
/// [`Link::close`] politely.
#[derive(Debug)]
pub struct Link {
    house: Arc<House>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    door: JoinHandle<()>,
}

impl Link {
    /// Opens the link, and the events of all its terminals. A port of 0 is any that is free.
    ///
    /// # Errors
    /// When the address is not of this computer alone, or cannot be had.
    ///
    /// # Panics
    /// Outside a tokio runtime with input, output and time.
    pub async fn bind(
        address: SocketAddr,
        secret: Secret,
        settings: Settings,
    ) -> Result<(Self, mpsc::Receiver<TerminalEvent>), BindFault> {
        if !address.ip().is_loopback() {
            return Err(BindFault::NotLoopback(address));
        }
        let refused = |fault: io::Error| match fault.kind() {
            io::ErrorKind::AddrInUse => BindFault::Taken(address),
            _ => BindFault::Refused(address, fault),
        };
        let door = TcpListener::bind(address).await.map_err(refused)?;
        let address = door.local_addr().map_err(refused)?;
        let (events, told) = mpsc::channel(settings.max_events.max(1));
        let house = Arc::new(House::new(secret, settings, events));
        let (stop, stopped) = oneshot::channel();
        let door = tokio::spawn(Arc::clone(&house).keep(door, stopped));
        let stop = Some(stop);
        let link = Self {
            house,
            address,
            stop,
            door,
        };
        Ok((link, told))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A handle with which other tasks can send.
    pub fn sender(&self) -> LinkSender {
        LinkSender(Arc::clone(&self.house))
    }

    /// Sends a message to a terminal that arrived: see [`LinkSender::send`].
    ///
    /// # Errors
    /// When it cannot be sent.
    pub fn send(
        &self,
        terminal: TerminalId,
        message: impl Into<FromExecutor>,
    ) -> Result<(), SendFault> {
        self.house.send(terminal, &message.into())
    }

    /// Ends a terminal's connection and tells it why.
    pub fn end(&self, terminal: TerminalId, why: &str) {
        self.house.end(terminal, why);
    }

    /// How much there was.
    pub fn counts(&self) -> Counts {
        self.house.counts()
    }

    /// Says goodbye to all terminals and ends the link. Takes about a second at most, whether or
    /// not anybody takes events meanwhile.
    pub async fn close(mut self, why: &str) {
        self.house.close(why);
        self.stop = None;
        let _ = (&mut self.door).await;
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.door.abort();
        self.house.abandon();
    }
}

/// Sends to terminals from any task.
#[derive(Debug, Clone)]
pub struct LinkSender(Arc<House>);

impl LinkSender {
    /// Sends a message to a terminal that arrived. It is signed and given to the system before
    /// this returns, in the order of the calls. That it was sent does not say that it was read: a
    /// command is answered by its `Receipt`.
    ///
    /// # Errors
    /// When the terminal is not there or does not read, or the message has too many bytes.
    pub fn send(
        &self,
        terminal: TerminalId,
        message: impl Into<FromExecutor>,
    ) -> Result<(), SendFault> {
        self.0.send(terminal, &message.into())
    }

    /// Ends a terminal's connection and tells it why.
    pub fn end(&self, terminal: TerminalId, why: &str) {
        self.0.end(terminal, why);
    }
}
