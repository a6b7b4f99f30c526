//! Spans for an OpenTelemetry collector (OTLP over HTTP, protobuf). They are gathered and sent by a
//! thread of the library's; the call itself is ours, like every call to the outside: it has a limit
//! of time, is repeated, and stands behind a breaker. Spans that find no way are dropped: nobody
//! waits for a collector.

use super::settings::ExportSettings;
use async_trait::async_trait;
use axum::http::{Request, Response, StatusCode};
use billing::outside::{BreakerState, CallError, Outside, Patience, Repeat, tls};
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{Sampler, SdkTracer, SdkTracerProvider},
};
use reqwest::Client;
use std::{sync::Arc, time::Duration};
use tokio::{runtime::Handle, task};
use tracing::{instrument::WithSubscriber, subscriber::NoSubscriber};

/// For messages.
const NAME: &str = "the collector";
/// How long the last spans may take at the end.
const GRACE: Duration = Duration::from_secs(3);

/// The way to a collector. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub(crate) struct Exporter {
    provider: SdkTracerProvider,
    way: Arc<Outside>,
}

impl Exporter {
    /// Opens the way; nothing is sent yet.
    pub(super) fn open(settings: ExportSettings) -> Result<Self, CallError> {
        let setup = || CallError::Impossible("the way to the collector cannot be set up");
        let http = tls::built(tls::client()?)?;
        let way = Arc::new(Outside::new(NAME, Patience::default()));
        let sender = Sender {
            http,
            way: way.clone(),
            runtime: Handle::try_current().map_err(|_| setup())?,
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender)
            .with_endpoint(settings.endpoint.join(&["v1", "traces"]).as_str())
            .with_headers(settings.headers.into_map())
            .build()
            .map_err(|_| setup())?;
        let share = Sampler::TraceIdRatioBased(settings.share);
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(share)))
            .with_resource(Resource::builder().with_service_name("phoenix").build())
            .build();
        Ok(Self { provider, way })
    }

    pub(super) fn tracer(&self) -> SdkTracer {
        self.provider.tracer("phoenix")
    }

    /// The breaker's state.
    pub(super) fn state(&self) -> BreakerState {
        self.way.state()
    }

    /// Sends what is left.
    pub(crate) async fn close(self) {
        // It waits for its thread, which waits for this runtime.
        let closed = task::spawn_blocking(move || self.provider.shutdown_with_timeout(GRACE));
        if !matches!(closed.await, Ok(Ok(()))) {
            tracing::warn!("the last spans were not exported");
        }
    }
}

/// Sends what the library has gathered. The library waits on a thread of its own, where no runtime
/// is: the call is made on ours.
#[derive(Debug)]
struct Sender {
    http: Client,
    way: Arc<Outside>,
    runtime: Handle,
}

#[async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (http, way) = (self.http.clone(), self.way.clone());
        let (parts, body) = request.into_parts();
        let url = parts.uri.to_string();
        let call = async move {
            let once = || {
                let call = http.post(&url).headers(parts.headers.clone());
                let call = call.body(body.clone());
                async move {
                    let answer = call.send().await;
                    let answer = answer.map_err(|_| CallError::Unreachable(NAME))?;
                    judge(answer.status())
                }
            };
            // A batch that came twice is known by the ids of its spans.
            way.call(Repeat::Safe, once).await
        };
        // Of this call no span is made: it would be sent, of which one would be made.
        let call = call.with_subscriber(NoSubscriber::default());
        self.runtime.spawn(call).await??;
        Ok(Response::new(Bytes::new()))
    }
}

/// What an answer means. What a collector writes of spans that it did not want is not read.
fn judge(status: StatusCode) -> Result<(), CallError> {
    match status.as_u16() {
        200..=299 => Ok(()),
        status if status == 429 || status >= 500 => Err(CallError::Failed(NAME, status)),
        status => Err(CallError::Refused {
            name: NAME,
            status,
            code: String::new(),
        }),
    }
}
