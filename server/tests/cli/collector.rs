//! Spans that go to a collector of OpenTelemetry's: a strict stand-in that is busy at first.

use crate::{
    browser::{Browser, PASSWORD},
    support::Place,
    web::Web,
};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::Span,
};
use prost::Message;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    process::Command,
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

const PATIENCE: Duration = Duration::from_secs(60);
/// What our proxy began.
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

/// A collector. The first call it answers that it is busy; hands on what it takes.
fn collector() -> (String, Receiver<ExportTraceServiceRequest>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/otlp", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for turn in 0.. {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut first, mut headers) = (String::new(), BTreeMap::new());
            reader.read_line(&mut first).unwrap();
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                let Some((name, value)) = line.trim().split_once(": ") else {
                    break;
                };
                headers.insert(name.to_ascii_lowercase(), value.to_owned());
            }
            let mut body = vec![0; headers["content-length"].parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            let is_right = first.starts_with("POST /otlp/v1/traces ")
                && headers["content-type"] == "application/x-protobuf"
                && headers.get("authorization").map(String::as_str) == Some("Bearer of-collector");
            let status = match (is_right, turn) {
                (false, _) => "400 Bad Request",
                (true, 0) => "503 Service Unavailable",
                (true, _) => "200 OK",
            };
            let head =
                format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(head.as_bytes()).unwrap();
            if status.starts_with("200") {
                let read = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
                if tell.send(read).is_err() {
                    return;
                }
            }
        }
    });
    (address, told)
}

fn text(attributes: &[KeyValue], name: &str) -> Option<String> {
    let found = attributes.iter().find(|one| one.key == name)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        Value::IntValue(number) => Some(number.to_string()),
        other => Some(format!("{other:?}")),
    }
}

/// What the collector took; all of it is ours.
fn spans_of(batch: ExportTraceServiceRequest) -> Vec<Span> {
    let mut spans = Vec::new();
    for resource in batch.resource_spans {
        let attributes = resource.resource.unwrap().attributes;
        assert_eq!(
            text(&attributes, "service.name").as_deref(),
            Some("phoenix")
        );
        let scopes = resource.scope_spans.into_iter();
        spans.extend(scopes.flat_map(|scope| scope.spans));
    }
    spans
}

/// A server that tells the collector, behind a proxy on this machine.
fn served(place: &Place, collector: &str) -> Web {
    let headers = place.write("headers", "authorization=Bearer of-collector\n");
    let said = format!(
        "PHOENIX_OTLP_ENDPOINT={collector} PHOENIX_OTLP_HEADERS=file:{} \
         --trusted-proxy 127.0.0.1",
        headers.display()
    );
    Web::start(place, &said)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn requests_and_jobs_are_told_to_a_collector() {
    let (address, told) = collector();
    let place = Place::new();
    let web = served(&place, &address);
    let parent = format!("00-{TRACE}-b7ad6b7169203331-01");
    let asked = web.get("/reset?token=of-somebody", &[("traceparent", &parent)]);
    let id = asked.header("x-request-id").unwrap().to_owned();
    // A mail, which is a job.
    let browser = Browser::new(&web);
    let joined = [("email", "ada@example.com"), ("password", PASSWORD)];
    assert_eq!(browser.post("/register", &joined).status, 200);
    let mut spans = Vec::new();
    let mut until = |names: &[&str]| {
        let is_told = |spans: &[Span], name: &str| spans.iter().any(|span| span.name == name);
        while !names.iter().all(|name| is_told(&spans, name)) {
            spans.extend(spans_of(told.recv_timeout(PATIENCE).unwrap()));
        }
    };
    until(&["GET /reset", "POST /register", "send_mail"]);
    // In what is told now, calls to the collector would be.
    assert_eq!(web.get("/healthz", &[]).status, 200);
    until(&["GET /healthz"]);
    let span = spans.iter().find(|span| span.name == "GET /reset").unwrap();
    let about = |name: &str| text(&span.attributes, name);
    assert_eq!(about("phoenix.request_id"), Some(id));
    assert_eq!(about("http.route").as_deref(), Some("/reset"));
    assert_eq!(
        about("http.response.status_code"),
        Some(asked.status.to_string())
    );
    assert_eq!(hex(&span.trace_id), TRACE);
    // Calls to the collector are not told to it, and nobody's token or address is.
    for span in &spans {
        let all = format!("{span:?}");
        assert!(!all.contains("collector"), "{all}");
        assert!(
            !all.contains("of-somebody") && !all.contains("ada@"),
            "{all}"
        );
    }
}

#[test]
fn the_last_spans_are_told_before_the_end() {
    let (address, told) = collector();
    let place = Place::new();
    let web = served(&place, &address);
    assert_eq!(web.get("/healthz", &[]).status, 200);
    let asked = Command::new("kill")
        .args(["-TERM", &web.pid().to_string()])
        .status();
    assert!(asked.unwrap().success());
    let spans = spans_of(told.recv_timeout(PATIENCE).unwrap());
    assert!(spans.iter().any(|span| span.name == "GET /healthz"));
}
