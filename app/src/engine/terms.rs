//! The terms of a test.

pub mod broker;

use backtest::venue::Venue;
use protocol::run::Terms;
use trading::{
    strategy::{Document, number::Number, sizing::Sizing},
    symbol::Symbol,
};

/// Decimal places of prices where nobody says: of use for distances in points alone.
const USUAL_DIGITS: u32 = 5;

/// Symbol, costs and account; `None` where nobody knows them.
pub fn venue(terms: Terms, symbol: &Symbol) -> Option<Venue> {
    let typical = Venue::typical(symbol);
    match terms {
        Terms::Typical => typical,
        Terms::Ideal => {
            let digits = typical.map_or(USUAL_DIGITS, |venue| venue.symbol.digits);
            Some(Venue::ideal(symbol.clone(), digits, 0.0))
        }
    }
}

/// The document as it is tested on these terms: on ideal ones every entry is one unit.
pub fn adapt(terms: Terms, document: &mut Document) {
    if terms == Terms::Ideal {
        document.sizing = Sizing::FixedLots(Number::Literal(1.0));
    }
}
