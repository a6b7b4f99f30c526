//! JSON text into a value, noticing keys that stand twice.

use super::{
    MAX_BYTES, Problem,
    fault::{Faults, Pointer},
};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value, error::Category};
use std::{cell::RefCell, fmt};

/// The value, or `None` with the fault added when the text is not JSON.
pub(super) fn parse(json: &str, faults: &mut Faults) -> Option<Value> {
    let root = Pointer::root();
    if json.len() > MAX_BYTES {
        let problem = Problem::TooLarge {
            bytes: json.len(),
            max: MAX_BYTES,
        };
        faults.add(&root, problem);
        return None;
    }
    if json.trim().is_empty() {
        faults.add(&root, Problem::EmptyText);
        return None;
    }
    let duplicates = RefCell::new(Vec::new());
    // Editors on Windows like to begin a file with a byte order mark.
    let mut deserializer = serde_json::Deserializer::from_str(json.trim_start_matches('\u{feff}'));
    let seed = Place {
        at: Pointer::root(),
        duplicates: &duplicates,
    };
    let read = seed
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    for (at, key) in duplicates.into_inner() {
        faults.add(&at, Problem::DuplicateKey { key });
    }
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            faults.add(&root, syntax(&error));
            None
        }
    }
}

fn syntax(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    // serde_json ends its message with the place, which is told separately here.
    let what = text
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned();
    if what.starts_with("recursion limit") {
        return Problem::TooNested {
            line: error.line(),
            column: error.column(),
        };
    }
    Problem::Syntax {
        line: error.line(),
        column: error.column(),
        is_cut: error.classify() == Category::Eof,
        what,
    }
}

/// Reads a value at a place of the document.
struct Place<'a> {
    at: Pointer,
    duplicates: &'a RefCell<Vec<(Pointer, String)>>,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Place {
            at: self.at.index(values.len()),
            duplicates: self.duplicates,
        })? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some(key) = map.next_key::<Key>()? {
            let at = self.at.key(&key.0);
            if values.contains_key(&key.0) {
                self.duplicates
                    .borrow_mut()
                    .push((at.clone(), key.0.clone()));
            }
            let value = map.next_value_seed(Place {
                at,
                duplicates: self.duplicates,
            })?;
            values.insert(key.0, value);
        }
        Ok(Value::Object(values))
    }
}

#[derive(serde::Deserialize)]
struct Key(String);
