//! Which database, and by which key its secrets are sealed: the same for every command that works
//! with accounts, and said in the same places as for `phoenix serve`.

use super::serve::SealText;
use crate::{
    failure::{Failure, Result},
    resolve,
    serve::ServeProblem,
    setting,
};
use clap::Args;
use std::{env, path::PathBuf};
use storage::DatabaseAddress;

/// Options of every command that opens the database.
#[derive(Debug, Args)]
pub(crate) struct DatabaseChoice {
    /// A file of settings, in TOML; options and variables come before what it says
    #[arg(long, value_name = "FILE", env = "PHOENIX_CONFIG")]
    config: Option<PathBuf>,
    /// Folder of the database [env: PHOENIX_HOME] [default: ~/.local/share/phoenix]
    #[arg(long, value_name = "DIR")]
    home: Option<String>,
    /// The PostgreSQL database, as postgres://user@host/name; without one, a file in the home
    /// folder. It may hold a password: name it in PHOENIX_DATABASE_URL
    #[arg(long = "database", value_name = "URL")]
    database: Option<String>,
}

/// What options, variables and the file say together.
pub(crate) struct Chosen {
    pub(crate) home: PathBuf,
    /// The database that was named; the file in `home` if there is none.
    pub(crate) address: Option<DatabaseAddress>,
    /// The key that seals secrets in the database; that of the file in `home` if there is none.
    pub(crate) key: Option<String>,
}

impl DatabaseChoice {
    /// Reads it.
    ///
    /// # Errors
    /// Everything that is wrong with it, and with anything else in the file.
    pub(crate) fn read(&self) -> Result<Chosen> {
        let one = |text: &Option<String>| text.iter().cloned().collect();
        let options = vec![
            ("home", one(&self.home)),
            ("database_url", one(&self.database)),
        ];
        let variable = |name: &str| env::var(name).ok();
        let config = self.config.as_deref();
        let config = config.filter(|path| !path.as_os_str().is_empty());
        let mut said = setting::Settings::read(options, variable, config);
        let address = said.one("database_url");
        let home: Option<PathBuf> = said.one("home");
        let key: Option<SealText> = said.one("secret_key");
        if let Some(faults) = said.faults() {
            return Err(Failure::serve(ServeProblem::Settings(faults)));
        }
        let home = home.or_else(resolve::default_home);
        Ok(Chosen {
            home: home.ok_or_else(|| Failure::serve(ServeProblem::NoHome))?,
            address,
            key: key.map(|SealText(key)| key),
        })
    }
}
