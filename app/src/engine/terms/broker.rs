//! The terms of a trader's own broker: what it says of a symbol, as a backtest has it. What brokers
//! do not say there is assumed as a retail broker has it: commission, slippage, leverage.

use backtest::venue::{Account, Costs, Mode, Spread, Swap, Venue};
use protocol::api::market::BrokerSpec;
use trading::{bar::Bars, strategy::filter::Weekday, symbol::Symbol};

/// Points by which a fill is worse than the price, as on typical terms.
const SLIPPAGE: f64 = 1.0;
/// Of a year, as banks reckon interest.
const DAYS: f64 = 360.0;
/// In which a test begins with as much as anywhere.
const DOLLAR: &str = "USD";
/// The letters of a name that a broker puts its own behind, as in `XAUUSD.m`.
const NAME: usize = 6;

/// Symbol, costs and account at the broker, for a test on these bars of its own.
pub fn venue(spec: &BrokerSpec, bars: &Bars) -> Venue {
    let rate = rate(spec);
    // Terms that are known are in dollars, as are the profits of those symbols.
    let known = spec.symbol.as_str().get(..NAME);
    let known = known.and_then(|name| name.parse::<Symbol>().ok());
    let known = known.and_then(|name| Venue::typical(&name));
    let commission = known.map_or(0.0, |venue| venue.costs.commission_per_lot);
    let usual = Account::default();
    let in_dollars = if spec.profit_currency == DOLLAR {
        rate
    } else {
        1.0
    };
    let price = bars.close.last().copied().unwrap_or_default();
    Venue {
        symbol: spec.symbol_spec(),
        costs: Costs {
            spread: Spread::Bars {
                least: usual_spread(bars),
            },
            commission_per_lot: commission * rate,
            fee_per_fill: 0.0,
            slippage: SLIPPAGE,
            swap: Swap {
                long: swap(spec, spec.swap_long, rate, price),
                short: swap(spec, spec.swap_short, rate, price),
                triple_night: weekday(spec.triple),
                time_zone: spec.time_zone.clone(),
            },
        },
        account: Account {
            currency: spec.account_currency.clone(),
            balance: (usual.balance * in_dollars).round().max(1.0),
            mode: if spec.is_hedging {
                Mode::Hedging
            } else {
                Mode::Netting
            },
            conversion: Some(rate),
            ..usual
        },
    }
}

/// What one unit of the symbol's profit currency is worth in account money, as it was when the
/// broker said what a tick is worth. Also where a lot earns otherwise than its size says.
fn rate(spec: &BrokerSpec) -> f64 {
    let rate = spec.tick_value / (spec.tick_size * spec.contract_size);
    // Of the same money it is one: what is off is the rounding of what the terminal says.
    let is_same = spec.profit_currency == spec.account_currency && (rate - 1.0).abs() < 1e-6;
    if is_same { 1.0 } else { rate }
}

/// The spread in the middle of those that bars have. Terminals write down the least of a bar, or
/// none at all in old ones, and an order seldom meets that: the worse is assumed.
fn usual_spread(bars: &Bars) -> f64 {
    let mut there: Vec<f64> = bars.spread.iter().copied().filter(|s| *s > 0.0).collect();
    let middle = there.len() / 2;
    if there.is_empty() {
        return 0.0;
    }
    let (_, spread, _) = there.select_nth_unstable_by(middle, f64::total_cmp);
    *spread
}

/// Interest for a night in points. What is reckoned from the price is so from the last one.
fn swap(spec: &BrokerSpec, value: f64, rate: f64, price: f64) -> f64 {
    let point = spec.symbol_spec().point();
    // Profit currency that one point of one lot is worth.
    let worth = spec.contract_size * point;
    let points = match spec.swap_mode {
        // In points, also where positions are closed and opened anew for the night.
        1 | 7 | 8 => value,
        // In the money that the margin is reckoned in.
        3 if spec.margin_currency == spec.profit_currency => value / worth,
        // In what a lot is made of.
        2 | 3 => value * price / worth,
        // In the account's money.
        4 => value / (worth * rate),
        // In percent a year.
        5 | 6 => price * value / 100.0 / DAYS / point,
        // None; or a way that MetaTrader has learned since.
        _ => 0.0,
    };
    if points.is_finite() { points } else { 0.0 }
}

fn weekday(number: u8) -> Weekday {
    match number {
        0 => Weekday::Sun,
        1 => Weekday::Mon,
        2 => Weekday::Tue,
        4 => Weekday::Thu,
        5 => Weekday::Fri,
        6 => Weekday::Sat,
        _ => Weekday::Wed,
    }
}

#[cfg(test)]
mod tests {
    use super::{swap, venue};
    use backtest::venue::{Mode, Spread};
    use protocol::api::market::BrokerSpec;
    use trading::{
        bar::{Bar, Bars},
        strategy::filter::Weekday,
        time::Time,
    };

    fn gold() -> BrokerSpec {
        BrokerSpec {
            symbol: "XAUUSD.m".parse().unwrap(),
            digits: 2,
            tick_size: 0.01,
            tick_value: 1.0,
            contract_size: 100.0,
            volume_min: 0.02,
            volume_max: 20.0,
            volume_step: 0.02,
            stops_level: 30.0,
            freeze_level: 0.0,
            profit_currency: "USD".to_owned(),
            margin_currency: "USD".to_owned(),
            swap_mode: 1,
            swap_long: -35.5,
            swap_short: 12.0,
            triple: 5,
            account_currency: "USD".to_owned(),
            is_hedging: false,
            time_zone: "America/New_York+7".to_owned(),
        }
    }

    fn bars(spreads: &[f64]) -> Bars {
        let bar = |(place, spread): (usize, &f64)| Bar {
            time: Time(place as i64 * 3_600_000),
            open: 2_000.0,
            high: 2_000.0,
            low: 2_000.0,
            close: 2_000.0,
            tick_volume: 1.0,
            spread: *spread,
        };
        spreads.iter().enumerate().map(bar).collect()
    }

    #[test]
    fn a_test_is_on_what_the_broker_says() {
        let told = venue(&gold(), &bars(&[0.0, 30.0, 20.0, 25.0, 0.0]));
        assert_eq!(told.check(), Ok(()));
        assert_eq!(told.symbol, gold().symbol_spec());
        assert_eq!(
            (told.symbol.volume_step, told.symbol.stops_level),
            (0.02, 30.0)
        );
        assert_eq!(told.costs.spread, Spread::Bars { least: 25.0 });
        assert_eq!(told.costs.commission_per_lot, 3.5, "as on typical terms");
        let night = &told.costs.swap;
        assert_eq!((night.long, night.short), (-35.5, 12.0));
        assert_eq!(night.triple_night, Weekday::Fri);
        assert_eq!(night.time_zone, "America/New_York+7");
        assert_eq!(told.account.mode, Mode::Netting);
        assert_eq!(
            (told.account.balance, told.money_per_price()),
            (10_000.0, 100.0)
        );
    }

    #[test]
    fn money_is_the_accounts() {
        // Rupiah, of which a dollar is 16,000.
        let rupiah = BrokerSpec {
            tick_value: 16_000.0,
            account_currency: "IDR".to_owned(),
            ..gold()
        };
        let told = venue(&rupiah, &bars(&[20.0]));
        assert_eq!(told.check(), Ok(()));
        assert_eq!(told.account.currency, "IDR");
        assert_eq!(told.money_per_price(), 1_600_000.0);
        assert_eq!(told.account.balance, 160_000_000.0);
        assert_eq!(told.costs.commission_per_lot, 56_000.0);
        // What is not known costs no commission, and a lot earns what its tick does.
        let index = BrokerSpec {
            symbol: "US30".parse().unwrap(),
            tick_value: 0.05,
            contract_size: 1.0,
            profit_currency: "EUR".to_owned(),
            ..gold()
        };
        let told = venue(&index, &bars(&[0.0]));
        assert_eq!(told.costs.commission_per_lot, 0.0);
        assert_eq!(told.costs.spread, Spread::Bars { least: 0.0 });
        assert!((told.money_per_price() - 5.0).abs() < 1e-9);
        assert_eq!(told.account.balance, 10_000.0);
    }

    #[test]
    fn a_night_costs_the_same_however_it_is_said() {
        // Ten dollars for a lot of gold, of which a point is worth one.
        let points = |mode, value, spec: BrokerSpec| {
            let spec = BrokerSpec {
                swap_mode: mode,
                ..spec
            };
            swap(&spec, value, super::rate(&spec), 2_000.0)
        };
        let near = |told: f64, wanted: f64| assert!((told - wanted).abs() < 1e-9, "{told}");
        near(points(0, 99.0, gold()), 0.0);
        near(points(1, -10.0, gold()), -10.0);
        near(points(4, -10.0, gold()), -10.0);
        near(points(3, -10.0, gold()), -10.0);
        // Two hundredths of an ounce, at 2,000 dollars, are 40.
        near(points(2, -0.02, gold()), -40.0);
        // A lot is worth 200,000 dollars: 3.6 percent a year are 20 a day.
        near(
            points(5, -3.6, gold()),
            -2_000.0 * 3.6 / 100.0 / 360.0 / 0.01,
        );
        let rupiah = BrokerSpec {
            tick_value: 16_000.0,
            account_currency: "IDR".to_owned(),
            ..gold()
        };
        near(points(4, -160_000.0, rupiah), -10.0);
        near(points(31, -10.0, gold()), 0.0);
    }
}
