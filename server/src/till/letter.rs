//! What payers are told by mail.

use billing::stripe::event::Notice;
use storage::{Account, NewMail};
use trading::{language::Language, time::Time};

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

/// More strategies trade than the plan allows; those beyond it are paused by then.
pub(super) fn fewer_live(account: &Account, live: u64, allowed: u64, until: Time) -> NewMail {
    // The day is enough, and the same in both languages.
    let until = until.to_string();
    let day = until.split('T').next().unwrap_or_default();
    let (subject, body) = match account.language {
        Language::En => (
            "Some of your strategies will be paused",
            format!(
                "Hello,\n\n{live} of your strategies are live, and your plan allows {allowed}. All \
                 of them go on until {day} (UTC). From then on only the {allowed} that are live \
                 longest open new positions; the others are paused. Nothing is closed: what they \
                 have open keeps its exits.\n\nChoose which ones go on: Strategies. Choose \
                 another plan: Account > Plan.\n"
            ),
        ),
        Language::Id => (
            "Sebagian strategi Anda akan dijeda",
            format!(
                "Halo,\n\n{live} strategi Anda sedang live, sedangkan paket Anda mengizinkan \
                 {allowed}. Semuanya tetap berjalan sampai {day} (UTC). Setelah itu hanya \
                 {allowed} strategi yang paling lama live yang membuka posisi baru; yang lain \
                 dijeda. Tidak ada yang ditutup: posisi yang terbuka tetap mengikuti aturan \
                 exit-nya.\n\nPilih strategi yang tetap berjalan: Strategi. Pilih paket lain: \
                 Akun > Paket.\n"
            ),
        ),
    };
    NewMail {
        account: Some(account.id),
        recipient: account.email.as_str().to_owned(),
        subject: subject.to_owned(),
        body,
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
