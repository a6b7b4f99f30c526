//! The executor's end towards the server. It runs by itself: what the server says comes out of a
//! channel, and what is to be said is left at a counter, so that nobody who trades ever waits for
//! the network.
//!
//! ```text
//! address     where the server may be
//! credential  the key, and where the system keeps it
//! pairing     how this computer gets its key
//! wire        what the parts below share: the client, whom to tell, whether the server answers
//!   beat      heartbeats: whether the server answers, and the commands where no stream is open
//!   stream    the open connection on which commands come at once
//!   follow    which strategies are live
//!     strategy  whether a document is what it is said to be, and is understood
//!     cache     the last list, for when the server is out of reach
//!     grace     for how long that list counts
//!   post      reports and receipts: again until the server has them
//!     verdict   what a refusal means for what was sent
//!   errand    what the server is told of the broker
//!   command   each command once, and none that is too late
//!   pause     how long to wait before trying again
//! clock       the time here, and the server's
//! ```
//! Nothing is kept here across a restart but the last list of strategies. Reports and receipts are
//! the journal's: it gives them again until it is told that the server has them.

mod address;
mod beat;
mod cache;
mod clock;
mod command;
pub mod credential;
mod errand;
mod follow;
mod grace;
pub mod pairing;
mod pause;
mod post;
mod release;
mod strategy;
mod stream;
mod verdict;
mod wire;

pub use address::BadAddress;
pub use credential::Secret;
pub use strategy::Strangeness;

pub use self::release::Newer;

use self::{
    post::Waiting,
    wire::{Brought, Wire},
};
use crate::share::{Errand, Return};
use protocol::{
    api::{
        command::{Command, Outcome, Receipt},
        heartbeat::Health,
        report::Report,
        strategy::ActiveStrategies,
        supervision::{Advice, Supervision},
        text::{Label, MAX_REMARK, Remark},
    },
    client::Client,
    id::{AccountId, BrokerAccountId, CommandId, StrategyId},
};
use std::{path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    runtime,
    sync::{mpsc, watch},
};

/// How many messages wait for whoever reads them.
const UNREAD: usize = 256;
/// How many reports, and how many receipts, wait here for the server: what is more stays in the
/// journal.
const COUNTER: usize = 256;

/// What the uplink has to know.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The server's address, such as `https://lab.example.org`.
    pub server: String,
    /// What this computer is called, as its owner sees it.
    pub name: Label,
    /// The version of this program.
    pub version: Label,
    /// The key.
    pub credential: Secret,
    /// In which file the last list of strategies is kept; none keeps it nowhere.
    pub cache: Option<PathBuf>,
    /// How often, and how long.
    pub pace: Pace,
}

/// How often something is done, and how long something counts.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// From one heartbeat to the next.
    pub beat: Duration,
    /// From one look at the live strategies to the next: that the plan pauses one is never told.
    pub look: Duration,
    /// How long to wait after the first failure; twice as long after each other one, less a random
    /// part of up to a half, so that not all executors come back at once.
    pub first_pause: Duration,
    /// The longest such wait.
    pub longest_pause: Duration,
    /// How long the last list of strategies counts where the server does not confirm it.
    pub grace: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            beat: Duration::from_secs(10),
            look: Duration::from_mins(1),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(1),
            grace: Duration::from_hours(72),
        }
    }
}

/// By which name the journal knows a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportToken(pub u64);

/// What comes from the server, or is to be known of it.
#[derive(Debug, Clone, PartialEq)]
pub enum FromServer {
    /// Everything that trades, as it is from now on: each document is what its hash says, and is
    /// understood here. From the server, or the last list that it gave where it is out of reach.
    /// After [`GraceOver`](Self::GraceOver) it says that the server has confirmed it again.
    Strategies(ActiveStrategies),
    /// A live strategy that is not in the list, since it cannot be traded here.
    Strange {
        /// Which.
        strategy: StrategyId,
        /// Which version.
        version: i64,
        /// Why.
        why: Strangeness,
    },
    /// Something is to be done at once; each is told once as long as this program runs.
    Command(Command),
    /// The server has a report.
    Reported {
        /// Which.
        token: ReportToken,
        /// What the server calls its account.
        account: Option<BrokerAccountId>,
    },
    /// The server does not take a report.
    NotReported {
        /// Which.
        token: ReportToken,
        /// Why, in words.
        why: String,
        /// Whether it may take it later, such as when the plan allows more accounts. It is not sent
        /// again by itself.
        is_later: bool,
    },
    /// The server knows what became of a command.
    Receipted(CommandId),
    /// The server does not take what is said of a command, such as since its time was over.
    NotReceipted {
        /// Which.
        command: CommandId,
        /// Why, in words.
        why: String,
        /// Whether it may take it later. It is not sent again by itself.
        is_later: bool,
    },
    /// The server answers. Told when that changes.
    Online,
    /// The server does not answer, or not as one should. Told when that or the reason changes.
    Offline {
        /// Why, in words.
        why: String,
    },
    /// The server answers, but something does not go as it should.
    Trouble {
        /// What, in words.
        why: String,
    },
    /// How far its clock is ahead of this computer's, in milliseconds. Told first of all, and when
    /// that has changed.
    Clock(i64),
    /// Whose this computer is there, where the server says it. Told once, before
    /// [`Online`](Self::Online).
    Owner(Option<AccountId>),
    /// It offers a newer version of this program. Told once for each.
    Newer(Newer),
    /// What came of what the server was to be told of the broker.
    Came(Return),
    /// The list of strategies was not confirmed for too long: nothing new is to be opened until
    /// there is another list. What is open goes on.
    GraceOver,
    /// The key is no longer good. The last message: nothing is asked of the server any more.
    Revoked,
}

/// Why the uplink did not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// The address cannot be the server's.
    #[error(transparent)]
    Address(#[from] BadAddress),
    /// The key has characters that no key has.
    #[error("the key cannot be one")]
    Key,
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    Random,
}

/// There is no room at the counter, or nobody behind it any more: the journal keeps it and gives it
/// again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("as much waits for the server as can wait")]
pub struct NoRoom;

/// The way to say something to the server. The uplink ends when the last clone is gone.
#[derive(Debug, Clone)]
pub struct UplinkHandle {
    reports: mpsc::Sender<Waiting<ReportToken, Report>>,
    receipts: mpsc::Sender<Waiting<CommandId, Receipt>>,
    errands: mpsc::Sender<Errand>,
    health: Arc<watch::Sender<Health>>,
    client: Client,
}

impl UplinkHandle {
    /// Has something reported, again and again until [`FromServer::Reported`] or
    /// [`FromServer::NotReported`] comes.
    ///
    /// # Errors
    /// [`NoRoom`]: then neither of them comes.
    pub fn report(&self, token: ReportToken, report: Report) -> Result<(), NoRoom> {
        let waiting = Waiting {
            name: token,
            what: report,
        };
        self.reports.try_send(waiting).map_err(|_| NoRoom)
    }

    /// Has the server told what became of a command, again and again until
    /// [`FromServer::Receipted`] or [`FromServer::NotReceipted`] comes. What is too long of the text
    /// is cut off.
    ///
    /// # Errors
    /// [`NoRoom`]: then neither of them comes.
    pub fn receipt(&self, command: CommandId, outcome: Outcome, text: &str) -> Result<(), NoRoom> {
        let waiting = Waiting {
            name: command,
            what: Receipt {
                outcome,
                remark: remark(text),
            },
        };
        self.receipts.try_send(waiting).map_err(|_| NoRoom)
    }

    /// What the server advises about an entry; none where it does not answer in that time, or not
    /// with advice.
    pub async fn advice(&self, entry: Supervision, patience: Duration) -> Option<Advice> {
        let asked = self.client.supervise(&entry);
        tokio::time::timeout(patience, asked).await.ok()?.ok()
    }

    /// Has something done at the server that is about the broker; [`FromServer::Came`] says what came
    /// of it.
    ///
    /// # Errors
    /// [`NoRoom`]: then nothing comes of it.
    pub fn errand(&self, errand: Errand) -> Result<(), NoRoom> {
        self.errands.try_send(errand).map_err(|_| NoRoom)
    }

    /// What heartbeats say from now on.
    pub fn health(&self, health: Health) {
        self.health.send_replace(health);
    }
}

/// A text as it may be sent: without what controls a terminal, and no longer than is taken.
fn remark(text: &str) -> Remark {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let short: String = plain.take(MAX_REMARK).collect();
    short.parse().unwrap_or_default()
}

/// The end towards the server.
#[derive(Debug)]
pub struct Uplink;

impl Uplink {
    /// Begins. Until [`UplinkHandle::health`] is called heartbeats say that nothing runs.
    ///
    /// # Errors
    /// [`SetupFault`]; the server is not asked anything before this returns.
    pub fn start(
        settings: Settings,
        runtime: &runtime::Handle,
    ) -> Result<(UplinkHandle, mpsc::Receiver<FromServer>), SetupFault> {
        address::check(&settings.server)?;
        let key = settings.credential.reveal();
        let client = Client::new(&settings.server, Some(key)).map_err(|_| SetupFault::Key)?;
        let asks = client.clone();
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).map_err(|_| SetupFault::Random)?;
        let (to, from_server) = mpsc::channel(UNREAD);
        let (reports, reports_out) = mpsc::channel(COUNTER);
        let (receipts, receipts_out) = mpsc::channel(COUNTER);
        // One after the other: whoever brings the next has heard of the last.
        let (errands, errands_out) = mpsc::channel(1);
        let (health, felt) = watch::channel(Health {
            is_running: false,
            is_connected: false,
            may_trade: false,
            waiting_reports: 0,
            remark: Remark::default(),
        });
        let wire = Wire::new(client, to, settings, u128::from_be_bytes(nonce));
        let brought = Brought {
            reports: reports_out,
            receipts: receipts_out,
            errands: errands_out,
        };
        runtime.spawn(wire::run(wire, felt, brought));
        let handle = UplinkHandle {
            reports,
            receipts,
            errands,
            health: Arc::new(health),
            client: asks,
        };
        Ok((handle, from_server))
    }
}

#[cfg(test)]
impl UplinkHandle {
    /// One whose reports go nowhere: the second gives them.
    pub(crate) fn unheard() -> (Self, impl FnMut() -> Option<(ReportToken, Report)>) {
        let (reports, mut brought) = mpsc::channel(COUNTER);
        let health = Health {
            is_running: false,
            is_connected: false,
            may_trade: false,
            waiting_reports: 0,
            remark: Remark::default(),
        };
        let handle = Self {
            reports,
            receipts: mpsc::channel(1).0,
            errands: mpsc::channel(1).0,
            health: Arc::new(watch::Sender::new(health)),
            client: Client::new("http://localhost", None).unwrap(),
        };
        let next = move || brought.try_recv().ok().map(|one| (one.name, one.what));
        (handle, next)
    }
}

#[cfg(test)]
mod tests {
    use super::remark;

    #[test]
    fn a_text_is_made_fit_to_be_sent() {
        assert_eq!(remark("closed\n 2\u{1b}[2J ").as_str(), "closed  2 [2J");
        assert_eq!(remark(&"\u{e9}".repeat(900)).as_str().chars().count(), 500);
        assert_eq!(remark("\n").as_str(), "");
    }
}
