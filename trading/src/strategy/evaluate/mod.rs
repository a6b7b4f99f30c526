//! What a plan's rules say at each bar: as a stream, bar by bar, and as columns, a whole history
//! at once. Both give the same answers; a property test over all ready strategies proves it.

mod bits;
mod columnar;
mod compare;
mod feed;
mod sets;
mod stream;

pub use bits::Bits;
pub use columnar::{SignalTable, evaluate, may_enter, tabulate};
pub use compare::Comparison;
pub use sets::{Hands, OneByOne, SetTables, Sets};
pub use stream::Stream;

/// What the rules say at the close of one bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Signals {
    /// The rule to buy holds.
    pub long: bool,
    /// The rule to sell holds.
    pub short: bool,
    /// The rule to close long positions holds.
    pub exit_long: bool,
    /// The rule to close short positions holds.
    pub exit_short: bool,
    /// Session and spread allow an entry.
    pub may_enter: bool,
}
