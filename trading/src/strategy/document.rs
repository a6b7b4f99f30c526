//! The strategy document: what a trader writes, saves and shares. Versioned JSON.

use super::{
    condition::Condition, exit::Exits, filter::Filters, limit::Limits, number::Number,
    operand::Source, sizing::Sizing,
};
use crate::{symbol::Symbol, timeframe::Timeframe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the document format that this program writes.
pub const VERSION: u32 = 1;

/// A strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Where the JSON Schema is; ignored.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the format: 1.
    pub version: u32,
    /// Name for people.
    pub name: String,
    /// What the idea is, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What is traded.
    pub symbol: Symbol,
    /// The bars on whose close decisions are made.
    pub timeframe: Timeframe,
    /// The zone in which days begin, for limits per day, VWAP, pivots and bars of a day or longer:
    /// `UTC`, a name such as `Europe/London`, or one with hours added, `America/New_York+7`.
    #[serde(default = "utc", skip_serializing_if = "is_utc")]
    pub time_zone: String,
    /// Named numbers that the rules refer to as `"$name"`, and over which ranges they may be
    /// optimised.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, Parameter>,
    /// Named indicators that the rules refer to as `name` or `name.output`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub indicators: BTreeMap<String, Indicator>,
    /// When to open a position.
    pub entry: Rules,
    /// When not to.
    #[serde(default, skip_serializing_if = "Filters::is_empty")]
    pub filters: Filters,
    /// When to close it.
    #[serde(default)]
    pub exits: Exits,
    /// How much to trade.
    pub sizing: Sizing,
    /// What must never be exceeded.
    #[serde(default)]
    pub limits: Limits,
}

impl Document {
    /// Every time zone that it names.
    pub fn zones(&self) -> impl Iterator<Item = &str> {
        let session = self.filters.session.as_ref();
        let session = session.and_then(|session| session.time_zone.as_deref());
        std::iter::once(self.time_zone.as_str()).chain(session)
    }
}

fn utc() -> String {
    "UTC".to_owned()
}

fn is_utc(zone: &str) -> bool {
    zone == "UTC"
}

/// A named number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its value.
    pub value: f64,
    /// The range over which it may be optimised; without one it is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// What it is, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
}

/// The values `from`, `from + step`, ... up to and including `to`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// First value.
    pub from: f64,
    /// Greatest value.
    pub to: f64,
    /// Distance between values, above 0.
    pub step: f64,
}

impl Range {
    /// How many values there are; 0 when the range is not one.
    pub fn len(&self) -> usize {
        let good = self.from.is_finite()
            && self.to.is_finite()
            && self.step.is_finite()
            && self.step > 0.0
            && self.from <= self.to;
        if good {
            // A hair more, so that 0.1 .. 0.3 by 0.1 has three values.
            (((self.to - self.from) / self.step * (1.0 + 1e-12)).floor() as usize).saturating_add(1)
        } else {
            0
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values in rising order.
    pub fn values(self) -> impl Iterator<Item = f64> {
        (0..self.len()).map(move |i| self.from + i as f64 * self.step)
    }
}

/// A named indicator: its kind, and its parameters and choices by name, as the catalogue has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// The kind, such as `macd`; see [`crate::indicator::all`].
    pub kind: String,
    /// What it is computed from, for kinds that read one value a bar. The close when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// A higher timeframe whose closed bars it is computed on. The strategy's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeframe: Option<Timeframe>,
    /// Parameters (numbers) and choices (words); what is absent has its default.
    #[serde(flatten)]
    pub settings: BTreeMap<String, Setting>,
}

/// The value of an indicator's parameter or choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Setting {
    /// A parameter's value.
    Number(Number),
    /// A choice's value, such as `mt5`.
    Choice(String),
}

/// Entry rules. A side without a rule is not traded.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// When to buy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub long: Option<Condition>,
    /// When to sell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<Condition>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_strategy_reads_and_writes_the_same() {
        let text = include_str!("../../../strategies/gold-macd-adx.json");
        let document: Document = serde_json::from_str(text).unwrap();
        let written = serde_json::to_value(&document).unwrap();
        let original: serde_json::Value = serde_json::from_str(text).unwrap();
        let reread: Document = serde_json::from_value(written).unwrap();
        assert_eq!(reread, document);
        assert_eq!(
            original["entry"],
            serde_json::to_value(&document.entry).unwrap()
        );
    }
}
