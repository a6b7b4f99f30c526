//! `phoenix serve`: the web app.

use super::database::{DatabaseChoice, Said};
use crate::{
    failure::{Failure, Result},
    mailer::Smtp,
    resolve,
    serve::{self, HostName, PublicUrl, ServeProblem, Settings},
    till::BillingSettings,
};
use clap::{Args, ValueEnum};
use lettre::message::Mailbox;
use std::{env, net::SocketAddr, path::PathBuf};
use trading::language::Language;

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
    /// A name by which the server is reached, beside localhost and the address that it listens on;
    /// may be given several times
    #[arg(
        long = "host",
        value_name = "NAME",
        env = "PHOENIX_HOSTS",
        value_delimiter = ','
    )]
    hosts: Vec<Said<HostName>>,
    /// The address that visitors see, where a proxy stands before the server; with https:// cookies
    /// are for HTTPS alone
    #[arg(long, value_name = "URL", env = "PHOENIX_PUBLIC_URL")]
    public_url: Option<Said<PublicUrl>>,
    /// After how many days without a visit a visitor's strategies and runs are removed; 0 for never
    #[arg(
        long,
        value_name = "DAYS",
        env = "PHOENIX_FORGET_VISITORS_AFTER",
        default_value_t = 0
    )]
    forget_visitors_after: u32,
    /// How much all visitors together may keep, in megabytes
    #[arg(
        long,
        value_name = "MB",
        env = "PHOENIX_VISITORS_SPACE",
        default_value_t = (storage::MAX_BYTES >> 20) as u32
    )]
    visitors_space: u32,
    #[command(flatten)]
    database: DatabaseChoice,
    /// By which server mail is sent, as smtps://user:password@host; without one, mail is kept in
    /// the outbox and written to the log. It holds a password: name it in PHOENIX_SMTP
    #[arg(long, value_name = "URL", env = "PHOENIX_SMTP", hide_env_values = true)]
    smtp: Option<Said<Smtp>>,
    /// From whom mail comes
    #[arg(
        long,
        value_name = "MAILBOX",
        env = "PHOENIX_MAIL_FROM",
        default_value = "Phoenix <phoenix@localhost>"
    )]
    mail_from: Mailbox,
    /// Leave background work, such as sending mail, to `phoenix worker`; needs PostgreSQL
    #[arg(long, env = "PHOENIX_NO_WORKER", value_parser = clap::builder::FalseyValueParser::new())]
    no_worker: bool,
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
    pub(super) fn run(self, language: Language) -> Result<()> {
        let home = self
            .home
            .or_else(resolve::default_home)
            .ok_or_else(|| Failure::serve(ServeProblem::NoHome))?;
        let web = self
            .web
            .or_else(built)
            .ok_or_else(|| Failure::serve(ServeProblem::NotBuilt))?;
        let billing = BillingSettings::read(|name| env::var(name).ok())
            .map_err(|faults| Failure::serve(ServeProblem::Billing(faults)))?;
        serve::run(Settings {
            billing,
            listen: self.listen,
            store: resolve::store_of(&home),
            home,
            web,
            json_log: self.log == LogFormat::Json,
            reload: self.reload,
            hosts: self.hosts.into_iter().filter_map(|said| said.0).collect(),
            public: self.public_url.and_then(|said| said.0),
            forget_after: self.forget_visitors_after,
            database: self.database.address(),
            secret_key: self.database.key(),
            smtp: self.smtp.and_then(|said| said.0),
            mail_from: self.mail_from,
            has_worker: !self.no_worker,
            room: i64::from(self.visitors_space) << 20,
            language,
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
