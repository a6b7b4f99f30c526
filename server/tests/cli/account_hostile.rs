//! What nobody means well by.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::Place,
    web::Web,
};
use std::time::{Duration, Instant};

#[test]
fn forms_of_other_sites_are_refused() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let (host, cookie) = (web.host(), ada.cookie());
    let body = "id=x";
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    for (name, value) in [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        // Every browser says one of the two.
        ("X-Nothing", ""),
    ] {
        let headers = [
            ("Host", host.as_str()),
            ("Cookie", &cookie),
            kind,
            (name, value),
        ];
        let answer = web.ask("POST /account/sessions/end-others", &headers, body);
        assert_eq!(answer.status, 403, "{name}: {value}");
        let answer = web.ask("POST /sign-out", &headers, "");
        assert_eq!(answer.status, 403, "{name}: {value}");
    }
    assert_eq!(ada.get("/account").status, 200);
}

#[test]
fn what_is_no_form_changes_nothing_and_breaks_nothing() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    for (path, body, most) in [
        ("/register", "", 422),
        ("/register", "email=a%40example.com", 422),
        ("/register", "email=%FF%FE&password=%FF", 422),
        (
            "/register",
            "email=a%0d%0aBcc%3a+b%40c.example&password=lima+ekor+kucing",
            422,
        ),
        (
            "/register",
            "email=a%40example.com&email=b%40example.com&password=x",
            422,
        ),
        ("/sign-in", "email=%00&password=%00&next=", 422),
        ("/register/confirm", "token=%27%3B--", 410),
        ("/reset", "token=&password=lima+ekor+kucing", 410),
        ("/account/sessions/end", "id=not-an-id", 404),
        ("/executors/retire", "id=%27%3B--", 404),
        ("/executors/retire", "", 404),
        ("/account/language", "language=xx", 303),
        ("/account/two-factor/confirm", "code=123456", 303),
    ] {
        let answer = ada.post_raw(path, body);
        assert_eq!(answer.status, most, "{path}: {}", answer.text());
    }
    // A long password is refused, not hashed.
    let fields = [
        ("email", "a@example.com"),
        ("password", &"x".repeat(5_000)[..]),
    ];
    assert_eq!(ada.post("/register", &fields).status, 422);
    assert_eq!(outbox.last("a@example.com"), None);
    assert_eq!(ada.get("/account").status, 200);
}

#[test]
fn what_is_typed_is_never_a_part_of_the_page() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let evil = "\"><script>alert(1)</script>";
    let ada = Browser::new(&web);
    for path in ["/register", "/sign-in", "/forgot"] {
        let fields = [("email", evil), ("password", PASSWORD), ("next", evil)];
        let page = ada.post(path, &fields);
        assert_eq!(page.status, 422, "{path}");
        assert!(!page.text().contains("<script"), "{path}: {}", page.text());
    }
    let page = ada.get("/sign-in?next=%22%3E%3Cscript%3E&notice=%3Cscript%3E");
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script"));
}

#[test]
fn who_hangs_up_leaves_nothing_half_done() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let new = "enam ekor kucing";
    // Gone while the server still makes the hash.
    ada.post_and_leave(
        "/account/password",
        &[("current", PASSWORD), ("password", new)],
    );
    let begin = Instant::now();
    while !outbox.trail().contains(&"password-changed".to_owned()) {
        assert!(begin.elapsed() < Duration::from_secs(60), "it never was");
    }
    // The trail is written before the mail.
    while outbox.count("password") == 0 {
        assert!(begin.elapsed() < Duration::from_secs(60), "nobody was told");
    }
    Browser::new(&web)
        .sign_in("ada@example.com", new)
        .goes_to("/account");
}
