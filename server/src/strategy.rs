//! Strategy files, and what is said of their faults.

use crate::{
    failure::{Failure, Result},
    files,
};
use std::{fmt::Write, path::Path};
use trading::{
    language::Language,
    strategy::{
        Document,
        validate::{self, Fault},
    },
};

/// Faults that are told where the strategy only stands in the way; `phoenix validate` tells all.
const TOLD: usize = 20;

/// The strategy in a file.
pub(crate) fn load(path: &Path, language: Language) -> Result<Document> {
    let text = files::read_text(path, "a strategy")?;
    validate::validate(&text).map_err(|faults| unusable(path, &faults, language))
}

/// Gives parameters other values than the document does.
pub(crate) fn set(document: &mut Document, values: &[(String, f64)]) -> Result<()> {
    for (name, value) in values {
        let known: Vec<String> = document.parameters.keys().cloned().collect();
        let Some(parameter) = document.parameters.get_mut(name) else {
            return Err(Failure::input(format!(
                "--set {name}={value}: the strategy has no parameter \"{name}\"; it has {}",
                if known.is_empty() {
                    "none".to_owned()
                } else {
                    known.join(", ")
                }
            )));
        };
        parameter.value = *value;
    }
    Ok(())
}

/// Why a document that was read and then changed cannot be used, if it cannot.
pub(crate) fn recheck(path: &Path, document: &Document, language: Language) -> Result<()> {
    let faults = validate::check(document);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(unusable(path, &faults, language))
    }
}

fn unusable(path: &Path, faults: &[Fault], language: Language) -> Failure {
    let place = path.display();
    let mut text = format!(
        "{place} is not a strategy that can be used: {}",
        count(faults.len())
    );
    text.push_str(&list(&faults[..faults.len().min(TOLD)], language));
    if faults.len() > TOLD {
        let _ = write!(
            text,
            "\n  and {} more: phoenix validate {place}",
            faults.len() - TOLD
        );
    }
    Failure::Input(text)
}

/// How many faults.
pub(crate) fn count(faults: usize) -> String {
    match faults {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    }
}

/// Each fault with its place and what to do, on lines of their own.
pub(crate) fn list(faults: &[Fault], language: Language) -> String {
    let mut out = String::new();
    for fault in faults {
        let text = fault.text(language);
        // The pointer of the whole document is empty, and reads as nothing.
        let place = if text.pointer.is_empty() {
            "/"
        } else {
            &text.pointer
        };
        let _ = write!(out, "\n  {place}: {} [{}]", text.message, text.code);
        if !text.hint.is_empty() {
            let _ = write!(out, "\n      {}", text.hint);
        }
    }
    out
}
