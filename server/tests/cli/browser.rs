//! Somebody at a browser: keeps cookies, follows nothing by itself, reads mail in the outbox.

use crate::web::{Answer, Web};
use std::{
    cell::RefCell,
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};
use storage::{DatabaseAddress, Storage};
use tokio::runtime::Runtime;

/// Not one of those that are tried first.
pub(crate) const PASSWORD: &str = "lima ekor kucing";
/// Longer than any mail takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The body of a form.
fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    pairs.collect::<Vec<String>>().join("&")
}

/// A browser.
pub(crate) struct Browser<'a> {
    pub(crate) web: &'a Web,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    pub(crate) fn new(web: &'a Web) -> Self {
        Self {
            web,
            cookies: RefCell::default(),
        }
    }

    /// What it sends as `Cookie`.
    pub(crate) fn cookie(&self) -> String {
        let pairs = self.cookies.borrow();
        let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{k}={v}")).collect();
        pairs.join("; ")
    }

    /// Takes over the cookies of another.
    pub(crate) fn steal(&self, from: &Browser<'_>) {
        self.cookies.replace(from.cookies.borrow().clone());
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let cookie = self.cookie();
        let answer = self.web.get(path, &[("Cookie", &cookie)]);
        self.keep(&answer);
        answer
    }

    /// Sends a form; values are encoded.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_raw(path, &form(fields))
    }

    /// Sends a form once the server asks for it, and is gone before there can be an answer.
    pub(crate) fn post_and_leave(&self, path: &str, fields: &[(&str, &str)]) {
        let (host, cookie, body) = (self.web.host(), self.cookie(), form(fields));
        let mut stream = TcpStream::connect(self.web.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Expect: 100-continue\r\n\r\n",
            body.len()
        )
        .unwrap();
        let mut asked = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
        stream.read_exact(&mut asked).unwrap();
        assert!(asked.starts_with(b"HTTP/1.1 100"), "{asked:?}");
        stream.write_all(body.as_bytes()).unwrap();
    }

    /// Sends a form's bytes as they stand.
    pub(crate) fn post_raw(&self, path: &str, body: &str) -> Answer {
        let (host, cookie) = (self.web.host(), self.cookie());
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Origin", &origin),
            ("Cookie", &cookie),
            (
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
            ),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let answer = self.web.ask(&format!("POST {path}"), &headers, body);
        self.keep(&answer);
        answer
    }

    fn keep(&self, answer: &Answer) {
        for cookie in answer.headers("set-cookie") {
            let pair = cookie.split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if cookie.contains("Max-Age=0") || value.is_empty() {
                self.cookies.borrow_mut().remove(name);
            } else {
                let (name, value) = (name.to_owned(), value.to_owned());
                self.cookies.borrow_mut().insert(name, value);
            }
        }
    }

    /// Registers, opens the mail's link and confirms.
    pub(crate) fn join(&self, outbox: &Outbox, email: &str) {
        let asked = self.post("/register", &[("email", email), ("password", PASSWORD)]);
        assert_eq!(asked.status, 200, "{}", asked.text());
        let link = outbox.link(email);
        let token = link.split_once("token=").unwrap().1;
        let page = self.get(&link[link.find("/register").unwrap()..]);
        assert_eq!(page.status, 200, "{}", page.text());
        let confirmed = self.post(
            "/register/confirm",
            &[("token", token), ("password", PASSWORD)],
        );
        confirmed.goes_to("/account?notice=account-ready");
    }

    pub(crate) fn sign_in(&self, email: &str, password: &str) -> Answer {
        let fields = [
            ("email", email),
            ("password", password),
            ("next", "/account"),
        ];
        self.post("/sign-in", &fields)
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn goes_to(&self, path: &str) {
        assert_eq!(self.status, 303, "{}", self.text());
        assert_eq!(self.header("location"), Some(path));
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The server's database, looked into from outside.
pub(crate) struct Outbox {
    pub(crate) runtime: Runtime,
    pub(crate) storage: Storage,
}

impl Outbox {
    /// Of a server on the file in its home folder.
    pub(crate) fn of_file(home: &std::path::Path) -> Self {
        let runtime = Runtime::new().unwrap();
        let storage = runtime.block_on(storage::open(home)).unwrap();
        Self { runtime, storage }
    }

    /// Of servers on PostgreSQL.
    pub(crate) fn of_postgres(url: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let address: DatabaseAddress = url.parse().unwrap();
        let storage = storage::connect(&address, storage::MAX_BYTES);
        let storage = runtime.block_on(storage).unwrap();
        Self { runtime, storage }
    }

    /// The last mail to an address.
    pub(crate) fn last(&self, to: &str) -> Option<(String, String)> {
        let mails = self
            .runtime
            .block_on(self.storage.mails.list(1_000))
            .unwrap();
        let mail = mails.into_iter().find(|mail| mail.mail.recipient == to)?;
        Some((mail.mail.subject, mail.mail.body))
    }

    /// How many mails have this in their subject.
    pub(crate) fn count(&self, subject: &str) -> usize {
        let mails = self.runtime.block_on(self.storage.mails.list(1_000));
        let mails = mails.unwrap().into_iter();
        mails
            .filter(|mail| mail.mail.subject.contains(subject))
            .count()
    }

    /// The link in the last mail to an address.
    pub(crate) fn link(&self, to: &str) -> String {
        let (_, body) = self.last(to).unwrap();
        let link = body.lines().find(|line| line.starts_with("http"));
        link.unwrap_or_else(|| panic!("no link: {body}")).to_owned()
    }

    /// The link for a new password, which is sent after it was asked for.
    pub(crate) fn reset_link(&self, to: &str) -> String {
        let begin = Instant::now();
        loop {
            let link = self.link(to);
            if link.contains("/reset?token=") {
                return link;
            }
            assert!(begin.elapsed() < PATIENCE, "no link but {link}");
        }
    }

    /// Does something to the database from outside.
    pub(crate) fn run<T>(&self, deed: impl Future<Output = T>) -> T {
        self.runtime.block_on(deed)
    }

    /// What the trail says, the last first.
    pub(crate) fn trail(&self) -> Vec<String> {
        let records = self.runtime.block_on(self.storage.audit.list(None, 1_000));
        let records = records.unwrap().into_iter();
        records.map(|record| record.entry.action).collect()
    }
}
