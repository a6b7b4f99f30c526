//! What the room says, in Indonesian.

use super::{GAPS_TOLD, ROWS_TOLD, io_text, sink_error};
use crate::{
    detect::{ClockNote, Detected, Format},
    disorder::{OddRow, OddRows},
    error::{BadLayout, Foreign, ImportError},
    fault::{Fault, FaultKind},
    layout::Column,
    merge::Merged,
    quality::Gap,
    report::{Flaw, ImportNote, ImportReport},
    stamp::{DateOrder, TimeFormat},
    zone::{TimeZone, UnknownTimeZone},
};
use std::io;
use trading::{
    language::Language::Id,
    time::{DAY, HOUR, MINUTE},
};

pub(super) fn io_error(error: &io::Error) -> String {
    use io::ErrorKind::{
        InvalidFilename, IsADirectory, NotADirectory, NotFound, PermissionDenied,
        ReadOnlyFilesystem, StorageFull,
    };
    let known = match error.kind() {
        NotFound => "file atau folder tidak ditemukan",
        PermissionDenied => "Anda tidak punya izin aksesnya",
        IsADirectory => "ini folder, bukan file",
        NotADirectory => "salah satu bagian alamatnya bukan folder",
        InvalidFilename => "nama filenya tidak sah",
        ReadOnlyFilesystem => "disk ini hanya bisa dibaca",
        StorageFull => "disk penuh",
        _ => return error.to_string(),
    };
    known.to_owned()
}

pub(super) fn import_error(error: &ImportError) -> String {
    match error {
        ImportError::Io(error) => format!("file tidak bisa dibaca: {}", io_text(error, Id)),
        ImportError::Empty => "file ini kosong; ekspor ulang bar-nya".to_owned(),
        ImportError::HeaderOnly => "file ini hanya berisi judul kolom tanpa baris data; ekspor \
                                    ulang dengan periode yang lebih panjang"
            .to_owned(),
        ImportError::NotText { found } => format!(
            "ini bukan file teks berisi harga, melainkan {}. Riwayat harga berupa CSV, biasa atau \
             gzip, atau Parquet",
            foreign(found)
        ),
        ImportError::Damaged { line, what } => format!(
            "file gzip ini rusak atau terpotong setelah baris {line}: {what}. Unduh atau salin \
             ulang"
        ),
        ImportError::TooLarge { limit, line } => format!(
            "setelah dibuka, file ini berisi lebih dari {} byte, dan itu batasnya; berhenti di \
             baris {line}. Naikkan batasnya bila file ini memang bisa dipercaya",
            count(*limit)
        ),
        ImportError::UnknownLayout { line, why } => format!(
            "kolomnya tidak dikenali: {}. Baris pertamanya \"{line}\". Yang diperlukan: waktu, \
             open, high, low, dan close, dipisah koma, titik koma, atau tab",
            bad_layout(why)
        ),
        ImportError::MissingColumn { missing, line } => format!(
            "tidak ada kolom \"{}\". Baris pertamanya \"{line}\". Yang diperlukan: time (atau date \
             dan time), open, high, low, dan close",
            column(missing)
        ),
        ImportError::AmbiguousDates { example } => format!(
            "apakah \"{example}\" diawali tanggal atau bulan? Tanggal di file ini bisa dibaca dua \
             cara: tentukan urutannya, \"day-first\" (tanggal dulu) atau \"month-first\" (bulan \
             dulu)"
        ),
        ImportError::MixedDates {
            day_first,
            month_first,
        } => format!(
            "urutan tanggalnya campur aduk: \"{day_first}\" diawali tanggal, sedangkan \
             \"{month_first}\" diawali bulan. Perbaiki file ini, atau pilih \"day-first\" atau \
             \"month-first\" agar baris yang lain dilewati"
        ),
        ImportError::MostlyFaulty { rows, bad, first } => {
            let first: String = first
                .iter()
                .take(ROWS_TOLD)
                .map(|one| format!("\n  {}", fault(one)))
                .collect();
            format!(
                "{} dari {} baris pertama bermasalah, jadi ini sepertinya bukan file harga dengan \
                 susunan yang dikenali. Masalah pertama:{first}",
                count(*bad),
                count(*rows)
            )
        }
        ImportError::TooDisordered { limit, line } => format!(
            "lebih dari {} baris letaknya jauh dari urutan (salah satunya baris {line}), terlalu \
             banyak untuk diurutkan. Urutkan dulu file ini menurut waktu",
            count(*limit as u64)
        ),
        #[cfg(feature = "parquet")]
        ImportError::Parquet(fault) => parquet_fault(fault),
        ImportError::Sink(error) => {
            format!("bar tidak bisa disimpan: {}", sink_error(error, Id))
        }
    }
}

pub(super) fn foreign(found: &Foreign) -> String {
    match found {
        Foreign::Zip => {
            "arsip ZIP atau workbook Excel; buka arsipnya, atau simpan sheet-nya sebagai CSV"
        }
        Foreign::Excel => "workbook Excel; simpan sheet-nya sebagai CSV",
        Foreign::Parquet => "file Parquet, padahal di sini hanya teks yang dibaca",
        Foreign::Pdf => "dokumen PDF",
        Foreign::SevenZip => "arsip 7z; buka dulu arsipnya",
        Foreign::Rar => "arsip RAR; buka dulu arsipnya",
        Foreign::Sqlite => "database SQLite",
        Foreign::GzipTwice => "gzip di dalam gzip; buka satu lapis dulu",
        Foreign::WebPage => "halaman web; mungkin Anda harus login dulu untuk mengunduhnya",
        Foreign::Json => "JSON; ekspor harganya sebagai CSV",
        Foreign::Binary => "data biner",
    }
    .to_owned()
}

pub(super) fn bad_layout(why: &BadLayout) -> String {
    match why {
        BadLayout::LongLine => "baris pertama terlalu panjang untuk satu baris harga",
        BadLayout::FewColumns => "tidak ada lima kolom yang dipisah koma, titik koma, atau tab",
        BadLayout::ManyColumns => "ada lebih dari 64 kolom",
    }
    .to_owned()
}

pub(super) fn fault(fault: &Fault) -> String {
    let mut text = format!("baris {}", fault.line);
    if let Some(found) = &fault.column {
        text += &format!(", kolom {}", column(found));
    }
    text += &format!(": {}", fault_kind(&fault.kind));
    if !fault.text.is_empty() {
        text += &format!(": \"{}\"", fault.text);
    }
    text
}

pub(super) fn fault_kind(kind: &FaultKind) -> String {
    match kind {
        FaultKind::LineTooLong => "terlalu panjang untuk satu baris harga",
        FaultKind::TooFewColumns => "kolomnya kurang",
        FaultKind::TooManyColumns => "kolomnya kelebihan",
        FaultKind::UnreadableTime => "bukan waktu seperti di baris lain",
        FaultKind::TimeOutOfRange => "tahunnya tidak di antara 1900 dan 2200",
        FaultKind::NotANumber => "ini bukan angka",
        FaultKind::NotFinite => "ini bukan angka yang terhingga",
        FaultKind::NotPositive => "harga harus di atas nol",
        FaultKind::Negative => "tidak boleh di bawah nol",
        FaultKind::HighBelowLow => "high di bawah low",
        FaultKind::OutsideRange => "open atau close di luar rentang low sampai high",
    }
    .to_owned()
}

pub(super) fn column(column: &Column) -> String {
    match column {
        Column::Time => "waktu",
        Column::Date => "tanggal",
        Column::TimeOfDay => "jam",
        Column::Open => "open",
        Column::High => "high",
        Column::Low => "low",
        Column::Close => "close",
        Column::TickVolume => "tick volume",
        Column::Spread => "spread",
        Column::Ignored => "(tidak dipakai)",
    }
    .to_owned()
}

pub(super) fn format(format: &Format) -> String {
    match format {
        Format::Mt5 => "ekspor MetaTrader 5",
        Format::HistDataAscii => "HistData generic ASCII",
        Format::HistDataMetaTrader => "HistData atau MetaTrader 4",
        Format::Dukascopy => "Dukascopy",
        Format::Generic => "tabel teks",
        Format::Parquet => "Parquet",
    }
    .to_owned()
}

pub(super) fn time_format(format: &TimeFormat) -> String {
    match format {
        TimeFormat::Civil(DateOrder::YearFirst) => "tanggal diawali tahun",
        TimeFormat::Civil(DateOrder::DayFirst) => "tanggal diawali hari",
        TimeFormat::Civil(DateOrder::MonthFirst) => "tanggal diawali bulan",
        TimeFormat::EpochSeconds => "detik sejak 1970",
        TimeFormat::EpochMillis => "milidetik sejak 1970",
    }
    .to_owned()
}

pub(super) fn clock_note(note: &ClockNote) -> String {
    match note {
        ClockNote::Mt5 => {
            "MetaTrader 5 mengekspor waktu server broker. Kebanyakan server memakai waktu New York \
             ditambah 7 jam (zona mt5); tanyakan ke broker bila ragu."
        }
        ClockNote::HistData => {
            "Menurut dokumentasinya HistData memakai waktu New York tanpa daylight saving (zona \
             -05:00), tetapi filenya sering mengikuti New York dengan daylight saving (zona \
             America/New_York): cocokkan satu jam yang Anda tahu di musim panas."
        }
        ClockNote::HistDataOrMetaTrader => {
            "HistData dan MetaTrader 4 menulis susunan yang sama. Dari HistData, waktunya New York \
             (zona America/New_York, atau -05:00 menurut dokumentasinya); dari MetaTrader, waktu \
             server broker (kebanyakan zona mt5)."
        }
        ClockNote::Unknown => {
            "File ini tidak menyebut zona waktunya; dianggap UTC kecuali Anda memilih zona lain."
        }
    }
    .to_owned()
}

pub(super) fn detected(detected: &Detected) -> String {
    let layout = &detected.layout;
    let columns: Vec<String> = layout.columns.iter().map(column).collect();
    let divided = match layout.delimiter {
        '\t' => "tab".to_owned(),
        other => format!("\"{other}\""),
    };
    let clock = if detected.zone == TimeZone::UTC {
        "UTC".to_owned()
    } else {
        format!(
            "tidak ada di file; yang lazim untuk jenis ini {}",
            detected.zone
        )
    };
    let mut text = format!(
        "  jenis     {}{}\n  kolom     {} (dipisah {divided})\n  waktu     {}\n  zona      \
         {clock}\n  baris",
        format(&detected.format),
        if detected.compressed { ", gzip" } else { "" },
        columns.join(", "),
        time_format(&layout.time),
    );
    for row in &detected.sample {
        text += &format!("\n            {row}");
    }
    for note in &detected.notes {
        text += &format!("\n  {}", clock_note(note));
    }
    text
}

pub(super) fn import_note(note: &ImportNote) -> String {
    match note {
        ImportNote::OtherClock { read, usual } => {
            format!("waktu dibaca sebagai {read}; file jenis ini biasanya memakai {usual}")
        }
        ImportNote::OtherDistance { taken, most } => format!(
            "bar dianggap {taken}, padahal kebanyakan berjarak {most}: mungkin file ini berisi \
             beberapa timeframe"
        ),
        ImportNote::UnknownTimeframe => {
            "timeframe bar tidak bisa dikenali dari jaraknya: sebutkan timeframe-nya".to_owned()
        }
        ImportNote::Clock(clock) => format!("waktunya mengikuti {clock}"),
    }
}

pub(super) fn import_report(report: &ImportReport) -> String {
    let bars = match report.timeframe {
        Some(timeframe) => format!("bar {timeframe}"),
        None => "bar yang timeframe-nya belum diketahui".to_owned(),
    };
    let mut text = format!(
        "{} {bars} dari {} baris ({}, waktu dibaca sebagai {})",
        count(report.bars),
        count(report.rows),
        format(&report.format),
        report.zone
    );
    if let Some((first, last)) = report.first.zip(report.last) {
        text += &format!("\n{first} sampai {last}");
    }
    for flaw in flaws(report) {
        text += &format!("\n{}", flaw.block());
    }
    if report.faults.total > ROWS_TOLD as u64 {
        text += "\n  semua masalah:";
        for (kind, times) in &report.faults.kinds {
            text += &format!("\n    {} kali: {}", count(*times), fault_kind(kind));
        }
    }
    for (number, what) in [
        (
            report.ambiguous_times,
            "waktu di jam yang muncul dua kali, ditentukan dari urutan baris",
        ),
        (
            report.missing_times,
            "waktu yang dilompati zona waktunya, dibaca satu jam sesudahnya",
        ),
    ] {
        if number > 0 {
            text += &format!("\n{} {what}", count(number));
        }
    }
    text += &format!(
        "\n{} celah, di luar {} akhir pekan dan {} jeda pendek",
        count(report.gaps.count),
        count(report.gaps.weekends),
        count(report.gaps.short_pauses)
    );
    let mut gaps = report.gaps.largest.iter().take(GAPS_TOLD);
    if let Some(Gap {
        after,
        before,
        missing,
    }) = gaps.next()
    {
        let (days, rest) = (missing / DAY, missing % DAY);
        let (hours, minutes) = (rest / HOUR, rest % HOUR / MINUTE);
        text += &format!(
            "; yang terpanjang, {days} hari {hours} jam {minutes} menit, dari {after} sampai \
             {before}"
        );
    }
    for gap in gaps {
        text += &format!("\n  lalu dari {} sampai {}", gap.after, gap.before);
    }
    for note in &report.notes {
        text += &format!("\nCatatan: {}", import_note(note));
    }
    text
}

pub(super) fn flaws(report: &ImportReport) -> Vec<Flaw> {
    let faulty = || Flaw {
        what: format!("{} baris tidak dipakai", count(report.faults.total)),
        first: report
            .faults
            .first
            .iter()
            .take(ROWS_TOLD)
            .map(fault)
            .collect(),
        more: more(report.faults.total),
    };
    let odd = |odd: &OddRows, what: &str, told: fn(&OddRow) -> String| Flaw {
        what: format!("{} baris {what}", count(odd.total)),
        first: odd.first.iter().take(ROWS_TOLD).map(told).collect(),
        more: more(odd.total),
    };
    let mut flaws = Vec::new();
    if report.faults.total > 0 {
        flaws.push(faulty());
    }
    if report.reordered.total > 0 {
        flaws.push(odd(
            &report.reordered,
            "berada setelah baris yang waktunya lebih baru, sudah diurutkan",
            |row| {
                format!(
                    "baris {}: {} berada setelah {} yang waktunya lebih baru",
                    row.line,
                    row.time,
                    other(row)
                )
            },
        ));
    }
    if report.duplicates.total > 0 {
        flaws.push(odd(
            &report.duplicates,
            "sama persis dengan baris lain, dipakai satu saja",
            |row| format!("baris {}: {} mengulang {}", row.line, row.time, other(row)),
        ));
    }
    if report.conflicts.total > 0 {
        flaws.push(odd(
            &report.conflicts,
            "waktunya sama dengan baris lain tetapi isinya beda; yang dipakai baris terakhir di \
             file",
            |row| {
                format!(
                    "baris {}: {} menggantikan {}",
                    row.line,
                    row.time,
                    other(row)
                )
            },
        ));
    }
    flaws
}

fn other(row: &OddRow) -> String {
    match row.other {
        Some(line) => format!("baris {line}"),
        None => "baris yang jauh di atasnya".to_owned(),
    }
}

fn more(total: u64) -> Option<String> {
    let more = total.saturating_sub(ROWS_TOLD as u64);
    (more > 0).then(|| format!("dan {} lainnya", count(more)))
}

pub(super) fn merged(merged: &Merged) -> String {
    format!(
        "Digabung dengan riwayat yang sudah ada: {} bar ditambahkan, {} sudah ada, {} diganti \
         dengan bar dari file baru",
        count(merged.added),
        count(merged.same),
        count(merged.replaced)
    )
}

pub(super) fn unknown_time_zone(zone: &UnknownTimeZone) -> String {
    format!(
        "\"{}\" bukan zona waktu; pakai UTC, selisih seperti +07:00, tempat seperti Asia/Jakarta, \
         atau mt5 untuk waktu server kebanyakan broker (America/New_York+7)",
        zone.0
    )
}

#[cfg(feature = "parquet")]
pub(super) fn parquet_fault(fault: &crate::parquet::ParquetFault) -> String {
    use crate::parquet::{MAX_BARS, ParquetFault, ValueType, Wanted};
    match fault {
        ParquetFault::Io(error) => format!(
            "file Parquet tidak bisa dibaca atau ditulis: {}",
            io_text(error, Id)
        ),
        ParquetFault::Damaged(what) => {
            format!("file Parquet ini rusak: {what}. Salin atau impor ulang")
        }
        ParquetFault::Contradictory => {
            "file Parquet ini rusak: strukturnya tidak konsisten. Salin atau impor ulang".to_owned()
        }
        ParquetFault::MissingColumn(name) => format!(
            "file Parquet ini tidak punya kolom \"{name}\"; yang diperlukan: time, open, high, \
             low, dan close di tingkat teratas"
        ),
        ParquetFault::WrongType {
            column,
            found,
            wanted,
        } => {
            let found = match found {
                ValueType::YesNo => "ya/tidak",
                ValueType::OldTime => "waktu 96-bit model lama",
                ValueType::Text => "teks",
                ValueType::Bytes => "byte",
                ValueType::Number => "angka",
            };
            let wanted = match wanted {
                Wanted::Time => "waktu dalam satuan bulat",
                Wanted::Number => "angka",
            };
            format!("kolom \"{column}\" di file Parquet berisi {found}, bukan {wanted}")
        }
        ParquetFault::MissingValue { column, bar } => {
            format!(
                "ada nilai yang kosong di kolom \"{column}\" file Parquet, di sekitar bar {bar}"
            )
        }
        ParquetFault::Bar { bar, kind } => {
            format!("bar {bar} tidak sah: {}", bar_fault(*kind))
        }
        ParquetFault::Time { bar } => {
            format!("waktu bar {bar} tidak di antara tahun 1900 dan 2200")
        }
        ParquetFault::TooMany => format!(
            "file Parquet ini mengaku berisi lebih dari {} bar, dan itu batasnya",
            count(MAX_BARS)
        ),
    }
}

#[cfg(feature = "parquet")]
fn bar_fault(kind: trading::bar::BarFaultKind) -> &'static str {
    use trading::bar::BarFaultKind;
    match kind {
        BarFaultKind::TimeNotRising => "waktunya tidak sesudah bar sebelumnya",
        BarFaultKind::NotFinite => "ada harga yang bukan angka",
        BarFaultKind::NotPositive => "ada harga nol atau negatif",
        BarFaultKind::HighBelowLow => "high di bawah low",
        BarFaultKind::OutsideRange => "open atau close di luar rentang low sampai high",
        BarFaultKind::BadVolumeOrSpread => "volume atau spread negatif atau bukan angka",
    }
}

#[cfg(all(feature = "files", feature = "parquet"))]
pub(super) fn store_error(error: &crate::store::StoreError) -> String {
    use crate::store::StoreError;
    match error {
        StoreError::BadSymbol(symbol) => bad_symbol(symbol),
        StoreError::Io { path, error } => format!("{}: {}", path.display(), io_text(error, Id)),
        StoreError::Missing { symbol, timeframe } => {
            format!("belum ada riwayat {timeframe} untuk {symbol}; impor dulu")
        }
        StoreError::Parquet { path, fault } => {
            format!("{}: {}", path.display(), parquet_fault(fault))
        }
        StoreError::Import(error) => import_error(error),
        StoreError::UnknownTimeframe => {
            "timeframe bar tidak bisa dikenali dari jaraknya; sebutkan timeframe-nya".to_owned()
        }
        StoreError::Merge(error) => format!(
            "bar baru tidak bisa digabung ke riwayat: {}",
            sink_error(error, Id)
        ),
    }
}

#[cfg(all(feature = "files", feature = "parquet"))]
pub(super) fn bad_symbol(symbol: &crate::store::BadSymbol) -> String {
    format!(
        "\"{}\" tidak bisa dipakai sebagai nama simbol di sini: pakai 1 sampai 32 karakter dari \
         A-Z a-z 0-9 . _ # - +, diawali huruf, angka, _ atau #, dan tidak diakhiri titik",
        symbol.0
    )
}

fn count(number: u64) -> String {
    super::count(number, Id)
}
