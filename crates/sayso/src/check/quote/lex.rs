//! Which words does a text have, when style doesn't count?

use sayso_text::Span;
use unicode_normalization_alignments::UnicodeNormalization;

use crate::figure;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) span: Span,
    pub(super) kind: Kind,
}

impl Lexeme {
    /// A word's key.
    pub(super) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(key) => Some(key),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, by what is left of it when style is taken away.
    Word(String),
    /// "…", "...", ". . .", "[...]".
    Ellipsis,
    /// The opening of a bracketed insertion.
    Open,
    /// Its end.
    Close,
    /// Any other mark.
    Mark(char),
}

/// Reads words and marks; white space goes. Linear in the text's length.
pub(super) fn lex(text: &str) -> Vec<Lexeme> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut lexer = Lexer { text, chars, at: 0, found: Vec::new() };
    while let Some(c) = lexer.char(0) {
        if c.is_whitespace() || is_invisible(c) {
            lexer.at += 1;
        } else if let Some(len) = lexer.ellipsis() {
            lexer.push(len, Kind::Ellipsis);
        } else if lexer.begins_word(c) {
            lexer.word();
        } else {
            let kind = match c {
                '[' => Kind::Open,
                ']' => Kind::Close,
                _ => Kind::Mark(c),
            };
            lexer.push(1, kind);
        }
    }
    spelled_numbers(text, lexer.found)
}

struct Lexer<'a> {
    text: &'a str,
    chars: Vec<(usize, char)>,
    // Which character is next.
    at: usize,
    found: Vec<Lexeme>,
}

impl Lexer<'_> {
    fn char(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|&(_, c)| c)
    }

    fn byte(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |&(byte, _)| byte)
    }

    fn push(&mut self, len: usize, kind: Kind) {
        let span = Span::new(self.byte(self.at), self.byte(self.at + len));
        self.found.push(Lexeme { span, kind });
        self.at += len;
    }

    /// The length of an ellipsis that begins here, with brackets around it.
    fn ellipsis(&self) -> Option<usize> {
        let mut ahead = 0;
        let open = self.char(0).filter(|c| matches!(c, '[' | '('));
        let spaces = |mut from: usize| {
            while self.char(from).is_some_and(|c| c == ' ' || c == '\u{a0}') {
                from += 1;
            }
            from
        };
        if open.is_some() {
            ahead = spaces(1);
        }
        let mut dots = 0;
        let mut end = ahead;
        loop {
            match self.char(ahead) {
                Some('…') => dots += 3,
                Some('.') => dots += 1,
                _ => break,
            }
            end = ahead + 1;
            ahead = spaces(end);
        }
        match open {
            // A comma may stand with the dots in brackets; anything else is an insertion.
            Some(open) if dots >= 2 => {
                let close = if open == '[' { ']' } else { ')' };
                (self.char(ahead) == Some(close)).then_some(ahead + 1)
            }
            Some(_) => None,
            None => (dots >= 2).then_some(end),
        }
    }

    fn begins_word(&self, c: char) -> bool {
        let digit_after = || self.char(1).is_some_and(|c| c.is_ascii_digit());
        match c {
            '$' | '€' | '£' | '¥' | '%' | '&' | '@' | '#' => true,
            // A minus sign; a dash is followed or preceded by something else.
            '-' | '−' => {
                let before = self.at.checked_sub(1).map(|at| self.chars[at].1);
                digit_after() && before.is_none_or(|c| c.is_whitespace() || c == '(')
            }
            '[' => self.case_letter(),
            c => c.is_alphanumeric(),
        }
    }

    /// `[w]e`: one letter in brackets with letters behind it is that letter in another case.
    fn case_letter(&self) -> bool {
        self.char(1).is_some_and(char::is_alphabetic)
            && self.char(2) == Some(']')
            && (self.char(3).is_some_and(char::is_alphabetic)
                || self.char(1).is_some_and(|c| matches!(c, 'a' | 'A' | 'i' | 'I')))
    }

    /// Takes the word that begins here, and its parts where it is a contraction.
    fn word(&mut self) {
        let from = self.at;
        let first = self.chars[from].1;
        let mut letters: Vec<(usize, char)> = Vec::new();
        let mut end = from;
        if matches!(first, '%' | '&') {
            let word = if first == '%' { "percent" } else { "and" };
            return self.push(1, Kind::Word(word.to_owned()));
        }
        if matches!(first, '$' | '€' | '£' | '¥' | '-' | '−' | '@' | '#') {
            letters.push((from, if first == '−' { '-' } else { first }));
            end += 1;
            // "US$" and "$ 5" are written too; the sign then stands alone.
        }
        if first == '[' {
            letters.push((from + 1, self.chars[from + 1].1));
            end += 3;
        }
        while let Some(&(_, c)) = self.chars.get(end) {
            if c.is_alphanumeric() {
                letters.push((end, c));
            } else if !is_invisible(c) && !is_accent(c) {
                match self.joiner(from, end, c) {
                    Some(c) => letters.push((end, c)),
                    None => break,
                }
            } else {
                letters.push((end, c));
            }
            end += 1;
        }
        // The last stop of "U.S." is the word's.
        if letters.iter().any(|&(at, c)| c == '\0' && self.chars[at].1 == '.')
            && self.chars.get(end).is_some_and(|&(_, c)| c == '.')
        {
            letters.push((end, '\0'));
            end += 1;
        }
        self.parts(from, end, &letters);
    }

    /// What the mark is inside a word, if it holds one together.
    fn joiner(&self, from: usize, at: usize, c: char) -> Option<char> {
        let char = |at: usize| self.chars.get(at).map(|&(_, c)| c);
        let before = (at > from).then(|| self.chars[at - 1].1)?;
        let after = char(at + 1)?;
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        match c {
            c if is_apostrophe(c) => (before.is_alphanumeric() && after.is_alphabetic()).then_some('\''),
            ',' if digits => {
                let three = (1..=3).all(|ahead| char(at + ahead).is_some_and(|c| c.is_ascii_digit()));
                three.then_some('\0')
            }
            '.' | ':' if digits => Some('.'),
            '.' => {
                // "U.S." and "a.m.": single letters with a stop behind each.
                let single = |at: usize| {
                    at.checked_sub(1)
                        .is_none_or(|before| before < from || !self.chars[before].1.is_alphabetic())
                };
                let next_single = !char(at + 2).is_some_and(char::is_alphabetic);
                (before.is_alphabetic() && single(at - 1) && after.is_alphabetic() && next_single)
                    .then_some('\0')
            }
            _ => None,
        }
    }

    fn parts(&mut self, from: usize, end: usize, letters: &[(usize, char)]) {
        let raw: String = letters.iter().map(|&(_, c)| c).filter(|&c| c != '\0').collect();
        let key = key(&raw);
        let cut_at = |len: usize| letters.get(len).map_or(end, |&(at, _)| at);
        let n_letters = letters.len();
        let cut = contraction(&key)
            .map(|(head, tail, tail_letters)| (head, tail, cut_at(n_letters.saturating_sub(tail_letters))));
        match cut {
            // "The workers's" for "the workers'".
            Some((head, tail, _)) if tail == "'s" && head.ends_with('s') => {
                self.push(end - from, Kind::Word(head));
            }
            Some((head, tail, cut)) if cut > from && cut < end => {
                self.push(cut - from, Kind::Word(head));
                self.push(end - cut, Kind::Word(tail));
            }
            _ => self.push(end - from, Kind::Word(key)),
        }
    }
}

/// Words in brackets, at most: a bracket must not hide what was never said.
const LONGEST_INSERTION: usize = 16;

/// The bracket that closes an insertion whose words begin at `from`.
pub(super) fn closing(lexemes: &[Lexeme], from: usize) -> Option<usize> {
    let rest = lexemes[from..].iter().take(LONGEST_INSERTION + 1);
    let bracket = |lexeme: &Lexeme| matches!(lexeme.kind, Kind::Open | Kind::Close);
    let found = from + rest.into_iter().position(bracket)?;
    (lexemes[found].kind == Kind::Close).then_some(found)
}

/// What is left of a word when style is taken away: letter case, accents, the forms in which
/// Unicode can write a letter, British or American spelling, digits or words for small numbers.
fn key(raw: &str) -> String {
    // "They attacked the US" is not "they attacked us".
    if matches!(raw, "US") {
        return "US".to_owned();
    }
    let lower: String = if raw.is_ascii() {
        raw.to_ascii_lowercase()
    } else {
        let plain = raw.nfkd().map(|(c, _)| c).filter(|&c| !is_accent(c) && !is_invisible(c));
        plain.flat_map(char::to_lowercase).collect()
    };
    if let Some(number) = figure::small_number(&lower) {
        return number.to_string();
    }
    spelling(lower)
}

/// One spelling for British and American ones.
fn spelling(word: String) -> String {
    let n = word.len();
    if !word.is_ascii() {
        return word;
    }
    let swap = |from: usize, len: usize, by: &str| format!("{}{by}{}", &word[..from], &word[from + len..]);
    for ending in ["our", "ours", "oured", "ouring", "ourable", "ourite", "ourites"] {
        // Not "four" and "hours".
        if n >= ending.len() + 3 && word.ends_with(ending) {
            return swap(n - ending.len(), 3, "or");
        }
    }
    for ending in ["ise", "ised", "ises", "ising", "isation", "isations"] {
        if n >= ending.len() + 4 && word.ends_with(ending) {
            return swap(n - ending.len(), 2, "iz");
        }
    }
    for ending in ["tre", "tres", "bre"] {
        if n >= ending.len() + 2 && word.ends_with(ending) {
            return swap(n - ending.len() + 1, 2, "er");
        }
    }
    for ending in ["ence", "ences"] {
        let heads = ["def", "off", "pret", "lic"];
        if word.strip_suffix(ending).is_some_and(|head| heads.contains(&head)) {
            return swap(n - ending.len(), 4, "ense");
        }
    }
    for ending in ["lled", "lling", "ller", "llers"] {
        if n >= ending.len() + 5 && word.ends_with(ending) {
            return swap(n - ending.len(), 2, "l");
        }
    }
    match word.as_str() {
        "grey" => "gray".to_owned(),
        "programme" => "program".to_owned(),
        "programmes" => "programs".to_owned(),
        _ => word,
    }
}

/// A contraction's two words, and how many characters of it the second takes.
fn contraction(key: &str) -> Option<(String, String, usize)> {
    if key == "cannot" {
        return Some(("can".to_owned(), "not".to_owned(), 3));
    }
    let at = key.rfind('\'')?;
    let (head, tail) = (&key[..at], &key[at + 1..]);
    if tail == "t" && head.ends_with('n') {
        let verb = match &head[..head.len() - 1] {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            "ai" => "is",
            verb => verb,
        };
        return Some((verb.to_owned(), "n't".to_owned(), 3));
    }
    ["s", "m", "d", "re", "ve", "ll"]
        .contains(&tail)
        .then(|| (head.to_owned(), key[at..].to_owned(), tail.len() + 1))
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇' | '´' | '`')
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// "Twenty-five" is one number, like "25".
fn spelled_numbers(text: &str, lexemes: Vec<Lexeme>) -> Vec<Lexeme> {
    let mut out: Vec<Lexeme> = Vec::with_capacity(lexemes.len());
    let number = |lexeme: &Lexeme| match &lexeme.kind {
        Kind::Word(key) if !lexeme.span.of(text).starts_with(|c: char| c.is_ascii_digit()) => {
            key.parse::<u8>().ok()
        }
        _ => None,
    };
    for lexeme in lexemes {
        if let [.., tens, hyphen] = out.as_slice()
            && hyphen.kind == Kind::Mark('-')
            && tens.span.end == hyphen.span.start
            && hyphen.span.end == lexeme.span.start
            && let (Some(tens_n), Some(unit)) = (number(tens), number(&lexeme))
            && tens_n >= 20
            && unit < 10
        {
            let span = tens.span.cover(lexeme.span);
            out.truncate(out.len() - 2);
            out.push(Lexeme { span, kind: Kind::Word((tens_n + unit).to_string()) });
        } else {
            out.push(lexeme);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let shown = lex(text).into_iter().map(|lexeme| match lexeme.kind {
            Kind::Word(key) => key,
            Kind::Ellipsis => "…".to_owned(),
            Kind::Open => "[".to_owned(),
            Kind::Close => "]".to_owned(),
            Kind::Mark(c) => format!("<{c}>"),
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn style_goes() {
        let check = |a: &str, b: &str| assert_eq!(words(a), words(b));
        check("Don’t", "don't");
        check("café", "cafe\u{301}");
        check("the U.S. army", "the US army");
        check("twenty-five of 1,000", "25 of 1000");
        check("10 percent", "10%");
        check("[W]e know", "we know");
        check("honour the defence", "honor the defense");
        check("they . . . left", "they … left");
        check("they [...] left", "they [ … ] left");
        check("soft\u{ad}ware", "software");
        check("4:30 a.m.", "4.30 am");
        check("James's house", "James house");
    }

    #[test]
    fn what_counts_stays() {
        let check = |text: &str, expected: &str| assert_eq!(words(text), expected);
        check("us", "us");
        check("US", "US");
        check("can't cannot won't", "can n't can not will n't");
        check("the workers' own, he's", "the workers <'> own <,> he 's");
        check("at -5 to 3.5", "at -5 to 3.5");
        check("a [little] more", "a [ little ] more");
        check("well-known—yes", "well <-> known <—> yes");
        check("four hours", "4 hours");
        check("Done. It is", "done <.> it is");
        check("end.The", "end <.> the");
        check("$5 and €5", "$5 and €5");
    }

    #[test]
    fn spans_are_where_the_words_are() {
        let text = "“Don’t,” cafe\u{301} [w]e—twenty-five";
        let shown: Vec<&str> = lex(text)
            .iter()
            .filter(|lexeme| matches!(lexeme.kind, Kind::Word(_)))
            .map(|lexeme| lexeme.span.of(text))
            .collect();
        assert_eq!(shown, ["Do", "n’t", "cafe\u{301}", "[w]e", "twenty-five"]);
    }
}
