//! The words around the table of a sweep.

use super::rank::By;
use crate::table::{count, decimal};
use trading::{
    indicator::Text,
    language::Language::{self, En, Id},
    strategy::Document,
    timeframe::Timeframe,
};

/// The headings of the figures; the swept parameters stand before them.
pub(super) const HEADINGS: [Text; 8] = [
    t("trades", "transaksi"),
    t("net profit", "profit bersih"),
    t("profit factor", "profit factor"),
    t("win rate", "win rate"),
    t("expectancy", "ekspektasi"),
    t("max drawdown", "max drawdown"),
    t("recovery", "recovery"),
    t("SQN", "SQN"),
];

const fn t(en: &'static str, id: &'static str) -> Text {
    Text { en, id }
}

/// What a sweep was, to be told.
pub(super) struct Told<'a> {
    pub(super) document: &'a Document,
    pub(super) timeframe: Timeframe,
    pub(super) bars: usize,
    pub(super) sets: usize,
    pub(super) elapsed_ms: f64,
    pub(super) by: By,
    pub(super) currency: &'a str,
}

impl Told<'_> {
    /// What was tested, and what the table lists.
    pub(super) fn heading(&self, language: Language) -> String {
        let (name, symbol) = (&self.document.name, &self.document.symbol);
        let (timeframe, by) = (self.timeframe, language.text(self.by.words()));
        let bars = count(self.bars, language);
        let sets = count(self.sets, language);
        let ms = decimal(Some(self.elapsed_ms), 0, language);
        match language {
            En => format!(
                "{name}: {symbol} {timeframe}, {bars} bars, {sets} sets in {ms} ms, the best by \
                 {by}"
            ),
            Id => format!(
                "{name}: {symbol} {timeframe}, {bars} bar, {sets} set dalam {ms} ms, yang terbaik \
                 menurut {by}"
            ),
        }
    }

    /// What the best are worth.
    pub(super) fn warning(&self, language: Language) -> String {
        let (currency, sets) = (self.currency, count(self.sets, language));
        match language {
            En => format!(
                "Money in {currency}. In-sample: these are the best of {sets} sets on the very \
                 bars they were chosen on, so they\nlook better than they are. Test them on bars \
                 that were not used here before believing them."
            ),
            Id => format!(
                "Uang dalam {currency}. In-sample: ini yang terbaik dari {sets} set pada bar yang \
                 juga dipakai untuk memilihnya,\njadi tampak lebih bagus dari kenyataannya. Uji \
                 pada bar yang belum dipakai di sini sebelum Anda percaya."
            ),
        }
    }
}
