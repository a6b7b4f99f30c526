//! Exits, sizing and limits of a plan.

use super::{ColumnId, PlanParameter, Slot};
use crate::strategy::exit::OppositeSignal;

/// How positions are sized, protected, closed and limited.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPlan {
    /// What an entry signal of the other side does.
    pub opposite_signal: OppositeSignal,
    /// Distance of the stop loss.
    pub stop_loss: Option<DistancePlan>,
    /// Distance of the take profit.
    pub take_profit: Option<DistancePlan>,
    /// When the stop moves to the entry price, and how far beyond it.
    pub break_even: Option<(DistancePlan, Option<DistancePlan>)>,
    /// How the stop follows the best close.
    pub trailing_stop: Option<TrailPlan>,
    /// Bars after which a position is closed.
    pub after_bars: Option<Slot>,
    /// Volume of an entry.
    pub size: SizePlan,
    /// Positions open at once.
    pub max_positions: u32,
    /// Entries a day.
    pub max_trades_per_day: Option<u32>,
    /// Loss after which a day has no more entries.
    pub max_daily_loss: Option<LossLimit>,
    /// Bars without entry after a loss.
    pub cooldown_after_loss: Option<Slot>,
}

/// A distance in price, before it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DistancePlan {
    /// Points.
    Points(Slot),
    /// Percent of the close.
    Percent(Slot),
    /// A multiple of a column that holds an average true range.
    Atr {
        /// How many times.
        multiple: Slot,
        /// The average true range.
        column: ColumnId,
    },
    /// A multiple of the stop loss's distance.
    Risk(Slot),
}

/// How the stop follows the best close.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrailPlan {
    /// How far behind.
    pub distance: DistancePlan,
    /// Gain at which it begins.
    pub activate_after: Option<DistancePlan>,
}

/// The volume of an entry, before it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SizePlan {
    /// Lots.
    FixedLots(Slot),
    /// Percent of equity that the stop loss costs.
    RiskPercent(Slot),
    /// Account money that the stop loss costs.
    RiskMoney(Slot),
}

/// How much a day may lose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LossLimit {
    /// Account money.
    Money(Slot),
    /// Percent of the balance at the day's start.
    Percent(Slot),
}

impl OrderPlan {
    /// Whether the price may close a position between two decisions.
    pub const fn has_levels(&self) -> bool {
        self.stop_loss.is_some()
            || self.take_profit.is_some()
            || self.break_even.is_some()
            || self.trailing_stop.is_some()
    }

    /// Why these parameter values cannot be used, if they cannot: every amount is above zero.
    pub(super) fn value_fault(
        &self,
        parameters: &[PlanParameter],
        values: &[f64],
    ) -> Option<String> {
        let mut slots = Vec::new();
        let distances = [self.stop_loss, self.take_profit]
            .into_iter()
            .chain(self.break_even.map(|(after, _)| Some(after)))
            .chain(self.break_even.map(|(_, plus)| plus))
            .chain(self.trailing_stop.map(|trail| Some(trail.distance)))
            .chain(self.trailing_stop.map(|trail| trail.activate_after))
            .flatten();
        for distance in distances {
            match distance {
                DistancePlan::Points(slot)
                | DistancePlan::Percent(slot)
                | DistancePlan::Risk(slot)
                | DistancePlan::Atr { multiple: slot, .. } => slots.push(slot),
            }
        }
        match self.size {
            SizePlan::FixedLots(slot) | SizePlan::RiskPercent(slot) | SizePlan::RiskMoney(slot) => {
                slots.push(slot)
            }
        }
        match self.max_daily_loss {
            Some(LossLimit::Money(slot) | LossLimit::Percent(slot)) => slots.push(slot),
            None => {}
        }
        slots.extend(self.after_bars);
        slots.iter().find_map(|slot| {
            let value = slot.value(values);
            let name = match slot {
                Slot::Parameter(place) => parameters[*place].name.as_str(),
                Slot::Fixed(_) => "a number of the strategy",
            };
            (!value.is_finite() || value <= 0.0)
                .then(|| format!("{name} = {value}: it must be above 0"))
        })
    }
}
