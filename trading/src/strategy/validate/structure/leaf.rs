//! Numbers, texts, operands: what has no parts.

use super::{Expected, Found, Pointer, Problem, Reader};
use crate::strategy::{
    filter::TimeOfDay,
    number::{Number, ParameterName},
    operand::{BadOperand, Operand, Price, Source},
};
use serde_json::Value;

impl Reader<'_> {
    pub(super) fn text(&mut self, value: &Value, at: &Pointer) -> String {
        match value.as_str() {
            Some(text) => text.to_owned(),
            None => {
                self.wrong(value, at, Expected::Text);
                String::new()
            }
        }
    }

    pub(super) fn float(&mut self, value: &Value, at: &Pointer) -> f64 {
        value.as_f64().unwrap_or_else(|| {
            self.wrong(value, at, Expected::Number);
            1.0
        })
    }

    pub(super) fn whole(&mut self, value: &Value, at: &Pointer) -> u32 {
        let whole = value.as_u64().and_then(|n| u32::try_from(n).ok());
        whole.unwrap_or_else(|| {
            self.wrong(value, at, Expected::WholeNumber);
            1
        })
    }

    pub(super) fn number(&mut self, value: &Value, at: &Pointer) -> Number {
        if let Some(number) = value.as_f64() {
            return Number::Literal(number);
        }
        match value.as_str() {
            Some(text) => match ParameterName::try_from(text.to_owned()) {
                Ok(name) => return Number::Parameter(name),
                Err(bad) => self.hole(at, Problem::BadNumber { text: bad.0 }),
            },
            None => self.wrong(value, at, Expected::NumberOrParameter),
        }
        Number::Literal(1.0)
    }

    pub(super) fn operand(&mut self, value: &Value, at: &Pointer) -> Operand {
        if let Some(number) = value.as_f64() {
            return Operand::Number(Number::Literal(number));
        }
        match value.as_str() {
            Some(text) => match text.parse() {
                Ok(operand) => return operand,
                Err(bad) => self.bad_operand(bad, at),
            },
            None => self.wrong(value, at, Expected::Operand),
        }
        Operand::now(Source::Price(Price::Close))
    }

    pub(super) fn source(&mut self, value: &Value, at: &Pointer) -> Option<Source> {
        match value.as_str() {
            Some(text) => match text.parse() {
                Ok(source) => return Some(source),
                Err(bad) => self.bad_operand(bad, at),
            },
            None => self.wrong(value, at, Expected::Text),
        }
        None
    }

    fn bad_operand(&mut self, bad: BadOperand, at: &Pointer) {
        let BadOperand { text, why } = bad;
        self.hole(at, Problem::BadOperand { text, why });
    }

    pub(super) fn time(&mut self, value: &Value, at: &Pointer) -> Option<TimeOfDay> {
        let Some(text) = value.as_str() else {
            self.wrong(value, at, Expected::Text);
            return None;
        };
        text.parse()
            .map_err(|_| {
                let text = text.to_owned();
                self.hole(at, Problem::BadTime { text });
            })
            .ok()
    }

    /// A list of exactly `N` operands.
    pub(super) fn operands<const N: usize>(&mut self, value: &Value, at: &Pointer) -> [Operand; N] {
        let list = self.list(value, at).unwrap_or_default();
        if value.is_array() && list.len() != N {
            let problem = Problem::WrongLength {
                expected: N,
                found: list.len(),
            };
            self.hole(at, problem);
        }
        std::array::from_fn(|i| match list.get(i) {
            Some(value) => self.operand(value, &at.index(i)),
            None => Operand::now(Source::Price(Price::Close)),
        })
    }

    pub(super) fn list<'v>(&mut self, value: &'v Value, at: &Pointer) -> Option<&'v [Value]> {
        if let Value::Array(list) = value {
            return Some(list);
        }
        let problem = Problem::WrongType {
            expected: Expected::List,
            found: Found::from(value),
        };
        self.hole(at, problem);
        None
    }
}
