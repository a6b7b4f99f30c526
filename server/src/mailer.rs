//! Sends mails of the outbox by SMTP, or writes them to the log where there is no server.

use crate::{clock::now, meter};
use billing::outside::{BreakerState, CallError, Outside, Patience, Repeat};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use protocol::id::MailId;
use std::{str::FromStr, sync::Arc, time::Duration};
use storage::{Claim, Mail, Storage};
use trading::time::{MINUTE, Time};

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a server may take for one mail.
const ATTEMPT: Duration = Duration::from_secs(20);
/// How long a mail is ours once it is taken, in milliseconds: longer than any attempt.
const HELD: i64 = 30_000;
/// For how long a server that failed again and again is left alone.
const REST: Duration = Duration::from_secs(60);
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
            each: ATTEMPT,
            // The outbox tries again, much later.
            retries: 0,
            rest: REST,
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

/// Where mail is brought to.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    /// By which server; without one, mail is kept and logged.
    pub(crate) smtp: Option<Smtp>,
    /// From whom.
    pub(crate) from: Mailbox,
}

/// What became of a mail.
#[derive(Debug)]
pub(crate) enum Delivery {
    /// A server took it, or there is nothing to send.
    Over,
    /// It is to be tried again, not before then: why.
    Later(Time, String),
    /// It was tried as often as it is tried: why.
    Never(String),
}

impl Post {
    /// Sends one mail, unless somebody else does or did.
    pub(crate) async fn deliver(&self, storage: &Storage, id: MailId) -> storage::Result<Delivery> {
        let at = now();
        // A mail that is not sent because the server rests keeps its tries.
        if let Some(smtp) = &self.smtp
            && smtp.way.state() == BreakerState::Open
        {
            let why = "the mail server is left alone for a while".to_owned();
            return Ok(Delivery::Later(Time(at.0 + REST.as_millis() as i64), why));
        }
        let mail = match storage.mails.claim(id, at, Time(at.0 + HELD)).await? {
            Claim::Ours(mail) => mail,
            Claim::Later(at) => {
                let why = "somebody else is sending it, or died doing so".to_owned();
                return Ok(Delivery::Later(at, why));
            }
            Claim::Gone => return Ok(Delivery::Over),
        };
        let Some(smtp) = &self.smtp else {
            let (to, subject, body) = (&mail.mail.recipient, &mail.mail.subject, &mail.mail.body);
            tracing::info!(
                to,
                subject,
                body,
                "no mail server is set up: a mail is kept here"
            );
            storage.mails.kept(id).await?;
            return Ok(Delivery::Over);
        };
        let Err(why) = send(smtp, &self.from, &mail).await else {
            storage.mails.sent(id, now()).await?;
            return Ok(Delivery::Over);
        };
        tracing::warn!(%id, attempts = mail.attempts, why, "a mail was not taken");
        let again = again(&mail);
        storage.mails.failed(id, &why, again).await?;
        Ok(match again {
            Some(at) => Delivery::Later(at, why),
            None => Delivery::Never(why),
        })
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
