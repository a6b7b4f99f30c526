//! Commands of everybody.

use super::{LINES, older};
use crate::{
    clock::now,
    serve::visit::{Staff, Visit},
};
use axum::{extract::Query, response::Response};
use protocol::id::CommandId;
use serde::Deserialize;
use site::admin::{self as pages, CommandLine};
use storage::{CommandFilter, StorageError};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    which: String,
    before: Option<String>,
}

pub(super) async fn commands(Staff(member): Staff, Query(asked): Query<Asked>) -> Response {
    let visit = &member.visit;
    let at = now();
    let (which, filter) = match asked.which.as_str() {
        "open" => ("open", CommandFilter::Open),
        "failed" => ("failed", CommandFilter::Failed),
        _ => ("all", CommandFilter::All),
    };
    let found = async {
        let before = asked.before.as_deref().map(str::parse::<CommandId>);
        let before = before.transpose().map_err(|_| StorageError::NotFound)?;
        let operations = &visit.desk.storage().operations;
        operations.commands(filter, before, LINES, at).await
    };
    let found = match found.await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let path = format!("/admin/commands?which={which}");
    let older = older(&found, &path, |one| one.id.to_string());
    let lines: Vec<CommandLine> = found
        .into_iter()
        .map(|one| CommandLine {
            email: one.email,
            action: one.action.name().to_owned(),
            state: one.state.name().to_owned(),
            remark: one.remark,
            created_at: one.created_at,
        })
        .collect();
    let look = visit.look(&path);
    Visit::page(pages::commands(&look, which, &lines, older, at))
}
