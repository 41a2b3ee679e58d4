//! Which words of a text say when, and which days do they mean?
//!
//! One pass over the words. At each place a short lead ("earlier on") may open the expression and a list of rules
//! tries what follows; the longest reading wins. Lists of words, not a parser: the language of dates in news is small.
//!
//! Conventions: a week is Monday to Sunday. Seasons are northern and whole months (summer is June to August), and a
//! winter bears the year of its December. "Last summer" and "last May" are the latest that were over on the day of
//! publication. "Three weeks ago" is that calendar week, "a year ago" that calendar year, "early March" all of March.
//! A preposition is part of the span and does not change the range: "since Monday" covers that Monday. Two ends are
//! one expression, "from Tuesday to Friday". "The end of March" begins on the 21st; see `part` for the other parts. A
//! day is that of the place whose time is written: "8 p.m. EST Wednesday" is Wednesday. A weekday beside a date
//! chooses the year; where no near year has both, or a stated year contradicts, the days are unknown.
//!
//! What this does not do: clock times, durations, holidays but Christmas. "Later that day" counts from the story's
//! time, and "every Sunday", "a Tuesday" and "overnight" have no one day; they are found without a range. A capital
//! within a sentence makes a name ("USA Today"), so headlines in capitals lose most.

mod calendar;
mod part;
mod recur;
mod stretch;
mod tense;
mod words;
mod years;

use std::ops::Range;

use jiff::civil::{Date, Weekday};

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

/// The day that metadata state: ISO 8601, or other words that mean a single day with its year.
pub(crate) fn stated(words: &str) -> Option<Date> {
    let words = words.trim();
    if let Some(day) = words.get(..10).and_then(|day| day.parse().ok()) {
        return Some(day);
    }
    let mut days = find(words, None, Some(Tense::Past)).into_iter().filter_map(|when| when.range);
    let (first, last) = days.next()?;
    (first == last && days.next().is_none()).then_some(first)
}

const PREPOSITIONS: &str = "on in at by since until till from of during over through before after";
const MODIFIERS: &str = "early late mid earlier later";
/// After these "May" is the month; after "from" it is as often the prime minister.
const MAY_CUES: &str = "in of since by until till early late mid";
/// After these so is "for May"; "called for May to resign" is none.
const PLANS: &str = "scheduled planned set slated due";
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

/// Behind these it is as likely the season as an accident, as "in the fall" is not.
const FALL_CUES: &str = "since by before until";
/// A noun before one of these stands alone: "in winter the", but "in winter clothes".
const FUNCTION_WORDS: &str = "a an the and or but nor as at by for from in into of off on onto out over per than that to \
     under up upon via with within without who whom whose which when where while was were is are be been has have had \
     will would could should may might must can did does do not also it he she they we you if then there this these \
     those after before since until during about against between through because so still now ago later earlier more \
     most almost some each every all both only just long said";

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
        self.calendar.tense = tense::around(&self.words, i..found.1.0);
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
            self.stretch(j, cue),
            self.part(j, cue),
            self.recurring(j),
            self.feast(j),
            self.overnight(j),
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

    /// "2016-03-15", "2016-03-15T23:30:00-05:00".
    fn numeric(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        words.year(j).filter(|_| words.is_hyphen(j + 1) && words.is_hyphen(j + 3))?;
        let (day, time) = words.raw(j + 4).split_at_checked(2)?;
        let is_clock = time.starts_with('T') && time[1..].starts_with(|c: char| c.is_ascii_digit());
        if !is_clock && (!time.is_empty() || words.is_hyphen(j + 5)) {
            return None;
        }
        let has_offset = is_clock
            && matches!(words.raw(j + 5), "-" | "+")
            && words.is_glued(j + 5)
            && words.is_glued(j + 6)
            && words.raw(j + 6).starts_with(|c: char| c.is_ascii_digit());
        let text = format!("{}-{}-{day}", words.raw(j), words.raw(j + 2));
        let day = text.parse().ok().filter(|_| text.len() == 10)?;
        Some((j + 5 + 2 * usize::from(has_offset), Some((day, day))))
    }

    /// "Wednesday", "Wednesday night", "Wednesday, March 15".
    fn weekday(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let weekday = words.weekday(j)?;
        let end = words.after_part(j + 1);
        if let Some(found) = self.dated(end + usize::from(words.word(end) == ","), Some(weekday)) {
            return Some(found);
        }
        let is_open = is_in(OPEN_CUES, cue) && !(end > j + 1 && words.is_name(j + 1));
        let is_title = words.is_name(end) && !words.is_zone(end) && !is_open;
        let is_feast = j > 0 && is_in(DAY_NAMES, words.raw(j - 1));
        (!is_title && !is_feast).then(|| (end, self.calendar.weekday(None, weekday)))
    }

    /// "March 15", "Sept. 11, 2001", "15 March 2016", "the 15th of March last year".
    fn date(&self, j: usize) -> Option<Found> {
        self.dated(j, None)
    }

    /// A date, in the year in which it falls on the weekday before it.
    fn dated(&self, j: usize, weekday: Option<Weekday>) -> Option<Found> {
        let words = &self.words;
        let (month, day, end) = if let Some((month, k)) = words.month_or_short(j) {
            (month, words.day_of_month(k)?, k + 1)
        } else {
            let k = j + usize::from(words.word(j) == "the");
            let day = words.day_of_month(k)?;
            let (month, end) = words.month_or_short(k + 1 + usize::from(words.word(k + 1) == "of"))?;
            // "won 3-2 March 5"
            if words.is_compounded(k) && words.day_of_month(end).is_some() {
                return None;
            }
            (month, day, end)
        };
        let days = |year| {
            let day = Date::new(year, month, day).ok()?;
            weekday.is_none_or(|weekday| weekday == day.weekday()).then_some((day, day))
        };
        if weekday.is_none() {
            return Some(self.in_year(end, days));
        }
        self.stated_year(end, &days).or_else(|| Some((end, self.calendar.agreeing(days))))
    }

    /// "March 2016", or "March" after a cue that tells it from a verb or a name.
    fn month(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let (month, k) = words.month_or_short(j)?;
        let cue = if cue.is_empty() && words.before(j) == "for" { "for" } else { cue };
        let found = self.in_year(k, month_days(month));
        let is_said = match words.raw(j) {
            _ if found.0 > k => true,
            "May" if cue == "for" => j > 1 && is_in(PLANS, words.word(j - 2)),
            "May" => is_in(MAY_CUES, cue),
            "March" | "April" | "June" | "August" => !is_in("on at", cue) && !cue.is_empty(),
            _ => words.month(j).is_some(),
        };
        let is_title = found.0 == k && words.is_name(k) && !is_in(OPEN_CUES, cue);
        (is_said && !is_title).then_some(found)
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

    /// "the summer of 2012", "summer 2012", "in the summer", "since spring", "all winter", "midsummer".
    fn season(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let a = j + usize::from(words.word(j) == "all");
        let k = a + usize::from(words.word(a) == "the");
        let found = self.in_year(k + 1, season_days(words.season(k)?));
        if found.0 > k + 1 {
            return Some(found);
        }
        let next = words.raw(k + 1);
        let is_mid = words.word(k).starts_with("mid");
        let is_led = a > j || is_mid || !(is_in("at of", cue) || cue.is_empty());
        let is_season = words.word(k) != "fall" || (k == a && is_in(FALL_CUES, cue));
        let is_alone = if k > a {
            next != "of"
        } else {
            let is_noun = next.starts_with(char::is_lowercase) && !is_in(FUNCTION_WORDS, next);
            !is_noun && !words.is_hyphen(k + 1) && (!words.is_name(k + 1) || is_in(OPEN_CUES, cue))
        };
        // "Homes are cold in winter" is every winter.
        let is_any = k == j && cue == "in" && self.calendar.tense == Tense::Unknown;
        (is_led && is_season && is_alone).then_some((found.0, found.1.filter(|_| !is_any)))
    }

    /// A date, month or season that ends before `k`, in the year that follows or the one that is meant.
    fn in_year(&self, k: usize, days: impl Fn(i16) -> Option<Days>) -> Found {
        self.stated_year(k, &days).unwrap_or_else(|| (k, self.calendar.yearly(None, days)))
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

    /// "later that day", "at that time", "in recent weeks". "That day" alone may begin a clause: "said that day care";
    /// "That month" that opens the sentence says when.
    fn demonstrative(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let unit = words.unit(j + 1);
        let is_said = match words.word(j) {
            "that" => {
                let is_singular =
                    unit.is_some_and(|(_, is_plural)| !is_plural) || words.word(j + 1) == "time";
                let is_last = !words.raw(j + 2).starts_with(char::is_alphanumeric) && !words.is_hyphen(j + 2);
                let opens = j == 0 && matches!(unit, Some((Unit::Week | Unit::Month | Unit::Year, _)));
                (is_singular || words.after_part(j + 1) > j + 1) && (!cue.is_empty() || is_last || opens)
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
