//! The reference strategy gives, trade for trade, the result of an independent reference.

use backtest::{run, venue::Venue};
use phoenix_tests::{gold_h1, golden_dir, read_bars, read_text, shared};
use std::path::Path;
use trading::{
    bar::Bars,
    strategy::{Document, document::Setting, plan},
    symbol::{Side, Trade},
};

fn reference() -> Document {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../strategies/gold-macd-adx.json");
    serde_json::from_str(&read_text(&file)).expect("the reference strategy")
}

fn trades(document: &Document, bars: &Bars, fee: f64) -> Vec<Trade> {
    let plan = plan::compile(document)
        .expect("the strategy compiles")
        .with_lots(1.0);
    let venue = Venue::ideal(document.symbol.clone(), 2, fee);
    run::run(&plan, &plan.values(), &venue, bars, None).trades
}

/// Every column of the golden file against our trades: bars, side, both prices and profit.
fn assert_same(trades: &[Trade], golden: &str) {
    let rows: Vec<&str> = golden.lines().skip(1).collect();
    for (number, (row, trade)) in rows.iter().zip(trades).enumerate() {
        let field: Vec<&str> = row.split(',').collect();
        let price = |i: usize| field[i].parse::<f64>().expect(row);
        let same = field[0].parse() == Ok(trade.entry_bar)
            && field[2].parse() == Ok(trade.exit_bar)
            && field[4]
                == if trade.side == Side::Buy {
                    "long"
                } else {
                    "short"
                }
            && price(5) == trade.entry_price
            && price(6) == trade.exit_price
            && (price(7) - trade.profit).abs() < 1e-6;
        assert!(same, "trade {number}: golden {row}, ours {trade:?}");
    }
    assert_eq!(trades.len(), rows.len(), "number of trades");
}

fn golden(name: &str) -> String {
    read_text(&golden_dir().join("reference").join(name))
}

#[test]
fn gold_h1_without_costs() {
    let trades = trades(&reference(), &gold_h1(), 0.0);
    assert_same(&trades, &golden("gold-macd-adx_XAUUSD_H1.trades.csv"));
    assert_eq!(trades.len(), 1_677);
}

#[test]
fn gold_h1_with_costs() {
    let trades = trades(&reference(), &gold_h1(), 0.15);
    assert_same(&trades, &golden("gold-macd-adx_XAUUSD_H1_cost.trades.csv"));
}

#[test]
fn gold_m1_a_million_bars() {
    let Some(file) = shared("data/XAUUSD_M1_1000000_tiled.csv.gz") else {
        eprintln!("skipped: ../shared/data is not here, and this history may not be shipped");
        return;
    };
    let trades = trades(&reference(), &read_bars(&file), 0.0);
    assert_same(
        &trades,
        &golden("gold-macd-adx_XAUUSD_M1_1000000.trades.csv.gz"),
    );
    assert_eq!(trades.len(), 23_635);
}

/// The same rules with the indicators as MetaTrader 5 draws them are another strategy.
#[test]
fn gold_h1_as_metatrader_draws_it() {
    for (method, file, count) in [
        ("mt5", "gold_iMACD_iADX.trades.csv", 1_929),
        ("mt5_wilder", "gold_iMACD_iADXWilder.trades.csv", 1_855),
    ] {
        let mut document = reference();
        let mut choose = |name: &str, method: &str| {
            let indicator = document.indicators.get_mut(name).expect("an indicator");
            let choice = Setting::Choice(method.to_owned());
            indicator.settings.insert("method".to_owned(), choice);
        };
        choose("macd", "mt5");
        choose("adx", method);
        let trades = trades(&document, &gold_h1(), 0.0);
        assert_same(&trades, &read_text(&golden_dir().join("mt5").join(file)));
        assert_eq!(trades.len(), count);
    }
}
