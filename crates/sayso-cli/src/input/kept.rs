//! What was swallowed by something that was damaged?
//!
//! A record or member that was cut off is seen to be damaged only in the one behind it. Bytes
//! are kept from a mark on, so that the next can be looked for from there.

use std::io::{self, BufRead, Read};

/// A stream that can go back to a mark.
pub(super) struct Kept<R> {
    inner: R,
    /// The bytes since the mark and some before it, read and perhaps to be read again.
    bytes: Vec<u8>,
    mark: usize,
    /// How many of these were read.
    at: usize,
    /// False where the mark lies too far behind to go back.
    is_whole: bool,
    /// How many bytes may still be read again; without an end to it, a file could be made that
    /// is read again from every byte.
    n_again: usize,
}

/// Records of web archives are shorter; going back from a longer one is not worth the memory.
const MOST_KEPT: usize = 4 << 20;

impl<R: BufRead> Kept<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, bytes: Vec::new(), mark: 0, at: 0, is_whole: true, n_again: 16 * MOST_KEPT }
    }

    /// Something begins here.
    pub(super) fn mark(&mut self) {
        self.mark = self.at;
        self.is_whole = true;
        // Marks can be near each other, and what is behind would be moved for each.
        if self.mark > self.bytes.len() / 2 {
            self.bytes.drain(..self.mark);
            (self.mark, self.at) = (0, 0);
        }
    }

    /// Goes back to a byte behind the mark, so that what stands there isn't found again.
    pub(super) fn go_back(&mut self) {
        let n = self.at.saturating_sub(self.mark + 1);
        if self.is_whole && n <= self.n_again {
            self.n_again -= n;
            self.at -= n;
        }
    }
}

impl<R: BufRead> Read for Kept<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Kept<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.bytes.len() { Ok(&self.bytes[self.at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.bytes.len() {
            self.at += n;
            return;
        }
        self.is_whole &= self.bytes.len() - self.mark + n <= MOST_KEPT;
        if self.is_whole {
            // What is consumed was just shown, so that this reads nothing.
            let shown = self.inner.fill_buf().unwrap_or_default();
            self.bytes.extend_from_slice(&shown[..n.min(shown.len())]);
            self.at = self.bytes.len();
        } else {
            self.bytes.clear();
            (self.mark, self.at) = (0, 0);
        }
        self.inner.consume(n);
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_read_since_the_mark_comes_again(bytes: Vec<u8>, before in 0..50_usize, n in 0..50_usize, step in 1..9_usize) {
            let mut kept = Kept::new(BufReader::with_capacity(step, bytes.as_slice()));
            let read = |kept: &mut Kept<_>, n: usize| {
                let mut found = Vec::new();
                kept.take(n as u64).read_to_end(&mut found).expect("bytes can be read");
                found
            };
            let before = read(&mut kept, before).len();
            kept.mark();
            let n = read(&mut kept, n).len();
            kept.go_back();
            let again = before + n.min(1);
            prop_assert_eq!(read(&mut kept, usize::from(u16::MAX)), &bytes[again..]);
        }
    }
}
