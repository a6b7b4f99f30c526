//! What is kept, and for whom: repositories over SQLite or PostgreSQL.
//!
//! Every call about somebody's rows names the [`Owner`] or the account, and every query has it in
//! its `WHERE`: there is no way to read a row without saying whose it is. Time comes in with the
//! call. Repositories are plain structs over one database; which engine it is, only `database`
//! knows.

mod account;
mod activation;
mod announcement;
mod audit;
mod backup;
mod checkout;
mod command;
mod credential;
mod database;
mod earning;
mod error;
mod executor;
mod flag;
mod idempotency;
mod ledger;
mod mail;
mod market;
mod notice;
mod notification;
mod operation;
mod owner;
mod pairing;
mod queue;
mod report;
mod round;
mod row;
mod run;
mod session;
mod shelf;
mod strategy;
mod tally;
mod throttle;
mod version;
mod visitor;

pub use account::{Account, Accounts, NewAccount, Purpose, Registration, SecondFactor, Taken};
pub use activation::{Activated, Activations, Live, LiveDocument};
pub use announcement::{Announcement, Announcements, NewAnnouncement, Severity};
pub use audit::{Audit, AuditEntry, AuditRecord};
pub use checkout::{Checkouts, Hold};
pub use command::{Commands, Finished, Given, MAX_COMMANDS};
pub use credential::{Credentials, MAX_CREDENTIALS};
pub use database::{DatabaseAddress, NoDatabase};
pub use earning::VersionEarned;
pub use error::{Result, StorageError};
pub use executor::Executors;
pub use flag::{FlagOverride, FlagSetting, Flags};
pub use idempotency::{Idempotency, Known};
pub use ledger::{Ledgers, PaymentEvent, PaymentOrder, Usage};
pub use mail::{Claim, Mail, MailState, Mails, NewMail};
pub use market::{KeptPart, MAX_MARKET_BYTES, MAX_MARKETS, Markets};
pub use notice::{Ears, Heard, MAX_EARS, Notice, Notices, Subject};
pub use notification::{
    Channel, Chat, Deliveries, Delivery, DeliveryState, MAX_HELD, MAX_WEBHOOK_FAILURES,
    MAX_WEBHOOKS, Matter, Notification, NotificationKind, Notifications, Preferences, Telegrams,
    Webhook, Webhooks,
};
pub use operation::{
    CommandFilter, Condition, Operations, PeriodicRun, SeenCommand, SeenExecutor, SeenLedger,
};
pub use owner::{NoVisitor, Owner, Visitor};
pub use pairing::{Claimed, Pairings};
pub use queue::{Job, JobId, JobLine, JobState, LEASE_SECONDS, Queue, TakenJob, Verdict};
pub use report::{
    BrokerPlace, KeptReport, MAX_BROKER_ACCOUNTS, MAX_DEALS, MAX_RETIRED, MAX_SNAPSHOTS, Reports,
};
pub use round::{Move, Rounds, Step};
pub use run::{MAX_RUNS, NewRun, Runs};
pub use session::{SessionRow, SessionSummary, Sessions};
pub use shelf::Shelved;
pub use strategy::{MAX_STRATEGIES, NewStrategy, Strategies};
pub use tally::{ExecutorTally, PoolTally};
pub use throttle::Throttles;
pub use version::{
    KEPT_VERSIONS, MAX_VERSION_BYTES, MAX_VISITOR_VERSION_BYTES, Version, VersionSummary,
};
pub use visitor::{MAX_BYTES, Visitors};

use database::Database;
use std::path::Path;

/// All repositories over one database. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub struct Storage {
    /// Saved strategies.
    pub strategies: Strategies,
    /// What trades.
    pub activations: Activations,
    /// Saved runs.
    pub runs: Runs,
    /// Who was here when.
    pub visitors: Visitors,
    /// Accounts.
    pub accounts: Accounts,
    /// Browsers that are signed in.
    pub sessions: Sessions,
    /// What was done to whom.
    pub audit: Audit,
    /// How often something was tried in vain.
    pub throttles: Throttles,
    /// The outbox.
    pub mails: Mails,
    /// What was paid for.
    pub ledgers: Ledgers,
    /// Checkouts that are open.
    pub checkouts: Checkouts,
    /// API keys.
    pub credentials: Credentials,
    /// Devices that want a key.
    pub pairings: Pairings,
    /// Programs that trade.
    pub executors: Executors,
    /// What traders want done at once.
    pub commands: Commands,
    /// What executors report.
    pub reports: Reports,
    /// What brokers say of symbols, and their own bars.
    pub markets: Markets,
    /// Answers to writes.
    pub idempotency: Idempotency,
    /// Background work.
    pub queue: Queue,
    /// That something happened.
    pub notices: Notices,
    /// What traders are told.
    pub notifications: Notifications,
    /// Who wants to be told what by which way.
    pub preferences: Preferences,
    /// What is still to be sent of that.
    pub deliveries: Deliveries,
    /// Chats with our bot.
    pub telegrams: Telegrams,
    /// Addresses of traders' own servers.
    pub webhooks: Webhooks,
    /// Switches of the operator's.
    pub flags: Flags,
    /// What the operator tells everybody.
    pub announcements: Announcements,
    /// What the operator looks at.
    pub operations: Operations,
    database: Database,
}

impl Storage {
    fn over(database: Database, most_bytes: i64) -> Self {
        let room = visitor::Room::new(database.clone(), most_bytes);
        let notices = Notices::new(database.clone());
        Self {
            strategies: Strategies::new(database.clone(), room.clone()),
            activations: Activations::new(database.clone(), notices.clone()),
            runs: Runs::new(database.clone(), room),
            visitors: Visitors::new(database.clone()),
            accounts: Accounts::new(database.clone(), notices.clone()),
            sessions: Sessions::new(database.clone()),
            audit: Audit::new(database.clone()),
            throttles: Throttles::new(database.clone()),
            mails: Mails::new(database.clone()),
            ledgers: Ledgers::new(database.clone()),
            checkouts: Checkouts::new(database.clone()),
            credentials: Credentials::new(database.clone(), notices.clone()),
            pairings: Pairings::new(database.clone()),
            executors: Executors::new(database.clone(), notices.clone()),
            commands: Commands::new(database.clone(), notices.clone()),
            reports: Reports::new(database.clone(), notices.clone()),
            markets: Markets::new(database.clone()),
            idempotency: Idempotency::new(database.clone()),
            notifications: Notifications::new(database.clone()),
            preferences: Preferences::new(database.clone()),
            deliveries: Deliveries::new(database.clone()),
            telegrams: Telegrams::new(database.clone()),
            webhooks: Webhooks::new(database.clone()),
            flags: Flags::new(database.clone()),
            announcements: Announcements::new(database.clone()),
            operations: Operations::new(database.clone()),
            queue: Queue::new(database.clone()),
            notices,
            database,
        }
    }

    /// Whether the database answers and may be written to.
    ///
    /// # Errors
    /// When it does not.
    pub async fn check(&self) -> Result<()> {
        self.database.check().await
    }

    /// Ends every connection, so that nothing is left to be written.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Whether several processes may share the work.
    pub fn is_shared(&self) -> bool {
        matches!(self.database, Database::Postgres(_))
    }
}

/// Opens the database `phoenix.db` in a folder, which is made if need be, and brings its tables up
/// to date. Visitors may keep [`MAX_BYTES`].
///
/// # Errors
/// When the folder cannot be used or the database is of a later version.
pub async fn open(folder: &Path) -> Result<Storage> {
    open_with_room(folder, MAX_BYTES).await
}

/// The same, with another limit of the bytes that all visitors may take together.
///
/// # Errors
/// As [`open`].
pub async fn open_with_room(folder: &Path, most_bytes: i64) -> Result<Storage> {
    Ok(Storage::over(Database::sqlite(folder).await?, most_bytes))
}

/// Connects to a PostgreSQL database and brings its tables up to date. Several processes may.
///
/// # Errors
/// When it does not answer, or is of a later version.
pub async fn connect(address: &DatabaseAddress, most_bytes: i64) -> Result<Storage> {
    let database = Database::postgres(address.url()).await?;
    Ok(Storage::over(database, most_bytes))
}
