//! A small strict server for what the real one never does. It answers one request a connection, and
//! only such as the test expects.

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// What is answered.
pub(crate) enum Answer {
    /// A status, more lines of the head, and a body; 304 without one where who asks says that they
    /// know what has this `ETag`.
    Json(u16, &'static str, Value),
    /// A body that does not end.
    Endless,
}

/// Answers by `answer`, which is given the path and how often it was asked before. Heartbeats are
/// answered well, streams are refused.
pub(crate) fn serve(answer: impl Fn(&str, usize) -> Answer + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut asked = Vec::<String>::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((path, known)) = request(&stream) else {
                continue;
            };
            let before = asked.iter().filter(|one| **one == path).count();
            let said = match path.as_str() {
                "/api/v1/executor/heartbeat" => Answer::Json(200, "", beaten()),
                "/api/v1/events" => Answer::Json(404, "", json!({})),
                other => answer(other, before),
            };
            asked.push(path);
            send(&mut stream, known.as_deref(), said);
        }
    });
    url
}

/// The path of a request that is one, and which `ETag` is known.
fn request(stream: &TcpStream) -> Option<(String, Option<String>)> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length, mut known) = (String::new(), 0, None);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head[start..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if let Some(tag) = line.strip_prefix("if-none-match:") {
            known = Some(tag.trim().to_owned());
        }
    }
    assert!(
        head.contains("authorization: Bearer phx_fake\r\n"),
        "{head}"
    );
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head.split(' ').nth(1)?.to_owned(), known))
}

fn send(stream: &mut TcpStream, known: Option<&str>, answer: Answer) {
    // Who asked may not want to hear the end.
    let _ = match answer {
        Answer::Json(_, more, _) if known.is_some_and(|tag| more.contains(tag)) => {
            write!(stream, "HTTP/1.1 304 X\r\nConnection: close\r\n{more}\r\n")
        }
        Answer::Json(status, more, body) => {
            let body = body.to_string();
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 {status} X\r\nConnection: close\r\n{more}Content-Length: {length}\r\n\
                 Content-Type: application/json\r\n\r\n{body}"
            )
        }
        Answer::Endless => {
            let head = write!(stream, "HTTP/1.1 200 X\r\nConnection: close\r\n\r\n");
            let piece = [b' '; 1 << 16];
            while stream.write_all(&piece).is_ok() {}
            head
        }
    };
}

fn beaten() -> Value {
    json!({
        "executor": "0199a3f4-8e1d-7c31-8000-000000000001",
        "account": "0199a3f4-8e1d-7c31-8000-000000000002", "now": crate::machine::now(),
        "commands": [],
    })
}
