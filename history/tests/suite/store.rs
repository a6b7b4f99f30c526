//! The store of histories.

use crate::{csv, gzip, minutes};
use bytes::Bytes;
use history::{
    CHUNK, Format, ImportError, ImportOptions, Store, detect_file,
    parquet::{Metadata, ParquetWriter},
    read_bars,
    store::StoreError,
};
use std::fs;
use trading::{bar::Bars, time::Time, timeframe::Timeframe};

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("history")).unwrap();
    (folder, store)
}

fn import(store: &Store, bars: &Bars) -> history::store::Imported {
    let text = csv(bars);
    let options = ImportOptions::default();
    let metadata = Metadata {
        source: Some("a test".into()),
        ..Metadata::default()
    };
    store
        .import("XAUUSD", text.as_bytes(), &options, &metadata, &mut |_| {})
        .unwrap()
}

#[test]
fn imports_merge_and_the_new_wins() {
    let (folder, store) = store();
    assert!(store.list().unwrap().is_empty());
    let all = minutes(1_000);
    let first = import(&store, &all.slice(0, 600));
    assert_eq!(first.merged, None);
    assert_eq!(first.entry.bars, 600);
    let mut second = all.slice(500, 1_000);
    second.tick_volume[0] = 4_242.0;
    let done = import(&store, &second);
    let merged = done.merged.unwrap();
    assert_eq!((merged.added, merged.same, merged.replaced), (400, 99, 1));
    let mut expected = all;
    expected.tick_volume[500] = 4_242.0;
    assert_eq!(store.read("XAUUSD", Timeframe::M1).unwrap(), expected);
    let list = store.list().unwrap();
    assert_eq!(list, [done.entry]);
    assert_eq!(list[0].bars, 1_000);
    assert_eq!(list[0].first, Some(Time(expected.time[0])));
    assert_eq!(list[0].last, Some(Time(expected.time[999])));
    assert_eq!(list[0].metadata.source.as_deref(), Some("a test"));
    assert_eq!(list[0].metadata.symbol.as_deref(), Some("XAUUSD"));
    // Nothing but the history is left behind.
    let files: Vec<_> = fs::read_dir(folder.path().join("history/XAUUSD"))
        .unwrap()
        .collect();
    assert_eq!(files.len(), 1);
}

/// The bars as a Parquet file in memory.
fn parquet(bars: &Bars, metadata: &Metadata) -> Bytes {
    let mut writer = ParquetWriter::new(Vec::new()).unwrap();
    writer.write(bars).unwrap();
    Bytes::from(writer.finish(metadata).unwrap())
}

/// Parquet into the store; `going_on` says whether to go on after each chunk.
fn import_parquet(
    store: &Store,
    file: Bytes,
    going_on: &mut dyn FnMut() -> std::io::Result<()>,
) -> Result<history::store::Imported, StoreError> {
    let options = ImportOptions::default();
    store.import_parquet("XAUUSD", file, &options, &Metadata::default(), &mut |_| {
        going_on()
    })
}

#[test]
fn parquet_merges_as_text_does() {
    let (folder, store) = store();
    let all = minutes(200_000);
    import(&store, &all.slice(0, 150_000));
    let mut second = all.slice(100_000, 200_000);
    second.tick_volume[1] = 4_242.0;
    let said = Metadata {
        clock: Some("New York".into()),
        ..Metadata::default()
    };
    let done = import_parquet(&store, parquet(&second, &said), &mut || Ok(())).unwrap();
    let merged = done.merged.unwrap();
    assert_eq!(
        (merged.added, merged.same, merged.replaced),
        (50_000, 49_999, 1)
    );
    assert_eq!(
        (done.report.bars, done.report.format),
        (100_000, Format::Parquet)
    );
    // Chunk by chunk, never the whole file.
    assert!(done.report.peak_buffered_rows <= CHUNK);
    let mut expected = all;
    expected.tick_volume[100_001] = 4_242.0;
    assert_eq!(store.read("XAUUSD", Timeframe::M1).unwrap(), expected);
    // What the new file does not say of its origin stays; what it says counts.
    let entry = store.entry("XAUUSD", Timeframe::M1).unwrap();
    assert_eq!(entry.metadata.source.as_deref(), Some("a test"));
    assert_eq!(entry.metadata.clock.as_deref(), Some("New York"));
    let files = fs::read_dir(folder.path().join("history/XAUUSD")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn parquet_that_is_damaged_or_stopped_leaves_the_old_history() {
    let (folder, store) = store();
    let bars = minutes(100);
    import(&store, &bars);
    let good = parquet(&minutes(200_000), &Metadata::default());
    let mut damaged = good.to_vec();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xaa);
    let refused = import_parquet(&store, Bytes::from(damaged), &mut || Ok(()));
    assert!(matches!(refused, Err(StoreError::Import(_))), "{refused:?}");
    let mut chunks = 0;
    let stopped = import_parquet(&store, good, &mut || {
        chunks += 1;
        if chunks == 2 {
            return Err(std::io::ErrorKind::Interrupted.into());
        }
        Ok(())
    });
    assert!(matches!(
        stopped,
        Err(StoreError::Import(ImportError::Io(_)))
    ));
    assert_eq!(chunks, 2);
    let empty = parquet(&Bars::default(), &Metadata::default());
    assert!(matches!(
        import_parquet(&store, empty, &mut || Ok(())),
        Err(StoreError::Import(ImportError::Empty))
    ));
    assert_eq!(store.read("XAUUSD", Timeframe::M1).unwrap(), bars);
    let files = fs::read_dir(folder.path().join("history/XAUUSD")).unwrap();
    assert_eq!(files.count(), 1);
}

#[test]
fn a_failed_import_leaves_the_old_history() {
    let (folder, store) = store();
    let bars = minutes(100);
    import(&store, &bars);
    let packed = gzip(csv(&minutes(200_000)).as_bytes());
    let cut = &packed[..packed.len() - 10];
    let failed = store.import(
        "XAUUSD",
        cut,
        &ImportOptions::default(),
        &Metadata::default(),
        &mut |_| {},
    );
    assert!(matches!(
        failed,
        Err(StoreError::Import(ImportError::Damaged { .. }))
    ));
    assert_eq!(store.read("XAUUSD", Timeframe::M1).unwrap(), bars);
    let files: Vec<_> = fs::read_dir(folder.path().join("history/XAUUSD"))
        .unwrap()
        .collect();
    assert_eq!(files.len(), 1);
}

#[test]
fn a_file_far_out_of_order_is_stored_in_order() {
    let (_folder, store) = store();
    let bars = minutes(150_000);
    let swapped: Bars = bars
        .slice(75_000, 150_000)
        .iter()
        .chain(bars.head(75_000).iter())
        .collect();
    let done = import(&store, &swapped);
    assert_eq!((done.report.bars, done.report.gaps.count), (150_000, 0));
    assert_eq!(store.read("XAUUSD", Timeframe::M1).unwrap(), bars);
}

#[test]
fn names_lead_nowhere_else() {
    let (_folder, store) = store();
    for name in ["../evil", "a/b", "", "..", "C:\\x"] {
        assert!(matches!(
            store.read(name, Timeframe::H1),
            Err(StoreError::BadSymbol(_))
        ));
        let written = store.write(name, Timeframe::H1, &minutes(1), &Metadata::default());
        assert!(matches!(written, Err(StoreError::BadSymbol(_))));
    }
    let missing = store.read("EURUSD", Timeframe::H1).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "there is no H1 history of EURUSD; import it first"
    );
}

#[test]
fn read_bars_takes_every_kind_of_file() {
    let (folder, store) = store();
    let bars = minutes(100);
    store
        .write("GBPUSD", Timeframe::M1, &bars, &Metadata::default())
        .unwrap();
    let root = folder.path();
    fs::write(root.join("a.csv"), csv(&bars)).unwrap();
    fs::write(root.join("b.csv.gz"), gzip(csv(&bars).as_bytes())).unwrap();
    // The content counts, not the name.
    fs::copy(root.join("history/GBPUSD/M1.parquet"), root.join("c.csv")).unwrap();
    for (name, format) in [
        ("a.csv", Format::Dukascopy),
        ("b.csv.gz", Format::Dukascopy),
        ("c.csv", Format::Parquet),
    ] {
        let (read, report) = read_bars(root.join(name), &ImportOptions::default()).unwrap();
        assert_eq!(read, bars, "{name}");
        assert_eq!(report.timeframe, Some(Timeframe::M1));
        if name != "c.csv" {
            assert_ne!(report.format, Format::Parquet);
            assert!(detect_file(root.join(name), None).is_ok());
        } else {
            assert_eq!(report.format, format);
        }
    }
    assert!(matches!(
        read_bars(root.join("none.csv"), &ImportOptions::default()),
        Err(ImportError::Io(_))
    ));
}
