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

use backtest::venue::Venue;
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

/// Runs the strategy document that was written over the loaded history:
/// `{"typical": {...}, "ideal": {...}}`, or `{"error": "..."}`.
#[unsafe(no_mangle)]
pub extern "C" fn strategy() -> *const u8 {
    let document = String::from_utf8(INPUT.take()).unwrap_or_default();
    let result = BARS.with_borrow(|bars| phoenix_golden::strategy_result(&document, bars));
    answer(&result.unwrap_or_else(|error| serde_json::json!({ "error": error })))
}

/// The run that is timed: the document that was written, over the loaded history on typical terms.
/// Gives the number of trades, or -1 when the document cannot be run.
#[unsafe(no_mangle)]
pub extern "C" fn timed_run() -> i32 {
    let document = INPUT.with_borrow(|input| String::from_utf8_lossy(input).into_owned());
    let Ok(document) = trading::strategy::validate::validate(&document) else {
        return -1;
    };
    let plan = trading::strategy::plan::compile(&document);
    let (Ok(plan), Some(mut venue)) = (plan, Venue::typical(&document.symbol)) else {
        return -1;
    };
    // Enough money to trade to the end of any history.
    venue.account.balance = 1e6;
    let run = BARS.with_borrow(|bars| phoenix_golden::timed_run(&plan, &venue, bars).0);
    i32::try_from(run.trades.len()).unwrap_or(-1)
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
