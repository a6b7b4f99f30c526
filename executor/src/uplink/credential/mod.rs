//! The key, and where the system keeps it: on Windows in the Credential Manager. Elsewhere in a file
//! that only its owner may read: a Linux machine without a desktop has no such store that opens by
//! itself after a start, and what would lock the file had its own key lying beside it.

pub mod file;
pub mod vault;

use std::{fmt, io, path::Path, str::FromStr};

/// The most characters of a key: more than any of ours, now or later.
const LONGEST: usize = 200;

/// A key. It stays out of logs: there is no `Display`, and `Debug` is silent.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The key, for whoever has to send or keep it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a key begins with phx_ and has small letters, digits and _")]
pub struct NoKey;

impl FromStr for Secret {
    type Err = NoKey;
    fn from_str(text: &str) -> Result<Self, NoKey> {
        let text = text.trim();
        let rest = text.strip_prefix("phx_").ok_or(NoKey)?;
        let is_known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if rest.is_empty() || text.len() > LONGEST || !rest.chars().all(is_known) {
            return Err(NoKey);
        }
        Ok(Self(text.to_owned()))
    }
}

/// Why the key could not be kept or found. Nothing of the key is in it.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// The file cannot be read or written.
    #[error("the file of the key: {0}")]
    File(#[from] io::Error),
    /// Others may read the file.
    #[error("others may read the file of the key: make it yours alone with chmod 600")]
    Open,
    /// The system's store said no.
    #[error("the system's store of secrets: {0}")]
    Store(String),
    /// What is kept there is no key.
    #[error("what is kept is no key: pair this computer again")]
    NoKey,
}

/// Where the key is kept.
pub trait CredentialStore: fmt::Debug + Send + Sync {
    /// Where, in words for the trader.
    fn place(&self) -> String;

    /// The key; nothing where there is none.
    ///
    /// # Errors
    /// [`StoreFault`].
    fn load(&self) -> Result<Option<Secret>, StoreFault>;

    /// Keeps a key in the place of any before it.
    ///
    /// # Errors
    /// [`StoreFault`].
    fn save(&self, secret: &Secret) -> Result<(), StoreFault>;

    /// Forgets the key, where there is one.
    ///
    /// # Errors
    /// [`StoreFault`].
    fn remove(&self) -> Result<(), StoreFault>;
}

/// The store of this system.
///
/// # Errors
/// [`StoreFault`].
#[cfg(windows)]
pub fn of_system(_folder: &Path) -> Result<Box<dyn CredentialStore>, StoreFault> {
    let store = windows_native_keyring_store::Store::new();
    let store = store.map_err(|error| vault::fault(&error))?;
    let place = "the Windows Credential Manager";
    Ok(Box::new(vault::Vault::new(store, place)))
}

/// The store of this system: a file in the folder of the program's state.
///
/// # Errors
/// None here; on Windows those of its store.
#[cfg(not(windows))]
pub fn of_system(folder: &Path) -> Result<Box<dyn CredentialStore>, StoreFault> {
    Ok(Box::new(file::FileStore::new(folder.join("credential"))))
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_key_is_one_and_silent() {
        let key: Secret = " phx_abcdefgh_0123_zzzzzz\n".parse().unwrap();
        assert_eq!(key.reveal(), "phx_abcdefgh_0123_zzzzzz");
        assert_eq!(format!("{key:?} {key:#?}"), "Secret(..) Secret(..)");
        let long = format!("phx_{}", "a".repeat(200));
        for none in [
            "",
            "phx_",
            "abc",
            "phx_a b",
            "phx_a\r\nX: y",
            "phx_\u{e9}",
            &long,
        ] {
            assert!(none.parse::<Secret>().is_err(), "{none:?}");
        }
    }
}
