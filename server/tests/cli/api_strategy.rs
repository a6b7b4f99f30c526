//! Versions, what trades, and what a plan allows, as programs meet them.

use crate::{
    machine::{Machine, now, report, started, text, trader},
    support::gold,
};
use protocol::api::strategy::{NewActivation, Place};
use serde_json::{Value, json};
use storage::{AuditEntry, NewMail};
use trading::time::{DAY, Time};

fn document() -> String {
    std::fs::read_to_string(gold()).unwrap()
}

fn saved(ada: &Machine<'_>) -> String {
    let made = ada.post("/strategies", &json!({ "document": document() }));
    assert_eq!(made.status, 201, "{}", made.text());
    text(&made.value()["id"])
}

/// Saves a strategy with another number in it.
fn edit(ada: &Machine<'_>, id: &str, tag: &str, number: &str) -> Value {
    let changed = document().replacen("25", number, 1);
    let body = json!({ "document": changed, "note": "tried" }).to_string();
    let headers = [("If-Match", tag)];
    let answer = ada.ask(&format!("PUT /api/v1/strategies/{id}"), &headers, &body);
    answer.json()
}

fn every(version: i64) -> Value {
    json!({ "version": version, "on": "every_account" })
}

#[test]
fn api_what_trades_is_pinned_to_a_version() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let mut heard = pc.listen();
    assert!(heard.next("strategies_changed").is_some(), "on connecting");
    let id = saved(&ada);
    let none = pc.get("/strategy/active");
    assert_eq!(none.json()["items"], json!([]));

    let activated = ada.post(&format!("/strategies/{id}/activate"), &every(1));
    assert_eq!(activated.json()["state"], "active");
    // What was activated is no other document: its revision is what it was.
    assert_eq!(activated.header("etag"), Some("\"1.1\""));
    assert!(heard.next("strategies_changed").is_some());
    let active = pc.get("/strategy/active");
    let tag = active.header("etag").unwrap().to_owned();
    let active = active.json()["items"][0].clone();
    assert_eq!(
        (&active["strategy"], &active["version"]),
        (&json!(id), &json!(1))
    );
    assert_eq!(active["document"], document().as_str());
    assert_eq!(active["hash"].as_str().unwrap().len(), 64);
    assert_eq!(
        (&active["is_paused"], &active["pauses_at"]),
        (&json!(false), &json!(null))
    );
    let known = [("If-None-Match", tag.as_str())];
    assert_eq!(
        pc.ask("GET /api/v1/strategy/active", &known, "").status,
        304
    );

    // A proxy that packs answers makes tags weak ones.
    for known in [format!("W/{tag}"), "*".to_owned()] {
        let known = [("If-None-Match", known.as_str())];
        let answer = pc.ask("GET /api/v1/strategy/active", &known, "");
        assert_eq!(answer.status, 304);
        assert_eq!(answer.header("etag"), Some(tag.as_str()));
    }

    // An edit is a draft: what trades stays.
    assert_eq!(edit(&ada, &id, "\"1\"", "21")["version"], 2);
    assert_eq!(
        pc.ask("GET /api/v1/strategy/active", &known, "").status,
        304
    );
    ada.post(&format!("/strategies/{id}/activate"), &every(3))
        .refused(404, "not-found");
    let second = ada.post(&format!("/strategies/{id}/activate"), &every(2));
    assert_eq!(second.json()["live"]["version"], 2);
    let now = pc.ask("GET /api/v1/strategy/active", &known, "").json();
    assert_eq!(now["items"][0]["version"], 2);
    assert_ne!(now["items"][0]["hash"], active["hash"]);

    let versions = pc.get(&format!("/strategies/{id}/versions")).json();
    assert_eq!(
        (
            &versions["items"][0]["number"],
            &versions["items"][0]["note"]
        ),
        (&json!(2), &json!("tried"))
    );
    let path = format!("/strategies/{id}/versions/1");
    let first = pc.get(&path);
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.json()["document"], document().as_str());
    assert_eq!(tag, format!("\"{}\"", text(&active["hash"])));
    let known = [("If-None-Match", tag.as_str())];
    assert_eq!(
        pc.ask(&format!("GET /api/v1{path}"), &known, "").status,
        304
    );

    // Brought back as a third, by who saw the second.
    let restore = |tag: &str, key: &str| {
        let headers = [("If-Match", tag), ("Idempotency-Key", key)];
        ada.ask(&format!("POST /api/v1{path}/restore"), &headers, "{}")
    };
    restore("\"1\"", "a").refused(412, "precondition-failed");
    restore("", "b").refused(428, "precondition-required");
    assert_eq!(restore("\"2.2\"", "c").json()["version"], 3);
    let versions = pc.get(&format!("/strategies/{id}/versions")).json();
    assert_eq!(versions["items"][0]["origin"], 1);

    // What trades is neither archived nor removed.
    ada.post(&format!("/strategies/{id}/archive"), &json!({}))
        .refused(409, "strategy-live");
    let headers = [("If-Match", "\"3\"")];
    ada.ask(&format!("DELETE /api/v1/strategies/{id}"), &headers, "")
        .refused(409, "strategy-live");
    // A phone may stop it, and nothing else may.
    let phone = Machine::with(&web, &ada.key("phone").1);
    for machine in [&pc, &phone] {
        machine
            .post(&format!("/strategies/{id}/activate"), &every(1))
            .refused(403, "forbidden");
    }
    pc.post(&format!("/strategies/{id}/deactivate"), &json!({}))
        .refused(403, "forbidden");
    let stopped = phone.post(&format!("/strategies/{id}/deactivate"), &json!({}));
    assert_eq!(stopped.json()["state"], "draft");
    assert_eq!(pc.get("/strategy/active").json()["items"], json!([]));
    let away = ada.post(&format!("/strategies/{id}/archive"), &json!({}));
    assert_eq!(away.json()["state"], "archived");
    ada.post(&format!("/strategies/{id}/activate"), &every(1))
        .refused(409, "strategy-archived");
    let back = ada.post(&format!("/strategies/{id}/restore"), &json!({}));
    assert_eq!(back.json()["state"], "draft");
    let trail = outbox.trail();
    for action in [
        "strategy-activated",
        "strategy-deactivated",
        "strategy-archived",
        "strategy-restored",
        "strategy-version-restored",
    ] {
        assert!(trail.iter().any(|done| done == action), "{action}");
    }
}

/// The plan of who has not paid allows one live strategy and one account at a broker.
#[test]
fn api_quotas_are_refused_with_their_own_code() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let [first, second] = [saved(&ada), saved(&ada)];
    let activate = |id: &str, body: &Value| ada.post(&format!("/strategies/{id}/activate"), body);
    for hostile in [
        json!({ "version": 1 }),
        json!({ "version": 1, "on": "everywhere" }),
        json!({ "version": "1", "on": "every_account" }),
        json!({ "version": 1, "on": "every_account", "volume": 9 }),
    ] {
        activate(&first, &hostile).refused(400, "bad-request");
    }
    assert_eq!(activate(&first, &every(1)).status, 200);
    let refused = activate(&second, &every(1));
    refused.refused(409, "quota-exceeded");
    let why = text(&refused.value()["detail"]);
    assert_eq!(why, "plan free allows 1 live_strategies, 1 are used");
    ada.post(&format!("/strategies/{first}/deactivate"), &json!({}))
        .json();
    assert_eq!(activate(&second, &every(1)).status, 200);

    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    pc.post("/reporting", &report(&[1])).json();
    let mut other = report(&[1]);
    other["login"]["login"] = json!(6);
    pc.post("/reporting", &other).refused(409, "quota-exceeded");
    // Whatever is reported of the known one is kept.
    let kept = pc.post("/reporting", &report(&[1, 2])).json();
    assert_eq!(kept["new_deals"], 1);
}

#[test]
fn api_deals_tell_what_each_version_earned() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    pc.beat();
    let id = saved(&ada);
    let mut told = report(&[1, 2]);
    for (place, profit) in [(0, 0.0), (1, 12.5)] {
        let deal = &mut told["deals"][place];
        deal["strategy"] = json!(id);
        deal["profit"] = json!(profit);
        deal["strategy_version"] = json!(1);
    }
    told["deals"][1]["entry"] = json!("out");
    pc.post("/reporting", &told).json();
    let versions = ada.get(&format!("/strategies/{id}/versions")).json();
    let earned = &versions["items"][0]["earned"][0];
    assert_eq!(
        earned,
        &json!({ "currency": "USD", "deals": 2, "closed": 1, "won": 1, "net": 12.5 })
    );
    assert_eq!(versions["unknown"], json!([]));
    let deals = ada.get("/reporting/deals").json();
    assert_eq!(deals["items"][0]["deal"]["strategy_version"], 1);
    // A version of nothing, and one that cannot be.
    for (strategy, version) in [(Value::Null, json!(1)), (json!(id), json!(0))] {
        let mut bad = report(&[3]);
        bad["deals"][0]["strategy"] = strategy;
        bad["deals"][0]["strategy_version"] = version;
        pc.post("/reporting", &bad).refused(422, "invalid");
    }
}

/// A plan that became smaller: everything goes on for a week, and then the newest is paused.
#[test]
fn api_what_a_plan_no_longer_allows_is_paused_after_a_week() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let pc = Machine::with(&web, &ada.key("executor").1);
    let storage = &outbox.storage;
    let email = "ada@example.com".parse().unwrap();
    let (account, _) = outbox.run(storage.accounts.find(&email)).unwrap().unwrap();
    // What a larger plan once allowed.
    let ids = [saved(&ada), saved(&ada)];
    for (place, id) in (1..).zip(&ids) {
        let new = NewActivation {
            version: 1,
            on: Place::EveryAccount,
        };
        let id = id.parse().unwrap();
        let done = storage
            .activations
            .activate(account.id, id, &new, 9, Time(place));
        outbox.run(done).unwrap();
    }
    let active = || {
        let all = pc.get("/strategy/active").json();
        let all = all["items"].as_array().unwrap().clone();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0]["strategy"], ids[0].as_str(), "live longest");
        assert_eq!(all[0]["is_paused"], false);
        assert_eq!(all[0]["pauses_at"], Value::Null);
        all[1].clone()
    };
    let second = active();
    assert_eq!(second["is_paused"], false);
    let left = second["pauses_at"].as_i64().unwrap() - now();
    assert!(left > 6 * DAY && left <= 7 * DAY, "{left}");
    active();
    // Told once, and no other is activated.
    let (subject, body) = outbox.last("ada@example.com").unwrap();
    assert!(
        subject.contains("paused") || subject.contains("dijeda"),
        "{subject}: {body}"
    );
    let told = outbox
        .trail()
        .into_iter()
        .filter(|done| done == "live-strategies-over");
    assert_eq!(told.count(), 1);
    let third = saved(&ada);
    ada.post(&format!("/strategies/{third}/activate"), &every(1))
        .refused(409, "quota-exceeded");

    // A week later.
    let name = "live_strategies";
    let mail = NewMail {
        account: None,
        recipient: "nobody@example.com".to_owned(),
        subject: String::new(),
        body: String::new(),
    };
    let entry = AuditEntry {
        account: None,
        actor: None,
        action: "test".to_owned(),
        detail: String::new(),
        address: String::new(),
    };
    let activations = &storage.activations;
    outbox
        .run(activations.excess_ends(account.id, name))
        .unwrap();
    let long_ago = Time(now() - 7 * DAY);
    let begun = activations.excess_begins(account.id, name, (&mail, &entry), long_ago);
    assert_eq!(outbox.run(begun).unwrap(), long_ago);
    let second = active();
    assert_eq!(
        (&second["is_paused"], &second["pauses_at"]),
        (&json!(true), &Value::Null)
    );
    let line = ada.get(&format!("/strategies/{}", ids[1])).json();
    assert_eq!(line["strategy"]["live"]["is_paused"], true);
    assert_eq!(
        line["strategy"]["state"], "active",
        "nothing was taken away"
    );

    // With room again it goes on at once.
    ada.post(&format!("/strategies/{}/deactivate", ids[0]), &json!({}))
        .json();
    let all = pc.get("/strategy/active").json();
    assert_eq!(all["items"][0]["strategy"], ids[1].as_str());
    assert_eq!(all["items"][0]["is_paused"], false);
    let known = outbox.run(activations.excess(account.id, name)).unwrap();
    assert_eq!(known, None, "it is forgotten");
}

#[test]
fn api_strategies_answer_to_the_singular_too() {
    let (_place, web, outbox) = started();
    let ada = trader(&web, &outbox, "ada");
    let id = saved(&ada);
    let one = format!("/strategy/{id}");
    assert_eq!(ada.get("/strategy").json(), ada.get("/strategies").json());
    assert_eq!(ada.get(&one).json()["strategy"]["id"], json!(id));
    assert_eq!(ada.get(&format!("{one}/versions/1")).status, 200);
    let live = ada.post(&format!("{one}/activate"), &every(1));
    assert_eq!(live.json()["state"], "active");
    let active = ada.get("/strategy/active").json();
    assert_eq!(active["items"][0]["strategy"], json!(id));
    Machine::nobody(&web).get(&one).refused(401, "unauthorized");
    let written = web.get("/api/v1/openapi.json", &[]);
    assert!(!written.text().contains("/strategy/{id}"));
}
