//! Whether a live strategy is what the server says it is, and whether this program understands it.
//! What it does not understand it does not trade: nothing is guessed.

use protocol::api::strategy::{ActiveStrategies, ActiveStrategy};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use trading::{
    language::Language,
    strategy::validate::{Fault, Problem, validate},
};

/// How many faults of a document are told.
const FAULTS: usize = 5;

/// Why a live strategy cannot be traded here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Strangeness {
    /// The document is not the one that the hash was made of: it was changed on the way or on disk.
    #[error("the document is not the one that was saved: its SHA-256 is another")]
    Hash,
    /// It is written in a later version of the strategy language.
    #[error(
        "the document has version {found}; this program knows versions up to {known}: update it"
    )]
    Newer {
        /// The document's version.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// It breaks rules of the language as it is known here, such as by an indicator that a later
    /// version has.
    #[error("this program does not understand the document: {}", .0.join("; "))]
    Faulty(Vec<String>),
}

/// A list, divided into what can be traded and what not.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Checked {
    pub(super) good: Vec<ActiveStrategy>,
    pub(super) strange: Vec<(ActiveStrategy, Strangeness)>,
}

impl Checked {
    pub(super) fn of(all: ActiveStrategies) -> Self {
        let mut checked = Self::default();
        for one in all.items {
            match strangeness(&one) {
                None => checked.good.push(one),
                Some(why) => checked.strange.push((one, why)),
            }
        }
        checked
    }

    /// Whether every document came as it was sent. What did not is asked for anew.
    pub(super) fn is_whole(&self) -> bool {
        let mut strange = self.strange.iter();
        !strange.any(|(_, why)| *why == Strangeness::Hash)
    }
}

fn strangeness(one: &ActiveStrategy) -> Option<Strangeness> {
    if !one
        .hash
        .eq_ignore_ascii_case(&sha256(one.document.as_bytes()))
    {
        return Some(Strangeness::Hash);
    }
    validate(&one.document).err().map(|faults| judged(&faults))
}

fn judged(faults: &[Fault]) -> Strangeness {
    let newer = faults.iter().find_map(|fault| match fault.problem {
        Problem::NewerVersion { found, known } => Some(Strangeness::Newer { found, known }),
        _ => None,
    });
    newer.unwrap_or_else(|| {
        let told = faults.iter().take(FAULTS);
        let told = told.map(|fault| format!("{}: {}", fault.pointer, fault.message(Language::En)));
        Strangeness::Faulty(told.collect())
    })
}

/// In hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::{Checked, Strangeness, sha256};
    use protocol::api::strategy::ActiveStrategies;
    use serde_json::{Value, json};

    const GOLD: &str = include_str!("../../../strategies/gold-macd-adx.json");

    fn live(documents: &[(String, String)]) -> ActiveStrategies {
        let items: Vec<Value> = documents
            .iter()
            .map(|(document, hash)| {
                json!({
                    "strategy": "0199a3f4-8e1d-7c31-8000-000000000000", "version": 1,
                    "on": "every_account", "login": null, "since": 0, "is_paused": false,
                    "pauses_at": null, "document": document, "hash": hash,
                })
            })
            .collect();
        serde_json::from_value(json!({ "items": items })).unwrap()
    }

    fn changed(change: impl FnOnce(&mut Value)) -> (String, String) {
        let mut document: Value = serde_json::from_str(GOLD).unwrap();
        change(&mut document);
        let text = document.to_string();
        let hash = sha256(text.as_bytes());
        (text, hash)
    }

    #[test]
    fn a_hash_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
    }

    #[test]
    fn only_what_is_whole_and_understood_is_traded() {
        let good = (GOLD.to_owned(), sha256(GOLD.as_bytes()).to_uppercase());
        let torn = (GOLD.replacen("ADX", "ADY", 1), sha256(GOLD.as_bytes()));
        let newer = changed(|document| document["version"] = json!(2));
        let unknown = changed(|document| document["entry"]["moonlight"] = json!(true));
        let checked = Checked::of(live(&[good, torn, newer, unknown]));
        assert_eq!(checked.good.len(), 1);
        let why: Vec<&Strangeness> = checked.strange.iter().map(|(_, why)| why).collect();
        assert_eq!(why[0], &Strangeness::Hash);
        assert_eq!(why[1], &Strangeness::Newer { found: 2, known: 1 });
        let Strangeness::Faulty(faults) = why[2] else {
            panic!("{why:?}");
        };
        assert!(faults[0].contains("/entry/moonlight"), "{faults:?}");
        assert!(!checked.is_whole());
    }

    #[test]
    fn what_is_not_understood_came_whole_all_the_same() {
        let newer = changed(|document| document["version"] = json!(2));
        assert!(Checked::of(live(&[newer])).is_whole());
        let none = ("no JSON".to_owned(), sha256(b"no JSON"));
        assert_eq!(Checked::of(live(&[none])).strange.len(), 1);
    }
}
