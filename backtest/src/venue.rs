//! Where a strategy is tested: the symbol's terms, what trading costs, and the account.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use trading::{
    strategy::filter::Weekday,
    symbol::{Symbol, SymbolSpec},
    zone::Zone,
};

/// Symbol, costs and account of a backtest. Its JSON is what `--spec FILE` reads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// What the broker says of the symbol.
    pub symbol: SymbolSpec,
    /// What trading costs.
    #[serde(default)]
    pub costs: Costs,
    /// The account.
    #[serde(default)]
    pub account: Account,
}

/// What trading costs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Costs {
    /// Distance of ask from bid.
    pub spread: Spread,
    /// Account money for one lot and one fill (so twice for a round trip).
    pub commission_per_lot: f64,
    /// Price units for one unit and one fill, whatever the volume's name: for comparison with
    /// other programs.
    pub fee_per_fill: f64,
    /// Points by which every market or stop fill is worse than the price.
    pub slippage: f64,
    /// Overnight interest.
    pub swap: Swap,
}

/// Distance of ask from bid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// The same at all times, in points.
    Fixed(f64),
    /// What the bars say, in points, but never less than this where they say less.
    Bars {
        /// Least spread in points.
        least: f64,
    },
}

/// Overnight interest, for each night that a position is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Swap {
    /// Points for a long position: above 0 is received, below 0 paid.
    pub long: f64,
    /// Points for a short position.
    pub short: f64,
    /// The night that counts three times, for the weekend.
    pub triple_night: Weekday,
    /// The zone at whose midnight a night is counted.
    pub time_zone: String,
}

/// The account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Account {
    /// Its currency.
    pub currency: String,
    /// Money at the start.
    pub balance: f64,
    /// How many times the margin a position may be worth; no margin is asked when 0.
    pub leverage: f64,
    /// Equity in percent of margin at which the broker closes positions.
    pub stop_out: f64,
    /// Whether both sides may be held at once.
    pub mode: Mode,
    /// What one unit of the symbol's profit currency is worth in account currency. Needed when
    /// the two differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversion: Option<f64>,
}

/// How the account keeps positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One side at a time: an order against what is held is refused.
    Netting,
    /// Both sides side by side.
    #[default]
    Hedging,
}

impl Default for Costs {
    fn default() -> Self {
        Self {
            spread: Spread::Fixed(0.0),
            commission_per_lot: 0.0,
            fee_per_fill: 0.0,
            slippage: 0.0,
            swap: Swap::default(),
        }
    }
}

impl Default for Spread {
    fn default() -> Self {
        Self::Fixed(0.0)
    }
}

impl Default for Swap {
    fn default() -> Self {
        Self {
            long: 0.0,
            short: 0.0,
            triple_night: Weekday::Wed,
            time_zone: "UTC".to_owned(),
        }
    }
}

impl Default for Account {
    fn default() -> Self {
        Self {
            currency: "USD".to_owned(),
            balance: 10_000.0,
            leverage: 100.0,
            stop_out: 50.0,
            mode: Mode::default(),
            conversion: None,
        }
    }
}

/// A venue whose numbers make no sense, or leave open what they mean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VenueError {
    /// A number of the symbol.
    #[error("/symbol: {0}")]
    Symbol(&'static str),
    /// A number of the costs.
    #[error("/costs: {0}")]
    Costs(&'static str),
    /// The swap's zone.
    #[error("/costs/swap/time_zone: {0}")]
    Zone(#[from] trading::zone::UnknownZone),
    /// A number of the account.
    #[error("/account: {0}")]
    Account(&'static str),
    /// Profit and account currency differ and nothing says what one is worth in the other.
    #[error(
        "/account/conversion: {symbol} earns {profit} but the account is in {account}: say what 1 \
         {profit} is worth in {account}"
    )]
    Conversion {
        /// The symbol.
        symbol: Symbol,
        /// Its profit currency.
        profit: String,
        /// The account's.
        account: String,
    },
}

impl Venue {
    /// One unit, no costs, no margin: for comparison with other engines. `fee_per_fill` in price
    /// units.
    pub fn ideal(symbol: Symbol, digits: u32, fee_per_fill: f64) -> Self {
        Self {
            symbol: SymbolSpec {
                symbol,
                digits,
                tick_size: 1.0 / 10f64.powi(digits as i32),
                contract_size: 1.0,
                volume_min: 1.0,
                volume_max: 1.0,
                volume_step: 1.0,
                stops_level: 0.0,
                profit_currency: "USD".to_owned(),
            },
            costs: Costs {
                fee_per_fill,
                ..Costs::default()
            },
            account: Account {
                leverage: 0.0,
                ..Account::default()
            },
        }
    }

    /// Typical terms of a retail broker for a well-known symbol; `None` for one that is not known:
    /// then the trader is asked. They are an estimate until the broker's own terms are given.
    pub fn typical(symbol: &Symbol) -> Option<Self> {
        // Digits, contract size, spread, commission, and swap long and short, all in points or
        // account money: round figures of the kind that several brokers publish.
        let (digits, contract_size, spread, commission, long, short) = match symbol.as_str() {
            "XAUUSD" => (2, 100.0, 20.0, 3.5, -35.0, 15.0),
            "EURUSD" => (5, 100_000.0, 8.0, 3.5, -7.0, 2.0),
            "GBPUSD" => (5, 100_000.0, 10.0, 3.5, -4.0, -1.0),
            _ => return None,
        };
        Some(Self {
            symbol: SymbolSpec {
                symbol: symbol.clone(),
                digits,
                tick_size: 1.0 / 10f64.powi(digits as i32),
                contract_size,
                volume_min: 0.01,
                volume_max: 100.0,
                volume_step: 0.01,
                stops_level: 0.0,
                profit_currency: "USD".to_owned(),
            },
            costs: Costs {
                spread: Spread::Bars { least: spread },
                commission_per_lot: commission,
                fee_per_fill: 0.0,
                slippage: 1.0,
                swap: Swap {
                    long,
                    short,
                    ..Swap::default()
                },
            },
            account: Account::default(),
        })
    }

    /// Account money that one lot gains when the price rises by 1.
    pub fn money_per_price(&self) -> f64 {
        self.symbol.contract_size * self.account.conversion.unwrap_or(1.0)
    }

    /// Checks that every number makes sense.
    ///
    /// # Errors
    /// With the first one that does not.
    pub fn check(&self) -> Result<(), VenueError> {
        if let Some(fault) = self.symbol.fault() {
            return Err(VenueError::Symbol(fault));
        }
        let not_negative = |x: f64| x.is_finite() && x >= 0.0;
        let costs = &self.costs;
        let spread = match costs.spread {
            Spread::Fixed(points) | Spread::Bars { least: points } => points,
        };
        if ![
            spread,
            costs.commission_per_lot,
            costs.fee_per_fill,
            costs.slippage,
        ]
        .into_iter()
        .all(not_negative)
        {
            return Err(VenueError::Costs(
                "spread, commission, fee and slippage must be 0 or above",
            ));
        }
        if !costs.swap.long.is_finite() || !costs.swap.short.is_finite() {
            return Err(VenueError::Costs("swap must be a number"));
        }
        Zone::parse(&costs.swap.time_zone)?;
        let account = &self.account;
        if !(account.balance.is_finite() && account.balance > 0.0) {
            return Err(VenueError::Account("balance must be above 0"));
        }
        if !not_negative(account.leverage) || !not_negative(account.stop_out) {
            return Err(VenueError::Account(
                "leverage and stop_out must be 0 or above",
            ));
        }
        match account.conversion {
            Some(rate) if !(rate.is_finite() && rate > 0.0) => {
                Err(VenueError::Account("conversion must be above 0"))
            }
            None if self.symbol.profit_currency != account.currency => {
                Err(VenueError::Conversion {
                    symbol: self.symbol.symbol.clone(),
                    profit: self.symbol.profit_currency.clone(),
                    account: account.currency.clone(),
                })
            }
            _ => Ok(()),
        }
    }
}
