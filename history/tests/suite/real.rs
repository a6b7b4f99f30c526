//! Real files, where they are at hand: they are not shipped.

use history::{ImportOptions, ImportReport, read_bars};
use std::path::Path;
use trading::{bar::Bars, timeframe::Timeframe};

fn file(name: &str) -> Option<(Bars, ImportReport)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data")
        .join(name);
    if !path.exists() {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    }
    Some(read_bars(path, &ImportOptions::default()).expect("a good file"))
}

#[test]
fn every_file_is_read_whole() {
    for (name, bars, first, last, timeframe) in [
        (
            "XAUUSD_H1_ejtrader",
            57_600,
            "2012-05-17T08:00",
            "2022-03-04T23:00",
            Timeframe::H1,
        ),
        (
            "GBPUSD_H1_ejtrader",
            57_600,
            "2012-11-16T05:00",
            "2022-03-04T23:00",
            Timeframe::H1,
        ),
        (
            "XAUUSD_M1_2017_histdata",
            352_360,
            "2017-01-02T23:01",
            "2017-12-29T21:58",
            Timeframe::M1,
        ),
        (
            "EURUSD_M1_2017_histdata",
            371_635,
            "2017-01-02T07:00",
            "2017-12-29T21:57",
            Timeframe::M1,
        ),
        (
            "XAUUSD_M1_2026_ivanaditia",
            63_230,
            "2026-03-24T17:00",
            "2026-05-28T17:00",
            Timeframe::M1,
        ),
        (
            "XAUUSD_M1_1000000_tiled",
            1_000_000,
            "2017-01-02T23:01",
            "2019-10-30T04:45",
            Timeframe::M1,
        ),
    ] {
        let Some((read, report)) = file(&format!("{name}.csv.gz")) else {
            continue;
        };
        assert_eq!(
            (read.len(), report.bars, report.rows),
            (bars, bars as u64, bars as u64),
            "{name}"
        );
        assert_eq!(report.faults.total, 0, "{report}");
        assert_eq!(
            (
                report.reordered.total,
                report.duplicates.total,
                report.conflicts.total
            ),
            (0, 0, 0),
            "{name}"
        );
        assert_eq!(&report.first.unwrap().to_string()[..16], first);
        assert_eq!(&report.last.unwrap().to_string()[..16], last);
        assert_eq!(report.timeframe, Some(timeframe));
        assert_eq!(read.fault(), None);
        assert_eq!(
            read.spread.iter().any(|s| *s > 0.0),
            name.contains("2026"),
            "{name}"
        );
    }
}

/// The shipped sample is the source bar for bar.
#[test]
fn the_sample_is_the_source() {
    for symbol in ["XAUUSD", "GBPUSD"] {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../data/{symbol}/H1.parquet"));
        let (sample, report) = read_bars(path, &ImportOptions::default()).expect("the sample");
        assert_eq!(
            (sample.len(), report.timeframe),
            (57_600, Some(Timeframe::H1))
        );
        assert!(report.notes[0].to_string().contains("New York + 7 h"));
        if let Some((source, _)) = file(&format!("{symbol}_H1_ejtrader.csv.gz")) {
            assert_eq!(sample, source);
        }
        #[cfg(feature = "sample")]
        assert_eq!(
            history::sample::bars(symbol)
                .expect("known")
                .expect("sound"),
            sample
        );
    }
}
