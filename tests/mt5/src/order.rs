//! Requests to the broker, and its answers.

use serde::{Deserialize, Serialize};
use trading::symbol::Side;

/// A request, as `OrderSend` brings it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct Request {
    pub(crate) what: What,
    pub(crate) symbol: String,
    pub(crate) magic: i64,
    pub(crate) comment: String,
    pub(crate) is_person: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(crate) enum What {
    Open {
        side: Side,
        volume: f64,
        stop: Option<f64>,
        target: Option<f64>,
    },
    Close {
        position: u64,
        volume: f64,
    },
    Levels {
        position: u64,
        stop: Option<f64>,
        target: Option<f64>,
    },
    Remove {
        order: u64,
    },
}

/// The server's answer.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Reply {
    pub(crate) retcode: u32,
    pub(crate) deal: u64,
    pub(crate) order: u64,
    pub(crate) volume: f64,
    pub(crate) price: f64,
}

impl Reply {
    /// An answer that says only this.
    pub(crate) fn only(retcode: i32) -> Self {
        Self {
            retcode: retcode as u32,
            ..Self::default()
        }
    }
}

/// What the terminal tells the program by `OnTradeTransaction`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Transaction {
    pub(crate) kind: i32,
    pub(crate) deal: u64,
    pub(crate) order: u64,
    pub(crate) position: u64,
}
