//! Exits, sizes and limits.

use super::{CompileError, Compiler, error};
use crate::{
    indicator::{self, Settings},
    strategy::{
        exit::Distance,
        limit::DailyLoss,
        plan::{
            Column, DistancePlan, IndicatorNode, LossLimit, NodeInput, OrderPlan, SizePlan, Slot,
            TrailPlan,
        },
        sizing::Sizing,
    },
};

impl<'a> Compiler<'a> {
    pub(super) fn orders(&mut self) -> Result<OrderPlan, CompileError> {
        let document = self.document;
        let exits = &document.exits;
        let stop_loss = self.optional_distance(exits.stop_loss.as_ref())?;
        if matches!(stop_loss, Some(DistancePlan::Risk(_))) {
            return Err(error(
                "/exits/stop_loss",
                "a stop loss cannot measure itself",
            ));
        }
        let orders = OrderPlan {
            opposite_signal: exits.opposite_signal,
            stop_loss,
            take_profit: self.optional_distance(exits.take_profit.as_ref())?,
            break_even: match &exits.break_even {
                Some(rule) => Some((
                    self.distance(&rule.after)?,
                    self.optional_distance(rule.plus.as_ref())?,
                )),
                None => None,
            },
            trailing_stop: match &exits.trailing_stop {
                Some(rule) => Some(TrailPlan {
                    distance: self.distance(&rule.distance)?,
                    activate_after: self.optional_distance(rule.activate_after.as_ref())?,
                }),
                None => None,
            },
            after_bars: self.optional_slot(exits.after_bars.as_ref())?,
            size: match &document.sizing {
                Sizing::FixedLots(lots) => SizePlan::FixedLots(self.slot(lots)?),
                Sizing::RiskPercent(percent) => SizePlan::RiskPercent(self.slot(percent)?),
                Sizing::RiskMoney(money) => SizePlan::RiskMoney(self.slot(money)?),
            },
            max_positions: document.limits.max_positions,
            max_trades_per_day: document.limits.max_trades_per_day,
            max_daily_loss: match &document.limits.max_daily_loss {
                Some(DailyLoss::Money(money)) => Some(LossLimit::Money(self.slot(money)?)),
                Some(DailyLoss::Percent(percent)) => Some(LossLimit::Percent(self.slot(percent)?)),
                None => None,
            },
            cooldown_after_loss: self
                .optional_slot(document.filters.cooldown_after_loss.as_ref())?,
        };
        let by_risk = |d: Option<DistancePlan>| matches!(d, Some(DistancePlan::Risk(_)));
        let needs_stop = by_risk(orders.take_profit)
            || orders
                .break_even
                .is_some_and(|(after, plus)| by_risk(Some(after)) || by_risk(plus))
            || orders
                .trailing_stop
                .is_some_and(|t| by_risk(Some(t.distance)) || by_risk(t.activate_after))
            || !matches!(orders.size, SizePlan::FixedLots(_));
        if needs_stop && orders.stop_loss.is_none() {
            return Err(error("/exits", "a multiple of the risk needs a stop loss"));
        }
        Ok(orders)
    }

    fn optional_distance(
        &mut self,
        distance: Option<&'a Distance>,
    ) -> Result<Option<DistancePlan>, CompileError> {
        distance.map(|d| self.distance(d)).transpose()
    }

    fn distance(&mut self, distance: &'a Distance) -> Result<DistancePlan, CompileError> {
        Ok(match distance {
            Distance::Points(n) => DistancePlan::Points(self.slot(n)?),
            Distance::Percent(n) => DistancePlan::Percent(self.slot(n)?),
            Distance::Risk(n) => DistancePlan::Risk(self.slot(n)?),
            Distance::Atr(atr) => {
                let multiple = self.slot(&atr.multiple)?;
                let definition = indicator::find("atr")
                    .ok_or_else(|| error("/exits", "the catalogue has no atr"))?;
                let mut settings = Settings::defaults(definition);
                if let Some(method) = &atr.method {
                    let known = definition.choices[0]
                        .values
                        .iter()
                        .any(|v| v.name == method);
                    if !known {
                        return Err(error("/exits", format!("atr has no method {method}")));
                    }
                    settings = settings.choosing("method", method);
                }
                let period = self.slot(&atr.period)?;
                if let Slot::Fixed(value) = period
                    && let Some(fault) = definition.parameters[0].fault(value)
                {
                    return Err(error("/exits", fault));
                }
                let indicator = self.add_indicator(IndicatorNode {
                    settings,
                    slots: vec![period],
                    input: NodeInput::Bar,
                    feed: None,
                    wanted: 0,
                });
                let column = self.column(Column::Output {
                    indicator,
                    output: 0,
                    lag: 0,
                });
                DistancePlan::Atr { multiple, column }
            }
        })
    }
}
