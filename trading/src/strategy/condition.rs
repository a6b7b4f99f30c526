//! Nested conditions over operands.

use super::operand::Operand;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The deepest nesting that a document may have.
pub const MAX_DEPTH: usize = 16;
/// The greatest number of conditions in one document.
pub const MAX_CONDITIONS: usize = 500;

/// Something that is true or false at the close of a bar. Where an operand has no value yet, a
/// comparison is false.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold. (No rule is asked before every series of the strategy has a value.)
    Not(Box<Condition>),
    /// `[a, b]`: a > b.
    Above([Operand; 2]),
    /// `[a, b]`: a >= b.
    AtOrAbove([Operand; 2]),
    /// `[a, b]`: a < b.
    Below([Operand; 2]),
    /// `[a, b]`: a <= b.
    AtOrBelow([Operand; 2]),
    /// `[a, b]`: a > b now, and a <= b one bar before.
    CrossesAbove([Operand; 2]),
    /// `[a, b]`: a < b now, and a >= b one bar before.
    CrossesBelow([Operand; 2]),
    /// `[value, low, high]`: low <= value <= high.
    Between([Operand; 3]),
    /// Each of the last `bars` steps went up.
    Rising(Run),
    /// Each of the last `bars` steps went down.
    Falling(Run),
    /// A pattern shows: the series is not zero.
    Occurs(Operand),
}

/// A series that moved one way for some bars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// The series.
    pub value: Operand,
    /// How many steps in a row, 1 to 100.
    pub bars: u32,
}

impl Condition {
    /// The names of all variants as a document writes them.
    pub const NAMES: [&'static str; 13] = [
        "all",
        "any",
        "not",
        "above",
        "at_or_above",
        "below",
        "at_or_below",
        "crosses_above",
        "crosses_below",
        "between",
        "rising",
        "falling",
        "occurs",
    ];
}
