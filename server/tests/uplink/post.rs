//! Reports: at least once to the server, kept once there, told once here.

use crate::trader::{Link, QUICK, Trader, report};
use executor::uplink::{FromServer, ReportToken};

/// What became of the next report that something became of.
#[track_caller]
fn became(link: &mut Link) -> (u64, Option<bool>) {
    link.wait(|next| match next {
        FromServer::Reported { token, .. } => Some((token.0, None)),
        FromServer::NotReported {
            token, is_later, ..
        } => Some((token.0, Some(*is_later))),
        _ => None,
    })
}

fn tickets(ada: &Trader) -> Vec<i64> {
    let deals = ada.here().get("/reporting/deals").json();
    let deals = deals["items"].as_array().unwrap().iter();
    let mut tickets: Vec<i64> = deals
        .map(|deal| deal["deal"]["ticket"].as_i64().unwrap())
        .collect();
    tickets.sort_unstable();
    tickets
}

#[test]
fn uplink_a_report_is_confirmed_once_though_answers_are_lost() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    ada.proxy.lose("/reporting", 2);
    link.handle
        .report(ReportToken(7), report(5, &[1, 2]))
        .unwrap();
    link.handle
        .report(ReportToken(8), report(5, &[2, 3]))
        .unwrap();
    assert_eq!(became(&mut link), (7, None));
    assert_eq!(became(&mut link), (8, None));
    assert_eq!(ada.proxy.count("/reporting"), 4, "three times the first");
    assert_eq!(tickets(&ada), [1, 2, 3]);
    // The journal asks again after a crash, with the same.
    drop(link);
    let mut link = ada.link(QUICK);
    link.handle
        .report(ReportToken(7), report(5, &[1, 2]))
        .unwrap();
    assert_eq!(became(&mut link), (7, None));
    assert_eq!(tickets(&ada), [1, 2, 3]);
}

#[test]
fn uplink_a_report_that_is_not_taken_holds_up_no_other() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    let handle = link.handle.clone();
    handle.report(ReportToken(1), report(5, &[1])).unwrap();
    // A ticket is above 0: the server is not even asked.
    handle.report(ReportToken(2), report(5, &[0])).unwrap();
    // The plan has one account at a broker.
    handle.report(ReportToken(3), report(6, &[3])).unwrap();
    handle.report(ReportToken(4), report(5, &[4])).unwrap();
    assert_eq!(became(&mut link), (1, None));
    assert_eq!(became(&mut link), (2, Some(false)));
    assert_eq!(became(&mut link), (3, Some(true)));
    assert_eq!(became(&mut link), (4, None));
    assert_eq!(tickets(&ada), [1, 4]);
    assert_eq!(ada.proxy.count("/reporting"), 3);
}

#[test]
fn uplink_the_server_stops_and_starts_again() {
    let mut ada = Trader::new();
    ada.activate();
    let mut link = ada.link(QUICK);
    assert_eq!(link.strategies().len(), 1);
    ada.stop_server();
    assert_eq!(link.offline(), "the server cannot be reached");
    // Meanwhile trading goes on.
    let give = |token| {
        let token = ReportToken(token);
        link.handle.report(token, report(5, &[1])).is_ok()
    };
    let taken: Vec<bool> = (1..=300).map(give).collect();
    assert!(taken[..256].iter().all(|is_taken| *is_taken));
    // One more is in somebody's hand; what has no place here stays in the journal.
    assert!(taken.iter().filter(|is_taken| **is_taken).count() <= 257);
    ada.start_server();
    link.until(&FromServer::Online);
    for token in 1..=200 {
        assert_eq!(became(&mut link), (token, None));
    }
    let id = ada.stop_bot();
    assert_eq!(link.command().id.to_string(), id);
    // The strategies are as they were: nothing is said of them.
    let is_list = |one: &FromServer| matches!(one, FromServer::Strategies(_));
    assert!(!link.passed.iter().any(is_list));
}
