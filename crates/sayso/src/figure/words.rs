//! What are the words around a number, and which of them are names or dates?

use sayso_text::Span;

use crate::word_list;
pub(super) use crate::word_list::is_in;

/// The place of `word` in such a list, from 0.
pub(super) fn place(list: &'static str, word: &str) -> Option<u32> {
    word_list::place(list, word).and_then(|n| u32::try_from(n).ok())
}

struct Token<'t> {
    /// In bytes of the document's text.
    span: Span,
    raw: &'t str,
    low: String,
    /// Part of a date, which no figure may touch.
    dated: bool,
}

/// A sentence's tokens: a number ("1,500", "1 500", "9:30"), a run of letters with the digits behind them ("G7", "U.S."), and
/// each other character but white space. Letters behind digits are a token of their own, so that "£350m" is three.
/// Places in the methods are indices of tokens and may lie outside; there the word is "".
pub(super) struct Words<'t> {
    tokens: Vec<Token<'t>>,
}

impl<'t> Words<'t> {
    /// `dates` in order and apart; those that end before the sentence are dropped from the slice.
    pub(super) fn new(text: &'t str, sentence: Span, dates: &mut &[Span]) -> Self {
        let mut tokens = Vec::new();
        let mut start = sentence.start;
        while let Some(first) = text[start..sentence.end].chars().next() {
            let mut end = start + token_len(&text[start..sentence.end], first);
            if opens_groups(&tokens, &text[start..end], start) {
                end += groups_len(&text[end..sentence.end]);
            }
            if !first.is_whitespace() {
                let span = Span::new(start, end);
                while dates.first().is_some_and(|date| date.end <= start) {
                    *dates = &dates[1..];
                }
                let dated = dates.first().is_some_and(|date| date.overlaps(span));
                let raw = &text[start..end];
                let is_grouped = first.is_ascii_digit() && raw.contains(char::is_whitespace);
                let low = if is_grouped { raw.split_whitespace().collect() } else { raw.to_lowercase() };
                tokens.push(Token { span, raw, low, dated });
            }
            start = end;
        }
        Self { tokens }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn raw(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |token| token.raw)
    }

    /// In lower case; "" within a date.
    pub(super) fn low(&self, i: usize) -> &str {
        self.tokens.get(i).filter(|token| !token.dated).map_or("", |token| &token.low)
    }

    /// The word `n` places before `i`.
    pub(super) fn back(&self, i: usize, n: usize) -> &str {
        i.checked_sub(n).map_or("", |i| self.low(i))
    }

    /// The bytes of the tokens `from` to before `end`, at least one.
    pub(super) fn span(&self, from: usize, end: usize) -> Span {
        self.tokens[from].span.cover(self.tokens[end.max(from + 1) - 1].span)
    }

    /// Whether the token `i` touches the one before.
    pub(super) fn is_glued(&self, i: usize) -> bool {
        i > 0 && i < self.len() && self.tokens[i - 1].span.end == self.tokens[i].span.start
    }

    /// Whether a hyphen or dash joins the words on both sides.
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        is_in(HYPHENS, self.raw(i)) && self.is_glued(i) && self.is_glued(i + 1)
    }

    /// Past the hyphen, if one stands here.
    pub(super) fn after_hyphen(&self, i: usize) -> usize {
        i + usize::from(self.is_hyphen(i))
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.low(i).starts_with(char::is_alphabetic)
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).starts_with(char::is_uppercase)
    }

    /// Whether the words at `i` are those of `phrase`, and the place behind them.
    pub(super) fn phrase(&self, i: usize, phrase: &str) -> Option<usize> {
        phrase.split(' ').try_fold(i, |k, word| (self.low(k) == word).then_some(k + 1))
    }
}

/// More groups behind the first than any number of things has: those of a trillion.
const MOST_GROUPS: usize = 4;
/// Those that divide a range.
pub(super) const HYPHENS: &str = "- ‐ ‑ – —";

fn token_len(rest: &str, first: char) -> usize {
    let digits = |c: char| c.is_ascii_digit();
    if digits(first) {
        return number_len(rest);
    }
    if !first.is_alphabetic() {
        return first.len_utf8();
    }
    let in_word = |c: char| c.is_alphanumeric() || is_joiner(c);
    let mut end = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
    // "U.S." is one word, as is "p.m."
    let mut last = 0;
    while rest[last..end].chars().count() == 1 && rest[end..].starts_with('.') {
        let part = rest[end + 1..].find(|c| !in_word(c)).unwrap_or(rest.len() - end - 1);
        if rest[end + 1..end + 1 + part].chars().count() != 1 {
            return if last > 0 { end + 1 } else { end };
        }
        last = end + 1;
        end = last + part;
    }
    end
}

/// Combining accents and soft hyphens belong to their word.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}')
}

/// Whether groups of three digits may follow `raw`: "10" in "10 000", but not in "Covid-10 000" and "March 10 000".
fn opens_groups(tokens: &[Token<'_>], raw: &str, start: usize) -> bool {
    if raw.len() > 3 || raw.starts_with('0') || !raw.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let name = tokens.iter().rev().find(|token| token.raw != ".").map_or("", |token| &token.low);
    let is_day = name == "may" || is_in(super::noun::MONTHS, name) || is_in(super::noun::MONTHS_SHORT, name);
    let is_glued =
        tokens.last().is_some_and(|token| token.span.end == start && !is_in("$ £ € ₹ ( ~ “", token.raw));
    !is_day && !is_glued
}

/// The bytes of " 000" and the like at the start of `rest`, none where other digits follow: "1 202 555 0199".
fn groups_len(rest: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = 0;
    for n in 0.. {
        let Some(space) = rest[len..].chars().next().filter(|c| is_in_number(*c)) else { break };
        let group = &rest[len + space.len_utf8()..];
        match digits(group) {
            0 => break,
            3 if n < MOST_GROUPS && number_len(group) == 3 && !is_joined(&group[3..]) => {}
            _ => return 0,
        }
        len += space.len_utf8() + 3;
    }
    len
}

/// Whether letters or a hyphen follow a number at once.
fn is_joined(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_alphanumeric() || "-‐‑–—".contains(c))
}

/// The spaces that divide thousands.
fn is_in_number(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn number_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let joins = |i: usize| matches!(bytes.get(i), Some(b',' | b'.' | b':' | b'/')) && is_digit(i + 1);
    (1..).find(|&i| !is_digit(i) && !joins(i)).unwrap_or(rest.len())
}
