//! The terms of a test: symbol, costs and account.

use super::VenueArgs;
use crate::{
    failure::{Failure, Result},
    files,
    note::Note,
    problem::{Problem, TextFile},
};
use backtest::venue::Venue;
use std::path::Path;
use trading::symbol::Symbol;

/// The terms for a symbol, and what must be said of them.
pub(crate) fn venue(args: &VenueArgs, symbol: &Symbol) -> Result<(Venue, Vec<Note>)> {
    let spec = args
        .spec
        .as_deref()
        .map(|path| read_spec(path, symbol))
        .transpose()?;
    let mut notes = Vec::new();
    let mut venue = if args.ideal {
        notes.push(Note::Ideal {
            fee: args.fee_per_fill,
        });
        let digits = spec.map_or_else(|| usual_digits(symbol), |spec| spec.symbol.digits);
        Venue::ideal(symbol.clone(), digits, args.fee_per_fill)
    } else if let Some(spec) = spec {
        spec
    } else {
        notes.push(Note::Typical);
        Venue::typical(symbol)
            .ok_or_else(|| Failure::input(Problem::UnknownCosts(symbol.clone())))?
    };
    if let Some(balance) = args.balance {
        venue.account.balance = balance;
    }
    venue.check().map_err(|error| {
        let path = args.spec.clone();
        Failure::input(Problem::Venue { path, error })
    })?;
    Ok((venue, notes))
}

fn read_spec(path: &Path, symbol: &Symbol) -> Result<Venue> {
    let text = files::read_text(path, TextFile::Specification)?;
    let venue: Venue =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let path = path.to_owned();
            Failure::input(Problem::BadSpec { path, error })
        })?;
    if venue.symbol.symbol != *symbol {
        return Err(Failure::input(Problem::OtherSymbol {
            path: path.to_owned(),
            spec: venue.symbol.symbol,
            strategy: symbol.clone(),
        }));
    }
    Ok(venue)
}

/// Decimal places of a price where nobody says: of use for distances in points alone.
fn usual_digits(symbol: &Symbol) -> u32 {
    if let Some(typical) = Venue::typical(symbol) {
        return typical.symbol.digits;
    }
    let name = symbol.as_str().to_ascii_uppercase();
    if name.starts_with("XAU") {
        2
    } else if name.starts_with("XAG") || name.get(3..6) == Some("JPY") {
        3
    } else {
        5
    }
}
