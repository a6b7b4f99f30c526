//! The golden suite behind a plain WASM interface. No bindings generator: what is measured and
//! compared is Phoenix alone.
//!
//! JavaScript calls `alloc(len)`, writes the bytes where it points, and calls a function that reads
//! them: `load_bars()` takes a history (see `phoenix_golden::to_raw`). `indicators()` then runs the
//! suite over it and points to its answer: a little-endian `u32` length and that much JSON.
#![expect(
    unsafe_code,
    reason = "`no_mangle` is how WASM exports a name; there is no other unsafe code here"
)]

use std::{cell::RefCell, collections::BTreeMap};
use trading::bar::Bars;

thread_local! {
    /// Bytes from JavaScript.
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// The last answer, kept until the next one.
    static ANSWER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static BARS: RefCell<Bars> = RefCell::new(Bars::default());
}

/// Makes room for `len` bytes from JavaScript and says where.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(len: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        *input = vec![0; len];
        input.as_mut_ptr()
    })
}

/// Takes the bytes for a history. Gives the number of bars, or -1 when they are none.
#[unsafe(no_mangle)]
pub extern "C" fn load_bars() -> i32 {
    let bytes = INPUT.take();
    phoenix_golden::from_raw(&bytes).map_or(-1, |bars| {
        let len = bars.len();
        BARS.set(bars);
        i32::try_from(len).unwrap_or(-1)
    })
}

/// Runs every indicator over the loaded history: `{"macd.line": "0123456789abcdef", ...}`.
#[unsafe(no_mangle)]
pub extern "C" fn indicators() -> *const u8 {
    let hashes: BTreeMap<String, String> = BARS.with_borrow(|bars| {
        phoenix_golden::indicator_hashes(bars)
            .into_iter()
            .map(|(name, hash)| (name, format!("{hash:016x}")))
            .collect()
    });
    answer(&serde_json::json!(hashes))
}

fn answer(value: &serde_json::Value) -> *const u8 {
    let text = value.to_string();
    let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
    ANSWER.with_borrow_mut(|answer| {
        answer.clear();
        answer.extend_from_slice(&len.to_le_bytes());
        answer.extend_from_slice(text.as_bytes());
        answer.as_ptr()
    })
}
