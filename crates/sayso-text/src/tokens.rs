//! Where do words, numbers and marks begin and end?

use crate::abbreviations::{self, Abbreviation};
use crate::marks::{self, Mark, Role};
use crate::{Span, Token};

/// Divides one sentence into tokens, appended to `tokens` in order.
///
/// The division is the Penn Treebank's as far as spans into an untouched text allow:
/// contractions fall in two ("do|n’t", "Putin|’s"), abbreviations keep their period
/// ("U.S.", "Nov."), hyphenated words stay whole, and every other mark stands alone.
pub(crate) fn split(text: &str, sentence: Span, marks: &[Mark], tokens: &mut Vec<Token>) {
    let mut scanner = Scanner { text, at: sentence.start, sentence, marks, tokens };
    while let Some(first) = scanner.peek() {
        if first.is_whitespace() {
            scanner.at += first.len_utf8();
        } else {
            scanner.token(first);
        }
    }
}

/// A letter, a digit, or what modifies one.
pub(crate) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_joiner(c)
}

/// Combining accents, soft hyphens, joiners and variation selectors take the side of
/// the character before them.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    sentence: Span,
    marks: &'a [Mark],
    tokens: &'a mut Vec<Token>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..self.sentence.end]
    }

    fn push(&mut self, end: usize) {
        self.tokens.push(Token { span: Span { start: self.at, end } });
        self.at = end;
    }

    fn token(&mut self, first: char) {
        if let Some(len) = address(self.rest(), self.glued()) {
            self.push(self.at + len);
        } else if marks::is_mark(first) {
            self.mark(first);
        } else if in_word(first) || matches!(first, '@' | '#') && self.tags() {
            self.word(self.at);
        } else {
            let alike = |c: char| c == first || is_joiner(c);
            let run =
                if matches!(first, '.' | '-' | '…') { self.run(alike) } else { self.run_of_one(first) };
            self.push(run);
        }
    }

    /// True right after a letter or digit, where no address begins.
    fn glued(&self) -> bool {
        self.at > self.sentence.start
            && self.text[self.sentence.start..self.at].chars().next_back().is_some_and(in_word)
    }

    /// `@name` and `#topic` are one word.
    fn tags(&self) -> bool {
        !self.glued() && self.rest().chars().nth(1).is_some_and(char::is_alphabetic)
    }

    fn run(&self, alike: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        self.at + rest.find(|c| !alike(c)).unwrap_or(rest.len())
    }

    fn run_of_one(&self, first: char) -> usize {
        let rest = &self.rest()[first.len_utf8()..];
        self.at + first.len_utf8() + rest.find(|c| !is_joiner(c)).unwrap_or(rest.len())
    }

    fn mark(&mut self, first: char) {
        let found = self.marks.binary_search_by_key(&self.at, |mark| mark.span.start);
        let mark = found.ok().map(|found| self.marks[found]);
        let end = mark.map_or(self.at + first.len_utf8(), |mark| mark.span.end);
        let leads = mark.is_some_and(|mark| mark.role == Role::Apostrophe)
            && !self.glued()
            && self.text[end..self.sentence.end].chars().next().is_some_and(in_word);
        if leads {
            self.word(end);
        } else {
            self.push(end.min(self.sentence.end));
        }
    }

    /// A word whose letters begin at `from`, at or after the current place.
    fn word(&mut self, from: usize) {
        let from =
            from + self.text[from..].chars().next().filter(|c| "@#".contains(*c)).map_or(0, char::len_utf8);
        let end = self.word_end(from);
        let end = self.with_period(from, end);
        match contraction(&self.text[self.at..end]) {
            Some(cut) if cut > 0 => {
                self.push(self.at + cut);
                self.push(end);
            }
            _ => self.push(end),
        }
    }

    /// Letters and digits, and the marks that join them.
    fn word_end(&self, from: usize) -> usize {
        let mut end = from;
        let mut last = ' ';
        let mut chars = self.text[from..self.sentence.end].chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied().filter(|&c| in_word(c));
            let joins = match (c, next) {
                (c, _) if in_word(c) => true,
                (_, None) => false,
                ('-' | '‑' | '&', Some(_)) => true,
                ('\'' | '’' | '.', Some(next)) if last.is_ascii_digit() && next.is_ascii_digit() => {
                    c == '.'
                }
                ('\'' | '’', Some(next)) => last.is_alphanumeric() && next.is_alphabetic(),
                (',' | ':', Some(next)) => last.is_ascii_digit() && next.is_ascii_digit(),
                ('/', Some(next)) => last.is_ascii_digit() && next.is_ascii_digit(),
                ('.', Some(next)) => self.joins_at_period(from, end, next),
                _ => false,
            };
            if !joins {
                break;
            }
            end += c.len_utf8();
            last = c;
        }
        end
    }

    /// "U.S." and "salon.com" hold together, "end.The" doesn't.
    fn joins_at_period(&self, from: usize, end: usize, next: char) -> bool {
        let word = &self.text[from..end];
        let part = &word[word.rfind(['.', '-']).map_or(0, |at| at + 1)..];
        let after = &self.text[end + 1..self.sentence.end];
        let single = |part: &str| {
            part.chars().take(3).filter(|c| c.is_alphabetic()).count() <= 2 && part.chars().nth(2).is_none()
        };
        let after = after.chars().take(5).take_while(|&c| in_word(c)).collect::<String>();
        (single(part) && single(&after))
            || DOMAINS.contains(&after.as_str())
            || (next.is_ascii_digit() && part.is_empty())
    }

    /// Takes the period in when the word is an abbreviation.
    fn with_period(&self, from: usize, end: usize) -> usize {
        let rest = &self.text[end..self.sentence.end];
        if !rest.starts_with('.') || rest.starts_with("..") {
            return end;
        }
        let word = &self.text[from..end];
        let last = rest[1..].chars().all(|c| c.is_whitespace() || !in_word(c));
        let keeps = match abbreviations::of(word) {
            Some(Abbreviation::BeforeNumber) => rest[1..].trim_start().starts_with(char::is_numeric),
            Some(_) => true,
            None => !last && abbreviations::is_initial(word),
        };
        if keeps { end + 1 } else { end }
    }
}

/// Where the second part of a contraction begins in a word.
fn contraction(word: &str) -> Option<usize> {
    let apostrophe = word.rfind(['\'', '’'])?;
    let sign = word[apostrophe..].chars().next().map_or(1, char::len_utf8);
    let tail = &word[apostrophe + sign..];
    let is = |ending: &str| tail.eq_ignore_ascii_case(ending);
    if is("t") {
        return word[..apostrophe].strip_suffix(['n', 'N']).map(str::len);
    }
    ["s", "m", "d", "re", "ve", "ll"].into_iter().any(is).then_some(apostrophe)
}

/// The length of a web or mail address at the start of `rest`.
fn address(rest: &str, glued: bool) -> Option<usize> {
    if glued {
        return None;
    }
    let starts =
        |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let web = ["http://", "https://", "www."].into_iter().any(starts);
    let ends = |c: char| c.is_whitespace() || "<>“”\"«»|".contains(c);
    let chunk = |limit| &rest[..rest[..limit].find(ends).unwrap_or(limit)];
    let chunk = match mail_name(rest) {
        _ if web => chunk(rest.len()),
        Some(name) => {
            Some(chunk(rest.floor_char_boundary(LONGEST_MAIL))).filter(|all| is_host(&all[name..]))?
        }
        None => return None,
    };
    let end = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && !"/=-_#&%+~".contains(c)).len();
    (end > 0).then_some(end)
}

/// The length of a mail address's name with its `@`. Names are short: without a limit, a
/// text of nothing but their signs would be read to its end from each of them.
fn mail_name(rest: &str) -> Option<usize> {
    let in_name = |&b: &u8| b.is_ascii_alphanumeric() || b".+-_".contains(&b);
    let len = rest.bytes().take(LONGEST_MAIL_NAME).take_while(in_name).count();
    (len > 0 && rest[len..].starts_with('@')).then_some(len + 1)
}

fn is_host(words: &str) -> bool {
    let host = words.trim_end_matches(|c: char| !c.is_alphanumeric());
    host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

/// In bytes (RFC 5321, section 4.5.3.1).
const LONGEST_MAIL: usize = 254;
const LONGEST_MAIL_NAME: usize = 64;

const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "info", "io", "co", "uk", "de", "fr", "ru", "eu", "ai", "tv", "us",
    "ly", "me",
];
