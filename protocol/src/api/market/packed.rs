//! Bars as a text in JSON: the bytes of [`crate::bars`] in Base64, an eighth of what numbers in JSON
//! would take.

use crate::bars::{decode, encode};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};
use trading::bar::Bars;

/// Bars that keep every rule of bars: times rise, prices are above 0, no number is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = "byte"))]
pub struct PackedBars(pub Bars);

/// The text is no bars.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("bars are the bytes of PHXB in Base64: {0}")]
pub struct BadBars(String);

impl TryFrom<String> for PackedBars {
    type Error = BadBars;
    fn try_from(text: String) -> Result<Self, BadBars> {
        let bytes = BASE64_STANDARD.decode(text);
        let bytes = bytes.map_err(|error| BadBars(error.to_string()))?;
        let bars = decode(&bytes).map_err(|error| BadBars(error.to_string()))?;
        Ok(Self(bars))
    }
}

impl From<PackedBars> for String {
    fn from(packed: PackedBars) -> Self {
        BASE64_STANDARD.encode(encode(&packed.0))
    }
}

#[cfg(test)]
mod tests {
    use super::PackedBars;
    use trading::{
        bar::{Bar, Bars},
        time::Time,
    };

    #[test]
    fn bars_come_back_and_bad_ones_do_not() {
        let bar = |time, low| Bar {
            time: Time(time),
            open: 2.5,
            high: 3.0,
            low,
            close: 2.25,
            tick_volume: 5.0,
            spread: 2.0,
        };
        let good: Bars = [bar(0, 1.0), bar(60_000, 1.1)].into_iter().collect();
        let text = serde_json::to_string(&PackedBars(good.clone())).unwrap();
        assert_eq!(serde_json::from_str(&text).ok(), Some(PackedBars(good)));
        for bad in [
            vec![bar(60_000, 1.0), bar(0, 1.0)],
            vec![bar(0, 1.0), bar(0, 1.0)],
            vec![bar(0, -1.0)],
            vec![bar(0, f64::NAN)],
            vec![bar(0, 9.0)],
        ] {
            let text = serde_json::to_string(&PackedBars(bad.into_iter().collect())).unwrap();
            assert!(serde_json::from_str::<PackedBars>(&text).is_err(), "{text}");
        }
        for text in ["\"\"", "\"*\"", "\"UEhYQg==\"", "5", "null"] {
            assert!(serde_json::from_str::<PackedBars>(text).is_err(), "{text}");
        }
    }
}
