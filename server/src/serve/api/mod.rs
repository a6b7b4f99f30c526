//! The HTTP API for machines: executors, phones, and programs of traders'.
//!
//! | file | what |
//! |---|---|
//! | `asker.rs` | who asks, by key or by session, and what they may |
//! | `caller.rs` | who calls, for the desk of the accounts |
//! | `pace.rs` | how often a key may do something |
//! | `once.rs` | writes that are sent twice are done once |
//! | `body.rs` | bodies that are JSON of one kind |
//! | `refusal.rs` | why something was not done, as `application/problem+json` |
//! | `part.rs` | lists, a part at a time |
//! | `credential.rs`, `pairing.rs` | keys, and how devices get theirs |
//! | `auth.rs` | signing in and out |
//! | `payment.rs` | plans, and what an account has |
//! | `subscription.rs` | buying, and what becomes of a subscription |
//! | `backtest.rs` | a backtest on the server's history |
//! | `executor.rs` | heartbeats |
//! | `command.rs` | what is to be done at once |
//! | `event.rs` | what is pushed over an open connection |
//! | `report.rs` | deals, positions, equity |
//! | `market.rs` | what brokers say of symbols, and their own bars |
//! | `strategy.rs` | saved strategies, with ETags |
//! | `version.rs` | their versions, and what each earned |
//! | `life.rs` | what trades, and what is put away |
//! | `llm.rs` | what is not made yet |
//! | `status.rs` | with which statuses an operation may be refused |
//! | `document.rs` | the OpenAPI document and the page that shows it |
//!
//! Everything is at `/api/v1/…`, and at `/api/…` too: the paths without a number are those of
//! the newest version. What is added to a version never breaks who knows less of it.

mod asker;
mod auth;
mod backtest;
mod body;
mod caller;
mod command;
mod credential;
mod document;
mod event;
mod executor;
mod life;
mod llm;
mod market;
mod once;
mod pace;
mod pairing;
mod part;
mod payment;
mod refusal;
mod report;
mod status;
mod strategy;
mod subscription;
mod version;

pub(super) use life::told;
pub(super) use refusal::dress;

use super::{Context, session};
use axum::{Router, middleware, routing::get};
use std::sync::Arc;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// What paths begin with.
const VERSIONS: [&str; 2] = ["/api/v1", "/api"];
/// What follows then.
const SUBJECTS: [&str; 16] = [
    "auth",
    "backtest",
    "command",
    "credentials",
    "docs",
    "events",
    "executor",
    "executors",
    "llm",
    "markets",
    "openapi.json",
    "pairings",
    "payment",
    "reporting",
    "strategies",
    "strategy",
];

/// Where payment providers tell us what happened.
const PROVIDERS: [&str; 2] = ["payment/stripe", "payment/midtrans"];

/// Whether a path is of this API: then its faults are told as problems.
fn is_ours(path: &str) -> bool {
    if path.starts_with("/api/v1/") {
        return true;
    }
    let rest = path.strip_prefix("/api/").unwrap_or_default();
    // Payment providers speak to us there, and read no problems.
    if PROVIDERS.contains(&rest) {
        return false;
    }
    let subject = rest.split('/').next().unwrap_or_default();
    SUBJECTS.contains(&subject)
}

/// `/strategies/…` as `/strategy/…` too: what trades is at the latter, and nobody should have to
/// know which is where. It is written down once.
fn singular(strategies: &[UtoipaMethodRouter<Context>]) -> Router<Context> {
    let mut alias = Router::new();
    for (_, paths, handler) in strategies {
        let paths = paths.paths.keys();
        for rest in paths.filter_map(|path| path.strip_prefix("/strategies")) {
            alias = alias.route(&format!("/strategy{rest}"), handler.clone());
        }
    }
    alias
}

/// Everything, with what every request passes before it is answered.
pub(super) fn router(context: &Context) -> Router {
    let subjects = [
        auth::routes(),
        credential::routes(),
        pairing::routes(),
        executor::routes(),
        command::routes(),
        event::routes(),
        report::routes(),
        market::routes(),
        payment::routes(),
        subscription::routes(),
        backtest::routes(),
        llm::routes(),
    ];
    let strategies = [strategy::routes(), version::routes(), life::routes()].concat();
    let alias = singular(&strategies);
    let all = strategies
        .into_iter()
        .fold(OpenApiRouter::new(), OpenApiRouter::routes);
    let all = subjects.into_iter().fold(all, OpenApiRouter::merge);
    let (routes, openapi) = all.split_for_parts();
    let document = Arc::new(document::Document::new(&openapi, context));
    let (text, page) = (document.clone(), document);
    let routes = routes
        .merge(alias)
        .route("/openapi.json", get(move || async move { text.json() }))
        .route("/docs", get(move || async move { page.page() }));
    let nested = VERSIONS
        .into_iter()
        .fold(Router::new(), |all, version| {
            all.nest(version, routes.clone())
        })
        .route("/api/v1/{*rest}", axum::routing::any(refusal::no_such_path));
    let sessions = context.desk.storage().sessions.clone();
    let is_https = context.public.as_ref().is_some_and(|url| url.is_https);
    nested
        .with_state(context.clone())
        .layer(middleware::from_fn_with_state(context.clone(), once::check))
        .layer(middleware::from_fn_with_state(context.clone(), asker::know))
        .layer(middleware::from_fn_with_state(
            context.clone(),
            asker::visitor,
        ))
        .layer(session::layer(sessions, is_https))
        .layer(middleware::from_fn_with_state(
            context.clone(),
            asker::origin,
        ))
}
