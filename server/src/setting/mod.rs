//! What the server is told before it starts: on the command line, in variables, in a file. The
//! first of these that says something counts. Every fault is told at once, and no secret ever.
//!
//! | file | what |
//! |---|---|
//! | `key.rs` | all settings that there are, and what each wants |
//! | `file.rs` | the file |
//! | `secret.rs` | secrets that stand elsewhere: `file:/path`, `vault:path#field` |
//! | `vault.rs` | HashiCorp Vault |
//! | `fault.rs` | what is wrong |
//! | `english.rs`, `indonesian.rs` | the same in words |

mod english;
mod fault;
mod file;
mod indonesian;
mod key;
mod secret;
mod vault;

pub(crate) use fault::{Faults, What};
pub(crate) use key::Wanted;

#[cfg(test)]
mod tests;

use fault::Fault;
use key::KEYS;
use std::{collections::BTreeMap, fmt, path::Path, str::FromStr};

/// Where something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// On the command line.
    Option,
    /// In a variable.
    Variable,
    /// In the file.
    File,
}

/// What was said of a setting.
#[derive(Clone)]
struct Said {
    /// Each of its values: lists have several.
    texts: Vec<String>,
    from: From,
}

/// It may be a secret.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Said({:?})", self.from)
    }
}

/// Everything that was said.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    said: BTreeMap<&'static str, Said>,
    faults: Vec<Fault>,
}

impl Settings {
    /// Puts together what options, variables and the file say. `options` has what stands on the
    /// command line; `variable` gives the value of a variable.
    pub(crate) fn read(
        options: Vec<(&'static str, Vec<String>)>,
        variable: impl Fn(&str) -> Option<String>,
        config: Option<&Path>,
    ) -> Self {
        let mut all = Self::default();
        let mut file = match config.map(file::read) {
            None => BTreeMap::new(),
            Some((values, faults)) => {
                all.faults = faults;
                values
            }
        };
        let mut options: BTreeMap<&str, Vec<String>> = options.into_iter().collect();
        for key in KEYS {
            let candidates = [
                (From::Option, options.remove(key.name)),
                (
                    From::Variable,
                    variable(&key.variable()).map(|text| vec![text]),
                ),
                (From::File, file.remove(key.name)),
            ];
            // What is set to nothing says nothing: files of variables hold empty ones.
            let said = candidates.into_iter().find_map(|(from, texts)| {
                let texts = parts(key.is_list, texts?);
                (!texts.is_empty()).then_some(Said { texts, from })
            });
            if let Some(said) = said {
                all.said.insert(key.name, said);
            }
        }
        all.look_up(&variable);
        all
    }

    /// Puts secrets that stand elsewhere in the place of what says where.
    fn look_up(&mut self, variable: &impl Fn(&str) -> Option<String>) {
        let mut elsewhere = secret::Elsewhere::new(variable);
        for key in KEYS.iter().filter(|key| key.is_secret) {
            let Some(said) = self.said.get_mut(key.name) else {
                continue;
            };
            for text in &mut said.texts {
                match elsewhere.look_up(text) {
                    Ok(None) => {}
                    Ok(Some(found)) => *text = found,
                    Err(what) => {
                        self.faults.push(Fault::of(key, said.from, what));
                        text.clear();
                    }
                }
            }
            said.texts.retain(|text| !text.is_empty());
            if said.texts.is_empty() {
                self.said.remove(key.name);
            }
        }
    }

    #[cfg(test)]
    fn text(&self, name: &str) -> Option<&str> {
        self.said.get(name)?.texts.first().map(String::as_str)
    }

    /// A setting that can be read as what it should be; a fault is kept, and told with the others.
    pub(crate) fn one<T: FromStr>(&mut self, name: &'static str) -> Option<T> {
        self.many(name).into_iter().next()
    }

    /// A setting of several values.
    pub(crate) fn many<T: FromStr>(&mut self, name: &'static str) -> Vec<T> {
        let (Some(key), Some(said)) = (key::of(name), self.said.get(name)) else {
            return Vec::new();
        };
        let (from, mut read) = (said.from, Vec::new());
        for text in &said.texts {
            match text.parse() {
                Ok(value) => read.push(value),
                Err(_) => {
                    // What was typed where a secret belongs may be one.
                    let said = (!key.is_secret).then(|| text.clone());
                    let what = What::Other { said };
                    self.faults.push(Fault::of(key, from, what));
                }
            }
        }
        read
    }

    /// Whether anything was said of a setting, understood or not.
    pub(crate) fn is_said(&self, name: &str) -> bool {
        // A secret that was looked for in vain is gone, and has its fault.
        self.said.contains_key(name) || self.faults.iter().any(|fault| fault.is_of(name))
    }

    /// Sees that something is said of a setting: without it there is no beginning.
    pub(crate) fn need(&mut self, name: &'static str) {
        if !self.is_said(name) {
            self.fault(name, What::Missing);
        }
    }

    /// Sees that something is said of a setting where it is of another one.
    pub(crate) fn need_beside(&mut self, name: &'static str, other: &'static str) {
        if self.is_said(other) && !self.is_said(name) {
            self.fault(name, What::Beside(other));
        }
    }

    /// Keeps a fault that who reads a setting found in it.
    pub(crate) fn fault(&mut self, name: &'static str, what: What) {
        let from = self.said.get(name).map_or(From::Variable, |said| said.from);
        if let Some(key) = key::of(name) {
            self.faults.push(Fault::of(key, from, what));
        }
    }

    /// All faults, if there are any.
    pub(crate) fn faults(&mut self) -> Option<Faults> {
        let faults = std::mem::take(&mut self.faults);
        (!faults.is_empty()).then_some(Faults(faults))
    }
}

/// The values of what was said; of a list those between commas.
fn parts(is_list: bool, texts: Vec<String>) -> Vec<String> {
    let split = |text: String| -> Vec<String> {
        if is_list {
            text.split(',').map(|part| part.trim().to_owned()).collect()
        } else {
            vec![text.trim().to_owned()]
        }
    };
    let parts = texts.into_iter().flat_map(split);
    parts.filter(|text| !text.is_empty()).collect()
}
