//! The key of a paired computer is kept by Windows, and nowhere else.

use crate::program::{Executor, folder, windows};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::mpsc::{self, Receiver},
    thread,
};

const SETTINGS: &str = "name = \"Wine\"\nport = 0\n";

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Whoever has the key that was given.
    WithKey,
    /// Whoever has another one, such as a run before this one left.
    WithOther,
    /// Whoever wants to be paired.
    ForCode,
    /// Whoever asks whether that was approved.
    ForKey,
}

/// A server that approves every code at once and gives this key, or that knows no key and gives none.
struct Server {
    address: String,
    asked: Receiver<Asked>,
}

impl Server {
    fn start(key: &str, gives_keys: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (told, asked) = mpsc::channel();
        let key = key.to_owned();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let Some(one) = request(&stream, &key) else {
                    continue;
                };
                answer(stream, one, gives_keys.then_some(key.as_str()));
                if told.send(one).is_err() {
                    break;
                }
            }
        });
        Self { address, asked }
    }

    fn next(&self) -> Asked {
        self.asked.recv().expect("the server is there")
    }

    fn wait(&self, wanted: Asked) {
        while self.next() != wanted {}
    }
}

fn request(stream: &TcpStream, key: &str) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head[start..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    // A connection that is closed with something unread in it loses the answer.
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1)?;
    let lower = head.to_ascii_lowercase();
    Some(match path {
        "/api/v1/pairings" => Asked::ForCode,
        "/api/v1/pairings/claim" => Asked::ForKey,
        _ if lower.contains(&format!("authorization: bearer {key}\r\n")) => Asked::WithKey,
        _ => Asked::WithOther,
    })
}

fn answer(mut stream: TcpStream, asked: Asked, key: Option<&str>) {
    let (status, body): (u16, Value) = match (asked, key) {
        (Asked::ForCode, _) => {
            let code = json!({
                "code": "ABCD-EFGH", "secret": "s", "expires_at": i64::MAX, "interval_ms": 100,
            });
            (201, code)
        }
        (Asked::ForKey, Some(key)) => {
            let credential = json!({
                "id": "0192f0c1-2b7e-7cc3-9d5e-2f6f3b1c4d5e", "prefix": "phx_u", "name": "Wine",
                "scope": "executor", "created_at": 0, "expires_at": null, "used_at": null,
                "revoked_at": null,
            });
            (200, json!({"credential": credential, "key": key}))
        }
        (Asked::ForKey, None) => (202, json!({})),
        (Asked::WithKey, Some(_)) => (503, json!({})),
        (Asked::WithKey | Asked::WithOther, _) => {
            let problem = json!({
                "type": "", "title": "no", "status": 401, "code": "unauthenticated", "detail": "",
                "reference": "",
            });
            (401, problem)
        }
    };
    let body = body.to_string();
    // Who asked may not want to hear the end.
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/json\r\n\r\n{body}",
        body.len()
    );
}

fn start(state: &Path, server: &Server) -> Executor {
    let state = windows(state);
    Executor::start(&["--headless", "--state", &state, "--server", &server.address])
}

#[test]
fn the_key_is_in_the_credential_manager() {
    let state = folder("windows-key");
    std::fs::write(state.join("executor.toml"), SETTINGS).expect("it can be written");
    // Of this run: what another one left is another one.
    let key = format!("phx_under_wine_{}", std::process::id());

    let server = Server::start(&key, true);
    let mut first = start(&state, &server);
    first.wait("type ABCD-EFGH at");
    server.wait(Asked::WithKey);
    drop(first);
    for file in std::fs::read_dir(&state).expect("a folder") {
        let path = file.expect("a file").path();
        let bytes = std::fs::read(&path).expect("it can be read");
        let mut parts = bytes.windows(key.len());
        assert!(!parts.any(|part| part == key.as_bytes()), "{path:?}");
    }

    let server = Server::start(&key, false);
    let second = start(&state, &server);
    assert_eq!(server.next(), Asked::WithKey, "the key was kept");
    server.wait(Asked::ForCode);
    drop(second);

    let server = Server::start(&key, false);
    let _third = start(&state, &server);
    assert_eq!(
        server.next(),
        Asked::ForCode,
        "a key that holds no longer is forgotten"
    );
}
