//! Parts of the page that come when they are wanted.

use super::{Text, text};

/// In the place of what did not come.
pub const FAILED: Text = text(
    "This part of the page did not arrive: the connection broke off, or Phoenix was updated meanwhile. Your strategy is safe. Try again; if that does not help, load the page again.",
    "Bagian halaman ini tidak sampai: koneksi terputus, atau Phoenix baru saja diperbarui. Strategi Anda aman. Coba lagi; jika tidak membantu, muat ulang halaman.",
);
/// As a message, for what could not be done.
pub const NOT_DONE: Text = text(
    "That was not done: a part of the page did not arrive. Your strategy is safe. Try again; if that does not help, load the page again.",
    "Belum dilakukan: satu bagian halaman tidak sampai. Strategi Anda aman. Coba lagi; jika tidak membantu, muat ulang halaman.",
);
/// The button.
pub const RETRY: Text = text("Try again", "Coba lagi");
/// Why there is no result: the strategy needs indicators or time zones that did not arrive.
pub const NOT_TESTED: Text = text(
    "The test did not run: indicators or time zones that this strategy needs did not arrive, because the connection broke off or Phoenix was updated meanwhile. Your strategy is safe. Try again; if that does not help, load the page again.",
    "Uji belum berjalan: indikator atau zona waktu yang diperlukan strategi ini tidak sampai, karena koneksi terputus atau Phoenix baru saja diperbarui. Strategi Anda aman. Coba lagi; jika tidak membantu, muat ulang halaman.",
);
