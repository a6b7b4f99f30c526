//! New passwords and addresses, ended sessions, roles.

use super::{AccountError, Caller, Desk, Done, letter, registration::LINK};
use crate::clock::now;
use identity::{EmailAddress, NewPassword, Role, Token, TokenHash};
use protocol::id::{AccountId, SessionId};
use storage::{Account, Purpose, StorageError, Taken};
use tracing::Instrument;
use trading::{
    language::Language,
    time::{HOUR, Time},
};

/// How long a link for a new password holds: shorter than others, since it opens the account.
const RESET: i64 = HOUR;

impl Desk {
    /// Somebody forgot the password. Answered alike whether or not there is such an account, and as
    /// quickly: what is written for one that there is, is written after the answer.
    pub(crate) async fn forgot(&self, email: EmailAddress, caller: Caller) -> Done<()> {
        let at = now();
        let gate = &self.0.gate;
        gate.admit_mail(&email.key(), &caller.address, at).await?;
        let desk = self.clone();
        let sent = async move {
            if let Err(error) = desk.send_reset(&email, &caller, at).await {
                tracing::error!(%error, "a link for a new password could not be sent");
            }
        };
        tokio::spawn(sent.in_current_span());
        Ok(())
    }

    async fn send_reset(&self, email: &EmailAddress, caller: &Caller, at: Time) -> Done<()> {
        let token = Token::generate()?;
        let Some((account, _)) = self.0.storage.accounts.find(email).await? else {
            return Ok(());
        };
        if account.disabled_at.is_some() {
            return Ok(());
        }
        let (id, until) = (account.id, Time(at.0 + RESET));
        let accounts = &self.0.storage.accounts;
        accounts
            .issue(id, Purpose::ResetPassword, &token.hash(), "", until)
            .await?;
        self.note(Some(id), "password-reset-asked", "", caller)
            .await;
        self.post(letter::reset(&account, &token, caller), at).await
    }

    /// Whether a link for a new password still holds.
    pub(crate) async fn may_reset(&self, token: &TokenHash) -> Done<()> {
        self.reset_holder(token).await.map(drop)
    }

    async fn reset_holder(&self, token: &TokenHash) -> Done<AccountId> {
        let accounts = &self.0.storage.accounts;
        match accounts
            .token_holder(Purpose::ResetPassword, token, now())
            .await
        {
            Err(StorageError::NotFound) => Err(AccountError::Gone),
            holder => Ok(holder?),
        }
    }

    /// Sets a new password by a link. All sessions end, all keys are revoked, and nothing more goes
    /// to Telegram or webhooks.
    pub(crate) async fn reset(
        &self,
        token: &TokenHash,
        password: &str,
        caller: &Caller,
    ) -> Done<()> {
        let accounts = &self.0.storage.accounts;
        let account = accounts.load(self.reset_holder(token).await?).await?;
        let at = now();
        let password = NewPassword::new(password, &account.email)?;
        let hash = self.0.kitchen.make(password).await?;
        match accounts.reset_password(token, &hash, at).await {
            Err(StorageError::NotFound) => return Err(AccountError::Gone),
            done => done?,
        };
        self.note(Some(account.id), "password-reset", "", caller)
            .await;
        self.post(letter::password_changed(&account, caller), at)
            .await
    }

    /// Sets a new password. All other sessions end.
    pub(crate) async fn change_password(
        &self,
        account: &Account,
        current: String,
        new: &str,
        keep: Option<[u8; 32]>,
        caller: &Caller,
    ) -> Done<()> {
        let new = NewPassword::new(new, &account.email)?;
        self.check_password(account.id, current, caller).await?;
        let hash = self.0.kitchen.make(new).await?;
        let accounts = &self.0.storage.accounts;
        accounts.set_password(account.id, &hash, keep).await?;
        self.note(Some(account.id), "password-changed", "", caller)
            .await;
        self.post(letter::password_changed(account, caller), now())
            .await
    }

    /// Asks for another address, which a mail there has to prove.
    pub(crate) async fn ask_email(
        &self,
        account: &Account,
        new: EmailAddress,
        password: String,
        caller: &Caller,
    ) -> Done<()> {
        if new.as_str() == account.email.as_str() {
            return Err(AccountError::SameEmail);
        }
        self.check_password(account.id, password, caller).await?;
        let at = now();
        let gate = &self.0.gate;
        gate.admit_mail(&new.key(), &caller.address, at).await?;
        let token = Token::generate()?;
        let (id, until) = (account.id, Time(at.0 + LINK));
        let accounts = &self.0.storage.accounts;
        accounts
            .issue(id, Purpose::ChangeEmail, &token.hash(), new.as_str(), until)
            .await?;
        self.note(Some(id), "email-change-asked", "", caller).await;
        // Who has the address already is not told to whoever asks.
        let mail = match accounts.find(&new).await? {
            Some((other, _)) if other.id != id => letter::has_account(&other, caller),
            _ => letter::change_email(account, &new, &token, caller),
        };
        self.post(mail, at).await
    }

    /// The new address is proved.
    pub(crate) async fn change_email(&self, token: &TokenHash, caller: &Caller) -> Done<()> {
        let accounts = &self.0.storage.accounts;
        let (id, taken) = match accounts.change_email(token, now()).await {
            Err(StorageError::NotFound) => return Err(AccountError::Gone),
            done => done?,
        };
        let Taken::Changed(old) = taken else {
            return Err(AccountError::Taken);
        };
        self.note(Some(id), "email-changed", "", caller).await;
        // The old address learns it: its owner may not be who changed it.
        let account = accounts.load(id).await?;
        let mail = letter::email_changed(&account, &old, caller);
        self.post(mail, now()).await
    }

    /// In which language mail is written.
    pub(crate) async fn set_language(&self, id: AccountId, language: Language) -> Done<()> {
        Ok(self.0.storage.accounts.set_language(id, language).await?)
    }

    /// Ends one session of one's own.
    pub(crate) async fn end_session(
        &self,
        id: AccountId,
        session: SessionId,
        caller: &Caller,
    ) -> Done<()> {
        self.0.storage.sessions.revoke(id, session).await?;
        self.note(Some(id), "session-ended", "", caller).await;
        Ok(())
    }

    /// Ends all sessions of one's own but this one.
    pub(crate) async fn end_others(
        &self,
        id: AccountId,
        keep: [u8; 32],
        caller: &Caller,
    ) -> Done<()> {
        self.0.storage.sessions.revoke_others(id, keep).await?;
        self.note(Some(id), "other-sessions-ended", "", caller)
            .await;
        Ok(())
    }

    /// An administrator says what somebody may.
    pub(crate) async fn set_role(
        &self,
        actor: AccountId,
        id: AccountId,
        role: Role,
        caller: &Caller,
    ) -> Done<()> {
        self.0.storage.accounts.set_role(id, role).await?;
        self.note_by(Some(id), Some(actor), "role-changed", role.name(), caller)
            .await;
        Ok(())
    }

    /// An administrator shuts an account, or opens it again.
    pub(crate) async fn set_open(
        &self,
        actor: AccountId,
        id: AccountId,
        is_open: bool,
        caller: &Caller,
    ) -> Done<()> {
        let since = (!is_open).then(now);
        self.0.storage.accounts.set_disabled(id, since).await?;
        let action = if is_open {
            "account-opened"
        } else {
            "account-shut"
        };
        self.note_by(Some(id), Some(actor), action, "", caller)
            .await;
        Ok(())
    }
}
