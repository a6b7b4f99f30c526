//! Accumulation/distribution line.
//!
//! A running total of `((close - low) - (high - close)) / (high - low) * volume`, 0 for a bar without
//! range. From bar 0, in TA-Lib's AD and MetaTrader 5's iAD alike (which draws it from bar 1).

use super::{Candle, Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ad",
    name: "A/D",
    summary: Text {
        en: "Running total of volume, weighed by where each bar closes in its range: rises while buyers dominate.",
        id: "Total volume berjalan yang ditimbang dengan posisi penutupan dalam rentang bar: naik selama pembeli dominan.",
    },
    input: InputKind::Bar,
    parameters: &[],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "A/D",
            id: "A/D",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|_| boxed(Ad::default())),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone, Default)]
pub struct Ad {
    total: f64,
}

impl Indicator for Ad {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let range = bar.high - bar.low;
        if range > 0.0 {
            self.total += ((bar.close - bar.low) - (bar.high - bar.close)) / range * bar.volume;
        }
        [self.total]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        let bars = [
            candle([1.0, 5.0, 1.0, 5.0, 10.0]),
            candle([5.0, 5.0, 1.0, 2.0, 8.0]),
            flat(2.0),
            candle([2.0, 3.0, 1.0, 3.0, 0.0]),
        ];
        assert_eq!(run(Ad::default(), bars), [[10.0], [6.0], [6.0], [6.0]]);
    }
}
