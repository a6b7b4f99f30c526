//! Notifications as a trader meets them, with strict stand-ins for Telegram and for their own
//! server.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    machine::{Machine, now},
    support::Place,
    web::Web,
};
use fake_receiver::FakeReceiver;
use fake_telegram::{FakeTelegram, TOKEN};
use serde_json::json;
use std::time::{Duration, Instant};
use storage::{Account, Matter, NotificationKind};
use tokio::runtime::Runtime;
use trading::time::Time;

#[allow(dead_code, reason = "its troubles are for the tests beside the code")]
#[path = "../fake/receiver.rs"]
pub(crate) mod fake_receiver;
#[allow(dead_code, reason = "its troubles are for the tests beside the code")]
#[path = "../fake/telegram.rs"]
mod fake_telegram;

/// Longer than any delivery takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("no {before}: {text}"));
    rest.split_once(after).unwrap().0
}

fn account(outbox: &Outbox, email: &str) -> Account {
    let accounts = &outbox.storage.accounts;
    let found = outbox
        .runtime
        .block_on(accounts.find(&email.parse().unwrap()));
    found.unwrap().unwrap().0
}

#[test]
fn a_failed_command_reaches_the_page_the_chat_the_webhook_and_the_mail() {
    let runtime = Runtime::new().unwrap();
    let (telegram, said) = runtime.block_on(FakeTelegram::start());
    let (receiver, called) = runtime.block_on(FakeReceiver::start());
    let place = Place::new();
    let web = Web::start(
        &place,
        &format!(
            "PHOENIX_TELEGRAM_TOKEN={TOKEN} PHOENIX_TELEGRAM_API={} PHOENIX_WEBHOOK_ALLOW={}",
            telegram.url(),
            receiver.url()
        ),
    );
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");

    let page = ada.post("/notifications/telegram/connect", &[]);
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let code = between(page.text(), "https://t.me/phoenix_test_bot?start=", "\"");
    telegram.write(77, "private", &format!("/start {code}"));
    let (chat, hello) = said.recv_timeout(PATIENCE).unwrap();
    assert_eq!(chat, 77);
    assert!(hello.starts_with("Connected."), "{hello}");
    let settings = ada.get("/notifications/settings");
    assert!(
        settings.text().contains("@budi_trader"),
        "{}",
        settings.text()
    );

    let made = ada.post("/notifications/webhooks/add", &[("url", &receiver.url())]);
    assert_eq!(made.status, 200, "{}", made.text());
    receiver.trust(between(made.text(), "<code>", "</code>"));
    let settings = ada.get("/notifications/settings");
    assert!(
        !settings.text().contains("whsec_"),
        "a secret is shown once"
    );
    let id = between(settings.text(), "name=\"id\" value=\"", "\"");
    ada.post("/notifications/webhooks/test", &[("id", id)])
        .goes_to("/notifications/settings?done=test-sent");
    let test = called.recv_timeout(PATIENCE).unwrap().unwrap();
    assert_eq!(test.body["type"], "test");
    let again = ada.post("/notifications/webhooks/test", &[("id", id)]);
    assert_eq!(again.status, 429, "{}", again.text());
    assert!(again.text().contains("less than a minute ago"));
    ada.post("/notifications/telegram/test", &[])
        .goes_to("/notifications/settings?done=test-sent");
    assert!(
        said.recv_timeout(PATIENCE)
            .unwrap()
            .1
            .contains("@budi_trader")
    );
    let again = ada.post("/notifications/telegram/test", &[]);
    assert_eq!(again.status, 429, "{}", again.text());
    assert!(again.text().contains("telegram-refused"));
    assert!(ada.get("/account").text().contains("Telegram connected"));

    let trader = Machine::of_browser(&ada);
    let (_, key) = trader.key("executor");
    let executor = Machine::with(&web, &key);
    let which = executor.beat()["executor"].clone();
    let given = trader.post(
        "/command",
        &json!({
            "action": { "kind": "close_everything" },
            "target": { "executor": which },
            "expires_at": now() + 60_000,
        }),
    );
    assert_eq!(given.status, 201, "{}", given.text());
    let told = executor.beat();
    let command = told["commands"][0]["id"].as_str().unwrap().to_owned();
    let receipt = json!({ "outcome": "failed", "remark": "<script>alert(1)</script>" });
    let done = executor.post(&format!("/command/{command}/receipt"), &receipt);
    assert_eq!(done.status, 200, "{}", done.text());

    let page = ada.get("/notifications");
    assert!(
        page.text().contains("Command failed: Close every position"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("<script>"), "{}", page.text());
    assert!(
        said.recv_timeout(PATIENCE)
            .unwrap()
            .1
            .contains("<script>alert(1)</script>")
    );
    let call = called.recv_timeout(PATIENCE).unwrap().unwrap();
    assert_eq!(call.body["type"], "command-failed");
    assert_eq!(call.body["data"]["about"], command.as_str());
    let begin = Instant::now();
    while outbox.last("ada@example.com").unwrap().0 != "Command failed: Close every position" {
        assert!(begin.elapsed() < PATIENCE, "no mail");
    }

    assert!(ada.get("/dashboard").text().contains("site-unread"));

    // Read, one and all.
    let id = between(
        page.text(),
        "action=\"/notifications/read\"><input type=\"hidden\" name=\"id\" value=\"",
        "\"",
    );
    ada.post("/notifications/read", &[("id", id)])
        .goes_to("/notifications");
    ada.post("/notifications/read-all", &[])
        .goes_to("/notifications?done=all-read");
    assert!(ada.get("/notifications").text().contains("All read."));
    assert!(!ada.get("/dashboard").text().contains("site-unread"));
    let mine = account(&outbox, "ada@example.com").id;
    let unread = outbox.storage.notifications.unread(mine);
    assert_eq!(outbox.runtime.block_on(unread).unwrap(), 0);
    ada.post("/notifications/telegram/disconnect", &[])
        .goes_to("/notifications/settings?done=disconnected");
    let exported = ada.get("/account/export");
    assert!(exported.text().contains("command-failed"));
    assert!(!exported.text().contains("whsec_"));
}

#[test]
fn nobody_touches_what_is_somebody_elses() {
    let place = Place::new();
    let web = Web::start(&place, "PHOENIX_WEBHOOK_ALLOW=http://127.0.0.1:9");
    let outbox = Outbox::of_file(&place.path("home"));
    let [ada, eve, nobody] = [(); 3].map(|()| Browser::new(&web));
    ada.join(&outbox, "ada@example.com");
    eve.join(&outbox, "eve@example.com");
    let mine = account(&outbox, "ada@example.com").id;
    let matter = Matter {
        kind: NotificationKind::SignIn,
        cause: "one".to_owned(),
        subject: "<b>10.0.0.1</b>".to_owned(),
        detail: String::new(),
        about: None,
        since: None,
    };
    let told = outbox
        .storage
        .notifications
        .tell(mine, &matter, Time(now()));
    assert!(outbox.runtime.block_on(told).unwrap());
    let made = ada.post(
        "/notifications/webhooks/add",
        &[("url", "http://127.0.0.1:9/x")],
    );
    assert_eq!(made.status, 200, "{}", made.text());
    let list = outbox.storage.notifications.list(mine, None, 9);
    let told = outbox.runtime.block_on(list).unwrap()[0].id.to_string();
    let hooks = outbox.runtime.block_on(outbox.storage.webhooks.list(mine));
    let hook = hooks.unwrap()[0].id.to_string();
    let tries = [
        ("/notifications/read", &told),
        ("/notifications/webhooks/test", &hook),
        ("/notifications/webhooks/resume", &hook),
        ("/notifications/webhooks/remove", &hook),
    ];
    for (path, id) in tries {
        for id in [
            id.as_str(),
            "none",
            "",
            "019a0000-0000-7000-8000-000000000000",
        ] {
            assert_eq!(eve.post(path, &[("id", id)]).status, 404, "{path} {id}");
        }
        nobody.post(path, &[("id", id)]).goes_to("/sign-in");
    }
    assert!(!eve.get("/notifications").text().contains("10.0.0.1"));
    assert!(
        ada.get("/notifications")
            .text()
            .contains("&lt;b&gt;10.0.0.1")
    );
    for path in ["/notifications", "/notifications/settings"] {
        nobody.get(path).goes_to(&format!("/sign-in?next={path}"));
    }
    assert_eq!(eve.get("/notifications?before=x").status, 404);
    // No bot is set up here.
    assert_eq!(eve.post("/notifications/telegram/connect", &[]).status, 404);
    assert_eq!(eve.post("/notifications/telegram/test", &[]).status, 404);
    ada.post("/notifications/webhooks/resume", &[("id", &hook)])
        .goes_to("/notifications/settings?done=resumed");
    assert!(
        ada.get("/account")
            .text()
            .contains("Webhook turned on again")
    );
    // Hers alone are gone when she goes.
    ada.post("/notifications/webhooks/remove", &[("id", &hook)])
        .goes_to("/notifications/settings?done=removed");
}

#[test]
fn addresses_of_our_own_network_are_refused() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    for (bad, words) in [
        ("", "This is no web address."),
        ("http://example.com/", "must begin with https://"),
        ("https://a:b@example.com/", "no user name"),
        ("https://localhost/", "public network"),
        ("https://127.0.0.1/", "public network"),
        ("https://169.254.169.254/latest", "public network"),
        ("https://[::ffff:10.0.0.1]/", "public network"),
        ("https://example.com:25/", "public network"),
        ("\"><script>alert(1)</script>", "This is no web address."),
    ] {
        let answer = ada.post("/notifications/webhooks/add", &[("url", bad)]);
        assert_eq!(answer.status, 422, "{bad}");
        assert!(answer.text().contains(words), "{bad}: {}", answer.text());
        assert!(!answer.text().contains("<script>"), "{bad}");
    }
    for _ in 0..3 {
        let answer = ada.post(
            "/notifications/webhooks/add",
            &[("url", "https://example.com/")],
        );
        assert_eq!(answer.status, 200);
    }
    let answer = ada.post(
        "/notifications/webhooks/add",
        &[("url", "https://example.com/")],
    );
    assert_eq!(answer.status, 422);
    // Preferences: what is not known is passed over.
    let body = "on=sign-in%3Atelegram&on=sign-in%3Apigeon&on=nothing&on=%00&off=sign-in%3Amail";
    let saved = ada.post_raw("/notifications/preferences", body);
    saved.goes_to("/notifications/settings?done=saved");
    let mine = account(&outbox, "ada@example.com").id;
    let wanted = outbox
        .runtime
        .block_on(outbox.storage.preferences.load(mine));
    let wanted = wanted.unwrap();
    let kinds: Vec<_> = wanted
        .iter()
        .filter(|(kind, _)| *kind != NotificationKind::Test)
        .collect();
    assert_eq!(
        kinds,
        [&(NotificationKind::SignIn, storage::Channel::Telegram)]
    );
    let shown = ada.get("/notifications/settings");
    assert_eq!(
        shown.text().matches(" checked").count(),
        1,
        "{}",
        shown.text()
    );
}

#[test]
fn a_sign_in_from_a_new_address_is_told() {
    let place = Place::new();
    let web = Web::start(&place, "PHOENIX_PUBLIC_URL=http://127.0.0.1");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    ada.sign_in("ada@example.com", PASSWORD);
    let mine = account(&outbox, "ada@example.com").id;
    let told = || {
        let list = outbox.storage.notifications.list(mine, None, 9);
        outbox.runtime.block_on(list).unwrap()
    };
    assert_eq!(told(), [], "the address is known");
    for _ in 0..2 {
        let host = web.host();
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Origin", &origin),
            ("X-Forwarded-For", "203.0.113.9"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let body = "email=ada%40example.com&password=lima+ekor+kucing&next=%2Faccount";
        let answer = web.ask("POST /sign-in", &headers, body);
        assert_eq!(answer.status, 303, "{}", answer.text());
    }
    let told = told();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].matter.kind, NotificationKind::SignIn);
    assert_eq!(told[0].matter.subject, "203.0.113.9");
}

#[test]
fn settings_that_make_no_sense_are_all_named_and_no_secret() {
    let place = Place::new();
    let done = std::process::Command::new(assert_cmd::cargo::cargo_bin!("phoenix"))
        .current_dir(place.path(""))
        .args(["serve", "--home", "home", "--web", "."])
        .env("PHOENIX_TELEGRAM_TOKEN", "hidden")
        .env("PHOENIX_TELEGRAM_API", "ftp://x")
        .env("PHOENIX_WEBHOOK_ALLOW", "nothing")
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    for name in [
        "PHOENIX_TELEGRAM_TOKEN",
        "PHOENIX_TELEGRAM_API",
        "PHOENIX_WEBHOOK_ALLOW",
    ] {
        assert!(said.contains(name), "{said}");
    }
    assert!(!said.contains("hidden"), "{said}");
}
