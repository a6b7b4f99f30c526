//! Everything of mine, and good-bye.

use super::{Caller, Desk, Done};
use crate::clock::now;
use protocol::{api::report::KeptDeal, id::AccountId};
use serde_json::{Value, json};
use storage::{Account, Owner};

/// How many deals are read at a time.
const PART: i64 = 1_000;
/// More entries of the trail, keys or commands than anybody makes.
const TRAIL: i64 = 10_000;

impl Desk {
    /// All that is kept of an account, but for what would open it.
    pub(crate) async fn export(&self, account: &Account, caller: &Caller) -> Done<Value> {
        let storage = &self.0.storage;
        let owner = Owner::Account(account.id);
        let mut strategies = Vec::new();
        for one in storage.strategies.list(owner).await? {
            let whole = storage.strategies.load(owner, one.id).await?;
            let mut versions = Vec::new();
            for version in storage.strategies.versions(owner, one.id).await? {
                let number = version.number;
                let whole = storage.strategies.version(owner, one.id, number).await?;
                versions.push(json!({
                    "number": number, "note": version.note, "origin": version.origin,
                    "saved_at": version.saved_at, "document": whole.document,
                }));
            }
            strategies.push(json!({
                "id": one.id, "revision": one.revision, "name": one.name,
                "created_at": one.created_at, "updated_at": one.updated_at,
                "document": whole.document, "versions": versions,
            }));
        }
        let traded = storage.activations.history(account.id).await?;
        let traded: Vec<Value> = traded
            .into_iter()
            .map(|(live, ended_at)| {
                json!({
                    "strategy": live.strategy, "version": live.version, "on": live.on,
                    "from": live.started_at, "until": ended_at,
                })
            })
            .collect();
        let mut runs = Vec::new();
        for one in storage.runs.list(owner).await? {
            let whole = storage.runs.load(owner, one.id).await?;
            runs.push(json!({
                "id": one.id, "strategy": one.strategy, "facts": one.facts,
                "created_at": one.created_at, "document": whole.document,
                "result": whole.result,
            }));
        }
        let sessions = storage.sessions.list(account.id, now()).await?;
        let sessions: Vec<Value> = sessions
            .into_iter()
            .map(|one| {
                json!({
                    "address": one.address, "browser": one.agent,
                    "created_at": one.created_at, "seen_at": one.seen_at,
                })
            })
            .collect();
        let trail = storage.audit.of(account.id, TRAIL).await?;
        let trail: Vec<Value> = trail
            .into_iter()
            .map(|one| {
                json!({
                    "action": one.entry.action, "detail": one.entry.detail,
                    "address": one.entry.address, "at": one.at,
                })
            })
            .collect();
        let machines = self.machines(account.id).await?;
        let told = self.told(account.id).await?;
        self.note(Some(account.id), "data-exported", "", caller)
            .await;
        Ok(json!({
            "machines": machines,
            "notifications": told,
            "format": "phoenix-export-1",
            "times": "milliseconds since 1970, UTC",
            "account": {
                "id": account.id, "email": account.email.as_str(),
                "language": account.language.code(), "created_at": account.created_at,
                "second_factor_since": account.two_factor_at,
            },
            "sessions": sessions, "security_events": trail,
            "strategies": strategies, "activations": traded, "runs": runs,
        }))
    }

    /// What they were told, and by which ways. What webhooks are signed with is left out.
    async fn told(&self, id: AccountId) -> Done<Value> {
        let storage = &self.0.storage;
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
    async fn machines(&self, id: AccountId) -> Done<Value> {
        let storage = &self.0.storage;
        let mut deals = Vec::new();
        loop {
            let before = deals.last().map(|deal: &KeptDeal| deal.id);
            let part = storage.reports.deals(id, None, before, PART).await?;
            let is_last = part.len() < PART as usize;
            deals.extend(part);
            if is_last {
                break;
            }
        }
        Ok(json!({
            "keys": storage.credentials.list(id, None, TRAIL).await?,
            "executors": storage.executors.list(id, None, TRAIL).await?,
            "broker_accounts": storage.reports.broker_accounts(id, None, TRAIL).await?,
            "commands": storage.commands.list(id, None, TRAIL, now()).await?,
            "deals": deals,
        }))
    }

    /// Removes an account and everything that it owns. Whoever calls this has checked the password.
    pub(crate) async fn delete(&self, account: &Account, caller: &Caller) -> Done<()> {
        self.0.storage.accounts.delete(account.id).await?;
        self.note(Some(account.id), "account-deleted", "", caller)
            .await;
        Ok(())
    }
}
