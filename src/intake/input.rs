//! The bytes of a file in a sliding window: hashed and counted as they pass, memory bounded.

use super::error::FileError;
use super::source::Source;
use crate::words::Phrase;
use sha2::{Digest, Sha256};

/// How much is asked of the file at once.
const CHUNK: usize = 256 * 1024;
const BOM: &[u8] = b"\xEF\xBB\xBF";

pub(super) struct Input {
    source: Source,
    hasher: Sha256,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    read: u64,
    eof: bool,
}

impl Input {
    /// Reads the first chunk, strips the byte order mark and refuses what is no UTF-8 text at all.
    pub fn open(source: Source) -> Result<Self, FileError> {
        let mut input =
            Self { source, hasher: Sha256::new(), buffer: Vec::new(), start: 0, end: 0, read: 0, eof: false };
        // A pipe may hand over less than the four bytes a file type shows in.
        while input.window().len() < 512 && input.fill()? {}
        if let Some((what, why, next)) = foreign(input.window()) {
            return Err(FileError::new(
                "file.encoding",
                input.name(),
                what,
                Phrase::of(why),
                Phrase::of(next),
            )
            .at_line(1));
        }
        if input.window().starts_with(BOM) {
            input.consume(BOM.len());
        }
        Ok(input)
    }

    pub fn name(&self) -> &str {
        self.source.name()
    }

    /// Size of the file in bytes, where it is known.
    pub fn size(&self) -> Option<u64> {
        self.source.size()
    }

    /// Bytes taken from the file so far.
    pub const fn bytes_read(&self) -> u64 {
        self.read
    }

    pub fn window(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    pub const fn at_eof(&self) -> bool {
        self.eof
    }

    pub fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// Makes the window longer; false at the end of the file.
    pub fn fill(&mut self) -> Result<bool, FileError> {
        if self.eof {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.buffer.len() < self.end + CHUNK {
            self.buffer.resize(self.end + CHUNK, 0);
        }
        let Some(space) = self.buffer.get_mut(self.end..) else { return Ok(false) };
        let count = self.source.read(space)?;
        if count == 0 {
            self.eof = true;
            return Ok(false);
        }
        self.hasher.update(space.get(..count).unwrap_or_default());
        self.end += count;
        self.read += count as u64;
        self.source.report(self.read);
        Ok(true)
    }

    /// SHA-256 of the whole file; reads what has not been read yet.
    pub fn digest(&mut self) -> Result<[u8; 32], FileError> {
        loop {
            self.consume(usize::MAX - self.end);
            if !self.fill()? {
                return Ok(self.hasher.clone().finalize().into());
            }
        }
    }
}

/// What kind of file the first bytes show, where it is not UTF-8 text.
fn foreign(head: &[u8]) -> Option<(&'static str, &'static str, &'static str)> {
    const UTF8: &str = "intake-utf8-next";
    const UNPACK: &str = "intake-unpack-next";
    let utf16 = "intake-utf16";
    match head {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some((utf16, "intake-utf16-mark", UTF8)),
        [b'P', b'K', 3, 4, ..] => Some(("intake-zip", "intake-zip-why", UNPACK)),
        [0x1F, 0x8B, ..] => Some(("intake-gzip", "intake-gzip-why", UNPACK)),
        [b'%', b'P', b'D', b'F', ..] => Some(("intake-pdf", "intake-pdf-why", UNPACK)),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] => {
            Some(("intake-picture", "intake-picture-why", "intake-picture-next"))
        }
        _ => {
            // ASCII in UTF-16 has a zero in every other byte.
            let head = head.get(..head.len().min(512)).unwrap_or_default();
            let zeros = memchr::memchr_iter(0, head).count();
            (head.len() >= 4 && zeros * 3 > head.len()).then_some((utf16, "intake-utf16-zeros", UTF8))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::split::{Quoting, Splitter};
    use std::io::Read;

    /// Whatever stands in an endless line, the window stays near one record's limit.
    #[test]
    fn item_46_an_endless_line_takes_no_endless_memory() {
        for text in [b"x".as_slice(), b"\"", b"\"x", b",\""] {
            let mut bytes = text.to_vec();
            bytes.extend(std::iter::repeat_n(b'y', 1 << 20));
            let endless = std::io::Cursor::new(bytes).chain(std::io::repeat(b'z').take(32 << 20));
            let mut splitter = Splitter::new(Input::open(Source::from_reader("x", endless)).unwrap());
            let _ = splitter.next(Quoting::AnyDelimiter);
            assert!(splitter.input.buffer.capacity() <= 4 << 20, "{}", splitter.input.buffer.capacity());
        }
    }
}
