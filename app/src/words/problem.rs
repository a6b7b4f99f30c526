//! What is said when something went wrong: what, why, what to do, and the reference.

use super::fill;
use crate::api::{ApiError, Refusal};
use protocol::problem::ProblemKind;
use trading::language::Language;

use super::{Text, text};

const NOT_FOUND: Text = text(
    "This is not here any more. It may have been deleted in another tab.",
    "Data ini sudah tidak ada. Mungkin sudah dihapus di tab lain.",
);
const CONFLICT: Text = text(
    "This strategy was changed in another tab. Load it again, or save yours as a copy.",
    "Strategi ini sudah diubah di tab lain. Muat ulang, atau simpan versi Anda sebagai salinan.",
);
const INVALID: Text = text(
    "The strategy has faults: {}",
    "Strategi ini masih salah: {}",
);
const TOO_LARGE: Text = text(
    "This is too large to be kept ({}). Remove notes, rules or indicators that the strategy can do without, then try again.",
    "Ini terlalu besar untuk disimpan ({}). Hapus catatan, aturan, atau indikator yang tidak diperlukan strategi, lalu coba lagi.",
);
const TOO_MANY: Text = text(
    "There is no room for more ({}). Delete something that you no longer need.",
    "Tidak ada tempat lagi ({}). Hapus yang tidak Anda perlukan.",
);
const NO_VISITOR: Text = text(
    "Nothing can be kept for you, because your browser refuses cookies. Allow them for this site and load the page again.",
    "Tidak ada yang dapat disimpan untuk Anda karena browser menolak cookie. Izinkan cookie untuk situs ini, lalu muat ulang halaman.",
);
const INTERNAL: Text = text(
    "Something went wrong on our side, and nothing was changed. Try again; if it stays, tell us the reference.",
    "Terjadi kesalahan di pihak kami, dan tidak ada yang berubah. Coba lagi; jika tetap terjadi, sebutkan kode referensinya kepada kami.",
);
const UNREACHABLE: Text = text(
    "The server cannot be reached. Check that Phoenix is still running, then try again.",
    "Server tidak dapat dihubungi. Pastikan Phoenix masih berjalan, lalu coba lagi.",
);
const OTHER_SITE: Text = text(
    "The server took this for a call from another site and refused it; nothing was changed. Open Phoenix at its own address in a tab of its own, then try again.",
    "Server menolak permintaan ini karena tampak berasal dari situs lain; tidak ada yang berubah. Buka Phoenix di alamatnya sendiri di tab baru, lalu coba lagi.",
);
const OTHER_HOST: Text = text(
    "The server does not answer to the address of this page; nothing was changed. Open Phoenix at the address that it printed when it started, or start it with --host and the name in this address.",
    "Server tidak menerima alamat halaman ini; tidak ada yang berubah. Buka Phoenix di alamat yang ditampilkan saat dijalankan, atau jalankan dengan --host dan nama pada alamat ini.",
);
const NOT_READ: Text = text(
    "This is larger than anything the server reads, and nothing was changed. Remove notes, rules or indicators that the strategy can do without, then try again.",
    "Ini melebihi ukuran yang dibaca server, dan tidak ada yang berubah. Hapus catatan, aturan, atau indikator yang tidak diperlukan strategi, lalu coba lagi.",
);
const TOO_LONG: Text = text(
    "The server took too long and gave up. Look whether it was done all the same, then try again.",
    "Server terlalu lama memproses dan menghentikannya. Periksa apakah hasilnya tetap tersimpan, lalu coba lagi.",
);
const BROKEN: Text = text(
    "Something went wrong on our side. Try again; if it stays, the server's log says more.",
    "Terjadi kesalahan di pihak kami. Coba lagi; jika tetap terjadi, log server memuat rinciannya.",
);
const NOT_UNDERSTOOD: Text = text(
    "The server answered in a way that this page does not understand; it may have been updated meanwhile. Save your work elsewhere if you need to, then load the page again.",
    "Server memberi jawaban yang tidak dipahami halaman ini; mungkin sudah diperbarui. Amankan dulu pekerjaan Anda jika perlu, lalu muat ulang halaman.",
);
const DETAIL: Text = text("Technical detail: {}", "Rincian teknis: {}");
const LIVE: Text = text(
    "This strategy is live, so it was not deleted. Deactivate it first, on the page Strategies.",
    "Strategi ini sedang live, jadi tidak dihapus. Nonaktifkan dulu di halaman Strategi.",
);
const REFERENCE: Text = text("Reference {}.", "Referensi {}.");

/// The whole message.
pub fn say(error: &ApiError, language: Language) -> String {
    let problem = match error {
        ApiError::Problem(problem) => problem,
        ApiError::Refused(refusal) => return refused(refusal, language),
        ApiError::Transport(_) => return language.text(UNREACHABLE).to_owned(),
    };
    let text = match problem.kind {
        ProblemKind::NotFound => NOT_FOUND,
        ProblemKind::Conflict => CONFLICT,
        ProblemKind::Invalid => INVALID,
        ProblemKind::TooLarge => TOO_LARGE,
        ProblemKind::TooMany => TOO_MANY,
        ProblemKind::Live => LIVE,
        ProblemKind::NoVisitor => NO_VISITOR,
        ProblemKind::Internal => INTERNAL,
    };
    let what = fill(language.text(text), std::slice::from_ref(&problem.detail));
    let reference = fill(
        language.text(REFERENCE),
        std::slice::from_ref(&problem.reference),
    );
    format!("{what} {reference}")
}

fn refused(refusal: &Refusal, language: Language) -> String {
    let text = match refusal {
        Refusal::OtherSite => OTHER_SITE,
        Refusal::OtherHost => OTHER_HOST,
        Refusal::TooLarge => NOT_READ,
        Refusal::TooLong => TOO_LONG,
        Refusal::Broken => BROKEN,
        Refusal::Unknown(what) => return with_detail(NOT_UNDERSTOOD, what, language),
    };
    language.text(text).to_owned()
}

/// A sentence, and below it what only an expert can use, where there is any.
pub fn with_detail(text: Text, detail: &str, language: Language) -> String {
    let text = language.text(text);
    if detail.is_empty() {
        return text.to_owned();
    }
    format!(
        "{text} {}",
        fill(language.text(DETAIL), &[detail.to_owned()])
    )
}

#[cfg(test)]
mod tests {
    use super::{ApiError, Refusal, say};
    use std::collections::BTreeSet;
    use trading::language::Language;

    #[test]
    fn every_refusal_has_its_own_sentence() {
        let all = [
            ApiError::Transport("x".to_owned()),
            ApiError::Refused(Refusal::OtherSite),
            ApiError::Refused(Refusal::OtherHost),
            ApiError::Refused(Refusal::TooLarge),
            ApiError::Refused(Refusal::TooLong),
            ApiError::Refused(Refusal::Broken),
            ApiError::Refused(Refusal::Unknown("what it said".to_owned())),
        ];
        for language in Language::ALL {
            let told: BTreeSet<String> = all.iter().map(|error| say(error, language)).collect();
            assert_eq!(told.len(), all.len());
            assert!(told.iter().any(|text| text.ends_with(": what it said")));
        }
    }
}
