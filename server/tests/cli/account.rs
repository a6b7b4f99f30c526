//! Accounts as a person meets them: forms, mail, cookies.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    support::{Place, gold},
    web::Web,
};
use serde_json::{Value, json};
use std::fs;

fn started() -> (Place, Web, Outbox) {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    (place, web, outbox)
}

fn strategies(browser: &Browser<'_>) -> usize {
    let all = browser
        .web
        .call("list_strategies", &browser.cookie(), &json!({}));
    all.json().as_array().unwrap().len()
}

fn save(browser: &Browser<'_>) -> Value {
    let document = fs::read_to_string(gold()).unwrap();
    let draft = json!({ "draft": { "replaces": null, "document": document } });
    browser
        .web
        .call("save_strategy", &browser.cookie(), &draft)
        .json()
}

#[test]
fn what_a_visitor_made_is_the_accounts() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.get("/");
    save(&ada);
    ada.join(&outbox, "ada@example.com");
    let page = ada.get("/account");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("ada@example.com"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(!page.text().contains("<script"));
    assert_eq!(strategies(&ada), 1);
    save(&ada);
    // Signed out, the browser is a visitor again who has nothing.
    ada.post("/sign-out", &[])
        .goes_to("/sign-in?notice=signed-out");
    ada.get("/account").goes_to("/sign-in?next=/account");
    assert_eq!(strategies(&ada), 0);
    // Elsewhere everything is there.
    let phone = Browser::new(&web);
    phone.get("/");
    save(&phone);
    phone
        .sign_in("ADA@example.com", PASSWORD)
        .goes_to("/account");
    assert_eq!(strategies(&phone), 3);
    assert_eq!(outbox.trail(), ["signed-in", "signed-out", "registered"]);
}

#[test]
fn a_session_is_a_secret_of_one_browser() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    ada.post("/sign-out", &[]);
    let before = ada.cookie();
    let answer = ada.sign_in("ada@example.com", PASSWORD);
    let cookie = answer
        .headers("set-cookie")
        .find(|c| c.starts_with("phoenix_session="));
    let cookie = cookie.unwrap();
    for word in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(!before.contains("phoenix_session="));
    // A copy works until its owner signs out.
    let thief = Browser::new(&web);
    thief.steal(&ada);
    assert_eq!(thief.get("/account").status, 200);
    ada.post("/sign-out", &[]);
    thief.get("/account").goes_to("/sign-in?next=/account");
    // One that was planted before somebody signs in stays nobody's.
    let thief = Browser::new(&web);
    thief.steal(&ada);
    ada.sign_in("ada@example.com", PASSWORD).goes_to("/account");
    thief.get("/account").goes_to("/sign-in?next=/account");
}

#[test]
fn nobody_learns_who_has_an_account() {
    let (_place, web, outbox) = started();
    Browser::new(&web).join(&outbox, "ada@example.com");
    let stranger = Browser::new(&web);
    let shown = |path: &str, email: &str, fields: &[(&str, &str)]| {
        let fields = [&[("email", email)], fields].concat();
        let answer = stranger.post(path, &fields);
        (answer.status, answer.text().replace(email, "EMAIL"))
    };
    for (path, fields) in [
        ("/register", &[("password", PASSWORD)][..]),
        ("/forgot", &[][..]),
        (
            "/sign-in",
            &[("password", "a wrong password"), ("next", "/")][..],
        ),
    ] {
        let known = shown(path, "ada@example.com", fields);
        let unknown = shown(path, "eve@example.com", fields);
        assert_eq!(known, unknown, "{path}");
    }
    let (subject, body) = outbox.last("ada@example.com").unwrap();
    assert!(subject.contains("password"), "{subject}");
    assert!(!body.contains("register/confirm"), "{body}");
    assert!(
        outbox
            .link("eve@example.com")
            .contains("/register/confirm?token=")
    );
}

#[test]
fn guessing_has_to_wait() {
    let (_place, web, outbox) = started();
    Browser::new(&web).join(&outbox, "ada@example.com");
    let thief = Browser::new(&web);
    let mut refused = 0;
    let held = loop {
        let answer = thief.sign_in("ada@example.com", "a wrong password");
        if answer.status == 429 {
            break answer;
        }
        assert_eq!(answer.status, 422);
        refused += 1;
        assert!(refused < 20, "nobody ever waits");
    };
    assert!(refused >= 5, "people mistype: {refused}");
    assert!(held.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
    // Who knows the password waits too: it could be the guess that is right.
    assert_eq!(thief.sign_in("ada@example.com", PASSWORD).status, 429);
    assert!(outbox.trail().contains(&"locked-out".to_owned()));
    // Other accounts do not.
    assert_eq!(
        thief.sign_in("eve@example.com", "a wrong password").status,
        422
    );
}

#[test]
fn a_forgotten_password_is_made_anew_by_mail() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let other = Browser::new(&web);
    other.post("/forgot", &[("email", "ada@example.com")]);
    let link = outbox.reset_link("ada@example.com");
    let path = link.split_once(web.host().as_str()).unwrap().1;
    assert_eq!(other.get(path).status, 200);
    assert_eq!(other.get(path).status, 200, "looking uses nothing up");
    let token = link.split_once("token=").unwrap().1;
    let set = |password: &str| other.post("/reset", &[("token", token), ("password", password)]);
    assert_eq!(set("short").status, 422);
    set("enam ekor kucing").goes_to("/sign-in?notice=password-reset");
    assert_eq!(set("tujuh ekor kucing").status, 410);
    assert_eq!(other.get(path).status, 410);
    ada.get("/account").goes_to("/sign-in?next=/account");
    assert_eq!(ada.sign_in("ada@example.com", PASSWORD).status, 422);
    ada.sign_in("ada@example.com", "enam ekor kucing")
        .goes_to("/account");
}

#[test]
fn password_and_address_change_for_who_knows_the_password() {
    let (_place, web, outbox) = started();
    let [ada, phone] = [Browser::new(&web), Browser::new(&web)];
    ada.join(&outbox, "ada@example.com");
    phone.sign_in("ada@example.com", PASSWORD);
    let change = |current| {
        ada.post(
            "/account/password",
            &[("current", current), ("password", "enam ekor kucing")],
        )
    };
    assert_eq!(change("a wrong password").status, 422);
    assert_eq!(phone.get("/account").status, 200);
    change(PASSWORD).goes_to("/account?notice=password-changed");
    assert_eq!(ada.get("/account").status, 200, "this browser stays");
    phone.get("/account").goes_to("/sign-in?next=/account");

    let move_to = |email, password| {
        ada.post(
            "/account/email",
            &[("email", email), ("password", password)],
        )
    };
    assert_eq!(move_to("new@example.com", PASSWORD).status, 422);
    assert_eq!(move_to("ada@example.com", "enam ekor kucing").status, 422);
    assert_eq!(move_to("new@example.com", "enam ekor kucing").status, 200);
    let link = outbox.link("new@example.com");
    let token = link.split_once("token=").unwrap().1;
    let confirm = || ada.post("/account/email/confirm", &[("token", token)]);
    confirm().goes_to("/account?notice=email-changed");
    assert_eq!(confirm().status, 410);
    assert!(ada.get("/account").text().contains("new@example.com"));
    let (_, told) = outbox.last("ada@example.com").unwrap();
    assert!(
        !told.contains("token="),
        "the old address only learns it: {told}"
    );
    assert_eq!(
        phone.sign_in("ada@example.com", "enam ekor kucing").status,
        422
    );
    phone
        .sign_in("new@example.com", "enam ekor kucing")
        .goes_to("/account");
}

#[test]
fn sessions_are_ended_one_by_one_or_all_others() {
    let (_place, web, outbox) = started();
    let [ada, phone, tablet, eve] = [(); 4].map(|()| Browser::new(&web));
    ada.join(&outbox, "ada@example.com");
    eve.join(&outbox, "eve@example.com");
    phone.sign_in("ada@example.com", PASSWORD);
    tablet.sign_in("ada@example.com", PASSWORD);
    let page = ada.get("/account");
    let ids: Vec<&str> = page
        .text()
        .split("name=\"id\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(ids.len() >= 2, "{}", page.text());
    // Somebody else's cannot be ended, and is not said to be there.
    assert_eq!(
        eve.post("/account/sessions/end", &[("id", ids[0])]).status,
        404
    );
    let ended = ada.post("/account/sessions/end", &[("id", ids[0])]);
    ended.goes_to("/account?notice=session-ended");
    let left = [&phone, &tablet].map(|browser| browser.get("/account").status == 200);
    assert_eq!(left.iter().filter(|is_in| **is_in).count(), 1);
    let ended = ada.post("/account/sessions/end-others", &[]);
    ended.goes_to("/account?notice=others-ended");
    for browser in [&phone, &tablet] {
        browser.get("/account").goes_to("/sign-in?next=/account");
    }
    assert_eq!(ada.get("/account").status, 200);
    assert_eq!(eve.get("/account").status, 200);
}

#[test]
fn everything_of_mine_can_be_taken_along_and_removed() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.get("/");
    save(&ada);
    ada.join(&outbox, "ada@example.com");
    let all = ada.get("/account/export").json();
    assert_eq!(all["account"]["email"], "ada@example.com");
    assert_eq!(all["strategies"].as_array().unwrap().len(), 1);
    assert_eq!(all["strategies"][0]["versions"][0]["number"], 1);
    for list in ["sessions", "security_events", "activations", "runs"] {
        assert!(all[list].is_array(), "{list}");
    }
    assert!(all["machines"]["deals"].is_array());
    assert_eq!(all["format"], "phoenix-export-1");
    // The same again: who has theirs has left the place.
    assert_eq!(ada.get("/account/export").status, 200);
    assert!(
        all["strategies"][0]["document"]
            .as_str()
            .unwrap()
            .contains("MACD")
    );
    assert!(
        !all.to_string().contains("argon2"),
        "nothing that opens the account"
    );

    let leave = |email, password| {
        ada.post(
            "/account/delete",
            &[("email", email), ("password", password)],
        )
    };
    assert_eq!(leave("eve@example.com", PASSWORD).status, 422);
    assert_eq!(leave("ada@example.com", "a wrong password").status, 422);
    leave("Ada@example.com", PASSWORD).goes_to("/sign-in?notice=account-deleted");
    ada.get("/account").goes_to("/sign-in?next=/account");
    assert_eq!(ada.sign_in("ada@example.com", PASSWORD).status, 422);
    assert_eq!(strategies(&ada), 0);
    assert_eq!(outbox.trail()[1], "account-deleted", "{:?}", outbox.trail());
}

#[test]
fn a_page_speaks_the_language_that_was_chosen() {
    let (_place, web, _outbox) = started();
    let ada = Browser::new(&web);
    assert!(ada.get("/sign-in").text().contains("lang=\"en\""));
    let choice = [("language", "id"), ("back", "/sign-in?next=/account")];
    ada.post("/preference", &choice)
        .goes_to("/sign-in?next=/account");
    let page = ada.get("/sign-in");
    assert!(page.text().contains("lang=\"id\""));
    assert!(page.text().contains("Kata sandi"));
    let evil = [("theme", "neon"), ("back", "//evil.example")];
    ada.post("/preference", &evil).goes_to("/");
    ada.post("/preference", &[("theme", "light")]).goes_to("/");
    assert!(ada.get("/sign-in").text().contains("data-theme=\"light\""));
}

#[test]
fn a_device_is_paired_by_the_code_that_it_shows() {
    let (_place, web, outbox) = started();
    let [ada, eve] = [Browser::new(&web), Browser::new(&web)];
    ada.join(&outbox, "ada@example.com");
    eve.join(&outbox, "eve@example.com");
    let host = web.host();
    let headers = [
        ("Host", host.as_str()),
        ("Content-Type", "application/json"),
    ];
    let ask = |path: &str, body: &Value| {
        web.ask(&format!("POST /api/v1{path}"), &headers, &body.to_string())
    };
    let begun = ask(
        "/pairings",
        &json!({ "device": "PC at home", "scope": "executor" }),
    );
    assert_eq!(begun.status, 201, "{}", begun.text());
    let begun: Value = serde_json::from_str(begun.text()).unwrap();
    let (code, secret) = (begun["code"].as_str().unwrap(), &begun["secret"]);
    let claim = || ask("/pairings/claim", &json!({ "secret": secret }));
    assert_eq!(claim().status, 202);
    assert_eq!(
        ada.get("/account/devices/approve?code=AAAA-AAAA").status,
        422
    );
    let page = ada.get(&format!("/account/devices/approve?code={code}"));
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("PC at home"));
    let approved = ada.post("/account/devices/approve", &[("code", code)]);
    approved.goes_to("/account/devices?notice=device-approved");
    // Once.
    assert_eq!(
        eve.post("/account/devices/approve", &[("code", code)])
            .status,
        422
    );
    let claimed = claim().json();
    let key = claimed["key"].as_str().unwrap();
    let bearer = format!("Bearer {key}");
    let known = web.get("/api/v1/executors", &[("Authorization", &bearer)]);
    assert_eq!(known.status, 200, "{}", known.text());
    let devices = ada.get("/account/devices");
    assert!(devices.text().contains("PC at home"));
    assert!(!devices.text().contains(key), "shown to nobody any more");
    let (_, rest) = devices.text().split_once("name=\"id\" value=\"").unwrap();
    let id = rest.split('"').next().unwrap();
    assert_eq!(
        eve.post("/account/devices/revoke", &[("id", id)]).status,
        404
    );
    let revoked = ada.post("/account/devices/revoke", &[("id", id)]);
    revoked.goes_to("/account/devices?notice=key-revoked");
    let known = web.get("/api/v1/executors", &[("Authorization", &bearer)]);
    assert_eq!(known.status, 401);
}

#[test]
fn a_key_is_shown_once() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let make = |label: &str| {
        let fields = [("label", label), ("scope", "read"), ("days", "30")];
        ada.post("/account/devices/key", &fields)
    };
    assert_eq!(make("").status, 422);
    let made = make("Spreadsheet");
    assert_eq!(made.status, 200);
    let (_, rest) = made.text().split_once("phx_").unwrap();
    let end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let key = format!("phx_{}", rest.split(end).next().unwrap());
    let bearer = format!("Bearer {key}");
    let known = web.get("/api/v1/strategies", &[("Authorization", &bearer)]);
    assert_eq!(known.status, 200, "{}", known.text());
    assert!(!ada.get("/account/devices").text().contains(&key));
    let all = ada.get("/account/export").json();
    assert_eq!(all["machines"]["keys"][0]["name"], "Spreadsheet");
    assert!(!all.to_string().contains(&key));
}

#[test]
fn who_registers_with_anothers_address_gets_no_way_in() {
    let (_place, web, outbox) = started();
    let thief = Browser::new(&web);
    let theirs = [
        ("email", "ada@example.com"),
        ("password", "kunci milik pencuri"),
    ];
    assert_eq!(thief.post("/register", &theirs).status, 200);
    // Ada opens the link and knows no such password.
    let link = outbox.link("ada@example.com");
    let token = link.split_once("token=").unwrap().1;
    let ada = Browser::new(&web);
    let confirm = |password| {
        let fields = [("token", token), ("password", password)];
        ada.post("/register/confirm", &fields)
    };
    assert_eq!(confirm(PASSWORD).status, 422);
    assert_eq!(confirm("").status, 422);
    assert_eq!(
        thief
            .sign_in("ada@example.com", "kunci milik pencuri")
            .status,
        422
    );
}

#[test]
fn links_in_mails_lead_to_the_host_that_was_checked() {
    let (_place, web, outbox) = started();
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let host = web.host();
    let headers = [
        ("Host", "evil.example"),
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let asked = web.ask(
        &format!("POST http://{host}/forgot"),
        &headers,
        "email=ada%40example.com",
    );
    assert_eq!(asked.status, 200, "{}", asked.text());
    let link = outbox.link("ada@example.com");
    assert!(link.starts_with(&format!("http://{host}/")), "{link}");
}

#[test]
fn mail_from_a_server_needs_to_know_where_it_leads() {
    let place = Place::new();
    std::fs::create_dir_all(place.path("site/assets")).unwrap();
    place.write(
        "site/manifest.json",
        r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#,
    );
    place
        .run("serve --web site --home home --listen 127.0.0.1:0 --smtp smtps://mail.example")
        .refused(&["--public-url", "PHOENIX_PUBLIC_URL"]);
}
