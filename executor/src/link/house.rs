//! What all connections share: who is there, how many may be, and whom to tell.

use super::{
    Counts, Settings,
    event::{EventKind, Leaving, LinkFault, TerminalEvent, TerminalId},
    line::{Line, SendFault},
    visit::{FAREWELL, receive},
};
use protocol::link::{
    FromExecutor, Nonce, Secret, VERSION,
    executor::{Bye, Welcome},
};
use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    net::TcpListener,
    select,
    sync::{Semaphore, mpsc::Sender, oneshot},
    task::JoinSet,
    time::{sleep, timeout},
};

/// How long no connection is taken after the system had no room for one.
const BREATH: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(super) struct House {
    pub(super) secret: Secret,
    pub(super) settings: Settings,
    pub(super) events: Sender<TerminalEvent>,
    guests: Mutex<BTreeMap<TerminalId, Guest>>,
    /// Places for connections that are no terminals yet.
    places: Arc<Semaphore>,
    is_closing: AtomicBool,
    connections: AtomicU64,
    turned_away: AtomicU64,
    dropped: AtomicU64,
    /// Faults of strangers that were told since one of them last became a terminal, hashed.
    told: Mutex<HashSet<u64>>,
}

#[derive(Debug)]
struct Guest {
    line: Arc<Line>,
    has_arrived: bool,
}

impl House {
    pub(super) fn new(secret: Secret, settings: Settings, events: Sender<TerminalEvent>) -> Self {
        Self {
            secret,
            events,
            guests: Mutex::default(),
            places: Arc::new(Semaphore::new(settings.max_strangers)),
            is_closing: AtomicBool::new(false),
            connections: AtomicU64::new(0),
            turned_away: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            told: Mutex::default(),
            settings,
        }
    }

    /// Takes connections until it is told to stop, and then waits for those that are there.
    pub(super) async fn keep(self: Arc<Self>, door: TcpListener, mut stop: oneshot::Receiver<()>) {
        let mut visits = JoinSet::new();
        loop {
            let stream = select! {
                accepted = door.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // Such as too many open files: the next attempt would fail at once, too.
                    Err(_) => {
                        sleep(BREATH).await;
                        continue;
                    }
                },
                Some(_) = visits.join_next() => continue,
                _ = &mut stop => break,
            };
            let id = TerminalId(self.connections.fetch_add(1, Ordering::Relaxed) + 1);
            match Arc::clone(&self.places).try_acquire_owned() {
                Ok(place) => {
                    visits.spawn(receive(stream, id, Arc::clone(&self), place));
                }
                Err(_) => {
                    self.turned_away.fetch_add(1, Ordering::Relaxed);
                    self.tell_of_stranger(id, &LinkFault::TooMany);
                }
            }
        }
        drop(door);
        let all = async { while visits.join_next().await.is_some() {} };
        let _ = timeout(FAREWELL + BREATH, all).await;
    }

    /// Says goodbye to all and ends their connections.
    pub(super) fn close(&self, text: &str) {
        self.is_closing.store(true, Ordering::Release);
        let text = text.to_owned();
        let bye = FromExecutor::Bye(Bye { text });
        for guest in self.guests().values() {
            if guest.has_arrived {
                // Who cannot be told goes without.
                let _ = guest.line.send(&bye);
            }
            guest.line.end(Leaving::Ended);
        }
    }

    /// Forgets all at once.
    pub(super) fn abandon(&self) {
        self.is_closing.store(true, Ordering::Release);
        self.guests().clear();
    }

    pub(super) fn send(&self, id: TerminalId, message: &FromExecutor) -> Result<(), SendFault> {
        let line = self.line(id).ok_or(SendFault::Gone)?;
        line.send(message)
    }

    pub(super) fn end(&self, id: TerminalId, text: &str) {
        if let Some(line) = self.line(id) {
            let text = text.to_owned();
            let _ = line.send(&FromExecutor::Bye(Bye { text }));
            line.end(Leaving::Ended);
        }
    }

    pub(super) fn counts(&self) -> Counts {
        let guests = self.guests();
        Counts {
            connections: self.connections.load(Ordering::Relaxed),
            terminals: guests.values().filter(|guest| guest.has_arrived).count(),
            turned_away: self.turned_away.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
        }
    }

    /// A new `Welcome`; `None` where the system has no randomness.
    pub(super) fn welcome(&self) -> Option<Welcome> {
        let mut nonce = [0; 32];
        getrandom::fill(&mut nonce).ok()?;
        let millis = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        Some(Welcome {
            version: VERSION,
            program: self.settings.program.clone(),
            nonce: Nonce(nonce),
            heartbeat_ms: millis(self.settings.heartbeat),
            answer_ms: millis(self.settings.answer),
            language: self.settings.language,
        })
    }

    /// Somebody is at the door.
    pub(super) fn note(&self, id: TerminalId, line: Arc<Line>) {
        if self.is_closing.load(Ordering::Acquire) {
            line.end(Leaving::Ended);
        }
        let has_arrived = false;
        self.guests().insert(id, Guest { line, has_arrived });
    }

    /// Lets a connection be a terminal, if there may be one more.
    pub(super) fn admit(&self, id: TerminalId) -> bool {
        let mut guests = self.guests();
        let count = guests.values().filter(|guest| guest.has_arrived).count();
        let has_room = count < self.settings.max_terminals;
        if let Some(guest) = guests.get_mut(&id).filter(|_| has_room) {
            guest.has_arrived = true;
            drop(guests);
            lock(&self.told).clear();
            return true;
        }
        false
    }

    /// Whether it had arrived.
    pub(super) fn forget(&self, id: TerminalId) -> bool {
        let guest = self.guests().remove(&id);
        guest.is_some_and(|guest| guest.has_arrived)
    }

    /// Counts and tells what was not believed.
    pub(super) async fn drop_message(&self, id: TerminalId, fault: &LinkFault, has_arrived: bool) {
        self.dropped.fetch_add(1, Ordering::Relaxed);
        if has_arrived {
            let kind = EventKind::Dropped(fault.clone());
            self.tell_last(id, kind).await;
        } else {
            self.tell_of_stranger(id, fault);
        }
    }

    /// Tells each kind of fault once. Nobody waits for it: strangers must not fill the queue.
    fn tell_of_stranger(&self, terminal: TerminalId, fault: &LinkFault) {
        let mut hasher = DefaultHasher::new();
        fault.kind().hash(&mut hasher);
        let kind = hasher.finish();
        let mut told = lock(&self.told);
        if !told.contains(&kind) {
            let dropped = EventKind::Dropped(fault.clone());
            let event = TerminalEvent {
                terminal,
                kind: dropped,
            };
            // What finds no room is told when it happens again.
            if self.events.try_send(event).is_ok() {
                told.insert(kind);
            }
        }
    }

    /// Tells something of a terminal that goes. Waits for room, unless nobody may be taking any.
    pub(super) async fn tell_last(&self, terminal: TerminalId, kind: EventKind) {
        let event = TerminalEvent { terminal, kind };
        if self.is_closing.load(Ordering::Acquire) {
            let _ = self.events.try_send(event);
        } else {
            let _ = self.events.send(event).await;
        }
    }

    fn line(&self, id: TerminalId) -> Option<Arc<Line>> {
        let guests = self.guests();
        let guest = guests.get(&id).filter(|guest| guest.has_arrived)?;
        Some(Arc::clone(&guest.line))
    }

    fn guests(&self) -> MutexGuard<'_, BTreeMap<TerminalId, Guest>> {
        lock(&self.guests)
    }
}

/// Nothing panics while it holds one of these locks.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
