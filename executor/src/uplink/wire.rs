//! What the parts of the uplink share, and all of them at once.

use super::{
    FromServer, ReportToken, Settings, beat, clock, command::Told, errand, follow, pause,
    pause::Pause, post, post::Waiting, stream, verdict::is_revoked,
};
use crate::share::Errand;
use protocol::{
    api::{
        command::{Command, Receipt},
        heartbeat::Health,
        report::Report,
    },
    client::{Called, Client, ClientError},
    id::CommandId,
};
use std::{
    convert::Infallible,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};
use tokio::{
    select,
    sync::{Notify, mpsc, watch},
    time::sleep,
};
use trading::time::Time;

/// Why everything ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The key is no longer good.
    Revoked,
    /// Nobody listens any more, or nobody has anything to say.
    Left,
}

/// Whether the server answers heartbeats.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// It was not asked yet.
    Unknown,
    Online,
    Offline(String),
}

/// What the parts share.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) client: Client,
    pub(super) settings: Settings,
    /// Ours alone, and only as long as this program runs: keys of writes begin with it.
    pub(super) nonce: u128,
    /// Whether the server is there is to be found out at once.
    pub(super) ask: Notify,
    /// The strategies may have changed.
    pub(super) look: Notify,
    to: mpsc::Sender<FromServer>,
    reach: watch::Sender<Reach>,
    /// How far the server's clock is ahead of ours, in milliseconds.
    ahead: AtomicI64,
    told: Mutex<Told>,
}

impl Wire {
    pub(super) fn new(
        client: Client,
        to: mpsc::Sender<FromServer>,
        settings: Settings,
        nonce: u128,
    ) -> Self {
        Self {
            client,
            settings,
            nonce,
            ask: Notify::new(),
            look: Notify::new(),
            to,
            reach: watch::Sender::new(Reach::Unknown),
            ahead: AtomicI64::new(0),
            told: Mutex::default(),
        }
    }

    /// Looks whether a call was refused since the key is no longer good: then everything ends.
    pub(super) fn judge<T>(&self, called: Called<T>) -> Result<Called<T>, End> {
        match called {
            Err(error) if is_revoked(&error) => Err(End::Revoked),
            other => Ok(other),
        }
    }

    /// Tells something, however long nobody listens.
    pub(super) async fn tell(&self, what: FromServer) -> Result<(), End> {
        self.to.send(what).await.map_err(|_| End::Left)
    }

    /// Tells commands that were not told before and are not too late.
    pub(super) async fn tell_commands(&self, commands: Vec<Command>) -> Result<(), End> {
        for command in commands {
            if self.admits(&command) {
                self.tell(FromServer::Command(command)).await?;
            }
        }
        Ok(())
    }

    fn admits(&self, command: &Command) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.admits(command, self.server_time())
    }

    /// The server's time, as far as it is known.
    pub(super) fn server_time(&self) -> Time {
        let ahead = self.ahead.load(Ordering::Relaxed);
        Time(clock::now().0.saturating_add(ahead))
    }

    pub(super) fn set_ahead(&self, ahead: i64) {
        self.ahead.store(ahead, Ordering::Relaxed);
    }

    /// The server answers.
    pub(super) async fn online(&self) -> Result<(), End> {
        self.reached(Reach::Online, || FromServer::Online).await
    }

    /// The server does not answer as it should.
    pub(super) async fn offline(&self, error: &ClientError) -> Result<(), End> {
        let why = error.to_string();
        let reach = Reach::Offline(why.clone());
        self.reached(reach, || FromServer::Offline { why }).await
    }

    async fn reached(&self, now: Reach, tells: impl FnOnce() -> FromServer) -> Result<(), End> {
        if *self.reach.borrow() == now {
            return Ok(());
        }
        // First told, then acted upon: nothing comes of being online before that was told.
        self.tell(tells()).await?;
        self.reach.send_replace(now);
        Ok(())
    }

    /// Waits until the server answers.
    pub(super) async fn until_online(&self) {
        let mut reach = self.reach.subscribe();
        // It cannot end: the other side is in here.
        let _ = reach.wait_for(|reach| *reach == Reach::Online).await;
    }

    /// Waits after a failure: as long as the server said, else as long as is usual or until the
    /// server answers again.
    pub(super) async fn rest(&self, pause: &mut Pause, error: &ClientError) {
        if let Some(wait) = error.wait() {
            sleep(pause::sent_away(wait)).await;
            return;
        }
        let mut reach = self.reach.subscribe();
        let back = async {
            while reach.changed().await.is_ok() {
                if *reach.borrow_and_update() == Reach::Online {
                    return;
                }
            }
        };
        select! {
            () = sleep(pause.next()) => {}
            () = back => pause.reset(),
        }
    }

    fn pause(&self) -> Pause {
        Pause::new(&self.settings.pace)
    }
}

/// What is brought here to be carried to the server.
pub(super) struct Brought {
    pub(super) reports: mpsc::Receiver<Waiting<ReportToken, Report>>,
    pub(super) receipts: mpsc::Receiver<Waiting<CommandId, Receipt>>,
    pub(super) errands: mpsc::Receiver<Errand>,
}

/// Everything at once, until the key is revoked or one of both ends is gone.
pub(super) async fn run(wire: Wire, health: watch::Receiver<Health>, brought: Brought) {
    let Brought {
        reports,
        receipts,
        errands,
    } = brought;
    let wire = &wire;
    let end = select! {
        end = beat::run(wire, wire.pause(), health.clone()) => ended(end),
        end = stream::run(wire, wire.pause()) => ended(end),
        end = follow::run(wire, wire.pause()) => ended(end),
        end = post::reports(wire, wire.pause(), reports) => ended(end),
        end = post::receipts(wire, wire.pause(), receipts) => ended(end),
        end = errand::run(wire, wire.pause(), errands) => ended(end),
        () = left(health) => End::Left,
        () = wire.to.closed() => End::Left,
    };
    if end == End::Revoked {
        // Who does not listen any more need not know.
        let _ = wire.tell(FromServer::Revoked).await;
    }
}

fn ended(end: Result<Infallible, End>) -> End {
    let Err(end) = end;
    end
}

/// Waits until the last handle is gone.
async fn left(mut health: watch::Receiver<Health>) {
    while health.changed().await.is_ok() {}
}

#[cfg(test)]
mod tests {
    use super::{FromServer, Pause, Reach, Settings, Wire};
    use crate::uplink::Pace;
    use protocol::client::{Client, ClientError};
    use std::time::Duration;
    use tokio::{join, sync::mpsc, time::Instant};

    fn wire() -> (Wire, mpsc::Receiver<FromServer>) {
        let (to, from) = mpsc::channel(9);
        let settings = Settings {
            server: "http://localhost".to_owned(),
            name: "PC".parse().unwrap(),
            version: "1".parse().unwrap(),
            credential: "phx_one".parse().unwrap(),
            cache: None,
            pace: Pace::default(),
        };
        let client = Client::new(&settings.server, None).unwrap();
        (Wire::new(client, to, settings, 0), from)
    }

    fn busy(wait: Option<u64>) -> ClientError {
        ClientError::Status {
            status: 429,
            wait: wait.map(Duration::from_secs),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_the_server_asked_for_is_waited_to_the_end() {
        let (wire, _from) = wire();
        let mut pause = Pause::new(&Pace::default());
        let begin = Instant::now();
        // That it answers others meanwhile changes nothing.
        let (answer, error) = (wire.online(), busy(Some(7)));
        let (online, ()) = join!(answer, wire.rest(&mut pause, &error));
        online.unwrap();
        assert_eq!(begin.elapsed().as_secs(), 7);
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_ends_when_the_server_is_back() {
        let (wire, mut from) = wire();
        wire.offline(&busy(None)).await.unwrap();
        wire.offline(&busy(None)).await.unwrap();
        let mut pause = Pause::new(&Pace::default());
        let begin = Instant::now();
        wire.rest(&mut pause, &ClientError::Unreachable).await;
        assert!(begin.elapsed() >= Duration::from_millis(500), "nobody came");
        let (begin, error) = (Instant::now(), ClientError::Unreachable);
        let ((), online) = join!(wire.rest(&mut pause, &error), wire.online());
        online.unwrap();
        assert_eq!(begin.elapsed(), Duration::ZERO);
        assert_eq!(*wire.reach.borrow(), Reach::Online);
        let why = "the answer was HTTP 429".to_owned();
        assert_eq!(from.recv().await, Some(FromServer::Offline { why }));
        assert_eq!(
            from.recv().await,
            Some(FromServer::Online),
            "told once each"
        );
    }
}
