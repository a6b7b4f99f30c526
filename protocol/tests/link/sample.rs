//! Messages of every kind with any content, from a seed.

use protocol::link::{
    executor::*,
    frame::Message,
    key::Nonce,
    part::{self, *},
    terminal::{self, *},
};
use trading::{bar, language::Language, symbol::Side, time::Time, timeframe::Timeframe};

/// George Marsaglia's xorshift64: the same messages on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn yes(&mut self) -> bool {
        self.roll() & 1024 == 0
    }

    fn u32(&mut self) -> u32 {
        self.roll() as u32
    }

    fn i64(&mut self) -> i64 {
        self.roll() as i64
    }

    /// Any number that is one: subnormal, huge and both zeros included.
    fn f64(&mut self) -> f64 {
        let number = f64::from_bits(self.roll());
        let edge = self.pick(&[0.0, -0.0, 1.5, f64::MAX, f64::MIN_POSITIVE]);
        match self.below(4) {
            0 => edge,
            _ if number.is_finite() => number,
            _ => edge,
        }
    }

    fn text(&mut self) -> String {
        let len = self.below(12);
        let letters = ['a', 'Z', '0', ' ', '\0', 'é', '中', '🦀'];
        (0..len).map(|_| self.pick(&letters)).collect()
    }

    fn symbol(&mut self) -> trading::symbol::Symbol {
        let names = ["XAUUSD", "EURUSD.m", "#AAPL", "GOLD", "US30_x-1"];
        self.pick(&names).parse().unwrap()
    }

    fn timeframe(&mut self) -> Timeframe {
        self.pick(&Timeframe::ALL)
    }

    fn time(&mut self) -> Time {
        Time(self.i64())
    }

    fn nonce(&mut self) -> Nonce {
        Nonce(std::array::from_fn(|_| self.roll() as u8))
    }

    fn command(&mut self) -> CommandNumber {
        CommandNumber::new(self.roll() | 1).unwrap()
    }

    fn request(&mut self) -> Request {
        Request(self.roll())
    }

    fn ticket(&mut self) -> Ticket {
        Ticket(self.i64())
    }

    fn side(&mut self) -> Side {
        self.pick(&[Side::Buy, Side::Sell])
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| item(self)).collect()
    }

    fn bar(&mut self) -> bar::Bar {
        bar::Bar {
            time: self.time(),
            open: self.f64(),
            high: self.f64(),
            low: self.f64(),
            close: self.f64(),
            tick_volume: self.f64(),
            spread: self.f64(),
        }
    }

    fn position(&mut self) -> Position {
        Position {
            ticket: self.ticket(),
            symbol: self.text(),
            side: self.side(),
            volume: self.f64(),
            opened_price: self.f64(),
            stop: self.f64(),
            target: self.f64(),
            price: self.f64(),
            profit: self.f64(),
            swap: self.f64(),
            magic: self.i64(),
            time: self.time(),
            comment: self.text(),
        }
    }

    fn deal(&mut self) -> part::Deal {
        use part::{DealEntry as E, DealReason as R, DealSide as S};
        part::Deal {
            ticket: self.ticket(),
            order: self.ticket(),
            position: self.ticket(),
            symbol: self.text(),
            side: self.pick(&[S::Buy, S::Sell, S::None]),
            entry: self.pick(&[E::In, E::Out, E::InOut, E::OutBy, E::Balance]),
            reason: self.pick(&[
                R::Program,
                R::Person,
                R::StopLoss,
                R::TakeProfit,
                R::StopOut,
                R::Other,
            ]),
            volume: self.f64(),
            price: self.f64(),
            profit: self.f64(),
            commission: self.f64(),
            swap: self.f64(),
            fee: self.f64(),
            magic: self.i64(),
            time: self.time(),
            comment: self.text(),
        }
    }

    fn event(&mut self) -> CalendarEvent {
        use Importance as I;
        CalendarEvent {
            id: self.roll(),
            time: self.time(),
            country: self.text(),
            currency: self.text(),
            importance: self.pick(&[I::None, I::Low, I::Moderate, I::High]),
            name: self.text(),
        }
    }
}

/// One message of every kind of the terminal's.
pub(crate) fn from_terminal(seed: u64) -> Vec<FromTerminal> {
    use NoticeCode as N;
    use Outcome as O;
    use TradeMode as T;
    let d = &mut Dice::new(seed);
    let all = vec![
        FromTerminal::Hello(Hello {
            version: d.u32() as u16,
            program: d.text(),
            nonce: d.nonce(),
            login: d.i64(),
            server: d.text(),
            company: d.text(),
            currency: d.text(),
            money: d.pick(&[Money::Real, Money::Demo, Money::Contest]),
            is_hedging: d.yes(),
            build: d.u32(),
            magic: d.i64(),
            chart: d.text(),
            server_offset: d.i64(),
        }),
        FromTerminal::Account(Account {
            time: d.time(),
            balance: d.f64(),
            equity: d.f64(),
            margin: d.f64(),
            free: d.f64(),
            flags: AccountFlags(d.u32()),
        }),
        FromTerminal::Positions(Positions {
            time: d.time(),
            positions: d.list(Dice::position),
        }),
        FromTerminal::Spec(Spec {
            symbol: d.symbol(),
            digits: d.u32(),
            tick_size: d.f64(),
            contract_size: d.f64(),
            volume_min: d.f64(),
            volume_max: d.f64(),
            volume_step: d.f64(),
            stops_level: d.f64(),
            freeze_level: d.f64(),
            base_currency: d.text(),
            profit_currency: d.text(),
            margin_currency: d.text(),
            trade: d.pick(&[
                T::Disabled,
                T::LongOnly,
                T::ShortOnly,
                T::CloseOnly,
                T::Full,
            ]),
            tick_value: d.f64(),
            swap_mode: d.roll() as u8,
            swap_long: d.f64(),
            swap_short: d.f64(),
            triple: d.roll() as u8,
        }),
        FromTerminal::Tick(Tick {
            symbol: d.symbol(),
            time: d.time(),
            bid: d.f64(),
            ask: d.f64(),
        }),
        FromTerminal::Bar(terminal::Bar {
            symbol: d.symbol(),
            timeframe: d.timeframe(),
            bar: d.bar(),
            opened: d.time(),
            now: d.time(),
            balance: d.f64(),
            equity: d.f64(),
        }),
        FromTerminal::History(History {
            request: d.request(),
            is_last: d.yes(),
            bars: d.list(Dice::bar),
        }),
        FromTerminal::Receipt(Receipt {
            command: d.command(),
            outcome: d.pick(&[O::Done, O::Refused, O::Expired, O::Unknown]),
            retcode: d.u32(),
            text: d.text(),
            order: d.ticket(),
            deal: d.ticket(),
            position: d.ticket(),
            volume: d.f64(),
            price: d.f64(),
            stop: d.f64(),
            target: d.f64(),
            time: d.time(),
        }),
        FromTerminal::Deal(d.deal()),
        FromTerminal::Deals(Deals {
            request: d.request(),
            is_last: d.yes(),
            deals: d.list(Dice::deal),
        }),
        FromTerminal::Calendar(Calendar {
            request: d.request(),
            is_last: d.yes(),
            events: d.list(Dice::event),
        }),
        FromTerminal::Notice(Notice {
            code: d.pick(&[
                N::Dropped,
                N::TradingOff,
                N::Guard,
                N::DeadMan,
                N::Broker,
                N::Other,
            ]),
            text: d.text(),
        }),
        FromTerminal::Pong(part::Pong { token: d.roll() }),
        FromTerminal::Symbols(Symbols {
            request: d.request(),
            is_last: d.yes(),
            names: d.list(Dice::text),
        }),
        FromTerminal::Failed(Failed {
            request: d.request(),
            text: d.text(),
        }),
        FromTerminal::Ping(part::Ping { token: d.roll() }),
    ];
    let kinds: Vec<u8> = all.iter().map(Message::kind).collect();
    assert_eq!(kinds, (1..=16).collect::<Vec<_>>(), "none is forgotten");
    all
}

/// One message of every kind of the executor's.
pub(crate) fn from_executor(seed: u64) -> Vec<FromExecutor> {
    let d = &mut Dice::new(seed);
    let all = vec![
        FromExecutor::Welcome(Welcome {
            version: d.u32() as u16,
            program: d.text(),
            nonce: d.nonce(),
            heartbeat_ms: d.u32(),
            answer_ms: d.u32(),
            language: d.pick(&Language::ALL),
        }),
        FromExecutor::Guard(Guard {
            max_volume: d.f64(),
            max_positions: d.u32(),
            max_daily_loss: d.f64(),
            dead_man: d.pick(&[DeadMan::LeaveStops, DeadMan::CloseOurs]),
            dead_man_ms: d.u32(),
        }),
        FromExecutor::Subscribe(Subscribe {
            bars: d.list(|d| (d.symbol(), d.timeframe())),
            ticks: d.list(Dice::symbol),
        }),
        FromExecutor::SpecRequest(SpecRequest {
            request: d.request(),
            symbol: d.symbol(),
        }),
        FromExecutor::HistoryRequest(HistoryRequest {
            request: d.request(),
            symbol: d.symbol(),
            timeframe: d.timeframe(),
            before: d.time(),
            count: d.u32(),
        }),
        FromExecutor::DealsRequest(DealsRequest {
            request: d.request(),
            since: d.time(),
        }),
        FromExecutor::CalendarRequest(CalendarRequest {
            request: d.request(),
            since: d.time(),
            until: d.time(),
        }),
        FromExecutor::SymbolsRequest(SymbolsRequest {
            request: d.request(),
            like: d.text(),
        }),
        FromExecutor::Open(Open {
            command: d.command(),
            expires: d.time(),
            symbol: d.symbol(),
            side: d.side(),
            volume: d.f64(),
            stop_distance: d.f64(),
            target_distance: d.f64(),
            deviation: d.u32(),
        }),
        FromExecutor::Modify(Modify {
            command: d.command(),
            expires: d.time(),
            position: d.ticket(),
            stop: d.f64(),
            target: d.f64(),
        }),
        FromExecutor::Close(Close {
            command: d.command(),
            expires: d.time(),
            position: d.ticket(),
        }),
        FromExecutor::CloseAll(CloseAll {
            command: d.command(),
            expires: d.time(),
            everything: d.yes(),
        }),
        FromExecutor::Answered(Answered {
            symbol: d.symbol(),
            timeframe: d.timeframe(),
            time: d.time(),
        }),
        FromExecutor::Ping(part::Ping { token: d.roll() }),
        FromExecutor::Pong(part::Pong { token: d.roll() }),
        FromExecutor::Bye(Bye { text: d.text() }),
    ];
    let kinds: Vec<u8> = all.iter().map(Message::kind).collect();
    assert_eq!(kinds, (65..=80).collect::<Vec<_>>(), "none is forgotten");
    all
}
