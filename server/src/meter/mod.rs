//! What is counted and measured of the running server, for Prometheus. One set a process: counting
//! is done from everywhere, and none of it belongs to one request.
//!
//! Nothing here names an account, an address or a strategy: labels are words of ours, and there are
//! few of each.
//!
//! | file | what |
//! |---|---|
//! | `request.rs` | answers by route |
//! | `trade.rs` | deals and commands |
//! | `recent.rs` | which share of the last answers were errors |
//! | `state.rs` | what is looked up when somebody asks: executors, mails, pools, breakers |

mod recent;
mod request;
mod state;
mod trade;

pub(crate) use request::{answered, stream};
pub(crate) use state::{watch, watch_webhooks};
pub(crate) use trade::{command_expired, command_finished, deals_kept};

use prometheus_client::{encoding::text::encode, registry::Registry};
use request::Requests;
use state::States;
use std::sync::LazyLock;
use storage::Storage;
use trade::Trades;

/// What counters and gauges of several dimensions are told apart by.
type Labels = Vec<(&'static str, String)>;

/// The one set.
static METERS: LazyLock<Meters> = LazyLock::new(Meters::new);

/// Everything that is counted.
struct Meters {
    registry: Registry,
    requests: Requests,
    trades: Trades,
    states: States,
}

impl Meters {
    fn new() -> Self {
        let mut registry = Registry::default();
        Self {
            requests: Requests::new(&mut registry),
            trades: Trades::new(&mut registry),
            states: States::new(&mut registry),
            registry,
        }
    }
}

/// Everything, as Prometheus reads it (the OpenMetrics text format).
pub(crate) async fn text(storage: &Storage) -> Result<String, std::fmt::Error> {
    METERS.requests.refresh();
    METERS.states.refresh(storage).await;
    let mut text = String::new();
    encode(&mut text, &METERS.registry)?;
    Ok(text)
}
