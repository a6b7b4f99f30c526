//! The house rules that a build cannot enforce: which room may import what, and under which
//! licences everything comes that is linked in.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::path::Path;

/// For each room all that it may import. Rooms that are not listed may import anything but what
/// [`FORBIDDEN`] says.
const ALLOWED: [(&str, &[&str]); 4] = [
    (
        "trading",
        &[
            "jiff",
            "libm",
            "pulp",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
        ],
    ),
    (
        "backtest",
        &[
            "libm",
            "rayon",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
            "trading",
        ],
    ),
    (
        "protocol",
        &[
            "base64",
            "hmac",
            "reqwest",
            "rustls",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "trading",
            "utoipa",
            "uuid",
            "webpki-roots",
        ],
    ),
    // The entry of the browser's module: whatever it could do belongs into `app`.
    ("frontend", &["app", "wasm-bindgen"]),
];

/// What `app` may link into the browser's module. Everything else it imports is optional, for the
/// server alone: see [`the_server_rooms_stay_on_the_server`].
const IN_THE_BROWSER: [&str; 12] = [
    "backtest",
    "futures",
    "history",
    "js-sys",
    "leptos",
    "protocol",
    "serde",
    "serde_json",
    "trading",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "web-sys",
];

/// Rooms that may import some of the others only, but any crate from outside.
const ROOMS: [(&str, &[&str]); 1] = [("executor", &["backtest", "protocol", "trading"])];

const FORBIDDEN: [(&str, &[&str]); 7] = [
    (
        "identity",
        &[
            "tokio", "sqlx", "axum", "leptos", "reqwest", "storage", "server",
        ],
    ),
    (
        "billing",
        // Not axum: the stand-ins of the providers, behind a feature, are servers.
        &["sqlx", "leptos", "storage", "app", "server"],
    ),
    (
        "site",
        &[
            "app",
            "axum",
            "sqlx",
            "storage",
            "server",
            "tokio",
            "leptos_router",
        ],
    ),
    (
        "history",
        &["backtest", "server", "sqlx", "axum", "leptos", "tokio"],
    ),
    ("server", &["executor", "mobile", "frontend", "sqlx"]),
    (
        "storage",
        &[
            "axum", "leptos", "app", "site", "billing", "server", "backtest", "history",
        ],
    ),
    ("app", &["sqlx", "zeromq", "server", "frontend", "agents"]),
];

/// Crates of which two versions in one tree have cost others days.
const ONLY_ONE: [&str; 3] = ["sqlx", "tower-sessions", "wasm-bindgen"];

const LICENCES: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    // Of data: the list of certificate authorities.
    "CDLA-Permissive-2.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml"))
        .other_options(["--locked".to_owned()])
        .exec()
        .expect("cargo metadata")
}

fn room<'a>(metadata: &'a Metadata, name: &str) -> &'a Package {
    let mut members = metadata.workspace_packages().into_iter();
    members
        .find(|p| p.name.as_str() == name)
        .unwrap_or_else(|| panic!("no room {name}"))
}

fn imports(package: &Package) -> Vec<&str> {
    let normal = |d: &&cargo_metadata::Dependency| d.kind == DependencyKind::Normal;
    package
        .dependencies
        .iter()
        .filter(normal)
        .map(|d| d.name.as_str())
        .collect()
}

#[test]
fn rooms_import_only_what_they_may() {
    let metadata = metadata();
    for (name, allowed) in ALLOWED {
        for import in imports(room(&metadata, name)) {
            assert!(allowed.contains(&import), "{name} may not import {import}");
        }
    }
    let members = metadata.workspace_packages();
    for (name, allowed) in ROOMS {
        for import in imports(room(&metadata, name)) {
            let is_room = members.iter().any(|p| p.name.as_str() == import);
            let is_allowed = !is_room || allowed.contains(&import);
            assert!(is_allowed, "{name} may not import {import}");
        }
    }
    for (name, forbidden) in FORBIDDEN {
        for import in imports(room(&metadata, name)) {
            assert!(
                !forbidden.contains(&import),
                "{name} may not import {import}"
            );
        }
    }
}

#[test]
fn the_server_rooms_stay_on_the_server() {
    let metadata = metadata();
    let app = room(&metadata, "app");
    let normal = app
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal);
    for import in normal {
        let name = import.name.as_str();
        if IN_THE_BROWSER.contains(&name) {
            continue;
        }
        assert!(import.optional, "app links {name} into the browser");
        let hydrate = &app.features["hydrate"];
        assert!(
            !hydrate.contains(&format!("dep:{name}")),
            "hydrate has {name}"
        );
    }
}

#[test]
fn no_crate_stands_twice_that_must_not() {
    let metadata = metadata();
    for name in ONLY_ONE {
        let count = metadata
            .packages
            .iter()
            .filter(|p| p.name.as_str() == name)
            .count();
        assert!(count <= 1, "{count} versions of {name}");
    }
}

#[test]
fn everything_linked_in_has_a_licence_for_us() {
    for package in metadata().packages {
        // Some name no licence and ship its text: its first line says which.
        let licence = package.license.clone().unwrap_or_else(|| {
            let text = package.license_file().map(std::fs::read_to_string);
            let text = text.and_then(Result::ok).unwrap_or_default();
            let first = text.lines().next().unwrap_or_default();
            first.trim().trim_end_matches(" License").to_owned()
        });
        assert!(
            may_use(&licence),
            "{} is licensed {licence:?}",
            package.name
        );
    }
}

/// Whether one alternative of an SPDX expression consists of licences that we may use. Old crates
/// write `/` for OR.
fn may_use(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], "");
    plain.split(" OR ").any(|all| {
        let mut parts = all.split(" AND ").map(str::trim);
        parts.all(|licence| LICENCES.contains(&licence))
    })
}

#[test]
fn licence_expressions_are_understood() {
    assert!(may_use("MIT OR Apache-2.0"));
    assert!(may_use("Unlicense/MIT"));
    assert!(may_use("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!may_use("GPL-3.0"));
    assert!(!may_use("MIT AND AGPL-3.0"));
    assert!(!may_use(""));
}

/// Handlers and attributes on a component are those of its first rendering for ever: tachys 0.2
/// does not replace them when the component is rendered again. Components take properties.
#[test]
fn nothing_is_spread_onto_components() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut folders = vec![app];
    let mut tags = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source file");
            for tag in component_tags(&text) {
                tags += 1;
                for spread in [" on:", " attr:", "\non:", "\nattr:", " prop:", " class:"] {
                    let flat = tag.lines().map(str::trim_start).collect::<Vec<_>>();
                    let flat = flat.join("\n");
                    assert!(!flat.contains(spread), "{}: {tag}", path.display());
                }
            }
        }
    }
    assert!(tags > 50, "{tags} components found");
}

/// The opening tags of components in views: from `<Name` to the `>` that ends it.
fn component_tags(text: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    for (start, _) in text.match_indices('<') {
        let rest = &text[start..];
        // In a view a tag begins a line or follows a blank or brace; a type argument follows a name.
        let before = text[..start].chars().next_back();
        let begins = before.is_none_or(|c| c.is_whitespace() || c == '{');
        if !begins || !rest[1..].starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        let mut depth = 0_i32;
        let mut last = ' ';
        for (at, c) in rest.char_indices() {
            match c {
                '(' | '{' | '[' => depth += 1,
                ')' | '}' | ']' => depth -= 1,
                '>' if depth == 0 && last != '-' && last != '=' => {
                    tags.push(&rest[..at]);
                    break;
                }
                _ => {}
            }
            last = c;
        }
    }
    tags
}
