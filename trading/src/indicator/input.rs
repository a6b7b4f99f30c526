//! What indicators read.

/// Prices and tick volume of one bar.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Candle {
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Tick count.
    pub volume: f64,
}

/// A [`Candle`] and the calendar day that it belongs to, for indicators that start anew each day.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DayCandle {
    /// Prices and volume.
    pub candle: Candle,
    /// Day number in the strategy's time zone (days since 1970-01-01).
    pub day: i32,
}

/// A block of bars as columns of equal length, with the column that a source indicator reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns<'a> {
    /// First prices.
    pub open: &'a [f64],
    /// Highest prices.
    pub high: &'a [f64],
    /// Lowest prices.
    pub low: &'a [f64],
    /// Last prices.
    pub close: &'a [f64],
    /// Tick counts.
    pub volume: &'a [f64],
    /// Day numbers; may be empty when no indicator asks for days.
    pub day: &'a [i32],
    /// The values of the chosen source, such as the close or another indicator's output.
    pub source: &'a [f64],
}

impl<'a> Columns<'a> {
    /// Number of bars in the block.
    #[inline]
    pub const fn len(&self) -> usize {
        self.close.len()
    }

    /// Whether the block has no bar.
    pub const fn is_empty(&self) -> bool {
        self.close.is_empty()
    }

    /// The first `len` bars, each column cut to exactly that, so that indexing needs no check.
    #[inline]
    pub fn head(&self, len: usize) -> Self {
        self.range(0, len)
    }

    /// Bars `from..to`.
    #[inline]
    pub fn range(&self, from: usize, to: usize) -> Self {
        Self {
            open: &self.open[from..to],
            high: &self.high[from..to],
            low: &self.low[from..to],
            close: &self.close[from..to],
            volume: &self.volume[from..to],
            day: if self.day.is_empty() {
                self.day
            } else {
                &self.day[from..to]
            },
            source: if self.source.is_empty() {
                self.source
            } else {
                &self.source[from..to]
            },
        }
    }
}

/// Something that an indicator can read from a row of [`Columns`].
pub trait Input: Copy {
    /// Whether it is the source column, which may begin with NaN.
    const IS_SOURCE: bool;
    /// The input at row `index`.
    fn read(columns: &Columns<'_>, index: usize) -> Self;
    /// The input from one bar and the value of its source.
    fn pick(bar: &DayCandle, source: f64) -> Self;
}

impl Input for f64 {
    const IS_SOURCE: bool = true;
    #[inline(always)]
    fn read(columns: &Columns<'_>, index: usize) -> Self {
        columns.source[index]
    }
    #[inline(always)]
    fn pick(_: &DayCandle, source: f64) -> Self {
        source
    }
}

impl Input for Candle {
    const IS_SOURCE: bool = false;
    #[inline(always)]
    fn read(columns: &Columns<'_>, index: usize) -> Self {
        Self {
            open: columns.open[index],
            high: columns.high[index],
            low: columns.low[index],
            close: columns.close[index],
            volume: columns.volume[index],
        }
    }
    #[inline(always)]
    fn pick(bar: &DayCandle, _: f64) -> Self {
        bar.candle
    }
}

impl Input for DayCandle {
    const IS_SOURCE: bool = false;
    #[inline(always)]
    fn read(columns: &Columns<'_>, index: usize) -> Self {
        Self {
            candle: Candle::read(columns, index),
            day: columns.day[index],
        }
    }
    #[inline(always)]
    fn pick(bar: &DayCandle, _: f64) -> Self {
        *bar
    }
}
