//! The server's events, as an executor hears them.
//!
//! ```text
//! pieces u8   what the server says
//! ```

use super::lines::{LONGEST, Lines};
use protocol::api::event::Event;

/// However the bytes are cut into pieces, the same is heard; an event that is read is written and
/// read again.
pub fn check(bytes: &[u8]) {
    let Some((piece, said)) = bytes.split_first() else {
        return;
    };
    let whole = hear(said, usize::MAX);
    assert_eq!(hear(said, usize::from(*piece % 64) + 1), whole);
    for line in whole {
        let Some(data) = line.strip_prefix(b"data:") else {
            continue;
        };
        let Ok(event) = serde_json::from_slice::<Event>(data) else {
            continue;
        };
        // What a later server says is not said again.
        if event != Event::Unknown {
            let text = serde_json::to_string(&event);
            let again = text.and_then(|text| serde_json::from_str(&text));
            assert_eq!(again.ok(), Some(event));
        }
    }
}

fn hear(said: &[u8], piece: usize) -> Vec<Vec<u8>> {
    let mut lines = Lines::default();
    let mut heard = Vec::new();
    for piece in said.chunks(piece) {
        let is_taken = lines.push(piece).is_ok();
        assert!(is_taken || said.len() > LONGEST);
        heard.extend(std::iter::from_fn(|| lines.next()));
    }
    heard
}
