//! Filters, exits, sizing and limits.

use super::{Judge, Pointer, Problem};
use crate::{
    indicator,
    strategy::{
        exit::{AtrDistance, Distance},
        filter::Session,
        limit::{DailyLoss, MAX_POSITIONS},
        sizing::Sizing,
        validate::Bound,
    },
};

/// The longest wait in bars: no market shows more of them to a trader.
const MAX_BARS: f64 = 1_000_000.0;
/// The widest window around news, in minutes.
const MAX_MINUTES: f64 = 1_440.0;

impl Judge<'_> {
    pub(super) fn filters(&mut self) {
        let at = Pointer::root().key("filters");
        let filters = &self.document.filters;
        if let Some(session) = &filters.session {
            self.session(session, &at.key("session"));
        }
        if let Some(spread) = &filters.max_spread {
            let at = at.key("max_spread");
            self.number(spread, Bound::NOT_NEGATIVE, "max_spread", &at);
        }
        if let Some(bars) = &filters.cooldown_after_loss {
            let at = at.key("cooldown_after_loss");
            let bound = Bound::whole(0.0, MAX_BARS);
            self.number(bars, bound, "cooldown_after_loss", &at);
        }
        if let Some(news) = &filters.news {
            let at = at.key("news");
            let bound = Bound::whole(0.0, MAX_MINUTES);
            for (name, minutes) in [
                ("minutes_before", news.minutes_before),
                ("minutes_after", news.minutes_after),
            ] {
                self.number(&f64::from(minutes).into(), bound, name, &at.key(name));
            }
        }
    }

    fn session(&mut self, session: &Session, at: &Pointer) {
        if let Some(zone) = &session.time_zone {
            self.zone(zone, &at.key("time_zone"));
        }
        if session.weekdays.as_ref().is_some_and(Vec::is_empty) {
            let name = "weekdays";
            self.add(&at.key(name), Problem::NothingAllowed { name });
        }
        let Some(hours) = &session.hours else { return };
        let at = at.key("hours");
        if hours.is_empty() {
            self.add(&at, Problem::NothingAllowed { name: "hours" });
        }
        for (i, hours) in hours.iter().enumerate() {
            if hours.from == hours.to {
                let time = hours.from.to_string();
                self.add(&at.index(i), Problem::EmptyHours { time });
            }
        }
    }

    pub(super) fn exits(&mut self) {
        let at = Pointer::root().key("exits");
        let exits = &self.document.exits;
        if let Some(stop_loss) = &exits.stop_loss {
            let at = at.key("stop_loss");
            match stop_loss {
                Distance::Risk(_) => self.add(&at.key("risk"), Problem::StopLossInRisk),
                distance => self.distance(distance, &at),
            }
        }
        if let Some(distance) = &exits.take_profit {
            self.distance(distance, &at.key("take_profit"));
        }
        if let Some(break_even) = &exits.break_even {
            let at = at.key("break_even");
            self.distance(&break_even.after, &at.key("after"));
            if let Some(plus) = &break_even.plus {
                self.distance(plus, &at.key("plus"));
            }
        }
        if let Some(trailing) = &exits.trailing_stop {
            let at = at.key("trailing_stop");
            self.distance(&trailing.distance, &at.key("distance"));
            if let Some(after) = &trailing.activate_after {
                self.distance(after, &at.key("activate_after"));
            }
        }
        if let Some(bars) = &exits.after_bars {
            let bound = Bound::whole(1.0, MAX_BARS);
            self.number(bars, bound, "after_bars", &at.key("after_bars"));
        }
    }

    fn distance(&mut self, distance: &Distance, at: &Pointer) {
        match distance {
            Distance::Points(points) => {
                self.number(points, Bound::POSITIVE, "points", &at.key("points"));
            }
            Distance::Percent(percent) => {
                self.number(percent, Bound::PERCENT, "percent", &at.key("percent"));
            }
            Distance::Atr(atr) => self.atr(atr, &at.key("atr")),
            Distance::Risk(multiple) => {
                let at = at.key("risk");
                self.needs_stop_loss("risk", &at);
                self.number(multiple, Bound::POSITIVE, "risk", &at);
            }
        }
    }

    fn atr(&mut self, atr: &AtrDistance, at: &Pointer) {
        self.number(
            &atr.multiple,
            Bound::POSITIVE,
            "multiple",
            &at.key("multiple"),
        );
        let definition = &indicator::atr::DEFINITION;
        if let Some(period) = definition.parameters.first() {
            let bound = Bound::whole(period.min, period.max);
            self.number(&atr.period, bound, "period", &at.key("period"));
        }
        if let (Some(method), Some(choice)) = (&atr.method, definition.choices.first()) {
            let values: Vec<&str> = choice.values.iter().map(|v| v.name).collect();
            self.choice(method, &values, &at.key("method"));
        }
    }

    pub(super) fn sizing(&mut self) {
        let at = Pointer::root().key("sizing");
        match &self.document.sizing {
            Sizing::FixedLots(lots) => {
                self.number(lots, Bound::POSITIVE, "fixed_lots", &at.key("fixed_lots"));
            }
            Sizing::RiskPercent(percent) => {
                let at = at.key("risk_percent");
                self.needs_stop_loss("risk_percent", &at);
                self.number(percent, Bound::PERCENT, "risk_percent", &at);
            }
            Sizing::RiskMoney(money) => {
                let at = at.key("risk_money");
                self.needs_stop_loss("risk_money", &at);
                self.number(money, Bound::POSITIVE, "risk_money", &at);
            }
        }
    }

    fn needs_stop_loss(&mut self, name: &'static str, at: &Pointer) {
        let stop_loss = Pointer::root().key("exits").key("stop_loss");
        if self.document.exits.stop_loss.is_none() && !self.is_hole(&stop_loss) {
            self.add(at, Problem::NeedsStopLoss { name });
        }
    }

    pub(super) fn limits(&mut self) {
        let at = Pointer::root().key("limits");
        let limits = &self.document.limits;
        let positions = f64::from(limits.max_positions);
        let bound = Bound::whole(1.0, f64::from(MAX_POSITIONS));
        self.number(
            &positions.into(),
            bound,
            "max_positions",
            &at.key("max_positions"),
        );
        if let Some(trades) = limits.max_trades_per_day {
            let at = at.key("max_trades_per_day");
            let bound = Bound::whole(1.0, f64::from(u32::MAX));
            self.number(&f64::from(trades).into(), bound, "max_trades_per_day", &at);
        }
        let at = at.key("max_daily_loss");
        match &limits.max_daily_loss {
            Some(DailyLoss::Money(money)) => {
                self.number(money, Bound::POSITIVE, "money", &at.key("money"));
            }
            Some(DailyLoss::Percent(percent)) => {
                self.number(percent, Bound::PERCENT, "percent", &at.key("percent"));
            }
            None => {}
        }
    }
}
