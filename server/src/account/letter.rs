//! What mails say, in the language of whoever gets them. Plain text: it can be read anywhere, and
//! nothing in it is loaded from anywhere.

use super::Caller;
use identity::{EmailAddress, Token};
use storage::{Account, NewMail};
use trading::language::Language;

/// For somebody new: the link that proves the address.
pub(super) fn confirm(email: &EmailAddress, token: &Token, caller: &Caller) -> NewMail {
    let link = link(caller, "/register/confirm", token);
    let (subject, body) = match caller.language {
        Language::En => (
            "Confirm your address for Phoenix",
            format!(
                "Hello,\n\nsomebody, most likely you, wants an account at Phoenix with this \
                 address. To confirm it, open this link:\n\n{link}\n\nIt holds for 24 hours. If it \
                 was not you, do nothing: without the link there is no account.\n"
            ),
        ),
        Language::Id => (
            "Konfirmasi alamat email Anda untuk Phoenix",
            format!(
                "Halo,\n\nseseorang, kemungkinan besar Anda, ingin membuat akun Phoenix dengan \
                 alamat ini. Untuk mengonfirmasi, buka tautan berikut:\n\n{link}\n\nTautan ini \
                 berlaku 24 jam. Jika bukan Anda, abaikan saja: tanpa tautan ini tidak ada akun \
                 yang dibuat.\n"
            ),
        ),
    };
    mail(None, email, subject, body)
}

/// Somebody registered, or asked for this address, and it has an account already.
pub(super) fn has_account(account: &Account, caller: &Caller) -> NewMail {
    let origin = &caller.origin;
    let (subject, body) = match account.language {
        Language::En => (
            "You have an account at Phoenix already",
            format!(
                "Hello,\n\nsomebody tried to use this address for an account at Phoenix. It has \
                 one already, and nothing was changed.\n\nSign in: {origin}/sign-in\nForgot the \
                 password: {origin}/forgot\n\nIf it was not you, you need do nothing.\n"
            ),
        ),
        Language::Id => (
            "Anda sudah punya akun Phoenix",
            format!(
                "Halo,\n\nseseorang mencoba memakai alamat ini untuk akun Phoenix. Alamat ini sudah \
                 punya akun, dan tidak ada yang diubah.\n\nMasuk: {origin}/sign-in\nLupa kata \
                 sandi: {origin}/forgot\n\nJika bukan Anda, tidak ada yang perlu dilakukan.\n"
            ),
        ),
    };
    mail(Some(account), &account.email, subject, body)
}

/// The link for a new password.
pub(super) fn reset(account: &Account, token: &Token, caller: &Caller) -> NewMail {
    let link = link(caller, "/reset", token);
    let (subject, body) = match account.language {
        Language::En => (
            "A new password for Phoenix",
            format!(
                "Hello,\n\nto choose a new password, open this link:\n\n{link}\n\nIt holds for one \
                 hour. All browsers that are signed in will be signed out, and the keys of all \
                 devices will be revoked: executors and phones have to be paired again. Telegram \
                 will be disconnected, and webhooks turned off until you turn them on \
                 again.\n\nIf it was not you who asked, do nothing: your password stays as it \
                 is.\n"
            ),
        ),
        Language::Id => (
            "Kata sandi baru untuk Phoenix",
            format!(
                "Halo,\n\nuntuk membuat kata sandi baru, buka tautan berikut:\n\n{link}\n\nTautan \
                 ini berlaku satu jam. Semua browser yang sedang masuk akan dikeluarkan, \
                 dan kunci semua perangkat dicabut: executor dan ponsel perlu dipasangkan \
                 lagi. Telegram diputuskan, dan webhook dinonaktifkan sampai Anda \
                 mengaktifkannya lagi.\n\nJika bukan Anda yang meminta, abaikan saja: kata sandi Anda tidak \
                 berubah.\n"
            ),
        ),
    };
    mail(Some(account), &account.email, subject, body)
}

/// The password is another one now.
pub(super) fn password_changed(account: &Account, caller: &Caller) -> NewMail {
    let (origin, address) = (&caller.origin, &caller.address);
    let (subject, body) = match account.language {
        Language::En => (
            "Your password at Phoenix was changed",
            format!(
                "Hello,\n\nthe password of your account was changed, from the network address \
                 {address}.\n\nIf it was not you, ask for a new one at once: {origin}/forgot\n"
            ),
        ),
        Language::Id => (
            "Kata sandi Phoenix Anda sudah diubah",
            format!(
                "Halo,\n\nkata sandi akun Anda sudah diubah, dari alamat jaringan {address}.\n\n\
                 Jika bukan Anda, segera minta kata sandi baru: {origin}/forgot\n"
            ),
        ),
    };
    mail(Some(account), &account.email, subject, body)
}

/// To a new address: the link that proves it.
pub(super) fn change_email(
    account: &Account,
    new: &EmailAddress,
    token: &Token,
    caller: &Caller,
) -> NewMail {
    let link = link(caller, "/account/email/confirm", token);
    let (subject, body) = match account.language {
        Language::En => (
            "Confirm your new address for Phoenix",
            format!(
                "Hello,\n\nto use this address for your account at Phoenix, open this \
                 link:\n\n{link}\n\nIt holds for 24 hours. If it was not you, do nothing.\n"
            ),
        ),
        Language::Id => (
            "Konfirmasi alamat email baru Anda untuk Phoenix",
            format!(
                "Halo,\n\nuntuk memakai alamat ini di akun Phoenix Anda, buka tautan \
                 berikut:\n\n{link}\n\nTautan ini berlaku 24 jam. Jika bukan Anda, abaikan saja.\n"
            ),
        ),
    };
    mail(Some(account), new, subject, body)
}

/// To the old address: it is not the account's any more.
pub(super) fn email_changed(account: &Account, old: &EmailAddress, caller: &Caller) -> NewMail {
    let address = &caller.address;
    let (subject, body) = match account.language {
        Language::En => (
            "The address of your Phoenix account was changed",
            format!(
                "Hello,\n\nyour account at Phoenix has another e-mail address now; it was changed \
                 from the network address {address}. Mail no longer comes here.\n\nIf it was not \
                 you, answer to this mail at once.\n"
            ),
        ),
        Language::Id => (
            "Alamat email akun Phoenix Anda sudah diubah",
            format!(
                "Halo,\n\nakun Phoenix Anda sekarang memakai alamat email lain; diubah dari alamat \
                 jaringan {address}. Email tidak lagi dikirim ke sini.\n\nJika bukan Anda, segera \
                 balas email ini.\n"
            ),
        ),
    };
    mail(Some(account), old, subject, body)
}

fn mail(account: Option<&Account>, to: &EmailAddress, subject: &str, body: String) -> NewMail {
    NewMail {
        account: account.map(|account| account.id),
        recipient: to.as_str().to_owned(),
        subject: subject.to_owned(),
        body,
    }
}

fn link(caller: &Caller, path: &str, token: &Token) -> String {
    format!("{}{path}?token={}", caller.origin, token.text().reveal())
}
