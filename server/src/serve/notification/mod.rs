//! What traders are told, and how they choose.
//!
//! | file | what |
//! |---|---|
//! | `list.rs` | the page of all, read and unread |
//! | `settings.rs` | what by which way |
//! | `way.rs` | the chat and the webhooks |
//! | `dismiss.rs` | announcements that somebody wants to see no more |

mod dismiss;
mod list;
mod settings;
mod way;

use super::{Context, visit::to};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use site::Deed;
use storage::StorageError;
use uuid::Uuid;

/// All of them.
pub(super) fn router() -> Router<Context> {
    Router::new()
        .route("/notifications", get(list::all))
        .route("/notifications/read", post(list::read))
        .route("/notifications/read-all", post(list::read_all))
        .route("/notifications/settings", get(settings::settings))
        .route("/notifications/preferences", post(settings::save))
        .route("/notifications/telegram/connect", post(way::connect))
        .route("/notifications/telegram/disconnect", post(way::disconnect))
        .route("/notifications/telegram/test", post(way::test_chat))
        .route("/notifications/webhooks/add", post(way::add))
        .route("/notifications/webhooks/remove", post(way::remove))
        .route("/notifications/webhooks/resume", post(way::resume))
        .route("/notifications/webhooks/test", post(way::test_webhook))
        .route("/announcements/dismiss", post(dismiss::dismiss))
}

/// What the page before says was done.
#[derive(Debug, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    pub(super) done: String,
}

impl Done {
    pub(super) fn deed(&self) -> Option<Deed> {
        Deed::of(&self.done)
    }
}

/// Which row a form is about.
#[derive(Debug, Deserialize)]
struct One {
    #[serde(default)]
    id: String,
}

impl One {
    /// What is no name of a row is that of none.
    fn id(&self) -> Result<Uuid, StorageError> {
        self.id.parse().map_err(|_| StorageError::NotFound)
    }
}

/// On to a page, which says what was done.
pub(super) fn to_done(path: &str, deed: Deed) -> Response {
    let sign = if path.contains('?') { '&' } else { '?' };
    to(&format!("{path}{sign}done={}", deed.name()))
}
