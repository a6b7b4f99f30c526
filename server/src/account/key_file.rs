//! The key that seals secrets in the database: whoever reads the database alone can open nothing.

use identity::SealKey;
use std::{
    fmt, fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

const FILE: &str = "secret.key";

/// Why there is no key.
#[derive(Debug)]
pub(crate) enum KeyProblem {
    /// The file cannot be read or written.
    File { path: PathBuf, error: io::Error },
    /// What is there is no key; `None` for the variable.
    Shape(Option<PathBuf>),
    /// The machine gave no random bytes.
    Machine(String),
}

impl fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, error } => write!(f, "{}: {error}", path.display()),
            Self::Shape(Some(path)) => write!(f, "{} holds no key", path.display()),
            Self::Shape(None) => f.write_str("PHOENIX_SECRET_KEY holds no key"),
            Self::Machine(why) => f.write_str(why),
        }
    }
}

/// The key of the variable, else that of the file; a new one if there is neither.
pub(super) fn key(home: &Path, said: Option<&str>) -> Result<SealKey, KeyProblem> {
    if let Some(said) = said {
        return SealKey::from_text(said).map_err(|_| KeyProblem::Shape(None));
    }
    let path = home.join(FILE);
    let failed = |error| KeyProblem::File {
        path: path.clone(),
        error,
    };
    match fs::read_to_string(&path) {
        Ok(text) => SealKey::from_text(&text).map_err(|_| KeyProblem::Shape(Some(path))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key =
                SealKey::generate().map_err(|error| KeyProblem::Machine(error.to_string()))?;
            fs::create_dir_all(home).map_err(failed)?;
            match write(&path, key.text().reveal()) {
                Ok(()) => Ok(key),
                // Another server was quicker: its key is the one.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    let text = fs::read_to_string(&path).map_err(failed)?;
                    SealKey::from_text(&text).map_err(|_| KeyProblem::Shape(Some(path)))
                }
                Err(error) => Err(failed(error)),
            }
        }
        Err(error) => Err(failed(error)),
    }
}

/// Whole or not at all, and for nobody else to read.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = tempfile::Builder::new()
        .prefix(".secret")
        .tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{KeyProblem, key};
    use std::fs;

    #[test]
    fn a_key_is_made_once_and_read_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        let made = key(&home, None).unwrap();
        let again = key(&home, None).unwrap();
        assert_eq!(made.text().reveal(), again.text().reveal());
        let sealed = made.seal(b"x", "place").unwrap();
        assert!(again.open(&sealed, "place").is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(home.join("secret.key")).unwrap().permissions();
            assert_eq!(mode.mode() & 0o077, 0, "nobody else may read it");
        }
        let other = "ab".repeat(31) + "cd";
        let said = key(&home, Some(&other)).unwrap();
        assert_eq!(said.text().reveal(), &other);
    }

    #[test]
    fn what_is_no_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret.key"), "not a key").unwrap();
        let made = key(folder.path(), None);
        assert!(matches!(made, Err(KeyProblem::Shape(Some(_)))), "{made:?}");
        let kept = fs::read_to_string(folder.path().join("secret.key")).unwrap();
        assert_eq!(kept, "not a key");
        assert!(matches!(
            key(folder.path(), Some("")),
            Err(KeyProblem::Shape(None))
        ));
    }
}
