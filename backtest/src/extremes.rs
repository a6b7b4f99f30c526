//! Least and greatest price of any stretch of bars, without looking at each of them.

/// Bars in a block.
const BLOCK: usize = 16;

/// Least and greatest of any range of a column, in a handful of steps: blocks know what they hold
/// up to each bar and from each bar on, and doubling runs of blocks know what lies between.
#[derive(Debug)]
pub(crate) struct Extremes {
    /// From the block's start up to this bar.
    until: Vec<Range>,
    /// From this bar to the block's end.
    since: Vec<Range>,
    /// `runs[n][b]` covers the `2^n` blocks from block `b` on.
    runs: Vec<Vec<Range>>,
}

/// Least and greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Range {
    #[inline(always)]
    fn with(self, other: Self) -> Self {
        Self {
            low: if other.low < self.low {
                other.low
            } else {
                self.low
            },
            high: if other.high > self.high {
                other.high
            } else {
                self.high
            },
        }
    }

    fn of(price: f64) -> Self {
        Self {
            low: price,
            high: price,
        }
    }
}

impl Extremes {
    pub(crate) fn new(prices: &[f64]) -> Self {
        let mut until: Vec<Range> = prices.iter().copied().map(Range::of).collect();
        let mut since = until.clone();
        for (until, since) in until.chunks_mut(BLOCK).zip(since.chunks_mut(BLOCK)) {
            for i in 1..until.len() {
                until[i] = until[i].with(until[i - 1]);
            }
            for i in (1..since.len()).rev() {
                since[i - 1] = since[i - 1].with(since[i]);
            }
        }
        let blocks: Vec<Range> = since.iter().step_by(BLOCK).copied().collect();
        let mut runs = vec![blocks];
        loop {
            let reach = 1 << (runs.len() - 1);
            let last = &runs[runs.len() - 1];
            if last.len() <= reach {
                break;
            }
            let pairs = last.iter().zip(&last[reach..]);
            let next = pairs.map(|(a, b)| a.with(*b)).collect();
            runs.push(next);
        }
        Self { until, since, runs }
    }

    /// Over at least `from..to`, which is not empty, and at most the rest of its first and last
    /// block: quicker than [`Extremes::range`], and often enough to know.
    #[inline]
    pub(crate) fn around(&self, from: usize, to: usize) -> Range {
        let (first, last) = (from / BLOCK, (to - 1) / BLOCK);
        let run = (last - first + 1).ilog2() as usize;
        let run_blocks = &self.runs[run];
        run_blocks[first].with(run_blocks[last + 1 - (1 << run)])
    }

    /// Over `from..to`, which is not empty. `prices` is the column that this was made from.
    #[inline]
    pub(crate) fn range(&self, prices: &[f64], from: usize, to: usize) -> Range {
        let last = to - 1;
        let (first_block, last_block) = (from / BLOCK, last / BLOCK);
        if first_block == last_block {
            let mut range = Range::of(prices[from]);
            for price in &prices[from + 1..to] {
                range = range.with(Range::of(*price));
            }
            return range;
        }
        let range = self.since[from].with(self.until[last]);
        let between = last_block - first_block - 1;
        if between == 0 {
            return range;
        }
        let run = between.ilog2() as usize;
        let run_blocks = &self.runs[run];
        range
            .with(run_blocks[first_block + 1])
            .with(run_blocks[last_block - (1 << run)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_range_is_what_a_plain_walk_finds(
            prices in proptest::collection::vec(0.5f64..2.0, 1..400),
            a in 0usize..400,
            b in 0usize..400,
        ) {
            let (a, b) = (a % prices.len(), b % prices.len());
            let (from, to) = (a.min(b), a.max(b) + 1);
            let extremes = Extremes::new(&prices);
            let plain = &prices[from..to];
            let low = plain.iter().copied().fold(f64::INFINITY, f64::min);
            let high = plain.iter().copied().fold(0.0, f64::max);
            prop_assert_eq!(extremes.range(&prices, from, to), Range { low, high });
            let around = extremes.around(from, to);
            prop_assert!(around.low <= low && around.high >= high);
        }
    }
}
