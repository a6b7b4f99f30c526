//! What the reader of a result must know of how it came about, in both languages.

use history::{Flaw, ImportNote, ImportReport};
use std::{path::PathBuf, sync::Arc};
use trading::{language::Language, timeframe::Timeframe};

/// Something that the reader must know.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Note {
    /// The bars come from the store.
    Stored {
        folder: PathBuf,
        timeframe: Timeframe,
    },
    /// The bars are the ones that ship with the program.
    Sample,
    /// The bars are of another length than the strategy says, and were used all the same.
    OtherTimeframe {
        bars: Timeframe,
        strategy: Timeframe,
        can_resample: bool,
    },
    /// Longer bars were built.
    Resampled {
        from: Timeframe,
        to: Timeframe,
        made_of: usize,
    },
    /// The length of the bars could not be told.
    UnknownTimeframe(Timeframe),
    /// Rows of the file were not as they should be. The number counts the kinds of flaws in the
    /// report.
    Flaw(Arc<ImportReport>, usize),
    /// What the reader of the file says.
    File(ImportNote),
    /// No costs at all, or only a plain fee.
    Ideal { fee: f64 },
    /// Costs are typical ones.
    Typical,
    /// Finer bars show what happened inside a bar.
    Inside(Timeframe),
    /// Finer bars do not reach over the whole history.
    InsideInPart(Timeframe),
    /// Entries that the broker refused.
    Refused(u32),
    /// Positions that were open at the end.
    OpenAtEnd(usize),
}

/// What an import report says that matters for a result.
pub(crate) fn of_report(report: ImportReport) -> Vec<Note> {
    let report = Arc::new(report);
    let flaws = report.flaws(Language::En).len();
    let mut notes: Vec<Note> = (0..flaws)
        .map(|kind| Note::Flaw(Arc::clone(&report), kind))
        .collect();
    notes.extend(report.notes.iter().cloned().map(Note::File));
    notes
}

/// One kind of flaw as a sentence.
fn flaw(report: &ImportReport, kind: usize, language: Language) -> String {
    let flaws = report.flaws(language);
    sentence(&flaws.get(kind).map(Flaw::sentence).unwrap_or_default())
}

impl Note {
    /// The note in a language.
    pub(crate) fn text(&self, language: Language) -> String {
        match language {
            Language::En => self.english(),
            Language::Id => self.indonesian(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Stored { folder, timeframe } => {
                format!(
                    "The bars are the imported {timeframe} history in {}.",
                    folder.display()
                )
            }
            Self::Sample => "The bars are the history that ships with Phoenix: H1, MetaTrader \
                             server time read as UTC."
                .to_owned(),
            Self::OtherTimeframe {
                bars,
                strategy,
                can_resample: true,
            } => format!(
                "The bars are {bars}, the strategy says {strategy}: run on the bars as they are; \
                 use --resample to build {strategy} bars."
            ),
            Self::OtherTimeframe {
                bars,
                strategy,
                can_resample: false,
            } => format!(
                "The bars are {bars}, the strategy says {strategy}: run on the bars as they are; \
                 {strategy} bars cannot be built from them."
            ),
            Self::Resampled { from, to, made_of } => {
                format!("The {to} bars were built from {made_of} {from} bars.")
            }
            Self::UnknownTimeframe(strategy) => format!(
                "The length of the bars could not be told; they were taken for {strategy}, as the \
                 strategy says."
            ),
            Self::Flaw(report, kind) => flaw(report, *kind, Language::En),
            Self::File(note) => sentence(&note.text(Language::En)),
            Self::Ideal { fee } if *fee == 0.0 => {
                "Ideal conditions: one unit, no costs, no margin. No account earns this.".to_owned()
            }
            Self::Ideal { fee } => format!(
                "Ideal conditions: one unit, no margin, {fee} price units a fill and no other \
                 cost. No account earns this."
            ),
            Self::Typical => "Costs and contract are typical ones, an estimate: give your \
                              broker's with --spec."
                .to_owned(),
            Self::Inside(finer) => {
                format!("{finer} bars show in which order prices were reached inside a bar.")
            }
            Self::InsideInPart(finer) => format!(
                "{finer} bars show in which order prices were reached inside a bar, but only for \
                 a part of the history; elsewhere the worse order is assumed."
            ),
            Self::Refused(entries) => {
                format!(
                    "{entries} entries were refused by the broker (margin, volume or stop level)."
                )
            }
            Self::OpenAtEnd(1) => {
                "One position was still open at the end; it is valued at the last close.".to_owned()
            }
            Self::OpenAtEnd(positions) => format!(
                "{positions} positions were still open at the end; they are valued at the last \
                 close."
            ),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::Stored { folder, timeframe } => format!(
                "Bar yang dipakai adalah riwayat {timeframe} hasil impor di {}.",
                folder.display()
            ),
            Self::Sample => "Bar yang dipakai adalah riwayat bawaan Phoenix: H1, waktu server \
                             MetaTrader yang dibaca sebagai UTC."
                .to_owned(),
            Self::OtherTimeframe {
                bars,
                strategy,
                can_resample: true,
            } => format!(
                "Bar ini {bars}, sedangkan strategi menyebut {strategy}: dijalankan pada bar apa \
                 adanya; pakai --resample untuk membentuk bar {strategy}."
            ),
            Self::OtherTimeframe {
                bars,
                strategy,
                can_resample: false,
            } => format!(
                "Bar ini {bars}, sedangkan strategi menyebut {strategy}: dijalankan pada bar apa \
                 adanya; bar {strategy} tidak dapat dibentuk darinya."
            ),
            Self::Resampled { from, to, made_of } => {
                format!("Bar {to} dibentuk dari {made_of} bar {from}.")
            }
            Self::UnknownTimeframe(strategy) => {
                format!("Panjang bar tidak dapat dikenali; dianggap {strategy} sesuai strategi.")
            }
            Self::Flaw(report, kind) => flaw(report, *kind, Language::Id),
            Self::File(note) => sentence(&note.text(Language::Id)),
            Self::Ideal { fee } if *fee == 0.0 => "Kondisi ideal: satu unit, tanpa biaya, tanpa \
                                                   margin. Tidak ada akun yang seperti ini."
                .to_owned(),
            Self::Ideal { fee } => format!(
                "Kondisi ideal: satu unit, tanpa margin, biaya {} satuan harga per transaksi dan \
                 tidak ada biaya lain. Tidak ada akun yang seperti ini.",
                Language::Id.number(*fee)
            ),
            Self::Typical => "Biaya dan kontrak adalah angka yang lazim, hanya perkiraan: berikan \
                              milik broker Anda dengan --spec."
                .to_owned(),
            Self::Inside(finer) => {
                format!("Bar {finer} menunjukkan urutan harga yang tercapai di dalam satu bar.")
            }
            Self::InsideInPart(finer) => format!(
                "Bar {finer} menunjukkan urutan harga di dalam satu bar, tetapi hanya untuk \
                 sebagian riwayat; selebihnya dianggap urutan yang lebih buruk."
            ),
            Self::Refused(entries) => {
                format!("{entries} entry ditolak broker (margin, volume, atau jarak stop).")
            }
            Self::OpenAtEnd(positions) => format!(
                "{positions} posisi masih terbuka di akhir riwayat; dinilai pada harga penutupan \
                 terakhir."
            ),
        }
    }
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    out.push_str(letters.as_str());
    if !out.ends_with('.') {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_become_a_sentence() {
        assert_eq!(
            sentence("times were read as UTC"),
            "Times were read as UTC."
        );
        assert_eq!(sentence(""), ".");
    }
}
