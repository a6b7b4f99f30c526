//! A file of the visitor's becomes a history. It never leaves their browser.

use super::message::{HistoryKey, ImportJob, Imported};
use history::{ImportError, ImportOptions, ImportReport, TimeZone, read_text};
use trading::{bar::Bars, indicator::Text, language::Language, symbol::Symbol};

/// Most bytes of text after unpacking: a small file may hold a very large one.
const MOST_BYTES: u64 = 512 << 20;
/// Most rows far out of order: beyond that it is no price history, and memory is the visitor's.
const MOST_LATE: usize = 2_000_000;

const EMPTY: Text = Text {
    en: "No row of this file is a bar, so there is nothing to test on.",
    id: "Tidak ada baris di file ini yang berupa bar, jadi tidak ada yang bisa diuji.",
};
const NO_TIMEFRAME: Text = Text {
    en: "The length of the bars cannot be told from their distances. Choose the timeframe and add the file again.",
    id: "Panjang bar tidak dapat diketahui dari jaraknya. Pilih timeframe-nya, lalu tambahkan lagi file ini.",
};
const BAD_ZONE: Text = Text {
    en: "This time zone is not known. Write UTC, a name such as Asia/Jakarta, or one with hours added: America/New_York+7.",
    id: "Zona waktu ini tidak dikenal. Tulis UTC, nama seperti Asia/Jakarta, atau nama dengan tambahan jam: America/New_York+7.",
};
const BAD_SYMBOL: Text = Text {
    en: "Write the symbol with letters and digits, such as XAUUSD.",
    id: "Tulis simbolnya dengan huruf dan angka, misalnya XAUUSD.",
};

/// Reads the file, or says what is wrong with it.
#[inline(never)]
pub(super) fn part_files_import(bytes: &[u8], job: &ImportJob) -> Result<(Imported, Bars), String> {
    let say = |text: Text| job.language.text(text).to_owned();
    let symbol: Symbol = job.symbol.trim().parse().map_err(|_| say(BAD_SYMBOL))?;
    let zone: TimeZone = job.time_zone.trim().parse().map_err(|_| say(BAD_ZONE))?;
    let options = ImportOptions {
        zone: Some(zone),
        timeframe: job.timeframe,
        max_bytes: MOST_BYTES,
        max_late_rows: MOST_LATE,
        late_rows_held: MOST_LATE,
        ..ImportOptions::default()
    };
    let told = |error: ImportError| error.text(job.language);
    let (bars, report) = read_text(bytes, &options).map_err(told)?;
    if bars.is_empty() {
        let reasons = flaws(&report, job.language).join("\n");
        return Err(format!("{}\n{reasons}", say(EMPTY)).trim_end().to_owned());
    }
    let timeframe = job
        .timeframe
        .or(report.timeframe)
        .ok_or_else(|| say(NO_TIMEFRAME))?;
    let imported = Imported {
        history: HistoryKey {
            symbol: symbol.as_str().to_owned(),
            timeframe,
        },
        bars: bars.len(),
        flaws: flaws(&report, job.language),
    };
    Ok((imported, bars))
}

fn flaws(report: &ImportReport, language: Language) -> Vec<String> {
    let flaws = report.flaws(language);
    flaws.iter().map(|flaw| flaw.sentence()).collect()
}

#[cfg(test)]
mod tests {
    use super::{ImportJob, part_files_import};
    use trading::{language::Language, timeframe::Timeframe};

    fn job() -> ImportJob {
        ImportJob {
            symbol: "XAUUSD".to_owned(),
            timeframe: None,
            time_zone: "UTC".to_owned(),
            language: Language::Id,
        }
    }

    #[test]
    fn a_file_with_a_bad_row_keeps_the_good_ones_and_names_the_line() {
        let mut text = "time,open,high,low,close,volume\n".to_owned();
        for hour in 0..30 {
            let day = 1 + hour / 24;
            let price = 1900 + hour;
            let high = if hour == 7 { price - 50 } else { price + 2 };
            text += &format!(
                "2024-01-{day:02} {:02}:00:00,{price},{high},{},{},5\n",
                hour % 24,
                price - 2,
                price + 1
            );
        }
        let (imported, bars) = part_files_import(text.as_bytes(), &job()).unwrap();
        assert_eq!((imported.bars, bars.len()), (29, 29));
        assert_eq!(imported.history.timeframe, Timeframe::H1);
        assert!(
            imported.flaws.iter().any(|flaw| flaw.contains('9')),
            "{:?}",
            imported.flaws
        );
    }

    #[test]
    fn hostile_files_are_told_and_nothing_panics() {
        let files: [&[u8]; 6] = [
            b"",
            b"\0\xff\xfe binary \x01",
            b"a,b,c\n1,2,3\n",
            b"time,open,high,low,close\n2024-01-01 00:00:00,NaN,NaN,NaN,NaN\n",
            b"\x1f\x8b\x08 not gzip",
            &[b'9'; 100_000],
        ];
        for file in files {
            let told = part_files_import(file, &job()).unwrap_err();
            assert!(told.len() > 10, "{told}");
        }
        let bad = |change: fn(&mut ImportJob)| {
            let mut job = job();
            change(&mut job);
            part_files_import(b"x", &job).unwrap_err()
        };
        assert!(bad(|job| job.symbol = "../etc".to_owned()).contains("simbol"));
        assert!(bad(|job| job.time_zone = "Mars".to_owned()).contains("Zona"));
    }
}
