//! Margin: what an order needs, and where the broker closes positions because too little is left.

use super::{Position, Terms};
use trading::symbol::Side;

/// All positions of one side together.
#[derive(Debug, Clone, Copy, Default)]
struct Total {
    /// Account money for a price move of 1.
    value: f64,
    /// Account money that they are worth at their prices of entry.
    worth: f64,
}

impl Total {
    fn of(positions: &[Position], side: Side) -> Self {
        let positions = positions.iter().filter(|p| p.side == side);
        positions.fold(Self::default(), |total, p| Self {
            value: total.value + p.value,
            worth: total.worth + p.value * p.entry_price,
        })
    }
}

/// Margin in use: that of the larger side, at the prices of entry.
#[inline(always)]
fn in_use(terms: &Terms, positions: &[Position]) -> f64 {
    let buys = Total::of(positions, Side::Buy).worth;
    let sells = Total::of(positions, Side::Sell).worth;
    (if buys > sells { buys } else { sells }) / terms.leverage
}

/// Whether what is left of `equity` beside the open positions pays for one more.
#[inline(always)]
pub(super) fn suffices(terms: &Terms, open: &[Position], equity: f64, more: &Position) -> bool {
    let needed = more.value * more.entry_price / terms.leverage;
    equity - in_use(terms, open) >= needed
}

/// Where the broker closes positions for lack of margin: the side that loses then, and the price at
/// which it is closed. Where both sides are held it moves with the spread; an even hedge, which no
/// price move touches, is closed at any price or at none.
#[inline(always)]
pub(super) fn stop_out(
    terms: &Terms,
    positions: &[Position],
    balance: f64,
    spread: f64,
) -> Option<(Side, f64)> {
    if terms.leverage <= 0.0 || positions.is_empty() {
        return None;
    }
    let buys = Total::of(positions, Side::Buy);
    let sells = Total::of(positions, Side::Sell);
    let (side, larger, smaller) = if buys.value >= sells.value {
        (Side::Buy, buys, sells)
    } else {
        (Side::Sell, sells, buys)
    };
    // Interest counts when it is booked, at the close of the position.
    let costs = positions.iter().fold(0.0, |sum, p| sum + p.entry_cost);
    let spare = balance - costs - in_use(terms, positions) * terms.stop_out;
    let sign = side.sign();
    // With buys the larger: spare + (bid * buys - paid) + (received - ask * sells) = 0.
    let fixed = larger.worth - smaller.worth + (spread * smaller.value - spare) * sign;
    let net = larger.value - smaller.value;
    if net > 0.0 {
        Some((side, fixed / net))
    } else {
        (fixed >= 0.0).then_some((side, f64::INFINITY))
    }
}
