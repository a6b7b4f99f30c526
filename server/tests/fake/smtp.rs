//! A mail server that takes every mail unless it is told to refuse, and keeps count: strict, since it
//! says 250 only to somebody who is still there, and holds what comes while its gate is shut.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex},
    thread,
};

/// The server; it ends with the test's process.
#[derive(Clone)]
pub(crate) struct Smtp {
    pub(crate) address: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
}

#[derive(Default)]
struct State {
    is_shut: bool,
    /// How many are held at the gate.
    held: usize,
    /// `Message-ID` of every mail that was taken, in order.
    taken: Vec<String>,
    /// What it answers in the place of what it should.
    refusals: BTreeMap<&'static str, &'static str>,
}

impl Smtp {
    /// Starts one with its gate shut.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let smtp = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::default(),
        };
        smtp.shut(true);
        let server = smtp.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (server, stream) = (server.clone(), stream.unwrap());
                // Who is killed in the middle of a sentence is none of our business.
                thread::spawn(move || server.talk(&stream));
            }
        });
        smtp
    }

    /// Holds mails from now on, or takes those that were held.
    pub(crate) fn shut(&self, is_shut: bool) {
        self.state.0.lock().unwrap().is_shut = is_shut;
        self.state.1.notify_all();
    }

    /// Answers a command so from now on; its greeting has no name.
    pub(crate) fn refuse(&self, command: &'static str, answer: &'static str) {
        let mut state = self.state.0.lock().unwrap();
        state.refusals.insert(command, answer);
    }

    fn refusal(&self, command: &str) -> Option<&'static str> {
        self.state.0.lock().unwrap().refusals.get(command).copied()
    }

    /// Waits until so many are held.
    pub(crate) fn wait_for_held(&self, count: usize) {
        let state = self.state.0.lock().unwrap();
        let state = self.state.1.wait_while(state, |state| state.held < count);
        drop(state.unwrap());
    }

    /// Waits until so many were taken, and says which.
    pub(crate) fn wait_for_taken(&self, count: usize) -> Vec<String> {
        let state = self.state.0.lock().unwrap();
        let few = |state: &mut State| state.taken.len() < count;
        self.state.1.wait_while(state, few).unwrap().taken.clone()
    }

    /// Which were taken until now.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.state.0.lock().unwrap().taken.clone()
    }

    fn talk(&self, stream: &TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream);
        let say = |text: &str| {
            let mut stream = stream;
            stream.write_all(format!("{text}\r\n").as_bytes()).ok()
        };
        say(self.refusal("").unwrap_or("220 test"))?;
        loop {
            let line = read(&mut reader)?;
            let word = line.split([' ', ':']).next()?.to_ascii_uppercase();
            if let Some(answer) = self.refusal(&word) {
                say(answer)?;
                continue;
            }
            match word.as_str() {
                "EHLO" => say("250-test\r\n250 AUTH PLAIN")?,
                "AUTH" => say("235 ok")?,
                "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => say("250 ok")?,
                "DATA" => {
                    say("354 go on")?;
                    let mut id = None;
                    loop {
                        let line = read(&mut reader)?;
                        if line == "." {
                            break;
                        }
                        if let Some(said) = line.strip_prefix("Message-ID: ") {
                            id = Some(said.to_owned());
                        }
                    }
                    self.pass(stream, id?)?;
                    say("250 taken")?;
                }
                "QUIT" => {
                    say("221 bye")?;
                    return Some(());
                }
                _ => say("500 what")?,
            }
        }
    }

    /// Waits at the gate. Nothing where whoever brought the mail is gone: then it was not taken.
    fn pass(&self, stream: &TcpStream, id: String) -> Option<()> {
        let mut state = self.state.0.lock().unwrap();
        state.held += 1;
        self.state.1.notify_all();
        state = self
            .state
            .1
            .wait_while(state, |state| state.is_shut)
            .unwrap();
        state.held -= 1;
        stream.set_nonblocking(true).ok()?;
        let mut byte = [0];
        let is_gone = match stream.peek(&mut byte) {
            Ok(count) => count == 0,
            Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
        };
        stream.set_nonblocking(false).ok()?;
        if is_gone {
            return None;
        }
        state.taken.push(id);
        self.state.1.notify_all();
        Some(())
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<String> {
    let mut line = String::new();
    let count = reader.read_line(&mut line).ok()?;
    (count > 0).then(|| line.trim_end().to_owned())
}
