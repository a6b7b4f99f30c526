//! What conditions compare: prices, indicator outputs and numbers, now or some bars ago.

use super::number::{Number, ParameterName, is_name};
use crate::decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// The furthest back that a document may look, in bars.
pub const MAX_AGO: u32 = 1_000;

/// A price of the bar.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// `(high + low) / 2`.
    Median,
    /// `(high + low + close) / 3`.
    Typical,
    /// `(high + low + close + close) / 4`.
    Weighted,
    /// Tick volume.
    Volume,
}

impl Price {
    /// All prices.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::High,
        Self::Low,
        Self::Close,
        Self::Median,
        Self::Typical,
        Self::Weighted,
        Self::Volume,
    ];

    /// The name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Close => "close",
            Self::Median => "median",
            Self::Typical => "typical",
            Self::Weighted => "weighted",
            Self::Volume => "volume",
        }
    }

    /// The price of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }
}

/// A price, or an output of one of the document's indicators.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A price of the strategy's timeframe.
    Price(Price),
    /// `name` or `name.output`; without an output the indicator's first is meant.
    Indicator {
        /// Name in the document's `indicators`.
        name: String,
        /// Name of the output.
        output: Option<String>,
    },
}

/// One side of a comparison.
///
/// Written as a number (`25`), a parameter (`"$threshold"`), or a series: `"close"`,
/// `"macd.signal"`, `"high[1]"` (one bar ago), `"1.5 * volume_average"`, `"$factor * atr[1]"`.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A constant.
    Number(Number),
    /// A series.
    Series {
        /// Which.
        source: Source,
        /// How many bars ago.
        ago: u32,
        /// What it is multiplied with.
        factor: Option<Number>,
    },
}

impl Operand {
    /// The series as it is now.
    pub const fn now(source: Source) -> Self {
        Self::Series {
            source,
            ago: 0,
            factor: None,
        }
    }
}

/// The text is not an operand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" cannot be read: {why}")]
pub struct BadOperand {
    /// The text.
    pub text: String,
    /// What is wrong with it.
    pub why: &'static str,
}

impl FromStr for Source {
    type Err = BadOperand;
    fn from_str(text: &str) -> Result<Self, BadOperand> {
        let bad = |why| BadOperand {
            text: text.chars().take(80).collect(),
            why,
        };
        let text = text.trim();
        if let Some(price) = Price::from_name(text) {
            return Ok(Self::Price(price));
        }
        let (name, output) = match text.split_once('.') {
            Some((name, output)) => (name, Some(output)),
            None => (text, None),
        };
        if !is_name(name) || output.is_some_and(|o| !is_name(o)) {
            return Err(bad(
                "write a price such as close, an indicator's name, or name.output",
            ));
        }
        Ok(Self::Indicator {
            name: name.to_owned(),
            output: output.map(str::to_owned),
        })
    }
}

impl FromStr for Operand {
    type Err = BadOperand;
    fn from_str(text: &str) -> Result<Self, BadOperand> {
        let bad = |why| BadOperand {
            text: text.chars().take(80).collect(),
            why,
        };
        let (factor, series) = match text.split_once('*') {
            Some((factor, series)) => {
                let factor = parse_number(factor)
                    .ok_or_else(|| bad("before * stands a number or a parameter"))?;
                (Some(factor), series.trim())
            }
            None => (None, text.trim()),
        };
        if factor.is_none()
            && let Some(number) = parse_number(series)
        {
            return Ok(Self::Number(number));
        }
        let (source, ago) = match series.split_once('[') {
            Some((source, rest)) => {
                let ago = rest
                    .strip_suffix(']')
                    .and_then(|n| n.trim().parse::<u32>().ok())
                    .ok_or_else(|| bad("between [ and ] stands a whole number of bars"))?;
                (source, ago)
            }
            None => (series, 0),
        };
        if ago > MAX_AGO {
            return Err(bad("it may look back at most 1000 bars"));
        }
        Ok(Self::Series {
            source: source.parse().map_err(|e: BadOperand| bad(e.why))?,
            ago,
            factor,
        })
    }
}

fn parse_number(text: &str) -> Option<Number> {
    let text = text.trim();
    if text.starts_with('$') {
        return ParameterName::try_from(text.to_owned())
            .ok()
            .map(Number::Parameter);
    }
    decimal::read(text).map(Number::Literal)
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Price(price) => f.write_str(price.name()),
            Self::Indicator {
                name,
                output: Some(output),
            } => write!(f, "{name}.{output}"),
            Self::Indicator { name, output: None } => f.write_str(name),
        }
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Series {
                source,
                ago,
                factor,
            } => {
                if let Some(factor) = factor {
                    write!(f, "{factor} * ")?;
                }
                source.fmt(f)?;
                if *ago > 0 {
                    write!(f, "[{ago}]")?;
                }
                Ok(())
            }
        }
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

impl Serialize for Operand {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(Number::Literal(value)) => serializer.serialize_f64(*value),
            other => serializer.collect_str(other),
        }
    }
}

impl<'de> Deserialize<'de> for Operand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Operand;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number, or a series such as \"close\" or \"macd.signal[1]\"")
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Operand, E> {
                Ok(Operand::Number(Number::Literal(value)))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Operand, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Operand, E> {
                self.visit_f64(value as f64)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Operand, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Source {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Source".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A price (open, high, low, close, median, typical, weighted, volume), or an indicator of this document: its name, or name.output.",
            "pattern": r"^[a-z][a-z0-9_]{0,31}(\.[a-z][a-z0-9_]{0,31})?$",
        })
    }
}

impl JsonSchema for Operand {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Operand".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A number, \"$parameter\", or a series: \"close\", \"macd.signal\", \"high[1]\" (one bar ago), \"1.5 * atr\".",
            "anyOf": [
                { "type": "number" },
                { "type": "string", "maxLength": 160 },
            ],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "25",
            "-0.5",
            "$threshold",
            "close",
            "macd.signal",
            "high[1]",
            "1.5 * volume",
            "$k * atr.value[3]",
        ] {
            let operand: Operand = text.parse().unwrap();
            assert_eq!(operand.to_string(), text);
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for text in [
            "",
            "Close",
            "close[",
            "close[-1]",
            "close[1001]",
            "a.b.c",
            "x * close",
            "2 * 3",
            "2 *",
            "$",
            "$A",
            "close]",
            "close[1]x",
        ] {
            assert!(text.parse::<Operand>().is_err(), "{text}");
        }
    }
}
