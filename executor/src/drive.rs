//! Messages in and out: the link, the paper terminal and the server on one side, [`Service`] on the
//! other. One task, so that what happens has an order.

mod anchor;
mod told;

use self::anchor::Anchor;
use crate::{
    attach::Attached,
    journal::JournalFault,
    link::{EventKind, Link, TerminalEvent, TerminalId},
    note::{Matter, Note},
    relay::{Heard, Relay},
    service::{Active, Naming, Out, Seat, Service},
    share::{self, Return, Sharer, Want},
    status::{ServerView, Status},
    trade::{Ask, clock},
    uplink::{FromServer, Newer},
};
use protocol::link::{FromExecutor, FromTerminal, terminal::Hello};
use std::{
    collections::{BTreeMap, VecDeque},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval},
};
use trading::{language::Language, time::Time};

/// How often it is looked whether there is something to be said.
const LOOK: Duration = Duration::from_secs(1);
/// After so many looks what failed is tried again.
const RETRY: u32 = 60;
/// Notes that are kept to be shown.
const NOTES: usize = 100;

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

/// What people at this computer want.
#[derive(Debug, PartialEq)]
pub enum Wish {
    /// These strategies are to trade, and no others.
    Strategies(Vec<Active>),
    /// No strategy is to open anything, or all may again.
    Pause(bool),
    /// No strategy is to open anything, and what Phoenix has open is to be closed.
    StopAndClose,
    /// A broker calls a symbol so.
    Name(Naming),
    /// The program is to end.
    Stop,
}

/// A line for the log.
pub type Log = Box<dyn FnMut(&Note) + Send>;

/// Where messages come from.
#[derive(Debug)]
pub struct Sources {
    /// Terminals at the link.
    pub link: (Link, mpsc::Receiver<TerminalEvent>),
    /// The paper terminal.
    pub inside: mpsc::UnboundedReceiver<Inside>,
    /// The server; one whose other end is gone for none.
    pub server: mpsc::Receiver<Attached>,
    /// People at this computer.
    pub wishes: mpsc::Receiver<Wish>,
    /// How long the server may take to advise about an entry near to news.
    pub patience: Duration,
}

/// What the server advised: who asked, and the answer, where there was one in time.
type Advised = (Seat, (u32, u64), Option<(bool, String)>);

/// Carries messages until it is told to stop.
pub struct Drive {
    service: Service,
    link: Link,
    events: mpsc::Receiver<TerminalEvent>,
    inside: mpsc::UnboundedReceiver<Inside>,
    server: mpsc::Receiver<Attached>,
    wishes: mpsc::Receiver<Wish>,
    relay: Option<Relay>,
    /// How long the server may take to advise.
    patience: Duration,
    advise: mpsc::UnboundedSender<Advised>,
    advised: mpsc::UnboundedReceiver<Advised>,
    sharer: Sharer,
    /// The server's clock; as long as nobody knows it, ours.
    there: Anchor,
    is_there_known: bool,
    /// Whether our clock is wrong, as far as is known.
    is_clock_off: bool,
    /// A newer version of this program, where the server offers one.
    newer: Option<Newer>,
    /// The terminals on the link, by their places here.
    linked: BTreeMap<Seat, TerminalId>,
    /// The paper terminal's ear.
    paper: Option<mpsc::UnboundedSender<FromExecutor>>,
    next_seat: u64,
    reach: ServerView,
    /// Whether somebody brings word of the server, or may.
    has_server: bool,
    notes: VecDeque<Note>,
    status: watch::Sender<Status>,
    looks: u32,
    /// Whether something was noted since that was shown.
    is_stale: bool,
    /// Of what the server is told for the trader to read.
    language: Language,
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
    /// A drive that begins with [`Drive::run`], and what shows how everything stands.
    pub fn new(
        service: Service,
        from: Sources,
        language: Language,
        log: Log,
    ) -> (Self, watch::Receiver<Status>) {
        let (status, shown) = watch::channel(Status::default());
        let (link, events) = from.link;
        let (advise, advised) = mpsc::unbounded_channel();
        let drive = Self {
            service,
            link,
            events,
            inside: from.inside,
            server: from.server,
            wishes: from.wishes,
            relay: None,
            patience: from.patience,
            advise,
            advised,
            sharer: Sharer::new(share::Settings::default()),
            there: Anchor::at(now()),
            is_there_known: false,
            is_clock_off: false,
            newer: None,
            linked: BTreeMap::new(),
            paper: None,
            next_seat: 1,
            reach: ServerView::None,
            has_server: true,
            notes: VecDeque::new(),
            status,
            looks: 0,
            is_stale: false,
            language,
            log,
        };
        (drive, shown)
    }

    /// The same where the server is told of the broker as the trader has set.
    #[must_use]
    pub fn sharing(mut self, settings: share::Settings) -> Self {
        self.sharer = Sharer::new(settings);
        self
    }

    /// Until somebody wishes that it stops, or all who could wish are gone.
    pub async fn run(mut self) {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let outs = tokio::select! {
                // Terminals first: a bar that has closed does not wait for anything else.
                biased;
                Some(event) = self.events.recv() => self.on_event(event),
                Some(said) = self.inside.recv() => self.on_inside(said),
                wish = self.wishes.recv() => match wish {
                    Some(Wish::Stop) | None => break,
                    Some(wish) => self.on_wish(wish),
                },
                Some((seat, question, advice)) = self.advised.recv() => {
                    self.service.advised(seat, question, advice, now())
                }
                attached = self.server.recv(), if self.has_server => match attached {
                    Some(attached) => self.on_server(attached),
                    None => self.no_server(),
                },
                _ = look.tick() => {
                    self.offer();
                    let mut outs = self.mind_clock();
                    outs.extend(self.share());
                    self.looks = self.looks.wrapping_add(1);
                    if self.looks.is_multiple_of(RETRY) {
                        outs.extend(self.service.retry(now()));
                    }
                    outs
                }
            };
            self.carry(outs);
            if self.is_stale {
                self.show();
            }
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
                self.arrived(seat, hello)
            }
            EventKind::Message(message) => match of(&self.linked) {
                Some(seat) => self.heard(seat, message),
                None => Vec::new(),
            },
            EventKind::Left(why) => match of(&self.linked) {
                Some(seat) => {
                    self.linked.remove(&seat);
                    let why = why.to_string();
                    self.note(Matter::Left { why });
                    self.sharer.left(seat);
                    self.service.left(seat)
                }
                None => Vec::new(),
            },
            EventKind::Dropped(fault) => {
                let why = fault.to_string();
                self.note(Matter::Dropped { why });
                Vec::new()
            }
        }
    }

    fn on_inside(&mut self, said: Inside) -> Vec<Out> {
        match said {
            Inside::Arrived(hello, ear) => {
                self.paper = Some(ear);
                self.arrived(PAPER, *hello)
            }
            Inside::Says(message) => self.heard(PAPER, message),
            Inside::Left => {
                self.paper = None;
                self.sharer.left(PAPER);
                self.service.left(PAPER)
            }
        }
    }

    fn arrived(&mut self, seat: Seat, hello: Hello) -> Vec<Out> {
        self.note(Matter::Arrived {
            login: hello.login,
            server: hello.server.clone(),
        });
        self.sharer.arrived(seat, &hello, self.there.now());
        self.service.arrived(seat, hello, now())
    }

    fn heard(&mut self, seat: Seat, message: FromTerminal) -> Vec<Out> {
        // Of bars and deals it has nothing to do with.
        self.sharer.heard(seat, &message, self.there.now());
        self.service.heard(seat, message, now())
    }

    /// How far the server's clock is ahead of ours now, in milliseconds.
    fn ahead(&self) -> i64 {
        self.there.now().0.saturating_sub(now().0)
    }

    /// Looks whether our clock is wrong: somebody may set it at any time, with no server in reach.
    fn mind_clock(&mut self) -> Vec<Out> {
        if !self.is_there_known {
            return Vec::new();
        }
        let ahead = self.ahead();
        let is_off = clock::is_off(ahead, self.is_clock_off);
        if is_off == self.is_clock_off {
            return Vec::new();
        }
        self.is_clock_off = is_off;
        self.note(if is_off {
            Matter::Clock { ahead }
        } else {
            Matter::ClockRight
        });
        self.service.clock_is_off(is_off);
        if is_off {
            return Vec::new();
        }
        // The zones of their brokers were told by the wrong clock. The paper terminal's is UTC.
        let seats: Vec<Seat> = self.linked.keys().copied().collect();
        let why = "this computer's clock was set";
        let ends = seats.into_iter().flat_map(|seat| {
            let mut outs = self.service.left(seat);
            outs.push(Out::End(seat, why.to_owned()));
            outs
        });
        ends.collect()
    }

    /// Has the server told of the broker, a little at a time.
    fn share(&mut self) -> Vec<Out> {
        let Some(relay) = &self.relay else {
            return Vec::new();
        };
        // Hours would be taken for others.
        if !self.is_there_known || self.is_clock_off {
            return Vec::new();
        }
        let now = self.there.now();
        for (seat, markets) in self.service.markets() {
            self.sharer.traded(seat, &markets, now);
        }
        let is_online = matches!(self.reach, ServerView::Online);
        let mut outs = Vec::new();
        for want in self.sharer.look(is_online, now) {
            match want {
                Want::Ask(seat, question) => outs.push(Out::Send(seat, question)),
                Want::Do(errand) => {
                    if !relay.errand(errand) {
                        self.sharer.came(Return::Refused { is_later: true }, now);
                    }
                }
            }
        }
        outs
    }

    fn on_wish(&mut self, wish: Wish) -> Vec<Out> {
        match wish {
            Wish::Strategies(active) => self.service.strategies(active, now()),
            Wish::Pause(is_paused) => self.service.stop_here(is_paused),
            Wish::StopAndClose => {
                let (told, outs) = self.service.stop_and_close_here(now());
                if told == 0 {
                    let why = "no terminal is connected; one that comes within a minute closes all";
                    let why = why.to_owned();
                    self.note(Matter::Disobeyed { why });
                }
                outs
            }
            Wish::Name(name) => self.service.name_symbol(&name, now()),
            Wish::Stop => Vec::new(),
        }
    }

    fn on_server(&mut self, attached: Attached) -> Vec<Out> {
        match attached {
            Attached::Pairing(shown) => {
                self.note(Matter::Pair {
                    code: shown.code.clone(),
                    page: shown.page.clone(),
                });
                self.reach = ServerView::Pairing(Some(shown));
            }
            Attached::NotPaired(why) => {
                self.reach = ServerView::Pairing(None);
                self.note(Matter::NotPaired { why });
            }
            Attached::Line(uplink) => {
                self.reach = ServerView::Reaching;
                self.sharer.cut_off();
                self.relay = Some(Relay::new(uplink));
                self.offer();
            }
            Attached::Says(said) => {
                match &said {
                    FromServer::Online => self.reach = ServerView::Online,
                    FromServer::Offline { why } => {
                        self.reach = ServerView::Offline(why.clone());
                    }
                    FromServer::Revoked => self.reach = ServerView::Pairing(None),
                    _ => {}
                }
                return self.hear(said);
            }
        }
        Vec::new()
    }

    /// Nobody brings word of the server any more: whatever ended that, what it said last must not
    /// count for ever.
    fn no_server(&mut self) -> Vec<Out> {
        self.has_server = false;
        if self.reach == ServerView::None {
            return Vec::new();
        }
        self.hear(FromServer::GraceOver)
    }

    fn hear(&mut self, said: FromServer) -> Vec<Out> {
        let said = match said {
            FromServer::Came(came) => {
                self.sharer.came(came, self.there.now());
                return Vec::new();
            }
            FromServer::Clock(ahead) => {
                let there = Time(now().0.saturating_add(ahead));
                self.there = Anchor::at(there);
                self.is_there_known = true;
                return self.mind_clock();
            }
            FromServer::Newer(newer) => {
                self.note(Matter::Newer(newer.clone()));
                self.newer = Some(newer);
                return Vec::new();
            }
            said => said,
        };
        let is_over = said == FromServer::Revoked;
        let Some(relay) = &mut self.relay else {
            return Vec::new();
        };
        let heard = relay.hear(said, &mut self.service, self.there.now());
        if is_over {
            self.relay = None;
        }
        match heard {
            Ok(Heard { outs, matters }) => {
                for matter in matters {
                    self.note(matter);
                }
                self.offer();
                outs
            }
            Err(fault) => vec![Out::Journal(fault)],
        }
    }

    /// Has the server and the people told what there is.
    fn offer(&mut self) {
        let remark = self.remark();
        let offered = match &mut self.relay {
            Some(relay) => relay.offer(&mut self.service, &remark, self.there.now()),
            None => Ok(Vec::new()),
        };
        match offered {
            Ok(matters) => matters.into_iter().for_each(|matter| self.note(matter)),
            Err(fault) => self.journal_fails(&fault),
        }
        self.show();
    }

    fn carry(&mut self, outs: Vec<Out>) {
        let mut is_to_offer = false;
        let mut matters = Vec::new();
        for out in outs {
            matters.extend(told::matter(&out, &self.service));
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
                    self.sharer.left(seat);
                    if let Some(terminal) = self.linked.remove(&seat) {
                        self.link.end(terminal, &why);
                    }
                }
                Out::Unwritten(id, why) => {
                    if let Some(relay) = &self.relay {
                        relay.unwritten(id, &why);
                    }
                }
                Out::Ask(seat, ask) => self.ask(seat, ask),
                Out::Report | Out::Ended(_) => is_to_offer = true,
                Out::Tell(..)
                | Out::Cannot(..)
                | Out::Closed(..)
                | Out::Given(..)
                | Out::Journal(_) => {}
            }
        }
        // People are told when the terminal has been.
        for matter in matters {
            self.note(matter);
        }
        if is_to_offer {
            self.offer();
        }
    }

    /// Asks the server about an entry, beside everything else.
    fn ask(&self, seat: Seat, ask: Ask) {
        let question = (ask.run, ask.question);
        let entry = told::entry(ask, now());
        let uplink = self.relay.as_ref().map(|relay| relay.uplink().clone());
        let (advise, patience) = (self.advise.clone(), self.patience);
        tokio::spawn(async move {
            let advice = match uplink.zip(entry) {
                Some((uplink, entry)) => uplink.advice(entry, patience).await,
                None => None,
            };
            let advice = advice.map(|advice| (advice.enters, advice.reason.as_str().to_owned()));
            // Nobody hears it any more when the program ends.
            let _ = advise.send((seat, question, advice));
        });
    }

    fn journal_fails(&mut self, fault: &JournalFault) {
        let why = fault.to_string();
        self.note(Matter::Journal { why });
    }

    /// Notes something, unless it is what was noted last.
    fn note(&mut self, matter: Matter) {
        let is_again = |last: &Note| last.matter == matter && last.matter.is_trouble();
        if self.notes.back().is_some_and(is_again) {
            return;
        }
        let note = Note { at: now(), matter };
        (self.log)(&note);
        self.notes.push_back(note);
        if self.notes.len() > NOTES {
            self.notes.pop_front();
        }
        self.is_stale = true;
    }

    fn show(&mut self) {
        self.is_stale = false;
        if self.status.is_closed() {
            return;
        }
        self.status.send_replace(Status {
            server: self.reach.clone(),
            clock: self.is_clock_off.then(|| self.ahead()),
            newer: self.newer.clone(),
            terminals: self.service.terminals(),
            waiting_reports: self.service.waiting(),
            notes: self.notes.iter().cloned().collect(),
        });
    }
}

/// This computer's clock.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Time(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}

#[cfg(test)]
mod tests {
    use super::{Attached, Drive, FromServer, Sources, Status, Wish, mpsc, watch};
    use crate::{
        journal::Journal,
        link::{self, Link},
        note::Matter,
        service::{Rules, Service},
        settings::Settings,
    };
    use protocol::link::Secret;
    use std::time::Duration;
    use trading::language::Language;

    async fn until(status: &mut watch::Receiver<Status>, is_so: impl Fn(&Status) -> bool) {
        let found = status.wait_for(is_so);
        let found = tokio::time::timeout(Duration::from_secs(60), found).await;
        found.expect("in time").expect("it runs");
    }

    #[tokio::test]
    async fn a_wrong_clock_is_told_once_and_that_it_is_right_again() {
        let service = Service::new(Journal::in_memory().unwrap(), Rules::default());
        let link = link::Settings::new(Settings::default().guard());
        let address = ([127, 0, 0, 1], 0).into();
        let (link, events) = Link::bind(address, Secret::new([1; 32]), link)
            .await
            .unwrap();
        let (server, from_server) = mpsc::channel(9);
        let (wish, wishes) = mpsc::channel(1);
        let from = Sources {
            link: (link, events),
            inside: mpsc::unbounded_channel().1,
            server: from_server,
            wishes,
            patience: Duration::from_secs(1),
        };
        let (drive, mut status) = Drive::new(service, from, Language::En, Box::new(|_| ()));
        let drive = tokio::spawn(drive.run());
        // Seven minutes fast, then as good as right, by what the server says.
        for (ahead, is_off) in [(-420_000, true), (-421_500, true), (-900, false)] {
            let said = Attached::Says(FromServer::Clock(ahead));
            server.send(said).await.unwrap();
            until(&mut status, |status| status.clock.is_some() == is_off).await;
        }
        let notes = status.borrow().notes.clone();
        let matters: Vec<_> = notes.into_iter().map(|note| note.matter).collect();
        assert!(
            matches!(matters[..], [Matter::Clock { .. }, Matter::ClockRight]),
            "{matters:?}"
        );
        wish.send(Wish::Stop).await.unwrap();
        drive.await.unwrap();
    }
}
