//! Pages that cannot be shown.

use super::words;

words! {
    /// No such page.
    NOT_FOUND = "There is no such page", "Halaman ini tidak ada";
    /// Why.
    NOT_FOUND_WHY = "The address may be mistyped, or the page was moved.",
        "Mungkin alamatnya salah ketik, atau halamannya sudah dipindah.";
    /// What next.
    TO_LAB = "Go to the Lab", "Buka Lab";
    /// Not for this account.
    FORBIDDEN = "This page is not for your account", "Halaman ini bukan untuk akun Anda";
    /// Why, what next: the address.
    FORBIDDEN_WHY = "It takes a role that {} does not have. If you need it, ask an administrator of this installation.",
        "Halaman ini memerlukan peran yang tidak dimiliki {}. Jika Anda memerlukannya, hubungi administrator instalasi ini.";
    /// Why, what next, for who is not signed in.
    FORBIDDEN_STRANGER = "It takes an account with a certain role. Sign in with one that has it.",
        "Halaman ini memerlukan akun dengan peran tertentu. Masuk dengan akun yang memilikinya.";
    /// The fault is ours.
    FAILED = "Something went wrong on our side", "Terjadi kesalahan di pihak kami";
    /// What next.
    FAILED_WHY = "The page could not be made. Try again; if it stays, tell us the reference below.",
        "Halaman tidak dapat dibuat. Coba lagi; jika tetap terjadi, sebutkan kode referensi di bawah kepada kami.";
    /// The database is out of reach.
    AWAY = "The database cannot be reached", "Basis data tidak dapat dihubungi";
    /// What next.
    AWAY_WHY = "What you saved is safe, and nothing was changed. It is most often back within a minute: then try again.",
        "Yang sudah Anda simpan aman, dan tidak ada yang berubah. Biasanya pulih dalam satu menit: setelah itu coba lagi.";
    /// Somebody has to wait.
    BUSY = "Your report has to wait", "Laporan Anda harus menunggu";
    /// Why, what next.
    BUSY_WHY = "Another report of yours is still being made, or several others are. Nothing is lost: wait a few seconds, then try again.",
        "Laporan Anda yang lain masih disusun, atau beberapa laporan lain sedang disusun. Tidak ada yang hilang: tunggu beberapa detik, lalu coba lagi.";
    /// Once more.
    AGAIN = "Try again", "Coba lagi";
    /// Where the log says more.
    REFERENCE = "Reference", "Referensi";
}
