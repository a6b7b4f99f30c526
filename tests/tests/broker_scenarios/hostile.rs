//! Markets, venues and strategies that nobody has in mind. What holds in every run is checked by
//! [`crate::scene::check`].

use crate::scene::{Row, Say, Scene, check};
use backtest::venue::{Mode, Spread, Venue};
use phoenix_tests::{ready_strategies, sample};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;
use trading::{
    bar::{Bar, Bars},
    strategy::{Document, plan::compile},
    time::{HOUR, Time},
};

/// One step of a market: gap, move, and reach above and below, in thousandths of the price; a
/// spread in points, and the hours since the bar before.
#[derive(Debug, Clone, Copy)]
struct Step {
    gap: i32,
    moved: i32,
    above: i32,
    below: i32,
    spread: f64,
    hours: i64,
}

fn step() -> impl Strategy<Value = Step> {
    let often_nothing = |most: i32| prop_oneof![3 => Just(0), 2 => 0..=most];
    let gap = prop_oneof![8 => Just(0), 1 => -80..=80i32, 1 => -5..=5i32];
    let moved = prop_oneof![1 => Just(0), 6 => -12..=12i32];
    let spread = prop_oneof![6 => 0..40i32, 1 => 100..5_000i32];
    let hours = prop_oneof![20 => Just(1i64), 1 => Just(5), 1 => Just(60)];
    (
        gap,
        moved,
        often_nothing(15),
        often_nothing(15),
        spread,
        hours,
    )
        .prop_map(|(gap, moved, above, below, spread, hours)| Step {
            gap,
            moved,
            above,
            below,
            spread: f64::from(spread),
            hours,
        })
}

/// The market of these steps, its prices in whole points so that levels are met exactly.
fn market(steps: &[Step], digits: i32) -> Bars {
    let scale = 10f64.powi(digits);
    let whole = |price: f64| (price * scale).round() / scale;
    let mut price: f64 = if digits > 2 { 1.25 } else { 100.0 };
    let (floor, ceiling) = (price / 20.0, price * 20.0);
    let mut time = Time::from_civil(2024, 1, 1, 0, 0, 0).0;
    steps
        .iter()
        .map(|step| {
            let by = |thousandths: i32| 1.0 + f64::from(thousandths) / 1_000.0;
            let open = whole((price * by(step.gap)).clamp(floor, ceiling));
            let close = whole((open * by(step.moved)).clamp(floor, ceiling));
            price = close;
            time += step.hours * HOUR;
            Bar {
                time: Time(time),
                open,
                high: whole(open.max(close) * by(step.above)),
                low: whole(open.min(close) * by(-step.below)),
                close,
                tick_volume: f64::from(step.above + step.below),
                spread: step.spread,
            }
        })
        .collect()
}

/// What a random venue changes of a typical one.
fn harsh(venue: Venue) -> impl Strategy<Value = Venue> {
    let spread = prop_oneof![
        (0..60i32).prop_map(|points| Spread::Fixed(f64::from(points))),
        (0..60i32).prop_map(|least| Spread::Bars {
            least: f64::from(least)
        }),
    ];
    let account = (
        prop_oneof![
            Just(50.0),
            Just(400.0),
            Just(1_000.0),
            Just(10_000.0),
            Just(1e7)
        ],
        prop_oneof![Just(0.0), Just(1.0), Just(30.0), Just(100.0), Just(500.0)],
        prop_oneof![Just(0.0), Just(50.0), Just(100.0)],
        prop_oneof![Just(Mode::Netting), Just(Mode::Hedging)],
    );
    let costs = (0..10i32, 0..8i32, -40..40i32, -40..40i32, 0..200i32);
    (spread, account, costs).prop_map(move |(spread, account, costs)| {
        let mut venue = venue.clone();
        venue.costs.spread = spread;
        let (balance, leverage, stop_out, mode) = account;
        venue.account.balance = balance;
        venue.account.leverage = leverage;
        venue.account.stop_out = stop_out;
        venue.account.mode = mode;
        let (slippage, commission, long, short, stops) = costs;
        venue.costs.slippage = f64::from(slippage);
        venue.costs.commission_per_lot = f64::from(commission);
        venue.costs.swap.long = f64::from(long);
        venue.costs.swap.short = f64::from(short);
        venue.symbol.stops_level = f64::from(stops);
        venue
    })
}

/// Each bar in two halves, the first of which reaches the low.
fn halves(bars: &Bars) -> Bars {
    let halves = bars.iter().flat_map(|bar| {
        let (mut first, mut second) = (bar, bar);
        first.high = bar.open;
        first.close = bar.low;
        second.time.0 += HOUR / 2;
        second.open = bar.low;
        [first, second]
    });
    halves.collect()
}

fn distance() -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..400i32).prop_map(|points| json!({ "points": points })),
        (1..30i32).prop_map(|tenths| json!({ "percent": f64::from(tenths) / 10.0 })),
        (1..5i32).prop_map(|multiple| json!({ "atr": { "multiple": multiple, "period": 3 } })),
    ]
}

fn maybe<T: std::fmt::Debug>(inner: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(inner)
}

/// Exits, sizing, limits and filters of all kinds, put into a scene's document.
fn orders() -> impl Strategy<Value = Value> {
    let stops = (
        distance(),
        maybe(distance()),
        maybe((distance(), maybe(distance()))),
    );
    let trailing = maybe((distance(), maybe(distance())));
    let exits = (
        prop::sample::select(vec!["reverse", "close", "ignore"]),
        maybe(1..9u32),
    );
    let limits = (
        1..4u32,
        maybe(1..3u32),
        maybe(1..5i32),
        maybe(0..4u32),
        maybe(5..50u32),
    );
    let sizing = prop_oneof![
        (1..200i32).prop_map(|lots| json!({ "fixed_lots": f64::from(lots) / 100.0 })),
        (1..20i32).prop_map(|percent| json!({ "risk_percent": percent })),
        (1..500i32).prop_map(|money| json!({ "risk_money": money })),
    ];
    (stops, trailing, exits, limits, sizing, any::<bool>()).prop_map(
        |((stop, target, even), trailing, (opposite, after), limits, sizing, has_stop)| {
            let mut exits = json!({ "opposite_signal": opposite });
            let mut put = |key: &str, value: Option<Value>| {
                if let Some(value) = value {
                    exits[key] = value;
                }
            };
            let pair = |first: &str, second: &str, values: (Value, Option<Value>)| {
                let mut pair = json!({ first: values.0 });
                if let Some(value) = values.1 {
                    pair[second] = value;
                }
                pair
            };
            let needs_stop = sizing.get("fixed_lots").is_none();
            put("stop_loss", (has_stop || needs_stop).then_some(stop));
            put("take_profit", target);
            put("break_even", even.map(|even| pair("after", "plus", even)));
            put(
                "trailing_stop",
                trailing.map(|t| pair("distance", "activate_after", t)),
            );
            put("after_bars", after.map(Value::from));
            let (positions, a_day, loss, cooldown, max_spread) = limits;
            let mut limits = json!({ "max_positions": positions });
            let mut filters = json!({});
            if let Some(a_day) = a_day {
                limits["max_trades_per_day"] = json!(a_day);
            }
            if let Some(loss) = loss {
                limits["max_daily_loss"] = json!({ "percent": loss });
            }
            if let Some(cooldown) = cooldown {
                filters["cooldown_after_loss"] = json!(cooldown);
            }
            if let Some(max_spread) = max_spread {
                filters["max_spread"] = json!(max_spread);
            }
            json!({ "exits": exits, "limits": limits, "filters": filters, "sizing": sizing })
        },
    )
}

/// A scene's document with its rules, and these orders.
fn ordered(mut scene: Scene, orders: &Value) -> Scene {
    for section in ["exits", "limits", "filters"] {
        for (key, value) in orders[section].as_object().into_iter().flatten() {
            scene.document[section][key.as_str()] = value.clone();
        }
    }
    scene.document["sizing"] = orders["sizing"].clone();
    scene
}

fn gold() -> Venue {
    Venue::typical(&"XAUUSD".parse().expect("a symbol")).expect("known")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]
    /// Any order rules, any signals, any market, any venue.
    #[test]
    fn whatever_is_ordered_the_books_balance(
        steps in prop::collection::vec((step(), prop::sample::select(Say::ALL.to_vec())), 2..160),
        orders in orders(),
        venue in harsh(gold()),
        looks_inside in any::<bool>(),
        has_exit_rules in any::<bool>(),
    ) {
        let (steps, says): (Vec<Step>, Vec<Say>) = steps.into_iter().unzip();
        let rows: [Row; 0] = [];
        let mut scene = Scene::new(&rows);
        scene.bars = market(&steps, 2);
        scene.bars.tick_volume = says.iter().map(|say| say.volume()).collect();
        scene.venue = venue;
        if !has_exit_rules {
            scene.document["exits"] = json!({});
        }
        scene.finer = looks_inside.then(|| halves(&scene.bars));
        ordered(scene, &orders).run();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Every strategy that is shipped, on markets that it was not made for.
    #[test]
    fn ready_strategies_survive_any_market(
        steps in prop::collection::vec(step(), 1..400),
        rounds in 1usize..12,
        venues in (harsh(gold()), 0usize..1_000),
    ) {
        let (venue, which) = venues;
        let strategies = ready_strategies();
        let (name, document) = &strategies[which % strategies.len()];
        let is_gold = document.symbol.as_str() == "XAUUSD";
        let typical = Venue::typical(&document.symbol).expect("a known symbol");
        let venue = Venue { symbol: typical.symbol, ..venue };
        let bars = market(&steps.repeat(rounds), if is_gold { 2 } else { 5 });
        prop_assert_eq!(bars.fault(), None);
        let plan = Arc::new(compile(document).expect(name));
        check(&plan, &venue, &bars, None);
        check(&plan, &venue, &bars, Some(&halves(&bars)));
    }
}

#[test]
fn ready_strategies_keep_their_limits_on_gold() {
    let bars = sample("XAUUSD").head(12_000);
    for (name, document) in ready_strategies() {
        let plan = Arc::new(compile(&document).expect(&name));
        check(&plan, &gold(), &bars, None);
    }
}

/// A strategy with these indicators, that buys while `close` is above `operand`.
fn document(indicators: &Value, operand: &str) -> Value {
    json!({
        "version": 1, "name": "Hostile", "symbol": "XAUUSD", "timeframe": "H1",
        "indicators": indicators,
        "entry": { "long": { "above": ["close", operand] } },
        "sizing": { "fixed_lots": 1 },
    })
}

/// Compiles what can be read at all, and says whether there is a plan.
fn compiles(document: Value) -> bool {
    match serde_json::from_value::<Document>(document) {
        Ok(document) => compile(&document).is_ok(),
        Err(_) => false,
    }
}

#[test]
fn indicators_that_make_no_sense_have_no_plan() {
    let sma = |source: &str| json!({ "kind": "sma", "period": 3, "source": source });
    for (indicators, operand) in [
        (json!({ "a": sma("a") }), "a"),
        (json!({ "a": sma("b"), "b": sma("a") }), "a"),
        (json!({ "a": sma("nobody") }), "a"),
        (json!({ "a": sma("close") }), "nobody"),
        (json!({ "a": sma("close") }), "a.nothing"),
        (json!({ "a": { "kind": "sma", "period": 0 } }), "a"),
        (json!({ "a": { "kind": "sma", "period": -1 } }), "a"),
        (json!({ "a": { "kind": "sma", "period": 1e300 } }), "a"),
        (json!({ "a": { "kind": "sma", "period": 2.5 } }), "a"),
        (json!({ "a": { "kind": "sma", "period": "$nobody" } }), "a"),
        (json!({ "a": { "kind": "sma", "speed": 3 } }), "a"),
        (json!({ "a": { "kind": "atr", "method": "guess" } }), "a"),
        (json!({ "a": { "kind": "atr", "source": "close" } }), "a"),
        (json!({ "a": { "kind": "flux" } }), "a"),
        (json!({ "a": { "kind": "sma", "timeframe": "M1" } }), "a"),
        (
            json!({ "a": { "kind": "sma", "timeframe": "H4", "source": "b" }, "b": sma("close") }),
            "a",
        ),
    ] {
        assert!(
            !compiles(document(&indicators, operand)),
            "{indicators} {operand}"
        );
    }
}

#[test]
fn orders_that_make_no_sense_have_no_plan() {
    for (section, value) in [
        ("exits", json!({ "stop_loss": { "points": 0 } })),
        ("exits", json!({ "stop_loss": { "points": -5 } })),
        ("exits", json!({ "stop_loss": { "risk": 1 } })),
        ("exits", json!({ "take_profit": { "risk": 2 } })),
        (
            "exits",
            json!({ "stop_loss": { "atr": { "multiple": 1, "period": 0 } } }),
        ),
        (
            "exits",
            json!({ "stop_loss": { "atr": { "multiple": 1, "period": 3, "method": "x" } } }),
        ),
        ("exits", json!({ "after_bars": 0 })),
        ("sizing", json!({ "fixed_lots": 0 })),
        ("sizing", json!({ "risk_percent": 1 })),
        (
            "limits",
            json!({ "max_positions": 1, "max_daily_loss": { "money": 0 } }),
        ),
        (
            "filters",
            json!({ "session": { "time_zone": "Mars/Olympus" } }),
        ),
        ("time_zone", json!("Mars/Olympus")),
    ] {
        let mut document = document(&json!({}), "open");
        assert!(compiles(document.clone()));
        document[section] = value.clone();
        assert!(!compiles(document), "{section} {value}");
    }
}

#[test]
fn groups_without_end_or_content_have_no_plan() {
    let rule = json!({ "above": ["close", "open"] });
    let nested = |depth| (0..depth).fold(rule.clone(), |inner, _| json!({ "not": inner }));
    let mut document = document(&json!({}), "open");
    document["entry"]["long"] = nested(8);
    assert!(compiles(document.clone()));
    for bad in [nested(60), json!({ "all": [] }), json!({ "any": [] })] {
        document["entry"]["long"] = bad;
        assert!(!compiles(document.clone()));
    }
    for bars in [0, 101, 4_000_000_000u32] {
        document["entry"]["long"] = json!({ "rising": { "value": "close", "bars": bars } });
        assert!(!compiles(document.clone()), "{bars}");
    }
}
