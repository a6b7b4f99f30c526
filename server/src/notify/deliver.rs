//! Sends what is due.

use super::{
    Notifier, message,
    telegram::Said,
    webhook::{self, Call},
};
use crate::{flag::Flag, pause::spread};
use billing::outside::CallError;
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::time::{Duration, Instant};
use storage::{Channel, Delivery, Result, StorageError};
use tokio::sync::watch;
use trading::time::{MINUTE, SECOND, Time};

/// How long one is ours once it is taken: longer than any attempt.
const HELD: i64 = 2 * MINUTE;
/// How often one is tried, over some four hours.
const TRIES: u32 = 10;
/// The first pause; each further one is twice as long.
const PAUSE: i64 = 30 * SECOND;
/// How many are sent at once: one server that does not answer is not to hold up all others.
const AT_ONCE: usize = 32;
/// How many are sent before somebody else has a turn.
const MOST: usize = 1_024;
/// For how long one round takes new ones: all are held from its beginning on.
const ROUND: Duration = Duration::from_secs(30);

/// What became of an attempt.
enum Outcome {
    /// It was taken.
    Sent,
    /// It was put where it is sent from.
    Handed,
    /// There is nobody to send it to any more.
    Nobody(&'static str),
    /// It is to be tried again; with how long they want to be left alone, in milliseconds.
    Again(String, i64),
}

impl Notifier {
    /// Sends what is due; says how many were tried. Any number of processes may do so at once. What
    /// cannot be sent, for whatever reason, holds up nothing else. Once it is asked to stop it takes
    /// no more, and ends when what it took is done.
    ///
    /// # Errors
    /// When the database gives nothing. What was taken before is sent all the same.
    pub(crate) async fn deliver_due(
        &self,
        at: Time,
        stopping: &watch::Receiver<bool>,
    ) -> Result<usize> {
        let deliveries = &self.0.storage.deliveries;
        let begun = Instant::now();
        let (mut tried, mut failed) = (0, None);
        let mut under_way = FuturesUnordered::new();
        loop {
            let may_more = failed.is_none() && begun.elapsed() < ROUND;
            while may_more && under_way.len() < AT_ONCE && tried < MOST && !*stopping.borrow() {
                match deliveries.take(at, Time(at.0 + HELD)).await {
                    Ok(Some(one)) => {
                        tried += 1;
                        under_way.push(async move { self.deliver(&one, at).await });
                    }
                    Ok(None) => break,
                    Err(error @ StorageError::Damaged(_)) => {
                        tried += 1;
                        tracing::error!(%error, "a notification cannot be read and is not sent");
                    }
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            }
            if under_way.next().await.is_none() {
                return failed.map_or(Ok(tried), Err);
            }
        }
    }

    async fn deliver(&self, one: &Delivery, at: Time) {
        let (id, attempts, channel) = (one.id, one.attempts, one.channel.name());
        let outcome = match one.channel {
            // Whoever tries it dies of it.
            _ if attempts > TRIES => Ok(Outcome::Again("nobody came back from it".to_owned(), 0)),
            Channel::Mail => self.by_mail(one, at).await,
            Channel::Telegram => self.by_telegram(one).await,
            Channel::Webhook => self.by_webhook(one, at).await,
        };
        let deliveries = &self.0.storage.deliveries;
        let done = match outcome {
            Ok(Outcome::Handed) => Ok(()),
            Ok(Outcome::Sent) => deliveries.sent(id, at).await,
            Ok(Outcome::Nobody(why)) => deliveries.dropped(id, why).await,
            Ok(Outcome::Again(why, wanted)) => {
                tracing::warn!(%id, attempts, channel, why, "a notification was not taken");
                let again = again(one, wanted, at);
                deliveries.failed(id, &why, again).await
            }
            Err(error) => {
                tracing::error!(%error, %id, attempts, channel, "a notification could not be sent");
                let again = again(one, 0, at);
                deliveries.failed(id, &error.to_string(), again).await
            }
        };
        // It is due again when it is held no more.
        if let Err(error) = done {
            tracing::error!(%error, %id, channel, "what became of a notification is not noted");
        }
    }

    async fn by_mail(&self, one: &Delivery, at: Time) -> Result<Outcome> {
        let mail = message::mail(one, &self.0.origin);
        self.0.storage.deliveries.mailed(one.id, &mail, at).await?;
        Ok(Outcome::Handed)
    }

    async fn by_telegram(&self, one: &Delivery) -> Result<Outcome> {
        let storage = &self.0.storage;
        let Some(telegram) = &self.0.telegram else {
            return Ok(Outcome::Nobody("Telegram is not set up"));
        };
        if !Flag::NotifyTelegram
            .is_on(storage, Some(one.account))
            .await?
        {
            return Ok(Outcome::Nobody("turned off"));
        }
        let Some(chat) = storage.telegrams.chat(one.account).await? else {
            return Ok(Outcome::Nobody("disconnected"));
        };
        let text = message::telegram(one, &self.0.origin);
        Ok(match telegram.say(chat.chat, &text).await {
            Ok(Said::Done(())) => Outcome::Sent,
            Ok(Said::Wait(seconds)) => {
                let wait = i64::try_from(seconds).unwrap_or(i64::MAX);
                let wait = wait.clamp(1, 3_600) * SECOND;
                Outcome::Again("asked to wait".to_owned(), wait)
            }
            // It is theirs to connect again; where they have by now, it goes there.
            Ok(Said::Gone) if storage.telegrams.gone(one.account, chat.chat).await? => {
                Outcome::Nobody("refused by the chat")
            }
            Ok(Said::Gone) => Outcome::Again("another chat by now".to_owned(), 0),
            Ok(Said::Refused(status)) => Outcome::Again(format!("HTTP {status}"), 0),
            Err(error) => Outcome::Again(error.to_string(), 0),
        })
    }

    async fn by_webhook(&self, one: &Delivery, at: Time) -> Result<Outcome> {
        let storage = &self.0.storage;
        if !Flag::NotifyWebhook
            .is_on(storage, Some(one.account))
            .await?
        {
            return Ok(Outcome::Nobody("turned off"));
        }
        let hook = match storage.webhooks.load(one.account, one.target).await {
            Ok(hook) if hook.disabled_at.is_none() => hook,
            Ok(_) => return Ok(Outcome::Nobody("webhook off")),
            Err(StorageError::NotFound) => return Ok(Outcome::Nobody("removed")),
            Err(error) => return Err(error),
        };
        let seal = self.0.desk.seal();
        let Ok(secret) = seal.open(&hook.secret, &webhook::place(hook.id)) else {
            return Ok(Outcome::Again("its secret cannot be opened".to_owned(), 0));
        };
        let body = message::webhook(one, &self.0.origin);
        let call = Call {
            hook: hook.id,
            url: &hook.url,
            secret: secret.reveal(),
            id: one.id,
            body: &body,
        };
        match self.0.hooks.call(&call, at).await {
            Ok(()) => {
                storage.webhooks.answered(hook.id).await?;
                Ok(Outcome::Sent)
            }
            // It was not tried: that is no failure of its own.
            Err(error @ CallError::Open(_)) => Ok(Outcome::Again(error.to_string(), 0)),
            Err(error) => {
                if storage.webhooks.failed(one.account, hook.id, at).await? {
                    return Ok(Outcome::Nobody("webhook off"));
                }
                Ok(Outcome::Again(error.to_string(), 0))
            }
        }
    }
}

/// When one is tried again, if it is: each time after twice as long, and up to a half more, so that
/// not all come back at once.
fn again(one: &Delivery, wanted: i64, at: Time) -> Option<Time> {
    let tried = one.attempts.max(1);
    (tried < TRIES).then(|| {
        let pause = (PAUSE << (tried - 1)).max(wanted);
        Time(at.0 + spread(pause, one.id.as_u128()))
    })
}
