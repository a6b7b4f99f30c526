//! Comparing columns of eight parameter sets side by side, 64 bars to a word and lane.

use crate::{
    indicator::lanes::{LANES, Lanes, vectorised},
    strategy::plan::Relation,
};

/// One side of a comparison for eight sets.
#[derive(Clone, Copy)]
pub(super) enum Side<'a> {
    Constant(Lanes),
    Same(&'a [f64]),
    Each(&'a [Lanes]),
    SameScaled(&'a [f64], Lanes),
    EachScaled(&'a [Lanes], Lanes),
}

impl<'a> Side<'a> {
    pub(super) const fn same(column: &'a [f64], factor: Option<Lanes>) -> Self {
        match factor {
            None => Self::Same(column),
            Some(factor) => Self::SameScaled(column, factor),
        }
    }

    pub(super) const fn each(column: &'a [Lanes], factor: Option<Lanes>) -> Self {
        match factor {
            None => Self::Each(column),
            Some(factor) => Self::EachScaled(column, factor),
        }
    }

    #[inline(always)]
    fn at(&self, row: usize) -> Lanes {
        match self {
            Self::Constant(lanes) => *lanes,
            Self::Same(column) => Lanes::all(column[row]),
            Self::Each(column) => column[row],
            Self::SameScaled(column, factor) => Lanes::all(column[row]) * *factor,
            Self::EachScaled(column, factor) => column[row] * *factor,
        }
    }
}

/// For each 64 bars and each lane a word of bits: where the relation holds.
pub(super) fn lane_words(
    relation: Relation,
    a: Side<'_>,
    b: Side<'_>,
    len: usize,
    words: &mut [[u64; LANES]],
) {
    vectorised(
        #[inline(always)]
        || match relation {
            Relation::Above => sides(a, b, len, words, |a, b| a > b),
            Relation::AtOrAbove => sides(a, b, len, words, |a, b| a >= b),
            Relation::Below => sides(a, b, len, words, |a, b| a < b),
            Relation::AtOrBelow => sides(a, b, len, words, |a, b| a <= b),
            Relation::Differs => {
                sides(a, b, len, words, |a, b| Relation::Differs.holds(a, b));
            }
        },
    );
}

/// The usual pairs get loops of their own; rarer ones look at their kind at every bar.
#[inline(always)]
fn sides(
    a: Side<'_>,
    b: Side<'_>,
    len: usize,
    words: &mut [[u64; LANES]],
    holds: impl Fn(f64, f64) -> bool + Copy,
) {
    match (a, b) {
        (Side::Each(a), Side::Each(b)) => {
            let (a, b) = (&a[..len], &b[..len]);
            rows(|i| a[i], |i| b[i], len, words, holds);
        }
        (Side::Each(a), Side::Constant(b)) => {
            let a = &a[..len];
            rows(|i| a[i], |_| b, len, words, holds);
        }
        (Side::Each(a), Side::Same(b)) => {
            let (a, b) = (&a[..len], &b[..len]);
            rows(|i| a[i], |i| Lanes::all(b[i]), len, words, holds);
        }
        (Side::Same(a), Side::Each(b)) => {
            let (a, b) = (&a[..len], &b[..len]);
            rows(|i| Lanes::all(a[i]), |i| b[i], len, words, holds);
        }
        (Side::Same(a), Side::Constant(b)) => {
            let a = &a[..len];
            rows(|i| Lanes::all(a[i]), |_| b, len, words, holds);
        }
        (a, b) => rows(|i| a.at(i), |i| b.at(i), len, words, holds),
    }
}

#[inline(always)]
fn rows(
    a: impl Fn(usize) -> Lanes,
    b: impl Fn(usize) -> Lanes,
    len: usize,
    words: &mut [[u64; LANES]],
    holds: impl Fn(f64, f64) -> bool + Copy,
) {
    for (at, word) in words.iter_mut().enumerate() {
        let from = at * 64;
        if from >= len {
            break;
        }
        let to = if len - from < 64 { len } else { from + 64 };
        let mut bits = [0u64; LANES];
        // From the newest bar back, each one bit further up: a mask and two additions a lane, and
        // the first bar ends in the lowest bit.
        for row in (from..to).rev() {
            let (a, b) = (a(row), b(row));
            for (bits, (a, b)) in bits.iter_mut().zip(a.0.iter().zip(&b.0)) {
                *bits = bits
                    .wrapping_add(*bits)
                    .wrapping_add(u64::from(holds(*a, *b)));
            }
        }
        *word = bits;
    }
}
