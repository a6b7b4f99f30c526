//! What has just been done.

use super::{Text, text};
use crate::Notice;

pub(crate) const fn say(notice: Notice) -> Text {
    match notice {
        Notice::AccountReady => text(
            "Your account is ready, and you are signed in.",
            "Akun Anda siap, dan Anda sudah masuk.",
        ),
        Notice::SignedOut => text("You are signed out.", "Anda sudah keluar."),
        Notice::PasswordChanged => text(
            "Your password is changed. All other sessions were signed out.",
            "Kata sandi Anda sudah diganti. Semua sesi lain sudah diakhiri.",
        ),
        Notice::PasswordReset => text(
            "Your new password is saved. All sessions were signed out, and the keys of all devices were revoked: pair them again. Sign in with your new password.",
            "Kata sandi baru sudah disimpan. Semua sesi sudah diakhiri dan kunci semua perangkat sudah dicabut: pasangkan lagi perangkat Anda. Silakan masuk dengan kata sandi baru.",
        ),
        Notice::EmailChanged => text(
            "Your new address is in use. From now on, sign in with it.",
            "Alamat baru Anda sudah berlaku. Mulai sekarang, masuklah dengan alamat itu.",
        ),
        Notice::SessionEnded => text("The session is ended.", "Sesi sudah diakhiri."),
        Notice::OthersEnded => text(
            "All other sessions are ended. You are signed in only here.",
            "Semua sesi lain sudah diakhiri. Anda hanya masuk di sini.",
        ),
        Notice::SecondFactorOn => text(
            "Two-step verification is on. From now on, signing in asks for a code.",
            "Verifikasi dua langkah aktif. Mulai sekarang, Anda diminta memasukkan kode saat masuk.",
        ),
        Notice::SecondFactorOff => text(
            "Two-step verification is off. The password alone is enough to sign in.",
            "Verifikasi dua langkah nonaktif. Kata sandi saja cukup untuk masuk.",
        ),
        Notice::LanguageSaved => text(
            "The language of mails is saved.",
            "Bahasa email sudah disimpan.",
        ),
        Notice::AccountDeleted => text(
            "Your account and everything in it are deleted.",
            "Akun Anda dan semua isinya sudah dihapus.",
        ),
        Notice::PlanChanged => text("Your plan is changed.", "Paket Anda sudah diganti."),
        Notice::PlanCanceled => text(
            "Your plan is cancelled: it will not be renewed, and nothing more is charged.",
            "Paket Anda sudah dibatalkan: tidak diperpanjang, dan tidak ada tagihan lagi.",
        ),
        Notice::PlanResumed => text(
            "Your plan goes on: the cancellation is taken back.",
            "Paket Anda berlanjut: pembatalannya sudah dicabut.",
        ),
        Notice::DeviceApproved => text(
            "The device is approved. It takes its key within a few seconds, and is then listed here.",
            "Perangkat sudah disetujui. Dalam beberapa detik perangkat mengambil kuncinya, lalu tercantum di sini.",
        ),
        Notice::KeyRevoked => text(
            "The key is revoked. It no longer opens anything.",
            "Kunci sudah dicabut. Kunci itu tidak berlaku lagi.",
        ),
        Notice::AccountRetired => text(
            "The account is retired. Its deals stay in your reports.",
            "Akun sudah dipensiunkan. Deal-nya tetap ada di laporan Anda.",
        ),
        Notice::RoleChanged => text("The role is changed.", "Peran sudah diubah."),
        Notice::AccountShut => text(
            "The account is shut. Nobody can sign in with it.",
            "Akun sudah ditutup. Tidak ada yang dapat masuk dengan akun itu.",
        ),
        Notice::AccountOpened => text("The account is open again.", "Akun sudah dibuka kembali."),
    }
}
