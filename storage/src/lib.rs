//! What is kept, and for whom: repositories as trait objects, with SQLite behind them.
//!
//! Every call names the [`Owner`], and every query has it in its `WHERE`: there is no way to read
//! a row without saying whose it is. Time comes in with the call.

mod error;
mod owner;
mod repository;
mod sqlite;

pub use error::{Result, StorageError};
pub use owner::{Owner, Visitor};
pub use repository::{
    Health, MAX_BYTES, MAX_RUNS, MAX_STRATEGIES, NewRun, NewStrategy, RunRepository, Storage,
    StrategyRepository, VisitorRepository,
};
pub use sqlite::{open, open_with_room};
