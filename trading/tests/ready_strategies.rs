//! Every ready strategy is without fault, is told right in both languages, and is listed.

#![allow(clippy::unwrap_used, missing_docs)]

mod ready;

use trading::{
    language::Language,
    strategy::{describe::describe, number::is_name, plan::compile, validate},
};

#[test]
fn each_is_without_fault_or_warning_and_compiles() {
    for (name, text) in ready::strategies() {
        let document = validate::validate(&text).unwrap_or_else(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{name}:\n{}", faults.join("\n"))
        });
        assert_eq!(validate::warnings(&document), [], "{name}");
        compile(&document).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(
            is_name(&name.replace('-', "_").chars().take(32).collect::<String>()),
            "{name}"
        );
    }
}

#[test]
fn each_is_described_in_both_languages() {
    for (name, text) in ready::strategies() {
        let document = validate::validate(&text).unwrap();
        for language in Language::ALL {
            let snapshot = format!("{name}.{language}");
            insta::assert_snapshot!(snapshot, describe(&document, language).to_string());
        }
    }
}

#[test]
fn each_is_listed_in_the_readme() {
    let readme = include_str!("../../strategies/README.md");
    for (name, _) in ready::strategies() {
        // Once in the English table and once in the Indonesian one.
        let mentions = readme.matches(&format!("`{name}`")).count();
        assert_eq!(mentions, 2, "{name} in strategies/README.md");
    }
}
