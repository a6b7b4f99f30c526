//! Secrets that stand elsewhere: `file:/run/secrets/key`, `vault:secret/phoenix#key`. What is said
//! of a setting is then only where to look.

use super::{fault::What, vault::Vault};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// No secret is longer.
const MAX: u64 = 64 << 10;

/// Where secrets are looked for.
pub(super) struct Elsewhere<F> {
    variable: F,
    vault: Option<Vault>,
}

impl<F: Fn(&str) -> Option<String>> Elsewhere<F> {
    pub(super) fn new(variable: F) -> Self {
        Self {
            variable,
            vault: None,
        }
    }

    /// The secret that a text says where to find; nothing where it says the secret itself.
    pub(super) fn look_up(&mut self, text: &str) -> Result<Option<String>, What> {
        if let Some(path) = text.strip_prefix("file:") {
            return of_file(Path::new(path)).map(Some);
        }
        match text.strip_prefix("vault:") {
            Some(reference) => self.of_vault(reference).map(Some),
            None => Ok(None),
        }
    }

    fn of_vault(&mut self, reference: &str) -> Result<String, What> {
        let (path, field) = reference.split_once('#').ok_or(What::VaultReference)?;
        let (mount, path) = path.split_once('/').ok_or(What::VaultReference)?;
        if [mount, path, field].iter().any(|part| part.is_empty()) {
            return Err(What::VaultReference);
        }
        let vault = match &mut self.vault {
            Some(vault) => vault,
            none => none.insert(Vault::open(&self.variable)?),
        };
        vault.read(mount, path, field)
    }
}

fn of_file(path: &Path) -> Result<String, What> {
    let failed = |error: std::io::Error| What::NamedFile(PathBuf::from(path), error.to_string());
    let mut text = String::new();
    let file = fs::File::open(path).map_err(failed)?;
    file.take(MAX).read_to_string(&mut text).map_err(failed)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(What::EmptySecret(path.to_owned()));
    }
    Ok(text.to_owned())
}
