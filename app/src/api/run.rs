//! Saved runs.
#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments; the functions are documented"
)]

use super::ApiError;
#[cfg(feature = "ssr")]
use super::keep;
use leptos::{prelude::*, server_fn::codec::Json};
#[cfg(feature = "ssr")]
use protocol::run::RunFacts;
use protocol::{
    id::RunId,
    run::{RunDraft, RunSummary, SavedRun},
};

/// All that the visitor has saved, the last first.
///
/// # Errors
/// When the visitor is nobody, or storage fails.
#[server(prefix = "/api/fn", endpoint = "list_runs", input = Json, output = Json)]
pub async fn list_runs() -> Result<Vec<RunSummary>, ApiError> {
    let (storage, owner) = keep::storage()?;
    storage.runs.list(owner).await.map_err(keep::failed)
}

/// One of them.
///
/// # Errors
/// When it is not the visitor's, or storage fails.
#[server(prefix = "/api/fn", endpoint = "load_run", input = Json, output = Json)]
pub async fn load_run(id: RunId) -> Result<SavedRun, ApiError> {
    let (storage, owner) = keep::storage()?;
    storage.runs.load(owner, id).await.map_err(keep::failed)
}

/// Keeps a run. What was tested is read from the document, which is checked first: names that are
/// too long are among its faults.
///
/// # Errors
/// When the document has faults, the result is no JSON, it is too large, or storage fails.
#[server(prefix = "/api/fn", endpoint = "save_run", input = Json, output = Json)]
pub async fn save_run(draft: RunDraft) -> Result<RunSummary, ApiError> {
    let (storage, owner) = keep::storage()?;
    keep::at_most(protocol::strategy::MAX_DOCUMENT, &draft.document)?;
    keep::at_most(protocol::run::MAX_RESULT, &draft.result)?;
    let document = keep::document(&draft.document)?;
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&draft.result) {
        let kind = protocol::problem::ProblemKind::Invalid;
        return Err(keep::problem(kind, format!("result: {error}"), &error));
    }
    let facts = RunFacts {
        name: document.name,
        symbol: document.symbol.as_str().to_owned(),
        timeframe: document.timeframe,
        ..draft.facts
    };
    let new = storage::NewRun {
        strategy: draft.strategy,
        facts,
        document: draft.document,
        result: draft.result,
    };
    storage
        .runs
        .save(owner, new, keep::now())
        .await
        .map_err(keep::failed)
}

/// Removes one.
///
/// # Errors
/// When it is not the visitor's, or storage fails.
#[server(prefix = "/api/fn", endpoint = "delete_run", input = Json, output = Json)]
pub async fn delete_run(id: RunId) -> Result<(), ApiError> {
    let (storage, owner) = keep::storage()?;
    storage.runs.delete(owner, id).await.map_err(keep::failed)
}
