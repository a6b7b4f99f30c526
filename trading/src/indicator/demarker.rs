//! DeMarker.
//!
//! `up / (up + down)` over the last n bars, where `up` sums the rises of the high and `down` the falls
//! of the low from bar to bar; 0 where there are none. From bar n (MetaTrader 5's iDeMarker, as in its
//! DeMarker.mq5; TA-Lib has none).

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    window::Sum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "demarker",
    name: "DeMarker",
    summary: Text {
        en: "Compares rises of the highs with falls of the lows from 0 to 1: above 0.7 is overbought, below 0.3 oversold.",
        id: "Membandingkan kenaikan harga tertinggi dengan penurunan harga terendah dari 0 sampai 1: di atas 0,7 jenuh beli, di bawah 0,3 jenuh jual.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 1)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "DeMarker",
            id: "DeMarker",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Demarker::new(s.period("period")))),
    warm_up: |s| s.period("period"),
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Demarker {
    up: Sum,
    down: Sum,
    /// High and low of the bar before; none at the first bar.
    before: Option<(f64, f64)>,
}

impl Demarker {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            up: Sum::new(period),
            down: Sum::new(period),
            before: None,
        }
    }
}

impl Indicator for Demarker {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let Some((high, low)) = self.before.replace((bar.high, bar.low)) else {
            return [f64::NAN];
        };
        let above_zero = |x: f64| if x > 0.0 { x } else { 0.0 };
        let up = self.up.push(above_zero(bar.high - high));
        let down = self.down.push(above_zero(low - bar.low));
        let sum = up + down;
        [if sum == 0.0 { 0.0 } else { up / sum }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, flat, run};

    #[test]
    fn by_hand() {
        let bars = [
            candle([2.0, 3.0, 1.0, 2.0, 1.0]),
            candle([2.0, 6.0, 2.0, 2.0, 1.0]),
            candle([2.0, 5.0, 1.0, 2.0, 1.0]),
        ];
        let values = run(Demarker::new(2), bars);
        assert!(values[1][0].is_nan());
        assert_eq!(values[2], [0.75]);
    }

    #[test]
    fn a_flat_market() {
        assert_eq!(run(Demarker::new(2), [flat(5.0); 4])[3], [0.0]);
    }
}
