//! The strategy engine beside the page: a worker that runs backtests, and the page's end of it.
//!
//! | file | what |
//! |---|---|
//! | `message.rs` | what is said between page and worker |
//! | `desk.rs` | what the worker does with it; pure, tested natively |
//! | `terms.rs` | the terms of a test |
//! | `import.rs` | a file of the visitor's becomes a history |
//! | `plot.rs` | what a chart can draw of it |
//! | `queue.rs` | which question is asked next: the newest of each lane |
//! | `broker.rs` | a history of the trader's own broker |
//! | `client.rs` | the page's end |
//! | `worker.rs` | the worker's end |
//! | `wire.rs` | messages as bytes |
//! | `post.rs` | bytes and buffers through `postMessage` |

mod broker;
mod client;
pub mod desk;
mod import;
pub mod message;
mod plot;
mod post;
mod queue;
pub mod terms;
mod wire;
#[cfg(feature = "hydrate")]
pub(crate) mod worker;

pub use broker::take_broker;
pub use client::{Engine, Lane, State};
pub use message::{
    Headline, HistoryKey, ImportJob, Imported, Job, Outcome, Place, Plot, RunFault, TradeRow,
};
