//! A strategy in plain sentences, made from the document alone, so that a trader can check what
//! will really be traded.
//!
//! What is said and in which order is decided here and in [`rule`], [`order`] and [`series`], once
//! for all languages; how it is said is a language's own [`Phrases`].

mod english;
mod indonesian;
mod order;
mod phrases;
mod rule;
mod series;

use super::{condition::Condition, document::Document, number::Number, operand::Operand};
use crate::{language::Language, symbol::Side};
use phrases::{Heading, Phrases};
use serde::Serialize;
use std::fmt;

/// A strategy in the words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Description {
    /// Name, symbol and timeframe.
    pub title: String,
    /// What is traded, in one sentence.
    pub summary: String,
    /// Everything, part by part.
    pub sections: Vec<Section>,
}

/// A part of a description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// What it says.
    pub lines: Vec<Line>,
}

/// One line, below the nearest line before it that is indented less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How many levels it is indented.
    pub indent: usize,
    /// The words.
    pub text: String,
}

impl Line {
    fn top(text: impl Into<String>) -> Self {
        Self {
            indent: 0,
            text: text.into(),
        }
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n\n{}", self.title, self.summary)?;
        for section in &self.sections {
            writeln!(f, "\n{}", section.title)?;
            for line in &section.lines {
                writeln!(f, "{}- {}", "  ".repeat(line.indent), line.text)?;
            }
        }
        Ok(())
    }
}

/// Describes a strategy. A document with faults is described as far as it makes sense.
pub fn describe(document: &Document, language: Language) -> Description {
    let teller = Teller::new(document, language);
    Description {
        title: format!(
            "{}: {} {}",
            document.name, document.symbol, document.timeframe
        ),
        summary: teller.summary(),
        sections: teller.sections(),
    }
}

/// What a document's sentences call an operand: "ADX(14)", "the close 1 bar ago".
pub fn operand(document: &Document, operand: &Operand, language: Language) -> String {
    Teller::new(document, language).operand(operand)
}

/// One condition of a document in a sentence's words: "ADX(14) is above 25".
pub fn condition(document: &Document, condition: &Condition, language: Language) -> String {
    Teller::new(document, language).brief(condition)
}

struct Teller<'a> {
    document: &'a Document,
    language: Language,
    phrases: &'a dyn Phrases,
}

impl<'a> Teller<'a> {
    fn new(document: &'a Document, language: Language) -> Self {
        Self {
            document,
            language,
            phrases: match language {
                Language::En => &english::English,
                Language::Id => &indonesian::Indonesian,
            },
        }
    }
}

impl Teller<'_> {
    fn summary(&self) -> String {
        let entry = &self.document.entry;
        let rules: Vec<(Side, String)> = [(Side::Buy, &entry.long), (Side::Sell, &entry.short)]
            .into_iter()
            .filter_map(|(side, rule)| Some((side, self.brief(rule.as_ref()?))))
            .collect();
        self.phrases.summary(
            self.document.symbol.as_str(),
            self.document.timeframe.name(),
            &rules,
            &self.protection(),
            &self.size(),
        )
    }

    fn sections(&self) -> Vec<Section> {
        let entry = &self.document.entry;
        let parts = [
            (Heading::Timing, self.timing()),
            (Heading::Buy, self.entry(Side::Buy, entry.long.as_ref())),
            (Heading::Sell, self.entry(Side::Sell, entry.short.as_ref())),
            (Heading::Exits, self.exits()),
            (Heading::Filters, self.filters()),
            (Heading::Size, vec![Line::top(self.sizing())]),
            (Heading::Limits, self.limits()),
            (Heading::Indicators, self.indicators()),
            (Heading::Parameters, self.parameters()),
            (
                Heading::Risk,
                self.phrases.risk_notice().map(Line::top).to_vec(),
            ),
        ];
        parts
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(heading, lines)| Section {
                title: self.phrases.heading(heading).to_owned(),
                lines,
            })
            .collect()
    }

    fn timing(&self) -> Vec<Line> {
        let mut lines = vec![Line::top(
            self.phrases.timing(self.document.timeframe.name()),
        )];
        if self
            .document
            .indicators
            .values()
            .any(|i| i.timeframe.is_some())
        {
            lines.push(Line::top(self.phrases.higher_timeframes()));
        }
        let zone = &self.document.time_zone;
        lines.push(Line::top(self.phrases.day_begins(zone)));
        lines
    }

    fn parameters(&self) -> Vec<Line> {
        self.document
            .parameters
            .iter()
            .map(|(name, parameter)| {
                let value = self.number(parameter.value);
                let range = parameter.range.map(|range| {
                    [range.from, range.to, range.step].map(|number| self.number(number))
                });
                let text = self
                    .phrases
                    .parameter(name, &parameter.label, &value, range.as_ref());
                Line::top(text)
            })
            .collect()
    }

    /// A number as the language writes it.
    fn number(&self, value: f64) -> String {
        self.language.number(value)
    }

    /// The value of a number or parameter, if it has one.
    fn value(&self, number: &Number) -> Option<f64> {
        match number {
            Number::Literal(value) => Some(*value),
            Number::Parameter(name) => self
                .document
                .parameters
                .get(name.name())
                .map(|parameter| parameter.value),
        }
    }

    /// The value of a number or parameter in words.
    fn resolved(&self, number: &Number) -> String {
        match self.value(number) {
            Some(value) => self.number(value),
            None => number.to_string(),
        }
    }
}

/// With a capital letter, to begin a line.
fn capital(text: String) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => std::iter::once(first.to_ascii_uppercase())
            .chain(letters)
            .collect(),
        None => text,
    }
}

#[cfg(test)]
mod tests;
