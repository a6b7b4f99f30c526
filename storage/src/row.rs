//! What reading and writing rows of any kind needs.

use crate::{Result, StorageError};
use sha2::{Digest, Sha256};
use trading::{time::Time, timeframe::Timeframe};
use uuid::{NoContext, Timestamp, Uuid};

/// A new row's name, made from the time that came with the call.
pub(crate) fn new_id(now: Time) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or(0);
    let nanos = (millis % 1000) as u32 * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, millis / 1000, nanos))
}

/// The timeframe of this name.
pub(crate) fn timeframe(name: &str) -> Result<Timeframe> {
    name.parse()
        .map_err(|_| StorageError::Damaged(format!("timeframe {name}")))
}

/// Nothing of the caller's was there to be changed.
pub(crate) fn found(rows: u64) -> Result<()> {
    if rows == 0 {
        Err(StorageError::NotFound)
    } else {
        Ok(())
    }
}

/// The name of the lock of something that is known by a text.
pub(crate) fn lock_of(text: &str) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(text.as_bytes())[..16]);
    Uuid::from_bytes(bytes)
}
