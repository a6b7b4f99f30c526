//! What reading and writing rows of any kind needs.

use crate::{Result, StorageError};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use trading::{time::Time, timeframe::Timeframe};
use uuid::{Timestamp, Uuid};

/// How many names this process has given: of one millisecond, the later row has the later name.
static GIVEN: AtomicU32 = AtomicU32::new(0);

/// A new row's name, made from the time that came with the call.
pub(crate) fn new_id(now: Time) -> Uuid {
    let millis = u64::try_from(now.0).unwrap_or(0);
    let nanos = (millis % 1000) as u32 * 1_000_000;
    let given = GIVEN.fetch_add(1, Relaxed);
    let at = Timestamp::from_unix_time(millis / 1000, nanos, given.into(), 32);
    Uuid::new_v7(at)
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

#[cfg(test)]
mod tests {
    use super::new_id;
    use trading::time::Time;

    #[test]
    fn names_of_one_moment_are_in_the_order_in_which_they_were_given() {
        let names: Vec<_> = (0..1_000).map(|_| new_id(Time(1_234))).collect();
        assert!(names.windows(2).all(|two| two[0] < two[1]));
        assert!(names[999] < new_id(Time(1_235)));
    }
}
