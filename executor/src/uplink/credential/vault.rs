//! The key in the system's store of secrets.

use super::{CredentialStore, Secret, StoreFault};
use keyring_core::{Entry, Error, api::CredentialStoreApi};
use std::sync::Arc;

/// By which names the store knows it: what it is of, and whose.
const SERVICE: &str = "Phoenix executor";
const USER: &str = "key";

/// A place in a store of secrets.
#[derive(Debug, Clone)]
pub struct Vault {
    store: Arc<dyn CredentialStoreApi + Send + Sync>,
    place: &'static str,
}

impl Vault {
    /// In this store, which is called so.
    pub fn new(store: Arc<dyn CredentialStoreApi + Send + Sync>, place: &'static str) -> Self {
        Self { store, place }
    }

    fn entry(&self) -> Result<Entry, StoreFault> {
        let entry = self.store.build(SERVICE, USER, None);
        entry.map_err(|error| fault(&error))
    }
}

impl CredentialStore for Vault {
    fn place(&self) -> String {
        self.place.to_owned()
    }

    fn load(&self) -> Result<Option<Secret>, StoreFault> {
        match self.entry()?.get_password() {
            Ok(text) => Ok(Some(text.parse().map_err(|_| StoreFault::NoKey)?)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        }
    }

    fn save(&self, secret: &Secret) -> Result<(), StoreFault> {
        let saved = self.entry()?.set_password(secret.reveal());
        saved.map_err(|error| fault(&error))
    }

    fn remove(&self) -> Result<(), StoreFault> {
        match self.entry()?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        }
    }
}

/// In words. Some faults carry the bytes that were read: only what kind of fault it is may be told.
pub(super) fn fault(error: &Error) -> StoreFault {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => StoreFault::NoKey,
        error => StoreFault::Store(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{CredentialStore, StoreFault, Vault};
    use keyring_core::mock;

    #[test]
    fn a_key_is_kept_and_forgotten() {
        let store = mock::Store::new().unwrap();
        let vault = Vault::new(store, "a test");
        assert_eq!(vault.load().unwrap(), None);
        vault.remove().unwrap();
        let key = "phx_one".parse().unwrap();
        vault.save(&key).unwrap();
        assert_eq!(vault.load().unwrap(), Some(key));
        vault.entry().unwrap().set_password("not a key").unwrap();
        assert!(matches!(vault.load(), Err(StoreFault::NoKey)));
        vault.entry().unwrap().set_secret(&[0xff, 0xfe]).unwrap();
        let fault = vault.load().unwrap_err();
        assert!(!fault.to_string().contains("255"), "{fault}");
        vault.remove().unwrap();
        assert_eq!(vault.load().unwrap(), None);
    }
}
