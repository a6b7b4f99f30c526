//! Any indicator behind one object-safe face.

use super::{
    Columns, DayCandle, Indicator, Input, Values,
    lanes::{LANES, Packed},
};
use std::any::Any;

/// An indicator whose type is not known when compiling: what a compiled strategy holds.
pub trait Series: Send + Sync + std::fmt::Debug {
    /// Takes the next bar and the value of the source at it; writes the outputs.
    fn update(&mut self, bar: &DayCandle, source: f64, out: &mut [f64]);
    /// Takes a block of bars; writes one column an output, each as long as the block.
    fn extend(&mut self, columns: &Columns<'_>, out: &mut [&mut [f64]]);
    /// A copy with the same state.
    fn boxed_clone(&self) -> Box<dyn Series>;
    /// This one and its peers side by side, where the kind can and all are warm; for the outputs
    /// that are wanted, as bits.
    fn pack(&self, lanes: &[&dyn Series; LANES], wanted: u32) -> Option<Box<dyn Packed>>;
    /// For finding the type again.
    fn as_any(&self) -> &dyn Any;
}

impl Clone for Box<dyn Series> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}

/// Puts an indicator behind [`Series`].
pub fn boxed<I: Indicator>(indicator: I) -> Box<dyn Series> {
    Box::new(Runner {
        indicator,
        started: !I::Input::IS_SOURCE,
    })
}

/// Holds an indicator back until its source has its first value, so that no indicator needs to
/// know of the warm-up before its own.
#[derive(Debug, Clone)]
struct Runner<I> {
    indicator: I,
    started: bool,
}

impl<I: Indicator> Series for Runner<I> {
    fn update(&mut self, bar: &DayCandle, source: f64, out: &mut [f64]) {
        if !self.started {
            if source.is_nan() {
                out.fill(f64::NAN);
                return;
            }
            self.started = true;
        }
        let values = self.indicator.update(I::Input::pick(bar, source));
        out.copy_from_slice(values.as_slice());
    }

    fn extend(&mut self, columns: &Columns<'_>, out: &mut [&mut [f64]]) {
        assert_eq!(out.len(), I::Output::COUNT, "one column for each output");
        if self.started {
            return self.indicator.extend(columns, out);
        }
        let len = columns.len();
        let first = columns.source[..len]
            .iter()
            .position(|x| !x.is_nan())
            .unwrap_or(len);
        for column in out.iter_mut() {
            column[..first].fill(f64::NAN);
        }
        if first < len {
            self.started = true;
            let mut rest: Vec<&mut [f64]> =
                out.iter_mut().map(|column| &mut column[first..]).collect();
            self.indicator.extend(&columns.range(first, len), &mut rest);
        }
    }

    fn boxed_clone(&self) -> Box<dyn Series> {
        Box::new(self.clone())
    }

    fn pack(&self, lanes: &[&dyn Series; LANES], wanted: u32) -> Option<Box<dyn Packed>> {
        let mut peers = [&self.indicator; LANES];
        for (peer, lane) in peers.iter_mut().zip(lanes) {
            let runner = lane.as_any().downcast_ref::<Self>()?;
            if !runner.started {
                return None;
            }
            *peer = &runner.indicator;
        }
        I::pack(&peers, wanted)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
