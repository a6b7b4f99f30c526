//! The account page.

use super::words;

words! {
    /// Its title.
    ACCOUNT = "Your account", "Akun Anda";
    /// Since when: a time.
    SINCE = "Account since", "Akun sejak";
    /// A field.
    CURRENT_PASSWORD = "Current password", "Kata sandi saat ini";
    /// Why it is asked for.
    WHY_PASSWORD = "So that nobody else does it at an open screen.",
        "Agar orang lain tidak melakukannya saat layar Anda terbuka.";

    /// A section.
    EMAIL = "Email address", "Alamat email";
    /// What it is for.
    EMAIL_LEAD = "You sign in with it, and our mails go there. A new one takes effect once you open the link that we send to it.",
        "Dipakai untuk masuk dan menerima email dari kami. Alamat baru berlaku setelah Anda membuka tautan yang kami kirim ke sana.";
    /// A field.
    EMAIL_NEW = "New email address", "Alamat email baru";
    /// A button.
    EMAIL_DO = "Send the link", "Kirim tautan";
    /// Opens the form.
    EMAIL_OPEN = "Change the address", "Ganti alamat";

    /// A section.
    PASSWORD = "Password", "Kata sandi";
    /// What it is for.
    PASSWORD_LEAD = "Choose one that you use nowhere else.",
        "Pilih kata sandi yang tidak Anda pakai di tempat lain.";
    /// A button.
    PASSWORD_DO = "Change the password", "Ganti kata sandi";
    /// Opens the form.
    PASSWORD_OPEN = "Change the password", "Ganti kata sandi";

    /// What it is for.
    TWO_FACTOR_LEAD = "Besides the password, a code from an app on your phone. Someone who has only your password cannot get in.",
        "Selain kata sandi, Anda juga memasukkan kode dari aplikasi di ponsel. Orang yang hanya tahu kata sandi Anda tidak dapat masuk.";
    /// It is off.
    TWO_FACTOR_IS_OFF = "Off", "Nonaktif";
    /// It is on.
    TWO_FACTOR_IS_ON = "On since", "Aktif sejak";
    /// Sets it up.
    TWO_FACTOR_SET_UP = "Set up", "Siapkan";
    /// How many are left.
    CODES_LEFT = "{} recovery codes left", "Tersisa {} kode pemulihan";
    /// One is left.
    ONE_CODE_LEFT = "1 recovery code left", "Tersisa 1 kode pemulihan";
    /// None is left.
    NO_CODE_LEFT = "No recovery code left", "Kode pemulihan habis";
    /// What to do then.
    CODES_FEW = "Make new ones in time: without your phone and without codes you cannot sign in.",
        "Segera buat kode baru: tanpa ponsel dan tanpa kode, Anda tidak dapat masuk.";
    /// Opens the form.
    CODES_OPEN = "Make new recovery codes", "Buat kode pemulihan baru";
    /// What will be.
    CODES_LEAD = "You get ten new codes. The old ones are no longer good.",
        "Anda menerima sepuluh kode baru. Kode lama tidak berlaku lagi.";
    /// A button.
    CODES_DO = "Make new codes", "Buat kode baru";
    /// Opens the form.
    OFF_OPEN = "Switch off two-step verification", "Nonaktifkan verifikasi dua langkah";
    /// What will be.
    OFF_LEAD = "From then on, the password alone is enough to sign in. The recovery codes are deleted.",
        "Setelah itu, kata sandi saja cukup untuk masuk. Kode pemulihan dihapus.";
    /// A button.
    OFF_DO = "Switch off", "Nonaktifkan";

    /// A section.
    SESSIONS = "Where you are signed in", "Perangkat yang sedang masuk";
    /// What it is for.
    SESSIONS_LEAD = "End what you do not know, then change your password.",
        "Akhiri sesi yang tidak Anda kenal, lalu ganti kata sandi Anda.";
    /// The session of this page.
    THIS_SESSION = "This device", "Perangkat ini";
    /// When it was made: a time.
    SIGNED_IN_AT = "Signed in", "Masuk";
    /// When it was last used: a time.
    SEEN_AT = "Last used", "Terakhir dipakai";
    /// A button.
    SESSION_END = "End", "Akhiri";
    /// Which, read aloud: the browser, the address.
    SESSION_WHICH = "session {}, {}", "sesi {}, {}";
    /// A button: how many.
    OTHERS_END = "End the {} other sessions", "Akhiri {} sesi lainnya";
    /// A button.
    OTHER_END = "End the other session", "Akhiri sesi lainnya";
    /// There is none but this.
    NO_OTHERS = "You are signed in nowhere else.", "Anda tidak masuk di perangkat lain.";

    /// A section.
    LANGUAGE = "Language of mails", "Bahasa email";
    /// What it is for.
    LANGUAGE_LEAD = "The language in which we write to you. That of the pages is chosen above.",
        "Bahasa yang kami pakai saat menulis kepada Anda. Bahasa halaman dipilih di bagian atas.";
    /// A field.
    LANGUAGE_FIELD = "Language", "Bahasa";
    /// A button.
    LANGUAGE_DO = "Save", "Simpan";

    /// A section.
    EVENTS = "What happened", "Riwayat akun";
    /// What it is for.
    EVENTS_LEAD = "The latest events of your account. If you did not do one of these, change your password and end the other sessions.",
        "Peristiwa terbaru pada akun Anda. Jika ada yang bukan Anda lakukan, ganti kata sandi dan akhiri sesi lainnya.";
    /// There are none.
    NO_EVENTS = "Nothing yet.", "Belum ada.";
    /// What happens here.
    NO_EVENTS_HINT = "Sign-ins and changes to your account will be listed here.",
        "Aktivitas masuk dan perubahan akun akan tercatat di sini.";
    /// A column.
    EVENT_AT = "When", "Waktu";
    /// A column.
    EVENT_WHAT = "What", "Peristiwa";
    /// A column.
    EVENT_ADDRESS = "From", "Dari";
    /// It was our staff.
    BY_STAFF = "by Phoenix staff", "oleh staf Phoenix";

    /// A section.
    EXPORT = "Your data", "Data Anda";
    /// What it is.
    EXPORT_LEAD = "What we keep of you, in one JSON file: account, payments and usage, strategies, runs, devices, trades, equity, commands, notifications, mails, sessions and events. Secrets and the texts of mails are left out: they would open your account.",
        "Yang kami simpan tentang Anda dalam satu berkas JSON: akun, pembayaran dan pemakaian, strategi, run, perangkat, trade, equity, perintah, notifikasi, email, sesi, dan riwayat. Rahasia dan isi email tidak disertakan karena dapat dipakai untuk membuka akun Anda.";
    /// A link.
    EXPORT_DO = "Download my data", "Unduh data saya";

    /// A section.
    DELETE = "Delete the account", "Hapus akun";
    /// What it means.
    DELETE_LEAD = "At once and for good. Download your data first if you may want it back.",
        "Langsung dan permanen. Unduh dulu data Anda jika mungkin masih diperlukan.";
    /// Opens the form.
    DELETE_OPEN = "Delete my account", "Hapus akun saya";
    /// Before the list.
    DELETE_WHAT = "This destroys:", "Yang akan dihapus:";
    /// In the list.
    DELETE_STRATEGIES = "all your strategies, with all their versions", "semua strategi Anda beserta semua versinya";
    /// In the list.
    DELETE_RUNS = "all your runs and their results", "semua run Anda beserta hasilnya";
    /// In the list.
    DELETE_REPORTED = "trades, equity, commands, reports, notifications and webhooks",
        "trade, equity, perintah, laporan, notifikasi, dan webhook";
    /// In the list.
    DELETE_SESSIONS = "your sessions on every device", "sesi Anda di semua perangkat";
    /// In the list.
    DELETE_KEYS = "the keys of your devices and programs, which are cut off at once",
        "kunci perangkat dan program Anda, yang langsung terputus";
    /// In the list: the address.
    DELETE_ACCOUNT = "the account {}", "akun {}";
    /// After the list.
    DELETE_FINAL = "It cannot be undone, not by us either.",
        "Tindakan ini tidak dapat dibatalkan, bahkan oleh kami.";
    /// A field.
    DELETE_EMAIL = "To confirm, type your email address", "Untuk konfirmasi, ketik alamat email Anda";
    /// A button.
    DELETE_DO = "Delete account and everything in it", "Hapus akun beserta semua isinya";
}
