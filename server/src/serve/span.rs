//! What a collector is told of a request: a span with the names that OpenTelemetry has for these
//! things (semantic conventions for HTTP servers). Of the path it has what the router has: the rest
//! names rows, and queries may hold tokens.

use super::{Context, metrics::NO_ROUTE, peer, request_id::RequestId};
use crate::log::EXPORTED;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::{Instrument, Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Opens a span for every request.
pub(super) async fn open(State(context): State<Context>, request: Request, next: Next) -> Response {
    let span = of(&request);
    if span.is_disabled() {
        return next.run(request).await;
    }
    // A part of what our proxy began; from others it would be a way to fill the collector.
    if peer::of(request.extensions()).is_some_and(|peer| context.proxies.has(peer)) {
        let headers = HeaderExtractor(request.headers());
        let _ = span.set_parent(TraceContextPropagator::new().extract(&headers));
    }
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
    response
}

fn of(request: &Request) -> Span {
    let extensions = request.extensions();
    let route = extensions.get::<MatchedPath>();
    let route = route.map_or(NO_ROUTE, MatchedPath::as_str);
    let request_id = extensions.get::<RequestId>().map_or("", RequestId::as_str);
    let method = request.method();
    tracing::info_span!(
        target: EXPORTED,
        "request",
        otel.name = format_args!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = field::Empty,
        http.request.method = %method,
        http.route = route,
        http.response.status_code = field::Empty,
        phoenix.request_id = request_id,
    )
}
