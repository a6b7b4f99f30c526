//! A disk that is full while the executor trades.

use crate::after::ends_well;
use phoenix_test_mt5::{
    command::Command as Deed,
    program::{Place, Terminal, tickets},
};
use phoenix_tests::sample;
use serde_json::Value;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

/// Bars until enough was dealt, and for how long the disk is full.
const MOST: usize = 300;
const FULL: usize = 60;
/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

fn open(state: &Value) -> Vec<i64> {
    tickets(state["positions"].as_array().expect("a list"))
}

fn dealt(state: &Value) -> u64 {
    state["deals"].as_u64().expect("a number")
}

/// Lets bars pass until things stand so.
fn until(terminal: &mut Terminal, is_so: impl Fn(&Value) -> bool) -> Value {
    let mut bars = (0..MOST).map(|_| terminal.obey(&Deed::Bars { count: 1 }));
    bars.find(is_so).expect("it comes to that")
}

/// Presses a button of the status page.
fn press(place: &Place, button: &str) {
    let link = std::fs::read_to_string(place.folder.join("state/status.link")).expect("a link");
    let rest = link.trim().strip_prefix("http://").expect("a link");
    let (address, token) = rest.split_once("/?token=").expect("a link");
    let ask = |line: &str, headers: &str, body: &str| {
        let mut stream = TcpStream::connect(address).expect("the page");
        let length = body.len();
        let head = format!("{line} HTTP/1.0\r\nHost: {address}\r\nContent-Length: {length}\r\n");
        let text = format!("{head}{headers}\r\n{body}");
        stream.write_all(text.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    };
    let opened = ask(&format!("GET /?token={token}"), "", "");
    let cookie = opened.split("set-cookie: ").nth(1).expect("a cookie");
    let cookie = cookie.split(';').next().expect("a cookie");
    let form = "Content-Type: application/x-www-form-urlencoded";
    let headers = format!("Cookie: {cookie}\r\n{form}\r\n");
    let done = ask(
        &format!("POST {button}"),
        &headers,
        &format!("token={token}"),
    );
    assert!(done.starts_with("HTTP/1.0 303"), "{done}");
}

#[test]
fn on_a_full_disk_nothing_is_opened_and_afterwards_all_goes_on() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("full-disk");
    let strategy = folder.join("strategy.json");
    let options = ["--strategy", &strategy.display().to_string()];
    let place = Place::new(folder, &sample("XAUUSD").head(1_500), 7, &options);
    std::fs::write(strategy, Place::busy_strategy()).expect("it can be written");
    let mut executor = place.limited_executor();
    let mut terminal = place.terminal();
    terminal.obey(&Deed::Await);
    let before = until(&mut terminal, |state| {
        dealt(state) >= 4 && !open(state).is_empty()
    });

    executor.limit_files("0");
    let known = open(&before);
    let requests = before["requests"].clone();
    let mut state = before;
    for _ in 0..FULL {
        state = terminal.obey(&Deed::Bars { count: 1 });
        let new = open(&state).into_iter().find(|one| !known.contains(one));
        assert_eq!(new, None, "it was opened and is written nowhere");
    }
    assert_eq!(
        state["requests"], requests,
        "nothing is asked of the broker"
    );
    assert!(!executor.has_ended());

    // Who sees it presses the button.
    press(&place, "/close");
    let begun = Instant::now();
    while !open(&state).is_empty() {
        assert!(begun.elapsed() < PATIENCE, "{state}\n{}", place.log());
        // Pauses before it connects again are over.
        terminal.obey(&Deed::Advance { ms: 1_000 });
        state = terminal.obey(&Deed::Bars { count: 1 });
    }

    executor.limit_files("unlimited");
    press(&place, "/start");
    terminal.obey(&Deed::Await);
    let dealt_then = dealt(&state);
    until(&mut terminal, |state| dealt(state) >= dealt_then + 4);
    ends_well(&place, executor, terminal);
}
