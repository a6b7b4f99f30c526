//! The key in a file that only its owner may read.

use super::{CredentialStore, Secret, StoreFault};
use crate::secret_file;
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read as _},
    path::PathBuf,
};

/// More than any key has.
const MOST: u64 = 1_024;

/// A file with the key.
#[derive(Debug, Clone)]
pub struct FileStore(PathBuf);

impl FileStore {
    /// In this file; its folder is made when there is something to keep.
    pub fn new(path: PathBuf) -> Self {
        Self(path)
    }
}

impl CredentialStore for FileStore {
    fn place(&self) -> String {
        format!("the file {}", self.0.display())
    }

    fn load(&self) -> Result<Option<Secret>, StoreFault> {
        let file = match File::open(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        if is_open_to_others(&file)? {
            return Err(StoreFault::Open);
        }
        let mut text = Vec::new();
        file.take(MOST).read_to_end(&mut text)?;
        let text = String::from_utf8(text).map_err(|_| StoreFault::NoKey)?;
        let secret = text.parse().map_err(|_| StoreFault::NoKey)?;
        Ok(Some(secret))
    }

    fn save(&self, secret: &Secret) -> Result<(), StoreFault> {
        Ok(secret_file::replace(
            &self.0,
            format!("{}\n", secret.reveal()).as_bytes(),
        )?)
    }

    fn remove(&self) -> Result<(), StoreFault> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.mode() & 0o077 != 0)
}

/// Who may read a file is said by its folder there.
#[cfg(not(unix))]
fn is_open_to_others(_file: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use super::{CredentialStore, FileStore, StoreFault};
    use std::{
        fs::{self, Permissions},
        os::unix::fs::{PermissionsExt as _, symlink},
    };

    #[test]
    fn a_key_is_kept_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state/credential");
        let store = FileStore::new(path.clone());
        assert!(store.load().unwrap().is_none());
        store.remove().unwrap();
        let [one, two] = ["phx_one", "phx_two"].map(|key| key.parse().unwrap());
        // What a crash left must not be written through.
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let other = folder.path().join("other");
        fs::write(&other, "theirs").unwrap();
        symlink(&other, path.with_file_name("credential.new")).unwrap();
        store.save(&one).unwrap();
        assert_eq!(fs::read_to_string(&other).unwrap(), "theirs");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(store.load().unwrap(), Some(one));
        store.save(&two).unwrap();
        assert_eq!(store.load().unwrap(), Some(two));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        store.remove().unwrap();
        assert!(store.load().unwrap().is_none());
    }

    #[test]
    fn a_key_that_others_may_read_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credential");
        let store = FileStore::new(path.clone());
        store.save(&"phx_one".parse().unwrap()).unwrap();
        for mode in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            assert!(matches!(store.load(), Err(StoreFault::Open)), "{mode:o}");
        }
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, [0xff; 10]).unwrap();
        let fault = store.load().unwrap_err();
        assert!(matches!(fault, StoreFault::NoKey), "{fault}");
    }
}
