//! Buying and what becomes of a subscription, as programs meet it, with strict stand-ins for the
//! providers.

use crate::{
    browser::Browser,
    machine::Machine,
    shop::{Shop, plan},
    web::Answer,
};
use billing::fake::Trouble;
use serde_json::{Value, json};

fn wanted(plan: &str) -> Value {
    json!({ "plan": plan, "interval": "month", "currency": "USD" })
}

/// The name of the checkout whose page an answer leads to.
fn session(answer: &Answer) -> String {
    let url = answer.json()["url"].as_str().unwrap().to_owned();
    url.rsplit('/').next().unwrap().to_owned()
}

/// Pays what an answer leads to, and tells us so.
fn pay(shop: &Shop, answer: &Answer) {
    shop.stripe.complete(&session(answer)).unwrap();
    for delivery in shop.stripe.deliveries() {
        assert_eq!(shop.deliver(&delivery).status, 200);
    }
}

/// What was asked of Stripe that changes something.
fn changes(shop: &Shop) -> Vec<String> {
    let mut asked = shop.stripe.requests();
    asked.retain(|one| one.starts_with("POST /v1/subscriptions"));
    asked
}

#[test]
fn api_a_phone_begins_to_buy_but_charges_no_saved_card() {
    let shop = Shop::open();
    let browser = Browser::new(&shop.web);
    browser.join(&shop.outbox(), "ada@example.com");
    let ada = Machine::of_browser(&browser);
    let [phone, pc, reader] =
        ["phone", "executor", "read"].map(|scope| Machine::with(&shop.web, &ada.key(scope).1));
    for key in [&pc, &reader] {
        key.post("/payment/checkout", &wanted("trader"))
            .refused(403, "forbidden");
    }
    // The provider's page asks whoever holds the phone.
    let begun = phone.post("/payment/checkout", &wanted("trader"));
    assert_eq!(plan(&browser), "free");
    pay(&shop, &begun);
    assert_eq!(plan(&browser), "trader");

    // From here on Stripe knows the card, and would ask nobody.
    for plan in ["pro", "trader"] {
        let refused = phone.post("/payment/checkout", &wanted(plan));
        refused.refused(403, "session-required");
        let why = refused.value()["detail"].as_str().unwrap().to_owned();
        assert!(why.contains("signed in"), "{why}");
    }
    assert_eq!(changes(&shop), [""; 0], "nothing was asked of Stripe");
    assert_eq!(plan(&browser), "trader");
    let changed = ada.post("/payment/checkout", &wanted("pro")).json();
    assert_eq!(changed["url"], Value::Null, "it is done");
    assert_eq!(plan(&browser), "pro");
}

#[test]
fn api_a_payment_is_canceled_and_resumed_by_who_is_signed_in() {
    let shop = Shop::open();
    let browser = Browser::new(&shop.web);
    browser.join(&shop.outbox(), "ada@example.com");
    let ada = Machine::of_browser(&browser);
    let phone = Machine::with(&shop.web, &ada.key("phone").1);
    let deeds = ["/payment/portal", "/payment/cancel", "/payment/resume"];
    for deed in deeds {
        // There is nothing yet.
        ada.post(deed, &json!({})).refused(422, "invalid");
        Machine::nobody(&shop.web)
            .post(deed, &json!({}))
            .refused(401, "unauthorized");
    }
    pay(&shop, &ada.post("/payment/checkout", &wanted("trader")));
    for deed in deeds {
        phone.post(deed, &json!({})).refused(403, "forbidden");
        let keyless = ada.ask(&format!("POST /api/v1{deed}"), &[], "{}");
        keyless.refused(400, "idempotency-missing");
    }
    assert_eq!(changes(&shop), [""; 0]);

    let page = ada.post("/payment/portal", &json!({})).json();
    let page = page["url"].as_str().unwrap();
    assert!(page.starts_with("https://billing.stripe.com/"), "{page}");

    let before = ada.get("/payment/subscription").json();
    assert_eq!(before["is_renewed"], true);
    // Longer than Stripe takes a key, with the names of account and subscription beside it.
    let key = "k".repeat(200);
    let canceled = ada.post_keyed("/payment/cancel", &key, &json!({}));
    assert_eq!(canceled.json()["is_renewed"], false);
    let again = ada.post_keyed("/payment/cancel", &key, &json!({}));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.json(), canceled.json());
    assert_eq!(changes(&shop).len(), 1, "{:?}", changes(&shop));
    assert_eq!(plan(&browser), "trader", "until the end of what is paid");

    for _ in 0..3 {
        shop.stripe.trouble(Trouble::Status(500));
    }
    ada.post("/payment/resume", &json!({}))
        .refused(502, "payment-provider");
    let resumed = ada.post("/payment/resume", &json!({})).json();
    assert_eq!(resumed["is_renewed"], true);
    assert_eq!(ada.get("/payment/subscription").json(), resumed);
    let mut trail = shop.outbox().trail();
    trail.retain(|action| action.starts_with("plan-"));
    assert_eq!(trail, ["plan-resumed", "plan-canceled", "plan-chosen"]);
}
