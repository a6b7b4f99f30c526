//! One connection from its first byte to its end. A single task reads, checks and tells: between
//! the bytes of a tick and its event there is no other.

use super::{
    event::{EventKind, Leaving, LinkFault, TerminalEvent, TerminalId},
    house::House,
    line::{Line, SendFault, left},
    zmtp::{self, Input, Said},
};
use protocol::link::{
    FrameFault, FromExecutor, FromTerminal, Incoming, VERSION,
    executor::{Bye, Ping, Pong},
    frame::Message as _,
    handshake::{Greeted, greet},
    terminal::Hello,
};
use std::{future::Future, io::ErrorKind, mem, pin::pin, sync::Arc, time::Duration};
use tokio::{
    io::AsyncReadExt as _,
    net::{TcpStream, tcp::OwnedReadHalf},
    select,
    sync::{OwnedSemaphorePermit, mpsc::error::TrySendError},
    time::{Instant, Interval, MissedTickBehavior, interval, timeout},
};

/// After how many heartbeats without a sound a terminal is gone.
const SILENCE: u32 = 3;
/// The longest that an end waits for its last words to be taken.
pub(super) const FAREWELL: Duration = Duration::from_secs(1);

/// How far the other end is believed.
enum Trust {
    /// It said nothing yet.
    None,
    /// It said `Hello`. So can whoever has recorded one.
    Greeted(Hello, Incoming<FromTerminal>),
    /// It signed a second message, with the nonce of this connection: it knows the secret.
    Full(Incoming<FromTerminal>),
}

enum Heard {
    Hello(Hello, Greeted),
    Message(FromTerminal),
}

struct Visit {
    id: TerminalId,
    house: Arc<House>,
    line: Arc<Line>,
    trust: Trust,
    /// A stranger's place, until it is a terminal.
    place: Option<OwnedSemaphorePermit>,
    came: Instant,
    heard: Instant,
    /// When this task last looked at the clock.
    looked: Instant,
    beat: Interval,
}

/// Serves a connection to its end.
pub(super) async fn receive(
    stream: TcpStream,
    id: TerminalId,
    house: Arc<House>,
    place: OwnedSemaphorePermit,
) {
    // An order must not wait for more bytes to go with it.
    let _ = stream.set_nodelay(true);
    let (mut read, write) = stream.into_split();
    let line = Arc::new(Line::new(write, house.settings.max_unsent));
    house.note(id, Arc::clone(&line));
    // Often enough that a sign of life is late by a quarter of a heartbeat at most.
    let period = (house.settings.heartbeat / 4).max(Duration::from_millis(1));
    let mut beat = interval(period);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let now = Instant::now();
    let mut visit = Visit {
        id,
        house,
        line,
        trust: Trust::None,
        place: Some(place),
        came: now,
        heard: now,
        looked: now,
        beat,
    };
    let Err(why) = visit.run(&mut read).await;
    visit.leave(why, read).await;
}

/// There is no other end of a visit than a reason to leave.
enum Never {}

impl Visit {
    async fn run(&mut self, read: &mut OwnedReadHalf) -> Result<Never, Leaving> {
        let mut input = Input::new();
        let _ = self.line.send_raw(&zmtp::greeting());
        loop {
            while let Some(said) = input.next().map_err(|fault| Leaving::Fault(fault.into()))? {
                let heard = match said {
                    Said::Greeting => {
                        let _ = self.line.send_raw(zmtp::READY);
                        continue;
                    }
                    Said::Command => continue,
                    Said::Message(bytes) => self.open(bytes).map_err(Leaving::Fault)?,
                };
                self.heard = Instant::now();
                match heard {
                    Heard::Hello(hello, greeted) => self.welcome(hello, greeted)?,
                    Heard::Message(message) => self.take(message).await?,
                }
            }
            match self.meanwhile(true, read.read(input.room())).await? {
                Ok(0) => return Err(Leaving::Closed),
                Ok(count) => input.fill(count),
                Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
                Err(fault) => return Err(left(fault.kind())),
            }
        }
    }

    fn open(&mut self, bytes: &[u8]) -> Result<Heard, LinkFault> {
        match &mut self.trust {
            Trust::None => {
                let (hello, greeted) = greet(&self.house.secret, bytes)?;
                if hello.version != VERSION {
                    return Err(LinkFault::Version(hello.version));
                }
                Ok(Heard::Hello(hello, greeted))
            }
            Trust::Greeted(_, incoming) | Trust::Full(incoming) => match incoming.open(bytes)? {
                // Said once only.
                FromTerminal::Hello(hello) => {
                    let kind = FromTerminal::Hello(hello).kind();
                    Err(FrameFault::Kind(kind).into())
                }
                message => Ok(Heard::Message(message)),
            },
        }
    }

    fn welcome(&mut self, hello: Hello, greeted: Greeted) -> Result<(), Leaving> {
        let welcome = self.house.welcome().ok_or(Leaving::Ended)?;
        let (bytes, channel) = greeted
            .welcome(&self.house.secret, welcome)
            .map_err(|_| Leaving::Ended)?;
        // A fault of these ends the connection by itself.
        let _ = self.line.send_signed(&bytes);
        self.line.sign_with(channel.outgoing);
        let _ = self.send(self.house.settings.guard.clone());
        self.trust = Trust::Greeted(hello, channel.incoming);
        Ok(())
    }

    async fn take(&mut self, message: FromTerminal) -> Result<(), Leaving> {
        match mem::replace(&mut self.trust, Trust::None) {
            Trust::Greeted(hello, incoming) => {
                // Before anything waits: its time as a stranger is over.
                self.trust = Trust::Full(incoming);
                self.arrive(hello).await?;
            }
            other => self.trust = other,
        }
        match message {
            FromTerminal::Ping(ping) => {
                let _ = self.send(Pong { token: ping.token });
                Ok(())
            }
            FromTerminal::Pong(_) => Ok(()),
            message => self.tell(EventKind::Message(message)).await,
        }
    }

    async fn arrive(&mut self, hello: Hello) -> Result<(), Leaving> {
        if !self.house.admit(self.id) {
            let text = LinkFault::TooMany.to_string();
            let _ = self.send(Bye { text });
            return Err(Leaving::Fault(LinkFault::TooMany));
        }
        self.place = None;
        self.tell(EventKind::Arrived(hello)).await
    }

    /// Tells what happened. While nobody takes it nothing more is read: the terminal has to wait.
    async fn tell(&mut self, kind: EventKind) -> Result<(), Leaving> {
        let terminal = self.id;
        let event = TerminalEvent { terminal, kind };
        match self.house.events.try_send(event) {
            Ok(()) => Ok(()),
            Err(TrySendError::Closed(_)) => Err(Leaving::Ended),
            Err(TrySendError::Full(event)) => {
                let events = self.house.events.clone();
                let place = self.meanwhile(false, events.reserve()).await?;
                place.map_err(|_| Leaving::Ended)?.send(event);
                // It was not the terminal that said nothing all this time.
                self.heard = Instant::now();
                Ok(())
            }
        }
    }

    /// Waits for something, and meanwhile writes what could not be written at once, gives signs of
    /// life and looks whether the end has come.
    async fn meanwhile<T>(
        &mut self,
        listens: bool,
        what: impl Future<Output = T>,
    ) -> Result<T, Leaving> {
        let mut what = pin!(what);
        loop {
            if let Some(why) = self.line.ended() {
                return Err(why);
            }
            select! {
                biased;
                done = &mut what => return Ok(done),
                () = self.line.changed() => {}
                _ = self.line.writable(), if self.line.is_behind() => self.line.flush(),
                now = self.beat.tick() => self.beat(now, listens)?,
            }
        }
    }

    fn beat(&mut self, now: Instant, listens: bool) -> Result<(), Leaving> {
        let heartbeat = self.house.settings.heartbeat;
        if now.duration_since(mem::replace(&mut self.looked, now)) > heartbeat {
            // The computer slept, or had no time for this program: nobody listened.
            self.heard = now;
        }
        if !matches!(self.trust, Trust::Full(_)) {
            return if now.duration_since(self.came) < self.house.settings.patience {
                Ok(())
            } else {
                Err(Leaving::Fault(LinkFault::Slow))
            };
        }
        if listens && now.duration_since(self.heard) >= heartbeat * SILENCE {
            return Err(Leaving::Silent);
        }
        if now.duration_since(self.line.sent_at()) >= heartbeat {
            let token = now.duration_since(self.came).as_millis() as u64;
            let _ = self.send(Ping { token });
        }
        Ok(())
    }

    fn send(&self, message: impl Into<FromExecutor>) -> Result<(), SendFault> {
        self.line.send(&message.into())
    }

    async fn leave(self, why: Leaving, mut read: OwnedReadHalf) {
        let has_arrived = self.house.forget(self.id);
        if let Leaving::Fault(fault) = &why {
            self.house.drop_message(self.id, fault, has_arrived).await;
        }
        let has_last_words = matches!(why, Leaving::Ended | Leaving::Fault(LinkFault::TooMany));
        if has_arrived {
            self.house.tell_last(self.id, EventKind::Left(why)).await;
        }
        if has_last_words {
            let line = self.line;
            let farewell = async {
                while line.is_behind() && line.writable().await.is_ok() {
                    line.flush();
                }
                // Closes this direction. What still comes is read to its end: a connection with
                // unread bytes is torn down, and the last words with it.
                drop(line);
                let mut rest = [0; 4_096];
                while read.read(&mut rest).await.is_ok_and(|count| count > 0) {}
            };
            // Whoever does not read them goes without.
            let _ = timeout(FAREWELL, farewell).await;
        }
    }
}
