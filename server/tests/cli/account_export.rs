//! Everything of mine as one file.

use crate::{
    browser::Browser,
    machine::{Machine, now, report, started, stop},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use storage::{AuditEntry, NewMail, PaymentOrder};
use trading::time::{DAY, Time};
use uuid::Uuid;

fn length(list: &Value) -> usize {
    list.as_array().unwrap_or_else(|| panic!("{list}")).len()
}

#[test]
fn an_export_has_all_that_is_kept_of_an_account() {
    let (_place, web, outbox) = started();
    let browser = Browser::new(&web);
    browser.join(&outbox, "ada@example.com");
    let ada = Machine::of_browser(&browser);
    let pc = Machine::with(&web, &ada.key("executor").1);
    let executor = pc.beat()["executor"].clone();
    assert_eq!(ada.post("/command", &stop(&executor)).status, 201);
    let mut told = report(&[1, 2, 3]);
    let at = now() - 60_000;
    told["equity"] = json!([
        { "at": at, "balance": 1000.0, "equity": 990.5, "margin": 12.0 },
        { "at": at + 1, "balance": 1000.0, "equity": 991.5, "margin": 12.0 },
    ]);
    told["positions"] = json!({ "at": at, "positions": [] });
    assert_eq!(pc.post("/reporting", &told).status, 200);

    // What no form leaves behind within a test.
    let (storage, runtime) = (&outbox.storage, &outbox.runtime);
    let id = runtime
        .block_on(storage.accounts.find(&"ada@example.com".parse().unwrap()))
        .unwrap()
        .unwrap()
        .0
        .id;
    runtime.block_on(async {
        let ledger = r#"{"purchases":{}}"#.to_owned();
        let change = storage
            .ledgers
            .change(id, None, Time(at), |_| Ok(Some(ledger)));
        change.await.unwrap();
        let order = PaymentOrder {
            id: Uuid::now_v7(),
            account: id,
            content: r#"{"amount":449000}"#.to_owned(),
            begun: Time(at),
        };
        storage.ledgers.begin_order(&order).await.unwrap();
        let used = storage
            .ledgers
            .use_one(id, "backtests_per_day", None, Time(DAY));
        assert!(used.await.unwrap());
        let mail = NewMail {
            account: Some(id),
            recipient: "ada@example.com".to_owned(),
            subject: "a link for you".to_owned(),
            body: "https://lab.example/reset?token=opens-the-account".to_owned(),
        };
        storage.mails.queue(&mail, Time(at)).await.unwrap();
        // More than is read at a time.
        for number in 0..1_005 {
            let entry = AuditEntry {
                account: Some(id),
                actor: None,
                action: "strategy-activated".to_owned(),
                detail: format!("number {number}"),
                address: String::new(),
            };
            storage.audit.add(&entry, Time(at)).await.unwrap();
        }
    });

    let answer = browser.get("/account/export");
    let all = answer.json();
    let machines = &all["machines"];
    assert_eq!(length(&machines["commands"]), 1);
    assert_eq!(length(&machines["deals"]), 3);
    assert_eq!(length(&machines["keys"]), 1);
    assert_eq!(length(&machines["executors"]), 1);
    let of = &machines["broker_accounts"][0]["id"];
    assert_eq!(length(&machines["positions"]), 1);
    assert_eq!(&machines["positions"][0]["broker_account"], of);
    assert_eq!(length(&machines["equity"]), 1);
    let equity = &machines["equity"][0];
    assert_eq!(&equity["broker_account"], of);
    assert_eq!(length(&equity["snapshots"]), 2);
    assert_eq!(equity["snapshots"][0]["equity"], 990.5);
    assert!(all["payments"]["purchases"].is_object());
    assert_eq!(all["payments_begun"][0]["order"]["amount"], 449_000);
    let usage = json!([{ "quota": "backtests_per_day", "day": DAY, "used": 1 }]);
    assert_eq!(all["usage"], usage);
    let mails = all["mails"].as_array().unwrap();
    assert!(mails.iter().any(|mail| mail["subject"] == "a link for you"));
    assert!(!answer.text().contains("opens-the-account"));
    let numbers: BTreeSet<&str> = all["security_events"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|event| event["detail"].as_str())
        .filter(|detail| detail.starts_with("number "))
        .collect();
    assert_eq!(numbers.len(), 1_005);
    assert!(length(&all["security_events"]) > 1_005);
    assert!(length(&all["sessions"]) >= 1);
    assert!(all["notifications"]["told"].is_array());

    // Somebody else has none of it.
    let eve = Browser::new(&web);
    eve.join(&outbox, "eve@example.com");
    let theirs = eve.get("/account/export").json();
    assert_eq!(length(&theirs["machines"]["equity"]), 0);
    assert_eq!(length(&theirs["usage"]), 0);
    assert!(theirs["payments"].is_null());
}
