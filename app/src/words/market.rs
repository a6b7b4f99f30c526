//! Price history in the Lab.

use super::{Text, text};

/// Opens the dialog.
pub const DATA: Text = text("Data…", "Data…");
/// The dialog.
pub const TITLE: Text = text("Price history", "Data harga historis");
/// The list.
pub const THERE_IS: Text = text("What is here", "Yang tersedia");
/// A column: symbol and timeframe.
pub const MARKET: Text = text("Market", "Pasar");
/// A column: number of bars.
pub const BARS: Text = text("Bars", "Jumlah bar");
/// A column: the time that it covers.
pub const PERIOD: Text = text("Period", "Periode");
/// A column: where it is from.
pub const ORIGIN: Text = text("From", "Asal");
/// It came with Phoenix.
pub const SHIPPED: Text = text("comes with Phoenix", "bawaan Phoenix");
/// It was imported on the server.
pub const IMPORTED: Text = text("imported", "hasil impor");
/// It was added on this page.
pub const ADDED: Text = text(
    "your file, on this page only",
    "file Anda, hanya di halaman ini",
);
/// A column: what can be done.
pub const ACTIONS: Text = text("Actions", "Tindakan");
/// Tests on it.
pub const USE: Text = text("Use", "Pakai");
/// The same, for those who hear it alone.
pub const USE_WHICH: Text = text("Use {}", "Pakai {}");
/// It cannot be listed.
pub const NO_LIST: Text = text(
    "The list could not be loaded. Check that Phoenix is still running, then open this again.",
    "Daftar tidak dapat dimuat. Pastikan Phoenix masih berjalan, lalu buka lagi jendela ini.",
);
/// What the trader's own broker has.
pub const BROKER: Text = text("Your broker's data", "Data broker Anda");
/// What it is.
pub const BROKER_HINT: Text = text(
    "Uploaded by your executor. A test on it uses your broker's own bars, spread, swap and lot sizes.",
    "Dikirim oleh executor Anda. Pengujiannya memakai bar, spread, swap, dan ukuran lot dari broker Anda sendiri.",
);
/// There are terms without bars.
pub const BROKER_NONE: Text = text(
    "Your broker's terms are here, but not its price history yet. To have it uploaded, allow share_history in the executor's settings.",
    "Ketentuan broker Anda sudah ada, tetapi data harganya belum. Agar ikut dikirim, izinkan share_history di pengaturan executor.",
);
/// A column: which account at which broker.
pub const ACCOUNT: Text = text("Account", "Akun");
/// It is on its way.
pub const BROKER_LOADING: Text = text("Loading your broker's data", "Memuat data broker Anda");
/// It did not come.
pub const BROKER_FAILED: Text = text(
    "Your broker's data could not be loaded. Check your connection, then try again.",
    "Data broker Anda tidak dapat dimuat. Periksa koneksi Anda, lalu coba lagi.",
);
/// Adding a file.
pub const ADD: Text = text("Add your own file", "Tambah file sendiri");
/// What may be added, and where it goes.
pub const ADD_HINT: Text = text(
    "An export of MetaTrader 5, HistData, Dukascopy or plain CSV, also as .gz, up to 256 MB. It is read in your browser and not sent anywhere.",
    "Ekspor MetaTrader 5, HistData, Dukascopy, atau CSV biasa, boleh .gz, sampai 256 MB. File dibaca di browser Anda dan tidak dikirim ke mana pun.",
);
/// The file.
pub const FILE: Text = text("File", "File");
/// The symbol.
pub const SYMBOL: Text = text("Symbol", "Simbol");
/// The timeframe.
pub const TIMEFRAME: Text = text("Timeframe", "Timeframe");
/// It is found out.
pub const AUTO: Text = text("Find out", "Deteksi otomatis");
/// The clock of the file.
pub const ZONE: Text = text("Time zone of the file", "Zona waktu file");
/// How to write it.
pub const ZONE_HINT: Text = text(
    "UTC, Asia/Jakarta, or America/New_York+7 for most MT5 servers",
    "UTC, Asia/Jakarta, atau America/New_York+7 untuk kebanyakan server MT5",
);
/// Reads it.
pub const READ: Text = text("Read the file", "Baca file");
/// It is being read.
pub const READING: Text = text(
    "Reading the file in your browser",
    "Membaca file di browser Anda",
);
/// No file was chosen.
pub const CHOOSE_FIRST: Text = text("Choose a file first.", "Pilih file terlebih dahulu.");
/// The file is too large.
pub const TOO_LARGE: Text = text(
    "This file is larger than 256 MB. Import it with: phoenix import FILE --symbol SYMBOL",
    "File ini lebih besar dari 256 MB. Impor dengan: phoenix import FILE --symbol SIMBOL",
);
/// The browser could not read it.
pub const UNREADABLE: Text = text(
    "The browser could not read this file. It may have been moved or is being written; choose it again.",
    "Browser tidak dapat membaca file ini. Mungkin file dipindah atau sedang ditulis; pilih lagi.",
);
/// The worker ended.
pub const STOPPED: Text = text(
    "Reading was stopped before it was done. Nothing was changed; try again.",
    "Pembacaan berhenti sebelum selesai. Tidak ada yang berubah; coba lagi.",
);
/// It was read.
pub const DONE: Text = text("{} {}: {} bars read", "{} {}: {} bar terbaca");
/// There were odd rows.
pub const ODD: Text = text(
    "What was odd in it (good rows were kept)",
    "Yang janggal di dalamnya (baris yang baik tetap dipakai)",
);
