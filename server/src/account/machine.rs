//! What machines need of the desk: counts of wrong keys, hashes of codes, sealed answers.

use super::{AccountError, Desk, Done, gate::Attempt};
use crate::clock::now;
use identity::{ApiKey, PairingCode, Secret, TokenHash};
use protocol::{
    api::{
        credential::{Credential, NewCredential},
        pairing::PairingRequest,
    },
    id::{AccountId, BrokerAccountId, CredentialId},
};
use storage::{AuditEntry, StorageError};

impl Desk {
    /// Counts a key that opens nothing. Keys cannot be guessed; who tries many is slowed even so.
    pub(crate) async fn count_wrong_key(&self, address: &str) -> Done<()> {
        self.0.gate.admit_network("key", address, now()).await
    }

    /// Counts a device that asks to be paired.
    pub(crate) async fn count_pairing(&self, address: &str) -> Done<()> {
        self.0.gate.admit_network("pairing", address, now()).await
    }

    /// Lets somebody try a pairing code: these are short.
    pub(crate) async fn admit_code(&self, account: AccountId, address: &str) -> Done<Attempt> {
        let gate = &self.0.gate;
        gate.admit(
            super::gate::Door::Pairing,
            &account.to_string(),
            address,
            now(),
        )
        .await
    }

    /// The code was one.
    pub(crate) async fn code_was_right(&self, attempt: &Attempt) -> Done<()> {
        self.0.gate.went_well(attempt).await
    }

    /// Makes a key. It is told here and never again.
    pub(crate) async fn make_key(
        &self,
        account: AccountId,
        new: &NewCredential,
        address: &str,
    ) -> Done<(Credential, Secret<String>)> {
        let key = ApiKey::generate()?;
        let credentials = &self.0.storage.credentials;
        let made = credentials
            .create(account, new, key.prefix(), &key.hash(), now())
            .await?;
        let detail = format!("{} {}", made.prefix, made.scope);
        self.note_machine(account, "key-created", &detail, address)
            .await;
        Ok((made, key.text()))
    }

    /// Revokes a key, at once.
    pub(crate) async fn revoke_key(
        &self,
        account: AccountId,
        id: CredentialId,
        address: &str,
    ) -> Done<()> {
        let credentials = &self.0.storage.credentials;
        credentials.revoke(account, id, now()).await?;
        self.note_machine(account, "key-revoked", &id.to_string(), address)
            .await;
        Ok(())
    }

    /// Puts an account at a broker away.
    pub(crate) async fn retire_account(
        &self,
        account: AccountId,
        id: BrokerAccountId,
        address: &str,
    ) -> Done<()> {
        // A form that is sent twice is written down once.
        if self.0.storage.reports.retire(account, id, now()).await? {
            self.note_machine(account, "account-retired", &id.to_string(), address)
                .await;
        }
        Ok(())
    }

    /// Which device shows a code.
    pub(crate) async fn waiting_device(
        &self,
        account: AccountId,
        code: &str,
        address: &str,
    ) -> Done<PairingRequest> {
        let attempt = self.admit_code(account, address).await?;
        let code: PairingCode = code.parse().map_err(|_| StorageError::NotFound)?;
        let pairings = &self.0.storage.pairings;
        let found = pairings.find(&self.code_hash(&code), now()).await?;
        self.code_was_right(&attempt).await?;
        Ok(found)
    }

    /// Says that the device that shows a code is the account's.
    pub(crate) async fn approve_device(
        &self,
        account: AccountId,
        code: &str,
        address: &str,
    ) -> Done<PairingRequest> {
        let attempt = self.admit_code(account, address).await?;
        let code: PairingCode = code.parse().map_err(|_| StorageError::NotFound)?;
        let hash = self.code_hash(&code);
        let pairings = &self.0.storage.pairings;
        let approved = pairings.approve(account, &hash, now()).await?;
        self.code_was_right(&attempt).await?;
        let detail = format!("{} {}", approved.scope, approved.device);
        self.note_machine(account, "device-approved", &detail, address)
            .await;
        Ok(approved)
    }

    /// What the database keeps of a pairing code.
    pub(crate) fn code_hash(&self, code: &PairingCode) -> TokenHash {
        code.hash(&self.0.codes)
    }

    /// Seals an answer that is kept, since it may hold a key.
    pub(crate) fn seal_answer(&self, of: AccountId, key: &str, plain: &[u8]) -> Done<Vec<u8>> {
        let sealed = self.0.seal.seal(plain, &place(of, key));
        sealed.map_err(|error| AccountError::Machine(error.to_string()))
    }

    /// Opens an answer that was kept.
    pub(crate) fn open_answer(&self, of: AccountId, key: &str, sealed: &[u8]) -> Done<Vec<u8>> {
        let opened = self.0.seal.open(sealed, &place(of, key));
        let opened = opened.map_err(|error| AccountError::Machine(error.to_string()))?;
        Ok(opened.reveal().to_vec())
    }

    /// Writes to the audit trail. What was done is done: that it could not be written down is for
    /// the log.
    pub(crate) async fn note_machine(
        &self,
        account: AccountId,
        action: &str,
        detail: &str,
        address: &str,
    ) {
        let entry = AuditEntry {
            account: Some(account),
            actor: None,
            action: action.to_owned(),
            detail: detail.to_owned(),
            address: address.to_owned(),
        };
        tracing::info!(action, account = %account, address, "audit");
        if let Err(error) = self.0.storage.audit.add(&entry, now()).await {
            tracing::error!(%error, action, "the audit trail could not be written");
        }
    }
}

fn place(of: AccountId, key: &str) -> String {
    format!("idempotency/{of}/{key}")
}
