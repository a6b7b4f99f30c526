//! A broker's terms of a symbol, with what a backtest has to know of the account.

use super::MOST;
use serde::{Deserialize, Serialize};
use trading::{
    symbol::{Symbol, SymbolSpec},
    zone::Zone,
};

/// The most letters of a currency: brokers have some of their own, such as `USDT`.
const MAX_CURRENCY: usize = 16;
/// No broker's interest, in points, money or percent, is greater.
const MAX_SWAP: f64 = 1e9;
/// MetaTrader knows ten today.
const MAX_MODE: u8 = 31;

/// What the broker says of a symbol, in the terms of MetaTrader's `SymbolInfo`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrokerSpec {
    /// The symbol, as the broker writes it.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub symbol: Symbol,
    /// Decimal places of a price.
    pub digits: u32,
    /// Least price step of an order, in price units.
    pub tick_size: f64,
    /// Money of the account that one tick of one lot is worth.
    pub tick_value: f64,
    /// Units in one lot.
    pub contract_size: f64,
    /// Least volume of an order, in lots.
    pub volume_min: f64,
    /// Greatest volume of an order, in lots.
    pub volume_max: f64,
    /// Step between allowed volumes, in lots.
    pub volume_step: f64,
    /// Least distance of a stop or target from the market, in points.
    pub stops_level: f64,
    /// Distance within which stops and targets may not be moved, in points.
    pub freeze_level: f64,
    /// In what profit arises.
    pub profit_currency: String,
    /// In what margin is reckoned; may be empty.
    #[serde(default)]
    pub margin_currency: String,
    /// MetaTrader's number of how overnight interest is reckoned (`ENUM_SYMBOL_SWAP_MODE`).
    pub swap_mode: u8,
    /// For a long position: above 0 is received.
    pub swap_long: f64,
    /// For a short position.
    pub swap_short: f64,
    /// The day on which it is threefold: 0 is Sunday.
    pub triple: u8,
    /// The account's money.
    pub account_currency: String,
    /// Whether the account holds both sides of a symbol at once.
    pub is_hedging: bool,
    /// The clock at whose midnight the broker counts a night, such as `America/New_York+7`.
    pub time_zone: String,
}

impl BrokerSpec {
    /// The part of it that strategies know.
    pub fn symbol_spec(&self) -> SymbolSpec {
        SymbolSpec {
            symbol: self.symbol.clone(),
            digits: self.digits,
            tick_size: self.tick_size,
            contract_size: self.contract_size,
            volume_min: self.volume_min,
            volume_max: self.volume_max,
            volume_step: self.volume_step,
            stops_level: self.stops_level,
            profit_currency: self.profit_currency.clone(),
        }
    }

    /// The first rule that it breaks.
    pub fn fault(&self) -> Option<&'static str> {
        let sizes = [
            self.tick_size,
            self.tick_value,
            self.contract_size,
            self.volume_min,
            self.volume_max,
            self.volume_step,
            self.stops_level,
            self.freeze_level,
        ];
        let currency =
            |text: &str| text.len() <= MAX_CURRENCY && text.chars().all(|c| c.is_ascii_graphic());
        if let Some(fault) = self.symbol_spec().fault() {
            Some(fault)
        } else if !(self.tick_value.is_finite() && self.tick_value > 0.0) {
            Some("tick_value must be above 0")
        } else if !(self.freeze_level.is_finite() && self.freeze_level >= 0.0) {
            Some("freeze_level must be 0 or above")
        } else if sizes.iter().any(|size| *size > MOST) {
            Some("a number is too large")
        } else if [self.swap_long, self.swap_short]
            .iter()
            .any(|swap| !swap.is_finite() || swap.abs() > MAX_SWAP)
        {
            Some("swap must be a number that a broker would ask")
        } else if self.swap_mode > MAX_MODE {
            Some("swap_mode is 0 to 31")
        } else if self.triple > 6 {
            Some("triple is 0 to 6")
        } else if ![&self.profit_currency, &self.account_currency]
            .into_iter()
            .all(|text| !text.is_empty() && currency(text))
            || !currency(&self.margin_currency)
        {
            Some("a currency has 1 to 16 letters")
        } else if Zone::parse(&self.time_zone).is_err() {
            Some("time_zone is no time zone that is known")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BrokerSpec;

    fn gold() -> BrokerSpec {
        BrokerSpec {
            symbol: "XAUUSD.m".parse().unwrap(),
            digits: 2,
            tick_size: 0.01,
            tick_value: 1.0,
            contract_size: 100.0,
            volume_min: 0.01,
            volume_max: 50.0,
            volume_step: 0.01,
            stops_level: 0.0,
            freeze_level: 0.0,
            profit_currency: "USD".to_owned(),
            margin_currency: "USD".to_owned(),
            swap_mode: 1,
            swap_long: -35.5,
            swap_short: 12.0,
            triple: 3,
            account_currency: "USD".to_owned(),
            is_hedging: true,
            time_zone: "America/New_York+7".to_owned(),
        }
    }

    #[test]
    fn every_number_of_a_specification_is_looked_at() {
        assert_eq!(gold().fault(), None);
        let bad: [fn(&mut BrokerSpec); 26] = [
            |s| s.digits = 11,
            |s| s.tick_size = 0.0,
            |s| s.tick_size = f64::NAN,
            |s| s.tick_size = -0.01,
            |s| s.tick_size = 1e13,
            |s| s.tick_value = 0.0,
            |s| s.tick_value = f64::INFINITY,
            |s| s.contract_size = 0.0,
            |s| s.contract_size = 1e300,
            |s| s.volume_min = 0.0,
            |s| s.volume_max = 0.001,
            |s| s.volume_max = 1e13,
            |s| s.volume_step = -1.0,
            |s| s.stops_level = -1.0,
            |s| s.stops_level = f64::NAN,
            |s| s.freeze_level = f64::NAN,
            |s| s.profit_currency = String::new(),
            |s| s.profit_currency = "x".repeat(17),
            |s| s.margin_currency = "a b".to_owned(),
            |s| s.account_currency = "\u{7}".to_owned(),
            |s| s.swap_mode = 32,
            |s| s.swap_long = f64::NAN,
            |s| s.swap_short = 1e10,
            |s| s.triple = 7,
            |s| s.time_zone = "Mars/Olympus".to_owned(),
            |s| s.time_zone = String::new(),
        ];
        for (place, change) in bad.into_iter().enumerate() {
            let mut spec = gold();
            change(&mut spec);
            assert!(spec.fault().is_some(), "{place}");
        }
    }
}
