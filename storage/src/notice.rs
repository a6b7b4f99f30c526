//! That something happened, told at once to whoever listens: in this process by a channel, and
//! where several processes share a PostgreSQL database, through it.
//!
//! A notice says only what to look at: it is told when the rows are there already, and who missed
//! one (see [`Heard::Gap`]) reads the rows.

use crate::{
    Result, StorageError,
    database::{Database, Turn, sql},
};
use protocol::id::{AccountId, BrokerAccountId, CommandId, CredentialId, ExecutorId, StrategyId};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::{OnceCell, broadcast};
use uuid::Uuid;

/// How many notices may wait for a listener; one that is slower has a gap.
const WAITING: usize = 1_024;
/// The same of a listener to one account.
const FEW_WAITING: usize = 64;
/// How many may listen to one account, at each process.
pub const MAX_EARS: usize = 64;
/// The channel's name in PostgreSQL.
const CHANNEL: &str = "phoenix";
/// How long to rest where the database is out of reach.
const REST: Duration = Duration::from_millis(500);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A command was given.
    CommandQueued(CommandId),
    /// A command went further.
    CommandChanged(CommandId),
    /// Something new was reported of an account at a broker.
    Reported(BrokerAccountId),
    /// An executor was heard of.
    ExecutorSeen(ExecutorId),
    /// A key opens nothing any more.
    CredentialRevoked(CredentialId),
    /// A strategy trades, or no more, or in another version.
    StrategyChanged(StrategyId),
}

/// That something happened, and to whose account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whose.
    pub account: AccountId,
    /// What.
    pub subject: Subject,
}

/// What a listener hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something happened.
    Notice(Notice),
    /// Some notices may be lost.
    Gap,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, id) = match self.subject {
            Subject::CommandQueued(id) => ("command-queued", id.0),
            Subject::CommandChanged(id) => ("command-changed", id.0),
            Subject::Reported(id) => ("reported", id.0),
            Subject::ExecutorSeen(id) => ("executor-seen", id.0),
            Subject::CredentialRevoked(id) => ("credential-revoked", id.0),
            Subject::StrategyChanged(id) => ("strategy-changed", id.0),
        };
        write!(f, "{} {word} {id}", self.account)
    }
}

impl Notice {
    /// Reads what `Display` writes; `None` where a later version speaks of more.
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let account: Uuid = words.next()?.parse().ok()?;
        let kind = words.next()?;
        let id: Uuid = words.next()?.parse().ok()?;
        let subject = match kind {
            "command-queued" => Subject::CommandQueued(CommandId(id)),
            "command-changed" => Subject::CommandChanged(CommandId(id)),
            "reported" => Subject::Reported(BrokerAccountId(id)),
            "executor-seen" => Subject::ExecutorSeen(ExecutorId(id)),
            "credential-revoked" => Subject::CredentialRevoked(CredentialId(id)),
            "strategy-changed" => Subject::StrategyChanged(StrategyId(id)),
            _ => return None,
        };
        Some(Self {
            account: AccountId(account),
            subject,
        })
    }
}

/// Where notices are told and heard. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub struct Notices(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    hub: Hub,
    /// Filled once somebody listens to PostgreSQL: the command line never does.
    listening: OnceCell<()>,
}

impl Notices {
    pub(crate) fn new(database: Database) -> Self {
        Self(Arc::new(Inner {
            database,
            hub: Hub::new(),
            listening: OnceCell::new(),
        }))
    }

    /// Listens. Whatever is told after this returns is heard, or there is a [`Heard::Gap`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn subscribe(&self) -> Result<Ears> {
        let ears = Ears(self.0.hub.all.subscribe());
        self.begin().await?;
        Ok(ears)
    }

    /// The same of one account: nobody is woken by what is somebody else's.
    ///
    /// # Errors
    /// [`StorageError::TooMany`] where [`MAX_EARS`] listen to it already.
    pub async fn subscribe_to(&self, account: AccountId) -> Result<Ears> {
        let ears = self.0.hub.of(account);
        let ears = Ears(ears.ok_or(StorageError::TooMany(MAX_EARS as i64))?);
        self.begin().await?;
        Ok(ears)
    }

    async fn begin(&self) -> Result<()> {
        if let Database::Postgres(pool) = &self.0.database {
            let begin = || listen(pool.clone(), self.0.hub.clone());
            self.0.listening.get_or_try_init(begin).await?;
        }
        Ok(())
    }

    /// Makes a turn true for everybody, and then tells what happened in it.
    pub(crate) async fn commit(&self, mut turn: Turn, notices: &[Notice]) -> Result<()> {
        let is_shared = matches!(turn, Turn::Postgres(_));
        if is_shared {
            for notice in notices {
                // Sent with the commit, and not where it fails.
                sql("SELECT pg_notify('phoenix', $1)")
                    .bind(notice.to_string())
                    .run_in(&mut turn)
                    .await?;
            }
        }
        turn.commit().await?;
        if !is_shared {
            for notice in notices {
                self.0.hub.tell(Heard::Notice(*notice));
            }
        }
        Ok(())
    }
}

/// Hands notices on: to those who listen to an account, and to those who listen to everything. A
/// clone is another handle of the same.
#[derive(Debug, Clone)]
struct Hub {
    all: broadcast::Sender<Heard>,
    /// Accounts that somebody listens to.
    accounts: Arc<Mutex<HashMap<AccountId, broadcast::Sender<Heard>>>>,
}

impl Hub {
    fn new() -> Self {
        Self {
            all: broadcast::channel(WAITING).0,
            accounts: Arc::default(),
        }
    }

    /// Ears for an account; none where it has as many as it may.
    fn of(&self, account: AccountId) -> Option<broadcast::Receiver<Heard>> {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let sender = accounts
            .entry(account)
            .or_insert_with(|| broadcast::channel(FEW_WAITING).0);
        (sender.receiver_count() < MAX_EARS).then(|| sender.subscribe())
    }

    /// Sending fails only where nobody listens.
    fn tell(&self, heard: Heard) {
        let _ = self.all.send(heard);
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        match heard {
            Heard::Notice(notice) => {
                let gone = accounts
                    .get(&notice.account)
                    .is_some_and(|sender| sender.send(heard).is_err());
                if gone {
                    accounts.remove(&notice.account);
                }
            }
            Heard::Gap => accounts.retain(|_, sender| sender.send(heard).is_ok()),
        }
    }
}

/// Somebody who listens.
#[derive(Debug)]
pub struct Ears(broadcast::Receiver<Heard>);

impl Ears {
    /// Waits for what comes next; `None` when nothing will.
    pub async fn hear(&mut self) -> Option<Heard> {
        match self.0.recv().await {
            Ok(heard) => Some(heard),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Heard::Gap),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

/// Begins to hand on what PostgreSQL tells, until the pool is closed.
async fn listen(pool: PgPool, hub: Hub) -> Result<()> {
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen(CHANNEL).await?;
    tokio::spawn(async move {
        loop {
            let heard = match listener.try_recv().await {
                Ok(Some(notification)) => match Notice::read(notification.payload()) {
                    Some(notice) => Heard::Notice(notice),
                    None => continue,
                },
                // The connection was lost; the next call makes another.
                Ok(None) => Heard::Gap,
                Err(_) if pool.is_closed() => return,
                Err(_) => {
                    tokio::time::sleep(REST).await;
                    Heard::Gap
                }
            };
            hub.tell(heard);
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Heard, Hub, MAX_EARS, Notice, Subject};
    use protocol::id::{AccountId, CommandId, CredentialId};
    use uuid::Uuid;

    #[test]
    fn an_account_hears_its_own_alone() {
        let hub = Hub::new();
        let [ada, eve] = [1, 2].map(|id| AccountId(Uuid::from_u128(id)));
        let (mut hears, mut all) = (hub.of(ada).unwrap(), hub.all.subscribe());
        drop(hub.of(eve));
        for account in [eve, ada] {
            let subject = Subject::CredentialRevoked(CredentialId(Uuid::max()));
            hub.tell(Heard::Notice(Notice { account, subject }));
        }
        hub.tell(Heard::Gap);
        let heard = |heard: Heard| match heard {
            Heard::Notice(notice) => Some(notice.account),
            Heard::Gap => None,
        };
        assert_eq!(heard(hears.try_recv().unwrap()), Some(ada));
        assert_eq!(heard(hears.try_recv().unwrap()), None);
        assert!(hears.try_recv().is_err());
        assert_eq!(heard(all.try_recv().unwrap()), Some(eve));
        // Who is gone is not remembered.
        assert_eq!(hub.accounts.lock().unwrap().len(), 1);
        let mut others: Vec<_> = (1..MAX_EARS).map(|_| hub.of(ada).unwrap()).collect();
        assert!(hub.of(ada).is_none());
        others.pop();
        assert!(hub.of(ada).is_some());
    }

    #[test]
    fn a_notice_reads_back() {
        let account = AccountId(Uuid::from_u128(7));
        for subject in [
            Subject::CommandQueued(CommandId(Uuid::from_u128(8))),
            Subject::CredentialRevoked(CredentialId(Uuid::max())),
        ] {
            let notice = Notice { account, subject };
            assert_eq!(Notice::read(&notice.to_string()), Some(notice));
        }
        for text in ["", "x", "x command-queued y"] {
            assert!(Notice::read(text).is_none(), "{text}");
        }
    }
}
