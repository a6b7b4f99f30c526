//! Morning star (bullish) and evening star (bearish).
//!
//! Bullish (1, else 0), over three bars: a long falling one, whose body is at least half its range;
//! a star, whose body is at most `star` of the first body and lies in the lower half of it or below;
//! and a rising one that closes at least `penetration` of the first body above the first close.
//! Bearish is the mirror image. No gaps are asked for: currencies and metals seldom have any.
//!
//! From bar 2.

use super::{Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "morning_star",
    name: "Morning and evening star",
    summary: Text {
        en: "Three candles that turn the market: a long one, a small pause and a strong answer the other way.",
        id: "Tiga candle yang membalik pasar: satu candle panjang, jeda kecil, lalu jawaban kuat ke arah sebaliknya.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::real("star", 0.3, 0.0, 1.0),
        Parameter::real("penetration", 0.5, 0.0, 2.0),
    ],
    choices: &[],
    outputs: &[
        Output {
            name: "bullish",
            label: Text {
                en: "morning star",
                id: "morning star",
            },
        },
        Output {
            name: "bearish",
            label: Text {
                en: "evening star",
                id: "evening star",
            },
        },
    ],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(MorningStar::new(s.real("star"), s.real("penetration")))),
    warm_up: |_| 2,
};

/// The least body of the first bar, as a part of its range.
const LONG: f64 = 0.5;

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct MorningStar {
    star: f64,
    penetration: f64,
    /// The two bars before, older first; none at the beginning.
    before: [Option<Candle>; 2],
}

impl MorningStar {
    /// With the largest body of the star and the least answer, as parts of the first body.
    pub const fn new(star: f64, penetration: f64) -> Self {
        Self {
            star,
            penetration,
            before: [None; 2],
        }
    }

    /// Whether three bars are a morning star if `side` is 1, an evening star if it is -1.
    fn is_star(&self, side: f64, first: &Candle, star: &Candle, last: &Candle) -> bool {
        let body = side * (first.open - first.close);
        let inner_end = if side * (star.open - star.close) > 0.0 {
            star.open
        } else {
            star.close
        };
        body > 0.0
            && body >= LONG * (first.high - first.low)
            && (star.close - star.open).abs() <= self.star * body
            && side * (inner_end - first.close) <= 0.5 * body
            && side * (last.close - last.open) > 0.0
            && side * (last.close - first.close) >= self.penetration * body
    }
}

impl Indicator for MorningStar {
    type Input = Candle;
    type Output = [f64; 2];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 2] {
        let [first, star] = self.before;
        self.before = [star, Some(bar)];
        let (Some(first), Some(star)) = (first, star) else {
            return [f64::NAN; 2];
        };
        [1.0, -1.0].map(|side| f64::from(u8::from(self.is_star(side, &first, &star, &bar))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    /// The last of three bars given as (open, close) with shadows of 1.
    fn third(bodies: [(f64, f64); 3]) -> [f64; 2] {
        let bars = bodies.map(|(open, close)| {
            candle([
                open,
                open.max(close) + 1.0,
                open.min(close) - 1.0,
                close,
                1.0,
            ])
        });
        let values = run(MorningStar::new(0.3, 0.5), bars);
        assert!(values[1][0].is_nan());
        values[2]
    }

    #[test]
    fn by_hand() {
        assert_eq!(third([(20.0, 10.0), (10.0, 9.0), (9.0, 15.0)]), [1.0, 0.0]);
        assert_eq!(
            third([(10.0, 20.0), (20.0, 21.0), (21.0, 15.0)]),
            [0.0, 1.0]
        );
        // A weak answer, a large star, a star too high, a short first body.
        assert_eq!(third([(20.0, 10.0), (10.0, 9.0), (9.0, 14.0)]), [0.0; 2]);
        assert_eq!(third([(20.0, 10.0), (10.0, 6.0), (6.0, 16.0)]), [0.0; 2]);
        assert_eq!(third([(20.0, 10.0), (14.0, 16.0), (14.0, 18.0)]), [0.0; 2]);
        assert_eq!(third([(10.5, 10.0), (10.0, 9.9), (9.9, 12.0)]), [0.0; 2]);
    }

    #[test]
    fn a_flat_market_has_none() {
        let values = run(MorningStar::new(0.3, 0.5), [flat(5.0); 3]);
        assert_eq!(values[2], [0.0; 2]);
    }
}
