//! Messages through `postMessage`: an array of buffers, the message first.

use super::wire::{self, Wire};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// The message with its parts; all of them change hands.
pub(super) fn pack(message: &impl Wire, parts: Vec<ArrayBuffer>) -> Array {
    let bytes = Uint8Array::from(wire::bytes(message).as_slice());
    std::iter::once(bytes.buffer()).chain(parts).collect()
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
pub(super) fn unpack<T: Wire>(data: &JsValue) -> Option<(T, Vec<Vec<u8>>)> {
    let mut buffers = data
        .dyn_ref::<Array>()?
        .iter()
        .filter_map(|part| part.dyn_into::<ArrayBuffer>().ok())
        .map(|part| Uint8Array::new(&part).to_vec());
    let message = wire::message(&buffers.next()?)?;
    Some((message, buffers.collect()))
}
