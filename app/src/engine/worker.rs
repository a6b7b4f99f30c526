//! The worker's end: listens, answers, remembers histories.

use super::{desk::Desk, message::Request, post};
use js_sys::Reflect;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Performance};

/// Begins to listen. The worker's script calls this once, after the module is there.
pub(crate) fn listen() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let desk = RefCell::new(Desk::default());
    let clock = Reflect::get(&scope, &JsValue::from_str("performance"))
        .ok()
        .and_then(|found| found.dyn_into::<Performance>().ok());
    let now = move || clock.as_ref().map_or(0.0, Performance::now);
    let replies = scope.clone();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some((request, parts)) = post::unpack::<Request>(&event.data()) else {
            return;
        };
        let (answer, parts_of_reply) = desk.borrow_mut().answer(request, &parts, &now);
        let parts = parts_of_reply.iter().map(post::buffer).collect();
        let whole = post::pack(&answer, parts);
        // The page is gone when it cannot be told.
        let _ = replies.post_message_with_transfer(&whole, &whole);
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    hear.forget();
}
