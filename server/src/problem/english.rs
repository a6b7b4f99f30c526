//! What went wrong, in English.

use super::{FAULTS_TOLD, Problem, TextFile};
use crate::{account::AccountError, strategy, table};
use history::{Flaw, ImportError};
use identity::WeakPassword;
use std::path::Path;
use storage::StorageError;
use trading::{
    language::Language::En, strategy::plan::CompileError, strategy::validate::Fault,
    timeframe::Timeframe,
};

pub(super) fn text(problem: &Problem) -> String {
    match problem {
        Problem::CannotRead { path, error } => {
            format!("{} cannot be read: {error}", path.display())
        }
        Problem::CannotWrite { path, error } => format!(
            "{} cannot be written: {error}. Nothing was changed",
            path.display()
        ),
        Problem::CannotPrint(error) => format!("the result could not be printed: {error}"),
        Problem::CannotPrintJson(error) => {
            format!("the result could not be written as JSON: {error}")
        }
        Problem::CannotListen(error) => format!("cannot listen for Ctrl-C: {error}"),
        Problem::NotAFolder(path) => format!("{} is not a folder", path.display()),
        Problem::NoHome => "there is no home folder to keep history in: name a folder with \
                            --store DIR, or in PHOENIX_DATA"
            .to_owned(),
        Problem::Bars { path, error } => {
            let option = match error {
                ImportError::AmbiguousDates { .. } | ImportError::MixedDates { .. } => {
                    ". Add --date-order day-first or --date-order month-first"
                }
                _ => "",
            };
            format!("{}: {error}{option}", path.display())
        }
        Problem::Flaws { path, report } => {
            let flaws: Vec<String> = report.flaws(En).iter().map(Flaw::block).collect();
            format!(
                "{}: rows are not as they should be. With --repair the test goes on, after what \
                 is said here (phoenix import does the same); or mend the file\n{}",
                path.display(),
                flaws.join("\n")
            )
        }
        Problem::NoTimeframe(path) => format!(
            "{}: the length of the bars could not be told from their distances. Say it with \
             --timeframe, such as --timeframe H1",
            path.display()
        ),
        Problem::Serve(problem) => problem.text(En),
        Problem::Backup(_, StorageError::NotEmpty) => {
            "the database is not empty, and nothing was changed. A backup is restored into a new one: \
             name another folder with --home, or another database"
                .to_owned()
        }
        Problem::Backup(file, error) => {
            format!("{}: {error}. Nothing was changed", file.display())
        }
        Problem::Account(email, AccountError::Taken) => {
            format!("{email} has an account already. Its role is changed under Administration")
        }
        Problem::Account(_, AccountError::Weak(why)) => weak(*why).to_owned(),
        Problem::Account(email, error) => format!("{email}: {error}"),
        Problem::Store(error) => error.text(En),
        Problem::Shipped(fault) => {
            format!("the history that ships with Phoenix is damaged: {fault}")
        }
        Problem::NoHistory {
            symbol,
            timeframe,
            stored,
            shipped,
        } => {
            let shipped = shipped.iter().map(|name| format!("{name} (shipped)"));
            let there: Vec<String> = stored.iter().cloned().chain(shipped).collect();
            format!(
                "there is no {timeframe} history of {symbol}. There is: {}.\n  Name a file with \
                 --bars FILE, or import one: phoenix import FILE --symbol {symbol}",
                there.join(", ")
            )
        }
        Problem::CannotBuild {
            strategy,
            found,
            source,
        } => format!(
            "{strategy} bars cannot be built from the {found} bars in {source}: give shorter bars"
        ),
        Problem::UnknownZone(error) => error.clone(),
        Problem::Venue { path, error } => {
            let place = match path {
                Some(path) => path.display().to_string(),
                None => "--balance or --fee-per-fill".to_owned(),
            };
            format!("{place}: {error}")
        }
        Problem::BadSpec { path, error } => format!(
            "{}: {error}. See docs/cli.md for an example",
            path.display()
        ),
        Problem::OtherSymbol {
            path,
            spec,
            strategy,
        } => format!(
            "{} describes {spec}, but the strategy trades {strategy}: costs of another symbol \
             would give wrong money. Give the specification of {strategy}",
            path.display()
        ),
        Problem::UnknownCosts(symbol) => format!(
            "the contract and costs of {symbol} are not known. Give your broker's with --spec FILE \
             (see docs/cli.md for an example), or use --ideal to test one unit without costs"
        ),
        Problem::Compile {
            path,
            actual,
            asked,
            fault,
            error,
        } => compile(path, *actual, *asked, fault.as_ref(), error),
        Problem::InsideTimeframe {
            path,
            found,
            coarse,
        } => format!(
            "--inside {}: its bars are {}, and {coarse} bars are not made of whole ones of these. \
             Give shorter bars, such as M1",
            path.display(),
            found.map_or("of unknown length", Timeframe::name)
        ),
        Problem::InsideElsewhere(path) => format!(
            "--inside {}: its bars are of another time than those that are tested. Give finer bars \
             of the same period",
            path.display()
        ),
        Problem::TooShort {
            source,
            bars,
            timeframe,
        } => format!(
            "{source} has {bars} {timeframe} bars, fewer than the strategy's indicators need \
             before they give their first numbers, so no rule was ever asked. Give a longer history"
        ),
        Problem::NoParameter { name, value, known } => {
            let known = if known.is_empty() {
                "none".to_owned()
            } else {
                known.join(", ")
            };
            format!(
                "--set {name}={value}: the strategy has no parameter \"{name}\"; it has {known}"
            )
        }
        Problem::Unusable { path, faults } => {
            let told = &faults[..faults.len().min(FAULTS_TOLD)];
            let more = match faults.len() - told.len() {
                0 => String::new(),
                more => format!("\n  and {more} more: phoenix validate {}", path.display()),
            };
            format!(
                "{} is not a strategy that can be used: {}{}{more}",
                path.display(),
                count_faults(faults.len()),
                strategy::list(told, En)
            )
        }
        Problem::Invalid {
            path,
            faults,
            listed,
        } => {
            let list = if *listed {
                strategy::list(faults, En)
            } else {
                String::new()
            };
            format!("{}: {}{list}", path.display(), count_faults(faults.len()))
        }
        Problem::TooLarge { path, what } => format!(
            "{} is larger than 1 MiB, so it is hardly {}. Check that it is the right file",
            path.display(),
            text_file(*what)
        ),
        Problem::NotUtf8 { path, byte, what } => format!(
            "{} is not text in UTF-8 (byte {byte} is not), so it is not {}. Check that it is the \
             right file, or save it as UTF-8",
            path.display(),
            text_file(*what)
        ),
        Problem::Overwrites { target, other } => format!(
            "{} would be written over {}: choose another name for the result",
            target.display(),
            other.display()
        ),
        Problem::Axis(error) => format!("--set: {error}"),
        Problem::NoRanges => "the strategy names no range to sweep over: say one with --set, such \
                              as --set fast=5..24"
            .to_owned(),
        Problem::TooManySets { ranges, sets } => format!(
            "the strategy's ranges ({}) make {} parameter sets. Choose the parameters that matter \
             with --set, such as --set {}",
            ranges.join(", "),
            table::count(*sets, En),
            ranges.first().map_or("fast=5..24", String::as_str)
        ),
        Problem::SweepStopped { done, all } => format!(
            "Stopped after {} of {} sets; nothing was written.",
            table::count(*done, En),
            table::count(*all, En)
        ),
        Problem::ImportStopped => "Stopped; the store is as it was.".to_owned(),
        Problem::ImportDeclined => "Nothing was imported.".to_owned(),
        Problem::NoClock(usual) => format!(
            "the file does not say by which clock its times are. Add --timezone {usual} (usual for \
             such files), --timezone UTC or another, or --yes to take the usual one. Nothing was \
             imported"
        ),
    }
}

fn compile(
    path: &Path,
    actual: Timeframe,
    asked: Timeframe,
    fault: Option<&Fault>,
    error: &CompileError,
) -> String {
    let path = path.display();
    let what = match fault {
        Some(fault) => format!("{}: {}", fault.pointer, fault.message(En)),
        None => format!("{error}."),
    };
    if actual == asked {
        format!("{path}: {what}")
    } else if asked.is_made_of(actual) {
        format!(
            "{path} does not work on {actual} bars: {what} Use --resample to build {asked} bars \
             from them"
        )
    } else {
        format!("{path} does not work on {actual} bars: {what} Give {asked} or shorter bars")
    }
}

fn count_faults(faults: usize) -> String {
    match faults {
        1 => "1 fault".to_owned(),
        n => format!("{n} faults"),
    }
}

fn text_file(what: TextFile) -> &'static str {
    match what {
        TextFile::Strategy => "a strategy",
        TextFile::Specification => "a specification of a symbol",
    }
}

fn weak(why: WeakPassword) -> &'static str {
    match why {
        WeakPassword::TooShort => "the password is too short: at least 10 characters",
        WeakPassword::TooLong => "the password is too long: at most 256 bytes",
        WeakPassword::Control => "the password holds a character that cannot be typed",
        WeakPassword::Repetitive => "the password repeats too few different characters",
        WeakPassword::Common => "the password is one of those that are tried first",
        WeakPassword::Email => "the password holds the e-mail address",
    }
}
