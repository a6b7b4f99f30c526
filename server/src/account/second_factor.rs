//! Setting up the second factor, and turning it off.

use super::{AccountError, Caller, Desk, Done};
use crate::clock::now;
use identity::{RecoveryCode, Secret, TokenHash, TotpSecret};
use protocol::id::AccountId;
use storage::{Account, StorageError};

/// For which place a secret is sealed.
pub(super) fn place(id: AccountId) -> String {
    format!("totp/{id}")
}

/// What an authenticator needs.
#[derive(Debug)]
pub(crate) struct SetUp {
    /// To be typed.
    pub(crate) secret: Secret<String>,
    /// To be scanned: an SVG.
    pub(crate) picture: Secret<String>,
}

impl Desk {
    /// Begins: keeps a new secret that is not asked for yet.
    pub(crate) async fn begin_second_factor(
        &self,
        account: &Account,
        password: String,
        caller: &Caller,
    ) -> Done<()> {
        self.check_password(account.id, password, caller).await?;
        let secret = TotpSecret::generate()?;
        let sealed = self.0.seal.seal(secret.as_bytes(), &place(account.id));
        let sealed = sealed.map_err(|error| AccountError::Machine(error.to_string()))?;
        let accounts = &self.0.storage.accounts;
        match accounts.begin_second_factor(account.id, &sealed).await {
            // It has one: nothing to be set up.
            Err(StorageError::NotFound) => Err(AccountError::Gone),
            done => Ok(done?),
        }
    }

    /// What the authenticator needs while it is being set up.
    pub(crate) async fn second_factor_set_up(&self, account: &Account) -> Done<SetUp> {
        let factor = self.0.storage.accounts.second_factor(account.id).await?;
        let factor = factor
            .filter(|factor| factor.since.is_none())
            .ok_or(AccountError::Gone)?;
        let secret = self.secret(account.id, &factor.sealed)?;
        let picture = identity::qr::svg(secret.uri(account.email.as_str()).reveal())
            .map_err(|error| AccountError::Machine(error.to_string()))?;
        Ok(SetUp {
            secret: secret.text(),
            picture,
        })
    }

    /// The authenticator works: from now on it is asked for. The recovery codes are told once.
    pub(crate) async fn confirm_second_factor(
        &self,
        account: &Account,
        code: &str,
        caller: &Caller,
    ) -> Done<Vec<Secret<String>>> {
        let accounts = &self.0.storage.accounts;
        let factor = accounts.second_factor(account.id).await?;
        let factor = factor
            .filter(|factor| factor.since.is_none())
            .ok_or(AccountError::Gone)?;
        let secret = self.secret(account.id, &factor.sealed)?;
        let step = secret
            .verify(code, now(), factor.last_step)
            .ok_or(AccountError::WrongCode)?;
        let (codes, hashes) = self.codes(account.id)?;
        accounts
            .confirm_second_factor(account.id, step, &hashes, now())
            .await?;
        self.note(Some(account.id), "second-factor-on", "", caller)
            .await;
        Ok(codes)
    }

    /// New recovery codes in the place of all before.
    pub(crate) async fn renew_codes(
        &self,
        account: &Account,
        password: String,
        caller: &Caller,
    ) -> Done<Vec<Secret<String>>> {
        self.check_password(account.id, password, caller).await?;
        if account.two_factor_at.is_none() {
            return Err(AccountError::Gone);
        }
        let (codes, hashes) = self.codes(account.id)?;
        let accounts = &self.0.storage.accounts;
        accounts.renew_recovery_codes(account.id, &hashes).await?;
        self.note(Some(account.id), "recovery-codes-renewed", "", caller)
            .await;
        Ok(codes)
    }

    /// It is not asked for any more.
    pub(crate) async fn end_second_factor(
        &self,
        account: &Account,
        password: String,
        code: &str,
        caller: &Caller,
    ) -> Done<()> {
        self.check_password(account.id, password, caller).await?;
        self.check_code(account.id, code, caller).await?;
        let accounts = &self.0.storage.accounts;
        accounts.end_second_factor(account.id).await?;
        self.note(Some(account.id), "second-factor-off", "", caller)
            .await;
        Ok(())
    }

    fn codes(&self, id: AccountId) -> Done<(Vec<Secret<String>>, Vec<TokenHash>)> {
        let codes = RecoveryCode::sheet()?;
        let hash = |code: &RecoveryCode| code.hash(&self.0.codes, id.0.as_bytes());
        Ok((
            codes.iter().map(RecoveryCode::text).collect(),
            codes.iter().map(hash).collect(),
        ))
    }
}
