//! Where do words that were taken out of markup stand in their file?
//!
//! A page says the same words in its head, its body and its scripts, and a place is only sure
//! when it is tried: the letters there are changed, the file is read again, and exactly the
//! letters of the text that were meant must have changed. What can't be found so is left alone.

mod matching;

use sayso::check::{Finding, Fix, apply, kept};
use sayso::{CharIndex, Span};
use sayso_text::Format;
use sayso_view::check::Place;

use matching::{Match, matches};

/// A file's words, and the text that was taken out of them.
pub(super) struct Original<'a> {
    source: &'a str,
    text: &'a str,
    format: Format,
    /// The text of the file if it said this.
    reread: &'a dyn Fn(&str) -> Option<String>,
}

/// How many letters beside the words help to find them, at first and then.
const CONTEXTS: [usize; 4] = [40, 16, 6, 0];
/// How many places are tried at most: each costs a reading of the file.
const MOST_TRIES: usize = 12;

impl<'a> Original<'a> {
    pub(super) fn new(
        source: &'a str,
        text: &'a str,
        format: Format,
        reread: &'a dyn Fn(&str) -> Option<String>,
    ) -> Self {
        Self { source, text, format, reread }
    }

    /// The file with the replacements that surely can be made, and those that can't.
    pub(super) fn mend(&self, fixes: &[Fix]) -> (String, Vec<Fix>) {
        let kept = kept(self.text, fixes);
        let mut left: Vec<Fix> = fixes.iter().filter(|fix| !kept.contains(fix)).cloned().collect();
        if self.source == self.text {
            return (apply(self.source, fixes), left);
        }
        let (mut source, mut text) = (self.source.to_owned(), self.text.to_owned());
        // From the last to the first, so that the places of those before stay.
        for fix in kept.into_iter().rev() {
            let now = Original { source: &source, text: &text, ..*self };
            match now.mended(fix) {
                Some(mended) => {
                    text = apply(&text, std::slice::from_ref(fix));
                    source = mended;
                }
                None => left.push(fix.clone()),
            }
        }
        left.sort_by_key(|fix| fix.start);
        (source, left)
    }

    fn mended(&self, fix: &Fix) -> Option<String> {
        let span = CharIndex::new(self.text).to_bytes(fix.start, fix.end)?;
        let place = self.find(span)?;
        let expected = apply(self.text, std::slice::from_ref(fix));
        let tried = |words: String| {
            let source = format!("{}{words}{}", &self.source[..place.start], &self.source[place.end..]);
            ((self.reread)(&source)? == expected).then_some(source)
        };
        self.written(&fix.text).into_iter().find_map(tried)
    }

    /// The ways to write the words in the file's markup.
    fn written(&self, words: &str) -> Vec<String> {
        match self.format {
            Format::Html => {
                vec![words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")]
            }
            _ => {
                let escaped = |c: char| match c {
                    '\\' | '*' | '_' | '[' | ']' | '<' | '`' | '#' | '&' => format!("\\{c}"),
                    c => c.to_string(),
                };
                vec![words.to_owned(), words.chars().map(escaped).collect()]
            }
        }
    }

    /// Where a finding and its fix stand in the file.
    pub(super) fn place(&self, finding: &Finding) -> Option<Place> {
        let text = CharIndex::new(self.text);
        let source = CharIndex::new(self.source);
        let range = |start: usize, end: usize| {
            let (start, end) = source.to_chars(self.find(text.to_bytes(start, end)?)?);
            Some(start..end)
        };
        let at = range(finding.start, finding.end)?;
        let fix = finding.fix.as_ref().and_then(|fix| {
            let words = self.written(&fix.text).into_iter().next()?;
            // Only one that keeps all else as it was.
            self.mended(fix)?;
            Some((range(fix.start, fix.end)?, words))
        });
        Some(Place { at, fix })
    }

    /// The bytes of the file that the words stand in.
    fn find(&self, span: Span) -> Option<Span> {
        if self.source == self.text {
            return Some(span);
        }
        for context in CONTEXTS {
            let wide = self.widened(span, context);
            let has_letters = wide.of(self.text).contains(char::is_alphanumeric);
            if !has_letters || span.is_empty() && wide.start == span.start {
                continue;
            }
            let found = matches(self.source, wide.of(self.text));
            let found = found.iter().take(MOST_TRIES).find(|found| self.is_there(wide, found));
            if let Some(found) = found {
                return Some(found.part(span.start - wide.start, span.end - wide.start));
            }
        }
        None
    }

    /// The span with letters on both sides, inside its paragraph and at whole words.
    fn widened(&self, span: Span, context: usize) -> Span {
        let before = &self.text[..span.start];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let start = before.char_indices().rev().take(context).last().map_or(span.start, |(at, _)| at);
        let after = &self.text[span.end..];
        let line_end = after.find('\n').map_or(self.text.len(), |at| span.end + at);
        let end = after.char_indices().nth(context).map_or(self.text.len(), |(at, _)| span.end + at);
        Span::new(start.max(line), end.min(line_end))
    }

    /// Whether other letters there change these letters of the text and nothing else.
    fn is_there(&self, wide: Span, found: &Match) -> bool {
        let mut source = String::with_capacity(self.source.len());
        let mut at = 0;
        for (c, span) in wide.of(self.text).chars().zip(found.spans()) {
            if c.is_alphanumeric() && span.of(self.source).chars().eq([c]) {
                source += &self.source[at..span.start];
                source.push(other(c));
                at = span.end;
            }
        }
        source += &self.source[at..];
        let same = |(c, span): (char, Span)| {
            if span.of(self.source).chars().eq([c]) { other(c) } else { c }
        };
        let changed: String = wide.of(self.text).chars().zip(found.spans()).map(same).collect();
        let expected = format!("{}{changed}{}", &self.text[..wide.start], &self.text[wide.end..]);
        source != self.source && (self.reread)(&source).is_some_and(|text| text == expected)
    }
}

/// Another letter or digit of the same case; all else stays.
fn other(c: char) -> char {
    match c {
        'q' => 'x',
        'Q' => 'X',
        '7' => '3',
        c if c.is_numeric() => '7',
        c if c.is_uppercase() => 'Q',
        c if c.is_alphanumeric() => 'q',
        c => c,
    }
}

#[cfg(test)]
mod tests;
