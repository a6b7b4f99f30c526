//! VIDYA: an EMA that listens as much as prices move in one direction.
//!
//! `vidya = k |c| x + (1 - k |c|) vidya'`, `k = 2 / (n + 1)`, c the Chande momentum
//! `(ups - downs) / (ups + downs)` of the last m moves, 0 where nothing moved (Tushar Chande).
//! Starts with the value at bar n+m-2; first value at bar n+m-1: MetaTrader 5's iVIDyA.

use super::{
    Definition, Indicator, InputKind, Output, Parameter, Placement, Text, boxed, window::Sum,
};

/// The catalogue entry.
pub static DEFINITION: Definition = Definition {
    kind: "vidya",
    name: "VIDYA",
    summary: Text {
        en: "Average that speeds up in strong moves and nearly stops when prices go nowhere.",
        id: "Rata-rata yang bergerak cepat saat harga kuat dan hampir berhenti saat harga mendatar.",
    },
    input: InputKind::Source,
    parameters: &[
        Parameter::period("period", 12, 1),
        Parameter::period("cmo_period", 9, 1),
    ],
    choices: &[],
    outputs: &[Output {
        name: "value",
        label: Text {
            en: "VIDYA",
            id: "VIDYA",
        },
    }],
    placement: Placement::Overlay,
    build: seldom!(|s| boxed(Vidya::new(s.period("period"), s.period("cmo_period")))),
    warm_up: |s| s.period("period") + s.period("cmo_period") - 1,
};

/// See the [module](self).
#[derive(Debug, Clone)]
pub struct Vidya {
    weight: f64,
    ups: Sum,
    downs: Sum,
    before: f64,
    value: f64,
    missing: usize,
}

impl Vidya {
    /// An average over `period` values that follows the momentum of `cmo_period` moves.
    pub fn new(period: usize, cmo_period: usize) -> Self {
        Self {
            weight: 2.0 / (period as f64 + 1.0),
            ups: Sum::new(cmo_period),
            downs: Sum::new(cmo_period),
            before: f64::NAN,
            value: f64::NAN,
            missing: period + cmo_period - 1,
        }
    }
}

impl Indicator for Vidya {
    type Input = f64;
    type Output = [f64; 1];

    #[inline]
    fn update(&mut self, x: f64) -> [f64; 1] {
        let before = std::mem::replace(&mut self.before, x);
        if before.is_nan() {
            self.missing -= 1;
            self.value = x;
            return [f64::NAN];
        }
        let up = self.ups.push(if x > before { x - before } else { 0.0 });
        let down = self.downs.push(if x < before { before - x } else { 0.0 });
        if self.missing > 0 {
            self.missing -= 1;
            self.value = x;
            return [f64::NAN];
        }
        let moves = up + down;
        let momentum = if moves == 0.0 {
            0.0
        } else {
            ((up - down) / moves).abs()
        };
        let weight = self.weight * momentum;
        self.value = x * weight + self.value * (1.0 - weight);
        [self.value]
    }
}
