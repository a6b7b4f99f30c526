//! API keys. The key itself is told once, when it is made; afterwards only its prefix is known.

use super::text::Label;
use crate::id::CredentialId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use trading::time::Time;

/// What a key may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// A trader's executor: takes commands, says what became of them, reports.
    Executor,
    /// A trader's phone: gives commands, stops strategies, approves executors and readers, begins to
    /// buy a plan (never on a card that is known: the provider's page asks), reads everything but
    /// the list of keys.
    Phone,
    /// A program that only reads.
    Read,
}

impl Scope {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Executor, Self::Phone, Self::Read];

    /// The word in rows and bodies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Executor => "executor",
            Self::Phone => "phone",
            Self::Read => "read",
        }
    }
}

/// The text names no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scope is executor, phone or read")]
pub struct NoScope;

impl FromStr for Scope {
    type Err = NoScope;
    fn from_str(name: &str) -> Result<Self, NoScope> {
        let found = Self::ALL.into_iter().find(|scope| scope.name() == name);
        found.ok_or(NoScope)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A key to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCredential {
    /// What its owner calls it.
    pub name: Label,
    /// What it may do.
    pub scope: Scope,
    /// Until when, in milliseconds since 1970 UTC; without it until it is revoked.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub expires_at: Option<Time>,
}

/// A key in a list: everything but the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Credential {
    /// Its name among rows.
    pub id: CredentialId,
    /// The part of the key that may be seen.
    pub prefix: String,
    /// What its owner calls it.
    pub name: Label,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(value_type = i64))]
    pub created_at: Time,
    /// Until when it opens anything.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub expires_at: Option<Time>,
    /// When it was last used, to a minute.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub used_at: Option<Time>,
    /// When it was revoked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>))]
    pub revoked_at: Option<Time>,
}

/// A key that was just made: the only time that it is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedCredential {
    /// What the list will say of it.
    pub credential: Credential,
    /// The key: `phx_…`. It cannot be had again.
    pub key: String,
}

/// The key stays out of logs.
impl fmt::Debug for IssuedCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuedCredential({:?})", self.credential)
    }
}
