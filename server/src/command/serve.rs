//! `phoenix serve`: the web app.

use crate::{
    failure::{Failure, Result},
    resolve,
    serve::{self, ServeProblem, Settings},
};
use clap::{Args, ValueEnum};
use std::{env, net::SocketAddr, path::PathBuf};

/// Options of `phoenix serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "PHOENIX_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: SocketAddr,
    /// Folder of the database and of imported history [default: ~/.local/share/phoenix]
    #[arg(long, value_name = "DIR", env = "PHOENIX_HOME")]
    home: Option<PathBuf>,
    /// Folder of the built web app [default: `site` beside the program]
    #[arg(long, value_name = "DIR", env = "PHOENIX_WEB")]
    web: Option<PathBuf>,
    /// How the log is written
    #[arg(
        long,
        value_name = "FORMAT",
        env = "PHOENIX_LOG_FORMAT",
        default_value = "text"
    )]
    log: LogFormat,
    /// Have pages load themselves again when the server was built anew
    #[arg(long, hide = true)]
    reload: bool,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line, for programs
    Json,
}

impl Serve {
    pub(super) fn run(self) -> Result<()> {
        let home = self
            .home
            .or_else(resolve::default_home)
            .ok_or_else(|| Failure::serve(ServeProblem::NoHome))?;
        let web = self
            .web
            .or_else(built)
            .ok_or_else(|| Failure::serve(ServeProblem::NotBuilt))?;
        serve::run(Settings {
            listen: self.listen,
            store: resolve::store_of(&home),
            home,
            web,
            json_log: self.log == LogFormat::Json,
            reload: self.reload,
        })
    }
}

/// The built web app: beside the program where it is installed, one folder above it where cargo
/// built it.
fn built() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let beside = program.parent()?;
    [Some(beside), beside.parent()]
        .into_iter()
        .flatten()
        .map(|folder| folder.join("site"))
        .find(|folder| folder.join("manifest.json").is_file())
}
