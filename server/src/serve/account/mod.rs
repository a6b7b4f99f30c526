//! The pages of accounts and of the administration, and what their forms do.
//!
//! | file | what |
//! |---|---|
//! | `entry.rs` | registering, signing in and out |
//! | `forgotten.rs` | a new password by mail |
//! | `settings.rs` | one's own account |
//! | `second_factor.rs` | setting it up, turning it off |
//! | `plan.rs` | prices, and what one pays |
//! | `device.rs` | devices and keys |
//! | `strategy/` | strategies and their versions |
//! | `admin.rs` | users, mail, audit trail |
//! | `job.rs` | background work |
//! | `preference.rs` | language and theme |

mod admin;
mod device;
mod entry;
mod forgotten;
mod job;
mod plan;
mod preference;
mod second_factor;
mod settings;
mod strategy;

use super::Context;
use axum::{
    Router,
    routing::{get, post},
};
use identity::{Token, TokenHash};
use serde::Deserialize;

/// All of them.
pub(super) fn router() -> Router<Context> {
    Router::new()
        .route("/register", get(entry::register).post(entry::registered))
        .route(
            "/register/confirm",
            get(entry::confirm).post(entry::confirmed),
        )
        .route("/sign-in", get(entry::sign_in).post(entry::signed_in))
        .route("/sign-in/code", get(entry::code).post(entry::coded))
        .route("/sign-out", post(entry::sign_out))
        .route("/forgot", get(forgotten::forgot).post(forgotten::asked))
        .route("/reset", get(forgotten::reset).post(forgotten::done))
        .route("/account", get(settings::account))
        .route("/account/email", post(settings::email))
        .route(
            "/account/email/confirm",
            get(settings::email_link).post(settings::email_confirmed),
        )
        .route("/account/password", post(settings::password))
        .route("/account/language", post(settings::language))
        .route("/account/sessions/end", post(settings::end_session))
        .route("/account/sessions/end-others", post(settings::end_others))
        .route("/account/export", get(settings::export))
        .route("/account/delete", post(settings::delete))
        .route(
            "/account/two-factor",
            get(second_factor::set_up).post(second_factor::begin),
        )
        .route("/account/two-factor/confirm", post(second_factor::confirm))
        .route("/account/two-factor/off", post(second_factor::off))
        .route("/account/two-factor/codes", post(second_factor::codes))
        .route("/pricing", get(plan::pricing))
        .route("/account/billing", get(plan::billing))
        .route("/account/billing/buy", post(plan::buy))
        .route("/account/billing/cancel", post(plan::cancel))
        .route("/account/billing/resume", post(plan::resume))
        .route("/account/billing/portal", post(plan::portal))
        .route("/account/devices", get(device::devices))
        .route(
            "/account/devices/approve",
            get(device::waiting).post(device::approve),
        )
        .route("/account/devices/key", post(device::make))
        .route("/account/devices/revoke", post(device::revoke))
        .route("/strategies", get(strategy::strategies))
        .route("/strategies/{id}", get(strategy::strategy))
        .route("/strategies/activate", post(strategy::activate))
        .route("/strategies/deactivate", post(strategy::deactivate))
        .route("/strategies/archive", post(strategy::archive))
        .route("/strategies/restore", post(strategy::restore))
        .route("/strategies/duplicate", post(strategy::duplicate))
        .route("/strategies/bring-back", post(strategy::bring_back))
        .route("/preference", post(preference::choose))
        .route("/admin/users", get(admin::users))
        .route("/admin/users/role", post(admin::role))
        .route("/admin/users/shut", post(admin::shut))
        .route("/admin/users/open", post(admin::open))
        .route("/admin/mails", get(admin::mails))
        .route("/admin/jobs", get(job::jobs))
        .route("/admin/jobs/retry", post(job::retry))
        .route("/admin/audit", get(admin::audit))
}

/// What a link of a mail says.
#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    token: String,
}

impl Link {
    fn hash(&self) -> Option<TokenHash> {
        hash(&self.token)
    }
}

fn hash(token: &str) -> Option<TokenHash> {
    token.parse::<Token>().ok().map(|token| token.hash())
}

/// What the page before says was done.
#[derive(Debug, Deserialize)]
struct Said {
    #[serde(default)]
    notice: String,
}

/// A path of ours to go to; anything else is the Lab.
pub(super) fn ours(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_plain = next
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/-_?=&.".contains(&byte));
    if is_path && is_plain { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(ours("/account"), "/account");
        assert_eq!(ours("/?strategy=1"), "/?strategy=1");
        for elsewhere in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/\tevil",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x",
        ] {
            assert_eq!(ours(elsewhere), "/", "{elsewhere}");
        }
    }
}
