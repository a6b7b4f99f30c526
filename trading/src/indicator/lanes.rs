//! Several parameter sets side by side: one indicator, eight settings, one pass over the bars.
//!
//! The formulas are those of the indicators' own files, written once over [`Real`], which is a
//! number or eight of them. Eight numbers fill two vector registers of the widest kind that most
//! machines have; which instructions are used is found out when the program runs.

use super::Columns;
use std::{
    fmt::Debug,
    ops::{Add, Div, Mul, Sub},
};

/// How many parameter sets stand side by side.
pub const LANES: usize = 8;

/// One number for each of [`LANES`] parameter sets.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
pub struct Lanes(pub [f64; LANES]);

impl Lanes {
    /// No value in any lane.
    pub const NONE: Self = Self([f64::NAN; LANES]);

    /// The same number in every lane.
    #[inline(always)]
    pub const fn all(value: f64) -> Self {
        Self([value; LANES])
    }
}

/// What indicators calculate with: a number, or [`Lanes`] of them, each lane to the last bit as the
/// number alone.
pub trait Real:
    Copy
    + Debug
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + 'static
{
}

impl Real for f64 {}
impl Real for Lanes {}

macro_rules! lane_by_lane {
    ($trait:ident, $method:ident, $operator:tt) => {
        impl $trait for Lanes {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let mut out = [0.0; LANES];
                for lane in 0..LANES {
                    out[lane] = self.0[lane] $operator other.0[lane];
                }
                Self(out)
            }
        }
    };
}

lane_by_lane!(Add, add, +);
lane_by_lane!(Sub, sub, -);
lane_by_lane!(Mul, mul, *);
lane_by_lane!(Div, div, /);

/// The source of indicators side by side: the same for all, or one for each.
#[derive(Debug, Clone, Copy)]
pub enum LaneSource<'a> {
    /// One column for all lanes; empty for indicators that read bars.
    Same(&'a [f64]),
    /// A column for each lane.
    Each(&'a [Lanes]),
}

/// Warm indicators of one kind side by side.
pub trait Packed: Send + Sync + Debug {
    /// Takes a block of bars and writes a column for each output; outputs that nobody wants have
    /// an empty column.
    fn extend(&mut self, columns: &Columns<'_>, source: LaneSource<'_>, out: &mut [&mut [Lanes]]);
}

/// The step of a warm indicator that reads one value a bar, `N` outputs.
pub(super) trait SourceStep<const N: usize>: Clone + Send + Sync + Debug {
    /// Takes the next value.
    fn step(&mut self, x: Lanes) -> [Lanes; N];
}

/// Runs a [`SourceStep`] over blocks.
#[derive(Debug)]
pub(super) struct PackedSource<S>(pub(super) S);

impl<const N: usize, S: SourceStep<N>> PackedSource<Steps<N, S>> {
    /// Packs a step.
    pub(super) fn boxed(step: S) -> Box<dyn Packed>
    where
        S: 'static,
    {
        Box::new(PackedSource(Steps(step)))
    }
}

/// A step with its number of outputs in its type.
#[derive(Debug, Clone)]
pub(super) struct Steps<const N: usize, S>(S);

impl<const N: usize, S: SourceStep<N>> Packed for PackedSource<Steps<N, S>> {
    fn extend(&mut self, columns: &Columns<'_>, source: LaneSource<'_>, out: &mut [&mut [Lanes]]) {
        let len = columns.len();
        let step = &mut self.0.0;
        vectorised(
            #[inline(always)]
            || match source {
                LaneSource::Same(source) => {
                    walk(step, source[..len].iter().map(|x| Lanes::all(*x)), out);
                }
                LaneSource::Each(source) => walk(step, source[..len].iter().copied(), out),
            },
        );
    }
}

#[inline(always)]
fn walk<const N: usize, S: SourceStep<N>>(
    step: &mut S,
    source: impl ExactSizeIterator<Item = Lanes>,
    out: &mut [&mut [Lanes]],
) {
    let len = source.len();
    // A local copy lets the state stay in registers.
    let mut state = step.clone();
    match out.first_chunk_mut::<N>() {
        // All are wanted: with the lengths known, nothing is checked in the loop.
        Some(all) if all.iter().all(|column| column.len() >= len) => {
            for column in all.iter_mut() {
                *column = &mut std::mem::take(column)[..len];
            }
            for (at, x) in source.enumerate() {
                let values = state.step(x);
                for (column, value) in all.iter_mut().zip(values) {
                    column[at] = value;
                }
            }
        }
        _ => {
            for (at, x) in source.enumerate() {
                for (column, value) in out.iter_mut().zip(state.step(x)) {
                    if let Some(slot) = column.get_mut(at) {
                        *slot = value;
                    }
                }
            }
        }
    }
    *step = state;
}

/// Runs `work` compiled for the best vector instructions that this processor has.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// Runs `work`. The vector instructions were chosen when the program was built.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    work()
}
