//! The charts.

use super::{Text, text};

/// The chart of prices.
pub const PRICE: Text = text("Price chart", "Grafik harga");
/// The chart of equity.
pub const EQUITY_CHART: Text = text("Equity and drawdown", "Equity dan drawdown");
/// The buttons.
pub const RANGE: Text = text("What the chart shows", "Rentang grafik");
/// Everything.
pub const ALL: Text = text("All", "Semua");
/// The newest three months.
pub const QUARTER: Text = text("3 months", "3 bulan");
/// The end of the history.
pub const END: Text = text("Latest", "Terbaru");
/// Stepping through trades.
pub const STEPS: Text = text("Trades on the chart", "Trade pada grafik");
/// The previous trade.
pub const PREVIOUS: Text = text("Previous trade", "Trade sebelumnya");
/// The next trade.
pub const NEXT: Text = text("Next trade", "Trade berikutnya");
/// No trade is chosen.
pub const NO_TRADE: Text = text(
    "Choose a trade on the chart or in the table.",
    "Pilih trade pada grafik atau di tabel.",
);
/// There are no trades.
pub const NONE: Text = text(
    "No trade was closed on this history.",
    "Tidak ada trade yang ditutup pada data historis ini.",
);
/// The chosen trade: number, of how many, side, lots, profit, currency, why it was closed.
pub const CHOSEN: Text = text(
    "Trade {} of {}: {} {} lot, {} {}, {}",
    "Trade {} dari {}: {} {} lot, {} {}, {}",
);
/// The choice of a zone.
pub const ZONE: Text = text("Times", "Waktu");
/// The market's time.
pub const UTC: Text = text("Market (UTC)", "Pasar (UTC)");
/// The viewer's.
pub const LOCAL: Text = text("Your time", "Waktu Anda");
/// What the keys do.
pub const PRICE_KEYS: Text = text(
    "Keys on the chart: arrows move, + and \u{2212} zoom, J and K go through trades.",
    "Tombol pada grafik: panah menggeser, + dan \u{2212} zoom, J dan K menelusuri trade.",
);
/// What the keys do.
pub const EQUITY_KEYS: Text = text(
    "Keys on the chart: arrows move, + and \u{2212} zoom.",
    "Tombol pada grafik: panah menggeser, + dan \u{2212} zoom.",
);
/// What a chart of prices shows, for those who cannot see it: market, bars, from, to, trades.
pub const PRICE_SUMMARY: Text = text(
    "{}: candles of {} bars from {} to {}, with {} trades. The table of trades tells the same in words.",
    "{}: candle dari {} bar, {} sampai {}, dengan {} trade. Tabel trade menyampaikan hal yang sama dengan kata-kata.",
);
/// What a chart of equity shows: from, to, first, last, deepest drawdown.
pub const EQUITY_SUMMARY: Text = text(
    "Equity from {} to {}: from {} to {}. Deepest drawdown {}.",
    "Equity dari {} sampai {}: dari {} menjadi {}. Drawdown terdalam {}.",
);
/// Nothing is drawn yet.
pub const EMPTY: Text = text("Nothing is drawn yet.", "Belum ada yang digambar.");
/// Not every trade has a marker: shown, in view.
pub const THINNED: Text = text(
    "{} of {} trades marked; zoom in for all",
    "{} dari {} trade ditandai; perbesar untuk melihat semua",
);
/// No trade has a marker: in view.
pub const CROWDED: Text = text(
    "{} trades in view; zoom in to see them",
    "{} trade dalam tampilan; perbesar untuk melihatnya",
);
/// The label of a stop.
pub const STOP: Text = text("Stop loss", "Stop loss");
/// The label of a target.
pub const TARGET: Text = text("Take profit", "Take profit");
/// Equity.
pub const EQUITY: Text = text("Equity", "Equity");
/// Drawdown.
pub const DRAWDOWN: Text = text("Drawdown", "Drawdown");
/// The balance at the start.
pub const INITIAL: Text = text("Start", "Awal");
/// The chart is on its way.
pub const LOADING: Text = text("Loading the chart", "Memuat grafik");
/// The history is on its way.
pub const WAITING: Text = text(
    "The chart appears with the first result.",
    "Grafik muncul bersama hasil pertama.",
);
/// There is nothing to draw.
pub const NOTHING: Text = text(
    "There is nothing to draw: the test came to no result. The result says why.",
    "Tidak ada yang dapat digambar: pengujian tidak memberi hasil. Bagian hasil menjelaskan sebabnya.",
);
/// The script did not come.
pub const FAILED: Text = text(
    "The chart could not be loaded: a file of Phoenix did not arrive. Check that Phoenix is still running, then try again. Your strategy and its numbers are not affected.",
    "Grafik tidak dapat dimuat: salah satu berkas Phoenix tidak sampai. Pastikan Phoenix masih berjalan, lalu coba lagi. Strategi Anda dan angka-angkanya tidak terpengaruh.",
);
/// Once more.
pub const AGAIN: Text = text("Try again", "Coba lagi");
/// The other run is on other bars.
pub const OTHER_BARS: Text = text(
    "{} was tested on another history, so its curve is not drawn here.",
    "{} diuji pada data historis lain, jadi kurvanya tidak digambar di sini.",
);
