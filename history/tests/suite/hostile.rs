//! Files that are broken or want to break us.

use crate::{csv, error, gzip, minutes, read, times};
use history::{
    CHUNK, FAULTS_KEPT, FaultKind, ImportError, ImportOptions, ImportReport, ODD_ROWS_KEPT,
    OddRows, read_text, zone::Converter,
};
use trading::language::Language;

const HEADER: &str = "time,open,high,low,close,volume\n";

fn with_rows(rows: &str) -> ImportReport {
    read(format!("{HEADER}2017-01-02 00:00,1,1,1,1,0\n{rows}"))
        .unwrap()
        .1
}

fn only_fault(row: &str) -> (FaultKind, String) {
    let report = with_rows(&format!("{row}\n2017-01-03 00:00,1,1,1,1,0\n"));
    assert_eq!(
        (report.rows, report.bars, report.faults.total),
        (3, 2, 1),
        "{row}"
    );
    let fault = &report.faults.first[0];
    assert_eq!(fault.line, 3);
    assert!(report.to_string().contains("line 3"), "{report}");
    (fault.kind, fault.to_string())
}

#[test]
fn every_kind_of_bad_row_is_named() {
    use FaultKind::*;
    for (row, kind) in [
        ("2017-01-02 00:01,1,1,1,1", TooFewColumns),
        ("2017-01-02 00:01,1,1,1,1,0,5", TooManyColumns),
        ("yesterday,1,1,1,1,0", UnreadableTime),
        ("02.01.2017 00:01,1,1,1,1,0", UnreadableTime),
        ("1817-01-02 00:01,1,1,1,1,0", TimeOutOfRange),
        ("2017-01-02 00:01,1,x,1,1,0", NotANumber),
        ("2017-01-02 00:01,1,,1,1,0", NotANumber),
        ("2017-01-02 00:01,1,nan,1,1,0", NotFinite),
        ("2017-01-02 00:01,1,inf,1,1,0", NotFinite),
        ("2017-01-02 00:01,1,1e999,1,1,0", NotFinite),
        ("2017-01-02 00:01,1,1,0,1,0", NotPositive),
        ("2017-01-02 00:01,1,1,-1,1,0", NotPositive),
        ("2017-01-02 00:01,2,1,3,2,0", HighBelowLow),
        ("2017-01-02 00:01,4,3,1,2,0", OutsideRange),
        ("2017-01-02 00:01,2,3,1,4,0", OutsideRange),
        ("2017-01-02 00:01,1,1,1,1,-5", Negative),
        ("2017-01-02 00:01,1,1,1,1,NaN", NotFinite),
    ] {
        assert_eq!(only_fault(row).0, kind, "{row}");
    }
    let (kind, _) = only_fault(&"9".repeat(5_000));
    assert_eq!(kind, LineTooLong);
    let (_, message) = only_fault("2017-01-02 00:01,1,x,1,1,0");
    assert_eq!(message, "line 3, column high: this is not a number: \"x\"");
}

#[test]
fn files_without_bars_say_so() {
    assert!(error("").contains("empty"));
    assert!(error("\n\r\n \n").contains("empty"));
    assert!(error("\u{feff}").contains("empty"));
    assert!(error(gzip(b"")).contains("empty"));
    assert!(error(HEADER).contains("no rows"));
    assert!(error("hello world").contains("hello world"));
    assert!(error("time,open,high,close,volume\n1,2,3,4,5\n").contains("\"low\""));
    let lines = "x,x,x,x,x,x\n".repeat(3);
    assert!(matches!(
        read(format!("{HEADER}{lines}")),
        Err(ImportError::MostlyFaulty { .. })
    ));
}

#[test]
fn what_is_not_text_is_named() {
    let mut noise = Vec::new();
    let mut state = 7_u64;
    for _ in 0..100_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        noise.push((state >> 56) as u8);
    }
    for (bytes, word) in [
        (noise, "binary"),
        (vec![0; 10_000], "binary"),
        (b"PK\x03\x04xyz".to_vec(), "ZIP"),
        (b"PAR1....".to_vec(), "Parquet"),
        (b"<!DOCTYPE html><html>".to_vec(), "web page"),
        (b"[{\"time\":1}]".to_vec(), "JSON"),
        (gzip(&gzip(b"x")), "gzip inside gzip"),
    ] {
        let message = error(&bytes);
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn a_wrong_file_stops_early_and_shows_why() {
    struct Counted(usize);
    impl std::io::Read for Counted {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let row = b"2017-01-02 00:01,1,2,3,x,0\n";
            let count = row.len().min(buffer.len());
            buffer[..count].copy_from_slice(&row[..count]);
            self.0 += count;
            Ok(count)
        }
    }
    // It never ends: only stopping early passes.
    let result = read_text(Counted(0), &ImportOptions::default());
    let Err(ImportError::MostlyFaulty { rows, bad, first }) = result else {
        panic!("{result:?}");
    };
    assert_eq!((rows, bad), (1_000, 1_000));
    assert_eq!(first.len(), FAULTS_KEPT);
}

#[test]
fn faults_are_counted_and_not_hoarded() {
    let mut text = csv(&minutes(3_000));
    text.push_str(&"x,1,1,1,1,1,1\n".repeat(2_500));
    let (bars, report) = read(text).unwrap();
    assert_eq!(bars.len(), 3_000);
    assert_eq!(
        (report.faults.total, report.faults.first.len()),
        (2_500, FAULTS_KEPT)
    );
    assert_eq!(report.faults.kinds[&FaultKind::UnreadableTime], 2_500);
}

#[test]
fn order_duplicates_and_conflicts() {
    let text = format!(
        "{HEADER}2017-01-02 00:03,3,3,3,3,0\n2017-01-02 00:01,1,1,1,1,0\n\
         2017-01-02 00:02,2,2,2,2,0\n2017-01-02 00:01,1,1,1,1,0\n2017-01-02 00:03,4,4,4,4,0\n"
    );
    let (bars, report) = read(text).unwrap();
    assert_eq!(
        times(&bars),
        ["2017-01-02T00:01", "2017-01-02T00:02", "2017-01-02T00:03"]
    );
    assert_eq!(bars.close, [1.0, 2.0, 4.0]);
    assert_eq!(
        (
            report.reordered.total,
            report.duplicates.total,
            report.conflicts.total
        ),
        (3, 1, 1)
    );
    // Each is told by its line, with the one that it stands against.
    let told = |rows: &OddRows| -> Vec<(u64, String, Option<u64>)> {
        let row =
            |row: &history::OddRow| (row.line, row.time.to_string()[14..16].into(), row.other);
        rows.first.iter().map(row).collect()
    };
    let behind = [(3, "01"), (4, "02"), (5, "01")].map(|(line, m)| (line, m.into(), Some(2)));
    assert_eq!(told(&report.reordered), behind);
    assert_eq!(told(&report.duplicates), [(5, "01".into(), Some(3))]);
    assert_eq!(told(&report.conflicts), [(6, "03".into(), Some(2))]);
    let text = report.to_string();
    for part in [
        "line 5: 2017-01-02T00:01:00Z repeats line 3",
        "the last in the file was kept\n  line 6: 2017-01-02T00:03:00Z takes the place of line 2",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let text = report.text(Language::Id);
    assert!(
        text.contains("baris 6: 2017-01-02T00:03:00Z menggantikan baris 2"),
        "{text}"
    );
}

#[test]
fn the_newest_row_first_far_beyond_the_window() {
    let bars = minutes(300_000);
    let text = csv(&bars);
    let (header, rows) = text.split_once('\n').unwrap();
    let mut reversed: Vec<&str> = rows.lines().rev().collect();
    // And once more a row that was given out long before.
    reversed.push(reversed[100_000]);
    let text = format!("{header}\n{}\n", reversed.join("\n"));
    let (read_back, report) = read(&text).unwrap();
    assert_eq!(read_back, bars);
    assert_eq!(
        (report.bars, report.reordered.total, report.duplicates.total),
        (300_000, 300_000, 1)
    );
    assert_eq!((report.gaps.count, report.gaps.short_pauses), (0, 0));
    // The first lines are told, however late they are found; the rest is a number.
    let lines: Vec<u64> = report.reordered.first.iter().map(|row| row.line).collect();
    assert_eq!(lines, (3..3 + ODD_ROWS_KEPT as u64).collect::<Vec<_>>());
    let twin = report.duplicates.first[0];
    assert_eq!((twin.line, twin.other), (300_002, None));
    assert!(report.to_string().contains("and 299,995 more"), "{report}");

    // Few late rows at a time give the same, in bounded memory.
    let options = ImportOptions {
        late_rows_held: 10_000,
        ..ImportOptions::default()
    };
    let (bounded, again) = read_text(text.as_bytes(), &options).unwrap();
    assert_eq!(bounded, bars);
    assert!(again.peak_buffered_rows <= 2 * CHUNK + 10_000);
    assert_eq!(
        ImportReport {
            peak_buffered_rows: report.peak_buffered_rows,
            ..again
        },
        report
    );

    let options = ImportOptions {
        max_late_rows: 1_000,
        ..ImportOptions::default()
    };
    let refused = read_text(text.as_bytes(), &options);
    assert!(matches!(
        refused,
        Err(ImportError::TooDisordered { limit: 1_000, .. })
    ));
}

#[test]
fn bombs_and_cut_files() {
    let bomb = gzip(&vec![b'1'; 20_000_000]);
    assert!(bomb.len() < 50_000);
    let options = ImportOptions {
        max_bytes: 100_000,
        ..ImportOptions::default()
    };
    let refused = read_text(&bomb[..], &options);
    assert!(matches!(
        refused,
        Err(ImportError::TooLarge { limit: 100_000, .. })
    ));
    let packed = gzip(csv(&minutes(100_000)).as_bytes());
    for cut in [packed.len() - 1, packed.len() / 2, 30, 5] {
        let message = error(&packed[..cut]);
        assert!(message.contains("cut short"), "{cut}: {message}");
    }
    let mut damaged = packed.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x55;
    assert!(read(&damaged).is_err());
}

#[test]
fn a_line_without_end_is_one_fault() {
    let mut text = csv(&minutes(10));
    text.push_str(&"7".repeat(10_000_000));
    text.push_str("\n1483315260000,1,1,1,1,1,1\n");
    let (_, report) = read(text).unwrap();
    assert_eq!(report.faults.kinds[&FaultKind::LineTooLong], 1);
    assert_eq!(report.rows, 12);
}

#[test]
fn times_at_the_ends_of_the_world_do_not_overflow() {
    for name in ["mt5", "Asia/Tokyo", "+18:00"] {
        let mut converter = Converter::new(name.parse().unwrap());
        for local in [i64::MIN / 4, -1, 0, i64::MAX / 4] {
            converter.to_utc(local);
        }
    }
}
