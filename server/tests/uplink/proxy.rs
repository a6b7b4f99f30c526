//! What is between executor and server: it can lose answers, cut streams, and be sent to another
//! address when the server starts anew. It closes each connection after one answer.

use std::{
    io::{BufRead, BufReader, Read, Write, copy},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
};

/// How it behaves.
#[derive(Debug, Default)]
struct Rules {
    upstream: Option<SocketAddr>,
    /// Whether streams are refused.
    has_no_streams: bool,
    /// How many answers to this path are still to be lost.
    lost: Option<(&'static str, u32)>,
    /// The first line of each request that came.
    asked: Vec<String>,
    /// How many have connected and not said yet what they ask.
    coming: usize,
    streams: Vec<TcpStream>,
}

/// The proxy; its thread ends with the test program.
#[derive(Debug, Clone)]
pub(crate) struct Proxy {
    address: SocketAddr,
    rules: Arc<Mutex<Rules>>,
}

impl Proxy {
    pub(crate) fn to(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            rules: Arc::default(),
        };
        proxy.lead_to(upstream);
        let here = proxy.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, here) = (stream.unwrap(), here.clone());
                here.rules().coming += 1;
                // Either end may go at any time.
                thread::spawn(move || here.pass(stream));
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap()
    }

    pub(crate) fn lead_to(&self, upstream: SocketAddr) {
        self.rules().upstream = Some(upstream);
    }

    /// Cuts every stream, and takes no other until [`Proxy::let_stream`].
    pub(crate) fn cut_streams(&self) {
        let mut rules = self.rules();
        rules.has_no_streams = true;
        for stream in rules.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub(crate) fn let_stream(&self) {
        self.rules().has_no_streams = false;
    }

    /// The server does what it is asked, and the next answers about this path do not arrive.
    pub(crate) fn lose(&self, path: &'static str, answers: u32) {
        self.rules().lost = Some((path, answers));
    }

    /// How often a path was asked.
    pub(crate) fn count(&self, path: &str) -> usize {
        let rules = self.rules();
        rules
            .asked
            .iter()
            .filter(|line| line.contains(path))
            .count()
    }

    /// How many requests there were; those that were under way just now are among them.
    pub(crate) fn all(&self) -> usize {
        // Whoever connected before this one was let in before it.
        let mut last = TcpStream::connect(self.address).unwrap();
        last.write_all(b"LAST\r\n").unwrap();
        loop {
            let mut rules = self.rules();
            let at = rules.asked.iter().position(|line| line == "LAST");
            if let Some(at) = at.filter(|_| rules.coming == 0) {
                rules.asked.remove(at);
                return rules.asked.len();
            }
            drop(rules);
            thread::yield_now();
        }
    }

    /// One request and its answer; nothing where it is not passed on.
    fn pass(&self, mut down: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(down.try_clone().unwrap());
        let mut line = String::new();
        let is_said = reader.read_line(&mut line).is_ok_and(|read| read > 0);
        let upstream = {
            let mut rules = self.rules();
            rules.coming -= 1;
            if !is_said {
                return None;
            }
            rules.asked.push(line.trim().to_owned());
            rules.upstream?
        };
        let (mut head, mut length) = (line.clone(), 0);
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header).ok()? == 0 {
                return None;
            }
            let lower = header.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if header == "\r\n" {
                break;
            }
            if lower.starts_with("host:") {
                header = format!("Host: {upstream}\r\n");
            }
            if !lower.starts_with("connection:") {
                head += &header;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let is_stream = line.contains("/events");
        if is_stream && self.rules().has_no_streams {
            return None;
        }
        let mut up = TcpStream::connect(upstream).ok()?;
        up.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())
            .ok()?;
        up.write_all(&body).ok()?;
        if is_stream {
            self.rules().streams.push(up.try_clone().ok()?);
        } else if self.is_lost(&line) {
            // It was done all the same.
            copy(&mut up, &mut std::io::sink()).ok()?;
            return None;
        }
        copy(&mut up, &mut down).ok().map(drop)
    }

    fn is_lost(&self, line: &str) -> bool {
        match &mut self.rules().lost {
            Some((path, left)) if *left > 0 && line.contains(*path) => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}
