//! A trader with a server, and a computer on which executor and terminal run.

use crate::{
    browser::{Browser, Outbox},
    machine::{Machine, text},
    support::Place,
    web::Web,
};
use executor::uplink::credential::{CredentialStore as _, file::FileStore};
use phoenix_test_mt5::program::{Place as Computer, Process, Terminal};
use phoenix_tests::sample;
use serde_json::{Value, json};
use std::{net::TcpListener, path::Path};

/// The programs that run, and what outlives them.
pub(crate) struct World {
    place: Place,
    pub(crate) web: Web,
    /// The trader's session: it outlives a server.
    pub(crate) cookie: String,
    pub(crate) computer: Computer,
    pub(crate) executor: Process,
    pub(crate) terminal: Terminal,
}

/// A port that nobody has now: a server that comes again takes it again.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

impl World {
    /// Everything runs, and a strategy that trades often is active.
    pub(crate) fn new(name: &str, bars: usize, seed: u64) -> Self {
        let place = Place::new();
        let web = Web::start(&place, &format!("--listen 127.0.0.1:{}", free_port()));
        let browser = Browser::new(&web);
        let outbox = Outbox::of_file(&place.path("home"));
        browser.join(&outbox, "ada@example.com");
        let cookie = browser.cookie();
        let here = Machine::of_cookie(&web, &cookie);
        let (_, key) = here.key("executor");
        let saved = here.post(
            "/strategies",
            &json!({ "document": Computer::busy_strategy() }),
        );
        let id = text(&saved.value()["id"]);
        let live = json!({ "version": 1, "on": "every_account" });
        let done = here.post(&format!("/strategies/{id}/activate"), &live);
        assert_eq!(done.status, 200, "{}", done.text());

        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let server = format!("http://{}", web.address);
        let bars = sample("XAUUSD").head(bars);
        let computer = Computer::new(folder, &bars, seed, &["--server", &server]);
        let credential = computer.folder.join("state/credential");
        FileStore::new(credential)
            .save(&key.parse().unwrap())
            .unwrap();
        let executor = computer.executor();
        let terminal = computer.terminal();
        Self {
            place,
            web,
            cookie,
            computer,
            executor,
            terminal,
        }
    }

    /// The trader at a browser.
    pub(crate) fn here(&self) -> Machine<'_> {
        Machine::of_cookie(&self.web, &self.cookie)
    }

    /// The server comes again, where it was.
    pub(crate) fn start_server(&mut self) {
        let listen = format!("--listen {}", self.web.address);
        self.web = Web::start(&self.place, &listen);
    }

    /// Everything that the server has of a list.
    pub(crate) fn all(&self, path: &str) -> Vec<Value> {
        let here = self.here();
        let mut all = Vec::new();
        let mut page = format!("{path}?limit=200");
        loop {
            let part = here.get(&page).json();
            all.extend(part["items"].as_array().unwrap().iter().cloned());
            match part["next"].as_str() {
                Some(next) => page = format!("{path}?limit=200&cursor={next}"),
                None => return all,
            }
        }
    }
}
