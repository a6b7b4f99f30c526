//! Executors and the accounts at brokers that they report.

use super::{
    dashboard::worth,
    live, live_page,
    scene::{self, Scene},
};
use crate::{
    clock::now,
    serve::{
        Context,
        download::{Download, Downloads},
        visit::Member,
    },
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use site::{
    Notice,
    live::{DownloadLine, ExecutorLine, ExecutorsPage, Program, executors},
};
use storage::Result;

/// What was just done, if anything was.
#[derive(Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    notice: String,
}

pub(super) async fn show(
    State(context): State<Context>,
    member: Member,
    Query(said): Query<Said>,
) -> Response {
    let visit = &member.visit;
    match load(&member, &context.downloads, Notice::of(&said.notice)).await {
        Ok(page) => live_page(executors(&visit.look("/executors"), &page)),
        Err(error) => visit.broken(&error.into()),
    }
}

async fn load(
    member: &Member,
    offered: &Downloads,
    notice: Option<Notice>,
) -> Result<ExecutorsPage> {
    let (storage, account, now) = (member.visit.desk.storage(), member.account.id, now());
    let scene = Scene::load(storage, account, now).await?;
    let mut accounts = Vec::with_capacity(scene.places.len());
    for place in &scene.places {
        let worth = worth(storage, account, place.account.id).await?;
        accounts.push(scene.account_line(place, worth, Vec::new()));
    }
    let executors = scene.executors.iter();
    Ok(ExecutorsPage {
        live: live(member, now),
        executors: executors
            .map(|one| ExecutorLine {
                is_old: offered.is_newer_than(one.version.as_str()),
                ..scene.executor_line(one)
            })
            .collect(),
        accounts,
        retired: scene.retired.iter().map(scene::label).collect(),
        downloads: lines(offered),
        notice,
    })
}

/// What is offered, the executor first.
fn lines(offered: &Downloads) -> Vec<DownloadLine> {
    let line = |program, one: &Download| DownloadLine {
        program,
        href: format!("/download/{}", one.name),
        name: one.name.clone(),
        version: one.version.to_string(),
        size: one.size(),
        hash: one.hash.clone(),
    };
    let executor = offered.executor.iter();
    let expert = offered.expert.iter();
    executor
        .map(|one| line(Program::Executor, one))
        .chain(expert.map(|one| line(Program::Expert, one)))
        .collect()
}
