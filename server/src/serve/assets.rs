//! The built files. They are read once and held in memory: no request ever names a path on disk.

use super::{Context, ServeProblem, squeeze::Squeezed};
use crate::failure::{Failure, Result};
use app::assets::Assets;
use axum::{
    body::Bytes,
    extract::{Path as UrlPath, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use site::live::Script;
use std::{collections::BTreeMap, fs, path::Path};

/// Their names have a hash of their content: what a name means never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Every file, by name.
#[derive(Debug)]
pub(super) struct Files {
    paths: Assets,
    site_style: String,
    live: Option<Script>,
    files: BTreeMap<String, File>,
}

/// What the manifest says beside what the app needs.
#[derive(Debug, Deserialize)]
struct More {
    /// The style sheet of the pages that the app does not make.
    site_style: Option<String>,
    live: Option<String>,
    live_integrity: Option<String>,
}

#[derive(Debug)]
struct File {
    kind: &'static str,
    content: Squeezed,
}

impl Files {
    /// Reads `manifest.json` and everything in `assets` of a folder.
    pub(super) fn read(folder: &Path, reload: bool) -> Result<Self> {
        let manifest = folder.join("manifest.json");
        let text =
            fs::read_to_string(&manifest).map_err(|error| Failure::reading(&manifest, error))?;
        let bad = |error| {
            Failure::serve(ServeProblem::BadManifest {
                path: manifest.clone(),
                error,
            })
        };
        let mut paths: Assets = serde_json::from_str(&text).map_err(bad)?;
        let more: More = serde_json::from_str(&text).map_err(bad)?;
        let site_style = more.site_style.unwrap_or_else(|| paths.style.clone());
        let live = more.live.zip(more.live_integrity);
        let live = live.map(|(path, integrity)| Script { path, integrity });
        if !reload {
            paths.reload = None;
        }
        let place = folder.join("assets");
        let mut files = BTreeMap::new();
        let entries = fs::read_dir(&place).map_err(|error| Failure::reading(&place, error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| Failure::reading(&place, error))?
                .path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            let Some(kind) = kind(name) else { continue };
            let read = |path: &Path| fs::read(path).map(Bytes::from);
            let plain = read(&path).map_err(|error| Failure::reading(&path, error))?;
            let packed = |ending: &str| read(&place.join(format!("{name}.{ending}"))).ok();
            let content = Squeezed {
                plain,
                brotli: packed("br"),
                gzip: packed("gz"),
            };
            files.insert(name.to_owned(), File { kind, content });
        }
        Ok(Self {
            paths,
            site_style,
            live,
            files,
        })
    }

    /// Where the files are that a page names.
    pub(super) fn paths(&self) -> &Assets {
        &self.paths
    }

    /// The style sheet of the pages that the app does not make.
    pub(super) fn site_style(&self) -> &str {
        &self.site_style
    }

    /// The script that keeps live pages up to date, where it was built.
    pub(super) fn live(&self) -> Option<&Script> {
        self.live.as_ref()
    }
}

/// The media type by the end of the name; `None` for what is not served itself.
fn kind(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}

/// One file.
pub(super) async fn file(
    State(context): State<Context>,
    UrlPath(name): UrlPath<String>,
    headers: HeaderMap,
) -> Response {
    let Some(file) = context.assets.files.get(&name) else {
        return (StatusCode::NOT_FOUND, "there is no such file\n").into_response();
    };
    let mut response = file.content.answer(&headers, &format!("\"{name}\""));
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, FOREVER);
    response
}

/// Browsers ask for this whatever the page says.
pub(super) async fn icon(State(context): State<Context>) -> Redirect {
    Redirect::permanent(&context.assets.paths.icon)
}
