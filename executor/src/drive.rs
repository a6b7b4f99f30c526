//! Messages in and out: the link, the paper terminal and the server on one side, [`Service`] on the
//! other. One task, so that what happens has an order.

use crate::{
    link::{EventKind, Link, TerminalEvent, TerminalId},
    service::{Active, Out, Seat, Service},
};
use protocol::link::{FromExecutor, FromTerminal, terminal::Hello};
use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::sync::mpsc;
use trading::time::Time;

/// What a terminal that is no connection says: the one that trades on paper.
#[derive(Debug)]
pub enum Inside {
    /// It is there, and hears what is sent to it.
    Arrived(Box<Hello>, mpsc::UnboundedSender<FromExecutor>),
    /// It says something.
    Says(FromTerminal),
    /// It is gone.
    Left,
}

/// What comes from elsewhere than terminals.
#[derive(Debug)]
pub enum Wish {
    /// These strategies are to trade, and no others.
    Strategies(Vec<Active>),
    /// The program is to end.
    Stop,
}

/// Something worth a line in the log.
pub type Log = Box<dyn FnMut(&Out) + Send>;

/// Carries messages until it is told to stop.
pub struct Drive {
    service: Service,
    link: Link,
    events: mpsc::Receiver<TerminalEvent>,
    inside: mpsc::UnboundedReceiver<Inside>,
    wishes: mpsc::Receiver<Wish>,
    /// The terminals on the link, by their places here.
    linked: BTreeMap<Seat, TerminalId>,
    /// The paper terminal's ear.
    paper: Option<mpsc::UnboundedSender<FromExecutor>>,
    next_seat: u64,
    log: Log,
}

/// The paper terminal's place.
const PAPER: Seat = Seat(0);

impl std::fmt::Debug for Drive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Drive")
            .field("linked", &self.linked)
            .finish_non_exhaustive()
    }
}

impl Drive {
    /// A drive that begins with [`Drive::run`].
    pub fn new(
        service: Service,
        (link, events): (Link, mpsc::Receiver<TerminalEvent>),
        inside: mpsc::UnboundedReceiver<Inside>,
        wishes: mpsc::Receiver<Wish>,
        log: Log,
    ) -> Self {
        Self {
            service,
            link,
            events,
            inside,
            wishes,
            linked: BTreeMap::new(),
            paper: None,
            next_seat: 1,
            log,
        }
    }

    /// Until somebody wishes that it stops, or all who could wish are gone.
    pub async fn run(mut self) {
        loop {
            let outs = tokio::select! {
                // Terminals first: a bar that has closed does not wait for anything else.
                biased;
                Some(event) = self.events.recv() => self.on_event(event),
                Some(said) = self.inside.recv() => self.on_inside(said),
                wish = self.wishes.recv() => match wish {
                    Some(Wish::Strategies(active)) => self.service.strategies(active, now()),
                    Some(Wish::Stop) | None => break,
                },
            };
            self.carry(outs);
        }
        self.link.close("the executor ends").await;
    }

    fn on_event(&mut self, event: TerminalEvent) -> Vec<Out> {
        let of = |linked: &BTreeMap<Seat, TerminalId>| {
            let mut places = linked.iter();
            places.find_map(|(seat, id)| (*id == event.terminal).then_some(*seat))
        };
        match event.kind {
            EventKind::Arrived(hello) => {
                let seat = Seat(self.next_seat);
                self.next_seat += 1;
                self.linked.insert(seat, event.terminal);
                self.service.arrived(seat, hello, now())
            }
            EventKind::Message(message) => match of(&self.linked) {
                Some(seat) => self.service.heard(seat, message, now()),
                None => Vec::new(),
            },
            EventKind::Left(_) => {
                if let Some(seat) = of(&self.linked) {
                    self.linked.remove(&seat);
                    self.service.left(seat);
                }
                Vec::new()
            }
            // Counted and told by the link.
            EventKind::Dropped(_) => Vec::new(),
        }
    }

    fn on_inside(&mut self, said: Inside) -> Vec<Out> {
        match said {
            Inside::Arrived(hello, ear) => {
                self.paper = Some(ear);
                self.service.arrived(PAPER, *hello, now())
            }
            Inside::Says(message) => self.service.heard(PAPER, message, now()),
            Inside::Left => {
                self.paper = None;
                self.service.left(PAPER);
                Vec::new()
            }
        }
    }

    fn carry(&mut self, outs: Vec<Out>) {
        for out in outs {
            (self.log)(&out);
            match out {
                Out::Send(PAPER, message) => {
                    // One that is gone hears nothing; that it is gone is told.
                    let ear = self.paper.as_ref();
                    let _ = ear.map(|ear| ear.send(message));
                }
                Out::Send(seat, message) => {
                    if let Some(terminal) = self.linked.get(&seat) {
                        // One that cannot be sent to is ended by the link, and comes again.
                        let _ = self.link.send(*terminal, message);
                    }
                }
                Out::End(seat, why) => {
                    if let Some(terminal) = self.linked.remove(&seat) {
                        self.link.end(terminal, &why);
                    }
                }
                Out::Tell(..)
                | Out::Cannot(..)
                | Out::Closed(..)
                | Out::Report
                | Out::Ended(_)
                | Out::Journal(_) => {}
            }
        }
    }
}

/// This computer's clock.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Time(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}
