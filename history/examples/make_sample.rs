//! Makes the history that ships with Phoenix, `data/*/H1.parquet`:
//! `cargo run -p history --release --example make_sample -- ../shared/data data`.

use history::{ImportOptions, Store, TimeZone, parquet::Metadata};
use std::{
    env,
    error::Error,
    fs::{self, File},
    path::Path,
};
use trading::timeframe::Timeframe;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = env::args().skip(1);
    let from = args.next().unwrap_or_else(|| "../shared/data".to_owned());
    let to = args.next().unwrap_or_else(|| "data".to_owned());
    let store = Store::open(&to)?;
    // The stamps stay as the source wrote them: the golden results were made with them.
    let options = ImportOptions {
        zone: Some(TimeZone::UTC),
        timeframe: Some(Timeframe::H1),
        ..ImportOptions::default()
    };
    let metadata = Metadata {
        source: Some("github ejtraderLabs/historical-data".to_owned()),
        licence: Some("Apache-2.0".to_owned()),
        clock: Some("MT5 server time (New York + 7 h)".to_owned()),
        ..Metadata::default()
    };
    for symbol in ["XAUUSD", "GBPUSD"] {
        let path = Path::new(&from).join(format!("{symbol}_H1_ejtrader.csv.gz"));
        let done = store.import(symbol, File::open(path)?, &options, &metadata, &mut |_| {})?;
        eprintln!("{symbol}: {}\n", done.report);
    }
    // The store's lock has no place among shipped files.
    fs::remove_file(Path::new(&to).join(".lock"))?;
    Ok(())
}
