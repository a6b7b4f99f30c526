//! The trader's own brokers' markets.
#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments; the functions are documented"
)]

use super::ApiError;
#[cfg(feature = "ssr")]
use super::keep;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::api::market::BrokerMarket;

/// What the executor of who is signed in has uploaded; nothing for a visitor.
///
/// # Errors
/// When storage fails.
#[server(prefix = "/api/fn", endpoint = "list_broker_markets", input = Json, output = Json)]
pub async fn list_broker_markets() -> Result<Vec<BrokerMarket>, ApiError> {
    let (storage, owner) = keep::storage()?;
    match owner {
        storage::Owner::Account(account) => {
            storage.markets.list(account).await.map_err(keep::failed)
        }
        storage::Owner::Visitor(_) => Ok(Vec::new()),
    }
}
