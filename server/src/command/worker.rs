//! `phoenix worker`: background work alone.

use super::serve::SealText;
use crate::{
    failure::{Failure, Result},
    interrupt::Watch,
    job::{self, Crew},
    log::{self, LogSettings},
    mailer::{Post, Smtp},
    notify::NotifySettings,
    output,
    problem::Problem,
    resolve,
    serve::{self, MetricsGuard, Monitor, PublicUrl, ServeProblem},
    setting,
    till::{BillingSettings, Till},
};
use clap::Args;
use std::{env, net::SocketAddr, path::PathBuf, time::Duration};
use storage::DatabaseAddress;
use tokio::{sync::watch, time};
use trading::language::Language;

/// How often the mark of Ctrl-C is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Options of `phoenix worker`. Those that `phoenix serve` has too mean the same, and the same
/// variables and file are read.
#[derive(Debug, Args)]
pub(crate) struct Worker {
    /// A file of settings, in TOML; options and variables come before what it says
    #[arg(long, value_name = "FILE", env = "PHOENIX_CONFIG")]
    config: Option<PathBuf>,
    /// Folder of this installation [env: PHOENIX_HOME] [default: ~/.local/share/phoenix]
    #[arg(long, value_name = "DIR")]
    home: Option<String>,
    /// The PostgreSQL database, as postgres://user@host/name. It may hold a password: name it in
    /// PHOENIX_DATABASE_URL
    #[arg(long = "database", value_name = "URL")]
    database: Option<String>,
    /// The address that visitors see: what links in messages begin with [env: PHOENIX_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Address and port at which /metrics, /healthz and /readyz answer [env: PHOENIX_MONITOR]
    /// [default: nowhere]
    #[arg(long, value_name = "ADDRESS")]
    monitor: Option<String>,
    /// After how many days without a visit a visitor's strategies and runs are removed; 0 for never
    /// [env: PHOENIX_FORGET_VISITORS_AFTER] [default: 0]
    #[arg(long, value_name = "DAYS")]
    forget_visitors_after: Option<String>,
    /// By which server mail is sent, as smtps://user:password@host; without one, mail is kept in
    /// the outbox and written to the log. It holds a password: name it in PHOENIX_SMTP
    #[arg(long, value_name = "URL")]
    smtp: Option<String>,
    /// From whom mail comes [env: PHOENIX_MAIL_FROM] [default: Phoenix <phoenix@localhost>]
    #[arg(long, value_name = "MAILBOX")]
    mail_from: Option<String>,
    /// How the log is written: text, or json with one object a line [env: PHOENIX_LOG_FORMAT]
    /// [default: text]
    #[arg(long, value_name = "FORMAT")]
    log: Option<String>,
}

/// What options, variables and the file say together.
struct Settings {
    home: PathBuf,
    database: DatabaseAddress,
    secret_key: String,
    public: PublicUrl,
    billing: BillingSettings,
    notify: NotifySettings,
    post: Post,
    forget_after: u32,
    monitor: Option<SocketAddr>,
    metrics: Option<MetricsGuard>,
    log: LogSettings,
}

impl Worker {
    pub(super) fn run(self, language: Language) -> Result<()> {
        let settings = self.settings()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::own(Problem::Serve(ServeProblem::Runtime(error))))?;
        runtime.block_on(settings.work(language))
    }

    fn settings(self) -> Result<Settings> {
        let one = |text: Option<String>| text.into_iter().collect();
        let options = vec![
            ("home", one(self.home)),
            ("database_url", one(self.database)),
            ("public_url", one(self.public_url)),
            ("monitor", one(self.monitor)),
            ("forget_visitors_after", one(self.forget_visitors_after)),
            ("smtp", one(self.smtp)),
            ("mail_from", one(self.mail_from)),
            ("log_format", one(self.log)),
        ];
        let variable = |name: &str| env::var(name).ok();
        let config = self.config.filter(|path| !path.as_os_str().is_empty());
        let mut said = setting::Settings::read(options, variable, config.as_deref());
        let billing = BillingSettings::read(&mut said);
        let notify = NotifySettings::read(&mut said);
        let database: Option<DatabaseAddress> = said.one("database_url");
        let forget_after = said.one("forget_visitors_after").unwrap_or_default();
        let (smtp, from) = (said.one::<Smtp>("smtp"), said.one("mail_from"));
        let log = LogSettings::read(&mut said);
        let (monitor, metrics) = (said.one("monitor"), said.one("metrics_token"));
        // What servers sealed is opened here, and messages lead back to them.
        let secret_key: Option<SealText> = said.one("secret_key");
        let public = said.one("public_url");
        if database.is_some() {
            said.need("secret_key");
            said.need("public_url");
        }
        let home: Option<PathBuf> = said.one("home");
        if let Some(faults) = said.faults() {
            return Err(Failure::serve(ServeProblem::Settings(faults)));
        }
        let (Some(database), Some(SealText(secret_key)), Some(public)) =
            (database, secret_key, public)
        else {
            return Err(Failure::serve(ServeProblem::WorkerAlone));
        };
        Ok(Settings {
            // Not used: the database is elsewhere.
            home: home.or_else(resolve::default_home).unwrap_or_default(),
            database,
            secret_key,
            public,
            billing,
            notify,
            post: Post {
                smtp,
                from: from.unwrap_or_else(serve::sender),
            },
            forget_after,
            monitor,
            metrics,
            log,
        })
    }
}

impl Settings {
    async fn work(self, language: Language) -> Result<()> {
        let exporter = log::start(self.log);
        // From here on Ctrl-C asks; a second one ends at once.
        let interrupted = Watch::new();
        let storage = serve::open(&self.home, Some(&self.database), storage::MAX_BYTES).await?;
        let till = Till::open(storage.clone(), self.billing)
            .map_err(|fault| Failure::serve(ServeProblem::Billing(fault)))?;
        let desk = serve::desk(&storage, &self.home, Some(&self.secret_key))?;
        let notifier = serve::notifier(desk, self.notify, self.public.origin)?;
        till.watch();
        notifier.watch();
        let (stop, stopping) = watch::channel(false);
        let mut watched = String::new();
        if let Some(address) = self.monitor {
            let monitor = Monitor {
                storage: storage.clone(),
                metrics: self.metrics,
                stopping: stopping.clone(),
            };
            watched = format!(": http://{}", monitor.start(address).await?);
        }
        let crew = Crew {
            storage: storage.clone(),
            till,
            notifier,
            post: self.post,
            forget_after: self.forget_after,
        };
        let work = crew.start(stopping);
        let works = match language {
            Language::En => "Phoenix works in the background",
            Language::Id => "Phoenix bekerja di latar belakang",
        };
        output::print(&format!("{works}{watched}"))?;
        tracing::info!("working");
        let mut clock = time::interval(LOOK);
        while !interrupted.stopped() && !work.is_finished() {
            clock.tick().await;
        }
        tracing::info!("stopping");
        stop.send_replace(true);
        if time::timeout(job::GRACE, work).await.is_err() {
            tracing::warn!("some jobs were still under way");
        }
        storage.close().await;
        tracing::info!("stopped");
        if let Some(exporter) = exporter {
            exporter.close().await;
        }
        Ok(())
    }
}
