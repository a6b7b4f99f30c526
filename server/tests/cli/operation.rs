//! What whoever runs the service sees of it: metrics, names of requests, settings.

use crate::{
    browser::{Browser, Outbox, PASSWORD},
    machine::{Machine, report, started, stop, text, trader},
    support::{Place, root},
    web::Web,
};
use serde_json::json;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    time::{Duration, Instant},
};

const TOKEN: &str = "a-token-of-many-letters";

impl Web {
    /// What `/metrics` says from here.
    fn metrics(&self) -> String {
        let answer = self.get("/metrics", &[]);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.text().to_owned()
    }
}

/// The value of the sample that begins so.
#[track_caller]
fn sample(metrics: &str, name: &str) -> f64 {
    let line = metrics.lines().find(|line| {
        line.strip_prefix(name)
            .is_some_and(|rest| rest.starts_with(' '))
    });
    let line = line.unwrap_or_else(|| panic!("no {name} in\n{metrics}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn trades_commands_and_requests_are_counted_once() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    let executor = pc.beat()["executor"].clone();
    let mut deals = report(&[1, 2, 3, 4]);
    for (place, (entry, profit)) in [("in", 0.0), ("out", 5.0), ("out", -1.0), ("out_by", 1.5)]
        .into_iter()
        .enumerate()
    {
        let deal = &mut deals["deals"][place];
        deal["entry"] = entry.into();
        deal["profit"] = profit.into();
        // A gain of 1.5 that cost 2.
        deal["commission"] = (if place == 3 { -2.0 } else { 0.0 }).into();
    }
    for _ in 0..2 {
        assert_eq!(pc.post("/reporting", &deals).status, 200);
    }
    let give = |action: &str, outcome: &str| {
        let mut command = stop(&executor);
        command["action"]["kind"] = action.into();
        let id = text(&ada.post("/command", &command).value()["id"]);
        pc.beat();
        for _ in 0..2 {
            let receipt = json!({ "outcome": outcome });
            pc.post(&format!("/command/{id}/receipt"), &receipt).json();
        }
    };
    give("close_mine", "failed");
    give("close_mine", "executed");
    give("stop_bot", "failed");
    web.get("/api/v1/nowhere/at/all", &[]);
    assert_eq!(ada.post("/llm/explain", &json!({})).status, 501);
    let stream = pc.listen();
    let metrics = web.metrics();
    for (name, value) in [
        ("successful_trades_total{result=\"gain\"}", 1.0),
        ("successful_trades_total{result=\"loss\"}", 2.0),
        ("successful_trades_total{result=\"even\"}", 0.0),
        ("failed_trades_total{action=\"close_mine\"}", 1.0),
        ("failed_trades_total{action=\"close_position\"}", 0.0),
        (
            "commands_finished_total{action=\"stop_bot\",state=\"failed\"}",
            1.0,
        ),
        (
            "trade_execution_latency_seconds_count{stage=\"command\"}",
            1.0,
        ),
        (
            "trade_execution_latency_seconds_count{stage=\"report\"}",
            4.0,
        ),
        (
            "agent_health_status{kind=\"executor\",state=\"online\"}",
            1.0,
        ),
        (
            "agent_health_status{kind=\"executor\",state=\"offline\"}",
            0.0,
        ),
        ("event_streams_open", 1.0),
        ("database_up", 1.0),
        (
            "http_requests_total{method=\"POST\",route=\"/api/v1/reporting\",status=\"2xx\"}",
            2.0,
        ),
        (
            "api_error_rate{route=\"/api/v1/{*rest}\",class=\"4xx\"}",
            1.0,
        ),
        (
            "api_error_rate{route=\"/api/v1/reporting\",class=\"5xx\"}",
            0.0,
        ),
        (
            "api_error_rate{route=\"/api/v1/llm/{task}\",class=\"5xx\"}",
            0.0,
        ),
    ] {
        assert_eq!(sample(&metrics, name), value, "{name}");
    }
    for said in ["ada", "example.com", &text(&executor)] {
        assert!(!metrics.contains(said), "{said}");
    }
    drop(stream);
}

#[test]
fn metrics_are_not_public() {
    let place = Place::new();
    let web = Web::start(&place, "--public-url http://lab.example");
    let host = web.host();
    assert_eq!(web.get("/metrics", &[]).status, 200);
    for headers in [
        // A proxy on this machine speaks for somebody.
        [("Host", host.as_str()), ("X-Forwarded-For", "203.0.113.9")],
        [("Host", &host), ("X-Forwarded-For", "127.0.0.1")],
        [("Host", &host), ("Forwarded", "for=127.0.0.1")],
        // By the public name, even if the proxy says nothing.
        [("Host", "lab.example"), ("X-Nothing", "1")],
        [("Host", "lab.example:80"), ("X-Nothing", "1")],
    ] {
        let answer = web.ask("GET /metrics", &headers, "");
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.text().contains("PHOENIX_METRICS_TOKEN"));
    }
    let web = Web::start(&place, &format!("PHOENIX_METRICS_TOKEN={TOKEN}"));
    for (said, status) in [
        (format!("Bearer {TOKEN}"), 200),
        (format!("bearer {TOKEN}"), 200),
        (format!("Bearer {TOKEN}x"), 401),
        (format!("Basic {TOKEN}"), 401),
        ("Bearer ".to_owned(), 401),
    ] {
        let answer = web.get("/metrics", &[("Authorization", &said)]);
        assert_eq!(answer.status, status, "{said}");
    }
    assert_eq!(web.get("/metrics", &[]).status, 401);
}

#[test]
fn a_mail_server_that_does_not_answer_is_left_alone_and_shown() {
    let place = Place::new();
    // Nobody listens there.
    let web = Web::start(
        &place,
        "PHOENIX_SMTP=smtp://127.0.0.1:1 PHOENIX_PUBLIC_URL=http://lab.example \
         PHOENIX_TELEGRAM_TOKEN=4242:AAF-nobody_answers_0123456789abcdef \
         PHOENIX_TELEGRAM_API=http://127.0.0.1:1",
    );
    let breaker = "breaker_state{service=\"smtp\"}";
    let metrics = web.metrics();
    for name in [
        breaker,
        "breaker_state{service=\"telegram\"}",
        "breaker_state{service=\"telegram_news\"}",
        "webhooks_resting",
    ] {
        assert_eq!(sample(&metrics, name), 0.0);
    }
    let browser = Browser::new(&web);
    for name in ["a", "b", "c", "d", "e", "f"] {
        let email = format!("{name}@example.com");
        let asked = browser.post("/register", &[("email", &email), ("password", PASSWORD)]);
        assert_eq!(asked.status, 200, "{}", asked.text());
    }
    let begin = Instant::now();
    while sample(&web.metrics(), breaker) != 2.0 {
        assert!(begin.elapsed() < Duration::from_secs(60), "it never opened");
    }
    let metrics = web.metrics();
    assert_eq!(sample(&metrics, "mails{state=\"queued\"}"), 6.0);
    assert_eq!(sample(&metrics, "mails{state=\"failed\"}"), 0.0);
}

/// Names of metrics in a query: words with an underscore that stand outside of braces, brackets and
/// quotation marks and are no function.
fn named(query: &str) -> BTreeSet<String> {
    const NOT: [&str; 3] = ["histogram_quantile", "max_over_time", "label_values"];
    let (mut depth, mut outside) = (0_u32, String::new());
    for letter in query.chars() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    let words = outside.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .filter(|word| word.contains('_') || *word == "mails")
        .filter(|word| !NOT.contains(word))
        .map(str::to_owned)
        .collect()
}

#[test]
fn dashboard_and_alerts_name_what_is_exported() {
    let place = Place::new();
    let web = Web::start(
        &place,
        "PHOENIX_SMTP=smtp://127.0.0.1:1 PHOENIX_PUBLIC_URL=http://lab.example",
    );
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    let command = ada.post("/command", &stop(&pc.beat()["executor"])).value();
    pc.beat();
    let receipt = format!("/command/{}/receipt", text(&command["id"]));
    pc.post(&receipt, &json!({ "outcome": "executed" })).json();
    let metrics = web.metrics();
    let exported: BTreeSet<&str> = metrics
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split(['{', ' ']).next())
        .collect();
    let read = |path: &str| fs::read_to_string(root().join("ops").join(path)).unwrap();
    let dashboard = read("grafana/phoenix.json");
    let dashboard: serde_json::Value = serde_json::from_str(&dashboard).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels
        .iter()
        .flat_map(|panel| panel["targets"].as_array().unwrap());
    let mut queries: Vec<String> = targets.map(|target| text(&target["expr"])).collect();
    let variables = dashboard["templating"]["list"].as_array().unwrap();
    queries.extend(
        variables
            .iter()
            .map(|one| text(&one["query"]))
            .filter(|q| q != "prometheus"),
    );
    let alerts = read("prometheus/alerts.yml");
    let rules = alerts
        .lines()
        .filter_map(|line| line.trim().strip_prefix("expr: "));
    queries.extend(rules.map(str::to_owned));
    assert!(queries.len() > 25, "{queries:?}");
    let mut seen = BTreeSet::new();
    for query in &queries {
        let names = named(query);
        assert!(!names.is_empty(), "{query}");
        for name in names {
            assert!(exported.contains(name.as_str()), "{name} of {query}");
            seen.insert(name);
        }
    }
    // Those that were asked for are looked at, too.
    for name in [
        "agent_health_status",
        "trade_execution_latency_seconds_bucket",
        "api_error_rate",
        "successful_trades_total",
        "failed_trades_total",
        "breaker_state",
        "webhooks_resting",
    ] {
        assert!(seen.contains(name), "{name}");
    }
}

/// A rule of alerts.yml: the name of the alert, and its other lines by what stands before the colon.
type Rule<'a> = (&'a str, BTreeMap<&'a str, &'a str>);

/// The rules of the file, read line by line: it keeps to one line for each value.
fn rules(alerts: &str) -> Vec<Rule<'_>> {
    let mut rules: Vec<Rule<'_>> = Vec::new();
    for line in alerts.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("- alert: ") {
            rules.push((name, BTreeMap::new()));
        } else if let (Some((_, values)), Some((key, value))) =
            (rules.last_mut(), line.split_once(": "))
            && !line.starts_with('#')
        {
            assert_eq!(values.insert(key, value), None, "{key} stands twice");
        }
    }
    rules
}

/// Whether every bracket of a query is closed, in order.
fn is_balanced(query: &str) -> bool {
    let mut open = Vec::new();
    for letter in query.chars() {
        match letter {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(letter) => return false,
            _ => {}
        }
    }
    open.is_empty()
}

#[test]
fn rules_of_alerts_can_fire_and_say_what_is_wrong() {
    let alerts = fs::read_to_string(root().join("ops/prometheus/alerts.yml")).unwrap();
    let rules = rules(&alerts);
    let names: BTreeSet<&str> = rules.iter().map(|(name, _)| *name).collect();
    assert!(rules.len() >= 10 && names.len() == rules.len(), "{names:?}");
    for (name, values) in &rules {
        let expr = values["expr"];
        assert!(is_balanced(expr), "{name}: {expr}");
        // What is not compared with anything fires as soon as it is there.
        assert!(
            [" > ", " < ", " >= ", " == "]
                .iter()
                .any(|sign| expr.contains(sign)),
            "{name}: {expr}"
        );
        let severity = values["labels"];
        assert!(
            ["{ severity: page }", "{ severity: ticket }"].contains(&severity),
            "{name}: {severity}"
        );
        assert!(values["summary"].len() > 10, "{name}");
        if let Some(wait) = values.get("for") {
            let minutes: u32 = wait.strip_suffix('m').unwrap().parse().unwrap();
            assert!((1..=30).contains(&minutes), "{name}: {wait}");
        }
    }
    let expr = |name: &str| rules.iter().find(|(rule, _)| *rule == name).unwrap().1["expr"];
    // One that rests reads half open after 20 seconds: it is never open for five minutes.
    let breaker = expr("PhoenixBreakerOpen");
    assert!(breaker.ends_with("(breaker_state) > 0"), "{breaker}");
    let errors = expr("PhoenixErrors");
    assert!(errors.contains("route!~\"/api/v1/llm/.*\""), "{errors}");
}

#[test]
fn every_request_has_a_name_that_only_a_proxy_may_give() {
    let place = Place::new();
    let web = Web::start(&place, "");
    let mine = "my-own-request-name";
    let answer = web.get("/healthz", &[("X-Request-Id", mine)]);
    let made = answer.header("x-request-id").unwrap().to_owned();
    assert_eq!(made.len(), 32);
    assert_ne!(made, mine);
    // The reference of a problem is the name.
    let refused = web.get("/api/v1/command", &[]);
    refused.refused(401, "unauthorized");
    let reference = text(&refused.value()["reference"]);
    assert_eq!(refused.header("x-request-id"), Some(reference.as_str()));
    let web = Web::start(&place, "--trusted-proxy 127.0.0.0/8");
    for (said, is_kept) in [(mine, true), ("short", false), ("not a name at all", false)] {
        let answer = web.get("/healthz", &[("X-Request-Id", said)]);
        assert_eq!(
            answer.header("x-request-id") == Some(said),
            is_kept,
            "{said}"
        );
    }
}

#[test]
fn every_line_of_a_request_has_its_name() {
    let place = Place::new();
    let (web, log) = Web::start_logged(&place, "--log json PHOENIX_LOG=info");
    let outbox = Outbox::of_file(&place.path("home"));
    let ada = trader(&web, &outbox, "ada");
    // Done on a task of its own, and noted in the trail from there.
    let made = ada.post("/credentials", &json!({ "name": "x", "scope": "read" }));
    assert_eq!(made.status, 201);
    let name = made.header("x-request-id").unwrap().to_owned();
    drop(web);
    let log = fs::read_to_string(log).unwrap();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of = |line: &&serde_json::Value| {
        let spans = line["spans"].as_array();
        spans.is_some_and(|all| all.iter().any(|span| span["request_id"] == name.as_str()))
    };
    let said: Vec<String> = lines
        .iter()
        .filter(of)
        .map(|line| text(&line["fields"]["message"]))
        .collect();
    assert!(said.iter().any(|message| message == "audit"), "{said:?}");
    let audits = lines
        .iter()
        .filter(|line| line["fields"]["action"] == "key-created");
    let audits: Vec<_> = audits.collect();
    assert!(!audits.is_empty() && audits.iter().all(of), "{audits:?}");
    assert!(!log.contains("phx_"), "a key stands in the log");
}

#[test]
fn settings_come_from_a_file_and_every_fault_is_told_at_once() {
    let place = Place::new();
    fs::create_dir_all(place.path("site")).unwrap();
    place.write("token", TOKEN);
    place.write(
        "phoenix.toml",
        "hosts = [\"of-file.example\"]\nmetrics_token = \"file:token\"\nvisitors_space = 3\n",
    );
    let web = Web::start(&place, "--config phoenix.toml");
    for (host, status) in [("of-file.example", 401), ("another.example", 421)] {
        let answer = web.ask("GET /metrics", &[("Host", host)], "");
        assert_eq!(answer.status, status, "{host}");
    }
    let web = Web::start(
        &place,
        "PHOENIX_CONFIG=phoenix.toml PHOENIX_HOSTS=of-variable.example",
    );
    for (host, status) in [("of-file.example", 421), ("of-variable.example", 401)] {
        let answer = web.ask("GET /metrics", &[("Host", host)], "");
        assert_eq!(answer.status, status, "{host}");
    }
    let check = "serve --web site --home home --check";
    place.run(&format!("{check} --config phoenix.toml")).good();
    assert!(!place.path("home").join("phoenix.db.lock").exists());
    place.write(
        "bad.toml",
        "lisen = \"x\"\nforget_visitors_after = -1\n[metrics]\ntoken = \"hidden\"\n\
         [stripe]\nkey = \"sk_test_hidden\"\n",
    );
    let faulty = format!("{check} --config bad.toml --listen nonsense --trusted-proxy 0.0.0.0/0");
    let told = [
        "8 settings are not as they should be",
        "lisen: there is no such setting. Did you mean \"listen\"?",
        "--listen: \"nonsense\" is not an address and a port",
        "--trusted-proxy: \"0.0.0.0/0\" is not",
        "forget_visitors_after: \"-1\" is not a number of days",
        "metrics_token: this is not a token of 16",
        "PHOENIX_STRIPE_WEBHOOK_SECRET: with stripe_key, this has to be said too: a key",
        "--public-url / PHOENIX_PUBLIC_URL: with stripe_key, this has to be said too",
    ];
    let ran = place.run(&faulty);
    assert!(!ran.stderr.contains("hidden"), "{ran:?}");
    ran.refused(&told);
    place
        .run(&format!("{faulty} --lang id"))
        .refused(&["8 pengaturan belum benar", "Maksud Anda \"listen\"?"]);
    // What the server would refuse to start with is told by the check, all of it.
    let refused = "serve --web nowhere --home home --check --no-worker --smtp smtps://mail.example";
    place.run(refused).refused(&[
        "3 settings",
        "--web: nowhere is no built web app",
        "--no-worker: on SQLite",
        "--public-url / PHOENIX_PUBLIC_URL: with smtp",
    ]);
    place.run(&format!("{refused} --lang id")).refused(&[
        "3 pengaturan",
        "--web: nowhere bukan aplikasi web",
        "--no-worker: dengan SQLite",
        "karena smtp diisi",
    ]);
    let shared = "--database postgres://nobody@127.0.0.1:1/none --public-url https://lab.example";
    let good = format!("{check} --no-worker --smtp smtps://mail.example {shared}");
    place.run(&good).good();
    place
        .run(&format!("{check} --config nowhere.toml"))
        .refused(&["nowhere.toml: the file cannot be read"]);
}
