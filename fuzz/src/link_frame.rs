//! Sessions of the link with somebody in the middle who has no secret.
//!
//! ```text
//! a deed u8, its numbers u8 u8 u8: again and again
//! ```
//! What is delivered is believed exactly when it is, byte by byte, the next message of that session
//! and direction; whatever was refused changes nothing.

use super::sample;
use protocol::link::{
    FromExecutor, FromTerminal, Nonce, Secret,
    executor::Welcome,
    frame::{FrameFault, Incoming, Message},
    handshake::{Channel, greet, hello},
    terminal::Hello,
};
use std::sync::LazyLock;

/// A connection that went well: what each side said, and how each hears the other.
struct Session {
    hello: Vec<u8>,
    welcome: Vec<u8>,
    terminal: Vec<(FromTerminal, Vec<u8>)>,
    executor: Vec<(FromExecutor, Vec<u8>)>,
    to_executor: Incoming<FromTerminal>,
    to_terminal: Incoming<FromExecutor>,
}

/// Two sessions with the same secret.
static SESSIONS: LazyLock<[Session; 2]> = LazyLock::new(|| [session(1), session(2)]);

fn secret() -> Secret {
    Secret::new([7; 32])
}

fn first_words(number: u8) -> (Hello, Welcome) {
    let hello = sample::from_terminal(3).into_iter().next();
    let welcome = sample::from_executor(3).into_iter().next();
    let (Some(FromTerminal::Hello(hello)), Some(FromExecutor::Welcome(welcome))) = (hello, welcome)
    else {
        panic!("the first of each are these");
    };
    let nonce = |side| Nonce([number * 16 + side; 32]);
    (
        Hello {
            nonce: nonce(1),
            ..hello
        },
        Welcome {
            nonce: nonce(2),
            ..welcome
        },
    )
}

fn session(number: u8) -> Session {
    let (first, answer) = first_words(number);
    let (hello, waiting) = hello(&secret(), first).expect("it is short");
    let (_, greeted) = greet(&secret(), &hello).expect("it is ours");
    let (welcome, executor) = greeted.welcome(&secret(), answer).expect("it is short");
    let (_, terminal) = waiting.welcome(&welcome).expect("it is ours");
    let Channel {
        outgoing: mut from_terminal,
        incoming: to_terminal,
    } = terminal;
    let Channel {
        outgoing: mut from_executor,
        incoming: to_executor,
    } = executor;
    let mut seal = |message: FromTerminal| {
        let bytes = from_terminal.seal(&message).expect("it is short");
        (message, bytes)
    };
    let terminal = sample::from_terminal(5).into_iter().map(&mut seal);
    let terminal = terminal.collect();
    let mut seal = |message: FromExecutor| {
        let bytes = from_executor.seal(&message).expect("it is short");
        (message, bytes)
    };
    let executor = sample::from_executor(5).into_iter().map(&mut seal);
    let executor = executor.collect();
    Session {
        hello,
        welcome,
        terminal,
        executor,
        to_executor,
        to_terminal,
    }
}

/// Only what is next is believed.
pub fn check(bytes: &[u8]) {
    let [here, other] = &*SESSIONS;
    let mut to_executor = here.to_executor.clone();
    let mut to_terminal = here.to_terminal.clone();
    let (mut at_executor, mut at_terminal) = (0, 0);
    let (deeds, _) = bytes.as_chunks::<4>();
    for [deed, which, place, value] in deeds {
        // The executor hears even deeds, the terminal odd ones.
        let is_even = deed % 2 == 0;
        let said = |session: &Session, to_executor: bool, number: usize| match to_executor {
            true => session.terminal[number % session.terminal.len()].1.clone(),
            false => session.executor[number % session.executor.len()].1.clone(),
        };
        let at = if is_even { at_executor } else { at_terminal };
        let number = usize::from(*which);
        let next = said(here, is_even, at);
        let came = match deed / 2 % 8 {
            // The next one as it is; below, what somebody made of it.
            0 => next,
            1 => changed(next, number, *place, *value),
            2 => said(here, is_even, number),
            3 => said(other, is_even, at),
            4 => said(here, !is_even, number),
            5 => [here.hello.clone(), here.welcome.clone()][number % 2].clone(),
            6 => cut(next, number, *place, *value),
            _ => spliced(&next, &said(here, is_even, number), *place),
        };
        if is_even {
            deliver(&mut to_executor, &here.terminal, &mut at_executor, &came);
        } else {
            deliver(&mut to_terminal, &here.executor, &mut at_terminal, &came);
        }
        if deed / 16 == 1 {
            first(here, number, *place, *value);
        }
    }
}

/// Hands bytes over; what is believed must be what is next.
fn deliver<M: Message + PartialEq + std::fmt::Debug>(
    to: &mut Incoming<M>,
    said: &[(M, Vec<u8>)],
    at: &mut usize,
    came: &[u8],
) {
    let next = said.get(*at).filter(|(_, bytes)| bytes == came);
    match (to.open(came), next) {
        (Ok(message), Some((said, _))) => {
            assert_eq!(message, *said);
            *at += 1;
        }
        (Ok(message), None) => panic!("believed: {message:?}"),
        (Err(fault), Some(_)) => panic!("not believed: {fault}"),
        (Err(fault), None) => assert!(!fault.to_string().is_empty()),
    }
}

/// The first two messages, changed on the way: nobody gets a session from them.
fn first(here: &Session, number: usize, place: u8, value: u8) {
    let bytes = changed(here.hello.clone(), number, place, value);
    assert!(greet(&secret(), &bytes).is_err() || bytes == here.hello);
    let (first, _) = first_words(1);
    let (_, waiting) = hello(&secret(), first).expect("it is short");
    let bytes = changed(here.welcome.clone(), number, place, value);
    let heard: Result<_, FrameFault> = waiting.welcome(&bytes);
    assert!(heard.is_err() || bytes == here.welcome);
}

fn changed(mut bytes: Vec<u8>, number: usize, place: u8, value: u8) -> Vec<u8> {
    let at = (number * 256 + usize::from(place)) % bytes.len();
    bytes[at] ^= value;
    bytes
}

fn cut(mut bytes: Vec<u8>, number: usize, place: u8, value: u8) -> Vec<u8> {
    let at = (number * 256 + usize::from(place)) % (bytes.len() + 1);
    match value % 3 {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(..at)),
        _ => bytes.insert(at, value),
    }
    bytes
}

/// The beginning of one and the end of another.
fn spliced(one: &[u8], other: &[u8], place: u8) -> Vec<u8> {
    let at = usize::from(place);
    let tail = other.get(at..).unwrap_or_default();
    [&one[..at.min(one.len())], tail].concat()
}
