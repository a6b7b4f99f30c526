//! Indicators: kinds, settings, sources and timeframes, and circles among them.

use super::{Judge, Pointer, Problem, suggest};
use crate::{
    indicator::{self, Definition, InputKind, ParameterKind},
    strategy::{
        document::{Indicator, Setting},
        operand::{Price, Source},
        validate::{Bound, Expected, Found, MAX_INDICATORS, Thing},
    },
};
use std::collections::BTreeSet;

impl Judge<'_> {
    pub(super) fn indicators(&mut self) {
        let at = Pointer::root().key("indicators");
        // More than are allowed are a fault of their own: judging thousands would only cost time.
        for (name, indicator) in self.document.indicators.iter().take(MAX_INDICATORS) {
            let at = at.key(name);
            self.indicator_name(name, &at);
            self.indicator(indicator, &at);
        }
        self.cycles(&at);
    }

    fn indicator(&mut self, indicator: &Indicator, at: &Pointer) {
        match indicator::find(&indicator.kind) {
            Some(definition) => {
                self.settings(indicator, definition, at);
                if indicator.source.is_some() && definition.input != InputKind::Source {
                    let kind = definition.name;
                    self.add(&at.key("source"), Problem::SourceNotTaken { kind });
                }
            }
            None => {
                let kinds = indicator::all().iter().map(|d| d.kind);
                let problem = Problem::Unknown {
                    thing: Thing::IndicatorKind,
                    name: indicator.kind.clone(),
                    suggestion: suggest::nearest(&indicator.kind, kinds.clone()),
                    allowed: kinds.map(str::to_owned).collect(),
                };
                self.add(&at.key("kind"), problem);
            }
        }
        self.timeframe(indicator, at);
        if let Some(source) = &indicator.source {
            self.source(source, &at.key("source"));
            self.source_timeframe(indicator, source, at);
            self.source_gaps(source, at);
        }
    }

    fn settings(&mut self, indicator: &Indicator, definition: &'static Definition, at: &Pointer) {
        for (name, setting) in &indicator.settings {
            let at = at.key(name);
            let parameter = definition.parameters.iter().find(|p| p.name == name);
            let choice = definition.choices.iter().find(|c| c.name == name);
            match (setting, parameter, choice) {
                (Setting::Number(number), Some(parameter), _) => {
                    let bound = Bound {
                        min: parameter.min,
                        is_open: false,
                        max: parameter.max,
                        is_whole: parameter.kind == ParameterKind::Period,
                    };
                    self.number(number, bound, name, &at);
                }
                (Setting::Choice(value), _, Some(choice)) => {
                    let values: Vec<&str> = choice.values.iter().map(|v| v.name).collect();
                    self.choice(value, &values, &at);
                }
                (Setting::Choice(text), Some(_), None) => {
                    let text = text.clone();
                    self.add(&at, Problem::BadNumber { text });
                }
                (Setting::Number(_), None, Some(_)) => {
                    let problem = Problem::WrongType {
                        expected: Expected::Text,
                        found: Found::Number,
                    };
                    self.add(&at, problem);
                }
                (_, None, None) => self.unknown_setting(name, indicator, definition, &at),
            }
        }
    }

    pub(super) fn choice(&mut self, value: &str, values: &[&str], at: &Pointer) {
        if !values.contains(&value) {
            let problem = Problem::Unknown {
                thing: Thing::Choice,
                name: value.to_owned(),
                suggestion: suggest::nearest(value, values.iter().copied()),
                allowed: values.iter().map(|&v| v.to_owned()).collect(),
            };
            self.add(at, problem);
        }
    }

    fn unknown_setting(
        &mut self,
        name: &str,
        indicator: &Indicator,
        definition: &'static Definition,
        at: &Pointer,
    ) {
        let allowed: Vec<&str> = definition
            .parameters
            .iter()
            .map(|p| p.name)
            .chain(definition.choices.iter().map(|c| c.name))
            .chain((definition.input == InputKind::Source).then_some("source"))
            .chain(["timeframe"])
            .collect();
        let absent = allowed
            .iter()
            .copied()
            .filter(|a| !indicator.settings.contains_key(*a));
        let problem = Problem::Unknown {
            thing: Thing::Setting,
            name: name.to_owned(),
            suggestion: suggest::nearest(name, absent),
            allowed: allowed.iter().map(|&a| a.to_owned()).collect(),
        };
        self.add(at, problem);
    }

    fn timeframe(&mut self, indicator: &Indicator, at: &Pointer) {
        let own = self.document.timeframe;
        let Some(higher) = indicator.timeframe else {
            return;
        };
        if self.is_hole(&Pointer::root().key("timeframe")) {
            return;
        }
        let (found, own_name) = (higher.name(), own.name());
        if higher <= own {
            let problem = Problem::TimeframeNotHigher {
                found,
                own: own_name,
            };
            self.add(&at.key("timeframe"), problem);
        } else if !higher.is_made_of(own) {
            let problem = Problem::TimeframeNotMultiple {
                found,
                own: own_name,
            };
            self.add(&at.key("timeframe"), problem);
        }
    }

    fn source_timeframe(&mut self, indicator: &Indicator, source: &Source, at: &Pointer) {
        let Source::Indicator { name, .. } = source else {
            return;
        };
        let Some(other) = self.document.indicators.get(name) else {
            return;
        };
        let other_at = Pointer::root().key("indicators").key(name);
        if self.is_hole(&other_at.key("timeframe")) || self.is_hole(&at.key("timeframe")) {
            return;
        }
        let own = self.document.timeframe;
        let (ours, theirs) = (
            indicator.timeframe.unwrap_or(own),
            other.timeframe.unwrap_or(own),
        );
        if ours != theirs {
            let problem = Problem::SourceTimeframe {
                source: name.clone(),
                found: theirs.name(),
                own: ours.name(),
            };
            self.add(&at.key("source"), problem);
        }
    }

    /// A gap in a source would stay in what is computed from it: a sum with one unknown number is
    /// unknown, and so are all sums after it. Conditions are another matter: there a bar without a
    /// value says no.
    fn source_gaps(&mut self, source: &Source, at: &Pointer) {
        let Source::Indicator { name, output } = source else {
            return;
        };
        let Some(definition) = self
            .document
            .indicators
            .get(name)
            .and_then(|found| indicator::find(&found.kind))
        else {
            return;
        };
        let outputs = definition.outputs;
        let read = match output {
            Some(output) => outputs.iter().find(|o| o.name == output),
            None => outputs.first(),
        };
        if let Some(read) = read.filter(|read| read.has_gaps()) {
            let whole = outputs.iter().filter(|o| !o.has_gaps());
            let problem = Problem::SourceHasGaps {
                source: name.clone(),
                output: read.name,
                whole: whole.map(|o| o.name).collect(),
            };
            self.add(&at.key("source"), problem);
        }
    }

    /// Judges that a source exists, and its output.
    pub(super) fn source(&mut self, source: &Source, at: &Pointer) {
        let Source::Indicator { name, output } = source else {
            return;
        };
        let Some(found) = self.document.indicators.get(name) else {
            if self.is_hole(&Pointer::root().key("indicators").key(name)) {
                return;
            }
            let names = self.document.indicators.keys().map(String::as_str);
            let names = names.take(MAX_INDICATORS);
            let prices = Price::ALL.map(Price::name);
            let problem = Problem::Unknown {
                thing: Thing::Indicator,
                name: name.clone(),
                suggestion: suggest::nearest(name, names.clone().chain(prices)),
                allowed: names.map(str::to_owned).collect(),
            };
            return self.add(at, problem);
        };
        if let (Some(output), Some(definition)) = (output, indicator::find(&found.kind))
            && definition.output(output).is_none()
        {
            let outputs = definition.outputs.iter().map(|o| o.name);
            let suggestion = suggest::nearest(output, outputs.clone());
            let problem = Problem::Unknown {
                thing: Thing::Output,
                name: output.clone(),
                suggestion: suggestion.map(|output| format!("{name}.{output}")),
                allowed: outputs.map(|output| format!("{name}.{output}")).collect(),
            };
            self.add(at, problem);
        }
    }

    /// Each circle once, at the first of its names. Every indicator has at most one source, so
    /// following sources from each name finds them all.
    fn cycles(&mut self, at: &Pointer) {
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for start in self.document.indicators.keys().take(MAX_INDICATORS) {
            let mut path = vec![start.as_str()];
            while path.len() <= MAX_INDICATORS
                && let Some(Source::Indicator { name, .. }) = path
                    .last()
                    .and_then(|last| self.document.indicators.get(*last))
                    .and_then(|indicator| indicator.source.as_ref())
            {
                // A circle that was told, or a tail that leads into it.
                if told.contains(name.as_str()) {
                    break;
                }
                if let Some(first) = path.iter().position(|p| p == name) {
                    path.push(name);
                    told.extend(&path[first..]);
                    let problem = Problem::Cycle {
                        path: path[first..].iter().map(|&p| p.to_owned()).collect(),
                    };
                    self.add(&at.key(name).key("source"), problem);
                    break;
                }
                path.push(name);
            }
        }
    }
}
