//! Comparing columns, 64 bars to a word.

use crate::{indicator::lanes::vectorised, strategy::plan::Relation};

/// One side of a comparison over a block: a column or a constant, times a factor.
#[derive(Debug, Clone, Copy)]
pub enum Comparison<'a> {
    /// The same number at every bar.
    Constant(f64),
    /// One value a bar, times a factor (1 where the document has none: that changes no bit).
    Column(&'a [f64], f64),
}

/// Writes for each bar whether the relation holds, 64 bars to a word.
pub(super) fn compare(
    relation: Relation,
    a: Comparison<'_>,
    b: Comparison<'_>,
    len: usize,
    out: &mut [u64],
) {
    vectorised(
        #[inline(always)]
        || match relation {
            Relation::Above => sides(a, b, len, out, |a, b| a > b),
            Relation::AtOrAbove => sides(a, b, len, out, |a, b| a >= b),
            Relation::Below => sides(a, b, len, out, |a, b| a < b),
            Relation::AtOrBelow => sides(a, b, len, out, |a, b| a <= b),
            Relation::Differs => sides(a, b, len, out, |a, b| Relation::Differs.holds(a, b)),
        },
    );
}

#[inline(always)]
fn sides(
    a: Comparison<'_>,
    b: Comparison<'_>,
    len: usize,
    out: &mut [u64],
    holds: impl Fn(f64, f64) -> bool + Copy,
) {
    use Comparison::{Column, Constant};
    match (a, b) {
        (Column(a, p), Column(b, q)) if p == 1.0 && q == 1.0 => {
            words(a, b, len, out, holds);
        }
        (Column(a, p), Column(b, q)) => words(a, b, len, out, |a, b| holds(a * p, b * q)),
        (Column(a, p), Constant(b)) => words(a, a, len, out, |a, _| holds(a * p, b)),
        (Constant(a), Column(b, q)) => words(b, b, len, out, |b, _| holds(a, b * q)),
        (Constant(a), Constant(b)) => {
            let word = if holds(a, b) { u64::MAX } else { 0 };
            let count = len.div_ceil(64);
            out[..count].fill(word);
            if !len.is_multiple_of(64) {
                out[count - 1] &= u64::MAX >> (64 - len % 64);
            }
        }
    }
}

/// Four bars side by side keep four partial words, so that the compiler can compare and gather
/// bits with vector instructions of any width and no lane ever has to leave its register.
#[inline(always)]
fn words(
    a: &[f64],
    b: &[f64],
    len: usize,
    out: &mut [u64],
    holds: impl Fn(f64, f64) -> bool + Copy,
) {
    const LANES: usize = 4;
    let (a_words, a_rest) = a[..len].as_chunks::<64>();
    let (b_words, b_rest) = b[..len].as_chunks::<64>();
    for ((a, b), word) in a_words.iter().zip(b_words).zip(out.iter_mut()) {
        let mut parts = [0u64; LANES];
        let mut bit = [1u64, 2, 4, 8];
        for (a, b) in a
            .as_chunks::<LANES>()
            .0
            .iter()
            .zip(b.as_chunks::<LANES>().0)
        {
            for lane in 0..LANES {
                parts[lane] |= if holds(a[lane], b[lane]) {
                    bit[lane]
                } else {
                    0
                };
                bit[lane] <<= LANES;
            }
        }
        *word = parts[0] | parts[1] | parts[2] | parts[3];
    }
    if !a_rest.is_empty() {
        let mut word = 0;
        for (i, (a, b)) in a_rest.iter().zip(b_rest).enumerate() {
            word |= u64::from(holds(*a, *b)) << i;
        }
        out[a_words.len()] = word;
    }
}
