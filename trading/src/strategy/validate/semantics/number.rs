//! Numbers against what their places allow, for every value that a parameter may take.

use super::{Judge, Pointer, Problem, suggest};
use crate::strategy::{
    number::Number,
    validate::{Bound, MAX_PARAMETERS, MAX_RANGE, Thing},
};

impl Judge<'_> {
    /// Judges the number at `at`, which the document calls `name`.
    pub(super) fn number(&mut self, number: &Number, bound: Bound, name: &str, at: &Pointer) {
        match number {
            Number::Literal(value) => self.value(*value, bound, name, None, at),
            Number::Parameter(parameter) => self.referred(parameter.name(), bound, name, at),
        }
    }

    fn value(
        &mut self,
        value: f64,
        bound: Bound,
        name: &str,
        parameter: Option<&str>,
        at: &Pointer,
    ) {
        if !bound.allows(value) {
            let problem = Problem::OutOfRange {
                name: name.to_owned(),
                value,
                bound,
                parameter: parameter.map(str::to_owned),
            };
            self.add(at, problem);
        }
    }

    fn referred(&mut self, parameter: &str, bound: Bound, name: &str, at: &Pointer) {
        let Some(found) = self.document.parameters.get(parameter) else {
            return self.undefined(parameter, at);
        };
        let own = Pointer::root().key("parameters").key(parameter);
        // What a parameter gives is judged where it is used, but not what it could not be read to
        // give.
        if !self.is_hole(&own.key("value")) {
            self.value(found.value, bound, name, Some(parameter), at);
        }
        let Some(range) = found.range else { return };
        let range_at = own.key("range");
        let is_known = ["from", "to", "step"]
            .iter()
            .all(|end| !self.is_hole(&range_at.key(end)));
        let count = super::parameter::count(range);
        if !is_known || !(1..=MAX_RANGE).contains(&count) {
            return;
        }
        // Between the ends all values lie in between, so that the ends speak for all; their
        // fractions come from the first value and the step.
        let last = range.from + (count - 1) as f64 * range.step;
        let whole = Bound {
            is_whole: false,
            ..bound
        };
        self.value(range.from, bound, name, Some(parameter), at);
        self.value(last, whole, name, Some(parameter), at);
        if bound.is_whole && range.from.fract() == 0.0 && range.step.fract() != 0.0 && count > 1 {
            let problem = Problem::FractionalStep {
                name: name.to_owned(),
                parameter: parameter.to_owned(),
            };
            self.add(at, problem);
        }
    }

    fn undefined(&mut self, parameter: &str, at: &Pointer) {
        if self.is_hole(&Pointer::root().key("parameters").key(parameter)) {
            return;
        }
        let names = self.document.parameters.keys().take(MAX_PARAMETERS);
        let problem = Problem::Unknown {
            thing: Thing::Parameter,
            name: parameter.to_owned(),
            suggestion: suggest::nearest(parameter, names.clone().map(String::as_str)),
            allowed: names.cloned().collect(),
        };
        self.add(at, problem);
    }
}
