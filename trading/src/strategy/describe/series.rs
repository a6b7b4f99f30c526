//! Names of series: "ADX(14)", "the close 1 bar ago", "1.5 x ATR(14)".

use super::{Line, Teller, phrases::IndicatorWords};
use crate::{
    indicator::{self, Choice, ChoiceValue, Definition, InputKind},
    strategy::{
        document::{Indicator, Setting},
        operand::{Operand, Price, Source},
    },
};

impl Teller<'_> {
    pub(super) fn operand(&self, operand: &Operand) -> String {
        match operand {
            Operand::Number(number) => self.resolved(number),
            Operand::Series {
                source,
                ago,
                factor,
            } => {
                let mut text = self.source(source);
                if *ago > 0 {
                    text = self.phrases.ago(&text, *ago, self.higher(source));
                }
                match factor {
                    Some(factor) => format!("{} × {text}", self.resolved(factor)),
                    None => text,
                }
            }
        }
    }

    /// The higher timeframe whose bars a series counts, if it is on one.
    pub(super) fn higher(&self, source: &Source) -> Option<&'static str> {
        let Source::Indicator { name, .. } = source else {
            return None;
        };
        let indicator = self.document.indicators.get(name)?;
        indicator.timeframe.map(|t| t.name())
    }

    fn source(&self, source: &Source) -> String {
        match source {
            Source::Price(price) => self.phrases.price(*price).to_owned(),
            Source::Indicator { name, output } => self.output(name, output.as_deref()),
        }
    }

    /// An output by its label, told apart from others of the same label by the document's name.
    fn output(&self, name: &str, output: Option<&str>) -> String {
        let Some(label) = self.label(name, output) else {
            return self.phrases.unknown(name);
        };
        let is_shared = self
            .document
            .indicators
            .keys()
            .any(|other| other != name && self.label(other, output).as_ref() == Some(&label));
        if is_shared {
            format!("{label} \"{name}\"")
        } else {
            label
        }
    }

    fn label(&self, name: &str, output: Option<&str>) -> Option<String> {
        let indicator = self.document.indicators.get(name)?;
        let definition = indicator::find(&indicator.kind)?;
        let output = match output {
            Some(output) => definition.outputs.get(definition.output(output)?)?,
            None => definition.outputs.first()?,
        };
        let label = self.language.text(output.label);
        let numbers = self.numbers(indicator, definition);
        // "MACD signal" needs no numbers while it is the only MACD; "ADX(14)" is always written so.
        let is_only = self
            .document
            .indicators
            .values()
            .filter(|other| other.kind == indicator.kind)
            .count()
            == 1;
        let mut text = if numbers.is_empty() || (numbers.len() > 1 && is_only) {
            label.to_owned()
        } else {
            format!("{label}({})", numbers.join(&self.separator()))
        };
        if let Some(timeframe) = indicator.timeframe {
            text = self.phrases.on_timeframe(&text, timeframe.name());
        }
        if let Some(source) = &indicator.source
            && *source != Source::Price(Price::Close)
        {
            text = self.phrases.of(&text, &self.bare(source));
        }
        Some(text)
    }

    /// A source without its own numbers and sources, so that even a circle ends here.
    fn bare(&self, source: &Source) -> String {
        match source {
            Source::Price(price) => self.phrases.price(*price).to_owned(),
            Source::Indicator { name, output } => self
                .document
                .indicators
                .get(name)
                .and_then(|indicator| indicator::find(&indicator.kind))
                .and_then(|definition| match output {
                    Some(output) => definition.outputs.get(definition.output(output)?),
                    None => definition.outputs.first(),
                })
                .map_or_else(
                    || self.phrases.unknown(name),
                    |output| self.language.text(output.label).to_owned(),
                ),
        }
    }

    /// Numbers in a list: decimal commas need another separator.
    fn separator(&self) -> String {
        match self.language {
            crate::language::Language::En => ", ".to_owned(),
            crate::language::Language::Id => "; ".to_owned(),
        }
    }

    fn numbers(&self, indicator: &Indicator, definition: &Definition) -> Vec<String> {
        definition
            .parameters
            .iter()
            .map(|parameter| match indicator.settings.get(parameter.name) {
                Some(Setting::Number(number)) => self.resolved(number),
                Some(Setting::Choice(text)) => text.clone(),
                None => self.number(parameter.default),
            })
            .collect()
    }

    pub(super) fn indicators(&self) -> Vec<Line> {
        self.document
            .indicators
            .iter()
            .map(|(name, indicator)| Line::top(self.indicator(name, indicator)))
            .collect()
    }

    fn indicator(&self, name: &str, indicator: &Indicator) -> String {
        let Some(definition) = indicator::find(&indicator.kind) else {
            return self.phrases.unknown(name);
        };
        let numbers = self.numbers(indicator, definition);
        let label = if numbers.is_empty() {
            definition.name.to_owned()
        } else {
            format!("{}({})", definition.name, numbers.join(&self.separator()))
        };
        let source = match (&indicator.source, definition.input) {
            (Some(source), _) => Some(self.source(source)),
            (None, InputKind::Source) => Some(self.phrases.price(Price::Close).to_owned()),
            (None, _) => None,
        };
        let chosen: Vec<(&Choice, &ChoiceValue)> = definition
            .choices
            .iter()
            .filter_map(|choice| Some((choice, chosen(choice, indicator)?)))
            .collect();
        let differing: Vec<bool> = chosen
            .iter()
            .filter(|(choice, _)| {
                choice.values.iter().any(|v| v.is_mt5) && choice.values.iter().any(|v| !v.is_mt5)
            })
            .map(|(_, value)| value.is_mt5)
            .collect();
        self.phrases.indicator(&IndicatorWords {
            name,
            label: &label,
            source,
            timeframe: indicator.timeframe.map(|t| t.name()),
            choices: chosen
                .iter()
                .map(|(_, value)| self.language.text(value.summary))
                .collect(),
            is_mt5: (!differing.is_empty()).then(|| differing.iter().all(|is| *is)),
            summary: self.language.text(definition.summary),
        })
    }
}

fn chosen<'c>(choice: &'c Choice, indicator: &Indicator) -> Option<&'c ChoiceValue> {
    match indicator.settings.get(choice.name) {
        Some(Setting::Choice(name)) => choice.values.iter().find(|v| v.name == name),
        _ => choice.values.first(),
    }
}
