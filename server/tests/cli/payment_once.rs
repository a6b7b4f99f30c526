//! Nobody pays twice, and nobody pays for an account that is gone.

use crate::{
    browser::{Browser, PASSWORD},
    shop::{Shop, buy, last_part, plan},
};
use billing::fake::{Trouble, shuffled_twice};

fn leave(browser: &Browser<'_>, email: &str, password: &str) -> crate::web::Answer {
    let fields = [("email", email), ("password", password)];
    browser.post("/account/delete", &fields)
}

#[test]
fn of_two_checkouts_only_the_last_can_be_paid() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    let first = last_part(&buy(&ada, "trader", "USD"));
    assert_eq!(
        first,
        last_part(&buy(&ada, "trader", "USD")),
        "a second tab"
    );
    let second = last_part(&buy(&ada, "pro", "USD"));
    assert_ne!(first, second);
    assert_eq!(shop.stripe.complete(&first), None);
    // Nor does it stay open beside a payment in rupiah.
    let third = last_part(&buy(&ada, "trader", "USD"));
    assert_eq!(shop.stripe.complete(&second), None);
    assert_eq!(buy(&ada, "trader", "IDR").status, 303);
    assert_eq!(shop.stripe.complete(&third), None);
    // Nor the other way round: what can still be paid in rupiah is ended first, or waited for.
    let open = buy(&ada, "pro", "USD");
    assert_eq!(open.status, 409, "{}", open.text());
    assert!(open.text().contains("pay twice"), "{}", open.text());
    let order = shop.midtrans.last_order().unwrap();
    shop.midtrans
        .becomes(&order, "pending", "bank_transfer")
        .unwrap();
    let last = last_part(&buy(&ada, "pro", "USD"));
    assert!(shop.stripe.complete(&last).is_some());
}

#[test]
fn days_paid_in_rupiah_are_not_paid_by_card_too() {
    let shop = Shop::open();
    let budi = Browser::new(&shop.web);
    budi.join(&shop.outbox(), "budi@example.com");
    assert_eq!(buy(&budi, "trader", "IDR").status, 303);
    let order = shop.midtrans.last_order().unwrap();
    // Paid, and nobody has told us.
    shop.midtrans
        .becomes(&order, "settlement", "bank_transfer")
        .unwrap();
    assert_eq!(buy(&budi, "pro", "USD").status, 422);
    assert_eq!(plan(&budi), "trader");
    assert!(shop.stripe.requests().is_empty(), "nothing was begun");
    assert_eq!(
        buy(&budi, "trader", "IDR").status,
        303,
        "more days of the same"
    );
}

#[test]
fn what_was_paid_meanwhile_is_not_paid_again() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    let session = last_part(&buy(&ada, "trader", "USD"));
    shop.stripe.complete(&session).unwrap();
    // Stripe has told nothing yet.
    let refused = buy(&ada, "pro", "USD");
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(refused.text().contains("nothing was charged twice"));
    assert_eq!(plan(&ada), "trader");
    assert_eq!(
        buy(&ada, "trader", "IDR").status,
        422,
        "it keeps its currency"
    );
    buy(&ada, "pro", "USD").goes_to("/account/billing?notice=plan-changed");
}

#[test]
fn a_checkout_whose_answer_was_lost_is_not_forgotten() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    for _ in 0..3 {
        shop.stripe.trouble(Trouble::LostAnswer);
    }
    let refused = buy(&ada, "trader", "USD");
    assert_eq!(refused.status, 502, "{}", refused.text());
    let second = last_part(&buy(&ada, "pro", "USD"));
    let lost = "cs_test_1";
    assert_ne!(second, lost);
    assert_eq!(shop.stripe.complete(lost), None, "it was ended");
    // Nor is one a hindrance that Stripe never took.
    for _ in 0..3 {
        shop.stripe.trouble(Trouble::Status(500));
    }
    assert_eq!(buy(&ada, "trader", "USD").status, 502);
    assert!(
        shop.stripe
            .complete(&last_part(&buy(&ada, "pro", "USD")))
            .is_some()
    );
}

#[test]
fn nobody_pays_for_an_account_that_is_gone() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    let session = last_part(&buy(&ada, "trader", "USD"));
    // Who does not know the password ends nothing.
    assert_eq!(leave(&ada, "ada@example.com", "wrong horse").status, 422);
    let asked = shop.stripe.requests().len();
    assert_eq!(asked, 1, "{:?}", shop.stripe.requests());
    leave(&ada, "ada@example.com", PASSWORD).goes_to("/sign-in?notice=account-deleted");
    assert_eq!(shop.stripe.complete(&session), None);

    let budi = Browser::new(&shop.web);
    budi.join(&shop.outbox(), "budi@example.com");
    assert_eq!(buy(&budi, "trader", "IDR").status, 303);
    // The page is open: any way to pay could be chosen there.
    let stays = leave(&budi, "budi@example.com", PASSWORD);
    assert_eq!(stays.status, 422);
    assert!(
        stays.text().contains("could still go through"),
        "{}",
        stays.text()
    );
    let order = shop.midtrans.last_order().unwrap();
    shop.midtrans
        .becomes(&order, "pending", "bank_transfer")
        .unwrap();
    leave(&budi, "budi@example.com", PASSWORD).goes_to("/sign-in?notice=account-deleted");
    let requests = shop.midtrans.requests();
    let canceled = format!("POST /v2/{order}/cancel");
    assert!(requests.contains(&canceled), "{requests:?}");
}

#[test]
fn what_stripe_sells_for_others_is_not_ours() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    shop.stripe.sell_something_else();
    let deliveries = shop.stripe.deliveries();
    assert!(deliveries.len() >= 4);
    for delivery in shuffled_twice(&deliveries, 3) {
        let answer = shop.deliver(&delivery);
        assert_eq!(
            answer.status,
            200,
            "{}",
            String::from_utf8_lossy(&delivery.body)
        );
    }
    assert_eq!(plan(&ada), "free");
}

#[test]
fn bad_news_of_a_payment_are_mailed_once() {
    let shop = Shop::open();
    let ada = Browser::new(&shop.web);
    ada.join(&shop.outbox(), "ada@example.com");
    let session = last_part(&buy(&ada, "trader", "USD"));
    let subscription = shop.stripe.complete(&session).unwrap();
    shop.stripe.renew(&subscription, false);
    for delivery in shuffled_twice(&shop.stripe.deliveries(), 11) {
        // The clock of the stand-in is a month ahead.
        let signed = billing::stripe::webhook::sign(
            &crate::shop::secret(crate::shop::SIGNING),
            &delivery.body,
            crate::shop::now(),
        );
        let body = String::from_utf8(delivery.body.clone()).unwrap();
        assert_eq!(shop.webhook(&signed, &body).status, 200);
    }
    let told = shop.outbox().count("did not go through");
    assert_eq!(told, 1);
}
