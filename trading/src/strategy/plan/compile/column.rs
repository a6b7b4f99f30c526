//! Operands become terms, and what they read becomes columns.

use super::{CompileError, Compiler, error};
use crate::strategy::{
    operand::{Operand, Source},
    plan::{Column, ColumnId, Term},
};

impl<'a> Compiler<'a> {
    /// An operand, `earlier` bars of its own timeframe further back.
    pub(super) fn term(
        &mut self,
        operand: &'a Operand,
        earlier: u32,
        place: &str,
    ) -> Result<Term, CompileError> {
        match operand {
            Operand::Number(number) => Ok(Term::Constant(self.slot(number)?)),
            Operand::Series {
                source,
                ago,
                factor,
            } => {
                let back = ago + earlier;
                let factor = self.optional_slot(factor.as_ref())?;
                let (column, ago) = match source {
                    Source::Price(price) => (self.column(Column::Price(*price)), back),
                    Source::Indicator { name, output } => {
                        let (indicator, output) = self.output(name, output.as_deref(), place)?;
                        // On a higher timeframe "one bar ago" means one of its bars.
                        let is_higher = self.indicators[indicator].feed.is_some();
                        let (lag, ago) = if is_higher { (back, 0) } else { (0, back) };
                        let column = Column::Output {
                            indicator,
                            output,
                            lag,
                        };
                        (self.column(column), ago)
                    }
                };
                let term = Term::Column {
                    column,
                    ago,
                    factor,
                };
                self.note_reach(term);
                Ok(term)
            }
        }
    }

    pub(super) fn note_reach(&mut self, term: Term) {
        if let Term::Column { column, ago, .. } = term {
            self.reach[column] = self.reach[column].max(ago);
        }
    }

    pub(super) fn column(&mut self, column: Column) -> ColumnId {
        if let Some(found) = self.columns.iter().position(|c| *c == column) {
            return found;
        }
        if let Column::Output {
            indicator, output, ..
        } = column
        {
            self.indicators[indicator].wanted |= 1 << output;
        }
        self.columns.push(column);
        self.reach.push(0);
        self.columns.len() - 1
    }

    /// The place of a named indicator and of its output.
    pub(super) fn output(
        &mut self,
        name: &'a str,
        output: Option<&str>,
        place: &str,
    ) -> Result<(usize, usize), CompileError> {
        let indicator = self.indicator(name, place)?;
        let definition = self.indicators[indicator].settings.definition();
        let output = match output {
            None => 0,
            Some(output) => definition
                .output(output)
                .ok_or_else(|| error(place, format!("{name} has no output {output}")))?,
        };
        Ok((indicator, output))
    }
}
