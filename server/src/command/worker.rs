//! `phoenix worker`: background work alone.

use super::{
    database::{DatabaseChoice, Said},
    serve::LogFormat,
};
use crate::{
    failure::{Failure, Result},
    interrupt::Watch,
    job::{self, Crew},
    mailer::{Post, Smtp},
    output,
    problem::Problem,
    resolve,
    serve::{self, ServeProblem},
    till::{BillingSettings, Till},
};
use clap::Args;
use lettre::message::Mailbox;
use std::{env, path::PathBuf, time::Duration};
use tokio::{sync::watch, time};
use trading::language::Language;

/// How often the mark of Ctrl-C is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Options of `phoenix worker`. Those that `phoenix serve` has too mean the same.
#[derive(Debug, Args)]
pub(crate) struct Worker {
    /// Folder of this installation [default: ~/.local/share/phoenix]
    #[arg(long, value_name = "DIR", env = "PHOENIX_HOME")]
    home: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseChoice,
    /// After how many days without a visit a visitor's strategies and runs are removed; 0 for never
    #[arg(
        long,
        value_name = "DAYS",
        env = "PHOENIX_FORGET_VISITORS_AFTER",
        default_value_t = 0
    )]
    forget_visitors_after: u32,
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
    /// How the log is written
    #[arg(
        long,
        value_name = "FORMAT",
        env = "PHOENIX_LOG_FORMAT",
        default_value = "text"
    )]
    log: LogFormat,
}

impl Worker {
    pub(super) fn run(self, language: Language) -> Result<()> {
        if self.database.address().is_none() {
            return Err(Failure::serve(ServeProblem::WorkerAlone));
        }
        let billing = BillingSettings::read(|name| env::var(name).ok())
            .map_err(|faults| Failure::serve(ServeProblem::Billing(faults)))?;
        serve::log(self.log == LogFormat::Json);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|error| Failure::own(Problem::Serve(ServeProblem::Runtime(error))))?;
        runtime.block_on(self.work(billing, language))
    }

    async fn work(self, billing: BillingSettings, language: Language) -> Result<()> {
        // From here on Ctrl-C asks; a second one ends at once.
        let interrupted = Watch::new();
        // Not used: the database is elsewhere.
        let home = self.home.or_else(resolve::default_home).unwrap_or_default();
        let address = self.database.address();
        let storage = serve::open(&home, address.as_ref(), storage::MAX_BYTES).await?;
        let till = Till::open(storage.clone(), billing)
            .map_err(|faults| Failure::serve(ServeProblem::Billing(faults)))?;
        let crew = Crew {
            storage: storage.clone(),
            till,
            post: Post {
                smtp: self.smtp.and_then(|said| said.0),
                from: self.mail_from,
            },
            forget_after: self.forget_visitors_after,
        };
        let (stop, stopping) = watch::channel(false);
        let work = crew.start(stopping);
        output::print(match language {
            Language::En => "Phoenix works in the background",
            Language::Id => "Phoenix bekerja di latar belakang",
        })?;
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
        Ok(())
    }
}
