//! A running `phoenix serve`, spoken to byte by byte: what browsers send can be said exactly, and
//! what no browser would send too.

use crate::support::Place;
use serde_json::Value;
use std::{
    fs::File,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A page of nothing: enough for the server to start.
const MANIFEST: &str =
    r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#;
/// Longer than any answer takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The server; it is ended with this.
pub(crate) struct Web {
    child: std::sync::Mutex<Child>,
    pub(crate) address: SocketAddr,
    /// The first line that it printed.
    pub(crate) ready: String,
}

/// What it answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Web {
    /// Starts it in a place with more arguments, divided by spaces; `PHOENIX_NAME=VALUE` is a
    /// variable.
    pub(crate) fn start(place: &Place, arguments: &str) -> Self {
        let program = Command::new(assert_cmd::cargo::cargo_bin!("phoenix"));
        Self::start_by(program, place, arguments, Stdio::null())
    }

    /// The same; what it logs goes into a file, which is the second.
    pub(crate) fn start_logged(place: &Place, arguments: &str) -> (Self, PathBuf) {
        let path = place.write("log", "");
        let log = File::options().append(true).open(&path).unwrap();
        let program = Command::new(assert_cmd::cargo::cargo_bin!("phoenix"));
        (Self::start_by(program, place, arguments, log.into()), path)
    }

    /// Starts it where files may be no longer than [`Web::limit_files`] says; at first as long as
    /// they like. A write beyond that fails as on a disk that is full.
    pub(crate) fn start_limited(place: &Place, arguments: &str) -> Self {
        let mut shell = Command::new("sh");
        // Without this the system ends a program at its first write that is too long.
        shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
        shell.arg(assert_cmd::cargo::cargo_bin!("phoenix"));
        Self::start_by(shell, place, arguments, Stdio::null())
    }

    /// How long its files may become, in bytes; `unlimited` for as long as they like.
    pub(crate) fn limit_files(&self, bytes: &str) {
        let ran = Command::new("prlimit")
            .arg(format!("--pid={}", self.child.lock().unwrap().id()))
            .arg(format!("--fsize={bytes}:"))
            .status();
        assert!(ran.unwrap().success());
    }

    fn start_by(mut program: Command, place: &Place, arguments: &str, log: Stdio) -> Self {
        std::fs::create_dir_all(place.path("site/assets")).unwrap();
        place.write("site/manifest.json", MANIFEST);
        let listen = (!arguments.contains("--listen")).then_some("--listen=127.0.0.1:0");
        let (variables, arguments): (Vec<&str>, Vec<&str>) = arguments
            .split_whitespace()
            .partition(|word| word.starts_with("PHOENIX_"));
        let variables = variables.iter().filter_map(|word| word.split_once('='));
        let mut child = program
            .current_dir(place.path(""))
            .env("PHOENIX_DATA", place.path("store"))
            .args("serve --web site --home home".split(' '))
            .args(arguments)
            .envs(variables)
            .args(listen)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut ready)
            .unwrap();
        let address = ready.trim().rsplit_once("http://").unwrap().1;
        Self {
            child: child.into(),
            address: address.parse().unwrap(),
            ready,
        }
    }

    /// Sends a request as it stands, with its length added; as HTTP/1.0, so that the answer comes
    /// in one piece and ends with the connection.
    pub(crate) fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{line} HTTP/1.0\r\n");
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += &format!("Content-Length: {}\r\n\r\n", body.len());
        // What is larger than anything that is read is refused by its length alone. Who sends it all
        // the same may find the line cut before the answer was read.
        if body.len() <= 1 << 20 {
            text += body;
        }
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head,
            body: all[end + 4..].to_vec(),
        }
    }

    /// Sends bytes as they stand after a head that is not ended, and says what came back.
    pub(crate) fn raw(&self, head: &[u8], body: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let length = format!("Content-Length: {}\r\n\r\n", body.len());
        stream
            .write_all(&[head, length.as_bytes(), body].concat())
            .unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        String::from_utf8_lossy(&all).into_owned()
    }

    /// Of its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    /// Ends it at once, as SIGKILL does.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// What its own pages send as `Host`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    /// Reads a path.
    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let host = self.host();
        let headers = [&[("Host", host.as_str())], headers].concat();
        self.ask(&format!("GET {path}"), &headers, "")
    }

    /// Calls a server function as a page does.
    pub(crate) fn call(&self, name: &str, cookie: &str, body: &Value) -> Answer {
        let host = self.host();
        let headers = [
            ("Host", host.as_str()),
            ("Content-Type", "application/json"),
            ("Cookie", cookie),
        ];
        self.ask(&format!("POST /api/fn/{name}"), &headers, &body.to_string())
    }

    /// Somebody new: what their browser sends as `Cookie`.
    pub(crate) fn visitor(&self) -> String {
        let page = self.get("/", &[]);
        let cookie = page.header("set-cookie").unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Answer {
    /// A header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            (key.to_ascii_lowercase() == name).then_some(value)
        })
    }

    /// Every value of a header, by its name in small letters.
    pub(crate) fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.head.lines().filter_map(move |line| {
            let (key, value) = line.split_once(": ")?;
            (key.to_ascii_lowercase() == name).then_some(value)
        })
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON, of an answer that went well.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }
}
