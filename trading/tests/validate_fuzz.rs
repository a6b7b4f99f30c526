//! Broken documents by the thousand: validating never panics, every fault is in the document, and
//! what is accepted is what serde reads.

#![allow(clippy::unwrap_used, missing_docs)]

mod ready;

use serde_json::{Map, Value, json};
use trading::{
    language::Language,
    strategy::{Document, describe::describe, plan::compile, validate},
};

/// Inputs in all, a half of them broken as text and a half as values.
const INPUTS: usize = 20_000;

/// George Marsaglia's xorshift64: the same inputs on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

fn break_text(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(6) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => {
                bytes.remove(at);
            }
            2 => bytes.insert(at, dice.pick(b"{}[]\",:0-9.eE$*\\n\0")),
            3 => bytes.truncate(at),
            4 => {
                let end = (at + dice.below(40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                let end = (at + dice.below(20)).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn random_value(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("$fast"),
        json!("$"),
        json!("close"),
        json!("close[1]"),
        json!("close[99999999999]"),
        json!("2 * close"),
        json!("nan"),
        json!("a.b.c"),
        json!("H4"),
        json!("W1"),
        json!("\u{1f600}/~"),
        json!([]),
        json!({}),
        json!([null, null]),
        json!({ "all": [] }),
        json!({ "above": ["close", 1] }),
        json!({ "risk": 2 }),
        json!({ "from": 3, "to": 1, "step": 0 }),
        nested(dice.below(40)),
    ];
    dice.pick(&values)
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!({ "above": ["close", "open"] }), |inner, i| {
        match i % 3 {
            0 => json!({ "not": inner }),
            1 => json!({ "all": [inner] }),
            _ => json!({ "any": [inner, { "occurs": "close" }] }),
        }
    })
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// The node with this number, counted from the root.
fn node<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|v| node(v, number)),
        Value::Object(map) => map.values_mut().find_map(|v| node(v, number)),
        _ => None,
    }
}

fn break_value(value: &mut Value, dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        let mut number = dice.below(count(value));
        let Some(target) = node(value, &mut number) else {
            continue;
        };
        let key = |map: &Map<String, Value>, dice: &mut Dice| {
            map.keys().nth(dice.below(map.len())).cloned()
        };
        match (dice.below(5), target) {
            (0, Value::Object(map)) => {
                if let Some(key) = key(map, dice) {
                    map.remove(&key);
                }
            }
            (1, Value::Object(map)) => {
                if let Some(old) = key(map, dice)
                    && let Some(inner) = map.remove(&old)
                {
                    let cut: String = old.chars().skip(1).collect();
                    let new = [
                        cut,
                        format!("{old}~/"),
                        "close".to_owned(),
                        "all".to_owned(),
                    ];
                    map.insert(dice.pick(&new), inner);
                }
            }
            (2, Value::Array(list)) => {
                let twin = list.first().cloned().unwrap_or(json!(1));
                list.push(twin);
            }
            (3, Value::Array(list)) => {
                list.pop();
            }
            (_, target) => *target = random_value(dice),
        }
    }
}

/// What must hold of every input.
fn judge(text: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(text).ok();
    match validate::validate(text) {
        Ok(document) => {
            let read: Document = serde_json::from_str(text).expect("serde reads it too");
            assert_eq!(read, document);
            let written = serde_json::to_string(&document).unwrap();
            let again: Document = serde_json::from_str(&written).unwrap();
            assert_eq!(again, document, "{text}");
            assert_eq!(validate::check(&document), [], "{text}");
            assert!(validate::validate(&written).is_ok(), "{text}\n{written}");
            compile(&document).unwrap_or_else(|error| panic!("{error}: {text}"));
            validate::warnings(&document);
            for language in Language::ALL {
                assert!(!describe(&document, language).to_string().is_empty());
            }
            true
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in &faults {
                for language in Language::ALL {
                    assert!(!fault.message(language).is_empty());
                    assert!(!fault.hint(language).is_empty());
                }
                if let Some(value) = &value {
                    let parent = fault.pointer.rfind('/').map(|end| &fault.pointer[..end]);
                    let is_there = value.pointer(&fault.pointer).is_some()
                        || parent.is_some_and(|parent| value.pointer(parent).is_some());
                    assert!(is_there, "{fault} points nowhere in {text}");
                }
            }
            if let Some(value) = &value {
                assert_eq!(
                    validate::validate_value(value).is_ok(),
                    false_if_only_text(&faults)
                );
            }
            // A document with faults is described and judged without panicking too.
            if let Ok(document) = serde_json::from_str::<Document>(text) {
                validate::check(&document);
                validate::warnings(&document);
                describe(&document, Language::En);
                describe(&document, Language::Id);
            }
            false
        }
    }
}

/// Whether the faults are such as a value no longer shows: keys that stood twice.
fn false_if_only_text(faults: &[validate::Fault]) -> bool {
    faults.iter().all(|fault| fault.code() == "duplicate-key")
}

#[test]
fn no_input_makes_it_panic() {
    let ready = ready::strategies();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0;
    for i in 0..INPUTS {
        let (_, text) = dice.pick(&ready);
        let broken = if i % 2 == 0 {
            break_text(&text, &mut dice)
        } else {
            let mut value: Value = serde_json::from_str(&text).unwrap();
            break_value(&mut value, &mut dice);
            value.to_string()
        };
        accepted += usize::from(judge(&broken));
    }
    // Both outcomes are well covered.
    assert!(
        (INPUTS / 100..INPUTS / 2).contains(&accepted),
        "{accepted} accepted"
    );
}

#[test]
fn monsters_are_refused_plainly() {
    let million = "{\"not\":".repeat(1_000_000);
    let deep = "[".repeat(100_000);
    let many_keys: String = (0..50_000).map(|i| format!("\"k{i}\":1,")).collect();
    let wide = format!("{{{many_keys}\"version\":1}}");
    let indicators: String = (0..20_000)
        .map(|i| format!("\"i{i}\":{{\"kind\":\"ema\",\"source\":\"i{}\"}},", i + 1))
        .collect();
    let chain = format!("{{\"indicators\":{{{indicators}\"z\":{{}}}}}}");
    let conditions = "{\"above\":[\"q\",\"$q\"]},".repeat(30_000);
    let crowd = format!("{{\"entry\":{{\"long\":{{\"all\":[{conditions}1]}}}}}}");
    for (name, text, code) in [
        ("nothing", "", "empty"),
        ("space", " \n", "empty"),
        ("a million groups", million.as_str(), "too-large"),
        ("deep lists", deep.as_str(), "too-nested"),
        ("binary", "\0\u{1}\u{2}", "syntax"),
        ("a number", "1", "wrong-type"),
        ("too great a number", "{\"version\": 1e999}", "syntax"),
        ("NaN", "{\"version\": NaN}", "syntax"),
        ("cut off", "{\"version\": 1", "syntax"),
        ("many keys", wide.as_str(), "unknown-field"),
        ("a long chain", chain.as_str(), "too-many"),
        ("a crowd", crowd.as_str(), "too-many"),
    ] {
        let faults = validate::validate(text).unwrap_err();
        assert!(
            faults.iter().any(|f| f.code() == code),
            "{name}: {:?}",
            faults.first().map(ToString::to_string)
        );
        assert!(faults.len() <= validate::MAX_FAULTS + 1, "{name}");
    }
}
