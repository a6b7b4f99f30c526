//! What both reports say, row by row.

use super::{
    Report,
    number::{NONE, Numbers, date},
    words::{self, Label},
};
use crate::statistics::{Drawdown, Streak};
use trading::indicator::Text;

/// Whether a number is good or bad news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Gain,
    Loss,
}

/// The tone of a gain or a loss.
pub(super) fn tone(value: f64) -> Tone {
    if value > 0.0 {
        Tone::Gain
    } else if value < 0.0 {
        Tone::Loss
    } else {
        Tone::Plain
    }
}

/// A metric.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) name: Text,
    pub(super) hint: Text,
    pub(super) value: String,
    /// What belongs beside the value.
    pub(super) detail: String,
    pub(super) tone: Tone,
}

/// Metrics under one heading.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) name: Text,
    pub(super) rows: Vec<Row>,
}

fn row(label: Label, value: String) -> Row {
    Row {
        name: label.name,
        hint: label.hint,
        value,
        detail: String::new(),
        tone: Tone::Plain,
    }
}

impl Row {
    fn with(self, detail: String) -> Self {
        Self { detail, ..self }
    }

    fn toned(self, value: f64) -> Self {
        Self {
            tone: tone(value),
            ..self
        }
    }
}

/// Everything, in the order of importance.
pub(super) fn sections(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Section> {
    let section = |name, rows| Section { name, rows };
    let mut all = vec![
        section(words::RESULT, result(report, n)),
        section(words::RISK_SECTION, risk(report, n)),
        section(words::RATIOS, ratios(report, n)),
        section(words::TRADES, trades(report, n)),
        section(words::COSTS, costs(report, n)),
    ];
    if !report.statistics.by_exit.is_empty() {
        all.push(section(words::CLOSED_BY, exits(report, n)));
    }
    all
}

/// A gain or loss in money that may not be defined.
fn money(label: Label, value: Option<f64>, n: &Numbers<'_>) -> Row {
    match value {
        Some(value) => row(label, n.money(value)).toned(value),
        None => row(label, NONE.to_owned()),
    }
}

/// A change in percent that may not be defined.
fn percent(label: Label, value: Option<f64>, n: &Numbers<'_>) -> Row {
    match value {
        Some(value) => row(label, n.percent(value)).toned(value),
        None => row(label, NONE.to_owned()),
    }
}

/// A plain number that may not be defined.
fn ratio(label: Label, value: Option<f64>, n: &Numbers<'_>) -> Row {
    row(
        label,
        value.map_or_else(|| NONE.to_owned(), |v| n.fixed(v, 2)),
    )
}

fn result(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let s = report.statistics;
    let mut rows = vec![
        money(words::NET_PROFIT, Some(s.net_profit), n),
        percent(words::RETURN, s.return_percent, n),
        percent(words::CAGR, s.cagr_percent, n),
    ];
    if let Some(hold) = &s.buy_and_hold {
        let fall = n.percent(-hold.max_drawdown_percent);
        rows.push(
            percent(words::BUY_AND_HOLD, Some(hold.return_percent), n).with(format!(
                "{} {fall}",
                n.language.text(words::DRAWDOWN).to_ascii_lowercase()
            )),
        );
    }
    rows.push(row(words::INITIAL, n.amount(s.initial_balance)));
    rows.push(row(words::FINAL, n.amount(s.final_equity)));
    rows
}

fn risk(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let s = report.statistics;
    let excursion = match &s.excursion {
        Some(e) => row(
            words::EXCURSION,
            format!(
                "{} / {}",
                n.signed(e.average_adverse, 2),
                n.money(e.average_favourable)
            ),
        ),
        None => row(words::EXCURSION, NONE.to_owned()),
    };
    vec![
        money(words::MAX_DRAWDOWN, Some(-s.max_drawdown), n).with(fall(s.drawdown.as_ref(), n)),
        percent(
            words::MAX_DRAWDOWN_PERCENT,
            Some(-s.max_drawdown_percent),
            n,
        ),
        row(
            words::LONGEST_DRAWDOWN,
            s.longest_drawdown
                .as_ref()
                .map_or_else(|| NONE.to_owned(), |d| n.span(d.millis)),
        )
        .with(fall(s.longest_drawdown.as_ref(), n)),
        ratio(words::RECOVERY, s.recovery_factor, n),
        row(words::EXPOSURE, n.share(s.exposure_percent)),
        excursion,
    ]
}

/// When a fall began and ended, and how long it took.
fn fall(drawdown: Option<&Drawdown>, n: &Numbers<'_>) -> String {
    let Some(d) = drawdown else {
        return String::new();
    };
    let peak = date(d.peak);
    let when = match d.recovery {
        Some(end) => format!("{peak} {} {}", n.language.text(words::TO), date(end)),
        None => format!(
            "{} {peak}, {}",
            n.language.text(words::SINCE),
            n.language.text(words::STILL_OPEN)
        ),
    };
    format!(
        "{when}, {} {}",
        n.count(d.bars),
        n.language.text(words::BARS)
    )
}

fn ratios(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let s = report.statistics;
    vec![
        ratio(words::PROFIT_FACTOR, s.profit_factor, n),
        ratio(words::SHARPE, s.sharpe, n),
        ratio(words::SORTINO, s.sortino, n),
        ratio(words::CALMAR, s.calmar, n),
        ratio(words::SQN, s.sqn, n),
    ]
}

fn trades(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let s = report.statistics;
    let sides = format!(
        "{} buy, {} sell",
        n.count(s.long_trades),
        n.count(s.short_trades)
    );
    let split = format!(
        "{} {}, {} {}",
        n.count(s.winning_trades),
        n.language.text(words::WINS),
        n.count(s.losing_trades),
        n.language.text(words::LOSSES)
    );
    let streak = |label, streak: Streak| {
        let with = if streak.trades > 0 {
            n.money(streak.profit)
        } else {
            String::new()
        };
        row(label, n.count(streak.trades)).with(with)
    };
    let win_rate = s
        .win_rate_percent
        .map_or_else(|| NONE.to_owned(), |r| n.share(r));
    let held = s
        .average_bars_held
        .map_or_else(|| NONE.to_owned(), |b| n.fixed(b, 1));
    vec![
        row(words::COUNT, n.count(s.trades)).with(sides),
        row(words::WIN_RATE_ROW, win_rate).with(split),
        money(words::EXPECTANCY, s.expectancy, n),
        money(words::AVERAGE_WIN, s.average_win, n),
        money(words::AVERAGE_LOSS, s.average_loss, n),
        ratio(words::PAYOFF, s.payoff_ratio, n),
        money(words::LARGEST_WIN, s.largest_win, n),
        money(words::LARGEST_LOSS, s.largest_loss, n),
        streak(words::WINNING_STREAK, s.streaks.longest_winning),
        streak(words::LOSING_STREAK, s.streaks.longest_losing),
        row(words::HELD, held),
    ]
}

fn costs(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let s = report.statistics;
    vec![
        money(words::GROSS_PROFIT, Some(s.gross_profit), n),
        money(words::GROSS_LOSS, Some(s.gross_loss), n),
        money(words::COMMISSION, Some(-s.total_commission), n),
        money(words::SWAP, Some(s.total_swap), n),
    ]
}

fn exits(report: &Report<'_>, n: &Numbers<'_>) -> Vec<Row> {
    let entry = |e: &crate::statistics::ByExit| Row {
        name: words::exit(e.exit),
        hint: words::exit(e.exit),
        value: n.money(e.profit),
        detail: format!(
            "{} {}",
            n.count(e.trades),
            n.language.text(words::trades(e.trades))
        ),
        tone: tone(e.profit),
    };
    report.statistics.by_exit.iter().map(entry).collect()
}
