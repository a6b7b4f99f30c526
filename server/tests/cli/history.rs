//! `phoenix import` and `phoenix data`.

use crate::support::{Place, hourly, lines};
use std::fs;

const MT5: &str = "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n\
    2024.01.02\t01:00:00\t2063.10\t2065.00\t2062.50\t2064.80\t1200\t0\t12\n\
    2024.01.02\t02:00:00\t2064.80\t2066.10\t2064.00\t2065.20\t900\t0\t14\n\
    2024.01.02\t03:00:00\t2065.20\t2065.90\t2061.00\t2061.40\t1500\t0\t11\n";

#[test]
fn what_is_imported_is_listed_and_tested_on() {
    let place = Place::new();
    assert!(
        place
            .run("data")
            .good()
            .stdout
            .contains("Nothing was imported yet")
    );
    // Looking makes nothing.
    assert_eq!(place.names(), [""; 0]);

    place.write("gold.csv", lines(&hourly(400)));
    let imported = place.run("import gold.csv --symbol XAUUSD").good();
    assert!(
        imported.stderr.contains("time, open, high, low, close"),
        "{}",
        imported.stderr
    );
    assert!(
        imported.stdout.contains("400 H1 bars"),
        "{}",
        imported.stdout
    );
    let data = place.run("data --json").json();
    assert_eq!(data["histories"][0]["symbol"], "XAUUSD");
    assert_eq!(data["histories"][0]["bars"], 400);
    assert_eq!(data["histories"][0]["place"], "store");
    assert_eq!(data["histories"].as_array().unwrap().len(), 3);

    let run = place.run("backtest --strategy GOLD --ideal --json").json();
    assert_eq!(
        (&run["bars"], &run["source"]),
        (&400.into(), &"store:XAUUSD/H1".into())
    );

    // Once more changes nothing, and says so.
    let again = place.run("import gold.csv --symbol XAUUSD").good().stdout;
    assert!(again.contains("0 bars added, 400 already there"), "{again}");
}

#[test]
fn a_clock_that_is_not_known_is_asked_for() {
    let place = Place::new();
    place.write("mt5.csv", MT5);
    place
        .run("import mt5.csv --symbol XAUUSD")
        .refused(&["--timezone America/New_York+7", "--yes"]);
    assert_eq!(place.names(), ["mt5.csv"]);
    let imported = place
        .run("import mt5.csv --symbol XAUUSD --timezone mt5")
        .good();
    // One in the morning on the server is eleven in the evening before in UTC.
    assert!(
        imported.stdout.contains("2024-01-01T23:00:00Z"),
        "{}",
        imported.stdout
    );
    place.run("import mt5.csv --symbol XAUUSD --yes").good();
}

#[test]
fn dates_that_read_both_ways_are_asked_for() {
    let place = Place::new();
    let file = "time,open,high,low,close\n01/02/2024 01:00,1,2,1,2\n01/02/2024 02:00,1,2,1,2\n";
    place.write("dates.csv", file);
    place.run("import dates.csv --symbol XAUUSD").refused(&[
        "dates.csv",
        "01/02/2024",
        "--date-order day-first",
    ]);
    let imported = place
        .run("import dates.csv --symbol XAUUSD --date-order day-first")
        .good();
    assert!(
        imported.stdout.contains("2024-02-01T01:00:00Z"),
        "{}",
        imported.stdout
    );
}

/// Faults are told by line, and good rows are kept.
#[test]
fn bad_rows_are_reported_and_good_ones_kept() {
    let place = Place::new();
    let mut rows = hourly(60);
    rows[10] = "2024-01-01T09:00:00Z,1800,NaN,1790,1800".into();
    rows[20] = "2024-01-01T19:00:00Z,1800,1790,1810,1800".into();
    rows.swap(30, 31);
    rows.push(rows[40].clone());
    place.write("gold.csv", lines(&rows));
    let imported = place.run("import gold.csv --symbol XAUUSD").good().stdout;
    for part in [
        "58 H1 bars",
        "line 11",
        "line 21",
        "2 rows behind one of a later time, put in order\n  line 32: 2024-01-02T05:00:00Z stands behind line 31",
        "1 row repeating another exactly, kept once\n  line 62: 2024-01-02T15:00:00Z repeats line 41",
    ] {
        assert!(imported.contains(part), "no \"{part}\" in: {imported}");
    }
}

#[test]
fn what_cannot_be_imported_changes_nothing() {
    let place = Place::new();
    place.write("gold.csv", lines(&hourly(100)));
    place.run("import gold.csv --symbol XAUUSD").good();
    let before = fs::read(place.path("store/XAUUSD/H1.parquet")).unwrap();
    place.write("empty.csv", "");
    place.write("binary.csv", [0u8, 1, 2, 3, 255, 254].repeat(500));
    let mut rows = hourly(200);
    for row in rows.iter_mut().skip(1) {
        *row = row.replace("Z,", "Z,x");
    }
    place.write("words.csv", lines(&rows));
    for (file, part) in [
        ("empty.csv", "empty"),
        ("binary.csv", "binary"),
        ("words.csv", "line 2"),
        ("no.csv", "no.csv"),
    ] {
        place
            .run(&format!("import {file} --symbol XAUUSD"))
            .refused(&[file, part]);
        assert_eq!(
            fs::read(place.path("store/XAUUSD/H1.parquet")).unwrap(),
            before
        );
    }
    place
        .run("import gold.csv --symbol ../../etc")
        .refused(&["../../etc"]);
    place
        .run("import gold.csv --symbol XAUUSD --timezone Mars")
        .refused(&["Mars"]);
    let left: Vec<_> = fs::read_dir(place.path("store/XAUUSD")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

/// A Parquet file merges with what is there, as a CSV does.
#[test]
fn parquet_is_merged_with_what_is_there() {
    let place = Place::new();
    let mut rows = hourly(100);
    place.write("gold.csv", lines(&rows));
    place.run("import gold.csv --symbol XAUUSD").good();
    fs::copy(
        place.path("store/XAUUSD/H1.parquet"),
        place.path("gold.parquet"),
    )
    .unwrap();
    // Another history lies there: it ends later, and one bar is another.
    fs::remove_dir_all(place.path("store")).unwrap();
    rows = hourly(120);
    rows[50] = "2024-01-03T01:00:00Z,1,2,1,2".into();
    let header = rows[0].clone();
    place.write("other.csv", lines(&[&[header], &rows[21..]].concat()));
    place.run("import other.csv --symbol XAUUSD").good();
    let merged = place
        .run("import gold.parquet --symbol XAUUSD")
        .good()
        .stdout;
    for part in [
        "100 H1 bars from 100 rows (Parquet",
        "20 bars added, 79 already there, 1 replaced by the new file's",
        "XAUUSD H1: 120 bars kept",
    ] {
        assert!(merged.contains(part), "no \"{part}\" in: {merged}");
    }
    let before = fs::read(place.path("store/XAUUSD/H1.parquet")).unwrap();
    place.write("cut.parquet", &before[..before.len() - 9]);
    place
        .run("import cut.parquet --symbol XAUUSD")
        .refused(&["cut.parquet", "Parquet file is damaged"]);
    let after = fs::read(place.path("store/XAUUSD/H1.parquet")).unwrap();
    assert_eq!(after, before);
    let left = fs::read_dir(place.path("store/XAUUSD")).unwrap();
    assert_eq!(left.count(), 1);
}

/// What is asked for in Indonesian is answered in it, whether it worked or not.
#[test]
fn history_speaks_indonesian() {
    let place = Place::new();
    let mut rows = hourly(60);
    rows[10] = "2024-01-01T09:00:00Z,1800,NaN,1790,1800".into();
    rows.swap(30, 31);
    place.write("gold.csv", lines(&rows));
    place.write("mt5.csv", MT5);
    place.write("empty.csv", "");
    place
        .run("--lang id import mt5.csv --symbol XAUUSD")
        .refused(&[
            "jenis     ekspor MetaTrader 5",
            "Kesalahan: file ini tidak menyebut zona waktunya",
        ]);
    place
        .run("import empty.csv --symbol XAUUSD --lang id")
        .refused(&["Kesalahan: empty.csv: file ini kosong"]);
    place
        .run("import no.csv --symbol XAUUSD --lang id")
        .refused(&["no.csv tidak bisa dibaca: file atau folder tidak ditemukan"]);
    place
        .run("backtest --strategy GOLD --bars gold.csv --lang id")
        .refused(&["ada baris yang bermasalah", "baris 11, kolom high"]);
    let imported = place
        .run("import gold.csv --symbol XAUUSD --lang id")
        .good();
    for part in [
        "59 bar H1 dari 60 baris (tabel teks, waktu dibaca sebagai UTC)",
        "baris 11, kolom high: ini bukan angka yang terhingga: \"NaN\"",
        "baris 32: 2024-01-02T05:00:00Z berada setelah baris 31 yang waktunya lebih baru",
        "59 bar disimpan di",
    ] {
        assert!(imported.stdout.contains(part), "{}", imported.stdout);
    }
    let data = place.run("data --lang id").good().stdout;
    assert!(data.contains("Riwayat hasil impor disimpan di"), "{data}");
    assert!(data.contains("bawaan"), "{data}");
}
