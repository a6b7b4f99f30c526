//! `phoenix serve`: the web app.

use crate::{
    failure::{Failure, Result},
    log::LogSettings,
    notify::NotifySettings,
    output, resolve,
    serve::{self, Downloads, ServeProblem, Settings},
    setting::{self, What},
    till::BillingSettings,
};
use clap::Args;
use identity::SealKey;
use std::{
    env,
    path::{Path, PathBuf},
    str::FromStr,
};
use trading::language::Language;

/// Options of `phoenix serve`. All of them are texts here: what is wrong with them is told together
/// with what is wrong in variables and in the file.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// A file of settings, in TOML; options and variables come before what it says
    #[arg(long, value_name = "FILE", env = "PHOENIX_CONFIG")]
    config: Option<PathBuf>,
    /// Only say whether the settings are as they should be
    #[arg(long)]
    check: bool,
    /// Address and port to listen on; port 0 takes any free one [env: PHOENIX_LISTEN] [default:
    /// 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Folder of the database and of imported history [env: PHOENIX_HOME] [default:
    /// ~/.local/share/phoenix]
    #[arg(long, value_name = "DIR")]
    home: Option<String>,
    /// Folder of the built web app [env: PHOENIX_WEB] [default: `site` beside the program]
    #[arg(long, value_name = "DIR")]
    web: Option<String>,
    /// Folder of what traders download: the executor and the Expert Advisor [env:
    /// PHOENIX_DOWNLOADS] [default: nothing is offered]
    #[arg(long, value_name = "DIR")]
    downloads: Option<String>,
    /// A name by which the server is reached, beside localhost and the address that it listens on;
    /// may be given several times [env: PHOENIX_HOSTS]
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// The address that visitors see, where a proxy stands before the server; with https:// cookies
    /// are for HTTPS alone [env: PHOENIX_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// A proxy, or a network of proxies, whose X-Forwarded-For is believed; may be given several
    /// times [env: PHOENIX_TRUSTED_PROXIES] [default: this machine, with --public-url]
    #[arg(long = "trusted-proxy", value_name = "ADDRESS")]
    trusted_proxies: Vec<String>,
    /// After how many days without a visit a visitor's strategies and runs are removed; 0 for never
    /// [env: PHOENIX_FORGET_VISITORS_AFTER] [default: 0]
    #[arg(long, value_name = "DAYS")]
    forget_visitors_after: Option<String>,
    /// How much all visitors together may keep, in megabytes [env: PHOENIX_VISITORS_SPACE]
    /// [default: 2048]
    #[arg(long, value_name = "MB")]
    visitors_space: Option<String>,
    /// The PostgreSQL database, as postgres://user@host/name; without one, a file in the home
    /// folder. It may hold a password: name it in PHOENIX_DATABASE_URL
    #[arg(long = "database", value_name = "URL")]
    database: Option<String>,
    /// By which server mail is sent, as smtps://user:password@host; without one, mail is kept in
    /// the outbox and written to the log. It holds a password: name it in PHOENIX_SMTP
    #[arg(long, value_name = "URL")]
    smtp: Option<String>,
    /// From whom mail comes [env: PHOENIX_MAIL_FROM] [default: Phoenix <phoenix@localhost>]
    #[arg(long, value_name = "MAILBOX")]
    mail_from: Option<String>,
    /// Leave background work, such as sending mail, to `phoenix worker`; needs PostgreSQL [env:
    /// PHOENIX_NO_WORKER]
    #[arg(long)]
    no_worker: bool,
    /// How the log is written: text, or json with one object a line [env: PHOENIX_LOG_FORMAT]
    /// [default: text]
    #[arg(long, value_name = "FORMAT")]
    log: Option<String>,
    /// Have pages load themselves again when the server was built anew
    #[arg(long, hide = true)]
    reload: bool,
}

/// Yes or no.
struct Switch(bool);

impl FromStr for Switch {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Ok(Self(true)),
            "false" | "no" | "off" | "0" => Ok(Self(false)),
            _ => Err(()),
        }
    }
}

/// The text of a key that seals secrets.
pub(super) struct SealText(pub(super) String);

impl FromStr for SealText {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        SealKey::from_text(text).map_err(|_| ())?;
        Ok(Self(text.to_owned()))
    }
}

impl Serve {
    pub(super) fn run(self, language: Language) -> Result<()> {
        let is_check = self.check;
        let settings = self.settings(language)?;
        if is_check {
            return output::print(match language {
                Language::En => "The settings are as they should be.",
                Language::Id => "Semua pengaturan sudah benar.",
            });
        }
        serve::run(settings)
    }

    /// What options, variables and the file say together.
    fn settings(self, language: Language) -> Result<Settings> {
        let one = |text: Option<String>| text.into_iter().collect();
        let options = vec![
            ("listen", one(self.listen)),
            ("home", one(self.home)),
            ("web", one(self.web)),
            ("downloads", one(self.downloads)),
            ("hosts", self.hosts),
            ("public_url", one(self.public_url)),
            ("trusted_proxies", self.trusted_proxies),
            ("forget_visitors_after", one(self.forget_visitors_after)),
            ("visitors_space", one(self.visitors_space)),
            ("database_url", one(self.database)),
            ("smtp", one(self.smtp)),
            ("mail_from", one(self.mail_from)),
            ("log_format", one(self.log)),
            ("no_worker", one(self.no_worker.then(|| "true".to_owned()))),
        ];
        let variable = |name: &str| env::var(name).ok();
        let config = self.config.filter(|path| !path.as_os_str().is_empty());
        let mut said = setting::Settings::read(options, variable, config.as_deref());
        let billing = BillingSettings::read(&mut said);
        let notify = NotifySettings::read(&mut said);
        let no_worker = said.one("no_worker").is_some_and(|Switch(on)| on);
        let listen = said.one("listen");
        let (hosts, public) = (said.many("hosts"), said.one("public_url"));
        let (proxies, metrics) = (said.many("trusted_proxies"), said.one("metrics_token"));
        let forget_after = said.one("forget_visitors_after").unwrap_or_default();
        let space: Option<u32> = said.one("visitors_space");
        let database = said.one("database_url");
        let secret_key: Option<SealText> = said.one("secret_key");
        let (smtp, mail_from) = (said.one("smtp"), said.one("mail_from"));
        let log = LogSettings::read(&mut said);
        let home = said.one("home").or_else(resolve::default_home);
        let web = said.one("web").or_else(built);
        let downloads = downloads(&mut said);
        together(&mut said, home.as_deref(), web.as_deref(), no_worker);
        if let Some(faults) = said.faults() {
            return Err(Failure::serve(ServeProblem::Settings(faults)));
        }
        // Without one of these there was a fault.
        let (home, web) = (home.unwrap_or_default(), web.unwrap_or_default());
        Ok(Settings {
            listen: listen.unwrap_or_else(|| ([127, 0, 0, 1], 8080).into()),
            store: resolve::store_of(&home),
            home,
            web,
            downloads,
            log,
            reload: self.reload,
            hosts,
            public,
            proxies,
            metrics,
            forget_after,
            database,
            secret_key: secret_key.map(|key| key.0),
            billing,
            notify,
            has_worker: !no_worker,
            smtp,
            mail_from: mail_from.unwrap_or_else(serve::sender),
            room: space.map_or(storage::MAX_BYTES, |megabytes| i64::from(megabytes) << 20),
            language,
        })
    }
}

/// What has to be right of several settings together, and of what is there where nothing was said:
/// whatever the server would refuse to start with.
fn together(
    said: &mut setting::Settings,
    home: Option<&Path>,
    web: Option<&Path>,
    no_worker: bool,
) {
    if home.is_none() {
        said.fault("home", What::NoHome);
    }
    if !web.is_some_and(is_built) {
        said.fault("web", What::NotBuilt(web.map(Path::to_owned)));
    }
    if no_worker && !said.is_said("database_url") {
        said.fault("no_worker", What::NobodyWorks);
    }
    // Links from there lead back here.
    for elsewhere in ["smtp", "stripe_key", "midtrans_key"] {
        said.need_beside("public_url", elsewhere);
    }
}

/// What traders download; nothing where no folder is named.
fn downloads(said: &mut setting::Settings) -> Downloads {
    let Some(folder): Option<PathBuf> = said.one("downloads") else {
        return Downloads::default();
    };
    Downloads::read(&folder).unwrap_or_else(|error| {
        said.fault("downloads", What::NamedFile(folder, error.to_string()));
        Downloads::default()
    })
}

/// Whether there is a built web app in a folder.
fn is_built(folder: &Path) -> bool {
    folder.join("manifest.json").is_file()
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
        .find(|folder| is_built(folder))
}
