//! From what was written down to what the broker has: a run goes on where it stopped, whatever
//! happened meanwhile, and nothing is done twice.

use super::{
    super::{
        run::{Fill, Run},
        state::OrderKind,
    },
    Account, Coming, Effects, Stage, Tell, Write,
};
use protocol::link::part::{CommandNumber, DealEntry, Position};
use trading::{
    bar,
    time::{SECOND, Time},
};

/// How long after its time an order to open may still be found at the broker.
const GRACE: i64 = 30 * SECOND;
/// How long a position may be missing before it counts as lost.
const MISSING: i64 = 10 * SECOND;

impl Account {
    /// Runs that have all that they need begin.
    pub(super) fn go_live(&mut self, now: Time, out: &mut Effects) {
        if !self.has_deals || self.positions.is_none() {
            return;
        }
        for at in 0..self.slots.len() {
            let is_ready = matches!(
                &self.slots[at].stage,
                Stage::Coming(coming) if coming.spec.is_some() && coming.has_bars
            );
            if is_ready {
                self.begin(at, now, out);
            }
        }
    }

    fn begin(&mut self, at: usize, now: Time, out: &mut Effects) {
        let Stage::Coming(mut coming) = std::mem::replace(&mut self.slots[at].stage, Stage::Failed)
        else {
            return;
        };
        let Some(spec) = coming.spec.take() else {
            return;
        };
        let terms = self.slots[at].terms.clone();
        let number = terms.number;
        if let Some(fault) = spec.symbol_spec().fault() {
            self.slots[at].stage = Stage::Failed;
            let why = format!("{}: {fault}", spec.symbol);
            out.tells.push(Tell::Cannot { run: number, why });
            return;
        }
        let bars = self.in_order(&coming);
        let money_per_price = if spec.profit_currency == self.hello.currency {
            spec.contract_size
        } else {
            spec.tick_value / spec.tick_size
        };
        let (mut run, missed) = Run::start(terms, spec, money_per_price, coming.state, &bars);
        for deal in &coming.deals {
            out.done.extend(run.deal(deal).map(|done| (number, done)));
            out.writes.push(Write::Deal {
                deal: Box::new(deal.clone()),
                run: Some(number),
            });
        }
        if let Some(told) = &self.positions {
            run.seen(&told.positions);
        }
        run.hold_back(!self.slots[at].may_enter || self.is_stopped);
        self.slots[at].stage = Stage::Live(run);
        self.settle_orders(at, now, out);
        self.with_run(at, now, out, |run, around| run.repeat(around.out));
        let account = self.money();
        self.with_run(at, now, out, |run, around| {
            for (server, bar) in &missed {
                run.missed(*server, bar, account, around);
            }
        });
        for heard in coming.heard {
            let mut utc = heard.bar;
            utc.time = self.clock.utc(utc.time);
            self.with_run(at, now, out, |run, around| run.closed(&heard, &utc, around));
        }
    }

    /// Bars in order, each once, with server time and UTC.
    fn in_order(&mut self, coming: &Coming) -> Vec<(Time, bar::Bar)> {
        let mut pages = coming.pages.clone();
        pages.sort_by_key(|bar| bar.time);
        pages.dedup_by_key(|bar| bar.time);
        let clock = &mut self.clock;
        let both = pages.into_iter().map(|bar| {
            let utc = clock.utc(bar.time);
            (bar.time, bar::Bar { time: utc, ..bar })
        });
        both.collect()
    }

    /// What orders became of which no receipt was heard, by the broker's lists.
    fn settle_orders(&mut self, at: usize, now: Time, out: &mut Effects) {
        let Stage::Live(run) = &mut self.slots[at].stage else {
            return;
        };
        let orders = run.state().orders.clone();
        for order in orders {
            if !matches!(order.kind, OrderKind::Open { .. }) {
                continue;
            }
            let named = |comment: &str| {
                CommandNumber::from_comment(comment).map(|number| number.0.get())
                    == Some(order.command)
            };
            let open: &[Position] = self
                .positions
                .as_ref()
                .map_or(&[], |told| told.positions.as_slice());
            let deal = self
                .recorded
                .iter()
                .find(|deal| deal.entry == DealEntry::In && named(&deal.comment));
            let position = open.iter().find(|open| named(&open.comment));
            let fill = match (deal, position) {
                (Some(deal), _) => {
                    let mut open = open.iter();
                    let levels = open.find(|open| open.ticket == deal.position);
                    Some(Fill {
                        ticket: deal.position.0,
                        volume: deal.volume,
                        price: deal.price,
                        stop: levels.map_or(0.0, |open| open.stop),
                        target: levels.map_or(0.0, |open| open.target),
                        time: deal.time,
                    })
                }
                (None, Some(open)) => Some(Fill {
                    ticket: open.ticket.0,
                    volume: open.volume,
                    price: open.opened_price,
                    stop: open.stop,
                    target: open.target,
                    time: open.time,
                }),
                (None, None) => None,
            };
            match fill {
                Some(fill) => {
                    run.found(order.command, &fill);
                    // It may have been closed as well meanwhile.
                    let rest = self.recorded.iter();
                    for deal in rest.filter(|deal| {
                        deal.position.0 == fill.ticket && deal.entry != DealEntry::In
                    }) {
                        let number = run.terms().number;
                        out.done.extend(run.deal(deal).map(|done| (number, done)));
                    }
                }
                None if now.0 > order.expires.0.saturating_add(GRACE) => {
                    run.give_up(order.command);
                }
                None => {}
            }
        }
    }

    /// Looks about once a second whether what is here is what the broker has.
    pub(super) fn look_after(&mut self, now: Time, out: &mut Effects) {
        // Without the broker's record nothing can be told for sure.
        let mut is_in_doubt = !self.has_deals;
        for at in 0..self.slots.len() {
            let Stage::Live(run) = &self.slots[at].stage else {
                continue;
            };
            let late = |expires: Time| now.0 > expires.0.saturating_add(GRACE);
            let doubtful = run.state().orders.iter().any(|order| {
                matches!(order.kind, OrderKind::Open { .. })
                    && (order.is_unknown || now.0 > order.expires.0)
            });
            is_in_doubt |= doubtful;
            if doubtful && !self.asks_deals() {
                self.settle_orders(at, now, out);
            }
            let Stage::Live(run) = &self.slots[at].stage else {
                continue;
            };
            let state = run.state();
            is_in_doubt |= state.orders.iter().any(|order| late(order.expires));
            let held: Vec<i64> = state.held.iter().map(|held| held.ticket).collect();
            let number = run.terms().number;
            for ticket in held {
                if self.is_open(ticket) {
                    self.missing.remove(&ticket);
                    continue;
                }
                is_in_doubt = true;
                let since = *self.missing.entry(ticket).or_insert(now);
                if now.0 - since.0 > MISSING && !self.asks_deals() {
                    self.missing.remove(&ticket);
                    out.tells.push(Tell::Lost {
                        run: number,
                        ticket,
                    });
                    if let Stage::Live(run) = &mut self.slots[at].stage {
                        run.lose(ticket);
                    }
                }
            }
        }
        if is_in_doubt {
            self.ask_deals(now, out);
        }
    }

    fn is_open(&self, ticket: i64) -> bool {
        let told = self.positions.as_ref();
        told.is_none_or(|told| told.positions.iter().any(|open| open.ticket.0 == ticket))
    }

    /// Positions that bear our mark and that no run knows, by a list that has just come.
    pub(super) fn tell_orphans(&mut self, now: Time, out: &mut Effects) {
        // A run that is still coming may know it.
        let is_settled = self
            .slots
            .iter()
            .all(|slot| !matches!(slot.stage, Stage::Coming(_)));
        let Some(told) = self.positions.as_ref().filter(|_| is_settled) else {
            return;
        };
        let magic = self.hello.magic;
        let ours = told.positions.iter().filter(|open| open.magic == magic);
        let marked: Vec<_> = ours
            .filter_map(|open| {
                CommandNumber::from_comment(&open.comment).map(|number| (open.ticket, number))
            })
            .collect();
        for (ticket, number) in marked {
            let command = number.0.get();
            let is_known = self.slots.iter().any(|slot| match &slot.stage {
                Stage::Live(run) => {
                    let state = run.state();
                    state.held.iter().any(|held| held.ticket == ticket.0)
                        || state.orders.iter().any(|order| order.command == command)
                }
                _ => false,
            });
            if is_known || self.orphans.contains(&ticket.0) {
                continue;
            }
            let given_up = self.slots.iter().position(|slot| match &slot.stage {
                Stage::Live(run) => run.state().given_up.contains(&command),
                _ => false,
            });
            match given_up {
                Some(at) => self.filled_late(at, number, ticket, now, out),
                None => {
                    self.orphans.insert(ticket.0);
                    out.tells.push(Tell::Orphan { ticket: ticket.0 });
                }
            }
        }
    }
}
