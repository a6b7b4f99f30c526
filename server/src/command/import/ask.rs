//! What a file cannot say of itself, the user is asked.

use crate::{
    failure::{Failure, Result},
    output,
};
use history::{Detected, TimeZone};
use std::path::Path;
use trading::symbol::Symbol;

/// Answers that are waited for before giving up.
const TRIES: usize = 3;

/// The clock of a file: the one given; UTC where nothing speaks for another; else it is asked for,
/// because a wrong clock shifts every session and every day.
pub(super) fn zone(detected: &Detected, given: Option<TimeZone>, yes: bool) -> Result<TimeZone> {
    let usual = detected.zone.clone();
    if let Some(zone) = given {
        return Ok(zone);
    }
    if yes || usual == TimeZone::UTC {
        return Ok(usual);
    }
    if output::can_ask() {
        for _ in 0..TRIES {
            let answer = output::ask(&format!("Clock of the times [{usual}]:"));
            if answer.is_empty() {
                return Ok(usual);
            }
            match answer.parse() {
                Ok(zone) => return Ok(zone),
                Err(error) => output::say(&format!("{error}")),
            }
        }
    }
    Err(Failure::input(format!(
        "the file does not say by which clock its times are. Add --timezone {usual} (usual for \
         such files), --timezone UTC or another, or --yes to take the usual one. Nothing was \
         imported"
    )))
}

/// Whether the user wants the import.
pub(super) fn agreed(symbol: &Symbol, folder: &Path) -> bool {
    let answer = output::ask(&format!(
        "Import as {symbol} into {}? [Y/n]",
        folder.display()
    ));
    matches!(
        answer.to_ascii_lowercase().as_str(),
        "" | "y" | "yes" | "ya"
    )
}
