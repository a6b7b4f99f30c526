//! Strategy files, and what is said of their faults.

use crate::{
    failure::{Failure, Result},
    files,
    problem::{Problem, TextFile},
};
use std::{fmt::Write, path::Path};
use trading::{
    language::Language,
    strategy::{
        Document,
        validate::{self, Fault},
    },
};

/// The strategy in a file.
pub(crate) fn load(path: &Path) -> Result<Document> {
    let text = files::read_text(path, TextFile::Strategy)?;
    validate::validate(&text).map_err(|faults| unusable(path, faults))
}

/// Gives parameters other values than the document does.
pub(crate) fn set(document: &mut Document, values: &[(String, f64)]) -> Result<()> {
    for (name, value) in values {
        let known: Vec<String> = document.parameters.keys().cloned().collect();
        let Some(parameter) = document.parameters.get_mut(name) else {
            return Err(Failure::input(Problem::NoParameter {
                name: name.clone(),
                value: *value,
                known,
            }));
        };
        parameter.value = *value;
    }
    Ok(())
}

/// Why a document that was read and then changed cannot be used, if it cannot.
pub(crate) fn recheck(path: &Path, document: &Document) -> Result<()> {
    let faults = validate::check(document);
    if faults.is_empty() {
        Ok(())
    } else {
        Err(unusable(path, faults))
    }
}

fn unusable(path: &Path, faults: Vec<Fault>) -> Failure {
    let path = path.to_owned();
    Failure::input(Problem::Unusable { path, faults })
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
