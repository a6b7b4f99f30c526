//! What is on every page.

use super::{Text, text};

/// The first link of a page, for those who go by keyboard.
pub const SKIP: Text = text("Skip to content", "Langsung ke isi");
/// The main navigation.
pub const NAVIGATION: Text = text("Main", "Utama");
/// The page where strategies are made.
pub const LAB: Text = text("Lab", "Lab");
/// The page of one's own account.
pub const ACCOUNT: Text = text("Account", "Akun");
/// The choice of a language.
pub const LANGUAGE: Text = text("Language", "Bahasa");
/// The choice of colours.
pub const THEME: Text = text("Colours", "Warna");
/// Light on dark.
pub const DARK: Text = text("Dark", "Gelap");
/// Dark on light.
pub const LIGHT: Text = text("Light", "Terang");
/// As the system has it.
pub const SYSTEM: Text = text("As the system", "Ikut sistem");
/// The notice below every page.
pub const RISK: Text = text(
    "A backtest is no promise: past results say what would have happened, never what will. Trading with leverage can lose money quickly.",
    "Backtest bukan janji: hasilnya menunjukkan apa yang mungkin terjadi di masa lalu, bukan apa yang akan datang. Trading dengan leverage dapat menghabiskan uang dengan cepat.",
);
/// Where the JSON Schema is.
pub const SCHEMA: Text = text(
    "Strategy format (JSON Schema)",
    "Format strategi (JSON Schema)",
);
/// The page's own code has ended.
pub const CRASHED: Text = text(
    "Phoenix has stopped on this page because of a fault of its own. What you saved is safe, and so is your draft.",
    "Phoenix berhenti di halaman ini karena kesalahannya sendiri. Yang sudah Anda simpan aman, begitu pula draf Anda.",
);
/// What to do then.
pub const RELOAD: Text = text("Load the page again", "Muat ulang halaman");
/// No such page.
pub const NOT_FOUND: Text = text("There is no such page", "Halaman ini tidak ada");
/// What to do then.
pub const NOT_FOUND_HINT: Text = text(
    "The address may be mistyped, or the page was moved.",
    "Mungkin alamatnya salah ketik, atau halamannya sudah dipindah.",
);
/// Back to the Lab.
pub const TO_LAB: Text = text("Go to the Lab", "Buka Lab");
/// Closes a dialog or message.
pub const CLOSE: Text = text("Close", "Tutup");
/// Goes back from a question without doing anything.
pub const CANCEL: Text = text("Cancel", "Batal");
/// Something is on its way.
pub const LOADING: Text = text("Loading", "Memuat");
/// Messages that come and go.
pub const MESSAGES: Text = text("Messages", "Pesan");
