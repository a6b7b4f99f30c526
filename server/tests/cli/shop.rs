//! A server that sells, with strict stand-ins for the payment providers.

use crate::{
    browser::{Browser, Outbox},
    support::Place,
    web::{Answer, Web},
};
use billing::{
    fake::{
        midtrans::FakeMidtrans,
        stripe::{Delivery, FakePrice, FakeStripe},
    },
    secret::Secret,
};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::runtime::Runtime;
use trading::time::Time;

pub(crate) const KEY: &str = "sk_test_hidden";
pub(crate) const SIGNING: &str = "whsec_hidden";
pub(crate) const SERVER_KEY: &str = "SB-Mid-server-hidden";

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

pub(crate) fn now() -> Time {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Time(i64::try_from(now.as_millis()).unwrap())
}

pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text).unwrap()
}

/// Both providers, and a server that knows them.
pub(crate) struct Shop {
    _runtime: Runtime,
    pub(crate) stripe: FakeStripe,
    pub(crate) midtrans: FakeMidtrans,
    pub(crate) place: Place,
    pub(crate) web: Web,
}

impl Shop {
    pub(crate) fn open() -> Self {
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

    pub(crate) fn outbox(&self) -> Outbox {
        Outbox::of_file(&self.place.path("home"))
    }

    /// A delivery of Stripe's.
    pub(crate) fn deliver(&self, delivery: &Delivery) -> Answer {
        let body = String::from_utf8(delivery.body.clone()).unwrap();
        self.webhook(&delivery.signature, &body)
    }

    pub(crate) fn webhook(&self, signature: &str, body: &str) -> Answer {
        let host = self.web.host();
        let headers = [
            ("Host", host.as_str()),
            ("Content-Type", "application/json"),
            ("Stripe-Signature", signature),
        ];
        self.web.ask("POST /api/payment/stripe", &headers, body)
    }

    pub(crate) fn notify(&self, body: &[u8]) -> Answer {
        let host = self.web.host();
        let headers = [
            ("Host", host.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = std::str::from_utf8(body).unwrap();
        self.web.ask("POST /api/payment/midtrans", &headers, body)
    }
}

pub(crate) fn key(browser: &Browser<'_>) -> String {
    let page = browser.get("/account/billing");
    assert_eq!(page.status, 200, "{}", page.text());
    let (_, rest) = page.text().split_once("name=\"key\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

pub(crate) fn buy(browser: &Browser<'_>, plan: &str, currency: &str) -> Answer {
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
pub(crate) fn last_part(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let url = answer.header("location").unwrap();
    url.rsplit('/').next().unwrap().to_owned()
}

/// The plan that the page says one has.
pub(crate) fn plan(browser: &Browser<'_>) -> String {
    let all = browser.get("/account/export").json();
    all["plan"]["plan"].as_str().unwrap().to_owned()
}
