//! Signing in: the password, then the second factor where there is one.

use super::{AccountError, Caller, Desk, Done, gate::Door};
use crate::clock::now;
use identity::{EmailAddress, RecoveryCode, TotpSecret};
use protocol::id::AccountId;
use sha2::{Digest, Sha256};
use storage::{Matter, NotificationKind};
use trading::time::DAY;

/// Who has shown everything that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SignedIn(pub(crate) AccountId);

/// What comes after the right password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing.
    In(SignedIn),
    /// A code of the second factor.
    Code(AccountId),
}

impl Desk {
    /// Tries a password. An account that is shut has none that is right.
    pub(crate) async fn try_password(
        &self,
        email: &EmailAddress,
        password: String,
        caller: &Caller,
    ) -> Done<Step> {
        let (storage, gate) = (&self.0.storage, &self.0.gate);
        let (key, address) = (email.key(), &caller.address);
        let attempt = gate.admit(Door::Password, &key, address, now()).await?;
        let found = storage.accounts.find(email).await?;
        let hash = found.as_ref().map(|(_, hash)| hash.as_str());
        let verified = match self.0.kitchen.verify(password.clone(), hash).await {
            Ok(verified) => verified,
            Err(error) => {
                gate.take_back(&attempt).await?;
                return Err(error);
            }
        };
        let account = match found {
            Some((account, hash)) if verified.ok && account.disabled_at.is_none() => {
                if verified.outdated {
                    let new = self.0.kitchen.remake(password).await?;
                    let accounts = &storage.accounts;
                    accounts.renew_password(account.id, &hash, &new).await?;
                }
                account
            }
            found => {
                let id = found.map(|(account, _)| account.id);
                self.note(id, "sign-in-failed", "", caller).await;
                // Once for each wait, not for each that is turned away: the trail is not theirs to
                // fill.
                if gate.is_held(&attempt, now()).await? {
                    self.note(id, "locked-out", "", caller).await;
                }
                return Err(AccountError::Wrong);
            }
        };
        gate.went_well(&attempt).await?;
        if account.two_factor_at.is_some() {
            return Ok(Step::Code(account.id));
        }
        self.welcome(account.id, caller).await?;
        Ok(Step::In(SignedIn(account.id)))
    }

    /// Tries a code of the second factor, or a recovery code, after the right password.
    pub(crate) async fn try_code(
        &self,
        id: AccountId,
        code: &str,
        caller: &Caller,
    ) -> Done<SignedIn> {
        self.check_code(id, code, caller).await?;
        self.welcome(id, caller).await?;
        Ok(SignedIn(id))
    }

    /// Whether a code is right, which uses it up.
    pub(super) async fn check_code(&self, id: AccountId, code: &str, caller: &Caller) -> Done<()> {
        let gate = &self.0.gate;
        let (key, address) = (id.to_string(), &caller.address);
        let attempt = gate.admit(Door::Code, &key, address, now()).await?;
        if !self.is_right(id, code, caller).await? {
            self.note(Some(id), "second-factor-failed", "", caller)
                .await;
            return Err(AccountError::WrongCode);
        }
        gate.went_well(&attempt).await
    }

    async fn is_right(&self, id: AccountId, code: &str, caller: &Caller) -> Done<bool> {
        let accounts = &self.0.storage.accounts;
        let Some(factor) = accounts.second_factor(id).await? else {
            return Ok(false);
        };
        let secret = self.secret(id, &factor.sealed)?;
        if let Some(step) = secret.verify(code, now(), factor.last_step) {
            return Ok(accounts.use_step(id, step).await?);
        }
        let Ok(code) = code.parse::<RecoveryCode>() else {
            return Ok(false);
        };
        let hash = code.hash(&self.0.codes, id.0.as_bytes());
        let is_right = accounts.use_recovery_code(id, &hash, now()).await?;
        if is_right {
            self.note(Some(id), "recovery-code-used", "", caller).await;
        }
        Ok(is_right)
    }

    /// Opens the secret of a second factor.
    pub(super) fn secret(&self, id: AccountId, sealed: &[u8]) -> Done<TotpSecret> {
        let broken = || AccountError::Machine("a second factor cannot be opened".to_owned());
        let opened = self.0.seal.open(sealed, &super::second_factor::place(id));
        let opened = opened.map_err(|_| broken())?;
        TotpSecret::from_slice(opened.reveal()).ok_or_else(broken)
    }

    /// Whoever is signed in says the password once more, before something that matters.
    pub(crate) async fn check_password(
        &self,
        id: AccountId,
        password: String,
        caller: &Caller,
    ) -> Done<()> {
        let gate = &self.0.gate;
        let (key, address) = (id.to_string(), &caller.address);
        let attempt = gate.admit(Door::Password, &key, address, now()).await?;
        let hash = self.0.storage.accounts.password(id).await?;
        let verified = match self.0.kitchen.verify(password, Some(&hash)).await {
            Ok(verified) => verified,
            Err(error) => {
                gate.take_back(&attempt).await?;
                return Err(error);
            }
        };
        if !verified.ok {
            self.note(Some(id), "sign-in-failed", "again", caller).await;
            return Err(AccountError::WrongPassword);
        }
        gate.went_well(&attempt).await
    }

    async fn welcome(&self, id: AccountId, caller: &Caller) -> Done<()> {
        if let Some(visitor) = caller.visitor {
            self.0.storage.accounts.adopt(visitor, id).await?;
        }
        self.watch_address(id, caller).await;
        self.note(Some(id), "signed-in", &caller.agent, caller)
            .await;
        Ok(())
    }

    /// Tells the account's owner of an address from which nobody had signed in before. Who is in is
    /// in: that they could not be told is for the log.
    async fn watch_address(&self, id: AccountId, caller: &Caller) {
        let (storage, at) = (&self.0.storage, now());
        let told = async {
            if storage.audit.knows(id, &caller.address).await? != Some(false) {
                return Ok(false);
            }
            let matter = Matter {
                kind: NotificationKind::SignIn,
                cause: format!("sign-in:{}:{}", caller.address, at.0.div_euclid(DAY)),
                subject: caller.address.clone(),
                detail: caller.agent.clone(),
                about: None,
                since: Some(at),
            };
            storage.notifications.tell(id, &matter, at).await
        };
        if let Err(error) = told.await {
            tracing::error!(%error, "a sign-in from a new address could not be told");
        }
    }

    /// What is another one as soon as the password is: who gave the old one before that has shown
    /// nothing. It says nothing of the password itself, whose hash is salted.
    pub(crate) async fn password_mark(&self, id: AccountId) -> Done<String> {
        let hash = self.0.storage.accounts.password(id).await?;
        let digest = Sha256::digest(hash.as_bytes());
        Ok(digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }

    /// Somebody signed out.
    pub(crate) async fn signed_out(&self, id: AccountId, caller: &Caller) {
        self.note(Some(id), "signed-out", "", caller).await;
    }
}
