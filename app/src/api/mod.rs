//! What the browser may ask of the server. Each function checks whose rows it touches; nothing in
//! a request says it, only the visitor's cookie does.

mod error;
#[cfg(feature = "ssr")]
mod keep;
pub mod market;
pub mod ready;
pub mod run;
pub mod strategy;

pub use error::{ApiError, Refusal};
#[cfg(feature = "ssr")]
pub use keep::MostStrategies;
pub use market::list_broker_markets;
pub use ready::{ReadyStrategy, load_ready_strategy, ready_strategies};
pub use run::{delete_run, list_runs, load_run, save_run};
pub use strategy::{delete_strategy, list_strategies, load_strategy, save_strategy};
