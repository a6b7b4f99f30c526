//! What the columns of a text file mean, and one row read by it.

use crate::{
    fault::{FaultKind, RowFault},
    number,
    stamp::{self, Stamp, StampFault, TimeFormat},
};
use serde::Serialize;
use trading::{
    bar::{Bar, BarFaultKind},
    time::Time,
};

/// Most columns that a row may have.
pub(crate) const MAX_COLUMNS: usize = 64;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Date and time together, or a date alone where bars are days.
    Time,
    /// A date whose time stands in another column.
    Date,
    /// A time of day whose date stands in another column.
    TimeOfDay,
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// Number of ticks.
    TickVolume,
    /// Spread in points.
    Spread,
    /// Anything else.
    Ignored,
}

/// How the rows of a text file are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// What stands between two fields.
    pub delimiter: char,
    /// Whether decimals follow a comma.
    pub decimal_comma: bool,
    /// Whether the first line names the columns.
    pub header: bool,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// How times are written.
    pub time: TimeFormat,
}

/// A layout made ready to read rows.
#[derive(Debug, Clone)]
pub(crate) struct RowReader {
    delimiter: u8,
    point: u8,
    width: usize,
    format: TimeFormat,
    time: (usize, Column),
    time_of_day: Option<usize>,
    prices: [(usize, Column); 4],
    tick_volume: Option<usize>,
    spread: Option<usize>,
}

impl RowReader {
    /// A reader of `layout`, or the column that it lacks.
    pub(crate) fn new(layout: &Layout) -> Result<Self, Column> {
        let find = |column| layout.columns.iter().position(|c| *c == column);
        let need = |column| find(column).map(|at| (at, column)).ok_or(column);
        let time_of_day = find(Column::TimeOfDay);
        Ok(Self {
            delimiter: layout.delimiter as u8,
            point: if layout.decimal_comma { b',' } else { b'.' },
            width: layout.columns.len(),
            format: layout.time,
            time: if time_of_day.is_some() {
                need(Column::Date)?
            } else {
                need(Column::Time)?
            },
            time_of_day,
            prices: [
                need(Column::Open)?,
                need(Column::High)?,
                need(Column::Low)?,
                need(Column::Close)?,
            ],
            tick_volume: find(Column::TickVolume),
            spread: find(Column::Spread),
        })
    }

    /// The bar of a row and its time as the file says it; the bar's own time is left at zero.
    pub(crate) fn read<'a>(&self, line: &'a [u8]) -> Result<(Stamp, Bar), RowFault<'a>> {
        let mut fields = [&b""[..]; MAX_COLUMNS];
        let count = split(line, self.delimiter, &mut fields);
        // A delimiter at the end of the line opens no new column.
        let trailing = count == self.width + 1 && fields[self.width].is_empty();
        if count < self.width {
            return Err(RowFault::new(FaultKind::TooFewColumns, None, line));
        } else if count > self.width && !trailing {
            return Err(RowFault::new(FaultKind::TooManyColumns, None, line));
        }
        let (at, column) = self.time;
        let time_of_day = self.time_of_day.map(|at| fields[at]);
        let stamp = stamp::parse(fields[at], time_of_day, self.format).map_err(|fault| {
            let kind = match fault {
                StampFault::Unreadable => FaultKind::UnreadableTime,
                StampFault::OutOfRange => FaultKind::TimeOutOfRange,
            };
            RowFault::new(kind, Some(column), fields[at]).with_more(time_of_day)
        })?;
        let [open, high, low, close] = self
            .prices
            .map(|(at, column)| self.price(fields[at], column));
        let bar = Bar {
            time: Time(0),
            open: open?,
            high: high?,
            low: low?,
            close: close?,
            tick_volume: self.count(&fields, self.tick_volume, Column::TickVolume)?,
            spread: self.count(&fields, self.spread, Column::Spread)?,
        };
        match bar.price_fault() {
            None => Ok((stamp, bar)),
            Some(BarFaultKind::HighBelowLow) => {
                Err(RowFault::new(FaultKind::HighBelowLow, None, line))
            }
            // The single values were checked above: only their relation is left.
            Some(_) => Err(RowFault::new(FaultKind::OutsideRange, None, line)),
        }
    }

    fn price<'a>(&self, text: &'a [u8], column: Column) -> Result<f64, RowFault<'a>> {
        let fault = |kind| Err(RowFault::new(kind, Some(column), text));
        match number::parse(text, self.point) {
            None => fault(FaultKind::NotANumber),
            Some(price) if !price.is_finite() => fault(FaultKind::NotFinite),
            Some(price) if price <= 0.0 => fault(FaultKind::NotPositive),
            Some(price) => Ok(price),
        }
    }

    /// A tick volume or spread; 0 where the file has no such column or leaves the field empty.
    fn count<'a>(
        &self,
        fields: &[&'a [u8]; MAX_COLUMNS],
        at: Option<usize>,
        column: Column,
    ) -> Result<f64, RowFault<'a>> {
        let Some(text) = at.map(|at| fields[at]).filter(|text| !text.is_empty()) else {
            return Ok(0.0);
        };
        let fault = |kind| Err(RowFault::new(kind, Some(column), text));
        match number::parse(text, self.point) {
            None => fault(FaultKind::NotANumber),
            Some(count) if !count.is_finite() => fault(FaultKind::NotFinite),
            Some(count) if count < 0.0 => fault(FaultKind::Negative),
            Some(count) => Ok(count),
        }
    }
}

/// Fills `fields` with the fields of `line`, trimmed and without quotes; returns how many there
/// are, which may be more than fit.
pub(crate) fn split<'a>(
    line: &'a [u8],
    delimiter: u8,
    fields: &mut [&'a [u8]; MAX_COLUMNS],
) -> usize {
    let mut count = 0;
    for field in line.split(|b| *b == delimiter) {
        if let Some(slot) = fields.get_mut(count) {
            *slot = clean(field);
        }
        count += 1;
    }
    count
}

fn clean(field: &[u8]) -> &[u8] {
    match field.trim_ascii() {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner.trim_ascii(),
        field => field,
    }
}
