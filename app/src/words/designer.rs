//! The designer.

use super::{Text, text};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $en:literal, $id:literal;)*) => {
        $($(#[$doc])* pub const $name: Text = text($en, $id);)*
    };
}

words! {
    /// The whole.
    DESIGNER = "Strategy", "Strategi";
    /// The tabs.
    VIEWS = "How to edit", "Cara mengedit";
    /// A tab.
    BLOCKS = "Blocks", "Blok";
    /// A tab.
    JSON = "JSON", "JSON";
    /// A block, read aloud.
    BLOCK = "block", "blok";
    /// What it is called.
    STRATEGY_NAME = "Strategy name", "Nama strategi";
    /// What it is called before it has a name.
    NEW_STRATEGY = "New strategy", "Strategi baru";
    /// What is traded.
    SYMBOL = "Symbol", "Simbol";
    /// The bars.
    TIMEFRAME = "Timeframe", "Timeframe";
    /// One step back.
    UNDO = "Undo", "Urungkan";
    /// One step forth.
    REDO = "Redo", "Ulangi";
    /// With its keys.
    UNDO_KEYS = "Undo (Ctrl-Z)", "Urungkan (Ctrl-Z)";
    /// With its keys.
    REDO_KEYS = "Redo (Ctrl-Y)", "Ulangi (Ctrl-Y)";
    /// The whole description.
    IN_FULL = "All of it in plain words", "Selengkapnya dengan kata-kata";
    /// One fault.
    ONE_FAULT = "1 thing to mend:", "1 hal perlu diperbaiki:";
    /// Several.
    FAULTS = "{} things to mend, the first:", "{} hal perlu diperbaiki, yang pertama:";
    /// A part.
    INDICATORS = "Indicators", "Indikator";
    /// A part.
    ENTRY = "Entry", "Entry";
    /// A part.
    EXITS = "Exits", "Exit";
    /// A part.
    SIZE = "Size", "Ukuran posisi";
    /// A part.
    FILTERS = "Filters", "Filter";
    /// A part.
    LIMITS = "Limits", "Batas";
    /// A part.
    PARAMETERS = "Parameters", "Parameter";
    /// A part.
    NOTES = "Notes and time zone", "Catatan dan zona waktu";
    /// A group of operands.
    PRICES = "Prices", "Harga";
    /// A group of operands.
    NUMBERS = "Numbers", "Angka";
    /// An operand.
    A_NUMBER = "number", "angka";
    /// Between the numbers of an indicator.
    LIST = ", ", "; ";

    /// A number with nothing behind it yet.
    UNFINISHED = "Not finished; {} still holds.", "Belum selesai; {} masih berlaku.";
    /// Thousands or decimals?
    AMBIGUOUS = "Write it without separating thousands; {} still holds.", "Tulis tanpa pemisah ribuan; {} masih berlaku.";
    /// It counts something.
    NOT_WHOLE = "A whole number, please; {} still holds.", "Harus bilangan bulat; {} masih berlaku.";
    /// It is no number.
    NOT_NUMBER = "Not a number; {} still holds.", "Bukan angka; {} masih berlaku.";
    /// A time that is none.
    NOT_A_TIME = "Write a time from 00:00 to 23:59, such as 07:30; {} still holds.", "Tulis waktu dari 00:00 sampai 23:59, misalnya 07:30; {} masih berlaku.";
    /// A name that is none.
    NOT_A_NAME = "A name begins with a small letter and has only small letters, digits and _, at most 32 of them; {} still holds.", "Nama diawali huruf kecil dan hanya berisi huruf kecil, angka, dan _, paling banyak 32; {} masih berlaku.";
    /// Rules would mean the price.
    NAME_OF_PRICE = "Rules know a price by this name; {} still holds.", "Nama ini dipakai untuk harga; {} masih berlaku.";
    /// Another indicator has it.
    NAME_TAKEN = "Another indicator has this name; {} still holds.", "Nama ini sudah dipakai indikator lain; {} masih berlaku.";
    /// Another parameter has it.
    PARAMETER_TAKEN = "Another parameter has this name; {} still holds.", "Nama ini sudah dipakai parameter lain; {} masih berlaku.";
    /// A number written out.
    FIXED = "fixed", "tetap";
    /// Makes a parameter of it.
    NEW_PARAMETER = "new parameter", "parameter baru";
    /// Where a number comes from.
    FROM = "{}: fixed or parameter", "{}: tetap atau parameter";

    /// The menu of a block.
    MORE_OF = "Actions for {}", "Tindakan untuk {}";
    /// In that.
    THIS_CONDITION = "this condition", "syarat ini";
    /// A deed.
    DUPLICATE = "Duplicate", "Gandakan";
    /// A deed.
    MOVE_UP = "Move up", "Naikkan";
    /// A deed.
    MOVE_DOWN = "Move down", "Turunkan";
    /// A deed.
    NEGATE = "Negate (NOT)", "Balikkan (BUKAN)";
    /// A deed.
    WRAP = "Put into a group", "Masukkan ke grup";
    /// A deed.
    REMOVE = "Delete", "Hapus";
    /// A deed.
    DETAILS = "Bars ago and factor", "Bar sebelumnya dan faktor";

    /// A rule.
    BUY = "Buy", "Beli";
    /// Its lead.
    BUY_WHEN = "Buy when", "Beli jika";
    /// There is none.
    NO_BUY = "No rule yet: it never buys.", "Belum ada aturan: tidak pernah beli.";
    /// A rule.
    SELL = "Sell", "Jual";
    /// Its lead.
    SELL_WHEN = "Sell when", "Jual jika";
    /// There is none.
    NO_SELL = "No rule yet: it never sells.", "Belum ada aturan: tidak pernah jual.";
    /// A rule.
    CLOSE_LONG = "Close long", "Tutup posisi beli";
    /// Its lead.
    CLOSE_LONG_WHEN = "Close a long position when", "Tutup posisi beli jika";
    /// A rule.
    CLOSE_SHORT = "Close short", "Tutup posisi jual";
    /// Its lead.
    CLOSE_SHORT_WHEN = "Close a short position when", "Tutup posisi jual jika";
    /// There is none.
    NO_EXIT_RULE = "No rule of its own.", "Tanpa aturan sendiri.";
    /// How conditions of a group go together.
    HOW_JOINED = "All or any", "Semua atau salah satu";
    /// Every one.
    ALL_OF = "ALL of:", "SEMUA ini terpenuhi:";
    /// One is enough.
    ANY_OF = "ANY of:", "SALAH SATU terpenuhi:";
    /// Denied.
    NOT = "NOT:", "BUKAN:";
    /// Adds one.
    ADD_CONDITION = "Add condition", "Tambah syarat";
    /// Adds a group.
    ADD_GROUP = "Add group", "Tambah grup";
    /// The operator.
    COMPARISON = "Comparison", "Perbandingan";
    /// The operand on the left.
    LEFT = "First value", "Nilai pertama";
    /// The operand on the right.
    RIGHT = "Second value", "Nilai kedua";
    /// The lower end.
    LOW = "Low end", "Batas bawah";
    /// The upper end.
    HIGH = "High end", "Batas atas";
    /// The number in an operand.
    VALUE_OF = "{}: number", "{}: angka";
    /// Between both ends.
    AND = "and", "dan";
    /// How many steps.
    STEPS = "Number of bars", "Jumlah bar";
    /// After the number.
    BARS = "bars in a row", "bar berturut-turut";
    /// How far back.
    BARS_AGO = "{}: bars ago", "{}: bar sebelumnya";
    /// The same in a sentence.
    BARS_AGO_SHORT = "{} bars ago", "{} bar lalu";
    /// The same for one bar.
    BAR_AGO_SHORT = "{} bar ago", "{} bar lalu";
    /// What it is multiplied with.
    FACTOR = "{}: times", "{}: dikali";
    /// An operator.
    ABOVE = "is above", "di atas";
    /// An operator.
    AT_OR_ABOVE = "is at or above", "di atas atau sama dengan";
    /// An operator.
    BELOW = "is below", "di bawah";
    /// An operator.
    AT_OR_BELOW = "is at or below", "di bawah atau sama dengan";
    /// An operator.
    CROSSES_ABOVE = "crosses above", "memotong ke atas";
    /// An operator.
    CROSSES_BELOW = "crosses below", "memotong ke bawah";
    /// An operator.
    BETWEEN = "is between", "di antara";
    /// An operator.
    RISING = "has risen for", "naik selama";
    /// An operator.
    FALLING = "has fallen for", "turun selama";
    /// An operator.
    OCCURS = "shows", "muncul";

    /// There is none.
    NO_INDICATORS = "No indicator yet. Rules can compare prices alone, or add one here first.", "Belum ada indikator. Aturan bisa membandingkan harga saja, atau tambahkan indikator dulu di sini.";
    /// Adds one.
    ADD_INDICATOR = "Add indicator", "Tambah indikator";
    /// Narrows the catalogue.
    SEARCH = "Search indicators", "Cari indikator";
    /// Nothing matches.
    NO_MATCH = "No indicator matches. Try another word.", "Tidak ada indikator yang cocok. Coba kata lain.";
    /// Drawn over the candles.
    OVERLAYS = "On the price", "Di atas harga";
    /// Drawn below them.
    PANES = "Below the price", "Di bawah harga";
    /// What rules call it.
    NAME_IN_RULES = "Name in rules", "Nama dalam aturan";
    /// What it is computed from.
    SOURCE = "Computed from", "Dihitung dari";
    /// The strategy's own timeframe.
    OWN = "{} (the strategy's)", "{} (milik strategi)";
    /// Another method than MetaTrader's.
    NOT_AS_MT5 = "MetaTrader 5 draws another one.", "MetaTrader 5 menggambar yang lain.";

    /// What an opposite signal does.
    OPPOSITE = "On the opposite signal", "Pada sinyal berlawanan";
    /// It turns the position round.
    REVERSE = "close and reverse", "tutup dan balik arah";
    /// It closes it.
    CLOSE = "close", "tutup";
    /// Nothing.
    IGNORE = "do nothing", "abaikan";
    /// The stop.
    STOP_LOSS = "Stop loss", "Stop loss";
    /// What it does.
    STOP_LOSS_HINT = "Ends a losing position at a fixed distance.", "Mengakhiri posisi rugi pada jarak tetap.";
    /// The target.
    TAKE_PROFIT = "Take profit", "Take profit";
    /// What it does.
    TAKE_PROFIT_HINT = "Ends a winning position at a fixed distance.", "Mengakhiri posisi untung pada jarak tetap.";
    /// The stop goes to the entry price.
    BREAK_EVEN = "Break-even", "Break-even";
    /// What it does.
    BREAK_EVEN_HINT = "Moves the stop to the entry price after a gain.", "Memindahkan stop ke harga entry setelah untung.";
    /// Beyond the entry price.
    PLUS = "Beyond the entry price", "Melewati harga entry";
    /// What it does.
    PLUS_HINT = "Sets the stop this far on the winning side instead.", "Menaruh stop sejauh ini di sisi untung.";
    /// The stop follows.
    TRAILING = "Trailing stop", "Trailing stop";
    /// What it does.
    TRAILING_HINT = "Lets the stop follow the best close.", "Stop mengikuti penutupan terbaik.";
    /// Not at once.
    ACTIVATE = "Only after a gain", "Hanya setelah untung";
    /// What it does.
    ACTIVATE_HINT = "Begins to follow once a close is this far in profit.", "Mulai mengikuti setelah penutupan sejauh ini untung.";
    /// Closed after a time.
    TIME_EXIT = "Time exit", "Exit waktu";
    /// What it does.
    TIME_EXIT_HINT = "Closes after a number of bars.", "Menutup setelah sejumlah bar.";
    /// How long it is held.
    BARS_HELD = "Bars held", "Lama posisi (bar)";
    /// How far.
    DISTANCE = "Distance", "Jarak";
    /// After which gain.
    AFTER_GAIN = "After a gain of", "Setelah untung";
    /// In which unit.
    UNIT_OF = "{}: unit", "{}: satuan";
    /// A unit.
    POINTS = "points", "poin";
    /// A unit.
    PERCENT = "% of the price", "% dari harga";
    /// A unit.
    TIMES_ATR = "× ATR", "× ATR";
    /// A unit.
    TIMES_RISK = "× the stop's distance", "× jarak stop";
    /// Of the ATR.
    ATR_PERIOD = "ATR period", "Periode ATR";
    /// Of the ATR.
    ATR_METHOD = "ATR method", "Metode ATR";
    /// Of the ATR.
    ATR_WILDER = "Wilder", "Wilder";
    /// Of the ATR.
    ATR_MT5 = "MetaTrader 5", "MetaTrader 5";

    /// How it is measured.
    SIZE_KIND = "Sized by", "Diukur dengan";
    /// How much.
    AMOUNT = "Amount", "Jumlah";
    /// A kind of size.
    FIXED_LOTS = "lots per entry", "lot per entry";
    /// A kind of size.
    RISK_PERCENT = "% of equity at risk", "% equity berisiko";
    /// A kind of size.
    RISK_MONEY = "account money at risk", "uang akun berisiko";
    /// A limit.
    MAX_POSITIONS = "Positions at once", "Posisi bersamaan";
    /// A limit.
    MAX_TRADES = "Entries a day", "Entry per hari";
    /// What it does.
    MAX_TRADES_HINT = "No more entries than this on one day.", "Tidak lebih banyak entry dari ini dalam sehari.";
    /// Its field.
    TRADES_A_DAY = "At most", "Paling banyak";
    /// A limit.
    DAILY_LOSS = "Daily loss", "Rugi harian";
    /// What it does.
    DAILY_LOSS_HINT = "No more entries on a day that has lost this much.", "Tanpa entry lagi pada hari yang sudah rugi sebanyak ini.";
    /// How it is measured.
    LOSS_KIND = "Measured in", "Diukur dalam";
    /// A kind of loss.
    LOSS_PERCENT = "% of the day's first balance", "% saldo awal hari";
    /// A kind of loss.
    LOSS_MONEY = "account money", "uang akun";

    /// A filter.
    SESSION = "Session", "Sesi";
    /// What it does.
    SESSION_HINT = "Entries only at these times of the week.", "Entry hanya pada waktu ini dalam seminggu.";
    /// The days.
    WEEKDAYS = "Days", "Hari";
    /// A day.
    MON = "Mon", "Sen";
    /// A day.
    TUE = "Tue", "Sel";
    /// A day.
    WED = "Wed", "Rab";
    /// A day.
    THU = "Thu", "Kam";
    /// A day.
    FRI = "Fri", "Jum";
    /// A day.
    SAT = "Sat", "Sab";
    /// A day.
    SUN = "Sun", "Min";
    /// No hours are named.
    ALL_HOURS = "At any hour.", "Pada semua jam.";
    /// Adds some.
    ADD_HOURS = "Add hours", "Tambah jam";
    /// Takes some out.
    REMOVE_HOURS = "Delete hours", "Hapus jam";
    /// When they begin.
    HOURS_FROM = "From (HH:MM)", "Dari (HH:MM)";
    /// When they end.
    HOURS_TO = "Until (HH:MM)", "Sampai (HH:MM)";
    /// Between both.
    UNTIL = "until", "sampai";
    /// Whose clock.
    ZONE = "Time zone", "Zona waktu";
    /// How to write it.
    ZONE_HINT = "UTC, Europe/London, Asia/Jakarta, or America/New_York+7 for the usual MetaTrader server.", "UTC, Europe/London, Asia/Jakarta, atau America/New_York+7 untuk server MetaTrader pada umumnya.";
    /// A filter.
    SPREAD = "Greatest spread", "Spread maksimum";
    /// What it does.
    SPREAD_HINT = "No entry while the spread is wider.", "Tanpa entry saat spread lebih lebar.";
    /// Its field.
    SPREAD_POINTS = "Points", "Poin";
    /// A filter.
    COOLDOWN = "Pause after a loss", "Jeda setelah rugi";
    /// What it does.
    COOLDOWN_HINT = "No entry for some bars after a losing trade.", "Tanpa entry selama beberapa bar setelah trade rugi.";
    /// Its field.
    COOLDOWN_BARS = "Bars", "Bar";
    /// A filter.
    NEWS = "Economic news", "Berita ekonomi";
    /// What it does.
    NEWS_HINT = "No entry around news. Live trading only: a backtest does not test it.", "Tanpa entry di sekitar berita. Hanya saat live: backtest tidak mengujinya.";
    /// Its field.
    MINUTES_BEFORE = "Minutes before", "Menit sebelum";
    /// Its field.
    MINUTES_AFTER = "Minutes after", "Menit sesudah";
    /// Its field.
    IMPACT = "Impact", "Dampak";
    /// Of news.
    HIGH_IMPACT = "high", "tinggi";
    /// Of news.
    MEDIUM_IMPACT = "medium or high", "sedang atau tinggi";
    /// Of news.
    ANY_IMPACT = "any", "semua";

    /// What they are for.
    PARAMETERS_HINT = "Numbers with a name: change one, and every rule that uses it follows.", "Angka bernama: ubah satu, semua aturan yang memakainya ikut berubah.";
    /// Adds one.
    ADD_PARAMETER = "Add parameter", "Tambah parameter";
    /// Its name.
    PARAMETER_NAME = "Name", "Nama";
    /// Its value.
    VALUE = "Value", "Nilai";
    /// What it is.
    LABEL = "What it is", "Keterangan";
    /// It has a range.
    MAY_VARY = "May be optimised", "Boleh dioptimalkan";
    /// First value.
    RANGE_FROM = "From", "Dari";
    /// Last value.
    RANGE_TO = "To", "Sampai";
    /// Between values.
    RANGE_STEP = "Step", "Langkah";
    /// The author's words.
    IDEA = "The idea", "Idenya";
    /// When a day begins.
    DAY_ZONE = "Days begin in", "Awal hari menurut";

    /// The text.
    JSON_TEXT = "Strategy as JSON", "Strategi sebagai JSON";
    /// It is the strategy.
    JSON_SAME = "This is the strategy that is tested. Change it here or in the blocks.", "Inilah strategi yang diuji. Ubah di sini atau di blok.";
    /// Somebody types.
    JSON_TYPING = "Reading when you pause.", "Dibaca saat Anda berhenti mengetik.";
    /// The blocks were changed meanwhile.
    JSON_OVERTAKEN = "The strategy was changed elsewhere since this text was typed. Use the text in its place, or discard the text.", "Strategi sudah diubah di tempat lain sejak teks ini diketik. Pakai teks ini sebagai gantinya, atau buang teksnya.";
    /// Takes the text over all the same.
    USE_TEXT = "Use this text", "Pakai teks ini";
    /// It has faults.
    JSON_FAULTY = "This text is not taken over yet; the strategy stays as it was. Faults: {}.", "Teks ini belum dipakai; strategi tetap seperti semula. Kesalahan: {}.";
    /// Where.
    LINE = "Line {}", "Baris {}";
    /// There are more.
    AND_MORE = "And {} more.", "Dan {} lagi.";
    /// Too much of it.
    TOO_LONG = "This text has {} KB; at most {} KB are read.", "Teks ini {} KB; paling banyak {} KB yang dibaca.";
    /// It was not put in.
    NOT_PASTED = "Nothing was pasted; your text is as it was.", "Tidak ada yang ditempel; teks Anda tetap seperti semula.";
    /// Forgets the text.
    START_OVER = "Discard this text and show the strategy", "Buang teks ini dan tampilkan strategi";
}
