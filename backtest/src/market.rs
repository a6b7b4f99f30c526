//! History as a broker shows it: bid and ask, and the nights between bars.

use crate::venue::{Spread, Venue};
use trading::{
    bar::Bars,
    time::{DAY, Time, weekday_of},
    zone::{LocalClock, Zone},
};

/// Bars with the ask beside the bid. Made once and shared by all runs over the same history.
#[derive(Debug)]
pub struct Market<'a> {
    /// The bars; their prices are bid prices.
    pub bars: &'a Bars,
    /// Ask prices; `None` where there is no spread, and the ask is the bid.
    ask: Option<Prices>,
    /// For each bar, the nights of interest before it since the first bar; empty without swap.
    nights: Vec<i32>,
    spread: Spread,
}

#[derive(Debug)]
struct Prices {
    open: Vec<f64>,
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
}

/// One side's prices.
#[derive(Debug, Clone, Copy)]
pub struct Quotes<'a> {
    /// First prices.
    pub open: &'a [f64],
    /// Highest prices.
    pub high: &'a [f64],
    /// Lowest prices.
    pub low: &'a [f64],
    /// Last prices.
    pub close: &'a [f64],
}

impl<'a> Market<'a> {
    /// History as the venue's broker shows it. A venue that does not pass
    /// [`Venue::check`] counts nights in UTC.
    pub fn new(bars: &'a Bars, venue: &Venue) -> Self {
        let point = venue.symbol.point();
        let ask = match venue.costs.spread {
            Spread::Fixed(0.0) => None,
            Spread::Fixed(points) => {
                let distance = points * point;
                let raise = |prices: &[f64]| prices.iter().map(|p| p + distance).collect();
                Some(Prices::of(bars, raise))
            }
            Spread::Bars { least } => {
                let raise = |prices: &[f64]| {
                    let pairs = prices.iter().zip(&bars.spread);
                    pairs
                        .map(|(p, spread)| p + at_least(*spread, least) * point)
                        .collect()
                };
                Some(Prices::of(bars, raise))
            }
        };
        let swap = &venue.costs.swap;
        let nights = if swap.long == 0.0 && swap.short == 0.0 {
            Vec::new()
        } else {
            let zone = Zone::parse(&swap.time_zone).unwrap_or_else(|_| Zone::utc());
            nights(bars, zone, swap.triple_night.index())
        };
        Self {
            bars,
            ask,
            nights,
            spread: venue.costs.spread,
        }
    }

    /// The spread of a bar in points.
    pub fn spread(&self, bar: usize) -> f64 {
        match self.spread {
            Spread::Fixed(points) => points,
            Spread::Bars { least } => at_least(self.bars.spread[bar], least),
        }
    }

    /// Number of bars.
    pub fn len(&self) -> usize {
        self.bars.len()
    }

    /// Whether there is no bar.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }

    /// What is received when selling.
    pub fn bid(&self) -> Quotes<'_> {
        Quotes {
            open: &self.bars.open,
            high: &self.bars.high,
            low: &self.bars.low,
            close: &self.bars.close,
        }
    }

    /// What is paid when buying.
    pub fn ask(&self) -> Quotes<'_> {
        match &self.ask {
            None => self.bid(),
            Some(ask) => Quotes {
                open: &ask.open,
                high: &ask.high,
                low: &ask.low,
                close: &ask.close,
            },
        }
    }

    /// Nights of interest between two bars, the triple one counted three times.
    #[inline]
    pub fn nights(&self, from: u32, to: u32) -> i32 {
        match self.nights.as_slice() {
            [] => 0,
            nights => nights[to as usize] - nights[from as usize],
        }
    }

    /// Whether any night costs or brings interest.
    pub fn has_swap(&self) -> bool {
        !self.nights.is_empty()
    }
}

fn at_least(spread: f64, least: f64) -> f64 {
    if spread > least { spread } else { least }
}

impl Prices {
    fn of(bars: &Bars, raise: impl Fn(&[f64]) -> Vec<f64>) -> Self {
        Self {
            open: raise(&bars.open),
            high: raise(&bars.high),
            low: raise(&bars.low),
            close: raise(&bars.close),
        }
    }
}

/// For each bar the nights since the first. The night that begins a weekday counts once, the
/// triple one three times, and those that begin Saturday and Sunday not at all: seven a week.
fn nights(bars: &Bars, zone: Zone, triple: usize) -> Vec<i32> {
    let mut clock = LocalClock::new(zone);
    let mut total = 0;
    let mut day = None;
    let mut midnight = i64::MIN;
    bars.time
        .iter()
        .map(|time| {
            let local = clock.local(Time(*time)).0;
            // Mostly the same day as the bar before: then nothing is divided.
            if local >= midnight {
                let today = local.div_euclid(DAY);
                midnight = (today + 1) * DAY;
                let mut passed = day.unwrap_or(today);
                while passed < today {
                    total += match weekday_of(passed) {
                        5 | 6 => 0,
                        weekday if weekday == triple => 3,
                        _ => 1,
                    };
                    passed += 1;
                }
                day = Some(today);
            }
            total
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trading::{bar::Bar, time::HOUR};

    #[test]
    fn a_week_has_seven_nights_and_the_triple_one_is_wednesday() {
        // 2024-01-01 was a Monday. One bar at each noon, two weeks.
        let start = Time::from_civil(2024, 1, 1, 12, 0, 0).0;
        let bars: Bars = (0..14)
            .map(|day| Bar {
                time: Time(start + day * 24 * HOUR),
                ..Bar::default()
            })
            .collect();
        let nights = nights(&bars, Zone::utc(), 2);
        assert_eq!(nights[..8], [0, 1, 2, 5, 6, 7, 7, 7]);
        assert_eq!(nights[13], 14);
    }
}
