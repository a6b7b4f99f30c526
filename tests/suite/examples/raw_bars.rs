//! Writes the shipped sample as raw bytes for the WASM harness: `raw_bars FOLDER`.

use std::{error::Error, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args_os()
        .nth(1)
        .ok_or("usage: raw_bars FOLDER")?
        .into();
    std::fs::create_dir_all(&folder)?;
    for symbol in history::sample::NAMES {
        let bars = history::sample::bars(symbol).ok_or("a name of the sample")??;
        let file = folder.join(format!("{symbol}-H1.bars"));
        std::fs::write(file, phoenix_golden::to_raw(&bars))?;
    }
    // For the benchmark only: this history may not be shipped.
    if let Some(path) = phoenix_tests::shared("data/XAUUSD_M1_1000000_tiled.csv.gz") {
        let bars = phoenix_tests::read_bars(&path);
        std::fs::write(folder.join("XAUUSD-M1.bars"), phoenix_golden::to_raw(&bars))?;
    }
    Ok(())
}
