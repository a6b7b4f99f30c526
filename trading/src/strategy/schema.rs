//! The JSON Schema of the strategy document.

use super::{document::Indicator, number::Number, operand::Source};
use crate::indicator::{self, Definition, InputKind};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// Where the schema of version 1 is published.
pub const URL: &str = "https://phoenix.trade/schema/strategy-1.json";

/// The JSON Schema (draft 2020-12) of a strategy document.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(super::Document).to_value();
    if let Value::Object(map) = &mut schema {
        map.insert("$id".to_owned(), json!(URL));
    }
    schema
}

/// Built from the catalogue: one alternative for each kind of indicator.
impl JsonSchema for Indicator {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Indicator".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<Value> = indicator::all()
            .iter()
            .map(|definition| one_kind(definition, generator))
            .collect();
        json_schema!({
            "description": "A named indicator: its kind and that kind's parameters.",
            "oneOf": kinds,
        })
    }
}

fn one_kind(definition: &Definition, generator: &mut SchemaGenerator) -> Value {
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({ "const": definition.kind }));
    properties.insert(
        "timeframe".to_owned(),
        generator
            .subschema_for::<crate::timeframe::Timeframe>()
            .to_value(),
    );
    if definition.input == InputKind::Source {
        properties.insert(
            "source".to_owned(),
            generator.subschema_for::<Source>().to_value(),
        );
    }
    for parameter in definition.parameters {
        let number = generator.subschema_for::<Number>().to_value();
        properties.insert(
            parameter.name.to_owned(),
            json!({
                "allOf": [number],
                "default": parameter.default,
                "description": format!("From {} to {}.", parameter.min, parameter.max),
            }),
        );
    }
    for choice in definition.choices {
        let names: Vec<&str> = choice.values.iter().map(|v| v.name).collect();
        properties.insert(
            choice.name.to_owned(),
            json!({ "enum": names, "default": names[0] }),
        );
    }
    let outputs: Vec<&str> = definition.outputs.iter().map(|o| o.name).collect();
    json!({
        "title": definition.name,
        "description": format!("{} Outputs: {}.", definition.summary.en, outputs.join(", ")),
        "type": "object",
        "properties": properties,
        "required": ["kind"],
        "additionalProperties": false,
    })
}
