//! What an account does one at a time, because it takes a place of which there are few.

use protocol::id::AccountId;
use std::{
    collections::BTreeSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Who is at it.
#[derive(Debug)]
pub(super) struct Single(Mutex<BTreeSet<AccountId>>);

/// Somebody is at it until this is dropped.
#[derive(Debug)]
pub(super) struct Inside {
    of: &'static Single,
    account: AccountId,
}

impl Single {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(BTreeSet::new()))
    }

    /// Begins, unless the account is at it already.
    pub(super) fn enter(&'static self, account: AccountId) -> Option<Inside> {
        let is_new = self.all().insert(account);
        is_new.then_some(Inside { of: self, account })
    }

    /// Names alone are in there: whoever panicked has left nothing half done.
    fn all(&self) -> MutexGuard<'_, BTreeSet<AccountId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.of.all().remove(&self.account);
    }
}

#[cfg(test)]
mod tests {
    use super::Single;
    use protocol::id::AccountId;
    use uuid::Uuid;

    #[test]
    fn one_at_a_time_of_each() {
        static PLACE: Single = Single::new();
        let [ada, budi] = [1, 2].map(|id| AccountId(Uuid::from_u128(id)));
        let first = PLACE.enter(ada);
        assert!(first.is_some());
        assert!(PLACE.enter(ada).is_none());
        assert!(PLACE.enter(budi).is_some());
        drop(first);
        assert!(PLACE.enter(ada).is_some());
    }
}
