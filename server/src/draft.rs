//! Documents that are to be saved.

use protocol::id::StrategyId;
use serde_json::Value;
use storage::NewStrategy;
use trading::strategy::validate::{Fault, validate};

/// What is kept of a document that has no fault.
pub(crate) fn draft(
    document: String,
    replaces: Option<(StrategyId, i64)>,
    most: i64,
) -> Result<NewStrategy, Vec<Fault>> {
    let read = validate(&document)?;
    Ok(NewStrategy {
        replaces,
        name: read.name,
        symbol: read.symbol.as_str().to_owned(),
        timeframe: read.timeframe,
        document,
        most,
    })
}

/// The same document under another name, which is made of the one that it has. It is shortened
/// where it would be too long for a name.
pub(crate) fn copy(document: &str, name: impl Fn(&str) -> String) -> Result<String, Vec<Fault>> {
    let read = validate(document)?;
    let mut kept = read.name.as_str();
    loop {
        let copy = renamed(document, &name(kept));
        match validate(&copy) {
            Ok(_) => return Ok(copy),
            // The last letter, not the last byte.
            Err(faults) => match kept.char_indices().next_back() {
                Some((end, _)) => kept = &kept[..end],
                None => return Err(faults),
            },
        }
    }
}

fn renamed(document: &str, name: &str) -> String {
    let mut value: Value = serde_json::from_str(document).unwrap_or_default();
    value["name"] = name.into();
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::copy;
    use trading::strategy::validate::validate;

    #[test]
    fn a_copy_has_another_name_and_is_otherwise_the_same() {
        let text = include_str!("../../strategies/gold-macd-adx.json");
        let name = |name: &str| format!("{name} (copy)");
        let (mut old, new) = (
            validate(text).unwrap(),
            validate(&copy(text, name).unwrap()).unwrap(),
        );
        assert_eq!(new.name, format!("{} (copy)", old.name));
        old.name.clone_from(&new.name);
        assert_eq!(old, new);
        // A name that is as long as may be makes room.
        let mut long = text.replace("Gold MACD with ADX", "\u{e9}");
        for _ in 0..1_000 {
            let longer = long.replacen("\"name\": \"", "\"name\": \"\u{e9}", 1);
            if validate(&longer).is_err() {
                break;
            }
            long = longer;
        }
        let long = validate(&copy(&long, name).unwrap()).unwrap();
        assert!(long.name.ends_with("\u{e9} (copy)"), "{}", long.name);
    }
}
