//! The file of settings, in TOML. A table is the beginning of its keys' names: `[stripe]` with
//! `key = "…"` is `stripe_key`.

use super::{
    fault::{Fault, What},
    key::{self, Key},
};
use std::{collections::BTreeMap, fs, path::Path};
use toml::{Table, Value};

/// No file of settings is larger.
const MAX: u64 = 1 << 20;

/// What it says, and what is wrong with it.
pub(super) fn read(path: &Path) -> (BTreeMap<&'static str, Vec<String>>, Vec<Fault>) {
    let (mut values, mut faults) = (BTreeMap::new(), Vec::new());
    match table(path) {
        Ok(table) => walk("", &table, &mut values, &mut faults),
        Err(what) => faults.push(Fault::of_file(path, what)),
    }
    (values, faults)
}

fn table(path: &Path) -> Result<Table, What> {
    let unreadable = |error: std::io::Error| What::Unreadable(error.to_string());
    if fs::metadata(path).map_err(unreadable)?.len() > MAX {
        return Err(What::TooLarge);
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    text.parse::<Table>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        What::NotToml {
            line: before.map_or(1, |before| before.matches('\n').count() + 1),
            // Of the grammar alone: it shows nothing of the line, which may hold a secret.
            why: error
                .message()
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    })
}

fn walk(
    before: &str,
    table: &Table,
    values: &mut BTreeMap<&'static str, Vec<String>>,
    faults: &mut Vec<Fault>,
) {
    for (name, value) in table {
        let name = format!("{before}{name}");
        if let Value::Table(inner) = value {
            walk(&format!("{name}_"), inner, values, faults);
            continue;
        }
        match key::of(&name) {
            None => {
                let near = key::near(&name);
                faults.push(Fault::unknown(name, near));
            }
            Some(key) if values.contains_key(key.name) => {
                faults.push(Fault::of(key, super::From::File, What::Twice));
            }
            Some(key) => match texts(key, value) {
                Some(texts) => {
                    values.insert(key.name, texts);
                }
                None => faults.push(Fault::of(key, super::From::File, What::Kind)),
            },
        }
    }
}

/// Texts and whole numbers; lists of texts where a list is wanted.
fn texts(key: &Key, value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Integer(number) => Some(vec![number.to_string()]),
        Value::Array(all) if key.is_list => {
            let texts = all.iter().map(|one| one.as_str().map(str::to_owned));
            texts.collect()
        }
        _ => None,
    }
}
