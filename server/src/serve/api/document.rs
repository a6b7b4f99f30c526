//! The OpenAPI document, made from the handlers and types themselves, and the page that shows it
//! without any script.

use super::{once, status};
use crate::serve::{Context, visit};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use protocol::api::problem::{ApiProblem, ProblemCode};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use utoipa::{OpenApi, openapi};

/// What the handlers do not say.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Phoenix",
        description = "The HTTP API for executors, phones and programs of \
        traders. Times are milliseconds since 1970 UTC, money is as the broker reports it."
    ),
    components(schemas(ApiProblem, ProblemCode))
)]
struct Whole;

/// The document, made once.
#[derive(Debug)]
pub(super) struct Document {
    json: String,
    page: String,
}

impl Document {
    pub(super) fn new(handlers: &openapi::OpenApi, context: &Context) -> Self {
        let mut whole = Whole::openapi();
        whole.merge(handlers.clone());
        // A document that cannot be written is an empty one: the tests read it.
        let mut value = serde_json::to_value(&whole).unwrap_or_default();
        complete(&mut value);
        let page = page(&value, context.assets.site_style());
        Self {
            json: serde_json::to_string_pretty(&value).unwrap_or_default(),
            page,
        }
    }

    pub(super) fn json(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ];
        (headers, self.json.clone()).into_response()
    }

    pub(super) fn page(&self) -> Response {
        visit::page(StatusCode::OK, self.page.clone())
    }
}

/// What is the same of every path: how one is known, problems, and keys of writes.
fn complete(document: &mut Value) {
    document["openapi"] = "3.1.0".into();
    document["servers"] = json!([{ "url": "/api/v1" }]);
    document["security"] = json!([{ "key": [] }, { "session": [] }]);
    document["components"]["securitySchemes"] = json!({
        "key": { "type": "http", "scheme": "bearer", "bearerFormat": "phx_…" },
        "session": { "type": "apiKey", "in": "cookie", "name": "phoenix_session" },
    });
    // The words of bodies: what makes the schema sees the names of the code alone.
    document["components"]["schemas"]["ProblemCode"]["enum"] =
        ProblemCode::ALL.iter().map(|code| code.name()).collect();
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, methods) in paths {
        for (method, operation) in methods.as_object_mut().into_iter().flatten() {
            status::complete(path, method, operation);
            if method == "post" && once::needs_key(path) {
                let key = json!({
                    "name": "Idempotency-Key", "in": "header", "required": true,
                    "description": "Of your choosing, new for every write and the same when it \
                                    is sent again: 1 to 200 characters.",
                    "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
                });
                match operation["parameters"].as_array_mut() {
                    Some(all) => all.push(key),
                    None => operation["parameters"] = json!([key]),
                }
            }
        }
    }
}

/// A text as it stands in HTML.
fn plain(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

fn said<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// The page.
fn page(document: &Value, style: &str) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Phoenix API</title><link rel=\"stylesheet\" href=\"{}\"></head><body>\
         <main class=\"account\"><h1>Phoenix API</h1><p>{}</p>",
        plain(style),
        plain(said(&document["info"], "description")),
    );
    html.push_str(
        "<p>Everything is at <code>/api/v1</code>; the same paths without <code>/v1</code> are \
         those of the newest version. The document for programs is \
         <a href=\"/api/openapi.json\">openapi.json</a>.</p>\
         <p>Say who you are with <code>Authorization: Bearer phx_…</code>, or be signed in. Every \
         POST needs an <code>Idempotency-Key</code> where that is listed below. Bodies are \
         <code>application/json</code>; a DELETE from a browser names that type too.</p>",
    );
    let none = Map::new();
    for (path, methods) in document["paths"].as_object().unwrap_or(&none) {
        for (method, operation) in methods.as_object().unwrap_or(&none) {
            route(&mut html, document, path, method, operation);
        }
    }
    html.push_str("<h2>Kinds</h2>");
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.unwrap_or(&none) {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        let name = plain(name);
        // Writing to a text does not fail.
        let _ = write!(
            html,
            "<h3 id=\"kind-{name}\">{name}</h3><p>{}</p><pre>{}</pre>",
            plain(said(schema, "description")),
            plain(&text)
        );
    }
    html.push_str("<h2 id=\"problems\">Problems</h2><dl>");
    for code in ProblemCode::ALL {
        let (name, status, title) = (code.name(), code.status(), code.title());
        let _ = write!(
            html,
            "<dt id=\"{name}\"><code>{name}</code> {status}</dt><dd>{}.</dd>",
            plain(title)
        );
    }
    html.push_str("</dl></main></body></html>");
    html
}

fn route(html: &mut String, document: &Value, path: &str, method: &str, operation: &Value) {
    let words = [said(operation, "summary"), said(operation, "description")].join(" ");
    let _ = write!(
        html,
        "<h2><code>{} {}</code></h2><p>{}</p><ul>",
        plain(&method.to_uppercase()),
        plain(path),
        plain(words.trim())
    );
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let _ = write!(
            html,
            "<li><code>{}</code> ({}): {}</li>",
            plain(said(parameter, "name")),
            plain(said(parameter, "in")),
            plain(said(parameter, "description"))
        );
    }
    let body = &operation["requestBody"]["content"]["application/json"]["schema"];
    if let Some(kind) = kind(document, body) {
        let _ = write!(html, "<li>Body: {kind}</li>");
    }
    let none = Map::new();
    let answers = operation["responses"].as_object().unwrap_or(&none);
    let (refusals, answers): (Vec<_>, Vec<_>) = answers.iter().partition(|(status, _)| {
        let status = status.parse().ok();
        status.is_some_and(status::is_refusal)
    });
    for (status, answer) in answers {
        let contents = answer["content"].as_object().unwrap_or(&none);
        let kind = contents
            .values()
            .find_map(|one| kind(document, &one["schema"]));
        let _ = write!(
            html,
            "<li>{}: {} {}</li>",
            plain(status),
            plain(said(answer, "description")),
            kind.unwrap_or_default()
        );
    }
    // What each means is said below, by its code.
    let refusals: Vec<&str> = refusals.iter().map(|(status, _)| status.as_str()).collect();
    let _ = write!(
        html,
        "<li>Refused with <a href=\"#problems\">{}</a></li></ul>",
        plain(&refusals.join(", "))
    );
}

/// A link to a kind that has a name.
fn kind(document: &Value, schema: &Value) -> Option<String> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    document["components"]["schemas"].get(name)?;
    let name = plain(name);
    Some(format!("<a href=\"#kind-{name}\">{name}</a>"))
}
