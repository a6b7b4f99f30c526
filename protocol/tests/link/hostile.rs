use crate::sample::{self, Dice};
use proptest::prelude::*;
use protocol::link::{
    FrameFault, FromExecutor, FromTerminal, Incoming, LARGEST, Outgoing, Secret,
    frame::{HEAD, LEAST, Message},
    key::Key,
    wire::{BodyFault, BodyFaultKind, Reader, Writer},
};
use std::fmt::Debug;

fn key() -> Key {
    Secret::new([7; 32]).hello_key()
}

/// The bytes of a message with any body, well signed.
fn signed(kind: u8, sequence: u64, body: &[u8]) -> Vec<u8> {
    let mut bytes = b"PHXL\x01".to_vec();
    bytes.extend([kind, 0, 0]);
    bytes.extend(sequence.to_le_bytes());
    bytes.extend(body);
    bytes.extend(key().sign(&[&bytes]));
    bytes
}

fn body_of<M: Message>(message: &M) -> Vec<u8> {
    let mut out = Writer::with_capacity(0);
    message.put(&mut out);
    out.finish().unwrap()
}

/// Opens a body of a holder of the secret who means ill; what is accepted must be what its message
/// is written as.
fn open<M: Message + Debug>(kind: u8, body: &[u8]) -> Result<M, BodyFaultKind> {
    let mut incoming = Incoming::<M>::new(key());
    match incoming.open(&signed(kind, 1, body)) {
        Ok(message) => {
            assert_eq!(body_of(&message), body, "{message:?}");
            Ok(message)
        }
        Err(FrameFault::Body { fault, .. }) => Err(fault.kind),
        Err(other) => panic!("{other}"),
    }
}

fn messages(seed: u64) -> (Vec<FromTerminal>, Vec<FromExecutor>) {
    (sample::from_terminal(seed), sample::from_executor(seed))
}

#[test]
fn any_changed_byte_is_refused() {
    for message in sample::from_executor(11) {
        let bytes = Outgoing::new(key()).seal(&message).unwrap();
        for place in 0..bytes.len() {
            for flip in [1, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[place] ^= flip;
                let opened = Incoming::<FromExecutor>::new(key()).open(&changed);
                let fault = opened.unwrap_err();
                match place {
                    0..4 | 6..8 => assert_eq!(fault, FrameFault::Unknown),
                    4 => assert_eq!(fault, FrameFault::Version(1 ^ flip)),
                    _ => assert_eq!(fault, FrameFault::Forged),
                }
            }
        }
        for end in 0..bytes.len() {
            assert!(
                Incoming::<FromExecutor>::new(key())
                    .open(&bytes[..end])
                    .is_err()
            );
        }
    }
}

#[test]
fn what_came_before_and_what_comes_after_a_gap_is_refused() {
    let [a, b, c] = [1, 2, 3].map(|token| FromTerminal::Ping(protocol::link::part::Ping { token }));
    let mut outgoing = Outgoing::new(key());
    let [first, second, third] = [&a, &b, &c].map(|message| outgoing.seal(message).unwrap());
    let mut incoming = Incoming::new(key());
    let wrong = |due, came| Err(FrameFault::Sequence { due, came });
    assert_eq!(incoming.open(&second), wrong(1, 2));
    assert_eq!(incoming.open(&first), Ok(a));
    assert_eq!(incoming.open(&first), wrong(2, 1));
    assert_eq!(incoming.open(&third), wrong(2, 3));
    assert_eq!(incoming.open(&second), Ok(b));
    assert_eq!(incoming.open(&third), Ok(c));
    assert_eq!(incoming.open(&second), wrong(4, 2));
    assert_eq!(
        incoming.open(&signed(16, u64::MAX, &[0; 8])),
        wrong(4, u64::MAX)
    );
}

#[test]
fn too_long_and_too_short_is_refused_before_it_is_read() {
    let mut incoming = Incoming::<FromTerminal>::new(key());
    for len in [0, 1, HEAD, LEAST - 1, LARGEST + 1] {
        assert_eq!(incoming.open(&vec![0; len]), Err(FrameFault::Length(len)));
    }
    assert_eq!(incoming.open(&[0; LEAST]), Err(FrameFault::Unknown));
}

#[test]
fn kinds_of_the_other_side_are_refused() {
    for kind in 0..=255 {
        let known = (1..=16).contains(&kind);
        let opened = Incoming::<FromTerminal>::new(key()).open(&signed(kind, 1, &[]));
        assert_eq!(opened == Err(FrameFault::Kind(kind)), !known, "{kind}");
        let known = (65..=80).contains(&kind);
        let opened = Incoming::<FromExecutor>::new(key()).open(&signed(kind, 1, &[]));
        assert_eq!(opened == Err(FrameFault::Kind(kind)), !known, "{kind}");
    }
}

#[test]
fn bodies_that_end_too_early_or_too_late_are_refused() {
    fn ends<M: Message + Debug>(message: &M) {
        let body = body_of(message);
        for end in 0..body.len() {
            assert!(open::<M>(message.kind(), &body[..end]).is_err());
        }
        let mut long = body;
        long.push(0);
        assert!(open::<M>(message.kind(), &long).is_err());
    }
    let (terminal, executor) = messages(21);
    terminal.iter().for_each(ends);
    executor.iter().for_each(ends);
}

#[test]
fn every_number_is_one() {
    // Open: command, expires, "XAUUSD", side, then four numbers of which the last is whole.
    let fault = |at: usize, value: f64| {
        let mut body = 1_u64.to_le_bytes().to_vec();
        body.extend(0_i64.to_le_bytes());
        body.extend(b"\x06\0XAUUSD\0");
        body.extend([1.0_f64; 3].map(f64::to_le_bytes).concat());
        body.extend(10_u32.to_le_bytes());
        body[25 + at * 8..][..8].copy_from_slice(&value.to_le_bytes());
        let opened = Incoming::<FromExecutor>::new(key()).open(&signed(73, 1, &body));
        opened.map(|_| ()).map_err(|fault| fault.to_string())
    };
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for (at, field) in ["volume", "stop_distance", "target_distance"]
            .iter()
            .enumerate()
        {
            assert_eq!(
                fault(at, bad).unwrap_err(),
                format!("the body of message kind 73 is damaged: {field}: that is not a number")
            );
        }
    }
    assert_eq!(fault(0, 0.01), Ok(()));
}

#[test]
fn values_without_a_meaning_are_refused() {
    let unknown = Err(BodyFaultKind::Unknown);
    // CloseAll: command 0; a truth of 2.
    let close_all = |command: u64, everything: u8| {
        let mut body = command.to_le_bytes().to_vec();
        body.extend([0; 8]);
        body.push(everything);
        open::<FromExecutor>(76, &body).map(|_| ())
    };
    assert_eq!(close_all(1, 1), Ok(()));
    assert_eq!(close_all(0, 1), unknown);
    assert_eq!(close_all(1, 2), unknown);
    // Answered: names of symbols and timeframes as they are, and nothing else.
    let answered = |symbol: &[u8], timeframe: &[u8]| {
        let mut body = Vec::new();
        for text in [symbol, timeframe] {
            body.extend((text.len() as u16).to_le_bytes());
            body.extend(text);
        }
        body.extend([0; 8]);
        open::<FromExecutor>(77, &body).map(|_| ())
    };
    assert_eq!(answered(b"EURUSD", b"M15"), Ok(()));
    for bad in [&b""[..], b"../x", b"EUR USD", &[b'x'; 33]] {
        assert_eq!(answered(bad, b"M15"), unknown);
    }
    for bad in [&b""[..], b"m15", b" M15", b"M7"] {
        assert_eq!(answered(b"EURUSD", bad), unknown);
    }
    assert_eq!(answered(b"\xff\xfe", b"M15"), Err(BodyFaultKind::NotText));
    // Notice: codes begin at 1.
    for (code, good) in [(0, false), (1, true), (6, true), (7, false), (257, false)] {
        let body = [&u16::to_le_bytes(code)[..], &[0, 0]].concat();
        assert_eq!(open::<FromTerminal>(12, &body).is_ok(), good, "{code}");
    }
}

#[test]
fn a_list_is_no_longer_than_the_bytes_behind_it() {
    // History, Deals, Calendar, Symbols: request, is_last, count.
    for kind in [7, 10, 11, 14] {
        for count in [1, 1000, u32::MAX] {
            let mut body = vec![0; 9];
            body.extend(count.to_le_bytes());
            assert_eq!(
                open::<FromTerminal>(kind, &body).unwrap_err(),
                BodyFaultKind::Short
            );
        }
    }
}

#[test]
fn a_fault_names_the_innermost_field() {
    let fault = BodyFault::from(BodyFaultKind::Short)
        .at("price")
        .at("deals");
    assert_eq!(fault.to_string(), "price: it ends too early");
    let mut empty = Reader::new(&[]);
    let fault = FromExecutor::get(75, &mut empty).unwrap().unwrap_err();
    assert_eq!(fault.to_string(), "command: it ends too early");
}

proptest! {
    #[test]
    fn no_bytes_cause_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Incoming::<FromTerminal>::new(key()).open(&bytes).is_err());
        prop_assert!(Incoming::<FromExecutor>::new(key()).open(&bytes).is_err());
    }

    /// Bodies of a holder of the secret: nearly right ones, with bytes changed, cut out and put in.
    #[test]
    fn no_signed_body_causes_a_panic(seed in any::<u64>()) {
        let dice = &mut Dice::new(seed);
        let (terminal, executor) = messages(seed);
        for message in terminal {
            let _ = open::<FromTerminal>(message.kind(), &broken(body_of(&message), dice));
        }
        for message in executor {
            let _ = open::<FromExecutor>(message.kind(), &broken(body_of(&message), dice));
        }
    }

    #[test]
    fn no_random_body_causes_a_panic(kind in 1_u8..=80, body in prop::collection::vec(any::<u8>(), 0..2000)) {
        let bytes = signed(kind, 1, &body);
        let _ = Incoming::<FromTerminal>::new(key()).open(&bytes);
        let _ = Incoming::<FromExecutor>::new(key()).open(&bytes);
    }
}

/// Forty thousand broken bodies of every kind, whatever number of cases proptest is told to run.
#[test]
fn broken_bodies_by_the_thousand() {
    let dice = &mut Dice::new(0x5eed);
    for round in 0..1_250 {
        for message in sample::from_terminal(round * 7 + 1) {
            let _ = open::<FromTerminal>(message.kind(), &broken(body_of(&message), dice));
        }
        for message in sample::from_executor(round * 7 + 1) {
            let _ = open::<FromExecutor>(message.kind(), &broken(body_of(&message), dice));
        }
    }
}

fn broken(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 1, 2, 0x7f, 0xff][dice.below(5)],
            2 if !bytes.is_empty() => {
                bytes.remove(at);
            }
            3 => bytes.insert(at, dice.roll() as u8),
            _ => bytes.truncate(at),
        }
    }
    bytes
}
