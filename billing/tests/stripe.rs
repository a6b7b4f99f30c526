//! Against the strict fake Stripe: whole lives of subscriptions, in any order, and trouble.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use billing::{
    fake::{
        Trouble, shuffled_twice,
        stripe::{Delivery, FakePrice, FakeStripe},
    },
    money::Currency,
    outside::{BreakerState, CallError, Endpoint, Patience},
    payer::Payer,
    plan::{Change, Interval, Offer, Plans},
    secret::Secret,
    stripe::{
        client::{Checkout, Stripe, StripeConfig, StripeFault},
        event::Notice,
        object::ObjectFault,
        price::{PriceBook, PriceEntry},
        webhook::Webhook,
    },
    subscription::{Fact, GRACE, Ledger, Provider, State, Terms},
};
use std::time::Duration;
use trading::time::{DAY, HOUR, Time};

const KEY: &str = "sk_test_verysecret";
const BEGIN: Time = Time(1_800_000_000_000);

struct House {
    fake: FakeStripe,
    stripe: Stripe,
    webhook: Webhook,
    plans: Plans,
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

fn payer() -> Payer {
    "018f0000-0000-7000-8000-000000000001".parse().unwrap()
}

fn offer(plan: &str, interval: Interval, currency: Currency) -> Offer {
    Offer {
        plan: plan.parse().unwrap(),
        interval,
        currency,
    }
}

fn month(plan: &str) -> Offer {
    offer(plan, Interval::Month, Currency::Usd)
}

fn id(offer: &Offer) -> String {
    format!("price_{}_{}_{}", offer.plan, offer.interval, offer.currency)
}

fn patience() -> Patience {
    Patience {
        each: Duration::from_millis(300),
        retries: 2,
        pause: Duration::from_millis(1),
        failures: 4,
        rest: Duration::from_millis(200),
    }
}

impl House {
    async fn new() -> Self {
        Self::with(KEY, |_| true).await
    }

    async fn with(key: &str, configured: impl Fn(&Offer) -> bool) -> Self {
        let plans = Plans::default();
        let sold: Vec<_> = plans.offers().collect();
        let prices = sold.iter().map(|(offer, price)| FakePrice {
            id: id(offer),
            units: billing::stripe::amount::to_stripe(*price).unwrap(),
            currency: offer.currency.code().to_lowercase(),
            days: if offer.interval == Interval::Year {
                365
            } else {
                30
            },
        });
        let secret_ = secret("whsec_test");
        let fake = FakeStripe::start(secret(KEY), secret_.clone(), prices.collect(), BEGIN)
            .await
            .unwrap();
        let entries = sold.iter().filter(|(offer, _)| configured(offer));
        let entries = entries.map(|(offer, _)| PriceEntry {
            offer: offer.clone(),
            price: id(offer),
            former: Vec::new(),
        });
        let stripe = Stripe::new(StripeConfig {
            key: secret(key),
            api: Endpoint::new(fake.url()).unwrap(),
            prices: PriceBook::new(entries).unwrap(),
            patience: patience(),
        });
        Self {
            stripe: stripe.unwrap(),
            webhook: Webhook::new(vec![secret_], false),
            fake,
            plans,
        }
    }

    fn checkout(&self, plan: &str, trial_days: u32) -> Checkout {
        Checkout {
            payer: payer(),
            offer: month(plan),
            trial_days,
            customer: None,
            email: Some("trader@example.com".into()),
            success_url: "https://phoenix.example/paid?a=1&b=2".into(),
            cancel_url: "https://phoenix.example/plans".into(),
            expires: Time(self.fake.now().0 + HOUR),
        }
    }

    async fn subscribe(&self, plan: &str, trial_days: u32) -> String {
        let checkout = self.checkout(plan, trial_days);
        let key = format!("{plan}{trial_days}");
        let page = self.stripe.checkout(&checkout, &key).await.unwrap();
        assert!(page.url.starts_with("https://checkout.stripe.com/"));
        self.fake.complete(&page.id).unwrap()
    }

    /// What the server does with a webhook, and how it is recorded.
    async fn deliver(&self, ledger: &mut Ledger, deliveries: &[Delivery]) {
        for delivery in deliveries {
            let now = self.fake.now();
            let event = self
                .webhook
                .verify(&delivery.signature, &delivery.body, now)
                .unwrap();
            let followed = self.stripe.follow(&event, now).await;
            assert_eq!(followed.fault, None, "{}", event.kind);
            assert_eq!(followed.payer, Some(payer()), "{}", event.kind);
            ledger.record_all(followed.facts);
        }
    }

    /// The same from events alone, as when the API cannot be reached.
    fn deliver_offline(&self, ledger: &mut Ledger, deliveries: &[Delivery]) {
        for delivery in deliveries {
            let now = self.fake.now();
            let event = self
                .webhook
                .verify(&delivery.signature, &delivery.body, now);
            let reading = event.unwrap().read(self.stripe.prices()).unwrap();
            ledger.record_all(reading.facts);
        }
    }

    fn at(&self, ledger: &Ledger, now: Time) -> (String, State) {
        let terms = Terms {
            plans: &self.plans,
            test_mode: false,
        };
        let standing = ledger.standing(&terms, now);
        (standing.plan.to_string(), standing.state)
    }

    /// After all events so far, online and offline, in many orders, twice each: the same.
    async fn expect(&self, plan: &str, state: State) -> Ledger {
        let deliveries = self.fake.deliveries();
        let mut first: Option<Ledger> = None;
        let mut offline: Option<Ledger> = None;
        for seed in 0..6 {
            let shuffled = shuffled_twice(&deliveries, seed);
            let mut ledger = Ledger::default();
            self.deliver(&mut ledger, &shuffled).await;
            assert_eq!(*first.get_or_insert_with(|| ledger.clone()), ledger);
            let mut ledger = Ledger::default();
            self.deliver_offline(&mut ledger, &shuffled);
            assert_eq!(*offline.get_or_insert_with(|| ledger.clone()), ledger);
        }
        let now = self.fake.now();
        let ledger = first.unwrap();
        assert_eq!(self.at(&ledger, now), (plan.to_owned(), state));
        assert_eq!(self.at(&offline.unwrap(), now).0, plan, "offline");
        ledger
    }
}

#[tokio::test]
async fn a_whole_life() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 14).await;
    let ledger = house.expect("trader", State::Trialing).await;
    assert!(ledger.had_trial());
    // The trial ends and is paid.
    house.fake.renew(&sub, true);
    let ledger = house.expect("trader", State::Active).await;
    let customer = ledger.customer(Provider::Stripe).unwrap().to_owned();
    let portal = house
        .stripe
        .portal(&customer, "https://phoenix.example/", "k");
    assert!(portal.await.unwrap().url.contains("billing.stripe.com"));
    // The next month the card fails: grace, then a good card.
    house.fake.renew(&sub, false);
    let ledger = house.expect("trader", State::PastDue).await;
    let failed = house.fake.now();
    let at = |after: i64| house.at(&ledger, Time(failed.0 + after));
    assert_eq!(at(GRACE - 1).0, "trader");
    assert_eq!(at(GRACE), ("free".into(), State::Unpaid));
    house.fake.advance(3 * DAY);
    house.fake.pay(&sub);
    house.expect("trader", State::Active).await;
    // A better plan, at once.
    house.fake.advance(DAY);
    let now = house.fake.now();
    let changed = house
        .stripe
        .change(&house.plans, &sub, &month("pro"), "up", now)
        .await
        .unwrap();
    assert_eq!(changed.change, Change::Upgrade);
    house.expect("pro", State::Active).await;
    // Cancelled, taken back, cancelled again: it lasts until the end of what is paid.
    house.fake.advance(DAY);
    let now = house.fake.now();
    house.stripe.cancel(&sub, "c1", now).await.unwrap();
    house.expect("pro", State::Ending).await;
    house.fake.advance(HOUR);
    let now = house.fake.now();
    house.stripe.resume(&sub, "r1", now).await.unwrap();
    house.expect("pro", State::Active).await;
    house.fake.advance(HOUR);
    let now = house.fake.now();
    house.stripe.cancel(&sub, "c2", now).await.unwrap();
    let ledger = house.expect("pro", State::Ending).await;
    let ends = ledger.running().next().unwrap().period_end;
    assert_eq!(house.at(&ledger, Time(ends.0 - 1)).0, "pro");
    assert_eq!(house.at(&ledger, ends).0, "free");
    house.fake.renew(&sub, true);
    house.expect("free", State::Ended).await;
    let late = house.stripe.resume(&sub, "r2", house.fake.now()).await;
    assert!(matches!(
        late,
        Err(StripeFault::Call(CallError::Refused { status: 400, .. }))
    ));
}

#[tokio::test]
async fn dunning_that_fails_ends_it() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    house.expect("trader", State::Active).await;
    house.fake.renew(&sub, false);
    house.fake.advance(6 * DAY);
    house.expect("trader", State::PastDue).await;
    house.fake.advance(2 * DAY);
    house.expect("free", State::Unpaid).await;
    house.fake.end(&sub);
    house.expect("free", State::Ended).await;
}

#[tokio::test]
async fn who_ends_it_at_once_keeps_what_is_paid() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    house.fake.advance(DAY);
    house.fake.end(&sub);
    house.expect("trader", State::Ending).await;
    house.fake.advance(30 * DAY);
    house.expect("free", State::Ended).await;
}

#[tokio::test]
async fn an_upgrade_that_is_not_paid_changes_nothing() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    house.fake.advance(DAY);
    house.fake.set_card(false);
    let now = house.fake.now();
    let to = month("pro");
    let changed = house.stripe.change(&house.plans, &sub, &to, "up", now);
    let changed = changed.await.unwrap();
    let Fact::Subscription(snapshot) = changed.fact else {
        panic!()
    };
    assert_eq!(snapshot.plan.as_str(), "trader");
    let deliveries = house.fake.deliveries();
    for seed in 0..10 {
        let mut ledger = Ledger::default();
        house
            .deliver(&mut ledger, &shuffled_twice(&deliveries, seed))
            .await;
        assert_eq!(house.at(&ledger, house.fake.now()).0, "trader");
        // The month that was paid is theirs to its last day.
        let last = Time(BEGIN.0 + 30 * DAY - 1);
        assert_eq!(house.at(&ledger, last).0, "trader");
    }
}

#[tokio::test]
async fn a_downgrade_counts_at_once() {
    let house = House::new().await;
    let sub = house.subscribe("pro", 0).await;
    house.fake.advance(DAY);
    let now = house.fake.now();
    let change = |to, key| house.stripe.change(&house.plans, &sub, to, key, now);
    let to = month("trader");
    assert_eq!(change(&to, "1").await.unwrap().change, Change::Downgrade);
    house.expect("trader", State::Active).await;
    assert_eq!(change(&to, "2").await.unwrap().change, Change::None);
    let rupiah = offer("pro", Interval::Month, Currency::Idr);
    assert_eq!(change(&rupiah, "3").await, Err(StripeFault::Currency));
}

#[tokio::test]
async fn money_that_goes_back_takes_the_plan_with_it() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    house.fake.advance(DAY);
    house.fake.refund(&sub, false);
    let online = house.fake.deliveries();
    let mut ledger = Ledger::default();
    house.deliver(&mut ledger, &online).await;
    assert_eq!(
        house.at(&ledger, house.fake.now()).0,
        "trader",
        "a part is a courtesy"
    );
    house.fake.advance(HOUR);
    house.fake.refund(&sub, true);
    for seed in 0..10 {
        let mut ledger = Ledger::default();
        let shuffled = shuffled_twice(&house.fake.deliveries(), seed);
        house.deliver(&mut ledger, &shuffled).await;
        let standing = house.at(&ledger, house.fake.now());
        assert_eq!(standing, ("free".into(), State::Reversed));
    }
    // The next month is paid again.
    house.fake.renew(&sub, true);
    let mut ledger = Ledger::default();
    house.deliver(&mut ledger, &house.fake.deliveries()).await;
    assert_eq!(house.at(&ledger, house.fake.now()).0, "trader");
}

#[tokio::test]
async fn a_dispute_suspends_until_it_is_won() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    for (status, plan) in [
        ("warning_needs_response", "trader"),
        ("needs_response", "free"),
        ("under_review", "free"),
        ("won", "trader"),
    ] {
        house.fake.advance(DAY);
        house.fake.dispute(&sub, status);
        for seed in 0..5 {
            let mut ledger = Ledger::default();
            let shuffled = shuffled_twice(&house.fake.deliveries(), seed);
            house.deliver(&mut ledger, &shuffled).await;
            assert_eq!(house.at(&ledger, house.fake.now()).0, plan, "{status}");
        }
    }
}

#[tokio::test]
async fn rupiah_are_sold_too() {
    let house = House::new().await;
    let mut checkout = house.checkout("trader", 0);
    checkout.offer = offer("trader", Interval::Year, Currency::Idr);
    let page = house.stripe.checkout(&checkout, "k").await.unwrap();
    house.fake.complete(&page.id).unwrap();
    let ledger = house.expect("trader", State::Active).await;
    let amount = ledger.facts().find_map(|fact| match fact {
        Fact::Paid(paid) => Some(paid.amount.to_string()),
        _ => None,
    });
    assert_eq!(amount.as_deref(), Some("IDR 4490000"));
}

#[tokio::test]
async fn the_same_key_is_the_same_deed() {
    let house = House::new().await;
    let checkout = house.checkout("trader", 14);
    let first = house.stripe.checkout(&checkout, "form-1").await.unwrap();
    let again = house.stripe.checkout(&checkout, "form-1").await.unwrap();
    assert_eq!(first, again);
    let other = house.stripe.checkout(&checkout, "form-2").await.unwrap();
    assert_ne!(first.id, other.id);
    // Other parameters under the same key are a fault of ours, and not done.
    let changed = house.checkout("pro", 14);
    let refused = house.stripe.checkout(&changed, "form-1").await;
    let code = "idempotency_error".to_owned();
    let expected = CallError::Refused {
        name: "Stripe",
        status: 400,
        code,
    };
    assert_eq!(refused, Err(StripeFault::Call(expected)));
    // Done, but the answer was lost: asked again, it is not done twice.
    house.fake.trouble(Trouble::LostAnswer);
    let third = house.stripe.checkout(&checkout, "form-3").await.unwrap();
    let again = house.stripe.checkout(&checkout, "form-3").await.unwrap();
    assert_eq!(third, again);
}

/// Lets time pass at once: the breaker goes by this clock.
async fn let_pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn trouble_is_survived_or_told() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    let fetch = || house.stripe.subscription(&sub, BEGIN);
    for trouble in [Trouble::Status(500), Trouble::Status(429), Trouble::Garbage] {
        house.fake.trouble(trouble);
        fetch().await.unwrap();
    }
    // Three times no answer: told, instead of waiting for ever.
    for _ in 0..3 {
        house.fake.trouble(Trouble::Silence);
    }
    let fault = fetch().await.unwrap_err();
    assert_eq!(fault, StripeFault::Call(CallError::Timeout("Stripe")));
    // Once more, and it is left alone.
    house.fake.trouble(Trouble::Status(503));
    let fault = fetch().await.unwrap_err();
    assert_eq!(fault, StripeFault::Call(CallError::Open("Stripe")));
    assert_eq!(house.stripe.state(), BreakerState::Open);
    let asked = house.fake.requests().len();
    let fault = fetch().await.unwrap_err();
    assert_eq!(fault, StripeFault::Call(CallError::Open("Stripe")));
    assert_eq!(house.fake.requests().len(), asked);
    let_pass(patience().rest).await;
    fetch().await.unwrap();
    assert_eq!(house.stripe.state(), BreakerState::Closed);
}

#[tokio::test]
async fn facts_are_kept_when_stripe_cannot_be_asked() {
    let house = House::new().await;
    house.subscribe("trader", 0).await;
    let mut ledger = Ledger::default();
    for delivery in house.fake.deliveries() {
        for _ in 0..9 {
            house.fake.trouble(Trouble::Status(500));
        }
        let now = house.fake.now();
        let event = house
            .webhook
            .verify(&delivery.signature, &delivery.body, now)
            .unwrap();
        let followed = house.stripe.follow(&event, now).await;
        assert!(matches!(followed.fault, Some(StripeFault::Call(_))));
        ledger.record_all(followed.facts);
    }
    assert_eq!(house.at(&ledger, house.fake.now()).0, "trader");
}

#[tokio::test]
async fn a_wrong_key_is_told_and_not_printed() {
    let house = House::with("sk_test_othersecret", |_| true).await;
    let checkout = house.checkout("trader", 14);
    let fault = house.stripe.checkout(&checkout, "k").await.unwrap_err();
    let printed = format!("{fault} {fault:?} {:?}", house.stripe);
    assert!(printed.contains("401"), "{printed}");
    assert!(!printed.contains("verysecret") && !printed.contains("othersecret"));
}

#[tokio::test]
async fn what_is_paid_and_not_understood_is_never_ignored() {
    let house = House::with(KEY, |offer| offer.plan.as_str() != "pro").await;
    let checkout = house.checkout("pro", 0);
    let fault = house.stripe.checkout(&checkout, "k").await.unwrap_err();
    assert_eq!(fault, StripeFault::NotSold);
    // Somebody sold it in the dashboard.
    let all = House::new().await;
    all.subscribe("pro", 0).await;
    for delivery in all.fake.deliveries() {
        let event = all
            .webhook
            .verify(&delivery.signature, &delivery.body, BEGIN)
            .unwrap();
        if event.kind != "checkout.session.completed" {
            let fault = event.read(house.stripe.prices()).unwrap_err();
            let price = "price_pro_month_USD".into();
            assert_eq!(fault, ObjectFault::Price(price));
        }
    }
}

#[tokio::test]
async fn ids_cannot_leave_their_place() {
    let house = House::new().await;
    for id in ["", "sub_1/../../v1/charges", "sub_1?expand[]=x", "sub 1"] {
        let fault = house.stripe.subscription(id, BEGIN).await.unwrap_err();
        assert!(matches!(fault, StripeFault::Call(CallError::Impossible(_))));
    }
    assert!(house.fake.requests().is_empty());
}

#[tokio::test]
async fn the_payer_is_told_once_for_each_event() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 0).await;
    house.fake.renew(&sub, false);
    house.fake.refund(&sub, true);
    let mut notices = Vec::new();
    for delivery in house.fake.deliveries() {
        let now = house.fake.now();
        let event = house
            .webhook
            .verify(&delivery.signature, &delivery.body, now)
            .unwrap();
        notices.extend(house.stripe.follow(&event, now).await.notice);
    }
    assert_eq!(notices, [Notice::PaymentFailed, Notice::Refunded]);
}

#[tokio::test]
async fn a_trial_that_is_ended_leaves_nothing() {
    let house = House::new().await;
    let sub = house.subscribe("trader", 14).await;
    house.fake.advance(DAY);
    house.fake.end(&sub);
    let ledger = house.expect("free", State::Ended).await;
    assert!(ledger.had_trial());
}
