//! Saved strategies. Their revision is the `ETag`: who changes one says which they read.

use crate::id::StrategyId;
use serde::{Deserialize, Serialize};
use trading::{time::Time, timeframe::Timeframe};

/// A saved strategy in a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StrategyLine {
    /// Its name among rows.
    pub id: StrategyId,
    /// How often it was saved.
    pub revision: i64,
    /// Its name among people.
    pub name: String,
    /// The symbol.
    pub symbol: String,
    /// The length of its bars, such as `H1`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timeframe: Timeframe,
    /// First saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// Last saved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub updated_at: Time,
}

/// A saved strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WholeStrategy {
    /// What a list shows.
    pub strategy: StrategyLine,
    /// The JSON text of the document, exactly as it was saved.
    pub document: String,
}

/// A strategy to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewDocument {
    /// The JSON text: name, symbol and timeframe are read from it.
    pub document: String,
}
