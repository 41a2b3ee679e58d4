//! Which parts of a file look like these words?

use sayso::Span;

/// A part of the file that looks like the words: where each of their characters stands.
#[derive(Debug)]
pub(super) struct Match {
    /// Bytes of the file for each character of the words.
    chars: Vec<Span>,
    /// For each byte of the words, which character it belongs to.
    lens: Vec<usize>,
}

impl Match {
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.chars.iter().copied()
    }

    /// The bytes of the file for some bytes of the words.
    pub(super) fn part(&self, start: usize, end: usize) -> Span {
        let (first, last) = (self.at(start), self.at(end));
        let begin = self.chars.get(first).map_or_else(|| self.end(), |span| span.start);
        if first == last {
            return Span::new(begin, begin);
        }
        Span::new(begin, self.chars[last - 1].end)
    }

    fn end(&self) -> usize {
        self.chars.last().map_or(0, |span| span.end)
    }

    /// How many characters lie before a byte.
    fn at(&self, byte: usize) -> usize {
        let mut before = 0;
        self.lens
            .iter()
            .take_while(|&&len| {
                before += len;
                before <= byte
            })
            .count()
    }
}

/// All parts of the file that say these words, in order. A space may be any white space, a
/// character may be written as a reference of HTML.
pub(super) fn matches(source: &str, words: &str) -> Vec<Match> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        if let Some(chars) = match_at(source, at, words) {
            let lens = words.chars().map(char::len_utf8).collect();
            found.push(Match { chars, lens });
        }
        at += source[at..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

fn match_at(source: &str, start: usize, words: &str) -> Option<Vec<Span>> {
    let mut at = start;
    let mut chars = Vec::new();
    for c in words.chars() {
        let len = if c.is_whitespace() { space(&source[at..])? } else { one(&source[at..], c)? };
        chars.push(Span::new(at, at + len));
        at += len;
    }
    Some(chars)
}

/// Bytes of white space.
fn space(rest: &str) -> Option<usize> {
    let len = rest.len() - rest.trim_start().len();
    if len > 0 { Some(len) } else { one(rest, '\u{a0}') }
}

/// Bytes of one character, as itself or as a reference.
fn one(rest: &str, c: char) -> Option<usize> {
    if rest.starts_with(c) && (c != '&' || reference(rest).is_none()) {
        return Some(c.len_utf8());
    }
    reference(rest).filter(|&(found, _)| found == c).map(|(_, len)| len)
}

/// Those that newsrooms' systems write.
const NAMES: [(&str, char); 15] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("hellip", '…'),
    ("pound", '£'),
    ("euro", '€'),
];

/// The longest is `&#x10ffff;`.
const LONGEST: usize = 10;

/// The character that a reference stands for, and the reference's length.
fn reference(rest: &str) -> Option<(char, usize)> {
    let inner = rest.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &inner[..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            char::from_u32(code?)?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, end + 2))
}
