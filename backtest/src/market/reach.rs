//! How far the prices of blocks of bars reach: enough to pass over a block at a glance.

use super::{Distance, Market};
use trading::symbol::Side;

/// Bars in a block.
pub(super) const BLOCK: usize = 16;

/// Bounds of every [`BLOCK`] bars.
#[derive(Debug)]
pub(super) struct Reach {
    bid: Vec<Bounds>,
    ask: Vec<Bounds>,
}

#[derive(Debug, Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

impl Reach {
    pub(super) fn new(market: &Market<'_>) -> Self {
        let bars = market.bars;
        let bounds = |low: &[f64], high: &[f64]| Bounds {
            low: low.iter().copied().fold(f64::INFINITY, f64::min),
            high: high.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        let bid: Vec<Bounds> = bars
            .low
            .chunks(BLOCK)
            .zip(bars.high.chunks(BLOCK))
            .map(|(low, high)| bounds(low, high))
            .collect();
        // Rounding never turns the order of two sums around, so the sums of the extremes bound the
        // sum at every bar.
        let ask = match &market.distance {
            Distance::Same(distance) => {
                let raised = |b: &Bounds| b.raised(*distance, *distance);
                bid.iter().map(raised).collect()
            }
            Distance::Each(distances) => {
                let blocks = bid.iter().zip(distances.chunks(BLOCK));
                blocks
                    .map(|(b, distances)| {
                        let by = bounds(distances, distances);
                        b.raised(by.low, by.high)
                    })
                    .collect()
            }
        };
        Self { bid, ask }
    }

    /// Whether the low of a bar of this block may be at most `low`, or its high at least `high`, in
    /// the prices at which a position of this side is closed.
    #[inline(always)]
    pub(super) fn may_leave(&self, block: usize, side: Side, low: f64, high: f64) -> bool {
        let bounds = match side {
            Side::Buy => self.bid[block],
            Side::Sell => self.ask[block],
        };
        (bounds.low <= low) | (bounds.high >= high)
    }
}

impl Bounds {
    fn raised(self, low: f64, high: f64) -> Self {
        Self {
            low: self.low + low,
            high: self.high + high,
        }
    }
}
