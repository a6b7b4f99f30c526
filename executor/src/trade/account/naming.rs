//! What a broker calls a symbol. Brokers write `XAUUSD.m` or `GOLD` where others write `XAUUSD`, and
//! have `XAUUSD` and `XAUUSD.m` side by side with other terms: so it is never guessed. What is there
//! is shown, and the trader chooses.

use super::{Account, Asked, Effects, Stage};
use protocol::link::{FromExecutor, executor::SymbolsRequest, terminal::Symbols};
use std::collections::{BTreeMap, BTreeSet};
use trading::symbol::Symbol;

/// The most names that are shown to choose from.
const MOST: usize = 50;
/// Words of brokers for symbols that have quite another name elsewhere.
const WORDS: [(&str, &str); 9] = [
    ("XAUUSD", "GOLD"),
    ("XAGUSD", "SILVER"),
    ("US30", "DJ"),
    ("US30", "WS30"),
    ("US500", "SP"),
    ("US100", "NAS"),
    ("DE40", "GER"),
    ("UKOIL", "BRENT"),
    ("USOIL", "WTI"),
];

impl Account {
    /// Asks what the broker has that may be the symbol of a run.
    pub(super) fn ask_names(&mut self, run: u32, out: &mut Effects) {
        let Some(wanted) = self.symbol_of(run) else {
            return;
        };
        if self.unnamed.contains_key(&wanted) {
            return;
        }
        self.unnamed.insert(wanted.clone(), BTreeSet::new());
        let name = wanted.to_string().to_ascii_uppercase();
        let words = WORDS.iter().filter(|(of, _)| *of == name);
        let likes = words.map(|(_, word)| (*word).to_owned());
        for like in likes.chain([name.clone()]) {
            let request = self.ask(Asked::Symbols(run));
            let ask = SymbolsRequest { request, like };
            out.sends.push(FromExecutor::SymbolsRequest(ask));
        }
    }

    pub(super) fn on_symbols(&mut self, page: Symbols) {
        let Some(&Asked::Symbols(run)) = self.asked.get(&page.request.0) else {
            return;
        };
        if page.is_last {
            self.asked.remove(&page.request.0);
        }
        let Some(wanted) = self.symbol_of(run) else {
            return;
        };
        if let Some(names) = self.unnamed.get_mut(&wanted) {
            let known = page.names.iter().filter_map(|name| name.parse().ok());
            names.extend(known.take(MOST.saturating_sub(names.len())));
        }
    }

    fn symbol_of(&self, run: u32) -> Option<Symbol> {
        let at = self.place_of(run)?;
        Some(self.slots[at].terms.symbol.clone())
    }

    /// Symbols that the broker does not have by these names, and what it has that may be meant.
    pub const fn unnamed(&self) -> &BTreeMap<Symbol, BTreeSet<Symbol>> {
        &self.unnamed
    }

    /// The trader has said what a symbol is called: runs that failed for it may come again. Whether
    /// that is one of the names that were shown.
    pub fn name(&mut self, wanted: &Symbol, chosen: &Symbol) -> bool {
        let shown = self.unnamed.get(wanted);
        if !shown.is_some_and(|names| names.contains(chosen)) {
            return false;
        }
        self.unnamed.remove(wanted);
        self.slots
            .retain(|slot| slot.terms.symbol != *wanted || !matches!(slot.stage, Stage::Failed));
        true
    }
}
