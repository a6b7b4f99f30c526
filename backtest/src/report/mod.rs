//! Reports for people: plain text for the terminal, a stand-alone page for the browser.
//!
//! Both say the same, from one list of rows, in English or Indonesian. Whatever comes from outside
//! (names, sentences, notes) may be hostile: it can neither bring markup into the page nor control
//! sequences into the terminal.

mod chart;
pub mod figure;
mod heat;
pub mod html;
mod number;
mod rows;
mod safe;
mod slots;
mod table;
pub mod text;
mod words;
mod year;

#[cfg(test)]
mod sample;

use crate::statistics::Statistics;
use trading::symbol::Trade;

/// What a report tells of.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The strategy's name.
    pub title: &'a str,
    /// The symbol.
    pub symbol: &'a str,
    /// The timeframe, such as `H1`.
    pub timeframe: &'a str,
    /// The account's currency code.
    pub currency: &'a str,
    /// Decimal places of a price.
    pub digits: u32,
    /// What is traded, in sentences of the report's language.
    pub strategy_sentences: &'a [String],
    /// The statistics of the run.
    pub statistics: &'a Statistics,
    /// Its trades, in the order of [`Statistics::excursions`].
    pub trades: &'a [Trade],
    /// Equity at the close of each bar.
    pub equity: &'a [f64],
    /// Opening times of the bars, milliseconds since the epoch.
    pub times: &'a [i64],
    /// Whether the parameters were chosen on these same bars.
    pub in_sample: bool,
    /// What else the reader must know, in sentences of the report's language.
    pub notes: &'a [String],
}
