//! A service and its terminal, without anything between them.

use backtest::{market::Market, venue::Venue};
use executor::{
    demo,
    journal::{AccountRow, Journal},
    paper::PaperTerminal,
    service::{Active, Out, Rules, Seat, Service},
};
use protocol::{
    api::command::{Action, Command, CommandState, Target},
    id::{CommandId, ExecutorId, StrategyId},
    link::{FromExecutor, FromTerminal, Nonce, part::Position},
};
use std::collections::VecDeque;
use tempfile::TempDir;
use trading::{bar::Bars, symbol::Symbol, time::Time, timeframe::Timeframe};

pub(crate) const SEAT: Seat = Seat(1);

/// The history that passes, and its terms.
pub(crate) struct Gold {
    bars: Bars,
    venue: Venue,
}

impl Gold {
    pub(crate) fn new() -> Self {
        let mut bars = demo::history().unwrap();
        bars = bars.slice(0, 2_400);
        let symbol: Symbol = "XAUUSD".parse().unwrap();
        let venue = Venue::typical(&symbol).unwrap();
        Self { bars, venue }
    }

    /// The same under another name.
    pub(crate) fn called(mut self, name: &str) -> Self {
        self.venue.symbol.symbol = name.parse().unwrap();
        self
    }

    /// The same on an account that nets positions.
    pub(crate) fn netting(mut self) -> Self {
        self.venue.account.mode = backtest::venue::Mode::Netting;
        self
    }

    pub(crate) fn market(&self) -> Market<'_> {
        Market::new(&self.bars, &self.venue)
    }
}

/// One that is nearly always in the market.
pub(crate) fn restless(number: u128) -> Active {
    let text = include_str!("../../../strategies/gold-macd-adx.json");
    let mut document: serde_json::Value = serde_json::from_str(text).unwrap();
    document["parameters"]["threshold"] = serde_json::json!({ "value": 1, "label": "Least ADX" });
    Active {
        strategy: StrategyId(uuid::Uuid::from_u128(number)),
        version: 1,
        document: document.to_string(),
        login: None,
        is_paused: false,
    }
}

/// A service with its terminal.
pub(crate) struct Room<'a> {
    pub(crate) service: Service,
    pub(crate) terminal: PaperTerminal<'a>,
    folder: TempDir,
    /// Everything that was wanted outside, but what was sent.
    pub(crate) outs: Vec<Out>,
    /// What was sent.
    pub(crate) sent: Vec<FromExecutor>,
    /// Whether the terminal hears what is sent.
    pub(crate) hears: bool,
    /// Whether the terminal answers what news there are.
    pub(crate) knows_news: bool,
    is_forming: bool,
    given: std::cell::Cell<u128>,
}

impl<'a> Room<'a> {
    pub(crate) fn new(gold: &'a Gold, market: &'a Market<'a>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(&folder.path().join("journal.db")).unwrap();
        let mut terminal = PaperTerminal::new(market, &gold.venue, Timeframe::H1);
        terminal.skip(2_000);
        Self {
            service: Service::new(journal, Rules::default()),
            terminal,
            folder,
            outs: Vec::new(),
            sent: Vec::new(),
            hears: true,
            knows_news: true,
            is_forming: false,
            given: std::cell::Cell::new(1),
        }
    }

    /// The program is killed, and started again.
    pub(crate) fn killed(&mut self) {
        self.with(Rules::default());
    }

    /// The same, with other rules.
    pub(crate) fn with(&mut self, rules: Rules) {
        let journal = Journal::open(&self.folder.path().join("journal.db")).unwrap();
        self.service = Service::new(journal, rules);
    }

    /// Something happens to the journal's file.
    pub(crate) fn breaks(&self, how: &str) {
        let journal = rusqlite::Connection::open(self.folder.path().join("journal.db")).unwrap();
        journal.execute_batch(how).unwrap();
    }

    /// The only account that something is told of.
    pub(crate) fn account(&self) -> AccountRow {
        let all = self.service.accounts().unwrap();
        assert_eq!(all.len(), 1);
        *all.first().unwrap()
    }

    /// The terminal goes.
    pub(crate) fn says_goodbye(&mut self) {
        let outs = self.service.left(SEAT);
        self.carry(outs);
    }

    pub(crate) fn now(&self) -> Time {
        self.terminal.now()
    }

    pub(crate) fn arrives(&mut self) {
        let hello = self.terminal.hello(Nonce([3; 32]));
        let outs = self.service.arrived(SEAT, hello, self.now());
        self.carry(outs);
        for said in self.terminal.standing() {
            self.says(said);
        }
    }

    pub(crate) fn active(&mut self, active: Vec<Active>) {
        let outs = self.service.strategies(active, self.now());
        self.carry(outs);
    }

    pub(crate) fn says(&mut self, said: FromTerminal) {
        let outs = self.service.heard(SEAT, said, self.now());
        self.carry(outs);
    }

    pub(crate) fn carry(&mut self, outs: Vec<Out>) {
        let mut todo: VecDeque<Out> = outs.into();
        while let Some(out) = todo.pop_front() {
            let Out::Send(_, message) = out else {
                self.outs.push(out);
                continue;
            };
            self.sent.push(message.clone());
            let is_news = matches!(message, FromExecutor::CalendarRequest(_));
            if !self.hears || (is_news && !self.knows_news) {
                continue;
            }
            for said in self.terminal.on(message) {
                todo.extend(self.service.heard(SEAT, said, self.now()));
            }
        }
    }

    /// Lets so many bars open; the last of them is forming then, and orders can be filled.
    pub(crate) fn pass(&mut self, bars: usize) {
        for _ in 0..bars {
            if self.is_forming {
                for said in self.terminal.passes() {
                    self.says(said);
                }
            }
            let Some(says) = self.terminal.opens() else {
                return;
            };
            self.is_forming = true;
            for said in says {
                self.says(said);
            }
        }
    }

    /// Until something is open.
    pub(crate) fn until_open(&mut self) {
        for _ in 0..300 {
            self.pass(1);
            if !self.open().is_empty() {
                return;
            }
        }
        panic!("nothing was opened");
    }

    pub(crate) fn open(&self) -> Vec<Position> {
        let mut standing = self.terminal.standing().into_iter();
        let open = standing.find_map(|said| match said {
            FromTerminal::Positions(all) => Some(all.positions),
            _ => None,
        });
        open.unwrap()
    }

    pub(crate) fn command(&mut self, action: Action) -> CommandId {
        let command = self.given(action);
        let outs = self.service.command(&command, self.now());
        self.carry(outs);
        command.id
    }

    pub(crate) fn given(&self, action: Action) -> Command {
        let number = self.given.get();
        self.given.set(number + 1);
        Command {
            id: CommandId(uuid::Uuid::from_u128(number)),
            action,
            target: Target::Executor(ExecutorId(uuid::Uuid::from_u128(1))),
            state: CommandState::Delivered,
            remark: String::new().parse().unwrap(),
            created_at: self.now(),
            expires_at: Time(self.now().0 + 60_000),
            delivered_at: None,
            finished_at: None,
        }
    }

    /// How a command ended.
    pub(crate) fn end(&self, id: CommandId) -> Option<Result<(), String>> {
        let ends = self.service.ends().unwrap();
        let found = ends.into_iter().find(|(one, _)| *one == id);
        found.map(|(_, given)| {
            if given.is_done {
                Ok(())
            } else {
                Err(given.text)
            }
        })
    }
}
