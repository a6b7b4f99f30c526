//! The rows of a sweep, for a terminal and as CSV.

use super::{rank::Figures, words::HEADINGS};
use crate::table::{self, count, tidy};
use backtest::sweep::{Grid, Row};
use std::fmt::Write;
use trading::{language::Language, strategy::plan::Plan};

/// Where each axis' parameter is among a row's values.
pub(super) fn places(plan: &Plan, grid: &Grid) -> Vec<usize> {
    let place = |name: &str| plan.parameters.iter().position(|p| p.name == name);
    grid.axes
        .iter()
        .filter_map(|axis| place(&axis.parameter))
        .collect()
}

/// A table of rows.
pub(super) fn table(grid: &Grid, places: &[usize], rows: &[&Row], language: Language) -> String {
    let decimal = |number, decimals| table::decimal(number, decimals, language);
    let mut headings: Vec<&str> = grid
        .axes
        .iter()
        .map(|axis| axis.parameter.as_str())
        .collect();
    headings.extend(HEADINGS.map(|heading| language.text(heading)));
    let cells = |row: &&Row| {
        let f = Figures::new(row);
        let mut cells: Vec<String> = values(places, row)
            .map(|value| language.number(value))
            .collect();
        cells.extend([
            count(f.trades, language),
            decimal(Some(f.net_profit), 2),
            decimal(f.profit_factor, 2),
            f.win_rate_percent
                .map_or_else(|| "-".into(), |p| decimal(Some(p), 1) + " %"),
            decimal(f.expectancy, 2),
            decimal(Some(f.max_drawdown), 2),
            decimal(f.recovery_factor, 2),
            decimal(f.sqn, 2),
        ]);
        cells
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    table::table(&headings, 0, &rows)
}

/// All rows in the order of the grid: the swept parameters, then the figures. What is not defined
/// is empty.
pub(super) fn csv(grid: &Grid, places: &[usize], rows: &[Row]) -> String {
    let mut out = String::with_capacity((rows.len() + 1) * 128);
    for axis in &grid.axes {
        out += &axis.parameter;
        out.push(',');
    }
    out += "trades,net_profit,profit_factor,win_rate_percent,expectancy,max_drawdown,\
            recovery_factor,sqn,gross_profit,gross_loss,average_win,average_loss,largest_win,\
            largest_loss,refused_entries\n";
    let text = |number: Option<f64>| number.map_or_else(String::new, |n| tidy(n).to_string());
    for row in rows {
        for value in values(places, row) {
            // Writing to a string cannot fail.
            let _ = write!(out, "{value},");
        }
        let f = Figures::new(row);
        let figures = [
            text(Some(f.net_profit)),
            text(f.profit_factor),
            text(f.win_rate_percent),
            text(f.expectancy),
            text(Some(f.max_drawdown)),
            text(f.recovery_factor),
            text(f.sqn),
            text(Some(f.gross_profit)),
            text(Some(f.gross_loss)),
            text(f.average_win),
            text(f.average_loss),
            text(f.largest_win),
            text(f.largest_loss),
        ];
        let _ = writeln!(
            out,
            "{},{},{}",
            f.trades,
            figures.join(","),
            f.refused_entries
        );
    }
    out
}

/// The values of the swept parameters, without the dust of ranges in tenths.
fn values<'a>(places: &'a [usize], row: &'a Row) -> impl Iterator<Item = f64> + 'a {
    places.iter().map(|place| tidy(row.values[*place]))
}
