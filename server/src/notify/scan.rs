//! Causes that nobody reports: executors that say nothing, plans that end, quotas that are nearly
//! used, announcements that begin. Every process may look, however often: a cause is told once.

use super::Notifier;
use crate::till::Till;
use billing::{quota::Limit, subscription::State};
use protocol::id::AccountId;
use storage::{Matter, NotificationKind, Result, Storage, StorageError};
use trading::time::{DAY, MINUTE, Time};

/// After how long an executor that says nothing is silent: it says something every ten seconds.
const SILENCE: i64 = 5 * MINUTE;
/// The name under which it is noted that executors and announcements were looked at.
pub(super) const SOON_RUN: &str = "notification-scan";
/// How long ago that was at most where somebody was here to be spoken to.
const HERE: i64 = 2 * MINUTE;
/// How long before its end a plan's owner is told.
const BEFORE_END: i64 = 3 * DAY;
/// How many accounts are looked at in one go.
const PART: i64 = 500;
/// How long notifications are kept.
const KEPT: i64 = 180 * DAY;

impl Notifier {
    /// Executors and announcements: soon after it happened.
    pub(super) async fn scan_soon(&self, at: Time) -> Result<()> {
        let storage = &self.0.storage;
        let notifications = &storage.notifications;
        let mut faults = Faults(None);
        let before = faults.note(storage.operations.ran_at(SOON_RUN).await);
        // After an outage of ours every executor has been silent, and none of them by its fault: they
        // have until the next time to be heard of.
        if before.flatten().is_some_and(|ran| at.0 - ran.0 <= HERE) {
            faults.note(notifications.tell_silent(Time(at.0 - SILENCE), at).await);
        }
        faults.note(notifications.tell_back(at).await);
        while faults.note(storage.announcements.tell(PART, at).await) > Some(0) {}
        faults.end()
    }

    /// Plans and quotas, and what is too old: from time to time. An account of which something
    /// cannot be read holds up no other.
    pub(super) async fn scan_seldom(&self, till: &Till, at: Time) -> Result<()> {
        let storage = &self.0.storage;
        let mut faults = Faults(None);
        let mut after = None;
        loop {
            let part = faults.note(storage.operations.ledgers(after, PART).await);
            let part = part.unwrap_or_default();
            for one in &part {
                faults.of(
                    one.account,
                    tell_standing(storage, till, one.account, at).await,
                );
            }
            match part.last() {
                Some(last) => after = Some(last.account),
                None => break,
            }
        }
        let day = at.0.div_euclid(DAY);
        let mut after = None;
        loop {
            let part = faults.note(storage.operations.users_of(day, after, PART).await);
            let part = part.unwrap_or_default();
            for account in &part {
                faults.of(
                    *account,
                    tell_quotas(storage, till, *account, day, at).await,
                );
            }
            match part.last() {
                Some(last) => after = Some(*last),
                None => break,
            }
        }
        let before = Time(at.0 - KEPT);
        faults.note(storage.telegrams.sweep(at).await);
        faults.note(storage.announcements.sweep(before).await);
        faults.note(storage.notifications.sweep(before).await);
        faults.end()
    }
}

/// The first thing that failed, for whoever started it; the others are in the log.
struct Faults(Option<StorageError>);

impl Faults {
    fn note<T>(&mut self, done: Result<T>) -> Option<T> {
        match done {
            Ok(value) => Some(value),
            Err(error) => {
                tracing::error!(%error, "a part of a scan failed");
                self.0.get_or_insert(error);
                None
            }
        }
    }

    fn of(&mut self, account: AccountId, done: Result<()>) {
        if let Err(error) = done {
            tracing::error!(%error, %account, "an account could not be looked at");
            self.0.get_or_insert(error);
        }
    }

    fn end(self) -> Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

async fn tell_standing(storage: &Storage, till: &Till, account: AccountId, at: Time) -> Result<()> {
    let standing = till.standing(account).await?;
    let ends = standing.ends;
    let kind = match standing.state {
        State::PastDue => NotificationKind::PaymentFailed,
        State::Ending if ends.is_some_and(|ends| ends.0 - at.0 <= BEFORE_END && ends > at) => {
            NotificationKind::PlanEnding
        }
        _ => return Ok(()),
    };
    let subscription = standing.subscription.map_or_else(String::new, |one| one.id);
    let ends_at = ends.map_or(0, |time| time.0);
    let matter = Matter {
        kind,
        // The time at which it ends tells one failure, or one end, from the next.
        cause: format!("{}:{subscription}:{ends_at}", kind.name()),
        subject: standing.plan.as_str().to_owned(),
        detail: String::new(),
        about: None,
        since: ends,
    };
    storage.notifications.tell(account, &matter, at).await?;
    Ok(())
}

async fn tell_quotas(
    storage: &Storage,
    till: &Till,
    account: AccountId,
    day: i64,
    at: Time,
) -> Result<()> {
    for one in till.held(account).await?.allowances {
        let Limit::Of(most) = one.limit else {
            continue;
        };
        if !one.near() {
            continue;
        }
        let when = if one.quota.daily() { day } else { 0 };
        let matter = Matter {
            kind: NotificationKind::QuotaNear,
            cause: format!("quota-near:{}:{most}:{when}", one.quota.name()),
            subject: one.quota.name().to_owned(),
            detail: format!("{}/{most}", one.used),
            about: None,
            since: None,
        };
        storage.notifications.tell(account, &matter, at).await?;
    }
    Ok(())
}
