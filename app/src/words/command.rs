//! The command palette.

use super::{Text, text};

/// Its name, and that of the button that opens it.
pub const COMMANDS: Text = text("Commands", "Perintah");
/// What stands in its field.
pub const ASK: Text = text("What would you like to do?", "Anda ingin melakukan apa?");
/// Nothing matches.
pub const NOTHING: Text = text(
    "No command has these words. Try \u{201c}open\u{201d}, \u{201c}undo\u{201d} or \u{201c}language\u{201d}.",
    "Tidak ada perintah dengan kata itu. Coba \u{201c}buka\u{201d}, \u{201c}urungkan\u{201d}, atau \u{201c}bahasa\u{201d}.",
);
/// An empty strategy.
pub const NEW: Text = text("New strategy", "Strategi baru");
/// The dialog of strategies.
pub const OPEN: Text = text("Open a strategy…", "Buka strategi…");
/// The dialog of histories.
pub const DATA: Text = text(
    "Price history and your own files…",
    "Data harga dan file Anda sendiri…",
);
/// Saves.
pub const SAVE: Text = text("Save the strategy", "Simpan strategi");
/// One step back.
pub const UNDO: Text = text("Undo", "Urungkan");
/// One step forth.
pub const REDO: Text = text("Redo", "Ulangi");
/// With costs.
pub const TYPICAL: Text = text("Test with typical costs", "Uji dengan biaya umum");
/// Without costs.
pub const IDEAL: Text = text(
    "Test on ideal terms, without costs",
    "Uji secara ideal, tanpa biaya",
);
/// The blocks.
pub const STRATEGY: Text = text("Go to the strategy", "Ke strategi");
/// The candles.
pub const CHART: Text = text("Go to the chart", "Ke grafik");
/// The numbers.
pub const RESULT: Text = text("Go to the result", "Ke hasil");
/// English.
pub const ENGLISH: Text = text("Language: English", "Bahasa: English");
/// Indonesian.
pub const INDONESIAN: Text = text("Language: Indonesia", "Bahasa: Indonesia");
/// Colours.
pub const DARK: Text = text("Colours: dark", "Warna: gelap");
/// Colours.
pub const LIGHT: Text = text("Colours: light", "Warna: terang");
/// Colours.
pub const SYSTEM: Text = text("Colours: as the system", "Warna: ikut sistem");
