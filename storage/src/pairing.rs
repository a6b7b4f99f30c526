//! Devices that want a key, from asking to taking it.

use crate::{
    Result, StorageError, credential,
    database::{Database, sql},
    row::{found, new_id},
};
use identity::TokenHash;
use protocol::{
    api::{
        credential::{Credential, NewCredential},
        pairing::{NewPairing, PairingRequest},
    },
    id::AccountId,
};
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    id: Uuid,
    device: String,
    scope: String,
    address: String,
    account_id: Option<Uuid>,
    expires_at: i64,
}

impl Row {
    fn request(&self) -> Result<PairingRequest> {
        let damaged = |what: &str| StorageError::Damaged(format!("{what} of pairing {}", self.id));
        Ok(PairingRequest {
            device: self.device.parse().map_err(|_| damaged("device"))?,
            scope: self.scope.parse().map_err(|_| damaged("scope"))?,
            address: self.address.clone(),
            expires_at: Time(self.expires_at),
        })
    }
}

/// What a device that asks for its key gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// Nobody has approved it yet; somebody may until then.
    Pending(Time),
    /// Whose it is now, and the key as a list has it.
    Issued(AccountId, Credential),
}

/// Devices that want a key.
#[derive(Debug, Clone)]
pub struct Pairings {
    database: Database,
}

impl Pairings {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// A device asks.
    ///
    /// # Errors
    /// [`StorageError::Exists`] where the code is open already: the caller makes another.
    pub async fn begin(
        &self,
        new: &NewPairing,
        code: &TokenHash,
        secret: &TokenHash,
        address: &str,
        until: Time,
        now: Time,
    ) -> Result<()> {
        let done = sql(
            "INSERT INTO pairings (id, code, secret, device, scope, address, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        )
        .bind(new_id(now))
        .bind(*code.as_bytes())
        .bind(*secret.as_bytes())
        .bind(new.device.as_str())
        .bind(new.scope.name())
        .bind(address)
        .bind(until.0)
        .run(&self.database)
        .await?;
        if done == 0 {
            Err(StorageError::Exists)
        } else {
            Ok(())
        }
    }

    /// The device that shows this code, unless somebody approved it.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn find(&self, code: &TokenHash, now: Time) -> Result<PairingRequest> {
        let row: Option<Row> = sql(
            "SELECT id, device, scope, address, account_id, expires_at FROM pairings
             WHERE code = $1 AND account_id IS NULL AND expires_at > $2",
        )
        .bind(*code.as_bytes())
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        row.ok_or(StorageError::NotFound)?.request()
    }

    /// Somebody says that the device is theirs. Once: nobody can take it over afterwards.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn approve(
        &self,
        account: AccountId,
        code: &TokenHash,
        now: Time,
    ) -> Result<PairingRequest> {
        let mut turn = self.database.begin().await?;
        let row: Option<Row> = sql("UPDATE pairings SET account_id = $1
             WHERE code = $2 AND account_id IS NULL AND expires_at > $3
             RETURNING id, device, scope, address, account_id, expires_at")
        .bind(account.0)
        .bind(*code.as_bytes())
        .bind(now.0)
        .maybe_in(&mut turn)
        .await?;
        let request = row.ok_or(StorageError::NotFound)?.request()?;
        turn.commit().await?;
        Ok(request)
    }

    /// The device asks for its key, which is made and kept if somebody approved it; then the
    /// pairing is over.
    ///
    /// # Errors
    /// [`StorageError::NotFound`] where it is over or never was, [`StorageError::TooMany`].
    pub async fn claim(
        &self,
        secret: &TokenHash,
        prefix: &str,
        key: &TokenHash,
        now: Time,
    ) -> Result<Claimed> {
        // Most questions come too early, and cost no writing.
        let row: Option<Row> = sql(
            "SELECT id, device, scope, address, account_id, expires_at FROM pairings
             WHERE secret = $1 AND expires_at > $2",
        )
        .bind(*secret.as_bytes())
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        let row = row.ok_or(StorageError::NotFound)?;
        let Some(account) = row.account_id.map(AccountId) else {
            return Ok(Claimed::Pending(Time(row.expires_at)));
        };
        let request = row.request()?;
        let mut turn = self.database.begin().await?;
        turn.lock(account.0).await?;
        // Of two that ask at once one removes it, and gets the key.
        let taken = sql("DELETE FROM pairings WHERE account_id = $1 AND id = $2")
            .bind(account.0)
            .bind(row.id)
            .run_in(&mut turn)
            .await?;
        found(taken)?;
        let new = NewCredential {
            name: request.device,
            scope: request.scope,
            expires_at: None,
        };
        let made = credential::insert(&mut turn, account, &new, prefix, key, now).await?;
        turn.commit().await?;
        Ok(Claimed::Issued(account, made))
    }

    /// Removes those that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, now: Time) -> Result<u64> {
        sql("DELETE FROM pairings WHERE expires_at <= $1")
            .bind(now.0)
            .run(&self.database)
            .await
    }
}
