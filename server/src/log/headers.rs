//! What a collector wants to be shown with every call: `name=value,name=value`, as OpenTelemetry's
//! own variable `OTEL_EXPORTER_OTLP_HEADERS` has it.

use axum::http::{HeaderName, HeaderValue};
use std::{collections::HashMap, fmt, str::FromStr};

/// The headers. A value may open the collector: none is shown.
#[derive(Clone, Default)]
pub(super) struct Headers(HashMap<String, String>);

impl Headers {
    pub(super) fn into_map(self) -> HashMap<String, String> {
        self.0
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Headers")
    }
}

impl FromStr for Headers {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut all = HashMap::new();
        for pair in text.split(',') {
            let (name, value) = pair.split_once('=').ok_or(())?;
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| ())?;
            HeaderValue::from_str(value).map_err(|_| ())?;
            if all.insert(name, value.to_owned()).is_some() {
                return Err(());
            }
        }
        Ok(Self(all))
    }
}

#[cfg(test)]
mod tests {
    use super::Headers;

    #[test]
    fn pairs_are_read_and_never_shown() {
        let headers: Headers = "Authorization=Bearer a=b, x-team=7".parse().unwrap();
        assert_eq!(format!("{headers:?}"), "Headers");
        let map = headers.into_map();
        assert_eq!(map["authorization"], "Bearer a=b");
        assert_eq!(map["x-team"], "7");
        for wrong in ["", "a", "a=b,", "a b=c", "a=\u{7}", "a=1,A=2"] {
            assert!(wrong.parse::<Headers>().is_err(), "{wrong:?}");
        }
    }
}
