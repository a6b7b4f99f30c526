//! Which trades are listed, and in which order. Pure.

use crate::engine::TradeRow;
use std::cmp::Ordering;
use trading::{
    symbol::{ExitReason, Side},
    time::{DAY, Time, days_from_civil},
};

/// What a list can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Number,
    Side,
    EntryTime,
    ExitTime,
    EntryPrice,
    ExitPrice,
    Volume,
    Profit,
    Exit,
    Bars,
}

impl Key {
    /// All of them, in the order of the columns.
    pub(super) const ALL: [Self; 10] = [
        Self::Number,
        Self::Side,
        Self::EntryTime,
        Self::ExitTime,
        Self::EntryPrice,
        Self::ExitPrice,
        Self::Volume,
        Self::Profit,
        Self::Exit,
        Self::Bars,
    ];

    /// The column's class.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Number => "trade-number",
            Self::Side => "trade-side",
            Self::EntryTime => "trade-entry-time",
            Self::ExitTime => "trade-exit-time",
            Self::EntryPrice => "trade-entry-price",
            Self::ExitPrice => "trade-exit-price",
            Self::Volume => "trade-volume",
            Self::Profit => "trade-profit",
            Self::Exit => "trade-exit",
            Self::Bars => "trade-bars",
        }
    }
}

/// By what, and from which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sort {
    pub(super) key: Key,
    pub(super) is_descending: bool,
}

impl Sort {
    /// As they happened.
    pub(super) const FIRST: Self = Self {
        key: Key::Number,
        is_descending: false,
    };

    /// After a click on a column's heading: the same column turns round.
    pub(super) fn clicked(self, key: Key) -> Self {
        Self {
            key,
            is_descending: self.key == key && !self.is_descending,
        }
    }
}

/// Winners or losers. A trade that ended at exactly zero is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Won,
    Lost,
}

/// What is listed; what is `None` does not matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Filter {
    pub(super) side: Option<Side>,
    pub(super) ended: Option<Ended>,
    pub(super) exit: Option<ExitReason>,
    /// Entries from the start of this day on.
    pub(super) from: Option<Time>,
    /// Entries before this.
    pub(super) before: Option<Time>,
}

impl Filter {
    fn takes(&self, row: &TradeRow) -> bool {
        let trade = &row.trade;
        let ended = match self.ended {
            None => true,
            Some(Ended::Won) => trade.profit > 0.0,
            Some(Ended::Lost) => trade.profit < 0.0,
        };
        ended
            && self.side.is_none_or(|side| trade.side == side)
            && self.exit.is_none_or(|exit| trade.exit == exit)
            && self.from.is_none_or(|from| trade.entry_time >= from)
            && self.before.is_none_or(|before| trade.entry_time < before)
    }
}

/// How long it was held, in bars.
pub(super) fn bars_held(row: &TradeRow) -> u32 {
    row.trade.exit_bar.saturating_sub(row.trade.entry_bar)
}

/// The places of the listed trades among all of them, in the order of the list.
pub(super) fn listed(trades: &[TradeRow], filter: &Filter, sort: Sort) -> Vec<usize> {
    let mut places: Vec<usize> = (0..trades.len())
        .filter(|place| filter.takes(&trades[*place]))
        .collect();
    // Trades that are alike stay in the order in which they happened, from both ends.
    places.sort_by(|a, b| {
        let order = compare(&trades[*a], &trades[*b], sort.key);
        let order = match (sort.key, sort.is_descending) {
            (Key::Number, true) => b.cmp(a),
            (Key::Number, false) => a.cmp(b),
            (_, true) => order.reverse(),
            (_, false) => order,
        };
        order.then(a.cmp(b))
    });
    places
}

fn compare(a: &TradeRow, b: &TradeRow, key: Key) -> Ordering {
    let (x, y) = (&a.trade, &b.trade);
    match key {
        Key::Number => Ordering::Equal,
        Key::Side => x.side.name().cmp(y.side.name()),
        Key::EntryTime => x.entry_time.cmp(&y.entry_time),
        Key::ExitTime => x.exit_time.cmp(&y.exit_time),
        Key::EntryPrice => x.entry_price.total_cmp(&y.entry_price),
        Key::ExitPrice => x.exit_price.total_cmp(&y.exit_price),
        Key::Volume => x.volume.total_cmp(&y.volume),
        Key::Profit => x.profit.total_cmp(&y.profit),
        Key::Exit => x.exit.name().cmp(y.exit.name()),
        Key::Bars => bars_held(a).cmp(&bars_held(b)),
    }
}

/// The reasons of exit that occur, by name.
pub(super) fn reasons(trades: &[TradeRow]) -> Vec<ExitReason> {
    let mut found: Vec<ExitReason> = Vec::new();
    for row in trades {
        if !found.contains(&row.trade.exit) {
            found.push(row.trade.exit);
        }
    }
    found.sort_by_key(|reason| reason.name());
    found
}

/// The start of a day such as `2024-02-29`, in UTC; `None` for anything else.
pub(super) fn day(text: &str) -> Option<Time> {
    let mut parts = text.trim().splitn(3, '-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let (year, month, day) = (part()?, part()?, part()?);
    let is_day = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| Time(days_from_civil(year, month, day) * DAY))
}

/// The end of that day.
pub(super) fn day_after(text: &str) -> Option<Time> {
    day(text).map(|start| Time(start.0 + DAY))
}

#[cfg(test)]
pub(super) mod tests {
    use super::{
        Ended, ExitReason, Filter, Key, Side, Sort, TradeRow, day, day_after, listed, reasons,
    };
    use trading::{
        symbol::Trade,
        time::{HOUR, Time},
    };

    pub(in super::super) fn trade(
        hour: i64,
        side: Side,
        profit: f64,
        exit: ExitReason,
    ) -> TradeRow {
        TradeRow {
            trade: Trade {
                side,
                volume: 0.1,
                entry_time: Time(hour * HOUR),
                exit_time: Time((hour + 2) * HOUR),
                entry_bar: hour as u32,
                exit_bar: hour as u32 + 2,
                entry_price: 1900.5,
                exit_price: 1901.25,
                gross: profit,
                commission: 0.0,
                swap: 0.0,
                profit,
                exit,
            },
            levels: backtest::levels::Levels::default(),
        }
    }

    fn some() -> Vec<TradeRow> {
        vec![
            trade(0, Side::Buy, 5.0, ExitReason::TakeProfit),
            trade(30, Side::Sell, -5.0, ExitReason::StopLoss),
            trade(31, Side::Buy, 0.0, ExitReason::OppositeSignal),
            trade(60, Side::Sell, 5.0, ExitReason::TakeProfit),
        ]
    }

    #[test]
    fn equal_ones_stay_in_order_from_both_ends() {
        let trades = some();
        let mut sort = Sort::FIRST.clicked(Key::Profit);
        assert_eq!(listed(&trades, &Filter::default(), sort), [1, 2, 0, 3]);
        sort = sort.clicked(Key::Profit);
        assert_eq!(listed(&trades, &Filter::default(), sort), [0, 3, 2, 1]);
        sort = sort.clicked(Key::Number).clicked(Key::Number);
        assert_eq!(listed(&trades, &Filter::default(), sort), [3, 2, 1, 0]);
        for key in Key::ALL {
            let sort = Sort {
                key,
                is_descending: true,
            };
            assert_eq!(listed(&trades, &Filter::default(), sort).len(), 4);
        }
    }

    #[test]
    fn numbers_that_are_none_do_not_break_the_order() {
        let mut trades = some();
        trades[1].trade.profit = f64::NAN;
        let sort = Sort::FIRST.clicked(Key::Profit);
        assert_eq!(listed(&trades, &Filter::default(), sort), [2, 0, 3, 1]);
    }

    #[test]
    fn filters_work_together() {
        let trades = some();
        let list = |filter: Filter| listed(&trades, &filter, Sort::FIRST);
        let won = Filter {
            ended: Some(Ended::Won),
            ..Filter::default()
        };
        assert_eq!(list(won), [0, 3]);
        assert_eq!(
            list(Filter {
                side: Some(Side::Sell),
                ..won
            }),
            [3]
        );
        let lost = Filter {
            ended: Some(Ended::Lost),
            ..Filter::default()
        };
        assert_eq!(list(lost), [1], "zero is neither");
        let exit = Some(ExitReason::OppositeSignal);
        assert_eq!(
            list(Filter {
                exit,
                ..Filter::default()
            }),
            [2]
        );
        // The second of January: from its first to its last moment.
        let second = Filter {
            from: day("1970-01-02"),
            before: day_after("1970-01-02"),
            ..Filter::default()
        };
        assert_eq!(list(second), [1, 2]);
    }

    #[test]
    fn days_are_read_or_do_not_matter() {
        assert_eq!(day("1970-01-02").map(|t| t.0), Some(24 * HOUR));
        for nonsense in [
            "",
            "2024",
            "2024-13-01",
            "20x4-01-01",
            "2024-01-32",
            "--",
            "-1-1-1",
        ] {
            assert_eq!(day(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn reasons_are_told_once() {
        let names: Vec<_> = reasons(&some()).into_iter().map(ExitReason::name).collect();
        assert_eq!(names, ["opposite_signal", "stop_loss", "take_profit"]);
    }
}
