//! Accelerator oscillator (Bill Williams).
//!
//! The awesome oscillator minus its own simple average over `period` bars (MetaTrader 5's iAC, as in
//! its Accelerator.mq5, with 5, 34 and 5; TA-Lib has none).

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, ao::Ao, boxed,
    sma::Sma,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ac",
    name: "Accelerator oscillator",
    summary: Text {
        en: "How fast the awesome oscillator changes: it turns before the momentum itself does.",
        id: "Seberapa cepat awesome oscillator berubah: berbalik arah sebelum momentumnya sendiri.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("fast", 5, 1),
        Parameter::period("slow", 34, 1),
        Parameter::period("period", 5, 1),
    ],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Accelerator oscillator",
            id: "Accelerator oscillator",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| {
        boxed(Ac::new(
            s.period("fast"),
            s.period("slow"),
            s.period("period"),
        ))
    }),
    warm_up: |s| s.period("fast").max(s.period("slow")) + s.period("period") - 2,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Ac {
    oscillator: Ao,
    average: Sma,
}

impl Ac {
    /// With these periods.
    pub fn new(fast: usize, slow: usize, period: usize) -> Self {
        Self {
            oscillator: Ao::new(fast, slow),
            average: Sma::new(period),
        }
    }
}

impl Indicator for Ac {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let [value] = self.oscillator.update(bar);
        if value.is_nan() {
            return [f64::NAN];
        }
        let [average] = self.average.update(value);
        [value - average]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{flat, run};

    #[test]
    fn by_hand() {
        // The oscillator is 1, then -0.5.
        let values = run(Ac::new(1, 2, 2), [1.0, 3.0, 2.0].map(flat));
        assert!(values[1][0].is_nan());
        assert_eq!(values[2], [-0.75]);
    }
}
