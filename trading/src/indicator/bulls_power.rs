//! Bulls Power (Alexander Elder): the high minus the EMA of the close over n bars.
//!
//! - `classic`: the EMA is seeded with the mean of the first n closes; from bar n-1.
//! - `mt5`: the EMA starts with the first close; drawn from bar n (MetaTrader 5's iBullsPower, as in its
//!   Bulls.mq5).
//!
//! TA-Lib has none.

use super::{
    Candle, Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed,
    ema::{Ema, SEED},
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "bulls_power",
    name: "Bulls Power",
    summary: Text {
        en: "How far buyers lifted the high above the average price.",
        id: "Seberapa jauh pembeli mengangkat harga tertinggi di atas rata-rata.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 13, 1)],
    choices: &[SEED],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Bulls Power",
            id: "Bulls Power",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| {
        boxed(BullsPower::new(
            s.period("period"),
            s.choice("method") == "mt5",
        ))
    }),
    warm_up: |s| match s.choice("method") {
        "mt5" => s.period("period"),
        _ => s.period("period") - 1,
    },
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct BullsPower {
    average: Ema,
    /// MetaTrader does not draw the first value.
    hides_next: bool,
}

impl BullsPower {
    /// Over `period` bars; whether it is MetaTrader's.
    pub fn new(period: usize, is_mt5: bool) -> Self {
        Self {
            average: if is_mt5 {
                Ema::seeded_by_first(period)
            } else {
                Ema::seeded_by_mean(period)
            },
            hides_next: is_mt5,
        }
    }
}

impl Indicator for BullsPower {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let [average] = self.average.update(bar.close);
        if self.hides_next && !average.is_nan() {
            self.hides_next = false;
            return [f64::NAN];
        }
        [bar.high - average]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    #[test]
    fn by_hand() {
        let bars = [
            candle([1.0, 9.0, 0.0, 2.0, 1.0]),
            candle([1.0, 7.0, 1.0, 4.0, 1.0]),
            candle([1.0, 5.0, 2.0, 3.0, 1.0]),
        ];
        let classic = run(BullsPower::new(2, false), bars);
        assert!(classic[0][0].is_nan());
        assert_eq!(classic[1..], [[4.0], [2.0]]);
        let mt5 = run(BullsPower::new(2, true), bars);
        assert!(mt5[1][0].is_nan());
        // Averages 2, 10 / 3 and 28 / 9.
        assert!((mt5[2][0] - 17.0 / 9.0).abs() < 1e-12);
    }
}
