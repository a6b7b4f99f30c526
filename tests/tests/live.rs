//! What was tested is what trades: the executor at the paper terminal, deal for deal what the backtest
//! trades, though the program is killed again and again.

use backtest::{market::Market, run, venue::Venue};
use executor::{
    paper::PaperTerminal,
    trade::{
        Account, Effects, Write,
        account::Stored,
        clock::ServerClock,
        limit::Limits,
        run::{Done, Terms},
        state::RunState,
    },
};
use phoenix_tests::{SHIPPED, ready_everywhere, sample};
use protocol::link::{
    FromTerminal, Nonce,
    part::{DealEntry, DealSide},
};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};
use trading::{
    bar::Bars,
    strategy::plan::{Plan, compile},
    symbol::{ExitReason, Side, Trade},
    zone::Zone,
};

/// What was written down: all that a killed program leaves.
#[derive(Debug, Default)]
struct Disk {
    runs: BTreeMap<u32, String>,
    deals: BTreeMap<i64, Option<u32>>,
    stored: Stored,
}

impl Disk {
    fn write(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Run { run, state } => {
                    let text = serde_json::to_string(&state).expect("it can be written");
                    self.runs.insert(run, text);
                }
                Write::Deal { deal, run } => {
                    let before = self.deals.insert(deal.ticket.0, run);
                    assert_eq!(before, None, "a deal is written once");
                    self.stored.deals.insert(deal.ticket.0);
                    self.stored.newest_deal = self.stored.newest_deal.max(Some(deal.time));
                }
                Write::Watch(watch) => self.stored.watch = watch,
                Write::Stopped(is_stopped) => self.stored.is_stopped = is_stopped,
                Write::Number(number) => {
                    self.stored.newest = Some(number);
                }
            }
        }
    }
}

/// Where the program may be killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// It has decided, and nothing is written.
    Decided,
    /// It is written, and not everything is sent.
    Written,
    /// The terminal has answered, and nobody heard it.
    Answered,
}

/// The program and its terminal.
struct Program<'a> {
    terminal: PaperTerminal<'a>,
    account: Option<Account>,
    disk: Disk,
    terms: Terms,
    done: BTreeMap<i64, Done>,
    dies: Box<dyn FnMut(Moment) -> bool>,
    deaths: usize,
}

impl<'a> Program<'a> {
    fn new(
        plan: &Arc<Plan>,
        venue: &Venue,
        market: &'a Market<'a>,
        dies: impl FnMut(Moment) -> bool + 'static,
    ) -> Self {
        let terms = Terms {
            number: 3,
            strategy: "tested".to_owned(),
            name: "tested".to_owned(),
            version: 1,
            plan: Arc::clone(plan),
            symbol: venue.symbol.symbol.clone(),
            news: None,
            emergency_stop: 0.5,
        };
        Self {
            terminal: PaperTerminal::new(market, venue, plan.timeframe),
            account: None,
            disk: Disk::default(),
            terms,
            done: BTreeMap::new(),
            dies: Box::new(dies),
            deaths: 0,
        }
    }

    /// To the end of history.
    fn trade(mut self) -> Self {
        self.start();
        while let Some(says) = self.terminal.opens() {
            self.hear(says);
            let says = self.terminal.passes();
            self.hear(says);
            for open in self.positions() {
                assert!(open.stop != 0.0, "every position has a stop: {open:?}");
            }
        }
        // What nobody heard is heard before it is judged.
        self.account = None;
        self.dies = Box::new(|_| false);
        self.start();
        self
    }

    fn positions(&self) -> Vec<protocol::link::part::Position> {
        let standing = self.terminal.standing();
        let open = standing.into_iter().find_map(|says| match says {
            FromTerminal::Positions(told) => Some(told.positions),
            _ => None,
        });
        open.expect("it says what is open")
    }

    /// Begins, or begins again after it was killed.
    fn start(&mut self) {
        while self.account.is_none() {
            let hello = self.terminal.hello(Nonce([7; 32]));
            let mut out = Effects::default();
            let stored = self.disk.stored.clone();
            let clock = ServerClock::new(Zone::utc());
            let now = self.terminal.now();
            let limits = Limits::default();
            let mut account = Account::arrived(hello, clock, limits, stored, now, &mut out);
            let state: RunState = match self.disk.runs.get(&self.terms.number) {
                Some(text) => serde_json::from_str(text).expect("it can be read"),
                None => RunState::default(),
            };
            account.take_up(vec![(self.terms.clone(), state)], now, &mut out);
            self.account = Some(account);
            let mut says: VecDeque<_> = self.terminal.standing().into();
            if self.carry_out(out, &mut says) {
                self.hear_all(says);
            }
        }
    }

    fn hear(&mut self, says: Vec<FromTerminal>) {
        let killed = !self.hear_all(says.into());
        if killed {
            self.start();
        }
    }

    /// Whether it lives.
    fn hear_all(&mut self, mut says: VecDeque<FromTerminal>) -> bool {
        while let Some(message) = says.pop_front() {
            let Some(account) = &mut self.account else {
                return false;
            };
            let mut out = Effects::default();
            account.on(message, self.terminal.now(), &mut out);
            if !self.carry_out(out, &mut says) {
                return false;
            }
        }
        true
    }

    /// Whether it lives.
    fn carry_out(&mut self, out: Effects, says: &mut VecDeque<FromTerminal>) -> bool {
        let is_something = !out.writes.is_empty();
        if is_something && self.is_killed(Moment::Decided) {
            return false;
        }
        self.disk.write(out.writes);
        for (_, done) in out.done {
            let before = self.done.insert(done.ticket, done);
            assert_eq!(before, None, "a position is closed once");
        }
        assert_eq!(
            out.tells.iter().filter(|tell| is_bad(tell)).count(),
            0,
            "{:?}",
            out.tells
        );
        for send in out.sends {
            let is_order = is_order(&send);
            if is_order && self.is_killed(Moment::Written) {
                return false;
            }
            says.extend(self.terminal.on(send));
            if is_order && self.is_killed(Moment::Answered) {
                return false;
            }
        }
        true
    }

    fn is_killed(&mut self, moment: Moment) -> bool {
        let dies = (self.dies)(moment);
        if dies {
            self.account = None;
            self.deaths += 1;
        }
        dies
    }

    /// The trades that the terminal's broker recorded, with the reasons that the program gave.
    fn trades(&self) -> Vec<Dealt> {
        let mut opened = BTreeMap::new();
        let mut trades = Vec::new();
        for deal in self.terminal.deals() {
            if deal.entry == DealEntry::In {
                opened.insert(deal.position, deal);
                continue;
            }
            let entry = opened.remove(&deal.position).expect("it was opened");
            let done = self
                .done
                .get(&deal.position.0)
                .expect("the program knows it");
            trades.push(Dealt {
                side: match entry.side {
                    DealSide::Buy => Side::Buy,
                    _ => Side::Sell,
                },
                volume: deal.volume,
                entry_time: entry.time.0,
                exit_time: deal.time.0,
                entry_price: entry.price,
                exit_price: deal.price,
                profit: done.profit,
                exit: done.exit,
            });
        }
        trades
    }
}

fn is_order(send: &protocol::link::FromExecutor) -> bool {
    use protocol::link::FromExecutor;
    matches!(
        send,
        FromExecutor::Open(_) | FromExecutor::Modify(_) | FromExecutor::Close(_)
    )
}

fn is_bad(tell: &executor::trade::Tell) -> bool {
    use executor::trade::Tell;
    // Refused for margin is what the backtest sees, too.
    !matches!(tell, Tell::Refused { .. })
}

/// A trade, as far as both have to agree.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Dealt {
    side: Side,
    volume: f64,
    entry_time: i64,
    exit_time: i64,
    entry_price: f64,
    exit_price: f64,
    profit: f64,
    exit: ExitReason,
}

fn dealt(trade: &Trade) -> Dealt {
    Dealt {
        side: trade.side,
        volume: trade.volume,
        entry_time: trade.entry_time.0,
        exit_time: trade.exit_time.0,
        entry_price: trade.entry_price,
        exit_price: trade.exit_price,
        profit: trade.profit,
        exit: trade.exit,
    }
}

fn tested(plan: &Plan, venue: &Venue, market: &Market<'_>) -> Vec<Dealt> {
    let run = run::run_on(plan, &plan.values(), venue, market, None);
    let closed = run.trades.iter();
    closed
        .filter(|trade| trade.exit != ExitReason::EndOfData)
        .map(dealt)
        .collect()
}

fn is_same(name: &str, program: &Program<'_>, tested: &[Dealt]) {
    let traded = program.trades();
    for (at, (traded, tested)) in traded.iter().zip(tested).enumerate() {
        assert_eq!(traded, tested, "{name}, trade {at}");
    }
    assert_eq!(traded.len(), tested.len(), "{name}");
}

/// Every ready strategy on each shipped history.
fn strategies() -> Vec<(String, Arc<Plan>, Venue, Bars)> {
    let histories = SHIPPED.map(sample);
    let bars_of = |symbol| {
        let at = SHIPPED.iter().position(|shipped| *shipped == symbol);
        histories[at.expect("it is shipped")].clone()
    };
    let ready = ready_everywhere().into_iter();
    let all = ready.map(|(name, document, history)| {
        let plan = Arc::new(compile(&document).unwrap_or_else(|e| panic!("{name}: {e}")));
        let venue = Venue::typical(&document.symbol).expect("a known symbol");
        (name, plan, venue, bars_of(history))
    });
    all.collect()
}

/// A row of numbers that looks like chance, the same for the same seed (xorshift64*).
fn chance(seed: u64) -> impl FnMut(u64) -> bool {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    move |one_in| {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33 < (1 << 31) / one_in
    }
}

#[test]
fn every_ready_strategy_trades_live_what_was_tested() {
    let mut deals = 0;
    for (name, plan, venue, bars) in strategies() {
        let market = Market::new(&bars, &venue);
        let program = Program::new(&plan, &venue, &market, |_| false).trade();
        is_same(&name, &program, &tested(&plan, &venue, &market));
        deals += program.terminal.deals().len();
    }
    eprintln!("{deals} deals");
    assert!(deals > 70_000, "{deals}");
}

#[test]
fn a_program_that_is_killed_after_writing_trades_what_was_tested() {
    let mut deaths = 0;
    for (seed, (name, plan, venue, bars)) in (1..).zip(strategies()) {
        let bars = bars.head(3_000);
        let market = Market::new(&bars, &venue);
        let mut chance = chance(seed);
        let dies = move |moment| moment != Moment::Decided && chance(4);
        let program = Program::new(&plan, &venue, &market, dies).trade();
        is_same(&name, &program, &tested(&plan, &venue, &market));
        deaths += program.deaths;
    }
    assert!(deaths > 500, "{deaths}");
}

/// Killed anywhere, it may miss an entry. It never has a position that it does not know, an order
/// twice, or a deal unwritten.
#[test]
fn a_program_that_is_killed_anywhere_knows_what_it_has() {
    let mut deaths = 0;
    let all = strategies();
    for seed in 0..1_000 {
        let (name, plan, venue, bars) = &all[seed as usize % all.len()];
        let from = (seed as usize * 613) % 20_000;
        let bars = bars.slice(from, from + 1_200);
        let market = Market::new(&bars, venue);
        let mut chance = chance(seed + 1_000);
        let program = Program::new(plan, venue, &market, move |_| chance(150)).trade();
        deaths += program.deaths;
        let recorded: BTreeSet<i64> = program
            .terminal
            .deals()
            .iter()
            .map(|d| d.ticket.0)
            .collect();
        let written: BTreeSet<i64> = program.disk.deals.keys().copied().collect();
        assert_eq!(recorded, written, "{name}, seed {seed}");
        let ours = |run: &Option<u32>| *run == Some(program.terms.number);
        assert!(program.disk.deals.values().all(ours), "{name}, seed {seed}");
        let opened = program.terminal.deals().iter();
        let opened = opened.filter(|deal| deal.entry == DealEntry::In);
        let commands: Vec<_> = opened.map(|deal| deal.comment.clone()).collect();
        let once: BTreeSet<_> = commands.iter().collect();
        assert_eq!(
            once.len(),
            commands.len(),
            "{name}, seed {seed}: ordered twice"
        );
        let text = program
            .disk
            .runs
            .get(&program.terms.number)
            .expect("written");
        let state: RunState = serde_json::from_str(text).expect("it can be read");
        let known: BTreeSet<i64> = state.held.iter().map(|held| held.ticket).collect();
        let open = program.positions().into_iter().map(|open| open.ticket.0);
        assert_eq!(known, open.collect(), "{name}, seed {seed}");
    }
    assert!(deaths > 500, "{deaths}");
}

/// The history that the paper terminal plays is the end of the one that is shipped. `PHOENIX_DEMO=write`
/// writes it anew.
#[test]
fn the_paper_terminal_plays_what_is_shipped() {
    let all = sample("XAUUSD");
    let end = all.slice(all.len() - 8_000, all.len());
    let bytes = protocol::bars::encode(&end);
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../executor/demo/XAUUSD-H1.bars"
    );
    if std::env::var("PHOENIX_DEMO").is_ok_and(|wish| wish == "write") {
        std::fs::write(path, &bytes).expect("it can be written");
    }
    assert_eq!(std::fs::read(path).expect("it is there"), bytes);
}
