//! Is this no article but something of sayso's own?
//!
//! Output of an earlier run often lies among the articles that it was read from, and so do
//! labels for them. Read as an article, they would say everything once more, and some things
//! that nobody said.

use std::fmt;

/// The error for a file that sayso wrote itself, or that holds labels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own {
    what: What,
    /// True when it was found in a folder, where it is passed over; nobody asked for it.
    pub(super) found: bool,
}

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.what, self.found) {
            (What::Output, true) => "passed over, since sayso wrote it itself",
            (What::Output, false) => "sayso wrote this itself; give the article that it was made from",
            (What::Labels, true) => "passed over, since it holds labels for `sayso eval gold`",
            (What::Labels, false) => "it holds labels for `sayso eval gold`; give the article itself",
        })
    }
}

#[derive(Debug, Clone, Copy)]
enum What {
    Output,
    Labels,
}

impl Own {
    /// What the bytes are, if they are sayso's own.
    pub(super) fn of(bytes: &[u8], found: bool) -> Option<Self> {
        let what = if is_output(bytes) {
            What::Output
        } else if str::from_utf8(bytes).is_ok_and(is_labelled) {
            What::Labels
        } else {
            return None;
        };
        Some(Self { what, found })
    }
}

impl std::error::Error for Own {}

/// The last line of a table in a file.
pub(crate) const TABLE_MARK: &str = "\nRead by sayso.";

/// Whether a file's bytes are a record, a stage's JSON, rows, a list, a page or a table of one:
/// only by marks that nothing else begins with, or ends with in the case of a table.
pub(super) fn is_output(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let header = sayso_view::csv::header();
    let first_line = bytes.split(|&b| b == b'\n').next().unwrap_or_default().trim_ascii_end();
    is_json(bytes)
        || bytes.starts_with(sayso_view::citron::BEGINS.as_bytes())
        || first_line == header.trim_end().as_bytes()
        || first_line == sayso_view::matrix::csv_header().trim_end().as_bytes()
        || first_line == sayso_view::md::MARK.as_bytes()
        || first_line == sayso_view::matrix::MARK.as_bytes()
        || first_line == sayso_view::brief::MARK.as_bytes()
        || bytes.starts_with(sayso_view::page::BEGINS.as_bytes())
        || bytes.trim_ascii_end().ends_with(TABLE_MARK.as_bytes())
}

/// A record, a list of them, or a stage's output; its first field says so.
fn is_json(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"[").unwrap_or(bytes);
    for sign in [&b"{"[..], b"\"schema\"", b":"] {
        match rest.trim_ascii_start().strip_prefix(sign) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.trim_ascii_start().starts_with(b"\"sayso.")
}

/// A text with marks such as ⟦s1:…⟧.
fn is_labelled(words: &str) -> bool {
    words.split('⟦').skip(1).any(|mark| {
        let numbers = mark.strip_prefix(['s', 'c', 'q']).and_then(|rest| rest.split_once(':'));
        numbers.is_some_and(|(numbers, _)| {
            !numbers.is_empty() && numbers.bytes().all(|b| b.is_ascii_digit() || b == b',')
        })
    })
}
