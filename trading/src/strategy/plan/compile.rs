//! From a document to a plan.

mod column;
mod condition;
mod indicator;
mod order;

use super::{Column, IndicatorNode, Plan, PlanParameter, Rules, SessionHours, Slot, Test, TestId};
use crate::{
    strategy::{condition::Condition, document::Document, number::Number},
    timeframe::Timeframe,
    zone::Zone,
};
use std::collections::BTreeMap;

/// Why a document has no meaning. [`crate::strategy::validate`] finds all of a document's faults
/// and explains them; a document without faults always compiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {why}")]
pub struct CompileError {
    /// Where, as a JSON pointer.
    pub place: String,
    /// What is wrong.
    pub why: String,
}

fn error(place: impl Into<String>, why: impl Into<String>) -> CompileError {
    CompileError {
        place: place.into(),
        why: why.into(),
    }
}

/// Compiles a document.
///
/// # Errors
/// When a name refers to nothing, or a number is out of its range.
pub fn compile(document: &Document) -> Result<Plan, CompileError> {
    let zone = Zone::parse(&document.time_zone).map_err(|e| error("/time_zone", e.to_string()))?;
    let mut compiler = Compiler {
        document,
        parameters: document
            .parameters
            .iter()
            .map(|(name, p)| PlanParameter {
                name: name.clone(),
                value: p.value,
            })
            .collect(),
        feeds: Vec::new(),
        indicators: Vec::new(),
        names: BTreeMap::new(),
        open: Vec::new(),
        columns: Vec::new(),
        reach: Vec::new(),
        tests: Vec::new(),
    };
    let rules = Rules {
        long: compiler.rule(document.entry.long.as_ref(), "/entry/long")?,
        short: compiler.rule(document.entry.short.as_ref(), "/entry/short")?,
        exit_long: compiler.rule(document.exits.long.as_ref(), "/exits/long")?,
        exit_short: compiler.rule(document.exits.short.as_ref(), "/exits/short")?,
    };
    let orders = compiler.orders()?;
    let max_spread = compiler.optional_slot(document.filters.max_spread.as_ref())?;
    let hours = match &document.filters.session {
        Some(session) => Some(
            SessionHours::new(session, &zone)
                .map_err(|e| error("/filters/session/time_zone", e.to_string()))?,
        ),
        None => None,
    };
    let plan = Plan {
        symbol: document.symbol.clone(),
        timeframe: document.timeframe,
        zone,
        parameters: compiler.parameters,
        feeds: compiler.feeds,
        indicators: compiler.indicators,
        columns: compiler.columns,
        reach: compiler.reach,
        tests: compiler.tests,
        rules,
        hours,
        max_spread,
        orders,
    };
    match plan.value_fault(&plan.values()) {
        Some(fault) => Err(error("/parameters", fault)),
        None => Ok(plan),
    }
}

struct Compiler<'a> {
    document: &'a Document,
    parameters: Vec<PlanParameter>,
    feeds: Vec<Timeframe>,
    indicators: Vec<IndicatorNode>,
    /// Where the document's indicators are among `indicators`.
    names: BTreeMap<&'a str, usize>,
    /// Indicators being compiled, to notice circles.
    open: Vec<&'a str>,
    columns: Vec<Column>,
    reach: Vec<u32>,
    tests: Vec<Test>,
}

impl<'a> Compiler<'a> {
    fn rule(
        &mut self,
        condition: Option<&'a Condition>,
        place: &str,
    ) -> Result<Option<TestId>, CompileError> {
        condition
            .map(|condition| self.condition(condition, place, 0))
            .transpose()
    }

    fn optional_slot(&self, number: Option<&Number>) -> Result<Option<Slot>, CompileError> {
        number.map(|n| self.slot(n)).transpose()
    }

    fn slot(&self, number: &Number) -> Result<Slot, CompileError> {
        match number {
            Number::Literal(value) if value.is_finite() => Ok(Slot::Fixed(*value)),
            Number::Literal(_) => Err(error("", "a number is not finite")),
            Number::Parameter(name) => self
                .parameters
                .iter()
                .position(|p| p.name == name.name())
                .map(Slot::Parameter)
                .ok_or_else(|| error("/parameters", format!("there is no {}", name.name()))),
        }
    }
}
