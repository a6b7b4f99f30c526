//! Commands: what they do, said before one gives them, and how far they are.

use super::{Text, words};
use crate::live::{Deed, GiveFault, State};
use trading::language::Language;

/// What a state is called.
pub(crate) const fn state(state: State) -> Text {
    match state {
        State::Queued => QUEUED,
        State::Delivered => DELIVERED,
        State::Executed => EXECUTED,
        State::Failed => FAILED,
        State::Expired => EXPIRED,
    }
}

/// What a state means.
pub(crate) const fn means(state: State) -> Text {
    match state {
        State::Queued => QUEUED_MEANS,
        State::Delivered => DELIVERED_MEANS,
        State::Executed => EXECUTED_MEANS,
        State::Failed => FAILED_MEANS,
        State::Expired => EXPIRED_MEANS,
    }
}

/// What a deed is called, with what it is done to in the place of `{}`.
pub(crate) const fn name(deed: &Deed) -> Text {
    match deed {
        Deed::StopBot => STOP_BOT,
        Deed::Pause(_) => PAUSE,
        Deed::Resume(_) => RESUME,
        Deed::Close(_) => CLOSE,
        Deed::StopAndClose => STOP_AND_CLOSE,
        Deed::CloseMine => CLOSE_MINE,
        Deed::CloseEverything => CLOSE_EVERYTHING,
        Deed::Unknown => UNKNOWN,
    }
}

/// The kinds of commands by their names, without what they are done to.
const KINDS: [(&str, Text); 7] = [
    ("stop_bot", STOP_BOT),
    ("pause_strategy", PAUSE_ONE),
    ("resume_strategy", RESUME_ONE),
    ("close_position", CLOSE_ONE),
    ("stop_and_close", STOP_AND_CLOSE),
    ("close_mine", CLOSE_MINE),
    ("close_everything", CLOSE_EVERYTHING),
];

/// What a kind is called; one that is not known here, as it is.
pub(crate) fn kind(name: &str, language: Language) -> &str {
    KINDS
        .iter()
        .find(|(kind, _)| *kind == name)
        .map_or(name, |(_, text)| language.text(*text))
}

/// What the state of this name is called; one that is not known here, as it is.
pub(crate) fn state_named(name: &str, language: Language) -> &str {
    State::ALL
        .into_iter()
        .find(|state| state.name() == name)
        .map_or(name, |found| language.text(state(found)))
}

/// What exactly happens.
pub(crate) const fn happens(deed: &Deed) -> Text {
    match deed {
        Deed::StopBot => STOP_BOT_HAPPENS,
        Deed::Pause(_) => PAUSE_HAPPENS,
        Deed::Resume(_) => RESUME_HAPPENS,
        Deed::Close(_) => CLOSE_HAPPENS,
        Deed::StopAndClose => STOP_AND_CLOSE_HAPPENS,
        Deed::CloseMine => CLOSE_MINE_HAPPENS,
        Deed::CloseEverything => CLOSE_EVERYTHING_HAPPENS,
        Deed::Unknown => UNKNOWN_HAPPENS,
    }
}

/// Why a command was not given.
pub(crate) const fn fault(fault: GiveFault) -> Text {
    match fault {
        GiveFault::TooLate => TOO_LATE,
        GiveFault::TooMany => TOO_MANY,
        GiveFault::NotOpen => NOT_OPEN,
        GiveFault::Incomplete => INCOMPLETE,
        GiveFault::OtherCommand => OTHER_COMMAND,
    }
}

words! {
    /// A title.
    COMMANDS = "Commands", "Perintah";
    /// What they are.
    COMMANDS_LEAD = "What you told your executors to do, and what became of it.",
        "Apa yang Anda perintahkan kepada executor, dan apa hasilnya.";
    /// A link.
    GIVE = "Give a command", "Beri perintah";
    /// There is none.
    NONE = "No command yet", "Belum ada perintah";
    /// What to do.
    NONE_HINT = "Stop the bot, pause a strategy or close positions: each command appears here with its state.",
        "Hentikan bot, jeda strategi, atau tutup posisi: setiap perintah tampil di sini beserta statusnya.";
    /// There is none in this state.
    NONE_OF = "No command in this state", "Tidak ada perintah dengan status ini";
    /// What to do.
    NONE_OF_HINT = "Choose \u{201c}All\u{201d} to see the others.", "Pilih \u{201c}Semua\u{201d} untuk melihat yang lain.";
    /// The choice of a state, read aloud.
    FILTER = "State", "Status";
    /// A choice.
    ALL = "All", "Semua";
    /// A link.
    OLDER = "Older commands", "Perintah sebelumnya";
    /// A section.
    RECENT = "Recent commands", "Perintah terakhir";

    /// A state.
    QUEUED = "Queued", "Antre";
    /// A state.
    DELIVERED = "Delivered", "Terkirim";
    /// A state.
    EXECUTED = "Executed", "Selesai";
    /// A state.
    FAILED = "Failed", "Gagal";
    /// A state.
    EXPIRED = "Expired", "Kedaluwarsa";
    /// What it means.
    QUEUED_MEANS = "It waits for the executor to fetch it. Nothing has happened yet.",
        "Menunggu diambil executor. Belum ada yang terjadi.";
    /// What it means.
    DELIVERED_MEANS = "The executor has it, and has not yet said what became of it.",
        "Executor sudah menerimanya, tetapi belum melaporkan hasilnya.";
    /// What it means.
    EXECUTED_MEANS = "The executor says that it is done.", "Executor melaporkan bahwa perintah sudah dijalankan.";
    /// What it means.
    FAILED_MEANS = "The executor could not do it. Look at the terminal, then give the command again if it is still wanted.",
        "Executor tidak dapat menjalankannya. Periksa terminal, lalu beri perintah lagi bila masih diperlukan.";
    /// What it means.
    EXPIRED_MEANS = "Its time was over before the executor said that it was done. Check the positions at your broker before you give it again.",
        "Waktunya habis sebelum executor melaporkan selesai. Periksa posisi di broker Anda sebelum mengirim perintah ini lagi.";

    /// A deed.
    STOP_BOT = "Stop the bot", "Hentikan bot";
    /// A deed: the strategy.
    PAUSE = "Pause the strategy {}", "Jeda strategi {}";
    /// A deed: the strategy.
    RESUME = "Resume the strategy {}", "Lanjutkan strategi {}";
    /// A deed: the ticket.
    CLOSE = "Close position {}", "Tutup posisi {}";
    /// A deed.
    STOP_AND_CLOSE = "Stop and close all", "Hentikan dan tutup semua";
    /// A deed.
    CLOSE_MINE = "Close all positions of Phoenix", "Tutup semua posisi Phoenix";
    /// A deed.
    CLOSE_EVERYTHING = "Close every position", "Tutup semua posisi";
    /// A deed.
    UNKNOWN = "Command of a newer version", "Perintah dari versi yang lebih baru";
    /// Without naming it.
    CLOSE_ONE = "Close a position", "Tutup satu posisi";
    /// Without naming it.
    PAUSE_ONE = "Pause a strategy", "Jeda strategi";
    /// Without naming it.
    RESUME_ONE = "Resume a strategy", "Lanjutkan strategi";

    /// What exactly happens.
    UNKNOWN_HAPPENS = "This version of Phoenix does not know this command.",
        "Versi Phoenix ini tidak mengenal perintah ini.";
    /// What happens: the target.
    STOP_BOT_HAPPENS = "{} stops trading: no strategy opens a position there until you start it again at that computer. Positions that are open stay open, with their stop loss and take profit at the broker.",
        "{} berhenti trading: tidak ada strategi yang membuka posisi di sana sampai Anda menjalankannya lagi di komputer itu. Posisi yang terbuka tetap terbuka, dengan stop loss dan take profit di broker.";
    /// What happens: the target.
    PAUSE_HAPPENS = "At {}, this strategy opens no new position until you resume it. Its open positions stay open.",
        "Di {}, strategi ini tidak membuka posisi baru sampai Anda melanjutkannya. Posisinya yang terbuka tetap terbuka.";
    /// What happens: the target.
    RESUME_HAPPENS = "At {}, this strategy may open positions again, with real orders at your broker.",
        "Di {}, strategi ini boleh membuka posisi lagi, dengan order sungguhan di broker Anda.";
    /// What happens: the target.
    CLOSE_HAPPENS = "At {}, this position is closed at the market price of that moment. The result may differ from what is shown here.",
        "Di {}, posisi ini ditutup pada harga pasar saat itu. Hasilnya dapat berbeda dari yang tampil di sini.";
    /// What happens: the target.
    STOP_AND_CLOSE_HAPPENS = "{} stops trading, and every position that Phoenix opened there is closed at the market price of that moment. No strategy opens a position there until you start it again at that computer. Positions that you opened by hand stay open.",
        "{} berhenti trading, dan semua posisi yang dibuka Phoenix di sana ditutup pada harga pasar saat itu. Tidak ada strategi yang membuka posisi di sana sampai Anda menjalankannya lagi di komputer itu. Posisi yang Anda buka sendiri tetap terbuka.";
    /// What happens: the target.
    CLOSE_MINE_HAPPENS = "At {}, every position that Phoenix opened is closed at the market price of that moment. Positions that you opened by hand stay open.",
        "Di {}, semua posisi yang dibuka Phoenix ditutup pada harga pasar saat itu. Posisi yang Anda buka sendiri tetap terbuka.";
    /// What happens: the target.
    CLOSE_EVERYTHING_HAPPENS = "At {}, every open position is closed at the market price of that moment, also those that you opened by hand or with another program.",
        "Di {}, semua posisi terbuka ditutup pada harga pasar saat itu, termasuk yang Anda buka sendiri atau lewat program lain.";

    /// A title.
    ASK = "Give this command?", "Beri perintah ini?";
    /// What is reported to be open: count, profit.
    OPEN_ONE = "By the last report this closes 1 position, about {} now.",
        "Menurut laporan terakhir, ini menutup 1 posisi, sekitar {} saat ini.";
    /// What is reported to be open: count, profit.
    OPEN_MANY = "By the last report this closes {} positions, about {} now.",
        "Menurut laporan terakhir, ini menutup {} posisi, sekitar {} saat ini.";
    /// What was reported to be open some time ago: profit, how long ago.
    OPEN_ONE_THEN = "By the last report this closes 1 position, about {}, reported {}. It may be otherwise now.",
        "Menurut laporan terakhir, ini menutup 1 posisi, sekitar {}, dilaporkan {}. Keadaannya sekarang bisa berbeda.";
    /// What was reported to be open some time ago: count, profit, how long ago.
    OPEN_MANY_THEN = "By the last report this closes {} positions, about {}, reported {}. It may be otherwise now.",
        "Menurut laporan terakhir, ini menutup {} posisi, sekitar {}, dilaporkan {}. Keadaannya sekarang bisa berbeda.";
    /// Nothing is.
    OPEN_NONE = "By the last report no such position is open. What was opened since then is closed all the same.",
        "Menurut laporan terakhir tidak ada posisi seperti itu yang terbuka. Posisi yang dibuka sesudahnya tetap akan ditutup.";
    /// What is closed: side, volume, symbol, price, profit.
    OPEN_THIS = "{} {} lots of {}, opened at {}, about {} now.",
        "{} {} lot {}, entry di {}, sekitar {} saat ini.";
    /// The same as it was some time ago, and how long ago that is.
    OPEN_THIS_THEN = "{} {} lots of {}, opened at {}, about {}, reported {}. It may be otherwise now.",
        "{} {} lot {}, entry di {}, sekitar {}, dilaporkan {}. Keadaannya sekarang bisa berbeda.";
    /// How soon.
    AT_ONCE = "The executor is online and is told at once.", "Executor online dan langsung menerima perintah.";
    /// How soon.
    LATER = "The executor is offline. It gets the command when it comes back, if that is in time.",
        "Executor offline. Perintah baru diterima saat executor online lagi, selama belum kedaluwarsa.";
    /// How soon.
    NOBODY_REPORTS = "No executor reports for this account now. The command waits for one, if it comes in time.",
        "Saat ini tidak ada executor yang melapor untuk akun ini. Perintah menunggu sampai ada executor, selama belum kedaluwarsa.";
    /// Until when: a time.
    UNTIL = "The command expires", "Perintah kedaluwarsa";
    /// Why not, what next.
    TOO_LATE = "The command was confirmed too late and was not given. Look at it again: the numbers are new.",
        "Perintah terlambat dikonfirmasi dan tidak diberikan. Periksa lagi: angkanya sudah baru.";
    /// Why not, what next.
    TOO_MANY = "100 commands are still open, so this one was not given. Wait until some are done or expire.",
        "Masih ada 100 perintah yang berjalan, jadi perintah ini tidak diberikan. Tunggu sampai sebagian selesai atau kedaluwarsa.";
    /// Why not, what next.
    NOT_OPEN = "By the last report this position is not open any more. Nothing was done. Choose another command, or look at the dashboard.",
        "Menurut laporan terakhir posisi ini sudah tidak terbuka. Tidak ada yang dilakukan. Pilih perintah lain, atau lihat dasbor.";
    /// Why not, what next.
    INCOMPLETE = "Choose what is to be done, where, and for pausing or resuming which strategy.",
        "Pilih perintahnya, untuk siapa, dan untuk jeda atau lanjut juga strateginya.";
    /// Why not, what next.
    OTHER_COMMAND = "This form gave another command already. Look at the list of commands before you give it again.",
        "Formulir ini sudah dipakai untuk perintah lain. Lihat daftar perintah sebelum mengirim perintah ini lagi.";

    /// A field.
    WHAT = "Command", "Perintah";
    /// A field.
    WHERE = "For", "Untuk";
    /// A field.
    WHICH = "Strategy", "Strategi";
    /// A choice.
    NO_STRATEGY = "None: only to pause or resume", "Tidak ada: hanya untuk jeda atau lanjut";
    /// A group of choices.
    ACCOUNTS = "Broker accounts", "Akun broker";
    /// Before choosing.
    GIVE_LEAD = "Nothing happens yet: the next page says exactly what the command does.",
        "Belum ada yang dijalankan: halaman berikutnya menjelaskan persis apa yang dilakukan perintah ini.";
    /// To close one.
    GIVE_CLOSE = "To close a single position, use its button on the dashboard.",
        "Untuk menutup satu posisi, gunakan tombolnya di dasbor.";
    /// A button.
    NEXT = "Continue", "Lanjut";

    /// A column.
    STATE = "State", "Status";
    /// A time.
    GIVEN_AT = "Given", "Diberikan";
    /// A time.
    DELIVERED_AT = "Delivered", "Terkirim";
    /// A time.
    FINISHED_AT = "Finished", "Selesai";
    /// A time.
    EXPIRES_AT = "Expires", "Kedaluwarsa";
    /// What the executor said.
    REMARK = "The executor says", "Keterangan executor";
    /// A link.
    BACK = "All commands", "Semua perintah";
}

#[cfg(test)]
mod tests {
    use super::{kind, state_named};
    use crate::live::State;
    use trading::language::Language::{En, Id};

    #[test]
    fn every_name_has_words_and_an_unknown_one_is_shown_as_it_is() {
        assert_eq!(kind("stop_bot", En), "Stop the bot");
        assert_eq!(kind("close_mine", Id), "Tutup semua posisi Phoenix");
        assert_eq!(kind("something_new", Id), "something_new");
        assert_eq!(state_named("executed", Id), "Selesai");
        for state in State::ALL {
            assert_ne!(state_named(state.name(), Id), state.name());
        }
        assert_eq!(state_named("something_new", En), "something_new");
    }
}
