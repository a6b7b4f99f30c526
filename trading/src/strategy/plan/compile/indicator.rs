//! Indicators become nodes; equal ones are kept once.

use super::{CompileError, Compiler, error};
use crate::{
    indicator::{self, InputKind, Settings},
    strategy::{
        document::{Indicator, Setting},
        operand::{Price, Source},
        plan::{IndicatorNode, NodeInput, Slot},
    },
};

/// The longest chain of indicators that read one another.
const MAX_CHAIN: usize = 100;

impl<'a> Compiler<'a> {
    pub(super) fn indicator(&mut self, name: &'a str, place: &str) -> Result<usize, CompileError> {
        if let Some(found) = self.names.get(name) {
            return Ok(*found);
        }
        let document = self.document;
        let entry = document
            .indicators
            .get(name)
            .ok_or_else(|| error(place, format!("there is no indicator {name}")))?;
        let own = format!("/indicators/{name}");
        if self.open.contains(&name) {
            return Err(error(own, "it is computed from itself"));
        }
        if self.open.len() >= MAX_CHAIN {
            return Err(error(
                own,
                "indicators read one another over too many steps",
            ));
        }
        self.open.push(name);
        let node = self.node(entry, &own)?;
        self.open.pop();
        let index = self.add_indicator(node);
        self.names.insert(name, index);
        Ok(index)
    }

    pub(super) fn add_indicator(&mut self, node: IndicatorNode) -> usize {
        let same = |other: &IndicatorNode| {
            other.settings == node.settings
                && other.slots == node.slots
                && other.input == node.input
                && other.feed == node.feed
        };
        if let Some(found) = self.indicators.iter().position(same) {
            return found;
        }
        self.indicators.push(node);
        self.indicators.len() - 1
    }

    fn node(&mut self, entry: &'a Indicator, place: &str) -> Result<IndicatorNode, CompileError> {
        let definition = indicator::find(&entry.kind)
            .ok_or_else(|| error(place, format!("there is no indicator kind {}", entry.kind)))?;
        let mut settings = Settings::defaults(definition);
        let mut slots: Vec<Slot> = definition
            .parameters
            .iter()
            .map(|p| Slot::Fixed(p.default))
            .collect();
        for (name, setting) in &entry.settings {
            let parameter = definition.parameters.iter().position(|p| p.name == name);
            match (setting, parameter) {
                (Setting::Number(number), Some(at)) => {
                    slots[at] = self.slot(number)?;
                    if let Slot::Fixed(value) = slots[at]
                        && let Some(fault) = definition.parameters[at].fault(value)
                    {
                        return Err(error(place, fault));
                    }
                }
                (Setting::Choice(value), None) => {
                    let known = definition
                        .choices
                        .iter()
                        .any(|c| c.name == name && c.values.iter().any(|v| v.name == value));
                    if !known {
                        return Err(error(place, format!("unknown {name} {value}")));
                    }
                    settings = settings.choosing(name, value);
                }
                _ => return Err(error(place, format!("unknown setting {name}"))),
            }
        }
        let feed = match entry.timeframe {
            Some(higher) if higher != self.document.timeframe => {
                if !higher.is_made_of(self.document.timeframe) {
                    return Err(error(place, "the timeframe is not a higher one"));
                }
                Some(match self.feeds.iter().position(|f| *f == higher) {
                    Some(found) => found,
                    None => {
                        self.feeds.push(higher);
                        self.feeds.len() - 1
                    }
                })
            }
            _ => None,
        };
        let input = match (definition.input, &entry.source) {
            (InputKind::Source, None) => NodeInput::Price(Price::Close),
            (InputKind::Source, Some(Source::Price(price))) => NodeInput::Price(*price),
            (InputKind::Source, Some(Source::Indicator { name, output })) => {
                let (indicator, output) = self.output(name, output.as_deref(), place)?;
                if self.indicators[indicator].feed != feed {
                    return Err(error(place, "its source is on another timeframe"));
                }
                let read = self.indicators[indicator].settings.definition();
                if read.outputs[output].has_gaps() {
                    return Err(error(place, "its source has a value at some bars only"));
                }
                self.indicators[indicator].wanted |= 1 << output;
                NodeInput::Output(indicator, output)
            }
            (_, None) => NodeInput::Bar,
            (_, Some(_)) => return Err(error(place, "it takes no source")),
        };
        Ok(IndicatorNode {
            settings,
            slots,
            input,
            feed,
            wanted: 0,
        })
    }
}
