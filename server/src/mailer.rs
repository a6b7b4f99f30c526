//! Empties the outbox: sends mail by SMTP, or writes it to the log where there is no server.

use crate::{clock::now, meter};
use billing::outside::{BreakerState, CallError, Outside, Patience, Repeat};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use std::{str::FromStr, sync::Arc, time::Duration};
use storage::{Mail, Storage};
use tokio::{sync::watch, time};
use trading::time::{MINUTE, Time};

/// How often the outbox is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long a server may take for one mail.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a mail is ours once it is taken: longer than any attempt.
const HELD: i64 = 2 * MINUTE;
/// How often a mail is tried, over some two hours.
const TRIES: u32 = 7;

/// A mail server, as `smtps://user:password@host`.
#[derive(Clone)]
pub(crate) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    /// A server that fails again and again is left alone for a while.
    way: Arc<Outside>,
}

/// The text names no mail server.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("a mail server is named like smtps://user:password@host or smtp://host:587?tls=required")]
pub(crate) struct NoSmtp;

impl FromStr for Smtp {
    type Err = NoSmtp;
    fn from_str(text: &str) -> Result<Self, NoSmtp> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(text);
        let transport = transport.map_err(|_| NoSmtp)?;
        let patience = Patience {
            each: PATIENCE * 2,
            // The outbox tries again, much later.
            retries: 0,
            rest: Duration::from_secs(60),
            ..Patience::default()
        };
        let way = Arc::new(Outside::new("the mail server", patience));
        let watched = way.clone();
        meter::watch("smtp", move || watched.state());
        Ok(Self {
            way,
            transport: transport.timeout(Some(PATIENCE)).build(),
        })
    }
}

/// It may hold a password.
impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Smtp")
    }
}

/// Sends what comes into the outbox until the server stops.
pub(crate) fn start(
    storage: Storage,
    smtp: Option<Smtp>,
    from: Mailbox,
    mut stopping: watch::Receiver<bool>,
) {
    tokio::spawn(async move {
        let mut clock = time::interval(LOOK);
        loop {
            tokio::select! {
                _ = clock.tick() => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
            if let Err(error) = empty(&storage, smtp.as_ref(), &from).await {
                tracing::error!(%error, "the outbox could not be read");
            }
        }
    });
}

async fn empty(storage: &Storage, smtp: Option<&Smtp>, from: &Mailbox) -> storage::Result<()> {
    loop {
        // A mail that is not sent because the server rests keeps its tries.
        if smtp.is_some_and(|smtp| smtp.way.state() == BreakerState::Open) {
            return Ok(());
        }
        let at = now();
        let Some(mail) = storage.mails.take(at, Time(at.0 + HELD)).await? else {
            return Ok(());
        };
        let Some(smtp) = smtp else {
            let (to, subject, body) = (&mail.mail.recipient, &mail.mail.subject, &mail.mail.body);
            tracing::info!(
                to,
                subject,
                body,
                "no mail server is set up: a mail is kept here"
            );
            storage.mails.kept(mail.id).await?;
            continue;
        };
        match send(smtp, from, &mail).await {
            Ok(()) => storage.mails.sent(mail.id, now()).await?,
            Err(why) => {
                tracing::warn!(id = %mail.id, attempts = mail.attempts, why, "a mail was not taken");
                storage.mails.failed(mail.id, &why, again(&mail)).await?;
            }
        }
    }
}

/// When a mail is tried again: after a minute, then each time twice as long.
fn again(mail: &Mail) -> Option<Time> {
    let tried = mail.attempts.max(1);
    (tried < TRIES).then(|| Time(now().0 + (MINUTE << (tried - 1))))
}

async fn send(smtp: &Smtp, from: &Mailbox, mail: &Mail) -> Result<(), String> {
    let to: Mailbox = mail
        .mail
        .recipient
        .parse()
        .map_err(|error| format!("address: {error}"))?;
    let message = Message::builder()
        .from(from.clone())
        .to(to)
        // The same whenever it is tried: who gets it twice can tell.
        .message_id(Some(format!("<{}@phoenix>", mail.id)))
        .subject(mail.mail.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(mail.mail.body.clone())
        .map_err(|error| error.to_string())?;
    let sending = smtp.way.call(Repeat::Never, || async {
        match smtp.transport.send(message.clone()).await {
            Ok(_) => Ok(Ok(())),
            // A mail that is refused is the mail's fault: the server works.
            Err(error) if error.is_permanent() => Ok(Err(error.to_string())),
            Err(error) => {
                tracing::warn!(%error, "the mail server failed");
                Err(CallError::Unreachable("the mail server"))
            }
        }
    });
    sending.await.unwrap_or_else(|error| Err(error.to_string()))
}
