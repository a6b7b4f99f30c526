//! What is wrong with a setting. No words here, and no secrets.

use super::{
    From, Wanted,
    key::Key,
    {english, indonesian},
};
use std::path::{Path, PathBuf};
use trading::language::Language;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// It is not what is wanted; what was said, where that is no secret.
    Other {
        /// The text.
        said: Option<String>,
    },
    /// Nothing was said, and something has to be.
    Missing,
    /// The same because something was said of another setting.
    Beside(&'static str),
    /// No folder for the database can be told.
    NoHome,
    /// The web app was not built, or is not there.
    NotBuilt(Option<PathBuf>),
    /// No other process may do this one's background work.
    NobodyWorks,
    /// In the file it is neither text nor number, nor a list where one is wanted.
    Kind,
    /// It stands twice in the file, once as a part of a table.
    Twice,
    /// There is no such setting; the one that was perhaps meant.
    Unknown(Option<&'static str>),
    /// The file cannot be read.
    Unreadable(String),
    /// The file is larger than any file of settings.
    TooLarge,
    /// The file is no TOML.
    NotToml {
        /// Counted from 1.
        line: usize,
        /// In the words of its reader.
        why: String,
    },
    /// A file that is named cannot be read.
    NamedFile(PathBuf, String),
    /// What is in a file that is named is not what it should be; in the words of its reader.
    Content(PathBuf, String),
    /// The secret's own file is empty.
    EmptySecret(PathBuf),
    /// `vault:` is not followed by `mount/path#field`.
    VaultReference,
    /// Vault is not set up: its variables are missing, or are no address.
    VaultUnset,
    /// Vault did not give it.
    Vault(String),
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A setting that there is.
    Key {
        name: &'static str,
        from: From,
        option: Option<&'static str>,
        wanted: Wanted,
    },
    /// One that there is not.
    Unknown(String),
    /// The whole file.
    File(PathBuf),
}

/// What is wrong with a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(super) place: Place,
    pub(super) what: What,
}

impl Fault {
    pub(super) fn of(key: &Key, from: From, what: What) -> Self {
        Self {
            place: Place::Key {
                name: key.name,
                from,
                option: key.option,
                wanted: key.wanted,
            },
            what,
        }
    }

    /// Whether it is this setting's.
    pub(super) fn is_of(&self, key: &str) -> bool {
        matches!(self.place, Place::Key { name, .. } if name == key)
    }

    pub(super) fn of_file(path: &Path, what: What) -> Self {
        Self {
            place: Place::File(path.to_owned()),
            what,
        }
    }

    pub(super) fn unknown(name: String, near: Option<&'static str>) -> Self {
        Self {
            place: Place::Unknown(name),
            what: What::Unknown(near),
        }
    }

    /// Where it stands, as its reader wrote it, or where it may be said.
    pub(super) fn place(&self) -> String {
        match &self.place {
            Place::Key {
                name, from, option, ..
            } => match (from, option) {
                (From::Option, Some(option)) => (*option).to_owned(),
                (From::Variable, Some(option)) if self.is_silence() => {
                    format!("{option} / PHOENIX_{}", name.to_ascii_uppercase())
                }
                (From::Option | From::Variable, _) => {
                    format!("PHOENIX_{}", name.to_ascii_uppercase())
                }
                (From::File, _) => (*name).to_owned(),
            },
            Place::Unknown(name) => name.clone(),
            Place::File(path) => path.display().to_string(),
        }
    }

    /// Whether nothing was said.
    fn is_silence(&self) -> bool {
        matches!(
            self.what,
            What::Missing | What::Beside(_) | What::NoHome | What::NotBuilt(None)
        )
    }

    pub(super) fn wanted(&self) -> Option<Wanted> {
        match self.place {
            Place::Key { wanted, .. } => Some(wanted),
            _ => None,
        }
    }
}

/// Everything that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Faults(pub(super) Vec<Fault>);

impl Faults {
    /// In words: one line each.
    pub(crate) fn text(&self, language: Language) -> String {
        let line = |fault: &Fault| {
            let what = match language {
                Language::En => english::what(fault),
                Language::Id => indonesian::what(fault),
            };
            format!("  {}: {what}", fault.place())
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        let head = match language {
            Language::En => english::head(self.0.len()),
            Language::Id => indonesian::head(self.0.len()),
        };
        format!("{head}\n{}", lines.join("\n"))
    }
}
