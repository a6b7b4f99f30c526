//! From JSON to a document, carrying on past everything that is wrong.
//!
//! serde stops at the first error; this reader does not. Where something cannot be read it puts a
//! harmless stand-in and remembers the place as a hole, about which later checks stay silent. A
//! test holds it to serde: what it lets pass reads back as the same document.

mod condition;
mod leaf;
mod order;

use super::{
    Expected, Found, Problem, Thing,
    fault::{Faults, Pointer},
    suggest,
};
use crate::strategy::{
    document::{Document, Indicator, Parameter, Range, Rules, Setting},
    exit::Exits,
    filter::Filters,
    limit::Limits,
    number::Number,
    sizing::Sizing,
};
use crate::{few, symbol::Symbol, timeframe::Timeframe};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Places where a stand-in stands, as JSON pointers.
pub(super) type Holes = BTreeSet<String>;

/// Reads the document.
pub(super) fn read(value: &Value, faults: &mut Faults) -> (Document, Holes) {
    let mut reader = Reader {
        faults,
        holes: Holes::new(),
        conditions: 0,
    };
    let document = reader.document(value);
    (document, reader.holes)
}

struct Reader<'f> {
    faults: &'f mut Faults,
    holes: Holes,
    /// Conditions read so far.
    conditions: usize,
}

const FIELDS: [&str; 14] = [
    "$schema",
    "version",
    "name",
    "description",
    "symbol",
    "timeframe",
    "time_zone",
    "parameters",
    "indicators",
    "entry",
    "filters",
    "exits",
    "sizing",
    "limits",
];

impl Reader<'_> {
    fn document(&mut self, value: &Value) -> Document {
        let root = Pointer::root();
        let mut document = stand_in();
        let Some(map) = self.object(value, &root, &FIELDS) else {
            return document;
        };
        if let Some(value) = optional(map, "$schema") {
            document.schema = Some(self.text(value, &root.key("$schema")));
        }
        if let Some(value) = self.required(map, &root, "version") {
            document.version = self.whole(value, &root.key("version"));
        }
        if let Some(value) = self.required(map, &root, "name") {
            document.name = self.text(value, &root.key("name"));
        }
        if let Some(value) = map.get("description") {
            document.description = self.text(value, &root.key("description"));
        }
        if let Some(value) = self.required(map, &root, "symbol") {
            document.symbol = self.symbol(value, &root.key("symbol"), document.symbol);
        }
        if let Some(value) = self.required(map, &root, "timeframe") {
            document.timeframe = self.timeframe(value, &root.key("timeframe"));
        }
        if let Some(value) = map.get("time_zone") {
            document.time_zone = self.text(value, &root.key("time_zone"));
        }
        if let Some(value) = map.get("parameters") {
            document.parameters = self.named(value, &root.key("parameters"), Self::parameter);
        }
        if let Some(value) = map.get("indicators") {
            document.indicators = self.named(value, &root.key("indicators"), Self::indicator);
        }
        if let Some(value) = self.required(map, &root, "entry") {
            document.entry = self.rules(value, &root.key("entry"));
        }
        if let Some(value) = map.get("filters") {
            document.filters = self.filters(value, &root.key("filters"));
        }
        if let Some(value) = map.get("exits") {
            document.exits = self.exits(value, &root.key("exits"));
        }
        if let Some(value) = self.required(map, &root, "sizing") {
            document.sizing = self.sizing(value, &root.key("sizing"));
        }
        if let Some(value) = map.get("limits") {
            document.limits = self.limits(value, &root.key("limits"));
        }
        document
    }

    fn symbol(&mut self, value: &Value, at: &Pointer, stand_in: Symbol) -> Symbol {
        let Some(text) = value.as_str() else {
            self.wrong(value, at, Expected::Text);
            return stand_in;
        };
        text.parse().unwrap_or_else(|_| {
            let text = text.to_owned();
            self.hole(at, Problem::BadSymbol { text });
            stand_in
        })
    }

    fn timeframe(&mut self, value: &Value, at: &Pointer) -> Timeframe {
        let names = Timeframe::ALL.map(|t| (t.name(), t));
        self.word(value, at, Thing::Timeframe, &names)
            .unwrap_or(Timeframe::H1)
    }

    fn named<T>(
        &mut self,
        value: &Value,
        at: &Pointer,
        read: fn(&mut Self, &Value, &Pointer) -> T,
    ) -> BTreeMap<String, T> {
        let Some(map) = value.as_object() else {
            self.wrong(value, at, Expected::Object);
            return BTreeMap::new();
        };
        let read =
            |(name, value): (&String, &Value)| (name.clone(), read(self, value, &at.key(name)));
        few::map(map.iter().map(read))
    }

    fn parameter(&mut self, value: &Value, at: &Pointer) -> Parameter {
        let mut parameter = Parameter {
            value: 1.0,
            range: None,
            label: String::new(),
        };
        if let Some(map) = self.object(value, at, &["value", "range", "label"]) {
            if let Some(value) = self.required(map, at, "value") {
                parameter.value = self.float(value, &at.key("value"));
            }
            if let Some(value) = optional(map, "range") {
                parameter.range = self.range(value, &at.key("range"));
            }
            if let Some(value) = map.get("label") {
                parameter.label = self.text(value, &at.key("label"));
            }
        }
        parameter
    }

    fn range(&mut self, value: &Value, at: &Pointer) -> Option<Range> {
        let map = self.object(value, at, &["from", "to", "step"])?;
        let mut numbers = [1.0; 3];
        for (number, name) in numbers.iter_mut().zip(["from", "to", "step"]) {
            if let Some(value) = self.required(map, at, name) {
                *number = self.float(value, &at.key(name));
            }
        }
        let [from, to, step] = numbers;
        Some(Range { from, to, step })
    }

    fn indicator(&mut self, value: &Value, at: &Pointer) -> Indicator {
        let mut indicator = Indicator {
            kind: String::new(),
            source: None,
            timeframe: None,
            settings: BTreeMap::new(),
        };
        let Some(map) = value.as_object() else {
            self.wrong(value, at, Expected::Object);
            return indicator;
        };
        if let Some(value) = self.required(map, at, "kind") {
            indicator.kind = self.text(value, &at.key("kind"));
        }
        if let Some(value) = optional(map, "source") {
            indicator.source = self.source(value, &at.key("source"));
        }
        if let Some(value) = optional(map, "timeframe") {
            indicator.timeframe = Some(self.timeframe(value, &at.key("timeframe")));
        }
        // What settings there are depends on the kind: names are judged with their meaning.
        for (name, value) in map {
            if !matches!(name.as_str(), "kind" | "source" | "timeframe") {
                let setting = self.setting(value, &at.key(name));
                indicator.settings.insert(name.clone(), setting);
            }
        }
        indicator
    }

    fn setting(&mut self, value: &Value, at: &Pointer) -> Setting {
        match value {
            Value::String(text) if !text.starts_with('$') => Setting::Choice(text.clone()),
            Value::String(_) | Value::Number(_) => Setting::Number(self.number(value, at)),
            other => {
                self.wrong(other, at, Expected::Setting);
                Setting::Number(Number::Literal(1.0))
            }
        }
    }

    fn rules(&mut self, value: &Value, at: &Pointer) -> Rules {
        let Some(map) = self.object(value, at, &["long", "short"]) else {
            return Rules::default();
        };
        Rules {
            long: optional(map, "long").map(|v| self.condition(v, &at.key("long"), 0)),
            short: optional(map, "short").map(|v| self.condition(v, &at.key("short"), 0)),
        }
    }

    /// The object, with a fault for every field that is not known.
    fn object<'v>(
        &mut self,
        value: &'v Value,
        at: &Pointer,
        known: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(map) = value.as_object() else {
            self.wrong(value, at, Expected::Object);
            return None;
        };
        for name in map.keys().filter(|name| !known.contains(&name.as_str())) {
            let absent = known.iter().copied().filter(|k| !map.contains_key(*k));
            let suggestion = suggest::nearest(name, absent);
            if let Some(meant) = &suggestion {
                // It was meant to be there: nobody needs to hear as well that it is missing.
                self.holes.insert(at.key(meant).as_str().to_owned());
            }
            let problem = Problem::Unknown {
                thing: Thing::Field,
                name: name.clone(),
                suggestion,
                allowed: known.iter().map(|&k| k.to_owned()).collect(),
            };
            self.hole(&at.key(name), problem);
        }
        Some(map)
    }

    fn required<'v>(
        &mut self,
        map: &'v Map<String, Value>,
        at: &Pointer,
        name: &'static str,
    ) -> Option<&'v Value> {
        let found = map.get(name);
        let at = at.key(name);
        if found.is_none() && !self.holes.contains(at.as_str()) {
            self.hole(&at, Problem::MissingField { name });
        }
        found
    }

    /// The only entry of an object that says one thing by its key.
    fn entry<'v, 'n>(
        &mut self,
        value: &'v Value,
        at: &Pointer,
        thing: Thing,
        names: &[&'n str],
    ) -> Option<(&'n str, &'v Value, Pointer)> {
        let Some(map) = value.as_object() else {
            self.wrong(value, at, Expected::Object);
            return None;
        };
        let allowed = || names.iter().map(|&n| n.to_owned()).collect();
        for name in map.keys().filter(|name| !names.contains(&name.as_str())) {
            let problem = Problem::Unknown {
                thing,
                name: name.clone(),
                suggestion: suggest::nearest(name, names.iter().copied()),
                allowed: allowed(),
            };
            self.hole(&at.key(name), problem);
        }
        if map.len() != 1 {
            let problem = Problem::NotOne {
                thing,
                found: map.len(),
                allowed: allowed(),
            };
            self.hole(at, problem);
        }
        // With several, each is looked into by the caller's next attempt: the first known one.
        let (name, value) = map
            .iter()
            .find_map(|(name, value)| Some((*names.iter().find(|n| *n == name)?, value)))?;
        Some((name, value, at.key(name)))
    }

    /// One of some words.
    fn word<T: Copy>(
        &mut self,
        value: &Value,
        at: &Pointer,
        thing: Thing,
        words: &[(&str, T)],
    ) -> Option<T> {
        let Some(text) = value.as_str() else {
            self.wrong(value, at, Expected::Text);
            return None;
        };
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let names = words.iter().map(|(word, _)| *word);
            let problem = Problem::Unknown {
                thing,
                name: text.to_owned(),
                suggestion: suggest::nearest(text, names.clone()),
                allowed: names.map(str::to_owned).collect(),
            };
            self.hole(at, problem);
        }
        found.map(|(_, meaning)| *meaning)
    }

    fn hole(&mut self, at: &Pointer, problem: Problem) {
        self.faults.add(at, problem);
        self.holes.insert(at.as_str().to_owned());
    }

    fn wrong(&mut self, value: &Value, at: &Pointer, expected: Expected) {
        let found = Found::from(value);
        self.hole(at, Problem::WrongType { expected, found });
    }
}

/// A field that may be absent or null.
fn optional<'v>(map: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    map.get(name).filter(|value| !value.is_null())
}

/// A document without faults of its own, to fill with what can be read.
fn stand_in() -> Document {
    Document {
        schema: None,
        version: crate::strategy::document::VERSION,
        name: "?".to_owned(),
        description: String::new(),
        symbol: "UNKNOWN".parse().expect("letters name a symbol"),
        timeframe: Timeframe::H1,
        time_zone: "UTC".to_owned(),
        parameters: BTreeMap::new(),
        indicators: BTreeMap::new(),
        entry: Rules::default(),
        filters: Filters::default(),
        exits: Exits::default(),
        sizing: Sizing::FixedLots(Number::Literal(1.0)),
        limits: Limits::default(),
    }
}
