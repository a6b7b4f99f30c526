//! Rows that were not taken, and why.

use crate::layout::Column;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many faults are kept in full.
pub const FAULTS_KEPT: usize = 100;

/// How much of a faulty text is shown.
const SHOWN: usize = 80;

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The line is longer than [`crate::MAX_LINE`].
    LineTooLong,
    /// Fewer columns than the file has.
    TooFewColumns,
    /// More columns than the file has.
    TooManyColumns,
    /// The time cannot be read.
    UnreadableTime,
    /// The year is before 1900 or after 2200.
    TimeOutOfRange,
    /// Not a number.
    NotANumber,
    /// NaN or infinite.
    NotFinite,
    /// A price of zero or less.
    NotPositive,
    /// A volume or spread below zero.
    Negative,
    /// The high is below the low.
    HighBelowLow,
    /// Open or close is outside low to high.
    OutsideRange,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Line in the file, from 1.
    pub line: u64,
    /// The column, where one column alone is to blame.
    pub column: Option<Column>,
    /// What is wrong.
    pub kind: FaultKind,
    /// The start of the text that is wrong.
    pub text: String,
}

/// A fault that still borrows its row: nothing is copied unless the fault is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowFault<'a> {
    kind: FaultKind,
    column: Option<Column>,
    text: &'a [u8],
    more: Option<&'a [u8]>,
}

impl<'a> RowFault<'a> {
    /// A fault of `text`.
    pub(crate) fn new(kind: FaultKind, column: Option<Column>, text: &'a [u8]) -> Self {
        Self {
            kind,
            column,
            text,
            more: None,
        }
    }

    /// Adds the text of a second column.
    pub(crate) fn with_more(self, more: Option<&'a [u8]>) -> Self {
        Self { more, ..self }
    }

    fn keep(&self, line: u64) -> Fault {
        let mut text = excerpt(self.text);
        if let Some(more) = self.more {
            text.push(' ');
            text.push_str(&excerpt(more));
        }
        Fault {
            line,
            column: self.column,
            kind: self.kind,
            text,
        }
    }
}

/// The start of `text`, safe to print.
pub(crate) fn excerpt(text: &[u8]) -> String {
    let shown = String::from_utf8_lossy(&text[..text.len().min(SHOWN)]);
    let mut out: String = shown
        .chars()
        .map(|c| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect();
    if text.len() > SHOWN {
        out.push_str("...");
    }
    out
}

/// All faults of an import: the first [`FAULTS_KEPT`] in full, the rest as numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Faults {
    /// How many rows were not taken.
    pub total: u64,
    /// How many of each kind.
    pub kinds: BTreeMap<FaultKind, u64>,
    /// The first ones.
    pub first: Vec<Fault>,
}

impl Faults {
    /// Notes a fault of `line`.
    pub(crate) fn add(&mut self, line: u64, fault: RowFault<'_>) {
        self.total += 1;
        *self.kinds.entry(fault.kind).or_default() += 1;
        if self.first.len() < FAULTS_KEPT {
            self.first.push(fault.keep(line));
        }
    }
}
