//! What the server is told of the broker: from a paper terminal to the server, and back as a history.

use crate::{
    machine::spec,
    trader::{Link, QUICK, Trader, report},
};
use backtest::{market::Market, venue::Venue};
use executor::{
    paper::PaperTerminal,
    service::Seat,
    share::{Errand, Return, Settings, Sharer, Want},
    uplink::{FromServer, ReportToken},
};
use protocol::{bars::decode, link::Nonce};
use serde_json::json;
use trading::{
    time::{SECOND, Time},
    timeframe::Timeframe,
};

const SEAT: Seat = Seat(1);

fn came(link: &mut Link) -> Return {
    link.wait(|next| match next {
        FromServer::Came(came) => Some(came.clone()),
        _ => None,
    })
}

/// Lets seconds pass at the terminal until nothing is wanted of the server for a while; says how many
/// things were done there.
fn pass(
    sharer: &mut Sharer,
    terminal: &mut PaperTerminal<'_>,
    link: &mut Link,
    now: &mut Time,
) -> usize {
    let (mut done, mut quiet) = (0, 0);
    while quiet < 60 {
        now.0 += SECOND;
        quiet += 1;
        for want in sharer.look(true, *now) {
            match want {
                Want::Ask(seat, question) => {
                    for said in terminal.on(question) {
                        sharer.heard(seat, &said, *now);
                    }
                }
                Want::Do(errand) => {
                    link.handle.errand(errand).unwrap();
                    let came = came(link);
                    assert!(!matches!(came, Return::Refused { .. }), "{came:?}");
                    sharer.came(came, *now);
                    (done, quiet) = (done + 1, 0);
                }
            }
        }
    }
    done
}

#[test]
fn uplink_a_brokers_history_comes_to_the_server_and_back() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    // The account of the paper terminal.
    let mut told = report(1, &[]);
    told.login.server = "Phoenix-Paper".parse().unwrap();
    link.handle.report(ReportToken(1), told).unwrap();
    link.reported(1);
    let bars = executor::demo::history().unwrap();
    let venue = Venue::typical(&"XAUUSD".parse().unwrap()).unwrap();
    let market = Market::new(&bars, &venue);
    let mut terminal = PaperTerminal::new(&market, &venue, Timeframe::H1);
    terminal.skip(3_500);
    let arrive = |terminal: &PaperTerminal<'_>, now| {
        let mut sharer = Sharer::new(Settings {
            share_history: true,
            server_zone: None,
        });
        sharer.arrived(SEAT, &terminal.hello(Nonce([0; 32])), now);
        let market = ("XAUUSD".parse().unwrap(), Timeframe::H1);
        sharer.traded(SEAT, &[market].into(), now);
        sharer
    };
    let mut now = Time(1_700_000_000_000);
    // An answer that is lost changes nothing.
    ada.proxy.lose("/markets/bars", 1);
    let mut sharer = arrive(&terminal, now);
    let done = pass(&mut sharer, &mut terminal, &mut link, &mut now);
    assert_eq!(done, 2 + 4, "terms, the list, four pages");

    let here = ada.here();
    let listed = here.get("/markets").json();
    let of = listed["items"][0]["broker_account"].as_str().unwrap();
    let count = listed["items"][0]["histories"][0]["bars"].as_u64().unwrap();
    assert!((3_490..=3_500).contains(&count), "{listed}");
    let whole = decode(&here.get(&format!("/markets/{of}/XAUUSD/H1")).body).unwrap();
    let seen = bars.head(whole.len());
    assert_eq!((&whole.time, &whole.close), (&seen.time, &seen.close));
    let spec = here.get(&format!("/markets/{of}/XAUUSD")).json();
    assert_eq!(
        (&spec["contract_size"], &spec["time_zone"]),
        (&json!(100.0), &json!("UTC"))
    );

    // Another day, another program: what is there is not sent again.
    terminal.skip(5);
    now.0 += 24 * 3_600 * SECOND;
    let mut sharer = arrive(&terminal, now);
    let done = pass(&mut sharer, &mut terminal, &mut link, &mut now);
    assert_eq!(done, 2 + 1);
    let listed = here.get("/markets").json();
    assert_eq!(listed["items"][0]["histories"][0]["bars"], count + 5);
}

#[test]
fn uplink_what_is_not_taken_of_the_broker_holds_up_nothing() {
    let ada = Trader::new();
    let mut link = ada.link(QUICK);
    let new = serde_json::from_value(spec("XAUUSD.m")).unwrap();
    // Nothing was reported of this account yet.
    link.handle.errand(Errand::Spec(Box::new(new))).unwrap();
    assert_eq!(came(&mut link), Return::Refused { is_later: true });
    link.handle.report(ReportToken(1), report(5, &[])).unwrap();
    link.reported(1);
    let mut new: protocol::api::market::NewSpec = serde_json::from_value(spec("XAUUSD.m")).unwrap();
    link.handle
        .errand(Errand::Spec(Box::new(new.clone())))
        .unwrap();
    assert_eq!(came(&mut link), Return::Kept);
    new.spec.triple = 9;
    link.handle.errand(Errand::Spec(Box::new(new))).unwrap();
    assert_eq!(came(&mut link), Return::Refused { is_later: false });
    link.handle.errand(Errand::List).unwrap();
    let Return::Listed(listed) = came(&mut link) else {
        panic!("a list");
    };
    assert_eq!(listed.items.len(), 1);
}
