//! On-balance volume.
//!
//! A running total: the bar's volume is added where the close rose and taken away where it fell. It
//! starts with the first bar's volume, in TA-Lib's OBV and MetaTrader 5's iOBV alike.

use super::{Candle, Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "obv",
    name: "OBV",
    summary: Text {
        en: "Running total of volume, added on rising closes and taken away on falling ones: shows whether volume backs the trend.",
        id: "Total volume berjalan, ditambah saat penutupan naik dan dikurangi saat turun: menunjukkan apakah volume mendukung tren.",
    },
    input: InputKind::Bar,
    parameters: &[],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "OBV",
            id: "OBV",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|_| boxed(Obv::default())),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone, Default)]
pub struct Obv {
    total: f64,
    /// The close before; none at the first bar.
    before: Option<f64>,
}

impl Indicator for Obv {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let before = self.before.replace(bar.close);
        self.total += match before {
            None => bar.volume,
            Some(close) if bar.close > close => bar.volume,
            Some(close) if bar.close < close => -bar.volume,
            Some(_) => 0.0,
        };
        [self.total]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    #[test]
    fn by_hand() {
        let bars = [(1.0, 10.0), (2.0, 5.0), (2.0, 7.0), (1.0, 2.0), (2.0, 0.0)]
            .map(|(close, volume)| candle([1.0, 2.0, 1.0, close, volume]));
        let values = run(Obv::default(), bars);
        assert_eq!(values, [[10.0], [15.0], [15.0], [13.0], [13.0]]);
    }
}
