//! Which pages does a web archive (WARC) hold?
//!
//! The format is read here, since it is a page of code, and since the crate for it takes
//! heads and bodies of any length and can't go on behind a damaged record.
//!
//! # Source
//! The WARC Format 1.1, IIPC: <https://iipc.github.io/warc-specifications/>.

use std::io::{self, BufRead, Read};

use anyhow::{Error, Result, anyhow};
use sayso_text::Format;

use super::kept::Kept;
use super::stored::{self, Head};
use super::{gzip, load};

/// What every record begins with.
pub(super) const MAGIC: &[u8] = b"WARC/";

/// A page as an archive holds it.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) url: String,
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
    /// As the server stated it, which may be wrong.
    pub(super) charset: Option<String>,
    /// True where the archive says that it holds only the page's beginning.
    pub(super) is_cut: bool,
}

/// The records that hold pages, and those that are damaged, with their numbers from 1; every
/// record counts, so that a number finds its record with other tools too.
pub(super) struct Records<R> {
    stream: Kept<R>,
    max_bytes: u64,
    number: usize,
    /// Nobody knows where the next record begins.
    is_lost: bool,
    ended: bool,
}

/// The named fields of a record's head that matter.
#[derive(Default)]
struct Fields {
    is_response: bool,
    url: String,
    n_bytes: Option<u64>,
    is_cut: bool,
}

/// Heads are shorter; the rest of a longer one is damage.
const MAX_HEAD: u64 = 64 * 1024;

impl<R: BufRead> Records<R> {
    pub(super) fn new(stream: R, max_bytes: u64) -> Self {
        Self { stream: Kept::new(stream), max_bytes, number: 0, is_lost: false, ended: false }
    }

    /// The next record, if it holds a page.
    fn record(&mut self) -> Result<Option<Stored>> {
        let Some(fields) = self.fields()? else {
            self.ended = true;
            return Ok(None);
        };
        let Some(n_bytes) = fields.n_bytes else {
            self.is_lost = true;
            return Err(anyhow!("its length is missing or no number; passed over to the next record"));
        };
        if !fields.is_response {
            self.skip(n_bytes)?;
            return Ok(None);
        }
        // The reply's own head says whether the rest is wanted, however large it is.
        let mut reply = Vec::new();
        self.take(n_bytes.min(MAX_HEAD), &mut reply)?;
        let head = Head::read(&reply);
        let wanted = head.and_then(|head| Some((head.format(&fields.url)?, head)));
        let n_left = n_bytes - reply.len() as u64;
        let Some((format, head)) = wanted else {
            self.skip(n_left)?;
            return Ok(None);
        };
        let n_body = n_bytes - head.n_bytes as u64;
        if n_body > self.max_bytes {
            self.skip(n_left)?;
            return Err(load::too_large(n_body, self.max_bytes));
        }
        self.take(n_left, &mut reply)?;
        self.boundary()?;
        let body = head.body(&reply[head.n_bytes..], self.max_bytes);
        let bytes = match body.map_err(|error| anyhow!("its page can't be unpacked: {error}"))? {
            Some(bytes) => bytes,
            None => return Err(load::over_limit("unpacked it has", self.max_bytes)),
        };
        Ok(Some(Stored { url: fields.url, bytes, format, charset: head.charset, is_cut: fields.is_cut }))
    }

    /// The head of the next record; `None` at the end.
    fn fields(&mut self) -> Result<Option<Fields>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            self.stream.mark();
            match self.stream.by_ref().take(MAX_HEAD).read_until(b'\n', &mut line) {
                Ok(0) => return Ok(None),
                Ok(_) if line.starts_with(MAGIC) => break,
                Ok(_) if self.is_lost || line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    self.is_lost = true;
                    return Err(anyhow!("no record begins where one should; passed over to the next record"));
                }
                // Bytes that are passed over may be damaged; it was said of the first.
                Err(error) if self.is_lost && gzip::is_damage(&error) => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        self.is_lost = false;
        let mut head = Vec::new();
        loop {
            let before = head.len();
            let more = MAX_HEAD.saturating_sub(before as u64);
            match self.stream.by_ref().take(more).read_until(b'\n', &mut head) {
                Ok(0) => return Err(self.cut()),
                Ok(_) if head[before..].trim_ascii().is_empty() => break,
                Ok(_) => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        Ok(Some(Fields::read(&String::from_utf8_lossy(&head))))
    }

    /// Reads so many more bytes.
    fn take(&mut self, n_bytes: u64, bytes: &mut Vec<u8>) -> Result<()> {
        match self.stream.by_ref().take(n_bytes).read_to_end(bytes) {
            Ok(n) if n as u64 == n_bytes => Ok(()),
            Ok(_) => Err(self.cut()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    fn skip(&mut self, n_bytes: u64) -> Result<()> {
        match io::copy(&mut self.stream.by_ref().take(n_bytes), &mut io::sink()) {
            Ok(n) if n == n_bytes => self.boundary(),
            Ok(_) => Err(self.cut()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Behind a record stands a blank line, or the end.
    fn boundary(&mut self) -> Result<()> {
        match self.stream.fill_buf() {
            Ok(bytes) if bytes.first().is_some_and(|b| !b"\r\n".contains(b)) => {
                self.lose();
                Err(anyhow!("it is longer or shorter than it says; passed over to the next record"))
            }
            // What is wrong with the next bytes is said of the next record.
            _ => Ok(()),
        }
    }

    /// The bytes end, or a head doesn't.
    fn cut(&mut self) -> Error {
        self.lose();
        anyhow!("it is cut off in the middle")
    }

    /// The next record may have been read as a part of this one.
    fn lose(&mut self) {
        self.stream.go_back();
        self.is_lost = true;
    }

    fn failed(&mut self, error: &io::Error) -> Error {
        if gzip::is_damage(error) {
            self.lose();
            return anyhow!("{error}; passed over to the next record");
        }
        self.ended = true;
        load::unreadable(error)
    }
}

impl Fields {
    fn read(head: &str) -> Self {
        let mut found = Self::default();
        for (name, value) in stored::fields(head.lines()) {
            match name.as_str() {
                "warc-type" => found.is_response = value.eq_ignore_ascii_case("response"),
                "content-length" => found.n_bytes = value.parse().ok(),
                "warc-truncated" => found.is_cut = true,
                // The first versions of the format put it in angle brackets.
                "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut found.url),
                _ => {}
            }
        }
        found
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = (usize, Result<Stored>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            self.number += 1;
            if let Some(found) = self.record().transpose() {
                return Some((self.number, found));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record(kind: &str, body: &str) -> String {
        let n = body.len();
        let uri = "WARC-Target-URI: <http://a.example/story>";
        format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{uri}\r\nContent-Length: {n}\r\n\r\n{body}\r\n\r\n")
    }

    fn page(words: &str) -> String {
        record("response", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{words}"))
    }

    /// Numbers with the pages' words, or what is wrong.
    fn check(archive: &str, expected: &[(usize, &str)]) {
        let shown = |found: Result<Stored>| match found {
            Ok(page) => String::from_utf8_lossy(&page.bytes).into_owned(),
            Err(error) => error.to_string(),
        };
        let found: Vec<_> =
            Records::new(archive.as_bytes(), 500).map(|(n, found)| (n, shown(found))).collect();
        let expected: Vec<_> = expected.iter().map(|&(n, words)| (n, words.to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_are_found_among_other_records() {
        let image = record("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\u{89}PNG");
        let gone = record("response", "HTTP/1.1 404 No\r\nContent-Type: text/html\r\n\r\ngone");
        let archive = [record("warcinfo", "software: x"), page("one"), image, gone, page("two")].concat();
        check(&archive, &[(2, "one"), (5, "two")]);
        let unmeasured = archive.replace("Content-Length", "X");
        let said = "its length is missing or no number; passed over to the next record";
        check(&unmeasured, &[1, 2, 3, 4, 5].map(|n| (n, said)));
        check("", &[]);
    }

    #[test]
    fn a_damaged_record_costs_no_other() {
        let short = page("one").replace("Content-Length: 4", "Content-Length: 3");
        let said = "it is longer or shorter than it says; passed over to the next record";
        check(&[short, page("two")].concat(), &[(1, said), (2, "two")]);
        let long = page("one").replace("Content-Length: 4", "Content-Length: 9");
        check(&[long.clone(), page("two"), page("three")].concat(), &[(1, said), (2, "two"), (3, "three")]);
        check(
            &[long, page("two")].concat().replace(": 9", ": 409"),
            &[(1, "it is cut off in the middle"), (2, "two")],
        );
        let said = "no record begins where one should; passed over to the next record";
        check(&["junk\r\n", &page("one")].concat(), &[(1, said), (2, "one")]);
        let whole = page("one");
        check(
            &[&whole, &whole[..whole.len() - 9]].concat(),
            &[(1, "one"), (2, "it is cut off in the middle")],
        );
        let large = page(&"x".repeat(501));
        let said = "501 bytes are over the limit of 500; --max-bytes 501 reads it all the same";
        check(&[large, page("two")].concat(), &[(1, said), (2, "two")]);
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes: Vec<u8>, at in 0..150_usize, cut in 0..200_usize) {
            let mut archive = [page("one"), page("two")].concat().into_bytes();
            Records::new(bytes.as_slice(), 50).for_each(drop);
            archive.splice(at..(at + cut).min(archive.len()), bytes);
            prop_assert!(Records::new(archive.as_slice(), 50).count() < 1000);
        }
    }
}
