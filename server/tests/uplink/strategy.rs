//! Which strategies are live: as the server says it, and out of its reach.

use crate::trader::{Link, QUICK, SELDOM, Trader};
use executor::uplink::{FromServer, Pace, Settings};
use serde_json::json;
use std::time::Duration;

#[test]
fn uplink_a_change_is_heard_at_once() {
    let ada = Trader::new();
    let mut link = ada.link(SELDOM);
    assert!(link.strategies().is_empty());
    let id = ada.activate();
    assert_eq!(link.strategies(), [id.as_str()]);
    let stop = format!("/strategies/{id}/deactivate");
    assert_eq!(ada.here().post(&stop, &json!({})).status, 200);
    assert!(link.strategies().is_empty());
    link.has_only_begun();
}

#[test]
fn uplink_a_change_is_found_where_nothing_is_heard() {
    let ada = Trader::new();
    ada.proxy.cut_streams();
    let mut link = ada.link(QUICK);
    assert!(link.strategies().is_empty());
    let id = ada.activate();
    assert_eq!(link.strategies(), [id.as_str()]);
}

#[test]
fn uplink_the_last_list_counts_while_the_server_is_away() {
    let mut ada = Trader::new();
    let id = ada.activate();
    let cached = |ada: &Trader, pace| Settings {
        cache: Some(ada.cache()),
        ..ada.settings(pace)
    };
    let mut link = Link::start(cached(&ada, QUICK));
    assert_eq!(link.strategies(), [id.as_str()]);
    drop(link);
    ada.stop_server();

    let mut link = Link::start(cached(&ada, QUICK));
    assert_eq!(link.strategies(), [id.as_str()]);
    assert!(!link.passed.contains(&FromServer::Online));
    drop(link);

    // For as long as the trader was given, and no longer.
    let grace = Duration::ZERO;
    let mut link = Link::start(cached(&ada, Pace { grace, ..QUICK }));
    link.until(&FromServer::GraceOver);
    let is_list = |one: &FromServer| matches!(one, FromServer::Strategies(_));
    assert!(!link.passed.iter().any(is_list), "{:?}", link.passed);
    // Once the server is back the list is as good as new.
    ada.start_server();
    assert_eq!(link.strategies(), [id.as_str()]);
    drop(link);

    // With the key of somebody else there is no list.
    ada.stop_server();
    let mut other = cached(&ada, QUICK);
    other.credential = "phx_somebody_else".parse().unwrap();
    let mut link = Link::start(other);
    link.offline();
    ada.start_server();
    link.until(&FromServer::Revoked);
    assert!(!link.passed.iter().any(is_list), "{:?}", link.passed);
}

#[test]
fn uplink_grace_ends_while_the_program_runs_and_begins_anew() {
    let mut ada = Trader::new();
    let id = ada.activate();
    let grace = Duration::from_millis(500);
    let mut link = ada.link(Pace { grace, ..QUICK });
    assert_eq!(link.strategies(), [id.as_str()]);
    for _ in 0..2 {
        ada.stop_server();
        link.until(&FromServer::GraceOver);
        ada.start_server();
        // The same list, since it counts again.
        assert_eq!(link.strategies(), [id.as_str()]);
    }
}
