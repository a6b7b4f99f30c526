//! Signing in without a browser: a device gets a key of its own for an address and its password.

use super::{credential::Credential, text::Label};
use crate::id::AccountId;
use serde::{Deserialize, Serialize};
use std::fmt;
use trading::time::Time;

/// Who signs in, from which device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// The account's address.
    pub email: String,
    /// Its password.
    pub password: String,
    /// A code of the second factor or of the recovery sheet, where the account asks for one.
    #[serde(default)]
    pub code: Option<String>,
    /// What the key is called in the list of keys.
    pub device: Label,
}

/// Password and code stay out of logs.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignIn({})", self.device)
    }
}

/// Who is known, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The account's name among rows.
    pub account: AccountId,
    /// Its address.
    pub email: String,
    /// `trader`, `support` or `admin`.
    pub role: String,
    /// In which language mail is written: `en` or `id`.
    pub language: String,
    /// Whether a second factor is asked for.
    pub has_two_factor: bool,
    /// When the account was made.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// The key by which this was asked; none for a browser's session.
    pub key: Option<Credential>,
}
