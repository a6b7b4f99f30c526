//! What executor and Expert Advisor say to each other, as `docs/link.md` has it. No input or
//! output: bytes come in and go out, so that executor, paper terminal and tests share every rule.
//!
//! ```text
//! handshake   both halves of the first two messages, and the keys that follow from them
//!   frame     header, sequence and signature around a body
//!     key     the pairing secret and the keys of a connection
//!   terminal  messages of the Expert Advisor      executor  messages of the executor
//!     part    what several of them are made of
//!       wire  fields as bytes
//! ```
//! Reading is total. Whatever the bytes are, it ends with a message or a fault, and takes at most
//! some fifteen times the memory that the bytes did. A body that is accepted is the only way to
//! write its message: writing it again gives the same bytes.
//!
//! Numbers are checked to be numbers (no NaN, no infinity). Whether they make sense, such as a low
//! above a high, is for the reader to judge: one odd bar of a broker must not end the connection.

pub mod executor;
pub mod frame;
pub mod handshake;
pub mod key;
pub mod part;
pub mod terminal;
pub mod wire;

pub use executor::FromExecutor;
pub use frame::{FrameFault, Incoming, Outgoing};
pub use key::{Nonce, Secret};
pub use terminal::FromTerminal;

/// The version of the protocol that is spoken here.
pub const VERSION: u16 = 1;
/// The port on loopback at which the executor listens.
pub const PORT: u16 = 47_855;
/// The most bytes of one message, header and signature included.
pub const LARGEST: usize = 1 << 20;
/// The most bars of one page of history.
pub const PAGE: usize = 2_000;
