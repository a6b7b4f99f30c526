//! `phoenix data`: what history there is.

use crate::{
    failure::{Failure, Result},
    output,
    problem::Problem,
    resolve::{default_store, store_failure},
    table::{count, table},
};
use clap::Args;
use history::{Store, sample, store::Entry};
use serde::Serialize;
use std::path::PathBuf;
use trading::{language::Language, time::Time, timeframe::Timeframe};

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

/// Where a history is.
const STORED: &str = "store";
const SHIPPED: &str = "shipped";

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
    /// [`STORED`] or [`SHIPPED`].
    place: &'static str,
    source: Option<String>,
}

impl Data {
    pub(super) fn run(self, language: Language) -> Result<()> {
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
            return Err(Failure::input(Problem::NotAFolder(folder)));
        }
        let imported = histories.len();
        for name in sample::NAMES {
            histories.extend(shipped(name)?);
        }
        if self.json {
            let store = folder.display().to_string();
            return output::print_json(&Answer { store, histories });
        }
        let rows: Vec<Vec<String>> = histories.iter().map(|h| row(h, language)).collect();
        let folder = folder.display();
        let (headings, kept, nothing) = match language {
            Language::En => (
                ["symbol", "timeframe", "from", "to", "where", "bars"],
                format!("Imported history is kept in {folder}."),
                "Nothing was imported yet: phoenix import FILE --symbol XAUUSD\n",
            ),
            Language::Id => (
                ["simbol", "timeframe", "dari", "sampai", "asal", "bar"],
                format!("Riwayat hasil impor disimpan di {folder}."),
                "Belum ada yang diimpor: phoenix import FILE --symbol XAUUSD\n",
            ),
        };
        let mut text = format!("{}\n{kept}\n", table(&headings, 5, &rows));
        if imported == 0 {
            text += nothing;
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
        place: STORED,
        source: entry.metadata.source,
    }
}

fn shipped(name: &str) -> Result<Option<History>> {
    let Some(bars) = sample::bars(name) else {
        return Ok(None);
    };
    let bars = bars.map_err(|fault| Failure::own(Problem::Shipped(fault)))?;
    let time = |time: Option<&i64>| time.map(|time| Time(*time).to_string());
    Ok(Some(History {
        symbol: name.to_owned(),
        timeframe: Timeframe::H1,
        bars: bars.len() as u64,
        from: time(bars.time.first()),
        to: time(bars.time.last()),
        place: SHIPPED,
        source: None,
    }))
}

fn row(history: &History, language: Language) -> Vec<String> {
    let place = match (language, history.place) {
        (Language::En, place) => place,
        (Language::Id, SHIPPED) => "bawaan",
        (Language::Id, _) => "impor",
    };
    vec![
        history.symbol.clone(),
        history.timeframe.to_string(),
        history.from.clone().unwrap_or_default(),
        history.to.clone().unwrap_or_default(),
        place.to_owned(),
        count(history.bars, language),
    ]
}
