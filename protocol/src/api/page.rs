//! Lists, a part at a time.

use serde::{Deserialize, Serialize};

/// The most of one part.
pub const MOST: u32 = 200;
/// How many a part has that does not say.
pub const USUAL: u32 = 50;

/// A part of a list, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// What there is.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next part; none where this is the last.
    pub next: Option<String>,
}

/// Which part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Query))]
pub struct PageQuery {
    /// The most that the part may have: 1 to 200, usually 50.
    pub limit: Option<u32>,
    /// `next` of the part before; none for the first.
    pub cursor: Option<String>,
}
