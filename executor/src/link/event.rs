//! What the link tells, and why a terminal goes.

use super::zmtp::ZmtpFault;
use protocol::link::{FrameFault, FromTerminal, terminal::Hello};
use std::{fmt, io, mem};

/// A connection of a terminal. One that comes again is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerminalId(pub(super) u64);

impl fmt::Display for TerminalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "terminal {}", self.0)
    }
}

/// What happened with a terminal.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminalEvent {
    /// Which.
    pub terminal: TerminalId,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum EventKind {
    /// It is there: it knows the secret, now and not only once. Comes before all its messages.
    Arrived(Hello),
    /// It said something. `Ping` and `Pong` are answered here and not told.
    Message(FromTerminal),
    /// It is no longer there. Comes once for each that arrived, after all its messages.
    Left(Leaving),
    /// Something was not believed, and its connection ended. Of connections that never arrived,
    /// each kind of fault is told once until one arrives: whoever knocks for a whole night is one
    /// message, and a number in [`Counts`](super::Counts).
    Dropped(LinkFault),
}

/// Why a terminal is no longer there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Leaving {
    /// It closed the connection.
    #[error("the terminal closed the connection")]
    Closed,
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(io::ErrorKind),
    /// Nothing was heard for three heartbeats.
    #[error("nothing was heard of the terminal for three heartbeats")]
    Silent,
    /// It does not take what it is sent.
    #[error("the terminal does not read what it is sent")]
    NotReading,
    /// It said something that is not to be believed.
    #[error("{0}")]
    Fault(LinkFault),
    /// The executor wanted it.
    #[error("the executor ended the connection")]
    Ended,
}

/// What is not to be believed, or not to be let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    /// It is no ZeroMQ that is spoken here.
    #[error(transparent)]
    Zmtp(#[from] ZmtpFault),
    /// It is no message that is due.
    #[error(transparent)]
    Frame(#[from] FrameFault),
    /// The Expert Advisor is of another version.
    #[error("the Expert Advisor speaks version {0} of the link: update both programs")]
    Version(u16),
    /// It said who it is, but not who it is in truth, in the time that there is for that. Also what
    /// becomes of a recorded `Hello` that is played again.
    #[error("a connection did not say in time who it is")]
    Slow,
    /// There are as many terminals, or strangers, as there may be.
    #[error("too many terminals are connected")]
    TooMany,
}

impl LinkFault {
    /// Alike for faults that differ in numbers only.
    pub(super) fn kind(&self) -> impl Eq + std::hash::Hash + use<> {
        let within = match self {
            Self::Zmtp(fault) => (Some(mem::discriminant(fault)), None),
            Self::Frame(fault) => (None, Some(mem::discriminant(fault))),
            _ => (None, None),
        };
        (mem::discriminant(self), within)
    }
}
