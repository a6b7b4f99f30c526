//! Strategies as their trader has them.

use super::words;

words! {
    /// A title.
    STRATEGIES = "Strategies", "Strategi";
    /// What they are.
    STRATEGIES_LEAD = "What you work on, what trades, and what you have put away.",
        "Yang sedang Anda kerjakan, yang sedang trading, dan yang sudah Anda arsipkan.";
    /// How many are live: how many, and the most.
    ROOM = "{} of {} live strategies in use.", "{} dari {} strategi live terpakai.";
    /// The same where there is no most.
    ROOM_FREE = "{} strategies live. Your plan has no limit.", "{} strategi live. Paket Anda tanpa batas.";
    /// A link to the plan.
    PLAN = "See your plan", "Lihat paket Anda";
    /// More are saved than the plan allows: how many, and the most.
    OVER_SAVED = "You have {} saved strategies; your plan allows {}. Nothing is deleted, but no new ones can be saved until there is room.",
        "Anda punya {} strategi tersimpan; paket Anda mengizinkan {}. Tidak ada yang dihapus, tetapi strategi baru belum dapat disimpan sampai ada tempat.";
    /// No more can be saved: the most.
    FULL_SAVED = "You have as many saved strategies as your plan allows ({}). Before you save another, delete one in the Lab or choose a larger plan.",
        "Jumlah strategi tersimpan Anda sudah mencapai batas paket ({}). Sebelum menyimpan lagi, hapus salah satu di Lab atau pilih paket yang lebih besar.";
    /// More are live than the plan allows: how many, the most, until when.
    OVER_LIVE = "{} strategies are live, but your plan allows {}. All go on until {}. After that those that are live longest go on; the others open nothing more until you make room or choose a larger plan. Nothing is closed.",
        "{} strategi sedang live, sedangkan paket Anda mengizinkan {}. Semuanya tetap berjalan sampai {}. Setelah itu yang paling lama live tetap berjalan; yang lain tidak membuka posisi baru sampai Anda mengurangi jumlahnya atau memilih paket yang lebih besar. Tidak ada yang ditutup.";
    /// The same after that: how many, the most.
    PAUSED_LIVE = "{} strategies are live, but your plan allows {}. Those that are live longest go on; the paused ones open nothing more. What they have open keeps its exits. Deactivate one or choose a larger plan.",
        "{} strategi sedang live, sedangkan paket Anda mengizinkan {}. Yang paling lama live tetap berjalan; yang dijeda tidak membuka posisi baru. Posisi yang terbuka tetap mengikuti aturan exit-nya. Nonaktifkan salah satu atau pilih paket yang lebih besar.";

    /// A section.
    ACTIVE = "Live", "Live";
    /// None is live.
    NO_ACTIVE = "Nothing trades.", "Tidak ada strategi yang sedang trading.";
    /// What to do.
    NO_ACTIVE_HINT = "Choose a draft below and activate it. It starts once an executor of yours is connected.",
        "Pilih draf di bawah lalu aktifkan. Strategi mulai berjalan setelah executor Anda terhubung.";
    /// A section.
    DRAFTS = "Drafts", "Draf";
    /// There is none.
    NO_DRAFTS = "No drafts.", "Belum ada draf.";
    /// What to do.
    NO_DRAFTS_HINT = "Build a strategy in the Lab and save it: then it is here.",
        "Susun strategi di Lab lalu simpan: strategi itu akan muncul di sini.";
    /// A link.
    OPEN_LAB = "Open the Lab", "Buka Lab";
    /// A section.
    ARCHIVED = "Archived", "Arsip";
    /// There is none.
    NO_ARCHIVED = "The archive is empty.", "Arsip kosong.";
    /// What to do.
    NO_ARCHIVED_HINT = "Archive drafts that you no longer work on. They keep their versions and what they earned.",
        "Arsipkan draf yang tidak Anda kerjakan lagi. Versi dan hasilnya tetap tersimpan.";

    /// A number.
    VERSION = "Version {}", "Versi {}";
    /// When: a time follows.
    SAVED = "saved", "disimpan";
    /// What trades where: the version, the account.
    LIVE_ON = "Version {} trades on {}", "Versi {} trading di {}";
    /// A place.
    EVERY_ACCOUNT = "every account of your executors", "semua akun executor Anda";
    /// Since when: a time follows.
    LIVE_SINCE = "live since", "live sejak";
    /// A newer version is not live: its number.
    NEWER = "Version {} is newer and does not trade.", "Versi {} lebih baru dan belum trading.";
    /// A state.
    PAUSED = "Paused by your plan", "Dijeda karena paket";
    /// A state: until when follows.
    PAUSES = "Paused from", "Dijeda mulai";
    /// What came in so far.
    EARNED = "Result so far", "Hasil sejauh ini";
    /// Nothing yet.
    EARNED_NOTHING = "No deals yet", "Belum ada deal";

    /// A link.
    LAB = "Open in Lab", "Buka di Lab";
    /// A button: the number.
    ACTIVATE = "Activate version {}", "Aktifkan versi {}";
    /// A field.
    ON = "Trades on", "Trading di";
    /// Nothing was chosen yet.
    CHOOSE = "Choose…", "Pilih…";
    /// A choice.
    ON_EVERY = "Every account of my executors", "Semua akun executor saya";
    /// What it does: the number and the name.
    ACTIVATE_WHAT = "From now on version {} of \u{201c}{}\u{201d} opens and closes positions by itself, with the volume that it says. Later changes trade only once you activate them.",
        "Mulai sekarang versi {} dari \u{201c}{}\u{201d} membuka dan menutup posisi sendiri, dengan volume yang tertulis di dalamnya. Perubahan berikutnya baru trading setelah Anda aktifkan.";
    /// What it does besides: the number.
    ACTIVATE_INSTEAD = "It takes the place of version {}. What that one has open stays open.",
        "Versi ini menggantikan versi {}. Posisi yang terbuka tetap terbuka.";
    /// A plain warning.
    RISK = "Trading can lose money. Results of the past promise nothing.",
        "Trading dapat menimbulkan kerugian. Hasil masa lalu tidak menjanjikan apa pun.";
    /// A button.
    ACTIVATE_DO = "Let it trade", "Mulai trading";
    /// The limit is reached: the most.
    NO_ROOM = "Your plan allows {} live at a time. Deactivate one first, or choose a larger plan.",
        "Paket Anda mengizinkan {} strategi live sekaligus. Nonaktifkan salah satu dulu, atau pilih paket yang lebih besar.";
    /// A button.
    DEACTIVATE = "Deactivate", "Nonaktifkan";
    /// What it does: the name.
    DEACTIVATE_WHAT = "\u{201c}{}\u{201d} opens nothing more. Nothing is closed: what it has open stays open and keeps its exits.",
        "\u{201c}{}\u{201d} tidak membuka posisi baru. Tidak ada yang ditutup: posisi yang terbuka tetap terbuka dan mengikuti aturan exit-nya.";
    /// A button.
    DEACTIVATE_DO = "Stop trading", "Hentikan trading";
    /// A button.
    DUPLICATE = "Duplicate", "Duplikatkan";
    /// A button.
    ARCHIVE = "Archive", "Arsipkan";
    /// A button.
    RESTORE = "Take out of the archive", "Keluarkan dari arsip";
    /// The name of a copy: the name.
    COPY = "{} (copy)", "{} (salinan)";

    /// A section.
    VERSIONS = "Versions", "Versi";
    /// What they are.
    VERSIONS_LEAD = "Every save that changes something is a version. None is ever changed.",
        "Setiap penyimpanan yang mengubah sesuatu menjadi versi baru. Versi tidak pernah diubah.";
    /// A column.
    COLUMN_VERSION = "Version", "Versi";
    /// A column.
    COLUMN_SAVED = "Saved", "Disimpan";
    /// A column.
    COLUMN_CLOSED = "Closed positions", "Posisi ditutup";
    /// A column.
    COLUMN_WON = "Win rate", "Win rate";
    /// A column.
    COLUMN_DO = "Actions", "Tindakan";
    /// A state.
    IS_LIVE = "Live", "Live";
    /// Which one it brings back: the number.
    BRINGS_BACK = "Brings back version {}", "Mengembalikan versi {}";
    /// Deals of a version that is not there: the number.
    VERSION_GONE = "Version {}, no longer kept", "Versi {}, tidak lagi disimpan";
    /// Not all was added up.
    EARNED_CUT = "There are more deals than can be added up here, so the latest are missing.",
        "Jumlah deal lebih banyak dari yang dapat dijumlahkan di sini, sehingga deal terbaru tidak dihitung.";
    /// A row of deals.
    UNKNOWN = "Version unknown", "Versi tidak diketahui";
    /// Why.
    UNKNOWN_HINT = "Deals that name no version and fall outside the times when one was live.",
        "Deal yang tidak menyebut versi dan berada di luar waktu saat sebuah versi live.";
    /// A button.
    BRING_BACK = "Bring back", "Kembalikan";
    /// What it does: the number, the name.
    BRING_BACK_WHAT = "Saves version {} of \u{201c}{}\u{201d} as a new version. What trades does not change until you activate it.",
        "Menyimpan versi {} dari \u{201c}{}\u{201d} sebagai versi baru. Yang sedang trading tidak berubah sampai Anda mengaktifkannya.";
    /// A button.
    BRING_BACK_DO = "Save as a new version", "Simpan sebagai versi baru";

    /// A section.
    COMPARE = "Compare", "Bandingkan";
    /// What it is for.
    COMPARE_LEAD = "What differs between two versions.", "Perbedaan antara dua versi.";
    /// There is one version only.
    ONE_VERSION = "There is one version so far.", "Baru ada satu versi.";
    /// What to do.
    ONE_VERSION_HINT = "Change something in the Lab and save it: then the two can be compared here.",
        "Ubah sesuatu di Lab lalu simpan: setelah itu keduanya dapat dibandingkan di sini.";
    /// A field.
    OLD = "From version", "Dari versi";
    /// A field.
    NEW = "To version", "Ke versi";
    /// A button.
    COMPARE_DO = "Compare", "Bandingkan";
    /// In sentences.
    IN_WORDS = "In words", "Dalam kalimat";
    /// As a document.
    IN_JSON = "In the document (JSON)", "Dalam dokumen (JSON)";
    /// Nothing is.
    SAME = "These two versions say the same.", "Kedua versi ini sama isinya.";
    /// One of the two cannot be told in words.
    NO_WORDS = "One of these versions is too old to be told in words. The document below shows what differs.",
        "Salah satu versi ini terlalu usang untuk ditampilkan sebagai kalimat. Perbedaannya terlihat pada dokumen di bawah.";
    /// Read aloud before a line.
    GONE = "Removed:", "Dihapus:";
    /// Read aloud before a line.
    ADDED = "Added:", "Ditambahkan:";
    /// Some lines are left out.
    SKIPPED = "… lines that are the same …", "… baris yang sama …";

    /// Done.
    DONE_ACTIVATED = "The version trades from now on.", "Versi ini mulai trading.";
    /// Done.
    DONE_DEACTIVATED = "The strategy opens nothing more. Nothing was closed.",
        "Strategi tidak membuka posisi baru. Tidak ada yang ditutup.";
    /// Done.
    DONE_ARCHIVED = "The strategy is archived.", "Strategi sudah diarsipkan.";
    /// Done.
    DONE_RESTORED = "The strategy is a draft again.", "Strategi kembali menjadi draf.";
    /// Done.
    DONE_DUPLICATED = "This is the copy.", "Ini salinannya.";
    /// Done.
    DONE_BROUGHT_BACK = "The old version is saved as the newest one.",
        "Versi lama disimpan sebagai versi terbaru.";

    /// Refused: the most.
    BAD_QUOTA = "It was not activated: your plan allows {} live at a time. Deactivate one first, or choose a larger plan.",
        "Tidak diaktifkan: paket Anda mengizinkan {} strategi live sekaligus. Nonaktifkan salah satu dulu, atau pilih paket yang lebih besar.";
    /// Refused: the most.
    BAD_SAVED = "It was not saved: your plan allows {} saved strategies. Delete one in the Lab, or choose a larger plan.",
        "Tidak disimpan: paket Anda mengizinkan {} strategi tersimpan. Hapus salah satu di Lab, atau pilih paket yang lebih besar.";
    /// Refused: the most megabytes.
    BAD_FULL = "It was not saved: all versions together may take {} MB. Delete a strategy you no longer need in the Lab.",
        "Tidak disimpan: semua versi secara keseluruhan hanya boleh memakai {} MB. Hapus strategi yang tidak diperlukan lagi di Lab.";
    /// Refused: what is wrong.
    BAD_DOCUMENT = "This version cannot be used any more: {} Open the strategy in the Lab and save it anew.",
        "Versi ini tidak dapat dipakai lagi: {} Buka strategi di Lab lalu simpan ulang.";
    /// Refused.
    BAD_PLACE = "It was not activated: choose where it is to trade.",
        "Tidak diaktifkan: pilih dulu akun untuk trading.";
    /// Refused.
    BAD_LIVE = "A live strategy cannot be archived. Deactivate it first.",
        "Strategi yang sedang live tidak dapat diarsipkan. Nonaktifkan dulu.";
    /// Refused.
    BAD_ARCHIVED = "An archived strategy cannot trade. Take it out of the archive first.",
        "Strategi yang diarsipkan tidak dapat trading. Keluarkan dulu dari arsip.";
    /// Refused.
    BAD_CONFLICT = "The strategy was changed meanwhile in another window. Look at it below, then try again.",
        "Strategi sudah diubah di jendela lain. Lihat dulu di bawah, lalu coba lagi.";
}
