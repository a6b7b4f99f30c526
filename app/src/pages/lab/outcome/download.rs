//! Files that the visitor takes along.

use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};

/// How long the browser may take to begin with the file.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest name of a strategy in a file's name.
const LONGEST: usize = 60;

/// Gives the visitor a file. False when the browser does not let it.
pub(super) fn save(name: &str, kind: &str, text: &str) -> bool {
    offer(name, kind, text).is_ok()
}

fn offer(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(text.as_bytes()));
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let anchor = document().create_element("a")?;
    anchor.set_attribute("href", &address)?;
    anchor.set_attribute("download", name)?;
    anchor.unchecked_ref::<web_sys::HtmlElement>().click();
    set_timeout(
        move || {
            // What cannot be given back is given back with the page.
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        PATIENCE,
    );
    Ok(())
}

/// `strategy-symbol-timeframe.ending`, of letters, digits and single dashes only: a name that every
/// system takes, whatever the strategy is called.
pub(super) fn file_name(strategy: &str, symbol: &str, timeframe: &str, ending: &str) -> String {
    let strategy = plain(strategy);
    let strategy = if strategy.is_empty() {
        "strategy"
    } else {
        &strategy
    };
    format!("{strategy}-{}-{}.{ending}", plain(symbol), plain(timeframe))
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(LONGEST) {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_are_plain_whatever_the_strategy_is_called() {
        let name = |strategy: &str| file_name(strategy, "XAUUSD", "H1", "html");
        assert_eq!(
            name("Gold MACD with ADX"),
            "gold-macd-with-adx-xauusd-h1.html"
        );
        assert_eq!(
            name("../../etc/passwd\0.exe"),
            "etc-passwd-exe-xauusd-h1.html"
        );
        assert_eq!(name("  \u{202e}???  "), "strategy-xauusd-h1.html");
        assert_eq!(
            name("<b>\"Emas\"</b>: naik/turun"),
            "b-emas-b-naik-turun-xauusd-h1.html"
        );
        assert_eq!(name("金 é"), "金-é-xauusd-h1.html");
        assert!(name(&"long ".repeat(100)).len() < 90);
    }
}
