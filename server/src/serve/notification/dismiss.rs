//! Announcements that somebody wants to see no more.

use crate::serve::{
    account::ours,
    around,
    visit::{Visit, to},
};
use axum::{
    Form,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use serde::Deserialize;
use storage::StorageError;
use uuid::Uuid;

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    id: String,
    #[serde(default)]
    back: String,
}

/// Who is signed in is remembered by the account, others by a cookie.
pub(super) async fn dismiss(
    headers: HeaderMap,
    visit: Visit,
    Form(which): Form<Which>,
) -> Response {
    let Ok(id) = which.id.parse::<Uuid>() else {
        return visit.broken(&StorageError::NotFound.into());
    };
    let mut response = to(ours(&which.back));
    match &visit.account {
        Some(account) => {
            let announcements = &visit.desk.storage().announcements;
            if let Err(error) = announcements.dismiss(account.id, id).await {
                return visit.broken(&error.into());
            }
        }
        None => {
            let cookie = around::dismissal(&headers, id);
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
        }
    }
    response
}
