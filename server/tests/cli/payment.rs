//! Plans and payments as a person meets them, with strict stand-ins for the providers.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::Place,
    web::{Answer, Web},
};
use billing::{
    fake::{
        Trouble,
        midtrans::FakeMidtrans,
        shuffled_twice,
        stripe::{Delivery, FakePrice, FakeStripe},
    },
    secret::Secret,
};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;
use trading::time::Time;

const KEY: &str = "sk_test_hidden";
const SIGNING: &str = "whsec_hidden";
const SERVER_KEY: &str = "SB-Mid-server-hidden";

const PRICES: &str = r#"
[[price]]
plan = "trader"
interval = "month"
currency = "USD"
price = "price_trader"

[[price]]
plan = "pro"
interval = "month"
currency = "USD"
price = "price_pro"
"#;

fn now() -> Time {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time(i64::try_from(now.as_millis()).unwrap())
}

fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

/// Both providers, and a server that knows them.
struct Shop {
    _runtime: Runtime,
    stripe: FakeStripe,
    midtrans: FakeMidtrans,
    place: Place,
    web: Web,
}

impl Shop {
    fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let price = |id: &str, units| FakePrice {
            id: id.to_owned(),
            units,
            currency: "usd".to_owned(),
            days: 31,
        };
        let prices = vec![price("price_trader", 2_900), price("price_pro", 7_900)];
        let stripe = FakeStripe::start(secret(KEY), secret(SIGNING), prices, now());
        let stripe = runtime.block_on(stripe).unwrap();
        let midtrans = FakeMidtrans::start(secret(SERVER_KEY), now());
        let midtrans = runtime.block_on(midtrans).unwrap();
        let place = Place::new();
        place.write("prices.toml", PRICES);
        let (at_stripe, at_midtrans) = (stripe.url(), midtrans.url());
        let variables = format!(
            "PHOENIX_STRIPE_KEY={KEY} PHOENIX_STRIPE_WEBHOOK_SECRET={SIGNING} \
             PHOENIX_STRIPE_PRICES=prices.toml PHOENIX_STRIPE_API={at_stripe} \
             PHOENIX_MIDTRANS_KEY={SERVER_KEY} PHOENIX_MIDTRANS_SNAP={at_midtrans} \
             PHOENIX_MIDTRANS_API={at_midtrans} PHOENIX_PUBLIC_URL=http://127.0.0.1"
        );
        let web = Web::start(&place, &variables);
        Self {
            _runtime: runtime,
            stripe,
            midtrans,
            place,
            web,
        }
    }

    fn outbox(&self) -> Outbox {
        Outbox::of_file(&self.place.path("home"))
    }

    /// A delivery of Stripe's.
    fn deliver(&self, delivery: &Delivery) -> Answer {
        let body = String::from_utf8(delivery.body.clone()).unwrap();
        self.webhook(&delivery.signature, &body)
    }

    fn webhook(&self, signature: &str, body: &str) -> Answer {
        let host = self.web.host();
        let headers = [
            ("Host", host.as_str()),
            ("Content-Type", "application/json"),
            ("Stripe-Signature", signature),
        ];
        self.web.ask("POST /api/payment/stripe", &headers, body)
    }

    fn notify(&self, body: &[u8]) -> Answer {
        let host = self.web.host();
        let headers = [
            ("Host", host.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = std::str::from_utf8(body).unwrap();
        self.web.ask("POST /api/payment/midtrans", &headers, body)
    }
}

fn key(browser: &Browser<'_>) -> String {
    let page = browser.get("/account/billing");
    assert_eq!(page.status, 200, "{}", page.text());
    let (_, rest) = page.text().split_once("name=\"key\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn buy(browser: &Browser<'_>, plan: &str, currency: &str) -> Answer {
    let key = key(browser);
    let fields = [
        ("plan", plan),
        ("interval", "month"),
        ("currency", currency),
        ("key", &key),
    ];
    browser.post("/account/billing/buy", &fields)
}

/// The last part of the address that an answer leads to.
fn last_part(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let url = answer.header("location").unwrap();
    url.rsplit('/').next().unwrap().to_owned()
}

/// The plan that the page says one has.
fn plan(browser: &Browser<'_>) -> String {
    let all = browser.get("/account/export").json();
    all["plan"]["plan"].as_str().unwrap().to_owned()
}

#[test]
fn a_trial_by_card_counts_once_stripe_says_so() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    assert_eq!(plan(&ada), "free");
    let session = last_part(&buy(&ada, "trader", "USD"));
    // Coming back proves nothing.
    assert_eq!(ada.get("/account/billing?from=stripe").status, 200);
    assert_eq!(plan(&ada), "free");
    shop.stripe.complete(&session).unwrap();
    let deliveries = shop.stripe.deliveries();
    assert!(deliveries.len() > 1);
    // In any order, and more than once.
    for delivery in shuffled_twice(&deliveries, 7) {
        let answer = shop.deliver(&delivery);
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    assert_eq!(plan(&ada), "trader");
    // Who has a subscription changes it; there is never a second one.
    buy(&ada, "pro", "USD").goes_to("/account/billing?notice=plan-changed");
    assert_eq!(plan(&ada), "pro");
    // An account that is charged is not removed.
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(ada.post("/account/delete", &fields).status, 422);
    let key = key(&ada);
    let canceled = ada.post("/account/billing/cancel", &[("key", &key)]);
    canceled.goes_to("/account/billing?notice=plan-canceled");
    assert_eq!(plan(&ada), "pro", "until the end of what is paid");
    let gone = ada.post("/account/delete", &fields);
    gone.goes_to("/sign-in?notice=account-deleted");
    // What Stripe says afterwards is about nobody.
    for delivery in shop.stripe.deliveries() {
        assert_eq!(shop.deliver(&delivery).status, 200);
    }
}

#[test]
fn news_that_are_not_stripes_are_refused() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    let session = last_part(&buy(&ada, "trader", "USD"));
    shop.stripe.complete(&session).unwrap();
    let delivery = shop.stripe.deliveries().remove(0);
    let body = String::from_utf8(delivery.body.clone()).unwrap();
    let old =
        billing::stripe::webhook::sign(&secret(SIGNING), &delivery.body, Time(now().0 - 3_600_000));
    let forged = billing::stripe::webhook::sign(&secret("whsec_other"), &delivery.body, now());
    let half = &body[..body.len() / 2];
    for (signature, body) in [
        ("", body.as_str()),
        ("t=1,v1=00", &body),
        (&forged, &body),
        (&old, &body),
        (&delivery.signature, half),
        (&delivery.signature, &body.replacen("evt_", "evu_", 1)),
        (&delivery.signature, ""),
    ] {
        let answer = shop.webhook(signature, body);
        assert_eq!(answer.status, 400, "{signature}: {body}");
    }
    assert_eq!(plan(&ada), "free");
}

#[test]
fn what_stripe_cannot_be_asked_about_comes_again() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    // Nothing is charged when it cannot be reached, and the page says so.
    for _ in 0..3 {
        shop.stripe.trouble(Trouble::Status(500));
    }
    let refused = buy(&ada, "trader", "USD");
    assert_eq!(refused.status, 502, "{}", refused.text());
    let session = last_part(&buy(&ada, "trader", "USD"));
    shop.stripe.complete(&session).unwrap();
    let mut later = 0;
    for delivery in shop.stripe.deliveries() {
        for _ in 0..3 {
            shop.stripe.trouble(Trouble::Status(500));
        }
        later += usize::from(shop.deliver(&delivery).status == 503);
    }
    assert!(later > 0, "some events have to be asked about");
}

#[test]
fn rupiah_are_paid_once_for_a_month() {
    let shop = Shop::open();
    let budi = Browser::new(&shop.web);
    budi.join(&shop.outbox(), "budi@example.com");
    let bought = buy(&budi, "trader", "IDR");
    assert_eq!(bought.status, 303, "{}", bought.text());
    let requests = shop.midtrans.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let order = shop.midtrans.last_order().unwrap();
    let pending = shop
        .midtrans
        .becomes(&order, "pending", "bank_transfer")
        .unwrap();
    assert_eq!(shop.notify(&pending).status, 200);
    assert_eq!(plan(&budi), "free");
    let paid = shop
        .midtrans
        .becomes(&order, "settlement", "bank_transfer")
        .unwrap();
    // Forged, cut short, replayed: it only says what to ask about.
    let forged = String::from_utf8(paid.clone())
        .unwrap()
        .replace("449000.00", "1.00");
    assert_eq!(shop.notify(forged.as_bytes()).status, 400);
    assert_eq!(shop.notify(&paid[..paid.len() / 2]).status, 400);
    assert_eq!(plan(&budi), "free");
    for news in [&paid, &pending, &paid] {
        assert_eq!(shop.notify(news).status, 200);
    }
    assert_eq!(plan(&budi), "trader");
    let back = shop
        .midtrans
        .becomes(&order, "refund", "bank_transfer")
        .unwrap();
    assert_eq!(shop.notify(&back).status, 200);
    assert_eq!(plan(&budi), "free");
}

#[test]
fn without_keys_nothing_is_charged_and_it_is_said() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let ada = Browser::new(&web);
    assert!(ada.get("/pricing").text().contains("Test mode"));
    ada.join(&Outbox::of_file(&place.path("home")), "ada@example.com");
    assert!(ada.get("/account/billing").text().contains("Test mode"));
    buy(&ada, "pro", "USD").goes_to("/account/billing?notice=plan-changed");
    assert_eq!(plan(&ada), "pro");
    let key = key(&ada);
    let canceled = ada.post("/account/billing/cancel", &[("key", &key)]);
    canceled.goes_to("/account/billing?notice=plan-canceled");
    for (path, body) in [
        (
            "/account/billing/buy",
            "plan=free&interval=month&currency=USD&key=x",
        ),
        (
            "/account/billing/buy",
            "plan=gold&interval=month&currency=USD&key=x",
        ),
        (
            "/account/billing/buy",
            "plan=pro&interval=day&currency=BTC&key=x",
        ),
        ("/account/billing/portal", "key=x"),
    ] {
        assert_eq!(ada.post_raw(path, body).status, 422, "{path} {body}");
    }
    // There is nobody whose news could be believed.
    let host = web.host();
    for path in ["/api/payment/stripe", "/api/payment/midtrans"] {
        let answer = web.ask(&format!("POST {path}"), &[("Host", &host)], "{}");
        assert_eq!(answer.status, 404);
    }
}

#[test]
fn settings_that_cannot_be_are_told_all_at_once() {
    let place = Place::new();
    std::fs::create_dir_all(place.path("site/assets")).unwrap();
    let ran = std::process::Command::new(assert_cmd::cargo::cargo_bin!("phoenix"))
        .current_dir(place.path(""))
        .args("serve --web site --home home".split(' '))
        .env("PHOENIX_STRIPE_KEY", KEY)
        .env("PHOENIX_MIDTRANS_KEY", SERVER_KEY)
        .env("PHOENIX_MIDTRANS_API", "http://elsewhere.example")
        .output()
        .unwrap();
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(ran.status.code(), Some(2), "{said}");
    for name in ["PHOENIX_STRIPE_WEBHOOK_SECRET", "PHOENIX_MIDTRANS_API"] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("hidden"), "{said}");
}
