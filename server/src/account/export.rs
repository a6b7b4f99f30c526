//! Everything of mine, as one JSON document. It is written part by part while it is read from the
//! database: what is in memory does not grow with what an account has.

use super::Desk;
use crate::clock::now;
use axum::body::Bytes;
use protocol::{api::report::BrokerAccount, id::AccountId, strategy::StrategySummary};
use serde::Serialize;
use serde_json::{Value, json};
use std::{io, mem, time::Duration};
use storage::{Account, Owner, StorageError};
use tokio::{sync::mpsc::Sender, time::timeout};

/// How many deals are read at a time.
const PART: i64 = 1_000;
/// More entries of the trail, keys or commands than anybody makes.
const TRAIL: i64 = 10_000;
/// How many bytes go out at once, at least.
const BYTES: usize = 64 << 10;
/// How long a reader may take for the next bytes: who stops reading keeps no place.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long the whole document may take, whoever reads it.
const WHOLE: Duration = Duration::from_secs(600);

/// A part of the document, or that it ends here because something failed.
pub(crate) type Part = Result<Bytes, io::Error>;

/// Why the document is not whole.
enum End {
    /// Nobody reads on.
    Left,
    Failed(String),
}

impl From<StorageError> for End {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// What was there when the list was read and is not any more is left out.
fn still<T>(found: Result<T, StorageError>) -> Result<Option<T>, End> {
    match found {
        Err(StorageError::NotFound) => Ok(None),
        found => Ok(Some(found?)),
    }
}

/// Writes JSON. The commas are its business.
struct Pen {
    out: Sender<Part>,
    text: Vec<u8>,
    is_first: bool,
}

impl Pen {
    fn gap(&mut self) {
        if !mem::take(&mut self.is_first) {
            self.text.extend_from_slice(b",\n");
        }
    }

    fn open(&mut self, bracket: u8) {
        self.text.push(bracket);
        self.is_first = true;
    }

    async fn close(&mut self, bracket: u8) -> Result<(), End> {
        self.text.push(bracket);
        self.is_first = false;
        self.pass(BYTES).await
    }

    fn value(&mut self, value: &impl Serialize) -> Result<(), End> {
        serde_json::to_writer(&mut self.text, value).map_err(|error| End::Failed(error.to_string()))
    }

    fn name(&mut self, name: &str) -> Result<(), End> {
        self.gap();
        self.value(&name)?;
        self.text.push(b':');
        Ok(())
    }

    async fn field(&mut self, name: &str, value: &impl Serialize) -> Result<(), End> {
        self.name(name)?;
        self.value(value)?;
        self.pass(BYTES).await
    }

    async fn item(&mut self, value: &impl Serialize) -> Result<(), End> {
        self.gap();
        self.value(value)?;
        self.pass(BYTES).await
    }

    /// Sends what is written, once it is so many bytes.
    async fn pass(&mut self, least: usize) -> Result<(), End> {
        if self.text.len() < least {
            return Ok(());
        }
        let part = Bytes::from(mem::take(&mut self.text));
        match timeout(PATIENCE, self.out.send(Ok(part))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Left),
        }
    }
}

impl Desk {
    /// Writes all that is kept of an account, but for what would open it. Where that fails half
    /// way, so does the answer: nobody takes a part for the whole.
    pub(crate) async fn export(&self, account: &Account, plan: &Value, out: Sender<Part>) {
        let mut pen = Pen {
            out: out.clone(),
            text: Vec::new(),
            is_first: true,
        };
        let end = match timeout(WHOLE, self.write(&mut pen, account, plan)).await {
            Ok(Ok(())) => return,
            Ok(Err(end)) => end,
            Err(_) => End::Left,
        };
        match end {
            End::Failed(why) => tracing::error!(why, "an export ended half way"),
            End::Left => tracing::info!("nobody read an export to its end"),
        }
        let failed = io::Error::other("the export ended half way");
        // Who does not read on needs not know.
        let _ = timeout(PATIENCE, out.send(Err(failed))).await;
    }

    async fn write(&self, pen: &mut Pen, account: &Account, plan: &Value) -> Result<(), End> {
        pen.open(b'{');
        pen.field("format", &"phoenix-export-1").await?;
        pen.field("times", &"milliseconds since 1970, UTC").await?;
        let facts = json!({
            "id": account.id, "email": account.email.as_str(),
            "language": account.language.code(), "created_at": account.created_at,
            "second_factor_since": account.two_factor_at,
        });
        pen.field("account", &facts).await?;
        pen.field("plan", plan).await?;
        self.sessions(pen, account.id).await?;
        let told = self.told(account.id).await?;
        pen.field("notifications", &told).await?;
        self.strategies(pen, account.id).await?;
        self.runs(pen, account.id).await?;
        self.machines(pen, account.id).await?;
        pen.close(b'}').await?;
        pen.pass(0).await
    }

    async fn sessions(&self, pen: &mut Pen, id: AccountId) -> Result<(), End> {
        let storage = self.storage();
        pen.name("sessions")?;
        pen.open(b'[');
        for one in storage.sessions.list(id, now()).await? {
            let session = json!({
                "address": one.address, "browser": one.agent,
                "created_at": one.created_at, "seen_at": one.seen_at,
            });
            pen.item(&session).await?;
        }
        pen.close(b']').await?;
        pen.name("security_events")?;
        pen.open(b'[');
        for one in storage.audit.of(id, TRAIL).await? {
            let entry = json!({
                "action": one.entry.action, "detail": one.entry.detail,
                "address": one.entry.address, "at": one.at,
            });
            pen.item(&entry).await?;
        }
        pen.close(b']').await
    }

    async fn strategies(&self, pen: &mut Pen, id: AccountId) -> Result<(), End> {
        let storage = self.storage();
        let owner = Owner::Account(id);
        pen.name("strategies")?;
        pen.open(b'[');
        for one in storage.strategies.list(owner).await? {
            self.strategy(pen, owner, &one).await?;
        }
        pen.close(b']').await?;
        pen.name("activations")?;
        pen.open(b'[');
        for (live, ended_at) in storage.activations.history(id).await? {
            let span = json!({
                "strategy": live.strategy, "version": live.version, "on": live.on,
                "from": live.started_at, "until": ended_at,
            });
            pen.item(&span).await?;
        }
        pen.close(b']').await
    }

    async fn strategy(
        &self,
        pen: &mut Pen,
        owner: Owner,
        one: &StrategySummary,
    ) -> Result<(), End> {
        let strategies = &self.storage().strategies;
        let whole = still(strategies.load(owner, one.id).await)?;
        let versions = still(strategies.versions(owner, one.id).await)?;
        let (Some(whole), Some(versions)) = (whole, versions) else {
            return Ok(());
        };
        pen.gap();
        pen.open(b'{');
        pen.field("id", &one.id).await?;
        pen.field("revision", &one.revision).await?;
        pen.field("name", &one.name).await?;
        pen.field("created_at", &one.created_at).await?;
        pen.field("updated_at", &one.updated_at).await?;
        pen.field("document", &whole.document).await?;
        pen.name("versions")?;
        pen.open(b'[');
        for version in versions {
            let number = version.number;
            let Some(whole) = still(strategies.version(owner, one.id, number).await)? else {
                continue;
            };
            let version = json!({
                "number": number, "note": version.note, "origin": version.origin,
                "saved_at": version.saved_at, "document": whole.document,
            });
            pen.item(&version).await?;
        }
        pen.close(b']').await?;
        pen.close(b'}').await
    }

    async fn runs(&self, pen: &mut Pen, id: AccountId) -> Result<(), End> {
        let (storage, owner) = (self.storage(), Owner::Account(id));
        pen.name("runs")?;
        pen.open(b'[');
        for one in storage.runs.list(owner).await? {
            let Some(whole) = still(storage.runs.load(owner, one.id).await)? else {
                continue;
            };
            let run = json!({
                "id": one.id, "strategy": one.strategy, "facts": one.facts,
                "created_at": one.created_at, "document": whole.document,
                "result": whole.result,
            });
            pen.item(&run).await?;
        }
        pen.close(b']').await
    }

    /// What they were told, and by which ways. What webhooks are signed with is left out.
    async fn told(&self, id: AccountId) -> Result<Value, End> {
        let storage = self.storage();
        let told = storage.notifications.list(id, None, TRAIL).await?;
        let told: Vec<Value> = told
            .into_iter()
            .map(|one| {
                json!({
                    "kind": one.matter.kind.name(), "subject": one.matter.subject,
                    "detail": one.matter.detail, "since": one.matter.since,
                    "created_at": one.created_at, "read_at": one.read_at,
                })
            })
            .collect();
        let chat = storage.telegrams.chat(id).await?;
        let chat = chat.map(|chat| json!({ "name": chat.name, "linked_at": chat.linked_at }));
        let hooks = storage.webhooks.list(id).await?;
        let hooks: Vec<Value> = hooks
            .into_iter()
            .map(|hook| json!({ "url": hook.url, "created_at": hook.created_at }))
            .collect();
        let wanted = storage.preferences.load(id).await?;
        let wanted: Vec<Value> = wanted
            .into_iter()
            .map(|(kind, channel)| json!([kind.name(), channel.name()]))
            .collect();
        Ok(json!({ "told": told, "telegram": chat, "webhooks": hooks, "wanted": wanted }))
    }

    /// What executors and phones did, and what they are.
    async fn machines(&self, pen: &mut Pen, id: AccountId) -> Result<(), End> {
        let storage = self.storage();
        pen.name("machines")?;
        pen.open(b'{');
        let keys = storage.credentials.list(id, None, TRAIL).await?;
        pen.field("keys", &keys).await?;
        let executors = storage.executors.list(id, None, TRAIL).await?;
        pen.field("executors", &executors).await?;
        let mut places = storage.reports.places(id).await?;
        places.extend(storage.reports.retired(id).await?);
        let places: Vec<Value> = places
            .into_iter()
            .map(|place| {
                let BrokerAccount {
                    id,
                    login,
                    currency,
                    seen_at,
                } = place.account;
                json!({ "id": id, "login": login, "currency": currency, "seen_at": seen_at,
                    "retired_at": place.retired_at })
            })
            .collect();
        pen.field("broker_accounts", &places).await?;
        let commands = storage.commands.list(id, None, TRAIL, now()).await?;
        pen.field("commands", &commands).await?;
        pen.name("deals")?;
        pen.open(b'[');
        let mut before = None;
        loop {
            let part = storage.reports.deals(id, None, before, PART).await?;
            for deal in &part {
                pen.item(deal).await?;
            }
            before = part.last().map(|deal| deal.id);
            if part.len() < PART as usize {
                break;
            }
        }
        pen.close(b']').await?;
        pen.close(b'}').await
    }
}
