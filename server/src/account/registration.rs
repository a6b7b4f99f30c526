//! From an address to an account.

use super::{AccountError, Caller, Desk, Done, gate::Door, letter, sign_in::SignedIn};
use crate::clock::now;
use identity::{EmailAddress, NewPassword, Role, Token, TokenHash};
use storage::{Account, NewAccount, Registration, StorageError};
use trading::{
    language::Language,
    time::{HOUR, Time},
};

/// How long a link in a mail holds.
pub(super) const LINK: i64 = 24 * HOUR;

impl Desk {
    /// Somebody wants an account. What is answered, and how long it takes, is the same whether or
    /// not the address has one: only the mail differs.
    pub(crate) async fn register(
        &self,
        email: EmailAddress,
        password: &str,
        caller: &Caller,
    ) -> Done<()> {
        let password = NewPassword::new(password, &email)?;
        let at = now();
        let gate = &self.0.gate;
        gate.admit_mail(&email.key(), &caller.address, at).await?;
        let hash = self.0.kitchen.make(password).await?;
        let known = self.0.storage.accounts.find(&email).await?;
        let token = Token::generate()?;
        let new = Registration {
            email: email.clone(),
            password: hash,
            language: caller.language,
        };
        // Of a known address too, under a token that nobody learns: it takes as long.
        let until = Time(at.0 + LINK);
        let accounts = &self.0.storage.accounts;
        accounts.register(&new, &token.hash(), until).await?;
        let mail = match known {
            None => letter::confirm(&email, &token, caller),
            Some((account, _)) => letter::has_account(&account, caller),
        };
        self.post(mail, at).await
    }

    /// The address that a link is for, as long as it holds.
    pub(crate) async fn registration(&self, token: &TokenHash) -> Done<String> {
        let found = self.0.storage.accounts.registration(token, now()).await?;
        found.map(|(email, _)| email).ok_or(AccountError::Gone)
    }

    /// The address is proved: makes the account, and signs in. The password is asked for once more:
    /// somebody else may have registered with this address, and the account would be theirs too.
    pub(crate) async fn confirm(
        &self,
        token: &TokenHash,
        password: String,
        caller: &Caller,
    ) -> Done<SignedIn> {
        let accounts = &self.0.storage.accounts;
        let found = accounts.registration(token, now()).await?;
        let (email, hash) = found.ok_or(AccountError::Gone)?;
        let (gate, address) = (&self.0.gate, &caller.address);
        let attempt = gate.admit(Door::Confirm, &email, address, now()).await?;
        if !self.0.kitchen.verify(password, Some(&hash)).await?.ok {
            return Err(AccountError::WrongPassword);
        }
        gate.went_well(&attempt).await?;
        let account = match accounts.confirm(token, caller.visitor, now()).await {
            Ok(account) => account,
            Err(StorageError::NotFound) => return Err(AccountError::Gone),
            Err(StorageError::Exists) => return Err(AccountError::Taken),
            Err(error) => return Err(error.into()),
        };
        self.note(Some(account.id), "registered", "", caller).await;
        Ok(SignedIn(account.id))
    }

    /// Makes an administrator's account, from the command line: who may do that has the machine.
    pub(crate) async fn create_admin(
        &self,
        email: EmailAddress,
        password: &str,
        language: Language,
        caller: &Caller,
    ) -> Done<Account> {
        let password = NewPassword::new(password, &email)?;
        let new = NewAccount {
            email,
            password: self.0.kitchen.make(password).await?,
            role: Role::Admin,
            language,
        };
        let account = match self.0.storage.accounts.create(new, now()).await {
            Err(StorageError::Exists) => return Err(AccountError::Taken),
            made => made?,
        };
        self.note(Some(account.id), "admin-created", "", caller)
            .await;
        Ok(account)
    }
}
