//! What a file cannot say of itself, the user is asked.

use crate::{
    failure::{Failure, Result},
    output,
    problem::Problem,
};
use history::{Detected, TimeZone};
use std::path::Path;
use trading::{language::Language, symbol::Symbol};

/// Answers that are waited for before giving up.
const TRIES: usize = 3;

/// The clock of a file: the one given; UTC where nothing speaks for another; else it is asked for,
/// because a wrong clock shifts every session and every day.
pub(super) fn zone(
    detected: &Detected,
    given: Option<TimeZone>,
    yes: bool,
    language: Language,
) -> Result<TimeZone> {
    let usual = detected.zone.clone();
    if let Some(zone) = given {
        return Ok(zone);
    }
    if yes || usual == TimeZone::UTC {
        return Ok(usual);
    }
    if output::can_ask() {
        for _ in 0..TRIES {
            let answer = output::ask(&match language {
                Language::En => format!("Clock of the times [{usual}]:"),
                Language::Id => format!("Zona waktu file ini [{usual}]:"),
            });
            if answer.is_empty() {
                return Ok(usual);
            }
            match answer.parse::<TimeZone>() {
                Ok(zone) => return Ok(zone),
                Err(error) => output::say(&error.text(language)),
            }
        }
    }
    Err(Failure::input(Problem::NoClock(usual)))
}

/// Whether the user wants the import.
pub(super) fn agreed(symbol: &Symbol, folder: &Path, language: Language) -> bool {
    let folder = folder.display();
    let answer = output::ask(&match language {
        Language::En => format!("Import as {symbol} into {folder}? [Y/n]"),
        Language::Id => format!("Impor sebagai {symbol} ke {folder}? [Y/t]"),
    });
    matches!(
        answer.to_ascii_lowercase().as_str(),
        "" | "y" | "yes" | "ya"
    )
}
