//! Background work, for those who work for us.

use crate::{
    clock::now,
    serve::visit::{Staff, Visit, page, to},
};
use axum::{Form, extract::Query, http::StatusCode, response::Response};
use identity::Role;
use serde::Deserialize;
use site::admin::{self as pages, JobLine, JobsPage, Retried};
use storage::{Job, JobId, JobState, Result, Storage, StorageError};

/// How many lines a list has that matters, and one that does not.
const FAILURES: i64 = 50;
const OTHERS: i64 = 10;

#[derive(Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    retried: String,
}

pub(super) async fn jobs(Staff(member): Staff, Query(said): Query<Said>) -> Response {
    let visit = &member.visit;
    let mut found = match read(visit.desk.storage()).await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    found.may_retry = member.account.role == Role::Admin;
    found.retried = match said.retried.as_str() {
        "waits" => Some(Retried::Waits),
        "gone" => Some(Retried::Gone),
        _ => None,
    };
    Visit::page(pages::jobs(&visit.look("/admin/jobs"), &found))
}

async fn read(storage: &Storage) -> Result<JobsPage> {
    let counts = storage.queue.counts().await?;
    let list = async |state, most| -> Result<Vec<JobLine>> {
        let lines = storage.queue.list(state, most).await?;
        Ok(lines.into_iter().map(line).collect())
    };
    Ok(JobsPage {
        counts: counts
            .into_iter()
            .map(|(state, count)| (state.name().to_owned(), count))
            .collect(),
        given_up: list(JobState::GivenUp, FAILURES).await?,
        failed: list(JobState::Failed, FAILURES).await?,
        taken: list(JobState::Taken, OTHERS).await?,
        done: list(JobState::Done, OTHERS).await?,
        may_retry: false,
        retried: None,
    })
}

fn line(job: storage::JobLine) -> JobLine {
    JobLine {
        id: job.id.to_string(),
        kind: job.job.map_or("?", |job| job.kind()).to_owned(),
        about: match job.job {
            Some(Job::SendMail { mail }) => mail.to_string(),
            Some(Job::RefreshPayments { account }) => account.to_string(),
            _ => String::new(),
        },
        attempts: job.attempts,
        created_at: job.created_at,
        run_at: job.run_at,
        failure: job.failure,
        worker: job.worker,
    }
}

#[derive(Deserialize)]
pub(super) struct One {
    id: String,
}

pub(super) async fn retry(Staff(member): Staff, Form(one): Form<One>) -> Response {
    let visit = &member.visit;
    if member.account.role != Role::Admin {
        let look = visit.look("/admin/jobs");
        return page(StatusCode::FORBIDDEN, site::problem::forbidden(&look));
    }
    let Ok(id) = one.id.parse::<JobId>() else {
        return to("/admin/jobs?retried=gone");
    };
    match visit.desk.storage().queue.retry(&id, now()).await {
        Ok(_) => {
            let (actor, caller) = (Some(member.account.id), &visit.caller);
            visit
                .desk
                .note_by(None, actor, "job-retried", &one.id, caller)
                .await;
            to("/admin/jobs?retried=waits")
        }
        Err(StorageError::NotFound) => to("/admin/jobs?retried=gone"),
        Err(error) => visit.broken(&error.into()),
    }
}
