//! The strategies that come with Phoenix. Their texts stay on the server until one is wanted.
#![allow(
    missing_docs,
    reason = "the macro makes a struct of the arguments; the functions are documented"
)]

use super::ApiError;
#[cfg(feature = "ssr")]
use super::keep;
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};
use trading::{language::Language, timeframe::Timeframe};

/// A strategy that comes with Phoenix, without its document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyStrategy {
    /// Its name among files, such as `gold-macd-adx`.
    pub slug: String,
    /// Its name among people.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars.
    pub timeframe: Timeframe,
    /// What it trades, in one sentence.
    pub sentence: String,
}

/// All of them, in a language.
///
/// # Errors
/// When the call does not arrive.
#[server(prefix = "/api/fn", endpoint = "ready_strategies", input = Json, output = Json)]
pub async fn ready_strategies(language: Language) -> Result<Vec<ReadyStrategy>, ApiError> {
    Ok(crate::ready::list(language))
}

/// The JSON text of one.
///
/// # Errors
/// When there is none of this name.
#[server(prefix = "/api/fn", endpoint = "load_ready_strategy", input = Json, output = Json)]
pub async fn load_ready_strategy(slug: String) -> Result<String, ApiError> {
    crate::ready::text(&slug).map(str::to_owned).ok_or_else(|| {
        keep::problem(
            protocol::problem::ProblemKind::NotFound,
            String::new(),
            &"unknown slug",
        )
    })
}
