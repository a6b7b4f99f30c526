//! Commodity channel index.
//!
//! `cci = (typical - mean) / (0.015 * deviation)` with the typical price `(high + low + close) / 3`,
//! its mean over n bars and the mean absolute deviation from that; 0 where there is no deviation.
//!
//! First value at bar n-1, in TA-Lib's CCI and MetaTrader 5's iCCI (of the typical price, its usual
//! setting) alike. Summed anew at each bar, newest first, as MetaTrader's CCI.mq5 does.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    recent::Recent,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "cci",
    name: "CCI",
    summary: Text {
        en: "How far price is from its average, measured in usual deviations: above 100 is unusually high, below -100 unusually low.",
        id: "Seberapa jauh harga dari rata-ratanya, diukur dengan simpangan biasanya: di atas 100 luar biasa tinggi, di bawah -100 luar biasa rendah.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 14, 2)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "CCI",
            id: "CCI",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| boxed(Cci::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Cci {
    typical: Recent<f64>,
    count: f64,
}

impl Cci {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            typical: Recent::new(period),
            count: period as f64,
        }
    }
}

impl Indicator for Cci {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let typical = (bar.high + bar.low + bar.close) / 3.0;
        let Some(window) = self.typical.push(typical) else {
            return [f64::NAN];
        };
        let mut sum = 0.0;
        for x in window.iter().rev() {
            sum += x;
        }
        let mean = sum / self.count;
        let mut deviations = 0.0;
        for x in window.iter().rev() {
            deviations += (x - mean).abs();
        }
        let unit = deviations * (0.015 / self.count);
        [if unit == 0.0 {
            0.0
        } else {
            (typical - mean) / unit
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{flat, run};

    #[test]
    fn by_hand() {
        // Mean 3, deviations 2, 1 and 3: unit 0.015 * 2.
        let values = run(Cci::new(3), [1.0, 2.0, 6.0].map(flat));
        assert!(values[1][0].is_nan());
        assert!((values[2][0] - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_flat_market_is_at_its_mean() {
        assert_eq!(run(Cci::new(2), [flat(5.0); 4])[3], [0.0]);
    }
}
