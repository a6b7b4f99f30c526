//! The terminal's clocks. The market's time is that of the history; what only runs forward is the
//! machine's, and can be put forward, so that no test has to wait.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

/// How far a clock of ours goes on whenever it is looked at, so that who waits for it waits in vain
/// for a while only.
const STEP: Duration = Duration::from_micros(50);

#[derive(Debug)]
pub(crate) struct Clock {
    began: Instant,
    /// How often it was looked at, where it is not the machine's.
    looks: Option<Cell<u32>>,
    /// How far the forward clock was put forward.
    ahead: Duration,
    /// The market's time, milliseconds UTC.
    market_ms: i64,
    /// How far the trade server's clock is ahead of UTC.
    offset_ms: i64,
    /// How wrong the machine's clock is.
    shift_ms: i64,
}

impl Clock {
    pub(crate) fn new(offset_ms: i64) -> Self {
        Self {
            began: Instant::now(),
            looks: None,
            ahead: Duration::ZERO,
            market_ms: 0,
            offset_ms,
            shift_ms: 0,
        }
    }

    /// From now on time passes only where it is looked at or put forward: the same in every run.
    pub(crate) fn take_over(&mut self) {
        self.looks = Some(Cell::new(0));
    }

    pub(crate) fn is_ours(&self) -> bool {
        self.looks.is_some()
    }

    pub(crate) fn set_market(&mut self, utc_ms: i64) {
        self.market_ms = utc_ms;
    }

    pub(crate) fn set_offset(&mut self, offset_ms: i64) {
        self.offset_ms = offset_ms;
    }

    pub(crate) fn set_shift(&mut self, shift_ms: i64) {
        self.shift_ms = shift_ms;
    }

    /// Puts the forward clock forward.
    pub(crate) fn advance(&mut self, by: Duration) {
        self.ahead += by;
    }

    pub(crate) fn ticking(&self) -> Duration {
        // Not from zero: a machine has run for a while when a terminal starts.
        let passed = match &self.looks {
            Some(looks) => {
                looks.set(looks.get().saturating_add(1));
                STEP * looks.get()
            }
            None => self.began.elapsed(),
        };
        Duration::from_secs(100) + passed + self.ahead
    }

    /// The trade server's time, in its own zone.
    pub(crate) fn server_ms(&self) -> i64 {
        self.market_ms + self.offset_ms
    }

    pub(crate) fn to_server(&self, utc_ms: i64) -> i64 {
        utc_ms + self.offset_ms
    }

    /// UTC as the machine believes it.
    pub(crate) fn machine_ms(&self) -> i64 {
        self.market_ms + self.shift_ms
    }

    /// `TimeTradeServer`: the terminal reckons it from the machine's clock.
    pub(crate) fn reckoned_server_ms(&self) -> i64 {
        self.server_ms() + self.shift_ms
    }
}
