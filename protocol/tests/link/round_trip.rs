use crate::sample;
use proptest::prelude::*;
use protocol::link::{
    Incoming, LARGEST, Outgoing, Secret,
    executor::{Bye, FromExecutor},
    frame::Message,
    part::Request,
    terminal::{FromTerminal, History},
};
use std::fmt::Debug;
use trading::bar::Bar;

fn key() -> protocol::link::key::Key {
    Secret::new([7; 32]).hello_key()
}

/// All of them in one direction, one after another; `==` lets -0 pass for 0, the bytes do not.
fn come_back<M: Message + Debug + PartialEq>(messages: &[M]) {
    let (mut outgoing, mut incoming) = (Outgoing::new(key()), Incoming::new(key()));
    let mut again = Outgoing::new(key());
    for message in messages {
        let bytes = outgoing.seal(message).unwrap();
        let read: M = incoming.open(&bytes).unwrap();
        assert_eq!(&read, message);
        assert_eq!(again.seal(&read).unwrap(), bytes);
    }
}

proptest! {
    #[test]
    fn every_message_comes_back(seed in any::<u64>()) {
        come_back(&sample::from_terminal(seed));
        come_back(&sample::from_executor(seed));
    }
}

#[test]
fn a_page_of_history_fits_and_what_is_too_long_is_not_sent() {
    let page = |count| {
        FromTerminal::from(History {
            request: Request(1),
            is_last: true,
            bars: vec![Bar::default(); count],
        })
    };
    let mut outgoing = Outgoing::new(key());
    let bytes = outgoing.seal(&page(protocol::link::PAGE)).unwrap();
    assert!(bytes.len() < LARGEST / 8);

    let most = (LARGEST - 48 - 8 - 1 - 4) / 56;
    assert!(outgoing.seal(&page(most + 1)).is_err());
    // The number of what was not sent is taken by the next.
    let full = outgoing.seal(&page(most)).unwrap();
    let mut incoming = Incoming::new(key());
    for bytes in [bytes, full] {
        let _: FromTerminal = incoming.open(&bytes).unwrap();
    }
}

#[test]
fn a_text_is_at_most_as_long_as_its_length_can_say() {
    let mut outgoing = Outgoing::new(key());
    let bye = |len| {
        let text = "x".repeat(len);
        FromExecutor::from(Bye { text })
    };
    assert!(outgoing.seal(&bye(65_535)).is_ok());
    let fault = outgoing.seal(&bye(65_536)).unwrap_err();
    assert_eq!(fault.to_string(), "a Bye message is too long to be sent");
}
