//! Lets history pass, in lockstep with the EA: a tick at the open, on which the EA asks the executor
//! and waits for its answer; then the bar's prices work; then a tick at the close.

use crate::{command::Command, door, terminal::Terminal};
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use std::{
    io::{BufRead, Write},
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};

/// How long the executor may take to connect and subscribe.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with its EA on the chart. There is one in a process.
#[derive(Debug)]
pub struct Replay {
    /// Bars that are still to be replayed were all replayed.
    is_over: bool,
}

impl Replay {
    /// Puts the EA on the chart.
    ///
    /// # Errors
    /// When the EA refuses to start.
    pub fn start(terminal: Terminal) -> Result<Self> {
        door::install(terminal);
        // Nothing is on the chart yet; this is what makes it new, and reads its inputs.
        door::remove();
        ensure!(door::init(), "the EA's OnInit failed");
        let replay = Self { is_over: false };
        replay.settle();
        Ok(replay)
    }

    /// One timer, and what the EA hears because of it.
    pub fn timer(&self) {
        door::with(Terminal::pass_timer);
        self.settle();
        door::timer();
        self.settle();
    }

    /// Everything that the terminal has to tell.
    fn settle(&self) {
        while let Some(told) = door::with(Terminal::next_transaction) {
            door::transaction(told);
        }
    }

    fn tick(&self) {
        door::tick();
        self.settle();
        let timers = door::with(|t| t.scenario.timers);
        for _ in 0..timers {
            self.timer();
        }
    }

    /// Timers until the executor is there.
    ///
    /// # Errors
    /// When it does not come.
    pub fn wait_for_executor(&self) -> Result<()> {
        let began = Instant::now();
        while !door::is_watching() {
            ensure!(began.elapsed() < PATIENCE, "no executor has subscribed");
            self.timer();
            door::with(|t| t.sockets.sleep(Duration::from_millis(1)));
        }
        Ok(())
    }

    /// One bar; false when history is over.
    ///
    /// # Errors
    /// When an event of the scenario cannot happen.
    pub fn step(&mut self) -> Result<bool> {
        let is_at_close = door::with(|t| t.broker.is_at_close());
        if is_at_close {
            if !door::with(Terminal::open_bar) {
                self.is_over = true;
                return Ok(false);
            }
            let bar = door::with(|t| t.broker.bar());
            let events = door::with(|t| t.scenario.events.clone());
            for event in events.iter().filter(|event| event.bar == bar) {
                self.happen(&event.command)?;
            }
            self.tick();
        }
        // A process that was killed at the open goes on from there.
        door::with(Terminal::walk);
        self.settle();
        self.tick();
        Ok(true)
    }

    /// All bars.
    ///
    /// # Errors
    /// As [`Replay::step`].
    pub fn run(&mut self) -> Result<()> {
        while self.step()? {}
        Ok(())
    }

    /// Lets something happen, and says how things stand then.
    ///
    /// # Errors
    /// When it cannot happen.
    pub fn happen(&mut self, command: &Command) -> Result<Value> {
        match command {
            Command::Timers { count } => (0..*count).for_each(|_| self.timer()),
            Command::Bars { count } => {
                for _ in 0..*count {
                    if !self.step()? {
                        break;
                    }
                }
            }
            Command::Await => self.wait_for_executor()?,
            Command::Restart => {
                door::remove();
                ensure!(door::init(), "the EA's OnInit failed");
            }
            Command::Reinit { login } => {
                door::stop();
                door::with(|t| t.scenario.login = login.unwrap_or(t.scenario.login));
                ensure!(door::init(), "the EA's OnInit failed");
            }
            Command::State => {}
            Command::Finish => self.finish()?,
            _ => {
                door::with(|t| t.happen(command));
                self.settle();
            }
        }
        Ok(door::with(|t| t.state()))
    }

    /// Takes the EA off the chart and writes what the run leaves.
    ///
    /// # Errors
    /// When the result cannot be written.
    pub fn finish(&mut self) -> Result<()> {
        self.timer();
        door::with(|t| t.is_stopped = true);
        door::remove();
        door::with(|t| match t.scenario.result.clone() {
            Some(path) => t.write_result(&path),
            None => Ok(()),
        })
    }

    /// Does what the lines of `input` say and answers each with a line; between them the timer goes
    /// on. Ends at `finish`, or with the input.
    ///
    /// # Errors
    /// When a line is no command, or cannot be done.
    pub fn obey(
        &mut self,
        input: impl BufRead + Send + 'static,
        mut output: impl Write,
    ) -> Result<()> {
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            for line in input.lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        loop {
            let line = match receive.recv_timeout(Duration::from_millis(1)) {
                Ok(line) => line,
                Err(RecvTimeoutError::Timeout) => {
                    self.timer();
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            let command: Command = serde_json::from_str(&line)?;
            let state = self.happen(&command)?;
            let answer = json!({"done": command, "state": state, "is_over": self.is_over});
            writeln!(output, "{answer}")?;
            output.flush()?;
            if matches!(command, Command::Finish) {
                return Ok(());
            }
        }
    }
}
