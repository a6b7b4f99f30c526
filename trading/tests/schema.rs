//! The JSON Schema in the repository is the program's own.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{fs, path::PathBuf};

#[test]
fn the_schema_in_the_repository_is_up_to_date() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schema/strategy-1.json");
    let schema = trading::strategy::schema::schema();
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == text,
        "schema/strategy-1.json is out of date: run UPDATE_SCHEMA=1 cargo test -p trading --test schema"
    );
}
