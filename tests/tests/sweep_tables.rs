//! What a sweep shares between parameter sets changes nothing: every set's signals are to the last
//! bit those of the set alone.

use phoenix_tests::{ready_strategies, sample, spread_sets};
use serde_json::{Map, Value, json};
use trading::{
    bar::Bars,
    indicator::{self, Definition, ParameterKind},
    strategy::{
        Document,
        evaluate::{OneByOne, Sets, SignalTable, evaluate},
        plan::{Plan, compile},
    },
};

const BARS: usize = 5_000;

fn assert_same(name: &str, set: &[f64], shared: &SignalTable, alone: &SignalTable) {
    let bits = |t: &SignalTable| {
        let all = [&t.long, &t.short, &t.exit_long, &t.exit_short, &t.may_enter];
        all.map(Clone::clone)
    };
    assert_eq!(shared.warm, alone.warm, "{name} {set:?}: warm-up");
    assert!(bits(shared) == bits(alone), "{name} {set:?}: signals");
    assert_eq!(shared.kept.len(), alone.kept.len(), "{name} {set:?}");
    for ((id, a), (other, b)) in shared.kept.iter().zip(&alone.kept) {
        assert_eq!(id, other, "{name} {set:?}");
        let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
        assert!(
            a.iter().zip(b.iter()).all(same),
            "{name} {set:?}: column {id}"
        );
        assert_eq!(a.len(), b.len(), "{name} {set:?}: column {id}");
    }
}

/// How many signals to buy there were, all sets together.
fn check(name: &str, plan: &Plan, sets: &[Vec<f64>], bars: &Bars) -> usize {
    let shared = Sets::new(plan, sets, bars, |_| 3.0);
    let tables = shared.tables(sets, &OneByOne);
    let mut signals = 0;
    for (place, set) in sets.iter().enumerate() {
        let alone = evaluate(plan, set, bars, |_| 3.0);
        assert_same(name, set, &tables.table(place), &alone);
        signals += alone.long.count();
    }
    signals
}

#[test]
fn of_every_ready_strategy() {
    let (gold, pound) = (sample("XAUUSD").head(BARS), sample("GBPUSD").head(BARS));
    for (name, document) in ready_strategies() {
        let plan = compile(&document).unwrap_or_else(|e| panic!("{name}: {e}"));
        let bars = match document.symbol.as_str() {
            "XAUUSD" => &gold,
            _ => &pound,
        };
        for count in [1, 2, 37] {
            check(&name, &plan, &spread_sets(&document, &plan, count), bars);
        }
    }
}

/// A document in which every number of one indicator is a parameter and every output is read.
fn reading(definition: &Definition, choices: &[(&str, &str)]) -> Document {
    let mut indicator = Map::from_iter([("kind".to_owned(), json!(definition.kind))]);
    let mut parameters = Map::new();
    for parameter in definition.parameters {
        parameters.insert(parameter.name.into(), json!({ "value": parameter.default }));
        indicator.insert(parameter.name.into(), json!(format!("${}", parameter.name)));
    }
    for (name, value) in choices {
        indicator.insert((*name).to_owned(), json!(value));
    }
    let outputs = definition
        .outputs
        .iter()
        .map(|output| format!("x.{}", output.name));
    let above: Vec<Value> = outputs
        .clone()
        .map(|x| json!({ "above": [x, 20] }))
        .collect();
    let below: Vec<Value> = outputs
        .map(|x| json!({ "crosses_below": [x, "close"] }))
        .collect();
    let document = json!({
        "version": 1, "name": "all", "symbol": "XAUUSD", "timeframe": "H1",
        "parameters": parameters,
        "indicators": { "x": indicator },
        "entry": { "long": { "any": above }, "short": { "any": below } },
        "sizing": { "fixed_lots": 0.1 },
    });
    serde_json::from_value(document).expect("a document")
}

/// Sets in which all numbers of the definition move, so that packs are full, then half empty.
fn moving(definition: &Definition, plan: &Plan) -> Vec<Vec<f64>> {
    (0..11)
        .map(|number| {
            let value = |name: &str| {
                let mut parameters = definition.parameters.iter();
                let parameter = parameters.find(|p| p.name == name).expect("its own");
                let step = match parameter.kind {
                    ParameterKind::Period => 1.0,
                    ParameterKind::Real => 0.125 * parameter.default.abs(),
                };
                let value = parameter.default + step * f64::from(number);
                value.clamp(parameter.min, parameter.max)
            };
            plan.parameters.iter().map(|p| value(&p.name)).collect()
        })
        .collect()
}

#[test]
fn of_every_indicator_in_every_method() {
    let bars = sample("XAUUSD").head(2_500);
    let mut looked_at = 0;
    for definition in indicator::all() {
        let mut all = vec![Vec::new()];
        for choice in definition.choices {
            let with = |known: &Vec<(&'static str, &'static str)>| {
                let known = known.clone();
                choice.values.iter().map(move |value| {
                    let mut more = known.clone();
                    more.push((choice.name, value.name));
                    more
                })
            };
            all = all.iter().flat_map(with).collect();
        }
        for choices in all {
            let name = format!("{} {choices:?}", definition.kind);
            let plan = compile(&reading(definition, &choices)).expect("it compiles");
            looked_at += check(&name, &plan, &moving(definition, &plan), &bars);
        }
    }
    assert!(looked_at > 100_000, "rules that never hold prove nothing");
}

#[test]
fn of_indicators_upon_indicators_and_of_higher_timeframes() {
    let document: Document = serde_json::from_value(json!({
        "version": 1, "name": "chains", "symbol": "XAUUSD", "timeframe": "H1",
        "parameters": {
            "a": { "value": 10 }, "b": { "value": 5 }, "c": { "value": 14 },
            "d": { "value": 8 }, "level": { "value": 50 }, "share": { "value": 1.001 },
            "stop": { "value": 2 }, "spread": { "value": 3 }
        },
        "indicators": {
            "mean": { "kind": "ema", "source": "median", "period": "$a" },
            "still": { "kind": "sma", "period": 20 },
            "above": { "kind": "rsi", "source": "mean", "period": "$b" },
            "top": { "kind": "highest", "source": "above", "period": "$b" },
            "calm": { "kind": "ema", "source": "still", "period": "$b" },
            "day": { "kind": "sma", "timeframe": "D1", "period": "$d" },
            "slope": { "kind": "momentum", "timeframe": "D1", "source": "day", "period": "$b" },
            "four": { "kind": "macd", "timeframe": "H4", "fast": "$b", "slow": "$c" },
            "range": { "kind": "atr", "period": "$c" }
        },
        "entry": {
            "long": { "all": [
                { "above": ["above.value", "$level"] },
                { "at_or_above": ["top.value", "above.value[3]"] },
                { "any": [
                    { "above": ["close", "day.value"] },
                    { "crosses_above": ["close", "mean.value"] },
                    { "not": { "above": ["slope.value", 100] } }
                ] }
            ] },
            "short": { "any": [
                { "crosses_below": ["four.line", "four.signal"] },
                { "below": ["close", "$share * calm.value"] },
                { "falling": { "value": "mean.value", "bars": 4 } },
                { "below": ["close", "$level"] }
            ] }
        },
        "filters": { "max_spread": "$spread" },
        "exits": { "stop_loss": { "atr": { "period": "$c", "multiple": "$stop" } } },
        "sizing": { "fixed_lots": 0.1 }
    }))
    .expect("a document");
    let plan = compile(&document).expect("it compiles");
    let place = |name: &str| {
        plan.parameters
            .iter()
            .position(|p| p.name == name)
            .expect("known")
    };
    let sets: Vec<Vec<f64>> = (0..60u32)
        .map(|number| {
            let mut set = plan.values();
            for (name, step, count) in [
                ("a", 3.0, 4),
                ("b", 1.0, 5),
                ("c", 2.0, 3),
                ("d", 4.0, 6),
                ("level", 5.0, 2),
            ] {
                set[place(name)] += step * f64::from(number % count);
            }
            set[place("share")] += 0.001 * f64::from(number % 7);
            set
        })
        .collect();
    let bars = sample("XAUUSD").head(BARS);
    let signals = check("chains", &plan, &sets, &bars);
    assert!(signals > 10_000, "{signals}");
    // The same, where of each pair only one thing varies.
    for name in ["a", "b", "c", "d", "level", "share", "stop"] {
        let mut few: Vec<Vec<f64>> = vec![plan.values(); 9];
        for (number, set) in few.iter_mut().enumerate() {
            set[place(name)] += number as f64;
        }
        check(name, &plan, &few, &bars);
    }
}
