//! The words of the page, in both languages.

use crate::status::{Glance, ServerView, Stage};
use protocol::link::part::Money;
use trading::language::Language;

macro_rules! words {
    ($($name:ident = $en:literal, $id:literal;)*) => {
        $(pub(super) const fn $name(language: Language) -> &'static str {
            match language {
                Language::En => $en,
                Language::Id => $id,
            }
        })*
    };
}

words! {
    title = "Phoenix executor", "Executor Phoenix";
    refused = "This page opens from the tray, or with the link in the file status.link of the executor's folder.", "Halaman ini dibuka dari tray, atau lewat tautan dalam berkas status.link di folder executor.";
    refused_title = "Not this way", "Tidak lewat sini";
    stop = "Stop", "Hentikan";
    start = "Start again", "Jalankan lagi";
    stop_and_close = "Stop and close all", "Hentikan dan tutup semua";
    ask_close = "Stop trading and close what Phoenix has open?", "Hentikan trading dan tutup semua posisi Phoenix?";
    close_means = "Every position that Phoenix opened is closed at the market price of this moment. Nothing is opened until you start it again here. Positions that you opened by hand stay open.", "Semua posisi yang dibuka Phoenix ditutup pada harga pasar saat ini. Tidak ada posisi baru sampai Anda menjalankannya lagi di sini. Posisi yang Anda buka sendiri tetap terbuka.";
    close_risk = "What that brings is not certain before it is done: prices move.", "Hasilnya baru pasti setelah selesai: harga terus bergerak.";
    back = "Back", "Kembali";
    open_now = "Open at the last report", "Terbuka menurut laporan terakhir";
    pair = "Connect this computer", "Hubungkan komputer ini";
    pair_how = "Type this code on the web, signed in as yourself:", "Ketik kode ini di web setelah masuk dengan akun Anda:";
    pair_open = "Open the page with the code", "Buka halaman dengan kode ini";
    pair_none = "A new code is on its way.", "Kode baru sedang disiapkan.";
    no_terminal = "No terminal is connected", "Belum ada terminal yang tersambung";
    no_terminal_how = "Open MetaTrader 5, drop the Expert Advisor Phoenix on a chart, and switch Algo Trading on.", "Buka MetaTrader 5, pasang Expert Advisor Phoenix di chart, lalu aktifkan Algo Trading.";
    newer_open = "Download it", "Unduh";
    balance = "Balance", "Saldo";
    equity = "Equity", "Equity";
    positions = "Open positions", "Posisi terbuka";
    profit = "Profit of those", "Laba posisi terbuka";
    not_connected = "The terminal has no connection to the broker.", "Terminal tidak tersambung ke broker.";
    may_not_trade = "The terminal lets no orders through: switch Algo Trading on, and allow it to the Expert Advisor.", "Terminal menahan order: aktifkan Algo Trading dan izinkan untuk Expert Advisor ini.";
    strategy = "Strategy", "Strategi";
    version = "Version", "Versi";
    symbol = "Symbol", "Simbol";
    state = "State", "Status";
    no_runs = "No strategy is live for this account. Activate one on the web under Strategies.", "Belum ada strategi aktif untuk akun ini. Aktifkan di web, menu Strategi.";
    choose = "Choose", "Pilih";
    key = "Pairing key of the Expert Advisor", "Kunci pasangan Expert Advisor";
    key_how = "Only where the Expert Advisor says that it has none: copy it into the input \"Pairing key\". Whoever has it can trade at this computer in your name.", "Hanya kalau Expert Advisor menyebut kuncinya tidak ada: salin ke input \"Pairing key\". Siapa pun yang memegangnya bisa trading di komputer ini atas nama Anda.";
    notes = "What happened", "Yang terjadi";
    no_notes = "Nothing yet.", "Belum ada.";
    unnamed_how = "Nothing is guessed: symbols of similar names may have other terms. Strategies on it wait for you.", "Phoenix tidak menebak: simbol yang namanya mirip bisa punya ketentuan berbeda. Strateginya menunggu pilihan Anda.";
    unnamed_none = "The broker has nothing of a similar name. Show the symbol in Market Watch, or name it in executor.toml under [symbols].", "Broker tidak punya simbol dengan nama serupa. Tampilkan simbolnya di Market Watch, atau tulis namanya di executor.toml pada [symbols].";
}

pub(super) fn newer(language: Language, version: &str) -> String {
    match language {
        Language::En => format!("Version {version} of this program is out."),
        Language::Id => format!("Versi {version} program ini sudah tersedia."),
    }
}

pub(super) fn unnamed(language: Language, wanted: &str) -> String {
    match language {
        Language::En => format!("What does this broker call {wanted}?"),
        Language::Id => format!("Apa nama {wanted} di broker ini?"),
    }
}

pub(super) fn waiting(language: Language, count: u32) -> String {
    match (language, count) {
        (Language::En, 1) => "One deal waits to be reported.".to_owned(),
        (Language::En, count) => format!("{count} deals wait to be reported."),
        (Language::Id, count) => format!("{count} deal menunggu dilaporkan."),
    }
}

pub(super) const fn glance(language: Language, glance: Glance) -> &'static str {
    match (language, glance) {
        (Language::En, Glance::Trading) => "Trading",
        (Language::En, Glance::Idle) => "Nothing is being opened",
        (Language::En, Glance::Trouble) => "Something is missing",
        (Language::Id, Glance::Trading) => "Sedang trading",
        (Language::Id, Glance::Idle) => "Tidak membuka posisi",
        (Language::Id, Glance::Trouble) => "Ada yang kurang",
    }
}

pub(super) fn server(language: Language, server: &ServerView) -> String {
    match (language, server) {
        (Language::En, ServerView::None) => "Strategies from files, without a server".to_owned(),
        (Language::En, ServerView::Pairing(_)) => "Not connected with your account".to_owned(),
        (Language::En, ServerView::Reaching) => "Reaching the server\u{2026}".to_owned(),
        (Language::En, ServerView::Online) => "Connected with the server".to_owned(),
        (Language::En, ServerView::Offline(why)) => {
            format!("The server does not answer ({why}); what it said last counts")
        }
        (Language::Id, ServerView::None) => "Strategi dari berkas, tanpa server".to_owned(),
        (Language::Id, ServerView::Pairing(_)) => "Belum terhubung dengan akun Anda".to_owned(),
        (Language::Id, ServerView::Reaching) => "Menghubungi server\u{2026}".to_owned(),
        (Language::Id, ServerView::Online) => "Tersambung ke server".to_owned(),
        (Language::Id, ServerView::Offline(why)) => {
            format!("Server tidak menjawab ({why}); yang terakhir diketahui tetap berlaku")
        }
    }
}

pub(super) const fn stage(language: Language, stage: Stage) -> &'static str {
    match (language, stage) {
        (Language::En, Stage::Waiting) => "Reading its history",
        (Language::En, Stage::Trading) => "Trades",
        (Language::En, Stage::Paused) => "Paused",
        (Language::En, Stage::HeldBack) => "Opens nothing new",
        (Language::En, Stage::Failed) => "Cannot trade here",
        (Language::Id, Stage::Waiting) => "Membaca riwayat",
        (Language::Id, Stage::Trading) => "Berjalan",
        (Language::Id, Stage::Paused) => "Dijeda",
        (Language::Id, Stage::HeldBack) => "Tidak membuka posisi baru",
        (Language::Id, Stage::Failed) => "Tidak bisa berjalan di sini",
    }
}

pub(super) const fn money_kind(language: Language, money: Money) -> &'static str {
    match (language, money) {
        (Language::En, Money::Real) => "real money",
        (Language::En, Money::Demo) => "demo",
        (Language::En, Money::Contest) => "contest",
        (Language::Id, Money::Real) => "uang sungguhan",
        (Language::Id, Money::Demo) => "demo",
        (Language::Id, Money::Contest) => "kontes",
    }
}
