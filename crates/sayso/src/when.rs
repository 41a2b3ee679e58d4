//! Which words of a text say when, and which days do they mean?
//!
//! One pass over the words. At each place a short lead ("earlier on") may open the expression and a list of rules
//! tries what follows; the longest reading wins. Lists of words, not a parser: the language of dates in news is small.
//!
//! Conventions: a week is Monday to Sunday. Seasons are northern and whole months (summer is June to August), and a
//! winter bears the year of its December. "Last summer" and "last May" are the latest that were over on the day of
//! publication. "Three weeks ago" is that calendar week, "a year ago" that calendar year, "early March" all of March.
//! A preposition is part of the span and does not change the range: "since Monday" covers that Monday.
//!
//! What this does not do: clock times, durations, holidays. "Later that day" counts from the story's time and is
//! found without a range. A capital within a sentence makes a name ("USA Today"), so headlines in capitals lose most.

mod calendar;
mod tense;
mod words;

use std::ops::Range;

use jiff::civil::Date;

use calendar::{Calendar, Days, Unit, Which, month_days, season_days};
pub(crate) use tense::Tense;
use words::{Words, is_in};

/// A time expression in a text and the days it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct When {
    /// Half open, UTF-8 bytes of the given text, with the preposition where there is one. A preposition before a
    /// possessive ("in Wednesday's debate") governs another noun and is left out.
    pub(crate) span: Range<usize>,
    /// First and last day, inclusive; `None` where the words can't be resolved, name a day that isn't in the
    /// calendar, or need a date of publication that isn't there.
    pub(crate) range: Option<(Date, Date)>,
}

/// All time expressions in `text` (a sentence or clause), left to right, not overlapping, longest first at each place.
///
/// `published` is the article's date of publication. In the past "on Wednesday" is the last one up to and including
/// that day, in the future the next one; without a `tense` the words around each expression tell. Takes time linear
/// in `text`.
pub(crate) fn find(text: &str, published: Option<Date>, tense: Option<Tense>) -> Vec<When> {
    let calendar = Calendar { published, tense: tense.unwrap_or(Tense::Unknown) };
    let mut scan = Scan { words: Words::new(text), calendar };
    let mut whens = Vec::new();
    let mut i = 0;
    while i < scan.words.tokens.len() {
        let Some((start, (end, range))) = scan.told(i, tense) else {
            i += 1;
            continue;
        };
        let tokens = &scan.words.tokens;
        whens.push(When { span: tokens[start].span.start..tokens[end - 1].span.end, range });
        i = end;
    }
    whens
}

const PREPOSITIONS: &str = "on in at by since until till from of during over through before after";
const MODIFIERS: &str = "early late mid earlier later";
/// After these four digits are a year and not a number of things.
const YEAR_CUES: &str = "in of since by until till from during early late mid";
/// After these "May" is the month; after "from" it is as often the prime minister.
const MAY_CUES: &str = "in of since by until till early late mid";
/// After these a capital that follows the day or month begins something new: "on Wednesday Mr. Lee said".
const OPEN_CUES: &str = "on in since until";
/// "Black Friday" is a name.
const DAY_NAMES: &str =
    "Ash Black Bloody Cyber Easter Fat Giving Good Holy Maundy Palm Sheffield Shrove Super";
const ADVERBS: &str = "previously recently earlier lately";
/// "An earlier report" says which report, not when; "s" is that of "Lee's earlier report".
const DETERMINERS: &str = "a an the my our your his her its their no s";
/// "The next day" counts from the story's time, not from the article's.
const ANAPHORIC: &str = "same previous following next last past coming";

/// The token after an expression, and its days.
type Found = (usize, Option<Days>);

struct Scan<'t> {
    words: Words<'t>,
    calendar: Calendar,
}

impl Scan<'_> {
    /// The expression at the token `i`, in the given tense or the one of the words around it.
    fn told(&mut self, i: usize, tense: Option<Tense>) -> Option<(usize, Found)> {
        let found = self.at(i)?;
        if tense.is_some() {
            return Some(found);
        }
        self.calendar.tense = tense::around(&self.words, i);
        self.at(i)
    }

    /// The expression that begins at the token `i`, and its first token, which is later where the lead is left out.
    fn at(&self, i: usize) -> Option<(usize, Found)> {
        let (cue, j) = self.lead(i);
        let readings = [
            self.numeric(j),
            self.weekday(j, cue),
            self.date(j),
            self.month(j, cue),
            self.year(j, cue),
            self.decade(j),
            self.season(j, cue),
            self.relative(j),
            self.definite(j, cue),
            self.demonstrative(j, cue),
            self.ago(j),
        ];
        if let Some(found) = readings.into_iter().flatten().max_by_key(|(end, _)| *end) {
            return Some((if self.words.is_possessive(found.0) { j } else { i }, found));
        }
        let is_adverb = is_in(ADVERBS, self.words.word(i))
            && !is_in(DETERMINERS, self.words.before(i))
            && self.words.word(i + 1) != "than";
        is_adverb.then_some((i, (i + 1, None)))
    }

    /// "in", "in early", "late", "mid-", "earlier on" or nothing: its last word and the next place.
    fn lead(&self, i: usize) -> (&str, usize) {
        let words = &self.words;
        let preposition =
            |k: usize| usize::from(is_in(PREPOSITIONS, words.word(k)) && !words.is_compounded(k));
        let k = i + preposition(i);
        if !is_in(MODIFIERS, words.word(k)) {
            return (if k > i { words.word(i) } else { "" }, k);
        }
        if words.is_hyphen(k + 1) {
            return (words.word(k), k + 2);
        }
        let end = k + 1 + preposition(k + 1);
        (words.word(end - 1), end)
    }

    /// "2016-03-15".
    fn numeric(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        let is_whole = words.is_hyphen(j + 1) && words.is_hyphen(j + 3) && !words.is_hyphen(j + 5);
        words.year(j).filter(|_| is_whole)?;
        let text = words.text.get(words.tokens[j].span.start..words.tokens.get(j + 4)?.span.end)?;
        let day = text.parse().ok().filter(|_| text.len() == 10)?;
        Some((j + 5, Some((day, day))))
    }

    /// "Wednesday", "Wednesday night", "Wednesday, March 15".
    fn weekday(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let weekday = words.weekday(j)?;
        let end = words.after_part(j + 1);
        if let Some(found) = self.date(end + usize::from(words.word(end) == ",")) {
            return Some(found);
        }
        let is_open = is_in(OPEN_CUES, cue) && !(end > j + 1 && words.is_name(j + 1));
        let is_title = words.is_name(end) && !is_open;
        let is_feast = j > 0 && is_in(DAY_NAMES, words.raw(j - 1));
        (!is_title && !is_feast).then(|| (end, self.calendar.weekday(None, weekday)))
    }

    /// "March 15", "Sept. 11, 2001", "15 March 2016", "the 15th of March last year".
    fn date(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        let (month, day, end) = if let Some((month, k)) = words.month_or_short(j) {
            (month, words.day_of_month(k)?, k + 1)
        } else {
            let k = j + usize::from(words.word(j) == "the");
            let day = words.day_of_month(k)?;
            let (month, end) = words.month_or_short(k + 1 + usize::from(words.word(k + 1) == "of"))?;
            (month, day, end)
        };
        Some(self.in_year(end, |year| Unit::Day.around(Date::new(year, month, day).ok()?)))
    }

    /// "March 2016", or "March" after a cue that tells it from a verb or a name.
    fn month(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let (month, k) = words.month_or_short(j)?;
        let found = self.in_year(k, month_days(month));
        let is_said = match words.raw(j) {
            _ if found.0 > k => true,
            "May" => is_in(MAY_CUES, cue),
            "March" | "April" | "June" | "August" => !is_in("on at", cue) && !cue.is_empty(),
            _ => words.month(j).is_some(),
        };
        let is_title = found.0 == k && words.is_name(k) && !is_in(OPEN_CUES, cue);
        (is_said && !is_title).then_some(found)
    }

    /// "2011" after a cue.
    fn year(&self, j: usize, cue: &str) -> Option<Found> {
        let year = self.words.year(j).filter(|_| is_in(YEAR_CUES, cue))?;
        Some((j + 1, year_days(year)))
    }

    /// "the 1990s", "the early 1990s".
    fn decade(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        let k = j + usize::from(words.word(j) == "the");
        let k = k + usize::from(is_in("early late mid", words.word(k)));
        let k = k + usize::from(k > j && words.is_hyphen(k));
        let digits = words.raw(k).strip_suffix("0s").filter(|digits| digits.len() == 3)?;
        let first = digits.parse::<i16>().ok().filter(|decade| (190..210).contains(decade))? * 10;
        Some((k + 1, year_days(first).zip(year_days(first + 9)).map(|(first, last)| (first.0, last.1))))
    }

    /// "the summer of 2012", "summer 2012"; "in the summer", but "in the fall" may be an accident.
    fn season(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let k = j + usize::from(words.word(j) == "the");
        let found = self.in_year(k + 1, season_days(words.season(k)?));
        let is_alone = k > j
            && !is_in("at of", cue)
            && !cue.is_empty()
            && words.word(k) != "fall"
            && words.word(k + 1) != "of";
        (found.0 > k + 1 || is_alone).then_some(found)
    }

    /// A date, month or season that ends before `k`, with the year that may follow: "2016", ", 2016", "of last year".
    fn in_year(&self, k: usize, days: impl Fn(i16) -> Option<Days>) -> Found {
        let words = &self.words;
        let y = k + usize::from(matches!(words.word(k), "," | "of"));
        if let Some(year) = words.year(y) {
            return (y + 1, days(year));
        }
        match words.which(y) {
            Some((which, n)) if words.word(n) == "year" && words.word(k) != "," => {
                let year = self.calendar.shifted(Unit::Year, which as i64);
                (n + 1, year.and_then(|(first, _)| days(first.year())))
            }
            _ => (k, self.calendar.yearly(None, days)),
        }
    }

    /// "yesterday morning", "last week", "next Tuesday", "this May", "last night".
    fn relative(&self, j: usize) -> Option<Found> {
        let (words, calendar) = (&self.words, &self.calendar);
        let from_today = match words.word(j) {
            "yesterday" => Some(-1),
            "today" | "tonight" => Some(0),
            "tomorrow" => Some(1),
            _ => None,
        };
        if let Some(n) = from_today {
            return Some((words.after_part(j + 1), calendar.shifted(Unit::Day, n)));
        }
        let (which, k) = words.which(j).filter(|_| words.before(j) != "the")?;
        if let Some(weekday) = words.weekday(k) {
            return Some((words.after_part(k + 1), calendar.weekday(Some(which), weekday)));
        }
        if let Some(month) = words.month(k) {
            return Some((k + 1, calendar.yearly(Some(which), month_days(month))));
        }
        if let Some(month) = words.season(k) {
            return Some((k + 1, calendar.yearly(Some(which), season_days(month))));
        }
        match (words.unit(k), which, words.word(k)) {
            (Some((Unit::Week | Unit::Weekend | Unit::Month | Unit::Year, true)), ..) => None,
            (Some((unit @ (Unit::Week | Unit::Weekend | Unit::Month | Unit::Year), _)), ..) => {
                Some((k + 1, calendar.shifted(unit, which as i64)))
            }
            (_, Which::This, "morning" | "afternoon" | "evening") => {
                Some((k + 1, calendar.shifted(Unit::Day, 0)))
            }
            (_, Which::Last, "night") => Some((k + 1, calendar.shifted(Unit::Day, -1))),
            _ => None,
        }
    }

    /// "the same day", "in the last two weeks", "the day before", "over the weekend", "at the time".
    fn definite(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        if words.word(j) != "the" {
            return None;
        }
        if is_in(ANAPHORIC, words.word(j + 1)) {
            let (_, k) = words.count(j + 2);
            let is_many = k > j + 2 || words.unit(k).is_some_and(|(_, is_plural)| is_plural);
            let is_duration = words.before(j) == "for" || (is_many && cue.is_empty());
            return self.after_calendar_word(k).filter(|_| !is_duration).map(|end| (end, None));
        }
        if words.word(j + 1) == "time" && cue == "at" {
            return Some((j + 2, None));
        }
        let (unit, _) = words.unit(j + 1).filter(|(_, is_plural)| !is_plural)?;
        match (words.word(j + 2), words.word(j + 3)) {
            ("before", "yesterday") if unit == Unit::Day => Some((j + 4, self.calendar.shifted(unit, -2))),
            ("after", "tomorrow") if unit == Unit::Day => Some((j + 4, self.calendar.shifted(unit, 2))),
            ("before" | "after", _) => Some((j + 3, None)),
            _ if unit == Unit::Weekend && !cue.is_empty() => Some((j + 2, self.calendar.weekend())),
            _ if cue == "in" && j > 1 && is_in(MODIFIERS, words.word(j - 2)) => Some((j + 2, None)),
            _ => None,
        }
    }

    /// Past a unit, part of the day, weekday, month or season.
    fn after_calendar_word(&self, k: usize) -> Option<usize> {
        let words = &self.words;
        let is_one = words.unit(k).is_some()
            || words.weekday(k).is_some()
            || words.month(k).is_some()
            || words.season(k).is_some();
        Some(if is_one { k + 1 } else { words.after_part(k) }).filter(|end| *end > k)
    }

    /// "later that day", "at that time", "in recent weeks". "That day" alone may begin a clause: "said that day care".
    fn demonstrative(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let unit = words.unit(j + 1);
        let is_said = match words.word(j) {
            "that" => {
                let is_singular =
                    unit.is_some_and(|(_, is_plural)| !is_plural) || words.word(j + 1) == "time";
                let is_last = !words.raw(j + 2).starts_with(char::is_alphanumeric) && !words.is_hyphen(j + 2);
                (is_singular || words.after_part(j + 1) > j + 1) && (!cue.is_empty() || is_last)
            }
            "recent" | "coming" => unit.is_some_and(|(_, is_plural)| is_plural) && !cue.is_empty(),
            _ => false,
        };
        is_said.then_some((j + 2, None))
    }

    /// "two days ago", "a few weeks ago", "years ago", "a day earlier".
    fn ago(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        if words.is_compounded(j) {
            return None;
        }
        let (n, k) = words.count(j);
        let (unit, _) = words.unit(k).filter(|(_, is_plural)| k > j || *is_plural)?;
        match words.word(k + 1) {
            "ago" => Some((k + 2, n.and_then(|n| self.calendar.shifted(unit, n.checked_neg()?)))),
            "earlier" | "later" => Some((k + 2, None)),
            _ => None,
        }
    }
}

fn year_days(year: i16) -> Option<Days> {
    Unit::Year.around(Date::new(year, 1, 1).ok()?)
}

#[cfg(test)]
mod tests;
