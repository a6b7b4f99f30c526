//! What a later server says more than is known here: readers pass over it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use protocol::api::{
    command::{Action, NewCommand},
    event::Event,
    heartbeat::{Executor, HeartbeatAnswer},
    page::Page,
    problem::{ApiProblem, ProblemCode},
    report::{BrokerAccount, KeptDeal, KeptEquity, KeptPositions},
    strategy::ActiveStrategies,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use trading::time::Time;

const ID: &str = "0199a3f4-8e1d-7c31-8000-000000000000";

fn command(action: &Value) -> Value {
    json!({
        "id": ID, "action": action, "target": { "executor": ID }, "state": "queued",
        "remark": "", "created_at": 1, "expires_at": 2, "delivered_at": null,
        "finished_at": null,
    })
}

/// Puts a field that nobody knows into every object.
fn grown(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(grown).collect(),
        Value::Object(fields) => {
            let mut fields: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, value)| (name.clone(), grown(value)))
                .collect();
            // What names a kind by its only field gets no second one.
            if !fields.contains_key("executor") {
                fields.insert("later".to_owned(), json!({ "more": [1] }));
            }
            Value::Object(fields)
        }
        other => other.clone(),
    }
}

#[track_caller]
fn passes_over<T: DeserializeOwned + Serialize>(answer: &Value) {
    let known: T = serde_json::from_value(answer.clone()).unwrap();
    let later: T = serde_json::from_value(grown(answer)).unwrap();
    let [known, later] = [known, later].map(|one| serde_json::to_value(one).unwrap());
    assert_eq!(known, later);
}

#[test]
fn fields_of_answers_are_passed_over() {
    let login = json!({ "login": 5, "server": "Broker" });
    let health = json!({
        "is_running": true, "is_connected": true, "may_trade": true, "waiting_reports": 0,
    });
    passes_over::<Page<BrokerAccount>>(&json!({ "next": null, "items": [
        { "id": ID, "login": login, "currency": "USD", "seen_at": 1 },
    ] }));
    passes_over::<Page<Executor>>(&json!({ "next": null, "items": [{
        "id": ID, "name": "PC", "version": "1", "health": health, "created_at": 1, "seen_at": 1,
    }] }));
    passes_over::<KeptDeal>(&json!({
        "id": ID, "broker_account": ID, "received_at": 1, "deal": {
            "ticket": 1, "entry": "in", "volume": 0.1, "price": 1.5, "profit": 0.5, "time": 1,
        },
    }));
    passes_over::<KeptPositions>(&json!({ "broker_account": ID, "at": 1, "positions": [{
        "ticket": 1, "symbol": "XAUUSD", "side": "buy", "volume": 0.1, "opened_price": 1.5,
        "price": 1.5, "profit": 0.5, "opened_at": 1,
    }] }));
    passes_over::<KeptEquity>(&json!({ "broker_account": ID, "snapshot": {
        "at": 1, "balance": 1.5, "equity": 1.5, "margin": 0.5,
    } }));
    passes_over::<ActiveStrategies>(&json!({ "items": [{
        "strategy": ID, "version": 1, "on": "every_account", "login": login, "since": 1,
        "is_paused": false, "pauses_at": null, "document": "{}", "hash": "",
    }] }));
    let pause = json!({ "kind": "pause_strategy", "strategy": ID });
    passes_over::<Event>(&json!({ "kind": "command_changed", "command": command(&pause) }));
}

#[test]
fn one_unknown_command_does_not_hide_the_others() {
    let kinds = [
        json!({ "kind": "close_half", "of": { "ticket": 5 } }),
        json!({ "kind": "close_position", "ticket": 7 }),
        json!({ "kind": "close_mine" }),
    ];
    let commands: Vec<Value> = kinds.iter().map(command).collect();
    let answer = json!({ "executor": ID, "now": 1, "commands": commands });
    let answer: HeartbeatAnswer = serde_json::from_value(answer).unwrap();
    let actions: Vec<Action> = answer.commands.iter().map(|one| one.action).collect();
    assert_eq!(
        actions,
        [
            Action::Unknown,
            Action::ClosePosition { ticket: 7 },
            Action::CloseMine,
        ]
    );
    // It is never said, and never taken.
    assert!(serde_json::to_string(&answer).is_err());
    let asked = NewCommand {
        action: Action::Unknown,
        target: answer.commands[0].target,
        expires_at: Time(2),
    };
    assert!(asked.fault(Time(1)).is_some());
}

#[test]
fn unknown_events_and_codes_are_known_to_be_unknown() {
    let event = json!({ "kind": "margin_called", "account": ID });
    let event: Event = serde_json::from_value(event).unwrap();
    assert_eq!(event, Event::Unknown);
    assert!(serde_json::to_string(&event).is_err());
    let problem = json!({
        "type": "/api/docs#market-closed", "title": "It is Sunday", "status": 409,
        "code": "market-closed", "detail": "", "reference": "", "until": 5,
    });
    let problem: ApiProblem = serde_json::from_value(problem).unwrap();
    assert_eq!((problem.code, problem.status), (ProblemCode::Unknown, 409));
    assert!(!ProblemCode::ALL.contains(&ProblemCode::Unknown));
    assert!(serde_json::to_string(&problem).is_err());
}
