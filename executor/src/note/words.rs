//! The words of both languages.

use super::Matter;
use crate::trade::limit::Limit;
use trading::symbol::{ExitReason, Side};

pub(super) fn english(matter: &Matter) -> String {
    match matter {
        Matter::Arrived { login, server } => format!("Account {login} at {server} is connected."),
        Matter::Left { why } => {
            format!("The terminal is gone: {why}. Open positions keep their stops at the broker.")
        }
        Matter::Dropped { why } => format!("Something at the door was turned away: {why}."),
        Matter::Ordered {
            side,
            volume,
            symbol,
        } => {
            let side = match side {
                Side::Buy => "Buy",
                Side::Sell => "Sell",
            };
            format!("{side} {volume} lots of {symbol}.")
        }
        Matter::Closed { done, decimals } => format!(
            "Position {} closed at {:.decimals$} ({}): {:+.2}.",
            done.ticket,
            done.price,
            exit_english(done.exit),
            done.profit
        ),
        Matter::Limited { strategy, limit } => format!(
            "{strategy} wanted to enter, and did not: {}.",
            limit_english(*limit)
        ),
        Matter::News {
            strategy,
            event,
            at,
        } => {
            format!("{strategy} wanted to enter, and did not: {event} at {at} is too near.")
        }
        Matter::Advised {
            strategy,
            enters: true,
            why,
        } => {
            format!("{strategy} enters near to news: {why}.")
        }
        Matter::Advised {
            strategy,
            enters: false,
            why,
        } => {
            format!("{strategy} wanted to enter near to news, and did not: {why}.")
        }
        Matter::NoCalendar { strategy } => format!(
            "{strategy} wanted to enter, and did not: the terminal tells of no news, and the strategy \
             stays out around them. Set enters_without_calendar under [news] in executor.toml if it shall enter."
        ),
        Matter::Refused {
            strategy,
            retcode,
            text,
        } => {
            format!("An order of {strategy} was refused: {text} ({retcode}).")
        }
        Matter::Orphan { ticket } => format!(
            "Position {ticket} bears Phoenix's mark, but is not in the journal. It keeps its stop. \
             Close it yourself if you do not want it."
        ),
        Matter::Lost { ticket } => format!(
            "Position {ticket} is gone, and the broker's record does not say how. Look at the \
             terminal's history."
        ),
        Matter::Late { ticket } => format!(
            "Position {ticket} was filled after its order had been given up. It is being closed."
        ),
        Matter::Cannot { strategy, why } => format!("{strategy} cannot trade here: {why}."),
        Matter::Notice { text } => text.clone(),
        Matter::Obeyed => "Done: everything that Phoenix opened is closed.".to_owned(),
        Matter::Disobeyed { why } => format!("That was not done: {why}."),
        Matter::Journal { why } => format!(
            "{why}. Nothing is traded until it can be written: is the disk full? Open positions keep \
             their stops."
        ),
        Matter::Pair { code, page } => {
            format!("To connect this computer with your account, type {code} at {page}")
        }
        Matter::NotPaired { why } => format!("This computer is not connected yet: {why}."),
        Matter::Online => "The server answers.".to_owned(),
        Matter::Offline { why } => format!(
            "The server does not answer: {why}. Trading goes on with the strategies that it named \
             last."
        ),
        Matter::Trouble { why } => format!("At the server: {why}."),
        Matter::NotTaken { why } => {
            format!("The server does not take what it is told: {why}. It is kept here.")
        }
        Matter::Clock { ahead } => format!(
            "This computer's clock is {} minutes {}. Set it by the internet: until then nothing is \
             entered, since hours and news would be taken for others. What is open is looked after.",
            minutes(*ahead),
            if *ahead > 0 { "slow" } else { "fast" }
        ),
        Matter::ClockRight => "This computer's clock is right again.".to_owned(),
        Matter::Former { deals } => format!(
            "This computer belongs to another account now. {deals} deals that waited for the one \
             before are kept in the journal and told to nobody."
        ),
        Matter::Newer(newer) => format!(
            "Version {} of this program is out, see {}. This one goes on as it is.",
            newer.version, newer.page
        ),
        Matter::GraceOver => {
            "The server was not heard for too long: nothing new is opened until it \
             answers. What is open is looked after."
                .to_owned()
        }
        Matter::Revoked => {
            "The key of this computer is no longer good: nothing new is opened until \
             it is connected again. What is open is looked after."
                .to_owned()
        }
    }
}

pub(super) fn indonesian(matter: &Matter) -> String {
    match matter {
        Matter::Arrived { login, server } => format!("Akun {login} di {server} sudah tersambung."),
        Matter::Left { why } => format!(
            "Terminal terputus: {why}. Stop loss posisi yang terbuka tetap terpasang di broker."
        ),
        Matter::Dropped { why } => format!("Ada sambungan yang ditolak: {why}."),
        Matter::Ordered {
            side,
            volume,
            symbol,
        } => {
            let side = match side {
                Side::Buy => "Beli",
                Side::Sell => "Jual",
            };
            format!("{side} {volume} lot {symbol}.")
        }
        Matter::Closed { done, decimals } => format!(
            "Posisi {} ditutup di {:.decimals$} ({}): {:+.2}.",
            done.ticket,
            done.price,
            exit_indonesian(done.exit),
            done.profit
        ),
        Matter::Limited { strategy, limit } => {
            format!("{strategy} batal masuk: {}.", limit_indonesian(*limit))
        }
        Matter::News {
            strategy,
            event,
            at,
        } => {
            format!("{strategy} batal masuk: terlalu dekat dengan {event} pada {at}.")
        }
        Matter::Advised {
            strategy,
            enters: true,
            why,
        } => {
            format!("{strategy} masuk di dekat berita: {why}.")
        }
        Matter::Advised {
            strategy,
            enters: false,
            why,
        } => {
            format!("{strategy} batal masuk di dekat berita: {why}.")
        }
        Matter::NoCalendar { strategy } => format!(
            "{strategy} batal masuk: terminal tidak memberi kalender berita, padahal strategi ini \
             menghindari berita. Atur enters_without_calendar pada [news] di executor.toml kalau tetap boleh masuk."
        ),
        Matter::Refused {
            strategy,
            retcode,
            text,
        } => {
            format!("Order {strategy} ditolak: {text} ({retcode}).")
        }
        Matter::Orphan { ticket } => format!(
            "Posisi {ticket} bertanda Phoenix, tetapi tidak ada di jurnal. Stop loss-nya tetap \
             terpasang. Tutup sendiri kalau memang tidak diinginkan."
        ),
        Matter::Lost { ticket } => format!(
            "Posisi {ticket} sudah tidak ada, dan catatan broker tidak menyebut sebabnya. Periksa \
             riwayat di terminal."
        ),
        Matter::Late { ticket } => {
            format!(
                "Posisi {ticket} terisi setelah ordernya dibatalkan. Posisi ini sedang ditutup."
            )
        }
        Matter::Cannot { strategy, why } => {
            format!("{strategy} tidak bisa berjalan di sini: {why}.")
        }
        Matter::Notice { text } => text.clone(),
        Matter::Obeyed => "Selesai: semua posisi yang dibuka Phoenix sudah ditutup.".to_owned(),
        Matter::Disobeyed { why } => format!("Perintah tidak terlaksana: {why}."),
        Matter::Journal { why } => format!(
            "{why}. Trading berhenti sampai jurnal bisa ditulis lagi: apakah disk penuh? Stop loss \
             posisi yang terbuka tetap terpasang."
        ),
        Matter::Pair { code, page } => {
            format!("Untuk menghubungkan komputer ini dengan akun Anda, ketik {code} di {page}")
        }
        Matter::NotPaired { why } => format!("Komputer ini belum terhubung: {why}."),
        Matter::Online => "Server menjawab.".to_owned(),
        Matter::Offline { why } => format!(
            "Server tidak menjawab: {why}. Trading berjalan terus dengan strategi terakhir yang \
             diketahui."
        ),
        Matter::Trouble { why } => format!("Ada masalah di server: {why}."),
        Matter::NotTaken { why } => {
            format!("Server tidak menerima laporan: {why}. Laporannya tetap disimpan di sini.")
        }
        Matter::Clock { ahead } => format!(
            "Jam komputer ini {} {} menit. Sinkronkan jam lewat internet. Sebelum jamnya benar, \
             Phoenix tidak membuka posisi baru, karena jam trading dan jadwal berita bisa meleset. \
             Posisi yang terbuka tetap dijaga.",
            if *ahead > 0 {
                "terlambat"
            } else {
                "terlalu cepat"
            },
            minutes(*ahead)
        ),
        Matter::ClockRight => "Jam komputer ini sudah benar.".to_owned(),
        Matter::Former { deals } => format!(
            "Komputer ini sekarang milik akun lain. {deals} deal yang menunggu dilaporkan ke akun \
             sebelumnya tetap disimpan di jurnal dan tidak dikirim ke siapa pun."
        ),
        Matter::Newer(newer) => format!(
            "Versi {} program ini sudah tersedia, lihat {}. Versi yang sekarang tetap berjalan.",
            newer.version, newer.page
        ),
        Matter::GraceOver => {
            "Server terlalu lama tidak terdengar: tidak ada posisi baru sampai server \
             menjawab. Posisi yang terbuka tetap dijaga."
                .to_owned()
        }
        Matter::Revoked => "Kunci komputer ini sudah tidak berlaku: tidak ada posisi baru sampai \
             komputer dihubungkan lagi. Posisi yang terbuka tetap dijaga."
            .to_owned(),
    }
}

const fn exit_english(exit: ExitReason) -> &'static str {
    match exit {
        ExitReason::OppositeSignal => "opposite signal",
        ExitReason::ExitRule => "exit rule",
        ExitReason::StopLoss => "stop loss",
        ExitReason::TakeProfit => "take profit",
        ExitReason::TimeExit => "time",
        ExitReason::StopOut => "stop out",
        ExitReason::Command => "by command",
        ExitReason::EndOfData => "end of history",
    }
}

/// Milliseconds either way in minutes.
const fn minutes(millis: i64) -> u64 {
    millis.unsigned_abs() / 60_000
}

const fn exit_indonesian(exit: ExitReason) -> &'static str {
    match exit {
        ExitReason::OppositeSignal => "sinyal berlawanan",
        ExitReason::ExitRule => "aturan keluar",
        ExitReason::StopLoss => "stop loss",
        ExitReason::TakeProfit => "take profit",
        ExitReason::TimeExit => "batas waktu",
        ExitReason::StopOut => "stop out",
        ExitReason::Command => "atas perintah",
        ExitReason::EndOfData => "akhir riwayat",
    }
}

const fn limit_english(limit: Limit) -> &'static str {
    match limit {
        Limit::Volume => "the order is larger than you allow",
        Limit::Positions => "as many positions are open as you allow",
        Limit::Exposure => "as much of this symbol is held as you allow",
        Limit::DailyLoss => "today's loss has reached your limit",
        Limit::Drawdown => "the drawdown has reached your limit",
        Limit::Spread => "the spread is wider than you allow",
        Limit::Netting => {
            "this account nets positions, and another strategy has one in this symbol"
        }
        Limit::Clock => "this computer's clock is wrong",
        Limit::OtherVersion => "an older version of it has a position open still",
    }
}

const fn limit_indonesian(limit: Limit) -> &'static str {
    match limit {
        Limit::Volume => "lot order melebihi batas Anda",
        Limit::Positions => "jumlah posisi sudah mencapai batas Anda",
        Limit::Exposure => "total lot di simbol ini sudah mencapai batas Anda",
        Limit::DailyLoss => "rugi hari ini sudah mencapai batas Anda",
        Limit::Drawdown => "drawdown sudah mencapai batas Anda",
        Limit::Spread => "spread lebih lebar dari batas Anda",
        Limit::Netting => {
            "akun ini menggabungkan posisi, dan strategi lain sudah punya posisi di simbol ini"
        }
        Limit::Clock => "jam komputer ini salah",
        Limit::OtherVersion => "versi lamanya masih punya posisi terbuka",
    }
}
