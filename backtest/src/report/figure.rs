//! The report's figures as words, for whoever shows them in a way of their own.

use super::{
    Report,
    number::Numbers,
    rows::{self, Tone},
};
use serde::{Deserialize, Serialize};
use trading::language::Language;

/// Figures under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureGroup {
    /// The heading.
    pub name: String,
    /// What stands under it.
    pub figures: Vec<Figure>,
}

/// A figure, written out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// What it means, in a plain sentence.
    pub hint: String,
    /// Its value with its unit.
    pub value: String,
    /// What belongs beside the value; often empty.
    pub detail: String,
    /// Above zero, below zero, or neither good nor bad.
    pub tone: FigureTone,
}

/// Whether a figure is good or bad news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureTone {
    /// Neither.
    Plain,
    /// A gain.
    Gain,
    /// A loss.
    Loss,
}

/// The figures of a run, in the order of importance.
pub fn figures(report: &Report<'_>, language: Language) -> Vec<FigureGroup> {
    let numbers = Numbers {
        language,
        currency: report.currency,
        minus: '\u{2212}',
    };
    let figure = |row: rows::Row| Figure {
        name: language.text(row.name).to_owned(),
        hint: language.text(row.hint).to_owned(),
        value: row.value,
        detail: row.detail,
        tone: match row.tone {
            Tone::Plain => FigureTone::Plain,
            Tone::Gain => FigureTone::Gain,
            Tone::Loss => FigureTone::Loss,
        },
    };
    rows::sections(report, &numbers)
        .into_iter()
        .map(|section| FigureGroup {
            name: language.text(section.name).to_owned(),
            figures: section.rows.into_iter().map(figure).collect(),
        })
        .collect()
}
