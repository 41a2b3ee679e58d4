//! Regular expressions that stay fast on text with curly quotes.

use std::borrow::Cow;
use std::ops::Range;

use regex::{Error, Regex};

/// A pattern of the rules.
///
/// Unicode's word characters make a pattern slow to compile, and its word boundaries make the automaton leave a
/// text at its first curly quote for one that takes three times as long. So both are ASCII's, and for matching a
/// letter beyond ASCII is replaced by as many ASCII ones as it has bytes.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// The pattern itself names letters beyond ASCII, so texts are matched as they are.
    exact: bool,
}

/// Words of a text that a pattern found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit<'t> {
    text: &'t str,
    range: Range<usize>,
}

impl<'t> Hit<'t> {
    pub(crate) fn start(&self) -> usize {
        self.range.start
    }

    pub(crate) fn end(&self) -> usize {
        self.range.end
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    pub(crate) fn as_str(&self) -> &'t str {
        &self.text[self.range()]
    }
}

impl Pattern {
    pub(crate) fn new(source: &str) -> Result<Self, Error> {
        let exact = matches!(in_ascii(source), Cow::Owned(_));
        let regex = Regex::new(&if exact { source.to_owned() } else { ascii_classes(source) })?;
        Ok(Self { regex, exact })
    }

    fn seen<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.exact { Cow::Borrowed(text) } else { in_ascii(text) }
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(&self.seen(text))
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Hit<'t>> {
        let range = self.regex.find(&self.seen(text))?.range();
        Some(Hit { text, range })
    }

    /// The group `name` of the first match.
    pub(crate) fn group<'t>(&self, name: &str, text: &'t str) -> Option<Hit<'t>> {
        let range = self.regex.captures(&self.seen(text))?.name(name)?.range();
        Some(Hit { text, range })
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Hit<'t>> {
        let ranges: Vec<_> = self.regex.find_iter(&self.seen(text)).map(|hit| hit.range()).collect();
        ranges.into_iter().map(move |range| Hit { text, range })
    }
}

/// The text with ASCII letters for those beyond, of the same case, as many as a letter has bytes.
fn in_ascii(text: &str) -> Cow<'_, str> {
    let is_letter = |c: char| !c.is_ascii() && (c.is_alphanumeric() || is_mark(c));
    if !text.contains(is_letter) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_letter(c) {
            out.push(if c.is_uppercase() { 'X' } else { 'x' });
            out.extend(std::iter::repeat_n('x', c.len_utf8() - 1));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Marks that combine with the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The same pattern with ASCII's `\b`, `\w`, `\W` and `\d`; `\\b` and `\b{start}` are something else.
fn ascii_classes(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let escape = rest[at + 1..].chars().next();
        let end = at + 1 + escape.map_or(0, char::len_utf8);
        out.push_str(&rest[..at]);
        out.push_str(match escape {
            Some('b') if !rest[end..].starts_with('{') => r"(?-u:\b)",
            // Classes may stand in classes.
            Some('w') => "[0-9A-Za-z_]",
            Some('W') => "[^0-9A-Za-z_]",
            Some('d') => "[0-9]",
            _ => &rest[at..end],
        });
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_are_those_of_the_pattern() {
        let check = |pattern: &str, text: &str, expected: Option<&str>| {
            let found = Pattern::new(pattern).expect("a sound pattern");
            assert_eq!(found.find(text).map(|hit| hit.as_str()), expected, "{pattern} in {text}");
        };
        check(r"\bsaid\b", "“Yes,” he said.", Some("said"));
        check(r"\bdefended \w+\b from", "She defended José from it.", Some("defended José from"));
        check(r"\btouch\b", "a touché", None);
        check(r"\b{start}quay", "the quay", Some("quay"));
        check(r"a\\b", r"a\b", Some(r"a\b"));
        check(r"[\w’-]+", "José’s-1", Some("José’s-1"));
        check(r"[\w’-]+ \d", "Jo’s-1 2", Some("Jo’s-1 2"));
    }

    #[test]
    fn letters_beyond_ascii_are_letters() {
        let check = |pattern: &str, text: &str, expected: Option<&str>| {
            let found = Pattern::new(pattern).expect("a sound pattern");
            assert_eq!(found.find(text).map(|hit| hit.as_str()), expected, "{pattern} in {text}");
            let all: Vec<_> = found.find_iter(text).map(|hit| hit.as_str()).collect();
            assert_eq!(all.first().copied(), expected, "{pattern} in {text}");
        };
        check(r"[A-Z]\w+ said", "the Élysée said", Some("Élysée said"));
        check(r"\bsaid\b", "“Señor,” said Núñez", Some("said"));
        check(r"José", "Jose or José", Some("José"));
        check(r"José", "Josñ", None);
        check(r"\w+", "e\u{301}te\u{301}", Some("e\u{301}te\u{301}"));
        let with = Pattern::new(r"by (?P<what>\w+)").expect("a sound pattern");
        assert_eq!(with.group("what", "é by Zoë.").map(|hit| hit.as_str()), Some("Zoë"));
    }
}
