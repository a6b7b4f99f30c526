//! Background work, for those who work for us.

use super::{Text, text, words};
use trading::language::Language;

words! {
    /// The page.
    JOBS = "Jobs", "Tugas";
    /// What it is.
    LEAD = "What Phoenix does in the background: any server or worker that is free takes the next job. A job that fails is tried again, each time later; one that is given up waits here for you.",
        "Yang dikerjakan Phoenix di latar belakang: server atau worker yang sedang senggang mengambil tugas berikutnya. Tugas yang gagal dicoba lagi dengan jeda makin panjang; yang akhirnya dihentikan menunggu Anda di sini.";
    /// The counts, read aloud.
    COUNTS = "How many jobs there are", "Jumlah tugas";
    /// A heading.
    GIVEN_UP_LIST = "Given up", "Dihentikan";
    /// A heading.
    FAILED_LIST = "Failed, to be tried again", "Gagal, akan dicoba lagi";
    /// A heading.
    TAKEN_LIST = "In progress", "Sedang dikerjakan";
    /// A heading.
    DONE_LIST = "Last done", "Terakhir selesai";
    /// Nothing failed.
    NO_FAILURES = "No job has failed.", "Tidak ada tugas yang gagal.";
    /// What that means.
    NO_FAILURES_HINT = "Nothing here needs you.", "Tidak ada yang perlu Anda tangani di sini.";
    /// A column.
    JOB = "Job", "Tugas";
    /// A column.
    PUT_IN = "Put in", "Dibuat";
    /// A column.
    ATTEMPTS = "Attempts", "Percobaan";
    /// A column.
    FAILURE = "Last failure", "Kegagalan terakhir";
    /// A column.
    NEXT = "Next attempt", "Percobaan berikutnya";
    /// A column.
    WORKER = "Worker", "Worker";
    /// A column.
    DEED = "Action", "Tindakan";
    /// A button.
    RETRY = "Try again now", "Coba lagi sekarang";
    /// Which, read aloud: what it is and its number.
    WHICH = "{} {}", "{} {}";
    /// What was done.
    RETRIED = "The job is waiting again; it is done as soon as a worker is free.",
        "Tugas kembali ke antrean; akan dikerjakan begitu ada worker yang senggang.";
    /// What could not be done.
    NOT_THERE = "That job is not there any more, or is being done already.",
        "Tugas itu sudah tidak ada, atau sudah mulai dikerjakan.";
}

/// What a state is called, as a count has it.
pub(crate) fn state(state: &str, language: Language) -> String {
    let words = match state {
        "waiting" => text("Waiting", "Menunggu"),
        "taken" => text("In progress", "Dikerjakan"),
        "failed" => text("To be tried again", "Akan dicoba lagi"),
        "given-up" => text("Given up", "Dihentikan"),
        "done" => text("Done", "Selesai"),
        other => return other.to_owned(),
    };
    language.text(words).to_owned()
}

const KINDS: [(&str, Text); 6] = [
    ("send_mail", text("Send a mail", "Kirim email")),
    (
        "find_mails",
        text("Look for forgotten mails", "Cari email yang terlewat"),
    ),
    (
        "ask_payments",
        text("Begin asking about payments", "Mulai menanyakan pembayaran"),
    ),
    (
        "refresh_payments",
        text("Ask about payments", "Tanyakan pembayaran"),
    ),
    (
        "sweep",
        text("Remove what has ended", "Hapus yang sudah berakhir"),
    ),
    (
        "forget_visitors",
        text(
            "Forget visitors who stay away",
            "Hapus data pengunjung yang lama tidak kembali",
        ),
    ),
];

/// What a job is called; one that is not known here, as it is.
pub(crate) fn kind(name: &str, language: Language) -> String {
    KINDS
        .iter()
        .find(|(kind, _)| *kind == name)
        .map_or(name, |(_, text)| language.text(*text))
        .to_owned()
}
