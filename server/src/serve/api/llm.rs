//! Language models: not made yet. The paths answer already, so that who calls them is told so.

use super::{
    asker::{ANYBODY, By},
    refusal::{Answer, Refusal},
};
use crate::serve::Context;
use axum::extract::Path;
use protocol::api::problem::ProblemCode;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(ask))
}

/// Asks a language model. Not made yet: always answered with 501. For everybody.
#[utoipa::path(post, path = "/llm/{task}", tag = "llm",
    params(("task" = String, Path, description = "What is to be done")),
    responses((status = 501, description = "Not made yet")))]
async fn ask(_by: By<ANYBODY>, Path(_task): Path<String>) -> Answer<()> {
    Err(Refusal::with(
        ProblemCode::NotImplemented,
        "language models come with a later version",
    ))
}
