//! Pages and server functions.

use super::{Context, account, headers, live, notification, operator, origin, session, visitor};
use app::shell::shell;
use axum::{
    Router,
    http::{HeaderValue, header},
    middleware,
    routing::get,
};
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, ResponseOptions, render_app_to_stream_with_context};

/// Every page, every server function, and the page for paths that are none.
pub(super) fn router(context: &Context) -> Router {
    let options = LeptosOptions::builder().output_name("phoenix").build();
    let assets = context.assets.paths().clone();
    let shell = move || shell(assets.clone());
    let storage = context.desk.storage().clone();
    let sessions = storage.sessions.clone();
    let provide = move || {
        provide_context(storage.clone());
        let (Some(response), Some(nonce)) =
            (use_context::<ResponseOptions>(), leptos::nonce::use_nonce())
        else {
            return;
        };
        if let Ok(policy) = HeaderValue::from_str(&headers::page_policy(&nonce.to_string())) {
            response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        }
        let private = HeaderValue::from_static("private, no-cache");
        response.insert_header(header::CACHE_CONTROL, private);
    };
    let lab = render_app_to_stream_with_context(provide.clone(), shell.clone());
    let otherwise = render_app_to_stream_with_context(provide.clone(), shell.clone());
    let is_https = context.public.as_ref().is_some_and(|url| url.is_https);
    Router::new()
        .route("/", get(lab))
        // Those of server functions alone.
        .leptos_routes_with_context(&options, Vec::new(), provide, shell)
        .fallback(otherwise)
        .with_state(options)
        .merge(account::router().with_state(context.clone()))
        .merge(notification::router().with_state(context.clone()))
        .merge(operator::router().with_state(context.clone()))
        .merge(live::router().with_state(context.clone()))
        .layer(middleware::from_fn_with_state(
            context.clone(),
            visitor::know,
        ))
        .layer(session::layer(sessions, is_https))
        .layer(middleware::from_fn_with_state(
            context.clone(),
            origin::check,
        ))
}
