//! Visitors never say good-bye: who stays away long enough is forgotten, with everything they kept
//! (`job/deed.rs`). Here is noted that they came.

use crate::clock::now;
use storage::{Owner, Storage};

/// Notes that a visitor is here. The page does not wait for it.
pub(super) fn remember(storage: &Storage, owner: Owner) {
    let storage = storage.clone();
    tokio::spawn(async move {
        if let Err(error) = storage.visitors.seen(owner, now()).await {
            tracing::warn!(%error, "a visit could not be noted");
        }
    });
}
