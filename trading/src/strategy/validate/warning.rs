//! What is odd without being wrong.

use super::{
    Problem,
    fault::{Faults, Pointer},
};
use crate::strategy::{
    condition::{Condition, MAX_DEPTH},
    document::{Document, Setting},
    exit::{Distance, Exits},
    limit::DailyLoss,
    number::Number,
    operand::{Operand, Source},
    sizing::Sizing,
};
use std::collections::BTreeSet;

/// Every warning.
pub(super) fn warnings(document: &Document) -> Faults {
    let mut faults = Faults::default();
    let mut used = Used::default();
    let root = Pointer::root();
    let (entry, exits) = (root.key("entry"), root.key("exits"));
    for (rule, at) in [
        (&document.entry.long, entry.key("long")),
        (&document.entry.short, entry.key("short")),
        (&document.exits.long, exits.key("long")),
        (&document.exits.short, exits.key("short")),
    ] {
        if let Some(condition) = rule {
            used.condition(condition, &at, 0, &mut faults);
        }
    }
    used.rest(document);
    for (name, parameter) in &document.parameters {
        let at = root.key("parameters").key(name);
        if !used.parameters.contains(name.as_str()) {
            let name = name.clone();
            faults.add(&at, Problem::UnusedParameter { name });
        }
        if let Some(range) = parameter.range
            && !(range.from <= parameter.value && parameter.value <= range.to)
        {
            let problem = Problem::ValueOutsideRange {
                name: name.clone(),
                value: parameter.value,
                from: range.from,
                to: range.to,
            };
            faults.add(&at.key("value"), problem);
        }
    }
    for name in document.indicators.keys() {
        if !used.indicators.contains(name.as_str()) {
            let at = root.key("indicators").key(name);
            let name = name.clone();
            faults.add(&at, Problem::UnusedIndicator { name });
        }
    }
    for (side, entry, exit) in [
        ("long", &document.entry.long, &document.exits.long),
        ("short", &document.entry.short, &document.exits.short),
    ] {
        if entry.is_none() && exit.is_some() {
            faults.add(&exits.key(side), Problem::ExitWithoutEntry { side });
        }
    }
    faults
}

/// Names that something refers to.
#[derive(Default)]
struct Used<'a> {
    parameters: BTreeSet<&'a str>,
    indicators: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
    fn condition(
        &mut self,
        condition: &'a Condition,
        at: &Pointer,
        depth: usize,
        faults: &mut Faults,
    ) {
        // Deeper ones are faults; here they must only not exhaust the stack.
        if depth > MAX_DEPTH {
            return;
        }
        let at = at.key(condition.name());
        match condition {
            Condition::All(group) | Condition::Any(group) => {
                for (i, condition) in group.iter().enumerate() {
                    self.condition(condition, &at.index(i), depth + 1, faults);
                }
            }
            Condition::Not(inner) => self.condition(inner, &at, depth + 1, faults),
            Condition::Above(sides)
            | Condition::AtOrAbove(sides)
            | Condition::Below(sides)
            | Condition::AtOrBelow(sides)
            | Condition::CrossesAbove(sides)
            | Condition::CrossesBelow(sides) => {
                let [a, b] = sides;
                if a == b && matches!(a, Operand::Series { .. }) {
                    let text = a.to_string();
                    faults.add(&at, Problem::ComparesItself { text });
                }
                sides.iter().for_each(|side| self.operand(side));
            }
            Condition::Between(parts) => parts.iter().for_each(|part| self.operand(part)),
            Condition::Rising(run) | Condition::Falling(run) => self.operand(&run.value),
            Condition::Occurs(operand) => self.operand(operand),
        }
    }

    fn operand(&mut self, operand: &'a Operand) {
        match operand {
            Operand::Number(number) => self.number(number),
            Operand::Series { source, factor, .. } => {
                self.source(source);
                self.numbers(factor);
            }
        }
    }

    fn source(&mut self, source: &'a Source) {
        if let Source::Indicator { name, .. } = source {
            self.indicators.insert(name);
        }
    }

    fn number(&mut self, number: &'a Number) {
        if let Number::Parameter(parameter) = number {
            self.parameters.insert(parameter.name());
        }
    }

    fn numbers(&mut self, numbers: impl IntoIterator<Item = &'a Number>) {
        numbers.into_iter().for_each(|number| self.number(number));
    }

    fn rest(&mut self, document: &'a Document) {
        for indicator in document.indicators.values() {
            if let Some(source) = &indicator.source {
                self.source(source);
            }
            for setting in indicator.settings.values() {
                if let Setting::Number(number) = setting {
                    self.number(number);
                }
            }
        }
        self.exits(&document.exits);
        self.numbers(&document.filters.max_spread);
        self.numbers(&document.filters.cooldown_after_loss);
        let (Sizing::FixedLots(size) | Sizing::RiskPercent(size) | Sizing::RiskMoney(size)) =
            &document.sizing;
        self.number(size);
        if let Some(DailyLoss::Money(loss) | DailyLoss::Percent(loss)) =
            &document.limits.max_daily_loss
        {
            self.number(loss);
        }
    }

    fn exits(&mut self, exits: &'a Exits) {
        let break_even = exits.break_even.as_ref();
        let trailing = exits.trailing_stop.as_ref();
        let distances = [
            exits.stop_loss.as_ref(),
            exits.take_profit.as_ref(),
            break_even.map(|b| &b.after),
            break_even.and_then(|b| b.plus.as_ref()),
            trailing.map(|t| &t.distance),
            trailing.and_then(|t| t.activate_after.as_ref()),
        ];
        for distance in distances.into_iter().flatten() {
            match distance {
                Distance::Points(number) | Distance::Percent(number) | Distance::Risk(number) => {
                    self.number(number);
                }
                Distance::Atr(atr) => {
                    self.number(&atr.multiple);
                    self.number(&atr.period);
                }
            }
        }
        self.numbers(&exits.after_bars);
    }
}
