//! Exits, filters, sizing and limits.

use super::{
    Line, Teller,
    phrases::{Deed, DistanceWords},
};
use crate::{
    strategy::{exit::Distance, filter::Session, limit::DailyLoss, number::Number, sizing::Sizing},
    symbol::Side,
};

impl Teller<'_> {
    /// What protects a position, in a few words each.
    pub(super) fn protection(&self) -> Vec<String> {
        let exits = &self.document.exits;
        let stop = exits.stop_loss.as_ref().map(|d| self.distance(d));
        let mut parts = vec![self.phrases.brief_stop(stop.as_deref())];
        if let Some(target) = &exits.take_profit {
            parts.push(self.phrases.brief_target(&self.distance(target)));
        }
        parts
    }

    pub(super) fn exits(&self) -> Vec<Line> {
        let (entry, exits) = (&self.document.entry, &self.document.exits);
        let mut lines = Vec::new();
        match &exits.stop_loss {
            Some(distance) => {
                lines.push(Line::top(self.phrases.stop_loss(&self.distance(distance))));
            }
            None if exits.trailing_stop.is_some() => {
                lines.push(Line::top(self.phrases.trailing_only()));
            }
            None => lines.push(Line::top(self.phrases.no_stop_loss())),
        }
        if let Some(distance) = &exits.take_profit {
            lines.push(Line::top(
                self.phrases.take_profit(&self.distance(distance)),
            ));
        }
        if let Some(break_even) = &exits.break_even {
            let after = self.distance(&break_even.after);
            let plus = break_even.plus.as_ref().map(|d| self.distance(d));
            lines.push(Line::top(self.phrases.break_even(&after, plus.as_deref())));
        }
        if let Some(trailing) = &exits.trailing_stop {
            let distance = self.distance(&trailing.distance);
            let after = trailing.activate_after.as_ref().map(|d| self.distance(d));
            lines.push(Line::top(
                self.phrases.trailing(&distance, after.as_deref()),
            ));
        }
        if self.has_measured_levels() {
            lines.push(Line::top(self.phrases.levels_fixed()));
        }
        lines.extend(self.rule(Deed::Close(Side::Buy), exits.long.as_ref()));
        lines.extend(self.rule(Deed::Close(Side::Sell), exits.short.as_ref()));
        // With one side only there is no opposite signal.
        if entry.long.is_some() && entry.short.is_some() {
            lines.push(Line::top(self.phrases.opposite(exits.opposite_signal)));
        }
        if let Some(bars) = &exits.after_bars {
            let timeframe = self.document.timeframe.name();
            let text = self.resolved(bars);
            let text = self.phrases.after_bars(&text, self.is_one(bars), timeframe);
            lines.push(Line::top(text));
        }
        lines
    }

    /// Whether a distance depends on the market at the time of the decision.
    fn has_measured_levels(&self) -> bool {
        let exits = &self.document.exits;
        let break_even = exits.break_even.as_ref();
        let trailing = exits.trailing_stop.as_ref();
        [
            exits.stop_loss.as_ref(),
            exits.take_profit.as_ref(),
            break_even.map(|b| &b.after),
            trailing.map(|t| &t.distance),
        ]
        .into_iter()
        .flatten()
        .any(|d| matches!(d, Distance::Atr(_) | Distance::Percent(_)))
    }

    fn distance(&self, distance: &Distance) -> String {
        let words = match distance {
            Distance::Points(points) => DistanceWords::Points(self.resolved(points)),
            Distance::Percent(percent) => DistanceWords::Percent(self.resolved(percent)),
            Distance::Atr(atr) => DistanceWords::Atr {
                multiple: self.resolved(&atr.multiple),
                period: self.resolved(&atr.period),
                is_mt5: atr.method.as_deref() == Some("mt5"),
            },
            Distance::Risk(multiple) => DistanceWords::Risk(self.resolved(multiple)),
        };
        self.phrases.distance(&words)
    }

    pub(super) fn filters(&self) -> Vec<Line> {
        let filters = &self.document.filters;
        let mut lines = Vec::new();
        if let Some(session) = &filters.session {
            lines.push(Line::top(self.session(session)));
        }
        if let Some(points) = &filters.max_spread {
            lines.push(Line::top(self.phrases.max_spread(&self.resolved(points))));
        }
        if let Some(bars) = &filters.cooldown_after_loss {
            let text = self
                .phrases
                .cooldown(&self.resolved(bars), self.is_one(bars));
            lines.push(Line::top(text));
        }
        if let Some(news) = &filters.news {
            let before = self.number(f64::from(news.minutes_before));
            let after = self.number(f64::from(news.minutes_after));
            lines.push(Line::top(self.phrases.news(&before, &after, news.impact)));
            lines.push(Line {
                indent: 1,
                text: self.phrases.news_is_live_only().to_owned(),
            });
        }
        if !lines.is_empty() {
            lines.push(Line::top(self.phrases.filters_let_close()));
        }
        lines
    }

    fn session(&self, session: &Session) -> String {
        let hours: Vec<(String, String)> = session
            .hours
            .iter()
            .flatten()
            .map(|hours| (hours.from.to_string(), hours.to.to_string()))
            .collect();
        let zone = session
            .time_zone
            .as_ref()
            .unwrap_or(&self.document.time_zone);
        self.phrases
            .session(session.weekdays.as_deref(), &hours, zone)
    }

    /// The size of an entry in a few words.
    pub(super) fn size(&self) -> String {
        match &self.document.sizing {
            Sizing::FixedLots(lots) => self
                .phrases
                .fixed_lots(&self.resolved(lots), self.is_one(lots)),
            Sizing::RiskPercent(percent) => self.phrases.risk_percent(&self.resolved(percent)),
            Sizing::RiskMoney(money) => self.phrases.risk_money(&self.resolved(money)),
        }
    }

    pub(super) fn sizing(&self) -> String {
        let size = super::capital(self.size());
        match &self.document.sizing {
            Sizing::FixedLots(_) => format!("{size}."),
            _ => format!("{size}. {}", self.phrases.rounding()),
        }
    }

    pub(super) fn limits(&self) -> Vec<Line> {
        let limits = &self.document.limits;
        let count = |n: u32| self.number(f64::from(n));
        let positions = limits.max_positions;
        let mut lines = vec![Line::top(
            self.phrases
                .max_positions(&count(positions), positions == 1),
        )];
        if let Some(trades) = limits.max_trades_per_day {
            let text = self.phrases.trades_per_day(&count(trades), trades == 1);
            lines.push(Line::top(text));
        }
        if let Some(loss) = &limits.max_daily_loss {
            let (amount, is_percent) = match loss {
                DailyLoss::Money(money) => (money, false),
                DailyLoss::Percent(percent) => (percent, true),
            };
            let text = self.phrases.daily_loss(&self.resolved(amount), is_percent);
            lines.push(Line::top(text));
        }
        lines
    }

    /// Whether the word after the number stands in the singular.
    fn is_one(&self, number: &Number) -> bool {
        self.value(number) == Some(1.0)
    }
}
