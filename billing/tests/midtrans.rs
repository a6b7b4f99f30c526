//! Against the strict fake Midtrans: payments, lies and trouble.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use billing::{
    fake::{Trouble, midtrans::FakeMidtrans, shuffled_twice},
    midtrans::{
        client::{Midtrans, MidtransConfig, MidtransFault},
        notification::NotificationFault,
        order::Order,
        status::StatusFault,
    },
    outside::{BreakerState, CallError, Endpoint, Patience},
    payer::Payer,
    plan::{Interval, Plans},
    secret::Secret,
    subscription::{Ledger, State, Terms},
};
use serde_json::json;
use std::time::Duration;
use trading::time::{DAY, HOUR, Time};
use uuid::Uuid;

const KEY: &str = "SB-Mid-server-verysecret";
const BEGIN: Time = Time(1_800_000_000_000);

struct House {
    fake: FakeMidtrans,
    midtrans: Midtrans,
    plans: Plans,
}

impl House {
    async fn new() -> Self {
        Self::with(KEY).await
    }

    async fn with(key: &str) -> Self {
        let secret = |text| Secret::new(text).unwrap();
        let fake = FakeMidtrans::start(secret(KEY), BEGIN).await.unwrap();
        let midtrans = Midtrans::new(MidtransConfig {
            server_key: secret(key),
            snap: Endpoint::new(fake.url()).unwrap(),
            api: Endpoint::new(fake.url()).unwrap(),
            patience: Patience {
                each: Duration::from_millis(300),
                retries: 2,
                pause: Duration::from_millis(1),
                failures: 4,
                rest: Duration::from_millis(200),
            },
        });
        Self {
            fake,
            midtrans: midtrans.unwrap(),
            plans: Plans::default(),
        }
    }

    fn order(&self, number: u128, plan: &str) -> Order {
        let payer = Payer(Uuid::from_u128(1));
        let plan = plan.parse().unwrap();
        let id = Uuid::from_u128(number);
        Order::new(&self.plans, id, payer, &plan, Interval::Month).unwrap()
    }

    async fn begin(&self, number: u128, plan: &str) -> Order {
        let order = self.order(number, plan);
        let page = self.midtrans.page(&order, "https://phoenix.example/paid");
        let page = page.await.unwrap();
        assert!(page.redirect_url.contains(&page.token));
        order
    }

    /// What the server does with a notification.
    async fn notify(&self, ledger: &mut Ledger, order: &Order, body: &[u8], now: Time) {
        assert_eq!(self.midtrans.hint(body), Ok(order.id));
        ledger.record(self.midtrans.fact(order, now).await.unwrap());
    }

    fn at(&self, ledger: &Ledger, now: Time) -> (String, State) {
        let terms = Terms {
            plans: &self.plans,
            test_mode: false,
        };
        let standing = ledger.standing(&terms, now);
        (standing.plan.to_string(), standing.state)
    }
}

const fn after(millis: i64) -> Time {
    Time(BEGIN.0 + millis)
}

#[tokio::test]
async fn a_payment_counts_from_its_settlement() {
    let house = House::new().await;
    let mut ledger = Ledger::default();
    let order = house.begin(1, "trader").await;
    let name = order.id.to_string();
    let now = after(0);
    assert_eq!(
        house.midtrans.fact(&order, now).await,
        Err(MidtransFault::NotBegun)
    );
    let body = house.fake.becomes(&name, "pending", "bank_transfer");
    house.notify(&mut ledger, &order, &body.unwrap(), now).await;
    assert_eq!(house.at(&ledger, now), ("free".into(), State::Free));
    house.fake.set_time(after(HOUR));
    let body = house.fake.becomes(&name, "settlement", "bank_transfer");
    let now = after(HOUR);
    house.notify(&mut ledger, &order, &body.unwrap(), now).await;
    assert_eq!(house.at(&ledger, now), ("trader".into(), State::Ending));
    let end = HOUR + 31 * DAY;
    assert_eq!(house.at(&ledger, after(end - 1)).0, "trader");
    assert_eq!(house.at(&ledger, after(end)), ("free".into(), State::Ended));
}

#[tokio::test]
async fn old_notifications_again_and_in_any_order_change_nothing() {
    let house = House::new().await;
    let mut bodies = Vec::new();
    let mut orders = Vec::new();
    for (number, plan) in [(1, "trader"), (2, "pro"), (3, "trader")] {
        let order = house.begin(number, plan).await;
        for state in ["pending", "settlement"] {
            let body = house.fake.becomes(&order.id.to_string(), state, "qris");
            bodies.push((order.clone(), body.unwrap()));
        }
        orders.push(order);
    }
    let mut first: Option<Ledger> = None;
    for seed in 0..10 {
        let mut ledger = Ledger::default();
        for (order, body) in shuffled_twice(&bodies, seed) {
            house.notify(&mut ledger, &order, &body, after(HOUR)).await;
        }
        assert_eq!(*first.get_or_insert_with(|| ledger.clone()), ledger);
    }
    // A month of pro and then two of trader.
    let mut ledger = first.unwrap();
    for (day, plan) in [
        (1, "pro"),
        (30, "pro"),
        (31, "trader"),
        (92, "trader"),
        (93, "free"),
    ] {
        assert_eq!(house.at(&ledger, after(day * DAY)).0, plan, "{day}");
    }
    // The pro month is given back. The old "settlement" comes again: what counts is what Midtrans
    // says now.
    let name = orders[1].id.to_string();
    house.fake.becomes(&name, "refund", "qris").unwrap();
    let (order, replay) = &bodies[3];
    house
        .notify(&mut ledger, order, replay, after(2 * HOUR))
        .await;
    assert_eq!(house.at(&ledger, after(DAY)).0, "trader");
    assert_eq!(house.at(&ledger, after(62 * DAY)).0, "free");
}

#[tokio::test]
async fn a_card_counts_when_it_is_charged_and_not_when_it_is_given_back() {
    let house = House::new().await;
    let mut ledger = Ledger::default();
    let order = house.begin(1, "pro").await;
    let name = order.id.to_string();
    for (hours, state, plan) in [
        (0, "capture", "pro"),
        (24, "settlement", "pro"),
        (48, "chargeback", "free"),
    ] {
        let now = after(hours * HOUR);
        house.fake.set_time(now);
        let body = house.fake.becomes(&name, state, "credit_card").unwrap();
        house.notify(&mut ledger, &order, &body, now).await;
        assert_eq!(house.at(&ledger, now).0, plan, "{state}");
        // The day after the capture moved nothing.
        let last = after(31 * DAY - 1);
        assert_eq!(house.at(&ledger, last).0, plan, "{state}");
        assert_eq!(house.at(&ledger, after(31 * DAY)).0, "free", "{state}");
    }
    assert_eq!(house.at(&ledger, after(49 * HOUR)).1, State::Reversed);
}

#[tokio::test]
async fn a_lie_in_a_notification_is_not_believed() {
    let house = House::new().await;
    let order = house.begin(1, "pro").await;
    let name = order.id.to_string();
    let body = house.fake.becomes(&name, "pending", "gopay").unwrap();
    // The signature does not cover the state. Whoever changes it learns nothing from us.
    let lie = String::from_utf8(body.clone()).unwrap();
    let lie = lie.replace("\"pending\"", "\"settlement\"");
    assert_ne!(lie.as_bytes(), body);
    let mut ledger = Ledger::default();
    house
        .notify(&mut ledger, &order, lie.as_bytes(), BEGIN)
        .await;
    assert_eq!(house.at(&ledger, BEGIN).0, "free");
    // Forged, truncated, not text.
    let forged = lie.replace("1249000.00", "1.00");
    let hint = |body: &[u8]| house.midtrans.hint(body);
    assert_eq!(hint(forged.as_bytes()), Err(NotificationFault::Forged));
    assert_eq!(
        hint(&body[..body.len() - 1]),
        Err(NotificationFault::Malformed)
    );
    assert_eq!(hint(b"\xff\xfe\xfd"), Err(NotificationFault::Malformed));
}

#[tokio::test]
async fn another_amount_or_order_is_an_alarm_and_no_fact() {
    let house = House::new().await;
    let order = house.begin(1, "pro").await;
    let name = order.id.to_string();
    house.fake.becomes(&name, "settlement", "qris").unwrap();
    house.fake.corrupt(&name, "gross_amount", json!("1.00"));
    let fact = house.midtrans.fact(&order, BEGIN).await;
    assert_eq!(fact, Err(MidtransFault::Status(StatusFault::Amount)));
    house
        .fake
        .corrupt(&name, "gross_amount", json!("1249000.00"));
    house.midtrans.fact(&order, BEGIN).await.unwrap();
    house.fake.corrupt(&name, "order_id", json!("phx-other"));
    let fact = house.midtrans.fact(&order, BEGIN).await;
    assert_eq!(fact, Err(MidtransFault::Status(StatusFault::Order)));
}

#[tokio::test]
async fn a_page_is_asked_for_once_and_a_status_again() {
    let house = House::new().await;
    let order = house.order(1, "trader");
    let page = || house.midtrans.page(&order, "https://phoenix.example/");
    house.fake.trouble(Trouble::Status(500));
    let failed = CallError::Failed("Midtrans", 500);
    assert_eq!(page().await, Err(MidtransFault::Call(failed)));
    assert_eq!(house.fake.requests().len(), 0);
    house.fake.trouble(Trouble::LostAnswer);
    page().await.unwrap_err();
    // It was opened, and cannot be opened again: a new order is needed.
    let refused = page().await.unwrap_err();
    assert!(matches!(
        refused,
        MidtransFault::Call(CallError::Refused { status: 400, .. })
    ));
    assert_eq!(house.fake.requests().len(), 2);
    house
        .fake
        .becomes(&order.id.to_string(), "settlement", "qris");
    house.fake.trouble(Trouble::Status(502));
    house.fake.trouble(Trouble::Garbage);
    house.midtrans.fact(&order, BEGIN).await.unwrap();
}

#[tokio::test]
async fn slowness_ends_and_who_does_not_answer_is_left_alone() {
    let house = House::new().await;
    let order = house.begin(1, "trader").await;
    house
        .fake
        .becomes(&order.id.to_string(), "settlement", "qris");
    for _ in 0..4 {
        house.fake.trouble(Trouble::Silence);
    }
    let fault = house.midtrans.fact(&order, BEGIN).await.unwrap_err();
    assert_eq!(fault, MidtransFault::Call(CallError::Timeout("Midtrans")));
    let fault = house.midtrans.fact(&order, BEGIN).await.unwrap_err();
    assert_eq!(fault, MidtransFault::Call(CallError::Open("Midtrans")));
    assert_eq!(house.midtrans.state(), BreakerState::Open);
    tokio::time::pause();
    tokio::time::advance(Duration::from_millis(250)).await;
    tokio::time::resume();
    house.midtrans.fact(&order, BEGIN).await.unwrap();
    assert_eq!(house.midtrans.state(), BreakerState::Closed);
}

#[tokio::test]
async fn a_wrong_key_is_told_and_not_printed() {
    let house = House::with("SB-Mid-server-othersecret").await;
    let order = house.order(1, "trader");
    let page = house.midtrans.page(&order, "https://phoenix.example/");
    let fault = page.await.unwrap_err();
    let printed = format!("{fault} {fault:?} {:?}", house.midtrans);
    assert!(
        printed.contains("401") && !printed.contains("othersecret"),
        "{printed}"
    );
    let status = house.midtrans.fact(&order, BEGIN).await.unwrap_err();
    assert!(format!("{status}").contains("401"));
}
