//! How much is logged, in which form, and to which collector spans go.

use super::headers::Headers;
use crate::setting::Settings;
use billing::outside::Endpoint;
use std::str::FromStr;
use tracing_subscriber::EnvFilter;

/// How the program logs.
#[derive(Debug, Default)]
pub(crate) struct LogSettings {
    /// One object a line.
    pub(super) is_json: bool,
    pub(super) filter: Option<String>,
    pub(super) export: Option<ExportSettings>,
}

/// To whom spans are sent.
#[derive(Debug)]
pub(super) struct ExportSettings {
    /// The collector; `v1/traces` is added.
    pub(super) endpoint: Endpoint,
    pub(super) headers: Headers,
    /// Which share of requests is told, 0 to 1.
    pub(super) share: f64,
}

impl LogSettings {
    /// What was said; faults stay with the settings.
    pub(crate) fn read(said: &mut Settings) -> Self {
        let format = said.one("log_format").unwrap_or(Format::Text);
        let filter: Option<Filter> = said.one("log");
        let endpoint = said.one("otlp_endpoint");
        let headers = said.one("otlp_headers").unwrap_or_default();
        let share = said.one("otlp_share").map_or(1.0, |Share(share)| share);
        Self {
            is_json: format == Format::Json,
            filter: filter.map(|filter| filter.0),
            export: endpoint.map(|endpoint| ExportSettings {
                endpoint,
                headers,
                share,
            }),
        }
    }
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Json,
}

impl FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// The text of a filter of the log.
struct Filter(String);

impl FromStr for Filter {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        EnvFilter::try_new(text).map_err(|_| ())?;
        Ok(Self(text.to_owned()))
    }
}

/// A share of a whole.
struct Share(f64);

impl FromStr for Share {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let share: f64 = text.parse().map_err(|_| ())?;
        (0.0..=1.0)
            .contains(&share)
            .then_some(Self(share))
            .ok_or(())
    }
}
