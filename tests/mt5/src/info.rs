//! What the terminal says of account, program and symbols, and of what the program has selected.

use crate::{
    constant,
    scenario::{Execution, Filling, Money},
    terminal::Terminal,
};
use backtest::venue::Mode;
use trading::symbol::Side;

impl Terminal {
    pub(crate) fn account_integer(&self, property: i32) -> i64 {
        match property {
            constant::ACCOUNT_LOGIN => self.scenario.login,
            constant::ACCOUNT_TRADE_MODE => i64::from(match self.scenario.money {
                Money::Real => constant::ACCOUNT_TRADE_MODE_REAL,
                Money::Demo => constant::ACCOUNT_TRADE_MODE_DEMO,
                Money::Contest => constant::ACCOUNT_TRADE_MODE_CONTEST,
            }),
            constant::ACCOUNT_TRADE_ALLOWED => i64::from(self.permits.account),
            constant::ACCOUNT_TRADE_EXPERT => i64::from(self.permits.programs),
            constant::ACCOUNT_MARGIN_MODE => i64::from(match self.venue.account.mode {
                Mode::Netting => constant::ACCOUNT_MARGIN_MODE_RETAIL_NETTING,
                Mode::Hedging => constant::ACCOUNT_MARGIN_MODE_RETAIL_HEDGING,
            }),
            _ => 0,
        }
    }

    pub(crate) fn account_double(&self, property: i32) -> f64 {
        let account = self.broker.account();
        match property {
            constant::ACCOUNT_BALANCE => account.balance,
            constant::ACCOUNT_EQUITY => account.equity,
            constant::ACCOUNT_MARGIN => self.broker.margin(),
            constant::ACCOUNT_MARGIN_FREE => account.equity - self.broker.margin(),
            _ => 0.0,
        }
    }

    pub(crate) fn account_string(&self, property: i32) -> String {
        match property {
            constant::ACCOUNT_COMPANY => self.scenario.company.clone(),
            constant::ACCOUNT_SERVER => self.scenario.server.clone(),
            constant::ACCOUNT_CURRENCY => self.venue.account.currency.clone(),
            _ => String::new(),
        }
    }

    pub(crate) fn terminal_integer(&self, property: i32) -> i32 {
        match property {
            constant::TERMINAL_BUILD => 5_000,
            constant::TERMINAL_CONNECTED => i32::from(self.permits.online),
            constant::TERMINAL_TRADE_ALLOWED => i32::from(self.permits.terminal),
            _ => 0,
        }
    }

    pub(crate) fn terminal_string(&self, property: i32) -> String {
        match property {
            constant::TERMINAL_LANGUAGE => self.scenario.language.clone(),
            _ => String::new(),
        }
    }

    pub(crate) fn program_integer(&self, property: i32) -> i32 {
        // MetaTrader forbids the program what it forbids all.
        let may = self.permits.expert && self.permits.terminal;
        i32::from(property == constant::MQL_TRADE_ALLOWED && may)
    }

    pub(crate) fn input(&self, name: &str) -> Option<String> {
        let value = self.scenario.inputs.get(name)?;
        Some(match value.as_str() {
            Some(text) => text.to_owned(),
            None => value.to_string(),
        })
    }

    pub(crate) fn symbol_at(&self, place: i32) -> String {
        match usize::try_from(place) {
            Ok(0) => self.scenario.symbol.to_string(),
            Ok(place) => {
                let other = self.scenario.others.get(place - 1);
                other.cloned().unwrap_or_default()
            }
            Err(_) => String::new(),
        }
    }

    pub(crate) fn symbols_total(&self, is_selected: bool) -> i32 {
        let others = if is_selected {
            0
        } else {
            self.scenario.others.len()
        };
        1 + others as i32
    }

    pub(crate) fn symbol_integer(&self, name: &str, property: i32) -> i64 {
        if !self.is_traded(name) {
            return 0;
        }
        let spec = &self.venue.symbol;
        match property {
            constant::SYMBOL_DIGITS => i64::from(spec.digits),
            constant::SYMBOL_TRADE_MODE => i64::from(constant::SYMBOL_TRADE_MODE_FULL),
            constant::SYMBOL_TRADE_STOPS_LEVEL => spec.stops_level as i64,
            constant::SYMBOL_TRADE_FREEZE_LEVEL => self.scenario.freeze_level,
            constant::SYMBOL_TRADE_EXEMODE => i64::from(match self.scenario.execution {
                Execution::Request => constant::SYMBOL_TRADE_EXECUTION_REQUEST,
                Execution::Instant => constant::SYMBOL_TRADE_EXECUTION_INSTANT,
                Execution::Market => constant::SYMBOL_TRADE_EXECUTION_MARKET,
                Execution::Exchange => constant::SYMBOL_TRADE_EXECUTION_EXCHANGE,
            }),
            constant::SYMBOL_FILLING_MODE => {
                let modes = self.scenario.filling.iter().map(|mode| match mode {
                    Filling::Fok => constant::SYMBOL_FILLING_FOK,
                    Filling::Ioc => constant::SYMBOL_FILLING_IOC,
                });
                i64::from(modes.sum::<i32>())
            }
            // Points, as the venue counts them.
            constant::SYMBOL_SWAP_MODE => 1,
            constant::SYMBOL_SWAP_ROLLOVER3DAYS => {
                // The venue counts from Monday, MetaTrader from Sunday.
                let triple = self.venue.costs.swap.triple_night.index();
                (triple as i64 + 1) % 7
            }
            _ => 0,
        }
    }

    pub(crate) fn symbol_double(&self, name: &str, property: i32) -> f64 {
        if !self.is_traded(name) {
            return 0.0;
        }
        let spec = &self.venue.symbol;
        match property {
            constant::SYMBOL_POINT => spec.point(),
            constant::SYMBOL_TRADE_TICK_SIZE => spec.tick_size,
            constant::SYMBOL_TRADE_TICK_VALUE => self.venue.money_per_price() * spec.tick_size,
            constant::SYMBOL_TRADE_CONTRACT_SIZE => spec.contract_size,
            constant::SYMBOL_VOLUME_MIN => spec.volume_min,
            constant::SYMBOL_VOLUME_MAX => spec.volume_max,
            constant::SYMBOL_VOLUME_STEP => spec.volume_step,
            constant::SYMBOL_SWAP_LONG => self.venue.costs.swap.long,
            constant::SYMBOL_SWAP_SHORT => self.venue.costs.swap.short,
            _ => 0.0,
        }
    }

    pub(crate) fn symbol_string(&self, name: &str, property: i32) -> String {
        if !self.is_traded(name) {
            return String::new();
        }
        match property {
            constant::SYMBOL_CURRENCY_BASE | constant::SYMBOL_CURRENCY_MARGIN => {
                name.chars().take(3).collect()
            }
            constant::SYMBOL_CURRENCY_PROFIT => self.venue.symbol.profit_currency.clone(),
            _ => String::new(),
        }
    }

    pub(crate) fn position_integer(&self, property: i32) -> i64 {
        let Some(position) = &self.position else {
            return 0;
        };
        match property {
            constant::POSITION_TYPE => i64::from(type_of(position.side)),
            constant::POSITION_MAGIC => position.magic,
            constant::POSITION_IDENTIFIER | constant::POSITION_TICKET => position.ticket as i64,
            constant::POSITION_TIME_MSC => self.clock.to_server(position.time_ms),
            _ => 0,
        }
    }

    pub(crate) fn position_double(&self, property: i32) -> f64 {
        let Some(position) = &self.position else {
            return 0.0;
        };
        match property {
            constant::POSITION_VOLUME => position.volume,
            constant::POSITION_PRICE_OPEN => position.price,
            constant::POSITION_PRICE_CURRENT => position.current,
            constant::POSITION_SL => position.stop,
            constant::POSITION_TP => position.target,
            constant::POSITION_SWAP => position.swap,
            constant::POSITION_PROFIT => position.profit,
            _ => 0.0,
        }
    }

    pub(crate) fn position_string(&self, property: i32) -> String {
        let Some(position) = &self.position else {
            return String::new();
        };
        match property {
            constant::POSITION_SYMBOL => self.scenario.symbol.to_string(),
            constant::POSITION_COMMENT => position.comment.clone(),
            _ => String::new(),
        }
    }

    pub(crate) fn deal_integer(&self, ticket: u64, property: i32) -> i64 {
        let Some(deal) = self.deal(ticket) else {
            return 0;
        };
        match property {
            constant::DEAL_ORDER => deal.order as i64,
            constant::DEAL_TYPE => {
                i64::from(deal.side.map_or(constant::DEAL_TYPE_BALANCE, type_of))
            }
            constant::DEAL_ENTRY => i64::from(deal.entry),
            constant::DEAL_MAGIC => deal.magic,
            constant::DEAL_POSITION_ID => deal.position as i64,
            constant::DEAL_TIME_MSC => self.clock.to_server(deal.time_ms),
            constant::DEAL_REASON => i64::from(deal.reason),
            _ => 0,
        }
    }

    pub(crate) fn deal_double(&self, ticket: u64, property: i32) -> f64 {
        let Some(deal) = self.deal(ticket) else {
            return 0.0;
        };
        match property {
            constant::DEAL_VOLUME => deal.volume,
            constant::DEAL_PRICE => deal.price,
            constant::DEAL_COMMISSION => deal.commission,
            constant::DEAL_SWAP => deal.swap,
            constant::DEAL_PROFIT => deal.profit,
            _ => 0.0,
        }
    }

    pub(crate) fn deal_string(&self, ticket: u64, property: i32) -> String {
        match (self.deal(ticket), property) {
            (Some(deal), constant::DEAL_SYMBOL) if deal.side.is_some() => {
                self.scenario.symbol.to_string()
            }
            (Some(deal), constant::DEAL_COMMENT) => deal.comment.clone(),
            _ => String::new(),
        }
    }
}

/// Buy 0, sell 1: the same number for positions, orders and deals.
fn type_of(side: Side) -> i32 {
    match side {
        Side::Buy => constant::POSITION_TYPE_BUY,
        Side::Sell => constant::POSITION_TYPE_SELL,
    }
}
