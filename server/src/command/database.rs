//! Which database, and by which key its secrets are sealed: the same for every command that works
//! with accounts.

use clap::Args;
use std::str::FromStr;
use storage::DatabaseAddress;

/// Options of every command that opens the database.
#[derive(Debug, Args)]
pub(crate) struct DatabaseChoice {
    /// The PostgreSQL database, as postgres://user@host/name; without one, a file in the home
    /// folder. It may hold a password: name it in PHOENIX_DATABASE_URL
    #[arg(
        long = "database",
        value_name = "URL",
        env = "PHOENIX_DATABASE_URL",
        hide_env_values = true
    )]
    database: Option<Said<DatabaseAddress>>,
}

impl DatabaseChoice {
    /// The database that was named.
    pub(crate) fn address(&self) -> Option<DatabaseAddress> {
        self.database.as_ref().and_then(|said| said.0.clone())
    }

    /// The key that seals secrets in the database, as 64 hexadecimal digits. By a variable alone:
    /// other users of the machine see what stands on a command line.
    pub(crate) fn key(&self) -> Option<String> {
        let key = std::env::var("PHOENIX_SECRET_KEY").ok()?;
        (!key.trim().is_empty()).then_some(key)
    }
}

/// What an option or a variable says. One that is set to nothing says nothing: files of settings
/// hold empty ones.
#[derive(Debug, Clone)]
pub(super) struct Said<T>(pub(super) Option<T>);

impl<T: FromStr> FromStr for Said<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> std::result::Result<Self, T::Err> {
        let text = text.trim();
        let value = (!text.is_empty()).then(|| text.parse());
        Ok(Self(value.transpose()?))
    }
}
