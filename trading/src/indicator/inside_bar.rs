//! Inside bar: 1 where the bar lies within the one before, `high < high'` and `low > low'`, else 0.
//!
//! From bar 1.

use super::{Candle, Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "inside_bar",
    name: "Inside bar",
    summary: Text {
        en: "A candle that stays within the one before: the market pauses, often before a breakout.",
        id: "Candle yang tetap di dalam rentang candle sebelumnya: pasar jeda, sering kali sebelum breakout.",
    },
    input: InputKind::Bar,
    parameters: &[],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "inside bar",
            id: "inside bar",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|_| boxed(InsideBar::default())),
    warm_up: |_| 1,
};

/// See the [module](self).
#[derive(Debug, Clone, Default)]
pub struct InsideBar {
    /// High and low of the bar before; none at the first bar.
    before: Option<(f64, f64)>,
}

impl Indicator for InsideBar {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let Some((high, low)) = self.before.replace((bar.high, bar.low)) else {
            return [f64::NAN];
        };
        let is = bar.high < high && bar.low > low;
        [f64::from(u8::from(is))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    #[test]
    fn by_hand() {
        let bars = [(9.0, 1.0), (8.0, 2.0), (8.0, 3.0), (7.0, 2.0)]
            .map(|(high, low)| candle([5.0, high, low, 5.0, 1.0]));
        let values = run(InsideBar::default(), bars);
        assert!(values[0][0].is_nan());
        assert_eq!(values[1..], [[1.0], [0.0], [0.0]]);
    }
}
