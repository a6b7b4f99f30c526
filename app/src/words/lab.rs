//! The Lab.

use super::{Text, text};

/// The page's name.
pub const TITLE: Text = text("Strategy Lab", "Lab Strategi");
/// The list of ready strategies.
pub const READY: Text = text("Ready strategies", "Strategi siap pakai");
/// Narrows the list.
pub const SEARCH: Text = text("Search", "Cari");
/// How to search.
pub const SEARCH_HINT: Text = text(
    "Name, symbol or a word of the rule",
    "Nama, simbol, atau kata dalam aturannya",
);
/// Nothing matches.
pub const NOTHING_FOUND: Text = text("No strategy matches", "Tidak ada strategi yang cocok");
/// What to do then.
pub const NOTHING_FOUND_HINT: Text = text(
    "Search for another word, or clear the search.",
    "Cari kata lain, atau kosongkan pencarian.",
);
/// A column: the strategy.
pub const STRATEGY: Text = text("Strategy", "Strategi");
/// A column: symbol and timeframe.
pub const MARKET: Text = text("Market", "Pasar");
/// A column: what can be done.
pub const ACTIONS: Text = text("Actions", "Tindakan");
/// Begins with an empty strategy.
pub const NEW: Text = text("New", "Baru");
/// Opens the dialog.
pub const OPEN: Text = text("Open…", "Buka…");
/// The dialog's name.
pub const OPEN_TITLE: Text = text("Open a strategy", "Buka strategi");
/// Asks before changes are lost.
pub const LEAVE_TITLE: Text = text("Discard your changes?", "Buang perubahan Anda?");
/// What is lost.
pub const LEAVE_WHAT: Text = text(
    "\"{}\" has changes that were not saved. They will be gone. To keep them, cancel and save first.",
    "\"{}\" punya perubahan yang belum disimpan dan akan hilang. Untuk menyimpannya, batalkan dan simpan dulu.",
);
/// Does it.
pub const LEAVE_NOW: Text = text("Discard them", "Ya, buang");
/// Opens one.
pub const OPEN_IT: Text = text("Open", "Buka");
/// The same, for those who hear it alone.
pub const OPEN_WHICH: Text = text("Open {}", "Buka {}");
/// Deletes one, for those who hear it alone.
pub const DELETE_ONE: Text = text("Delete {}", "Hapus {}");
/// Saves it.
pub const SAVE: Text = text("Save", "Simpan");
/// It is being saved.
pub const SAVING: Text = text("Saving…", "Menyimpan…");
/// There are changes since.
pub const CHANGED: Text = text("Changes not saved", "Perubahan belum disimpan");
/// Nothing has changed since.
pub const ALL_SAVED: Text = text("Saved", "Tersimpan");
/// It was never saved.
pub const NOT_SAVED: Text = text("Not saved yet", "Belum disimpan");
/// The parts, on a phone.
pub const PARTS: Text = text("Parts of the Lab", "Bagian Lab");
/// The blocks.
pub const PART_STRATEGY: Text = text("Strategy", "Strategi");
/// The candles.
pub const PART_CHART: Text = text("Chart", "Grafik");
/// The numbers.
pub const PART_RESULT: Text = text("Result", "Hasil");
/// Saves it among one's own.
pub const SAVE_COPY: Text = text("Save a copy", "Simpan salinan");
/// It was saved.
pub const SAVED: Text = text("Saved: {}", "Tersimpan: {}");
/// The list of one's own.
pub const YOURS: Text = text("Your strategies", "Strategi Anda");
/// None yet.
pub const NONE_YET: Text = text("Nothing saved yet", "Belum ada yang disimpan");
/// What to do then.
pub const NONE_YET_HINT: Text = text(
    "Open a ready strategy, change it as you like and save it. It stays here, also after a restart.",
    "Buka strategi siap pakai, ubah sesuka Anda, lalu simpan. Strategi itu tetap ada di sini, juga setelah Phoenix dijalankan ulang.",
);
/// Removes one.
pub const DELETE: Text = text("Delete", "Hapus");
/// Asks before.
pub const DELETE_TITLE: Text = text("Delete this strategy?", "Hapus strategi ini?");
/// What is lost.
pub const DELETE_WHAT: Text = text(
    "\"{}\" will be gone. Saved runs of it stay.",
    "\"{}\" akan hilang. Hasil backtest yang tersimpan tetap ada.",
);
/// Does it.
pub const DELETE_NOW: Text = text("Delete it", "Ya, hapus");
/// It was deleted.
pub const DELETED: Text = text("Deleted: {}", "Terhapus: {}");
/// Where a first visitor may begin.
pub const FIRST_HINT: Text = text(
    "This is a real strategy on real gold history. Change a number in a block, say ADX 25 to 20: chart and result follow at once.",
    "Ini strategi nyata pada harga emas nyata. Ubah satu angka di blok, misalnya ADX 25 menjadi 20: grafik dan hasil langsung mengikuti.",
);
