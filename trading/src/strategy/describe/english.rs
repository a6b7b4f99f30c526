//! English sentences.

use super::phrases::{
    Comparison, Deed, DistanceWords, Heading, IndicatorWords, Joint, Phrases, span,
};
use crate::{
    strategy::{
        exit::OppositeSignal,
        filter::{Impact, Weekday},
        operand::Price,
    },
    symbol::Side,
};

pub(super) struct English;

impl Phrases for English {
    fn heading(&self, heading: Heading) -> &'static str {
        match heading {
            Heading::Timing => "When it decides",
            Heading::Buy => "Entry: buy",
            Heading::Sell => "Entry: sell",
            Heading::Exits => "Exits",
            Heading::Filters => "Filters",
            Heading::Size => "Position size",
            Heading::Limits => "Limits",
            Heading::Indicators => "Indicators",
            Heading::Parameters => "Parameters",
            Heading::Risk => "Risk",
        }
    }

    fn summary(
        &self,
        symbol: &str,
        timeframe: &str,
        rules: &[(Side, String)],
        protection: &[String],
        size: &str,
    ) -> String {
        let rules: Vec<String> = rules
            .iter()
            .map(|(side, rule)| match side {
                Side::Buy => format!("buys {symbol} when {rule}"),
                Side::Sell => format!("sells {symbol} when {rule}"),
            })
            .collect();
        let rules = if rules.is_empty() {
            "trades nothing".to_owned()
        } else {
            rules.join("; ")
        };
        format!(
            "On {timeframe} bars it {rules}; with {}; {size}.",
            protection.join(" and ")
        )
    }

    fn many_conditions(&self, count: usize) -> String {
        format!("its {count} conditions say so (listed below)")
    }

    fn timing(&self, timeframe: &str) -> String {
        format!("Decided at the close of each {timeframe} bar, filled at the open of the next bar.")
    }

    fn higher_timeframes(&self) -> &'static str {
        "Of higher timeframes only closed bars are read."
    }

    fn day_begins(&self, zone: &str) -> String {
        format!("A day begins at midnight {zone}.")
    }

    fn deed(&self, deed: Deed) -> &'static str {
        match deed {
            Deed::Enter(Side::Buy) => "Buy when",
            Deed::Enter(Side::Sell) => "Sell when",
            Deed::Close(Side::Buy) => "Close a long position when",
            Deed::Close(Side::Sell) => "Close a short position when",
        }
    }

    fn joint(&self, joint: Joint) -> &'static str {
        match joint {
            Joint::All => "ALL of:",
            Joint::Any => "ANY of:",
        }
    }

    fn and_or(&self, joint: Joint) -> &'static str {
        match joint {
            Joint::All => " and ",
            Joint::Any => " or ",
        }
    }

    fn not(&self) -> &'static str {
        "this does NOT hold:"
    }

    fn not_inline(&self, condition: &str) -> String {
        format!("not ({condition})")
    }

    fn compare(&self, comparison: Comparison, a: &str, b: &str) -> String {
        let verb = match comparison {
            Comparison::Above => "is above",
            Comparison::AtOrAbove => "is at or above",
            Comparison::Below => "is below",
            Comparison::AtOrBelow => "is at or below",
            Comparison::CrossesAbove => "crosses above",
            Comparison::CrossesBelow => "crosses below",
        };
        format!("{a} {verb} {b}")
    }

    fn between(&self, value: &str, low: &str, high: &str) -> String {
        format!("{value} is between {low} and {high}")
    }

    fn run(&self, value: &str, is_rising: bool, bars: u32, timeframe: Option<&str>) -> String {
        let verb = if is_rising { "has risen" } else { "has fallen" };
        match bars {
            1 => format!("{value} {verb} for {}", bars_of(1, timeframe)),
            bars => format!("{value} {verb} for {} in a row", bars_of(bars, timeframe)),
        }
    }

    fn occurs(&self, what: &str) -> String {
        format!("{what} shows")
    }

    fn price(&self, price: Price) -> &'static str {
        match price {
            Price::Open => "the open",
            Price::High => "the high",
            Price::Low => "the low",
            Price::Close => "the close",
            Price::Median => "the median price (H+L)/2",
            Price::Typical => "the typical price (H+L+C)/3",
            Price::Weighted => "the weighted price (H+L+2C)/4",
            Price::Volume => "the tick volume",
        }
    }

    fn ago(&self, series: &str, bars: u32, timeframe: Option<&str>) -> String {
        format!("{series} {} ago", bars_of(bars, timeframe))
    }

    fn on_timeframe(&self, series: &str, timeframe: &str) -> String {
        format!("{timeframe} {series}")
    }

    fn of(&self, series: &str, source: &str) -> String {
        format!("{series} of {source}")
    }

    fn unknown(&self, name: &str) -> String {
        format!("\"{name}\" (not defined)")
    }

    fn distance(&self, distance: &DistanceWords) -> String {
        match distance {
            DistanceWords::Points(points) => format!("{points} points"),
            DistanceWords::Percent(percent) => format!("{percent}% of the price"),
            DistanceWords::Atr {
                multiple,
                period,
                is_mt5,
            } => {
                let whose = if *is_mt5 {
                    " as MetaTrader 5 draws it"
                } else {
                    ""
                };
                format!("{multiple} × ATR({period}){whose}")
            }
            DistanceWords::Risk(multiple) => format!("{multiple} × the stop loss distance"),
        }
    }

    fn opposite(&self, signal: OppositeSignal) -> &'static str {
        match signal {
            OppositeSignal::Reverse => {
                "On an entry signal of the other side the position is closed, and the other side \
                 is opened where filters and limits allow it."
            }
            OppositeSignal::Close => {
                "On an entry signal of the other side the position is closed; the other side is \
                 not opened by that signal."
            }
            OppositeSignal::Ignore => {
                "Entry signals of the other side are ignored while a position is open."
            }
        }
    }

    fn stop_loss(&self, distance: &str) -> String {
        format!("Stop loss {distance} from the entry price.")
    }

    fn no_stop_loss(&self) -> &'static str {
        "NO stop loss: nothing but the rules below ends a losing position."
    }

    fn trailing_only(&self) -> &'static str {
        "No stop loss other than the trailing stop."
    }

    fn take_profit(&self, distance: &str) -> String {
        format!("Take profit {distance} from the entry price.")
    }

    fn break_even(&self, after: &str, plus: Option<&str>) -> String {
        match plus {
            Some(plus) => format!(
                "Break-even: once a close is {after} in profit, the stop moves to {plus} beyond \
                 the entry price."
            ),
            None => format!(
                "Break-even: once a close is {after} in profit, the stop moves to the entry price."
            ),
        }
    }

    fn trailing(&self, distance: &str, after: Option<&str>) -> String {
        match after {
            Some(after) => format!(
                "Trailing stop {distance} behind the best close, once a close is {after} in \
                 profit; it never moves back."
            ),
            None => format!(
                "Trailing stop {distance} behind the best close from the start; it never moves \
                 back."
            ),
        }
    }

    fn after_bars(&self, bars: &str, is_one: bool, timeframe: &str) -> String {
        let noun = if is_one { "bar" } else { "bars" };
        format!("Time exit: closed after {bars} {timeframe} {noun}.")
    }

    fn levels_fixed(&self) -> &'static str {
        "These distances are measured at the close on which the entry is decided and stay fixed."
    }

    fn brief_stop(&self, distance: Option<&str>) -> String {
        match distance {
            Some(distance) => format!("a stop loss of {distance}"),
            None => "no stop loss".to_owned(),
        }
    }

    fn brief_target(&self, distance: &str) -> String {
        format!("a take profit of {distance}")
    }

    fn session(&self, days: Option<&[Weekday]>, hours: &[(String, String)], zone: &str) -> String {
        let days = match days {
            None => "every day".to_owned(),
            Some(days) => format!("on {}", days_of(days)),
        };
        if hours.is_empty() {
            return format!("Entries only {days} ({zone}), judged when the bar closes.");
        }
        let hours: Vec<String> = hours
            .iter()
            .map(|(from, to)| format!("from {from} until before {to}"))
            .collect();
        format!(
            "Entries only {days} {} ({zone} time), judged when the bar closes.",
            hours.join(" and ")
        )
    }

    fn max_spread(&self, points: &str) -> String {
        format!("Entries only while the spread is at most {points} points.")
    }

    fn cooldown(&self, bars: &str, is_one: bool) -> String {
        let noun = if is_one { "bar" } else { "bars" };
        format!("No entry for {bars} {noun} after a losing trade.")
    }

    fn news(&self, before: &str, after: &str, impact: Impact) -> String {
        let impact = match impact {
            Impact::Low => "economic news of any impact",
            Impact::Medium => "economic news of medium or high impact",
            Impact::High => "economic news of high impact",
        };
        format!("No entry from {before} minutes before to {after} minutes after {impact}.")
    }

    fn news_is_live_only(&self) -> &'static str {
        "The news filter acts in live trading only. Price history has no news calendar, so a \
         backtest does NOT test it."
    }

    fn filters_let_close(&self) -> &'static str {
        "Filters stop entries only; they never keep a position from being closed."
    }

    fn fixed_lots(&self, lots: &str, is_one: bool) -> String {
        let noun = if is_one { "lot" } else { "lots" };
        format!("{lots} {noun} per entry")
    }

    fn risk_percent(&self, percent: &str) -> String {
        format!("each entry sized so that its stop loss costs {percent}% of equity")
    }

    fn risk_money(&self, money: &str) -> String {
        format!("each entry sized so that its stop loss costs {money} in account currency")
    }

    fn rounding(&self) -> &'static str {
        "The volume is rounded down to the broker's step; where that is below the broker's least \
         volume, nothing is traded. A gap or slippage can make the loss greater."
    }

    fn max_positions(&self, count: &str, is_one: bool) -> String {
        if is_one {
            format!("At most {count} position is open at once.")
        } else {
            format!(
                "At most {count} positions are open at once; further signals in the same \
                 direction add to them."
            )
        }
    }

    fn trades_per_day(&self, count: &str, is_one: bool) -> String {
        let noun = if is_one { "entry" } else { "entries" };
        format!("At most {count} {noun} a day.")
    }

    fn daily_loss(&self, amount: &str, is_percent: bool) -> String {
        let amount = if is_percent {
            format!("{amount}% of the balance at its start")
        } else {
            format!("{amount} in account currency")
        };
        format!("Once a day has lost {amount}, open positions counted, it has no further entry.")
    }

    fn indicator(&self, words: &IndicatorWords<'_>) -> String {
        let mut text = format!("{} = {}", words.name, words.label);
        if let Some(source) = &words.source {
            text.push_str(&format!(" on {source}"));
        }
        if let Some(timeframe) = words.timeframe {
            text.push_str(&format!(", on closed {timeframe} bars"));
        }
        for choice in &words.choices {
            text.push_str(&format!("; {choice}"));
        }
        if words.is_mt5 == Some(false) {
            text.push_str("; MetaTrader 5 draws another one");
        }
        format!("{text}. {}", words.summary)
    }

    fn parameter(
        &self,
        name: &str,
        label: &str,
        value: &str,
        range: Option<&[String; 3]>,
    ) -> String {
        let mut text = format!("${name} = {value}");
        if !label.is_empty() {
            text.push_str(&format!(" ({label})"));
        }
        match range {
            Some([from, to, step]) => text.push_str(&format!(
                "; may be optimised from {from} to {to} in steps of {step}."
            )),
            None => text.push_str("; fixed."),
        }
        text
    }

    fn risk_notice(&self) -> [&'static str; 3] {
        [
            "Trading with leverage can lose money quickly, in a gap even more than the stop loss \
             allows for.",
            "Past results, tested or real, do not tell what is to come.",
            "This text says what the rules do. It is no advice to trade; only risk money that you \
             can afford to lose.",
        ]
    }
}

fn bars_of(bars: u32, timeframe: Option<&str>) -> String {
    let noun = if bars == 1 { "bar" } else { "bars" };
    match timeframe {
        Some(timeframe) => format!("{bars} {timeframe} {noun}"),
        None => format!("{bars} {noun}"),
    }
}

fn days_of(days: &[Weekday]) -> String {
    match span(days) {
        Some((first, last)) => format!("{} to {}", day_name(first), day_name(last)),
        None => days
            .iter()
            .copied()
            .map(day_name)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

const fn day_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
