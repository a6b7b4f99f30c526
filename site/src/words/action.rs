//! The words of the audit record, in plain words.

use super::{Text, text};
use trading::language::Language;

const ACTIONS: [(&str, Text); 52] = [
    (
        "strategy-activated",
        text("Strategy activated", "Strategi diaktifkan"),
    ),
    (
        "strategy-deactivated",
        text("Strategy deactivated", "Strategi dinonaktifkan"),
    ),
    (
        "strategy-archived",
        text("Strategy archived", "Strategi diarsipkan"),
    ),
    (
        "strategy-restored",
        text(
            "Strategy taken out of the archive",
            "Strategi dikeluarkan dari arsip",
        ),
    ),
    (
        "strategy-duplicated",
        text("Strategy duplicated", "Strategi diduplikatkan"),
    ),
    (
        "strategy-version-restored",
        text(
            "Old version of a strategy brought back",
            "Versi lama strategi dikembalikan",
        ),
    ),
    (
        "live-strategies-over",
        text(
            "More strategies live than the plan allows",
            "Strategi live melebihi batas paket",
        ),
    ),
    ("job-retried", text("Job tried again", "Tugas dicoba lagi")),
    ("plan-chosen", text("Plan chosen", "Paket dipilih")),
    (
        "plan-canceled",
        text("Subscription canceled", "Langganan dibatalkan"),
    ),
    (
        "plan-resumed",
        text("Cancellation taken back", "Pembatalan ditarik kembali"),
    ),
    ("registered", text("Account created", "Akun dibuat")),
    ("signed-in", text("Signed in", "Masuk")),
    ("signed-out", text("Signed out", "Keluar")),
    (
        "sign-in-failed",
        text(
            "Sign-in failed: wrong email address or password",
            "Gagal masuk: alamat email atau kata sandi salah",
        ),
    ),
    (
        "second-factor-failed",
        text(
            "Two-step verification failed: wrong code",
            "Verifikasi dua langkah gagal: kode salah",
        ),
    ),
    (
        "locked-out",
        text(
            "Too many failed attempts: further ones must wait",
            "Terlalu banyak percobaan gagal: percobaan berikutnya harus menunggu",
        ),
    ),
    (
        "recovery-code-used",
        text("A recovery code was used", "Kode pemulihan dipakai"),
    ),
    (
        "password-changed",
        text("Password changed", "Kata sandi diganti"),
    ),
    (
        "password-reset-asked",
        text(
            "Link for a new password requested",
            "Tautan kata sandi baru diminta",
        ),
    ),
    (
        "password-reset",
        text(
            "New password set through a link",
            "Kata sandi baru dibuat melalui tautan",
        ),
    ),
    (
        "email-change-asked",
        text(
            "Change of email address requested",
            "Penggantian alamat email diminta",
        ),
    ),
    (
        "email-changed",
        text("Email address changed", "Alamat email diganti"),
    ),
    (
        "second-factor-on",
        text(
            "Two-step verification switched on",
            "Verifikasi dua langkah diaktifkan",
        ),
    ),
    (
        "second-factor-off",
        text(
            "Two-step verification switched off",
            "Verifikasi dua langkah dinonaktifkan",
        ),
    ),
    (
        "recovery-codes-renewed",
        text("New recovery codes created", "Kode pemulihan baru dibuat"),
    ),
    ("session-ended", text("A session ended", "Sesi diakhiri")),
    (
        "other-sessions-ended",
        text("All other sessions ended", "Semua sesi lain diakhiri"),
    ),
    ("key-created", text("Key created", "Kunci dibuat")),
    ("key-revoked", text("Key revoked", "Kunci dicabut")),
    (
        "account-retired",
        text("Broker account retired", "Akun broker dipensiunkan"),
    ),
    (
        "device-approved",
        text("Device approved", "Perangkat disetujui"),
    ),
    (
        "device-paired",
        text(
            "Device paired: it has its key",
            "Perangkat dipasangkan: kuncinya sudah diterima",
        ),
    ),
    (
        "command-given",
        text("Trading command given", "Perintah trading diberikan"),
    ),
    (
        "command-executed",
        text("Trading command executed", "Perintah trading dijalankan"),
    ),
    (
        "command-failed",
        text("Trading command failed", "Perintah trading gagal"),
    ),
    (
        "command-receipt-refused",
        text(
            "Receipt for a trading command refused: it came too late",
            "Laporan hasil perintah trading ditolak karena terlambat",
        ),
    ),
    ("data-exported", text("Data downloaded", "Data diunduh")),
    ("account-deleted", text("Account deleted", "Akun dihapus")),
    ("role-changed", text("Role changed", "Peran diubah")),
    ("account-shut", text("Account shut", "Akun ditutup")),
    (
        "account-opened",
        text("Account opened again", "Akun dibuka kembali"),
    ),
    (
        "telegram-connected",
        text("Telegram connected", "Telegram dihubungkan"),
    ),
    (
        "telegram-disconnected",
        text("Telegram disconnected", "Telegram diputuskan"),
    ),
    (
        "webhook-added",
        text("Webhook added", "Webhook ditambahkan"),
    ),
    (
        "webhook-resumed",
        text("Webhook turned on again", "Webhook diaktifkan lagi"),
    ),
    (
        "webhook-removed",
        text("Webhook removed", "Webhook dihapus"),
    ),
    (
        "payments-asked",
        text(
            "Payment provider asked",
            "Status pembayaran ditanyakan ke penyedia",
        ),
    ),
    (
        "flag-turned",
        text("Feature flag turned", "Flag fitur diubah"),
    ),
    (
        "announcement-made",
        text("Announcement made", "Pengumuman dibuat"),
    ),
    (
        "announcement-withdrawn",
        text("Announcement withdrawn", "Pengumuman ditarik"),
    ),
    (
        "admin-created",
        text("Administrator created", "Administrator dibuat"),
    ),
];

/// What the word means; a word that is not known here, as it is.
pub(crate) fn say(action: &str, language: Language) -> String {
    ACTIONS
        .iter()
        .find(|(word, _)| *word == action)
        .map_or(action, |(_, text)| language.text(*text))
        .to_owned()
}
