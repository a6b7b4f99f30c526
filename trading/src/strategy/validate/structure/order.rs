//! Filters, exits, sizing and limits.

use super::{Pointer, Problem, Reader, Thing, optional};
use crate::strategy::{
    exit::{AtrDistance, BreakEven, Distance, Exits, OppositeSignal, TrailingStop},
    filter::{Filters, Hours, Impact, NewsWindow, Session, Weekday},
    limit::{DailyLoss, Limits},
    number::Number,
    sizing::Sizing,
};
use serde_json::Value;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];
const IMPACTS: [(&str, Impact); 3] = [
    ("low", Impact::Low),
    ("medium", Impact::Medium),
    ("high", Impact::High),
];
const OPPOSITE: [(&str, OppositeSignal); 3] = [
    ("reverse", OppositeSignal::Reverse),
    ("close", OppositeSignal::Close),
    ("ignore", OppositeSignal::Ignore),
];

impl Reader<'_> {
    pub(super) fn filters(&mut self, value: &Value, at: &Pointer) -> Filters {
        let known = ["session", "max_spread", "cooldown_after_loss", "news"];
        let Some(map) = self.object(value, at, &known) else {
            return Filters::default();
        };
        Filters {
            session: optional(map, "session").map(|v| self.session(v, &at.key("session"))),
            max_spread: optional(map, "max_spread").map(|v| self.number(v, &at.key("max_spread"))),
            cooldown_after_loss: optional(map, "cooldown_after_loss")
                .map(|v| self.number(v, &at.key("cooldown_after_loss"))),
            news: optional(map, "news").map(|v| self.news(v, &at.key("news"))),
        }
    }

    fn session(&mut self, value: &Value, at: &Pointer) -> Session {
        let mut session = Session {
            time_zone: None,
            weekdays: None,
            hours: None,
        };
        let Some(map) = self.object(value, at, &["time_zone", "weekdays", "hours"]) else {
            return session;
        };
        if let Some(value) = optional(map, "time_zone") {
            session.time_zone = Some(self.text(value, &at.key("time_zone")));
        }
        if let Some(value) = optional(map, "weekdays") {
            let at = at.key("weekdays");
            session.weekdays = self.list(value, &at).map(|list| {
                list.iter()
                    .enumerate()
                    .filter_map(|(i, v)| self.word(v, &at.index(i), Thing::Weekday, &WEEKDAYS))
                    .collect()
            });
            self.note_gaps(value, &at, session.weekdays.as_ref().map(Vec::len));
        }
        if let Some(value) = optional(map, "hours") {
            let at = at.key("hours");
            session.hours = self.list(value, &at).map(|list| {
                list.iter()
                    .enumerate()
                    .filter_map(|(i, v)| self.hours(v, &at.index(i)))
                    .collect()
            });
            self.note_gaps(value, &at, session.hours.as_ref().map(Vec::len));
        }
        session
    }

    /// Where entries were left out, places and length are no longer the document's.
    fn note_gaps(&mut self, value: &Value, at: &Pointer, read: Option<usize>) {
        if value.as_array().map(Vec::len) != read {
            self.holes.insert(at.as_str().to_owned());
        }
    }

    fn hours(&mut self, value: &Value, at: &Pointer) -> Option<Hours> {
        let map = self.object(value, at, &["from", "to"])?;
        let from = self
            .required(map, at, "from")
            .and_then(|value| self.time(value, &at.key("from")));
        let to = self
            .required(map, at, "to")
            .and_then(|value| self.time(value, &at.key("to")));
        match (from, to) {
            (Some(from), Some(to)) => {
                // Judged here, where the place in the list is still known.
                if from == to {
                    let time = from.to_string();
                    self.faults.add(at, Problem::EmptyHours { time });
                }
                Some(Hours { from, to })
            }
            _ => None,
        }
    }

    fn news(&mut self, value: &Value, at: &Pointer) -> NewsWindow {
        let mut news = NewsWindow {
            minutes_before: 1,
            minutes_after: 1,
            impact: Impact::High,
        };
        let known = ["minutes_before", "minutes_after", "impact"];
        if let Some(map) = self.object(value, at, &known) {
            if let Some(value) = self.required(map, at, "minutes_before") {
                news.minutes_before = self.whole(value, &at.key("minutes_before"));
            }
            if let Some(value) = self.required(map, at, "minutes_after") {
                news.minutes_after = self.whole(value, &at.key("minutes_after"));
            }
            if let Some(value) = self.required(map, at, "impact") {
                let impact = self.word(value, &at.key("impact"), Thing::Impact, &IMPACTS);
                news.impact = impact.unwrap_or(Impact::High);
            }
        }
        news
    }

    pub(super) fn exits(&mut self, value: &Value, at: &Pointer) -> Exits {
        let known = [
            "opposite_signal",
            "long",
            "short",
            "stop_loss",
            "take_profit",
            "break_even",
            "trailing_stop",
            "after_bars",
        ];
        let Some(map) = self.object(value, at, &known) else {
            return Exits::default();
        };
        let mut exits = Exits::default();
        if let Some(value) = map.get("opposite_signal") {
            let at = at.key("opposite_signal");
            let word = self.word(value, &at, Thing::OppositeSignal, &OPPOSITE);
            exits.opposite_signal = word.unwrap_or_default();
        }
        exits.long = optional(map, "long").map(|v| self.condition(v, &at.key("long"), 0));
        exits.short = optional(map, "short").map(|v| self.condition(v, &at.key("short"), 0));
        exits.stop_loss =
            optional(map, "stop_loss").map(|v| self.distance(v, &at.key("stop_loss")));
        exits.take_profit =
            optional(map, "take_profit").map(|v| self.distance(v, &at.key("take_profit")));
        exits.break_even =
            optional(map, "break_even").map(|v| self.break_even(v, &at.key("break_even")));
        exits.trailing_stop =
            optional(map, "trailing_stop").map(|v| self.trailing(v, &at.key("trailing_stop")));
        exits.after_bars =
            optional(map, "after_bars").map(|v| self.number(v, &at.key("after_bars")));
        exits
    }

    fn distance(&mut self, value: &Value, at: &Pointer) -> Distance {
        let names = ["points", "percent", "atr", "risk"];
        match self.entry(value, at, Thing::Distance, &names) {
            Some(("points", value, at)) => Distance::Points(self.number(value, &at)),
            Some(("percent", value, at)) => Distance::Percent(self.number(value, &at)),
            Some(("atr", value, at)) => Distance::Atr(self.atr(value, &at)),
            Some((_, value, at)) => Distance::Risk(self.number(value, &at)),
            None => Distance::Points(Number::Literal(1.0)),
        }
    }

    fn atr(&mut self, value: &Value, at: &Pointer) -> AtrDistance {
        let mut atr = AtrDistance {
            multiple: Number::Literal(1.0),
            period: Number::Literal(1.0),
            method: None,
        };
        if let Some(map) = self.object(value, at, &["multiple", "period", "method"]) {
            if let Some(value) = self.required(map, at, "multiple") {
                atr.multiple = self.number(value, &at.key("multiple"));
            }
            if let Some(value) = self.required(map, at, "period") {
                atr.period = self.number(value, &at.key("period"));
            }
            if let Some(value) = optional(map, "method") {
                atr.method = Some(self.text(value, &at.key("method")));
            }
        }
        atr
    }

    fn break_even(&mut self, value: &Value, at: &Pointer) -> BreakEven {
        let mut break_even = BreakEven {
            after: Distance::Points(Number::Literal(1.0)),
            plus: None,
        };
        if let Some(map) = self.object(value, at, &["after", "plus"]) {
            if let Some(value) = self.required(map, at, "after") {
                break_even.after = self.distance(value, &at.key("after"));
            }
            break_even.plus = optional(map, "plus").map(|v| self.distance(v, &at.key("plus")));
        }
        break_even
    }

    fn trailing(&mut self, value: &Value, at: &Pointer) -> TrailingStop {
        let mut trailing = TrailingStop {
            distance: Distance::Points(Number::Literal(1.0)),
            activate_after: None,
        };
        if let Some(map) = self.object(value, at, &["distance", "activate_after"]) {
            if let Some(value) = self.required(map, at, "distance") {
                trailing.distance = self.distance(value, &at.key("distance"));
            }
            trailing.activate_after = optional(map, "activate_after")
                .map(|v| self.distance(v, &at.key("activate_after")));
        }
        trailing
    }

    pub(super) fn sizing(&mut self, value: &Value, at: &Pointer) -> Sizing {
        let names = ["fixed_lots", "risk_percent", "risk_money"];
        match self.entry(value, at, Thing::Sizing, &names) {
            Some(("risk_percent", value, at)) => Sizing::RiskPercent(self.number(value, &at)),
            Some(("risk_money", value, at)) => Sizing::RiskMoney(self.number(value, &at)),
            Some((_, value, at)) => Sizing::FixedLots(self.number(value, &at)),
            None => Sizing::FixedLots(Number::Literal(1.0)),
        }
    }

    pub(super) fn limits(&mut self, value: &Value, at: &Pointer) -> Limits {
        let mut limits = Limits::default();
        let known = ["max_positions", "max_trades_per_day", "max_daily_loss"];
        let Some(map) = self.object(value, at, &known) else {
            return limits;
        };
        if let Some(value) = map.get("max_positions") {
            limits.max_positions = self.whole(value, &at.key("max_positions"));
        }
        limits.max_trades_per_day = optional(map, "max_trades_per_day")
            .map(|v| self.whole(v, &at.key("max_trades_per_day")));
        limits.max_daily_loss = optional(map, "max_daily_loss").map(|value| {
            let at = at.key("max_daily_loss");
            match self.entry(value, &at, Thing::DailyLoss, &["money", "percent"]) {
                Some(("percent", value, at)) => DailyLoss::Percent(self.number(value, &at)),
                Some((_, value, at)) => DailyLoss::Money(self.number(value, &at)),
                None => DailyLoss::Money(Number::Literal(1.0)),
            }
        });
        limits
    }
}
