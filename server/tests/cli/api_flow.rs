//! What machines do: pairing, commands, reports, events.

use crate::{
    browser::Outbox,
    machine::{Machine, now, report, started, stop, text, trader},
    support::{Place, gold},
    web::Web,
};
use phoenix_test_postgres::Cluster;
use serde_json::json;

#[test]
fn api_a_device_is_paired_without_copying_a_secret() {
    let (_place, web, outbox) = started();
    let [ada, eve] = ["ada", "eve"].map(|name| trader(&web, &outbox, name));
    let device = Machine::nobody(&web);
    let new = json!({ "device": "Ada's PC", "scope": "executor" });
    let begun = device.post("/pairings", &new);
    assert_eq!(begun.status, 201, "{}", begun.text());
    let pairing = begun.value();
    let code = text(&pairing["code"]);
    let claim = json!({ "secret": pairing["secret"] });
    let early = device.post("/pairings/claim", &claim);
    assert_eq!(
        (early.status, early.value()["expires_at"].is_i64()),
        (202, true)
    );
    device
        .post(&format!("/pairings/{code}/approve"), &json!({}))
        .refused(401, "unauthorized");
    let typed = code.to_lowercase().replace('-', "");
    let shown = ada.get(&format!("/pairings/{typed}")).json();
    assert_eq!(shown["device"], "Ada's PC");
    let approved = ada.post(&format!("/pairings/{typed}/approve"), &json!({}));
    assert_eq!(approved.status, 200, "{}", approved.text());
    eve.post(&format!("/pairings/{code}/approve"), &json!({}))
        .refused(404, "not-found");
    let issued = device.post("/pairings/claim", &claim).json();
    assert_eq!(issued["credential"]["scope"], "executor");
    device.post("/pairings/claim", &claim).refused(410, "gone");
    device
        .post("/pairings/claim", &json!({ "secret": "x" }))
        .refused(410, "gone");
    let pc = Machine::with(&web, issued["key"].as_str().unwrap());
    pc.beat();
    assert_eq!(ada.get("/executors").json()["items"][0]["name"], "PC");
    assert_eq!(eve.get("/executors").json()["items"], json!([]));
    assert_eq!(outbox.trail()[..2], ["device-paired", "device-approved"]);
    // Codes are short: who guesses waits.
    let guessed = (0..12)
        .map(|_| eve.get("/pairings/0000-0000"))
        .find(|a| a.status == 429);
    guessed
        .expect("somebody who guesses waits")
        .refused(429, "too-many-attempts");
}

#[test]
fn api_writes_are_done_once() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let new = json!({ "name": "x", "scope": "phone" });
    ada.ask("POST /api/v1/credentials", &[], &new.to_string())
        .refused(400, "idempotency-missing");
    let first = ada.post_keyed("/credentials", "one", &new);
    let again = ada.post_keyed("/credentials", "one", &new);
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text(), again.text());
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    let alias = ada.ask(
        "POST /api/credentials",
        &[("Idempotency-Key", "one")],
        &new.to_string(),
    );
    assert_eq!(alias.text(), first.text());
    let other = json!({ "name": "y", "scope": "phone" });
    ada.post_keyed("/credentials", "one", &other)
        .refused(422, "idempotency-mismatch");
    assert_eq!(
        ada.get("/credentials").json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // Another of the same trader's is not told what this one was.
    let phone = Machine::with(&web, first.value()["key"].as_str().unwrap());
    phone
        .post_keyed("/credentials", "one", &new)
        .refused(422, "idempotency-mismatch");
    // What was refused may be tried again.
    let faulty = json!({ "name": "", "scope": "phone" });
    ada.post_keyed("/credentials", "two", &faulty)
        .refused(400, "bad-request");
    assert_eq!(ada.post_keyed("/credentials", "two", &new).status, 201);
}

#[test]
fn api_a_command_lives_and_ends_once() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    let executor = pc.beat()["executor"].clone();
    let given = ada.post("/command", &stop(&executor)).value();
    assert_eq!(given["state"], "queued");
    let id = text(&given["id"]);
    let state = || text(&ada.get(&format!("/command/{id}")).json()["state"]);
    // Who keeps no connection open is told with the heartbeat, until it says what became of it.
    for _ in 0..2 {
        assert_eq!(pc.beat()["commands"][0]["id"], id.as_str());
        assert_eq!(state(), "delivered");
    }
    let receipt = format!("/command/{id}/receipt");
    let done = json!({ "outcome": "executed", "remark": "stopped" });
    for _ in 0..2 {
        assert_eq!(pc.post(&receipt, &done).json()["state"], "executed");
    }
    let failed = json!({ "outcome": "failed" });
    pc.post(&receipt, &failed).refused(409, "command-finished");
    assert_eq!(
        (state().as_str(), pc.beat()["commands"].clone()),
        ("executed", json!([]))
    );
    // Another key of the same trader did not get it.
    let laptop = Machine::with(&web, &ada.key("executor").1);
    laptop.post(&receipt, &done).refused(409, "conflict");
    laptop.beat();
    laptop.post(&receipt, &done).refused(404, "not-found");
    for expires_at in [now() - 1, now() + 2 * 86_400_000] {
        let mut late = stop(&executor);
        late["expires_at"] = json!(expires_at);
        ada.post("/command", &late).refused(422, "invalid");
    }
    let trail = outbox.trail();
    let ours: Vec<_> = trail
        .iter()
        .filter(|action| action.starts_with("command-"))
        .collect();
    assert_eq!(
        ours,
        [
            "command-receipt-refused",
            "command-executed",
            "command-given"
        ]
    );
}

#[test]
fn api_a_command_expires_and_who_listens_is_told() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    let executor = pc.beat()["executor"].clone();
    let mut events = ada.listen();
    let mut soon = stop(&executor);
    soon["expires_at"] = json!(now() + 1_500);
    let id = ada.post("/command", &soon).value()["id"].clone();
    loop {
        let event = events.next("command_changed").unwrap();
        assert_eq!(event["command"]["id"], id);
        if event["command"]["state"] == "expired" {
            break;
        }
        assert_eq!(event["command"]["state"], "queued");
    }
    assert_eq!(pc.beat()["commands"], json!([]));
}

#[test]
fn api_reports_are_kept_once_in_any_order() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.post("/reporting", &report(&[1]))
        .refused(409, "conflict");
    pc.beat();
    let first = pc.post("/reporting", &report(&[30, 10])).json();
    assert_eq!(
        (first["new_deals"].clone(), first["known_deals"].clone()),
        (json!(2), json!(0))
    );
    let again = pc.post("/reporting", &report(&[10, 20, 30])).json();
    assert_eq!(
        (again["new_deals"].clone(), again["known_deals"].clone()),
        (json!(1), json!(2))
    );
    let part = ada.get("/reporting/deals?limit=2").json();
    let tickets = |page: &serde_json::Value| -> Vec<i64> {
        let items = page["items"].as_array().unwrap();
        items
            .iter()
            .map(|one| one["deal"]["ticket"].as_i64().unwrap())
            .collect()
    };
    assert_eq!(tickets(&part), [30, 20]);
    let next = text(&part["next"]);
    let rest = ada
        .get(&format!("/reporting/deals?limit=2&cursor={next}"))
        .json();
    assert_eq!((tickets(&rest), rest["next"].is_null()), (vec![10], true));
    let mut more = report(&[]);
    let at = 1_700_000_000_000_i64;
    more["equity"] = json!([{ "at": at, "balance": 10.5, "equity": 9.5, "margin": 0.0 }]);
    more["positions"] = json!({ "at": at, "positions": [] });
    let kept = pc.post("/reporting", &more).json();
    assert_eq!(
        (kept["new_equity"].clone(), kept["positions_kept"].clone()),
        (json!(1), json!(true))
    );
    let of = text(&kept["broker_account"]);
    let equity = ada
        .get(&format!("/reporting/equity?broker_account={of}"))
        .json();
    assert_eq!(equity["items"][0]["snapshot"]["equity"], 9.5);
    assert_eq!(
        ada.get("/reporting/accounts").json()["items"][0]["login"]["login"],
        5
    );
}

#[test]
fn api_events_come_at_once_and_end_with_the_key() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let (id, key) = ada.key("executor");
    let pc = Machine::with(&web, &key);
    let executor = pc.beat()["executor"].clone();
    // What waits comes with the connection, again with the next one, and new ones at once.
    let first = ada.post("/command", &stop(&executor)).value()["id"].clone();
    for _ in 0..2 {
        let event = pc.listen().next("command_delivered").unwrap();
        assert_eq!(event["command"]["id"], first);
    }
    let (mut hears, mut sees) = (pc.listen(), ada.listen());
    hears.next("command_delivered").unwrap();
    let second = ada.post("/command", &stop(&executor)).value()["id"].clone();
    assert_eq!(
        hears.next("command_delivered").unwrap()["command"]["id"],
        second
    );
    let states = [sees.next("command_changed"), sees.next("command_changed")];
    let states = states.map(|event| text(&event.unwrap()["command"]["state"]));
    assert_eq!(states[1], "delivered");
    pc.post("/reporting", &report(&[1])).json();
    assert!(sees.next("reported").unwrap()["broker_account"].is_string());
    assert_eq!(ada.delete(&format!("/credentials/{id}")).status, 204);
    assert_eq!(
        hears.next("command_delivered"),
        None,
        "a revoked key hears nothing"
    );
}

#[test]
fn api_commands_reach_an_executor_at_another_server() {
    const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    let cluster = Cluster::start();
    let url = cluster.database();
    let places = [Place::new(), Place::new()];
    let variables = format!("PHOENIX_DATABASE_URL={url} PHOENIX_SECRET_KEY={KEY}");
    let [here, there] = [&places[0], &places[1]].map(|place| Web::start(place, &variables));
    let ada = trader(&here, &Outbox::of_postgres(&url), "ada");
    let pc = Machine::with(&there, &ada.key("executor").1);
    let executor = pc.beat()["executor"].clone();
    let (mut hears, mut sees) = (pc.listen(), ada.listen());
    let id = ada.post("/command", &stop(&executor)).value()["id"].clone();
    let event = hears.next("command_delivered").unwrap();
    assert_eq!(event["command"]["id"], id);
    let done = json!({ "outcome": "executed" });
    pc.post(&format!("/command/{}/receipt", text(&id)), &done)
        .json();
    while sees.next("command_changed").unwrap()["command"]["state"] != "executed" {}
    // A write that is sent again to the other server is done once too.
    let key = ada.post_keyed(
        "/credentials",
        "k",
        &json!({ "name": "x", "scope": "phone" }),
    );
    let phone = Machine::with(&there, key.value()["key"].as_str().unwrap());
    assert_eq!(
        phone.get("/command").json()["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn api_a_strategy_is_changed_as_it_was_read() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let document = std::fs::read_to_string(gold()).unwrap();
    let body = json!({ "document": document });
    let made = ada.post("/strategies", &body);
    assert_eq!(
        (made.status, made.header("etag")),
        (201, Some("\"1\"")),
        "{}",
        made.text()
    );
    let path = format!("/strategies/{}", text(&made.value()["id"]));
    let read = ada.get(&path);
    assert_eq!(
        (read.json()["document"].clone(), read.header("etag")),
        (json!(document), Some("\"1\""))
    );
    let line = format!("GET /api/v1{path}");
    assert_eq!(
        ada.ask(&line, &[("If-None-Match", "\"1\"")], "").status,
        304
    );
    let put = |tag: &str| {
        let line = format!("PUT /api/v1{path}");
        ada.ask(&line, &[("If-Match", tag)], &body.to_string())
    };
    put("").refused(428, "precondition-required");
    assert_eq!(put("\"1\"").header("etag"), Some("\"2\""));
    put("\"1\"").refused(412, "precondition-failed");
    put("*").refused(412, "precondition-failed");
    let faulty = json!({ "document": "{}" });
    ada.post("/strategies", &faulty).refused(422, "invalid");
    let line = format!("DELETE /api/v1{path}");
    ada.ask(&line, &[("If-Match", "\"1\"")], "")
        .refused(412, "precondition-failed");
    assert_eq!(ada.ask(&line, &[("If-Match", "\"2\"")], "").status, 204);
    ada.get(&path).refused(404, "not-found");
}

#[test]
fn api_the_document_can_be_read_by_people_and_programs() {
    let (_place, web, _outbox) = started();
    let document = web.get("/api/v1/openapi.json", &[]).json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 18, "{:?}", paths.keys());
    let whole = document.to_string();
    // Whatever is named is there.
    for (at, start) in whole.match_indices("\"#/components/schemas/") {
        let name = whole[at + start.len()..].split('"').next().unwrap();
        assert!(
            document["components"]["schemas"].get(name).is_some(),
            "{name}"
        );
    }
    let page = web.get("/api/docs", &[]);
    assert_eq!(page.status, 200);
    let html = page.text();
    for path in paths.keys() {
        assert!(html.contains(path.as_str()), "{path}");
    }
    for foreign in ["<script", "http://", "https://", "style=\""] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("script"),
        "{policy}"
    );
}
