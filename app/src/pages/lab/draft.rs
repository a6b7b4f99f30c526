//! What was edited and not saved stays in the browser, one draft a tab. A reload goes on with it;
//! so does a new tab, when the one in which it was made is closed.

use super::{opened::Opened, state::Lab};
use js_sys::{Date, Math};
use leptos::prelude::*;
use protocol::strategy::StrategySummary;
use serde::{Deserialize, Serialize};
use trading::strategy::Document;
use web_sys::Storage;

/// Before the tab's name, in the browser's storage for all tabs.
const PREFIX: &str = "phoenix-draft:";
/// The tab's name, in the tab's own storage.
const TAB: &str = "phoenix-tab";
/// The most drafts that are kept; the oldest go first.
const MOST: usize = 8;

/// The work in hand.
#[derive(Debug, Serialize, Deserialize)]
struct Draft {
    document: Document,
    saved: Option<StrategySummary>,
    opened: Opened,
    /// When it was written, in milliseconds.
    at: f64,
}

impl Draft {
    /// Whether an address asks for it, or for nothing else.
    fn fits(&self, wanted: &Opened) -> bool {
        *wanted == Opened::New || self.opened == *wanted
    }
}

/// Goes on with the draft of this tab, or with one that was left behind, if the address does not
/// ask for something else. True if there was one.
pub fn resume(lab: Lab, wanted: &Opened) -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let own = key();
    let mut drafts = drafts(&storage);
    // This tab's own is never too old.
    drafts.sort_by(|(a_key, a), (b_key, b)| {
        (*b_key == own)
            .cmp(&(*a_key == own))
            .then(b.at.total_cmp(&a.at))
    });
    for (key, _) in drafts.iter().skip(MOST) {
        remove(&storage, key);
    }
    drafts.truncate(MOST);
    let mine = drafts.iter().position(|(key, _)| *key == own);
    let found = match mine {
        Some(at) if !drafts[at].1.fits(wanted) => {
            // The address of this tab was changed by hand: the draft waits under another name.
            let (_, draft) = drafts.swap_remove(at);
            // Gone first: a full storage has room for it once, not twice.
            remove(&storage, &own);
            put(&storage, &format!("{PREFIX}{}", name()), &draft);
            None
        }
        Some(at) => Some(at),
        None => drafts.iter().position(|(_, draft)| draft.fits(wanted)),
    };
    let Some((key, draft)) = found.map(|at| drafts.swap_remove(at)) else {
        return false;
    };
    if key != own && put(&storage, &own, &draft) {
        remove(&storage, &key);
    }
    lab.resume(draft.document, draft.saved, draft.opened);
    true
}

/// From the moment on when `is_read` is true keeps every change.
pub fn keep(lab: Lab, is_read: RwSignal<bool>) {
    Effect::new(move |_| {
        if !is_read.get() {
            return;
        }
        let draft = lab.is_changed().then(|| Draft {
            document: (*lab.document()).clone(),
            saved: lab.saved.get(),
            opened: lab.opened(),
            at: Date::now(),
        });
        let Some(storage) = storage() else { return };
        match draft {
            // A full storage is told nowhere: the strategy itself is still on the page.
            Some(draft) => drop(put(&storage, &key(), &draft)),
            None => remove(&storage, &key()),
        }
    });
}

fn storage() -> Option<Storage> {
    // Refused in some private windows: then there is no draft, and nothing else is lost.
    window().local_storage().ok().flatten()
}

/// Where this tab's draft is. A reload keeps the name of the tab.
fn key() -> String {
    let own = window().session_storage().ok().flatten();
    let known = own
        .as_ref()
        .and_then(|own| own.get_item(TAB).ok().flatten());
    let tab = known.unwrap_or_else(|| {
        let new = name();
        if let Some(own) = own {
            // Refused: then every load of the page is a new tab.
            let _ = own.set_item(TAB, &new);
        }
        new
    });
    format!("{PREFIX}{tab}")
}

/// A name that no other tab has.
fn name() -> String {
    format!("{:x}{:x}", Date::now().to_bits(), Math::random().to_bits())
}

fn drafts(storage: &Storage) -> Vec<(String, Draft)> {
    let count = storage.length().unwrap_or(0);
    let keys = (0..count).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter(|key| key.starts_with(PREFIX))
        .filter_map(|key| {
            let text = storage.get_item(&key).ok().flatten()?;
            Some((key, serde_json::from_str(&text).ok()?))
        })
        .collect()
}

/// False where the storage is full.
fn put(storage: &Storage, key: &str, draft: &Draft) -> bool {
    serde_json::to_string(draft).is_ok_and(|text| storage.set_item(key, &text).is_ok())
}

fn remove(storage: &Storage, key: &str) {
    // Never refused where reading is not.
    let _ = storage.remove_item(key);
}
