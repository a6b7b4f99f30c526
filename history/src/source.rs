//! From the bytes of a file, packed or not and in whatever encoding, to plain text bytes.

use flate2::bufread::MultiGzDecoder;
use serde::Serialize;
use std::io::{self, BufRead, BufReader, Read};

/// How a file's characters are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    /// UTF-8, or any superset of ASCII: only names of columns could differ.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16, low byte first: what MetaTrader 5 often exports.
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    /// UTF-16, high byte first.
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
}

/// Plain text bytes of an input that may be gzip and may be UTF-16. A byte order mark is left out.
pub(crate) struct Source<R: Read> {
    packed: Packed<R>,
    compressed: bool,
    encoding: Option<Encoding>,
    /// Unpacked bytes so far, and how many are allowed: a few kilobytes of gzip can hold terabytes.
    unpacked: u64,
    limit: u64,
    utf16: Utf16,
}

enum Packed<R: Read> {
    Plain(BufReader<Counted<R>>),
    Gzip(Box<BufReader<MultiGzDecoder<BufReader<Counted<R>>>>>),
}

/// The input is larger than allowed once unpacked.
#[derive(Debug, thiserror::Error)]
#[error("larger than {0} bytes")]
pub(crate) struct TooLarge(pub(crate) u64);

/// The gzip stream itself is broken; the reader under it is fine.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BrokenGzip(io::Error);

const BUFFER: usize = 64 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];

impl<R: Read> Source<R> {
    /// Looks at the first bytes of `input` to see whether it is gzip.
    pub(crate) fn new(input: R, limit: u64) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(
            BUFFER,
            Counted {
                inner: input,
                count: 0,
            },
        );
        let compressed = reader.fill_buf()?.starts_with(&GZIP);
        let packed = if compressed {
            let unpacked = MultiGzDecoder::new(reader);
            Packed::Gzip(Box::new(BufReader::with_capacity(BUFFER, unpacked)))
        } else {
            Packed::Plain(reader)
        };
        Ok(Self {
            packed,
            compressed,
            encoding: None,
            unpacked: 0,
            limit,
            utf16: Utf16::default(),
        })
    }

    /// Whether the input is gzip.
    pub(crate) fn compressed(&self) -> bool {
        self.compressed
    }

    /// The encoding, known after the first read.
    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding.unwrap_or(Encoding::Utf8)
    }

    /// Bytes taken from the input so far, packed as they came.
    pub(crate) fn bytes_read(&self) -> u64 {
        match &self.packed {
            Packed::Plain(reader) => reader.get_ref().count,
            Packed::Gzip(reader) => reader.get_ref().get_ref().get_ref().count,
        }
    }

    fn buffer(&mut self) -> io::Result<&[u8]> {
        match &mut self.packed {
            Packed::Plain(reader) => reader.fill_buf(),
            Packed::Gzip(reader) => reader.fill_buf().map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::InvalidData
                | io::ErrorKind::InvalidInput => io::Error::other(BrokenGzip(error)),
                _ => error,
            }),
        }
    }

    fn consume(&mut self, count: usize) -> io::Result<()> {
        match &mut self.packed {
            Packed::Plain(reader) => reader.consume(count),
            Packed::Gzip(reader) => reader.consume(count),
        }
        self.unpacked += count as u64;
        if self.unpacked > self.limit {
            return Err(io::Error::other(TooLarge(self.limit)));
        }
        Ok(())
    }

    /// Appends the next piece of text to `out`; `false` at the end.
    pub(crate) fn read_into(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => {
                let (encoding, mark) = detect_encoding(self.buffer()?);
                self.consume(mark)?;
                self.encoding = Some(encoding);
                encoding
            }
        };
        let mut utf16 = std::mem::take(&mut self.utf16);
        let buffer = self.buffer()?;
        let count = buffer.len();
        match encoding {
            Encoding::Utf8 => out.extend_from_slice(buffer),
            Encoding::Utf16Le => utf16.decode(buffer, u16::from_le_bytes, out),
            Encoding::Utf16Be => utf16.decode(buffer, u16::from_be_bytes, out),
        }
        if count == 0 && encoding != Encoding::Utf8 {
            utf16.finish(out);
        }
        self.utf16 = utf16;
        self.consume(count)?;
        Ok(count > 0)
    }
}

/// The encoding by its byte order mark, and the mark's length. Without a mark, digits and letters
/// in UTF-16 still show as every other byte being zero.
fn detect_encoding(start: &[u8]) -> (Encoding, usize) {
    match start {
        [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
        [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
        [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
        _ => match start
            .get(..8)
            .map(|s| [0, 1, 2, 3, 4, 5, 6, 7].map(|i| s[i] == 0))
        {
            Some([false, true, false, true, false, true, false, true]) => (Encoding::Utf16Le, 0),
            Some([true, false, true, false, true, false, true, false]) => (Encoding::Utf16Be, 0),
            _ => (Encoding::Utf8, 0),
        },
    }
}

/// What a piece of UTF-16 leaves over for the next: half a unit, half a pair.
#[derive(Default)]
struct Utf16 {
    byte: Option<u8>,
    high: Option<u16>,
}

impl Utf16 {
    fn decode(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, out: &mut Vec<u8>) {
        let mut bytes = bytes;
        if let (Some(first), [second, rest @ ..]) = (self.byte, bytes) {
            self.unit(unit([first, *second]), out);
            self.byte = None;
            bytes = rest;
        }
        let mut pairs = bytes.chunks_exact(2);
        for pair in &mut pairs {
            self.unit(unit([pair[0], pair[1]]), out);
        }
        if let [byte] = pairs.remainder() {
            self.byte = Some(*byte);
        }
    }

    fn unit(&mut self, unit: u16, out: &mut Vec<u8>) {
        if unit < 0x80 && self.high.is_none() {
            out.push(unit as u8);
            return;
        }
        let pair = self.high.take().into_iter().chain([unit]);
        for decoded in char::decode_utf16(pair) {
            match decoded {
                Ok(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                // The second half may come with the next unit.
                Err(half) if half.unpaired_surrogate() == unit && unit < 0xdc00 => {
                    self.high = Some(unit);
                }
                Err(_) => push_replacement(out),
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        if self.byte.take().is_some() | self.high.take().is_some() {
            push_replacement(out);
        }
    }
}

fn push_replacement(out: &mut Vec<u8>) {
    let mut utf8 = [0; 4];
    out.extend_from_slice(
        char::REPLACEMENT_CHARACTER
            .encode_utf8(&mut utf8)
            .as_bytes(),
    );
}

/// Counts what passes.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Encoding) {
        let mut source = Source::new(bytes, 1 << 20).unwrap();
        let mut out = Vec::new();
        while source.read_into(&mut out).unwrap() {}
        (
            String::from_utf8_lossy(&out).into_owned(),
            source.encoding(),
        )
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings() {
        let plain = "time;é €😀\r\n";
        assert_eq!(text(plain.as_bytes()), (plain.into(), Encoding::Utf8));
        assert_eq!(
            text(format!("\u{feff}{plain}").as_bytes()),
            (plain.into(), Encoding::Utf8)
        );
        for marked in [plain.to_owned(), format!("\u{feff}{plain}")] {
            let le = utf16(&marked, u16::to_le_bytes);
            assert_eq!(text(&le), (plain.into(), Encoding::Utf16Le));
            let be = utf16(&marked, u16::to_be_bytes);
            assert_eq!(text(&be), (plain.into(), Encoding::Utf16Be));
        }
        // A lone half, and half a unit, at the end.
        let mut broken = vec![0xff, 0xfe, b'a', 0, 0x3d, 0xd8];
        assert_eq!(text(&broken).0, "a\u{fffd}");
        broken.extend([b'b', 0, 7]);
        assert_eq!(text(&broken).0, "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn utf16_split_anywhere_is_the_same() {
        struct Drip<'a>(&'a [u8]);
        impl Read for Drip<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                // The first look must hold the mark; then one byte at a time.
                let count = if self.0.len() > 16 { 5 } else { 1 }.min(self.0.len());
                buffer[..count].copy_from_slice(&self.0[..count]);
                self.0 = &self.0[count..];
                Ok(count)
            }
        }
        let plain = "a😀b€c😀😀d";
        let bytes = utf16(&format!("\u{feff}{plain}"), u16::to_le_bytes);
        let mut source = Source::new(Drip(&bytes), 1 << 20).unwrap();
        let mut out = Vec::new();
        while source.read_into(&mut out).unwrap() {}
        assert_eq!(String::from_utf8(out).unwrap(), plain);
    }
}
