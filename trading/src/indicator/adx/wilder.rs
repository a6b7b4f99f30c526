//! The `wilder` method: sums from bar to bar, as in Wilder's book and TA-Lib.

use super::{moves, percent};
use crate::indicator::{
    Candle, Columns, Indicator, Input, atr::true_range, extend_by_update, lanes::vectorised,
};

/// The `wilder` method.
#[derive(Debug, Clone)]
pub struct Adx {
    period: usize,
    trend: Trend,
    wants_di: bool,
    /// Sum of true ranges, for the directional indicators only.
    range: f64,
    before: Candle,
    /// Bars seen, up to the first ADX.
    seen: usize,
}

/// Sums of moves and the ADX: all that a bar changes while nobody wants the directional indicators.
#[derive(Debug, Clone)]
struct Trend {
    /// What stays of a sum from bar to bar; the weight of the newest dx, for dx as a fraction.
    keep: f64,
    share: f64,
    up: f64,
    down: f64,
    adx: f64,
}

impl Trend {
    #[inline(always)]
    fn smooth(&mut self, (up, down): (f64, f64)) {
        self.up = self.up * self.keep + up;
        self.down = self.down * self.keep + down;
    }

    /// The weighed dx, none where nothing moved.
    #[inline(always)]
    fn dx(&self) -> Option<f64> {
        let sum = self.up + self.down;
        (sum > 0.0).then(|| (self.up - self.down).abs() / sum * self.share)
    }

    #[inline(always)]
    fn step(&mut self, moves: (f64, f64)) -> f64 {
        self.smooth(moves);
        if let Some(dx) = self.dx() {
            self.adx = self.adx * self.keep + dx;
        }
        self.adx
    }
}

/// Bars whose moves, and whose dx, are computed together.
const PIECE: usize = 64;

impl Trend {
    /// Many bars at once, the same to the last bit as one step for each. What does not depend on
    /// the bar before, moves and divisions, is done for a piece of bars in vector registers. The
    /// two recursions, the sums of one piece and the ADX of the piece before, share a loop, so that
    /// neither waits for the other.
    fn run(&mut self, mut before: (f64, f64), high: &[f64], low: &[f64], out: &mut [f64]) {
        let mut ups = [0.0; PIECE];
        let mut downs = [0.0; PIECE];
        let mut dx = [0.0; PIECE];
        // What stays of the ADX: all of it where nothing moved.
        let mut keeps = [0.0; PIECE];
        let (keep, share) = (self.keep, self.share);
        let (mut up, mut down, mut adx) = (self.up, self.down, self.adx);
        let mut pieces = high.chunks(PIECE).zip(low.chunks(PIECE));
        let mut rest = out;
        let mut waiting = 0;
        loop {
            let piece = pieces.next();
            let len = piece.map_or(0, |(high, _)| high.len());
            if let Some((high, low)) = piece {
                vectorised(
                    #[inline(always)]
                    || all_moves(before, high, low, &mut ups, &mut downs),
                );
                before = (high[len - 1], low[len - 1]);
            }
            let (now, later) = rest.split_at_mut(waiting);
            rest = later;
            let shared = if len < waiting { len } else { waiting };
            for i in 0..shared {
                up = up * keep + ups[i];
                down = down * keep + downs[i];
                (ups[i], downs[i]) = (up, down);
                adx = adx * keeps[i] + dx[i];
                now[i] = adx;
            }
            for i in shared..len {
                up = up * keep + ups[i];
                down = down * keep + downs[i];
                (ups[i], downs[i]) = (up, down);
            }
            for i in shared..waiting {
                adx = adx * keeps[i] + dx[i];
                now[i] = adx;
            }
            if len == 0 {
                break;
            }
            vectorised(
                #[inline(always)]
                || {
                    for i in 0..PIECE {
                        let sum = ups[i] + downs[i];
                        let part = (ups[i] - downs[i]).abs() / sum * share;
                        let moved = sum > 0.0;
                        dx[i] = if moved { part } else { 0.0 };
                        keeps[i] = if moved { keep } else { 1.0 };
                    }
                },
            );
            waiting = len;
        }
        (self.up, self.down, self.adx) = (up, down, adx);
    }
}

/// The moves of a run of bars that is not empty, after a bar with this (high, low).
#[inline(always)]
fn all_moves(
    before: (f64, f64),
    high: &[f64],
    low: &[f64],
    ups: &mut [f64; PIECE],
    downs: &mut [f64; PIECE],
) {
    let len = high.len();
    let (low, ups, downs) = (&low[..len], &mut ups[..len], &mut downs[..len]);
    (ups[0], downs[0]) = moves(before, (high[0], low[0]));
    for i in 1..len {
        (ups[i], downs[i]) = moves((high[i - 1], low[i - 1]), (high[i], low[i]));
    }
}

impl Adx {
    /// Over `period` bars; +DI and -DI only if they are wanted.
    pub fn new(period: usize, wants_di: bool) -> Self {
        let n = period as f64;
        Self {
            period,
            trend: Trend {
                keep: (n - 1.0) / n,
                share: 100.0 / n,
                up: 0.0,
                down: 0.0,
                adx: 0.0,
            },
            wants_di,
            range: 0.0,
            before: Candle::default(),
            seen: 0,
        }
    }

    #[inline(always)]
    fn is_warm(&self) -> bool {
        self.seen == 2 * self.period
    }

    #[inline(always)]
    fn moves(&self, bar: &Candle) -> (f64, f64) {
        moves((self.before.high, self.before.low), (bar.high, bar.low))
    }

    /// The directional indicators, where they are wanted.
    #[inline(always)]
    fn indicators(&mut self, bar: &Candle) -> (f64, f64) {
        if !self.wants_di {
            return (f64::NAN, f64::NAN);
        }
        self.range = self.range * self.trend.keep + true_range(bar, self.before.close);
        (
            percent(self.trend.up, self.range),
            percent(self.trend.down, self.range),
        )
    }

    /// Bars 0 to 2n-1: plain sums, then smoothed sums whose dx are averaged. By value, so that the
    /// state of the loop around it can live in registers.
    #[cold]
    fn warm(mut self, bar: Candle) -> (Self, [f64; 3]) {
        let values = self.warm_step(&bar);
        (self, values)
    }

    fn warm_step(&mut self, bar: &Candle) -> [f64; 3] {
        let index = self.seen;
        self.seen += 1;
        if index == 0 {
            return [f64::NAN; 3];
        }
        let moves = self.moves(bar);
        if index < self.period {
            self.trend.up += moves.0;
            self.trend.down += moves.1;
            self.range += true_range(bar, self.before.close);
            return [f64::NAN; 3];
        }
        self.trend.smooth(moves);
        self.trend.adx += self.trend.dx().unwrap_or(0.0);
        let adx = if self.is_warm() {
            self.trend.adx
        } else {
            f64::NAN
        };
        let (plus, minus) = self.indicators(bar);
        [adx, plus, minus]
    }
}

impl Indicator for Adx {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let values = if self.is_warm() {
            let adx = self.trend.step(self.moves(&bar));
            let (plus, minus) = self.indicators(&bar);
            [adx, plus, minus]
        } else {
            let (warmer, values) = self.clone().warm(bar);
            *self = warmer;
            values
        };
        self.before = bar;
        values
    }

    /// Where nobody wants the directional indicators, their columns are left alone and a bar is
    /// its high and low.
    fn extend(&mut self, columns: &Columns<'_>, out: &mut [&mut [f64]]) {
        if self.wants_di {
            return extend_by_update(self, columns, out);
        }
        let len = columns.len();
        let mut from = 0;
        while from < len && !self.is_warm() {
            [out[0][from], ..] = self.update(Candle::read(columns, from));
            from += 1;
        }
        if from == len {
            return;
        }
        let before = (self.before.high, self.before.low);
        let (high, low) = (&columns.high[from..len], &columns.low[from..len]);
        self.trend.run(before, high, low, &mut out[0][from..len]);
        self.before = Candle::read(columns, len - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::adx::tests::bar;

    #[test]
    fn wilder_by_hand() {
        // n = 2. Moves: up 2, down 1, up 2, up 2; true ranges 3, 2, 3, 3.
        let mut adx = Adx::new(2, true);
        let bars = [
            bar(10.0, 8.0),
            bar(12.0, 10.0),
            bar(11.0, 9.0),
            bar(13.0, 11.0),
            bar(15.0, 13.0),
        ];
        let rows: Vec<[f64; 3]> = bars.iter().map(|b| adx.update(*b)).collect();
        assert!(rows[1].iter().all(|x| x.is_nan()));
        // Bar 2: up 2/2 = 1, down 1, range 3/2 + 2 = 3.5; dx 0.
        assert!(rows[2][0].is_nan());
        assert_eq!(rows[2][1], 100.0 / 3.5);
        // Bar 3: up 2.5, down 0.5, dx 100 * 2 / 3; the mean of both dx is the first ADX.
        assert!((rows[3][0] - 100.0 / 3.0).abs() < 1e-12);
        // Bar 4: up 3.25, down 0.25, dx 100 * 3 / 3.5.
        assert!((rows[4][0] - (100.0 / 6.0 + 150.0 / 3.5)).abs() < 1e-12);
    }

    #[test]
    fn unwanted_indicators_do_not_change_the_adx() {
        let (mut with, mut without) = (Adx::new(3, true), Adx::new(3, false));
        for i in 0..50 {
            let high = 100.0 + f64::from(i * 7 % 11);
            let b = bar(high, high - 1.0 - f64::from(i % 3));
            let (a, b) = (with.update(b), without.update(b));
            assert_eq!(a[0].to_bits(), b[0].to_bits());
            assert!(b[1].is_nan() && b[2].is_nan());
        }
    }

    #[test]
    fn both_faces_agree_without_the_unwanted_indicators() {
        let high: Vec<f64> = (0..40).map(|i| 100.0 + f64::from(i * 7 % 11)).collect();
        let low: Vec<f64> = high.iter().map(|x| x - 1.5).collect();
        let columns = Columns {
            open: &low,
            high: &high,
            low: &low,
            close: &high,
            volume: &low,
            ..Columns::default()
        };
        let mut one = Adx::new(3, false);
        let expected: Vec<u64> = (0..40)
            .map(|i| one.update(Candle::read(&columns, i))[0].to_bits())
            .collect();
        for cut in [0, 3, 6, 20, 40] {
            let mut adx = Adx::new(3, false);
            let mut values = [0.0; 40];
            for (from, to) in [(0, cut), (cut, 40)] {
                let (mut plus, mut minus) = ([], []);
                let out = &mut [&mut values[from..to], &mut plus[..], &mut minus[..]];
                adx.extend(&columns.range(from, to), out);
            }
            assert!(
                values
                    .iter()
                    .map(|x| x.to_bits())
                    .eq(expected.iter().copied())
            );
        }
    }
}
