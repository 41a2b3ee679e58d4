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

/// Whether a file's bytes are a record, a table, a page or another view of one. The beginning
/// of JSON is enough; all else is to be whole.
pub(super) fn is_output(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if is_record(bytes) || bytes.starts_with(sayso_view::csv::header().trim_end().as_bytes()) {
        return true;
    }
    let Ok(words) = str::from_utf8(bytes) else {
        return false;
    };
    // An article's quotation marks are escaped in a page, so that no article holds this.
    let is_page =
        bytes.starts_with(b"<!DOCTYPE html>") && words.contains("record\">{\"schema\":\"sayso.record/");
    is_page || is_list(words) || is_table(words)
}

/// A record or a list of them; its first field says so.
fn is_record(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"[").unwrap_or(bytes);
    for sign in [&b"{"[..], b"\"schema\"", b":"] {
        match rest.trim_ascii_start().strip_prefix(sign) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.trim_ascii_start().starts_with(b"\"sayso.record/")
}

/// Markdown, which has no mark that only sayso makes: its count and one of its items together.
fn is_list(words: &str) -> bool {
    let is_count = |line: &str| {
        line.starts_with(|c: char| c.is_ascii_digit())
            && [" direct, ", " mixed, ", " indirect"].iter().all(|part| line.contains(part))
    };
    let is_item = |line: &str| {
        let forms = ["(direct, ", "(indirect, ", "(mixed, "];
        line.trim_start().starts_with("- ")
            && forms.iter().any(|form| {
                let rest = line.split_once(form).map(|(_, rest)| rest.as_bytes());
                matches!(rest, Some([b'0' | b'1', b'.', b'0'..=b'9', b'0'..=b'9', b')', b':', ..]))
            })
    };
    words.starts_with("# ") && words.lines().any(is_count) && words.lines().any(is_item)
}

/// A table, by the names of its columns.
fn is_table(words: &str) -> bool {
    let columns = ["Source", "Cue", "Content", "Form", "Conf"];
    words.lines().any(|line| line.split_whitespace().eq(columns))
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
