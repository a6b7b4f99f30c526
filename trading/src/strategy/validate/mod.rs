//! What is wrong with a strategy document: every fault at once, each at its place.
//!
//! Three passes, each of which carries on past what the one before found:
//!
//! 1. [`parse`] reads the text. A syntax error ends here; a key that stands twice is a fault.
//! 2. [`structure`] reads the JSON into a [`Document`]: types, missing and unknown fields. What it
//!    cannot read it replaces with something harmless and remembers as a hole.
//! 3. [`semantics`] judges the document: names, ranges, cycles, what needs what. It stays silent
//!    about holes.

mod english;
mod fault;
mod indonesian;
mod parse;
mod problem;
mod semantics;
mod structure;
mod suggest;
mod warning;

pub use fault::{Fault, FaultText, Severity};
pub use problem::{Bound, Expected, Found, Group, Problem, Thing};

use super::Document;
use fault::{Faults, Pointer};
use serde_json::Value;
use std::collections::BTreeSet;

/// The greatest size of a document's text, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The greatest number of indicators in a document.
pub const MAX_INDICATORS: usize = 100;
/// The greatest number of parameters in a document.
pub const MAX_PARAMETERS: usize = 100;
/// The greatest number of values that one parameter's range may have.
pub const MAX_RANGE: usize = 100_000;
/// The greatest length of a strategy's name, in characters.
pub const MAX_NAME: usize = 100;
/// The greatest length of a description or label, in characters.
pub const MAX_TEXT: usize = 2_000;
/// The greatest number of faults that are told; a file that has more is not a strategy.
pub const MAX_FAULTS: usize = 500;

/// Reads a strategy document from its JSON text.
///
/// # Errors
/// Every fault, in the order in which they were found. Never empty.
pub fn validate(json: &str) -> Result<Document, Vec<Fault>> {
    let mut faults = Faults::default();
    match parse::parse(json, &mut faults) {
        Some(value) => judge(&value, faults),
        None => Err(faults.into_vec()),
    }
}

/// Reads a strategy document from a JSON value.
///
/// # Errors
/// Every fault, in the order in which they were found. Never empty.
pub fn validate_value(value: &Value) -> Result<Document, Vec<Fault>> {
    judge(value, Faults::default())
}

/// Reads a document that may have faults, such as one that is being worked on.
///
/// # Errors
/// When the text is no document at all.
pub fn read(json: &str) -> Result<Document, serde_json::Error> {
    // From a value, as `judge` does: reading text into a document once more would be as much code
    // again.
    Document::deserialize(&serde_json::from_str::<Value>(json)?)
}

/// What is wrong with a document that was built or has been read. Empty when it may be traded.
pub fn check(document: &Document) -> Vec<Fault> {
    let mut faults = Faults::default();
    semantics::check(document, &BTreeSet::new(), &mut faults);
    faults.into_vec()
}

/// What is odd about a document without being wrong, such as a parameter that nothing uses.
pub fn warnings(document: &Document) -> Vec<Fault> {
    warning::warnings(document).into_vec()
}

fn judge(value: &Value, mut faults: Faults) -> Result<Document, Vec<Fault>> {
    let (draft, holes) = structure::read(value, &mut faults);
    semantics::check(&draft, &holes, &mut faults);
    if !faults.is_empty() {
        return Err(faults.into_vec());
    }
    // serde has the last word on what a document is, so that what is accepted here is accepted
    // wherever a document is read.
    Document::deserialize(value).map_err(|error| {
        faults.add(&Pointer::root(), Problem::Unreadable(error.to_string()));
        faults.into_vec()
    })
}

use serde::Deserialize;

#[cfg(test)]
mod tests;
