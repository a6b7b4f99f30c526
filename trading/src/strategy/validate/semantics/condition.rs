//! The tree of conditions.

use super::{Judge, Pointer, Problem};
use crate::strategy::{
    condition::{Condition, MAX_CONDITIONS, MAX_DEPTH, Run},
    number::Number,
    operand::{MAX_AGO, Operand},
    validate::{Bound, Group},
};

/// The greatest number of steps in a run, in bars.
const MAX_RUN: f64 = 100.0;

impl Judge<'_> {
    pub(super) fn rules(&mut self) {
        let entry = Pointer::root().key("entry");
        let rules = &self.document.entry;
        let (long, short) = (entry.key("long"), entry.key("short"));
        let is_known = !self.is_hole(&long) && !self.is_hole(&short);
        if rules.long.is_none() && rules.short.is_none() && is_known {
            self.add(&entry, Problem::NoEntry);
        }
        let exits = Pointer::root().key("exits");
        for (rule, at) in [
            (&rules.long, long),
            (&rules.short, short),
            (&self.document.exits.long, exits.key("long")),
            (&self.document.exits.short, exits.key("short")),
        ] {
            if let Some(condition) = rule {
                self.condition(condition, &at, 0);
            }
        }
    }

    fn condition(&mut self, condition: &Condition, at: &Pointer, depth: usize) {
        if depth > MAX_DEPTH {
            return self.add(at, Problem::TooDeep { max: MAX_DEPTH });
        }
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            if self.conditions == MAX_CONDITIONS + 1 {
                let problem = Problem::TooMany {
                    group: Group::Conditions,
                    found: MAX_CONDITIONS + 1,
                    max: MAX_CONDITIONS,
                };
                self.add(at, problem);
            }
            return;
        }
        let at = at.key(condition.name());
        match condition {
            Condition::All(group) | Condition::Any(group) => {
                if group.is_empty() {
                    self.add(&at, Problem::EmptyGroup);
                }
                for (i, condition) in group.iter().enumerate() {
                    self.condition(condition, &at.index(i), depth + 1);
                }
            }
            Condition::Not(inner) => self.condition(inner, &at, depth + 1),
            Condition::Above(sides)
            | Condition::AtOrAbove(sides)
            | Condition::Below(sides)
            | Condition::AtOrBelow(sides)
            | Condition::CrossesAbove(sides)
            | Condition::CrossesBelow(sides) => self.operands(sides, &at),
            Condition::Between(parts) => {
                self.operands(parts, &at);
                if let [
                    _,
                    Operand::Number(Number::Literal(low)),
                    Operand::Number(Number::Literal(high)),
                ] = parts
                    && low > high
                {
                    let (low, high) = (*low, *high);
                    self.add(&at, Problem::LowAboveHigh { low, high });
                }
            }
            Condition::Rising(run) | Condition::Falling(run) => self.run(run, &at),
            Condition::Occurs(operand) => self.operands(std::slice::from_ref(operand), &at),
        }
    }

    fn run(&mut self, run: &Run, at: &Pointer) {
        let value = at.key("value");
        if matches!(run.value, Operand::Number(_)) {
            self.add(&value, Problem::OnlyNumbers);
        }
        self.operand(&run.value, &value);
        let bars = f64::from(run.bars);
        self.number(
            &bars.into(),
            Bound::whole(1.0, MAX_RUN),
            "bars",
            &at.key("bars"),
        );
    }

    fn operands(&mut self, operands: &[Operand], at: &Pointer) {
        // Of one operand alone the list is the operand itself.
        let is_list = operands.len() > 1;
        if operands.iter().all(|o| matches!(o, Operand::Number(_))) {
            self.add(at, Problem::OnlyNumbers);
        }
        for (i, operand) in operands.iter().enumerate() {
            if is_list {
                self.operand(operand, &at.index(i));
            } else {
                self.operand(operand, at);
            }
        }
    }

    fn operand(&mut self, operand: &Operand, at: &Pointer) {
        match operand {
            Operand::Number(number) => self.number(number, Bound::ANY, "value", at),
            Operand::Series {
                source,
                ago,
                factor,
            } => {
                self.source(source, at);
                let reach = Bound::whole(0.0, f64::from(MAX_AGO));
                self.number(&f64::from(*ago).into(), reach, "bars ago", at);
                if let Some(factor) = factor {
                    self.number(factor, Bound::ANY, "factor", at);
                }
            }
        }
    }
}

impl Condition {
    /// The name as a document writes it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::All(_) => "all",
            Self::Any(_) => "any",
            Self::Not(_) => "not",
            Self::Above(_) => "above",
            Self::AtOrAbove(_) => "at_or_above",
            Self::Below(_) => "below",
            Self::AtOrBelow(_) => "at_or_below",
            Self::CrossesAbove(_) => "crosses_above",
            Self::CrossesBelow(_) => "crosses_below",
            Self::Between(_) => "between",
            Self::Rising(_) => "rising",
            Self::Falling(_) => "falling",
            Self::Occurs(_) => "occurs",
        }
    }
}
