//! Strategies and their versions, and what can be done with them.
//!
//! | file | what |
//! |---|---|
//! | `overview.rs` | the page of all |
//! | `single.rs` | the page of one, and what its versions earned |
//! | `compare.rs` | two versions beside each other |
//! | `line.rs` | a strategy in a list, where it may be live, for how many there is room |
//! | `deed.rs` | what the forms do |
//! | `refusal.rs` | why something was not done, and the page that says so |

mod compare;
mod deed;
mod line;
mod overview;
mod refusal;
mod single;

pub(super) use deed::{activate, archive, bring_back, deactivate, duplicate, restore};
pub(super) use overview::strategies;
pub(super) use single::strategy;

use serde::Deserialize;
use storage::StorageError;

type Kept<T> = Result<T, StorageError>;

/// What the pages are asked for with.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: String,
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}
