//! What an operand may be: the lists of prices, indicator outputs and parameters.

use super::choose::Group;
use crate::words::designer as words;
use trading::{
    indicator,
    language::Language,
    strategy::{
        Document, describe,
        number::{Number, ParameterName},
        operand::{Operand, Price, Source},
    },
};

/// The value of the entry that means a number written out.
pub const NUMBER: &str = "#";

/// All that a condition can compare, grouped.
pub fn choices(document: &Document, language: Language) -> Vec<Group> {
    let mut groups = sources(document, language, None);
    let name = |parameter: &str| match document.parameters.get(parameter) {
        Some(found) if !found.label.is_empty() => format!("${parameter} ({})", found.label),
        _ => format!("${parameter}"),
    };
    groups.push(Group {
        name: Some(language.text(words::NUMBERS).to_owned()),
        options: std::iter::once((NUMBER.to_owned(), language.text(words::A_NUMBER).to_owned()))
            .chain(
                document
                    .parameters
                    .keys()
                    .map(|key| (format!("${key}"), name(key))),
            )
            .collect(),
    });
    groups
}

/// All series: the indicators' outputs, but not those of `except`, and the prices.
pub fn sources(document: &Document, language: Language, except: Option<&str>) -> Vec<Group> {
    let entry = |source: Source| {
        let value = source.to_string();
        let text = describe::operand(document, &Operand::now(source), language);
        (value, capital(&text))
    };
    let outputs = document
        .indicators
        .iter()
        .filter(|(name, _)| except != Some(name.as_str()))
        .filter_map(|(name, found)| Some((name, indicator::find(&found.kind)?)))
        .flat_map(|(name, definition)| {
            let is_only = definition.outputs.len() == 1;
            definition
                .outputs
                .iter()
                .map(move |output| Source::Indicator {
                    name: name.clone(),
                    output: (!is_only).then(|| output.name.to_owned()),
                })
        });
    let group = |name, options| Group {
        name: Some(language.text(name).to_owned()),
        options,
    };
    let mut groups = Vec::new();
    let outputs: Vec<_> = outputs.map(entry).collect();
    if !outputs.is_empty() {
        groups.push(group(words::INDICATORS, outputs));
    }
    let prices = Price::ALL.map(|price| entry(Source::Price(price)));
    groups.push(group(words::PRICES, prices.to_vec()));
    groups
}

/// The entry of the list that an operand is.
pub fn value(document: &Document, operand: &Operand) -> String {
    match operand {
        Operand::Number(Number::Literal(_)) => NUMBER.to_owned(),
        Operand::Number(number) => number.to_string(),
        Operand::Series { source, .. } => canonical(document, source),
    }
}

/// A source as the lists write it: with its output where the indicator has several.
pub fn canonical(document: &Document, source: &Source) -> String {
    if let Source::Indicator { name, output } = source
        && let Some(definition) = document
            .indicators
            .get(name)
            .and_then(|found| indicator::find(&found.kind))
        && let [first, rest @ ..] = definition.outputs
    {
        return match output {
            None if !rest.is_empty() => format!("{name}.{}", first.name),
            Some(only) if rest.is_empty() && only == first.name => name.clone(),
            _ => source.to_string(),
        };
    }
    source.to_string()
}

/// The operand with another entry of the list chosen; how far back it looks and what it is
/// multiplied with stay.
pub fn choose(document: &Document, operand: &Operand, chosen: &str) -> Option<Operand> {
    if chosen == NUMBER {
        let value = match operand {
            Operand::Number(number) => super::place::resolve(document, number),
            Operand::Series { .. } => None,
        };
        return Some(Operand::Number(Number::Literal(value.unwrap_or(0.0))));
    }
    if chosen.starts_with('$') {
        let name = ParameterName::try_from(chosen.to_owned()).ok()?;
        return Some(Operand::Number(Number::Parameter(name)));
    }
    let source = chosen.parse().ok()?;
    Some(match operand.clone() {
        Operand::Series { ago, factor, .. } => Operand::Series {
            source,
            ago,
            factor,
        },
        Operand::Number(_) => Operand::now(source),
    })
}

/// With a capital letter, to stand alone in a list.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| {
            std::iter::once(first.to_ascii_uppercase())
                .chain(letters)
                .collect()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> Document {
        let text = include_str!("../../../../../strategies/gold-macd-adx.json");
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_entry_can_be_chosen_and_is_then_the_chosen_one() {
        let document = gold();
        let first: Operand = "2 * close[3]".parse().unwrap();
        let groups = choices(&document, Language::En);
        assert_eq!(groups.len(), 3);
        for (entry, name) in groups.iter().flat_map(|group| &group.options) {
            assert!(!name.is_empty());
            let operand = choose(&document, &first, entry).unwrap();
            assert_eq!(&value(&document, &operand), entry);
        }
        let moved = choose(&document, &first, "adx.adx").unwrap();
        assert_eq!(moved.to_string(), "2 * adx.adx[3]");
    }

    #[test]
    fn a_parameter_made_a_number_keeps_its_value() {
        let document = gold();
        let parameter: Operand = "$threshold".parse().unwrap();
        let number = choose(&document, &parameter, NUMBER).unwrap();
        assert_eq!(number, Operand::Number(Number::Literal(25.0)));
    }

    #[test]
    fn an_output_that_is_not_named_is_the_first() {
        let document = gold();
        let value_of = |text: &str| value(&document, &text.parse().unwrap());
        assert_eq!(value_of("macd"), "macd.line");
        assert_eq!(value_of("gone.line"), "gone.line");
    }
}
