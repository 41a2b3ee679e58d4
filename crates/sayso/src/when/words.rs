//! What are the words of a text, and which of them are numbers, months, units?

use std::ops::Range;

use crate::word_list;
pub(super) use crate::word_list::is_in;

use jiff::civil::Weekday;

use super::calendar::{Unit, Which};

const MONTHS: &str = "January February March April May June July August September October November December";
const MONTHS_SHORT: &str = "Jan Feb Mar Apr - Jun Jul Aug Sept Oct Nov Dec";
pub(super) const WEEKDAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
const ZONES: &str = "GMT UTC EST EDT CST CDT MST MDT PST PDT ET CT MT PT BST CET CEST IST";
const NUMBERS: &str = "one two three four five six seven eight nine ten eleven twelve";

/// The place of `word` in such a list, from 1.
fn place(list: &'static str, word: &str) -> Option<i8> {
    word_list::place(list, word).and_then(|n| i8::try_from(n + 1).ok())
}

pub(super) struct Token<'t> {
    /// Half open, UTF-8 bytes of the text.
    pub(super) span: Range<usize>,
    raw: &'t str,
    /// In lower case; empty for a capital within a sentence, so that no rule takes a name for a common word.
    word: String,
}

/// A text's tokens: runs of letters and digits, and each other character but white space on its own. Digits joined by
/// one of `,.:/` are one token, so that a part of "1,500" is never a number. Places in the methods are indices of
/// tokens and may lie outside; there the word is "".
pub(super) struct Words<'t> {
    pub(super) tokens: Vec<Token<'t>>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut tokens: Vec<Token<'t>> = Vec::new();
        let mut after_word = false;
        let mut start = 0;
        while let Some(first) = text[start..].chars().next() {
            let end = token_end(text, start, first);
            if !first.is_whitespace() {
                let raw = &text[start..end];
                let is_name = after_word && first.is_uppercase();
                let word = if is_name { String::new() } else { raw.to_ascii_lowercase() };
                tokens.push(Token { span: start..end, raw, word });
                after_word = first.is_alphanumeric();
            }
            start = end;
        }
        Self { tokens }
    }

    pub(super) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| &token.word)
    }

    pub(super) fn raw(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |token| token.raw)
    }

    /// The word before `i`.
    pub(super) fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |i| self.word(i))
    }

    /// Whether the token `i` touches the one before.
    pub(super) fn is_glued(&self, i: usize) -> bool {
        i > 0 && i < self.tokens.len() && self.tokens[i - 1].span.end == self.tokens[i].span.start
    }

    /// Whether `i` is the second half of a compound, as "two" in "twenty-two".
    pub(super) fn is_compounded(&self, i: usize) -> bool {
        i > 1 && self.is_hyphen(i - 1)
    }

    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.raw(i) == "-" && self.is_glued(i) && self.is_glued(i + 1)
    }

    /// Whether the word has a capital, as the second in "Sunday Times".
    pub(super) fn is_name(&self, i: usize) -> bool {
        self.raw(i).starts_with(char::is_uppercase) && !self.is_glued(i)
    }

    pub(super) fn is_possessive(&self, i: usize) -> bool {
        matches!(self.raw(i), "'" | "’") && self.raw(i + 1) == "s" && self.is_glued(i) && self.is_glued(i + 1)
    }

    /// Past a part of the day, if one stands here.
    pub(super) fn after_part(&self, i: usize) -> usize {
        let is_part = is_in("morning afternoon evening night", &self.raw(i).to_ascii_lowercase());
        i + usize::from(is_part)
    }

    /// Digits that stand for themselves; not those of "15-year-old", but those of "30-April 2".
    pub(super) fn number(&self, i: usize) -> Option<i64> {
        let is_compound = self.is_hyphen(i + 1)
            && self.raw(i + 2).starts_with(char::is_alphabetic)
            && self.month_or_short(i + 2).is_none();
        Some(self.raw(i)).filter(|_| !is_compound)?.parse().ok()
    }

    /// 1 to 31, from "15" or "15th".
    pub(super) fn day_of_month(&self, i: usize) -> Option<i8> {
        let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|suffix| self.raw(i).strip_suffix(suffix));
        let day = ordinal.map_or_else(|| self.number(i), |digits| digits.parse().ok())?;
        i8::try_from(day).ok().filter(|day| (1..=31).contains(day))
    }

    /// Four digits that stand for themselves; neither a time ("0100 GMT") nor money.
    pub(super) fn four_digits(&self, i: usize) -> Option<i16> {
        let is_four = self.raw(i).len() == 4 && self.raw(i).bytes().all(|b| b.is_ascii_digit());
        let is_time = self.is_zone(i + 1) || matches!(self.raw(i + 1), "hours" | "hrs" | "local");
        let is_glued = self.is_glued(i) && matches!(self.raw(i.saturating_sub(1)), "$" | "£" | "€");
        self.number(i).filter(|_| is_four && !is_time && !is_glued).and_then(|n| i16::try_from(n).ok())
    }

    /// 1500 to 2099; who calls knows by the words around that it is a year.
    pub(super) fn any_year(&self, i: usize) -> Option<i16> {
        self.four_digits(i).filter(|year| (1500..2100).contains(year))
    }

    /// 1900 to 2099.
    pub(super) fn year(&self, i: usize) -> Option<i16> {
        self.any_year(i).filter(|year| *year >= 1900)
    }

    /// A time zone, as in "Wednesday EST".
    pub(super) fn is_zone(&self, i: usize) -> bool {
        is_in(ZONES, self.raw(i))
    }

    pub(super) fn weekday(&self, i: usize) -> Option<Weekday> {
        Weekday::from_monday_one_offset(place(WEEKDAYS, self.raw(i))?).ok()
    }

    /// The month's number, 1 to 12.
    pub(super) fn month(&self, i: usize) -> Option<i8> {
        place(MONTHS, self.raw(i))
    }

    /// "March", or short as in "Sept. 11": the month's number and the next place.
    pub(super) fn month_or_short(&self, i: usize) -> Option<(i8, usize)> {
        if let Some(month) = self.month(i) {
            return Some((month, i + 1));
        }
        let month = place(MONTHS_SHORT, if self.raw(i) == "Sep" { "Sept" } else { self.raw(i) })?;
        let has_stop = self.raw(i + 1) == "." && self.is_glued(i + 1);
        self.raw(i).starts_with(char::is_alphabetic).then_some((month, i + 1 + usize::from(has_stop)))
    }

    /// The month in which a season begins.
    pub(super) fn season(&self, i: usize) -> Option<i8> {
        match self.word(i) {
            "spring" => Some(3),
            "summer" | "midsummer" => Some(6),
            "autumn" | "fall" => Some(9),
            "winter" | "midwinter" => Some(12),
            _ => None,
        }
    }

    /// The unit of time, and whether the word is its plural.
    pub(super) fn unit(&self, i: usize) -> Option<(Unit, bool)> {
        let singular = self.word(i).strip_suffix('s');
        let unit = match singular.unwrap_or(self.word(i)) {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "year" => Unit::Year,
            "minute" | "hour" | "decade" => Unit::Other,
            _ => return None,
        };
        Some((unit, singular.is_some()))
    }

    /// "last", "this past" and so on, and the next place.
    pub(super) fn which(&self, i: usize) -> Option<(Which, usize)> {
        match (self.word(i), self.word(i + 1)) {
            ("this", "past") => Some((Which::Last, i + 2)),
            ("this", "coming") => Some((Which::Next, i + 2)),
            ("last", _) => Some((Which::Last, i + 1)),
            ("this", _) => Some((Which::This, i + 1)),
            ("next", _) => Some((Which::Next, i + 1)),
            _ => None,
        }
    }

    /// "two", "a few" or nothing, and the next place; `None` where it isn't exact.
    pub(super) fn count(&self, i: usize) -> (Option<i64>, usize) {
        let exact = |n: i64| (Some(n), i + 1);
        match (self.word(i), self.word(i + 1)) {
            ("a", "few") => (None, i + 2),
            ("a", "couple") => (None, i + 2 + usize::from(self.word(i + 2) == "of")),
            ("several" | "some" | "many" | "few", _) => (None, i + 1),
            ("a" | "an", _) => exact(1),
            (word, _) => match place(NUMBERS, word) {
                Some(n) => exact(n.into()),
                None => self.number(i).map_or((None, i), exact),
            },
        }
    }
}

/// Where the token ends that begins at `start` with `first`.
fn token_end(text: &str, start: usize, first: char) -> usize {
    let mut end = start + first.len_utf8();
    if !first.is_alphanumeric() {
        return end;
    }
    let mut last = first;
    let mut chars = text[end..].chars().peekable();
    while let Some(c) = chars.next() {
        let joins = last.is_ascii_digit()
            && matches!(c, ',' | '.' | ':' | '/')
            && chars.peek().is_some_and(char::is_ascii_digit);
        if !c.is_alphanumeric() && !joins {
            break;
        }
        end += c.len_utf8();
        last = c;
    }
    end
}
