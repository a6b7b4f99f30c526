//! The other pages of the administration. Who works for us sees them, and only who may changes
//! anything: support reads, administrators change flags, announcements and what is paid.
//!
//! | file | what |
//! |---|---|
//! | `plan.rs` | what is sold, and how many have it |
//! | `subscription.rs` | who pays, and what providers told us |
//! | `executor.rs` | executors and their versions |
//! | `command.rs` | commands of everybody |
//! | `flag.rs` | switches of the program |
//! | `announcement.rs` | what everybody is told |
//! | `health.rs` | how the service is |

mod announcement;
mod command;
mod executor;
mod flag;
mod health;
mod plan;
mod subscription;

use super::{
    Context,
    visit::{Member, page},
};
use crate::clock::now;
use axum::{
    Router,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use std::path::{Path, PathBuf};
use trading::time::Time;

/// How many lines a page has.
const LINES: i64 = 100;

/// The machine on which the server runs.
#[derive(Debug)]
pub(super) struct House {
    started_at: Time,
    home: PathBuf,
}

impl House {
    /// From now on.
    pub(super) fn new(home: &Path) -> Self {
        Self {
            started_at: now(),
            home: home.to_owned(),
        }
    }
}

/// All of them.
pub(super) fn router() -> Router<Context> {
    Router::new()
        .route("/admin/plans", get(plan::plans))
        .route("/admin/subscriptions", get(subscription::list))
        .route("/admin/subscriptions/{account}", get(subscription::record))
        .route("/admin/subscriptions/ask", post(subscription::ask))
        .route("/admin/executors", get(executor::executors))
        .route("/admin/commands", get(command::commands))
        .route("/admin/flags", get(flag::flags))
        .route("/admin/flags/turn", post(flag::turn))
        .route("/admin/flags/account", post(flag::account))
        .route("/admin/announcements", get(announcement::list))
        .route("/admin/announcements/new", post(announcement::new))
        .route(
            "/admin/announcements/withdraw",
            post(announcement::withdraw),
        )
        .route("/admin/health", get(health::health))
}

/// Who works for us may see it, and not do it.
fn forbidden(member: &Member, path: &str) -> Response {
    let look = member.visit.look(path);
    page(StatusCode::FORBIDDEN, site::problem::forbidden(&look))
}

/// Where a list goes on, if this page is full.
fn older<T>(lines: &[T], path: &str, id: impl Fn(&T) -> String) -> Option<String> {
    let is_full = i64::try_from(lines.len()).is_ok_and(|count| count == LINES);
    let last = lines.last().filter(|_| is_full)?;
    let sign = if path.contains('?') { '&' } else { '?' };
    Some(format!("{path}{sign}before={}", id(last)))
}
