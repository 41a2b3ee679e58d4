//! Regular expressions that stay fast on text with curly quotes.

use std::sync::OnceLock;

use regex::{Captures, Error, Match, Regex};

/// A pattern of the rules.
///
/// The fast automaton of `regex` knows ASCII word boundaries only, and leaves a text at its first
/// curly quote for one that takes three times as long. So `\b` is an ASCII one wherever a text has
/// no other letters than ASCII's, where that is the same.
#[derive(Debug)]
pub(crate) struct Pattern {
    source: String,
    fast: Regex,
    exact: OnceLock<Option<Regex>>,
}

impl Pattern {
    pub(crate) fn new(source: &str) -> Result<Self, Error> {
        let fast = Regex::new(&ascii_boundaries(source)).or_else(|_| Regex::new(source))?;
        Ok(Self { source: source.to_owned(), fast, exact: OnceLock::new() })
    }

    fn on(&self, text: &str) -> &Regex {
        if !text.chars().any(|c| !c.is_ascii() && c.is_alphanumeric()) {
            return &self.fast;
        }
        self.exact.get_or_init(|| Regex::new(&self.source).ok()).as_ref().unwrap_or(&self.fast)
    }

    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.on(text).is_match(text)
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.on(text).find(text)
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.on(text).captures(text)
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        self.on(text).find_iter(text)
    }
}

/// The same pattern with each `\b` as an ASCII one; `\\b` and `\b{start}` are something else.
fn ascii_boundaries(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let escape = rest[at + 1..].chars().next();
        let end = at + 1 + escape.map_or(0, char::len_utf8);
        out.push_str(&rest[..at]);
        if escape == Some('b') && !rest[end..].starts_with('{') {
            out.push_str(r"(?-u:\b)");
        } else {
            out.push_str(&rest[at..end]);
        }
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
    }
}
