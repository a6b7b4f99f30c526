//! What went wrong, in Indonesian.

use super::{FAULTS_TOLD, Problem, TextFile};
use crate::{account::AccountError, strategy, table};
use backtest::sweep::AxisError;
use history::{Flaw, ImportError, io_text};
use identity::WeakPassword;
use std::path::Path;
use storage::StorageError;
use trading::{
    language::Language::Id, strategy::plan::CompileError, strategy::validate::Fault,
    timeframe::Timeframe,
};

pub(super) fn text(problem: &Problem) -> String {
    match problem {
        Problem::CannotRead { path, error } => {
            format!(
                "{} tidak bisa dibaca: {}",
                path.display(),
                io_text(error, Id)
            )
        }
        Problem::CannotWrite { path, error } => format!(
            "{} tidak bisa ditulis: {}. Tidak ada yang berubah",
            path.display(),
            io_text(error, Id)
        ),
        Problem::CannotPrint(error) => {
            format!("hasilnya tidak bisa ditampilkan: {}", io_text(error, Id))
        }
        Problem::CannotPrintJson(error) => {
            format!("hasilnya tidak bisa ditulis sebagai JSON: {error}")
        }
        Problem::CannotListen(error) => format!("Ctrl-C tidak bisa dipantau: {error}"),
        Problem::NotAFolder(path) => format!("{} bukan folder", path.display()),
        Problem::NoHome => "tidak ada folder home untuk menyimpan riwayat: sebutkan folder dengan \
                            --store DIR, atau di PHOENIX_DATA"
            .to_owned(),
        Problem::Bars { path, error } => {
            let option = match error {
                ImportError::AmbiguousDates { .. } | ImportError::MixedDates { .. } => {
                    ". Tambahkan --date-order day-first atau --date-order month-first"
                }
                _ => "",
            };
            format!("{}: {}{option}", path.display(), error.text(Id))
        }
        Problem::Flaws { path, report } => {
            let flaws: Vec<String> = report.flaws(Id).iter().map(Flaw::block).collect();
            format!(
                "{}: ada baris yang bermasalah. Dengan --repair pengujian tetap jalan setelah \
                 dirapikan seperti di bawah ini (phoenix import juga begitu); atau perbaiki \
                 filenya\n{}",
                path.display(),
                flaws.join("\n")
            )
        }
        Problem::NoTimeframe(path) => format!(
            "{}: timeframe bar tidak bisa dikenali dari jaraknya. Sebutkan dengan --timeframe, \
             misalnya --timeframe H1",
            path.display()
        ),
        Problem::Serve(problem) => problem.text(Id),
        Problem::Backup(_, StorageError::NotEmpty) => {
            "database tidak kosong, dan tidak ada yang diubah. Cadangan dipulihkan ke database baru: \
             sebutkan folder lain dengan --home, atau database lain"
                .to_owned()
        }
        Problem::Backup(file, error) => {
            format!("{}: {error}. Tidak ada yang diubah", file.display())
        }
        Problem::Account(email, AccountError::Taken) => {
            format!("{email} sudah punya akun. Perannya diubah di halaman Administrasi")
        }
        Problem::Account(_, AccountError::Weak(why)) => weak(*why).to_owned(),
        Problem::Account(email, error) => format!("{email}: {error}"),
        Problem::Store(error) => error.text(Id),
        Problem::Shipped(fault) => format!("riwayat bawaan Phoenix rusak: {}", fault.text(Id)),
        Problem::NoHistory {
            symbol,
            timeframe,
            stored,
            shipped,
        } => {
            let shipped = shipped.iter().map(|name| format!("{name} (bawaan)"));
            let there: Vec<String> = stored.iter().cloned().chain(shipped).collect();
            format!(
                "tidak ada riwayat {timeframe} untuk {symbol}. Yang ada: {}.\n  Sebutkan file \
                 dengan --bars FILE, atau impor dulu: phoenix import FILE --symbol {symbol}",
                there.join(", ")
            )
        }
        Problem::CannotBuild {
            strategy,
            found,
            source,
        } => format!(
            "bar {strategy} tidak bisa dibentuk dari bar {found} di {source}: berikan bar yang \
             lebih pendek"
        ),
        Problem::UnknownZone(error) => error.clone(),
        Problem::Venue { path, error } => {
            let place = match path {
                Some(path) => path.display().to_string(),
                None => "--balance atau --fee-per-fill".to_owned(),
            };
            format!("{place}: {error}")
        }
        Problem::BadSpec { path, error } => {
            format!("{}: {error}. Contohnya ada di docs/cli.md", path.display())
        }
        Problem::OtherSymbol {
            path,
            spec,
            strategy,
        } => format!(
            "{} menjelaskan {spec}, padahal strateginya mentradingkan {strategy}: dengan biaya \
             simbol lain, hitungan uangnya akan salah. Berikan spesifikasi {strategy}",
            path.display()
        ),
        Problem::UnknownCosts(symbol) => format!(
            "kontrak dan biaya {symbol} tidak diketahui. Berikan data broker Anda dengan --spec \
             FILE (contohnya ada di docs/cli.md), atau pakai --ideal untuk menguji satu unit tanpa \
             biaya"
        ),
        Problem::Compile {
            path,
            actual,
            asked,
            fault,
            error,
        } => compile(path, *actual, *asked, fault.as_ref(), error),
        Problem::InsideTimeframe {
            path,
            found,
            coarse,
        } => {
            let found = found.map_or_else(
                || "timeframe bar-nya tidak dikenali".to_owned(),
                |found| format!("bar-nya {found}"),
            );
            format!(
                "--inside {}: {found}, sehingga bar {coarse} tidak bisa tersusun utuh darinya. \
                 Berikan bar yang lebih pendek, misalnya M1",
                path.display()
            )
        }
        Problem::InsideElsewhere(path) => format!(
            "--inside {}: periode bar-nya berbeda dari yang diuji. Berikan bar yang lebih rinci \
             dari periode yang sama",
            path.display()
        ),
        Problem::TooShort {
            source,
            bars,
            timeframe,
        } => format!(
            "{source} berisi {bars} bar {timeframe}, kurang dari yang dibutuhkan indikator \
             strategi ini untuk mulai menghasilkan angka, jadi tidak ada aturan yang sempat \
             diperiksa. Berikan riwayat yang lebih panjang"
        ),
        Problem::NoParameter { name, value, known } => {
            let known = if known.is_empty() {
                "tidak ada parameternya".to_owned()
            } else {
                format!("yang ada: {}", known.join(", "))
            };
            format!("--set {name}={value}: strategi ini tidak punya parameter \"{name}\"; {known}")
        }
        Problem::Unusable { path, faults } => {
            let told = &faults[..faults.len().min(FAULTS_TOLD)];
            let more = match faults.len() - told.len() {
                0 => String::new(),
                more => format!(
                    "\n  dan {more} lainnya: phoenix validate {}",
                    path.display()
                ),
            };
            format!(
                "{} bukan strategi yang bisa dipakai: ada {} kesalahan{}{more}",
                path.display(),
                faults.len(),
                strategy::list(told, Id)
            )
        }
        Problem::Invalid {
            path,
            faults,
            listed,
        } => {
            let list = if *listed {
                strategy::list(faults, Id)
            } else {
                String::new()
            };
            format!("{}: ada {} kesalahan{list}", path.display(), faults.len())
        }
        Problem::TooLarge { path, what } => format!(
            "{} lebih besar dari 1 MiB, jadi sepertinya bukan {}. Periksa apakah filenya benar",
            path.display(),
            text_file(*what)
        ),
        Problem::NotUtf8 { path, byte, what } => format!(
            "{} bukan teks UTF-8 (lihat byte ke-{byte}), jadi bukan {}. Periksa apakah filenya \
             benar, atau simpan sebagai UTF-8",
            path.display(),
            text_file(*what)
        ),
        Problem::Overwrites { target, other } => format!(
            "{} akan menimpa {}: pilih nama lain untuk hasilnya",
            target.display(),
            other.display()
        ),
        Problem::Axis(error) => format!("--set: {}", axis(error)),
        Problem::NoRanges => "strategi ini tidak menyebut rentang untuk sweep: sebutkan dengan \
                              --set, misalnya --set fast=5..24"
            .to_owned(),
        Problem::TooManySets { ranges, sets } => format!(
            "rentang di strategi ini ({}) menghasilkan {} set parameter. Pilih parameter yang \
             penting dengan --set, misalnya --set {}",
            ranges.join(", "),
            table::count(*sets, Id),
            ranges.first().map_or("fast=5..24", String::as_str)
        ),
        Problem::SweepStopped { done, all } => format!(
            "Dihentikan setelah {} dari {} set; tidak ada yang ditulis.",
            table::count(*done, Id),
            table::count(*all, Id)
        ),
        Problem::ImportStopped => "Dihentikan; riwayat yang tersimpan tidak berubah.".to_owned(),
        Problem::ImportDeclined => "Tidak ada yang diimpor.".to_owned(),
        Problem::NoClock(usual) => format!(
            "file ini tidak menyebut zona waktunya. Tambahkan --timezone {usual} (lazim untuk file \
             seperti ini), --timezone UTC atau zona lain, atau --yes untuk memakai yang lazim. \
             Tidak ada yang diimpor"
        ),
    }
}

fn compile(
    path: &Path,
    actual: Timeframe,
    asked: Timeframe,
    fault: Option<&Fault>,
    error: &CompileError,
) -> String {
    let path = path.display();
    let what = match fault {
        Some(fault) => format!("{}: {}", fault.pointer, fault.message(Id)),
        None => format!("{error}."),
    };
    if actual == asked {
        format!("{path}: {what}")
    } else if asked.is_made_of(actual) {
        format!(
            "{path} tidak bisa dipakai pada bar {actual}: {what} Pakai --resample untuk membentuk \
             bar {asked} darinya"
        )
    } else {
        format!(
            "{path} tidak bisa dipakai pada bar {actual}: {what} Berikan bar {asked} atau yang \
             lebih pendek"
        )
    }
}

fn axis(error: &AxisError) -> String {
    match error {
        AxisError::Form(text) => format!(
            "\"{text}\" bukan nama=nilai; tulis fast=5..24, fast=5..24:2 (langkah 2), atau \
             fast=5,8,13"
        ),
        AxisError::Values(text) => format!(
            "\"{text}\" tidak berisi nilai: tulis angka, dan yang pertama tidak lebih besar dari \
             yang terakhir"
        ),
        AxisError::Unknown { name, known } => {
            format!("strategi ini tidak punya parameter {name}; yang ada: {known}")
        }
        AxisError::Twice(name) => format!("parameter {name} disebut dua kali"),
        AxisError::TooMany(sets) => format!(
            "rentang ini menghasilkan {sets} set parameter; paling banyak 1.000.000 yang diuji \
             sekaligus"
        ),
        AxisError::BadValue(why) => why.clone(),
    }
}

fn text_file(what: TextFile) -> &'static str {
    match what {
        TextFile::Strategy => "strategi",
        TextFile::Specification => "spesifikasi simbol",
    }
}

fn weak(why: WeakPassword) -> &'static str {
    match why {
        WeakPassword::TooShort => "kata sandi terlalu pendek: sedikitnya 10 karakter",
        WeakPassword::TooLong => "kata sandi terlalu panjang: paling banyak 256 byte",
        WeakPassword::Control => "kata sandi berisi karakter yang tidak dapat diketik",
        WeakPassword::Repetitive => "kata sandi mengulang terlalu sedikit karakter berbeda",
        WeakPassword::Common => "kata sandi termasuk yang paling sering ditebak",
        WeakPassword::Email => "kata sandi memuat alamat email",
    }
}
