//! Why something was not done: what happened, why, what next.

use super::{Text, fill, frame, text, time};
use crate::Fault;
use identity::{
    WeakPassword,
    password::{MAX_BYTES, MIN_CHARS, MIN_DIFFERENT},
};
use trading::language::Language;

const BAD_EMAIL: Text = text(
    "This is not an email address. Write it like name@example.com.",
    "Ini bukan alamat email. Tulis seperti nama@contoh.com.",
);
const WRONG: Text = text(
    "Email address or password is wrong. Check both, or set a new password.",
    "Alamat email atau kata sandi salah. Periksa keduanya, atau buat kata sandi baru.",
);
const WRONG_PASSWORD: Text = text(
    "This is not your current password, so nothing was changed. Try again.",
    "Ini bukan kata sandi Anda saat ini, jadi tidak ada yang diubah. Coba lagi.",
);
const WRONG_CODE: Text = text(
    "This code is wrong, too old or used already. Wait until the app shows the next one and type that. If it stays wrong, check that your phone\u{2019}s clock is right.",
    "Kode ini salah, kedaluwarsa, atau sudah dipakai. Tunggu sampai aplikasi menampilkan kode berikutnya, lalu ketik kode itu. Jika tetap salah, pastikan jam ponsel Anda tepat.",
);
const WAIT: Text = text(
    "There were too many failed attempts. For safety, the next one is possible in {}.",
    "Terlalu banyak percobaan gagal. Demi keamanan, percobaan berikutnya dapat dilakukan {} lagi.",
);
const TAKEN: Text = text(
    "There is an account with this address by now, so nothing was changed. Sign in with it, or use another address.",
    "Alamat ini sudah dipakai sebuah akun, jadi tidak ada yang diubah. Masuk dengan akun itu, atau pakai alamat lain.",
);
const SAME_EMAIL: Text = text(
    "This is the address that you have already. Type the new one.",
    "Ini alamat yang sudah Anda pakai. Ketik alamat yang baru.",
);
const NOT_THE_EMAIL: Text = text(
    "This is not the address of your account, so nothing was deleted. Type it as it stands above.",
    "Ini bukan alamat akun Anda, jadi tidak ada yang dihapus. Ketik seperti yang tertulis di atas.",
);
const STILL_PAYING: Text = text(
    "Your subscription is still running, so nothing was deleted. Cancel the plan first, under \u{201c}Plan\u{201d} above; then delete the account.",
    "Langganan Anda masih berjalan, jadi tidak ada yang dihapus. Batalkan dulu paketnya di menu \u{201c}Paket\u{201d} di atas, lalu hapus akun.",
);
const STILL_OPEN: Text = text(
    "A payment that you began could still go through, so nothing was deleted: you would have paid for an account that is gone. Finish or close the payment page, and try again in an hour.",
    "Pembayaran yang Anda mulai masih bisa terjadi, jadi tidak ada yang dihapus: Anda akan membayar untuk akun yang sudah tidak ada. Selesaikan atau tutup halaman pembayarannya, lalu coba lagi satu jam lagi.",
);
const PROVIDER: Text = text(
    "The payment provider could not be asked whether a payment of yours is open, so nothing was deleted. Try again in a few minutes; if it stays, tell us the reference.",
    "Penyedia pembayaran tidak dapat ditanyai apakah masih ada pembayaran Anda yang terbuka, jadi tidak ada yang dihapus. Coba lagi beberapa menit lagi; jika tetap terjadi, sebutkan kode referensinya kepada kami.",
);
pub(crate) const AWAY: Text = text(
    "The database cannot be reached right now, so nothing was changed. Try again in a minute.",
    "Basis data sedang tidak dapat dihubungi, jadi tidak ada yang diubah. Coba lagi sebentar lagi.",
);
const INTERNAL: Text = text(
    "Something went wrong on our side, and nothing was changed. Try again; if it stays, tell us the reference.",
    "Terjadi kesalahan di pihak kami, dan tidak ada yang berubah. Coba lagi; jika tetap terjadi, sebutkan kode referensinya kepada kami.",
);
const TOO_SHORT: Text = text(
    "This password is too short to be safe. Use at least {} characters; a few words in a row will do.",
    "Kata sandi ini terlalu pendek sehingga tidak aman. Pakai minimal {} karakter; beberapa kata berurutan sudah cukup.",
);
const TOO_LONG: Text = text(
    "This password is longer than we can keep ({} bytes). Use a shorter one.",
    "Kata sandi ini lebih panjang daripada yang dapat kami simpan ({} byte). Pakai yang lebih pendek.",
);
const CONTROL: Text = text(
    "There is a line break or another invisible character in this password, which you could not type again. Leave it out.",
    "Ada ganti baris atau karakter tak terlihat lain dalam kata sandi ini, yang tidak dapat Anda ketik lagi. Hapus karakter itu.",
);
const REPETITIVE: Text = text(
    "This password repeats itself, so it is quickly guessed. Use at least {} different characters.",
    "Kata sandi ini berulang-ulang sehingga mudah ditebak. Pakai minimal {} karakter yang berbeda.",
);
const COMMON: Text = text(
    "This password is one of those that are tried first, because many people use it. Choose another one.",
    "Kata sandi ini termasuk yang pertama kali dicoba orang karena banyak dipakai. Pilih yang lain.",
);
const EMAIL_IN_IT: Text = text(
    "Your email address or your name in it is part of this password, so it is quickly guessed. Choose one without it.",
    "Kata sandi ini memuat alamat email Anda atau nama di dalamnya sehingga mudah ditebak. Pilih yang tidak memuatnya.",
);

/// The whole message.
pub(crate) fn say(fault: &Fault, language: Language) -> String {
    let plain = |text: Text| language.text(text).to_owned();
    match fault {
        Fault::BadEmail => plain(BAD_EMAIL),
        Fault::Weak(weak) => self::weak(*weak, language),
        Fault::Wrong => plain(WRONG),
        Fault::WrongPassword => plain(WRONG_PASSWORD),
        Fault::WrongCode => plain(WRONG_CODE),
        Fault::Wait { seconds } => fill(language.text(WAIT), &[&time::wait(*seconds, language)]),
        Fault::Taken => plain(TAKEN),
        Fault::SameEmail => plain(SAME_EMAIL),
        Fault::NotTheEmail => plain(NOT_THE_EMAIL),
        Fault::StillPaying => plain(STILL_PAYING),
        Fault::StillOpen => plain(STILL_OPEN),
        Fault::Provider { reference } => with_reference(PROVIDER, reference, language),
        Fault::Away { reference } => with_reference(AWAY, reference, language),
        Fault::Internal { reference } => with_reference(INTERNAL, reference, language),
    }
}

fn weak(weak: WeakPassword, language: Language) -> String {
    let (text, number) = match weak {
        WeakPassword::TooShort => (TOO_SHORT, MIN_CHARS),
        WeakPassword::TooLong => (TOO_LONG, MAX_BYTES),
        WeakPassword::Control => (CONTROL, 0),
        WeakPassword::Repetitive => (REPETITIVE, MIN_DIFFERENT),
        WeakPassword::Common => (COMMON, 0),
        WeakPassword::Email => (EMAIL_IN_IT, 0),
    };
    fill(language.text(text), &[&number.to_string()])
}

pub(crate) fn with_reference(what: Text, reference: &str, language: Language) -> String {
    let what = language.text(what);
    let reference = fill(language.text(frame::REFERENCE), &[reference]);
    format!("{what} {reference}")
}
