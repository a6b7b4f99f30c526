//! The price itself.
//!
//! Passes its source through, from bar 0 on: of use where an indicator can be asked for on a higher
//! timeframe or another bar, and a bare price cannot.

use super::{Definition, Indicator, InputKind, Output, Placement, Text, boxed};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "price",
    name: "Price",
    summary: Text {
        en: "The price itself, for example the close of a higher timeframe.",
        id: "Harga itu sendiri, misalnya harga penutupan pada timeframe yang lebih tinggi.",
    },
    input: InputKind::Source,
    parameters: &[],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "price",
            id: "harga",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|_| boxed(Price)),
    warm_up: |_| 0,
};

/// See the [module](self).
#[derive(Debug, Clone, Copy)]
pub struct Price;

impl Indicator for Price {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        [x]
    }
}
