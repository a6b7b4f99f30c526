//! How a device gets a key that nobody copies. It asks for a code and shows it; the trader, signed
//! in elsewhere, says that the code is theirs; the device then takes its key with a secret that
//! never left it.

use super::{credential::Scope, text::Label};
use serde::{Deserialize, Serialize};
use std::fmt;
use trading::time::Time;

/// A device asks to be paired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPairing {
    /// What the device calls itself: the trader sees it before approving.
    pub device: Label,
    /// What its key is to do.
    pub scope: Scope,
}

/// What the device is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pairing {
    /// To be shown: `ABCD-EFGH`.
    pub code: String,
    /// To be kept and never shown: with it the device takes its key.
    pub secret: String,
    /// When both are worth nothing any more.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Time,
    /// How many milliseconds to leave between two questions whether it was approved.
    pub interval_ms: u32,
}

/// The secrets stay out of logs.
impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pairing(until {})", self.expires_at)
    }
}

/// What the trader sees before approving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairingRequest {
    /// What the device calls itself.
    pub device: Label,
    /// What its key is to do.
    pub scope: Scope,
    /// From which address it asked.
    pub address: String,
    /// Until when it can be approved.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Time,
}

/// The device asks for its key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Claim {
    /// The secret of [`Pairing`].
    pub secret: String,
}

/// The secret stays out of logs.
impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim(..)")
    }
}

/// Nobody has approved it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pending {
    /// Until when somebody may.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub expires_at: Time,
}
