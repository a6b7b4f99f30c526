//! A strategy at work on an account: the session, and what became of what it wanted.

use super::{
    Effects, Tell,
    limit::{Entry, Limit},
    number::Numbers,
    state::{Held, Order, OrderKind, RunState},
};
use protocol::link::{
    FromExecutor, executor as say,
    part::{CommandNumber, Deal, DealEntry, DealReason, Outcome, Position, Ticket},
    terminal::{Bar, Receipt, Spec, Tick},
};
use std::sync::Arc;
use trading::{
    bar,
    session::{AccountState, Closed, Command, Event, OpenPosition, Opened, PositionId, Session},
    strategy::plan::Plan,
    symbol::{ExitReason, Side, Symbol},
    time::{SECOND, Time},
};

/// How long an entry may take to reach the terminal, in milliseconds: after that its price is
/// another.
const ENTRY_EXPIRES: i64 = 10 * SECOND;
/// The same for what makes a position safer.
pub(super) const EXIT_EXPIRES: i64 = 60 * SECOND;
/// How late the first tick of a new bar may be heard, for its close still to be a reason to enter.
const LATE: i64 = 30 * SECOND;
/// Points by which a fill may be worse than the price that was seen.
const DEVIATION: u32 = 100;
/// Given-up orders that are remembered.
const GIVEN_UP: usize = 32;

/// What a run trades, for ever the same.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Its number in the journal.
    pub number: u32,
    /// The strategy's name among rows of the server.
    pub strategy: String,
    /// What the trader calls it.
    pub name: String,
    /// Its version.
    pub version: i64,
    /// The plan.
    pub plan: Arc<Plan>,
    /// The symbol, as this broker writes it.
    pub symbol: Symbol,
    /// Distance of the stop for emergencies, as a share of the price: for strategies that have none.
    pub emergency_stop: f64,
}

/// A strategy at work on an account.
#[derive(Debug)]
pub struct Run {
    terms: Terms,
    spec: Spec,
    session: Session,
    state: RunState,
    /// Whether the plan, or that it is active no longer, wants no entries.
    is_held_back: bool,
    is_dirty: bool,
}

/// What is known around a run while it hears something.
pub struct Around<'a> {
    /// Now, by this computer's clock.
    pub now: Time,
    /// The newest price of its symbol.
    pub tick: Option<&'a Tick>,
    /// Gives numbers.
    pub numbers: &'a mut Numbers,
    /// What is to be done.
    pub out: &'a mut Effects,
    /// Asked before every entry.
    pub guard: &'a mut dyn FnMut(&Symbol, Entry) -> Option<Limit>,
}

impl Run {
    /// A run that goes on from `state`, given the bars up to now in UTC and in server time. Bars that
    /// it has not decided on yet are decided on by [`Run::missed`].
    pub fn start(
        terms: Terms,
        spec: Spec,
        money_per_price: f64,
        mut state: RunState,
        bars: &[(Time, bar::Bar)],
    ) -> (Self, Vec<(Time, bar::Bar)>) {
        let plan = Arc::clone(&terms.plan);
        let values = plan.values();
        let mut session = Session::new(plan, values, &spec.symbol_spec(), money_per_price);
        let first = state.first_bar;
        let known = bars
            .iter()
            .filter(|(server, _)| first.is_none_or(|first| *server >= first));
        let mut missed = Vec::new();
        for (server, bar) in known {
            match state.last_bar {
                Some(last) if *server > last => missed.push((*server, *bar)),
                _ => {
                    state.first_bar.get_or_insert(*server);
                    session.warm(bar);
                }
            }
        }
        if state.last_bar.is_none() {
            state.last_bar = bars.last().map(|(server, _)| *server);
        }
        if let Some(memory) = &state.memory {
            session.recall(memory);
        }
        let mut run = Self {
            terms,
            spec,
            session,
            state,
            is_held_back: false,
            is_dirty: true,
        };
        run.heed_pause();
        (run, missed)
    }

    /// What it trades.
    pub const fn terms(&self) -> &Terms {
        &self.terms
    }

    /// As it is now.
    pub const fn state(&self) -> &RunState {
        &self.state
    }

    /// What the broker said of its symbol.
    pub const fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The state, if it is another than was taken last.
    pub fn changed(&mut self) -> Option<RunState> {
        std::mem::take(&mut self.is_dirty).then(|| {
            self.state.memory = Some(self.session.memory());
            self.state.clone()
        })
    }

    /// Whether bars of this symbol and timeframe are its.
    pub fn reads(&self, bar: &Bar) -> bool {
        bar.symbol == self.terms.symbol && bar.timeframe == self.terms.plan.timeframe
    }

    /// Wants entries, or none.
    pub fn pause(&mut self, is_paused: bool) {
        self.state.is_paused = is_paused;
        self.is_dirty = true;
        self.heed_pause();
    }

    /// Wants no entries for as long as the strategy may not have any here: what is open is looked
    /// after.
    pub fn hold_back(&mut self, is_held_back: bool) {
        self.is_held_back = is_held_back;
        self.heed_pause();
    }

    /// Whether it enters.
    pub const fn may_enter(&self) -> bool {
        !self.state.is_paused && !self.is_held_back
    }

    /// Whether it has nothing open and nothing ordered.
    pub fn is_idle(&self) -> bool {
        self.state.held.is_empty() && self.state.orders.is_empty()
    }

    fn heed_pause(&mut self) {
        let event = if !self.may_enter() {
            Event::Paused
        } else {
            Event::Resumed
        };
        self.tell(event);
    }

    /// Tells the session what happened. It decides at closes only.
    fn tell(&mut self, event: Event) {
        let mut unasked = Vec::new();
        self.session.on(event, &mut unasked);
        debug_assert!(unasked.is_empty(), "a session decides at closes only");
        self.is_dirty = true;
    }

    /// A bar closed. `utc` is the bar with its time in UTC.
    pub fn closed(&mut self, heard: &Bar, utc: &bar::Bar, around: &mut Around<'_>) {
        let is_fresh = heard.is_newest() && heard.now.0 - heard.opened.0 <= LATE;
        let account = AccountState {
            balance: heard.balance,
            equity: heard.equity,
        };
        self.decide(heard.bar.time, utc, account, is_fresh, around);
    }

    /// A bar closed while nobody here was looking: exits are decided on, entries would be too late.
    pub fn missed(
        &mut self,
        server: Time,
        utc: &bar::Bar,
        account: AccountState,
        around: &mut Around<'_>,
    ) {
        self.decide(server, utc, account, false, around);
    }

    fn decide(
        &mut self,
        server: Time,
        utc: &bar::Bar,
        account: AccountState,
        may_enter: bool,
        around: &mut Around<'_>,
    ) {
        if self.state.last_bar.is_some_and(|last| server <= last) {
            return;
        }
        if !may_enter {
            self.tell(Event::Paused);
        }
        let mut commands = Vec::new();
        self.session
            .on(Event::BarClosed(*utc, account), &mut commands);
        if !may_enter {
            self.heed_pause();
        }
        self.state.first_bar.get_or_insert(server);
        self.state.last_bar = Some(server);
        self.is_dirty = true;
        for command in commands {
            match command {
                Command::Open(order) => self.enter(&order, utc, around),
                Command::MoveStop(position, stop) => {
                    if let Some(held) = self.held(position.0) {
                        held.wanted_stop = Some(stop);
                    }
                    self.move_stop(position.0, around);
                }
                Command::Close(position, reason) => {
                    if let Some(held) = self.held(position.0) {
                        held.closing = Some(reason);
                    }
                    self.close(position.0, around);
                }
            }
        }
    }

    fn enter(&mut self, order: &OpenPosition, bar: &bar::Bar, around: &mut Around<'_>) {
        let entry = Entry {
            volume: order.volume,
            positions: 0,
            exposure: 0.0,
            spread: self.spread(around.tick).unwrap_or(bar.spread),
        };
        if let Some(limit) = (around.guard)(&self.terms.symbol, entry) {
            let run = self.terms.number;
            around.out.tells.push(Tell::Limited { run, limit });
            self.tell(Event::Rejected(order.position));
            return;
        }
        let kind = OrderKind::Open {
            position: order.position.0,
            side: order.side,
            volume: order.volume,
            stop_distance: order
                .stop_distance
                .unwrap_or(bar.close * self.terms.emergency_stop),
            has_stop: order.stop_distance.is_some(),
            target_distance: order.target_distance.unwrap_or(0.0),
        };
        self.order(kind, ENTRY_EXPIRES, around);
    }

    /// The spread by the newest price, in points.
    fn spread(&self, tick: Option<&Tick>) -> Option<f64> {
        let point = self.spec.symbol_spec().point();
        tick.map(|tick| (tick.ask - tick.bid) / point)
    }

    /// Orders the stop that the strategy wants, unless that was done.
    fn move_stop(&mut self, position: u64, around: &mut Around<'_>) {
        let is_asked = |kind: &OrderKind| matches!(kind, OrderKind::Modify { position: asked, .. } if *asked == position);
        if self.state.orders.iter().any(|order| is_asked(&order.kind)) {
            return;
        }
        let held = self.held(position).filter(|held| held.closing.is_none());
        let Some(stop) = held.and_then(|held| held.wanted_stop) else {
            return;
        };
        if self.is_passed(position, around.tick) {
            // The market has reached it before the broker could have it: nothing else can be meant.
            if let Some(held) = self.held(position) {
                held.closing = Some(ExitReason::StopLoss);
            }
            self.close(position, around);
        } else {
            self.order(OrderKind::Modify { position, stop }, EXIT_EXPIRES, around);
        }
    }

    /// Whether the market has passed the stop that is wanted for a position.
    fn is_passed(&mut self, position: u64, tick: Option<&Tick>) -> bool {
        let held = self.held(position);
        let wanted = held.and_then(|held| held.wanted_stop.map(|stop| (held.side, stop)));
        wanted
            .zip(tick)
            .is_some_and(|((side, stop), tick)| match side {
                Side::Buy => tick.bid <= stop,
                Side::Sell => tick.ask >= stop,
            })
    }

    /// Orders a position to be closed, unless that was done.
    fn close(&mut self, position: u64, around: &mut Around<'_>) {
        let is_asked = |kind: &OrderKind| matches!(kind, OrderKind::Close { position: asked } if *asked == position);
        let mut orders = self.state.orders.iter();
        if !orders.any(|order| is_asked(&order.kind)) && self.held(position).is_some() {
            self.order(OrderKind::Close { position }, EXIT_EXPIRES, around);
        }
    }

    fn order(&mut self, kind: OrderKind, lasts: i64, around: &mut Around<'_>) {
        let number = around.numbers.next(self.terms.number, around.now);
        let order = Order {
            command: number.0.get(),
            kind,
            expires: Time(around.now.0.saturating_add(lasts)),
            is_unknown: false,
        };
        around.out.sends.extend(self.message(&order));
        self.state.orders.push(order);
        self.is_dirty = true;
    }

    /// An order as it is said to the terminal.
    fn message(&self, order: &Order) -> Option<FromExecutor> {
        let command = CommandNumber::new(order.command)?;
        let expires = order.expires;
        let held = |position: u64| {
            let mut held = self.state.held.iter();
            held.find(|held| held.position == position)
        };
        Some(match order.kind {
            OrderKind::Open {
                side,
                volume,
                stop_distance,
                target_distance,
                ..
            } => FromExecutor::Open(say::Open {
                command,
                expires,
                symbol: self.terms.symbol.clone(),
                side,
                volume,
                stop_distance,
                target_distance,
                deviation: DEVIATION,
            }),
            OrderKind::Modify { position, stop } => {
                let held = held(position)?;
                FromExecutor::Modify(say::Modify {
                    command,
                    expires,
                    position: Ticket(held.ticket),
                    stop,
                    target: held.target,
                })
            }
            OrderKind::Close { position } => FromExecutor::Close(say::Close {
                command,
                expires,
                position: Ticket(held(position)?.ticket),
            }),
        })
    }

    /// A command ended. Says whether it was one of this run's that was waited for.
    pub fn receipt(&mut self, receipt: &Receipt, around: &mut Around<'_>) -> bool {
        let command = receipt.command.0.get();
        let mut orders = self.state.orders.iter();
        let Some(place) = orders.position(|order| order.command == command) else {
            return false;
        };
        if receipt.outcome == Outcome::Unknown {
            // Its end is told by positions and deals.
            self.state.orders[place].is_unknown = true;
            self.is_dirty = true;
            return true;
        }
        let order = self.state.orders.remove(place);
        self.is_dirty = true;
        // A position whose stop the broker would not have was closed at once: nothing is open.
        let is_gone = matches!(order.kind, OrderKind::Open { .. }) && receipt.volume <= 0.0;
        let is_done = receipt.outcome == Outcome::Done && !is_gone;
        if !is_done {
            around.out.tells.push(Tell::Refused {
                run: self.terms.number,
                retcode: receipt.retcode,
                text: receipt.text.clone(),
            });
        }
        match order.kind {
            OrderKind::Open { position, .. } if is_done => {
                let fill = Fill {
                    ticket: receipt.position.0,
                    volume: receipt.volume,
                    price: receipt.price,
                    stop: receipt.stop,
                    target: receipt.target,
                    time: receipt.time,
                };
                self.opened(&order, position, &fill);
            }
            OrderKind::Open { position, .. } => {
                self.tell(Event::Rejected(PositionId(position)));
            }
            OrderKind::Modify { position, stop } => {
                if let Some(held) = self.held(position)
                    && is_done
                {
                    held.stop = receipt.stop;
                    if held.wanted_stop == Some(stop) {
                        held.wanted_stop = None;
                    }
                }
                // Another one may be wanted by now. One that was refused is asked for again later, if
                // the market has not passed it.
                if is_done || self.is_passed(position, around.tick) {
                    self.move_stop(position, around);
                }
            }
            // The deal says what it brought. What was refused is asked for again later.
            OrderKind::Close { .. } => {}
        }
        true
    }

    fn opened(&mut self, order: &Order, position: u64, fill: &Fill) {
        let OrderKind::Open { side, has_stop, .. } = order.kind else {
            return;
        };
        let early = |(command, _): &(u64, f64)| *command == order.command;
        let commission = match self.state.early.iter().position(early) {
            Some(place) => self.state.early.swap_remove(place).1,
            None => 0.0,
        };
        self.state.held.push(Held {
            position,
            ticket: fill.ticket,
            command: order.command,
            side,
            volume: fill.volume,
            closed: 0.0,
            gross: 0.0,
            commission,
            swap: 0.0,
            stop: fill.stop,
            target: fill.target,
            wanted_stop: None,
            closing: None,
        });
        self.tell(Event::Opened(Opened {
            position: PositionId(position),
            price: fill.price,
            time: fill.time,
            stop_loss: (has_stop && fill.stop != 0.0).then_some(fill.stop),
        }));
    }

    /// The broker recorded something of this run. The trade, where that closed a position.
    pub fn deal(&mut self, deal: &Deal) -> Option<Done> {
        let command = CommandNumber::from_comment(&deal.comment).map(|number| number.0.get());
        let cost = -(deal.commission + deal.fee);
        let mut all = self.state.held.iter_mut();
        let held = all.find(|held| held.ticket == deal.position.0);
        self.is_dirty = true;
        match (deal.entry, held) {
            (DealEntry::In, Some(held)) => {
                held.commission += cost;
                None
            }
            (DealEntry::In, None) => {
                // Its receipt comes behind it.
                self.state
                    .early
                    .extend(command.map(|command| (command, cost)));
                None
            }
            (DealEntry::Balance, _) | (_, None) => None,
            (_, Some(held)) => {
                held.closed += deal.volume;
                held.gross += deal.profit;
                held.commission += cost;
                held.swap += deal.swap;
                if !held.is_closed() {
                    return None;
                }
                let exit = match deal.reason {
                    DealReason::StopLoss => ExitReason::StopLoss,
                    DealReason::TakeProfit => ExitReason::TakeProfit,
                    DealReason::StopOut => ExitReason::StopOut,
                    _ => held.closing.unwrap_or(ExitReason::Command),
                };
                let held = held.clone();
                Some(self.gone(&held, deal, exit))
            }
        }
    }

    fn gone(&mut self, held: &Held, deal: &Deal, exit: ExitReason) -> Done {
        self.state.held.retain(|other| other.ticket != held.ticket);
        let of = |kind: &OrderKind| match kind {
            OrderKind::Open { .. } => None,
            OrderKind::Modify { position, .. } | OrderKind::Close { position } => Some(*position),
        };
        self.state
            .orders
            .retain(|order| of(&order.kind) != Some(held.position));
        let profit = held.profit();
        self.tell(Event::Closed(Closed {
            position: PositionId(held.position),
            profit,
            time: deal.time,
        }));
        Done {
            ticket: held.ticket,
            exit,
            price: deal.price,
            time: deal.time,
            profit,
        }
    }

    /// Asks again for what was refused or was not heard of: called about once a second.
    pub fn again(&mut self, around: &mut Around<'_>) {
        // What may be begun no more was not begun, or its receipt is on its way; the terminal answers
        // a number that it knows with the same receipt.
        let late = |order: &Order| around.now.0 > order.expires.0;
        let stale = |order: &Order| {
            late(order) && !order.is_unknown && !matches!(order.kind, OrderKind::Open { .. })
        };
        let before = self.state.orders.len();
        self.state.orders.retain(|order| !stale(order));
        self.is_dirty |= self.state.orders.len() != before;
        let held: Vec<_> = self.state.held.iter().map(|held| held.position).collect();
        for position in held {
            let Some(known) = self.held(position) else {
                continue;
            };
            if known.closing.is_some() {
                self.close(position, around);
            } else if known.wanted_stop.is_some() {
                self.move_stop(position, around);
            }
        }
    }

    /// Says again everything whose end is not known: after a connection was new.
    pub fn repeat(&self, out: &mut Effects) {
        let orders = self.state.orders.iter();
        out.sends
            .extend(orders.filter_map(|order| self.message(order)));
    }

    /// The broker's list of what is open: it says which levels positions have.
    pub fn seen(&mut self, open: &[Position]) {
        for held in &mut self.state.held {
            let mut open = open.iter();
            if let Some(seen) = open.find(|open| open.ticket.0 == held.ticket)
                && (held.stop != seen.stop || held.target != seen.target)
            {
                (held.stop, held.target) = (seen.stop, seen.target);
                self.is_dirty = true;
            }
        }
    }

    /// Takes over what an order became, as the broker's lists show it.
    pub fn found(&mut self, command: u64, fill: &Fill) {
        let mut orders = self.state.orders.iter();
        let Some(place) = orders.position(|order| order.command == command) else {
            return;
        };
        let order = self.state.orders.remove(place);
        if let OrderKind::Open { position, .. } = order.kind {
            self.opened(&order, position, fill);
        }
    }

    /// Gives up an order to open, of which nothing was found though its time is over.
    pub fn give_up(&mut self, command: u64) {
        let mut orders = self.state.orders.iter();
        let Some(place) = orders.position(|order| order.command == command) else {
            return;
        };
        let order = self.state.orders.remove(place);
        if let OrderKind::Open { position, .. } = order.kind {
            self.state.given_up.push(command);
            let surplus = self.state.given_up.len().saturating_sub(GIVEN_UP);
            self.state.given_up.drain(..surplus);
            self.tell(Event::Rejected(PositionId(position)));
        }
    }

    /// Forgets a position that is gone without a record; what it brought is not known.
    pub fn lose(&mut self, ticket: i64) {
        let lost = self.state.held.iter().find(|held| held.ticket == ticket);
        if let Some(position) = lost.map(|held| held.position) {
            self.state.held.retain(|held| held.ticket != ticket);
            self.tell(Event::Rejected(PositionId(position)));
        }
    }

    /// Closes one of its positions for a person's sake.
    pub fn close_ticket(&mut self, ticket: i64, around: &mut Around<'_>) -> bool {
        let mut all = self.state.held.iter_mut();
        let Some(held) = all.find(|held| held.ticket == ticket) else {
            return false;
        };
        held.closing.get_or_insert(ExitReason::Command);
        let position = held.position;
        self.close(position, around);
        true
    }

    fn held(&mut self, position: u64) -> Option<&mut Held> {
        let mut held = self.state.held.iter_mut();
        held.find(|held| held.position == position)
    }
}

/// What an order to open became.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    /// The position's ticket.
    pub ticket: i64,
    /// In lots.
    pub volume: f64,
    /// The price.
    pub price: f64,
    /// The stop that is set; 0 is none.
    pub stop: f64,
    /// The target that is set; 0 is none.
    pub target: f64,
    /// When.
    pub time: Time,
}

/// A position that was closed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Done {
    /// Its ticket.
    pub ticket: i64,
    /// Why.
    pub exit: ExitReason,
    /// At which price.
    pub price: f64,
    /// When.
    pub time: Time,
    /// What it brought, costs included, in account money.
    pub profit: f64,
}
