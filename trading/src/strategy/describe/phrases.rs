//! What a language must be able to say.

use crate::{
    strategy::{
        exit::OppositeSignal,
        filter::{Impact, Weekday},
        operand::Price,
    },
    symbol::Side,
};

/// Titles of sections.
#[derive(Debug, Clone, Copy)]
pub(super) enum Heading {
    Timing,
    Buy,
    Sell,
    Exits,
    Filters,
    Size,
    Limits,
    Indicators,
    Parameters,
    Risk,
}

/// How two series are compared.
#[derive(Debug, Clone, Copy)]
pub(super) enum Comparison {
    Above,
    AtOrAbove,
    Below,
    AtOrBelow,
    CrossesAbove,
    CrossesBelow,
}

/// What a rule does when it holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Enter(Side),
    Close(Side),
}

/// How conditions hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    All,
    Any,
}

/// A distance with its numbers in words.
#[derive(Debug, Clone)]
pub(super) enum DistanceWords {
    Points(String),
    Percent(String),
    Atr {
        multiple: String,
        period: String,
        is_mt5: bool,
    },
    Risk(String),
}

/// An indicator with everything about it in words.
pub(super) struct IndicatorWords<'a> {
    /// Name in the document.
    pub(super) name: &'a str,
    /// Such as "MACD(12, 26, 9)".
    pub(super) label: &'a str,
    /// What it is computed from, where it reads one value a bar.
    pub(super) source: Option<String>,
    /// The higher timeframe it is computed on.
    pub(super) timeframe: Option<&'a str>,
    /// What its choices mean.
    pub(super) choices: Vec<&'a str>,
    /// Whether MetaTrader 5 draws this one, where there is a difference.
    pub(super) is_mt5: Option<bool>,
    /// What it measures.
    pub(super) summary: &'a str,
}

/// The sentences of a language. Numbers come in its own format.
pub(super) trait Phrases {
    fn heading(&self, heading: Heading) -> &'static str;
    fn summary(
        &self,
        symbol: &str,
        timeframe: &str,
        rules: &[(Side, String)],
        protection: &[String],
        size: &str,
    ) -> String;
    fn many_conditions(&self, count: usize) -> String;

    fn timing(&self, timeframe: &str) -> String;
    fn higher_timeframes(&self) -> &'static str;
    fn day_begins(&self, zone: &str) -> String;

    /// "Buy when", to be followed by a condition.
    fn deed(&self, deed: Deed) -> &'static str;
    /// "ALL of:"
    fn joint(&self, joint: Joint) -> &'static str;
    /// " and "
    fn and_or(&self, joint: Joint) -> &'static str;
    /// "this does NOT hold:"
    fn not(&self) -> &'static str;
    fn not_inline(&self, condition: &str) -> String;
    fn compare(&self, comparison: Comparison, a: &str, b: &str) -> String;
    fn between(&self, value: &str, low: &str, high: &str) -> String;
    fn run(&self, value: &str, is_rising: bool, bars: u32, timeframe: Option<&str>) -> String;
    fn occurs(&self, what: &str) -> String;
    fn price(&self, price: Price) -> &'static str;
    fn ago(&self, series: &str, bars: u32, timeframe: Option<&str>) -> String;
    /// A series of a higher timeframe.
    fn on_timeframe(&self, series: &str, timeframe: &str) -> String;
    /// A series computed from another one than the close.
    fn of(&self, series: &str, source: &str) -> String;
    fn unknown(&self, name: &str) -> String;

    fn distance(&self, distance: &DistanceWords) -> String;
    fn opposite(&self, signal: OppositeSignal) -> &'static str;
    fn stop_loss(&self, distance: &str) -> String;
    fn no_stop_loss(&self) -> &'static str;
    fn trailing_only(&self) -> &'static str;
    fn take_profit(&self, distance: &str) -> String;
    fn break_even(&self, after: &str, plus: Option<&str>) -> String;
    fn trailing(&self, distance: &str, after: Option<&str>) -> String;
    fn after_bars(&self, bars: &str, is_one: bool, timeframe: &str) -> String;
    fn levels_fixed(&self) -> &'static str;
    /// "no stop loss", "stop loss 2 x ATR(14)" for the summary.
    fn brief_stop(&self, distance: Option<&str>) -> String;
    fn brief_target(&self, distance: &str) -> String;

    fn session(&self, days: Option<&[Weekday]>, hours: &[(String, String)], zone: &str) -> String;
    fn max_spread(&self, points: &str) -> String;
    fn cooldown(&self, bars: &str, is_one: bool) -> String;
    fn news(&self, before: &str, after: &str, impact: Impact) -> String;
    fn news_is_live_only(&self) -> &'static str;
    fn filters_let_close(&self) -> &'static str;

    fn fixed_lots(&self, lots: &str, is_one: bool) -> String;
    fn risk_percent(&self, percent: &str) -> String;
    fn risk_money(&self, money: &str) -> String;
    /// What happens to a volume that is computed.
    fn rounding(&self) -> &'static str;

    fn max_positions(&self, count: &str, is_one: bool) -> String;
    fn trades_per_day(&self, count: &str, is_one: bool) -> String;
    fn daily_loss(&self, amount: &str, is_percent: bool) -> String;

    fn indicator(&self, words: &IndicatorWords<'_>) -> String;
    fn parameter(
        &self,
        name: &str,
        label: &str,
        value: &str,
        range: Option<&[String; 3]>,
    ) -> String;
    fn risk_notice(&self) -> [&'static str; 3];
}

/// The first and the last of three or more days in a row.
pub(super) fn span(days: &[Weekday]) -> Option<(Weekday, Weekday)> {
    let is_row = days.windows(2).all(|pair| match pair {
        [day, next] => day.index() + 1 == next.index(),
        _ => true,
    });
    match days {
        [first, _, .., last] if is_row && days.len() > 2 => Some((*first, *last)),
        _ => None,
    }
}
