//! A strategy compiled: names resolved to places, so that evaluating it looks nothing up.
//!
//! A plan keeps parameters symbolic ([`Slot`]): one plan serves every parameter set of a sweep, and
//! a list of values, in the order of [`Plan::parameters`], makes it concrete.

mod compile;
mod order;
mod session_hours;

pub use compile::{CompileError, compile};
pub use order::{DistancePlan, LossLimit, OrderPlan, SizePlan, TrailPlan};
pub use session_hours::SessionHours;

use crate::{
    indicator::{InputKind, Settings},
    symbol::Symbol,
    timeframe::Timeframe,
    zone::Zone,
};

use super::operand::Price;

/// A number that is known, or the value of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Slot {
    /// Known.
    Fixed(f64),
    /// The value at this place of the parameter values.
    Parameter(usize),
}

impl Slot {
    /// The number, given the parameters' values.
    #[inline]
    pub fn value(self, values: &[f64]) -> f64 {
        match self {
            Self::Fixed(value) => value,
            Self::Parameter(place) => values[place],
        }
    }
}

/// Place of a column in [`Plan::columns`].
pub type ColumnId = usize;
/// Place of a test in [`Plan::tests`].
pub type TestId = usize;

/// A series that is read: one number a bar of the strategy's timeframe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A price of the strategy's own bars.
    Price(Price),
    /// An indicator's output. On a higher timeframe it is the value at the last closed bar there,
    /// or `lag` of those bars before.
    Output {
        /// Place in [`Plan::indicators`].
        indicator: usize,
        /// Which output.
        output: usize,
        /// Closed higher bars to look back; 0 on the strategy's own timeframe.
        lag: u32,
    },
}

/// An indicator with its parameters still symbolic.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorNode {
    /// Definition and choices; its values stand for the parameters only where `slots` are fixed.
    pub settings: Settings,
    /// One for each of the definition's parameters.
    pub slots: Vec<Slot>,
    /// What it reads.
    pub input: NodeInput,
    /// Place in [`Plan::feeds`] of the higher timeframe it is computed on, if it is.
    pub feed: Option<usize>,
    /// The outputs that anybody reads, as bits.
    pub wanted: u32,
}

impl IndicatorNode {
    /// The indicator's settings for these parameter values.
    pub fn settings(&self, values: &[f64]) -> Settings {
        let parameters = self.settings.definition().parameters;
        let mut settings = self.settings.clone().wanting(self.wanted);
        for (parameter, slot) in parameters.iter().zip(&self.slots) {
            settings = settings.with(parameter.name, slot.value(values));
        }
        settings
    }

    /// Whether every number it depends on is the same in all parameter sets. (What it reads may
    /// still vary.)
    pub fn is_fixed(&self) -> bool {
        self.slots.iter().all(|s| matches!(s, Slot::Fixed(_)))
    }
}

/// What an indicator reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeInput {
    /// The whole bar.
    Bar,
    /// A price of the bars of its timeframe.
    Price(Price),
    /// Another indicator's output (place, output) on the same timeframe.
    Output(usize, usize),
}

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Term {
    /// A number.
    Constant(Slot),
    /// A column, some bars ago.
    Column {
        /// Which.
        column: ColumnId,
        /// How many bars of the strategy's timeframe ago.
        ago: u32,
        /// What it is multiplied with.
        factor: Option<Slot>,
    },
}

/// How two terms are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `a > b`
    Above,
    /// `a >= b`
    AtOrAbove,
    /// `a < b`
    Below,
    /// `a <= b`
    AtOrBelow,
    /// `a != b`
    Differs,
}

impl Relation {
    /// Whether it holds; never where a side is NaN.
    #[inline(always)]
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Above => a > b,
            Self::AtOrAbove => a >= b,
            Self::Below => a < b,
            Self::AtOrBelow => a <= b,
            Self::Differs => a != b && !a.is_nan() && !b.is_nan(),
        }
    }
}

/// A condition. Tests come after the tests that they are made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A comparison.
    Compare(Relation, Term, Term),
    /// All hold.
    All(Vec<TestId>),
    /// One holds at least.
    Any(Vec<TestId>),
    /// It does not hold.
    Not(TestId),
}

/// The places of the rules among the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// When to buy.
    pub long: Option<TestId>,
    /// When to sell.
    pub short: Option<TestId>,
    /// When to close a long position.
    pub exit_long: Option<TestId>,
    /// When to close a short position.
    pub exit_short: Option<TestId>,
}

/// A parameter's name and the value that the document gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanParameter {
    /// Name.
    pub name: String,
    /// Value.
    pub value: f64,
}

/// A compiled strategy.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What is traded.
    pub symbol: Symbol,
    /// The bars on whose close decisions are made.
    pub timeframe: Timeframe,
    /// The zone in which days begin.
    pub zone: Zone,
    /// The parameters in the order in which values are given.
    pub parameters: Vec<PlanParameter>,
    /// Higher timeframes that are read.
    pub feeds: Vec<Timeframe>,
    /// Indicators, each after the one that it reads.
    pub indicators: Vec<IndicatorNode>,
    /// Columns that tests and orders read.
    pub columns: Vec<Column>,
    /// For each column, the furthest back that it is read, in bars.
    pub reach: Vec<u32>,
    /// Conditions.
    pub tests: Vec<Test>,
    /// Where the rules are.
    pub rules: Rules,
    /// When entries are allowed.
    pub hours: Option<SessionHours>,
    /// Greatest spread at which entries are allowed, in points.
    pub max_spread: Option<Slot>,
    /// Exits, sizing and limits.
    pub orders: OrderPlan,
}

impl Plan {
    /// The values that the document gives the parameters.
    pub fn values(&self) -> Vec<f64> {
        self.parameters.iter().map(|p| p.value).collect()
    }

    /// Why these parameter values cannot be used, if they cannot.
    pub fn value_fault(&self, values: &[f64]) -> Option<String> {
        for node in &self.indicators {
            let definition = node.settings.definition();
            for (parameter, slot) in definition.parameters.iter().zip(&node.slots) {
                let value = slot.value(values);
                if let (Some(fault), Slot::Parameter(place)) = (parameter.fault(value), slot) {
                    return Some(format!(
                        "parameter {} = {value}: {} {fault}",
                        self.parameters[*place].name, definition.name
                    ));
                }
            }
        }
        self.orders.value_fault(&self.parameters, values)
    }

    /// The same strategy with every entry of this many lots, whatever its sizing says.
    #[must_use]
    pub fn with_lots(mut self, lots: f64) -> Self {
        self.orders.size = SizePlan::FixedLots(Slot::Fixed(lots));
        self
    }

    /// Whether any indicator starts anew each day.
    pub fn reads_days(&self) -> bool {
        self.indicators
            .iter()
            .any(|node| node.settings.definition().input == InputKind::DayBar)
    }
}
