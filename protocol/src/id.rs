//! Names of rows. Version 7 UUIDs: they sort by the time at which they were made.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = "uuid"))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }
    };
}

id! {
    /// A saved strategy.
    StrategyId
}
id! {
    /// A saved run.
    RunId
}
id! {
    /// An account.
    AccountId
}
id! {
    /// A session of an account: one browser that is signed in.
    SessionId
}
id! {
    /// A mail that was or is to be sent.
    MailId
}
id! {
    /// An entry of the audit trail.
    AuditId
}
id! {
    /// An API key.
    CredentialId
}
id! {
    /// An executor: one program on one computer, known by its key.
    ExecutorId
}
id! {
    /// An account at a broker, of one of our accounts.
    BrokerAccountId
}
id! {
    /// A command.
    CommandId
}
id! {
    /// A deal as it is kept.
    DealId
}
