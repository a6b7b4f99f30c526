//! Strategies with all their versions, what traded when, and runs.

use super::{End, pen::Pen, still};
use protocol::{id::AccountId, strategy::StrategySummary};
use serde_json::json;
use storage::{Owner, Storage};

pub(super) async fn write(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    strategies(pen, storage, id).await?;
    runs(pen, storage, id).await
}

async fn strategies(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let owner = Owner::Account(id);
    pen.name("strategies")?;
    pen.open(b'[');
    for one in storage.strategies.list(owner).await? {
        strategy(pen, storage, owner, &one).await?;
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
    pen: &mut Pen,
    storage: &Storage,
    owner: Owner,
    one: &StrategySummary,
) -> Result<(), End> {
    let strategies = &storage.strategies;
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

async fn runs(pen: &mut Pen, storage: &Storage, id: AccountId) -> Result<(), End> {
    let owner = Owner::Account(id);
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
