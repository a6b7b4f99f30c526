//! Whole lines of what comes in pieces.

use std::mem;

/// The longest that a message may be: far more than any of ours.
pub(super) const LONGEST: usize = 1 << 20;

/// A line has no end.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Endless;

/// Bytes that came and were not asked for yet. Every byte is looked at once and moved once, however
/// many lines there are and however they are cut: whoever sends them decides on both.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
    /// How many of them were given out.
    given: usize,
    /// Before here no line ends.
    seen: usize,
}

impl Lines {
    /// Takes the next piece. Ask for lines until there are none before.
    pub(super) fn push(&mut self, piece: &[u8]) -> Result<(), Endless> {
        let left = self.bytes.len() - self.given;
        if left + piece.len() > LONGEST {
            return Err(Endless);
        }
        let given = mem::take(&mut self.given);
        self.bytes.drain(..given);
        self.seen -= given;
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    /// The next line that is whole, without its end.
    pub(super) fn next(&mut self) -> Option<Vec<u8>> {
        let Some(more) = self.bytes[self.seen..].iter().position(|b| *b == b'\n') else {
            self.seen = self.bytes.len();
            return None;
        };
        let end = self.seen + more;
        let line = self.bytes[self.given..end].to_vec();
        (self.given, self.seen) = (end + 1, end + 1);
        Some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::{Endless, LONGEST, Lines};

    fn all(lines: &mut Lines) -> Vec<Vec<u8>> {
        std::iter::from_fn(|| lines.next()).collect()
    }

    #[test]
    fn lines_come_whole_however_they_are_cut() {
        let text = b"id: 1\nevent: resync\ndata: {\"kind\":\"resync\"}\n\n: alive\n";
        for size in 1..text.len() {
            let mut lines = Lines::default();
            let mut whole = Vec::new();
            for piece in text.chunks(size) {
                assert_eq!(lines.push(piece), Ok(()), "it is short");
                whole.extend(all(&mut lines));
            }
            assert_eq!(whole.len(), 5, "{size}");
            assert_eq!(whole[2], b"data: {\"kind\":\"resync\"}");
        }
        let mut lines = Lines::default();
        assert_eq!(lines.push(&vec![b'x'; LONGEST]), Ok(()));
        assert_eq!(lines.next(), None);
        assert_eq!(lines.push(b"x"), Err(Endless), "it would never end");
    }

    /// It took minutes (39 s the first half) when each line moved all that were behind it, and each
    /// piece had all that came before looked through again.
    #[test]
    fn a_million_lines_or_pieces_are_soon_read() {
        let mut lines = Lines::default();
        assert_eq!(lines.push(&vec![b'\n'; LONGEST]), Ok(()));
        assert_eq!(all(&mut lines).len(), LONGEST);
        for _ in 0..LONGEST - 1 {
            assert_eq!(lines.push(b"x"), Ok(()));
            assert_eq!(lines.next(), None);
        }
        assert_eq!(lines.push(b"\n"), Ok(()));
        assert_eq!(all(&mut lines), [vec![b'x'; LONGEST - 1]]);
        assert_eq!(all(&mut lines).len(), 0);
    }
}
