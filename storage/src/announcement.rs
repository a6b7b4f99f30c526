//! What the operator tells everybody.

use crate::{
    Matter, NotificationKind, Result, StorageError,
    database::{Database, sql},
    notification,
    row::{found, new_id},
};
use protocol::id::AccountId;
use sqlx::FromRow;
use trading::time::Time;
use uuid::Uuid;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Info,
    /// To be kept in mind.
    Warning,
    /// Something does not work, or will not.
    Critical,
}

impl Severity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Critical];

    /// The word in the rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }

    /// The one of a word.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// An announcement to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnnouncement {
    /// How much it matters.
    pub severity: Severity,
    /// What it says in English.
    pub english: String,
    /// The same in Indonesian.
    pub indonesian: String,
    /// Whether those see it too who are not signed in.
    pub is_public: bool,
    /// Whether it is a notification too.
    pub is_told: bool,
    /// From when.
    pub starts_at: Time,
    /// Until when.
    pub ends_at: Time,
}

/// An announcement as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its name among rows.
    pub id: Uuid,
    /// What it is.
    pub new: NewAnnouncement,
    /// When it was written.
    pub created_at: Time,
    /// When it was taken back.
    pub withdrawn_at: Option<Time>,
}

#[derive(FromRow)]
struct Row {
    id: Uuid,
    severity: String,
    english: String,
    indonesian: String,
    is_public: bool,
    is_told: bool,
    starts_at: i64,
    ends_at: i64,
    created_at: i64,
    withdrawn_at: Option<i64>,
}

impl Row {
    fn announcement(self) -> Result<Announcement> {
        let severity = Severity::of(&self.severity).ok_or_else(|| {
            StorageError::Damaged(format!("severity of announcement {}", self.id))
        })?;
        Ok(Announcement {
            id: self.id,
            new: NewAnnouncement {
                severity,
                english: self.english,
                indonesian: self.indonesian,
                is_public: self.is_public,
                is_told: self.is_told,
                starts_at: Time(self.starts_at),
                ends_at: Time(self.ends_at),
            },
            created_at: Time(self.created_at),
            withdrawn_at: self.withdrawn_at.map(Time),
        })
    }
}

/// Announcements.
#[derive(Debug, Clone)]
pub struct Announcements {
    database: Database,
}

impl Announcements {
    pub(crate) fn new(database: Database) -> Self {
        Self { database }
    }

    /// Makes one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make(&self, new: &NewAnnouncement, now: Time) -> Result<Uuid> {
        let id = new_id(now);
        sql("INSERT INTO announcements
               (id, severity, english, indonesian, is_public, is_told, starts_at, ends_at,
                created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(id)
        .bind(new.severity.name())
        .bind(&new.english)
        .bind(&new.indonesian)
        .bind(new.is_public)
        .bind(new.is_told)
        .bind(new.starts_at.0)
        .bind(new.ends_at.0)
        .bind(now.0)
        .run(&self.database)
        .await?;
        Ok(id)
    }

    /// All of them, the newest first, before one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(&self, before: Option<Uuid>, most: i64) -> Result<Vec<Announcement>> {
        let rows: Vec<Row> = sql(
            "SELECT id, severity, english, indonesian, is_public, is_told,
                    starts_at, ends_at, created_at, withdrawn_at
             FROM announcements WHERE id < $1 ORDER BY id DESC LIMIT $2",
        )
        .bind(before.unwrap_or(Uuid::max()))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::announcement).collect()
    }

    /// Takes one back.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn withdraw(&self, id: Uuid, now: Time) -> Result<()> {
        let done = sql(
            "UPDATE announcements SET withdrawn_at = COALESCE(withdrawn_at, $2)
             WHERE id = $1",
        )
        .bind(id)
        .bind(now.0)
        .run(&self.database)
        .await?;
        found(done)
    }

    /// What somebody is shown now, the newest first; nobody sees what is public alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn shown(
        &self,
        account: Option<AccountId>,
        most: i64,
        now: Time,
    ) -> Result<Vec<Announcement>> {
        let rows: Vec<Row> = sql(
            "SELECT id, severity, english, indonesian, is_public, is_told,
                    starts_at, ends_at, created_at, withdrawn_at
             FROM announcements n
             WHERE ends_at > $1 AND starts_at <= $1 AND withdrawn_at IS NULL
               AND (is_public OR $2)
               AND NOT EXISTS (SELECT 1 FROM announcement_dismissals d
                               WHERE d.announcement_id = n.id AND d.account_id = $3)
             ORDER BY id DESC LIMIT $4",
        )
        .bind(now.0)
        .bind(account.is_some())
        .bind(account.map_or(Uuid::nil(), |id| id.0))
        .bind(most)
        .all(&self.database)
        .await?;
        rows.into_iter().map(Row::announcement).collect()
    }

    /// An account wants to see one no more.
    ///
    /// # Errors
    /// [`StorageError::NotFound`].
    pub async fn dismiss(&self, account: AccountId, id: Uuid) -> Result<()> {
        let mut turn = self.database.begin().await?;
        let known: Option<(Uuid,)> = sql("SELECT id FROM announcements WHERE id = $1")
            .bind(id)
            .maybe_in(&mut turn)
            .await?;
        known.ok_or(StorageError::NotFound)?;
        sql(
            "INSERT INTO announcement_dismissals (announcement_id, account_id) VALUES ($1, $2)
             ON CONFLICT (announcement_id, account_id) DO NOTHING",
        )
        .bind(id)
        .bind(account.0)
        .run_in(&mut turn)
        .await?;
        turn.commit().await
    }

    /// Tells so many of those who were not told yet of what is to be told; says how many. To be
    /// called until it is nobody.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tell(&self, most: i64, now: Time) -> Result<u64> {
        let open: Option<Row> = sql(
            "SELECT id, severity, english, indonesian, is_public, is_told,
                    starts_at, ends_at, created_at, withdrawn_at
             FROM announcements
             WHERE ends_at > $1 AND starts_at <= $1 AND withdrawn_at IS NULL
               AND is_told AND told_at IS NULL
             ORDER BY id LIMIT 1",
        )
        .bind(now.0)
        .maybe(&self.database)
        .await?;
        let Some(open) = open else {
            return Ok(0);
        };
        let id = open.id;
        let matter = Matter {
            kind: NotificationKind::Announcement,
            cause: format!("announcement:{id}"),
            subject: open.english,
            detail: open.indonesian,
            about: Some(id),
            since: Some(Time(open.starts_at)),
        };
        let left: Vec<(Uuid,)> = sql("SELECT a.id FROM accounts a
             WHERE a.disabled_at IS NULL AND NOT EXISTS
               (SELECT 1 FROM notifications n WHERE n.account_id = a.id AND n.cause = $1)
             ORDER BY a.id LIMIT $2")
        .bind(&matter.cause)
        .bind(most)
        .all(&self.database)
        .await?;
        let mut turn = self.database.begin().await?;
        let mut told = 0;
        for (account,) in &left {
            // Removed meanwhile: nobody is to be told then.
            let there: Option<(Uuid,)> = sql("SELECT id FROM accounts WHERE id = $1")
                .bind(*account)
                .maybe_in(&mut turn)
                .await?;
            if there.is_some() {
                told += u64::from(notification::tell(&mut turn, *account, &matter, now).await?);
            }
        }
        if left.is_empty() {
            sql("UPDATE announcements SET told_at = $2 WHERE id = $1")
                .bind(id)
                .bind(now.0)
                .run_in(&mut turn)
                .await?;
        }
        turn.commit().await?;
        Ok(told)
    }

    /// Removes those that ended before.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, before: Time) -> Result<u64> {
        sql("DELETE FROM announcements WHERE ends_at < $1")
            .bind(before.0)
            .run(&self.database)
            .await
    }
}
