//! What the program writes down of itself: lines on the terminal, and spans for a collector.
//!
//! | file | what |
//! |---|---|
//! | `settings.rs` | how much, in which form, and to which collector |
//! | `export.rs` | spans for an OpenTelemetry collector |
//! | `headers.rs` | what a collector wants to be shown |

mod export;
mod headers;
mod settings;

/// The target of the spans that are exported, whatever the log is filtered by. Lines of the log have
/// spans of their own, with less in them.
pub(crate) use billing::outside::SPANS as EXPORTED;
pub(crate) use export::Exporter;
pub(crate) use settings::LogSettings;

use crate::meter;
use std::io::{self, IsTerminal};
use tracing::Level;
use tracing_subscriber::{
    EnvFilter, Layer, filter::Targets, layer::SubscriberExt, registry::Registry,
    util::SubscriberInitExt,
};

/// Events of ours from `info` on, of libraries from `warn` on, unless somebody says otherwise.
const FILTER: &str = "warn,phoenix=info,app=info,storage=info";

/// Begins to log. Must be called on a runtime: spans are sent from there. What is handed back is
/// the way to the collector, if there is one; it is closed at the end.
pub(crate) fn start(settings: LogSettings) -> Option<Exporter> {
    let filter = EnvFilter::new(settings.filter.as_deref().unwrap_or(FILTER));
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = if settings.is_json {
        lines.json().with_filter(filter).boxed()
    } else {
        let is_terminal = io::stderr().is_terminal();
        lines.with_ansi(is_terminal).with_filter(filter).boxed()
    };
    let (exporter, failed) = match settings.export.map(Exporter::open).transpose() {
        Ok(exporter) => (exporter, None),
        Err(error) => (None, Some(error)),
    };
    let spans = exporter.as_ref().map(|exporter| {
        let layer = tracing_opentelemetry::layer().with_tracer(exporter.tracer());
        // Where in our source a span is made is nobody's question; which thread did it neither.
        let layer = layer.with_location(false).with_threads(false);
        layer.with_filter(Targets::new().with_target(EXPORTED, Level::INFO))
    });
    let all = tracing_subscriber::registry().with(lines).with(spans);
    // Fails only where somebody else logs already, and then it is they who log.
    let _ = all.try_init();
    if let Some(error) = failed {
        tracing::error!(%error, "no spans are exported");
    }
    if let Some(exporter) = &exporter {
        let exporter = exporter.clone();
        meter::watch("otlp", move || exporter.state());
    }
    exporter
}
