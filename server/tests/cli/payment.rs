//! Plans and payments as a person meets them, with strict stand-ins for the providers.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    shop::{KEY, SERVER_KEY, SIGNING, Shop, buy, key, last_part, now, plan, secret},
    support::Place,
    web::Web,
};
use billing::fake::{Trouble, shuffled_twice};
use trading::time::Time;

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
