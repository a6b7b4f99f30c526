//! Telling traders: by mail, by our bot, by a call of their own server. What is to be told is in
//! `storage::Notifications`; here it goes out.
//!
//! | file | what |
//! |---|---|
//! | `settings.rs` | token and addresses, all faults at once |
//! | `deliver.rs` | sends what is due |
//! | `message.rs` | what is said |
//! | `guard.rs` | to which addresses webhooks may go |
//! | `webhook.rs` | calls them, signed |
//! | `telegram.rs` | what our bot says |
//! | `listen.rs` | what our bot hears |
//! | `scan.rs` | causes that nobody reports |
//! | `clock.rs` | does all of it from time to time |

mod clock;
mod deliver;
mod guard;
mod listen;
mod message;
mod scan;
mod settings;
mod telegram;
#[cfg(test)]
mod tests;
mod webhook;

pub(crate) use clock::start;
pub(crate) use guard::UrlFault;
pub(crate) use message::shown;
pub(crate) use settings::NotifySettings;

use crate::{account::Desk, clock::now, meter};
use billing::outside::{BreakerState, CallError};
use guard::Guard;
use identity::Token;
use protocol::id::AccountId;
use std::sync::Arc;
use storage::{Storage, StorageError};
use telegram::Telegram;
use trading::time::{MINUTE, Time};
use uuid::Uuid;
use webhook::Hooks;

/// How long a code for the bot holds.
const CODE: i64 = 15 * MINUTE;

/// Where traders are told from. A clone is another handle of the same.
#[derive(Debug, Clone)]
pub(crate) struct Notifier(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    storage: Storage,
    desk: Desk,
    guard: Guard,
    hooks: Hooks,
    telegram: Option<Telegram>,
    /// What links in messages begin with.
    origin: String,
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotifyError {
    /// A webhook may not be there.
    #[error(transparent)]
    Url(#[from] UrlFault),
    /// Telegram is not set up.
    #[error("Telegram is not set up")]
    NoTelegram,
    /// Telegram cannot be asked.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The machine failed.
    #[error("{0}")]
    Machine(String),
}

impl Notifier {
    /// Opens it. Nothing is sent yet.
    pub(crate) fn open(
        desk: Desk,
        settings: NotifySettings,
        origin: String,
    ) -> Result<Self, CallError> {
        let guard = Guard::new(settings.allowed);
        Ok(Self(Arc::new(Inner {
            storage: desk.storage().clone(),
            hooks: Hooks::new(&guard)?,
            guard,
            telegram: settings.telegram.map(Telegram::new).transpose()?,
            desk,
            origin,
        })))
    }

    /// Has the breakers before Telegram and the webhooks watched.
    pub(crate) fn watch(&self) {
        if self.has_telegram() {
            let one = self.clone();
            meter::watch("telegram", move || {
                one.telegram_state().unwrap_or(BreakerState::Closed)
            });
            let one = self.clone();
            meter::watch("telegram_news", move || {
                let telegram = one.0.telegram.as_ref();
                telegram.map_or(BreakerState::Closed, Telegram::news_state)
            });
        }
        let one = self.clone();
        meter::watch_webhooks(move || one.resting_webhooks());
    }

    /// Whether there is a bot.
    pub(crate) fn has_telegram(&self) -> bool {
        self.0.telegram.is_some()
    }

    /// How the way to Telegram is.
    pub(crate) fn telegram_state(&self) -> Option<BreakerState> {
        self.0.telegram.as_ref().map(Telegram::state)
    }

    /// How many webhooks are left alone for a while.
    pub(crate) fn resting_webhooks(&self) -> usize {
        self.0.hooks.resting()
    }

    /// The address at which a trader gives our bot a code that says who they are.
    pub(crate) async fn link(&self, account: AccountId) -> Result<String, NotifyError> {
        let telegram = self.0.telegram.as_ref().ok_or(NotifyError::NoTelegram)?;
        let bot = telegram.name().await?;
        let code = Token::generate().map_err(|error| NotifyError::Machine(error.to_string()))?;
        let until = Time(now().0 + CODE);
        let telegrams = &self.0.storage.telegrams;
        telegrams.issue(account, &code.hash(), until).await?;
        let text = code.text();
        Ok(format!("https://t.me/{bot}?start={}", text.reveal()))
    }

    /// Makes a webhook; what it is signed with is told this once.
    pub(crate) async fn add_webhook(
        &self,
        account: AccountId,
        url: &str,
    ) -> Result<(Uuid, String), NotifyError> {
        let url = self.0.guard.check(url)?;
        let failed = |error: &dyn std::fmt::Display| NotifyError::Machine(error.to_string());
        let secret = identity::random::random::<32>().map_err(|error| failed(&error))?;
        let id = Uuid::now_v7();
        let seal = self.0.desk.seal();
        let sealed = seal.seal(&secret[..], &webhook::place(id));
        let sealed = sealed.map_err(|error| failed(&error))?;
        let webhooks = &self.0.storage.webhooks;
        webhooks
            .add(account, id, url.as_str(), &sealed, now())
            .await?;
        Ok((id, webhook::shown(&secret[..])))
    }
}
