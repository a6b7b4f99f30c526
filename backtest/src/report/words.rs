//! The words of reports.

use trading::{
    indicator::Text,
    symbol::{ExitReason, Side},
};

const fn t(en: &'static str, id: &'static str) -> Text {
    Text { en, id }
}

pub(super) const BACKTEST: Text = t("Backtest report", "Laporan backtest");
pub(super) const STRATEGY: Text = t("What is traded", "Yang ditradingkan");
pub(super) const NOTES: Text = t("Please note", "Perlu diketahui");
pub(super) const BARS: Text = t("bars", "bar");
pub(super) const TRADES: Text = t("Trades", "Transaksi");
pub(super) const TRADES_SMALL: Text = t("trades", "transaksi");
pub(super) const TO: Text = t("to", "s.d.");
pub(super) const IN_SAMPLE: Text = t("In-sample", "In-sample");
pub(super) const IN_SAMPLE_NOTE: Text = t(
    "In-sample: the parameters were chosen on these same bars. Expect less on others.",
    "In-sample: parameter dipilih pada data yang sama ini. Pada data lain, hasilnya bisa lebih rendah.",
);
pub(super) const SIMULATED: Text = t(
    "A simulation on past prices, not a record of real trades.",
    "Simulasi pada harga masa lalu, bukan catatan transaksi nyata.",
);
pub(super) const RISK: Text = t(
    "Past results do not tell what will come. Trading with leverage can cost you all the money you put in.",
    "Hasil masa lalu tidak menentukan hasil mendatang. Trading dengan leverage dapat menghabiskan seluruh dana Anda.",
);
pub(super) const NO_TRADES: Text = t(
    "No trade was made. Loosen an entry rule or test a longer history.",
    "Tidak ada transaksi. Longgarkan aturan entry atau uji riwayat yang lebih panjang.",
);
pub(super) const EQUITY: Text = t("Equity", "Equity");
pub(super) const DRAWDOWN: Text = t("Drawdown", "Drawdown");
pub(super) const BY_MONTH: Text = t("By month", "Per bulan");
pub(super) const BY_YEAR: Text = t("By year", "Per tahun");
pub(super) const BY_MONTH_HINT: Text = t(
    "Change of equity in percent of the month's start, open positions included",
    "Perubahan equity dalam persen dari awal bulan, termasuk posisi terbuka",
);
pub(super) const YEAR: Text = t("Year", "Tahun");
pub(super) const BY_HOUR: Text = t("By hour of entry (UTC)", "Per jam entry (UTC)");
pub(super) const BY_WEEKDAY: Text = t("By weekday of entry (UTC)", "Per hari entry (UTC)");
pub(super) const HOUR: Text = t("Hour", "Jam");
pub(super) const WEEKDAY: Text = t("Weekday", "Hari");
pub(super) const NUMBERS: Text = t("Show the numbers", "Tampilkan angka");
pub(super) const ALL_TRADES: Text = t("Show all trades", "Tampilkan semua transaksi");
pub(super) const CAPPED: Text = t(
    "Only the first are listed here. Export the trades as CSV to see every one.",
    "Hanya sebagian awal yang dimuat di sini. Ekspor transaksi ke CSV untuk melihat semuanya.",
);
pub(super) const NUMBER: Text = t("No.", "No.");
pub(super) const SIDE: Text = t("Side", "Arah");
pub(super) const LOTS: Text = t("Lots", "Lot");
pub(super) const ENTRY: Text = t("Entry (UTC)", "Entry (UTC)");
pub(super) const EXIT: Text = t("Exit (UTC)", "Exit (UTC)");
pub(super) const ENTRY_PRICE: Text = t("Entry price", "Harga entry");
pub(super) const EXIT_PRICE: Text = t("Exit price", "Harga exit");
pub(super) const CLOSED_BY: Text = t("Closed by", "Ditutup oleh");
pub(super) const PROFIT: Text = t("Profit", "Profit");
pub(super) const MAE: Text = t("MAE", "MAE");
pub(super) const MFE: Text = t("MFE", "MFE");
pub(super) const WIN_RATE: Text = t("Win rate", "Win rate");
pub(super) const WINS: Text = t("won", "menang");
pub(super) const LOSSES: Text = t("lost", "kalah");

pub(super) const MONTHS: [Text; 12] = [
    t("Jan", "Jan"),
    t("Feb", "Feb"),
    t("Mar", "Mar"),
    t("Apr", "Apr"),
    t("May", "Mei"),
    t("Jun", "Jun"),
    t("Jul", "Jul"),
    t("Aug", "Agu"),
    t("Sep", "Sep"),
    t("Oct", "Okt"),
    t("Nov", "Nov"),
    t("Dec", "Des"),
];

pub(super) const WEEKDAYS: [Text; 7] = [
    t("Mon", "Sen"),
    t("Tue", "Sel"),
    t("Wed", "Rab"),
    t("Thu", "Kam"),
    t("Fri", "Jum"),
    t("Sat", "Sab"),
    t("Sun", "Min"),
];

/// "Trade" as it follows a number.
pub(super) const fn trades(count: u32) -> Text {
    if count == 1 {
        t("trade", "transaksi")
    } else {
        TRADES_SMALL
    }
}

/// The side of a trade.
pub(super) const fn side(side: Side) -> Text {
    match side {
        Side::Buy => t("Buy", "Buy"),
        Side::Sell => t("Sell", "Sell"),
    }
}

/// Why a trade ended.
pub(super) const fn exit(reason: ExitReason) -> Text {
    match reason {
        ExitReason::OppositeSignal => t("Opposite signal", "Sinyal berlawanan"),
        ExitReason::ExitRule => t("Exit rule", "Aturan exit"),
        ExitReason::StopLoss => t("Stop loss", "Stop loss"),
        ExitReason::TakeProfit => t("Take profit", "Take profit"),
        ExitReason::TimeExit => t("Time exit", "Batas waktu"),
        ExitReason::StopOut => t("Stop-out", "Stop out"),
        ExitReason::Command => t("Command or limit", "Perintah atau batas"),
        ExitReason::EndOfData => t("End of history", "Akhir riwayat"),
    }
}

/// A metric's name, and what it means in one sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Label {
    pub(super) name: Text,
    pub(super) hint: Text,
}

const fn label(
    en: &'static str,
    id: &'static str,
    en_hint: &'static str,
    id_hint: &'static str,
) -> Label {
    Label {
        name: t(en, id),
        hint: t(en_hint, id_hint),
    }
}

pub(super) const RESULT: Text = t("Result", "Hasil");
pub(super) const RISK_SECTION: Text = t("Risk", "Risiko");
pub(super) const RATIOS: Text = t("Ratios", "Rasio");
pub(super) const COSTS: Text = t("Gross and costs", "Kotor dan biaya");

pub(super) const NET_PROFIT: Label = label(
    "Net profit",
    "Profit bersih",
    "Sum of all trades after commission and swap",
    "Jumlah semua transaksi setelah komisi dan swap",
);
pub(super) const RETURN: Label = label(
    "Return",
    "Imbal hasil",
    "Change of equity over the whole history, in percent of the initial balance",
    "Perubahan equity sepanjang riwayat, dalam persen dari saldo awal",
);
pub(super) const CAGR: Label = label(
    "Yearly growth (CAGR)",
    "Pertumbuhan per tahun (CAGR)",
    "The steady yearly rate that gives the same end; not for less than 30 days",
    "Laju tahunan tetap yang memberi hasil akhir sama; tidak dihitung di bawah 30 hari",
);
pub(super) const BUY_AND_HOLD: Label = label(
    "Buy and hold",
    "Buy and hold",
    "What the price itself did over the same bars, without leverage or costs",
    "Perubahan harga itu sendiri pada data yang sama, tanpa leverage dan biaya",
);
pub(super) const INITIAL: Label = label(
    "Initial balance",
    "Saldo awal",
    "Balance before the first bar",
    "Saldo sebelum bar pertama",
);
pub(super) const FINAL: Label = label(
    "Final equity",
    "Equity akhir",
    "Equity at the last close",
    "Equity pada penutupan terakhir",
);
pub(super) const MAX_DRAWDOWN: Label = label(
    "Max drawdown",
    "Drawdown maksimum",
    "Greatest fall of equity from a peak, at bar closes",
    "Penurunan equity terbesar dari puncak, pada penutupan bar",
);
pub(super) const MAX_DRAWDOWN_PERCENT: Label = label(
    "Max drawdown, percent",
    "Drawdown maksimum, persen",
    "Greatest fall in percent of its peak; it may be another than the greatest in money",
    "Penurunan terbesar dalam persen dari puncaknya; bisa berbeda dari yang terbesar dalam uang",
);
pub(super) const LONGEST_DRAWDOWN: Label = label(
    "Longest drawdown",
    "Drawdown terlama",
    "The longest time from a peak until equity was back there",
    "Waktu terlama dari puncak sampai equity kembali ke sana",
);
pub(super) const RECOVERY: Label = label(
    "Recovery factor",
    "Recovery factor",
    "Net profit over the greatest drawdown in money",
    "Profit bersih dibagi drawdown maksimum dalam uang",
);
pub(super) const EXPOSURE: Label = label(
    "Time in the market",
    "Waktu di pasar",
    "Share of bars with an open position",
    "Porsi bar dengan posisi terbuka",
);
pub(super) const EXCURSION: Label = label(
    "Mean MAE / MFE",
    "Rerata MAE / MFE",
    "How far an average trade went against you and for you while it was open",
    "Seberapa jauh rata-rata transaksi bergerak merugikan dan menguntungkan selama terbuka",
);
pub(super) const PROFIT_FACTOR: Label = label(
    "Profit factor",
    "Profit factor",
    "Gross profit over gross loss; above 1 the trades earned",
    "Profit kotor dibagi rugi kotor; di atas 1 berarti untung",
);
pub(super) const SHARPE: Label = label(
    "Sharpe",
    "Sharpe",
    "Mean daily return over its deviation, times the root of 252",
    "Rata-rata imbal hasil harian dibagi simpangannya, kali akar 252",
);
pub(super) const SORTINO: Label = label(
    "Sortino",
    "Sortino",
    "As Sharpe, but only losing days count as deviation",
    "Seperti Sharpe, tetapi hanya hari rugi yang dihitung sebagai simpangan",
);
pub(super) const CALMAR: Label = label(
    "Calmar",
    "Calmar",
    "Yearly growth over the greatest drawdown, both in percent",
    "Pertumbuhan per tahun dibagi drawdown maksimum, keduanya dalam persen",
);
pub(super) const SQN: Label = label(
    "SQN",
    "SQN",
    "System quality number: how far the average trade stands above chance",
    "System quality number: seberapa jauh rata-rata transaksi di atas kebetulan",
);
pub(super) const COUNT: Label = label(
    "Trades",
    "Transaksi",
    "Closed trades",
    "Transaksi yang sudah ditutup",
);
pub(super) const WIN_RATE_ROW: Label = label(
    "Win rate",
    "Win rate",
    "Share of trades that earned",
    "Porsi transaksi yang untung",
);
pub(super) const EXPECTANCY: Label = label(
    "Average trade",
    "Rata-rata per transaksi",
    "Expectancy: what a trade brought on average",
    "Expectancy: hasil rata-rata satu transaksi",
);
pub(super) const AVERAGE_WIN: Label = label(
    "Average win",
    "Rata-rata untung",
    "Mean of the trades that earned",
    "Rata-rata transaksi yang untung",
);
pub(super) const AVERAGE_LOSS: Label = label(
    "Average loss",
    "Rata-rata rugi",
    "Mean of the trades that lost",
    "Rata-rata transaksi yang rugi",
);
pub(super) const PAYOFF: Label = label(
    "Payoff ratio",
    "Payoff ratio",
    "Average win over average loss",
    "Rata-rata untung dibagi rata-rata rugi",
);
pub(super) const LARGEST_WIN: Label = label(
    "Largest win",
    "Untung terbesar",
    "The best trade",
    "Transaksi terbaik",
);
pub(super) const LARGEST_LOSS: Label = label(
    "Largest loss",
    "Rugi terbesar",
    "The worst trade",
    "Transaksi terburuk",
);
pub(super) const WINNING_STREAK: Label = label(
    "Wins in a row",
    "Menang beruntun",
    "The longest series of wins, and what it earned",
    "Rangkaian menang terpanjang, dan hasilnya",
);
pub(super) const LOSING_STREAK: Label = label(
    "Losses in a row",
    "Kalah beruntun",
    "The longest series of losses, and what it cost",
    "Rangkaian kalah terpanjang, dan kerugiannya",
);
pub(super) const HELD: Label = label(
    "Average bars held",
    "Rata-rata lama (bar)",
    "Bars from entry to exit",
    "Jumlah bar dari entry sampai exit",
);
pub(super) const GROSS_PROFIT: Label = label(
    "Gross profit",
    "Profit kotor",
    "Sum of the trades that earned",
    "Jumlah transaksi yang untung",
);
pub(super) const GROSS_LOSS: Label = label(
    "Gross loss",
    "Rugi kotor",
    "Sum of the trades that lost",
    "Jumlah transaksi yang rugi",
);
pub(super) const COMMISSION: Label = label(
    "Commission and fees",
    "Komisi dan biaya",
    "Paid for entries and exits; already taken off the profits",
    "Dibayar untuk entry dan exit; sudah dikurangkan dari profit",
);
pub(super) const SWAP: Label = label(
    "Swap",
    "Swap",
    "Overnight interest; already in the profits",
    "Bunga menginap; sudah termasuk dalam profit",
);
pub(super) const SINCE: Text = t("since", "sejak");
pub(super) const STILL_OPEN: Text = t("not recovered", "belum pulih");
