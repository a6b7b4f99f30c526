//! Devices and keys.

use super::{Text, words};
use crate::device::Scope;

/// What a scope is called.
pub(crate) const fn scope(scope: Scope) -> Text {
    match scope {
        Scope::Executor => EXECUTOR,
        Scope::Phone => PHONE,
        Scope::Read => READ,
    }
}

/// What a scope is allowed.
pub(crate) const fn may(scope: Scope) -> Text {
    match scope {
        Scope::Executor => MAY_EXECUTOR,
        Scope::Phone => MAY_PHONE,
        Scope::Read => MAY_READ,
    }
}

words! {
    /// A title.
    DEVICES = "Devices", "Perangkat";
    /// What they are.
    DEVICES_LEAD = "Executors, phones and programs that have a key to your account.",
        "Executor, ponsel, dan program yang memegang kunci akun Anda.";

    /// A scope.
    EXECUTOR = "Executor", "Executor";
    /// A scope.
    PHONE = "Phone", "Ponsel";
    /// A scope.
    READ = "Read only", "Hanya baca";
    /// What it may do.
    MAY_EXECUTOR = "Receives trading commands and carries them out at your broker, reports trades and equity, reads everything except the list of keys.",
        "Menerima perintah trading dan menjalankannya di broker Anda, melaporkan trade dan equity, membaca semuanya kecuali daftar kunci.";
    /// What it may do.
    MAY_PHONE = "Gives trading commands, stops strategies from trading, approves executors and read-only programs, starts the purchase of a plan, reads everything except the list of keys. It cannot charge your saved card or change a running subscription.",
        "Memberi perintah trading, menghentikan trading suatu strategi, menyetujui executor dan program hanya baca, memulai pembelian paket, membaca semuanya kecuali daftar kunci. Ponsel tidak dapat menagih kartu Anda yang tersimpan atau mengubah langganan yang berjalan.";
    /// What it may do.
    MAY_READ = "Reads everything except the list of keys. It gives no commands and changes nothing.",
        "Membaca semuanya kecuali daftar kunci. Tidak memberi perintah dan tidak mengubah apa pun.";

    /// A section.
    PAIR = "Pair a device", "Pasangkan perangkat";
    /// What it is for.
    PAIR_LEAD = "Type the code that it shows. You see which device it is before it gets a key.",
        "Ketik kode yang tampil di perangkat. Anda dapat memeriksa dulu perangkatnya sebelum kunci diberikan.";
    /// A field.
    CODE = "Code", "Kode";
    /// How to fill it in.
    CODE_HINT = "A code holds for ten minutes. Capitals and dashes do not matter.",
        "Kode berlaku sepuluh menit. Huruf besar dan tanda hubung tidak berpengaruh.";
    /// A button.
    PAIR_DO = "Continue", "Lanjut";

    /// A section.
    KEYS = "Your devices and keys", "Perangkat dan kunci Anda";
    /// What it is for.
    KEYS_LEAD = "Each has a key of its own. Revoke what you do not know or no longer use.",
        "Masing-masing memegang kuncinya sendiri. Cabut yang tidak Anda kenal atau tidak dipakai lagi.";
    /// There is none.
    NO_KEYS = "No device has a key.", "Belum ada perangkat yang memegang kunci.";
    /// What to do.
    NO_KEYS_HINT = "Start Phoenix on your executor or phone and type above the code that it shows.",
        "Jalankan Phoenix di executor atau ponsel Anda, lalu ketik kode yang tampil pada kolom di atas.";
    /// Opens the list of those that open nothing any more.
    FORMER = "Revoked and expired keys", "Kunci yang dicabut dan kedaluwarsa";
    /// Since when: a time.
    CREATED_AT = "Created", "Dibuat";
    /// When it was last used: a time.
    USED_AT = "Last used", "Terakhir dipakai";
    /// It was not.
    NEVER_USED = "Never used", "Belum pernah dipakai";
    /// Until when: a time.
    EXPIRES_AT = "Expires", "Berlaku sampai";
    /// The same when it is past.
    EXPIRED_AT = "Expired", "Kedaluwarsa sejak";
    /// Until it is revoked.
    NO_END = "Does not expire", "Tanpa batas waktu";
    /// A state.
    REVOKED = "Revoked", "Dicabut";
    /// A state.
    EXPIRED = "Expired", "Kedaluwarsa";
    /// Opens the question.
    REVOKE_ASK = "Revoke", "Cabut";
    /// What stops: the name.
    STOPS_EXECUTOR = "{} is cut off at once: it receives no more commands, and its reports are refused. This closes no position; what is open at the broker stays open.",
        "{} langsung terputus: tidak menerima perintah lagi, dan laporannya ditolak. Ini tidak menutup posisi; posisi yang terbuka di broker tetap terbuka.";
    /// What stops: the name.
    STOPS_PHONE = "{} is cut off at once: it can no longer give commands, approve devices or read anything. Commands that it gave already stay.",
        "{} langsung terputus: tidak dapat lagi memberi perintah, menyetujui perangkat, atau membaca apa pun. Perintah yang sudah diberikan tetap berlaku.";
    /// What stops: the name.
    STOPS_READ = "{} is cut off at once: it can no longer read anything.",
        "{} langsung terputus: tidak dapat lagi membaca apa pun.";
    /// After that.
    REVOKE_FINAL = "It cannot be undone. To let it in again, pair it again or make a new key.",
        "Tindakan ini tidak dapat dibatalkan. Untuk memberi akses lagi, pasangkan ulang atau buat kunci baru.";
    /// A button.
    REVOKE_DO = "Revoke the key", "Cabut kunci";

    /// A section.
    KEY = "Make a key yourself", "Buat kunci sendiri";
    /// What it is for.
    KEY_LEAD = "For programs that cannot show a code. Whoever has the key can do what it allows: give it to nobody.",
        "Untuk program yang tidak dapat menampilkan kode. Siapa pun yang memegang kunci dapat melakukan yang diizinkannya: jangan berikan kepada siapa pun.";
    /// Opens the form.
    KEY_OPEN = "Make a key", "Buat kunci";
    /// A field.
    LABEL = "Name", "Nama";
    /// How to fill it in.
    LABEL_HINT = "So that you know it again, such as \u{201c}Home server\u{201d}. 1 to 80 characters.",
        "Agar Anda mengenalinya lagi, misalnya \u{201c}Server rumah\u{201d}. 1 sampai 80 karakter.";
    /// A field.
    SCOPE = "Access", "Akses";
    /// A field.
    DAYS = "Valid for", "Masa berlaku";
    /// A choice.
    DAYS_30 = "30 days", "30 hari";
    /// A choice.
    DAYS_90 = "90 days", "90 hari";
    /// A choice.
    DAYS_365 = "365 days", "365 hari";
    /// A choice.
    DAYS_ALL = "Until I revoke it", "Sampai saya cabut";
    /// A button.
    KEY_DO = "Make the key", "Buat kunci";

    /// A title.
    APPROVE = "Approve this device?", "Setujui perangkat ini?";
    /// What it is.
    APPROVE_LEAD = "This device asks for a key to your account:",
        "Perangkat ini meminta kunci akun Anda:";
    /// What it calls itself.
    NAME = "Calls itself", "Mengaku sebagai";
    /// Where it asks from.
    ADDRESS = "Asks from", "Meminta dari";
    /// What it would be allowed.
    MAY = "It will be allowed", "Yang akan diizinkan";
    /// Before the button.
    APPROVE_WARN = "Approve only if this code is on the screen of your own device now. If somebody sent it to you, do not approve: their device would get into your account.",
        "Setujui hanya jika kode ini sekarang tampil di layar perangkat Anda sendiri. Jika kode ini dikirim orang lain, jangan setujui: perangkat mereka akan masuk ke akun Anda.";
    /// A button.
    APPROVE_DO = "Approve the device", "Setujui perangkat";
    /// A link.
    APPROVE_NOT = "It is not mine: back to devices", "Bukan milik saya: kembali ke perangkat";

    /// A title.
    MADE = "Your new key", "Kunci baru Anda";
    /// Whose it is: the name.
    MADE_LEAD = "The key of {}:", "Kunci untuk {}:";
    /// Now or never.
    MADE_ONCE = "It is shown only now. Copy it before you leave this page; if it is lost, revoke it and make another.",
        "Kunci ini hanya ditampilkan sekarang. Salin sebelum meninggalkan halaman ini; jika hilang, cabut dan buat yang lain.";
    /// How to use it: the header.
    MADE_USE = "Put it into the settings of the program, which sends it with every request in the header {}.",
        "Masukkan ke pengaturan program, yang mengirimkannya pada setiap permintaan di header {}.";
    /// A link.
    MADE_DO = "I have copied it", "Sudah saya salin";
    /// A link.
    MADE_DOCS = "What programs can ask for", "Yang dapat diminta program";

    /// Why not, what next.
    NO_CODE = "No device waits under this code. It is mistyped, or older than ten minutes: check it, or let the device show a new one.",
        "Tidak ada perangkat yang menunggu dengan kode ini. Mungkin kodenya salah ketik, atau sudah lebih dari sepuluh menit: periksa kodenya, atau minta perangkat menampilkan yang baru.";
    /// Why not, what next.
    BAD_LABEL = "A name has 1 to 80 characters, so no key was made. Type another one.",
        "Nama terdiri dari 1 sampai 80 karakter, jadi kunci tidak dibuat. Ketik nama lain.";
    /// Why not, what next.
    TOO_MANY = "You have as many keys as an account may have, so no new one was given. Revoke one that you no longer use, then try again.",
        "Jumlah kunci Anda sudah mencapai batas akun, jadi kunci baru tidak diberikan. Cabut yang tidak dipakai lagi, lalu coba lagi.";

    /// A section of the account page.
    SECTION = "Devices and keys", "Perangkat dan kunci";
    /// A link.
    SECTION_DO = "Manage devices", "Kelola perangkat";
}
