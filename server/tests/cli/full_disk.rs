//! A disk that is full, and has room again.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::Place,
    web::{Answer, Web},
};

fn register(browser: &Browser<'_>, email: &str) -> Answer {
    let fields = [("email", email), ("password", PASSWORD), ("language", "en")];
    browser.post("/register", &fields)
}

#[test]
fn a_full_disk_is_said_and_nothing_is_lost() {
    let place = Place::new();
    let web = Web::start_limited(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    web.limit_files("4096");
    let refused = register(&Browser::new(&web), "budi@example.com");
    assert_eq!(refused.status, 503, "{}", refused.text());
    assert!(refused.text().contains("Reference"), "{}", refused.text());
    assert_eq!(
        register(&Browser::new(&web), "citra@example.com").status,
        503
    );
    assert_eq!(web.get("/healthz", &[]).status, 200);
    // Who only reads is answered.
    assert_eq!(web.get("/pricing", &[]).status, 200);
    web.limit_files("unlimited");
    let ready = web.get("/readyz", &[]);
    assert_eq!(ready.status, 200, "{}", ready.text());
    Browser::new(&web).join(&outbox, "budi@example.com");
    assert_eq!(ada.get("/account").status, 200, "she is still signed in");
}
