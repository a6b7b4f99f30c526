//! Least and greatest of a run of numbers, at the speed of memory.
//!
//! Not [`f64::min`] and [`f64::max`]: their rule for NaN costs extra instructions on every number.
//! A plain compare-and-select becomes one vector instruction, and eight independent accumulators
//! keep a two-, four- or eight-lane unit busy. Prices and equity are never NaN here; one that is
//! would be passed over.

/// Numbers compared per step.
const LANES: usize = 8;

/// The lesser of two numbers; `b` when they cannot be compared.
#[inline(always)]
pub(crate) fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The greater of two numbers; `b` when they cannot be compared.
#[inline(always)]
pub(crate) fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The least of `values` and `start`.
#[inline]
pub(crate) fn least(values: &[f64], start: f64) -> f64 {
    fold(values, start, lesser)
}

/// The greatest of `values` and `start`.
#[inline]
pub(crate) fn greatest(values: &[f64], start: f64) -> f64 {
    fold(values, start, greater)
}

#[inline(always)]
fn fold(values: &[f64], start: f64, pick: impl Fn(f64, f64) -> f64 + Copy) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [start; LANES];
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane = pick(*value, *lane);
        }
    }
    let mut result = start;
    for lane in lanes {
        result = pick(lane, result);
    }
    for value in rest {
        result = pick(*value, result);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn as_a_plain_loop(values in prop::collection::vec(-1e9..1e9_f64, 0..100)) {
            let low = values.iter().copied().fold(5.0, f64::min);
            let high = values.iter().copied().fold(5.0, f64::max);
            prop_assert_eq!(least(&values, 5.0), low);
            prop_assert_eq!(greatest(&values, 5.0), high);
        }
    }
}
