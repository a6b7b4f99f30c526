//! The tree of conditions.

use super::{Pointer, Problem, Reader, Thing};
use crate::strategy::{
    condition::{Condition, MAX_CONDITIONS, MAX_DEPTH, Run},
    operand::{Operand, Price, Source},
    validate::Group,
};
use serde_json::Value;

impl Reader<'_> {
    pub(super) fn condition(&mut self, value: &Value, at: &Pointer, depth: usize) -> Condition {
        if depth > MAX_DEPTH {
            self.hole(at, Problem::TooDeep { max: MAX_DEPTH });
            return stand_in();
        }
        self.conditions += 1;
        if self.conditions > MAX_CONDITIONS {
            self.holes.insert(at.as_str().to_owned());
            if self.conditions == MAX_CONDITIONS + 1 {
                self.faults.add(at, too_many());
            }
            return stand_in();
        }
        let entry = self.entry(value, at, Thing::Condition, &Condition::NAMES);
        let Some((name, value, at)) = entry else {
            return stand_in();
        };
        match name {
            "all" => Condition::All(self.group(value, &at, depth)),
            "any" => Condition::Any(self.group(value, &at, depth)),
            "not" => Condition::Not(Box::new(self.condition(value, &at, depth + 1))),
            "above" => Condition::Above(self.operands(value, &at)),
            "at_or_above" => Condition::AtOrAbove(self.operands(value, &at)),
            "below" => Condition::Below(self.operands(value, &at)),
            "at_or_below" => Condition::AtOrBelow(self.operands(value, &at)),
            "crosses_above" => Condition::CrossesAbove(self.operands(value, &at)),
            "crosses_below" => Condition::CrossesBelow(self.operands(value, &at)),
            "between" => Condition::Between(self.operands(value, &at)),
            "rising" => Condition::Rising(self.run(value, &at)),
            "falling" => Condition::Falling(self.run(value, &at)),
            _ => Condition::Occurs(self.operand(value, &at)),
        }
    }

    fn group(&mut self, value: &Value, at: &Pointer, depth: usize) -> Vec<Condition> {
        let mut group = Vec::new();
        for (i, value) in self.list(value, at).unwrap_or_default().iter().enumerate() {
            group.push(self.condition(value, &at.index(i), depth + 1));
            // Reading on would only say the same of each of the rest.
            if self.conditions > MAX_CONDITIONS {
                break;
            }
        }
        group
    }

    fn run(&mut self, value: &Value, at: &Pointer) -> Run {
        let mut run = Run {
            value: Operand::now(Source::Price(Price::Close)),
            bars: 1,
        };
        if let Some(map) = self.object(value, at, &["value", "bars"]) {
            if let Some(value) = self.required(map, at, "value") {
                run.value = self.operand(value, &at.key("value"));
            }
            if let Some(value) = self.required(map, at, "bars") {
                run.bars = self.whole(value, &at.key("bars"));
            }
        }
        run
    }
}

fn stand_in() -> Condition {
    Condition::Occurs(Operand::now(Source::Price(Price::Close)))
}

fn too_many() -> Problem {
    Problem::TooMany {
        group: Group::Conditions,
        found: MAX_CONDITIONS + 1,
        max: MAX_CONDITIONS,
    }
}
