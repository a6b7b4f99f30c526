//! What was edited and not saved stays in the browser: a closed tab loses nothing.

use super::state::Lab;
use leptos::prelude::*;
use protocol::strategy::StrategySummary;
use serde::{Deserialize, Serialize};
use trading::strategy::Document;

/// The key in the browser's own storage.
const KEY: &str = "phoenix-draft";

/// The work in hand.
#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    document: Document,
    saved: Option<StrategySummary>,
}

/// Opens the draft that was left behind, and from then on keeps every change.
pub fn keep(lab: Lab) {
    Effect::new(move |was_read: Option<()>| {
        if was_read.is_none() {
            read(lab);
        }
        write(lab);
    });
}

fn storage() -> Option<web_sys::Storage> {
    // Refused in some private windows: then there is no draft, and nothing else is lost.
    window().local_storage().ok().flatten()
}

fn read(lab: Lab) {
    let Some(text) = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()) else {
        return;
    };
    let Ok(draft) = serde_json::from_str::<Draft>(&text) else {
        return;
    };
    let asks_for_another = window()
        .location()
        .search()
        .is_ok_and(|search| !search.is_empty() && draft.saved.is_none());
    if !asks_for_another {
        lab.resume(draft.document, draft.saved);
    }
}

fn write(lab: Lab) {
    let draft = lab.is_changed().then(|| Draft {
        document: (*lab.document()).clone(),
        saved: lab.saved.get(),
    });
    let Some(storage) = storage() else { return };
    // A full storage is told nowhere: the strategy itself is still on the page.
    let _ = match draft.and_then(|draft| serde_json::to_string(&draft).ok()) {
        Some(text) => storage.set_item(KEY, &text),
        None => storage.remove_item(KEY),
    };
}
