//! Hashing of passwords: slow on purpose, so a few at a time and never where requests are served.

use super::{AccountError, Done};
use identity::{Cost, NewPassword, PasswordHash, Verified};
use std::time::Duration;
use tokio::{sync::Semaphore, task, time};

/// Each takes 19 MiB and a core.
const AT_ONCE: usize = 2;
/// Who waits longer is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// After how many seconds.
const COME_BACK: u64 = 5;

#[derive(Debug)]
pub(super) struct Kitchen {
    places: Semaphore,
    cost: Cost,
    nobody: PasswordHash,
}

impl Kitchen {
    pub(super) fn new() -> Result<Self, identity::HashingFailed> {
        let cost = Cost::OWASP;
        Ok(Self {
            places: Semaphore::new(AT_ONCE),
            cost,
            nobody: PasswordHash::nobody(cost)?,
        })
    }

    /// The hash of a new password.
    pub(super) async fn make(&self, password: NewPassword) -> Done<String> {
        let cost = self.cost;
        let hash = self
            .cook(move || PasswordHash::make(&password, cost))
            .await??;
        Ok(hash.phc())
    }

    /// The hash of a password that was right, at today's cost.
    pub(super) async fn remake(&self, password: String) -> Done<String> {
        let cost = self.cost;
        let hash = self
            .cook(move || PasswordHash::remake(&password, cost))
            .await??;
        Ok(hash.phc())
    }

    /// Tries a password; against nobody's where there is no hash, which takes as long.
    pub(super) async fn verify(&self, password: String, hash: Option<&str>) -> Done<Verified> {
        let hash = match hash {
            Some(text) => text
                .parse()
                .map_err(|_| AccountError::Machine("a password's hash is damaged".to_owned()))?,
            None => self.nobody.clone(),
        };
        let cost = self.cost;
        self.cook(move || hash.verify(&password, cost)).await
    }

    async fn cook<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Done<T> {
        let place = time::timeout(PATIENCE, self.places.acquire()).await;
        let _place = match place {
            Ok(Ok(place)) => place,
            Ok(Err(closed)) => return Err(AccountError::Machine(closed.to_string())),
            Err(_) => return Err(AccountError::Wait(COME_BACK)),
        };
        task::spawn_blocking(work)
            .await
            .map_err(|error| AccountError::Machine(error.to_string()))
    }
}
