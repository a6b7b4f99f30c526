//! The terminal's clocks. The market's time is that of the history; what only runs forward is the
//! machine's, and can be put forward, so that no test has to wait.

use std::time::{Duration, Instant};

#[derive(Debug)]
pub(crate) struct Clock {
    began: Instant,
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
            ahead: Duration::ZERO,
            market_ms: 0,
            offset_ms,
            shift_ms: 0,
        }
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
        Duration::from_secs(100) + self.began.elapsed() + self.ahead
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
