//! The server's side of every call: storage, whose turn it is, and how failures are told.

use super::ApiError;
use crate::preference::Preferences;
use axum::http::{StatusCode, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use protocol::problem::{Problem, ProblemKind};
use std::time::{SystemTime, UNIX_EPOCH};
use storage::{Owner, Storage, StorageError};
use trading::{
    strategy::{document::Document, validate::validate},
    time::Time,
};
use uuid::Uuid;

/// A message is no list: the editor has the rest.
const FAULTS_TOLD: usize = 5;

/// Where things are kept, and for whom.
pub(super) fn storage() -> Result<(Storage, Owner), ApiError> {
    let storage = use_context::<Storage>().ok_or_else(|| {
        problem(
            ProblemKind::Internal,
            String::new(),
            &"no storage in context",
        )
    })?;
    let owner = use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Owner>().copied())
        .ok_or_else(|| problem(ProblemKind::NoVisitor, String::new(), &"no cookie"))?;
    Ok((storage, owner))
}

/// The most strategies that this owner may keep: what the plan says, where there is one.
#[derive(Debug, Clone, Copy)]
pub struct MostStrategies(pub i64);

pub(super) fn most_strategies() -> i64 {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<MostStrategies>().copied())
        .map_or(storage::MAX_STRATEGIES, |most| most.0)
}

/// Now, for rows.
pub(super) fn now() -> Time {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// What storage could not do, in the words of the protocol.
pub(super) fn failed(error: StorageError) -> ApiError {
    let (kind, detail) = match &error {
        StorageError::NotFound => (ProblemKind::NotFound, String::new()),
        StorageError::Conflict(_) => (ProblemKind::Conflict, String::new()),
        StorageError::TooMany(most) => (ProblemKind::TooMany, most.to_string()),
        StorageError::Live => (ProblemKind::Live, String::new()),
        StorageError::Full(most) => (ProblemKind::TooMany, format!("{} MB", most >> 20)),
        _ => (ProblemKind::Internal, String::new()),
    };
    problem(kind, detail, &error)
}

/// Refuses what is larger than is kept.
pub(super) fn at_most(most: usize, text: &str) -> Result<(), ApiError> {
    if text.len() <= most {
        return Ok(());
    }
    let detail = format!("{} kB > {} kB", text.len().div_ceil(1024), most / 1024);
    Err(problem(ProblemKind::TooLarge, detail, &"over the limit"))
}

/// The document of a text that is to be kept, or its faults in the visitor's language.
pub(super) fn document(text: &str) -> Result<Document, ApiError> {
    let language = Preferences::of_request().language.get_untracked();
    validate(text).map_err(|faults| {
        let told: Vec<String> = faults
            .iter()
            .take(FAULTS_TOLD)
            .map(|fault| fault.text(language))
            .map(|fault| format!("{}: {}", fault.pointer, fault.message))
            .collect();
        problem(ProblemKind::Invalid, told.join("\n"), &"faults")
    })
}

/// Logs what happened under a new reference and makes what the user is told.
pub(super) fn problem(kind: ProblemKind, detail: String, why: &dyn std::fmt::Display) -> ApiError {
    let reference = Uuid::now_v7().simple().to_string();
    let status = match kind {
        ProblemKind::NotFound => StatusCode::NOT_FOUND,
        ProblemKind::Conflict | ProblemKind::TooMany | ProblemKind::Live => StatusCode::CONFLICT,
        ProblemKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ProblemKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ProblemKind::NoVisitor => StatusCode::UNAUTHORIZED,
        ProblemKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    if kind == ProblemKind::Internal {
        tracing::error!(reference, %why, "a call failed");
    } else {
        tracing::info!(reference, ?kind, %why, "a call was refused");
    }
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(status);
    }
    ApiError::Problem(Problem {
        kind,
        detail,
        reference,
    })
}
