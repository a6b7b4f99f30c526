//! Sessions in our own database, for `tower-sessions`; and what is in them.
//!
//! A session begins when somebody gives the right password. It ends after two weeks without a
//! visit, ninety days after it began, when it is ended from elsewhere, and when the password
//! changes. Its id is made anew at every step that gives it more rights.

use crate::{
    account::{Caller, SignedIn},
    clock::now,
};
use protocol::id::AccountId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{SessionRow, Sessions, StorageError};
use tower_sessions::{
    Expiry, Session, SessionManagerLayer, SessionStore,
    cookie::{
        SameSite,
        time::{Duration, OffsetDateTime},
    },
    session::{Id, Record},
    session_store::{Error, Result},
};
use trading::time::{DAY, MINUTE, Time};

/// All programs on 127.0.0.1 share their cookies, whatever the port: the name says whose it is.
const COOKIE: &str = "phoenix_session";
/// After so many days without a visit it ends.
const REST: i64 = 14;
/// However often it is used, it ends then.
const LONGEST: i64 = 90 * DAY;
/// A visit is written down at most this often.
const SEEN: i64 = 5 * MINUTE;
/// How long the second factor may take.
const CODE: i64 = 10 * MINUTE;

/// In the session's data.
const ACCOUNT: &str = "account";
const PENDING: &str = "pending";
const ADDRESS: &str = "address";
const AGENT: &str = "agent";

/// The layer that gives every request its session.
pub(super) fn layer(sessions: Sessions, is_https: bool) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(Store(sessions))
        .with_name(COOKIE)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        // The server itself speaks plain HTTP: only where the user says that visitors come by HTTPS
        // would it not lose them.
        .with_secure(is_https)
        .with_expiry(Expiry::OnInactivity(Duration::days(REST)))
}

/// Who is signed in, since when, last seen when.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Login {
    account: AccountId,
    since: Time,
    seen: Time,
}

/// Who gave the right password, when, and where they wanted to go.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) account: AccountId,
    since: Time,
    pub(super) next: String,
    /// Of the password that was given: another one since then ends this.
    #[serde(default)]
    pub(super) mark: String,
}

/// What can go wrong with a session.
pub(super) type Outcome<T> = std::result::Result<T, tower_sessions::session::Error>;

/// The account of a session.
pub(super) async fn account(session: &Session) -> Outcome<Option<AccountId>> {
    let Some(mut login) = session.get::<Login>(ACCOUNT).await? else {
        return Ok(None);
    };
    let at = now();
    if login.since.0.saturating_add(LONGEST) <= at.0 {
        session.flush().await?;
        return Ok(None);
    }
    if login.seen.0.saturating_add(SEEN) <= at.0 {
        login.seen = at;
        session.insert(ACCOUNT, login).await?;
    }
    Ok(Some(login.account))
}

/// Signs in. The id is a new one: who planted the old one has nothing.
pub(super) async fn begin(session: &Session, who: SignedIn, caller: &Caller) -> Outcome<()> {
    session.clear().await;
    session.cycle_id().await?;
    let at = now();
    let login = Login {
        account: who.0,
        since: at,
        seen: at,
    };
    session.insert(ACCOUNT, login).await?;
    session.insert(ADDRESS, &caller.address).await?;
    session.insert(AGENT, &caller.agent).await
}

/// Remembers that the password was right and the second factor is asked for.
pub(super) async fn ask_code(
    session: &Session,
    account: AccountId,
    next: &str,
    mark: String,
) -> Outcome<()> {
    session.clear().await;
    session.cycle_id().await?;
    let pending = Pending {
        account,
        since: now(),
        next: next.to_owned(),
        mark,
    };
    session.insert(PENDING, pending).await
}

/// Whose second factor is asked for, unless it took too long.
pub(super) async fn pending(session: &Session) -> Outcome<Option<Pending>> {
    let pending = session.get::<Pending>(PENDING).await?;
    Ok(pending.filter(|pending| pending.since.0.saturating_add(CODE) > now().0))
}

/// The hash under which a session is kept.
pub(super) fn hash(session: &Session) -> Option<[u8; 32]> {
    session.id().map(hash_of)
}

fn hash_of(id: Id) -> [u8; 32] {
    Sha256::digest(id.0.to_be_bytes()).into()
}

/// Our table of sessions.
#[derive(Debug, Clone)]
pub(super) struct Store(Sessions);

fn row(record: &Record) -> Result<SessionRow> {
    let text = |key: &str, most: usize| {
        let said = record.data.get(key).and_then(|value| value.as_str());
        said.unwrap_or_default().chars().take(most).collect()
    };
    let login = record.data.get(ACCOUNT).cloned();
    let login: Option<Login> = login
        .map(serde_json::from_value)
        .transpose()
        .map_err(|error| Error::Encode(error.to_string()))?;
    Ok(SessionRow {
        hash: hash_of(record.id),
        account: login.map(|login| login.account),
        data: serde_json::to_string(&record.data)
            .map_err(|error| Error::Encode(error.to_string()))?,
        address: text(ADDRESS, 64),
        agent: text(AGENT, 300),
        expires_at: Time(record.expiry_date.unix_timestamp().saturating_mul(1_000)),
    })
}

fn backend(error: StorageError) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait::async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits: no two sessions meet.
        self.0.put(&row(record)?, now()).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        match self.0.update(&row(record)?, now()).await {
            // Ended from elsewhere meanwhile: so it stays.
            Err(StorageError::NotFound) => Ok(()),
            done => done.map_err(backend),
        }
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let found = self.0.find(hash_of(*id), now()).await.map_err(backend)?;
        let Some((data, until)) = found else {
            return Ok(None);
        };
        let broken = |error: String| Error::Decode(error);
        Ok(Some(Record {
            id: *id,
            data: serde_json::from_str(&data).map_err(|error| broken(error.to_string()))?,
            expiry_date: OffsetDateTime::from_unix_timestamp(until.0 / 1_000)
                .map_err(|error| broken(error.to_string()))?,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.0.end(hash_of(*id)).await.map_err(backend)
    }
}
