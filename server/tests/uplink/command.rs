//! Commands: over the stream, by polling where it is cut, once each; and their receipts.

use crate::trader::{Link, QUICK, SELDOM, Trader};
use executor::uplink::FromServer;
use protocol::api::command::Outcome;

#[track_caller]
fn receipted(link: &mut Link) -> String {
    link.wait(|next| match next {
        FromServer::Receipted(command) => Some(command.to_string()),
        _ => None,
    })
}

#[test]
fn uplink_a_command_comes_over_the_stream_and_is_executed() {
    let ada = Trader::new();
    // The next heartbeat is an hour away.
    let mut link = ada.link(SELDOM);
    link.until(&FromServer::Online);
    let id = ada.stop_bot();
    let command = link.command();
    assert_eq!(command.id.to_string(), id);
    assert_eq!(ada.proxy.count("/executor/heartbeat"), 1);
    // The answer to the receipt is lost; it is said once all the same.
    ada.proxy.lose("/receipt", 2);
    link.handle
        .receipt(command.id, Outcome::Executed, "it has\nstopped")
        .unwrap();
    assert_eq!(receipted(&mut link), id);
    assert_eq!(ada.proxy.count("/receipt"), 3);
    let command = ada.command(&id);
    assert_eq!(command["state"], "executed");
    assert_eq!(command["remark"], "it has stopped");
}

#[test]
fn uplink_a_command_comes_by_polling_once_the_stream_is_cut() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    link.until(&FromServer::Online);
    ada.proxy.cut_streams();
    let first = ada.stop_bot();
    assert_eq!(link.command().id.to_string(), first);
    // It has no receipt: the server sends it with each heartbeat and with each stream.
    let (beats, streams) = (ada.proxy.count("/heartbeat"), ada.proxy.count("/events"));
    ada.proxy.let_stream();
    while ada.proxy.count("/heartbeat") < beats + 3 || ada.proxy.count("/events") <= streams {
        std::thread::yield_now();
    }
    let second = ada.stop_bot();
    assert_eq!(link.command().id.to_string(), second, "each is told once");
    // The executor could not do it; nobody takes another word for it afterwards.
    let command = first.parse().unwrap();
    let handle = link.handle.clone();
    handle.receipt(command, Outcome::Failed, "no").unwrap();
    assert_eq!(receipted(&mut link), first);
    assert_eq!(ada.command(&first)["state"], "failed");
    handle.receipt(command, Outcome::Executed, "yes").unwrap();
    let (of, is_later) = link.wait(|next| match next {
        FromServer::NotReceipted {
            command, is_later, ..
        } => Some((command.to_string(), *is_later)),
        _ => None,
    });
    assert_eq!((of, is_later), (first, false));
    // Who starts anew hears what still has no receipt, and nothing else.
    drop(link);
    let mut link = ada.link(QUICK);
    assert_eq!(link.command().id.to_string(), second);
    let third = ada.stop_bot();
    assert_eq!(link.command().id.to_string(), third);
}

#[test]
fn uplink_a_command_that_is_too_late_is_not_told() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    link.until(&FromServer::Online);
    drop(link);
    let executor = ada.here().get("/executors").json()["items"][0]["id"].clone();
    let mut late = crate::machine::stop(&executor);
    let expires_at = crate::machine::now() + 500;
    late["expires_at"] = serde_json::json!(expires_at);
    assert_eq!(ada.here().post("/command", &late).status, 201);
    while crate::machine::now() <= expires_at {
        std::thread::yield_now();
    }
    let mut link = ada.link(QUICK);
    link.until(&FromServer::Online);
    let next = ada.stop_bot();
    assert_eq!(link.command().id.to_string(), next);
}
