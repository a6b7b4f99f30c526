//! Good-bye.

use super::{Caller, Desk, Done};
use storage::Account;

impl Desk {
    /// Removes an account and everything that it owns. Whoever calls this has checked the password.
    pub(crate) async fn delete(&self, account: &Account, caller: &Caller) -> Done<()> {
        self.0.storage.accounts.delete(account.id).await?;
        self.note(Some(account.id), "account-deleted", "", caller)
            .await;
        Ok(())
    }
}
