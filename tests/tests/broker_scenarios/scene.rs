//! A stage for hand-made histories: every bar says by its volume what the strategy shall do at its
//! close, so that prices are free to be what a scenario needs.

use backtest::{
    engine::Finer,
    market::Market,
    replay::replay,
    run::{self, Run},
    venue::{Costs, Mode, Spread, Venue},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use trading::{
    bar::{Bar, Bars},
    strategy::{
        Document,
        plan::{Plan, compile},
        validate,
    },
    symbol::{ExitReason, Side, Trade},
    time::{HOUR, Time},
    zone::LocalClock,
};

/// What the rules say at the close of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    Nothing,
    Buy,
    Sell,
    /// Both entry rules at once.
    Both,
    ExitLong,
    ExitShort,
    /// The exit rule of longs and the entry rule of shorts at once.
    ExitLongAndSell,
    /// The exit and the entry rule of longs at once.
    ExitLongAndBuy,
}

impl Say {
    pub(crate) const ALL: [Self; 8] = [
        Self::Nothing,
        Self::Buy,
        Self::Sell,
        Self::Both,
        Self::ExitLong,
        Self::ExitShort,
        Self::ExitLongAndSell,
        Self::ExitLongAndBuy,
    ];

    /// The tick volume by which a bar says it.
    pub(crate) fn volume(self) -> f64 {
        self as u8 as f64
    }
}

fn any(says: &[Say]) -> Value {
    let one = |say: &Say| json!({ "between": ["volume", say.volume(), say.volume()] });
    json!({ "any": says.iter().map(one).collect::<Vec<_>>() })
}

/// A bar: what is said at its close, and open, high, low, close.
pub(crate) type Row = (Say, f64, f64, f64, f64);

/// A bar that stands still.
pub(crate) const fn still(say: Say, price: f64) -> Row {
    (say, price, price, price, price)
}

/// Midnight between Sunday and Monday, 2024-01-01.
pub(crate) fn monday() -> i64 {
    Time::from_civil(2024, 1, 1, 0, 0, 0).0
}

/// A history, a strategy and a venue.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) bars: Bars,
    pub(crate) finer: Option<Bars>,
    pub(crate) document: Value,
    pub(crate) venue: Venue,
}

impl Scene {
    /// Hourly bars from Monday midnight, one lot of 100 units, prices in hundredths, nothing costs
    /// anything, no margin.
    pub(crate) fn new(rows: &[Row]) -> Self {
        let bars = rows
            .iter()
            .enumerate()
            .map(|(hour, row)| bar(monday() + hour as i64 * HOUR, row))
            .collect();
        let mut venue = Venue::typical(&"XAUUSD".parse().expect("a symbol")).expect("known");
        venue.costs = Costs::default();
        venue.account.leverage = 0.0;
        Self {
            bars,
            finer: None,
            document: json!({
                "version": 1,
                "name": "Scenario",
                "symbol": "XAUUSD",
                "timeframe": "H1",
                "entry": {
                    "long": any(&[Say::Buy, Say::Both, Say::ExitLongAndBuy]),
                    "short": any(&[Say::Sell, Say::Both, Say::ExitLongAndSell]),
                },
                "exits": {
                    "long": any(&[Say::ExitLong, Say::ExitLongAndSell, Say::ExitLongAndBuy]),
                    "short": any(&[Say::ExitShort]),
                },
                "sizing": { "fixed_lots": 1 },
            }),
            venue,
        }
    }

    /// The document with `value` at a JSON pointer whose parent is there or one level deep.
    pub(crate) fn with(mut self, section: &str, key: &str, value: Value) -> Self {
        self.document[section][key] = value;
        self
    }

    pub(crate) fn sizing(mut self, value: Value) -> Self {
        self.document["sizing"] = value;
        self
    }

    /// The ask this many points above the bid.
    pub(crate) fn spread(mut self, points: f64) -> Self {
        self.venue.costs.spread = Spread::Fixed(points);
        self
    }

    /// Spreads of the bars, in points.
    pub(crate) fn spreads(mut self, least: f64, points: &[f64]) -> Self {
        self.venue.costs.spread = Spread::Bars { least };
        self.bars.spread = points.to_vec();
        self
    }

    pub(crate) fn slippage(mut self, points: f64) -> Self {
        self.venue.costs.slippage = points;
        self
    }

    /// An account that asks for margin.
    pub(crate) fn account(mut self, balance: f64, leverage: f64, stop_out: f64) -> Self {
        self.venue.account.balance = balance;
        self.venue.account.leverage = leverage;
        self.venue.account.stop_out = stop_out;
        self
    }

    pub(crate) fn netting(mut self) -> Self {
        self.venue.account.mode = Mode::Netting;
        self
    }

    /// The bars at these hours after Monday midnight.
    pub(crate) fn hours(mut self, hours: &[i64]) -> Self {
        self.bars.time = hours.iter().map(|hour| monday() + hour * HOUR).collect();
        self
    }

    /// Two finer bars for each of these, half an hour long.
    pub(crate) fn halves(mut self, rows: &[[Row; 2]]) -> Self {
        let halves = rows.iter().flatten().enumerate();
        self.finer = Some(
            halves
                .map(|(i, row)| bar(monday() + i as i64 * HOUR / 2, row))
                .collect(),
        );
        self
    }

    pub(crate) fn plan(&self) -> Arc<Plan> {
        let text = self.document.to_string();
        let checked = validate::validate(&text);
        let document: Document = serde_json::from_str(&text).expect("a document");
        assert!(checked.is_ok(), "{text}: {checked:?}");
        Arc::new(compile(&document).expect("a document without faults compiles"))
    }

    /// Tests the strategy, and proves on the way what holds for every run.
    pub(crate) fn run(&self) -> Run {
        self.venue.check().expect("a venue that makes sense");
        check(&self.plan(), &self.venue, &self.bars, self.finer.as_ref())
    }

    /// What the run trades.
    pub(crate) fn deals(&self) -> Vec<Deal> {
        self.run().trades.iter().map(deal).collect()
    }

    /// What each trade of the run brings.
    pub(crate) fn profits(&self) -> Vec<f64> {
        self.run()
            .trades
            .iter()
            .map(|trade| rounded(trade.profit))
            .collect()
    }
}

fn bar(time: i64, &(say, open, high, low, close): &Row) -> Bar {
    Bar {
        time: Time(time),
        open,
        high,
        low,
        close,
        tick_volume: say.volume(),
        spread: 0.0,
    }
}

/// Side, bar and price of entry, bar and price of exit, and why.
pub(crate) type Deal = (Side, u32, f64, u32, f64, ExitReason);

pub(crate) fn deal(trade: &Trade) -> Deal {
    (
        trade.side,
        trade.entry_bar,
        rounded(trade.entry_price),
        trade.exit_bar,
        rounded(trade.exit_price),
        trade.exit,
    )
}

/// To a millionth: equal to the decimal number that a person would write.
pub(crate) fn rounded(x: f64) -> f64 {
    (x * 1e6).round() / 1e6
}

/// Runs a plan and checks what holds in every market: the bar-by-bar session trades the same, the
/// money adds up, and nothing ends before it begins.
pub(crate) fn check(plan: &Arc<Plan>, venue: &Venue, bars: &Bars, finer: Option<&Bars>) -> Run {
    let values = plan.values();
    let tested = run::run(plan, &values, venue, bars, finer);
    let market = Market::new(bars, venue);
    let inside = finer.map(|finer| Finer::new(finer, plan.timeframe.millis()));
    let mut traded: Vec<Trade> = Vec::new();
    let outcome = replay(plan, &values, venue, &market, inside, &mut traded);
    assert_eq!(
        tested.trades, traded,
        "the session trades what the backtest does"
    );
    assert_eq!(tested.outcome, outcome);
    assert_eq!(tested.equity.len(), bars.len());
    assert!(tested.equity.iter().all(|equity| equity.is_finite()));
    let sum: f64 = traded.iter().map(|trade| trade.profit).sum();
    let end = tested
        .equity
        .last()
        .copied()
        .unwrap_or(venue.account.balance);
    let scale = traded
        .iter()
        .fold(1.0, |scale, trade| scale + trade.profit.abs());
    assert!((end - venue.account.balance - sum).abs() <= 1e-9 * (scale + venue.account.balance));
    for trade in &traded {
        assert!(trade.entry_bar <= trade.exit_bar && trade.entry_time <= trade.exit_time);
        assert_eq!(venue.symbol.round_volume(trade.volume), Some(trade.volume));
        assert_eq!(trade.profit, trade.gross - trade.commission + trade.swap);
        assert!(trade.entry_price.is_finite() && trade.exit_price.is_finite());
        assert!(trade.commission >= 0.0);
    }
    if let Some(most) = plan.orders.max_trades_per_day {
        let mut clock = LocalClock::new(plan.zone.clone());
        let mut days = BTreeMap::new();
        for trade in &traded {
            *days.entry(clock.local(trade.entry_time).day()).or_insert(0) += 1;
        }
        assert!(days.values().all(|entries| *entries <= most));
    }
    for pair in traded.windows(2) {
        assert!(
            pair[0].exit_bar <= pair[1].exit_bar,
            "in the order in which they were closed"
        );
    }
    tested
}
