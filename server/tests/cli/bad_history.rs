//! Price files that are broken or hostile.

use crate::support::{Place, hourly, lines};
use std::fs::{self, File};

/// A test and a sweep refuse the file in words that name the place, and write nothing.
#[track_caller]
fn refused(content: impl AsRef<[u8]>, parts: &[&str]) {
    let place = Place::new();
    place.write("bars.csv", content);
    refused_at(&place, parts);
}

#[track_caller]
fn refused_at(place: &Place, parts: &[&str]) {
    place.write("out.csv", "before");
    let parts = [&["bars.csv"], parts].concat();
    for command in [
        "backtest --strategy GOLD --bars bars.csv --trades out.csv --report out.html",
        "sweep --strategy GOLD --bars bars.csv --set fast=5..6 --csv out.csv",
    ] {
        place.run(command).refused(&parts);
    }
    assert_eq!(place.names(), ["bars.csv", "out.csv"]);
    assert_eq!(fs::read_to_string(place.path("out.csv")).unwrap(), "before");
}

/// The rows, one of them changed.
fn with(row: usize, text: &str) -> String {
    let mut rows = hourly(200);
    rows[row] = text.to_owned();
    lines(&rows)
}

#[test]
fn empty_or_only_a_header() {
    refused("", &["empty"]);
    refused("time,open,high,low,close\n", &["no rows"]);
}

#[test]
fn binary() {
    refused([0x00u8, 0x01, 0xfe, 0xff].repeat(1_000), &["binary"]);
    refused(b"PK\x03\x04 and more", &["ZIP"]);
    refused(b"PAR1 but not really PAR1", &["Parquet"]);
    refused([0x1fu8, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], &["gzip"]);
}

#[test]
fn two_gigabytes_of_nothing() {
    let place = Place::new();
    // Holes: it takes no room on the disk.
    File::create(place.path("bars.csv"))
        .unwrap()
        .set_len(2 << 30)
        .unwrap();
    refused_at(&place, &[]);
}

#[test]
fn not_a_number_and_high_below_low() {
    refused(
        with(10, "2024-01-01T09:00:00Z,1800,NaN,1790,1800"),
        &["line 11", "high"],
    );
    refused(
        with(10, "2024-01-01T09:00:00Z,1800,1790,1810,1800"),
        &["line 11", "below the low"],
    );
    refused(
        with(10, "2024-01-01T09:00:00Z,1800,1810,1790,inf"),
        &["line 11", "close"],
    );
    refused(
        with(10, "2024-01-01T09:00:00Z,0,1810,0,1800"),
        &["line 11", "above zero"],
    );
    refused(
        with(10, "2024-01-01T09:00:00Z,1800"),
        &["line 11", "too few"],
    );
    refused(
        with(10, "yesterday,1800,1810,1790,1800"),
        &["line 11", "yesterday"],
    );
}

#[test]
fn times_twice_or_out_of_order() {
    let rows = hourly(200);
    refused(
        with(11, &rows[10]),
        &[
            "repeating another",
            "line 12: 2024-01-01T09:00:00Z repeats line 11",
        ],
    );
    refused(
        with(11, "2024-01-01T09:00:00Z,1,2,1,2"),
        &[
            "the last in the file was kept",
            "line 12: 2024-01-01T09:00:00Z takes the place of line 11",
        ],
    );
    let mut swapped = rows.clone();
    swapped.swap(20, 21);
    refused(
        lines(&swapped),
        &[
            "behind one of a later time",
            "line 22: 2024-01-01T19:00:00Z stands behind line 21",
        ],
    );
    // Many are not all told.
    let mut turned = rows.clone();
    turned[100..120].reverse();
    refused(
        lines(&turned),
        &["19 rows", "line 102", "line 106", "and 14 more"],
    );
}

#[test]
fn wrong_columns() {
    refused("a,b,c\n1,2,3\n", &["a,b,c"]);
    refused(lines(&hourly(50)).replace("close", "colour"), &["close"]);
}

/// The good rows of such a file can be used all the same.
#[test]
fn good_rows_are_used_when_asked() {
    let place = Place::new();
    place.write(
        "bars.csv",
        with(10, "2024-01-01T09:00:00Z,1800,NaN,1790,1800"),
    );
    let run = place
        .run("backtest --strategy GOLD --ideal --bars bars.csv --repair --json")
        .json();
    assert_eq!(run["bars"], 199);
    assert!(
        run["notes"].to_string().contains("line 11"),
        "{}",
        run["notes"]
    );
}

#[test]
fn notes_tell_the_rows_that_were_put_right() {
    let place = Place::new();
    let mut rows = hourly(200);
    rows.swap(20, 21);
    rows[31] = "2024-01-02T05:00:00Z,1,2,1,2".into();
    place.write("bars.csv", lines(&rows));
    for command in [
        "backtest --strategy GOLD --ideal --bars bars.csv --repair --json",
        "sweep --strategy GOLD --ideal --bars bars.csv --repair --set fast=5..6 --json",
    ] {
        let ran = place.run(command);
        assert!(ran.stderr.contains("line 22"), "{}", ran.stderr);
        let notes = ran.json()["notes"].to_string();
        for part in [
            "1 row behind one of a later time, put in order: line 22",
            "the last in the file was kept: line 32: 2024-01-02T05:00:00Z takes the place of line 31",
        ] {
            assert!(notes.contains(part), "no \"{part}\" in: {notes}");
        }
    }
}

#[test]
fn fewer_bars_than_warm_up() {
    let place = Place::new();
    place.write("bars.csv", lines(&hourly(20)));
    refused_at(&place, &["20 H1 bars", "longer history"]);
}

#[test]
fn no_such_file_and_a_folder() {
    let place = Place::new();
    place
        .run("backtest --strategy GOLD --bars no.csv")
        .refused(&["no.csv"]);
    place
        .run("backtest --strategy GOLD --bars .")
        .refused(&["."]);
}
