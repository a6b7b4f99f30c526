//! What the room says to people, in every language that Phoenix speaks.
//!
//! The types themselves hold no words: `english.rs` and `indonesian.rs` have them. Their `Display`
//! is the English text.

mod english;
mod indonesian;

use crate::{
    detect::{ClockNote, Detected, Format},
    error::{BadLayout, Foreign, ImportError},
    fault::{Fault, FaultKind},
    layout::Column,
    merge::Merged,
    report::{Flaw, ImportNote, ImportReport},
    stamp::TimeFormat,
    zone::UnknownTimeZone,
};
use std::{fmt, io};
use trading::language::Language;

/// Gives each type its text in a language, and its English text as `Display`.
macro_rules! speak {
    ($($type:ty: $words:ident),+ $(,)?) => { $(
        impl $type {
            /// In the words of a language.
            pub fn text(&self, language: Language) -> String {
                match language {
                    Language::En => english::$words(self),
                    Language::Id => indonesian::$words(self),
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text(Language::En))
            }
        }
    )+ };
}

speak! {
    ImportError: import_error,
    Foreign: foreign,
    BadLayout: bad_layout,
    Fault: fault,
    FaultKind: fault_kind,
    Column: column,
    Format: format,
    TimeFormat: time_format,
    ClockNote: clock_note,
    Detected: detected,
    ImportNote: import_note,
    ImportReport: import_report,
    Merged: merged,
    UnknownTimeZone: unknown_time_zone,
}

#[cfg(feature = "parquet")]
speak! { crate::parquet::ParquetFault: parquet_fault }

#[cfg(all(feature = "files", feature = "parquet"))]
speak! {
    crate::store::StoreError: store_error,
    crate::store::BadSymbol: bad_symbol,
}

impl ImportReport {
    /// What is wrong with rows of the file, one entry a kind; nothing for a file as it should be.
    pub fn flaws(&self, language: Language) -> Vec<Flaw> {
        match language {
            Language::En => english::flaws(self),
            Language::Id => indonesian::flaws(self),
        }
    }
}

/// Why reading or writing failed. Systems say it in their own language, which need not be the
/// reader's; the usual reasons are said in ours.
pub fn io_text(error: &io::Error, language: Language) -> String {
    match language {
        Language::En => error.to_string(),
        Language::Id => indonesian::io_error(error),
    }
}

/// How many rows are told of each kind of flaw.
const ROWS_TOLD: usize = 5;

/// How many of the longest gaps are told.
const GAPS_TOLD: usize = 5;

/// A whole number, grouped as the language does.
fn count(number: u64, language: Language) -> String {
    language.number(number as f64)
}

/// What a receiving end failed with: in our words where it is one of ours.
fn sink_error(error: &crate::sink::SinkError, language: Language) -> String {
    #[cfg(feature = "parquet")]
    if let Some(fault) = error.downcast_ref::<crate::parquet::ParquetFault>() {
        return fault.text(language);
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return io_text(error, language);
    }
    error.to_string()
}
