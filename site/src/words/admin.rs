//! The administration.

use super::{Text, text, words};
use trading::language::Language;

words! {
    /// A page.
    USERS = "Users", "Pengguna";
    /// A page.
    MAILS = "Mail", "Email";
    /// A page.
    AUDIT = "Audit", "Audit";
    /// The pages, read aloud.
    PAGES = "Pages of the administration", "Halaman administrasi";

    /// A field.
    SEARCH = "Email address", "Alamat email";
    /// A button.
    SEARCH_DO = "Search", "Cari";
    /// Ends the search.
    SEARCH_ALL = "Show all", "Tampilkan semua";
    /// Nobody was found: what was looked for.
    NOBODY = "No account matches \u{201c}{}\u{201d}.", "Tidak ada akun yang cocok dengan \u{201c}{}\u{201d}.";
    /// What to do then.
    NOBODY_HINT = "Search for a part of the address.", "Cari dengan sebagian alamat.";
    /// There are no accounts.
    NO_USERS = "No accounts yet.", "Belum ada akun.";
    /// What to do then.
    NO_USERS_HINT = "They appear here when people register.", "Akun muncul di sini saat ada yang mendaftar.";
    /// A column.
    USER = "Account", "Akun";
    /// A column.
    ROLE = "Role", "Peran";
    /// A column.
    CREATED = "Since", "Sejak";
    /// A column.
    STATE = "State", "Status";
    /// A column.
    TWO_STEPS = "Two-step", "Dua langkah";
    /// A column.
    DEEDS = "Actions", "Tindakan";
    /// It is on.
    YES = "On", "Aktif";
    /// It is off.
    NO = "Off", "Nonaktif";
    /// Its own account.
    SELF = "You", "Anda";
    /// A state.
    OPEN = "Open", "Aktif";
    /// A state.
    SHUT = "Shut", "Ditutup";
    /// Whose role, read aloud: the address.
    ROLE_OF = "Role of {}", "Peran {}";
    /// A button.
    ROLE_DO = "Save", "Simpan";
    /// Opens the question.
    SHUT_ASK = "Shut…", "Tutup…";
    /// What it means: the address.
    SHUT_WHAT = "Ends all sessions of {}; nobody can sign in with it until it is opened again. Nothing is deleted.",
        "Mengakhiri semua sesi {}; tidak ada yang dapat masuk dengan akun ini sampai dibuka kembali. Tidak ada yang dihapus.";
    /// A button.
    SHUT_DO = "Shut the account", "Tutup akun";
    /// A button.
    OPEN_DO = "Open again", "Buka kembali";
    /// Whose, read aloud: the address.
    OF = "the account {}", "akun {}";
    /// There is nothing to be done with one's own account.
    NOT_ONESELF = "Own account", "Akun sendiri";

    /// There is a mail server.
    WITH_SERVER = "The latest mails of this installation, and whether the mail server took them.",
        "Email terbaru dari instalasi ini, dan apakah server email menerimanya.";
    /// There is no mail server.
    NO_SERVER = "This installation has no mail server: nothing leaves this machine. Links in the mails below work when you hand them over yourself.",
        "Instalasi ini tidak memiliki server email: tidak ada yang dikirim keluar. Tautan dalam email di bawah tetap berlaku jika Anda menyampaikannya sendiri.";
    /// There are no mails.
    NO_MAILS = "No mails yet.", "Belum ada email.";
    /// What to do then.
    NO_MAILS_HINT = "The first one is written when somebody registers.", "Email pertama ditulis saat ada yang mendaftar.";
    /// A column.
    WRITTEN = "Written", "Ditulis";
    /// A column.
    RECIPIENT = "To", "Kepada";
    /// A column.
    SUBJECT = "Subject", "Subjek";
    /// A state.
    QUEUED = "Waiting", "Menunggu";
    /// A state.
    SENT = "Sent", "Terkirim";
    /// A state.
    FAILED = "Failed", "Gagal";
    /// A state.
    KEPT = "Kept here and in the log", "Disimpan di sini dan di log";
    /// How often it was tried.
    ATTEMPTS = "{} attempts", "{} percobaan";
    /// How often it was tried.
    ONE_ATTEMPT = "1 attempt", "1 percobaan";

    /// What it is.
    AUDIT_LEAD = "Who did what, latest first.", "Siapa melakukan apa, dari yang terbaru.";
    /// There is nothing.
    NO_AUDIT = "Nothing is recorded.", "Belum ada catatan.";
    /// What to do then.
    NO_AUDIT_HINT = "Sign-ins and changes to accounts appear here.", "Aktivitas masuk dan perubahan akun muncul di sini.";
    /// A column.
    AT = "When", "Waktu";
    /// A column.
    WHAT = "What", "Peristiwa";
    /// A column.
    ACTOR = "By", "Oleh";
    /// A column.
    DETAIL = "Detail", "Rincian";
    /// A column.
    ADDRESS = "From", "Dari";
    /// The next page.
    OLDER = "Older", "Lebih lama";
}

const ROLES: [(&str, Text); 3] = [
    ("trader", text("Trader", "Trader")),
    ("support", text("Support", "Dukungan")),
    ("admin", text("Administrator", "Administrator")),
];

/// All roles: their names in forms, and what they are called.
pub(crate) fn roles(language: Language) -> [(&'static str, &'static str); 3] {
    ROLES.map(|(name, text)| (name, language.text(text)))
}

/// What a role is called; one that is not known here, as it is.
pub(crate) fn role(name: &str, language: Language) -> String {
    ROLES
        .iter()
        .find(|(role, _)| *role == name)
        .map_or(name, |(_, text)| language.text(*text))
        .to_owned()
}

/// What the state of a mail is called; one that is not known here, as it is.
pub(crate) fn mail_state(state: &str, language: Language) -> String {
    match state {
        "queued" => language.text(QUEUED),
        "sent" => language.text(SENT),
        "kept" => language.text(KEPT),
        "failed" => language.text(FAILED),
        other => other,
    }
    .to_owned()
}
