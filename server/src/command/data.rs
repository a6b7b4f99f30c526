//! `phoenix data`: what history there is.

use crate::{
    failure::{Failure, Result},
    output,
    resolve::{default_store, store_failure},
    table::{count, table},
};
use clap::Args;
use history::{Store, sample, store::Entry};
use serde::Serialize;
use std::path::PathBuf;
use trading::{time::Time, timeframe::Timeframe};

/// Options of `phoenix data`.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// Folder of imported history [default: $PHOENIX_DATA, or ~/.local/share/phoenix/history]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    store: String,
    histories: Vec<History>,
}

#[derive(Serialize)]
struct History {
    symbol: String,
    timeframe: Timeframe,
    bars: u64,
    from: Option<String>,
    to: Option<String>,
    /// `store` or `shipped`.
    place: &'static str,
    source: Option<String>,
}

impl Data {
    pub(super) fn run(self) -> Result<()> {
        let folder = default_store(self.store.clone())?;
        let mut histories = Vec::new();
        // Opening a store makes its folder: looking should not.
        if folder.is_dir() {
            let store = Store::open(&folder).map_err(store_failure)?;
            histories.extend(
                store
                    .list()
                    .map_err(store_failure)?
                    .into_iter()
                    .map(imported),
            );
        } else if self.store.is_some() {
            return Err(Failure::input(format!(
                "{} is not a folder",
                folder.display()
            )));
        }
        let imported = histories.len();
        for name in sample::NAMES {
            histories.extend(shipped(name)?);
        }
        if self.json {
            let store = folder.display().to_string();
            return output::print_json(&Answer { store, histories });
        }
        let rows: Vec<Vec<String>> = histories.iter().map(row).collect();
        let headings = ["symbol", "timeframe", "from", "to", "where", "bars"];
        let mut text = table(&headings, 5, &rows);
        text += &format!("\nImported history is kept in {}.\n", folder.display());
        if imported == 0 {
            text += "Nothing was imported yet: phoenix import FILE --symbol XAUUSD\n";
        }
        output::print(&text)
    }
}

fn imported(entry: Entry) -> History {
    History {
        symbol: entry.symbol,
        timeframe: entry.timeframe,
        bars: entry.bars,
        from: entry.first.map(|time| time.to_string()),
        to: entry.last.map(|time| time.to_string()),
        place: "store",
        source: entry.metadata.source,
    }
}

fn shipped(name: &str) -> Result<Option<History>> {
    let Some(bars) = sample::bars(name) else {
        return Ok(None);
    };
    let bars = bars.map_err(|fault| {
        Failure::Own(format!(
            "the history that ships with Phoenix is damaged: {fault}"
        ))
    })?;
    let time = |time: Option<&i64>| time.map(|time| Time(*time).to_string());
    Ok(Some(History {
        symbol: name.to_owned(),
        timeframe: Timeframe::H1,
        bars: bars.len() as u64,
        from: time(bars.time.first()),
        to: time(bars.time.last()),
        place: "shipped",
        source: None,
    }))
}

fn row(history: &History) -> Vec<String> {
    vec![
        history.symbol.clone(),
        history.timeframe.to_string(),
        history.from.clone().unwrap_or_default(),
        history.to.clone().unwrap_or_default(),
        history.place.to_owned(),
        count(history.bars),
    ]
}
