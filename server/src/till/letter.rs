//! What payers are told by mail.

use billing::stripe::event::Notice;
use storage::{Account, NewMail};
use trading::language::Language;

pub(super) fn notice(account: &Account, notice: Notice) -> NewMail {
    let (subject, body) = match account.language {
        Language::En => english(notice),
        Language::Id => indonesian(notice),
    };
    NewMail {
        account: Some(account.id),
        recipient: account.email.as_str().to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
    }
}

fn english(notice: Notice) -> (&'static str, &'static str) {
    match notice {
        Notice::TrialEnds => (
            "Your trial of Phoenix ends soon",
            "Hello,\n\nyour trial ends in a few days, and your card will be charged for the first \
             period then. If you do not want to go on, cancel before: Account > Plan.\n",
        ),
        Notice::PaymentFailed => (
            "Your payment for Phoenix did not go through",
            "Hello,\n\nyour card was not charged for the next period. Your plan goes on for some \
             days while it is tried again. Please check your card: Account > Plan > Cards and \
             invoices.\n",
        ),
        Notice::Refunded => (
            "A payment for Phoenix was given back",
            "Hello,\n\na payment of yours was given back. Your bank may need some days to show \
             it.\n",
        ),
        Notice::Disputed => (
            "Your bank asks about a payment for Phoenix",
            "Hello,\n\nyour bank is asking us to give back a payment of yours. Until it is \
             decided, what it paid for does not count. If you know nothing of it, answer to this \
             mail.\n",
        ),
    }
}

fn indonesian(notice: Notice) -> (&'static str, &'static str) {
    match notice {
        Notice::TrialEnds => (
            "Masa percobaan Phoenix Anda segera berakhir",
            "Halo,\n\nmasa percobaan Anda berakhir beberapa hari lagi, lalu kartu Anda ditagih \
             untuk periode pertama. Jika tidak ingin melanjutkan, batalkan sebelum itu: Akun > \
             Paket.\n",
        ),
        Notice::PaymentFailed => (
            "Pembayaran Phoenix Anda tidak berhasil",
            "Halo,\n\nkartu Anda tidak dapat ditagih untuk periode berikutnya. Paket Anda tetap \
             berlaku beberapa hari selama penagihan dicoba lagi. Mohon periksa kartu Anda: Akun > \
             Paket > Kartu dan tagihan.\n",
        ),
        Notice::Refunded => (
            "Pembayaran Phoenix Anda dikembalikan",
            "Halo,\n\nsalah satu pembayaran Anda sudah dikembalikan. Bank Anda mungkin perlu \
             beberapa hari untuk menampilkannya.\n",
        ),
        Notice::Disputed => (
            "Bank Anda menanyakan pembayaran Phoenix",
            "Halo,\n\nbank Anda meminta salah satu pembayaran Anda dikembalikan. Selama belum \
             diputuskan, paket yang dibayar dengannya tidak berlaku. Jika Anda tidak tahu-menahu, \
             balas email ini.\n",
        ),
    }
}
