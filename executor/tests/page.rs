//! The status page, asked as a browser and as somebody who should not be there asks.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use executor::{
    drive::Wish,
    note::{Matter, Note},
    page::{StatusPage, Token},
    service::Naming,
    status::{RunView, ServerView, Stage, Status, TerminalView},
    uplink::{Newer, pairing::Shown},
};
use protocol::link::part::Money;
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};
use tokio::{
    runtime::Runtime,
    sync::{mpsc, watch},
};
use trading::{language::Language, time::Time};

struct Place {
    address: String,
    token: String,
    cookie: String,
    status: watch::Sender<Status>,
    wishes: mpsc::Receiver<Wish>,
    runtime: Runtime,
}

impl Place {
    fn new(language: Language) -> Self {
        let runtime = Runtime::new().unwrap();
        let (status, seen) = watch::channel(standing());
        let (wish, wishes) = mpsc::channel(4);
        let page = StatusPage::bind(
            Token::new().unwrap(),
            "the key".to_owned(),
            language,
            seen,
            wish,
        );
        let page = runtime.block_on(page).unwrap();
        let rest = page.link.as_str().strip_prefix("http://").unwrap();
        let (address, token) = rest.split_once("/?token=").unwrap();
        let (address, token) = (address.to_owned(), token.to_owned());
        runtime.spawn(page.serve());
        let mut place = Self {
            cookie: String::new(),
            address,
            token,
            status,
            wishes,
            runtime,
        };
        let host = place.address.clone();
        let (_, answer) = place.ask(&format!("GET /?token={}", place.token), &host, "", "");
        let cookie = answer.split("set-cookie: ").nth(1).unwrap();
        place.cookie = cookie.split(';').next().unwrap().to_owned();
        place
    }

    /// The status, and all of the answer.
    fn ask(&self, line: &str, host: &str, headers: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let head = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        stream
            .write_all(format!("{head}{body}").as_bytes())
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        let cookie = format!("Cookie: other=1; {}\r\n", self.cookie);
        self.ask(&format!("GET {path}"), &self.address, &cookie, "")
    }

    fn post(&self, path: &str, body: &str) -> (u16, String) {
        let headers = format!(
            "Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.cookie
        );
        self.ask(&format!("POST {path}"), &self.address, &headers, body)
    }

    fn wish(&mut self) -> Wish {
        let next = self.wishes.recv();
        let next = self
            .runtime
            .block_on(async { tokio::time::timeout(Duration::from_secs(20), next).await });
        next.unwrap().unwrap()
    }
}

fn standing() -> Status {
    Status {
        server: ServerView::Online,
        clock: Some(-400_000),
        newer: Some(Newer {
            version: "9.1.0".to_owned(),
            page: "https://lab.example.org/executors".to_owned(),
        }),
        terminals: vec![TerminalView {
            login: 5_012_345,
            server: "Broker-Live <3>".to_owned(),
            currency: "USD".to_owned(),
            money: Money::Real,
            is_connected: true,
            may_trade: true,
            balance: Some(10_000.0),
            equity: Some(9_957.9),
            positions: 2,
            profit: -42.1,
            is_stopped: false,
            runs: vec![RunView {
                name: "<script>alert(1)</script>".to_owned(),
                version: 3,
                symbol: "XAUUSD".parse().unwrap(),
                stage: Stage::Trading,
                positions: 2,
            }],
            unnamed: vec![("GBPUSD".parse().unwrap(), vec!["GBPUSD.m".parse().unwrap()])],
        }],
        waiting_reports: 2,
        notes: vec![Note {
            at: Time(0),
            matter: Matter::GraceOver,
        }],
    }
}

#[test]
fn it_opens_with_the_link_and_for_nobody_else() {
    let place = Place::new(Language::En);
    let host = place.address.clone();
    for path in ["/", "/close"] {
        assert_eq!(place.ask(&format!("GET {path}"), &host, "", "").0, 403);
        // Not the token itself either: it is what opens forms.
        let (name, _) = place.cookie.split_once('=').unwrap();
        for wrong in ["0123456789abcdef0123456789abcdef", &place.token] {
            let wrong = format!("Cookie: {name}={wrong}\r\n");
            assert_eq!(place.ask(&format!("GET {path}"), &host, &wrong, "").0, 403);
        }
    }
    assert_eq!(place.ask("GET /?token=abc", &host, "", "").0, 403);
    let (status, answer) = place.ask(&format!("GET /?token={}", place.token), &host, "", "");
    assert_eq!(status, 303);
    let cookie = format!("{}; HttpOnly; SameSite=Strict; Path=/", place.cookie);
    assert!(answer.contains(&cookie), "{answer}");
    assert!(!cookie.contains(&place.token));
    assert_eq!(place.get("/").0, 200);
    // A name that somebody else's server gave this computer, with the right cookie.
    let cookie = format!("Cookie: {}\r\n", place.cookie);
    for name in ["evil.example", "127.0.0.1", "[::1]:80"] {
        assert_eq!(place.ask("GET /", name, &cookie, "").0, 421, "{name}");
    }
    assert_eq!(place.ask("GET /key", &host, "", "").0, 403);
    assert!(place.get("/key").1.contains("the key"));
    assert!(!place.get("/").1.contains("the key"));
    assert_eq!(place.get("/page.css").0, 200);
    assert_eq!(place.get("/nothing").0, 404);
}

#[test]
fn it_shows_what_there_is_and_runs_nothing() {
    let place = Place::new(Language::En);
    let (_, page) = place.get("/");
    for wanted in [
        "Something is missing",
        "clock is 6 minutes fast",
        "Broker-Live &lt;3&gt;",
        "(real money)",
        "USD 9,957.90",
        "USD \u{2212}42.10",
        "2 deals wait to be reported.",
        "What does this broker call GBPUSD?",
        "GBPUSD.m",
        "nothing new is opened",
        "Version 9.1.0 of this program is out.",
        "https://lab.example.org/executors",
        "&lt;script&gt;",
        "content-security-policy: default-src 'none'",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    assert!(!page.contains("<script>"));
    let place = Place::new(Language::Id);
    let (_, page) = place.get("/");
    assert!(
        page.contains("Jam komputer ini terlalu cepat 6 menit"),
        "{page}"
    );
    place.status.send_modify(|status| status.clock = None);
    assert!(place.get("/").1.contains("Sedang trading"));
    let shown = Shown {
        code: "ABCD-EFGH".to_owned(),
        page: "https://lab.example.org/account/devices".to_owned(),
        link: "https://lab.example.org/account/devices/approve?code=ABCD-EFGH".to_owned(),
        expires_at: Time(9),
    };
    place.status.send_replace(Status {
        server: ServerView::Pairing(Some(shown)),
        ..Status::default()
    });
    let (_, page) = place.get("/");
    for wanted in [
        "ABCD-EFGH",
        "Hubungkan komputer ini",
        "Belum ada terminal",
        "Ada yang kurang",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn its_buttons_are_pressed_with_the_token_alone() {
    let mut place = Place::new(Language::En);
    let token = place.token.clone();
    for path in ["/stop", "/start", "/close"] {
        assert_eq!(place.post(path, "token=0123").0, 403);
        assert_eq!(place.post(path, "").0, 422);
        assert_eq!(
            place.post(path, &format!("token={}", "x".repeat(5_000))).0,
            413
        );
    }
    assert!(
        place
            .get("/close")
            .1
            .contains("Positions that you opened by hand stay open")
    );
    assert_eq!(place.post("/stop", &format!("token={token}")).0, 303);
    assert!(matches!(place.wish(), Wish::Pause(true)));
    assert_eq!(place.post("/start", &format!("token={token}")).0, 303);
    assert!(matches!(place.wish(), Wish::Pause(false)));
    assert_eq!(place.post("/close", &format!("token={token}")).0, 303);
    assert!(matches!(place.wish(), Wish::StopAndClose));
    let body = format!(
        "token={token}&login=5012345&server=Broker-Live+%3C3%3E&wanted=GBPUSD&chosen=GBPUSD.m"
    );
    assert_eq!(place.post("/symbol", &body).0, 303);
    let wanted = Naming {
        login: 5_012_345,
        server: "Broker-Live <3>".to_owned(),
        wanted: "GBPUSD".parse().unwrap(),
        chosen: "GBPUSD.m".parse().unwrap(),
    };
    assert!(matches!(place.wish(), Wish::Name(naming) if naming == wanted));
    assert_eq!(place.post("/symbol", &body.replace("GBPUSD.m", "")).0, 422);
}
