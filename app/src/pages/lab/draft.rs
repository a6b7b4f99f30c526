//! What was edited and not saved stays in the browser, one draft a tab. A reload goes on with it;
//! so does a new tab, when the one in which it was made is closed.

use super::{opened::Opened, state::Lab};
use js_sys::{Date, Math};
use leptos::prelude::*;
use protocol::strategy::StrategySummary;
use serde::Deserialize;
use serde_json::Value;
use std::cmp::Reverse;
use trading::{few, strategy::Document, time::Time};
use web_sys::Storage;

/// Before the tab's name, in the browser's storage for all tabs.
const PREFIX: &str = "phoenix-draft:";
/// The tab's name, in the tab's own storage.
const TAB: &str = "phoenix-tab";
/// The most drafts that are kept; the oldest go first.
const MOST: usize = 8;

/// The work in hand.
#[derive(Debug)]
struct Draft {
    /// The document's JSON. It is read when it is resumed, by the reader of all documents.
    document: Value,
    saved: Option<StrategySummary>,
    opened: Opened,
    /// When it was written, in milliseconds.
    at: f64,
    /// All of this as it was written.
    text: String,
}

impl Draft {
    /// Field by field: derived readers of these types would be ten times this code, downloaded by
    /// every visitor.
    fn read(text: String) -> Option<Self> {
        let mut whole: Value = serde_json::from_str(&text).ok()?;
        let saved = match whole.get("saved")? {
            Value::Null => None,
            saved => Some(summary(saved)?),
        };
        let opened = opened(whole.get("opened")?)?;
        let at = whole.get("at")?.as_f64()?;
        let document = whole.get_mut("document")?.take();
        Some(Self {
            document,
            saved,
            opened,
            at,
            text,
        })
    }

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
    few::sort_by_key(&mut drafts, |(key, draft)| {
        // Moments since 1970 are above zero: their bits have their order.
        (*key != own, Reverse(draft.at.to_bits()))
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
            put(&storage, &format!("{PREFIX}{}", name()), &draft.text);
            None
        }
        Some(at) => Some(at),
        None => drafts.iter().position(|(_, draft)| draft.fits(wanted)),
    };
    let Some((key, draft)) = found.map(|at| drafts.swap_remove(at)) else {
        return false;
    };
    if key != own && put(&storage, &own, &draft.text) {
        remove(&storage, &key);
    }
    let Ok(document) = Document::deserialize(&draft.document) else {
        return false;
    };
    lab.resume(document, draft.saved, draft.opened);
    true
}

/// From the moment on when `is_read` is true keeps every change.
pub fn keep(lab: Lab, is_read: RwSignal<bool>) {
    Effect::new(move |_| {
        if !is_read.get() {
            return;
        }
        let draft = lab.is_changed().then(|| text(lab)).flatten();
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
            Some((key, Draft::read(text)?))
        })
        .collect()
}

/// False where the storage is full.
fn put(storage: &Storage, key: &str, draft: &str) -> bool {
    storage.set_item(key, draft).is_ok()
}

/// What is on the page as the text of a [`Draft`].
fn text(lab: Lab) -> Option<String> {
    let document = lab.read(serde_json::to_string).ok()?;
    let saved = lab.saved.with(serde_json::to_string).ok()?;
    let opened = serde_json::to_string(&lab.opened()).ok()?;
    let at = Date::now();
    Some(format!(
        r#"{{"document":{document},"saved":{saved},"opened":{opened},"at":{at}}}"#
    ))
}

fn summary(value: &Value) -> Option<StrategySummary> {
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    let number = |name: &str| value.get(name).and_then(Value::as_i64);
    Some(StrategySummary {
        id: text("id")?.parse().ok()?,
        revision: number("revision")?,
        name: text("name")?.to_owned(),
        symbol: text("symbol")?.to_owned(),
        timeframe: text("timeframe")?.parse().ok()?,
        created_at: Time(number("created_at")?),
        updated_at: Time(number("updated_at")?),
    })
}

fn opened(value: &Value) -> Option<Opened> {
    if value.as_str() == Some("New") {
        return Some(Opened::New);
    }
    let own = value.get("Own").and_then(Value::as_str);
    let ready = value.get("Ready").and_then(Value::as_str);
    match (own, ready) {
        (Some(id), _) => id.parse().ok().map(Opened::Own),
        (None, slug) => slug.map(|slug| Opened::Ready(slug.to_owned())),
    }
}

fn remove(storage: &Storage, key: &str) {
    // Never refused where reading is not.
    let _ = storage.remove_item(key);
}

#[cfg(test)]
mod tests {
    use super::{Draft, Opened, StrategySummary, Time};
    use trading::timeframe::Timeframe;

    #[test]
    fn what_was_written_is_read() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let saved = StrategySummary {
            id: id.parse().unwrap(),
            revision: 3,
            name: "\u{e9}\"".to_owned(),
            symbol: "XAUUSD".to_owned(),
            timeframe: Timeframe::H1,
            created_at: Time(1_700_000_000_123),
            updated_at: Time(-1),
        };
        let own = Opened::Own(id.parse().unwrap());
        let ready = Opened::Ready("gold-macd-adx".to_owned());
        for (saved, opened) in [(Some(saved), own), (None, ready), (None, Opened::New)] {
            let text = format!(
                r#"{{"document":{{"a":1}},"saved":{},"opened":{},"at":12.5}}"#,
                serde_json::to_string(&saved).unwrap(),
                serde_json::to_string(&opened).unwrap(),
            );
            let draft = Draft::read(text.clone()).unwrap();
            assert_eq!((draft.saved, draft.opened), (saved, opened));
            assert_eq!(draft.document.to_string(), r#"{"a":1}"#);
            assert_eq!((draft.at, draft.text.as_str()), (12.5, text.as_str()));
        }
        for text in [
            "",
            "{}",
            r#"{"document":{},"saved":{},"opened":"New","at":1}"#,
        ] {
            assert!(Draft::read(text.to_owned()).is_none(), "{text}");
        }
    }
}
