//! Parameters and their ranges.

use super::{Judge, Pointer, Problem};
use crate::strategy::{
    document::Range,
    validate::{Bound, MAX_PARAMETERS, MAX_RANGE, MAX_TEXT},
};

impl Judge<'_> {
    pub(super) fn parameters(&mut self) {
        let at = Pointer::root().key("parameters");
        for (name, parameter) in self.document.parameters.iter().take(MAX_PARAMETERS) {
            let at = at.key(name);
            self.name(name, &at);
            self.finite(parameter.value, "value", &at);
            self.length(&parameter.label, MAX_TEXT, &at.key("label"));
            if let Some(range) = parameter.range {
                self.range(range, &at.key("range"));
            }
        }
    }

    fn range(&mut self, range: Range, at: &Pointer) {
        let Range { from, to, step } = range;
        self.finite(from, "from", at);
        self.finite(to, "to", at);
        self.number(&step.into(), Bound::POSITIVE, "step", &at.key("step"));
        let is_known = ["from", "to", "step"]
            .iter()
            .all(|end| !self.is_hole(&at.key(end)));
        if !is_known {
            return;
        }
        if from > to {
            self.add(at, Problem::RangeReversed { from, to });
        }
        let values = count(range);
        if values > MAX_RANGE {
            let max = MAX_RANGE;
            self.add(at, Problem::RangeTooLong { values, max });
        }
    }

    fn finite(&mut self, value: f64, name: &str, at: &Pointer) {
        self.number(&value.into(), Bound::ANY, name, &at.key(name));
    }
}

/// How many values a range has. `Range::len` counts as `usize`, which the ends of a hostile range
/// overflow; from here on only ranges that are not too long are counted with it.
pub(super) fn count(range: Range) -> usize {
    // A step that is none is a fault of its own.
    if range.step.is_nan() || range.step <= 0.0 {
        return 0;
    }
    let steps = (range.to - range.from) / range.step;
    if steps.is_finite() && steps < MAX_RANGE as f64 * 2.0 {
        range.len()
    } else {
        // Saturates; NaN, from ends that are faults of their own, is none.
        steps as usize
    }
}
