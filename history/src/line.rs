//! Lines of a text, in a buffer of fixed size.

use crate::source::{BrokenGzip, Encoding, Source, TooLarge};
use std::io::{self, Read};

/// Longest line that is looked at. The widest honest row has some 200 characters.
pub const MAX_LINE: usize = 4096;

/// Text that is read ahead to recognise the format.
const SAMPLE: usize = 1 << 20;

/// Splits a source into lines.
pub(crate) struct Lines<R: Read> {
    source: Source<R>,
    buffer: Vec<u8>,
    /// Where the next line begins in `buffer`.
    start: usize,
    ended: bool,
}

/// One line, without its end.
pub(crate) enum Line<'a> {
    /// The text of a line.
    Text(&'a [u8]),
    /// A line beyond [`MAX_LINE`], which was skipped.
    TooLong,
}

impl<R: Read> Lines<R> {
    /// The lines of `source`.
    pub(crate) fn new(source: Source<R>) -> Self {
        Self {
            source,
            buffer: Vec::new(),
            start: 0,
            ended: false,
        }
    }

    /// Reads the first megabyte of text ahead, see [`Lines::peek`]. Whether that is all there is.
    pub(crate) fn sample(&mut self) -> Result<bool, ReadFault> {
        while !self.ended && self.buffer.len() < SAMPLE {
            self.fill()?;
        }
        Ok(self.ended)
    }

    /// What was read ahead and not yet given out as lines.
    pub(crate) fn peek(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Bytes taken from the input so far.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Whether the input is gzip.
    pub(crate) fn compressed(&self) -> bool {
        self.source.compressed()
    }

    /// The encoding of the input.
    pub(crate) fn encoding(&self) -> Encoding {
        self.source.encoding()
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Line<'_>>, ReadFault> {
        let mut searched = self.start;
        let mut too_long = false;
        let end = loop {
            if let Some(at) = find_newline(&self.buffer[searched..]) {
                break searched + at;
            }
            if self.buffer.len() - self.start > MAX_LINE {
                // Forget what was seen of it: only its end matters now.
                too_long = true;
                self.start = self.buffer.len();
            }
            if self.ended {
                if self.start == self.buffer.len() && !too_long {
                    return Ok(None);
                }
                break self.buffer.len();
            }
            self.buffer.drain(..self.start);
            self.start = 0;
            searched = self.buffer.len();
            self.fill()?;
        };
        let line = &self.buffer[self.start..end];
        self.start = self.buffer.len().min(end + 1);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if too_long || line.len() > MAX_LINE {
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Text(line)))
    }

    fn fill(&mut self) -> Result<(), ReadFault> {
        if !self.source.read_into(&mut self.buffer)? {
            self.ended = true;
        }
        Ok(())
    }
}

/// Why no more text came.
#[derive(Debug)]
pub(crate) enum ReadFault {
    /// The reader failed.
    Io(io::Error),
    /// The gzip data is broken or cut short.
    BrokenGzip(String),
    /// More text than allowed.
    TooLarge(u64),
}

impl From<io::Error> for ReadFault {
    fn from(error: io::Error) -> Self {
        let inner = error.get_ref();
        if let Some(TooLarge(limit)) = inner.and_then(|e| e.downcast_ref()) {
            Self::TooLarge(*limit)
        } else if let Some(broken) = inner.and_then(|e| e.downcast_ref::<BrokenGzip>()) {
            Self::BrokenGzip(broken.to_string())
        } else {
            Self::Io(error)
        }
    }
}

/// Sixteen bytes at a time without a branch, so that the compiler can use wide registers.
fn find_newline(bytes: &[u8]) -> Option<usize> {
    let mut base = 0;
    for block in bytes.chunks(16) {
        if block.iter().fold(false, |found, b| found | (*b == b'\n')) {
            return block.iter().position(|b| *b == b'\n').map(|at| base + at);
        }
        base += block.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(Source::new(text, u64::MAX).unwrap());
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                Line::Text(text) => String::from_utf8_lossy(text).into_owned(),
                Line::TooLong => "too long".into(),
            });
        }
        all
    }

    #[test]
    fn ends_of_lines() {
        assert_eq!(lines(b"a\nb\r\n\nc"), ["a", "b", "", "c"]);
        assert_eq!(lines(b"a\n"), ["a"]);
        assert!(lines(b"").is_empty());
    }

    #[test]
    fn a_line_that_never_ends_is_not_kept() {
        let mut text = vec![b'x'; 300_000];
        text.extend(b"\nab\n");
        assert_eq!(lines(&text), ["too long", "ab"]);
        assert_eq!(lines(&vec![b'x'; 300_000]), ["too long"]);
        assert_eq!(lines(&vec![b'x'; MAX_LINE]), ["x".repeat(MAX_LINE)]);
        assert_eq!(lines(&vec![b'x'; MAX_LINE + 1]), ["too long"]);
    }
}
