//! Events, as they come over an open connection.

use super::{Called, ClientError, read};
use crate::api::event::Event;
use reqwest::Response;

/// The longest that a message may be: far more than any of ours.
const LONGEST: usize = 1 << 20;

/// An open connection on which the server says what happens. Nothing depends on having heard: who
/// connects again is told what is still to be done, or to read the lists again.
#[derive(Debug)]
pub struct Events {
    response: Response,
    lines: Lines,
}

impl Events {
    pub(super) fn new(response: Response) -> Self {
        Self {
            response,
            lines: Lines::default(),
        }
    }

    /// Waits for the next event; nothing where the server has ended the connection.
    ///
    /// # Errors
    /// [`ClientError::Unreachable`] where the connection broke or nothing came for too long, not
    /// even the server's sign of life; [`ClientError::Unreadable`].
    pub async fn next(&mut self) -> Called<Option<Event>> {
        loop {
            while let Some(line) = self.lines.next() {
                // The server writes each message in one line. Its kind stands in there too, and
                // names of messages are not asked for: who connects again is told enough.
                if let Some(data) = line.strip_prefix(b"data:") {
                    return read(data).map(Some);
                }
            }
            let chunk = self.response.chunk().await;
            match chunk.map_err(|_| ClientError::Unreachable)? {
                Some(chunk) => self.lines.push(&chunk)?,
                None => return Ok(None),
            }
        }
    }
}

/// Whole lines of what comes in pieces.
#[derive(Debug, Default)]
struct Lines(Vec<u8>);

impl Lines {
    fn push(&mut self, piece: &[u8]) -> Called<()> {
        if self.0.len() + piece.len() > LONGEST {
            return Err(ClientError::Unreadable);
        }
        self.0.extend_from_slice(piece);
        Ok(())
    }

    fn next(&mut self) -> Option<Vec<u8>> {
        let end = self.0.iter().position(|byte| *byte == b'\n')?;
        let mut line: Vec<u8> = self.0.drain(..=end).collect();
        line.pop();
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Lines};

    #[test]
    fn lines_come_whole_however_they_are_cut() {
        let text = b"id: 1\nevent: resync\ndata: {\"kind\":\"resync\"}\n\n: alive\n";
        for size in 1..text.len() {
            let mut lines = Lines::default();
            let mut whole = Vec::new();
            for piece in text.chunks(size) {
                lines.push(piece).expect("it is short");
                whole.extend(std::iter::from_fn(|| lines.next()));
            }
            assert_eq!(whole.len(), 5, "{size}");
            assert_eq!(whole[2], b"data: {\"kind\":\"resync\"}");
        }
        let mut lines = Lines::default();
        assert!(lines.push(&vec![b'x'; LONGEST]).is_ok());
        assert!(lines.push(b"x").is_err(), "it would never end");
    }
}
