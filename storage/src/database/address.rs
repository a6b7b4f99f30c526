//! Which database somebody names: a text of an option or a variable.

use std::{fmt, str::FromStr};

/// Where a PostgreSQL database is. Whoever names none has the file in the data folder.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseAddress(String);

/// The text names no PostgreSQL database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a database is named like postgres://user@host/name")]
pub struct NoDatabase;

impl DatabaseAddress {
    pub(crate) fn url(&self) -> &str {
        &self.0
    }
}

impl FromStr for DatabaseAddress {
    type Err = NoDatabase;
    fn from_str(text: &str) -> Result<Self, NoDatabase> {
        let is_ours = text.starts_with("postgres://") || text.starts_with("postgresql://");
        // What sqlx says of a faulty one may hold the password.
        if is_ours && text.parse::<sqlx::postgres::PgConnectOptions>().is_ok() {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoDatabase)
        }
    }
}

/// Without what stands before the host: a password stays out of logs.
impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.0.rsplit_once('@').map_or("", |(_, place)| place);
        let place = place.split('?').next().unwrap_or_default();
        write!(f, "postgres://{place}")
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseAddress;

    #[test]
    fn a_password_is_not_shown() {
        let address: DatabaseAddress = "postgres://u:p%40ss@db:5433/x?password=hidden"
            .parse()
            .unwrap();
        assert_eq!(format!("{address:?}"), "postgres://db:5433/x");
    }

    #[test]
    fn other_databases_are_refused() {
        for text in [
            "",
            "mysql://x/y",
            "postgres",
            "postgres://h:port/x",
            "/file",
        ] {
            assert!(text.parse::<DatabaseAddress>().is_err(), "{text}");
        }
    }
}
