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

mod mt5;
mod mt5_wilder;
mod wilder;

pub use mt5::AdxMt5;
pub use mt5_wilder::AdxWilderMt5;
pub use wilder::Adx;

use super::{
    Choice, ChoiceValue, Definition, InputKind, Output, Parameter, Placement, Settings, Text, boxed,
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
    use crate::indicator::{Candle, DayCandle};

    pub(super) fn bar(high: f64, low: f64) -> Candle {
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
    fn a_flat_market_has_no_direction() {
        let flat = bar(5.0, 5.0);
        let mut all = [
            boxed(Adx::new(3, true)),
            boxed(AdxMt5::new(3)),
            boxed(AdxWilderMt5::new(3)),
        ];
        let day_bar = DayCandle {
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
}
