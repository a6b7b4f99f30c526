//! Faults in Indonesian.

use super::problem::{Bound, Expected, Found, Group, Problem, Thing};
use crate::decimal::is_number;

/// What is wrong.
pub(super) fn message(problem: &Problem) -> String {
    match problem {
        Problem::EmptyText => "Dokumen ini kosong.".to_owned(),
        Problem::TooLarge { bytes, max } => {
            format!("Dokumen ini berukuran {bytes} byte; batasnya {max}.")
        }
        Problem::Syntax {
            line,
            column,
            is_cut: true,
            ..
        } => format!("Teks JSON terputus di baris {line}, kolom {column}."),
        Problem::Syntax {
            line, column, what, ..
        } => format!("Ini bukan JSON yang benar di baris {line}, kolom {column} ({what})."),
        Problem::TooNested { line, column } => {
            format!("Daftar dan objek bertingkat terlalu dalam di baris {line}, kolom {column}.")
        }
        Problem::DuplicateKey { key } => format!("\"{}\" ditulis dua kali.", cut(key)),
        Problem::TooManyFaults { max } => {
            format!("Ada lebih dari {max} kesalahan; hanya yang pertama yang ditampilkan.")
        }
        Problem::Unreadable(why) => format!("Dokumen tidak bisa dibaca ({}).", cut(why)),
        Problem::WrongType {
            expected: Expected::WholeNumber,
            found: Found::Number,
        } => "Di sini harus ada bilangan bulat, 0 atau lebih.".to_owned(),
        Problem::WrongType { expected, found } => format!(
            "Di sini harus ada {}, tetapi isinya {}.",
            expected_name(*expected),
            found_name(*found)
        ),
        Problem::MissingField { name } => format!("\"{name}\" belum ada."),
        Problem::Unknown { thing, name, .. } => match thing {
            Thing::Parameter => format!("Tidak ada parameter bernama \"{}\".", cut(name)),
            Thing::Indicator => format!("Tidak ada indikator bernama \"{}\".", cut(name)),
            thing => format!("\"{}\" bukan {}.", cut(name), thing_name(*thing)),
        },
        Problem::NotOne {
            thing, found: 0, ..
        } => format!(
            "Di sini harus ada {}, tetapi objeknya kosong.",
            thing_name(*thing)
        ),
        Problem::NotOne { thing, found, .. } => format!(
            "Di sini harus ada satu {}, tetapi objeknya berisi {found} entri.",
            thing_name(*thing)
        ),
        Problem::WrongLength { expected, found } => {
            format!("Daftar ini harus berisi {expected} entri, tetapi ada {found}.")
        }
        Problem::BadOperand { text, .. } => format!("\"{}\" tidak bisa dibaca.", cut(text)),
        Problem::BadNumber { text } => {
            format!("\"{}\" bukan angka dan bukan parameter.", cut(text))
        }
        Problem::BadSymbol { text } => format!("\"{}\" bukan nama simbol yang benar.", cut(text)),
        Problem::BadTime { text } => format!("\"{}\" bukan jam yang benar.", cut(text)),
        Problem::NewerVersion { found, known } => {
            format!("Dokumen ini versi {found}; program ini baru mengenal sampai versi {known}.")
        }
        Problem::UnknownVersion { found, .. } => format!("Tidak ada format versi {found}."),
        Problem::EmptyName => "Strategi ini belum bernama.".to_owned(),
        Problem::TooLong { found, max } => {
            format!("Teksnya {found} karakter; batasnya {max}.")
        }
        Problem::BadName { name } => {
            format!("Nama \"{}\" tidak bisa dipakai dalam aturan.", cut(name))
        }
        Problem::NameIsPrice { name } => {
            format!("\"{name}\" adalah nama harga, jadi tidak boleh menjadi nama indikator.")
        }
        Problem::UnknownZone { name, .. } => {
            format!("Zona waktu \"{}\" tidak dikenal.", cut(name))
        }
        Problem::OutOfRange {
            name,
            value,
            bound,
            parameter,
        } => {
            let must = format!("\"{}\" harus {}", cut(name), bound_name(*bound));
            let value = number(*value);
            match parameter {
                Some(parameter) => {
                    format!(
                        "{must}, tetapi lewat ${} bisa menjadi {value}.",
                        cut(parameter)
                    )
                }
                None => format!("{must}, tetapi nilainya {value}."),
            }
        }
        Problem::FractionalStep { name, parameter } => format!(
            "\"{name}\" menghitung bar, tetapi langkah ${parameter} menghasilkan angka pecahan."
        ),
        Problem::RangeReversed { from, to } => format!(
            "Rentangnya terbalik: dari {} turun ke {}.",
            number(*from),
            number(*to)
        ),
        Problem::RangeTooLong { values, max } => {
            format!("Rentang ini berisi {values} nilai; batasnya {max}.")
        }
        Problem::Cycle { path } => format!(
            "Indikator ini dihitung dari dirinya sendiri: {}.",
            path.join(" dari ")
        ),
        Problem::SourceNotTaken { kind } => {
            format!("{kind} membaca bar utuh dan tidak memakai source.")
        }
        Problem::SourceHasGaps { source, output, .. } => format!(
            "\"{}.{output}\" hanya punya nilai di bar yang ditandainya, jadi tidak ada yang bisa \
             dihitung darinya.",
            cut(source)
        ),
        Problem::TimeframeNotHigher { found, own } => {
            format!("{found} tidak lebih tinggi daripada timeframe strategi, {own}.")
        }
        Problem::TimeframeNotMultiple { found, own } => {
            format!("Satu bar {found} tidak terdiri dari bar {own} yang utuh.")
        }
        Problem::SourceTimeframe { source, found, own } => format!(
            "Indikator ini dihitung di {own}, tetapi sumbernya \"{}\" di {found}.",
            cut(source)
        ),
        Problem::EmptyGroup => "Grup ini tidak berisi kondisi.".to_owned(),
        Problem::OnlyNumbers => {
            "Yang dibandingkan di sini hanya angka, jadi hasilnya tidak pernah berubah.".to_owned()
        }
        Problem::LowAboveHigh { low, high } => format!(
            "Tidak ada nilai di antara {} dan {}: batas bawah ditulis lebih dulu.",
            number(*low),
            number(*high)
        ),
        Problem::TooDeep { max } => {
            format!("Kondisi bertingkat lebih dari {max} tingkat.")
        }
        Problem::TooMany { group, found, max } => format!(
            "Ada {} {}; batasnya {max}.",
            if *found > *max && matches!(group, Group::Conditions) {
                format!("lebih dari {max}")
            } else {
                found.to_string()
            },
            match group {
                Group::Conditions => "kondisi",
                Group::Indicators => "indikator",
                Group::Parameters => "parameter",
            }
        ),
        Problem::NeedsStopLoss { name } => {
            format!(
                "\"{name}\" diukur dari stop loss, tetapi strategi ini tidak memakai stop loss."
            )
        }
        Problem::StopLossInRisk => {
            "Stop loss tidak bisa menjadi kelipatan jaraknya sendiri.".to_owned()
        }
        Problem::NoEntry => {
            "Strategi ini tidak punya aturan entry, jadi tidak akan pernah trading.".to_owned()
        }
        Problem::EmptyHours { time } => {
            format!("Jam mulai dan jam selesainya sama, {time}.")
        }
        Problem::NothingAllowed { name } => {
            format!("\"{name}\" kosong, jadi tidak ada entry yang diizinkan.")
        }
        Problem::UnusedParameter { name } => format!("Parameter \"{}\" tidak dipakai.", cut(name)),
        Problem::UnusedIndicator { name } => format!("Indikator \"{}\" tidak dipakai.", cut(name)),
        Problem::ValueOutsideRange {
            name,
            value,
            from,
            to,
        } => format!(
            "Nilai \"{}\" adalah {}, di luar rentangnya sendiri, {} sampai {}.",
            cut(name),
            number(*value),
            number(*from),
            number(*to)
        ),
        Problem::ExitWithoutEntry { side } => {
            format!("Ada aturan exit untuk posisi {side}, tetapi tidak ada aturan entry-nya.")
        }
        Problem::ComparesItself { text } => {
            format!("\"{}\" dibandingkan dengan dirinya sendiri.", cut(text))
        }
    }
}

/// What to do about it.
pub(super) fn hint(problem: &Problem) -> String {
    match problem {
        Problem::EmptyText => {
            "Tulis strategi Anda, atau mulai dari salah satu strategi siap pakai.".to_owned()
        }
        Problem::TooLarge { .. } => {
            "Periksa apakah ini memang strategi, bukan data harga.".to_owned()
        }
        Problem::Syntax { is_cut: true, .. } => {
            "Bagian akhirnya hilang: tutup semua tanda kutip, daftar, dan objek.".to_owned()
        }
        Problem::Syntax { .. } => "Cari koma, tanda kutip, atau kurung yang kurang atau berlebih \
             tepat sebelum tempat ini."
            .to_owned(),
        Problem::TooNested { .. } | Problem::TooDeep { .. } => {
            "Tulis kondisinya dengan lebih sedikit tingkat.".to_owned()
        }
        Problem::DuplicateKey { .. } => "Sisakan salah satu saja.".to_owned(),
        Problem::TooManyFaults { .. } => "Perbaiki yang ini dulu, lalu periksa lagi.".to_owned(),
        Problem::Unreadable(_) => "Bandingkan dengan JSON Schema format ini.".to_owned(),
        Problem::WrongType {
            expected: Expected::Number | Expected::WholeNumber,
            found: Found::Text,
        } => "Tulis angkanya tanpa tanda kutip.".to_owned(),
        Problem::WrongType { expected, .. } => format!("Tulis {}.", example(*expected)),
        Problem::MissingField { name } => format!("Tambahkan \"{name}\"."),
        Problem::Unknown {
            suggestion: Some(suggestion),
            ..
        }
        | Problem::UnknownZone {
            suggestion: Some(suggestion),
            ..
        } => format!("Apakah maksud Anda \"{suggestion}\"?"),
        Problem::Unknown { allowed, thing, .. } if allowed.is_empty() => match thing {
            Thing::Parameter => "Buat dulu di bagian \"parameters\".".to_owned(),
            Thing::Indicator => "Buat dulu di bagian \"indicators\".".to_owned(),
            _ => "Hapus bagian ini.".to_owned(),
        },
        Problem::Unknown { allowed, .. } => {
            format!("Pakai salah satu dari: {}.", allowed.join(", "))
        }
        Problem::NotOne {
            thing: Thing::Condition,
            found,
            ..
        } if *found > 1 => {
            "Tulis setiap kondisi sebagai objek sendiri di dalam \"all\" atau \"any\".".to_owned()
        }
        Problem::NotOne { allowed, .. } => {
            format!("Tulis tepat satu dari: {}.", allowed.join(", "))
        }
        Problem::WrongLength { expected: 3, .. } => {
            "Tulis [nilai, bawah, atas], misalnya [\"rsi\", 40, 60].".to_owned()
        }
        Problem::WrongLength { .. } => {
            "Tulis kedua sisinya, misalnya [\"close\", \"average\"].".to_owned()
        }
        Problem::BadOperand { why, .. } => format!(
            "Tulis angka, \"$parameter\", atau deret seperti \"close\", \"macd.signal\", atau \
             \"high[1]\"{}.",
            operand_rule(why)
        ),
        Problem::BadNumber { text } if is_number(text) => {
            "Tulis angkanya tanpa tanda kutip.".to_owned()
        }
        Problem::BadNumber { .. } => {
            "Tulis angka seperti 14, atau parameter seperti \"$period\" dengan huruf kecil."
                .to_owned()
        }
        Problem::BadSymbol { .. } => {
            "Pakai 1 sampai 32 huruf, angka, atau tanda . _ # + - seperti XAUUSD.".to_owned()
        }
        Problem::BadTime { .. } => {
            "Tulis JJ:MM dari 00:00 sampai 23:59, misalnya 08:30.".to_owned()
        }
        Problem::NewerVersion { .. } => {
            "Perbarui Phoenix, atau simpan ulang strateginya.".to_owned()
        }
        Problem::UnknownVersion { known, .. } => format!("Tulis \"version\": {known}."),
        Problem::EmptyName => "Beri nama yang mudah Anda kenali.".to_owned(),
        Problem::TooLong { .. } => "Persingkat teksnya.".to_owned(),
        Problem::BadName { .. } => "Awali dengan huruf kecil, lalu paling banyak 31 huruf kecil, \
             angka, atau garis bawah."
            .to_owned(),
        Problem::NameIsPrice { name } => {
            format!("Pakai nama lain, misalnya {name}_average.")
        }
        Problem::UnknownZone { .. } => "Pakai UTC, nama seperti Asia/Jakarta atau Europe/London, \
             atau nama dengan tambahan jam seperti America/New_York+7 (jam server kebanyakan \
             broker)."
            .to_owned(),
        Problem::OutOfRange {
            parameter: Some(parameter),
            ..
        } => format!("Ubah nilai atau rentang parameter \"{}\".", cut(parameter)),
        Problem::OutOfRange { bound, .. } => {
            format!("Pakai angka yang {}.", bound_name(*bound))
        }
        Problem::FractionalStep { .. } => {
            "Mulai rentang dari bilangan bulat dan pakai langkah bilangan bulat.".to_owned()
        }
        Problem::RangeReversed { .. } => "Tukar \"from\" dan \"to\".".to_owned(),
        Problem::RangeTooLong { .. } => "Pakai langkah yang lebih besar.".to_owned(),
        Problem::Cycle { .. } => "Beri salah satunya harga sebagai sumber.".to_owned(),
        Problem::SourceNotTaken { .. } => "Hapus \"source\".".to_owned(),
        Problem::SourceHasGaps { source, whole, .. } => gapless(source, whole),
        Problem::TimeframeNotHigher { own, .. } => {
            format!("Pakai timeframe di atas {own}, atau hapus \"timeframe\".")
        }
        Problem::TimeframeNotMultiple { .. } => {
            "Pakai timeframe yang merupakan kelipatan timeframe strategi.".to_owned()
        }
        Problem::SourceTimeframe { .. } => "Samakan timeframe keduanya.".to_owned(),
        Problem::EmptyGroup => "Tambahkan kondisi, atau hapus grupnya.".to_owned(),
        Problem::OnlyNumbers => {
            "Bandingkan dengan harga atau indikator, misalnya \"close\".".to_owned()
        }
        Problem::LowAboveHigh { .. } => "Tukar kedua batasnya.".to_owned(),
        Problem::TooMany { .. } => "Kurangi jumlahnya; strategi dengan lebih sedikit aturan juga \
             lebih kecil kemungkinannya cocok dengan masa lalu hanya karena kebetulan."
            .to_owned(),
        Problem::NeedsStopLoss { .. } => "Tambahkan \"stop_loss\" di bagian \"exits\".".to_owned(),
        Problem::StopLossInRisk => {
            "Tulis stop loss dalam \"points\", \"percent\", atau \"atr\".".to_owned()
        }
        Problem::NoEntry => "Tambahkan \"long\" atau \"short\" di bagian \"entry\".".to_owned(),
        Problem::EmptyHours { .. } => {
            "Tulis jam selesai yang lain, atau hapus \"hours\" agar berlaku sepanjang hari."
                .to_owned()
        }
        Problem::NothingAllowed { name } => {
            format!("Hapus \"{name}\" agar semua diizinkan, atau isi paling tidak satu.")
        }
        Problem::UnusedParameter { name } => {
            format!("Pakai sebagai \"${}\", atau hapus.", cut(name))
        }
        Problem::UnusedIndicator { .. } => "Pakai dalam aturan, atau hapus.".to_owned(),
        Problem::ValueOutsideRange { .. } => "Perlebar rentangnya, atau ubah nilainya.".to_owned(),
        Problem::ExitWithoutEntry { .. } => {
            "Tambahkan aturan entry-nya, atau hapus aturan ini.".to_owned()
        }
        Problem::ComparesItself { .. } => "Bandingkan dengan yang lain, atau dengan nilainya \
             beberapa bar sebelumnya, misalnya \"close[1]\"."
            .to_owned(),
    }
}

/// The rules that the operand's reader names, in Indonesian.
fn operand_rule(why: &str) -> &'static str {
    match why {
        "before * stands a number or a parameter" => {
            ": sebelum tanda * harus ada angka atau parameter"
        }
        "between [ and ] stands a whole number of bars" => {
            ": di antara [ dan ] harus ada jumlah bar berupa bilangan bulat"
        }
        "it may look back at most 1000 bars" => ": paling jauh 1000 bar ke belakang",
        _ => "",
    }
}

fn cut(text: &str) -> String {
    super::suggest::cut(text)
}

fn number(value: f64) -> String {
    super::suggest::number(value)
}

fn bound_name(bound: Bound) -> String {
    let kind = if bound.is_whole {
        "bilangan bulat "
    } else {
        ""
    };
    if bound == Bound::ANY {
        "berhingga".to_owned()
    } else if bound.is_open && bound.max >= Bound::POSITIVE.max {
        format!("{kind}lebih dari {}", number(bound.min))
    } else if bound.is_open {
        format!(
            "{kind}lebih dari {} dan paling besar {}",
            number(bound.min),
            number(bound.max)
        )
    } else if bound.max >= Bound::POSITIVE.max {
        format!("{kind}paling kecil {}", number(bound.min))
    } else {
        format!(
            "{kind}antara {} dan {}",
            number(bound.min),
            number(bound.max)
        )
    }
}

const fn expected_name(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "objek { }",
        Expected::List => "daftar [ ]",
        Expected::Text => "teks",
        Expected::Number => "angka",
        Expected::WholeNumber => "bilangan bulat",
        Expected::NumberOrParameter => "angka atau parameter",
        Expected::Operand => "angka atau deret",
        Expected::Setting => "angka atau kata",
    }
}

const fn example(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "{ ... }",
        Expected::List => "[ ... ]",
        Expected::Text => "teks di antara tanda kutip ganda",
        Expected::Number => "angka seperti 0.5",
        Expected::WholeNumber => "angka seperti 3, tanpa pecahan dan tanpa minus",
        Expected::NumberOrParameter => "angka seperti 14, atau parameter seperti \"$period\"",
        Expected::Operand => "angka, atau deret seperti \"close\" atau \"macd.signal\"",
        Expected::Setting => {
            "angka seperti 14, parameter seperti \"$period\", atau kata seperti \"mt5\""
        }
    }
}

const fn found_name(found: Found) -> &'static str {
    match found {
        Found::Null => "null",
        Found::Boolean => "true atau false",
        Found::Number => "angka",
        Found::Text => "teks",
        Found::List => "daftar",
        Found::Object => "objek",
    }
}

const fn thing_name(thing: Thing) -> &'static str {
    match thing {
        Thing::Field => "isian yang dikenal di sini",
        Thing::Condition => "kondisi",
        Thing::Distance => "jarak",
        Thing::Sizing => "cara menentukan lot",
        Thing::DailyLoss => "batas rugi harian",
        Thing::Timeframe => "timeframe",
        Thing::Weekday => "nama hari",
        Thing::Impact => "tingkat dampak berita",
        Thing::OppositeSignal => "tindakan untuk sinyal berlawanan",
        Thing::IndicatorKind => "jenis indikator",
        Thing::Setting => "pengaturan indikator ini",
        Thing::Choice => "salah satu pilihan",
        Thing::Output => "keluaran indikator ini",
        Thing::Parameter => "parameter",
        Thing::Indicator => "indikator",
    }
}

fn gapless(source: &str, whole: &[&str]) -> String {
    let names: Vec<String> = whole
        .iter()
        .map(|output| format!("\"{}.{output}\"", cut(source)))
        .collect();
    let use_it = "pakai yang ini di kondisi; di sana bar tanpa tanda berarti tidak terpenuhi";
    if names.is_empty() {
        format!("Pilih source lain, atau {use_it}.")
    } else {
        format!(
            "Pakai {} sebagai source, yang menyimpan nilai terakhirnya, atau {use_it}.",
            names.join(" atau ")
        )
    }
}
