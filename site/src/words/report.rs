//! Reports.

use super::{Text, words};
use crate::live::By;

/// What a kind of report is called.
pub(crate) const fn by(by: By) -> Text {
    match by {
        By::Day => DAYS,
        By::Week => WEEKS,
        By::Month => MONTHS,
        By::Strategy => STRATEGIES,
    }
}

words! {
    /// A title.
    REPORTS = "Reports", "Laporan";
    /// What they are: two dates.
    REPORTS_LEAD = "Deals from {} to {}, days in UTC. Each account and currency by itself.",
        "Deal dari {} sampai {}, hari dalam UTC. Tiap akun dan mata uang dihitung terpisah.";
    /// The choice of a kind, read aloud.
    KIND = "Kind of report", "Jenis laporan";
    /// A choice.
    DAYS = "Daily", "Harian";
    /// A choice.
    WEEKS = "Weekly", "Mingguan";
    /// A choice.
    MONTHS = "Monthly", "Bulanan";
    /// A choice.
    STRATEGIES = "By strategy", "Per strategi";
    /// A link.
    CSV = "Download CSV", "Unduh CSV";
    /// How to print.
    PRINT = "To print or save as PDF, use your browser\u{2019}s print function: this page prints as a plain report.",
        "Untuk mencetak atau menyimpan sebagai PDF, gunakan fungsi cetak di browser Anda: halaman ini dicetak sebagai laporan sederhana.";
    /// A link.
    EARLIER = "Earlier", "Sebelumnya";
    /// A link.
    LATER = "Later", "Berikutnya";
    /// The two links, read aloud.
    MOVE = "Other periods", "Rentang lain";
    /// There is nothing.
    NONE = "No deal in this period", "Tidak ada deal dalam rentang ini";
    /// What to do.
    NONE_HINT = "Reports are made from the deals that your executors report. Pair an executor, or look at another period.",
        "Laporan dibuat dari deal yang dilaporkan executor Anda. Pasangkan executor, atau lihat rentang lain.";
    /// It is not whole.
    CUT = "This report holds more than can be added up at once, so the latest part is missing. Choose a report of a shorter period.",
        "Isi laporan ini terlalu banyak untuk dijumlahkan sekaligus, sehingga bagian terakhirnya tidak disertakan. Pilih laporan dengan rentang yang lebih pendek.";

    /// A section.
    TOTAL = "In total", "Total";
    /// A section.
    LINES = "In detail", "Rincian";
    /// A column.
    PERIOD = "From", "Mulai";
    /// A column.
    STRATEGY = "Strategy", "Strategi";
    /// A line: what no strategy did.
    NO_STRATEGY = "Without a strategy", "Tanpa strategi";
    /// A column.
    ACCOUNT = "Account", "Akun";
    /// A column.
    CURRENCY = "Currency", "Mata uang";
    /// A column.
    NET = "Net profit", "Profit bersih";
    /// A column.
    COMMISSION = "Commission", "Komisi";
    /// A column.
    SWAP = "Swap", "Swap";
    /// A column.
    DEALS = "Deals", "Deal";
    /// A column.
    TRADES = "Trades", "Trade";
    /// A column.
    WIN_RATE = "Win rate", "Win rate";
    /// A column.
    FACTOR = "Profit factor", "Profit factor";
    /// A column.
    DRAWDOWN = "Max drawdown", "Drawdown maks.";
    /// A column.
    TRANSFERS = "Deposits and withdrawals", "Deposit dan penarikan";
    /// What the numbers are.
    NOTE = "Net profit is profit, commission, fees and swap of the deals of a period. A trade counts when its position is closed, with all that it earned and cost since it was opened. Drawdown is the deepest fall of the reported equity, without deposits and withdrawals; its percentage is of the peak with what was deposited and withdrawn since.",
        "Profit bersih adalah profit, komisi, biaya, dan swap dari deal dalam satu rentang. Trade dihitung saat posisinya ditutup, dengan seluruh hasil dan biayanya sejak dibuka. Drawdown adalah penurunan terdalam equity yang dilaporkan, tanpa deposit dan penarikan; persentasenya dihitung dari puncak setelah deposit dan penarikan sesudahnya.";
}
