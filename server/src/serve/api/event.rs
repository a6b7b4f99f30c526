//! What is pushed over an open connection, as server-sent events. An executor hears its commands,
//! everybody else what happens.
//!
//! A connection can break after something was sent and before it was heard: so an executor that
//! connects is sent everything that it has not said to have done, whatever `Last-Event-ID` says,
//! and does each command once. The others are told to read the lists again.

use super::{
    asker::{ANYBODY, By, Who},
    refusal::{Answer, Refusal},
};
use crate::{
    clock::now,
    meter,
    serve::{Context, request_id::carried},
};
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{
        IntoResponse, Response,
        sse::{self, KeepAlive, Sse},
    },
};
use futures_util::stream;
use protocol::{
    api::{credential::Scope, event::Event, problem::ProblemCode},
    id::{AccountId, CommandId, ExecutorId},
};
use std::{collections::BTreeSet, convert::Infallible, time::Duration};
use storage::{Ears, Heard, Notice, Storage, StorageError, Subject};
use tokio::{sync::mpsc, time};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// How often something is sent where nothing happens, and it is looked whether who listens still
/// may.
const QUIET: Duration = Duration::from_secs(15);
/// How many messages may wait for a slow reader.
const WAITING: usize = 16;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(events))
}

/// Everything that happens, as `text/event-stream`; the data of each event is JSON. An executor
/// hears its commands, and everything that it has not said to have done when it connects; the
/// others hear what changes. A comment comes every 15 seconds. For everybody.
#[utoipa::path(get, path = "/events", tag = "events",
    responses((status = 200, description = "Events", body = Event,
        content_type = "text/event-stream"),
        (status = 409, description = "Too many listen, or an executor sent no heartbeat yet")))]
async fn events(by: By<ANYBODY>, headers: HeaderMap) -> Answer<Response> {
    let storage = by.context.desk.storage().clone();
    let executor = match by.who {
        Who::Key(credential, Scope::Executor) => {
            match storage.executors.of(by.account, credential).await {
                Err(StorageError::NotFound) => {
                    let why = "send a heartbeat first";
                    return Err(Refusal::with(ProblemCode::Conflict, why));
                }
                found => Some(found?),
            }
        }
        _ => None,
    };
    // Before anything is read: what happens from here on is heard.
    let ears = storage.notices.subscribe_to(by.account).await?;
    let (sender, receiver) = mpsc::channel(WAITING);
    let line = Line {
        storage,
        account: by.account,
        who: by.who,
        executor,
        ears,
        sender,
        sent: BTreeSet::new(),
        is_again: headers.contains_key("last-event-id"),
    };
    let mut stopping = by.context.stopping.clone();
    let open = meter::stream();
    tokio::spawn(carried(async move {
        let _open = open;
        tokio::select! {
            // Closed: nobody reads any more, or nothing is to be read.
            _ = line.run() => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    }));
    let messages = stream::unfold(receiver, |mut receiver| async move {
        let event = receiver.recv().await?;
        Some((Ok::<_, Infallible>(event), receiver))
    });
    let alive = KeepAlive::new().interval(QUIET).text("alive");
    let mut response = Sse::new(messages).keep_alive(alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Proxies of this kind would keep events back otherwise.
    let buffering = HeaderName::from_static("x-accel-buffering");
    headers.insert(buffering, HeaderValue::from_static("no"));
    Ok(response)
}

/// Why a line ended. The reader connects again, and misses nothing.
enum End {
    /// Nobody reads any more.
    Left,
    /// Who listens may no longer.
    Refused,
    /// The database failed, or speaks no more.
    Away,
}

impl From<StorageError> for End {
    fn from(error: StorageError) -> Self {
        tracing::error!(%error, "events could not be read");
        Self::Away
    }
}

/// An open connection.
struct Line {
    storage: Storage,
    account: AccountId,
    who: Who,
    executor: Option<ExecutorId>,
    ears: Ears,
    sender: mpsc::Sender<sse::Event>,
    /// Commands that were sent over this connection and have not ended.
    sent: BTreeSet<CommandId>,
    is_again: bool,
}

impl Line {
    async fn run(mut self) {
        if let Err(End::Refused) = self.talk().await {
            tracing::info!(account = %self.account, "a key or session ended while it listened");
        }
    }

    async fn talk(&mut self) -> Result<(), End> {
        match self.executor {
            Some(executor) => {
                self.open(executor).await?;
                // What changed while it was away.
                self.send(Uuid::now_v7(), &Event::StrategiesChanged).await?;
            }
            None if self.is_again => self.send(Uuid::now_v7(), &Event::Resync).await?,
            None => {}
        }
        let mut clock = time::interval(QUIET);
        let sender = self.sender.clone();
        loop {
            tokio::select! {
                heard = self.ears.hear() => match heard {
                    Some(Heard::Notice(notice)) if notice.account == self.account => {
                        self.tell(notice).await?;
                    }
                    Some(Heard::Notice(_)) => {}
                    Some(Heard::Gap) => self.catch_up().await?,
                    None => return Err(End::Away),
                },
                _ = clock.tick() => self.check().await?,
                () = sender.closed() => return Err(End::Left),
            }
        }
    }

    /// Says what a notice is about.
    async fn tell(&mut self, notice: Notice) -> Result<(), End> {
        match (notice.subject, self.executor) {
            (Subject::CredentialRevoked(id), _) => match self.who {
                Who::Key(mine, _) if mine == id => Err(End::Refused),
                _ => Ok(()),
            },
            // Changed ones too: another connection of the same executor may have taken it, and be
            // dead without knowing. A report may have brought an account whose commands wait.
            (
                Subject::CommandQueued(_) | Subject::CommandChanged(_) | Subject::Reported(_),
                Some(executor),
            ) => self.open(executor).await,
            (Subject::CommandQueued(id) | Subject::CommandChanged(id), None) => {
                let commands = &self.storage.commands;
                match commands.load(self.account, id, now()).await {
                    Ok(command) => {
                        let event = Event::CommandChanged { command };
                        self.send(Uuid::now_v7(), &event).await
                    }
                    Err(StorageError::NotFound) => Ok(()),
                    Err(error) => Err(error.into()),
                }
            }
            (Subject::Reported(broker_account), None) => {
                let event = Event::Reported { broker_account };
                self.send(Uuid::now_v7(), &event).await
            }
            (Subject::ExecutorSeen(executor), None) => {
                let event = Event::ExecutorSeen { executor };
                self.send(Uuid::now_v7(), &event).await
            }
            (Subject::ExecutorSeen(_), Some(_)) => Ok(()),
            (Subject::StrategyChanged(_), _) => {
                self.send(Uuid::now_v7(), &Event::StrategiesChanged).await
            }
        }
    }

    /// Something may have been missed.
    async fn catch_up(&mut self) -> Result<(), End> {
        self.check().await?;
        match self.executor {
            Some(executor) => {
                self.open(executor).await?;
                self.send(Uuid::now_v7(), &Event::StrategiesChanged).await
            }
            None => self.send(Uuid::now_v7(), &Event::Resync).await,
        }
    }

    /// Everything that an executor has not said to have done, and was not sent over this
    /// connection.
    async fn open(&mut self, executor: ExecutorId) -> Result<(), End> {
        let commands = &self.storage.commands;
        let open = commands.open(self.account, executor, now()).await?;
        let ids: BTreeSet<CommandId> = open.iter().map(|command| command.id).collect();
        self.sent.retain(|id| ids.contains(id));
        for command in open {
            if self.sent.insert(command.id) {
                let id = command.id.0;
                self.send(id, &Event::CommandDelivered { command }).await?;
            }
        }
        Ok(())
    }

    async fn send(&mut self, id: Uuid, event: &Event) -> Result<(), End> {
        let text = serde_json::to_string(event).map_err(|_| End::Away)?;
        let event = sse::Event::default()
            .id(id.to_string())
            .event(event.name())
            .data(text);
        self.sender.send(event).await.map_err(|_| End::Left)
    }

    /// Whether who listens still may.
    async fn check(&self) -> Result<(), End> {
        let storage = &self.storage;
        let may = match self.who {
            Who::Key(id, _) => storage.credentials.is_live(self.account, id, now()).await?,
            Who::Session(Some(hash)) => storage.sessions.find(hash, now()).await?.is_some(),
            Who::Session(None) => false,
        };
        if may { Ok(()) } else { Err(End::Refused) }
    }
}
