//! Chaikin oscillator.
//!
//! The fast minus the slow EMA of the accumulation/distribution line, both starting with its first
//! value, from the slower one's bar n-1 (TA-Lib's ADOSC and MetaTrader 5's iChaikin with tick volume
//! and EMA, which draws it one bar later).

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, ad::Ad, boxed,
    ema::Ema,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "chaikin",
    name: "Chaikin oscillator",
    summary: Text {
        en: "Momentum of the accumulation/distribution line: above zero, buying pressure is growing.",
        id: "Momentum garis akumulasi/distribusi: di atas nol berarti tekanan beli sedang bertambah.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("fast", 3, 1),
        Parameter::period("slow", 10, 1),
    ],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Chaikin oscillator",
            id: "Chaikin oscillator",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Chaikin::new(s.period("fast"), s.period("slow")))),
    warm_up: |s| s.period("fast").max(s.period("slow")) - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Chaikin {
    line: Ad,
    fast: Ema,
    slow: Ema,
}

impl Chaikin {
    /// With these periods.
    pub fn new(fast: usize, slow: usize) -> Self {
        Self {
            line: Ad::default(),
            fast: Ema::seeded_by_first(fast),
            slow: Ema::seeded_by_first(slow),
        }
    }
}

impl Indicator for Chaikin {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let [line] = self.line.update(bar);
        let ([fast], [slow]) = (self.fast.update(line), self.slow.update(line));
        [fast - slow]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        // The line is 6, then 0: the fast EMA is all of it, the slow one a third behind.
        let bars = [
            candle([1.0, 2.0, 1.0, 2.0, 6.0]),
            candle([1.0, 2.0, 1.0, 1.0, 6.0]),
        ];
        let values = run(Chaikin::new(1, 2), bars);
        assert!(values[0][0].is_nan());
        assert!((values[1][0] + 2.0).abs() < 1e-12);
    }

    #[test]
    fn no_volume() {
        assert_eq!(run(Chaikin::new(1, 2), [flat(5.0); 3])[2], [0.0]);
    }
}
