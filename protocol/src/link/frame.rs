//! A message on its way: header, sequence, body, signature.
//!
//! ```text
//! "PHXL"  version u8  kind u8  0 u16  sequence u64  body  HMAC-SHA256 over all before it
//! ```

use super::{
    LARGEST,
    key::{Key, LENGTH},
    wire::{BodyFault, Reader, Writer},
};
use std::marker::PhantomData;

const MAGIC: [u8; 4] = *b"PHXL";
const VERSION: u8 = 1;
/// Bytes before the body.
pub const HEAD: usize = 16;
/// The fewest bytes of a message.
pub const LEAST: usize = HEAD + LENGTH;

/// What one side may say: an enumeration with a number for each kind.
pub trait Message: Sized {
    /// The number of the kind.
    fn kind(&self) -> u8;
    /// The name of the kind, for messages to people.
    fn name(&self) -> &'static str;
    /// Writes the body.
    fn put(&self, out: &mut Writer);
    /// Reads a body of this kind; `None` where this side has no such kind.
    ///
    /// # Errors
    /// When the bytes are no such body.
    fn get(kind: u8, from: &mut Reader<'_>) -> Option<Result<Self, BodyFault>>;
}

/// Why bytes are no message that may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// Too long or too short for a message.
    #[error("a message of {0} bytes is too long or too short")]
    Length(usize),
    /// They do not begin as a message does.
    #[error("these bytes are no message of Phoenix")]
    Unknown,
    /// Of a version that is not spoken here.
    #[error("version {0} of the link is not known here: update both programs")]
    Version(u8),
    /// Signed with another key, or changed on the way.
    #[error("the signature is wrong: the pairing secret differs, or somebody changed the message")]
    Forged,
    /// One that came before, or one after a gap.
    #[error("message {came} came where {due} was due: it was repeated, or others were lost")]
    Sequence {
        /// The number that had to come.
        due: u64,
        /// The number that came.
        came: u64,
    },
    /// A kind that is unknown, or that only the other side may send.
    #[error("message kind {0} is not one that this side may send")]
    Kind(u8),
    /// Well signed, but the body is none of its kind.
    #[error("the body of message kind {kind} is damaged: {fault}")]
    Body {
        /// Which kind.
        kind: u8,
        /// What is wrong.
        fault: BodyFault,
    },
}

/// A message that has more bytes than the other side would read. It was not sent, and the next one
/// takes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a {0} message is too long to be sent")]
pub struct TooLong(pub &'static str);

/// Signs and counts what one side says.
#[derive(Debug, Clone)]
pub struct Outgoing<M> {
    key: Key,
    next: u64,
    says: PhantomData<fn(M)>,
}

impl<M: Message> Outgoing<M> {
    /// The beginning of a direction: the next message is its first.
    pub fn new(key: Key) -> Self {
        let says = PhantomData;
        Self { key, next: 1, says }
    }

    /// From here on another key signs; the count goes on.
    #[must_use]
    pub fn with_key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    /// The bytes of the next message.
    ///
    /// # Errors
    /// When they would be more than [`LARGEST`], or a text in it longer than a text may be.
    pub fn seal(&mut self, message: &M) -> Result<Vec<u8>, TooLong> {
        // Most messages are small: room for one of them, so that it is taken only once.
        let mut out = Writer::with_capacity(256);
        out.bytes(&MAGIC);
        out.bytes(&[VERSION, message.kind(), 0, 0]);
        out.bytes(&self.next.to_le_bytes());
        message.put(&mut out);
        let mut bytes = out.finish().ok_or(TooLong(message.name()))?;
        if bytes.len() > LARGEST - LENGTH {
            return Err(TooLong(message.name()));
        }
        bytes.extend_from_slice(&self.key.sign(&[&bytes]));
        // At a million messages a second this would take half a million years to wrap.
        self.next = self.next.wrapping_add(1);
        Ok(bytes)
    }
}

/// Checks and counts what one side hears.
#[derive(Debug, Clone)]
pub struct Incoming<M> {
    key: Key,
    last: u64,
    hears: PhantomData<fn() -> M>,
}

impl<M: Message> Incoming<M> {
    /// The beginning of a direction: the next message must be its first.
    pub fn new(key: Key) -> Self {
        let hears = PhantomData;
        Self {
            key,
            last: 0,
            hears,
        }
    }

    /// From here on another key signs; the count goes on.
    #[must_use]
    pub fn with_key(self, key: Key) -> Self {
        Self { key, ..self }
    }

    /// The message in these bytes, if it is the next one. Nothing in the body is looked at before
    /// the signature is known to be right. After a fault this is as it was before.
    ///
    /// # Errors
    /// When the bytes are not the next message of the other side.
    pub fn open(&mut self, bytes: &[u8]) -> Result<M, FrameFault> {
        let (head, body) = split(bytes)?;
        let (signed, signature) = bytes.split_at(bytes.len() - LENGTH);
        if !self.key.has_signed(signed, signature) {
            return Err(FrameFault::Forged);
        }
        let due = self.last.wrapping_add(1);
        if head.sequence != due {
            let came = head.sequence;
            return Err(FrameFault::Sequence { due, came });
        }
        let message = read(head.kind, body)?;
        self.last = due;
        Ok(message)
    }
}

/// Reads a body that nobody has vouched for yet.
pub(super) fn unchecked<M: Message>(bytes: &[u8]) -> Result<M, FrameFault> {
    let (head, body) = split(bytes)?;
    read(head.kind, body)
}

fn read<M: Message>(kind: u8, body: &[u8]) -> Result<M, FrameFault> {
    let mut from = Reader::new(body);
    let message = M::get(kind, &mut from).ok_or(FrameFault::Kind(kind))?;
    let message = message.and_then(|message| from.end().map(|()| message));
    message.map_err(|fault| FrameFault::Body { kind, fault })
}

struct Head {
    kind: u8,
    sequence: u64,
}

/// Header and body of bytes that are long enough and begin as a message does.
fn split(bytes: &[u8]) -> Result<(Head, &[u8]), FrameFault> {
    let wrong = FrameFault::Length(bytes.len());
    if bytes.len() > LARGEST {
        return Err(wrong);
    }
    let (head, rest) = bytes.split_first_chunk::<HEAD>().ok_or(wrong)?;
    let (body, _) = rest.split_last_chunk::<LENGTH>().ok_or(wrong)?;
    let [m0, m1, m2, m3, version, kind, r0, r1, sequence @ ..] = *head;
    if [m0, m1, m2, m3] != MAGIC {
        return Err(FrameFault::Unknown);
    }
    if version != VERSION {
        return Err(FrameFault::Version(version));
    }
    if [r0, r1] != [0, 0] {
        return Err(FrameFault::Unknown);
    }
    let sequence = u64::from_le_bytes(sequence);
    Ok((Head { kind, sequence }, body))
}
