//! Every format by a small example.

use crate::{error, gzip, read, times, utf16, zone};
use history::{Column, DateOrder, Encoding, Format, ImportOptions, TimeFormat, detect, read_text};
use trading::timeframe::Timeframe;

const MT5: &str = "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\r\n\
    2017.07.03\t01:00:00\t1241.5\t1242.5\t1241.25\t1242\t120\t0\t25\r\n\
    2017.07.03\t02:00:00\t1242\t1243\t1240\t1241\t99\t7\t26\r\n";

#[test]
fn mt5_in_every_encoding_and_packing() {
    let marked = format!("\u{feff}{MT5}");
    for bytes in [
        MT5.into(),
        marked.into_bytes(),
        utf16(MT5),
        gzip(MT5.as_bytes()),
        gzip(&utf16(MT5)),
    ] {
        let (bars, report) = read_text(&bytes[..], &zone("mt5")).unwrap();
        assert_eq!(times(&bars), ["2017-07-02T22:00", "2017-07-02T23:00"]);
        assert_eq!((bars.open[0], bars.high[0]), (1241.5, 1242.5));
        assert_eq!((bars.low[1], bars.close[1]), (1240.0, 1241.0));
        assert_eq!((bars.tick_volume[1], bars.spread[1]), (99.0, 26.0));
        assert_eq!(
            (report.format, report.timeframe),
            (Format::Mt5, Some(Timeframe::H1))
        );
        assert_eq!((report.rows, report.bars, report.faults.total), (2, 2, 0));
        assert!(report.notes.is_empty());
    }
    let detected = detect(&utf16(MT5), None).unwrap();
    assert_eq!(detected.encoding, Encoding::Utf16Le);
    assert_eq!(detected.zone.to_string(), "America/New_York+7");
    assert_eq!(detected.layout.columns[7], Column::Ignored);
    assert_eq!(detected.sample.len(), 2);
    // Unless the trader chooses, times are UTC, and the report says what is usual.
    let (bars, report) = read(MT5).unwrap();
    assert_eq!(times(&bars)[0], "2017-07-03T01:00");
    assert!(
        report.notes[0].to_string().contains("America/New_York+7"),
        "{report}"
    );
}

#[test]
fn mt5_days_have_no_time() {
    let days = "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n\
        2017.01.04\t1\t2\t1\t2\t9\t0\t3\n2017.01.05\t2\t3\t2\t3\t9\t0\t3\n\
        2017.01.06\t2\t3\t2\t3\t9\t0\t3\n2017.01.09\t2\t3\t2\t3\t9\t0\t3\n";
    let (bars, report) = read(days).unwrap();
    assert_eq!(times(&bars)[3], "2017-01-09T00:00");
    assert_eq!(report.timeframe, Some(Timeframe::D1));
    assert_eq!((report.gaps.count, report.gaps.weekends), (0, 1));
}

#[test]
fn histdata_in_both_flavours() {
    let ascii = "20170102 180100;1.05;1.06;1.04;1.055;0\n20170102 180200;1.05;1.06;1.04;1.05;0\n";
    let (bars, report) = read_text(ascii.as_bytes(), &zone("America/New_York")).unwrap();
    assert_eq!(report.format, Format::HistDataAscii);
    assert_eq!(times(&bars), ["2017-01-02T23:01", "2017-01-02T23:02"]);
    let detected = detect(ascii.as_bytes(), None).unwrap();
    assert_eq!(detected.zone.to_string(), "America/New_York");
    assert!(detected.notes[0].to_string().contains("-05:00"));
    let meta = "2017.01.02,18:01,1.05,1.06,1.04,1.055,0\n2017.01.02,18:02,1.05,1.06,1.04,1.05,0\n";
    let (same, report) = read_text(meta.as_bytes(), &zone("America/New_York")).unwrap();
    assert_eq!(report.format, Format::HistDataMetaTrader);
    assert_eq!(same, bars);
}

#[test]
fn dukascopy_in_all_flavours() {
    let rows = "1.05,1.06,1.04,1.055,104.5";
    let gmt = format!(
        "Gmt time,Open,High,Low,Close,Volume\n02.01.2017 00:00:00.000,{rows}\n\
         02.01.2017 00:01:00.000,{rows}\n"
    );
    let (bars, report) = read(&gmt).unwrap();
    assert_eq!(report.format, Format::Dukascopy);
    assert_eq!(times(&bars), ["2017-01-02T00:00", "2017-01-02T00:01"]);
    assert_eq!(bars.tick_volume[0], 104.5);
    let local = format!(
        "Local time,Open,High,Low,Close,Volume\n02.01.2017 02:00:00.000 GMT+0200,{rows}\n\
         02.01.2017 02:01:00.000 GMT+0200,{rows}\n"
    );
    assert_eq!(read(&local).unwrap().0, bars);
    let stamp = format!(
        "timestamp,open,high,low,close,volume\n1483315200000,{rows}\n1483315260000,{rows}\n"
    );
    let (same, report) = read(&stamp).unwrap();
    assert_eq!((same, report.format), (bars, Format::Dukascopy));
}

#[test]
fn any_table_with_names() {
    for text in [
        "close;LOW;High;open;Tick_Volume;DateTime;spread\n2;1;3;1,5;7;2017-01-02T00:01:00Z;4\n",
        "Date,Time,Open,High,Low,Close,TickVol,Spread,Comment\n2017-01-02,00:01,1.5,3,1,2,7,4,x\n",
        "time\topen\thigh\tlow\tclose\tvolume\tspread\n2017-01-02 00:01:00\t1.5\t3\t1\t2\t7\t4\n",
        "\"time\",\"open\",\"high\",\"low\",\"close\",\"volume\",\"spread\"\n\
         \"2017-01-02 02:01:00+02:00\",\"1.5\",\"3\",\"1\",\"2\",\"7\",\"4\"\n",
        "timestamp,open,high,low,close,volume,spread\n1483315260,1.5,3,1,2,7,4\n",
        "time,open,high,low,close,volume,spread,\n20170102 0001,1.5,3,1,2,7,4,\n",
        "time;open;high;low;close;volume;spread\n2017-01-02 00:01;1,5;3,0;1,0;2,0;7;4\n\n",
    ] {
        let (bars, report) = read(text).unwrap();
        assert_eq!(times(&bars), ["2017-01-02T00:01"], "{text}");
        let bar = bars.get(0);
        assert_eq!(
            (bar.open, bar.high, bar.low, bar.close),
            (1.5, 3.0, 1.0, 2.0),
            "{text}"
        );
        assert_eq!((bar.tick_volume, bar.spread), (7.0, 4.0), "{text}");
        assert_eq!(report.format, Format::Generic);
    }
}

#[test]
fn a_table_without_names() {
    let (bars, _) = read("2017-01-02 00:01,1.5,3,1,2\n2017-01-02 00:02,1.5,3,1,2\n").unwrap();
    assert_eq!(bars.len(), 2);
    let (bars, _) = read("1483315260;1,5;3;1;2;7\n1483315320;1,5;3;1;2;7\n").unwrap();
    assert_eq!((bars.open[1], bars.tick_volume[1]), (1.5, 7.0));
}

#[test]
fn dates_that_read_both_ways_are_asked_for() {
    let header = "date,time,open,high,low,close\n";
    let text = format!("{header}02/01/2017,10:00,1,1,1,1\n03/01/2017,10:00,1,1,1,1\n");
    let message = error(&text);
    assert!(
        message.contains("02/01/2017") && message.contains("day-first"),
        "{message}"
    );
    for (order, first) in [
        (DateOrder::DayFirst, "2017-01-02T10:00"),
        (DateOrder::MonthFirst, "2017-02-01T10:00"),
    ] {
        let options = ImportOptions {
            date_order: Some(order),
            ..ImportOptions::default()
        };
        assert_eq!(
            times(&read_text(text.as_bytes(), &options).unwrap().0)[0],
            first
        );
    }
    // A later row settles it.
    let settled = format!("{text}13/01/2017,10:00,1,1,1,1\n");
    assert_eq!(times(&read(&settled).unwrap().0)[0], "2017-01-02T10:00");
    let settled = format!("{text}03/13/2017,10:00,1,1,1,1\n");
    let detected = detect(settled.as_bytes(), None).unwrap();
    assert_eq!(
        detected.layout.time,
        TimeFormat::Civil(DateOrder::MonthFirst)
    );
    assert!(error(format!("{settled}13/03/2017,10:00,1,1,1,1\n")).contains("mixed"));
}

#[test]
fn the_hour_that_comes_twice_and_the_one_that_never_does() {
    let rows = |day: &str, hours: &[&str]| {
        let rows = hours.iter().map(|h| format!("{day} {h},1,1,1,1\n"));
        format!("time,open,high,low,close\n{}", rows.collect::<String>())
    };
    let autumn = rows(
        "2017-10-29",
        &["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"],
    );
    let (bars, report) = read_text(autumn.as_bytes(), &zone("Europe/London")).unwrap();
    assert_eq!(times(&bars)[0], "2017-10-28T23:30");
    assert_eq!(times(&bars)[5], "2017-10-29T02:00");
    assert_eq!(
        (report.bars, report.ambiguous_times, report.duplicates.total),
        (6, 4, 0)
    );
    let spring = rows("2017-03-26", &["00:30", "01:30", "02:00"]);
    let (bars, report) = read_text(spring.as_bytes(), &zone("Europe/London")).unwrap();
    assert_eq!(report.missing_times, 1);
    assert_eq!(
        times(&bars),
        ["2017-03-26T00:30", "2017-03-26T01:00", "2017-03-26T01:30"]
    );
}

#[test]
fn the_start_of_a_packed_file_is_enough_to_recognise_it() {
    let mut text = MT5.to_owned();
    for minute in 0..60 {
        for second in 0..60 {
            text += &format!(
                "2017.07.03\t03:{minute:02}:{second:02}\t1.{second}\t3\t1\t2\t9\t0\t5\r\n"
            );
        }
    }
    let packed = gzip(text.as_bytes());
    let detected = detect(&packed[..packed.len() / 2], None).unwrap();
    assert_eq!((detected.format, detected.compressed), (Format::Mt5, true));
    assert_eq!(detected.sample.len(), 5);
}
