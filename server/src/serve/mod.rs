//! The web app's server.
//!
//! | file | what |
//! |---|---|
//! | `router.rs` | what answers at which path |
//! | `page.rs` | pages and server functions, with what they need |
//! | `assets.rs` | the built files, held in memory |
//! | `download.rs` | the executor and the Expert Advisor for traders to download |
//! | `history.rs` | price history for the browser |
//! | `packed.rs` | histories that are packed, each once |
//! | `etag.rs` | whether who asks has the answer already |
//! | `squeeze.rs` | bytes in the packing that the browser takes |
//! | `name.rs` | hosts and addresses as the user names them |
//! | `host.rs` | to which names the server answers |
//! | `origin.rs` | from which pages calls are taken |
//! | `visitor.rs` | who asks, by cookie |
//! | `session.rs` | who is signed in where |
//! | `single.rs` | what an account does one at a time |
//! | `around.rs` | announcements and what is unread, on every page |
//! | `notification/` | what traders are told, and how they choose |
//! | `operator/` | the other pages of the administration |
//! | `visit.rs` | a request for a page that the server alone makes |
//! | `account/` | those pages |
//! | `payment.rs` | what payment providers tell us |
//! | `api/` | the HTTP API for machines |
//! | `whole.rs` | what was begun is ended, whoever hangs up |
//! | `peer.rs` | from which network address a request comes |
//! | `forget.rs` | that visitors are here: who stays away is forgotten |
//! | `patience.rs` | connections on which nothing moves |
//! | `headers.rs` | security headers |
//! | `monitor.rs` | what a worker answers to who watches it |
//! | `metrics.rs` | what is counted, for Prometheus |
//! | `span.rs` | what a collector is told of a request |
//! | `request_id.rs` | the name of a request, in its answer and in the log |
//! | `health.rs` | whether the server lives and can work |
//! | `reload.rs` | loads pages again while developing |

mod account;
mod api;
mod around;
mod assets;
mod download;
mod etag;
mod forget;
mod headers;
mod health;
mod history;
mod host;
mod live;
mod metrics;
mod monitor;
mod name;
mod notification;
mod operator;
mod origin;
mod packed;
mod page;
mod patience;
mod payment;
mod peer;
mod problem;
mod reload;
mod request_id;
mod router;
mod session;
mod single;
mod span;
mod squeeze;
mod visit;
mod visitor;
mod whole;

pub(crate) use download::Downloads;
pub(crate) use metrics::Guard as MetricsGuard;
pub(crate) use monitor::Monitor;
pub(crate) use name::{HostName, PublicUrl};
pub(crate) use peer::Proxy;
pub(crate) use problem::ServeProblem;

use host::Hosts;

use crate::{
    account::Desk,
    failure::{Failure, Result},
    interrupt::Watch,
    job::{self, Crew},
    log::{self, LogSettings},
    mailer::{Post, Smtp},
    notify::{Notifier, NotifySettings},
    output,
    problem::Problem,
    till::{BillingFault, BillingSettings, Till},
};
use lettre::{Address, message::Mailbox};
use std::{
    io::ErrorKind,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use storage::{DatabaseAddress, Storage, StorageError};
use tokio::{net::TcpListener, sync::watch, time};
use trading::language::Language;

/// How long requests that are under way may take once the server is asked to stop.
const GRACE: Duration = Duration::from_secs(5);
/// How often the mark of Ctrl-C is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// What the server is started with.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) home: PathBuf,
    pub(crate) store: PathBuf,
    pub(crate) web: PathBuf,
    /// What traders download.
    pub(crate) downloads: Downloads,
    pub(crate) log: LogSettings,
    pub(crate) reload: bool,
    /// Names by which it is reached beside those of this machine.
    pub(crate) hosts: Vec<HostName>,
    pub(crate) public: Option<PublicUrl>,
    /// Proxies whose word is taken; none for one on this machine, where there is a public address.
    pub(crate) proxies: Vec<Proxy>,
    /// What opens `/metrics`.
    pub(crate) metrics: Option<MetricsGuard>,
    /// After how many days visitors are forgotten; 0 for never.
    pub(crate) forget_after: u32,
    /// The database; the file in `home` if there is none.
    pub(crate) database: Option<DatabaseAddress>,
    /// The key that seals secrets; that of the file in `home` if there is none.
    pub(crate) secret_key: Option<String>,
    /// Plans, and the payment providers.
    pub(crate) billing: BillingSettings,
    /// How traders are told.
    pub(crate) notify: NotifySettings,
    /// By which server mail is sent.
    pub(crate) smtp: Option<Smtp>,
    /// From whom mail comes.
    pub(crate) mail_from: Mailbox,
    /// Whether this process does background work too.
    pub(crate) has_worker: bool,
    /// The most bytes that all visitors may keep.
    pub(crate) room: i64,
    /// Of what is said on the terminal.
    pub(crate) language: Language,
}

/// From whom mail comes where nobody says.
pub(crate) fn sender() -> Mailbox {
    // Both parts are words of letters: they are an address.
    #[expect(clippy::expect_used, reason = "it is the same at every start")]
    let address = Address::new("phoenix", "localhost").expect("an address");
    Mailbox::new(Some("Phoenix".to_owned()), address)
}

/// What requests are answered with.
#[derive(Debug, Clone)]
struct Context {
    desk: Desk,
    till: Till,
    notifier: Notifier,
    house: Arc<operator::House>,
    has_smtp: bool,
    assets: Arc<assets::Files>,
    downloads: Arc<Downloads>,
    histories: Arc<history::Histories>,
    hosts: Arc<Hosts>,
    public: Option<Arc<PublicUrl>>,
    proxies: Arc<peer::Proxies>,
    /// Who may read what is counted, where that needs a token.
    metrics: Option<MetricsGuard>,
    /// True once the server is asked to stop.
    stopping: watch::Receiver<bool>,
    reload: bool,
}

/// Serves until it is asked to stop.
pub(crate) fn run(settings: Settings) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::own(Problem::Serve(ServeProblem::Runtime(error))))?;
    runtime.block_on(serve(settings))
}

async fn serve(mut settings: Settings) -> Result<()> {
    let exporter = log::start(std::mem::take(&mut settings.log));
    // From here on Ctrl-C asks; a second one ends at once.
    let interrupted = Watch::new();
    let assets = assets::Files::read(&settings.web, settings.reload)?;
    let listener = listen(settings.listen).await?;
    let database = settings.database.as_ref();
    let storage = open(&settings.home, database, settings.room).await?;
    let desk = desk(&storage, &settings.home, settings.secret_key.as_deref())?;
    let till = Till::open(storage.clone(), settings.billing)
        .map_err(|fault| Failure::serve(ServeProblem::Billing(fault)))?;
    let address = listener.local_addr()?;
    let origin = settings.public.as_ref().map(|public| public.origin.clone());
    let origin = origin.unwrap_or_else(|| format!("http://{address}"));
    let notifier = notifier(desk.clone(), settings.notify, origin)?;
    let hosts = Hosts::new(address, settings.hosts, settings.public.as_ref());
    till.watch();
    notifier.watch();
    let (stop, stopping) = watch::channel(false);
    let has_smtp = settings.smtp.is_some();
    let crew = Crew {
        storage: storage.clone(),
        till: till.clone(),
        notifier: notifier.clone(),
        post: Post {
            smtp: settings.smtp,
            from: settings.mail_from,
        },
        forget_after: settings.forget_after,
    };
    let work = settings.has_worker.then(|| crew.start(stopping.clone()));
    let context = Context {
        desk,
        till,
        notifier,
        house: Arc::new(operator::House::new(&settings.home)),
        has_smtp,
        assets: Arc::new(assets),
        downloads: Arc::new(settings.downloads),
        histories: Arc::new(history::Histories::new(settings.store)),
        hosts: Arc::new(hosts),
        proxies: Arc::new(peer::Proxies::new(
            settings.proxies,
            settings.public.is_some(),
        )),
        metrics: settings.metrics,
        public: settings.public.map(Arc::new),
        stopping: stopping.clone(),
        reload: settings.reload,
    };
    let ready = match settings.language {
        Language::En => "Phoenix is ready",
        Language::Id => "Phoenix siap",
    };
    output::print(&format!("{ready}: http://{address}"))?;
    tracing::info!(%address, home = %settings.home.display(), "ready");

    let mut asked = stopping.clone();
    let service = router::router(context).into_make_service_with_connect_info::<peer::Peer>();
    let server =
        axum::serve(patience::Patient(listener), service).with_graceful_shutdown(async move {
            // The sender is gone only when the server is.
            let _ = asked.wait_for(|stop| *stop).await;
        });
    let server = tokio::spawn(server.into_future());
    let mut clock = time::interval(LOOK);
    while !interrupted.stopped() && !server.is_finished() {
        clock.tick().await;
    }
    tracing::info!("stopping");
    stop.send_replace(true);
    let worked = async {
        match work {
            Some(work) => time::timeout(job::GRACE, work).await.is_ok(),
            None => true,
        }
    };
    let (served, worked) = tokio::join!(time::timeout(GRACE, server), worked);
    if served.is_err() {
        tracing::warn!("some requests were still under way");
    }
    if !worked {
        tracing::warn!("some jobs were still under way");
    }
    storage.close().await;
    tracing::info!("stopped");
    if let Some(exporter) = exporter {
        exporter.close().await;
    }
    Ok(())
}

/// Opens the database: the one that is named, else the file in the folder.
pub(crate) async fn open(
    home: &Path,
    database: Option<&DatabaseAddress>,
    room: i64,
) -> Result<Storage> {
    match database {
        None => storage::open_with_room(home, room).await.map_err(opening),
        Some(address) => storage::connect(address, room)
            .await
            .map_err(|error| Failure::own(Problem::Serve(ServeProblem::Database(error)))),
    }
}

/// Opens the desk of the accounts.
pub(crate) fn desk(storage: &Storage, home: &Path, key: Option<&str>) -> Result<Desk> {
    Desk::open(storage.clone(), home, key)
        .map_err(|problem| Failure::serve(ServeProblem::Key(problem)))
}

/// Opens what traders are told from; `origin` is what links to us begin with.
pub(crate) fn notifier(desk: Desk, settings: NotifySettings, origin: String) -> Result<Notifier> {
    Notifier::open(desk, settings, origin).map_err(|error| {
        let fault = BillingFault(error.to_string());
        Failure::serve(ServeProblem::Billing(fault))
    })
}

async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::serve(match error.kind() {
            ErrorKind::AddrInUse => ServeProblem::AddressInUse(address),
            ErrorKind::PermissionDenied => ServeProblem::AddressRefused(address),
            _ => ServeProblem::Address(address, error),
        })
    })
}

fn opening(error: StorageError) -> Failure {
    match error {
        StorageError::Folder { path, error } => {
            Failure::serve(ServeProblem::Folder { path, error })
        }
        error => Failure::own(Problem::Serve(ServeProblem::Database(error))),
    }
}
