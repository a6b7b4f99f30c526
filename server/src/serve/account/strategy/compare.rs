//! Two versions of a strategy beside each other.

use super::{Asked, Kept};
use crate::{
    difference::{self, Mark},
    serve::visit::Member,
};
use protocol::id::StrategyId;
use site::strategy::{self as pages, Compared, Said, StrategyLine};
use storage::{Owner, StorageError};

/// Which two are compared: those that were chosen; else what trades with the newest; else the two
/// newest.
pub(super) fn pair(
    line: &StrategyLine,
    asked: &Asked,
    is_there: impl Fn(i64) -> bool,
) -> Option<(i64, i64)> {
    let chosen = |text: &str| text.parse().ok().filter(|number| is_there(*number));
    if let (Some(old), Some(new)) = (chosen(&asked.old), chosen(&asked.new)) {
        return Some((old, new));
    }
    let newest = line.version;
    let live = line.live.as_ref().map(|live| live.version);
    let old = live.filter(|live| *live != newest).unwrap_or(newest - 1);
    is_there(old).then_some((old, newest))
}

/// What is other between two.
pub(super) async fn compared(
    member: &Member,
    id: StrategyId,
    old: i64,
    new: i64,
) -> Kept<Compared> {
    let owner = Owner::Account(member.account.id);
    let strategies = &member.visit.desk.storage().strategies;
    let language = member.visit.caller.language;
    let before = strategies.version(owner, id, old).await?.document;
    let after = strategies.version(owner, id, new).await?.document;
    let told = move || {
        let sentences = difference::sentences(&before, &after, language);
        (sentences, difference::documents(&before, &after))
    };
    // Large documents take their time: not that of other requests.
    let told = tokio::task::spawn_blocking(told).await;
    let (sentences, document) = told.map_err(|error| StorageError::Damaged(error.to_string()))?;
    Ok(Compared {
        old,
        new,
        sentences: sentences.map(said),
        document: said(document),
    })
}

fn said(lines: Vec<difference::Line>) -> Vec<Said> {
    let mark = |mark| match mark {
        Mark::Same => pages::Mark::Same,
        Mark::Gone => pages::Mark::Gone,
        Mark::New => pages::Mark::New,
        Mark::Skipped => pages::Mark::Skipped,
    };
    let said = |line: difference::Line| Said {
        mark: mark(line.mark),
        text: line.text,
        is_title: line.is_title,
    };
    lines.into_iter().map(said).collect()
}
