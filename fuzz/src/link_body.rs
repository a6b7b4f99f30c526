//! Bodies of the link's messages, from somebody who can sign them.
//!
//! ```text
//! kind u8   body
//! ```

use protocol::link::{
    FromExecutor, FromTerminal,
    frame::Message,
    wire::{Reader, Writer},
};
use std::fmt::Debug;

/// A body that is read is the only one that says so: written again it has the same bytes.
pub fn check(bytes: &[u8]) {
    let Some((kind, body)) = bytes.split_first() else {
        return;
    };
    side::<FromTerminal>(*kind, body);
    side::<FromExecutor>(*kind, body);
}

fn side<M: Message + Debug>(kind: u8, body: &[u8]) {
    let mut from = Reader::new(body);
    match M::get(kind, &mut from) {
        Some(Ok(message)) if from.end().is_ok() => {
            assert_eq!(message.kind(), kind);
            let mut out = Writer::with_capacity(body.len());
            message.put(&mut out);
            assert_eq!(out.finish().as_deref(), Some(body), "{message:?}");
        }
        // A fault can be said.
        Some(Err(fault)) => assert!(!fault.to_string().is_empty()),
        Some(Ok(_)) | None => {}
    }
}
