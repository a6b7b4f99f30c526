//! The pages that show live trading: what they show, what their forms do, and for whom.

use crate::{
    browser::{Browser, Outbox},
    machine::{Machine, now, report, started, text},
    support::gold,
    web::{Answer, Web},
};
use serde_json::{Value, json};

/// A trader whose executor reported something.
struct Trader<'a> {
    browser: Browser<'a>,
    pc: Machine<'a>,
    executor: String,
    account: String,
    strategy: String,
}

impl<'a> Trader<'a> {
    fn join(web: &'a Web, outbox: &Outbox, name: &str) -> Self {
        let browser = Browser::new(web);
        browser.join(outbox, &format!("{name}@example.com"));
        let machine = Machine::of_browser(&browser);
        let document = std::fs::read_to_string(gold()).unwrap();
        let strategy = machine.post("/strategies", &json!({ "document": document }));
        let pc = Machine::with(web, &machine.key("executor").1);
        let executor = text(&pc.beat()["executor"]);
        let kept = pc.post("/reporting", &open_position()).json();
        Self {
            strategy: text(&strategy.value()["id"]),
            account: text(&kept["broker_account"]),
            browser,
            pc,
            executor,
        }
    }

    /// The fields of the question before a command.
    fn asked(&self, query: &str) -> Vec<(String, String)> {
        let page = self.browser.get(&format!("/commands/confirm?{query}"));
        assert_eq!(page.status, 200, "{}", page.text());
        hidden(page.text())
    }

    fn give(&self, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.browser.post("/commands", &fields)
    }

    fn given(&self) -> Vec<Value> {
        let all = Machine::of_browser(&self.browser).get("/command").json();
        all["items"].as_array().unwrap().clone()
    }
}

fn open_position() -> Value {
    let mut report = report(&[]);
    let at = now();
    report["positions"] = json!({ "at": at, "positions": [{
        "ticket": 77, "symbol": "XAUUSD", "side": "buy", "volume": 0.1, "opened_price": 2000.5,
        "price": 2010.25, "profit": 97.5, "opened_at": at - 60_000,
    }] });
    report["equity"] = json!([
        { "at": at - 120_000, "balance": 1000.0, "equity": 1000.0, "margin": 0.0 },
        { "at": at - 60_000, "balance": 1000.0, "equity": 1097.5, "margin": 20.0 },
    ]);
    report
}

/// The hidden fields of the form that gives a command.
fn hidden(html: &str) -> Vec<(String, String)> {
    let form = html.split(r#"action="/commands""#).nth(1).unwrap();
    let form = form.split("</form>").next().unwrap();
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!("{name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    form.split("<input ")
        .skip(1)
        .map(|tag| {
            (
                value(tag, "name").unwrap(),
                value(tag, "value").unwrap_or_default(),
            )
        })
        .collect()
}

fn set(fields: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut fields = fields.to_vec();
    let field = fields.iter_mut().find(|field| field.0 == name).unwrap();
    value.clone_into(&mut field.1);
    fields
}

const PAGES: [&str; 6] = [
    "/dashboard",
    "/executors",
    "/commands",
    "/commands/new",
    "/reports",
    "/reports.csv",
];

#[test]
fn live_pages_are_for_who_is_signed_in_and_say_when_there_is_nothing() {
    let (_place, web, outbox) = started();
    let stranger = Browser::new(&web);
    for path in PAGES {
        stranger.get(path).goes_to(&format!("/sign-in?next={path}"));
    }
    stranger.post("/commands", &[]).goes_to("/sign-in");
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    for path in PAGES {
        let page = ada.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.header("cache-control"), Some("no-store"), "{path}");
    }
    assert!(ada.get("/dashboard").text().contains("Pair an executor"));
    assert!(ada.get("/commands").text().contains("No command yet"));
    // A report has no script, and may have none.
    let reports = ada.get("/reports");
    let policy = reports.header("content-security-policy").unwrap();
    assert!(!policy.contains("script-src"), "{policy}");
    assert!(!reports.text().contains("<script"));
    let policy = ada.get("/dashboard");
    let policy = policy.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    // Who signs in without being on the way to anywhere comes here.
    let fields = [
        ("email", "ada@example.com"),
        ("password", crate::browser::PASSWORD),
    ];
    Browser::new(&web)
        .post("/sign-in", &fields)
        .goes_to("/dashboard");
}

#[test]
fn live_a_position_is_seen_and_closed() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    let page = ada.browser.get("/dashboard");
    for said in [
        "XAUUSD",
        "2,010.25",
        "USD +97.50",
        "USD 1,097.50",
        "5 · Broker-Live",
        "Online",
    ] {
        assert!(page.text().contains(said), "{said}");
    }
    let query = format!(
        "action=close_position&target=account:{}&ticket=77",
        ada.account
    );
    let shown = ada.browser.get(&format!("/commands/confirm?{query}"));
    assert!(
        shown.text().contains("Buy 0.1 lots of XAUUSD"),
        "{}",
        shown.text()
    );
    let fields = hidden(shown.text());
    let mut hears = ada.pc.listen();
    let first = ada.give(&fields);
    // The button was pressed twice: it is one command.
    let again = ada.give(&fields);
    assert_eq!((first.status, again.status), (303, 303), "{}", again.text());
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(ada.given().len(), 1);
    let path = first.header("location").unwrap().to_owned();
    let event = hears.next("command_delivered").unwrap();
    let command = &event["command"];
    assert_eq!(
        command["action"],
        json!({ "kind": "close_position", "ticket": 77 })
    );
    assert_eq!(path, format!("/commands/{}", text(&command["id"])));
    assert!(ada.browser.get(&path).text().contains("Delivered"));
    let receipt = format!("/command/{}/receipt", text(&command["id"]));
    let done = json!({ "outcome": "executed", "remark": "closed at 2010.30" });
    ada.pc.post(&receipt, &done).json();
    let after = ada.browser.get(&path);
    assert!(after.text().contains("closed at 2010.30") && after.text().contains("Executed"));
    let executed = ada.browser.get("/commands?state=executed");
    assert!(executed.text().contains("Close position 77"));
    let queued = ada.browser.get("/commands?state=queued");
    assert!(!queued.text().contains("Close position 77"));
    assert_eq!(
        outbox.trail()[..2],
        ["command-executed", "command-given"],
        "in the audit trail once"
    );
    // The same key for something else does nothing.
    let other = set(&set(&fields, "action", "close_everything"), "ticket", "");
    assert_eq!(ada.give(&other).status, 409);
    assert_eq!(ada.given().len(), 1);
}

#[test]
fn live_every_command_can_be_given() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    for (action, more) in [
        ("stop_bot", String::new()),
        ("pause_strategy", format!("&strategy={}", ada.strategy)),
        ("resume_strategy", format!("&strategy={}", ada.strategy)),
        ("stop_and_close", String::new()),
        ("close_mine", String::new()),
        ("close_everything", String::new()),
    ] {
        for target in [
            format!("executor:{}", ada.executor),
            format!("account:{}", ada.account),
        ] {
            let fields = ada.asked(&format!("action={action}&target={target}{more}"));
            let given = ada.give(&fields);
            assert_eq!(given.status, 303, "{action} {target}: {}", given.text());
            assert_eq!(ada.given()[0]["action"]["kind"], action);
        }
    }
    assert_eq!(ada.given().len(), 12);
    let everything = format!("action=close_everything&target=account:{}", ada.account);
    let page = ada.browser.get(&format!("/commands/confirm?{everything}"));
    let said = "By the last report this closes 1 position, about USD +97.50 now.";
    assert!(page.text().contains(said), "{}", page.text());
    // Of Phoenix's own, none is open.
    let mine = format!("action=close_mine&target=account:{}", ada.account);
    let page = ada.browser.get(&format!("/commands/confirm?{mine}"));
    assert!(page.text().contains("no such position is open"));
    // What is looked at for too long is asked anew, with a new key.
    let fields = ada.asked(&everything);
    let late = ada.give(&set(&fields, "expires_at", &(now() - 1).to_string()));
    assert_eq!(late.status, 422, "{}", late.text());
    assert!(late.text().contains("confirmed too late"));
    let fresh = hidden(late.text());
    assert_ne!(fresh[0], fields[0]);
    assert_eq!(ada.give(&fresh).status, 303);
}

/// Every page and deed that names something, with the ids of somebody else.
#[test]
fn live_nobody_reaches_anothers_rows() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| Trader::join(&web, &outbox, name));
    let stop = format!("action=stop_bot&target=executor:{}", ada.executor);
    let given = ada.give(&ada.asked(&stop));
    let command = given.header("location").unwrap().to_owned();
    let mut walked = 0;
    let theirs = eve.asked(&format!("action=stop_bot&target=executor:{}", eve.executor));
    let (executor, account) = (
        format!("executor:{}", ada.executor),
        format!("account:{}", ada.account),
    );
    let own = format!("executor:{}", eve.executor);
    for (action, target, strategy, ticket) in [
        ("stop_bot", &executor, "", ""),
        ("stop_bot", &account, "", ""),
        ("pause_strategy", &executor, eve.strategy.as_str(), ""),
        ("pause_strategy", &own, ada.strategy.as_str(), ""),
        ("resume_strategy", &own, ada.strategy.as_str(), ""),
        ("close_position", &account, "", "77"),
        ("stop_and_close", &account, "", ""),
        ("close_mine", &account, "", ""),
        ("close_everything", &executor, "", ""),
    ] {
        let query = format!("action={action}&target={target}&strategy={strategy}&ticket={ticket}");
        let page = eve.browser.get(&format!("/commands/confirm?{query}"));
        assert_eq!(page.status, 404, "{query}");
        let fields = [
            ("action", action),
            ("target", target),
            ("strategy", strategy),
            ("ticket", ticket),
        ];
        let fields = fields.iter().fold(theirs.clone(), |fields, (name, value)| {
            set(&fields, name, value)
        });
        assert_eq!(eve.give(&fields).status, 404, "{query}");
        walked += 2;
    }
    assert_eq!(eve.browser.get(&command).status, 404);
    assert_eq!((walked, eve.given().len()), (16, 0));
    // Lists show nothing of it.
    for path in [
        "/dashboard",
        "/executors",
        "/commands",
        "/commands/new",
        "/reports",
    ] {
        let page = eve.browser.get(path);
        for id in [&ada.executor, &ada.account, &ada.strategy] {
            assert!(!page.text().contains(id.as_str()), "{path}");
        }
    }
    assert_eq!(ada.browser.get(&command).status, 200);
}

#[test]
fn live_hostile_input_is_answered_and_does_nothing() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    let good = ada.asked(&format!("action=stop_bot&target=executor:{}", ada.executor));
    let long = "9".repeat(400);
    for (name, value, status) in [
        ("key", "x", 422),
        ("key", "", 422),
        ("action", "", 422),
        ("action", "format_disk", 404),
        ("target", "", 422),
        ("target", "executor:", 404),
        (
            "target",
            "executor:00000000-0000-0000-0000-000000000000",
            404,
        ),
        ("target", "'; DROP TABLE commands; --", 404),
        ("expires_at", "", 422),
        ("expires_at", "x", 422),
        ("expires_at", "0", 422),
        ("expires_at", "-9223372036854775808", 422),
        ("expires_at", "9223372036854775807", 422),
        ("expires_at", &long, 422),
    ] {
        let given = ada.give(&set(&good, name, value));
        assert_eq!(given.status, status, "{name}={value}: {}", given.text());
    }
    let target = format!("account:{}", ada.account);
    for ticket in ["", "0", "-77", "77.5", "78", &long, "%00", "%3Cscript%3E"] {
        let query = format!("action=close_position&target={target}&ticket={ticket}");
        let page = ada.browser.get(&format!("/commands/confirm?{query}"));
        // One that was open and is not any more is said to be so.
        let status = if ticket == "78" { 409 } else { 404 };
        assert_eq!(page.status, status, "{ticket}");
        assert!(!page.text().contains("<script>"));
    }
    for path in [
        "/commands/x",
        "/commands/00000000-0000-0000-0000-000000000000",
        "/commands/%ff",
    ] {
        let page = ada.browser.get(path);
        assert!(matches!(page.status, 400 | 404), "{path}: {}", page.status);
    }
    for query in [
        "/commands?state=%27&cursor=x",
        "/commands?cursor=%00",
        "/dashboard?range=%3Cscript%3E",
        "/reports?by=x&before=y",
        "/reports?by=month&before=2000-01-01",
        "/reports?by=week&before=2199-12-31",
        "/reports?before=9999-99-99",
        "/reports.csv?by=strategy&before=%3D1%2B1",
    ] {
        let page = ada.browser.get(query);
        assert_eq!(page.status, 200, "{query}");
        assert!(!page.text().contains("<script>"), "{query}");
    }
    assert_eq!(ada.given().len(), 0);
    // Pages elsewhere cannot press the button.
    let body: Vec<String> = good
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let cookie = ada.browser.cookie();
    let host = web.host();
    let elsewhere = [
        ("Host", host.as_str()),
        ("Origin", "https://evil.example"),
        ("Cookie", &cookie),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    assert_eq!(
        web.ask("POST /commands", &elsewhere, &body.join("&"))
            .status,
        403
    );
    assert_eq!(ada.given().len(), 0);
}

#[test]
fn live_reports_add_up_each_currency_for_itself() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    // The free plan has one account at a broker.
    crate::shop::buy(&ada.browser, "pro", "USD").goes_to("/account/billing?notice=plan-changed");
    let at = now();
    let deal = |ticket: i64, entry: &str, profit: f64, strategy: &Value| {
        json!({
            "ticket": ticket, "position": 500, "symbol": "XAUUSD", "side": "buy", "entry": entry,
            "volume": 0.1, "price": 2000.0, "profit": profit, "commission": -1.5, "swap": -0.25,
            "strategy": strategy, "time": at - 1_000 + ticket,
        })
    };
    let strategy = json!(ada.strategy);
    let mut dollars = report(&[]);
    dollars["deals"] = json!([
        deal(2, "out", 20.0, &Value::Null),
        deal(1, "in", 0.0, &strategy)
    ]);
    ada.pc.post("/reporting", &dollars).json();
    let mut euros = report(&[]);
    euros["login"] = json!({ "login": 6, "server": "=cmd|'/c calc'!A1" });
    euros["currency"] = json!("EUR");
    euros["deals"] = json!([
        deal(1, "in", 0.0, &Value::Null),
        deal(2, "out", -5.0, &Value::Null),
    ]);
    ada.pc.post("/reporting", &euros).json();
    for by in ["day", "week", "month", "strategy"] {
        let page = ada.browser.get(&format!("/reports?by={by}"));
        for said in ["USD +16.50", "EUR \u{2212}8.50"] {
            assert!(page.text().contains(said), "{by}: {said}");
        }
        assert!(
            !page.text().contains("+8.00"),
            "{by}: currencies were added up"
        );
    }
    let by_strategy = ada.browser.get("/reports?by=strategy");
    assert!(by_strategy.text().contains("Gold MACD with ADX"));
    let csv = ada.browser.get("/reports.csv?by=day");
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(
        csv.header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    let lines: Vec<&str> = csv.text().split("\r\n").collect();
    assert_eq!(lines.len(), 4, "{}", csv.text());
    assert!(lines[0].starts_with("from,strategy,"));
    let dollars = lines.iter().find(|line| line.contains(",USD,")).unwrap();
    assert!(
        dollars.contains(",5,Broker-Live,USD,16.5,20,-3,-0.5,2,1,1,,"),
        "{dollars}"
    );
    // Nothing that a spreadsheet would run.
    assert!(csv.text().contains("'=cmd|'/c calc'!A1"), "{}", csv.text());
    // Today's deals are on the dashboard too.
    let dashboard = ada.browser.get("/dashboard");
    assert!(dashboard.text().contains("USD +16.50") && dashboard.text().contains("100.0%"));
}

#[test]
fn live_numbers_beyond_all_measure_break_no_page() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    let mut wild = report(&[]);
    let at = now();
    let huge = f64::MAX;
    wild["currency"] = json!("\"><script>alert(1)</script>");
    wild["positions"] = json!({ "at": at + 1, "positions": [{
        "ticket": i64::MAX, "symbol": "XAUUSD", "side": "sell", "volume": huge,
        "opened_price": huge, "price": 0.0, "profit": -huge, "swap": -huge, "opened_at": at,
    }] });
    wild["equity"] = json!([
        { "at": at - 2_000, "balance": huge, "equity": huge, "margin": huge },
        { "at": at - 1_000, "balance": -huge, "equity": -huge, "margin": 0.0 },
    ]);
    wild["deals"] = json!([1, 2, 3].map(|ticket| json!({
        "ticket": ticket, "position": 9, "symbol": "XAUUSD", "side": "buy", "entry": "out",
        "volume": 0.0, "price": huge, "profit": huge, "commission": huge, "time": at - 5_000,
    })));
    let kept = ada.pc.post("/reporting", &wild);
    assert_eq!(kept.status, 200, "{}", kept.text());
    for path in PAGES {
        let page = ada.browser.get(path);
        assert_eq!(page.status, 200, "{path}");
        // A file is no page: nothing of it is run.
        let is_file = path.ends_with(".csv");
        assert!(is_file || !page.text().contains("<script>"), "{path}");
        assert!(!page.text().contains("NaN"), "{path}");
        assert!(page.text().len() < 100_000, "{path}");
    }
}

#[test]
fn live_an_account_is_retired_and_comes_back_when_there_is_room() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| Trader::join(&web, &outbox, name));
    let mut dealt = report(&[]);
    dealt["deals"] = json!([{
        "ticket": 9, "position": 9, "symbol": "XAUUSD", "side": "buy", "entry": "out",
        "volume": 0.1, "price": 2000.0, "profit": 20.5, "time": now() - 1_000,
    }]);
    ada.pc.post("/reporting", &dealt).json();
    // The free plan has one account at a broker, and the demo has its place.
    let mut real = report(&[]);
    real["login"]["login"] = json!(6);
    let refused = ada.pc.post("/reporting", &real);
    assert_eq!(refused.status, 409, "{}", refused.text());

    let question = format!("/executors/retire?id={}", ada.account);
    assert!(ada.browser.get("/executors").text().contains(&question));
    let asked = ada.browser.get(&question);
    for said in ["5 · Broker-Live", "1 position is open there"] {
        assert!(asked.text().contains(said), "{said}: {}", asked.text());
    }
    // Asking alone does nothing, and nobody else may do it.
    assert_eq!(eve.browser.get(&question).status, 404);
    let fields = [("id", ada.account.as_str())];
    assert_eq!(eve.browser.post("/executors/retire", &fields).status, 404);
    for id in ["", "x", "00000000-0000-0000-0000-000000000000"] {
        let done = ada.browser.post("/executors/retire", &[("id", id)]);
        assert_eq!(done.status, 404, "{id}");
    }
    ada.browser.get("/executors/retire").goes_to("/executors");
    assert!(
        ada.browser
            .get("/dashboard")
            .text()
            .contains("USD 1,097.50")
    );

    let done = ada.browser.post("/executors/retire", &fields);
    done.goes_to("/executors?notice=account-retired");
    let again = ada.browser.post("/executors/retire", &fields);
    again.goes_to("/executors?notice=account-retired");
    let trail = outbox.trail();
    let written = trail.iter().filter(|one| *one == "account-retired");
    assert_eq!(written.count(), 1, "in the audit trail once");
    let page = ada.browser.get("/executors?notice=account-retired");
    assert!(page.text().contains("The account is retired."));
    assert!(page.text().contains("Retired: 5 · Broker-Live."));
    assert!(!page.text().contains(&question));
    let dashboard = ada.browser.get("/dashboard");
    for gone in ["USD 1,097.50", "2,010.25", "5 · Broker-Live"] {
        assert!(!dashboard.text().contains(gone), "{gone}");
    }
    // What it earned is told as before, in its money and by its name.
    let reports = ada.browser.get("/reports");
    for said in ["USD +20.50", "5 · Broker-Live"] {
        assert!(reports.text().contains(said), "{said}");
    }
    let close = format!(
        "/commands/confirm?action=close_everything&target=account:{}",
        ada.account
    );
    assert_eq!(ada.browser.get(&close).status, 404);

    // Its place is free; it gets it back when the other is retired.
    let kept = ada.pc.post("/reporting", &real).json();
    let other = text(&kept["broker_account"]);
    assert_eq!(ada.pc.post("/reporting", &open_position()).status, 409);
    let done = ada
        .browser
        .post("/executors/retire", &[("id", other.as_str())]);
    done.goes_to("/executors?notice=account-retired");
    let back = ada.pc.post("/reporting", &open_position()).json();
    assert_eq!(text(&back["broker_account"]), ada.account);
    assert!(ada.browser.get("/dashboard").text().contains("2,010.25"));
}

#[test]
fn live_what_was_reported_days_ago_is_not_said_to_be_so_now() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    // The free plan has one account at a broker.
    crate::shop::buy(&ada.browser, "pro", "USD").goes_to("/account/billing?notice=plan-changed");
    assert!(ada.browser.get("/dashboard").text().contains("Profit now"));
    let mut old = open_position();
    old["login"]["login"] = json!(6);
    old["positions"]["at"] = json!(now() - 2 * 86_400_000 - 60_000);
    let kept = ada.pc.post("/reporting", &old).json();
    let account = text(&kept["broker_account"]);
    let page = ada.browser.get("/dashboard");
    assert!(page.text().contains("reported 2 days ago"));
    assert!(!page.text().contains("Profit now"));
    let target = format!("target=account:{account}");
    for (action, said) in [
        (
            "close_everything",
            "closes 1 position, about USD +97.50, reported 2 days ago.",
        ),
        (
            "close_position&ticket=77",
            "opened at 2,000.5, about USD +97.50, reported 2 days ago.",
        ),
    ] {
        let query = format!("/commands/confirm?action={action}&{target}");
        let page = ada.browser.get(&query);
        assert!(page.text().contains(said), "{}", page.text());
    }
    // Both accounts at once: as old as the older one.
    let both = format!(
        "/commands/confirm?action=close_everything&target=executor:{}",
        ada.executor
    );
    let page = ada.browser.get(&both);
    let said = "closes 2 positions, about USD +195.00, reported 2 days ago.";
    assert!(page.text().contains(said), "{}", page.text());
}

#[test]
fn live_positions_that_no_executor_reports_any_more_are_an_alert() {
    let (_place, web, outbox) = started();
    let ada = Trader::join(&web, &outbox, "ada");
    let said = "1 position was open at 5 · Broker-Live by the last report";
    assert!(!ada.browser.get("/dashboard").text().contains(said));
    let machine = Machine::of_browser(&ada.browser);
    let keys = machine.get("/credentials").json();
    let key = keys["items"].as_array().unwrap().iter();
    let key = key.filter(|key| key["scope"] == "executor");
    for key in key {
        let revoked = machine.delete(&format!("/credentials/{}", text(&key["id"])));
        assert!(revoked.status < 300, "{}", revoked.text());
    }
    let page = ada.browser.get("/dashboard");
    assert!(page.text().contains(said), "{}", page.text());
}
