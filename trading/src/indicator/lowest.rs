//! The lowest of the last n values, the newest among them.
//!
//! First value at bar n-1 (TA-Lib's MIN). Asked for one bar back it is the level to break.

use super::{Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed, window};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "lowest",
    name: "Lowest",
    summary: Text {
        en: "The lowest price of the last bars.",
        id: "Harga terendah dari beberapa bar terakhir.",
    },
    input: InputKind::Source,
    parameters: &[Parameter::period("period", 20, 1)],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "lowest",
            id: "terendah",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Lowest::new(s.period("period")))),
    warm_up: |s| s.period("period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Lowest {
    window: window::Lowest,
}

impl Lowest {
    /// The lowest of `period` values.
    pub fn new(period: usize) -> Self {
        Self {
            window: window::Lowest::new(period),
        }
    }
}

impl Indicator for Lowest {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        [self.window.push(x)]
    }
}
