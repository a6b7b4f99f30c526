//! What a worker answers to who watches it: whether it lives, whether it can work, and what is
//! counted. Nothing else is there.

use super::{Hosts, MetricsGuard, health, host, metrics, patience, peer};
use crate::failure::Result;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, request::Parts},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use storage::Storage;
use tokio::sync::watch;
use tower_http::timeout::TimeoutLayer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is watched.
#[derive(Debug, Clone)]
pub(crate) struct Monitor {
    pub(crate) storage: Storage,
    /// Who may read what is counted, where that needs a token.
    pub(crate) metrics: Option<MetricsGuard>,
    /// True once the process is asked to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Monitor {
    /// Answers at this address until the process ends; hands back which it is.
    pub(crate) async fn start(self, address: SocketAddr) -> Result<SocketAddr> {
        let listener = super::listen(address).await?;
        let address = listener.local_addr()?;
        let hosts = Arc::new(Hosts::new(address, Vec::new(), None));
        let router = Router::new()
            .route("/healthz", get(health::lives))
            .route("/readyz", get(ready))
            .route("/metrics", get(counted))
            .layer(TimeoutLayer::with_status_code(
                StatusCode::GATEWAY_TIMEOUT,
                PATIENCE,
            ))
            .layer(middleware::from_fn_with_state(hosts, host::check))
            .with_state(self);
        let service = router.into_make_service_with_connect_info::<peer::Peer>();
        tracing::info!(%address, "watched");
        tokio::spawn(axum::serve(patience::Patient(listener), service).into_future());
        Ok(address)
    }
}

async fn ready(State(monitor): State<Monitor>) -> Response {
    let is_stopping = *monitor.stopping.borrow();
    health::readiness(&monitor.storage, is_stopping)
        .await
        .into_response()
}

async fn counted(State(monitor): State<Monitor>, parts: Parts) -> Response {
    metrics::told(&monitor.storage, monitor.metrics.as_ref(), None, &parts).await
}
