//! Who may call what: keys, scopes, sessions, tenants.

use crate::{
    api_market,
    machine::{Machine, heartbeat, now, report, started, stop, text, trader},
    support::gold,
};
use serde_json::{Value, json};

#[test]
fn api_keys_are_told_once_and_revoked_at_once() {
    let (place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let (id, key) = ada.key("read");
    assert!(key.starts_with("phx_"), "{key}");
    let reader = Machine::with(&web, &key);
    assert_eq!(reader.get("/command").json()["items"], json!([]));
    // The paths without a number are the same, and nobody gets a cookie.
    let alias = reader.ask("GET /api/command", &[], "");
    assert_eq!((alias.status, alias.header("set-cookie")), (200, None));
    let listed = ada.get("/credentials");
    let secret = key.rsplit_once('_').unwrap().0.rsplit_once('_').unwrap().1;
    assert!(!listed.text().contains(secret));
    let listed = listed.json();
    assert_eq!(listed["items"][0]["id"], id.as_str());
    assert!(listed["items"][0]["used_at"].is_i64(), "{listed}");
    let prefix = text(&listed["items"][0]["prefix"]);
    assert!(key.starts_with(&format!("phx_{prefix}_")));

    assert_eq!(ada.delete(&format!("/credentials/{id}")).status, 204);
    let refused = reader.get("/command");
    refused.refused(401, "unauthorized");
    assert!(refused.header("www-authenticate").is_some());
    // One that is too old is as good as none.
    let soon = json!({ "name": "x", "scope": "read", "expires_at": now() - 1 });
    ada.post("/credentials", &soon).refused(422, "invalid");
    for file in ["home/phoenix.db", "home/phoenix.db-wal"] {
        let bytes = std::fs::read(place.path(file)).unwrap();
        let mut parts = bytes.windows(secret.len());
        assert!(!parts.any(|part| part == secret.as_bytes()), "{file}");
    }
    assert_eq!(outbox.trail()[..2], ["key-revoked", "key-created"]);
}

#[test]
fn api_wrong_keys_are_refused_and_slowed() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let (_, key) = ada.key("read");
    Machine::nobody(&web)
        .get("/command")
        .refused(401, "unauthorized");
    let mistyped = key.replacen("phx_", "phx_0", 1);
    for wrong in ["", "x", "phx_", &mistyped] {
        Machine::with(&web, wrong)
            .get("/command")
            .refused(401, "unauthorized");
    }
    let wrong = Machine::with(&web, &mistyped);
    let slowed = (0..60)
        .map(|_| wrong.get("/command"))
        .find(|a| a.status == 429);
    let slowed = slowed.expect("somebody who tries many keys waits");
    slowed.refused(429, "too-many-attempts");
    assert!(slowed.header("retry-after").is_some());
    // The right key is let in from there even so.
    assert_eq!(Machine::with(&web, &key).get("/command").status, 200);
    // Cookies help no wrong key.
    let cookie = ada.get("/command");
    assert_eq!(cookie.status, 200);
}

#[test]
fn api_scopes_reach_only_so_far() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let [phone, executor, read] =
        ["phone", "executor", "read"].map(|scope| Machine::with(&web, &ada.key(scope).1));
    let id = executor.beat()["executor"].clone();
    for reader in [&phone, &executor, &read, &ada] {
        for path in [
            "/command",
            "/strategies",
            "/strategy/active",
            "/executors",
            "/reporting/deals",
        ] {
            assert_eq!(reader.get(path).status, 200, "{path}");
        }
    }
    for machine in [&phone, &executor, &read] {
        machine.get("/credentials").refused(403, "forbidden");
        let new = json!({ "name": "x", "scope": "read" });
        machine.post("/credentials", &new).refused(403, "forbidden");
        let document = json!({ "document": "{}" });
        machine
            .post("/strategies", &document)
            .refused(403, "forbidden");
    }
    for machine in [&phone, &read, &ada] {
        machine
            .post("/executor/heartbeat", &heartbeat())
            .refused(403, "forbidden");
        machine
            .post("/reporting", &report(&[1]))
            .refused(403, "forbidden");
        for path in ["/markets/specs", "/markets/bars"] {
            machine.post(path, &json!({})).refused(403, "forbidden");
        }
    }
    for machine in [&phone, &executor, &read] {
        let id = "0199a3f4-8e1d-7c31-8000-000000000000";
        let path = format!("/markets/{id}/XAUUSD.m");
        machine.delete(&path).refused(403, "forbidden");
    }
    for machine in [&executor, &read] {
        machine
            .post("/command", &stop(&id))
            .refused(403, "forbidden");
        machine.get("/pairings/ABCD-EFGH").refused(403, "forbidden");
    }
    assert_eq!(phone.post("/command", &stop(&id)).status, 201);
    assert_eq!(ada.post("/command", &stop(&id)).status, 201);
    phone
        .post("/llm/translate", &json!({}))
        .refused(501, "not-implemented");
}

#[test]
fn api_pages_elsewhere_cannot_use_a_session() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let body = json!({ "name": "x", "scope": "read" }).to_string();
    for (name, value) in [
        ("Origin", "https://evil.example"),
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "null"),
    ] {
        let headers = [("Idempotency-Key", "k"), (name, value)];
        let answer = ada.ask("POST /api/v1/credentials", &headers, &body);
        answer.refused(403, "forbidden");
    }
    let headers = [("Idempotency-Key", "k"), ("Content-Type", "text/plain")];
    let form = ada.ask("POST /api/v1/credentials", &headers, &body);
    form.refused(415, "unsupported-media-type");
    // A program is no page: whatever it says of one does not matter.
    let (_, key) = ada.key("phone");
    let elsewhere = [("Idempotency-Key", "k"), ("Origin", "https://evil.example")];
    let phone = Machine::with(&web, &key);
    let answer = phone.ask("POST /api/v1/llm/x", &elsewhere, "{}");
    answer.refused(501, "not-implemented");
    // Cookies beside a wrong key are not looked at.
    let cookie = ada.ask("GET /api/v1/command", &[("Authorization", "Bearer x")], "");
    cookie.refused(401, "unauthorized");
}

/// Every path of the document that names something, with the ids of somebody else.
#[test]
fn api_nobody_reaches_anothers_rows() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| trader(&web, &outbox, name));
    let (credential, key) = ada.key("executor");
    let pc = Machine::with(&web, &key);
    let executor = pc.beat()["executor"].clone();
    let place = text(&pc.post("/reporting", &report(&[1])).json()["broker_account"]);
    api_market::upload(&pc, 0..9);
    let command = text(&ada.post("/command", &stop(&executor)).value()["id"]);
    let document = std::fs::read_to_string(gold()).unwrap();
    let document = json!({ "document": document });
    let strategy = ada.post("/strategies", &document);
    assert_eq!(strategy.status, 201, "{}", strategy.text());
    let strategy = text(&strategy.value()["id"]);
    let theirs = Machine::with(&web, &eve.key("executor").1);
    theirs.beat();

    let openapi = web.get("/api/openapi.json", &[]).json();
    let mut walked = 0;
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = match path.as_str() {
                path if path.starts_with("/credentials/{") => &credential,
                path if path.starts_with("/command/{") => &command,
                path if path.starts_with("/strategies/{") => &strategy,
                path if path.starts_with("/markets/{") => &place,
                path if path.starts_with("/pairings/{") => "ABCD-EFGH",
                path if path.starts_with("/llm/{") => continue,
                // A new path that names something must say here whose it is.
                path => {
                    assert!(!path.contains('{'), "{path}: whose is it?");
                    continue;
                }
            };
            let named = &path[path.find('{').unwrap()..=path.find('}').unwrap()];
            let line = format!(
                "{} /api/v1{}",
                method.to_uppercase(),
                path.replace(named, id)
                    .replace("{number}", "1")
                    .replace("{symbol}", "XAUUSD.m")
                    .replace("{timeframe}", "H1")
            );
            let body = match path.as_str() {
                "/command/{id}/receipt" => json!({ "outcome": "executed" }),
                "/strategies/{id}" => document.clone(),
                "/strategies/{id}/activate" => json!({ "version": 1, "on": "every_account" }),
                _ => json!({}),
            };
            let who = if path.ends_with("/receipt") {
                &theirs
            } else {
                &eve
            };
            let headers = [("Idempotency-Key", line.as_str()), ("If-Match", "\"1\"")];
            let answer = who.ask(&line, &headers, &body.to_string());
            assert_eq!(answer.status, 404, "{line} {}", answer.text());
            answer.refused(404, "not-found");
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.contains_key("404"), "{line}");
            assert!(
                !answers.contains_key("default"),
                "{line}: it would allow everything"
            );
            walked += 1;
        }
    }
    assert!(walked >= 15, "{walked}");
    // Lists show nothing of it, and nobody commands another's machine.
    for path in [
        "/command",
        "/reporting/deals",
        "/reporting/accounts",
        "/strategies",
        "/markets",
    ] {
        assert_eq!(eve.get(path).json()["items"], json!([]), "{path}");
    }
    eve.post("/command", &stop(&executor))
        .refused(404, "not-found");
    // It is all there still.
    let bars = format!("/markets/{place}/XAUUSD.m/H1");
    assert_eq!(ada.get(&bars).status, 200);
    assert_eq!(ada.get(&format!("/strategies/{strategy}")).status, 200);
    assert_eq!(
        ada.get(&format!("/command/{command}")).json()["state"],
        "queued"
    );
}

#[test]
fn api_reports_come_at_a_pace() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let [pc, other] = [ada.key("executor").1, ada.key("executor").1];
    let [pc, other] = [Machine::with(&web, &pc), Machine::with(&web, &other)];
    pc.beat();
    other.beat();
    let held = (0..2_000)
        .map(|_| pc.post("/reporting", &report(&[1])))
        .find(|answer| answer.status != 200)
        .expect("it is held up");
    held.refused(429, "too-many-attempts");
    assert_eq!(held.header("retry-after"), Some("1"));
    assert_eq!(other.post("/reporting", &report(&[1])).status, 200);
}

#[test]
fn api_hostile_bodies_are_refused_as_problems() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let (_, key) = ada.key("executor");
    let pc = Machine::with(&web, &key);
    pc.beat();
    let raw = |body: &str| {
        let headers = [("Idempotency-Key", body.get(..20).unwrap_or("k"))];
        pc.ask("POST /api/v1/reporting", &headers, body)
    };
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"\u{0}\"",
        "{\"login\":5}",
        &"[".repeat(9_999),
    ] {
        raw(body).refused(400, "bad-request");
    }
    let with = |name: &str, value: Value| {
        let mut report = report(&[1]);
        report[name] = value;
        pc.post("/reporting", &report)
    };
    with("unknown", json!(1)).refused(400, "bad-request");
    with("currency", json!("")).refused(400, "bad-request");
    with("deals", json!([{}])).refused(400, "bad-request");
    // What stands in answers too is read as strictly.
    let login = json!({ "login": 5, "server": "x", "sever": "y" });
    with("login", login).refused(400, "bad-request");
    let mut mistyped = report(&[1]);
    mistyped["deals"][0]["comision"] = json!(-2);
    let mistyped = pc.post("/reporting", &mistyped);
    mistyped.refused(400, "bad-request");
    let why = mistyped.value()["detail"].clone();
    assert_eq!(why, "unknown field at /deals/0/comision");
    for action in [
        json!({ "kind": "unknown" }),
        json!({ "kind": "close_half" }),
        json!({ "kind": "stop_bot", "ticket": 5 }),
    ] {
        let mut command = stop(&json!("0199a3f4-8e1d-7c31-8000-000000000000"));
        command["action"] = action;
        ada.post("/command", &command).refused(400, "bad-request");
    }
    with("login", json!({ "login": -1, "server": "x" })).refused(422, "invalid");
    for (name, value) in [
        ("volume", json!(-1)),
        ("ticket", json!(0)),
        ("time", json!(0)),
    ] {
        let mut report = report(&[1]);
        report["deals"][0][name] = value;
        pc.post("/reporting", &report).refused(422, "invalid");
    }
    let many: Vec<i64> = (1..=501).collect();
    pc.post("/reporting", &report(&many))
        .refused(422, "invalid");
    let large = report(&[1]).to_string() + &" ".repeat(2 << 20);
    raw(&large).refused(413, "too-large");
    assert_eq!(ada.get("/reporting/deals").json()["items"], json!([]));

    // Bytes that are no text.
    let head = format!(
        "POST /api/v1/reporting HTTP/1.0\r\nHost: {}\r\nAuthorization: Bearer {key}\r\n\
         Content-Type: application/json\r\nIdempotency-Key: bytes\r\n",
        web.host()
    );
    let answer = web.raw(head.as_bytes(), b"{\"login\":\"\xff\xfe\"}");
    assert!(answer.starts_with("HTTP/1.0 400"), "{answer}");
    assert!(answer.contains("bad-request"), "{answer}");
    pc.get("/command?limit=0").refused(400, "bad-request");
    pc.get("/command?limit=x").refused(400, "bad-request");
    pc.get("/command?cursor=x").refused(400, "bad-request");
    pc.get("/command?offset=1").refused(400, "bad-request");
    pc.get("/command/x").refused(400, "bad-request");
    pc.get("/nothing").refused(404, "not-found");
    pc.ask("PATCH /api/v1/command", &[], "{}")
        .refused(405, "method-not-allowed");
}
