//! The strategies that come with Phoenix, inside the program.

use crate::api::ReadyStrategy;
use std::sync::LazyLock;
use trading::{
    language::Language,
    strategy::{Document, describe, validate},
};

macro_rules! files {
    ($($slug:literal),* $(,)?) => {
        [$(($slug, include_str!(concat!("../../strategies/", $slug, ".json")))),*]
    };
}

/// The example that everybody sees first stands first.
const FILES: [(&str, &str); 18] = files![
    "gold-macd-adx",
    "eurusd-ichimoku-cloud",
    "eurusd-inside-bar",
    "eurusd-keltner-breakout",
    "eurusd-macd-daily-average",
    "gbpusd-bollinger-reversion",
    "gbpusd-london-breakout",
    "gbpusd-pin-bar-pivot",
    "gbpusd-quiet-night",
    "gbpusd-rsi-reversion",
    "gbpusd-stochastic-four-hour-trend",
    "gold-bollinger-squeeze",
    "gold-engulfing-trend",
    "gold-moving-averages-daily-trend",
    "gold-parabolic-sar",
    "gold-supertrend-adx",
    "gold-turtle-breakout",
    "gold-vwap-new-york",
];

static DOCUMENTS: LazyLock<Vec<(&str, Document)>> = LazyLock::new(|| {
    let read = |(slug, text)| {
        validate::validate(text)
            .ok()
            .map(|document| (slug, document))
    };
    FILES.into_iter().filter_map(read).collect()
});

/// All of them.
pub(crate) fn list(language: Language) -> Vec<ReadyStrategy> {
    let tell = |(slug, document): &(&str, Document)| ReadyStrategy {
        slug: (*slug).to_owned(),
        name: document.name.clone(),
        symbol: document.symbol.as_str().to_owned(),
        timeframe: document.timeframe,
        sentence: describe::describe(document, language).summary,
    };
    DOCUMENTS.iter().map(tell).collect()
}

/// The JSON text of one.
pub(crate) fn text(slug: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(known, _)| *known == slug)
        .map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::{FILES, Language, list};
    use std::{fs, path::Path};

    #[test]
    fn every_file_is_here_and_has_no_fault() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../strategies");
        let mut files: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| {
                entry
                    .unwrap()
                    .file_name()
                    .into_string()
                    .unwrap()
                    .strip_suffix(".json")
                    .map(str::to_owned)
            })
            .collect();
        let mut here: Vec<_> = FILES.map(|(slug, _)| slug.to_owned()).to_vec();
        files.sort();
        here.sort();
        assert_eq!(files, here);
        for language in Language::ALL {
            assert_eq!(list(language).len(), FILES.len());
        }
    }
}
