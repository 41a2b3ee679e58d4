//! Where does one sentence end and the next begin?

use crate::abbreviations::{self, Abbreviation};
use crate::marks::{self, Mark, Role};
use crate::{Span, paragraphs, tokens};

/// Divides one paragraph into sentences, in order, without white space at their ends.
///
/// A sentence ends at a full stop, a question or exclamation mark with the marks and
/// brackets that close behind it, unless the stop belongs to an abbreviation or what
/// follows goes on in lower case. What stands after the last stop is a sentence too.
pub(crate) fn split(text: &str, paragraph: Span, marks: &[Mark]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = paragraph.start;
    let mut stops = Stops { text, paragraph, marks, at: paragraph.start, next_mark: 0 };
    while let Some(stop) = stops.next() {
        // An ellipsis at the start stands for words left out, and ends nothing.
        let leads = start == stop.run.start && text[start..].starts_with(['…', '.']);
        if !leads && ends_sentence(text, paragraph, &stop) {
            found.push(Span { start, end: stop.end });
            start = stop.next;
        }
    }
    if start < paragraph.end {
        found.push(Span { start, end: paragraph.end });
    }
    found
}

/// A place where a sentence could end.
struct Stop {
    /// The run of stops: ".", "?!", "…".
    run: Span,
    /// After the marks and brackets that close behind it.
    end: usize,
    /// Where the next sentence would begin.
    next: usize,
    /// A quotation closes behind the stop.
    quoted: bool,
    /// A bracket closes behind the stop.
    bracketed: bool,
}

struct Stops<'a> {
    text: &'a str,
    paragraph: Span,
    marks: &'a [Mark],
    at: usize,
    next_mark: usize,
}

impl Stops<'_> {
    fn next(&mut self) -> Option<Stop> {
        let rest = &self.text[self.at..self.paragraph.end];
        let start = self.at + rest.find(is_stop)?;
        let rest = &self.text[start..self.paragraph.end];
        let mut run = Span { start, end: start + rest.find(|c| !is_stop(c)).unwrap_or(rest.len()) };
        while self.is_spaced_dot(run.end) {
            run.end += 2;
        }
        let mut stop = Stop { run, end: run.end, next: run.end, quoted: false, bracketed: false };
        self.close(&mut stop);
        let rest = &self.text[stop.end..self.paragraph.end];
        stop.next = stop.end + (rest.len() - rest.trim_start().len());
        self.at = stop.end;
        Some(stop)
    }

    /// One more dot of an ellipsis set as ". . .".
    fn is_spaced_dot(&self, at: usize) -> bool {
        let mut rest = self.text[at..self.paragraph.end].chars();
        rest.next() == Some(' ')
            && rest.next() == Some('.')
            && !rest.next().is_some_and(|c| c == '.' || tokens::in_word(c))
    }

    /// Moves the end behind what closes: `.”`, `.)`, `.' "`.
    fn close(&mut self, stop: &mut Stop) {
        while let Some(c) = self.text[stop.end..self.paragraph.end].chars().next() {
            if let Some(mark) = self.mark_at(stop.end) {
                if mark.role != Role::Close {
                    return;
                }
                stop.end = mark.span.end;
                stop.quoted = true;
            } else if matches!(c, ')' | ']' | '}') {
                stop.end += c.len_utf8();
                stop.bracketed = true;
            } else if c == ' ' && self.mark_at(stop.end + 1).is_some_and(|mark| self.closes_late(mark)) {
                stop.end += 1;
            } else {
                return;
            }
        }
    }

    /// A closing mark that a space keeps from its sentence: `late. "`.
    fn closes_late(&self, mark: Mark) -> bool {
        let after = self.text[mark.span.end..self.paragraph.end].chars().next();
        mark.role == Role::Close && after.is_none_or(char::is_whitespace)
    }

    fn mark_at(&mut self, at: usize) -> Option<Mark> {
        while self.marks.get(self.next_mark).is_some_and(|mark| mark.span.start < at) {
            self.next_mark += 1;
        }
        self.marks.get(self.next_mark).filter(|mark| mark.span.start == at).copied()
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '?' | '!' | '…' | '。' | '！' | '？' | '‽')
}

/// How the text goes on after a stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Onset {
    Lower,
    Upper,
    Digit,
    Sign,
}

fn ends_sentence(text: &str, paragraph: Span, stop: &Stop) -> bool {
    if stop.next >= paragraph.end {
        return false;
    }
    let rest = behind_quoting(text, Span { start: stop.end, end: stop.next }, paragraph);
    let opens = |c: char| marks::is_mark(c) || "([{".contains(c);
    let onset_at = rest.find(|c| !opens(c)).unwrap_or(rest.len());
    let quotes = rest.starts_with(marks::is_mark);
    let (first, word) = (rest[onset_at..].chars().next(), word(&rest[onset_at..]));
    let onset = match first {
        Some(c) if c.is_lowercase() => Onset::Lower,
        Some(c) if c.is_alphabetic() => Onset::Upper,
        Some(c) if c.is_numeric() => Onset::Digit,
        _ => Onset::Sign,
    };
    let run = stop.run.of(text);
    if stop.next == stop.end {
        return glued(text, paragraph, stop, onset, quotes);
    }
    if onset_at == 0 && matches!(first, Some(',' | ';' | ':' | '-' | '–' | '%' | ')' | ']')) {
        return false;
    }
    match onset {
        Onset::Lower if !stop.quoted && !stop.bracketed && run == "." => ends_in_word(text, paragraph, stop),
        Onset::Lower => false,
        _ if stop.quoted && !run.ends_with('.') && goes_on_as_report(&rest[onset_at..]) => false,
        _ if run == "." && stop.run.end == stop.end => {
            stop_of_word(text, paragraph, stop, onset, quotes, word)
        }
        _ => true,
    }
}

/// How a paragraph goes on after a gap, and after the signs of mail quoting when the gap
/// breaks the line.
fn behind_quoting(text: &str, gap: Span, paragraph: Span) -> &str {
    let rest = &text[gap.end..paragraph.end];
    if gap.of(text).contains(['\n', '\r']) { &rest[paragraphs::quoting_len(rest)..] } else { rest }
}

/// "said.The", "said.“The": a slip of typesetting, where both sides are words.
fn glued(text: &str, paragraph: Span, stop: &Stop, onset: Onset, marked: bool) -> bool {
    let before = &text[paragraph.start..stop.run.start];
    let mut tail = before.chars().rev();
    let word = tail.next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
        && tail.next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    let rest = &text[stop.next..paragraph.end];
    let next_word = rest.chars().nth(1).is_some_and(|c| c.is_lowercase() || c.is_whitespace());
    word && onset == Onset::Upper
        && (stop.quoted || marked || next_word)
        && !rest.starts_with(char::is_lowercase)
}

/// A whole word in small letters stands before the stop, which so belongs to no
/// abbreviation, even where the next sentence begins in lower case.
fn ends_in_word(text: &str, paragraph: Span, stop: &Stop) -> bool {
    let word = word_before(text, paragraph, stop.run.start);
    word.chars().count() >= 4 && word.chars().all(char::is_lowercase) && abbreviations::of(word).is_none()
}

/// Does a period end the sentence, or only its word?
fn stop_of_word(text: &str, paragraph: Span, stop: &Stop, onset: Onset, marked: bool, next: &str) -> bool {
    let before = word_before(text, paragraph, stop.run.start);
    let starts = marked || abbreviations::starts_sentence(next);
    if abbreviations::is_initial(before) {
        return abbreviations::starts_sentence(next) && next.chars().count() > 1 || onset == Onset::Sign;
    }
    match abbreviations::of(before) {
        None => true,
        Some(Abbreviation::BeforeName) => false,
        Some(Abbreviation::BeforeNumber) => onset != Onset::Digit,
        Some(Abbreviation::Anywhere) if matches!(before, "a.m" | "p.m") => {
            starts || onset == Onset::Upper && !TIME_GOES_ON.contains(&next)
        }
        Some(Abbreviation::Anywhere) => starts,
    }
}

/// The word right before a byte, with its inner periods.
fn word_before(text: &str, paragraph: Span, at: usize) -> &str {
    let before = &text[paragraph.start..at];
    let part = |c: char| tokens::in_word(c) || matches!(c, '.' | '-');
    let from = before.char_indices().rev().take(LONGEST_ABBREVIATION).take_while(|&(_, c)| part(c)).last();
    &before[from.map_or(before.len(), |(from, _)| from)..]
}

/// The word at the start of `rest`, with its apostrophes.
fn word(rest: &str) -> &str {
    let part = |c: char| tokens::in_word(c) || matches!(c, '\'' | '’');
    let long = rest.char_indices().take(LONGEST_ABBREVIATION).find(|&(_, c)| !part(c));
    &rest[..long.map_or(rest.len().min(rest.floor_char_boundary(LONGEST_ABBREVIATION)), |(at, _)| at)]
}

/// `“Why?” Ms. Lee asked.`: a name of few words and then a verb of saying, so that the
/// question and who asked it are one sentence.
fn goes_on_as_report(rest: &str) -> bool {
    for (n_names, word) in rest.split_whitespace().take(6).enumerate() {
        let bare = word.trim_end_matches([',', '.', ':', ';']);
        if n_names > 0 && REPORTS.contains(&bare) {
            return true;
        }
        let goes_on = bare.len() == word.len() || word.ends_with('.');
        if !(goes_on && word.starts_with(char::is_uppercase)) {
            return false;
        }
    }
    false
}

/// In characters; far beyond any abbreviation, short enough to look back at every stop.
const LONGEST_ABBREVIATION: usize = 24;

const TIME_GOES_ON: &[&str] = &[
    "Eastern",
    "Central",
    "Pacific",
    "Mountain",
    "EST",
    "EDT",
    "ET",
    "CST",
    "CDT",
    "CT",
    "PST",
    "PDT",
    "PT",
    "MT",
    "GMT",
    "BST",
    "UTC",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
    "Moscow",
    "London",
    "Kyiv",
];

const REPORTS: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "adds",
    "told",
    "wrote",
    "writes",
    "tweeted",
    "shouted",
    "exclaimed",
    "replied",
    "responded",
    "continued",
    "declared",
    "wondered",
    "cried",
    "joked",
    "quipped",
    "demanded",
    "yelled",
];
