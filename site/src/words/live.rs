//! The dashboard and the executors.

use super::words;

words! {
    /// A title.
    DASHBOARD = "Dashboard", "Dasbor";
    /// A mark: what is shown changes by itself.
    LIVE = "Live", "Terhubung";
    /// A mark: it does not at the moment.
    LOST = "Disconnected, connecting again", "Terputus, menyambung lagi";
    /// When the page was made: a time of day.
    AS_OF = "As of {} UTC", "Per {} UTC";
    /// A link.
    REFRESH = "Refresh", "Muat ulang";

    /// A list, read aloud.
    ALERTS = "Warnings", "Peringatan";
    /// The executor; the number of positions.
    OFFLINE_ONE = "{} is offline while 1 position is open. Commands wait until it comes back; stop loss and take profit at the broker still work.",
        "{} offline saat 1 posisi terbuka. Perintah menunggu sampai executor kembali; stop loss dan take profit di broker tetap bekerja.";
    /// The executor; the number of positions.
    OFFLINE_MANY = "{} is offline while {} positions are open. Commands wait until it comes back; stop loss and take profit at the broker still work.",
        "{} offline saat {} posisi terbuka. Perintah menunggu sampai executor kembali; stop loss dan take profit di broker tetap bekerja.";
    /// The account.
    UNWATCHED_ONE = "1 position was open at {} by the last report, but no executor reports this account any more. Phoenix cannot close it: look at it in MetaTrader 5, and pair an executor or retire the account.",
        "Menurut laporan terakhir, 1 posisi terbuka di {}, tetapi tidak ada lagi executor yang melaporkan akun ini. Phoenix tidak dapat menutupnya: periksa di MetaTrader 5, lalu pasangkan executor atau pensiunkan akun ini.";
    /// The number of positions; the account.
    UNWATCHED_MANY = "{} positions were open at {} by the last report, but no executor reports this account any more. Phoenix cannot close them: look at them in MetaTrader 5, and pair an executor or retire the account.",
        "Menurut laporan terakhir, {} posisi terbuka di {}, tetapi tidak ada lagi executor yang melaporkan akun ini. Phoenix tidak dapat menutupnya: periksa di MetaTrader 5, lalu pasangkan executor atau pensiunkan akun ini.";
    /// The executor.
    UNPLUGGED = "The terminal of {} has no connection to the broker.",
        "Terminal {} tidak terhubung ke broker.";
    /// The executor.
    FORBIDDEN = "The terminal of {} does not let programs trade. Switch on \u{201c}Algo Trading\u{201d} in MetaTrader.",
        "Terminal {} tidak mengizinkan program trading. Aktifkan \u{201c}Algo Trading\u{201d} di MetaTrader.";

    /// A section.
    EQUITY = "Equity", "Equity";
    /// Without what is open.
    BALANCE = "Balance", "Balance";
    /// There is none yet.
    NO_EQUITY = "No equity was reported yet", "Belum ada laporan equity";
    /// What to do.
    NO_EQUITY_HINT = "Pair an executor: it reports equity, positions and deals of your MetaTrader 5 account.",
        "Pasangkan executor: equity, posisi, dan deal akun MetaTrader 5 Anda dilaporkan oleh executor.";
    /// The choice of a stretch of time, read aloud.
    RANGE = "Period of the curve", "Rentang kurva";
    /// A choice.
    TODAY_UTC = "Today (UTC)", "Hari ini (UTC)";
    /// A choice.
    DAYS_7 = "7 days", "7 hari";
    /// A choice.
    DAYS_30 = "30 days", "30 hari";
    /// A curve, read aloud: account, first, last, lowest, highest.
    CURVE = "Equity of {}: from {} to {}, lowest {}, highest {}",
        "Equity {}: dari {} ke {}, terendah {}, tertinggi {}";
    /// Instead of a curve.
    NO_CURVE = "Nothing was reported in this period.", "Tidak ada laporan dalam rentang ini.";
    /// When the numbers are from: a time.
    REPORTED = "Reported", "Dilaporkan";

    /// A section.
    TODAY = "Today", "Hari ini";
    /// Which day it is: a date.
    TODAY_LEAD = "Since midnight UTC, {}", "Sejak tengah malam UTC, {}";
    /// It is not whole.
    TODAY_CUT = "There are more deals than can be added up at once, so the latest of today are missing here.",
        "Deal-nya lebih banyak dari yang dapat dijumlahkan sekaligus, sehingga yang terbaru hari ini tidak terhitung di sini.";
    /// There is nothing.
    NO_TODAY = "No deal today.", "Belum ada deal hari ini.";
    /// A number.
    DEALS = "Deals", "Deal";
    /// A number.
    TRADES = "Closed trades", "Trade ditutup";
    /// A number.
    WIN_RATE = "Win rate", "Win rate";

    /// A section.
    POSITIONS = "Open positions", "Posisi terbuka";
    /// There is none.
    NO_POSITIONS = "No position is open", "Tidak ada posisi terbuka";
    /// What that means.
    NO_POSITIONS_HINT = "What your executors report as open appears here by itself.",
        "Posisi yang dilaporkan executor Anda muncul di sini dengan sendirinya.";
    /// How many are not shown.
    MORE_POSITIONS = "{} more positions are not shown.", "{} posisi lain tidak ditampilkan.";
    /// A column.
    SYMBOL = "Symbol", "Simbol";
    /// A column.
    SIDE = "Side", "Arah";
    /// Bought.
    BUY = "Buy", "Buy";
    /// Sold.
    SELL = "Sell", "Sell";
    /// A column.
    VOLUME = "Volume (lots)", "Volume (lot)";
    /// A column.
    OPENED = "Opened at", "Harga entry";
    /// A column.
    PRICE = "Price", "Harga";
    /// A column, where all of it was reported just now.
    PROFIT_NOW = "Profit now", "Profit saat ini";
    /// A column, where some of it was reported some time ago.
    PROFIT = "Profit", "Profit";
    /// Below a number that is not of now: how long ago it was reported.
    REPORTED_AGO = "reported {}", "dilaporkan {}";
    /// A column.
    ACCOUNT = "Account", "Akun";
    /// A column.
    STRATEGY = "Strategy", "Strategi";
    /// A button.
    CLOSE = "Close", "Tutup";
    /// A column of buttons, read aloud.
    DEED = "Action", "Tindakan";

    /// A section.
    EXECUTORS = "Executors", "Executor";
    /// A title.
    EXECUTORS_TITLE = "Accounts and executors", "Akun dan executor";
    /// What they are.
    EXECUTORS_LEAD = "An executor is the Phoenix program beside MetaTrader 5 on your computer. It trades, reports, and carries out commands.",
        "Executor adalah program Phoenix yang berjalan bersama MetaTrader 5 di komputer Anda. Executor melakukan trading, melapor, dan menjalankan perintah.";
    /// There is none.
    NO_EXECUTORS = "No executor yet", "Belum ada executor";
    /// What to do.
    NO_EXECUTORS_HINT = "Start Phoenix on the computer with MetaTrader 5. It shows a code: type it under Devices. After that it appears here.",
        "Jalankan Phoenix di komputer dengan MetaTrader 5. Sebuah kode akan tampil: ketik kode itu di menu Perangkat. Setelah itu executor muncul di sini.";
    /// A link.
    PAIR = "Pair an executor", "Pasangkan executor";
    /// A state.
    ONLINE = "Online", "Online";
    /// A state.
    OFFLINE = "Offline", "Offline";
    /// When it was last heard of: a time.
    SEEN = "Last seen", "Terakhir terlihat";
    /// Of the program.
    VERSION = "Version {}", "Versi {}";
    /// How it feels.
    HEALTH = "Health", "Kondisi";
    /// It trades.
    RUNNING = "Trading", "Sedang trading";
    /// It does not.
    STOPPED = "Stopped: opens no positions", "Berhenti: tidak membuka posisi";
    /// It is connected.
    CONNECTED = "Connected to the broker", "Terhubung ke broker";
    /// It is not.
    NOT_CONNECTED = "Not connected to the broker", "Tidak terhubung ke broker";
    /// It may.
    MAY_TRADE = "Programs may trade", "Program boleh trading";
    /// It may not.
    MAY_NOT_TRADE = "Programs may not trade", "Program tidak boleh trading";
    /// How many reports wait.
    WAITING = "{} reports wait to be sent", "{} laporan menunggu dikirim";
    /// A label.
    ACCOUNTS = "Broker accounts", "Akun broker";
    /// There is none.
    NO_ACCOUNTS = "None reported yet", "Belum ada laporan";
    /// A label.
    KEY = "Key", "Kunci";
    /// A link.
    KEY_DO = "Manage its key", "Kelola kuncinya";
    /// A column.
    CURRENCY = "Currency", "Mata uang";
    /// A column.
    REPORTED_BY = "Reported by", "Dilaporkan oleh";
    /// The executor is gone.
    NOBODY = "Nobody any more", "Executor sudah tidak ada";
    /// A link.
    ALL = "Show all", "Lihat semua";
}
