//! What goes in comes out, to the last bit.

use crate::{csv, gzip, read};
use bytes::Bytes;
use history::parquet::{Metadata, ParquetReader, ParquetWriter};
use proptest::prelude::*;
use trading::{
    bar::{Bar, Bars},
    time::Time,
    timeframe::Timeframe,
};

fn any_bars() -> impl Strategy<Value = Bars> {
    let price = || {
        (0_u64..=u64::MAX).prop_map(|bits| {
            // Any positive finite double of a sensible size, with all its bits.
            let exponent = 1000 + bits % 40;
            f64::from_bits(exponent << 52 | bits >> 12)
        })
    };
    let bar = (
        1_i64..10_000_000,
        [price(), price(), price(), price()],
        0_u32..99_999,
        0_u32..500,
    );
    prop::collection::vec(bar, 1..200).prop_map(|rows| {
        let mut time = 1_200_000_000_000;
        rows.into_iter()
            .map(|(step, mut prices, volume, spread)| {
                time += step;
                prices.sort_by(f64::total_cmp);
                let [low, open, close, high] = prices;
                Bar {
                    time: Time(time),
                    open,
                    high,
                    low,
                    close,
                    tick_volume: f64::from(volume) / 8.0,
                    spread: f64::from(spread),
                }
            })
            .collect()
    })
}

fn bits(bars: &Bars) -> Vec<(i64, [u64; 6])> {
    bars.iter()
        .map(|b| {
            let values = [b.open, b.high, b.low, b.close, b.tick_volume, b.spread];
            (b.time.0, values.map(f64::to_bits))
        })
        .collect()
}

/// The bars as a Parquet file in memory.
pub(crate) fn parquet(bars: &Bars, metadata: &Metadata) -> Vec<u8> {
    let mut writer = ParquetWriter::new(Vec::new()).unwrap();
    writer.write(bars).unwrap();
    writer.finish(metadata).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_round_trip(bars in any_bars()) {
        let text = csv(&bars);
        let (plain, report) = read(&text).unwrap();
        prop_assert_eq!(report.faults.total, 0);
        prop_assert_eq!(bits(&plain), bits(&bars));
        let (packed, _) = read(gzip(text.as_bytes())).unwrap();
        prop_assert_eq!(bits(&packed), bits(&bars));
    }

    #[test]
    fn parquet_round_trip(bars in any_bars()) {
        let file = parquet(&bars, &Metadata::default());
        let reader = ParquetReader::new(Bytes::from(file)).unwrap();
        prop_assert_eq!(bits(&reader.read().unwrap()), bits(&bars));
        prop_assert_eq!(reader.span().unwrap(), Some((bars.time[0], *bars.time.last().unwrap())));
    }
}

#[test]
fn parquet_keeps_metadata_and_many_row_groups() {
    let bars = crate::minutes(200_000);
    let metadata = Metadata {
        symbol: Some("XAUUSD".into()),
        timeframe: Some(Timeframe::M1),
        source: Some("made up".into()),
        licence: None,
        clock: Some("UTC".into()),
    };
    let reader = ParquetReader::new(Bytes::from(parquet(&bars, &metadata))).unwrap();
    assert_eq!(reader.metadata(), &metadata);
    assert_eq!(reader.claimed_bars(), 200_000);
    assert_eq!(
        reader
            .chunks()
            .map(|c| c.unwrap().len())
            .collect::<Vec<_>>()
            .len(),
        4
    );
    assert_eq!(reader.read().unwrap(), bars);
}

#[test]
fn the_writer_refuses_bad_bars() {
    let mut writer = ParquetWriter::new(Vec::new()).unwrap();
    let mut bars = crate::minutes(3);
    writer.write(&bars).unwrap();
    assert!(writer.write(&bars).is_err(), "times go back");
    bars = crate::minutes(6).slice(3, 6);
    bars.high[1] = f64::NAN;
    let message = writer.write(&bars).unwrap_err().to_string();
    assert!(message.contains("bar 4"), "{message}");
}
