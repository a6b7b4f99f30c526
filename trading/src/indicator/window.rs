//! Sliding windows, each O(1) a bar, without allocation after they are built.
//!
//! A window of n values is cut where its ring begins: the newest k values are folded as they come
//! (the head), and for the n-k older ones the ring holds the fold from each place to its end (the
//! tails, written in one sweep each time the ring is full). Nothing is ever subtracted, so nothing
//! drifts or cancels however long the history is: a sum of zeros is 0 right after a spike has
//! left, and a flat window has a deviation of exactly 0. The tails begin as NaN, so every window
//! gives NaN until it is full, without a branch.

use std::{fmt::Debug, marker::PhantomData};

/// How two neighbouring pieces of a window join.
pub(super) trait Fold: Clone + Copy + Debug + Send + Sync + 'static {
    /// The fold of no values.
    const EMPTY: f64;
    /// The fold of both pieces; NaN when the older is.
    fn join(older: f64, newer: f64) -> f64;
}

/// Adds up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Add;

impl Fold for Add {
    const EMPTY: f64 = 0.0;
    #[inline(always)]
    fn join(older: f64, newer: f64) -> f64 {
        older + newer
    }
}

/// Keeps the greater.
#[derive(Debug, Clone, Copy)]
pub(super) struct Greater;

impl Fold for Greater {
    const EMPTY: f64 = f64::NEG_INFINITY;
    #[inline(always)]
    fn join(older: f64, newer: f64) -> f64 {
        if newer > older { newer } else { older }
    }
}

/// Keeps the lesser.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lesser;

impl Fold for Lesser {
    const EMPTY: f64 = f64::INFINITY;
    #[inline(always)]
    fn join(older: f64, newer: f64) -> f64 {
        if newer < older { newer } else { older }
    }
}

/// The fold of the last n values.
#[derive(Debug, Clone)]
pub(super) struct Window<F> {
    /// The newest values before `next`; from there on, tails of the older ones.
    ring: Box<[f64]>,
    next: usize,
    head: f64,
    fold: PhantomData<F>,
}

/// The sum of the last n values.
pub(super) type Sum = Window<Add>;
/// The greatest of the last n values.
pub(super) type Highest = Window<Greater>;
/// The least of the last n values.
pub(super) type Lowest = Window<Lesser>;

impl<F: Fold> Window<F> {
    /// A window of `period` values, none seen.
    pub(super) fn new(period: usize) -> Self {
        Self {
            ring: vec![f64::NAN; period].into(),
            next: 0,
            head: F::EMPTY,
            fold: PhantomData,
        }
    }

    /// Takes the next value; NaN until there are n.
    #[inline(always)]
    pub(super) fn push(&mut self, x: f64) -> f64 {
        self.head = F::join(self.head, x);
        self.ring[self.next] = x;
        self.next += 1;
        match self.ring.get(self.next) {
            Some(&tail) => F::join(tail, self.head),
            None => {
                turn::<F>(&mut self.ring);
                self.next = 0;
                std::mem::replace(&mut self.head, F::EMPTY)
            }
        }
    }
}

/// The ring is full: all of it becomes tails. Apart from the window, whose state can so stay in
/// registers.
#[inline(never)]
fn turn<F: Fold>(ring: &mut [f64]) {
    let mut tail = F::EMPTY;
    for x in ring.iter_mut().rev() {
        tail = F::join(*x, tail);
        *x = tail;
    }
}

/// The sum of the last n values, the oldest once, the newest n times.
#[derive(Debug, Clone)]
pub(super) struct WeightedSum {
    /// The newest values before `next`; from there on, weighted tails of the older ones.
    ring: Box<[f64]>,
    next: usize,
    /// Plain sum of the newest values, and the sum with weights 1, 2, 3, …
    plain: f64,
    rising: f64,
    /// `next` and n - `next` as numbers.
    newer: f64,
    older: f64,
}

impl WeightedSum {
    /// A window of `period` values, none seen.
    pub(super) fn new(period: usize) -> Self {
        Self {
            ring: vec![f64::NAN; period].into(),
            next: 0,
            plain: 0.0,
            rising: 0.0,
            newer: 0.0,
            older: period as f64,
        }
    }

    /// Takes the next value; NaN until there are n.
    #[inline(always)]
    pub(super) fn push(&mut self, x: f64) -> f64 {
        self.newer += 1.0;
        self.older -= 1.0;
        self.plain += x;
        self.rising += self.newer * x;
        self.ring[self.next] = x;
        self.next += 1;
        match self.ring.get(self.next) {
            Some(&tail) => tail + (self.rising + self.older * self.plain),
            None => {
                turn_weighted(&mut self.ring);
                self.next = 0;
                self.plain = 0.0;
                self.older = self.newer;
                self.newer = 0.0;
                std::mem::take(&mut self.rising)
            }
        }
    }
}

#[inline(never)]
fn turn_weighted(ring: &mut [f64]) {
    let (mut plain, mut weighted) = (0.0, 0.0);
    for x in ring.iter_mut().rev() {
        plain += *x;
        weighted += plain;
        *x = weighted;
    }
}

/// Mean and sum of squared deviations from it over the last n values (Welford's update, Chan's
/// way to join two parts).
#[derive(Debug, Clone)]
pub(super) struct Moments {
    /// The newest values as (value, unused) before `next`; from there on, tails of the older ones.
    ring: Box<[(f64, f64)]>,
    next: usize,
    head: (f64, f64),
    newer: f64,
    older: f64,
    /// 1 / n.
    share: f64,
}

impl Moments {
    /// A window of `period` values, none seen.
    pub(super) fn new(period: usize) -> Self {
        Self {
            ring: vec![(f64::NAN, f64::NAN); period].into(),
            next: 0,
            head: (0.0, 0.0),
            newer: 0.0,
            older: period as f64,
            share: 1.0 / period as f64,
        }
    }

    /// Takes the next value; returns (mean, sum of squared deviations), NaN until there are n.
    #[inline(always)]
    pub(super) fn push(&mut self, x: f64) -> (f64, f64) {
        self.newer += 1.0;
        self.older -= 1.0;
        self.head = with(self.head, self.newer, x);
        self.ring[self.next] = (x, 0.0);
        self.next += 1;
        match self.ring.get(self.next) {
            Some(&(mean, squares)) => {
                let apart = self.head.0 - mean;
                let part = self.newer * self.share;
                (
                    mean + apart * part,
                    squares + self.head.1 + apart * apart * (self.older * part),
                )
            }
            None => {
                turn_moments(&mut self.ring);
                self.next = 0;
                self.older = self.newer;
                self.newer = 0.0;
                std::mem::take(&mut self.head)
            }
        }
    }
}

#[inline(never)]
fn turn_moments(ring: &mut [(f64, f64)]) {
    let mut tail = (0.0, 0.0);
    let mut count = 0.0;
    for x in ring.iter_mut().rev() {
        count += 1.0;
        tail = with(tail, count, x.0);
        *x = tail;
    }
}

/// Mean and squares of a part that has become `count` values with `x`.
#[inline(always)]
fn with((mean, squares): (f64, f64), count: f64, x: f64) -> (f64, f64) {
    let apart = x - mean;
    // The division does not wait for the mean; the first value is taken over exactly.
    let mean = mean + apart * (1.0 / count);
    (mean, squares + apart * (x - mean))
}

/// The value n bars ago.
#[derive(Debug, Clone)]
pub(super) struct Delay {
    ring: Box<[f64]>,
    next: usize,
}

impl Delay {
    /// A delay of `bars`, 0 allowed.
    pub(super) fn new(bars: usize) -> Self {
        Self {
            ring: vec![f64::NAN; bars].into(),
            next: 0,
        }
    }

    /// Takes the next value; returns the one `bars` before it, NaN while there is none.
    #[inline(always)]
    pub(super) fn push(&mut self, x: f64) -> f64 {
        let Some(place) = self.ring.get_mut(self.next) else {
            return x;
        };
        let old = std::mem::replace(place, x);
        self.next += 1;
        if self.next == self.ring.len() {
            self.next = 0;
        }
        old
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small whole numbers, so that every sum is exact, in an order that repeats late.
    fn values() -> Vec<f64> {
        (0u32..200)
            .map(|i| f64::from(i * i * 7919 % 101) - 50.0)
            .collect()
    }

    #[test]
    fn windows_equal_their_definitions() {
        let values = values();
        for period in [1, 2, 3, 7, 20] {
            let mut sum = Sum::new(period);
            let mut highest = Highest::new(period);
            let mut lowest = Lowest::new(period);
            let mut weighted = WeightedSum::new(period);
            let mut moments = Moments::new(period);
            let mut delay = Delay::new(period);
            for (i, &x) in values.iter().enumerate() {
                let got = (
                    sum.push(x),
                    highest.push(x),
                    lowest.push(x),
                    weighted.push(x),
                );
                let (mean, squares) = moments.push(x);
                let old = delay.push(x);
                assert_eq!(old.is_nan(), i < period);
                if i >= period {
                    assert_eq!(old, values[i - period]);
                }
                if i + 1 < period {
                    assert!(got.0.is_nan() && got.1.is_nan() && got.2.is_nan());
                    assert!(got.3.is_nan() && mean.is_nan() && squares.is_nan());
                    continue;
                }
                let window = &values[i + 1 - period..=i];
                let total: f64 = window.iter().sum();
                let average = total / period as f64;
                assert_eq!(got.0, total);
                assert_eq!(got.1, window.iter().copied().fold(f64::MIN, f64::max));
                assert_eq!(got.2, window.iter().copied().fold(f64::MAX, f64::min));
                let weights: f64 = window
                    .iter()
                    .zip(1u32..)
                    .map(|(x, w)| x * f64::from(w))
                    .sum();
                assert_eq!(got.3, weights);
                let around: f64 = window.iter().map(|x| (x - average).powi(2)).sum();
                assert!((mean - average).abs() < 1e-12);
                assert!((squares - around).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn a_spike_leaves_nothing_behind() {
        let mut sum = Sum::new(5);
        let mut moments = Moments::new(5);
        let mut last = (0.0, (0.0, 0.0));
        for x in [0.1, 1e18, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1] {
            last = (sum.push(x), moments.push(x));
        }
        assert!((last.0 - 0.5).abs() < 1e-15);
        assert_eq!(last.1, (0.1, 0.0));
    }
}
