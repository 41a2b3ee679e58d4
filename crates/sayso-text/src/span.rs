//! Where in the text is it?

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes of an article's text, on character boundaries.
///
/// ```
/// use sayso_text::Span;
/// let text = "Ms. Lee said so.";
/// assert_eq!(Span::new(4, 7).of(text), "Lee");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// When `end` lies before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends after it starts");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True when the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words themselves.
    ///
    /// # Panics
    /// When the span doesn't lie on character boundaries of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when every byte of `other` is in this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The span without white space at its ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self { start, end: start + words.trim().len() }
    }

    /// The bytes as a range, to index with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// Translates between bytes of a text and its Unicode code points, which is how
/// every external format counts.
///
/// ```
/// use sayso_text::{CharIndex, Span};
/// let index = CharIndex::new("“É” so");
/// assert_eq!(index.to_chars(Span::new(3, 5)), (1, 2));
/// assert_eq!(index.to_bytes(1, 2), Some(Span::new(3, 5)));
/// ```
#[derive(Debug)]
pub struct CharIndex {
    // Byte offset of every code point, and the length of the text at the end.
    starts: Vec<usize>,
}

impl CharIndex {
    /// Reads the text once; O(code points) memory.
    pub fn new(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { starts }
    }

    /// The code points that the span covers, half open. A byte inside a character
    /// counts as the character after it.
    pub fn to_chars(&self, span: Span) -> (usize, usize) {
        let at = |byte| self.starts.partition_point(|&start| start < byte);
        (at(span.start), at(span.end))
    }

    /// The bytes of a half-open range of code points; `None` when it runs past the
    /// text or ends before it starts.
    pub fn to_bytes(&self, start: usize, end: usize) -> Option<Span> {
        let (from, to) = (*self.starts.get(start)?, *self.starts.get(end)?);
        (from <= to).then(|| Span::new(from, to))
    }
}
