//! The way of a live account, deal for deal what the backtest trades: orders with absolute levels that
//! are set again after the fill, stops that the market has passed before they could be moved, and a
//! program that is killed and goes on from what it wrote down.

use backtest::{
    market::Market,
    paper::{Paper, PaperTrade},
    run,
    venue::{Mode, Venue},
};
use phoenix_tests::{ready_strategies, sample};
use std::{collections::BTreeMap, sync::Arc};
use trading::{
    bar::Bars,
    session::{Closed, Command, Event, Memory, OpenPosition, Opened, PositionId, Session},
    strategy::plan::{Plan, compile},
    symbol::{ExitReason, Side, SymbolSpec, Trade},
};

const BARS: usize = 12_000;

/// A program that trades at the paper broker.
struct Live<'a> {
    paper: Paper<'a>,
    session: Session,
    plan: Arc<Plan>,
    venue: Venue,
    spec: SymbolSpec,
    /// The session's number of each of the broker's positions.
    ours: BTreeMap<PositionId, PositionId>,
    trades: Vec<Trade>,
    answers: Vec<Event>,
}

impl<'a> Live<'a> {
    fn new(plan: &Arc<Plan>, venue: &Venue, market: &'a Market<'a>) -> Self {
        Self {
            paper: Paper::new(market, venue),
            session: session(plan, venue),
            plan: Arc::clone(plan),
            venue: venue.clone(),
            spec: venue.symbol.clone(),
            ours: BTreeMap::new(),
            trades: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// To the end of history; killed at each bar where `dies` says so.
    fn trade(mut self, dies: impl Fn(usize) -> bool) -> Vec<Trade> {
        let mut commands = Vec::new();
        while self.paper.next_bar() {
            for command in commands.drain(..) {
                self.carry_out(command);
            }
            for closed in self.paper.walk() {
                self.note(&closed, closed.trade.exit);
            }
            for answer in std::mem::take(&mut self.answers) {
                let mut unasked = Vec::new();
                self.session.on(answer, &mut unasked);
                assert_eq!(unasked, [], "a session decides at closes only");
            }
            let bar = self.paper.bar();
            let mut closed = self.paper.market().bars.get(bar);
            closed.spread = self.paper.market().spread(bar);
            let account = self.paper.account();
            let event = Event::BarClosed(closed, account);
            self.session.on(event, &mut commands);
            if dies(bar) {
                self.go_on_from_what_was_written(bar);
            }
        }
        self.trades
    }

    /// What a start after a crash does: bars from the terminal, the rest from the journal.
    fn go_on_from_what_was_written(&mut self, bar: usize) {
        let text = serde_json::to_string(&self.session.memory()).expect("it can be written");
        let memory: Memory = serde_json::from_str(&text).expect("it can be read");
        let mut session = session(&self.plan, &self.venue);
        let market = self.paper.market();
        for at in 0..=bar {
            let mut seen = market.bars.get(at);
            seen.spread = market.spread(at);
            session.warm(&seen);
        }
        session.recall(&memory);
        assert_eq!(session.memory(), memory);
        self.session = session;
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Open(order) => self.open(&order),
            Command::MoveStop(position, stop) => {
                let Some(id) = self.theirs(position) else {
                    return;
                };
                let target = self.paper.position(id).and_then(|held| held.target);
                // A stop that the market has passed by now is reached: nothing else could be meant.
                if !self.paper.set_levels(id, Some(stop), target) {
                    self.close(id, ExitReason::StopLoss);
                }
            }
            Command::Close(position, reason) => {
                if let Some(id) = self.theirs(position) {
                    self.close(id, reason);
                }
            }
        }
    }

    /// As the Expert Advisor does: levels from the price that is seen, and again from the fill.
    fn open(&mut self, order: &OpenPosition) {
        let grid = self.spec.grid();
        let sign = order.side.sign();
        let levels = |price: f64| {
            let at = |distance: Option<f64>, sign: f64| {
                distance.map(|distance| grid.nearest(price + distance * sign))
            };
            (
                at(order.stop_distance, -sign),
                at(order.target_distance, sign),
            )
        };
        let quote = self.paper.quote();
        let seen = match order.side {
            Side::Buy => quote.ask,
            Side::Sell => quote.bid,
        };
        let (stop, target) = levels(seen);
        let Ok(opened) = self.paper.open(order.side, order.volume, stop, target) else {
            self.answers.push(Event::Rejected(order.position));
            return;
        };
        let (stop, target) = levels(opened.price);
        assert!(
            self.paper.set_levels(opened.id, stop, target),
            "{stop:?} and {target:?} around {opened:?}"
        );
        self.ours.insert(opened.id, order.position);
        self.answers.push(Event::Opened(Opened {
            position: order.position,
            price: opened.price,
            time: opened.time,
            stop_loss: stop,
        }));
    }

    fn close(&mut self, id: PositionId, reason: ExitReason) {
        let closed = self.paper.close(id).expect("it is open");
        self.note(&closed, reason);
    }

    fn note(&mut self, closed: &PaperTrade, exit: ExitReason) {
        let trade = Trade {
            exit,
            ..closed.trade
        };
        self.trades.push(trade);
        let position = self.ours.remove(&closed.id).expect("it is ours");
        self.answers.push(Event::Closed(Closed {
            position,
            profit: trade.profit,
            time: trade.exit_time,
        }));
    }

    fn theirs(&self, position: PositionId) -> Option<PositionId> {
        let mut ours = self.ours.iter();
        ours.find(|(_, own)| **own == position).map(|(id, _)| *id)
    }
}

fn session(plan: &Arc<Plan>, venue: &Venue) -> Session {
    let per_price = venue.money_per_price();
    Session::new(Arc::clone(plan), plan.values(), &venue.symbol, per_price)
}

fn check(
    name: &str,
    plan: &Arc<Plan>,
    venue: &Venue,
    bars: &Bars,
    dies: impl Fn(usize) -> bool,
) -> usize {
    let market = Market::new(bars, venue);
    let tested = run::run_on(plan, &plan.values(), venue, &market, None).trades;
    // What is open at the end is valued there by the backtest only.
    let closed = tested
        .into_iter()
        .filter(|trade| trade.exit != ExitReason::EndOfData);
    let closed: Vec<Trade> = closed.collect();
    let traded = Live::new(plan, venue, &market).trade(dies);
    for (at, (traded, tested)) in traded.iter().zip(&closed).enumerate() {
        assert_eq!(traded, tested, "{name}, trade {at}");
    }
    assert_eq!(traded.len(), closed.len(), "{name}");
    traded.len()
}

#[test]
fn a_live_account_trades_what_was_tested_though_it_is_killed() {
    for (name, document) in ready_strategies() {
        let plan = Arc::new(compile(&document).unwrap_or_else(|e| panic!("{name}: {e}")));
        let is_gold = document.symbol.as_str() == "XAUUSD";
        let bars = sample(if is_gold { "XAUUSD" } else { "GBPUSD" }).head(BARS);
        let hedging = Venue::typical(&document.symbol).expect("a known symbol");
        let mut netting = hedging.clone();
        netting.account.mode = Mode::Netting;
        let trades = check(&name, &plan, &hedging, &bars, |bar| bar % 1_009 == 7);
        assert!(trades > 0, "{name}: it never trades here");
        check(&name, &plan, &netting, &bars, |_| false);
    }
}
