//! Symbols and what a broker says of them.

use crate::time::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of an instrument as the broker writes it, such as `XAUUSD`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Symbol(String);

/// The text cannot name a symbol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" cannot name a symbol: use 1 to 32 letters, digits or any of . _ # + - as in XAUUSD"
)]
pub struct BadSymbol(pub String);

impl Symbol {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Symbol {
    type Error = BadSymbol;
    fn try_from(name: String) -> Result<Self, BadSymbol> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "._#+-".contains(c);
        let good = (1..=32).contains(&name.len())
            && name.chars().all(allowed)
            // A name of dots alone would be a folder's.
            && name.chars().any(|c| c.is_ascii_alphanumeric());
        if good {
            Ok(Self(name))
        } else {
            Err(BadSymbol(name))
        }
    }
}

impl std::str::FromStr for Symbol {
    type Err = BadSymbol;
    fn from_str(name: &str) -> Result<Self, BadSymbol> {
        Self::try_from(name.to_owned())
    }
}

impl From<Symbol> for String {
    fn from(symbol: Symbol) -> Self {
        symbol.0
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the broker says of a symbol, in the terms of MetaTrader's `SymbolInfo`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SymbolSpec {
    /// The symbol.
    pub symbol: Symbol,
    /// Decimal places of a price. One point is `10^-digits`.
    pub digits: u32,
    /// Least price step of an order, in price units.
    pub tick_size: f64,
    /// Units of the base (ounces of gold, pounds sterling) in one lot.
    pub contract_size: f64,
    /// Least volume of an order, in lots.
    pub volume_min: f64,
    /// Greatest volume of an order, in lots.
    pub volume_max: f64,
    /// Step between allowed volumes, in lots.
    pub volume_step: f64,
    /// Least distance of a stop or target from the market, in points.
    #[serde(default)]
    pub stops_level: f64,
    /// Currency in which profit arises, such as `USD` for XAUUSD.
    pub profit_currency: String,
}

impl SymbolSpec {
    /// One point in price units.
    pub fn point(&self) -> f64 {
        // Division of exact powers of ten rounds once, so 0.01 is the same 0.01 that a reader types.
        1.0 / 10f64.powi(self.digits as i32)
    }

    /// Where stops and targets may lie.
    pub fn grid(&self) -> PriceGrid {
        PriceGrid {
            tick: self.tick_size,
            scale: 10f64.powi(self.digits as i32),
        }
    }

    /// `volume` rounded down to the step and to the greatest allowed; `None` below the least.
    pub fn round_volume(&self, volume: f64) -> Option<f64> {
        // A hair above the quotient, so that 0.3 / 0.1 counts three steps, not 2.9999999999999996.
        let steps = (volume / self.volume_step * (1.0 + 1e-12)).floor();
        // Multiplying by the step's inverse keeps 0.07 from becoming 0.07000000000000001.
        let inverse = (1.0 / self.volume_step).round();
        let rounded = if (inverse * self.volume_step - 1.0).abs() < 1e-9 {
            steps / inverse
        } else {
            steps * self.volume_step
        };
        let rounded = if rounded > self.volume_max {
            self.volume_max
        } else {
            rounded
        };
        (rounded.is_finite() && rounded >= self.volume_min).then_some(rounded)
    }

    /// The first rule on the numbers that this specification breaks.
    pub fn fault(&self) -> Option<&'static str> {
        let positive = |x: f64| x.is_finite() && x > 0.0;
        if self.digits > 10 {
            Some("digits must be from 0 to 10")
        } else if !positive(self.tick_size) {
            Some("tick_size must be above 0")
        } else if !positive(self.contract_size) {
            Some("contract_size must be above 0")
        } else if !positive(self.volume_min)
            || !positive(self.volume_step)
            || !self.volume_max.is_finite()
            || self.volume_max < self.volume_min
        {
            Some("volumes must be above 0, and volume_max at least volume_min")
        } else if !(self.stops_level.is_finite() && self.stops_level >= 0.0) {
            Some("stops_level must be 0 or above")
        } else {
            None
        }
    }
}

/// The prices at which a broker lets stops and targets lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PriceGrid {
    tick: f64,
    scale: f64,
}

impl PriceGrid {
    /// The price of the grid that is nearest: to the tick, then to the decimal places. An order in
    /// MetaTrader computes the same, `NormalizeDouble(MathRound(price / tick) * tick, digits)`, so that
    /// what is tested and what is ordered are one price, to the last bit.
    #[inline]
    pub fn nearest(self, price: f64) -> f64 {
        ((price / self.tick).round() * self.tick * self.scale).round() / self.scale
    }
}

/// Which way a position gains.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Long: gains when the price rises.
    Buy,
    /// Short: gains when the price falls.
    Sell,
}

impl Side {
    /// +1 for a buy, -1 for a sell.
    #[inline]
    pub const fn sign(self) -> f64 {
        match self {
            Self::Buy => 1.0,
            Self::Sell => -1.0,
        }
    }

    /// The other side.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Buy => Self::Sell,
            Self::Sell => Self::Buy,
        }
    }

    /// `long` or `short`: the side of a position.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Buy => "long",
            Self::Sell => "short",
        }
    }
}

/// Why a position was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitReason {
    /// The entry rule of the other side.
    OppositeSignal,
    /// The strategy's exit rule.
    ExitRule,
    /// Its stop loss, including one that break-even or trailing moved.
    StopLoss,
    /// Its take profit.
    TakeProfit,
    /// It was held as long as the strategy allows.
    TimeExit,
    /// The broker closed it for lack of margin.
    StopOut,
    /// A person or a limit closed it.
    Command,
    /// History ended while it was open; valued at the last close.
    EndOfData,
}

impl ExitReason {
    /// The name in reports, such as `stop_loss`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OppositeSignal => "opposite_signal",
            Self::ExitRule => "exit_rule",
            Self::StopLoss => "stop_loss",
            Self::TakeProfit => "take_profit",
            Self::TimeExit => "time_exit",
            Self::StopOut => "stop_out",
            Self::Command => "command",
            Self::EndOfData => "end_of_data",
        }
    }
}

/// A closed round trip.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Trade {
    /// Its side.
    pub side: Side,
    /// Volume in lots.
    pub volume: f64,
    /// Opening time of the bar in which it was opened.
    pub entry_time: Time,
    /// Opening time of the bar in which it was closed.
    pub exit_time: Time,
    /// Place of that bar in the history.
    pub entry_bar: u32,
    /// Place of the bar in which it was closed.
    pub exit_bar: u32,
    /// Price paid or received at entry.
    pub entry_price: f64,
    /// Price paid or received at exit.
    pub exit_price: f64,
    /// Gain from the price alone, in account money.
    pub gross: f64,
    /// Commission and fees of both fills, as a cost (0 or above).
    pub commission: f64,
    /// Overnight interest: positive when received.
    pub swap: f64,
    /// What it brought: `gross - commission + swap`.
    pub profit: f64,
    /// Why it was closed.
    pub exit: ExitReason,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> SymbolSpec {
        SymbolSpec {
            symbol: "XAUUSD".parse().unwrap(),
            digits: 2,
            tick_size: 0.01,
            contract_size: 100.0,
            volume_min: 0.01,
            volume_max: 50.0,
            volume_step: 0.01,
            stops_level: 0.0,
            profit_currency: "USD".into(),
        }
    }

    #[test]
    fn volumes_round_down_to_clean_steps() {
        let spec = gold();
        assert_eq!(spec.round_volume(0.07), Some(0.07));
        assert_eq!(spec.round_volume(0.299_999), Some(0.29));
        assert_eq!(spec.round_volume(0.1 + 0.2), Some(0.3));
        assert_eq!(spec.round_volume(0.009), None);
        assert_eq!(spec.round_volume(1e9), Some(50.0));
        assert_eq!(spec.round_volume(f64::NAN), None);
        assert_eq!(spec.round_volume(-1.0), None);
    }

    #[test]
    fn stops_lie_where_the_broker_lets_them() {
        let near = |tick_size, price| {
            let spec = SymbolSpec {
                tick_size,
                ..gold()
            };
            let level = spec.grid().nearest(price);
            // What lies on the grid stays where it is.
            assert_eq!(spec.grid().nearest(level), level);
            level
        };
        assert_eq!(near(0.01, 1850.25 - 3.17), 1847.08);
        assert_eq!(near(0.01, 1847.085), 1847.09);
        assert_eq!(near(0.05, 1847.08), 1847.1);
        assert_eq!(near(0.25, 1847.13), 1847.25);
    }

    #[test]
    fn a_symbol_never_names_a_path() {
        for bad in ["", "..", "a/b", "a\\b", "XAU USD", &"x".repeat(33)] {
            assert!(bad.parse::<Symbol>().is_err(), "{bad}");
        }
        assert!("EURUSD.m#".parse::<Symbol>().is_ok());
    }
}
