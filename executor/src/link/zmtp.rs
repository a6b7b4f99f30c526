//! ZMTP 3.0 ([RFC 23](https://rfc.zeromq.org/spec/23/)) as a ROUTER hears it from a DEALER, without
//! input or output: what the bytes of a connection say, one after another.
//!
//! ```text
//! greeting   64 bytes: signature, version, mechanism NULL
//! READY      a command: what kind of socket the other end is
//! traffic    frames: flags u8, length u8 or u64 (big-endian), bytes
//! ```
//! A length is judged before memory is taken for it. Of traffic only messages of one part are
//! taken, as `docs/link.md` has it; commands are passed over. The other end's identity is not
//! looked at: a connection is its own address, so that nobody can take another's.

use protocol::link::LARGEST;
use std::ops::Range;

/// Bytes of a greeting.
const GREETING: usize = 64;
/// The most bytes of a command. `READY` with an identity of 255 bytes has some 300.
const LARGEST_COMMAND: usize = 1_024;
/// Room that is always there.
const ROOM: usize = 4_096;
/// Room that is given back once it is not needed.
const MUCH_ROOM: usize = 65_536;

const LONG: u8 = 2;
const COMMAND: u8 = 4;
const MORE: u8 = 1;

/// Why bytes are no ZMTP that is spoken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZmtpFault {
    /// It does not begin as ZMTP does.
    #[error("the other program does not speak ZeroMQ")]
    Unknown,
    /// Before ZMTP 3.0.
    #[error("the other program speaks version {0} of ZMTP; 3 is needed")]
    Version(u8),
    /// Another mechanism than NULL.
    #[error("the other program wants another security mechanism than NULL")]
    Mechanism,
    /// Not a DEALER.
    #[error("the other program is not a DEALER socket")]
    Socket,
    /// A frame that the handshake, or ZMTP, does not have there.
    #[error("a frame came where ZMTP has none of its kind")]
    Frame,
    /// A length that nothing which is said here has.
    #[error("a frame says that it has {0} bytes")]
    TooLarge(u64),
    /// A message of several parts.
    #[error("a message has several parts")]
    Parts,
}

/// The first bytes of this end.
pub(super) const fn greeting() -> [u8; GREETING] {
    let mut bytes = [0; GREETING];
    bytes[0] = 0xff;
    bytes[8] = 1;
    bytes[9] = 0x7f;
    bytes[10] = 3;
    (bytes[12], bytes[13], bytes[14], bytes[15]) = (b'N', b'U', b'L', b'L');
    bytes
}

/// What this end says after the greetings.
pub(super) const READY: &[u8] = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06ROUTER";

/// The head of a message of one part; how many of the bytes are it.
pub(super) fn head(len: usize) -> ([u8; 9], usize) {
    let mut bytes = [0; 9];
    if let Ok(len) = u8::try_from(len) {
        bytes[1] = len;
        (bytes, 2)
    } else {
        bytes[0] = LONG;
        bytes[1..].copy_from_slice(&(len as u64).to_be_bytes());
        (bytes, 9)
    }
}

/// What the other end said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    /// Its greeting: it may be sent `READY`.
    Greeting,
    /// That it is ready, or a command without a meaning here.
    Command,
    /// A message.
    Message(&'a [u8]),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Ready,
    Traffic,
}

/// Bytes that came in, and how far they are read.
#[derive(Debug)]
pub(super) struct Input {
    stage: Stage,
    bytes: Vec<u8>,
    /// Which of them came in and are not read yet.
    filled: Range<usize>,
    /// How many there must be before there is something to read.
    wanted: usize,
}

impl Input {
    pub(super) fn new() -> Self {
        Self {
            stage: Stage::Greeting,
            bytes: vec![0; ROOM],
            filled: 0..0,
            wanted: 1,
        }
    }

    /// Where the next bytes go. Never empty; call [`Input::next`] until it has no more before.
    pub(super) fn room(&mut self) -> &mut [u8] {
        let wanted = self.wanted.max(ROOM);
        if self.filled.is_empty() && self.bytes.len() > MUCH_ROOM && wanted <= ROOM {
            self.bytes = vec![0; ROOM];
            self.filled = 0..0;
        }
        if self.filled.start > 0 {
            self.bytes.copy_within(self.filled.clone(), 0);
            self.filled = 0..self.filled.len();
        }
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
        &mut self.bytes[self.filled.end..]
    }

    /// That so many bytes were put into the room.
    pub(super) fn fill(&mut self, count: usize) {
        self.filled.end = (self.filled.end + count).min(self.bytes.len());
    }

    /// The next thing that was said in full.
    pub(super) fn next(&mut self) -> Result<Option<Said<'_>>, ZmtpFault> {
        if self.stage == Stage::Greeting {
            return self.greeting();
        }
        let here = &self.bytes[self.filled.clone()];
        let Some((flags, body)) = frame(here, self.stage)? else {
            self.wanted = match here.first() {
                Some(flags) if flags & LONG != 0 => 9,
                _ => 2,
            };
            return Ok(None);
        };
        if here.len() < body.end {
            self.wanted = body.end;
            return Ok(None);
        }
        let body = self.filled.start + body.start..self.filled.start + body.end;
        self.filled.start = body.end;
        self.wanted = 2;
        let bytes = &self.bytes[body];
        if flags & COMMAND == 0 {
            return Ok(Some(Said::Message(bytes)));
        }
        if self.stage == Stage::Ready {
            check_ready(bytes)?;
            self.stage = Stage::Traffic;
        }
        Ok(Some(Said::Command))
    }

    /// Judged as early as can be: another protocol's client may wait for an answer.
    fn greeting(&mut self) -> Result<Option<Said<'_>>, ZmtpFault> {
        let here = &self.bytes[self.filled.clone()];
        if here.first().is_some_and(|byte| *byte != 0xff)
            || here.get(9).is_some_and(|byte| byte & 1 == 0)
        {
            return Err(ZmtpFault::Unknown);
        }
        if let Some(version) = here.get(10).filter(|version| **version < 3) {
            return Err(ZmtpFault::Version(*version));
        }
        if here.len() < GREETING {
            self.wanted = GREETING;
            return Ok(None);
        }
        if here[12..32] != greeting()[12..32] {
            return Err(ZmtpFault::Mechanism);
        }
        self.filled.start += GREETING;
        self.stage = Stage::Ready;
        self.wanted = 2;
        Ok(Some(Said::Greeting))
    }
}

/// Flags of the first frame and where its bytes are; `None` while its head is not all there.
fn frame(here: &[u8], stage: Stage) -> Result<Option<(u8, Range<usize>)>, ZmtpFault> {
    let Some((&flags, rest)) = here.split_first() else {
        return Ok(None);
    };
    let is_command = flags & COMMAND != 0;
    let is_due = is_command || stage == Stage::Traffic;
    if flags & !(LONG | COMMAND | MORE) != 0 || !is_due {
        return Err(ZmtpFault::Frame);
    }
    if flags & MORE != 0 {
        return Err(if is_command {
            ZmtpFault::Frame
        } else {
            ZmtpFault::Parts
        });
    }
    let (len, head) = if flags & LONG == 0 {
        let Some(len) = rest.first() else {
            return Ok(None);
        };
        (u64::from(*len), 2)
    } else {
        let Some(len) = rest.first_chunk() else {
            return Ok(None);
        };
        (u64::from_be_bytes(*len), 9)
    };
    let most = if is_command { LARGEST_COMMAND } else { LARGEST };
    match usize::try_from(len).ok().filter(|len| *len <= most) {
        Some(len) => Ok(Some((flags, head..head + len))),
        None => Err(ZmtpFault::TooLarge(len)),
    }
}

/// That a command is `READY` of a DEALER.
fn check_ready(command: &[u8]) -> Result<(), ZmtpFault> {
    let mut rest = command.strip_prefix(b"\x05READY").ok_or(ZmtpFault::Frame)?;
    let mut is_dealer = false;
    while !rest.is_empty() {
        let (name, value) = property(&mut rest).ok_or(ZmtpFault::Frame)?;
        if name.eq_ignore_ascii_case(b"Socket-Type") {
            is_dealer = value == b"DEALER";
        }
    }
    if is_dealer {
        Ok(())
    } else {
        Err(ZmtpFault::Socket)
    }
}

fn property<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (len, after) = rest.split_first()?;
    let (name, after) = after.split_at_checked(usize::from(*len))?;
    let (len, after) = after.split_first_chunk()?;
    let len = usize::try_from(u32::from_be_bytes(*len)).ok()?;
    let (value, after) = after.split_at_checked(len)?;
    *rest = after;
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DEALER: &[u8] = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER";

    /// Feeds bytes in pieces; what was said, and the fault that ended it.
    fn hear(bytes: &[u8], piece: usize) -> (Vec<String>, Option<ZmtpFault>) {
        let mut input = Input::new();
        let mut said = Vec::new();
        for piece in bytes.chunks(piece) {
            let mut rest = piece;
            while !rest.is_empty() {
                let room = input.room();
                let count = room.len().min(rest.len());
                room[..count].copy_from_slice(&rest[..count]);
                input.fill(count);
                rest = &rest[count..];
                loop {
                    match input.next() {
                        Ok(Some(Said::Message(bytes))) => said.push(format!("{bytes:?}")),
                        Ok(Some(other)) => said.push(format!("{other:?}")),
                        Ok(None) => break,
                        Err(fault) => return (said, Some(fault)),
                    }
                }
                assert!(input.bytes.len() <= LARGEST + 9);
            }
        }
        (said, None)
    }

    fn begin() -> Vec<u8> {
        [&greeting()[..], DEALER].concat()
    }

    fn after(rest: &[u8]) -> (Vec<String>, Option<ZmtpFault>) {
        let (mut said, fault) = hear(&[&begin(), rest].concat(), usize::MAX);
        assert_eq!(said[..2], ["Greeting", "Command"]);
        (said.split_off(2), fault)
    }

    #[test]
    fn messages_come_whole_whatever_the_pieces() {
        let long: Vec<u8> = (0..70_000_u32).map(|i| i as u8).collect();
        let mut bytes = begin();
        for body in [&b""[..], b"short", &[7; 255], &[8; 256], &long, b"last"] {
            let (head, len) = head(body.len());
            bytes.extend(&head[..len]);
            bytes.extend(body);
        }
        // A command of a later version, and a short body behind a long head.
        bytes.extend(b"\x04\x05\x04PING");
        bytes.extend(b"\x02\0\0\0\0\0\0\0\x01x");
        let (said, fault) = hear(&bytes, usize::MAX);
        assert_eq!(fault, None);
        assert_eq!(said.len(), 2 + 6 + 2);
        assert_eq!(said[3], format!("{:?}", b"short"));
        assert_eq!(said[9], format!("{:?}", b"x"));
        for piece in [1, 2, 9, 63, 65, 1000, 4096] {
            assert_eq!(hear(&bytes, piece), (said.clone(), None), "{piece}");
        }
    }

    #[test]
    fn other_protocols_are_known_by_their_first_bytes() {
        let fault = |bytes: &[u8]| hear(bytes, 1).1;
        assert_eq!(fault(b"G"), Some(ZmtpFault::Unknown));
        assert_eq!(fault(b"\x16\x03\x01"), Some(ZmtpFault::Unknown));
        assert_eq!(
            fault(b"\xff\0\0\0\0\0\0\0\x01\x7e"),
            Some(ZmtpFault::Unknown)
        );
        let old = b"\xff\0\0\0\0\0\0\0\x01\x7f\x01";
        assert_eq!(fault(old), Some(ZmtpFault::Version(1)));
        let mut curve = greeting();
        curve[12..17].copy_from_slice(b"CURVE");
        assert_eq!(fault(&curve), Some(ZmtpFault::Mechanism));
        let mut later = greeting();
        later[11] = 1;
        assert_eq!(fault(&later), None);
    }

    #[test]
    fn only_a_dealer_is_let_in() {
        let fault = |ready: &[u8]| hear(&[&greeting()[..], ready].concat(), 1).1;
        assert_eq!(fault(DEALER), None);
        assert_eq!(fault(READY), Some(ZmtpFault::Socket));
        assert_eq!(fault(b"\x04\x06\x05READY"), Some(ZmtpFault::Socket));
        assert_eq!(fault(b"\x04\x06\x05ERROR"), Some(ZmtpFault::Frame));
        assert_eq!(fault(b"\x04\x08\x05READY\x09x"), Some(ZmtpFault::Frame));
        assert_eq!(fault(b"\0\x01x"), Some(ZmtpFault::Frame));
        assert_eq!(
            fault(b"\x06\0\0\0\0\0\0\x04\x01"),
            Some(ZmtpFault::TooLarge(1025))
        );
    }

    #[test]
    fn lengths_are_judged_before_the_bytes_come() {
        let claim = |flags: u8, len: u64| {
            let mut bytes = vec![flags];
            bytes.extend(len.to_be_bytes());
            bytes
        };
        let most = LARGEST as u64;
        assert_eq!(after(&claim(LONG, most)), (vec![], None));
        for len in [most + 1, 1 << 40, 1 << 62, u64::MAX] {
            let fault = Some(ZmtpFault::TooLarge(len));
            assert_eq!(after(&claim(LONG, len)), (vec![], fault));
            let early = [&greeting()[..], &claim(LONG | COMMAND, len)].concat();
            assert_eq!(hear(&early, usize::MAX).1, fault);
        }
        let command = after(&claim(LONG | COMMAND, 1025));
        assert_eq!(command.1, Some(ZmtpFault::TooLarge(1025)));
    }

    #[test]
    fn a_message_has_one_part() {
        assert_eq!(after(b"\x01\x01a\0\x01b").1, Some(ZmtpFault::Parts));
        assert_eq!(after(b"\x05\x01a").1, Some(ZmtpFault::Frame));
        assert_eq!(after(b"\x08\x01a").1, Some(ZmtpFault::Frame));
    }

    #[test]
    fn room_for_a_large_message_is_given_back() {
        let mut input = Input::new();
        let mut feed = |bytes: &[u8]| {
            let mut rest = bytes;
            while !rest.is_empty() {
                while input.next().unwrap().is_some() {}
                let room = input.room();
                let count = room.len().min(rest.len());
                room[..count].copy_from_slice(&rest[..count]);
                input.fill(count);
                rest = &rest[count..];
            }
            while input.next().unwrap().is_some() {}
            input.room();
            input.bytes.len()
        };
        feed(&begin());
        let (head, len) = head(LARGEST);
        assert_eq!(feed(&head[..len]), LARGEST + 9);
        assert_eq!(feed(&vec![0; LARGEST]), ROOM);
    }

    proptest! {
        #[test]
        fn no_bytes_cause_a_panic(
            begun in 0..3_usize,
            bytes in prop::collection::vec(prop_oneof![0_u8..8, any::<u8>()], 0..600),
            piece in 1..100_usize,
        ) {
            let begin = [&[][..], &greeting(), &begin()][begun].to_vec();
            let all = [begin, bytes].concat();
            prop_assert_eq!(hear(&all, piece), hear(&all, usize::MAX));
        }
    }
}
