//! Events, as they come over an open connection.

use super::{Called, ClientError, lines::Lines, read};
use crate::api::event::Event;
use reqwest::Response;

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
                Some(chunk) => self
                    .lines
                    .push(&chunk)
                    .map_err(|_| ClientError::Unreadable)?,
                None => return Ok(None),
            }
        }
    }
}
