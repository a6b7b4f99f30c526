//! The order rules of a plan with all numbers known.

use crate::{
    strategy::{
        exit::OppositeSignal,
        plan::{ColumnId, DistancePlan, LossLimit, OrderPlan, SizePlan, Slot},
    },
    symbol::{PriceGrid, SymbolSpec},
};

/// Exits, sizing and limits with all numbers known.
#[derive(Debug, Clone)]
pub struct OrderRules {
    pub(super) opposite_signal: OppositeSignal,
    pub(super) max_positions: usize,
    pub(super) after_bars: Option<u32>,
    pub(super) cooldown: Option<u32>,
    pub(super) trades_per_day: Option<u32>,
    pub(super) daily_loss: Option<Loss>,
    size: Size,
    stop_loss: Option<Rule>,
    take_profit: Option<Rule>,
    break_even: Option<(Rule, Option<Rule>)>,
    trailing: Option<(Rule, Option<Rule>)>,
    spec: SymbolSpec,
    grid: PriceGrid,
    point: f64,
    money_per_price: f64,
}

/// How much a day may lose.
#[derive(Debug, Clone, Copy)]
pub(super) enum Loss {
    Money(f64),
    Percent(f64),
}

#[derive(Debug, Clone, Copy)]
enum Size {
    Lots(Option<f64>),
    RiskPercent(f64),
    RiskMoney(f64),
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    Price(f64),
    Percent(f64),
    Column(f64, ColumnId),
    Risk(f64),
}

/// The distances of one entry, in price units, as they were at its decision.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Distances {
    /// Stop loss.
    pub stop: Option<f64>,
    /// Take profit.
    pub target: Option<f64>,
    /// Gain at which the stop moves to the entry price, and how far beyond.
    pub break_even: Option<(f64, f64)>,
    /// Distance at which the stop follows, and the gain at which it begins.
    pub trail: Option<(f64, f64)>,
}

impl Distances {
    /// The distance at which the stop is ordered with the entry: a stop that follows from the start
    /// is there from the start.
    pub fn initial_stop(&self) -> Option<f64> {
        self.stop.or(self.trail_from_entry())
    }

    /// The distance of a stop that follows from the entry on, whatever the position has gained.
    pub(super) fn trail_from_entry(&self) -> Option<f64> {
        match self.trail {
            Some((distance, f64::NEG_INFINITY)) => Some(distance),
            _ => None,
        }
    }
}

impl OrderRules {
    /// The plan's rules with these parameter values.
    pub fn new(
        orders: &OrderPlan,
        values: &[f64],
        spec: &SymbolSpec,
        money_per_price: f64,
    ) -> Self {
        let point = spec.point();
        let number = |slot: Slot| slot.value(values);
        let rule = |distance: DistancePlan| match distance {
            DistancePlan::Points(slot) => Rule::Price(number(slot) * point),
            DistancePlan::Percent(slot) => Rule::Percent(number(slot) / 100.0),
            DistancePlan::Atr { multiple, column } => Rule::Column(number(multiple), column),
            DistancePlan::Risk(slot) => Rule::Risk(number(slot)),
        };
        // A count of bars beyond four thousand million is as good as never.
        let bars = |slot: Slot| number(slot) as u32;
        Self {
            opposite_signal: orders.opposite_signal,
            max_positions: orders.max_positions as usize,
            after_bars: orders.after_bars.map(bars),
            cooldown: orders.cooldown_after_loss.map(bars),
            trades_per_day: orders.max_trades_per_day,
            daily_loss: orders.max_daily_loss.map(|limit| match limit {
                LossLimit::Money(slot) => Loss::Money(number(slot)),
                LossLimit::Percent(slot) => Loss::Percent(number(slot) / 100.0),
            }),
            size: match orders.size {
                SizePlan::FixedLots(slot) => Size::Lots(spec.round_volume(number(slot))),
                SizePlan::RiskPercent(slot) => Size::RiskPercent(number(slot) / 100.0),
                SizePlan::RiskMoney(slot) => Size::RiskMoney(number(slot)),
            },
            stop_loss: orders.stop_loss.map(rule),
            take_profit: orders.take_profit.map(rule),
            break_even: orders
                .break_even
                .map(|(after, plus)| (rule(after), plus.map(rule))),
            trailing: orders
                .trailing_stop
                .map(|trail| (rule(trail.distance), trail.activate_after.map(rule))),
            spec: spec.clone(),
            grid: spec.grid(),
            point,
            money_per_price,
        }
    }

    /// This many points in price units.
    pub(super) const fn price(&self, points: f64) -> f64 {
        points * self.point
    }

    /// The price at which the broker lets a stop lie that is wanted here.
    pub(super) fn level(&self, price: f64) -> f64 {
        self.grid.nearest(price)
    }

    /// Least distance of a stop or target from the market that the broker allows.
    pub(super) const fn least_distance(&self) -> f64 {
        self.price(self.spec.stops_level)
    }

    /// Whether sizing or a limit depends on balance or equity.
    pub(super) const fn reads_account(&self) -> bool {
        self.daily_loss.is_some() || matches!(self.size, Size::RiskPercent(_))
    }

    /// See [`super::Desk::plain_volume`].
    pub(super) fn plain_volume(&self) -> Option<f64> {
        let is_plain = self.max_positions == 1
            && self.opposite_signal == OppositeSignal::Reverse
            && self.after_bars.is_none()
            && self.cooldown.is_none()
            && self.trades_per_day.is_none()
            && self.daily_loss.is_none()
            && self.stop_loss.is_none()
            && self.take_profit.is_none()
            && !self.moves_stops();
        match self.size {
            Size::Lots(lots) if is_plain => lots,
            _ => None,
        }
    }

    /// Whether a position's stop may move at any close.
    pub(super) const fn moves_stops(&self) -> bool {
        self.break_even.is_some() || self.trailing.is_some()
    }

    /// The distances of an entry decided at `close`. `None` when one that is needed has no
    /// sensible value (no ATR yet, or one of zero): then there is no entry.
    #[inline]
    pub(super) fn distances(
        &self,
        close: f64,
        column: &impl Fn(ColumnId) -> f64,
    ) -> Option<Distances> {
        if self.stop_loss.is_none() && self.take_profit.is_none() && !self.moves_stops() {
            return Some(Distances::default());
        }
        let resolve = |rule: Rule, stop: Option<f64>| {
            let distance = match rule {
                Rule::Price(distance) => distance,
                Rule::Percent(share) => close * share,
                Rule::Column(multiple, id) => column(id) * multiple,
                Rule::Risk(multiple) => stop? * multiple,
            };
            // Written so that NaN fails too.
            (distance > 0.0 && distance.is_finite()).then_some(distance)
        };
        // A stop nearer than the broker allows is set where it does allow it.
        let least = self.least_distance();
        let kept_off = |distance: f64| if distance < least { least } else { distance };
        let stop = match self.stop_loss {
            Some(rule) => Some(kept_off(resolve(rule, None)?)),
            None => None,
        };
        let target = match self.take_profit {
            Some(rule) => Some(kept_off(resolve(rule, stop)?)),
            None => None,
        };
        let break_even = match self.break_even {
            Some((after, plus)) => Some((
                resolve(after, stop)?,
                match plus {
                    Some(rule) => resolve(rule, stop)?,
                    None => 0.0,
                },
            )),
            None => None,
        };
        let trail = match self.trailing {
            Some((distance, after)) => Some((
                kept_off(resolve(distance, stop)?),
                match after {
                    Some(rule) => resolve(rule, stop)?,
                    // From the start: whatever the position has gained or lost.
                    None => f64::NEG_INFINITY,
                },
            )),
            None => None,
        };
        Some(Distances {
            stop,
            target,
            break_even,
            trail,
        })
    }

    /// The volume of an entry, `None` when it would be below the least that can be traded.
    #[inline]
    pub(super) fn volume(&self, equity: f64, stop: Option<f64>) -> Option<f64> {
        let money = match self.size {
            Size::Lots(lots) => return lots,
            Size::RiskPercent(share) => equity * share,
            Size::RiskMoney(money) => money,
        };
        let loss_of_one_lot = stop? * self.money_per_price;
        self.spec.round_volume(money / loss_of_one_lot)
    }
}
