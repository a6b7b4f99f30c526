//! The operator's pages, and who may do what there.

use crate::{
    browser::{Browser, PASSWORD},
    machine::{Machine, now},
    staff::{administrator, id, staffed},
};
use serde_json::json;
use trading::time::Time;

const PAGES: [&str; 7] = [
    "/admin/plans",
    "/admin/subscriptions",
    "/admin/executors",
    "/admin/commands",
    "/admin/flags",
    "/admin/announcements",
    "/admin/health",
];

#[test]
fn support_reads_and_only_administrators_change() {
    let (_place, web, outbox) = staffed();
    let root = administrator(&web);
    let [ada, budi, nobody] = [(); 3].map(|()| Browser::new(&web));
    ada.join(&outbox, "ada@example.com");
    budi.join(&outbox, "budi@example.com");
    let (ada_id, budi_id) = (id(&root, "ada@"), id(&root, "budi@"));
    root.post(
        "/admin/users/role",
        &[("id", &budi_id), ("role", "support")],
    )
    .goes_to("/admin/users?notice=role-changed");
    let shop = ada.get("/account/billing");
    let (_, key) = shop.text().split_once("name=\"key\" value=\"").unwrap();
    let key = key.split('"').next().unwrap();
    ada.post(
        "/account/billing/buy",
        &[
            ("plan", "trader"),
            ("interval", "month"),
            ("currency", "USD"),
            ("key", key),
        ],
    )
    .goes_to("/account/billing?notice=plan-changed");
    let record = format!("/admin/subscriptions/{ada_id}");
    for page in PAGES.into_iter().chain([record.as_str()]) {
        assert_eq!(root.get(page).status, 200, "{page}");
        assert_eq!(budi.get(page).status, 200, "{page}");
        assert_eq!(ada.get(page).status, 404, "{page}");
        nobody.get(page).goes_to(&format!("/sign-in?next={page}"));
    }
    let deeds: [(&str, &[(&str, &str)]); 5] = [
        (
            "/admin/flags/turn",
            &[("flag", "registration"), ("to", "off")],
        ),
        (
            "/admin/flags/account",
            &[
                ("flag", "notify-webhook"),
                ("to", "off"),
                ("email", "ada@example.com"),
            ],
        ),
        (
            "/admin/announcements/new",
            &[
                ("english", "x"),
                ("indonesian", "x"),
                ("until", "2027-01-01T00:00"),
            ],
        ),
        ("/admin/announcements/withdraw", &[("id", &ada_id)]),
        ("/admin/subscriptions/ask", &[("id", &ada_id)]),
    ];
    for (path, fields) in deeds {
        assert_eq!(budi.post(path, fields).status, 403, "{path}");
        assert_eq!(ada.post(path, fields).status, 404, "{path}");
        nobody.post(path, fields).goes_to("/sign-in");
    }
    // Nothing of that was done.
    assert_eq!(nobody.get("/register").status, 200);
    for page in [
        "/admin/executors?before=x",
        "/admin/commands?before=x",
        "/admin/subscriptions?after=x",
        "/admin/announcements?before=x",
        "/admin/subscriptions/x",
        "/admin/subscriptions/019a0000-0000-7000-8000-000000000000",
    ] {
        assert_eq!(root.get(page).status, 404, "{page}");
    }
    let hostile = root.get("/admin/subscriptions?state=%22%3E%3Cscript%3E&provider=%3Cb%3E");
    assert_eq!(hostile.status, 200);
    assert!(!hostile.text().contains("<script>"));
    let listed = root.get("/admin/subscriptions?provider=test");
    assert!(
        listed.text().contains("ada@example.com"),
        "{}",
        listed.text()
    );
    let listed = root.get("/admin/subscriptions?provider=stripe");
    assert!(!listed.text().contains("ada@example.com"));
    assert!(root.get(&record).text().contains("trader"));
    // Without a provider nobody can be asked, but nothing breaks.
    root.post("/admin/subscriptions/ask", &[("id", &ada_id)])
        .goes_to(&format!("{record}?done=asked"));
    assert_eq!(outbox.trail()[0], "payments-asked");

    // A damaged record is said to be one, and hides no other.
    let account = ada_id.parse().unwrap();
    let damaged = outbox
        .storage
        .ledgers
        .change(account, None, Time(1), |_| Ok(Some("{".to_owned())));
    assert!(outbox.runtime.block_on(damaged).unwrap());
    for page in ["/admin/subscriptions", record.as_str()] {
        let shown = root.get(page);
        assert_eq!(shown.status, 200, "{page}");
        assert!(shown.text().contains("Cannot be read"), "{page}");
    }
    let plans = root.get("/admin/plans");
    assert!(plans.text().contains("1 payment records cannot be read"));
}

#[test]
fn a_flag_closes_registration_and_opens_it_again() {
    let (_place, web, outbox) = staffed();
    let root = administrator(&web);
    let ada = Browser::new(&web);
    root.post(
        "/admin/flags/turn",
        &[("flag", "registration"), ("to", "off")],
    )
    .goes_to("/admin/flags?done=saved");
    assert_eq!(outbox.trail()[0], "flag-turned");
    let closed = ada.get("/register");
    assert_eq!(closed.status, 403);
    assert!(closed.text().contains("Registration is closed"));
    let fields = [("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(ada.post("/register", &fields).status, 403);
    assert_eq!(outbox.last("ada@example.com"), None);
    root.post(
        "/admin/flags/turn",
        &[("flag", "registration"), ("to", "on")],
    );
    ada.join(&outbox, "ada@example.com");

    // For one account alone, and for a part of all.
    let turn = |fields: &[(&str, &str)]| root.post("/admin/flags/turn", fields);
    for percent in ["", "101", "-1", "1e2", "all"] {
        let fields = [
            ("flag", "notify-webhook"),
            ("to", "on"),
            ("percent", percent),
        ];
        assert_eq!(turn(&fields).status, 422, "{percent}");
    }
    assert_eq!(turn(&[("flag", "emperor"), ("to", "on")]).status, 404);
    turn(&[("flag", "notify-webhook"), ("to", "on"), ("percent", "0")])
        .goes_to("/admin/flags?done=saved");
    let add = || {
        ada.post(
            "/notifications/webhooks/add",
            &[("url", "https://example.com/")],
        )
    };
    assert_eq!(add().status, 422, "nobody is among nought percent");
    let one = |email: &str, to: &str| {
        let fields = [("flag", "notify-webhook"), ("email", email), ("to", to)];
        root.post("/admin/flags/account", &fields)
    };
    assert_eq!(one("nobody@example.com", "on").status, 422);
    assert_eq!(one("no address", "on").status, 422);
    one("ada@example.com", "on").goes_to("/admin/flags?done=saved");
    assert_eq!(add().status, 200);
    assert!(root.get("/admin/flags").text().contains("ada@example.com"));
    one("ada@example.com", "like-all").goes_to("/admin/flags?done=saved");
    assert_eq!(add().status, 422);
}

#[test]
fn an_announcement_is_escaped_shown_and_dismissed() {
    let (_place, web, outbox) = staffed();
    let root = administrator(&web);
    let [ada, nobody] = [(); 2].map(|()| Browser::new(&web));
    ada.join(&outbox, "ada@example.com");
    let make = |english: &str, until: &str, public: &str| {
        let mut fields = vec![
            ("english", english),
            ("indonesian", "Pemeliharaan <i>"),
            ("severity", "critical"),
            ("from", ""),
            ("until", until),
        ];
        if !public.is_empty() {
            fields.push(("public", public));
        }
        root.post("/admin/announcements/new", &fields)
    };
    // Until a year from now at most; the tests' clock is the machine's.
    let soon = trading::time::Time(now() + 30 * trading::time::DAY).to_string();
    let soon = &soon[..16];
    for (english, until) in [
        ("", soon),
        ("x\u{0}y", soon),
        (&"x".repeat(501), soon),
        ("x", ""),
        ("x", "2001-01-01T00:00"),
        ("x", "9000-01-01T00:00"),
        ("x", "soon"),
    ] {
        let answer = make(english, until, "");
        assert_eq!(answer.status, 422, "{english:.9} {until}");
    }
    make("Down for <script>alert(1)</script> work", soon, "yes")
        .goes_to("/admin/announcements?done=announced");
    make("For members", soon, "").goes_to("/admin/announcements?done=announced");
    let page = nobody.get("/pricing");
    assert!(
        page.text().contains("Down for &lt;script&gt;"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("<script>alert"));
    assert!(!page.text().contains("For members"));
    let page = ada.get("/account");
    assert!(page.text().contains("For members") && page.text().contains("Down for"));

    let which = |page: &str, words: &str| {
        let (before, _) = page.split_once(words).unwrap();
        let after = &page[before.len()..];
        let (_, rest) = after.split_once("name=\"id\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let down = which(page.text(), "Down for");
    ada.post(
        "/announcements/dismiss",
        &[("id", &down), ("back", "/account")],
    )
    .goes_to("/account");
    assert!(!ada.get("/account").text().contains("Down for"));
    assert!(nobody.get("/pricing").text().contains("Down for"));
    // Nobody is sent elsewhere; a cookie remembers.
    nobody
        .post(
            "/announcements/dismiss",
            &[("id", &down), ("back", "//evil.example")],
        )
        .goes_to("/");
    assert!(!nobody.get("/pricing").text().contains("Down for"));
    assert_eq!(
        ada.post("/announcements/dismiss", &[("id", "x")]).status,
        404
    );
    let unknown = "019a0000-0000-7000-8000-000000000000";
    assert_eq!(
        ada.post("/announcements/dismiss", &[("id", unknown)])
            .status,
        404
    );
    let members = which(ada.get("/account").text(), "For members");
    root.post("/admin/announcements/withdraw", &[("id", &members)])
        .goes_to("/admin/announcements?done=withdrawn");
    assert!(!ada.get("/account").text().contains("For members"));
    assert_eq!(
        outbox.trail()[..2],
        ["announcement-withdrawn", "announcement-made"]
    );
}

#[test]
fn executors_commands_and_health_are_seen() {
    let (_place, web, outbox) = staffed();
    let root = administrator(&web);
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let trader = Machine::of_browser(&ada);
    let (_, key) = trader.key("executor");
    let which = Machine::with(&web, &key).beat()["executor"].clone();
    let given = trader.post(
        "/command",
        &json!({
            "action": { "kind": "stop_bot" },
            "target": { "executor": which },
            "expires_at": now() + 60_000,
        }),
    );
    assert_eq!(given.status, 201, "{}", given.text());
    assert!(
        root.get("/admin/executors")
            .text()
            .contains("ada@example.com")
    );
    let open = root.get("/admin/commands?which=open");
    assert!(open.text().contains("Stop the bot"), "{}", open.text());
    let failed = root.get("/admin/commands?which=failed");
    assert!(!failed.text().contains("Stop the bot"));
    let health = root.get("/admin/health");
    for words in ["SQLite", "Midtrans", "not set up", "GiB"] {
        assert!(health.text().contains(words), "{words}: {}", health.text());
    }
}
