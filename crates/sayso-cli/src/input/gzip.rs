//! What is packed in a gzip file, of which a part may be damaged?
//!
//! Web archives are packed record by record, each as a member of its own, so that damage to
//! one needn't cost the others: after an error the next read goes on with the next member.
//! A member that was cut off is seen only in the next one, so that bytes are kept to go back.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::{cell::Cell, mem, rc::Rc};

use anyhow::{Result, anyhow};
use flate2::bufread::GzDecoder;

use super::kept::Kept;
use super::load;

/// What a gzip member begins with: two bytes of its own, and deflate.
pub(super) const MAGIC: &[u8] = &[0x1f, 0x8b, 0x08];

/// The members' contents, one after the other.
pub(super) struct Members<R> {
    state: State<R>,
}

enum State<R> {
    Between(Kept<R>),
    In(Box<GzDecoder<Kept<R>>>),
    Ended,
}

impl<R: BufRead> Members<R> {
    pub(super) fn new(packed: R) -> Self {
        Self { state: State::Between(Kept::new(packed)) }
    }

    /// Moves up to what may be a member; false where the bytes end before one.
    fn enter(&mut self, mut packed: Kept<R>) -> io::Result<bool> {
        loop {
            let bytes = packed.fill_buf()?;
            if bytes.is_empty() {
                return Ok(false);
            }
            // A beginning at the buffer's edge is seen in part; if it is none, the decoder says so.
            let begins = |at: &usize| {
                let rest = &bytes[*at..];
                rest.iter().zip(MAGIC).all(|(byte, sign)| byte == sign)
            };
            let found = (0..bytes.len()).find(begins);
            let n_passed = found.unwrap_or(bytes.len());
            packed.consume(n_passed);
            packed.mark();
            if found.is_some() {
                self.state = State::In(Box::new(GzDecoder::new(packed)));
                return Ok(true);
            }
        }
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                // What stands between members is padding, as of tapes.
                State::Between(packed) => {
                    if !self.enter(packed)? {
                        return Ok(0);
                    }
                }
                State::In(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => self.state = State::Between(decoder.into_inner()),
                    Ok(n) => {
                        self.state = State::In(decoder);
                        return Ok(n);
                    }
                    Err(error) if error.kind() == ErrorKind::Interrupted => {
                        self.state = State::In(decoder);
                        return Err(error);
                    }
                    Err(error) if is_damage(&error) => {
                        let mut packed = decoder.into_inner();
                        packed.go_back();
                        self.state = State::Between(packed);
                        return Err(io::Error::new(ErrorKind::InvalidData, "its gzip packing is damaged"));
                    }
                    Err(error) => return Err(error),
                },
            }
        }
    }
}

/// Whether the bytes are wrong, and not the way to them.
pub(super) fn is_damage(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof)
}

/// Bytes in memory, unpacked if they are packed.
///
/// # Errors
/// When the packing is damaged, or holds more than the limit.
pub(super) fn unpacked(bytes: Vec<u8>, max_bytes: u64) -> Result<Vec<u8>> {
    if !bytes.starts_with(MAGIC) {
        return Ok(bytes);
    }
    let mut words = Vec::new();
    let read = Members::new(bytes.as_slice()).take(max_bytes + 1).read_to_end(&mut words);
    read.map_err(|error| anyhow!("{error}"))?;
    if words.len() as u64 > max_bytes {
        return Err(load::over_limit("unpacked it has", max_bytes));
    }
    Ok(words)
}

/// A stream that says how far it was read, for the progress bar: of a packed file, nobody
/// knows how long it is unpacked.
pub(super) struct Counted<R> {
    inner: R,
    n_read: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let n_read = Rc::new(Cell::new(0));
        (Self { inner, n_read: Rc::clone(&n_read) }, n_read)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.n_read.set(self.n_read.get() + n as u64);
        Ok(n)
    }
}

/// The stream, or what is packed in it. True where it was packed.
pub(super) fn opened<'a>(mut stream: impl BufRead + 'a) -> io::Result<(Box<dyn BufRead + 'a>, bool)> {
    let is_packed = stream.fill_buf()?.starts_with(MAGIC);
    Ok(match is_packed {
        true => (Box::new(BufReader::new(Members::new(stream))), true),
        false => (Box::new(stream), false),
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use proptest::prelude::*;

    use super::*;

    fn packed(words: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(words).expect("a vector takes all");
        encoder.finish().expect("a vector takes all")
    }

    /// What is read, errors left out.
    fn read(bytes: &[u8], step: usize) -> (Vec<u8>, usize) {
        let mut members = Members::new(BufReader::with_capacity(step, bytes));
        let (mut words, mut n_errors, mut buffer) = (Vec::new(), 0, [0; 7]);
        loop {
            match members.read(&mut buffer) {
                Ok(0) => return (words, n_errors),
                Ok(n) => words.extend(&buffer[..n]),
                Err(_) => n_errors += 1,
            }
        }
    }

    #[test]
    fn a_damaged_member_costs_no_other() {
        let second = packed(b"the second, which is longer than the others are");
        let mut broken = second.clone();
        broken[12] ^= 0xff;
        broken[20] ^= 0xff;
        let cut = second[..second.len() / 2].to_vec();
        let all = [packed(b"one "), broken, cut, packed(b"three"), vec![0; 9], packed(b" four")].concat();
        for step in [1, 2, 3, 64] {
            let (words, n_errors) = read(&all, step);
            let words = String::from_utf8_lossy(&words).into_owned();
            assert!(words.starts_with("one ") && words.ends_with("three four"), "{words}");
            assert!(n_errors > 0);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, step in 1..40_usize) {
            read(&bytes, step);
            read(&[MAGIC, &bytes].concat(), step);
        }

        #[test]
        fn members_are_read_one_after_the_other(parts: Vec<Vec<u8>>, step in 1..40_usize) {
            let all: Vec<u8> = parts.iter().flat_map(|part| packed(part)).collect();
            prop_assert_eq!(read(&all, step), (parts.concat(), 0));
        }
    }
}
