//! What is said when something went wrong: what, why, what to do, and the reference.

use super::fill;
use crate::api::ApiError;
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
    "This is too large to be kept: {}",
    "Ini terlalu besar untuk disimpan: {}",
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
const REFERENCE: Text = text("Reference {}.", "Referensi {}.");

/// The whole message.
pub fn say(error: &ApiError, language: Language) -> String {
    let ApiError::Problem(problem) = error else {
        return language.text(UNREACHABLE).to_owned();
    };
    let text = match problem.kind {
        ProblemKind::NotFound => NOT_FOUND,
        ProblemKind::Conflict => CONFLICT,
        ProblemKind::Invalid => INVALID,
        ProblemKind::TooLarge => TOO_LARGE,
        ProblemKind::TooMany => TOO_MANY,
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
