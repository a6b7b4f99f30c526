//! `phoenix worker`, alone and beside servers that leave the work to it.

use crate::{
    browser::{Browser, Outbox},
    machine::{Machine, stop, text},
    notification::fake_receiver::FakeReceiver,
    support::Place,
    web::Web,
};
use phoenix_test_postgres::Cluster;
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};
use tokio::runtime::Runtime;

/// The key of everybody here.
pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// Longer than any delivery takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running worker; it is killed with this.
pub(crate) struct Worker {
    child: Child,
    /// The first line that it printed.
    ready: String,
}

impl Worker {
    /// Starts one with variables, divided by spaces, beside those that each has.
    pub(crate) fn start(place: &Place, variables: &str) -> Self {
        let variables = variables.split_whitespace();
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("phoenix"))
            .current_dir(place.path(""))
            .args(["worker", "--home", "home"])
            .env("PHOENIX_SECRET_KEY", KEY)
            .env("PHOENIX_PUBLIC_URL", "http://lab.example")
            .envs(variables.filter_map(|word| word.split_once('=')))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut ready)
            .unwrap();
        assert!(ready.contains("works in the background"), "{ready}");
        Self { child, ready }
    }

    /// Of its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM.
    pub(crate) fn ask_to_stop(&self) {
        let asked = Command::new("kill")
            .args(["-TERM", &self.pid().to_string()])
            .status();
        assert!(asked.unwrap().success());
    }

    /// How it ended.
    pub(crate) fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// What it answers to who watches it, called by a name.
    fn watched(&self, path: &str, name: &str, header: &str) -> String {
        let address = self.ready.trim().rsplit_once("http://").unwrap().1;
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: {name}\r\n{header}\r\n\r\n"
        )
        .unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_worker_tells_traders_and_can_be_watched() {
    let runtime = Runtime::new().unwrap();
    let (receiver, called) = runtime.block_on(FakeReceiver::start());
    let cluster = Cluster::start();
    let url = cluster.database();
    let allowed = receiver.url();
    let variables = format!("PHOENIX_DATABASE_URL={url} PHOENIX_WEBHOOK_ALLOW={allowed}");
    let outbox = Outbox::of_postgres(&url);
    let places = [(); 2].map(|()| Place::new());
    // It serves, and tells nobody anything.
    let web = format!("{variables} PHOENIX_SECRET_KEY={KEY} --no-worker");
    let web = Web::start(&places[0], &web);
    let ada = Browser::new(&web);
    ada.join(&outbox, "ada@example.com");
    let made = ada.post("/notifications/webhooks/add", &[("url", &allowed)]);
    let (_, secret) = made.text().split_once("<code>").unwrap();
    receiver.trust(secret.split('<').next().unwrap());
    let trader = Machine::of_browser(&ada);
    let pc = Machine::with(&web, &trader.key("executor").1);
    let command = trader.post("/command", &stop(&pc.beat()["executor"]));
    let command = text(&command.value()["id"]);
    pc.beat();
    let receipt = json!({ "outcome": "failed" });
    pc.post(&format!("/command/{command}/receipt"), &receipt)
        .json();

    // What the server sealed is opened by the worker.
    let monitored = format!("{variables} PHOENIX_MONITOR=127.0.0.1:0");
    let worker = Worker::start(&places[1], &monitored);
    let call = called.recv_timeout(PATIENCE).unwrap().unwrap();
    assert_eq!(call.body["type"], "command-failed");
    assert_eq!(call.body["data"]["about"], command.as_str());

    for (path, name, header, status, said) in [
        ("/healthz", "anything", "A: b", "200", "ok"),
        ("/readyz", "anything", "A: b", "200", "ready"),
        ("/metrics", "127.0.0.1", "A: b", "200", "database_up 1"),
        ("/metrics", "127.0.0.1", "Forwarded: for=1.2.3.4", "403", ""),
        // A page elsewhere, whose name leads here.
        ("/metrics", "evil.example", "A: b", "421", ""),
        ("/", "127.0.0.1", "A: b", "404", ""),
    ] {
        let text = worker.watched(path, name, header);
        assert_eq!(text.split(' ').nth(1), Some(status), "{path} {name}");
        assert!(text.contains(said), "{path} {name}: {text}");
    }
}

#[test]
fn who_cannot_share_a_database_is_told() {
    let place = Place::new();
    let ran = place.run("worker --home home");
    ran.refused(&["PostgreSQL", "PHOENIX_DATABASE_URL"]);
    let ran = place.run("--lang id worker --home home");
    ran.refused(&["berbagi database", "PostgreSQL"]);
    // What else a worker needs is told at once.
    let shared = "worker --home home --database postgres://nobody@127.0.0.1:1/none --monitor here";
    place.run(shared).refused(&[
        "3 settings",
        "PHOENIX_SECRET_KEY",
        "PHOENIX_PUBLIC_URL",
        "this has to be said",
        "\"here\" is not an address",
    ]);
    let ran = place.run(&format!("--lang id {shared}"));
    ran.refused(&["PHOENIX_SECRET_KEY", "ini harus diisi"]);
    std::fs::create_dir_all(place.path("site/assets")).unwrap();
    place.write(
        "site/manifest.json",
        r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#,
    );
    let serve = "serve --web site --home home --listen 127.0.0.1:0 --no-worker";
    place.run(serve).refused(&["--no-worker", "SQLite"]);
    place
        .run(&format!("--lang id {serve}"))
        .refused(&["--no-worker", "latar belakang"]);
}
