//! The other pages of the administration.

use super::{Text, text, words};
use trading::language::Language;

words! {
    /// A page.
    PLANS = "Plans", "Paket";
    /// A page.
    SUBSCRIPTIONS = "Subscriptions", "Langganan";
    /// A page.
    EXECUTORS = "Executors", "Executor";
    /// A page.
    COMMANDS = "Commands", "Perintah";
    /// A page.
    FLAGS = "Flags", "Flag";
    /// A page.
    ANNOUNCEMENTS = "Announcements", "Pengumuman";
    /// A page.
    HEALTH = "Health", "Kondisi sistem";

    /// What it is.
    PLANS_LEAD = "What is sold comes from the file of plans (PHOENIX_PLANS), which is read at the start; it is not changed here. Counted are accounts that ever paid or tried; all others have the free plan.",
        "Yang dijual berasal dari berkas paket (PHOENIX_PLANS) yang dibaca saat server dijalankan; tidak diubah di sini. Yang dihitung adalah akun yang pernah membayar atau mencoba; lainnya memakai paket gratis.";
    /// A column.
    PLAN = "Plan", "Paket";
    /// A column.
    PRICES = "Prices", "Harga";
    /// A column.
    ALLOWS = "Allows", "Batas";
    /// A column.
    HAVE = "Accounts", "Akun";
    /// It is not on sale.
    NOT_SOLD = "Not on sale", "Tidak dijual";
    /// It costs nothing.
    FREE = "Free", "Gratis";
    /// No limit.
    UNLIMITED = "no limit", "tanpa batas";
    /// Too many accounts to count on one page.
    COUNT_CUT = "Counted are the first {} accounts with payments.", "Yang dihitung adalah {} akun pertama dengan pembayaran.";
    /// Records that are damaged.
    COUNT_UNREADABLE = "{} payment records cannot be read and are not counted.", "{} catatan pembayaran tidak terbaca dan tidak dihitung.";

    /// A filter.
    STATE = "State", "Status";
    /// A filter.
    PROVIDER = "Provider", "Penyedia";
    /// Any of them.
    ANY = "Any", "Semua";
    /// A button.
    FILTER = "Filter", "Saring";
    /// A column.
    ACCOUNT = "Account", "Akun";
    /// A column.
    ENDS = "Ends", "Berakhir";
    /// A column.
    RECORD = "Record", "Catatan";
    /// A link.
    OPEN_RECORD = "Open", "Buka";
    /// There are none.
    NO_SUBSCRIPTIONS = "No subscription matches.", "Tidak ada langganan yang cocok.";
    /// What to do then.
    NO_SUBSCRIPTIONS_HINT = "Accounts appear here once they pay or begin a trial. Further pages may have more that match.",
        "Akun muncul di sini setelah membayar atau memulai uji coba. Halaman berikutnya mungkin memuat yang cocok.";
    /// The next page.
    NEXT = "Next", "Berikutnya";
    /// The next page of what is sorted by time.
    OLDER = "Older", "Lebih lama";

    /// One account: the address.
    RECORD_OF = "Payments of {}", "Pembayaran {}";
    /// What it is.
    RECORD_LEAD = "All that the providers told us, the newest first. What counts follows from it alone.",
        "Semua yang disampaikan penyedia, dari yang terbaru. Status ditentukan hanya dari sini.";
    /// A button.
    ASK = "Ask the provider now", "Tanyakan ke penyedia sekarang";
    /// A column.
    WHEN = "When", "Waktu";
    /// A column.
    WHAT = "What", "Peristiwa";
    /// A column.
    DETAIL = "Detail", "Rincian";
    /// A column.
    NAME_THERE = "Name there", "Nama di penyedia";
    /// A column.
    AMOUNT = "Amount", "Jumlah";
    /// There is nothing.
    NO_FACTS = "No provider told us anything.", "Belum ada kabar dari penyedia.";
    /// What to do then.
    NO_FACTS_HINT = "If somebody says that they paid, ask the provider.", "Jika ada yang mengaku sudah membayar, tanyakan ke penyedia.";

    /// How many: online.
    ONLINE = "{} were heard of in the last five minutes.", "{} executor memberi kabar dalam lima menit terakhir.";
    /// Which versions.
    VERSIONS = "Versions", "Versi";
    /// A column.
    EXECUTOR = "Executor", "Executor";
    /// A column.
    VERSION = "Version", "Versi";
    /// A column.
    SEEN = "Last heard of", "Terakhir memberi kabar";
    /// A column.
    FEELS = "Health", "Kondisi";
    /// A state.
    TRADING = "Trading", "Sedang trading";
    /// A state.
    NOT_TRADING = "Not trading", "Tidak trading";
    /// A state.
    NO_BROKER = "no connection to the broker", "tidak terhubung ke broker";
    /// A state.
    MAY_NOT = "the terminal forbids trading", "terminal melarang trading";
    /// How many.
    WAITING = "{} reports wait", "{} laporan menunggu";
    /// There are none.
    NO_EXECUTORS = "No executor was heard of in the last day.", "Tidak ada executor yang memberi kabar sehari terakhir.";
    /// What to do then.
    NO_EXECUTORS_HINT = "They appear here with their first heartbeat.", "Executor muncul di sini setelah pertama kali memberi kabar.";

    /// A filter.
    ALL = "All", "Semua";
    /// A filter.
    OPEN = "Open", "Belum selesai";
    /// A filter.
    CAME_TO_NOTHING = "Failed or expired", "Gagal atau kedaluwarsa";
    /// A column.
    COMMAND = "Command", "Perintah";
    /// A column.
    GIVEN = "Given", "Diberikan";
    /// There are none.
    NO_COMMANDS = "No command matches.", "Tidak ada perintah yang cocok.";
    /// What to do then.
    NO_COMMANDS_HINT = "Traders give them from the web, the phone and programs.", "Trader memberikannya dari web, ponsel, dan program.";

    /// What it is.
    FLAGS_LEAD = "Switches that take effect at once. What nobody touched is on for everybody.", "Sakelar yang langsung berlaku. Yang belum pernah diubah aktif untuk semua.";
    /// A state.
    FLAG_ON = "On", "Aktif";
    /// A state.
    FLAG_OFF = "Off", "Nonaktif";
    /// A state: percent.
    FLAG_PART = "On for {} % of accounts", "Aktif untuk {} % akun";
    /// A field.
    PERCENT = "Percent of accounts", "Persen akun";
    /// A choice.
    TURNED = "State", "Status";
    /// A button.
    SAVE = "Save", "Simpan";
    /// A field.
    FOR_EMAIL = "Account's address", "Alamat akun";
    /// A choice.
    FOR_HOW = "For this account", "Untuk akun ini";
    /// Like everybody.
    LIKE_ALL = "Like everybody", "Sama seperti yang lain";
    /// Opens the form.
    OVERRIDES = "Single accounts", "Akun tertentu";
    /// Nobody has this address.
    NO_ACCOUNT = "No account has this address.", "Tidak ada akun dengan alamat ini.";
    /// What was typed is none.
    BAD_PERCENT = "A whole number from 0 to 100.", "Bilangan bulat dari 0 sampai 100.";
    /// A button, read aloud: which flag.
    OF_FLAG = "flag {}", "flag {}";

    /// What it is.
    ANNOUNCEMENTS_LEAD = "Shown above every page but the Lab, from its beginning to its end, until each reader dismisses it.",
        "Ditampilkan di atas semua halaman kecuali Lab, sejak waktu mulai sampai waktu berakhir, atau sampai pembaca menutupnya.";
    /// A section.
    NEW = "New announcement", "Pengumuman baru";
    /// A field.
    ENGLISH = "In English", "Dalam bahasa Inggris";
    /// A field.
    INDONESIAN = "In Indonesian", "Dalam bahasa Indonesia";
    /// A field.
    SEVERITY = "Severity", "Tingkat";
    /// A field.
    FROM = "From (UTC; empty for now)", "Mulai (UTC; kosongkan untuk sekarang)";
    /// A field.
    UNTIL = "Until (UTC)", "Sampai (UTC)";
    /// A box.
    PUBLIC = "Also for those who are not signed in", "Juga untuk pengunjung yang belum masuk";
    /// A box.
    TOLD = "Also as a notification to every account", "Juga sebagai notifikasi ke setiap akun";
    /// A button.
    ANNOUNCE = "Announce", "Umumkan";
    /// A fault.
    BAD_TEXT = "Both texts are needed, of at most 500 letters each.", "Kedua teks wajib diisi, masing-masing paling banyak 500 karakter.";
    /// A fault.
    BAD_TIME = "The end must be after the beginning and in the future, at most a year ahead.", "Waktu berakhir harus setelah waktu mulai dan belum lewat, paling lama setahun dari sekarang.";
    /// A column.
    TEXT = "Text", "Teks";
    /// A column.
    SHOWN = "Shown", "Tampil";
    /// A column.
    DEEDS = "Actions", "Tindakan";
    /// A state.
    IS_SHOWN = "Shown now", "Sedang tampil";
    /// A state.
    IS_COMING = "Not yet", "Belum tampil";
    /// A state.
    IS_OVER = "Over", "Selesai";
    /// A state.
    IS_WITHDRAWN = "Withdrawn", "Ditarik";
    /// For whom.
    FOR_ALL = "everybody", "semua orang";
    /// For whom.
    FOR_MEMBERS = "signed in", "pengguna yang sudah masuk";
    /// A button.
    WITHDRAW = "Withdraw", "Tarik";
    /// There are none.
    NO_ANNOUNCEMENTS = "None yet.", "Belum ada.";
    /// What to do then.
    NO_ANNOUNCEMENTS_HINT = "The first one appears here when an administrator makes it.", "Pengumuman pertama muncul di sini setelah dibuat administrator.";

    /// A section.
    SERVER = "Server", "Server";
    /// A row.
    RUNNING_VERSION = "Version", "Versi";
    /// A row.
    RUNNING_SINCE = "Running since", "Berjalan sejak";
    /// A row.
    FREE_DISK = "Free disk space", "Ruang disk kosong";
    /// It is not known on this system.
    NOT_KNOWN = "not known on this system", "tidak diketahui di sistem ini";
    /// A section.
    DATABASE = "Database", "Basis data";
    /// A row.
    ENGINE = "Engine", "Mesin";
    /// A row.
    LATENCY = "Response time", "Waktu respons";
    /// A row.
    SIZE = "Size", "Ukuran";
    /// A row.
    MIGRATION = "Schema version", "Versi skema";
    /// A row.
    ACCOUNTS = "Accounts", "Akun";
    /// A section.
    QUEUES = "What waits", "Antrean";
    /// A row.
    MAILS_WAITING = "Mails waiting", "Email menunggu";
    /// A row.
    MAILS_FAILED = "Mails given up", "Email gagal";
    /// A row.
    OLDEST_DUE = "Due the longest", "Paling lama menunggu";
    /// A row.
    TOLD_WAITING = "Notifications waiting", "Notifikasi menunggu";
    /// A row.
    TOLD_FAILED = "Notifications given up", "Notifikasi gagal";
    /// A section.
    OUTSIDE = "Outside services", "Layanan luar";
    /// A state.
    SET_UP = "set up", "disiapkan";
    /// A state.
    NOT_SET_UP = "not set up", "belum disiapkan";
    /// A state of a breaker.
    CLOSED = "answers", "menjawab";
    /// A state of a breaker.
    TRIPPED = "does not answer: left alone for a while", "tidak menjawab: dijeda sebentar";
    /// A state of a breaker.
    TRYING = "is being tried again", "sedang dicoba lagi";
    /// A row.
    MAIL_SERVER = "Mail server", "Server email";
    /// A row.
    RESTING = "Webhooks paused", "Webhook dijeda";
    /// A section.
    PERIODIC = "Recurring tasks", "Tugas berkala";
    /// Nothing ran so far.
    NEVER_RAN = "Nothing so far.", "Belum ada.";
    /// It went well.
    WENT_WELL = "went well", "berhasil";
    /// It failed.
    WENT_WRONG = "failed: {}", "gagal: {}";
}

fn find<'a>(among: &[(&str, Text)], name: &'a str, language: Language) -> &'a str {
    among
        .iter()
        .find(|(word, _)| *word == name)
        .map_or(name, |(_, text)| language.text(*text))
}

const STATES: [(&str, Text); 10] = [
    ("free", text("Free", "Gratis")),
    ("trialing", text("On trial", "Uji coba")),
    ("active", text("Active", "Aktif")),
    ("renewing", text("Being renewed", "Sedang diperpanjang")),
    (
        "ending",
        text("Ends, not renewed", "Berakhir, tidak diperpanjang"),
    ),
    ("past_due", text("Payment failed", "Pembayaran gagal")),
    ("unpaid", text("Unpaid", "Belum dibayar")),
    ("reversed", text("Money went back", "Uang dikembalikan")),
    ("ended", text("Ended", "Berakhir")),
    ("unreadable", text("Cannot be read", "Tidak terbaca")),
];

/// What a state of paying is called.
pub(crate) fn state(name: &str, language: Language) -> &str {
    find(&STATES, name, language)
}

/// Every state, for a choice.
pub(crate) fn states(language: Language) -> Vec<(&'static str, &'static str)> {
    STATES
        .iter()
        .map(|(name, text)| (*name, language.text(*text)))
        .collect()
}

const FACTS: [(&str, Text); 6] = [
    ("subscription", text("Subscription", "Langganan")),
    ("paid", text("Paid", "Dibayar")),
    ("failed", text("Payment failed", "Pembayaran gagal")),
    ("refund", text("Refund", "Pengembalian")),
    ("dispute", text("Dispute", "Sengketa")),
    ("purchase", text("Single payment", "Sekali bayar")),
];

/// What a kind of fact is called.
pub(crate) fn fact(name: &str, language: Language) -> &str {
    find(&FACTS, name, language)
}

const FLAGS_NAMED: [(&str, Text); 3] = [
    (
        "registration",
        text(
            "Whether new accounts may be made. Links that were mailed before still work.",
            "Mengizinkan pembuatan akun baru. Tautan yang sudah dikirim tetap berlaku.",
        ),
    ),
    (
        "notify-telegram",
        text(
            "Whether notifications go to Telegram. What waits is dropped while it is off.",
            "Mengirim notifikasi ke Telegram. Selama nonaktif, yang menunggu dibuang.",
        ),
    ),
    (
        "notify-webhook",
        text(
            "Whether notifications go to webhooks. What waits is dropped while it is off.",
            "Mengirim notifikasi ke webhook. Selama nonaktif, yang menunggu dibuang.",
        ),
    ),
];

/// What a flag does.
pub(crate) fn flag(name: &str, language: Language) -> &str {
    find(&FLAGS_NAMED, name, language)
}

const SEVERITIES: [(&str, Text); 3] = [
    ("info", text("Good to know", "Info")),
    ("warning", text("Warning", "Peringatan")),
    ("critical", text("Critical", "Penting")),
];

/// What a severity is called.
pub(crate) fn severity(name: &str, language: Language) -> &str {
    find(&SEVERITIES, name, language)
}

/// Every severity, for a choice.
pub(crate) fn severities(language: Language) -> Vec<(&'static str, &'static str)> {
    SEVERITIES
        .iter()
        .map(|(name, text)| (*name, language.text(*text)))
        .collect()
}

const RUNS: [(&str, Text); 3] = [
    (
        "notification-delivery",
        text("Sending notifications", "Pengiriman notifikasi"),
    ),
    (
        "notification-scan",
        text(
            "Looking for silent executors",
            "Pemeriksaan executor yang tidak memberi kabar",
        ),
    ),
    (
        "plan-scan",
        text("Looking at plans and quotas", "Pemeriksaan paket dan kuota"),
    ),
];

/// What runs from time to time.
pub(crate) fn run(name: &str, language: Language) -> &str {
    find(&RUNS, name, language)
}

/// A month or a year.
pub(crate) fn interval(name: &str, language: Language) -> &str {
    match name {
        "month" => language.text(text("month", "bulan")),
        "year" => language.text(text("year", "tahun")),
        other => other,
    }
}
