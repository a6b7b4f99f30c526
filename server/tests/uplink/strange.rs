//! What no server of ours does: documents that are not what they are said to be or that nobody
//! understands, answers without an end, and being sent away.

use crate::{
    fake::{Answer, serve},
    support::gold,
    trader::{Link, QUICK, report, settings},
};
use executor::uplink::{FromServer, ReportToken, Strangeness};
use protocol::client::Client;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::runtime::Runtime;

const ACTIVE: &str = "/api/v1/strategy/active";
const REPORTING: &str = "/api/v1/reporting";

fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn live(number: u32, document: &str, hash: &str) -> Value {
    json!({
        "strategy": format!("0199a3f4-8e1d-7c31-8000-00000000000{number}"), "version": number,
        "on": "every_account", "login": null, "since": 0, "is_paused": false, "pauses_at": null,
        "document": document, "hash": hash, "colour": "of a later server",
    })
}

fn link(answer: impl Fn(&str, usize) -> Answer + Send + 'static) -> Link {
    Link::start(settings(&serve(answer), "phx_fake", QUICK))
}

#[track_caller]
fn strange(link: &mut Link) -> (i64, Strangeness) {
    link.wait(|next| match next {
        FromServer::Strange { version, why, .. } => Some((*version, why.clone())),
        _ => None,
    })
}

#[test]
fn uplink_what_is_strange_is_told_and_not_traded() {
    let good = std::fs::read_to_string(gold()).unwrap();
    let mut future: Value = serde_json::from_str(&good).unwrap();
    future["version"] = json!(2);
    future["thoughts"] = json!([]);
    let future = future.to_string();
    let mut link = link(move |path, before| {
        assert_eq!(path, ACTIVE);
        let hash = sha256(&good);
        // What does not come whole is asked for anew, tag or not.
        let second = if before < 3 {
            good.replacen('1', "2", 1)
        } else {
            good.clone()
        };
        let items = json!([
            live(1, &good, &hash),
            live(2, &second, &hash),
            live(3, &future, &sha256(&future)),
        ]);
        Answer::Json(200, "ETag: \"same\"\r\n", json!({ "items": items }))
    });
    assert_eq!(strange(&mut link), (2, Strangeness::Hash));
    let newer = Strangeness::Newer { found: 2, known: 1 };
    assert_eq!(strange(&mut link), (3, newer));
    assert_eq!(link.strategies().len(), 1);
    // Told once, however often it is read.
    assert_eq!(link.strategies().len(), 2);
    link.has_only_begun();
}

#[test]
fn uplink_an_answer_without_an_end_is_not_read_to_it() {
    let mut link = link(|path, before| {
        assert_eq!(path, ACTIVE);
        match before {
            0 => Answer::Endless,
            1 => Answer::Json(200, "", json!({ "items": "all" })),
            // Nothing has changed: since when?
            2 => Answer::Json(304, "", json!({})),
            3 => Answer::Json(401, "", json!({ "proxy": "sign in" })),
            _ => Answer::Json(200, "", json!({ "items": [] })),
        }
    });
    assert!(link.strategies().is_empty());
    let troubles = link.passed.iter().filter_map(|one| match one {
        FromServer::Trouble { why } => Some(why.as_str()),
        _ => None,
    });
    assert_eq!(
        troubles.collect::<Vec<_>>(),
        [
            "the strategies cannot be read: the answer cannot be read",
            "the strategies cannot be read: the answer was HTTP 401",
        ]
    );
}

#[test]
fn uplink_it_is_read_how_long_the_server_sends_one_away() {
    let url = serve(|_, before| {
        let head = [
            "Retry-After: 7\r\n",
            "Retry-After: Fri, 01 Jan 2027\r\n",
            "",
        ];
        Answer::Json(429, head[before], json!({}))
    });
    let client = Client::new(&url, Some("phx_fake")).unwrap();
    let waits = Runtime::new().unwrap().block_on(async {
        let mut waits = Vec::new();
        for _ in 0..3 {
            waits.push(client.me().await.unwrap_err().wait());
        }
        waits
    });
    assert_eq!(waits, [Some(Duration::from_secs(7)), None, None]);
}

#[test]
fn uplink_who_is_sent_away_comes_again_and_who_fails_always_is_put_aside() {
    let mut link = link(|path, before| match (path, before) {
        (ACTIVE, _) => Answer::Json(200, "", json!({ "items": [] })),
        // The first is sent away twice, the second cannot be written down by the server.
        (REPORTING, 0 | 1) => Answer::Json(429, "Retry-After: 0\r\n", json!({})),
        (REPORTING, 3..8) => Answer::Json(
            500,
            "",
            json!({
                "type": "", "title": "", "status": 500, "code": "internal", "detail": "",
                "reference": "",
            }),
        ),
        (REPORTING, _) => Answer::Json(
            200,
            "",
            json!({
                "broker_account": "0199a3f4-8e1d-7c31-8000-000000000001", "new_deals": 1,
                "known_deals": 0, "new_equity": 0, "positions_kept": false,
            }),
        ),
        other => panic!("{other:?}"),
    });
    for token in 1..=3 {
        let token = ReportToken(token);
        link.handle.report(token, report(5, &[1])).unwrap();
    }
    link.reported(1);
    let (token, is_later) = link.wait(|next| match next {
        FromServer::NotReported {
            token, is_later, ..
        } => Some((*token, *is_later)),
        _ => None,
    });
    assert_eq!((token, is_later), (ReportToken(2), true));
    link.reported(3);
}
