//! What is forged, repeated, damaged or no message at all: dropped, counted, told, and nothing of it
//! harms who behaves.

use crate::peer::{Bare, Dealer, Events, GREETING, READY, arrival, dealer, greeting, link, next};
use crate::peer::{secret, settings, tick};
use executor::link::{EventKind, Leaving, Link, LinkFault, ZmtpFault};
use proptest::{strategy::Strategy as _, test_runner::TestRunner};
use protocol::link::{
    FrameFault, FromTerminal, Outgoing, Secret, handshake::hello, part::Ping, terminal::Hello,
};
use zeromq::{SocketSend as _, ZmqMessage};

/// That a terminal which said something comes to this end.
async fn ends(events: &mut Events, fault: FrameFault) {
    let fault = LinkFault::Frame(fault);
    let (id, kind) = next(events).await;
    assert_eq!(kind, EventKind::Dropped(fault.clone()));
    let left = EventKind::Left(Leaving::Fault(fault));
    assert_eq!(next(events).await, (id, left));
}

#[tokio::test]
async fn a_forged_message_ends_the_connection() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    let mut bytes = dealer.keys.outgoing.seal(&tick(1)).unwrap();
    bytes[30] ^= 1;
    dealer.say_bytes(bytes).await;
    ends(&mut events, FrameFault::Forged).await;
    assert!(
        link.send(
            id,
            protocol::link::executor::Bye {
                text: String::new()
            }
        )
        .is_err()
    );
    assert_eq!(link.counts().dropped, 1);
    // It begins anew, as the contract has it.
    Dealer::arrive(&link, &mut events, 2).await;
}

#[tokio::test]
async fn a_repeated_message_ends_the_connection() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, _) = Dealer::arrive(&link, &mut events, 1).await;
    let bytes = dealer.keys.outgoing.seal(&tick(1)).unwrap();
    dealer.say_bytes(bytes.clone()).await;
    assert_eq!(next(&mut events).await.1, EventKind::Message(tick(1)));
    dealer.say_bytes(bytes).await;
    ends(&mut events, FrameFault::Sequence { due: 4, came: 3 }).await;
}

#[tokio::test]
async fn a_gap_ends_the_connection() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, _) = Dealer::arrive(&link, &mut events, 1).await;
    let _lost = dealer.keys.outgoing.seal(&tick(1)).unwrap();
    dealer.say(&tick(2)).await;
    ends(&mut events, FrameFault::Sequence { due: 3, came: 4 }).await;
}

#[tokio::test]
async fn a_second_hello_ends_the_connection() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, _) = Dealer::arrive(&link, &mut events, 1).await;
    dealer.say(&FromTerminal::Hello(greeting(1))).await;
    ends(&mut events, FrameFault::Kind(1)).await;
}

/// Whoever does not know the secret: told once, counted always, and not there.
#[tokio::test]
async fn strangers_are_told_once_and_counted() {
    let (link, mut events) = link(settings()).await;
    let wrong = Secret::new([9; 32]);
    for count in 1..=3 {
        let (bytes, _) = hello(&wrong, greeting(1)).unwrap();
        let mut bare = Bare::greeted(&link).await;
        bare.frame(&bytes).await;
        bare.is_ended().await;
        assert_eq!(link.counts().dropped, count);
    }
    let kind = next(&mut events).await.1;
    assert_eq!(kind, EventKind::Dropped(FrameFault::Forged.into()));
    assert!(events.is_empty());
    // One that arrives shows that all is well again: the next is news.
    Dealer::arrive(&link, &mut events, 1).await;
    let kind = loop {
        let (bytes, _) = hello(&wrong, greeting(1)).unwrap();
        let mut socket = dealer(link.address()).await;
        socket.send(ZmqMessage::from(bytes)).await.unwrap();
        match next(&mut events).await.1 {
            EventKind::Left(_) => {}
            other => break other,
        }
    };
    assert_eq!(kind, EventKind::Dropped(FrameFault::Forged.into()));
}

#[tokio::test]
async fn a_recorded_conversation_gets_a_welcome_and_no_further() {
    let (link, mut events) = link(settings()).await;
    let (first, waiting) = hello(&secret(), greeting(1)).unwrap();
    let mut bare = Bare::greeted(&link).await;
    bare.frame(&first).await;
    let (_, mut keys) = waiting.welcome(&bare.hear().await).unwrap();
    let second = keys.outgoing.seal(&tick(1)).unwrap();
    bare.frame(&second).await;
    let id = arrival(&mut events, 1).await;
    assert_eq!(next(&mut events).await, (id, EventKind::Message(tick(1))));

    let mut again = Bare::greeted(&link).await;
    again.frame(&first).await;
    again.hear().await;
    again.frame(&second).await;
    again.is_ended().await;
    let (stranger, kind) = next(&mut events).await;
    assert_ne!(stranger, id);
    assert_eq!(kind, EventKind::Dropped(FrameFault::Forged.into()));
    assert_eq!(link.counts().terminals, 1);
}

#[tokio::test]
async fn another_version_and_another_first_message_are_refused() {
    let (link, mut events) = link(settings()).await;
    let later = Hello {
        version: 2,
        ..greeting(1)
    };
    let (bytes, _) = hello(&secret(), later).unwrap();
    let mut bare = Bare::greeted(&link).await;
    bare.frame(&bytes).await;
    bare.is_ended().await;
    assert_eq!(
        next(&mut events).await.1,
        EventKind::Dropped(LinkFault::Version(2))
    );

    let ping = FromTerminal::Ping(Ping { token: 1 });
    let bytes = Outgoing::new(secret().hello_key()).seal(&ping).unwrap();
    let mut bare = Bare::greeted(&link).await;
    bare.frame(&bytes).await;
    bare.is_ended().await;
    let kind = next(&mut events).await.1;
    assert_eq!(kind, EventKind::Dropped(FrameFault::Kind(16).into()));
}

/// Says something that is no ZMTP of ours; the connection is closed and the fault told.
async fn is_refused(link: &Link, events: &mut Events, bytes: &[u8], fault: ZmtpFault) {
    let mut bare = Bare::connect(link).await;
    bare.say(bytes).await;
    bare.is_ended().await;
    assert_eq!(next(events).await.1, EventKind::Dropped(fault.into()));
}

#[tokio::test]
async fn what_is_no_zeromq_is_refused() {
    let (link, mut events) = link(settings()).await;
    let (mut good, id) = Dealer::arrive(&link, &mut events, 1).await;
    let http = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    is_refused(&link, &mut events, http, ZmtpFault::Unknown).await;
    let router = b"\x04\x1c\x05READY\x0bSocket-Type\0\0\0\x06ROUTER";
    let begin = [&GREETING[..], router].concat();
    is_refused(&link, &mut events, &begin, ZmtpFault::Socket).await;
    // The bytes that end a program which uses zmq.rs 0.7 for this: a command of 4 EiB.
    let begin = [&GREETING[..], b"\x06\x40\0\0\0\0\0\0\0"].concat();
    let fault = ZmtpFault::TooLarge(1 << 62);
    is_refused(&link, &mut events, &begin, fault).await;
    let begin = [&GREETING[..], READY, b"\x01\x01a\0\x01b"].concat();
    is_refused(&link, &mut events, &begin, ZmtpFault::Parts).await;
    assert_eq!(link.counts().dropped, 4);
    good.say(&tick(1)).await;
    assert_eq!(next(&mut events).await, (id, EventKind::Message(tick(1))));
}

#[tokio::test]
async fn an_oversized_message_of_a_terminal_ends_its_connection() {
    let (link, mut events) = link(settings()).await;
    let (mut bare, _) = Bare::arrive(&link, &mut events, 1).await;
    bare.say(b"\x02\0\0\0\0\0\x10\0\x01").await;
    let fault = LinkFault::Zmtp(ZmtpFault::TooLarge((1 << 20) + 1));
    let (id, kind) = next(&mut events).await;
    assert_eq!(kind, EventKind::Dropped(fault.clone()));
    let left = EventKind::Left(Leaving::Fault(fault));
    assert_eq!(next(&mut events).await, (id, left));
    bare.is_ended().await;
}

/// Random bytes at every stage, while a terminal goes on talking.
#[tokio::test]
async fn random_bytes_harm_nobody() {
    let (link, mut events) = link(settings()).await;
    let (mut good, id) = Dealer::arrive(&link, &mut events, 1).await;
    let mut runner = TestRunner::deterministic();
    let bytes = proptest::collection::vec(proptest::num::u8::ANY, 1..300);
    for round in 0..200 {
        let noise = bytes.new_tree(&mut runner).unwrap();
        let noise = proptest::strategy::ValueTree::current(&noise);
        let mut bare = Bare::connect(&link).await;
        let begin = [&GREETING[..], READY].concat();
        bare.say(&begin[..[0, 64, 94][round % 3]]).await;
        // It may have been sent away already.
        use tokio::io::AsyncWriteExt as _;
        let _ = bare.0.write_all(&noise).await;
        let _ = bare.0.shutdown().await;
        bare.is_ended().await;
        let round = round as i64;
        good.say(&tick(round)).await;
        loop {
            match next(&mut events).await {
                (_, EventKind::Dropped(_)) => {}
                told => break assert_eq!(told, (id, EventKind::Message(tick(round)))),
            }
        }
    }
    assert_eq!(link.counts().terminals, 1);
}
