//! Load: a real `phoenix serve` on a PostgreSQL of its own, with executors that say every ten
//! seconds that they live, open streams of events, and commands to those who listen.
//!
//! `cargo run --release -p server --example load -- PROGRAM [EXECUTORS] [STREAMS] [SECONDS]`
//!
//! Times are counted from when a heartbeat was due, not from when it was sent: a server that is late
//! once is late for all who waited meanwhile. SECONDS is told in heartbeats: as many are measured as are
//! due in that time.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool, which ends where something is wrong"
)]

use identity::{ApiKey, EmailAddress, Role};
use phoenix_test_postgres::Cluster;
use protocol::api::credential::{NewCredential, Scope};
use std::{
    collections::HashMap,
    env, fs,
    io::{BufRead, Write},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use storage::{NewAccount, Storage};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
    time::{Instant, sleep_until},
};
use trading::{language::Language, time::Time};

/// How often an executor says that it lives.
const PERIOD: Duration = Duration::from_secs(10);
/// How many commands are given a second.
const COMMANDS: u64 = 20;
const HEARTBEAT: &str = r#"{"name":"PC","version":"0.1.0","health":{"is_running":true,"is_connected":true,"may_trade":true,"waiting_reports":0}}"#;

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// What one executor and its phone are known by.
struct Pair {
    executor: String,
    phone: String,
}

/// Accounts with a key for an executor and one for a phone each.
async fn seed(storage: &Storage, count: usize) -> Vec<Pair> {
    let next = Arc::new(AtomicU64::new(0));
    let crew: Vec<_> = (0..16)
        .map(|_| {
            let (storage, next) = (storage.clone(), next.clone());
            tokio::spawn(async move {
                let mut pairs = Vec::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count as u64 {
                        return pairs;
                    }
                    let email = format!("load{number}@example.com");
                    let account = NewAccount {
                        email: email.parse::<EmailAddress>().unwrap(),
                        password: String::new(),
                        role: Role::Trader,
                        language: Language::En,
                    };
                    let account = storage.accounts.create(account, Time(now()));
                    let account = account.await.unwrap().id;
                    let mut keys = Vec::new();
                    for scope in [Scope::Executor, Scope::Phone] {
                        let new = NewCredential {
                            name: "load".parse().unwrap(),
                            scope,
                            expires_at: None,
                        };
                        let (key, at) = (ApiKey::generate().unwrap(), Time(now()));
                        let (prefix, hash) = (key.prefix().to_owned(), key.hash());
                        let made = storage
                            .credentials
                            .create(account, &new, &prefix, &hash, at);
                        made.await.unwrap();
                        keys.push(key.text().reveal().clone());
                    }
                    let phone = keys.pop().unwrap();
                    let executor = keys.pop().unwrap();
                    pairs.push(Pair { executor, phone });
                }
            })
        })
        .collect();
    let mut pairs = Vec::new();
    for one in crew {
        pairs.extend(one.await.unwrap());
    }
    pairs
}

/// A connection that is kept open.
struct Line {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Line {
    fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            stream: None,
        }
    }

    /// Posts something, and says what was answered.
    async fn post(
        &mut self,
        path: &str,
        key: &str,
        once: &str,
        body: &str,
    ) -> std::io::Result<(u16, String)> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.address).await?;
                stream.set_nodelay(true)?;
                BufReader::with_capacity(1_024, stream)
            }
        };
        let request = format!(
            "POST /api/v1{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {key}\r\n{once}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes()).await?;
        let (mut status, mut length, mut line) = (0, Some(0), String::new());
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let text = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = text.strip_prefix("http/1.1 ") {
                status = rest
                    .get(..3)
                    .and_then(|code| code.parse().ok())
                    .unwrap_or(0);
            } else if let Some(rest) = text.strip_prefix("content-length: ") {
                length = rest.parse().ok();
            } else if text == "transfer-encoding: chunked" {
                length = None;
            } else if text.is_empty() {
                break;
            }
        }
        let mut body = Vec::new();
        loop {
            let begun = body.len();
            let size = match length {
                Some(length) => length,
                None => {
                    line.clear();
                    stream.read_line(&mut line).await?;
                    usize::from_str_radix(line.trim(), 16).unwrap_or(0)
                }
            };
            body.resize(begun + size, 0);
            stream.read_exact(&mut body[begun..]).await?;
            if length.is_some() {
                break;
            }
            line.clear();
            stream.read_line(&mut line).await?;
            if size == 0 {
                break;
            }
        }
        self.stream = Some(stream);
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}

/// The text of a field of a JSON object.
fn field<'a>(json: &'a str, name: &str) -> Option<&'a str> {
    let begins = format!("\"{name}\":\"");
    let (_, rest) = json.split_once(&begins)?;
    rest.split('"').next()
}

/// What was measured.
struct Measured {
    is_on: AtomicBool,
    /// One for every heartbeat that was answered or failed.
    ended: Semaphore,
    failures: AtomicU64,
    beats: Mutex<Vec<Duration>>,
    pushes: Mutex<Vec<Duration>>,
    /// When a command was given, by its executor.
    given: Mutex<HashMap<String, Instant>>,
    streams: AtomicU64,
}

impl Measured {
    fn new() -> Self {
        Self {
            is_on: AtomicBool::new(false),
            ended: Semaphore::new(0),
            failures: AtomicU64::new(0),
            beats: Mutex::default(),
            pushes: Mutex::default(),
            given: Mutex::default(),
            streams: AtomicU64::new(0),
        }
    }

    /// Until so many more heartbeats have ended.
    async fn heartbeats(&self, count: usize) {
        let count = u32::try_from(count).unwrap();
        self.ended.acquire_many(count).await.unwrap().forget();
    }
}

/// Says that it lives until the end, beginning at `first`; hands on which executor it is.
async fn executor(
    address: String,
    key: String,
    first: Instant,
    measured: Arc<Measured>,
    name: tokio::sync::oneshot::Sender<String>,
) {
    let (mut line, mut due, mut name) = (Line::new(&address), first, Some(name));
    loop {
        sleep_until(due).await;
        match line.post("/executor/heartbeat", &key, "", HEARTBEAT).await {
            Ok((200, body)) => {
                let took = due.elapsed();
                if measured.is_on.load(Ordering::Relaxed) {
                    measured.beats.lock().unwrap().push(took);
                }
                if let Some(name) = name.take() {
                    let _ = name.send(field(&body, "executor").unwrap().to_owned());
                }
            }
            Ok((status, body)) => {
                measured.failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("a heartbeat was answered {status}: {body}");
            }
            Err(error) => {
                measured.failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("a heartbeat failed: {error}");
            }
        }
        measured.ended.add_permits(1);
        due += PERIOD;
    }
}

/// Listens until the end, and says of every command that it was carried out.
async fn listener(address: String, key: String, measured: Arc<Measured>) {
    let stream = TcpStream::connect(&address).await.unwrap();
    let mut stream = BufReader::with_capacity(1_024, stream);
    let request = format!(
        "GET /api/v1/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\r\n"
    );
    stream
        .get_mut()
        .write_all(request.as_bytes())
        .await
        .unwrap();
    let (mut line, mut receipts) = (String::new(), Line::new(&address));
    loop {
        line.clear();
        match stream.read_line(&mut line).await {
            Ok(0) | Err(_) => {
                measured.failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("a stream ended");
                return;
            }
            Ok(_) if line.starts_with("HTTP/1.1 200") => {
                measured.streams.fetch_add(1, Ordering::Relaxed);
            }
            Ok(_) if line.starts_with("HTTP/1.1 ") => {
                measured.failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("a stream was refused: {line}");
            }
            Ok(_) => {}
        }
        let Some(id) = line
            .strip_prefix("data:")
            .and_then(|data| field(data, "id"))
        else {
            continue;
        };
        let begun = field(&line, "executor").and_then(|name| {
            let mut given = measured.given.lock().unwrap();
            given.remove(name)
        });
        if let Some(begun) = begun
            && measured.is_on.load(Ordering::Relaxed)
        {
            measured.pushes.lock().unwrap().push(begun.elapsed());
        }
        let path = format!("/command/{id}/receipt");
        let once = format!("Idempotency-Key: receipt-{id}\r\n");
        let done = receipts.post(&path, &key, &once, r#"{"outcome":"executed"}"#);
        if !matches!(done.await, Ok((200, _))) {
            measured.failures.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Gives commands, one after another, to those who listen.
async fn commander(address: String, ears: Vec<(String, String)>, measured: Arc<Measured>) {
    let mut due = Instant::now();
    for turn in 0_usize.. {
        due += Duration::from_secs(1) / u32::try_from(COMMANDS).unwrap();
        sleep_until(due).await;
        // Far apart, so that each has ended before its executor gets the next.
        let (executor, phone) = ears[turn * 7 % ears.len()].clone();
        let (address, measured) = (address.clone(), measured.clone());
        tokio::spawn(async move {
            let body = format!(
                r#"{{"action":{{"kind":"stop_bot"}},"target":{{"executor":"{executor}"}},"expires_at":{}}}"#,
                now() + 60_000
            );
            measured
                .given
                .lock()
                .unwrap()
                .insert(executor, Instant::now());
            let once = format!("Idempotency-Key: command-{turn}\r\n");
            let given = Line::new(&address)
                .post("/command", &phone, &once, &body)
                .await;
            if !matches!(given, Ok((201, _))) {
                measured.failures.fetch_add(1, Ordering::Relaxed);
                eprintln!("a command was not taken: {given:?}");
            }
        });
    }
}

fn told(name: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| {
        let place = ((times.len() as f64 * part) as usize).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
    };
    println!(
        "{name}: {} | p50 {:.1} ms | p95 {:.1} ms | p99 {:.1} ms | p99.9 {:.1} ms | worst {:.1} ms",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(0.999),
        at(1.0)
    );
}

/// Seconds of processor time that a process has taken.
fn busy(pid: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let rest = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = |place| {
        let word = rest.split_whitespace().nth(place);
        word.and_then(|word| word.parse::<f64>().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / 100.0
}

/// The server, which ends with this.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::main]
async fn main() {
    let words: Vec<String> = env::args().skip(1).collect();
    let program = words.first().expect("the path of the program phoenix");
    let number = |place: usize, usual| {
        words
            .get(place)
            .map_or(usual, |word| word.parse::<usize>().unwrap())
    };
    let (executors, streams, seconds) = (number(1, 10_000), number(2, 1_000), number(3, 60));
    let cluster = Cluster::durable();
    let url = cluster.database();
    let named = url.parse().unwrap();
    let storage = storage::connect(&named, storage::MAX_BYTES).await.unwrap();
    let pairs = seed(&storage, executors).await;
    storage.close().await;
    cluster.sql("test0", "VACUUM ANALYZE");

    let place = env::temp_dir().join(format!("phoenix-load-{}", std::process::id()));
    fs::create_dir_all(place.join("site/assets")).unwrap();
    fs::write(
        place.join("site/manifest.json"),
        r#"{"boot":"/b.js","glue":"/g.js","wasm":"/m.wasm","style":"/s.css","icon":"/i.svg"}"#,
    )
    .unwrap();
    let mut server = Command::new(fs::canonicalize(program).unwrap());
    let server = server
        .current_dir(&place)
        .args("serve --web site --home home --listen 127.0.0.1:0".split(' '))
        .env("PHOENIX_DATABASE_URL", &url)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let mut server = Server(server.unwrap());
    let mut ready = String::new();
    std::io::BufReader::new(server.0.stdout.take().unwrap())
        .read_line(&mut ready)
        .unwrap();
    let address = ready.trim().rsplit_once("http://").unwrap().1.to_owned();

    let measured = Arc::new(Measured::new());
    let begun = Instant::now() + Duration::from_secs(1);
    // They end before the server does: nothing that happens then is a failure.
    let mut tasks = JoinSet::new();
    let mut names = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        // Spread evenly over the period.
        let first =
            begun + PERIOD * u32::try_from(place).unwrap() / u32::try_from(executors).unwrap();
        let (send, name) = tokio::sync::oneshot::channel();
        let (address, key) = (address.clone(), pair.executor.clone());
        tasks.spawn(executor(address, key, first, measured.clone(), send));
        names.push(name);
    }
    let mut ears = Vec::new();
    for (name, pair) in names.into_iter().zip(&pairs) {
        let name = name.await.unwrap();
        if ears.len() < streams {
            let (address, key) = (address.clone(), pair.executor.clone());
            tasks.spawn(listener(address, key, measured.clone()));
            ears.push((name, pair.phone.clone()));
        }
    }
    if !ears.is_empty() {
        tasks.spawn(commander(address.clone(), ears, measured.clone()));
    }
    // Everybody's first, and one more to settle.
    measured.heartbeats(2 * executors).await;
    let (me, before) = (std::process::id(), Instant::now());
    let used = [server.0.id(), me].map(busy);
    measured.is_on.store(true, Ordering::Relaxed);
    let due = executors * seconds / usize::try_from(PERIOD.as_secs()).unwrap();
    measured.heartbeats(due).await;
    measured.is_on.store(false, Ordering::Relaxed);
    let wall = before.elapsed().as_secs_f64();
    let cores = |pid, used: f64| (busy(pid) - used) / wall;
    println!(
        "{executors} executors, every {} s; {} streams open; {COMMANDS} commands a second; {wall:.0} s",
        PERIOD.as_secs(),
        measured.streams.load(Ordering::Relaxed)
    );
    told("heartbeats", &mut measured.beats.lock().unwrap());
    told(
        "commands, given to heard",
        &mut measured.pushes.lock().unwrap(),
    );
    println!(
        "failures: {}; processor: server {:.2} cores, this tool {:.2} cores",
        measured.failures.load(Ordering::Relaxed),
        cores(server.0.id(), used[0]),
        cores(me, used[1])
    );
    let _ = std::io::stdout().flush();
    tasks.shutdown().await;
    let _ = fs::remove_dir_all(&place);
}
