//! A machine that speaks to the API: a program with a key, or a browser's session with a trader's
//! cookies.

use crate::{
    browser::{Browser, Outbox},
    documented,
    support::Place,
    web::{Answer, Web},
};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Longer than any event takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// A server of its own, and what it mails.
pub(crate) fn started() -> (Place, Web, Outbox) {
    let place = Place::new();
    let web = Web::start(&place, "");
    let outbox = Outbox::of_file(&place.path("home"));
    (place, web, outbox)
}

/// A signed-in trader.
pub(crate) fn trader<'a>(web: &'a Web, outbox: &Outbox, name: &str) -> Machine<'a> {
    let browser = Browser::new(web);
    browser.join(outbox, &format!("{name}@example.com"));
    Machine::of_browser(&browser)
}

/// Who speaks.
pub(crate) struct Machine<'a> {
    pub(crate) web: &'a Web,
    /// `Authorization` or `Cookie`, and what it says.
    known: (&'static str, String),
    written: Cell<u32>,
}

impl<'a> Machine<'a> {
    /// With a key.
    pub(crate) fn with(web: &'a Web, key: &str) -> Self {
        Self::of(web, "Authorization", format!("Bearer {key}"))
    }

    /// With a browser's cookies.
    pub(crate) fn of_browser(browser: &Browser<'a>) -> Self {
        Self::of_cookie(browser.web, &browser.cookie())
    }

    /// With cookies that a browser sent.
    pub(crate) fn of_cookie(web: &'a Web, cookie: &str) -> Self {
        Self::of(web, "Cookie", cookie.to_owned())
    }

    /// Nobody.
    pub(crate) fn nobody(web: &'a Web) -> Self {
        Self::of(web, "X-Nothing", String::new())
    }

    fn of(web: &'a Web, name: &'static str, value: String) -> Self {
        Self {
            web,
            known: (name, value),
            written: Cell::new(0),
        }
    }

    /// By which header it is known.
    pub(crate) fn known(&self) -> String {
        format!("{}: {}", self.known.0, self.known.1)
    }

    pub(crate) fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let host = self.web.host();
        let mut all = vec![
            ("Host", host.as_str()),
            (self.known.0, self.known.1.as_str()),
        ];
        if !headers.iter().any(|(name, _)| *name == "Content-Type") {
            all.push(("Content-Type", "application/json"));
        }
        all.extend(headers.iter().filter(|(_, value)| !value.is_empty()));
        let answer = self.web.ask(line, &all, body);
        documented::check(self.web, line, answer.status);
        answer
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET /api/v1{path}"), &[], "")
    }

    /// A write with a key that was never used.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.written.set(self.written.get() + 1);
        let name = &self.known.1;
        let end = name.get(name.len().saturating_sub(20)..).unwrap();
        let key = format!("{}-{}-{end}", self.written.get(), now());
        self.post_keyed(path, &key, body)
    }

    pub(crate) fn post_keyed(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("Idempotency-Key", key)];
        self.ask(&format!("POST /api/v1{path}"), &headers, &body.to_string())
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.ask(&format!("DELETE /api/v1{path}"), &[], "")
    }

    /// Makes a key; the trader's browser can.
    pub(crate) fn key(&self, scope: &str) -> (String, String) {
        let made = self.post("/credentials", &json!({ "name": "test", "scope": scope }));
        assert_eq!(made.status, 201, "{}", made.text());
        let made = made.value();
        (text(&made["credential"]["id"]), text(&made["key"]))
    }

    /// Says that it lives, and which executor it is.
    pub(crate) fn beat(&self) -> Value {
        let beat = self.post("/executor/heartbeat", &heartbeat());
        beat.json()
    }

    /// An open stream of events.
    pub(crate) fn listen(&self) -> Stream {
        let mut stream = TcpStream::connect(self.web.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (name, value) = &self.known;
        let request = format!(
            "GET /api/v1/events HTTP/1.0\r\nHost: {}\r\n{name}: {value}\r\n\r\n",
            self.web.host()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0, "{head}");
        }
        assert!(head.starts_with("HTTP/1.0 200"), "{head}");
        assert!(head.contains("text/event-stream"), "{head}");
        Stream(reader)
    }
}

/// Events as they come.
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    /// The data of the next event of a kind; `None` when the stream has ended.
    pub(crate) fn next(&mut self, kind: &str) -> Option<Value> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            let Some(data) = line.strip_prefix("data:") else {
                continue;
            };
            let event: Value = serde_json::from_str(data.trim()).unwrap();
            if event["kind"] == kind {
                return Some(event);
            }
        }
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub(crate) fn heartbeat() -> Value {
    json!({
        "name": "PC", "version": "0.1.0",
        "health": {
            "is_running": true, "is_connected": true, "may_trade": true, "waiting_reports": 0,
        },
    })
}

pub(crate) fn report(tickets: &[i64]) -> Value {
    let deal = |ticket: &i64| {
        json!({
            "ticket": ticket, "order": 1, "position": 2, "symbol": "XAUUSD", "side": "buy",
            "entry": "in", "volume": 0.1, "price": 2000.5, "profit": 0.0,
            "time": 1_700_000_000_000_i64 + ticket,
        })
    };
    json!({
        "login": { "login": 5, "server": "Broker-Live" }, "currency": "USD",
        "deals": tickets.iter().map(deal).collect::<Vec<_>>(),
    })
}

/// What the broker of that account says of a symbol.
pub(crate) fn spec(symbol: &str) -> Value {
    json!({
        "login": { "login": 5, "server": "Broker-Live" },
        "spec": {
            "symbol": symbol, "digits": 2, "tick_size": 0.01, "tick_value": 1.0,
            "contract_size": 100.0, "volume_min": 0.01, "volume_max": 50.0, "volume_step": 0.01,
            "stops_level": 10.0, "freeze_level": 0.0, "profit_currency": "USD",
            "margin_currency": "USD", "swap_mode": 1, "swap_long": -35.5, "swap_short": 12.0,
            "triple": 3, "account_currency": "USD", "is_hedging": true,
            "time_zone": "America/New_York+7",
        },
    })
}

/// A command to stop the bot of an executor, with a minute's time.
pub(crate) fn stop(executor: &Value) -> Value {
    json!({
        "action": { "kind": "stop_bot" }, "target": { "executor": executor },
        "expires_at": now() + 60_000,
    })
}

impl Answer {
    /// The body as JSON, however it went.
    #[track_caller]
    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(self.text()).unwrap()
    }

    /// It was refused with this code, and as a problem.
    #[track_caller]
    pub(crate) fn refused(&self, status: u16, code: &str) -> &Self {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(
            self.header("content-type"),
            Some("application/problem+json"),
            "{}",
            self.text()
        );
        let problem = self.value();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        for name in ["type", "title", "detail", "reference"] {
            assert!(problem[name].is_string(), "{problem}");
        }
        self
    }
}
