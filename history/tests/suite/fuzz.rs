//! Thousands of damaged files: never a panic that reaches the caller, never more faults than kept.

use crate::{csv, gzip, minutes, round_trip::parquet, utf16};
use bytes::Bytes;
use history::{
    FAULTS_KEPT, ImportOptions, detect,
    parquet::{Metadata, ParquetReader},
    read_text,
};

const TEXTS: u64 = 20_000;
const PARQUETS: u64 = 3_000;

/// The same numbers on every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Changes, cuts, doubles and mixes a few places.
    fn mutate(&mut self, seed: &[u8], words: &[&[u8]]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            let end = (at + self.below(40)).min(bytes.len());
            match self.below(7) {
                0 if !bytes.is_empty() => bytes[at] = self.next() as u8,
                1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                2 => _ = bytes.drain(at..end),
                3 => {
                    let part = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, part);
                }
                4 => bytes.truncate(at),
                _ => {
                    let word = words[self.below(words.len())];
                    bytes.splice(at..end.min(at + word.len()), word.iter().copied());
                }
            }
        }
        bytes
    }
}

#[test]
fn damaged_text_is_reported() {
    let generic = csv(&minutes(30));
    let seeds: Vec<Vec<u8>> = vec![
        generic.clone().into_bytes(),
        gzip(generic.as_bytes()),
        utf16(&generic),
        b"20170102 180100;1.05;1.06;1.04;1.055;0\n20170102 180200;1.05;1.06;1.04;1.05;0\n".into(),
        b"Gmt time,Open,High,Low,Close,Volume\n02.01.2017 00:00:00.000,1,2,1,2,3\n".into(),
        b"<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\r\n\
          2017.11.05\t08:00:00\t1\t2\t1\t2\t1\t0\t2\r\n2017.11.05\t08:30:00\t1\t2\t1\t2\t1\t0\t2\r\n"
            .into(),
        b"2017.01.02,18:01,1.05,1.06,1.04,1.055,0\n".into(),
        b"time;open;high;low;close\n31/12/2017 10:00;1,5;2,5;1,5;2\n".into(),
    ];
    let words: Vec<&[u8]> = vec![
        b"nan",
        b"-",
        b"+",
        b"1e308",
        b"\n",
        b",",
        b";",
        b"\t",
        b"\"",
        b"T",
        b"Z",
        b"+25:99",
        b".",
        b"99999999999999999999",
        b"0",
        b"\0",
        b"\xff\xfe",
        b"24:60:60",
        b"GMT",
        b"2017-02-30",
    ];
    let options = [None, Some("mt5")].map(|zone| ImportOptions {
        zone: zone.map(|z| z.parse().unwrap()),
        max_bytes: 1 << 20,
        ..ImportOptions::default()
    });
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut read = 0;
    for round in 0..TEXTS {
        let seed = &seeds[numbers.below(seeds.len())];
        let input = numbers.mutate(seed, &words);
        _ = detect(&input, None);
        if let Ok((bars, report)) = read_text(&input[..], &options[(round % 2) as usize]) {
            assert!(report.faults.first.len() <= FAULTS_KEPT);
            assert_eq!(report.bars, bars.len() as u64);
            let kept = report.faults.total
                + report.duplicates.total
                + report.conflicts.total
                + report.bars;
            assert_eq!(report.rows, kept, "round {round}");
            assert_eq!(bars.fault(), None, "round {round}");
            read += 1;
        }
    }
    // Most damage is small: a fuzz test that is refused at the door would test nothing.
    assert!(read > TEXTS / 4, "{read}");
}

#[test]
fn damaged_parquet_is_refused() {
    let file = parquet(
        &minutes(400),
        &Metadata {
            symbol: Some("X".into()),
            ..Metadata::default()
        },
    );
    let footer = file.len() - 700.min(file.len());
    // Panics inside the Parquet library are caught: they should not fill the screen either.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let mut numbers = Numbers(0x1234_5678_9abc_def1);
    let words: Vec<&[u8]> = vec![
        b"\xff\xff\xff\xff\x0f",
        b"\0",
        b"\x80\x80\x01",
        b"PAR1",
        b"\x15",
    ];
    let mut wrong = Vec::new();
    for round in 0..PARQUETS {
        let mut input = if round % 2 == 0 {
            numbers.mutate(&file, &words)
        } else {
            // The footer says where everything is: lies there reach the furthest.
            let mut input = file.clone();
            for _ in 0..=numbers.below(3) {
                let at = footer + numbers.below(input.len() - footer);
                input[at] = numbers.next() as u8;
            }
            input
        };
        if round % 3 == 0 && input.len() > 8 {
            let end = input.len();
            input[end - 4..].copy_from_slice(b"PAR1");
        }
        let outcome = std::panic::catch_unwind(|| {
            let reader = ParquetReader::new(Bytes::from(input)).ok()?;
            _ = reader.span();
            reader.read().ok()
        });
        match outcome {
            Err(_) => wrong.push((round, "panic")),
            Ok(Some(bars)) if bars.fault().is_some() => wrong.push((round, "bad bars")),
            Ok(_) => {}
        }
    }
    std::panic::set_hook(hook);
    assert_eq!(wrong, []);
}
