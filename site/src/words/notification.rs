//! What traders are told, and how they choose.

use super::{Text, text, words};
use trading::language::Language;

words! {
    /// An executor: its name.
    SILENT = "{} is silent", "{} tidak memberi kabar";
    /// Its name, since when.
    SILENT_TEXT = "Your executor {} was trading and has said nothing since {}. It may go on by itself; nothing can be stopped from here until it is back. Check the computer and its connection.",
        "Executor {} sedang trading dan tidak memberi kabar sejak {}. Executor mungkin tetap berjalan sendiri; dari sini tidak ada yang dapat dihentikan sampai executor kembali online. Periksa komputer dan koneksinya.";
    /// An executor: its name.
    BACK = "{} is back", "{} kembali online";
    /// Its name, since when it was silent.
    BACK_TEXT = "Your executor {} is heard of again. It had been silent since {}.",
        "Executor {} sudah memberi kabar lagi. Sebelumnya tidak ada kabar sejak {}.";
    /// A command: which.
    FAILED = "Command failed: {}", "Perintah gagal: {}";
    /// Which, what the executor said.
    FAILED_TEXT = "Your executor could not do it (\u{201c}{}\u{201d}). It says: {}", "Executor tidak dapat menjalankannya (\u{201c}{}\u{201d}). Keterangannya: {}";
    /// The same where it said nothing.
    FAILED_PLAIN = "Your executor could not do it (\u{201c}{}\u{201d}), and did not say why.", "Executor tidak dapat menjalankannya (\u{201c}{}\u{201d}) tanpa menyebutkan alasannya.";
    /// A command: which.
    EXPIRED = "Command expired: {}", "Perintah kedaluwarsa: {}";
    /// Which.
    EXPIRED_TEXT = "No executor said in time that it was done (\u{201c}{}\u{201d}). It may still have been done: look at your positions.",
        "Tidak ada executor yang melapor tepat waktu bahwa perintah (\u{201c}{}\u{201d}) sudah dijalankan. Bisa saja tetap dijalankan: periksa posisi Anda.";
    /// A sign-in: the address.
    SIGN_IN = "Signed in from a new address: {}", "Masuk dari alamat baru: {}";
    /// The address.
    SIGN_IN_TEXT = "Somebody signed in to your account from the network address {}, for the first time. If it was not you, change your password at once: that ends all other sessions.",
        "Seseorang masuk ke akun Anda dari alamat jaringan {} untuk pertama kalinya. Jika bukan Anda, segera ganti kata sandi: semua sesi lain akan diakhiri.";
    /// A payment.
    PAYMENT = "Payment failed", "Pembayaran gagal";
    /// The plan, until when it counts.
    PAYMENT_TEXT = "The payment for your plan {} did not go through. It counts until {} while it is tried again. Check your card.",
        "Pembayaran paket {} tidak berhasil. Paket tetap berlaku sampai {} selama penagihan dicoba lagi. Periksa kartu Anda.";
    /// A plan: which.
    ENDING = "Your plan {} ends soon", "Paket {} segera berakhir";
    /// Which, when.
    ENDING_TEXT = "Your plan {} ends at {} and is not renewed. After that the free plan counts; nothing that you saved is deleted.",
        "Paket {} berakhir pada {} dan tidak diperpanjang. Setelah itu berlaku paket gratis; yang sudah Anda simpan tidak dihapus.";
    /// A quota: which.
    QUOTA = "Nearly used up: {}", "Hampir habis: {}";
    /// Which, how much.
    QUOTA_TEXT = "{}: {} of your plan are used.", "{}: {} dari paket Anda sudah terpakai.";
    /// A webhook.
    HOOK_OFF = "A webhook was turned off", "Webhook dinonaktifkan";
    /// Where it is, how often it failed.
    HOOK_OFF_TEXT = "{} failed {} times in a row and gets nothing more. Mend it and turn it on again.",
        "{} gagal {} kali berturut-turut dan tidak dikirimi lagi. Perbaiki, lalu aktifkan kembali.";
    /// What the operator tells everybody.
    ANNOUNCEMENT = "Announcement", "Pengumuman";
    /// A test.
    TEST = "A test", "Pesan tes";
    /// Where it goes.
    TEST_TEXT = "This is a test for {}. It works.", "Ini pesan tes untuk {}. Semuanya berfungsi.";

    /// The page.
    TITLE = "Notifications", "Notifikasi";
    /// How many are new.
    UNREAD = "{} unread", "{} belum dibaca";
    /// None is.
    ALL_READ = "All read.", "Semua sudah dibaca.";
    /// A button.
    READ_ALL = "Mark all as read", "Tandai semua sudah dibaca";
    /// A button.
    READ = "Mark as read", "Tandai sudah dibaca";
    /// Read aloud before one.
    NEW = "New", "Baru";
    /// A link.
    MORE = "See more", "Lihat";
    /// There are none.
    NONE = "No notifications yet.", "Belum ada notifikasi.";
    /// What comes here.
    NONE_HINT = "Silent executors, commands that failed, sign-ins from new addresses and payments appear here. You choose what also comes by mail, Telegram or webhook.",
        "Executor yang tidak memberi kabar, perintah yang gagal, masuk dari alamat baru, dan pembayaran muncul di sini. Anda memilih apa yang juga dikirim lewat email, Telegram, atau webhook.";
    /// A link to the other page.
    SETTINGS = "Notification settings", "Pengaturan notifikasi";
    /// The next page.
    OLDER = "Older", "Lebih lama";

    /// The other page.
    SETTINGS_TITLE = "Notification settings", "Pengaturan notifikasi";
    /// A link back.
    TO_LIST = "All notifications", "Semua notifikasi";
    /// A section.
    KINDS = "What is sent where", "Saluran pengiriman";
    /// What it is.
    KINDS_LEAD = "Everything is listed under Notifications. Choose what is also sent.", "Semua tercatat di halaman Notifikasi. Pilih apa yang juga dikirim.";
    /// A column.
    KIND = "About", "Tentang";
    /// A channel.
    MAIL = "Mail", "Email";
    /// A channel.
    TELEGRAM = "Telegram", "Telegram";
    /// A channel.
    WEBHOOK = "Webhook", "Webhook";
    /// A button.
    SAVE = "Save", "Simpan";
    /// A box, read aloud: kind, channel.
    BY = "{} by {}", "{} lewat {}";
    /// A channel is not there yet.
    NOT_CONNECTED = "not connected", "belum terhubung";
    /// What that means.
    NOT_CONNECTED_HINT = "Nothing goes there until it is connected.", "Belum ada yang dikirim ke sana sebelum terhubung.";

    /// What it is.
    TELEGRAM_LEAD = "Messages from our bot, on your phone.", "Pesan dari bot kami di ponsel Anda.";
    /// There is no bot.
    TELEGRAM_OFF = "This installation has no Telegram bot. Whoever runs it can set one up.", "Instalasi ini tidak memiliki bot Telegram. Pengelolanya dapat menyiapkannya.";
    /// Nothing is connected.
    TELEGRAM_NONE = "Not connected.", "Belum terhubung.";
    /// A button.
    CONNECT = "Connect", "Hubungkan";
    /// A button.
    DISCONNECT = "Disconnect", "Putuskan";
    /// Who is connected.
    CONNECTED = "Connected with {}", "Terhubung dengan {}";
    /// Somebody without a name.
    SOMEBODY = "a chat", "sebuah chat";
    /// A button.
    SEND_TEST = "Send a test", "Kirim pesan tes";
    /// The page with the link.
    LINK_TITLE = "Connect Telegram", "Hubungkan Telegram";
    /// What to do.
    LINK_LEAD = "Open this link on the phone or computer where you use Telegram, and press Start there. It holds for 15 minutes and connects whoever opens it: give it to nobody.",
        "Buka tautan ini di ponsel atau komputer tempat Anda memakai Telegram, lalu tekan Mulai. Tautan berlaku 15 menit dan menghubungkan siapa pun yang membukanya: jangan berikan kepada siapa pun.";
    /// The link.
    LINK_OPEN = "Open Telegram", "Buka Telegram";
    /// A link back.
    LINK_DONE = "I have pressed Start", "Saya sudah menekan Mulai";
    /// Telegram does not answer.
    TELEGRAM_AWAY = "Telegram does not answer at the moment. Try again in a minute.", "Telegram sedang tidak menjawab. Coba lagi sebentar lagi.";

    /// What it is.
    WEBHOOK_LEAD = "A signed call to your own server for each notification.", "Setiap notifikasi dikirim ke server Anda sendiri sebagai panggilan bertanda tangan.";
    /// There are none.
    WEBHOOK_NONE = "None yet.", "Belum ada.";
    /// A field.
    URL = "Address", "Alamat";
    /// What may stand there.
    URL_HINT = "Begins with https:// and is reached from the public network.", "Diawali https:// dan dapat dijangkau dari internet.";
    /// A button.
    ADD = "Add", "Tambah";
    /// A button.
    REMOVE = "Remove", "Hapus";
    /// A button.
    RESUME = "Turn on again", "Aktifkan lagi";
    /// A state.
    HOOK_ON = "On", "Aktif";
    /// A state: how often it failed.
    HOOK_FAILING = "{} failures in a row", "{} kegagalan berturut-turut";
    /// A state.
    HOOK_DEAD = "Turned off after too many failures", "Dinonaktifkan setelah terlalu banyak kegagalan";
    /// A state.
    HOOK_RESET = "Turned off when your password was reset. Is the address yours?", "Dinonaktifkan saat kata sandi Anda diatur ulang. Apakah alamat ini milik Anda?";
    /// A test so soon after another.
    TESTED = "A test was sent there less than a minute ago, or is still on its way. Wait a minute.", "Pesan tes ke sana baru saja dikirim atau masih dalam proses. Tunggu satu menit.";
    /// Turned off by the operator.
    HOOKS_OFF = "Webhooks are turned off at the moment.", "Webhook sedang dinonaktifkan.";
    /// There are as many as there may be.
    HOOKS_MOST = "You have as many webhooks as anyone may have.", "Jumlah webhook Anda sudah maksimal.";
    /// The page with the secret.
    MADE_TITLE = "Your webhook", "Webhook Anda";
    /// What to do.
    MADE_LEAD = "Calls are signed with this secret. It is shown only now: keep it where your server reads it.",
        "Panggilan ditandatangani dengan kunci rahasia ini. Kunci hanya ditampilkan sekarang: simpan di tempat yang dibaca server Anda.";
    /// A field.
    SECRET = "Secret", "Kunci rahasia";
    /// How to check.
    MADE_HOW = "Each call has webhook-id, webhook-timestamp and webhook-signature, as standardwebhooks.com describes. Refuse a time that is more than five minutes off, and an id that you have seen.",
        "Setiap panggilan membawa webhook-id, webhook-timestamp, dan webhook-signature sesuai standardwebhooks.com. Tolak waktu yang berselisih lebih dari lima menit dan id yang pernah diterima.";
    /// A link back.
    MADE_DONE = "I have kept it", "Sudah saya simpan";
    /// A fault.
    BAD_UNREADABLE = "This is no web address.", "Ini bukan alamat web.";
    /// A fault.
    BAD_INSECURE = "The address must begin with https://.", "Alamat harus diawali https://.";
    /// A fault.
    BAD_EXTRA = "The address must have no user name and no # part.", "Alamat tidak boleh memuat nama pengguna atau bagian #.";
    /// A fault.
    BAD_PRIVATE = "Only addresses on the public network can be called.", "Hanya alamat yang terbuka di internet yang dapat dipanggil.";
}

const KINDS_NAMED: [(&str, Text); 11] = [
    (
        "executor-silent",
        text(
            "A trading executor is silent",
            "Executor aktif tidak memberi kabar",
        ),
    ),
    (
        "executor-back",
        text("The executor is back", "Executor kembali online"),
    ),
    ("command-failed", text("A command failed", "Perintah gagal")),
    (
        "command-expired",
        text("A command expired", "Perintah kedaluwarsa"),
    ),
    (
        "sign-in",
        text("Sign-in from a new address", "Masuk dari alamat baru"),
    ),
    (
        "payment-failed",
        text("A payment failed", "Pembayaran gagal"),
    ),
    (
        "plan-ending",
        text("The plan ends soon", "Paket segera berakhir"),
    ),
    (
        "quota-near",
        text("A quota is nearly used", "Kuota hampir habis"),
    ),
    (
        "webhook-off",
        text("A webhook was turned off", "Webhook dinonaktifkan"),
    ),
    ("announcement", text("Announcements", "Pengumuman")),
    ("test", text("Tests", "Pesan tes")),
];

fn find<'a>(among: &[(&str, Text)], name: &'a str, language: Language) -> &'a str {
    among
        .iter()
        .find(|(word, _)| *word == name)
        .map_or(name, |(_, text)| language.text(*text))
}

/// What a kind is called; one that is not known here, as it is.
pub(crate) fn kind(name: &str, language: Language) -> &str {
    find(&KINDS_NAMED, name, language)
}
