//! The page of all notifications.

use super::{Done, One, to_done};
use crate::{
    clock::now,
    notify::shown,
    serve::visit::{Member, Visit, to},
};
use axum::{Form, extract::Query, response::Response};
use serde::Deserialize;
use site::{
    Deed,
    notification::{NotificationsPage, notifications},
};
use storage::StorageError;
use uuid::Uuid;

/// How many a page has.
const LINES: i64 = 30;

#[derive(Deserialize)]
pub(super) struct Asked {
    before: Option<String>,
    #[serde(flatten)]
    done: Done,
}

pub(super) async fn all(member: Member, Query(asked): Query<Asked>) -> Response {
    let visit = &member.visit;
    let before = match asked.before.map(|id| id.parse::<Uuid>()).transpose() {
        Ok(before) => before,
        Err(_) => return visit.broken(&StorageError::NotFound.into()),
    };
    let storage = visit.desk.storage();
    let id = member.account.id;
    let found = match storage.notifications.list(id, before, LINES).await {
        Ok(found) => found,
        Err(error) => return visit.broken(&error.into()),
    };
    let is_full = i64::try_from(found.len()).is_ok_and(|count| count == LINES);
    let last = found.last().filter(|_| is_full).map(|one| one.id);
    let look = visit.look("/notifications");
    let page = NotificationsPage {
        lines: found.iter().map(shown).collect(),
        unread: look.around.unread,
        older: last.map(|id| format!("/notifications?before={id}")),
        deed: asked.done.deed(),
        now: now(),
    };
    Visit::page(notifications(&look, &page))
}

pub(super) async fn read(member: Member, Form(one): Form<One>) -> Response {
    let visit = &member.visit;
    let done = async {
        let notifications = &visit.desk.storage().notifications;
        notifications
            .read(member.account.id, one.id()?, now())
            .await
    };
    match done.await {
        Ok(()) => to("/notifications"),
        Err(error) => visit.broken(&error.into()),
    }
}

pub(super) async fn read_all(member: Member) -> Response {
    let visit = &member.visit;
    let notifications = &visit.desk.storage().notifications;
    match notifications.read_all(member.account.id, now()).await {
        Ok(_) => to_done("/notifications", Deed::AllRead),
        Err(error) => visit.broken(&error.into()),
    }
}
