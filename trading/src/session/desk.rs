//! The decisions: from what the rules say at a close to commands, within limits.

use super::{
    AccountState, Closed, Command, Distances, OpenPosition, Opened, OrderRules, PositionId,
    rules::Loss,
};
use crate::{
    strategy::{
        evaluate::Signals,
        exit::OppositeSignal,
        plan::{ColumnId, Plan},
    },
    symbol::{ExitReason, Side, SymbolSpec},
    time::{DAY, Time},
    zone::LocalClock,
};

/// The close of a bar, as far as decisions depend on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Number of the bar in this session's history, from 0.
    pub bar: u32,
    /// Its opening time.
    pub time: Time,
    /// Its close.
    pub close: f64,
    /// How far the ask is above it, in points.
    pub spread: f64,
    /// What the rules say.
    pub signals: Signals,
    /// The account. Only read by sizing and limits that depend on money.
    pub account: AccountState,
}

/// At which closes the desk has to be asked; at others its answer would be empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wake {
    /// At every close.
    pub always: bool,
    /// Where the rule to buy holds.
    pub on_long: bool,
    /// Where the rule to sell holds.
    pub on_short: bool,
    /// Where the rule to close long positions holds.
    pub on_exit_long: bool,
    /// Where the rule to close short positions holds.
    pub on_exit_short: bool,
    /// At this bar.
    pub at: Option<u32>,
    /// At a close above this: a stop may follow it.
    pub close_above: f64,
    /// At a close below this.
    pub close_below: f64,
}

/// Rules, open positions and what limits remember.
#[derive(Debug, Clone)]
pub struct Desk {
    rules: OrderRules,
    pub(super) positions: Vec<Held>,
    /// For strategies whose stops move, one for each position.
    pub(super) moving: Vec<Moving>,
    pub(super) next_position: u64,
    pub(super) is_paused: bool,
    /// Entries are not allowed before this bar.
    pub(super) cooldown_until: u32,
    pub(super) days: Option<Days>,
    bar_length: i64,
}

/// A position that is open, or ordered to be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) position: PositionId,
    /// The bar during which it was opened.
    pub(super) entry_bar: u32,
    pub(super) side: Side,
    pub(super) is_open: bool,
}

/// What break-even and trailing need to know of a position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moving {
    pub(super) position: PositionId,
    pub(super) distances: Distances,
    pub(super) entry_price: f64,
    pub(super) stop: Option<f64>,
    pub(super) best_close: f64,
    /// A close beyond this may move the stop. Nothing is known before the first close, and while
    /// the market is too near for the stop that is wanted.
    pub(super) next_move: Option<f64>,
}

/// What limits per day remember. Only kept when there are such limits.
#[derive(Debug, Clone)]
pub(super) struct Days {
    clock: LocalClock,
    pub(super) day: i64,
    pub(super) entries: u32,
    pub(super) realised: f64,
}

impl Days {
    fn roll(&mut self, time: Time) {
        let day = self.clock.local(time).0.div_euclid(DAY);
        if day != self.day {
            self.day = day;
            self.entries = 0;
            self.realised = 0.0;
        }
    }
}

impl Desk {
    /// A desk without positions.
    pub fn new(plan: &Plan, values: &[f64], spec: &SymbolSpec, money_per_price: f64) -> Self {
        let rules = OrderRules::new(&plan.orders, values, spec, money_per_price);
        let has_days = rules.trades_per_day.is_some() || rules.daily_loss.is_some();
        Self {
            positions: Vec::with_capacity(rules.max_positions.min(8)),
            moving: Vec::new(),
            next_position: 1,
            is_paused: false,
            cooldown_until: 0,
            days: has_days.then(|| Days {
                clock: LocalClock::new(plan.zone.clone()),
                day: i64::MIN,
                entries: 0,
                realised: 0.0,
            }),
            bar_length: plan.timeframe.millis(),
            rules,
        }
    }

    /// Decides at the close of a bar and appends the commands. `column` gives the value of a
    /// column at this bar.
    #[inline]
    pub fn decide(
        &mut self,
        moment: &Moment,
        column: impl Fn(ColumnId) -> f64,
        out: &mut Vec<Command>,
    ) {
        // A market that is to be bought and sold at once is not understood: no entry, and no
        // exit for the opposite side's sake either.
        let both = moment.signals.long && moment.signals.short;
        let long = moment.signals.long && !both;
        let short = moment.signals.short && !both;
        let mut closing = Sides::default();
        let mut staying = Sides::default();
        for held in &self.positions {
            if !held.is_open {
                // Ordered, and not answered yet: it counts as there.
                staying.add(held.side);
                continue;
            }
            match exit(held, &self.rules, moment, long, short) {
                Some(reason) => {
                    closing.add(held.side);
                    out.push(Command::Close(held.position, reason));
                }
                None => {
                    staying.add(held.side);
                    let mut moving = self.moving.iter_mut();
                    let moving = moving.find(|moving| moving.position == held.position);
                    let stop = moving.and_then(|m| moved_stop(m, held.side, moment, &self.rules));
                    if let Some(stop) = stop {
                        out.push(Command::MoveStop(held.position, stop));
                    }
                }
            }
        }
        for (wanted, side) in [(long, Side::Buy), (short, Side::Sell)] {
            // What has just been closed by its own rule is not opened again at the same price, and
            // where an opposite signal only closes, it does not open as well.
            let only_closes = self.rules.opposite_signal == OppositeSignal::Close
                && closing.of(side.opposite()) > 0;
            if wanted
                && closing.of(side) == 0
                && !only_closes
                && self.may_enter(moment, side, staying)
            {
                self.enter(moment, side, &column, out);
            }
        }
    }

    /// A position was opened during bar `bar`.
    #[inline]
    pub fn opened(&mut self, opened: &Opened, bar: u32) {
        let mut positions = self.positions.iter_mut();
        if let Some(held) = positions.find(|held| held.position == opened.position) {
            held.is_open = true;
            held.entry_bar = bar;
            if let Some(days) = &mut self.days {
                days.roll(opened.time);
                days.entries += 1;
            }
        }
        let mut moving = self.moving.iter_mut();
        if let Some(moving) = moving.find(|moving| moving.position == opened.position) {
            moving.entry_price = opened.price;
            moving.stop = opened.stop_loss;
            moving.best_close = opened.price;
            moving.next_move = None;
        }
    }

    /// A position was closed during bar `bar`.
    #[inline]
    pub fn closed(&mut self, closed: &Closed, bar: u32) {
        self.forget(closed.position);
        if closed.profit < 0.0
            && let Some(cooldown) = self.rules.cooldown
        {
            self.cooldown_until = bar.saturating_add(cooldown);
        }
        if let Some(days) = &mut self.days {
            days.roll(closed.time);
            days.realised += closed.profit;
        }
    }

    /// A position was not opened.
    pub fn rejected(&mut self, position: PositionId) {
        self.forget(position);
    }

    /// No more entries.
    pub const fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Entries again.
    pub const fn resume(&mut self) {
        self.is_paused = false;
    }

    /// Whether decisions depend on [`Moment::account`].
    pub const fn reads_account(&self) -> bool {
        self.rules.reads_account()
    }

    /// The volume of every entry, where nothing but the entry rules decides: one position at a time,
    /// reversed by the opposite signal, without exits, limits or sizing of its own. Then what the
    /// desk will do can be read off the signals: at a signal of the other side the position is
    /// closed, and where entries are allowed the other side is opened; without a position, an
    /// allowed signal opens one.
    pub fn plain_volume(&self) -> Option<f64> {
        let has_state = self.is_paused || self.days.is_some() || !self.positions.is_empty();
        if has_state {
            None
        } else {
            self.rules.plain_volume()
        }
    }

    /// The distances at which stop and target are set for an entry that is decided at this close;
    /// `column` gives the value of a column there.
    pub fn distances(&self, close: f64, column: impl Fn(ColumnId) -> f64) -> Option<Distances> {
        self.rules.distances(close, &column)
    }

    /// Number of positions open or ordered.
    pub fn held(&self) -> usize {
        self.positions.len()
    }

    /// When the desk has to be asked next.
    #[inline]
    pub fn wake(&self) -> Wake {
        let any = !self.positions.is_empty();
        let room = self.positions.len() < self.rules.max_positions;
        let heeds = self.rules.opposite_signal != OppositeSignal::Ignore;
        let mut wake = Wake {
            always: any && self.moving.iter().any(|moving| moving.next_move.is_none()),
            on_long: room,
            on_short: room,
            on_exit_long: false,
            on_exit_short: false,
            at: None,
            close_above: f64::INFINITY,
            close_below: f64::NEG_INFINITY,
        };
        for held in &self.positions {
            let mut moving = self.moving.iter();
            let next_move = moving
                .find(|moving| moving.position == held.position)
                .and_then(|moving| moving.next_move);
            match (held.side, next_move) {
                (Side::Buy, Some(close)) if close < wake.close_above => wake.close_above = close,
                (Side::Sell, Some(close)) if close > wake.close_below => wake.close_below = close,
                _ => {}
            }
            match held.side {
                Side::Buy => {
                    wake.on_exit_long = true;
                    wake.on_short |= heeds;
                }
                Side::Sell => {
                    wake.on_exit_short = true;
                    wake.on_long |= heeds;
                }
            }
            if let Some(bars) = self.rules.after_bars {
                let last = held.entry_bar.saturating_add(bars.saturating_sub(1));
                wake.at = Some(wake.at.map_or(last, |at| at.min(last)));
            }
        }
        wake
    }

    #[inline]
    fn forget(&mut self, position: PositionId) {
        if let Some(place) = self
            .positions
            .iter()
            .position(|held| held.position == position)
        {
            self.positions.remove(place);
        }
        self.moving.retain(|moving| moving.position != position);
    }

    #[inline]
    fn may_enter(&mut self, moment: &Moment, side: Side, staying: Sides) -> bool {
        let rules = &self.rules;
        let blocked = self.is_paused
            || !moment.signals.may_enter
            || staying.total() >= rules.max_positions
            || rules.opposite_signal != OppositeSignal::Ignore && staying.of(side.opposite()) > 0
            || moment.bar < self.cooldown_until;
        if blocked {
            return false;
        }
        let Some(days) = &mut self.days else {
            return true;
        };
        days.roll(Time(moment.time.0.saturating_add(self.bar_length)));
        // What is ordered and not answered yet counts as there.
        let ordered = self.positions.iter().filter(|held| !held.is_open).count() as u32;
        let entries = days.entries + ordered;
        if rules.trades_per_day.is_some_and(|most| entries >= most) {
            return false;
        }
        let start = moment.account.balance - days.realised;
        let lost = start - moment.account.equity;
        match rules.daily_loss {
            Some(Loss::Money(most)) => lost < most,
            Some(Loss::Percent(share)) => lost < start * share,
            None => true,
        }
    }

    #[inline]
    fn enter(
        &mut self,
        moment: &Moment,
        side: Side,
        column: &impl Fn(ColumnId) -> f64,
        out: &mut Vec<Command>,
    ) {
        let Some(distances) = self.rules.distances(moment.close, column) else {
            return;
        };
        let Some(volume) = self.rules.volume(moment.account.equity, distances.stop) else {
            return;
        };
        let position = PositionId(self.next_position);
        self.next_position += 1;
        self.positions.push(Held {
            position,
            side,
            entry_bar: moment.bar.saturating_add(1),
            is_open: false,
        });
        if self.rules.moves_stops() {
            self.moving.push(Moving {
                position,
                distances,
                entry_price: moment.close,
                stop: None,
                best_close: moment.close,
                next_move: None,
            });
        }
        out.push(Command::Open(OpenPosition {
            position,
            side,
            volume,
            stop_distance: distances.initial_stop(),
            target_distance: distances.target,
        }));
    }
}

/// Why the position is to be closed at this close, if it is. The first reason in the order written
/// here is the one that is told.
#[inline]
fn exit(
    held: &Held,
    rules: &OrderRules,
    moment: &Moment,
    long: bool,
    short: bool,
) -> Option<ExitReason> {
    let (own_exit, opposite) = match held.side {
        Side::Buy => (moment.signals.exit_long, short),
        Side::Sell => (moment.signals.exit_short, long),
    };
    if own_exit {
        return Some(ExitReason::ExitRule);
    }
    if opposite && rules.opposite_signal != OppositeSignal::Ignore {
        return Some(ExitReason::OppositeSignal);
    }
    // The entry bar counts: after one bar means at the close of the bar of entry.
    let held_for = (moment.bar + 1).saturating_sub(held.entry_bar);
    rules
        .after_bars
        .is_some_and(|most| held_for >= most)
        .then_some(ExitReason::TimeExit)
}

/// Where the stop is to be moved, if break-even or trailing want it nearer.
fn moved_stop(moving: &mut Moving, side: Side, moment: &Moment, rules: &OrderRules) -> Option<f64> {
    let close = moment.close;
    let sign = side.sign();
    // The price at which the stop would close the position.
    let market = match side {
        Side::Buy => close,
        Side::Sell => close + rules.price(moment.spread),
    };
    let least = rules.least_distance();
    if (close - moving.best_close) * sign > 0.0 {
        moving.best_close = close;
    }
    let gained = (moving.best_close - moving.entry_price) * sign;
    let mut best = moving.stop;
    let mut is_settled = true;
    let nearer = |level: f64, stop: Option<f64>| stop.is_none_or(|s| (level - s) * sign > 0.0);
    let mut offer = |wanted: f64| {
        let level = rules.level(wanted);
        // Never back, and never beyond the market or nearer to it than the broker allows: a stop
        // there could not be set.
        let room = (market - level) * sign;
        let is_nearer = nearer(level, best);
        if is_nearer && room > 0.0 && room >= least {
            best = Some(level);
        } else if is_nearer {
            is_settled = false;
        }
    };
    // Gains that have not been reached yet; infinite where there is nothing to reach.
    let (mut even_at, mut trail_at) = (f64::INFINITY, f64::INFINITY);
    let mut trails = false;
    if let Some((after, plus)) = moving.distances.break_even {
        if gained >= after {
            offer(moving.entry_price + plus * sign);
        } else if nearer(moving.entry_price + plus * sign, moving.stop) {
            even_at = after;
        }
    }
    if let Some((distance, after)) = moving.distances.trail {
        if gained >= after {
            trails = true;
            offer(moving.best_close - distance * sign);
        } else {
            trail_at = after;
        }
    }
    moving.next_move = is_settled.then(|| {
        if trails {
            // Every better close moves it.
            return moving.best_close;
        }
        let gain = if even_at < trail_at {
            even_at
        } else {
            trail_at
        };
        // A hair early: the gain is compared, not the price, and both are rounded.
        moving.entry_price + gain * sign - moving.entry_price.abs() * 1e-12 * sign
    });
    if best == moving.stop {
        return None;
    }
    moving.stop = best;
    best
}

/// Positions counted by side.
#[derive(Debug, Clone, Copy, Default)]
struct Sides {
    buys: usize,
    sells: usize,
}

impl Sides {
    #[inline]
    const fn add(&mut self, side: Side) {
        match side {
            Side::Buy => self.buys += 1,
            Side::Sell => self.sells += 1,
        }
    }

    #[inline]
    const fn of(self, side: Side) -> usize {
        match side {
            Side::Buy => self.buys,
            Side::Sell => self.sells,
        }
    }

    const fn total(self) -> usize {
        self.buys + self.sells
    }
}
