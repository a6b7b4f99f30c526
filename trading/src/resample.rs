//! Longer bars from shorter ones.

use crate::{
    bar::{Bar, Bars},
    time::Time,
    timeframe::Timeframe,
    zone::{LocalClock, Zone},
};

/// Builds bars of a higher timeframe one bar at a time, and says when each is closed: as soon as
/// the last bar that can belong to it has closed, or, where that one is missing, when the first
/// bar of a later period has opened. Nothing of an unclosed bar is ever shown.
#[derive(Debug, Clone)]
pub struct Resampler {
    lower: i64,
    higher: Timeframe,
    clock: LocalClock,
    /// End of the current period, on the zone's clock.
    end: i64,
    current: Option<Bar>,
}

/// The higher bars that one lower bar has closed: at most the one before it and its own.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Closed {
    /// The earlier period's bar, closed by the opening of this lower bar.
    pub before: Option<Bar>,
    /// This lower bar's own period, closed with it.
    pub with: Option<Bar>,
}

impl Resampler {
    /// Makes bars of `higher` from bars of `lower`. Days, weeks and months begin in `zone`.
    pub const fn new(lower: Timeframe, higher: Timeframe, zone: Zone) -> Self {
        Self {
            lower: lower.millis(),
            higher,
            clock: LocalClock::new(zone),
            end: i64::MIN,
            current: None,
        }
    }

    /// Takes the next closed lower bar.
    pub fn push(&mut self, bar: Bar) -> Closed {
        let local = self.clock.local(bar.time);
        let mut closed = Closed::default();
        if local.0 >= self.end {
            closed.before = self.current.take();
        }
        match &mut self.current {
            None => {
                let (start, end) = self.higher.period(local);
                self.end = end.0;
                self.current = Some(Bar {
                    // The period's opening time, back on the clock of the data.
                    time: Time(bar.time.0 - (local.0 - start.0)),
                    ..bar
                });
            }
            Some(current) => {
                if bar.high > current.high {
                    current.high = bar.high;
                }
                if bar.low < current.low {
                    current.low = bar.low;
                }
                current.close = bar.close;
                current.tick_volume += bar.tick_volume;
                if bar.spread > current.spread {
                    current.spread = bar.spread;
                }
            }
        }
        if local.0 + self.lower >= self.end {
            closed.with = self.current.take();
        }
        closed
    }

    /// The bar whose period has not ended.
    pub fn finish(self) -> Option<Bar> {
        self.current
    }
}

/// All of `bars`, of timeframe `lower`, as bars of `higher`. The last one may be of a period that
/// had not ended.
pub fn resample(bars: &Bars, lower: Timeframe, higher: Timeframe, zone: Zone) -> Bars {
    let mut resampler = Resampler::new(lower, higher, zone);
    let mut out = Bars::default();
    for bar in bars.iter() {
        let closed = resampler.push(bar);
        for bar in [closed.before, closed.with].into_iter().flatten() {
            out.push(bar);
        }
    }
    if let Some(bar) = resampler.finish() {
        out.push(bar);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::HOUR;

    fn bar(hour: i64, price: f64) -> Bar {
        Bar {
            time: Time(hour * HOUR),
            open: price,
            high: price + 1.0,
            low: price - 1.0,
            close: price + 0.5,
            tick_volume: 10.0,
            spread: 2.0,
        }
    }

    #[test]
    fn four_hours_close_with_the_last_of_them() {
        let mut r = Resampler::new(Timeframe::H1, Timeframe::H4, Zone::utc());
        for hour in 0..3 {
            assert_eq!(r.push(bar(hour, 100.0 + hour as f64)), Closed::default());
        }
        let closed = r.push(bar(3, 90.0)).with.unwrap();
        assert_eq!(
            (
                closed.open,
                closed.high,
                closed.low,
                closed.close,
                closed.tick_volume
            ),
            (100.0, 103.0, 89.0, 90.5, 40.0)
        );
    }

    #[test]
    fn a_gap_closes_the_bar_when_the_next_period_opens() {
        let mut r = Resampler::new(Timeframe::H1, Timeframe::H4, Zone::utc());
        r.push(bar(0, 100.0));
        let closed = r.push(bar(7, 110.0));
        assert_eq!(closed.before.unwrap().close, 100.5);
        let own = closed.with.unwrap();
        assert_eq!((own.time, own.open), (Time(4 * HOUR), 110.0));
    }

    #[test]
    fn days_begin_in_the_zone() {
        let bars: Bars = (0..48).map(|h| bar(h, 100.0 + h as f64)).collect();
        let days = resample(
            &bars,
            Timeframe::H1,
            Timeframe::D1,
            Zone::parse("Asia/Jakarta").unwrap(),
        );
        // Jakarta is UTC+7: its day ends at 17:00 UTC.
        assert_eq!(days.len(), 3);
        assert_eq!(days.time[1], 17 * HOUR);
        assert_eq!(days.open[1], 117.0);
        assert_eq!(days.tick_volume, vec![170.0, 240.0, 70.0]);
    }
}
