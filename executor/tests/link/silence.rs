//! Signs of life. Heartbeats are short here; what is tested is what follows from them, not when.

use crate::peer::{Bare, Dealer, GREETING, greeting, link, next, secret, settings, tick};
use executor::link::{EventKind, Leaving, LinkFault, Settings};
use protocol::link::{FromExecutor, FromTerminal, handshake::hello, part::Pong};
use std::time::Duration;

fn quick() -> Settings {
    let heartbeat = Duration::from_millis(20);
    Settings {
        heartbeat,
        ..settings()
    }
}

#[tokio::test]
async fn a_terminal_that_says_nothing_is_gone() {
    let (link, mut events) = link(quick()).await;
    let (dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::Silent))
    );
    drop(dealer);
}

#[tokio::test]
async fn a_terminal_that_answers_pings_stays() {
    let heartbeat = Duration::from_millis(200);
    let settings = Settings {
        heartbeat,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    // Longer than three heartbeats of silence are.
    for _ in 0..5 {
        match dealer.hear().await {
            FromExecutor::Ping(ping) => {
                let token = ping.token;
                dealer.say(&FromTerminal::Pong(Pong { token })).await;
            }
            other => panic!("{other:?}"),
        }
    }
    dealer.say(&tick(1)).await;
    assert_eq!(next(&mut events).await, (id, EventKind::Message(tick(1))));
}

#[tokio::test]
async fn waiting_for_its_events_to_be_taken_is_no_silence_of_the_terminal() {
    let settings = Settings {
        max_events: 1,
        ..quick()
    };
    let (link, mut events) = link(settings).await;
    let (mut bare, mut keys) = Bare::arrive(&link, &mut events, 1).await;
    for number in 1..=4 {
        bare.frame(&keys.outgoing.seal(&tick(number)).unwrap())
            .await;
    }
    // The executor gives signs of life although nobody takes events: more of them than silence
    // would have had.
    for _ in 0..5 {
        let message = bare.hear().await;
        let heard: FromExecutor = keys.incoming.open(&message).unwrap();
        assert!(matches!(heard, FromExecutor::Ping(_)), "{heard:?}");
    }
    for number in 1..=4 {
        assert_eq!(next(&mut events).await.1, EventKind::Message(tick(number)));
    }
}

/// One that arrives while nobody takes events is a stranger no longer: it has all the time it needs.
#[tokio::test]
async fn waiting_for_its_arrival_to_be_taken_is_not_slow() {
    let settings = Settings {
        max_events: 1,
        patience: Duration::from_millis(50),
        ..quick()
    };
    let (link, mut events) = link(settings).await;
    // The first one's arrival takes the only place; so the second one's has to wait.
    let mut bares = Vec::new();
    for nonce in 1..=2 {
        let mut bare = Bare::greeted(&link).await;
        let (bytes, waiting) = hello(&secret(), greeting(nonce)).unwrap();
        bare.frame(&bytes).await;
        let (_, mut keys) = waiting.welcome(&bare.hear().await).unwrap();
        let _: FromExecutor = keys.incoming.open(&bare.hear().await).unwrap();
        for number in 1..=2 {
            let bytes = keys.outgoing.seal(&tick(number)).unwrap();
            bare.frame(&bytes).await;
        }
        // It is known by its signs of life, of which there are more than its time as a stranger.
        for _ in 0..5 {
            let _: FromExecutor = keys.incoming.open(&bare.hear().await).unwrap();
        }
        bares.push(bare);
    }
    let mut told = Vec::new();
    for _ in 0..6 {
        told.push(next(&mut events).await.1);
    }
    let count = |kind| told.iter().filter(|other| **other == kind).count();
    for nonce in 1..=2 {
        assert_eq!(count(EventKind::Arrived(greeting(nonce))), 1);
        assert_eq!(count(EventKind::Message(tick(i64::from(nonce)))), 2);
    }
}

#[tokio::test]
async fn a_stranger_has_a_time_whatever_it_says() {
    let patience = Duration::from_millis(50);
    let settings = Settings {
        patience,
        ..settings()
    };
    let (link, mut events) = link(settings).await;
    // Nothing at all; half a greeting; all of ZMTP and no word; a Hello and no more.
    let mut silent = Bare::connect(&link).await;
    silent.is_ended().await;
    let kind = next(&mut events).await.1;
    assert_eq!(kind, EventKind::Dropped(LinkFault::Slow));
    let mut half = Bare::connect(&link).await;
    half.say(&GREETING[..40]).await;
    half.is_ended().await;
    Bare::greeted(&link).await.is_ended().await;
    let (bytes, _) = hello(&secret(), greeting(1)).unwrap();
    let mut replay = Bare::greeted(&link).await;
    replay.frame(&bytes).await;
    replay.is_ended().await;
    assert_eq!(link.counts().dropped, 4);
    assert!(events.is_empty(), "told once");
}
