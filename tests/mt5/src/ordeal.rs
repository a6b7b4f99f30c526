//! The EA in the hands of whoever plays the other end of its connection byte by byte: no network, no
//! waiting, the same in every run.

use crate::{door, scenario::Scenario, terminal::Terminal};
use anyhow::{Context, Result, ensure};
use backtest::venue::{Mode, Venue};
use serde_json::json;
use std::{cell::RefCell, time::Duration};
use trading::{
    bar::{Bar, Bars},
    time::Time,
    timeframe::Timeframe,
};

/// Bars of its market.
const BARS: i64 = 40;
/// One that was opened by somebody else and has no stop.
const FOREIGN: i64 = 77;
/// The magic number of the EA's own positions.
const OWN: i64 = 47_855;

/// The EA's inputs that are its ceilings.
pub const MAX_VOLUME: f64 = 0.5;
/// As [`MAX_VOLUME`].
pub const MAX_POSITIONS: usize = 3;

thread_local! {
    /// The market is made once: what a terminal is needs its whole life.
    static FIRST: RefCell<Option<Terminal>> = const { RefCell::new(None) };
}

/// A terminal with the EA on its chart, connected. There is one on a thread at a time.
#[derive(Debug)]
pub struct Ordeal(());

/// An open position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Open {
    /// Whether the EA opened it.
    pub is_own: bool,
    /// Lots.
    pub volume: f64,
    /// 0 is none.
    pub stop: f64,
}

impl Ordeal {
    /// A new account, on which somebody else holds a position, and an EA that knows nothing yet.
    ///
    /// # Errors
    /// When the terminal does not start.
    pub fn begin(secret: &str) -> Result<Self> {
        let mut terminal = FIRST.with_borrow_mut(|first| match first {
            Some(first) => first.anew(),
            None => {
                let made = Terminal::with(scenario(secret)?, bars())?;
                let fresh = made.anew();
                *first = Some(made);
                fresh
            }
        })?;
        terminal.is_quiet = true;
        terminal.clock.take_over();
        terminal.sockets.unplug();
        door::install(terminal);
        let ordeal = Self(());
        ordeal.bar();
        door::with(|t| {
            t.happen(&crate::command::Command::Foreign {
                side: 0,
                volume: 0.1,
                magic: FOREIGN,
            });
        });
        door::remove();
        ensure!(door::init(), "the EA's OnInit failed");
        ordeal.timer();
        ensure!(ordeal.is_connected(), "the EA did not connect");
        Ok(ordeal)
    }

    /// Bytes arrive where the EA reads. None where it has ended the connection.
    pub fn tell(&self, bytes: &[u8]) {
        door::with(|t| {
            if let Some(wire) = t.sockets.wire() {
                wire.heard.extend(bytes);
            }
        });
    }

    /// How many bytes lie there that the EA has not taken.
    pub fn untaken(&self) -> usize {
        door::with(|t| t.sockets.wire().map_or(0, |wire| wire.heard.len()))
    }

    /// What the EA said since the last call.
    pub fn hear(&self) -> Vec<u8> {
        door::with(|t| t.sockets.wire().map(|wire| std::mem::take(&mut wire.said)))
            .unwrap_or_default()
    }

    /// Whether the EA keeps the connection.
    pub fn is_connected(&self) -> bool {
        door::with(|t| t.sockets.wire().is_some())
    }

    /// A timer, and what follows from it.
    pub fn timer(&self) {
        door::with(Terminal::pass_timer);
        self.settle();
        door::timer();
        self.settle();
    }

    /// A tick, at the open of the next bar or at the close of this one, as long as there are bars.
    pub fn tick(&self) {
        self.bar();
        self.settle();
        door::tick();
        self.settle();
    }

    /// So much time passes.
    pub fn wait(&self, ms: u64) {
        door::with(|t| t.clock.advance(Duration::from_millis(ms)));
    }

    /// All open positions.
    pub fn positions(&self) -> Vec<Open> {
        let positions = door::with(|t| t.positions());
        let shown = positions.into_iter().map(|position| Open {
            is_own: position.magic == OWN,
            volume: position.volume,
            stop: position.stop,
        });
        shown.collect()
    }

    /// What happened is told, as long as something happens.
    fn settle(&self) {
        while let Some(told) = door::with(Terminal::next_transaction) {
            door::transaction(told);
        }
    }

    fn bar(&self) {
        door::with(|t| {
            if !t.broker.is_at_close() {
                t.walk();
            } else {
                t.open_bar();
            }
        });
    }
}

fn scenario(secret: &str) -> Result<Scenario> {
    let symbol = Scenario::default().symbol;
    let mut venue = Venue::typical(&symbol).context("a known symbol")?;
    venue.account.mode = Mode::Hedging;
    let inputs = [
        ("PairingKey", json!(secret)),
        ("MagicNumber", json!(OWN)),
        ("MaxVolume", json!(MAX_VOLUME)),
        ("MaxPositions", json!(MAX_POSITIONS)),
    ];
    Ok(Scenario {
        timeframe: Some(Timeframe::M1),
        venue: Some(venue),
        others: vec!["EURUSD".to_owned()],
        first: 2,
        inputs: inputs.map(|(name, value)| (name.to_owned(), value)).into(),
        loads_history: false,
        speculates: false,
        ..Scenario::default()
    })
}

/// Prices that go up and down by a little, so that stops and targets are hit.
fn bars() -> Bars {
    let bar = |minute: i64| {
        let open = 2_000.0 + (minute * 7 % 11) as f64;
        Bar {
            time: Time(1_700_000_000_000 / 60_000 * 60_000 + minute * 60_000),
            open,
            high: open + 6.0,
            low: open - 6.0,
            close: open + 1.0,
            tick_volume: 50.0,
            spread: 20.0,
        }
    };
    (0..BARS).map(bar).collect()
}
