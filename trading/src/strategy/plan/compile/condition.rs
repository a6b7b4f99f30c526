//! Conditions become tests.

use super::{CompileError, Compiler, error};
use crate::strategy::{
    condition::{Condition, MAX_DEPTH},
    operand::Operand,
    plan::{Column, Relation, Slot, Term, Test, TestId},
};

impl<'a> Compiler<'a> {
    pub(super) fn condition(
        &mut self,
        condition: &'a Condition,
        place: &str,
        depth: usize,
    ) -> Result<TestId, CompileError> {
        if depth > MAX_DEPTH {
            return Err(error(place, "conditions are nested too deeply"));
        }
        let mut several = |list: &'a [Condition]| {
            if list.is_empty() {
                return Err(error(place, "the group is empty"));
            }
            list.iter()
                .map(|c| self.condition(c, place, depth + 1))
                .collect::<Result<Vec<_>, _>>()
        };
        let test = match condition {
            Condition::All(list) => Test::All(several(list)?),
            Condition::Any(list) => Test::Any(several(list)?),
            Condition::Not(inner) => Test::Not(self.condition(inner, place, depth + 1)?),
            Condition::Above([a, b]) => self.compare(Relation::Above, a, b, place)?,
            Condition::AtOrAbove([a, b]) => self.compare(Relation::AtOrAbove, a, b, place)?,
            Condition::Below([a, b]) => self.compare(Relation::Below, a, b, place)?,
            Condition::AtOrBelow([a, b]) => self.compare(Relation::AtOrBelow, a, b, place)?,
            Condition::CrossesAbove([a, b]) => {
                self.cross(Relation::Above, Relation::AtOrBelow, a, b, place)?
            }
            Condition::CrossesBelow([a, b]) => {
                self.cross(Relation::Below, Relation::AtOrAbove, a, b, place)?
            }
            Condition::Between([value, low, high]) => {
                let low = self.compare(Relation::AtOrAbove, value, low, place)?;
                let high = self.compare(Relation::AtOrBelow, value, high, place)?;
                Test::All(vec![self.add(low), self.add(high)])
            }
            Condition::Rising(run) => self.run(Relation::Above, &run.value, run.bars, place)?,
            Condition::Falling(run) => self.run(Relation::Below, &run.value, run.bars, place)?,
            Condition::Occurs(operand) => {
                let a = self.term(operand, 0, place)?;
                Test::Compare(Relation::Differs, a, Term::Constant(Slot::Fixed(0.0)))
            }
        };
        Ok(self.add(test))
    }

    /// The place of a test; one that is there already serves again.
    fn add(&mut self, test: Test) -> TestId {
        if let Some(found) = self.tests.iter().position(|t| *t == test) {
            return found;
        }
        self.tests.push(test);
        self.tests.len() - 1
    }

    fn compare(
        &mut self,
        relation: Relation,
        a: &'a Operand,
        b: &'a Operand,
        place: &str,
    ) -> Result<Test, CompileError> {
        let a = self.term(a, 0, place)?;
        let b = self.term(b, 0, place)?;
        Ok(self.related(relation, a, b))
    }

    /// A comparison. `a <= b` is written as the opposite of `a > b` where both always have a value:
    /// then crossings up and down share their comparisons.
    fn related(&mut self, relation: Relation, a: Term, b: Term) -> Test {
        let opposite = match relation {
            Relation::AtOrBelow => Relation::Above,
            Relation::AtOrAbove => Relation::Below,
            _ => return Test::Compare(relation, a, b),
        };
        if self.has_gaps(a) || self.has_gaps(b) {
            return Test::Compare(relation, a, b);
        }
        Test::Not(self.add(Test::Compare(opposite, a, b)))
    }

    /// Whether a term may lack a value after its first one.
    fn has_gaps(&self, term: Term) -> bool {
        let Term::Column { column, .. } = term else {
            return false;
        };
        match self.columns[column] {
            Column::Price(_) => false,
            Column::Output {
                indicator, output, ..
            } => {
                let definition = self.indicators[indicator].settings.definition();
                definition.outputs[output].has_gaps()
            }
        }
    }

    /// `now` at this bar and `before` at the bar of the strategy's timeframe before it.
    fn cross(
        &mut self,
        now: Relation,
        before: Relation,
        a: &'a Operand,
        b: &'a Operand,
        place: &str,
    ) -> Result<Test, CompileError> {
        let (a, b) = (self.term(a, 0, place)?, self.term(b, 0, place)?);
        let earlier = |term: Term| match term {
            Term::Column {
                column,
                ago,
                factor,
            } => Term::Column {
                column,
                ago: ago + 1,
                factor,
            },
            constant => constant,
        };
        let (a1, b1) = (earlier(a), earlier(b));
        self.note_reach(a1);
        self.note_reach(b1);
        let now = self.add(Test::Compare(now, a, b));
        let before = self.related(before, a1, b1);
        let before = self.add(before);
        Ok(Test::All(vec![now, before]))
    }

    /// `bars` steps in a row, each related to the one before it.
    fn run(
        &mut self,
        relation: Relation,
        value: &'a Operand,
        bars: u32,
        place: &str,
    ) -> Result<Test, CompileError> {
        if !(1..=100).contains(&bars) {
            return Err(error(place, "bars must be from 1 to 100"));
        }
        let mut steps = Vec::new();
        for step in 0..bars {
            let newer = self.term(value, step, place)?;
            let older = self.term(value, step + 1, place)?;
            steps.push(self.add(Test::Compare(relation, newer, older)));
        }
        Ok(Test::All(steps))
    }
}
