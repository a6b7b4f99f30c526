//! The Expert Advisor's real source, with an executor at the other end that means ill: with the secret
//! and without it.
//!
//! ```text
//! how far the connection is u8
//! a deed u8, its length u16, bytes: again and again
//! ```
//! Whatever comes, no access is out of range; what the EA says is well formed; and what
//! `docs/link.md` promises of it ("Safety of the EA's own") holds.

use phoenix_test_mt5::ordeal::{MAX_POSITIONS, MAX_VOLUME, Open, Ordeal};
use protocol::link::{
    FromExecutor, FromTerminal, LARGEST, Nonce, Secret, VERSION,
    executor::Welcome,
    frame::Message,
    handshake::{Channel, greet},
    wire::Reader,
};
use trading::language::Language;

/// The first bytes of an executor.
pub const GREETING: &[u8; 64] = b"\xff\0\0\0\0\0\0\0\x01\x7f\x03\0NULL\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
/// What it says then.
pub const READY: &[u8] = b"\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06ROUTER";

fn secret() -> Secret {
    Secret::new([7; 32])
}

/// Both ends, and what is known of them.
struct Scene {
    ordeal: Ordeal,
    /// What the EA said and is not read yet.
    said: Vec<u8>,
    /// Once the EA has been welcomed, as long as this is its first connection.
    key: Option<Signer>,
    hears: Option<protocol::link::Incoming<FromTerminal>>,
}

/// Signs whatever body: `Outgoing` signs what is well formed only.
struct Signer {
    key: protocol::link::key::Key,
    next: u64,
}

impl Signer {
    fn message(&mut self, kind: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = b"PHXL\x01".to_vec();
        bytes.extend([kind, 0, 0]);
        bytes.extend(self.next.to_le_bytes());
        bytes.extend(body);
        let signature = self.key.sign(&[&bytes]);
        bytes.extend(signature);
        self.next += 1;
        bytes
    }
}

/// See the top of this file.
pub fn check(bytes: &[u8]) {
    let Some((stage, mut rest)) = bytes.split_first() else {
        return;
    };
    let mut scene = Scene {
        ordeal: Ordeal::begin(&secret().to_hex()).expect("it starts"),
        said: Vec::new(),
        key: None,
        hears: None,
    };
    if stage % 4 > 0 {
        scene.ordeal.tell(GREETING);
    }
    if stage % 4 > 1 {
        scene.ordeal.tell(READY);
        scene.pass();
    }
    if stage % 4 > 2 {
        scene.welcome();
    }
    while let [deed, low, high, after @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*low, *high])).min(after.len());
        let (what, after) = after.split_at(length);
        rest = after;
        scene.act(*deed, what);
        scene.pass();
        scene.judge();
    }
}

impl Scene {
    fn act(&mut self, deed: u8, what: &[u8]) {
        match deed % 6 {
            // The executor's own words, well formed or not.
            0 => self.sign(what),
            1 => self.ordeal.tell(what),
            2 => self.ordeal.tell(&frame(what)),
            3 => self.ordeal.tick(),
            4 => self.ordeal.wait(what.len() as u64 * 100),
            // In two pieces.
            _ => {
                let whole = frame(what);
                let (one, other) = whole.split_at(whole.len() / 2);
                self.ordeal.tell(one);
                self.pass();
                self.ordeal.tell(other);
            }
        }
    }

    /// A signed message: its kind, and a body. What is well formed does not end the connection.
    fn sign(&mut self, what: &[u8]) {
        let (Some(key), Some((kind, body))) = (&mut self.key, what.split_first()) else {
            return;
        };
        let message = key.message(*kind, body);
        let was_connected = self.ordeal.is_connected();
        self.ordeal.tell(&frame(&message));
        self.pass();
        let mut from = Reader::new(body);
        let Some(Ok(read)) = FromExecutor::get(*kind, &mut from) else {
            return;
        };
        let may_end = match &read {
            FromExecutor::Bye(_) | FromExecutor::Welcome(_) => true,
            // The EA watches so many at most.
            FromExecutor::Subscribe(wanted) => wanted.bars.len().max(wanted.ticks.len()) > 256,
            _ => false,
        };
        if was_connected && from.end().is_ok() && !may_end && self.hears.is_some() {
            assert!(self.ordeal.is_connected(), "ended by {read:?}");
        }
    }

    /// The EA reads, and what it says is read.
    fn pass(&mut self) {
        self.ordeal.timer();
        self.said.extend(self.ordeal.hear());
        if !self.ordeal.is_connected() {
            // A new connection is another one: with that we have no keys.
            (self.key, self.hears) = (None, None);
            self.said.clear();
        }
        if let Some(hears) = &mut self.hears {
            while let Some(message) = take(&mut self.said) {
                let heard = hears.open(&message);
                assert!(heard.is_ok(), "the EA said {heard:?}: {message:?}");
            }
        }
    }

    /// Answers the EA's `Hello` as the executor does.
    fn welcome(&mut self) {
        self.pass();
        // Its greeting and READY: 64 bytes and a command.
        let Some(len) = self.said.get(65).map(|len| usize::from(*len)) else {
            panic!("the EA does not introduce itself");
        };
        self.said.drain(..66 + len);
        let hello = take(&mut self.said).expect("the EA says hello");
        let (hello, greeted) = greet(&secret(), &hello).expect("the EA knows the secret");
        let nonce = Nonce([9; 32]);
        let welcome = Welcome {
            version: VERSION,
            program: "a fuzzer".to_owned(),
            nonce,
            heartbeat_ms: 1_000,
            answer_ms: 5,
            language: Language::En,
        };
        let answer = greeted.welcome(&secret(), welcome).expect("it is short");
        let (bytes, Channel { incoming, .. }) = answer;
        self.ordeal.tell(&frame(&bytes));
        self.hears = Some(incoming);
        self.key = Some(Signer {
            key: secret().executor_key(&hello.nonce, &nonce),
            next: 2,
        });
        self.pass();
        assert!(self.ordeal.is_connected(), "the EA knows the executor");
    }

    /// What the EA promises whatever it is told.
    fn judge(&self) {
        let positions = self.ordeal.positions();
        let (own, others): (Vec<_>, Vec<_>) = positions.into_iter().partition(|p: &Open| p.is_own);
        assert!(own.len() <= MAX_POSITIONS, "too many: {own:?}");
        for position in own {
            assert!(position.stop > 0.0, "no stop: {position:?}");
            assert!(position.volume <= MAX_VOLUME, "too large: {position:?}");
        }
        for position in others {
            assert_eq!(position.stop, 0.0, "not its own: {position:?}");
        }
    }
}

/// A message as a frame.
fn frame(message: &[u8]) -> Vec<u8> {
    let mut bytes = match u8::try_from(message.len()) {
        Ok(len) => vec![0, len],
        Err(_) => [&[2][..], &(message.len() as u64).to_be_bytes()].concat(),
    };
    bytes.extend(message);
    bytes
}

/// The next whole message of what the EA said.
fn take(said: &mut Vec<u8>) -> Option<Vec<u8>> {
    let (head, len) = match *said.first()? {
        0 => (2, usize::from(*said.get(1)?)),
        2 => {
            let len = u64::from_be_bytes(*said.get(1..)?.first_chunk()?);
            (9, len as usize)
        }
        flags => panic!("the EA sends a frame with flags {flags}"),
    };
    assert!(len <= LARGEST, "the EA sends {len} bytes");
    if said.len() < head + len {
        return None;
    }
    let message = said[head..head + len].to_vec();
    said.drain(..head + len);
    Some(message)
}
