//! Saved strategies.
#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments; the functions are documented"
)]

use super::ApiError;
#[cfg(feature = "ssr")]
use super::keep;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{
    id::StrategyId,
    strategy::{SavedStrategy, StrategyDraft, StrategySummary},
};

/// All that the visitor has saved, the last first.
///
/// # Errors
/// When the visitor is nobody, or storage fails.
#[server(prefix = "/api/fn", endpoint = "list_strategies", input = Json, output = Json)]
pub async fn list_strategies() -> Result<Vec<StrategySummary>, ApiError> {
    let (storage, owner) = keep::storage()?;
    storage.strategies.list(owner).await.map_err(keep::failed)
}

/// One of them.
///
/// # Errors
/// When it is not the visitor's, or storage fails.
#[server(prefix = "/api/fn", endpoint = "load_strategy", input = Json, output = Json)]
pub async fn load_strategy(id: StrategyId) -> Result<SavedStrategy, ApiError> {
    let (storage, owner) = keep::storage()?;
    storage
        .strategies
        .load(owner, id)
        .await
        .map_err(keep::failed)
}

/// Keeps a strategy, which is checked first.
///
/// # Errors
/// When it has faults, is too large, was changed meanwhile, or storage fails.
#[server(prefix = "/api/fn", endpoint = "save_strategy", input = Json, output = Json)]
pub async fn save_strategy(draft: StrategyDraft) -> Result<StrategySummary, ApiError> {
    let (storage, owner) = keep::storage()?;
    keep::at_most(protocol::strategy::MAX_DOCUMENT, &draft.document)?;
    let document = keep::document(&draft.document)?;
    let new = storage::NewStrategy {
        most: keep::most_strategies(),
        replaces: draft.replaces,
        name: document.name,
        symbol: document.symbol.as_str().to_owned(),
        timeframe: document.timeframe,
        document: draft.document,
    };
    storage
        .strategies
        .save(owner, new, keep::now())
        .await
        .map_err(keep::failed)
}

/// Removes one. Its runs stay.
///
/// # Errors
/// When it is not the visitor's, or storage fails.
#[server(prefix = "/api/fn", endpoint = "delete_strategy", input = Json, output = Json)]
pub async fn delete_strategy(id: StrategyId) -> Result<(), ApiError> {
    let (storage, owner) = keep::storage()?;
    storage
        .strategies
        .delete(owner, id)
        .await
        .map_err(keep::failed)
}
