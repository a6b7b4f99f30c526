//! Everything that can be wrong, without words: the words are in `english` and `indonesian`.

use super::Severity;
use serde_json::Value;

/// What is wrong at a place of a document.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)] // the fields are what their names say
pub enum Problem {
    // The text.
    /// There is no text.
    EmptyText,
    /// The text is too long to be a strategy.
    TooLarge { bytes: usize, max: usize },
    /// The text is not JSON.
    Syntax {
        line: usize,
        column: usize,
        /// Whether the text ends too early.
        is_cut: bool,
        /// What the JSON reader says, in English.
        what: String,
    },
    /// Lists and objects are nested deeper than any document's.
    TooNested { line: usize, column: usize },
    /// A key stands twice in one object.
    DuplicateKey { key: String },
    /// More faults than anybody reads.
    TooManyFaults { max: usize },
    /// serde refuses what the structure check let pass: a gap in that check.
    Unreadable(String),

    // The structure.
    /// A value of another type is needed.
    WrongType { expected: Expected, found: Found },
    /// A field that must be there is not.
    MissingField { name: &'static str },
    /// A name that means nothing here.
    Unknown {
        thing: Thing,
        name: String,
        suggestion: Option<String>,
        allowed: Vec<String>,
    },
    /// An object that says one thing by its only key has none or several.
    NotOne {
        thing: Thing,
        found: usize,
        allowed: Vec<String>,
    },
    /// A list of another length is needed.
    WrongLength { expected: usize, found: usize },
    /// A text that is no operand, such as `close[`.
    BadOperand { text: String, why: &'static str },
    /// A text where a number or `$parameter` belongs.
    BadNumber { text: String },
    /// A text that cannot name a symbol.
    BadSymbol { text: String },
    /// A text that is no `HH:MM`.
    BadTime { text: String },

    // Names.
    /// The format is newer than this program.
    NewerVersion { found: u32, known: u32 },
    /// There is no such version of the format.
    UnknownVersion { found: u32, known: u32 },
    /// The strategy has no name.
    EmptyName,
    /// A text for people is too long.
    TooLong { found: usize, max: usize },
    /// A name of an indicator or parameter that rules could not refer to.
    BadName { name: String },
    /// An indicator is named like a price.
    NameIsPrice { name: String },
    /// There is no time zone of this name.
    UnknownZone {
        name: String,
        suggestion: Option<String>,
    },

    // Numbers.
    /// A number is outside its bounds.
    OutOfRange {
        /// What it is, as the document names it.
        name: String,
        value: f64,
        bound: Bound,
        /// The parameter that gives it, if one does.
        parameter: Option<String>,
    },
    /// The steps of a range give numbers with a fraction where bars are counted.
    FractionalStep { name: String, parameter: String },
    /// A range that goes from high to low.
    RangeReversed { from: f64, to: f64 },
    /// A range with too many values.
    RangeTooLong { values: usize, max: usize },

    // Indicators.
    /// An indicator is computed from itself.
    Cycle { path: Vec<String> },
    /// A source is given to an indicator that reads whole bars.
    SourceNotTaken { kind: &'static str },
    /// A source that has a value at some bars only; its outputs that always have one.
    SourceHasGaps {
        source: String,
        output: &'static str,
        whole: Vec<&'static str>,
    },
    /// An indicator on a timeframe that is not above the strategy's.
    TimeframeNotHigher {
        found: &'static str,
        own: &'static str,
    },
    /// An indicator on a timeframe that is not made of whole bars of the strategy's.
    TimeframeNotMultiple {
        found: &'static str,
        own: &'static str,
    },
    /// An indicator computed from one on another timeframe.
    SourceTimeframe {
        source: String,
        found: &'static str,
        own: &'static str,
    },

    // Conditions.
    /// A group without conditions.
    EmptyGroup,
    /// Both sides are numbers.
    OnlyNumbers,
    /// `between` with its ends the wrong way round.
    LowAboveHigh { low: f64, high: f64 },
    /// Conditions nested too deeply.
    TooDeep { max: usize },
    /// Too many of something.
    TooMany {
        group: Group,
        found: usize,
        max: usize,
    },

    // What belongs together.
    /// Something that needs a stop loss stands in a strategy without one.
    NeedsStopLoss { name: &'static str },
    /// A stop loss as a multiple of itself.
    StopLossInRisk,
    /// Neither side has an entry rule.
    NoEntry,
    /// Hours that begin when they end.
    EmptyHours { time: String },
    /// A list that allows nothing.
    NothingAllowed { name: &'static str },

    // Warnings.
    /// Nothing uses a parameter.
    UnusedParameter { name: String },
    /// Nothing uses an indicator.
    UnusedIndicator { name: String },
    /// A parameter's value is not in its own range.
    ValueOutsideRange {
        name: String,
        value: f64,
        from: f64,
        to: f64,
    },
    /// An exit rule for a side that is never entered.
    ExitWithoutEntry { side: &'static str },
    /// A series is compared with itself.
    ComparesItself { text: String },
}

impl Problem {
    /// Stable name, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EmptyText => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::Syntax { .. } => "syntax",
            Self::TooNested { .. } => "too-nested",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::TooManyFaults { .. } => "too-many-faults",
            Self::Unreadable(_) => "unreadable",
            Self::WrongType { .. } => "wrong-type",
            Self::MissingField { .. } => "missing-field",
            Self::Unknown { thing, .. } => thing.code(),
            Self::NotOne { .. } => "not-one",
            Self::WrongLength { .. } => "wrong-length",
            Self::BadOperand { .. } => "bad-operand",
            Self::BadNumber { .. } => "bad-number",
            Self::BadSymbol { .. } => "bad-symbol",
            Self::BadTime { .. } => "bad-time",
            Self::NewerVersion { .. } => "newer-version",
            Self::UnknownVersion { .. } => "unknown-version",
            Self::EmptyName => "empty-name",
            Self::TooLong { .. } => "too-long",
            Self::BadName { .. } => "bad-name",
            Self::NameIsPrice { .. } => "name-is-price",
            Self::UnknownZone { .. } => "unknown-time-zone",
            Self::OutOfRange { .. } => "out-of-range",
            Self::FractionalStep { .. } => "fractional-step",
            Self::RangeReversed { .. } => "range-reversed",
            Self::RangeTooLong { .. } => "range-too-long",
            Self::Cycle { .. } => "cycle",
            Self::SourceNotTaken { .. } => "source-not-taken",
            Self::SourceHasGaps { .. } => "source-has-gaps",
            Self::TimeframeNotHigher { .. } => "timeframe-not-higher",
            Self::TimeframeNotMultiple { .. } => "timeframe-not-multiple",
            Self::SourceTimeframe { .. } => "source-timeframe",
            Self::EmptyGroup => "empty-group",
            Self::OnlyNumbers => "only-numbers",
            Self::LowAboveHigh { .. } => "low-above-high",
            Self::TooDeep { .. } => "too-deep",
            Self::TooMany { .. } => "too-many",
            Self::NeedsStopLoss { .. } => "needs-stop-loss",
            Self::StopLossInRisk => "stop-loss-in-risk",
            Self::NoEntry => "no-entry",
            Self::EmptyHours { .. } => "empty-hours",
            Self::NothingAllowed { .. } => "nothing-allowed",
            Self::UnusedParameter { .. } => "unused-parameter",
            Self::UnusedIndicator { .. } => "unused-indicator",
            Self::ValueOutsideRange { .. } => "value-outside-range",
            Self::ExitWithoutEntry { .. } => "exit-without-entry",
            Self::ComparesItself { .. } => "compares-itself",
        }
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::UnusedParameter { .. }
            | Self::UnusedIndicator { .. }
            | Self::ValueOutsideRange { .. }
            | Self::ExitWithoutEntry { .. }
            | Self::ComparesItself { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// What an unknown name should have named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Thing {
    Field,
    Condition,
    Distance,
    Sizing,
    DailyLoss,
    Timeframe,
    Weekday,
    Impact,
    OppositeSignal,
    IndicatorKind,
    /// A parameter or choice of an indicator.
    Setting,
    /// A value of a choice, such as `mt5`.
    Choice,
    /// An output of an indicator.
    Output,
    Parameter,
    Indicator,
}

impl Thing {
    const fn code(self) -> &'static str {
        match self {
            Self::Field => "unknown-field",
            Self::Condition => "unknown-condition",
            Self::Distance => "unknown-distance",
            Self::Sizing => "unknown-sizing",
            Self::DailyLoss => "unknown-daily-loss",
            Self::Timeframe => "unknown-timeframe",
            Self::Weekday => "unknown-weekday",
            Self::Impact => "unknown-impact",
            Self::OppositeSignal => "unknown-opposite-signal",
            Self::IndicatorKind => "unknown-indicator-kind",
            Self::Setting => "unknown-setting",
            Self::Choice => "unknown-choice",
            Self::Output => "unknown-output",
            Self::Parameter => "undefined-parameter",
            Self::Indicator => "undefined-indicator",
        }
    }
}

/// Something of which a document may hold only so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Group {
    Conditions,
    Indicators,
    Parameters,
}

/// The type that a place needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Expected {
    Object,
    List,
    Text,
    Number,
    /// 0, 1, 2, ...
    WholeNumber,
    /// A number or `"$parameter"`.
    NumberOrParameter,
    /// A number or a series.
    Operand,
    /// A number or a word.
    Setting,
}

/// The type that was found instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the names say it
pub enum Found {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl From<&Value> for Found {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

/// The numbers that a place allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// Least.
    pub min: f64,
    /// Whether `min` itself is not allowed.
    pub is_open: bool,
    /// Greatest.
    pub max: f64,
    /// Whether only whole numbers are.
    pub is_whole: bool,
}

/// No number of a strategy is sensibly greater; it keeps sums and products finite.
const GREATEST: f64 = 1e12;

impl Bound {
    /// Above 0.
    pub const POSITIVE: Self = Self {
        min: 0.0,
        is_open: true,
        max: GREATEST,
        is_whole: false,
    };
    /// 0 or above.
    pub const NOT_NEGATIVE: Self = Self {
        min: 0.0,
        is_open: false,
        max: GREATEST,
        is_whole: false,
    };
    /// Above 0, up to 100.
    pub const PERCENT: Self = Self {
        min: 0.0,
        is_open: true,
        max: 100.0,
        is_whole: false,
    };
    /// Any number.
    pub const ANY: Self = Self {
        min: f64::MIN,
        is_open: false,
        max: f64::MAX,
        is_whole: false,
    };

    /// Whole numbers from `min` to `max`.
    pub const fn whole(min: f64, max: f64) -> Self {
        Self {
            min,
            is_open: false,
            max,
            is_whole: true,
        }
    }

    /// Whether `value` is allowed.
    pub fn allows(self, value: f64) -> bool {
        let above = if self.is_open {
            value > self.min
        } else {
            value >= self.min
        };
        above && value <= self.max && (!self.is_whole || value.fract() == 0.0)
    }
}
