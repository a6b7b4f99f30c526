//! Reports and receipts: each again until the server has it, in the order in which they were given.

use super::{
    FromServer, ReportToken,
    pause::Pause,
    verdict::{Verdict, verdict},
    wire::{End, Wire},
};
use protocol::{
    api::{command::Receipt, problem::ProblemCode, report::Report},
    client::{Called, Client, ClientError},
    id::{BrokerAccountId, CommandId},
};
use std::convert::Infallible;
use tokio::sync::mpsc;

/// After so many answers that something is wrong at the server, others have their turn: it may be
/// wrong with this one alone.
const TRIES: u32 = 5;

/// Something that waits to be sent.
#[derive(Debug)]
pub(super) struct Waiting<N, T> {
    pub(super) name: N,
    pub(super) what: T,
}

/// What is sent.
enum Letter {
    Report(Report),
    Receipt(CommandId, Receipt),
}

impl Letter {
    /// Whether the server knows it again by itself, whatever the key: deals by their tickets,
    /// snapshots by their times.
    const fn is_known_again(&self) -> bool {
        matches!(self, Self::Report(_))
    }

    /// What the server calls the account, where it is about one.
    async fn send(&self, client: &Client, key: &str) -> Called<Option<BrokerAccountId>> {
        match self {
            Self::Report(report) => {
                let receipt = client.report(report, key).await?;
                Ok(Some(receipt.broker_account))
            }
            Self::Receipt(command, receipt) => {
                client.finish(*command, receipt, key).await.map(|_| None)
            }
        }
    }
}

/// What became of it.
enum Sent {
    Kept(Option<BrokerAccountId>),
    Refused { why: String, is_later: bool },
}

pub(super) async fn reports(
    wire: &Wire,
    mut pause: Pause,
    mut queue: mpsc::Receiver<Waiting<ReportToken, Report>>,
) -> Result<Infallible, End> {
    let mut number: u64 = 0;
    while let Some(Waiting { name: token, what }) = queue.recv().await {
        number += 1;
        // The same again has the same key: the server answers what it answered. What comes again
        // from the journal has another; the server knows deals by their tickets.
        let key = format!("report-{:032x}-{number}", wire.nonce);
        let sent = match what.fault() {
            Some(fault) => Sent::Refused {
                why: fault.to_owned(),
                is_later: false,
            },
            None => again(wire, &mut pause, &Letter::Report(what), &key).await?,
        };
        let told = match sent {
            Sent::Kept(account) => FromServer::Reported { token, account },
            Sent::Refused { why, is_later } => FromServer::NotReported {
                token,
                why,
                is_later,
            },
        };
        wire.tell(told).await?;
    }
    Err(End::Left)
}

pub(super) async fn receipts(
    wire: &Wire,
    mut pause: Pause,
    mut queue: mpsc::Receiver<Waiting<CommandId, Receipt>>,
) -> Result<Infallible, End> {
    let mut number: u64 = 0;
    while let Some(Waiting { name, what }) = queue.recv().await {
        number += 1;
        let key = format!("receipt-{:032x}-{number}", wire.nonce);
        let letter = Letter::Receipt(name, what);
        let told = match again(wire, &mut pause, &letter, &key).await? {
            Sent::Kept(_) => FromServer::Receipted(name),
            Sent::Refused { why, is_later } => FromServer::NotReceipted {
                command: name,
                why,
                is_later,
            },
        };
        wire.tell(told).await?;
    }
    Err(End::Left)
}

/// Sends until there is an answer that says something of what was sent.
async fn again(wire: &Wire, pause: &mut Pause, letter: &Letter, key: &str) -> Result<Sent, End> {
    let mut tries = 0;
    let (base, mut key) = (key, key.to_owned());
    for turn in 1_u64.. {
        // Nobody is asked in vain: heartbeats say when the server is back.
        wire.until_online().await;
        let error = match wire.judge(letter.send(&wire.client, &key).await)? {
            Ok(account) => {
                pause.reset();
                return Ok(Sent::Kept(account));
            }
            Err(error) => error,
        };
        let why = error.to_string();
        match verdict(&error) {
            Verdict::Never => {
                return Ok(Sent::Refused {
                    why,
                    is_later: false,
                });
            }
            Verdict::Later => {
                return Ok(Sent::Refused {
                    why,
                    is_later: true,
                });
            }
            Verdict::Again => {}
        }
        // Whoever worked on it may have died, and holds the key for minutes.
        if letter.is_known_again() && is_in_progress(&error) {
            key = format!("{base}-{turn}");
        }
        if is_of_the_server(&error) {
            tries += 1;
            if tries == TRIES {
                return Ok(Sent::Refused {
                    why,
                    is_later: true,
                });
            }
        }
        if matches!(error, ClientError::Unreachable) {
            wire.ask.notify_one();
        }
        wire.rest(pause, &error).await;
    }
    Err(End::Left)
}

/// Whether the same is under way at the server.
fn is_in_progress(error: &ClientError) -> bool {
    matches!(error, ClientError::Problem { problem, .. } if problem.code == ProblemCode::InProgress)
}

/// Whether the server had it and failed, rather than somebody on the way or by the crowd.
fn is_of_the_server(error: &ClientError) -> bool {
    match error {
        ClientError::Problem { problem, .. } => problem.status == 500,
        // A proxy that never lets this one through must not hold up the others.
        ClientError::Status { status, .. } => *status != 429,
        ClientError::Unreadable => true,
        _ => false,
    }
}
