//! Several terminals, too many of them, and those that somebody waits for.

use crate::peer::{Bare, Dealer, arrival, link, next, settings, tick};
use executor::link::{EventKind, Leaving, LinkFault, SendFault, Settings};
use protocol::link::{
    FromExecutor,
    executor::{Bye, Ping},
};

#[tokio::test]
async fn each_terminal_gets_its_own() {
    let (link, mut events) = link(settings()).await;
    let mut dealers = Vec::new();
    for nonce in 1..=5 {
        dealers.push(Dealer::arrive(&link, &mut events, nonce).await);
    }
    for (_, id) in &dealers {
        let token = dealers.iter().position(|(_, other)| other == id).unwrap() as u64;
        link.send(*id, FromExecutor::Ping(Ping { token })).unwrap();
    }
    for (token, (dealer, _)) in dealers.iter_mut().enumerate() {
        let token = token as u64;
        assert_eq!(dealer.hear().await, FromExecutor::Ping(Ping { token }));
    }
    // One that goes leaves the others.
    let (gone, id) = dealers.remove(2);
    drop(gone);
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::Closed))
    );
    for (dealer, id) in &mut dealers {
        dealer.say(&tick(9)).await;
        assert_eq!(next(&mut events).await, (*id, EventKind::Message(tick(9))));
    }
    assert_eq!(link.counts().terminals, 4);
}

#[tokio::test]
async fn a_terminal_that_comes_again_is_another() {
    let (link, mut events) = link(settings()).await;
    let (first, one) = Dealer::arrive(&link, &mut events, 1).await;
    let (mut second, two) = Dealer::arrive(&link, &mut events, 1).await;
    assert_ne!(one, two);
    drop(first);
    assert_eq!(
        next(&mut events).await,
        (one, EventKind::Left(Leaving::Closed))
    );
    second.say(&tick(1)).await;
    assert_eq!(next(&mut events).await, (two, EventKind::Message(tick(1))));
}

#[tokio::test]
async fn one_terminal_too_many_is_told_so() {
    let max_terminals = 1;
    let settings = Settings {
        max_terminals,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (first, one) = Dealer::arrive(&link, &mut events, 1).await;
    let mut second = Dealer::connect(&link, 2).await;
    second.say(&tick(1)).await;
    let text = LinkFault::TooMany.to_string();
    assert_eq!(second.hear().await, Bye { text }.into());
    let (two, kind) = next(&mut events).await;
    assert_eq!(kind, EventKind::Dropped(LinkFault::TooMany));
    assert_ne!(one, two);
    drop(first);
    assert_eq!(
        next(&mut events).await,
        (one, EventKind::Left(Leaving::Closed))
    );
    Dealer::arrive(&link, &mut events, 3).await;
}

#[tokio::test]
async fn strangers_have_a_number_of_places() {
    let max_strangers = 2;
    let settings = Settings {
        max_strangers,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let strangers = [Bare::greeted(&link).await, Bare::greeted(&link).await];
    let mut third = Bare::connect(&link).await;
    third.is_ended().await;
    let kind = next(&mut events).await.1;
    assert_eq!(kind, EventKind::Dropped(LinkFault::TooMany));
    assert_eq!(link.counts().turned_away, 1);
    // Told once, counted always.
    Bare::connect(&link).await.is_ended().await;
    assert_eq!(link.counts().turned_away, 2);
    drop(strangers);
    // Their places are free when their tasks have seen it: a terminal tries again, too.
    loop {
        let mut bare = Bare::connect(&link).await;
        bare.say(crate::peer::GREETING).await;
        let mut first = [0; 1];
        use tokio::io::AsyncReadExt as _;
        if bare.0.read_exact(&mut first).await.is_ok() {
            break;
        }
    }
    Dealer::arrive(&link, &mut events, 1).await;
}

#[tokio::test]
async fn events_that_nobody_takes_make_the_terminal_wait() {
    let settings = Settings {
        max_events: 2,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (mut bare, mut keys) = Bare::arrive(&link, &mut events, 1).await;
    const TICKS: i64 = 20_000;
    let talking = tokio::spawn(async move {
        for number in 1..=TICKS {
            bare.frame(&keys.outgoing.seal(&tick(number)).unwrap())
                .await;
        }
        bare
    });
    for number in 1..=TICKS {
        assert_eq!(next(&mut events).await.1, EventKind::Message(tick(number)));
    }
    drop(talking.await.unwrap());
    assert_eq!(next(&mut events).await.1, EventKind::Left(Leaving::Closed));
}

#[tokio::test]
async fn a_terminal_that_does_not_read_is_ended() {
    let settings = Settings {
        max_unsent: 100_000,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (mut bare, mut keys) = Bare::arrive(&link, &mut events, 1).await;
    bare.frame(&keys.outgoing.seal(&tick(1)).unwrap()).await;
    let (id, _) = next(&mut events).await;
    let text = "x".repeat(60_000);
    let mut sent = 0_u32;
    let fault = loop {
        match link.send(id, Bye { text: text.clone() }) {
            Ok(()) => sent += 1,
            Err(fault) => break fault,
        }
        assert!(sent < 10_000, "600 MB wait somewhere");
        tokio::task::yield_now().await;
    };
    assert_eq!(fault, SendFault::NotReading);
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::NotReading))
    );
    assert_eq!(link.send(id, Bye { text }), Err(SendFault::Gone));
    // And what it reads in the end is whole: messages in order, and then the end of all.
    for _ in 0..2 {
        let message = bare.hear().await;
        let _: FromExecutor = keys.incoming.open(&message).unwrap();
    }
    bare.is_ended().await;
}

/// More than the buffers of the system hold, while the terminal reads: what waits goes first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_system_does_not_take_at_once_is_sent_in_order() {
    const MESSAGES: u64 = 3_000;
    let max_unsent = 256 << 20;
    let settings = Settings {
        max_unsent,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (mut bare, mut keys) = Bare::arrive(&link, &mut events, 1).await;
    bare.frame(&keys.outgoing.seal(&tick(1)).unwrap()).await;
    let (id, _) = next(&mut events).await;
    let text = "x".repeat(30_000);
    let sender = link.sender();
    let bye = Bye { text };
    let same = bye.clone();
    let sending = tokio::spawn(async move {
        for _ in 0..MESSAGES {
            sender.send(id, bye.clone()).unwrap();
            tokio::task::yield_now().await;
        }
    });
    for _ in 0..MESSAGES {
        let message = bare.hear().await;
        let heard: FromExecutor = keys.incoming.open(&message).unwrap();
        assert_eq!(heard, same.clone().into());
    }
    sending.await.unwrap();
}

/// What waits when the executor ends a connection is still sent, and the goodbye after it.
#[tokio::test]
async fn an_end_comes_after_what_was_said_before() {
    let max_unsent = 64 << 20;
    let settings = Settings {
        max_unsent,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (mut bare, mut keys) = Bare::arrive(&link, &mut events, 1).await;
    bare.frame(&keys.outgoing.seal(&tick(1)).unwrap()).await;
    let (id, _) = next(&mut events).await;
    let text = "x".repeat(60_000);
    for _ in 0..200 {
        link.send(id, Bye { text: text.clone() }).unwrap();
    }
    link.end(id, "enough");
    for _ in 0..200 {
        let message = bare.hear().await;
        let _: FromExecutor = keys.incoming.open(&message).unwrap();
    }
    let message = bare.hear().await;
    let last: FromExecutor = keys.incoming.open(&message).unwrap();
    let text = "enough".to_owned();
    assert_eq!(last, Bye { text }.into());
    bare.is_ended().await;
}

/// Terminals that come and go at the same time: each arrives once, says all in order, leaves once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn coming_and_going_is_told_once() {
    const TERMINALS: u8 = 8;
    const TIMES: usize = 20;
    const TICKS: i64 = 30;
    let (link, mut events) = link(settings()).await;
    let address = link.address();
    let mut talking = tokio::task::JoinSet::new();
    for nonce in 1..=TERMINALS {
        talking.spawn(async move {
            for _ in 0..TIMES {
                let mut dealer = Dealer::connect_to(address, nonce).await;
                for number in 1..=TICKS {
                    dealer.say(&tick(number)).await;
                }
                // All before was read when this is answered: closing loses nothing.
                let ping = protocol::link::FromTerminal::Ping(Ping { token: 0 });
                dealer.say(&ping).await;
                while !matches!(dealer.hear().await, FromExecutor::Pong(_)) {}
            }
        });
    }
    let mut here = std::collections::BTreeMap::new();
    let mut gone = 0;
    while gone < usize::from(TERMINALS) * TIMES {
        let (id, kind) = next(&mut events).await;
        match kind {
            EventKind::Arrived(_) => assert_eq!(here.insert(id, 0), None),
            EventKind::Message(message) => {
                let said = here.get_mut(&id).unwrap();
                *said += 1;
                assert_eq!(message, tick(*said));
            }
            EventKind::Left(why) => {
                assert_eq!(why, Leaving::Closed);
                assert_eq!(here.remove(&id), Some(TICKS));
                gone += 1;
            }
            EventKind::Dropped(fault) => panic!("{fault}"),
        }
    }
    assert!(here.is_empty());
    assert!(talking.join_all().await.len() == usize::from(TERMINALS));
    assert_eq!(link.counts().terminals, 0);
}

#[tokio::test]
async fn dropping_the_link_ends_everything() {
    let (link, mut events) = link(settings()).await;
    let (mut bare, _) = Bare::arrive(&link, &mut events, 1).await;
    let mut stranger = Bare::greeted(&link).await;
    drop(link);
    bare.is_ended().await;
    stranger.is_ended().await;
    assert_eq!(events.recv().await, None);
}

#[tokio::test]
async fn who_only_says_hello_is_not_there() {
    let (link, mut events) = link(settings()).await;
    let mut dealer = Dealer::connect(&link, 1).await;
    assert_eq!(link.counts().terminals, 0);
    dealer.say(&tick(3)).await;
    let id = arrival(&mut events, 1).await;
    assert_eq!(next(&mut events).await, (id, EventKind::Message(tick(3))));
    assert_eq!(link.counts().terminals, 1);
}
