//! What answers at which path.

use super::{
    Context, api, assets, download, headers, health, history, host, metrics, page, payment, reload,
    request_id::{self, RequestId},
    span, whole,
};
use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    middleware,
    response::IntoResponse,
    routing::get,
};
use std::time::Duration;
use tower_http::{
    catch_panic::CatchPanicLayer,
    limit::RequestBodyLimitLayer,
    timeout::{ResponseBodyTimeoutLayer, TimeoutLayer},
    trace::{DefaultOnResponse, TraceLayer},
};

/// No request takes longer until its answer begins, and no answer rests for longer between two of
/// its parts. Connections on which nothing moves are ended by `patience.rs`.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest call: a run with its document and result.
const MAX_BODY: usize = 1 << 20;

/// Everything.
pub(super) fn router(context: Context) -> Router {
    let mut router = Router::new()
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/api/history", get(history::list))
        .route("/api/history/{symbol}/{timeframe}", get(history::bars))
        .route("/schema/strategy-1.json", get(schema))
        .route("/assets/{name}", get(assets::file))
        .route("/download/{name}", get(download::file))
        .route("/favicon.ico", get(assets::icon));
    if context.reload {
        router = router.route("/dev/reload", get(reload::events));
    }
    let trace = TraceLayer::new_for_http()
        .make_span_with(|request: &Request| {
            let id = request.extensions().get::<RequestId>();
            let request_id = id.map_or("", RequestId::as_str);
            let path = request.uri().path();
            tracing::info_span!("http", request_id, method = %request.method(), path)
        })
        .on_response(DefaultOnResponse::new().level(tracing::Level::INFO));
    router
        .merge(payment::router())
        .with_state(context.clone())
        .merge(page::router(&context))
        .merge(api::router(&context))
        .layer(middleware::from_fn(whole::finish))
        .layer(CatchPanicLayer::new())
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(TimeoutLayer::with_status_code(
            // Not 408: browsers send a form again after that.
            StatusCode::GATEWAY_TIMEOUT,
            PATIENCE,
        ))
        .layer(ResponseBodyTimeoutLayer::new(PATIENCE))
        .layer(middleware::from_fn(api::dress))
        .layer(middleware::from_fn_with_state(
            context.hosts.clone(),
            host::check,
        ))
        .layer(middleware::from_fn(headers::secure))
        .layer(middleware::from_fn(metrics::count))
        .layer(middleware::from_fn_with_state(context.clone(), span::open))
        .layer(trace)
        .layer(middleware::from_fn_with_state(context, request_id::give))
}

/// The JSON Schema of the strategy document, at the address that it names itself.
async fn schema() -> impl IntoResponse {
    let text =
        serde_json::to_string_pretty(&trading::strategy::schema::schema()).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "application/schema+json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // A schema is read by editors on other sites too.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, text)
}
