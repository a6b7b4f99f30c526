//! Messages through `postMessage`: an array of a JSON text and the buffers that go with it.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// The message, and which of its parts change hands.
pub(super) fn pack(message: &impl Serialize, parts: Vec<ArrayBuffer>) -> Option<(Array, Array)> {
    let text = serde_json::to_string(message).ok()?;
    let transferred: Array = parts.into_iter().collect();
    let whole = Array::of1(&JsValue::from_str(&text)).concat(&transferred);
    Some((whole, transferred))
}

/// A part as a buffer of its own.
#[cfg(feature = "hydrate")]
pub(super) fn buffer(part: &super::desk::Part) -> ArrayBuffer {
    use super::desk::Part;
    match part {
        Part::Column(column) => js_sys::Float64Array::from(column.as_slice()).buffer(),
        Part::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).buffer(),
    }
}

/// The column of a buffer; bytes that make no whole number are left out.
pub(super) fn column(bytes: &[u8]) -> Vec<f64> {
    let (numbers, _) = bytes.as_chunks::<8>();
    numbers
        .iter()
        .map(|bytes| f64::from_le_bytes(*bytes))
        .collect()
}

/// The message and its parts; `None` where it is not one of ours.
pub(super) fn unpack<T: DeserializeOwned>(data: &JsValue) -> Option<(T, Vec<Vec<u8>>)> {
    let whole = data.dyn_ref::<Array>()?;
    let message = serde_json::from_str(&whole.get(0).as_string()?).ok()?;
    let parts = whole
        .iter()
        .skip(1)
        .filter_map(|part| part.dyn_into::<ArrayBuffer>().ok())
        .map(|part| Uint8Array::new(&part).to_vec())
        .collect();
    Some((message, parts))
}
