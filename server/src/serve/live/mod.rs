//! The pages of a trader that show live trading, and what their forms do.
//!
//! | file | what |
//! |---|---|
//! | `scene.rs` | what all of them need to know of an account |
//! | `dashboard.rs` | what is going on now |
//! | `executor.rs` | executors and accounts at brokers |
//! | `retire.rs` | puts an account at a broker away |
//! | `command.rs` | commands: the list, the question, giving one |
//! | `report.rs` | what was earned, on the screen |
//! | `csv.rs` | the same as a file |

mod command;
mod csv;
mod dashboard;
mod executor;
mod report;
mod retire;
mod scene;

use super::{
    Context, headers,
    visit::{Member, page},
};
use axum::{
    Router,
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};
use site::live::Live;
use trading::time::Time;

/// All of them.
pub(super) fn router() -> Router<Context> {
    Router::new()
        .route("/dashboard", get(dashboard::show))
        .route("/executors", get(executor::show))
        .route("/executors/retire", get(retire::ask).post(retire::answer))
        .route("/commands", get(command::list).post(command::give))
        .route("/commands/new", get(command::choose))
        .route("/commands/confirm", get(command::confirm))
        .route("/commands/{id}", get(command::one))
        .route("/reports", get(report::show))
        .route("/reports.csv", get(csv::file))
}

/// What keeps a page up to date.
fn live(member: &Member, now: Time) -> Live {
    Live {
        script: member.visit.script.clone(),
        now,
    }
}

/// A page that may run our own script, and ask us for what is new.
fn live_page(html: String) -> Response {
    let mut response = page(StatusCode::OK, html);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(headers::LIVE_PAGE),
    );
    response
}
