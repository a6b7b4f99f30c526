//! Average directional movement index with its two directional indicators.
//!
//! A bar moves up by `high - high'` and down by `low' - low`; only the larger of the two counts,
//! and only above 0. `+di` and `-di` are the smoothed moves in percent of the smoothed true range,
//! `dx = 100 * |+di - -di| / (+di + -di)`, and the ADX is the smoothed dx.
//!
//! - `wilder`: sums `s = s' * (n - 1) / n + x` that start with the plain sums of bars 1 to n-1;
//!   +DI and -DI from bar n; the first ADX, at bar 2n-1, is the mean of n dx, then
//!   `adx = adx' * (n - 1) / n + dx / n` (Wilder 1978; TA-Lib's ADX, PLUS_DI and MINUS_DI). A bar
//!   without any smoothed move leaves the ADX as it is.
//! - `mt5`: each bar's moves in percent of that bar's true range, then EMAs that start from 0; +DI
//!   and -DI drawn from bar n, ADX from bar 2n (MetaTrader 5's iADX, as in its ADX.mq5).
//! - `mt5_wilder`: `(s' * (n - 1) + x) / n` from 0 at bar n; +DI and -DI drawn from bar n+1, ADX
//!   from bar 2n (MetaTrader 5's iADXWilder, as in its ADXW.mq5).
//!
//! The `wilder` method leaves +DI and -DI as NaN where nobody wants them: their divisions are most
//! of its work.

use super::{
    Candle, Choice, ChoiceValue, Columns, Definition, Indicator, Input, InputKind, Output,
    Parameter, Placement, Settings, Text, atr::true_range, boxed, extend_by_update,
    lanes::vectorised,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "adx",
    name: "ADX",
    summary: Text {
        en: "How strong the trend is, whatever its direction; +DI and -DI tell the direction.",
        id: "Seberapa kuat tren, ke mana pun arahnya; +DI dan -DI menunjukkan arahnya.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 2)],
    choices: &[Choice {
        name: "method",
        values: &[
            ChoiceValue {
                name: "wilder",
                summary: Text {
                    en: "Wilder's sums, as TA-Lib does",
                    id: "jumlah Wilder, seperti TA-Lib",
                },
                is_mt5: false,
            },
            ChoiceValue {
                name: "mt5",
                summary: Text {
                    en: "exponential smoothing, as MetaTrader 5 draws its ADX",
                    id: "penghalusan eksponensial, seperti ADX yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
            ChoiceValue {
                name: "mt5_wilder",
                summary: Text {
                    en: "Wilder's smoothing, as MetaTrader 5 draws its ADX Wilder",
                    id: "penghalusan Wilder, seperti ADX Wilder yang digambar MetaTrader 5",
                },
                is_mt5: true,
            },
        ],
    }],
    outputs: &[
        Output {
            name: "adx",
            label: Text {
                en: "ADX",
                id: "ADX",
            },
        },
        Output {
            name: "plus_di",
            label: Text {
                en: "+DI",
                id: "+DI",
            },
        },
        Output {
            name: "minus_di",
            label: Text {
                en: "-DI",
                id: "-DI",
            },
        },
    ],
    placement: Placement::Pane,
    build: |s: &Settings| {
        let period = s.period("period");
        match s.choice("method") {
            "mt5" => boxed(AdxMt5::new(period)),
            "mt5_wilder" => boxed(AdxWilderMt5::new(period)),
            _ => boxed(Adx::new(period, s.wants(1) || s.wants(2))),
        }
    },
    warm_up: |s| {
        let n = s.period("period");
        match s.choice("method") {
            "wilder" => 2 * n - 1,
            _ => 2 * n,
        }
    },
};

/// The moves up and down from one bar's (high, low) to the next, at most one of them above 0.
/// Selections between a value and 0 become masks, where branches would be guessed wrong half the
/// time.
#[inline(always)]
fn moves(before: (f64, f64), now: (f64, f64)) -> (f64, f64) {
    let up = above_zero(now.0 - before.0);
    let down = above_zero(before.1 - now.1);
    (
        if up > down { up } else { 0.0 },
        if down > up { down } else { 0.0 },
    )
}

#[inline(always)]
fn above_zero(x: f64) -> f64 {
    if x > 0.0 { x } else { 0.0 }
}

/// `100 * part / whole`, 0 where there is no whole.
#[inline(always)]
fn percent(part: f64, whole: f64) -> f64 {
    if whole != 0.0 {
        100.0 * part / whole
    } else {
        0.0
    }
}

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

/// The `mt5` method, in the order of operations of ADX.mq5.
#[derive(Debug, Clone)]
pub struct AdxMt5 {
    period: usize,
    weight: f64,
    plus: f64,
    minus: f64,
    adx: f64,
    before: Candle,
    /// Bars seen, up to 2n + 1.
    seen: usize,
}

impl AdxMt5 {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            period,
            weight: 2.0 / (period as f64 + 1.0),
            plus: 0.0,
            minus: 0.0,
            adx: 0.0,
            before: Candle::default(),
            seen: 0,
        }
    }

    #[inline(always)]
    fn smooth(&self, before: f64, x: f64) -> f64 {
        x * self.weight + before * (1.0 - self.weight)
    }
}

impl Indicator for AdxMt5 {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let index = self.seen;
        self.seen = (index + 1).min(2 * self.period + 1);
        if index > 0 {
            let (up, down) = moves((self.before.high, self.before.low), (bar.high, bar.low));
            let range = true_range(&bar, self.before.close);
            self.plus = self.smooth(self.plus, percent(up, range));
            self.minus = self.smooth(self.minus, percent(down, range));
            let sum = self.plus + self.minus;
            let dx = if sum != 0.0 {
                100.0 * ((self.plus - self.minus) / sum).abs()
            } else {
                0.0
            };
            self.adx = self.smooth(self.adx, dx);
        }
        self.before = bar;
        drawn(
            [self.adx, self.plus, self.minus],
            index >= 2 * self.period,
            index >= self.period,
        )
    }
}

/// The `mt5_wilder` method, in the order of operations of ADXW.mq5.
#[derive(Debug, Clone)]
pub struct AdxWilderMt5 {
    period: usize,
    up: f64,
    down: f64,
    range: f64,
    adx: f64,
    before: Candle,
    /// Bars seen, up to 2n + 1.
    seen: usize,
}

impl AdxWilderMt5 {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            period,
            up: 0.0,
            down: 0.0,
            range: 0.0,
            adx: 0.0,
            before: Candle::default(),
            seen: 0,
        }
    }

    #[inline(always)]
    fn smooth(&self, before: f64, x: f64) -> f64 {
        let n = self.period as f64;
        (before * (n - 1.0) + x) / n
    }
}

impl Indicator for AdxWilderMt5 {
    type Input = Candle;
    type Output = [f64; 3];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 3] {
        let index = self.seen;
        self.seen = (index + 1).min(2 * self.period + 1);
        let (mut plus, mut minus) = (0.0, 0.0);
        if index >= self.period {
            let (up, down) = moves((self.before.high, self.before.low), (bar.high, bar.low));
            self.up = self.smooth(self.up, up);
            self.down = self.smooth(self.down, down);
            self.range = self.smooth(self.range, true_range(&bar, self.before.close));
            plus = percent(self.up, self.range);
            minus = percent(self.down, self.range);
            let dx = percent((plus - minus).abs(), plus + minus);
            self.adx = self.smooth(self.adx, dx);
        }
        self.before = bar;
        drawn(
            [self.adx, plus, minus],
            index >= 2 * self.period,
            index > self.period,
        )
    }
}

/// The values that MetaTrader draws; NaN for the others.
#[inline(always)]
fn drawn([adx, plus, minus]: [f64; 3], draws_adx: bool, draws_di: bool) -> [f64; 3] {
    let shown = |value, is_drawn| if is_drawn { value } else { f64::NAN };
    [
        shown(adx, draws_adx),
        shown(plus, draws_di),
        shown(minus, draws_di),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(high: f64, low: f64) -> Candle {
        Candle {
            open: low,
            high,
            low,
            close: (high + low) / 2.0,
            volume: 1.0,
        }
    }

    #[test]
    fn only_the_larger_move_counts_and_only_above_zero() {
        let before = (10.0, 8.0);
        assert_eq!(moves(before, (12.0, 7.0)), (2.0, 0.0));
        assert_eq!(moves(before, (11.0, 6.0)), (0.0, 2.0));
        assert_eq!(moves(before, (11.0, 7.0)), (0.0, 0.0));
        assert_eq!(moves(before, (9.0, 8.5)), (0.0, 0.0));
    }

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
    fn a_flat_market_has_no_direction() {
        let flat = bar(5.0, 5.0);
        let mut all = [
            boxed(Adx::new(3, true)),
            boxed(AdxMt5::new(3)),
            boxed(AdxWilderMt5::new(3)),
        ];
        let day_bar = super::super::DayCandle {
            candle: flat,
            day: 0,
        };
        for adx in &mut all {
            let mut row = [f64::NAN; 3];
            for _ in 0..9 {
                adx.update(&day_bar, f64::NAN, &mut row);
            }
            assert_eq!(row, [0.0; 3]);
        }
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
