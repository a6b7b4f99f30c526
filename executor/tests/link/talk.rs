//! What terminals and executor say to each other when all is well.

use crate::peer::{Dealer, link, next, settings, tick};
use executor::link::{BindFault, EventKind, Leaving, Link, SendFault};
use protocol::link::{
    FromExecutor, FromTerminal,
    executor::{Answered, Bye, Open},
    part::{CommandNumber, Outcome, Ping, Pong, Ticket},
    terminal::Receipt,
};
use std::net::SocketAddr;
use trading::{symbol::Side, time::Time, timeframe::Timeframe};

fn open(command: u64) -> Open {
    Open {
        command: CommandNumber::new(command).unwrap(),
        expires: Time(1_000),
        symbol: "XAUUSD".parse().unwrap(),
        side: Side::Buy,
        volume: 0.1,
        stop_distance: 10.0,
        target_distance: 0.0,
        deviation: 20,
    }
}

fn receipt(command: u64) -> FromTerminal {
    FromTerminal::Receipt(Receipt {
        command: CommandNumber::new(command).unwrap(),
        outcome: Outcome::Done,
        retcode: 10_009,
        text: String::new(),
        order: Ticket(1),
        deal: Ticket(2),
        position: Ticket(1),
        volume: 0.1,
        price: 2000.2,
        stop: 1990.2,
        target: 0.0,
        time: Time(1),
    })
}

#[tokio::test]
async fn an_order_follows_a_tick_and_a_receipt_the_order() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    assert_eq!(dealer.welcome.heartbeat_ms, 1_000);
    assert_eq!(dealer.guard, FromExecutor::Guard(settings().guard));
    for number in 1..50 {
        dealer.say(&tick(number as i64)).await;
        let told = next(&mut events).await;
        assert_eq!(told, (id, EventKind::Message(tick(number as i64))));
        link.send(id, open(number)).unwrap();
        assert_eq!(dealer.hear().await, open(number).into());
        dealer.say(&receipt(number)).await;
        let told = next(&mut events).await;
        assert_eq!(told, (id, EventKind::Message(receipt(number))));
    }
    drop(dealer);
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::Closed))
    );
    assert_eq!(link.send(id, open(1)), Err(SendFault::Gone));
    assert_eq!(link.counts().terminals, 0);
    assert_eq!(link.counts().dropped, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_several_tasks_send_stays_in_order() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    for _ in 0..2 {
        let sender = link.sender();
        tokio::spawn(async move {
            for command in 1..=200 {
                sender.send(id, open(command)).unwrap();
                tokio::task::yield_now().await;
            }
        });
    }
    // Hearing them checks their numbers.
    let mut sum = 0;
    for _ in 0..400 {
        match dealer.hear().await {
            FromExecutor::Open(open) => sum += open.command.0.get(),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(sum, 200 * 201);
}

#[tokio::test]
async fn a_ping_is_answered_and_not_told() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, _) = Dealer::arrive(&link, &mut events, 1).await;
    dealer.say(&FromTerminal::Ping(Ping { token: 77 })).await;
    assert_eq!(dealer.hear().await, FromExecutor::Pong(Pong { token: 77 }));
    dealer.say(&tick(5)).await;
    assert_eq!(next(&mut events).await.1, EventKind::Message(tick(5)));
}

#[tokio::test]
async fn a_large_message_goes_both_ways() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    let text = "x".repeat(60_000);
    let notice = FromTerminal::Failed(protocol::link::terminal::Failed {
        request: protocol::link::part::Request(1),
        text: text.clone(),
    });
    dealer.say(&notice).await;
    assert_eq!(next(&mut events).await.1, EventKind::Message(notice));
    link.send(id, Bye { text: text.clone() }).unwrap();
    assert_eq!(dealer.hear().await, Bye { text }.into());
    let text = "x".repeat(70_000);
    assert!(matches!(
        link.send(id, Bye { text }),
        Err(SendFault::TooLong(_))
    ));
    link.send(id, open(1)).unwrap();
    assert_eq!(dealer.hear().await, open(1).into());
}

#[tokio::test]
async fn a_terminal_that_is_ended_is_told_why() {
    let (link, mut events) = link(settings()).await;
    let (mut dealer, id) = Dealer::arrive(&link, &mut events, 1).await;
    link.end(id, "another account");
    let text = "another account".to_owned();
    assert_eq!(dealer.hear().await, Bye { text }.into());
    assert_eq!(
        next(&mut events).await,
        (id, EventKind::Left(Leaving::Ended))
    );
}

#[tokio::test]
async fn closing_says_goodbye_to_all() {
    let (link, mut events) = link(settings()).await;
    let (mut one, _) = Dealer::arrive(&link, &mut events, 1).await;
    let (mut two, _) = Dealer::arrive(&link, &mut events, 2).await;
    // The last message before the end is still heard.
    let answered = Answered {
        symbol: "XAUUSD".parse().unwrap(),
        timeframe: Timeframe::M1,
        time: Time(1),
    };
    let address = link.address();
    let sender = link.sender();
    let closing = tokio::spawn(async move { link.close("update").await });
    let text = "update".to_owned();
    let bye = FromExecutor::from(Bye { text });
    assert_eq!(one.hear().await, bye);
    assert_eq!(two.hear().await, bye);
    drop((one, two));
    closing.await.unwrap();
    for _ in 0..2 {
        let (id, kind) = next(&mut events).await;
        assert_eq!(kind, EventKind::Left(Leaving::Ended));
        assert_eq!(sender.send(id, answered.clone()), Err(SendFault::Gone));
    }
    // Nobody listens any longer.
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn the_link_is_on_this_computer_alone_and_there_is_one() {
    let secret = crate::peer::secret;
    let everywhere = SocketAddr::from(([0, 0, 0, 0], 0));
    let fault = Link::bind(everywhere, secret(), settings())
        .await
        .unwrap_err();
    assert!(matches!(fault, BindFault::NotLoopback(_)), "{fault}");
    let (first, _events) = link(settings()).await;
    let fault = Link::bind(first.address(), secret(), settings())
        .await
        .unwrap_err();
    assert!(matches!(fault, BindFault::Taken(_)), "{fault}");
}
