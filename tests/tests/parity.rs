//! One strategy engine: what was tested is what trades.
//!
//! For every ready strategy the streaming face says what the columnar face says at every bar, a
//! session that is told one bar after the other trades deal for deal what the backtest trades, and
//! no decision depends on what came after it.

use backtest::{engine, market::Market, replay::replay, run, venue::Venue};
use phoenix_tests::{ready_strategies, sample};
use proptest::prelude::*;
use std::sync::Arc;
use trading::{
    bar::Bars,
    strategy::{
        Document,
        evaluate::{Stream, evaluate},
        plan::{Plan, compile},
    },
    symbol::Trade,
};

/// Bars enough for the slowest warm-up, few enough to look at each in a debug build.
const BARS: usize = 12_000;

fn each(mut check: impl FnMut(&str, Arc<Plan>, &Bars, &Venue)) {
    let strategies = ready_strategies();
    assert!(strategies.len() >= 13, "the library is there");
    for (name, document) in strategies {
        let plan = Arc::new(compile(&document).unwrap_or_else(|e| panic!("{name}: {e}")));
        let bars = sample_for(&document).head(BARS);
        let venue = Venue::typical(&document.symbol).expect("a known symbol");
        check(&name, plan, &bars, &venue);
    }
}

/// Gold trades on gold; all others on the pound, whose digits and terms EURUSD shares.
fn sample_for(document: &Document) -> Bars {
    let is_gold = document.symbol.as_str() == "XAUUSD";
    sample(if is_gold { "XAUUSD" } else { "GBPUSD" })
}

#[test]
fn streaming_says_what_columns_say() {
    each(|name, plan, bars, venue| {
        let market = Market::new(bars, venue);
        let values = plan.values();
        let table = evaluate(&plan, &values, bars, |bar| market.spread(bar));
        let mut stream = Stream::new(Arc::clone(&plan), values);
        let mut heard = 0;
        for (at, mut bar) in bars.iter().enumerate() {
            bar.spread = market.spread(at);
            let signals = stream.push(&bar);
            assert_eq!(signals, table.at(at), "{name}, bar {at}");
            assert_eq!(stream.is_warm(), at >= table.warm, "{name}, bar {at}");
            heard += usize::from(signals.long || signals.short);
            for (column, values) in &table.kept {
                let (a, b) = (stream.value(*column), values[at]);
                assert_eq!(
                    a.to_bits(),
                    b.to_bits(),
                    "{name}, bar {at}: a column of orders"
                );
            }
        }
        assert!(heard > 0, "{name}: it never says anything here");
    });
}

#[test]
fn a_session_told_bar_by_bar_trades_what_the_backtest_trades() {
    each(|name, plan, bars, venue| {
        let mut trades = 0;
        for venue in [
            venue.clone(),
            netting(venue),
            costly(venue),
            marginless(venue),
        ] {
            let market = Market::new(bars, &venue);
            let values = plan.values();
            let tested = run::run_on(&plan, &values, &venue, &market, None);
            let mut traded: Vec<Trade> = Vec::new();
            let outcome = replay(&plan, &values, &venue, &market, None, &mut traded);
            assert_eq!(traded, tested.trades, "{name}");
            assert_eq!(outcome, tested.outcome, "{name}");
            trades += traded.len();
        }
        assert!(trades > 0, "{name}: it never trades here");
    });
}

fn netting(venue: &Venue) -> Venue {
    let mut venue = venue.clone();
    venue.account.mode = backtest::venue::Mode::Netting;
    venue
}

/// Without margin nothing but signals moves a strategy that has no stops: the loop that only looks
/// at signals.
fn marginless(venue: &Venue) -> Venue {
    let mut venue = venue.clone();
    venue.account.leverage = 0.0;
    venue
}

/// So little money and so much leverage that margin calls happen.
fn costly(venue: &Venue) -> Venue {
    let mut venue = venue.clone();
    venue.account.balance = 400.0;
    venue.account.leverage = 500.0;
    venue.costs.slippage = 5.0;
    venue
}

/// Filters on a strategy that has nothing but entry rules: closing is never filtered, so the
/// position may end without the other side being opened.
#[test]
fn filters_on_a_plain_strategy_trade_alike() {
    let mut ready = ready_strategies().into_iter();
    let found = ready.find(|(name, _)| name == "gold-macd-adx");
    let mut document = serde_json::to_value(found.expect("the reference").1).expect("JSON");
    document["filters"] = serde_json::json!({
        "session": {
            "time_zone": "Europe/London",
            "weekdays": ["mon", "tue", "thu"],
            "hours": [{ "from": "07:00", "to": "11:00" }, { "from": "22:00", "to": "03:00" }],
        },
        "max_spread": 30,
    });
    let document: Document = serde_json::from_value(document).expect("a document");
    let plan = Arc::new(compile(&document).expect("it compiles"));
    let mut bars = sample("XAUUSD").head(BARS);
    for (at, spread) in bars.spread.iter_mut().enumerate() {
        *spread = (at % 40) as f64;
    }
    let venue = marginless(&Venue::typical(&document.symbol).expect("a known symbol"));
    let market = Market::new(&bars, &venue);
    let values = plan.values();
    let tested = run::run_on(&plan, &values, &venue, &market, None).trades;
    let mut traded: Vec<Trade> = Vec::new();
    replay(&plan, &values, &venue, &market, None, &mut traded);
    assert_eq!(traded, tested);
    let reversals = tested
        .windows(2)
        .filter(|pair| pair[0].exit_bar == pair[1].entry_bar);
    assert!(
        !tested.is_empty() && reversals.count() < tested.len() - 1,
        "some only close"
    );
}

#[test]
fn finer_bars_are_looked_at_alike() {
    each(|name, plan, bars, venue| {
        // Each bar as two halves, the first of which reaches the low, the second the high.
        let length = plan.timeframe.millis();
        let finer: Bars = bars
            .iter()
            .flat_map(|bar| {
                let mut first = bar;
                first.high = bar.open;
                first.close = bar.low;
                let mut second = bar;
                second.time.0 += length / 2;
                second.open = bar.low;
                [first, second]
            })
            .collect();
        let market = Market::new(bars, venue);
        let values = plan.values();
        let tested = run::run_on(&plan, &values, venue, &market, Some(&finer));
        let mut traded: Vec<Trade> = Vec::new();
        let inside = engine::Finer::new(&finer, length);
        replay(&plan, &values, venue, &market, Some(inside), &mut traded);
        assert_eq!(traded, tested.trades, "{name}");
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    /// Cutting history at any bar changes no decision made before the cut.
    #[test]
    fn nobody_looks_ahead(cut in 1usize..BARS) {
        each(|name, plan, bars, venue| {
            let values = plan.values();
            let (whole, part) = (bars, bars.head(cut));
            let market = Market::new(whole, venue);
            let early = Market::new(&part, venue);
            let all = evaluate(&plan, &values, whole, |bar| market.spread(bar));
            let cut_off = evaluate(&plan, &values, &part, |bar| early.spread(bar));
            for at in 0..part.len() {
                assert_eq!(all.at(at), cut_off.at(at), "{name}, cut at {cut}, bar {at}");
            }
            let all = run::run_on(&plan, &values, venue, &market, None).trades;
            let cut_off = run::run_on(&plan, &values, venue, &early, None).trades;
            let ended = |trade: &&Trade| (trade.exit_bar as usize) < cut - 1;
            let (all, cut_off): (Vec<_>, Vec<_>) = (
                all.iter().filter(ended).collect(),
                cut_off.iter().filter(ended).collect(),
            );
            assert_eq!(all, cut_off, "{name}, cut at {cut}");
        });
    }
}
