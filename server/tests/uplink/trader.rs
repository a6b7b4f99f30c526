//! A trader with a server, and the executor's end in this process.

use crate::{
    browser::{Browser, Outbox},
    machine::{Machine, now, text},
    proxy::Proxy,
    support::{Place, gold},
    web::Web,
};
use executor::uplink::{FromServer, Pace, Settings, Uplink, UplinkHandle};
use protocol::api::{command::Command, heartbeat::Health, report::Report};
use serde_json::{Value, json};
use std::{path::PathBuf, time::Duration};
use tokio::{runtime::Runtime, sync::mpsc::Receiver, time::timeout};

/// Longer than anything takes on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Often enough that no test has to wait.
pub(crate) const QUICK: Pace = Pace {
    beat: Duration::from_millis(50),
    look: Duration::from_millis(50),
    first_pause: Duration::from_millis(10),
    longest_pause: Duration::from_millis(100),
    grace: Duration::from_hours(72),
};
/// So seldom that nothing comes by it.
pub(crate) const SELDOM: Pace = Pace {
    beat: Duration::from_hours(1),
    look: Duration::from_hours(1),
    ..QUICK
};

/// What is there before the executor starts.
pub(crate) struct Trader {
    pub(crate) place: Place,
    pub(crate) web: Option<Web>,
    pub(crate) proxy: Proxy,
    /// The trader's session: it outlives a server.
    cookie: String,
    pub(crate) key: String,
    pub(crate) key_id: String,
}

impl Trader {
    pub(crate) fn new() -> Self {
        let place = Place::new();
        let web = Web::start(&place, "");
        let outbox = Outbox::of_file(&place.path("home"));
        let browser = Browser::new(&web);
        browser.join(&outbox, "ada@example.com");
        let (key_id, key) = Machine::of_browser(&browser).key("executor");
        Self {
            cookie: browser.cookie(),
            proxy: Proxy::to(web.address),
            web: Some(web),
            place,
            key,
            key_id,
        }
    }

    /// The trader at a browser.
    pub(crate) fn here(&self) -> Machine<'_> {
        Machine::of_cookie(self.web.as_ref().unwrap(), &self.cookie)
    }

    pub(crate) fn stop_server(&mut self) {
        self.web = None;
    }

    pub(crate) fn start_server(&mut self) {
        let web = Web::start(&self.place, "");
        self.proxy.lead_to(web.address);
        self.web = Some(web);
    }

    /// Saves the reference strategy under a name and lets it trade.
    pub(crate) fn activate(&self) -> String {
        let document = std::fs::read_to_string(gold()).unwrap();
        let here = self.here();
        let saved = here.post("/strategies", &json!({ "document": document }));
        let id = text(&saved.value()["id"]);
        let live = json!({ "version": 1, "on": "every_account" });
        let done = here.post(&format!("/strategies/{id}/activate"), &live);
        assert_eq!(done.status, 200, "{}", done.text());
        id
    }

    /// Gives a command to the executor, and says its id.
    pub(crate) fn stop_bot(&self) -> String {
        let here = self.here();
        let executor = here.get("/executors").json()["items"][0]["id"].clone();
        let given = here.post("/command", &crate::machine::stop(&executor));
        assert_eq!(given.status, 201, "{}", given.text());
        text(&given.value()["id"])
    }

    /// How far a command is.
    pub(crate) fn command(&self, id: &str) -> Value {
        self.here().get(&format!("/command/{id}")).json()
    }

    pub(crate) fn cache(&self) -> PathBuf {
        self.place.path("strategies.json")
    }

    pub(crate) fn settings(&self, pace: Pace) -> Settings {
        settings(&self.proxy.url(), &self.key, pace)
    }

    pub(crate) fn link(&self, pace: Pace) -> Link {
        Link::start(self.settings(pace))
    }
}

pub(crate) fn settings(server: &str, key: &str, pace: Pace) -> Settings {
    Settings {
        server: server.to_owned(),
        name: "Ada's PC".parse().unwrap(),
        version: "0.1.0".parse().unwrap(),
        credential: key.parse().unwrap(),
        cache: None,
        pace,
    }
}

/// The executor's end, running.
pub(crate) struct Link {
    pub(crate) handle: UplinkHandle,
    from: Receiver<FromServer>,
    /// What came and was not what was waited for.
    pub(crate) passed: Vec<FromServer>,
    runtime: Runtime,
}

impl Link {
    pub(crate) fn start(settings: Settings) -> Self {
        let runtime = Runtime::new().unwrap();
        let (handle, from) = Uplink::start(settings, runtime.handle()).unwrap();
        Self {
            handle,
            from,
            passed: Vec::new(),
            runtime,
        }
    }

    /// That nothing came beside what was waited for but what comes first.
    #[track_caller]
    pub(crate) fn has_only_begun(&self) {
        use FromServer::{Clock, Online, Owner};
        let has = matches!(self.passed.as_slice(), [Clock(_), Owner(Some(_)), Online]);
        assert!(has, "{:?}", self.passed);
    }

    /// The next message; nothing at the end.
    #[track_caller]
    pub(crate) fn next(&mut self) -> Option<FromServer> {
        let next = async { timeout(PATIENCE, self.from.recv()).await };
        let next = self.runtime.block_on(next);
        next.unwrap_or_else(|_| panic!("nothing came after {:?}", self.passed))
    }

    /// Waits for a message.
    #[track_caller]
    pub(crate) fn wait<T>(&mut self, wanted: impl Fn(&FromServer) -> Option<T>) -> T {
        loop {
            let Some(next) = self.next() else {
                panic!("it ended after {:?}", self.passed);
            };
            if let Some(found) = wanted(&next) {
                return found;
            }
            self.passed.push(next);
        }
    }

    #[track_caller]
    pub(crate) fn until(&mut self, wanted: &FromServer) {
        self.wait(|next| (next == wanted).then_some(()));
    }

    #[track_caller]
    pub(crate) fn reported(&mut self, wanted: u64) {
        self.wait(|next| match next {
            FromServer::Reported { token, .. } => (token.0 == wanted).then_some(()),
            _ => None,
        });
    }

    #[track_caller]
    pub(crate) fn offline(&mut self) -> String {
        self.wait(|next| match next {
            FromServer::Offline { why } => Some(why.clone()),
            _ => None,
        })
    }

    #[track_caller]
    pub(crate) fn command(&mut self) -> Command {
        self.wait(|next| match next {
            FromServer::Command(command) => Some(command.clone()),
            _ => None,
        })
    }

    /// The strategies of the next list.
    #[track_caller]
    pub(crate) fn strategies(&mut self) -> Vec<String> {
        self.wait(|next| match next {
            FromServer::Strategies(all) => {
                let ids = all.items.iter().map(|one| one.strategy.to_string());
                Some(ids.collect())
            }
            _ => None,
        })
    }
}

pub(crate) fn healthy() -> Health {
    Health {
        is_running: true,
        is_connected: true,
        may_trade: true,
        waiting_reports: 3,
        remark: "fine".parse().unwrap(),
    }
}

/// A report of deals of an account.
pub(crate) fn report(login: i64, tickets: &[i64]) -> Report {
    let mut report = crate::machine::report(tickets);
    report["login"]["login"] = json!(login);
    report["equity"] = json!([{ "at": now(), "balance": 1.0, "equity": 1.0, "margin": 0.0 }]);
    serde_json::from_value(report).unwrap()
}
