//! One variant of an indicator on a higher timeframe.

use super::{BLOCK, Ground};
use crate::strategy::{
    evaluate::feed::Feed,
    plan::{Column, ColumnId},
};

/// An indicator on closed higher bars, and the columns that are read from it.
#[derive(Debug)]
pub(super) struct Far {
    feed: Feed,
    /// Place of the higher timeframe in the plan.
    timeframe: usize,
    /// How many of its higher bars were taken.
    taken: usize,
    columns: Vec<FarColumn>,
}

#[derive(Debug)]
struct FarColumn {
    id: ColumnId,
    output: usize,
    lag: usize,
    indicator: usize,
    /// Its value at the last closed bar.
    now: f64,
    /// Old values, then the block's.
    values: Vec<f64>,
    first: Option<usize>,
    /// Everything so far, where orders read it.
    kept: Option<Vec<f64>>,
}

impl Far {
    pub(super) fn new(
        ground: &Ground<'_>,
        indicator: usize,
        timeframe: usize,
        set: &[f64],
    ) -> Self {
        let plan = ground.plan;
        let columns = plan.columns.iter().enumerate().filter_map(|(id, column)| {
            let Column::Output {
                indicator: of,
                output,
                lag,
            } = *column
            else {
                return None;
            };
            (of == indicator).then(|| FarColumn {
                id,
                output,
                lag: lag as usize,
                indicator,
                now: f64::NAN,
                values: vec![f64::NAN; ground.history() + BLOCK],
                first: None,
                kept: ground.is_kept(id).then(Vec::new),
            })
        });
        Self {
            feed: Feed::of_indicator(plan, timeframe, set, indicator),
            timeframe,
            taken: 0,
            columns: columns.collect(),
        }
    }

    pub(super) fn block(&mut self, ground: &Ground<'_>, from: usize, to: usize) {
        let history = ground.history();
        let closings = &ground.closings[self.timeframe];
        if from > 0 {
            for column in &mut self.columns {
                column.values.copy_within(BLOCK..BLOCK + history, 0);
            }
        }
        let mut at = from;
        while at < to {
            let mut is_new = false;
            while let Some((bar, closed)) = closings.get(self.taken)
                && *bar <= at
            {
                self.feed.close(closed);
                self.taken += 1;
                is_new = true;
            }
            let until = closings
                .get(self.taken)
                .map_or(to, |(bar, _)| (*bar).min(to));
            for column in &mut self.columns {
                if is_new {
                    column.now = self.feed.value(column.indicator, column.output, column.lag);
                }
                column.values[history + at - from..history + until - from].fill(column.now);
                if column.first.is_none() && !column.now.is_nan() {
                    column.first = Some(at);
                }
            }
            at = until;
        }
        for column in &mut self.columns {
            if let Some(kept) = &mut column.kept {
                kept.extend_from_slice(&column.values[history..history + to - from]);
            }
        }
    }

    /// Old values, then the block's.
    pub(super) fn column(&self, id: ColumnId) -> &[f64] {
        let mut columns = self.columns.iter();
        columns
            .find(|column| column.id == id)
            .map_or(&[], |column| &column.values)
    }

    pub(super) fn first(&self, id: ColumnId) -> Option<usize> {
        self.columns.iter().find(|c| c.id == id)?.first
    }

    pub(super) fn take_kept(&mut self, id: ColumnId) -> Option<Vec<f64>> {
        self.columns.iter_mut().find(|c| c.id == id)?.kept.take()
    }
}
