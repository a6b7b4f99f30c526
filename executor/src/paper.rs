//! The paper terminal: what a MetaTrader with the Expert Advisor would say, with the simulated broker
//! of backtests behind it and a history that passes. It lets everything be tried without MetaTrader,
//! and a test follow every order to the last bit. No input or output: messages in, messages out.
//!
//! A bar passes in two steps. [`PaperTerminal::opens`]: the new bar's first price, and the bar before
//! it closes; what is ordered now is filled at that price. [`PaperTerminal::passes`]: the bar's prices
//! work on stops and targets, and the account is told as it is at the close.

mod order;

use backtest::{
    market::Market,
    paper::{Paper, PaperTrade},
    venue::{Mode, Venue},
};
use protocol::link::{
    FromExecutor, FromTerminal, Nonce, PAGE, VERSION,
    executor::{Guard, HistoryRequest, Subscribe},
    part::{AccountFlags, Deal, Money, Position, Request, Ticket, TradeMode},
    terminal::{Account, Bar, Deals, Failed, Hello, History, Positions, Receipt, Spec, Tick},
};
use std::collections::BTreeMap;
use trading::{
    bar,
    session::{AccountState, PositionId},
    symbol::{Side, Symbol, SymbolSpec},
    time::Time,
    timeframe::Timeframe,
};

/// The magic number of its Expert Advisor.
pub const MAGIC: i64 = 7_440_001;
/// Every leave to trade.
const FLAGS: AccountFlags = AccountFlags(31);

/// A terminal that trades on paper, in one symbol.
#[derive(Debug)]
pub struct PaperTerminal<'a> {
    paper: Paper<'a>,
    spec: SymbolSpec,
    currency: String,
    is_hedging: bool,
    timeframe: Timeframe,
    wanted: Subscribe,
    guard: Option<Guard>,
    /// The account at the last price before the newest bar opened.
    before: AccountState,
    deals: Vec<Deal>,
    receipts: BTreeMap<u64, Receipt>,
    /// The command that opened each position.
    comments: BTreeMap<PositionId, String>,
    /// Tickets of deals and positions count from here.
    first_ticket: i64,
    next_ticket: i64,
}

impl<'a> PaperTerminal<'a> {
    /// A terminal before the first bar of a market.
    pub fn new(market: &'a Market<'a>, venue: &Venue, timeframe: Timeframe) -> Self {
        let paper = Paper::new(market, venue);
        Self {
            before: paper.account(),
            paper,
            spec: venue.symbol.clone(),
            currency: venue.account.currency.clone(),
            is_hedging: venue.account.mode == Mode::Hedging,
            timeframe,
            wanted: Subscribe {
                bars: Vec::new(),
                ticks: Vec::new(),
            },
            guard: None,
            deals: Vec::new(),
            receipts: BTreeMap::new(),
            comments: BTreeMap::new(),
            first_ticket: 0,
            next_ticket: 1,
        }
    }

    /// The same, with tickets above this: a broker never gives one twice, and a history that begins
    /// anew would.
    #[must_use]
    pub const fn with_tickets_after(mut self, first: i64) -> Self {
        self.first_ticket = first;
        self.next_ticket = first + 1;
        self
    }

    /// Who it is.
    pub fn hello(&self, nonce: Nonce) -> Hello {
        Hello {
            version: VERSION,
            program: concat!("Phoenix paper terminal ", env!("CARGO_PKG_VERSION")).to_owned(),
            nonce,
            login: 1,
            server: "Phoenix-Paper".to_owned(),
            company: "Phoenix".to_owned(),
            currency: self.currency.clone(),
            money: Money::Demo,
            is_hedging: self.is_hedging,
            build: 0,
            magic: MAGIC,
            chart: self.spec.symbol.to_string(),
            server_offset: 0,
        }
    }

    /// What it says first, and again whenever something changed.
    pub fn standing(&self) -> Vec<FromTerminal> {
        vec![
            FromTerminal::Account(self.account()),
            FromTerminal::Positions(self.positions()),
        ]
    }

    /// The time by its clock: that of the bar that is forming.
    pub fn now(&self) -> Time {
        let times = &self.paper.market().bars.time;
        Time(times.get(self.paper.bar()).copied().unwrap_or_default())
    }

    /// Lets bars pass unseen, before anybody is there: they are history then.
    pub fn skip(&mut self, bars: usize) {
        for _ in 0..bars {
            if !self.paper.next_bar() {
                return;
            }
            self.paper.walk();
        }
    }

    /// Whether somebody wants its bars.
    pub fn is_wanted(&self) -> bool {
        !self.wanted.bars.is_empty()
    }

    /// Everything that its broker recorded.
    pub fn deals(&self) -> &[Deal] {
        &self.deals
    }

    /// The first price of the next bar, and the bar that closed with it. `None` when history is over.
    pub fn opens(&mut self) -> Option<Vec<FromTerminal>> {
        let closed = self.paper.bar();
        let is_first = self.before_first();
        self.before = self.paper.account();
        if !self.paper.next_bar() {
            return None;
        }
        let now = self.now();
        let quote = self.paper.quote();
        let symbol = &self.spec.symbol;
        let mut says = Vec::new();
        if self.wanted.ticks.contains(symbol) {
            says.push(FromTerminal::Tick(Tick {
                symbol: symbol.clone(),
                time: now,
                bid: quote.bid,
                ask: quote.ask,
            }));
        }
        let wanted = (symbol.clone(), self.timeframe);
        if !is_first && self.wanted.bars.contains(&wanted) {
            says.push(FromTerminal::Bar(Bar {
                symbol: wanted.0,
                timeframe: wanted.1,
                bar: self.bar(closed),
                opened: now,
                now,
                balance: self.before.balance,
                equity: self.before.equity,
            }));
        }
        Some(says)
    }

    /// The bar's prices pass, up to its close.
    pub fn passes(&mut self) -> Vec<FromTerminal> {
        let mut says = Vec::new();
        for closed in self.paper.walk() {
            let deal = self.record(&closed, None);
            says.push(FromTerminal::Deal(deal));
        }
        says.extend(self.standing());
        says
    }

    fn before_first(&self) -> bool {
        self.paper.is_before_first()
    }

    /// Does what it is told.
    pub fn on(&mut self, message: FromExecutor) -> Vec<FromTerminal> {
        match message {
            FromExecutor::Guard(guard) => {
                self.guard = Some(guard);
                Vec::new()
            }
            FromExecutor::Subscribe(wanted) => {
                self.wanted = wanted;
                Vec::new()
            }
            FromExecutor::SpecRequest(asked) => vec![self.told(asked.request, &asked.symbol)],
            FromExecutor::HistoryRequest(asked) => self.history(&asked),
            FromExecutor::DealsRequest(asked) => {
                let deals = self.deals.iter().filter(|deal| deal.time >= asked.since);
                vec![FromTerminal::Deals(Deals {
                    request: asked.request,
                    is_last: true,
                    deals: deals.cloned().collect(),
                })]
            }
            FromExecutor::CalendarRequest(asked) => vec![failed(asked.request, "no calendar here")],
            FromExecutor::SymbolsRequest(asked) => {
                let name = self.spec.symbol.to_string();
                let like = asked.like.to_ascii_uppercase();
                let is_like = name.to_ascii_uppercase().contains(&like);
                vec![FromTerminal::Symbols(protocol::link::terminal::Symbols {
                    request: asked.request,
                    is_last: true,
                    names: is_like.then_some(name).into_iter().collect(),
                })]
            }
            FromExecutor::Open(order) => {
                let says = self.open(&order);
                self.with_positions(says)
            }
            FromExecutor::Modify(order) => {
                let says = self.modify(&order);
                self.with_positions(says)
            }
            FromExecutor::Close(order) => {
                let says = self.close(&order);
                self.with_positions(says)
            }
            FromExecutor::CloseAll(order) => {
                let says = self.close_all(&order);
                self.with_positions(says)
            }
            FromExecutor::Ping(ping) => {
                let token = ping.token;
                vec![FromTerminal::Pong(protocol::link::part::Pong { token })]
            }
            FromExecutor::Welcome(_)
            | FromExecutor::Answered(_)
            | FromExecutor::Pong(_)
            | FromExecutor::Bye(_) => Vec::new(),
        }
    }

    fn told(&self, request: Request, symbol: &Symbol) -> FromTerminal {
        let spec = &self.spec;
        if *symbol != spec.symbol {
            return failed(request, "this symbol is not there");
        }
        FromTerminal::Spec(Spec {
            symbol: spec.symbol.clone(),
            digits: spec.digits,
            tick_size: spec.tick_size,
            contract_size: spec.contract_size,
            volume_min: spec.volume_min,
            volume_max: spec.volume_max,
            volume_step: spec.volume_step,
            stops_level: spec.stops_level,
            freeze_level: 0.0,
            base_currency: String::new(),
            profit_currency: spec.profit_currency.clone(),
            margin_currency: self.currency.clone(),
            trade: TradeMode::Full,
            tick_value: self.paper.money_per_price() * spec.tick_size,
            swap_mode: 1,
            swap_long: 0.0,
            swap_short: 0.0,
            triple: 3,
        })
    }

    fn bar(&self, at: usize) -> bar::Bar {
        let market = self.paper.market();
        bar::Bar {
            spread: market.spread(at),
            ..market.bars.get(at)
        }
    }

    fn history(&self, asked: &HistoryRequest) -> Vec<FromTerminal> {
        if asked.symbol != self.spec.symbol || asked.timeframe != self.timeframe {
            return vec![failed(asked.request, "there are no such bars here")];
        }
        // The bar that is forming is not among them.
        let closed = self.paper.bar();
        let times = &self.paper.market().bars.time[..closed];
        let end = match asked.before.0 {
            0 => closed,
            before => times.partition_point(|time| *time < before),
        };
        let start = end.saturating_sub(asked.count as usize);
        let mut pages = Vec::new();
        let mut from = start;
        loop {
            let to = (from + PAGE).min(end);
            pages.push(FromTerminal::History(History {
                request: asked.request,
                is_last: to == end,
                bars: (from..to).map(|at| self.bar(at)).collect(),
            }));
            if to == end {
                return pages;
            }
            from = to;
        }
    }

    fn account(&self) -> Account {
        let account = self.paper.account();
        Account {
            time: self.now(),
            balance: account.balance,
            equity: account.equity,
            margin: 0.0,
            free: account.equity,
            flags: FLAGS,
        }
    }

    fn positions(&self) -> Positions {
        let quote = self.paper.quote();
        let position = |held: backtest::paper::PaperPosition| Position {
            ticket: self.ticket(held.id),
            symbol: self.spec.symbol.to_string(),
            side: held.side,
            volume: held.volume,
            opened_price: held.price,
            stop: held.stop.unwrap_or(0.0),
            target: held.target.unwrap_or(0.0),
            price: match held.side {
                Side::Buy => quote.bid,
                Side::Sell => quote.ask,
            },
            profit: held.profit,
            swap: held.swap,
            magic: MAGIC,
            time: held.time,
            comment: self.comments.get(&held.id).cloned().unwrap_or_default(),
        };
        Positions {
            time: self.now(),
            positions: self.paper.positions().map(position).collect(),
        }
    }

    /// What is open after an order is said at once, as the Expert Advisor does.
    fn with_positions(&self, mut says: Vec<FromTerminal>) -> Vec<FromTerminal> {
        says.push(FromTerminal::Positions(self.positions()));
        says
    }

    /// The ticket of a position. The paper broker counts from 1 and never gets far.
    fn ticket(&self, id: PositionId) -> Ticket {
        let id = i64::try_from(id.0).unwrap_or(i64::MAX);
        Ticket(self.first_ticket.saturating_add(id))
    }

    /// The position of a ticket.
    fn position_of(&self, ticket: Ticket) -> PositionId {
        let id = ticket.0.saturating_sub(self.first_ticket);
        PositionId(u64::try_from(id).unwrap_or(0))
    }

    fn next_ticket(&mut self) -> Ticket {
        let ticket = Ticket(self.next_ticket);
        self.next_ticket += 1;
        ticket
    }

    /// The deal that a closing makes. `comment` where somebody ordered it.
    fn record(&mut self, closed: &PaperTrade, comment: Option<String>) -> Deal {
        use protocol::link::part::{DealEntry, DealReason, DealSide};
        use trading::symbol::ExitReason;
        let trade = &closed.trade;
        let opened_by = self.comments.remove(&closed.id).unwrap_or_default();
        let deal = Deal {
            ticket: self.next_ticket(),
            order: Ticket(0),
            position: self.ticket(closed.id),
            symbol: self.spec.symbol.to_string(),
            side: match trade.side {
                Side::Buy => DealSide::Sell,
                Side::Sell => DealSide::Buy,
            },
            entry: DealEntry::Out,
            reason: match trade.exit {
                ExitReason::StopLoss => DealReason::StopLoss,
                ExitReason::TakeProfit => DealReason::TakeProfit,
                ExitReason::StopOut => DealReason::StopOut,
                _ => DealReason::Program,
            },
            volume: trade.volume,
            price: trade.exit_price,
            profit: trade.gross,
            commission: -closed.commission,
            swap: trade.swap,
            fee: 0.0,
            magic: MAGIC,
            time: self.now(),
            comment: comment.unwrap_or(opened_by),
        };
        self.deals.push(deal.clone());
        deal
    }
}

fn failed(request: Request, text: &str) -> FromTerminal {
    FromTerminal::Failed(Failed {
        request,
        text: text.to_owned(),
    })
}
