//! Sends mails of the outbox by SMTP, or writes them to the log where there is no server.

use crate::{clock::now, meter, pause::spread};
use billing::outside::{BreakerState, CallError, Outside, Patience, Repeat};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};
use protocol::id::MailId;
use std::{
    str::FromStr,
    sync::{Arc, OnceLock},
    time::Duration,
};
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
/// What the server is called in faults.
const NAME: &str = "the mail server";
/// Codes that are about us or the server, not about a mail: it shuts (421), or does not take our name
/// and password (RFC 4954).
const OURS: [u16; 7] = [421, 432, 454, 530, 534, 535, 538];
/// Codes that refuse a recipient for good: there is no such one, or none of theirs.
const NOBODY: [u16; 4] = [550, 551, 553, 556];

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
        let way = Arc::new(Outside::new(NAME, patience));
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
    /// It was tried as often as it is tried, or nobody is there to get it: why.
    Never(String),
}

/// Why a mail was not taken.
#[derive(Debug)]
enum Fault {
    /// The server is at fault, or was not asked: the mail keeps its tries.
    Server(String),
    /// It may be taken another time.
    Again(String),
    /// It never will.
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
            return Ok(Delivery::Later(rested(id, at), why));
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
        let Err(fault) = send(smtp, &self.from, &mail).await else {
            storage.mails.sent(id, now()).await?;
            return Ok(Delivery::Over);
        };
        tracing::warn!(%id, attempts = mail.attempts, ?fault, "a mail was not taken");
        let (why, again) = match fault {
            Fault::Server(why) => {
                let at = rested(id, now());
                storage.mails.give_back(id, &why, at).await?;
                return Ok(Delivery::Later(at, why));
            }
            Fault::Again(why) => (why, again(&mail)),
            Fault::Never(why) => (why, None),
        };
        storage.mails.failed(id, &why, again).await?;
        Ok(match again {
            Some(at) => Delivery::Later(at, why),
            None => Delivery::Never(why),
        })
    }
}

/// When a mail is looked at again that the server's rest holds up.
fn rested(id: MailId, at: Time) -> Time {
    Time(at.0 + spread(REST.as_millis() as i64, id.0.as_u128()))
}

/// When a mail is tried again: after a minute, then each time twice as long, and some chance in it.
fn again(mail: &Mail) -> Option<Time> {
    let tried = mail.attempts.clamp(1, TRIES);
    let pause = spread(MINUTE << (tried - 1), mail.id.0.as_u128());
    (tried < TRIES).then(|| Time(now().0 + pause))
}

async fn send(smtp: &Smtp, from: &Mailbox, mail: &Mail) -> Result<(), Fault> {
    let message = message(from, mail).map_err(Fault::Never)?;
    // What a server says that lets nobody in: the breaker knows only that it failed.
    let said = OnceLock::new();
    let sending = smtp.way.call(Repeat::Never, || async {
        let Err(error) = smtp.transport.send(message.clone()).await else {
            return Ok(Ok(()));
        };
        let code = error.status().map(u16::from);
        let is_spoken_of = code.is_some() || error.is_client();
        // Greetings and refused mails have the same codes: who lets us in again meant the mail.
        if is_spoken_of && !code.is_some_and(|code| OURS.contains(&code)) && smtp.lets_in().await {
            return Ok(Err(match code {
                Some(code) if NOBODY.contains(&code) => Fault::Never(error.to_string()),
                _ => Fault::Again(error.to_string()),
            }));
        }
        tracing::warn!(%error, "the mail server failed");
        if is_spoken_of {
            let _ = said.set(error.to_string());
        }
        Err(CallError::Unreachable(NAME))
    });
    let outcome = sending.await;
    match outcome {
        Ok(sent) => sent,
        // Somebody else is seeing whether it works again.
        Err(error @ CallError::Open(_)) => Err(Fault::Server(error.to_string())),
        // Where nothing was said it may have been taken all the same: that counts as a try, or it
        // would be sent for ever.
        Err(error) => Err(match said.into_inner() {
            Some(why) => Fault::Server(why),
            None => Fault::Again(error.to_string()),
        }),
    }
}

fn message(from: &Mailbox, mail: &Mail) -> Result<Message, String> {
    let to: Mailbox = mail
        .mail
        .recipient
        .parse()
        .map_err(|error| format!("address: {error}"))?;
    Message::builder()
        .from(from.clone())
        .to(to)
        // The same whenever it is tried: who gets it twice can tell.
        .message_id(Some(format!("<{}@phoenix>", mail.id)))
        .subject(mail.mail.subject.clone())
        .header(ContentType::TEXT_PLAIN)
        .body(mail.mail.body.clone())
        .map_err(|error| error.to_string())
}

impl Smtp {
    /// Whether the server greets us and takes our name and password.
    async fn lets_in(&self) -> bool {
        self.transport.test_connection().await.unwrap_or(false)
    }
}

#[cfg(test)]
mod tests;
