//! Force index (Alexander Elder).
//!
//! - `classic`: the EMA over n bars of `volume * (close - close')`, seeded with the mean of the first
//!   n, from bar n. It has no other average: `average` is not read.
//! - `mt5`: `volume * (ma - ma')`, where ma is the chosen average of the close over n bars, from bar n
//!   (MetaTrader 5's iForce with tick volume, as in its Force_Index.mq5).

use super::{
    Candle, Choice, ChoiceValue, Definition, Indicator, InputKind, Output, Parameter, Placement,
    Text,
    average::{AVERAGE, Average},
    boxed,
    ema::Ema,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "force",
    name: "Force index",
    summary: Text {
        en: "Strength behind a move: the price change times volume, above zero when buyers push.",
        id: "Kekuatan di balik gerakan: perubahan harga dikali volume, di atas nol saat pembeli mendorong.",
    },
    input: InputKind::Bar,
    parameters: &[Parameter::period("period", 13, 1)],
    choices: &[
        Choice {
            name: "method",
            values: &[
                ChoiceValue {
                    name: "classic",
                    summary: Text {
                        en: "EMA of the price change times volume, as Elder defines it",
                        id: "EMA dari perubahan harga dikali volume, seperti definisi Elder",
                    },
                    is_mt5: false,
                },
                ChoiceValue {
                    name: "mt5",
                    summary: Text {
                        en: "volume times the change of an average, as MetaTrader 5 draws it",
                        id: "volume dikali perubahan rata-rata, seperti yang digambar MetaTrader 5",
                    },
                    is_mt5: true,
                },
            ],
        },
        AVERAGE,
    ],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "Force index",
            id: "Force index",
        },
    }],
    placement: Placement::Pane,
    build: seldom!(|s| {
        let period = s.period("period");
        match s.choice("method") {
            "mt5" => boxed(ForceMt5::new(s.choice("average"), period)),
            _ => boxed(Force::new(period)),
        }
    }),
    warm_up: |s| s.period("period"),
};

/// The `classic` method.
#[derive(Debug, Clone)]
pub struct Force {
    average: Ema,
    before: f64,
}

impl Force {
    /// Over `period` bars.
    pub fn new(period: usize) -> Self {
        Self {
            average: Ema::seeded_by_mean(period),
            before: f64::NAN,
        }
    }
}

impl Indicator for Force {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let before = std::mem::replace(&mut self.before, bar.close);
        if before.is_nan() {
            return [f64::NAN];
        }
        self.average.update(bar.volume * (bar.close - before))
    }
}

/// The `mt5` method.
#[derive(Debug, Clone)]
pub struct ForceMt5 {
    average: Average,
    before: f64,
}

impl ForceMt5 {
    /// With this average over `period` bars.
    pub fn new(average: &str, period: usize) -> Self {
        Self {
            average: Average::new(average, period),
            before: f64::NAN,
        }
    }
}

impl Indicator for ForceMt5 {
    type Input = Candle;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, bar: Candle) -> [f64; 1] {
        let average = self.average.update(bar.close);
        let before = std::mem::replace(&mut self.before, average);
        [bar.volume * (average - before)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::testing::{candle, run};

    const BARS: [Candle; 4] = [
        candle([1.0, 9.0, 1.0, 1.0, 7.0]),
        candle([1.0, 9.0, 1.0, 3.0, 2.0]),
        candle([1.0, 9.0, 1.0, 2.0, 4.0]),
        candle([1.0, 9.0, 1.0, 9.0, 0.0]),
    ];

    #[test]
    fn by_hand() {
        // Changes times volume: 4, -4, 0.
        let classic = run(Force::new(2), BARS);
        assert!(classic[1][0].is_nan());
        assert_eq!(classic[2..], [[0.0], [0.0]]);
        // Averages of the close: 2, 2.5, 5.5; without volume there is no force.
        let mt5 = run(ForceMt5::new("sma", 2), BARS);
        assert!(mt5[1][0].is_nan());
        assert_eq!(mt5[2..], [[2.0], [0.0]]);
    }
}
