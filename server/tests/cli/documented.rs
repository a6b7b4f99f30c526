//! Every call of the API that any test makes is held against the document: it answers with no status
//! that the document does not name.

use crate::web::Web;
use serde_json::Value;
use std::sync::OnceLock;

/// The document is the same whichever server is asked.
static DOCUMENT: OnceLock<Value> = OnceLock::new();

/// Whether a path is one of a template, such as `/command/{id}`.
fn is_of(path: &str, template: &str) -> bool {
    let (parts, names) = (path.split('/'), template.split('/'));
    parts.clone().count() == names.clone().count()
        && parts
            .zip(names)
            .all(|(part, name)| name.starts_with('{') || part == name)
}

/// What the document says of a request's line, such as `GET /api/v1/command`.
fn operation<'a>(document: &'a Value, line: &str) -> Option<&'a Value> {
    let (method, target) = line.split_once(' ')?;
    let path = target.split('?').next()?;
    let path = path.strip_prefix("/api/v1").or(path.strip_prefix("/api"))?;
    let paths = document["paths"].as_object()?;
    let of = || paths.iter().filter(|(template, _)| is_of(path, template));
    // What stands there word by word is meant before what fits a name.
    let found = of().find(|(template, _)| !template.contains('{'));
    let (_, methods) = found.or_else(|| of().next())?;
    methods.get(method.to_lowercase())
}

/// Holds an answer against the document.
#[track_caller]
pub(crate) fn check(web: &Web, line: &str, status: u16) {
    let document = DOCUMENT.get_or_init(|| web.get("/api/openapi.json", &[]).json());
    if let Some(operation) = operation(document, line) {
        let answers = &operation["responses"];
        let named = answers.get(status.to_string()).is_some();
        assert!(named, "{line} answers {status}, but names {answers}");
    }
}

#[test]
fn lines_are_found_in_the_document() {
    let document = serde_json::json!({ "paths": {
        "/a/{id}": { "get": { "of": "one" }, "put": {} },
        "/a/claim": { "post": { "of": "claim" } },
    } });
    let of = |line: &str| operation(&document, line).map(|found| found["of"].clone());
    assert_eq!(of("GET /api/v1/a/5?x=/"), Some("one".into()));
    assert_eq!(of("GET /api/a/5"), Some("one".into()));
    assert_eq!(of("POST /api/v1/a/claim"), Some("claim".into()));
    assert_eq!(of("DELETE /api/v1/a/5"), None);
    assert_eq!(of("GET /api/v1/a/5/more"), None);
}
