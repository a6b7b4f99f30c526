//! Awesome oscillator (Bill Williams).
//!
//! The fast minus the slow simple average of the bar's middle, `(high + low) / 2`, from the slower
//! one's bar n-1 (MetaTrader 5's iAO, as in its Awesome_Oscillator.mq5, with 5 and 34; TA-Lib has
//! none).

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed, sma::Sma,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "ao",
    name: "Awesome oscillator",
    summary: Text {
        en: "Compares the momentum of the last few bars with that of the longer past: above zero, buyers lead.",
        id: "Membandingkan momentum beberapa bar terakhir dengan yang lebih panjang: di atas nol berarti pembeli unggul.",
    },
    input: InputKind::Bar,
    parameters: &[
        Parameter::period("fast", 5, 1),
        Parameter::period("slow", 34, 1),
    ],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Awesome oscillator",
            id: "Awesome oscillator",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Ao::new(s.period("fast"), s.period("slow")))),
    warm_up: |s| s.period("fast").max(s.period("slow")) - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Ao {
    fast: Sma,
    slow: Sma,
}

impl Ao {
    /// With these periods.
    pub fn new(fast: usize, slow: usize) -> Self {
        Self {
            fast: Sma::new(fast),
            slow: Sma::new(slow),
        }
    }
}

impl Indicator for Ao {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let middle = (bar.high + bar.low) / 2.0;
        let ([fast], [slow]) = (self.fast.update(middle), self.slow.update(middle));
        [fast - slow]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{flat, run};

    #[test]
    fn by_hand() {
        let values = run(Ao::new(1, 2), [1.0, 3.0, 2.0].map(flat));
        assert!(values[0][0].is_nan());
        assert_eq!(values[1..], [[1.0], [-0.5]]);
    }
}
