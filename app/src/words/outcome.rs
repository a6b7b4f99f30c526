//! The result of a test: numbers, months, trades, comparison.

use super::{Text, text};
use trading::symbol::{ExitReason, Side};

/// The panel.
pub const RESULT: Text = text("Result", "Hasil");
/// The choice of terms.
pub const TERMS: Text = text("Costs of the test", "Biaya pengujian");
/// No costs.
pub const IDEAL: Text = text("Ideal", "Ideal");
/// What that means.
pub const IDEAL_HINT: Text = text(
    "One unit per entry and no costs: for comparing with other programs only.",
    "Satu unit per entry tanpa biaya: hanya untuk dibandingkan dengan program lain.",
);
/// Usual costs.
pub const TYPICAL: Text = text("Typical costs", "Biaya umum");
/// What that means.
pub const TYPICAL_HINT: Text = text(
    "Estimate: a retail broker's usual spread, commission, slippage and swap.",
    "Perkiraan: spread, komisi, slippage, dan swap yang umum pada broker ritel.",
);
/// What they mean on the trader's own broker's history.
pub const BROKER_HINT: Text = text(
    "Your broker's bars and terms; commission and slippage are estimated.",
    "Bar dan ketentuan broker Anda; komisi dan slippage perkiraan.",
);

/// Net profit.
pub const NET_PROFIT: Text = text("Net profit", "Profit bersih");
/// Change of equity in percent.
pub const RETURN: Text = text("Return", "Imbal hasil");
/// Max drawdown.
pub const MAX_DRAWDOWN: Text = text("Max drawdown", "Drawdown maks.");
/// Profit factor.
pub const PROFIT_FACTOR: Text = text("Profit factor", "Profit factor");
/// Closed trades.
pub const TRADES: Text = text("Trades", "Transaksi");
/// Win rate.
pub const WIN_RATE: Text = text("Win rate", "Win rate");
/// Sharpe ratio.
pub const SHARPE: Text = text("Sharpe ratio", "Rasio Sharpe");
/// The number of bars.
pub const BARS: Text = text("{} bars", "{} bar");
/// How long the test took.
pub const TOOK: Text = text("tested in {} ms", "diuji dalam {} ms");
/// One entry was refused.
pub const REFUSED_ONE: Text = text(
    "1 entry was refused for want of margin or volume: it is not among the trades.",
    "1 entry ditolak karena margin atau volume tidak cukup: tidak termasuk dalam daftar transaksi.",
);
/// Entries were refused.
pub const REFUSED: Text = text(
    "{} entries were refused for want of margin or volume: they are not among the trades.",
    "{} entry ditolak karena margin atau volume tidak cukup: tidak termasuk dalam daftar transaksi.",
);

/// The document has a fault, old numbers stay.
pub const LAST_VALID_ONE: Text = text(
    "This is the result of the last valid version. The strategy has 1 fault: mend it to test the new version.",
    "Ini hasil dari versi valid terakhir. Strategi masih memiliki 1 kesalahan: perbaiki untuk menguji versi baru.",
);
/// The document has faults, old numbers stay.
pub const LAST_VALID: Text = text(
    "This is the result of the last valid version. The strategy has {} faults: mend them to test the new version.",
    "Ini hasil dari versi valid terakhir. Strategi masih memiliki {} kesalahan: perbaiki untuk menguji versi baru.",
);
/// The document has faults and nothing was tested yet.
pub const NOTHING_YET: Text = text("No result yet", "Belum ada hasil");
/// What to do then.
pub const NOTHING_YET_HINT: Text = text(
    "Mend the faults of the strategy. It is tested as soon as it has none.",
    "Perbaiki kesalahan pada strategi. Pengujian berjalan begitu tidak ada kesalahan lagi.",
);
/// No result because of what the notice above says.
pub const NO_RESULT: Text = text("Nothing to show", "Tidak ada yang ditampilkan");
/// What to do then.
pub const NO_RESULT_HINT: Text = text(
    "The notice above says why there is no result and what to do.",
    "Pemberitahuan di atas menjelaskan mengapa tidak ada hasil dan apa yang dapat dilakukan.",
);
/// A test is under way.
pub const TESTING: Text = text("Testing in your browser", "Menguji di browser Anda");
/// A test is under way, old numbers stay.
pub const TESTING_NEW: Text = text(
    "Testing the new version. Until then: the result of the last one",
    "Menguji versi baru. Sementara itu: hasil versi sebelumnya",
);
/// Does it again.
pub const TRY_AGAIN: Text = text("Try again", "Coba lagi");

/// The views of a result.
pub const VIEWS: Text = text("Views of the result", "Tampilan hasil");
/// All figures.
pub const STATISTICS: Text = text("Statistics", "Statistik");
/// The heat map.
pub const MONTHS: Text = text("Months", "Bulanan");
/// Two runs side by side.
pub const COMPARE: Text = text("Compare", "Bandingkan");

/// Writes the report.
pub const REPORT: Text = text("Report", "Laporan");
/// While it is written.
pub const REPORT_BUSY: Text = text("Writing…", "Menyusun…");
/// What it is.
pub const REPORT_HINT: Text = text(
    "Downloads the result as one HTML file that opens anywhere",
    "Mengunduh hasil sebagai satu file HTML yang dapat dibuka di mana saja",
);
/// It was not downloaded.
pub const NO_FILE: Text = text(
    "Your browser did not let the file be saved. Check its permission for downloads, then try again.",
    "Browser Anda tidak mengizinkan penyimpanan file. Periksa izin unduhannya, lalu coba lagi.",
);

/// Money or percent.
pub const UNIT: Text = text("Unit", "Satuan");
/// In percent.
pub const PERCENT: Text = text("Percent", "Persen");
/// In money.
pub const MONEY: Text = text("Money ({})", "Uang ({})");
/// The table in percent.
pub const MONTHS_PERCENT: Text = text(
    "Change of equity by calendar month (UTC), in percent of the equity at its start",
    "Perubahan equity per bulan kalender (UTC), dalam persen dari equity pada awal bulan",
);
/// The table in money.
pub const MONTHS_MONEY: Text = text(
    "Change of equity by calendar month (UTC), in {}",
    "Perubahan equity per bulan kalender (UTC), dalam {}",
);
/// A year.
pub const YEAR: Text = text("Year", "Tahun");
/// The whole year.
pub const TOTAL: Text = text("Whole year", "Setahun");
/// A month without bars.
pub const NO_BARS: Text = text("no bars", "tidak ada bar");
/// The legend's name.
pub const LEGEND: Text = text("Colour strength", "Kekuatan warna");
/// There are no months.
pub const NO_MONTHS: Text = text("No months to show", "Tidak ada bulan untuk ditampilkan");
/// What to do then.
pub const NO_MONTHS_HINT: Text = text(
    "The history has no bars. Add a longer one with \"Data…\" above.",
    "Riwayat harga tidak memiliki bar. Tambahkan yang lebih panjang lewat \"Data…\" di atas.",
);

/// The names of months.
pub const MONTH_NAMES: [Text; 12] = [
    text("Jan", "Jan"),
    text("Feb", "Feb"),
    text("Mar", "Mar"),
    text("Apr", "Apr"),
    text("May", "Mei"),
    text("Jun", "Jun"),
    text("Jul", "Jul"),
    text("Aug", "Agu"),
    text("Sep", "Sep"),
    text("Oct", "Okt"),
    text("Nov", "Nov"),
    text("Dec", "Des"),
];

/// Number of a trade.
pub const NUMBER: Text = text("No.", "No.");
/// Buy or sell.
pub const SIDE: Text = text("Side", "Arah");
/// When it was opened, by which clock.
pub const ENTRY_TIME: Text = text("Entry ({})", "Entry ({})");
/// When it was closed, by which clock.
pub const EXIT_TIME: Text = text("Exit ({})", "Exit ({})");
/// At which price it was opened.
pub const ENTRY_PRICE: Text = text("Entry price", "Harga entry");
/// At which price it was closed.
pub const EXIT_PRICE: Text = text("Exit price", "Harga exit");
/// In lots.
pub const VOLUME: Text = text("Lots", "Lot");
/// In account money.
pub const PROFIT: Text = text("Profit ({})", "Profit ({})");
/// Why it was closed.
pub const EXIT: Text = text("Closed by", "Ditutup oleh");
/// How long it was held.
pub const BARS_HELD: Text = text("Bars", "Bar");
/// Result of a trade.
pub const ENDED: Text = text("Outcome", "Hasil");
/// Winners.
pub const WINNERS: Text = text("Winners", "Menang");
/// Losers.
pub const LOSERS: Text = text("Losers", "Kalah");
/// No choice.
pub const ALL: Text = text("All", "Semua");
/// The first day of entries.
pub const FROM: Text = text("Entries from (UTC)", "Entry dari (UTC)");
/// The last day of entries.
pub const UNTIL: Text = text("Entries until (UTC)", "Entry sampai (UTC)");
/// How many are listed.
pub const LISTED: Text = text("{} of {} trades", "{} dari {} transaksi");
/// How to go through them.
pub const TRADES_HINT: Text = text(
    "J and K go through the trades anywhere in the Lab; the chart follows.",
    "J dan K menelusuri transaksi dari mana saja di Lab; grafik mengikuti.",
);
/// Shows all again.
pub const CLEAR: Text = text("Clear filters", "Hapus filter");
/// Downloads the listed trades.
pub const CSV: Text = text("Save as CSV", "Simpan CSV");
/// There is none.
pub const NO_TRADES: Text = text("No trades", "Tidak ada transaksi");
/// What to do then.
pub const NO_TRADES_HINT: Text = text(
    "The entry conditions were never met together. Loosen one of them, such as a threshold.",
    "Syarat entry tidak pernah terpenuhi bersamaan. Longgarkan salah satunya, misalnya sebuah ambang.",
);
/// The filters hide all.
pub const NONE_LISTED: Text = text(
    "No trade passes the filters",
    "Tidak ada transaksi yang lolos filter",
);
/// What to do then.
pub const NONE_LISTED_HINT: Text = text(
    "Widen the period or clear the filters.",
    "Perluas periodenya atau hapus filter.",
);
/// The position was open when the history ended.
pub const OPEN_AT_END: Text = text(
    "still open at the end of the history, valued at its last close",
    "masih terbuka di akhir riwayat, dinilai pada harga penutupan terakhir",
);

/// The side of a trade, as traders say it in both languages.
pub const fn side(side: Side) -> Text {
    match side {
        Side::Buy => text("Buy", "Buy"),
        Side::Sell => text("Sell", "Sell"),
    }
}

/// Why a trade was closed.
pub const fn exit(reason: ExitReason) -> Text {
    match reason {
        ExitReason::OppositeSignal => text("Opposite signal", "Sinyal berlawanan"),
        ExitReason::ExitRule => text("Exit rule", "Aturan exit"),
        ExitReason::StopLoss => text("Stop loss", "Stop loss"),
        ExitReason::TakeProfit => text("Take profit", "Take profit"),
        ExitReason::TimeExit => text("Time exit", "Batas waktu"),
        ExitReason::StopOut => text("Stop-out", "Stop out"),
        ExitReason::Command => text("Command or limit", "Perintah atau batas"),
        ExitReason::EndOfData => text("End of history", "Akhir riwayat"),
    }
}

/// Keeps the run.
pub const KEEP: Text = text("Keep this run", "Simpan hasil ini");
/// It was kept.
pub const KEPT: Text = text("Kept: {}", "Tersimpan: {}");
/// The list of kept runs.
pub const KEPT_RUNS: Text = text("Kept runs", "Hasil tersimpan");
/// There is none.
pub const NONE_KEPT: Text = text("No run kept yet", "Belum ada hasil tersimpan");
/// What to do then.
pub const NONE_KEPT_HINT: Text = text(
    "Press \"Keep this run\", change the strategy, and compare the two here. Kept runs survive a restart.",
    "Tekan \"Simpan hasil ini\", ubah strateginya, lalu bandingkan keduanya di sini. Hasil tersimpan tetap ada setelah Phoenix dijalankan ulang.",
);
/// A column: the run.
pub const RUN: Text = text("Run", "Hasil");
/// A column: when it was kept.
pub const WHEN: Text = text("Kept (UTC)", "Disimpan (UTC)");
/// A column: what can be done.
pub const ACTIONS: Text = text("Actions", "Tindakan");
/// Puts it beside the present one.
pub const BESIDE: Text = text("Compare", "Bandingkan");
/// Takes it away again.
pub const ALONE: Text = text("End comparison", "Akhiri perbandingan");
/// Opens its strategy.
pub const OPEN: Text = text("Open strategy", "Buka strategi");
/// Asks before.
pub const OPEN_TITLE: Text = text("Open this strategy?", "Buka strategi ini?");
/// What is lost.
pub const OPEN_WHAT: Text = text(
    "The strategy in the Lab has changes that are not saved. Opening \"{}\" discards them.",
    "Strategi di Lab memiliki perubahan yang belum disimpan. Membuka \"{}\" akan membuangnya.",
);
/// Does it.
pub const OPEN_NOW: Text = text("Discard and open", "Buang dan buka");
/// It was opened.
pub const OPENED: Text = text("Opened: {}", "Terbuka: {}");
/// Puts one beside the present one, for those who hear it alone.
pub const BESIDE_WHICH: Text = text("Compare {}", "Bandingkan {}");
/// Opens the strategy of one, for those who hear it alone.
pub const OPEN_WHICH: Text = text("Open strategy {}", "Buka strategi {}");
/// Deletes one, for those who hear it alone.
pub const DELETE_WHICH: Text = text("Delete {}", "Hapus {}");
/// A run and when it was kept: several have the same name.
pub const WHICH: Text = text("{}, kept {} UTC", "{}, disimpan {} UTC");
/// Deletes a run.
pub const DELETE: Text = text("Delete", "Hapus");
/// Asks before.
pub const DELETE_TITLE: Text = text("Delete this run?", "Hapus hasil ini?");
/// What is lost.
pub const DELETE_WHAT: Text = text(
    "The run \"{}\", kept {} UTC, will be gone with the version of the strategy that it tested. Saved strategies stay.",
    "Hasil \"{}\", disimpan {} UTC, akan hilang beserta versi strategi yang diujinya. Strategi tersimpan tetap ada.",
);
/// Does it.
pub const DELETE_NOW: Text = text("Delete it", "Ya, hapus");
/// It was deleted.
pub const DELETED: Text = text("Deleted: {}", "Terhapus: {}");
/// Both side by side.
pub const SIDE_BY_SIDE: Text = text("Side by side", "Berdampingan");
/// A column: the figure.
pub const FIGURE: Text = text("Figure", "Angka");
/// A column: the run on the page.
pub const PRESENT: Text = text("Now", "Sekarang");
/// A column: the kept one.
pub const THEN: Text = text("Kept", "Tersimpan");
/// A column: the difference.
pub const DIFFERENCE: Text = text("Now less kept", "Sekarang − tersimpan");
/// The unit of a difference between two percentages.
pub const POINTS: Text = text("pp", "poin persen");
/// The first group.
pub const IN_BRIEF: Text = text("In brief", "Ringkasan");
/// The two were tested on different terms.
pub const OTHER_TERMS: Text = text(
    "These two were tested with different costs, so the difference is not the strategy's alone.",
    "Keduanya diuji dengan biaya yang berbeda, jadi selisihnya bukan dari strategi saja.",
);
/// The two were tested on different markets.
pub const OTHER_MARKET: Text = text(
    "These two were tested on different markets: {} and {}.",
    "Keduanya diuji pada pasar yang berbeda: {} dan {}.",
);
/// The history is not what it was.
pub const HISTORY_CHANGED: Text = text(
    "The history or the engine has changed since this run was kept. Then it came to {} in {} trades; both columns are computed anew on the present history.",
    "Riwayat harga atau mesin uji berubah sejak hasil ini disimpan. Saat itu hasilnya {} dalam {} transaksi; kedua kolom dihitung ulang pada riwayat yang sekarang.",
);
/// The kept run cannot be run again; its kept figures are shown.
pub const AS_KEPT: Text = text(
    "The kept run could not be computed anew, so its column shows what was kept.",
    "Hasil tersimpan tidak dapat dihitung ulang, jadi kolomnya menampilkan angka saat disimpan.",
);
/// The kept bytes are not understood.
pub const DAMAGED: Text = text(
    "This kept run cannot be read. Delete it, or open the strategy it tested from your own list.",
    "Hasil tersimpan ini tidak dapat dibaca. Hapus hasil ini, atau buka strateginya dari daftar Anda.",
);

/// The document cannot be tested.
pub const FAULT_DOCUMENT: Text = text(
    "The strategy cannot be tested until this is mended:",
    "Strategi tidak dapat diuji sebelum hal berikut diperbaiki:",
);
/// The document cannot be compiled.
pub const FAULT_PLAN: Text = text(
    "The strategy cannot be prepared for these bars. Undo the last edit, or change the rule that it touched.",
    "Strategi tidak dapat disiapkan untuk bar ini. Urungkan perubahan terakhir, atau ubah aturan yang terkait.",
);
/// There is no such history.
pub const FAULT_NO_HISTORY: Text = text(
    "There is no {} history of {} here. Choose another symbol or timeframe, or add a file of yours with \"Data…\" above.",
    "Tidak ada riwayat harga {} untuk {} di sini. Pilih simbol atau timeframe lain, atau tambahkan file Anda lewat \"Data…\" di atas.",
);
/// It did not arrive.
pub const FAULT_HISTORY: Text = text(
    "The {} history of {} could not be loaded: {}",
    "Riwayat harga {} untuk {} tidak dapat dimuat: {}",
);
/// No answer at all.
pub const NO_ANSWER: Text = text(
    "there was no answer. Check that Phoenix is still running, then try again.",
    "tidak ada jawaban. Pastikan Phoenix masih berjalan, lalu coba lagi.",
);
/// An answer that was no history.
pub const BAD_ANSWER: Text = text(
    "the server failed with status {}. Try again; if it stays, its log says more.",
    "server gagal dengan status {}. Coba lagi; jika tetap terjadi, log server memuat rinciannya.",
);
/// Bytes that are not read.
pub const NOT_BARS: Text = text(
    "the server sent it in a form that this page does not know. Load the page again.",
    "server mengirimnya dalam bentuk yang tidak dikenal halaman ini. Muat ulang halaman.",
);
/// Bytes that are not whole.
pub const DAMAGED_BARS: Text = text(
    "it arrived damaged. Try again; if it stays, add the file anew with \"Data…\" above.",
    "data yang diterima rusak. Coba lagi; jika tetap terjadi, tambahkan lagi filenya lewat \"Data…\" di atas.",
);
/// For a reason that is nobody's usual one.
pub const NOT_LOADED: Text = text("try again.", "coba lagi.");
/// The prices are none.
pub const FAULT_BEYOND: Text = text(
    "The prices of the {} history of {} are so large that profits cannot be computed. Check the file that it came from, and add a sound one with \"Data…\" above.",
    "Harga dalam riwayat {} untuk {} terlalu besar sehingga profit tidak dapat dihitung. Periksa file asalnya, lalu tambahkan yang benar lewat \"Data…\" di atas.",
);
/// Nobody knows the costs.
pub const FAULT_TERMS: Text = text(
    "The typical costs of {} are not known here. Choose Ideal above: that test needs none.",
    "Biaya umum untuk {} tidak diketahui di sini. Pilih Ideal di atas: pengujian itu tidak memerlukannya.",
);
/// Fewer bars than the warm-up needs.
pub const FAULT_SHORT: Text = text(
    "The {} history of {} has {} bars, fewer than the indicators need before their first value. Shorten the indicators' periods, or add a longer history with \"Data…\" above.",
    "Riwayat harga {} untuk {} hanya {} bar, lebih sedikit dari yang diperlukan indikator untuk nilai pertamanya. Perpendek periode indikator, atau tambahkan riwayat yang lebih panjang lewat \"Data…\" di atas.",
);
/// The worker ended.
pub const FAULT_STOPPED: Text = text(
    "The test was stopped before it ended. Nothing is lost: the strategy is as you left it.",
    "Pengujian dihentikan sebelum selesai. Tidak ada yang hilang: strategi tetap seperti terakhir Anda tinggalkan.",
);
