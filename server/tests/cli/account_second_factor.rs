//! The second factor as a person meets it.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    machine::Machine,
    support::Place,
    web::Web,
};
use data_encoding::BASE32_NOPAD;
use identity::TotpSecret;
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};
use trading::time::Time;

/// What the authenticator shows in so many steps from now.
fn shown(secret: &TotpSecret, steps: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_millis()).unwrap();
    secret.shown(Time(now + steps * 30_000)).reveal().clone()
}

/// The first text between two others.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts
        .map(|rest| rest.split(after).next().unwrap())
        .collect()
}

fn secret(page: &str) -> TotpSecret {
    let typed: Vec<&str> = page
        .split(|c: char| !c.is_ascii_alphanumeric() && c != ' ')
        .filter(|word| {
            let plain = word.replace(' ', "");
            plain.len() == 32 && BASE32_NOPAD.decode(plain.as_bytes()).is_ok()
        })
        .collect();
    let plain = typed
        .first()
        .expect("the secret is on the page")
        .replace(' ', "");
    TotpSecret::from_slice(&BASE32_NOPAD.decode(plain.as_bytes()).unwrap()).unwrap()
}

/// The recovery codes of a page: `xxxxx-xxxxx`.
fn codes(page: &str) -> Vec<String> {
    let is_code = |word: &&str| {
        word.len() == 11
            && word.as_bytes()[5] == b'-'
            && word.bytes().filter(u8::is_ascii_alphanumeric).count() == 10
    };
    let words = page.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.filter(is_code).map(str::to_owned).collect()
}

#[test]
fn it_is_asked_for_and_nothing_is_taken_twice() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let refused = ada.post("/account/two-factor", &[("password", "a wrong password")]);
    assert_eq!(refused.status, 422);
    let begun = ada.post("/account/two-factor", &[("password", PASSWORD)]);
    begun.goes_to("/account/two-factor");
    let page = ada.get("/account/two-factor");
    assert!(!between(page.text(), "<svg", "</svg>").is_empty());
    let secret = secret(page.text());
    // Until it is confirmed nobody is asked for it.
    let phone = Browser::new(&web);
    phone
        .sign_in("ada@example.com", PASSWORD)
        .goes_to("/account");
    let wrong = ada.post("/account/two-factor/confirm", &[("code", "000000")]);
    assert_eq!(wrong.status, 422);
    let used = shown(&secret, 0);
    let sheet = ada.post("/account/two-factor/confirm", &[("code", &used)]);
    assert_eq!(sheet.status, 200);
    let sheet = codes(sheet.text());
    assert_eq!(sheet.len(), 10);

    let tablet = Browser::new(&web);
    let ask = || {
        let answer = tablet.sign_in("ada@example.com", PASSWORD);
        answer.goes_to("/sign-in/code");
    };
    let give = |code: &str| tablet.post("/sign-in/code", &[("code", code)]);
    ask();
    // The password alone opens nothing.
    tablet.get("/account").goes_to("/sign-in?next=/account");
    assert_eq!(tablet.get("/sign-in/code").status, 200);
    assert_eq!(give(&used).status, 422, "used for setting it up");
    // One code throughout: of the next step, it is good whether or not a step turns meanwhile, and
    // taken a second time it is refused whenever that is.
    let next = shown(&secret, 1);
    give(&next).goes_to("/account");
    assert_eq!(tablet.get("/account").status, 200);
    tablet.post("/sign-out", &[]);
    give(&next).goes_to("/sign-in");
    ask();
    assert_eq!(give(&next).status, 422, "taken already");
    give(&sheet[0].to_uppercase().replace('-', " ")).goes_to("/account");
    tablet.post("/sign-out", &[]);
    ask();
    assert_eq!(give(&sheet[0]).status, 422, "taken already");
    give(&sheet[1]).goes_to("/account");

    let renewed = tablet.post("/account/two-factor/codes", &[("password", PASSWORD)]);
    let fresh = codes(renewed.text());
    assert_eq!(fresh.len(), 10);
    let off = |code: &str| {
        let fields = [("password", PASSWORD), ("code", code)];
        tablet.post("/account/two-factor/off", &fields)
    };
    assert_eq!(off(&sheet[2]).status, 422, "the old sheet is void");
    off(&fresh[0]).goes_to("/account?notice=second-factor-off");
    phone.post("/sign-out", &[]);
    phone
        .sign_in("ada@example.com", PASSWORD)
        .goes_to("/account");
    let trail = outbox.trail();
    for action in [
        "second-factor-on",
        "second-factor-off",
        "second-factor-failed",
        "recovery-code-used",
        "recovery-codes-renewed",
    ] {
        assert!(trail.contains(&action.to_owned()), "{action}: {trail:?}");
    }
}

#[test]
fn codes_cannot_be_guessed() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    ada.post("/account/two-factor", &[("password", PASSWORD)]);
    let secret = secret(ada.get("/account/two-factor").text());
    let code = shown(&secret, 0);
    ada.post("/account/two-factor/confirm", &[("code", &code)]);
    let thief = Browser::new(&web);
    thief
        .sign_in("ada@example.com", PASSWORD)
        .goes_to("/sign-in/code");
    let tries: Vec<u16> = (0..12)
        .map(|_| thief.post("/sign-in/code", &[("code", "000000")]).status)
        .collect();
    assert!(tries.contains(&429), "{tries:?}");
    // Signing in anew does not make the count anew.
    let thief = Browser::new(&web);
    thief.sign_in("ada@example.com", PASSWORD);
    let status = thief
        .post("/sign-in/code", &[("code", &shown(&secret, 1))])
        .status;
    assert_eq!(status, 429);
}

/// An account with a second factor, and its recovery codes.
fn with_factor(browser: &Browser<'_>, outbox: &Outbox, email: &str) -> Vec<String> {
    browser.join(outbox, email);
    let begun = browser.post("/account/two-factor", &[("password", PASSWORD)]);
    begun.goes_to("/account/two-factor");
    let page = browser.get("/account/two-factor");
    let code = shown(&secret(page.text()), 0);
    let sheet = browser.post("/account/two-factor/confirm", &[("code", &code)]);
    assert_eq!(sheet.status, 200, "{}", sheet.text());
    codes(sheet.text())
}

#[test]
fn a_phone_needs_it_too() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let sheet = with_factor(&Browser::new(&web), &outbox, "ada@example.com");
    let phone = Machine::nobody(&web);
    let try_with = |code: Option<&str>| {
        let who = json!({
            "email": "ada@example.com", "password": PASSWORD, "device": "phone", "code": code,
        });
        phone.post("/auth/sign-in", &who)
    };
    try_with(None).refused(401, "second-factor-required");
    try_with(Some(" ")).refused(401, "second-factor-required");
    try_with(Some("000000")).refused(401, "wrong-code");
    assert_eq!(try_with(Some(&sheet[0])).status, 201);
    try_with(Some(&sheet[0])).refused(401, "wrong-code");
}

#[test]
fn who_gave_the_old_password_has_shown_nothing_once_it_is_another() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let sheet = with_factor(&Browser::new(&web), &outbox, "ada@example.com");
    let thief = Browser::new(&web);
    thief
        .sign_in("ada@example.com", PASSWORD)
        .goes_to("/sign-in/code");
    let ada = Browser::new(&web);
    ada.post("/forgot", &[("email", "ada@example.com")]);
    let link = outbox.reset_link("ada@example.com");
    let token = link.split_once("token=").unwrap().1;
    let new = "sepuluh kuda laut";
    let reset = ada.post("/reset", &[("token", token), ("password", new)]);
    assert_eq!(reset.status, 303, "{}", reset.text());
    let code = ("code", sheet[0].as_str());
    thief.post("/sign-in/code", &[code]).goes_to("/sign-in");
    ada.sign_in("ada@example.com", new).goes_to("/sign-in/code");
    ada.post("/sign-in/code", &[code]).goes_to("/account");
}
