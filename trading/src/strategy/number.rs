//! Numbers in a document: written out, or a named parameter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number, or `"$name"` for the value of the parameter `name`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Number {
    /// The number itself.
    Literal(f64),
    /// The value of a parameter.
    Parameter(ParameterName),
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self::Literal(value)
    }
}

/// `"$name"`: a reference to an entry of the document's `parameters`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String", extend("pattern" = r"^\$[a-z][a-z0-9_]{0,31}$"))]
pub struct ParameterName(String);

impl ParameterName {
    /// The name without the dollar sign.
    pub fn name(&self) -> &str {
        &self.0
    }
}

/// The text is not a reference to a parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is neither a number nor a parameter: write a number, or \"$name\"")]
pub struct BadParameterName(pub String);

impl TryFrom<String> for ParameterName {
    type Error = BadParameterName;
    fn try_from(text: String) -> Result<Self, BadParameterName> {
        match text.strip_prefix('$') {
            Some(name) if is_name(name) => Ok(Self(name.to_owned())),
            _ => Err(BadParameterName(text)),
        }
    }
}

impl From<ParameterName> for String {
    fn from(name: ParameterName) -> Self {
        format!("${}", name.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(value) => write!(f, "{value}"),
            Self::Parameter(name) => write!(f, "${}", name.0),
        }
    }
}

/// Whether `text` can name an indicator or a parameter: a small letter, then up to 31 small
/// letters, digits or underscores.
pub fn is_name(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
