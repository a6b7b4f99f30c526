//! Every kind of fault, found at its place.

mod bound;
mod condition;
mod indicator;
mod order;
mod place;
mod text;

use super::*;
use crate::language::Language;
use serde_json::json;

fn good() -> Value {
    json!({
        "version": 1,
        "name": "Test",
        "symbol": "XAUUSD",
        "timeframe": "H1",
        "parameters": { "fast": { "value": 12, "range": { "from": 5, "to": 20, "step": 1 } } },
        "indicators": {
            "macd": { "kind": "macd", "fast": "$fast" },
            "average": { "kind": "ema", "source": "macd.line", "period": 5 }
        },
        "entry": {
            "long": { "all": [
                { "crosses_above": ["macd.line", "macd.signal"] },
                { "above": ["average", 0] }
            ] }
        },
        "exits": { "stop_loss": { "points": 100 } },
        "sizing": { "fixed_lots": 0.1 }
    })
}

/// The good document with the value at `pointer` replaced, or added to its parent.
fn with(pointer: &str, value: Value) -> Value {
    let mut document = good();
    set(&mut document, pointer, value);
    document
}

fn set(document: &mut Value, pointer: &str, value: Value) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match parent {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(list) => match key.parse::<usize>() {
            Ok(index) if index < list.len() => list[index] = value,
            _ => list.push(value),
        },
        _ => panic!("{pointer} has no parent"),
    }
}

fn without(pointer: &str) -> Value {
    let mut document = good();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    parent.as_object_mut().unwrap().remove(key);
    document
}

fn faults(document: &Value) -> Vec<(String, &'static str)> {
    match validate_value(document) {
        Ok(_) => Vec::new(),
        Err(faults) => faults
            .iter()
            .map(|f| (f.pointer.clone(), f.code()))
            .collect(),
    }
}

#[track_caller]
fn one(document: &Value, pointer: &str, code: &str) {
    let found = faults(document);
    let found: Vec<(&str, &str)> = found.iter().map(|(p, c)| (p.as_str(), *c)).collect();
    assert_eq!(found, [(pointer, code)]);
}
