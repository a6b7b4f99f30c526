//! With which statuses an operation may be refused, for the document. What is the same of many is
//! known here by what the document says of the operation; a handler names only what is its own.
//! There is no `default`: what is not named is not answered, and schemathesis holds us to it.
//!
//! | status | from where |
//! |---|---|
//! | 304 | `etag.rs`, where `If-None-Match` is read |
//! | 400 | `body.rs`, `Path` and `Query` of axum, `once.rs` where the key is missing |
//! | 401, 429 | `asker.rs`: a wrong key is refused and counted wherever it is brought |
//! | 403 | `origin.rs` for whatever changes something; `By`, where not everybody may |
//! | 404 | where the path names something |
//! | 409, 422 | `once.rs`, and the rules of what is written |
//! | 412, 428 | where `If-Match` is read |
//! | 413 | the limit around the router, `once.rs`, `body.rs` |
//! | 415 | `origin.rs` and `body.rs` |
//! | 421 | `host.rs` |
//! | 500, 503 | what fails of ours, and the database |
//! | 504 | the time limit around the router |

use super::once;
use protocol::api::problem::MEDIA_TYPE;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a status says, whichever operation answers it.
fn meaning(status: u16) -> &'static str {
    match status {
        304 => "It is what the tag names",
        400 => "The request cannot be read, or has no Idempotency-Key",
        401 => "Nobody is known by this key or session",
        403 => "This key may not, or a page elsewhere asks",
        404 => "There is no such thing, or it is somebody else's",
        409 => "What is there stands against it: the code says what",
        410 => "It is over",
        412 => "It was changed after it was read",
        413 => "The body is too large",
        415 => "The body is not application/json",
        421 => "The server does not answer to this name; said as text",
        422 => "It breaks a rule, or the Idempotency-Key belongs to another request",
        428 => "If-Match is missing",
        429 => "Too much of it: Retry-After says how long to wait",
        501 => "This is not made yet",
        502 => "The payment provider did not help",
        503 => "We cannot work just now: Retry-After says how long to wait",
        504 => "It took too long",
        _ => "We failed",
    }
}

/// What an operation may answer beside what its handler names.
fn common(path: &str, method: &str, operation: &Value) -> BTreeSet<u16> {
    let parameters = operation["parameters"].as_array();
    let parameters = || parameters.into_iter().flatten();
    let has = |place: &str| parameters().any(|one| one["in"] == place);
    let reads = |name: &str| parameters().any(|one| one["name"] == name);
    let has_body = operation["requestBody"].is_object();
    let is_write = method != "get";
    let is_once = method == "post" && once::needs_key(path);
    let mut all = BTreeSet::from([401, 421, 429, 500, 503, 504]);
    for (is_so, statuses) in [
        (
            has("path") || has("query") || has_body || is_once,
            &[400][..],
        ),
        (has("path"), &[404]),
        (is_write, &[403, 413, 415]),
        (is_once, &[409, 422]),
        (reads("If-Match"), &[412, 428]),
        (reads("If-None-Match"), &[304]),
    ] {
        if is_so {
            all.extend(statuses);
        }
    }
    all
}

/// Writes down how an operation is refused.
pub(super) fn complete(path: &str, method: &str, operation: &mut Value) {
    let mut refusals = common(path, method, operation);
    let own = operation["responses"].as_object().into_iter().flatten();
    let own = own.filter_map(|(status, _)| status.parse().ok());
    refusals.extend(own.filter(|status| is_refusal(*status)));
    for status in refusals {
        let answer = &mut operation["responses"][status.to_string()];
        if answer["description"].as_str().is_none_or(str::is_empty) {
            answer["description"] = meaning(status).into();
        }
        match status {
            304 => {}
            421 => answer["content"] = json!({ "text/plain": { "schema": { "type": "string" } } }),
            _ => {
                let problem = json!({ "$ref": "#/components/schemas/Problem" });
                answer["content"] = json!({ MEDIA_TYPE: { "schema": problem } });
            }
        }
    }
}

/// Whether nothing was done.
pub(super) fn is_refusal(status: u16) -> bool {
    status >= 400
}

#[cfg(test)]
mod tests {
    use super::{complete, meaning};
    use protocol::api::problem::ProblemCode;
    use serde_json::{Value, json};

    fn statuses(path: &str, method: &str, mut operation: Value) -> String {
        complete(path, method, &mut operation);
        let all = operation["responses"].as_object().unwrap();
        for (status, answer) in all {
            assert!(!answer["description"].as_str().unwrap().is_empty());
            assert_eq!(
                answer["content"].is_object(),
                !["200", "304"].contains(&status.as_str())
            );
        }
        let mut all: Vec<&str> = all.keys().map(String::as_str).collect();
        all.sort_unstable();
        all.join(" ")
    }

    fn operation(parameters: &[(&str, &str)]) -> Value {
        let all = parameters.iter();
        let all = all.map(|(name, place)| json!({ "name": name, "in": place }));
        json!({
            "responses": { "200": { "description": "Well" } },
            "parameters": all.collect::<Vec<_>>(),
        })
    }

    #[test]
    fn operations_name_what_refuses_them_and_nothing_else() {
        let always = "401 421 429 500 503 504";
        assert_eq!(
            statuses("/a", "get", operation(&[])),
            format!("200 {always}")
        );
        assert_eq!(
            statuses(
                "/a/{id}",
                "get",
                operation(&[("id", "path"), ("If-None-Match", "header")])
            ),
            "200 304 400 401 404 421 429 500 503 504"
        );
        assert_eq!(
            statuses(
                "/a/{id}",
                "put",
                operation(&[("id", "path"), ("If-Match", "header")])
            ),
            "200 400 401 403 404 412 413 415 421 428 429 500 503 504"
        );
        assert_eq!(
            statuses("/a", "post", operation(&[])),
            "200 400 401 403 409 413 415 421 422 429 500 503 504"
        );
        assert_eq!(
            statuses("/auth/sign-out", "post", operation(&[])),
            "200 401 403 413 415 421 429 500 503 504"
        );
        let mut own = operation(&[]);
        own["responses"]["502"] = json!({ "description": "" });
        assert_eq!(
            statuses("/a", "get", own),
            "200 401 421 429 500 502 503 504"
        );
    }

    #[test]
    fn every_code_has_a_meaning_of_its_own_status() {
        for code in ProblemCode::ALL {
            let status = code.status();
            // Told by the router alone, for methods and times that no operation has.
            if [405, 408, 500].contains(&status) {
                continue;
            }
            assert_ne!(meaning(status), meaning(500), "{}", code.name());
        }
    }
}
