//! Which days lie between two ends: "March 15-17", "from Tuesday to Friday", "between 2014 and 2016"?

use jiff::civil::{Date, Weekday};

use super::calendar::Days;
use super::tense::Tense;
use super::words::is_in;
use super::{Found, Scan};

/// A date that moves "from Tuesday to Friday" covers nothing between.
const MOVES: &str =
    "moved postponed delayed changed pushed rescheduled shifted deferred brought moving postponing";
/// Words before the first end in which those are sought.
const REACH: usize = 8;
/// A stretch past the end of the year is shorter than this many months; "from June to May" may mean anything.
const MAX_WRAPPED: i8 = 6;

/// What is said of one end.
#[derive(Clone, Copy, Default)]
struct End {
    weekday: Option<Weekday>,
    month: Option<i8>,
    day: Option<i8>,
    year: Option<i16>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Dash,
    /// "to" and "until".
    To,
    Through,
    And,
}

impl Scan<'_> {
    /// Two ends with a link between, where both are said in the same way.
    pub(super) fn stretch(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let is_between = words.word(j) == "between";
        let j = j + usize::from(is_between);
        let (first, e) = self.end_at(j).filter(|_| !words.is_compounded(j))?;
        let link = self.link(e)?;
        let (last, end) = self.short_year(first, e, link).or_else(|| self.end_at(e + 1))?;
        let is_led = is_between || cue == "from";
        let is_apart = words.is_hyphen(end) || (link == Link::And) != is_between;
        let is_title = !is_led && (words.is_name(end) || words.is_possessive(end));
        if is_apart || is_title || (cue == "from" && self.is_move(j)) {
            return None;
        }
        let days = match (first.shape(), last.shape()) {
            // "Open Monday to Friday" is every week.
            ("weekday", "weekday")
                if !is_led && first.weekday == Some(Weekday::Monday) && is_friday(last) =>
            {
                None
            }
            ("weekday", "weekday") => self.calendar.weekdays(first.weekday?, last.weekday?),
            ("year", "year") => {
                let is_recent = |year: Option<i16>| year.is_some_and(|year| year >= 1900);
                let is_said =
                    is_led || (link == Link::Dash && is_recent(first.year) && last.year > first.year);
                return (is_said && !self.is_count(end - 1)).then(|| (end, years(first, last)));
            }
            ("month", "month") if is_led || link != Link::To => self.spanned(first, last),
            ("date" | "day", "date") | ("date", "day") => {
                if link == Link::To && self.is_count(end - 1) {
                    return None;
                }
                self.spanned(first, last)
            }
            _ => return None,
        };
        Some((end, days))
    }

    fn link(&self, e: usize) -> Option<Link> {
        let words = &self.words;
        match words.word(e) {
            "-" | "–" if words.is_glued(e) && words.is_glued(e + 1) => Some(Link::Dash),
            "to" | "until" | "till" => Some(Link::To),
            "through" | "thru" => Some(Link::Through),
            "and" => Some(Link::And),
            _ => None,
        }
    }

    fn is_move(&self, j: usize) -> bool {
        (j.saturating_sub(REACH)..j).any(|k| is_in(MOVES, self.words.word(k)))
    }

    /// "16" in "2014-16".
    fn short_year(&self, first: End, e: usize, link: Link) -> Option<(End, usize)> {
        let digits = Some(self.words.raw(e + 1)).filter(|digits| digits.len() == 2 && link == Link::Dash)?;
        let year = first.year.filter(|_| first.shape() == "year")?;
        let short: i16 = digits.parse().ok().filter(|_| self.words.number(e + 1).is_some())?;
        Some((End { year: Some(year / 100 * 100 + short), ..End::default() }, e + 2))
    }

    fn end_at(&self, j: usize) -> Option<(End, usize)> {
        let words = &self.words;
        let Some(weekday) = words.weekday(j) else { return self.end_of_year(j) };
        let d = j + 1 + usize::from(words.word(j + 1) == ",");
        match self.end_of_year(d).filter(|(end, _)| end.shape() == "date") {
            Some((end, k)) => Some((End { weekday: Some(weekday), ..end }, k)),
            None => Some((End { weekday: Some(weekday), ..End::default() }, words.after_part(j + 1))),
        }
    }

    /// "March", "March 15", "15 March", "15", each with a year or without, or a year.
    fn end_of_year(&self, j: usize) -> Option<(End, usize)> {
        let words = &self.words;
        let (month, day, k) = if let Some((month, k)) = words.month_or_short(j) {
            let day = words.day_of_month(k);
            (Some(month), day, k + usize::from(day.is_some()))
        } else if let Some(day) = words.day_of_month(j) {
            // In "3-2 March 5" the month belongs to the 5th.
            let month = words.month_or_short(j + 1).filter(|(_, k)| words.day_of_month(*k).is_none());
            (month.map(|(month, _)| month), Some(day), month.map_or(j + 1, |(_, k)| k))
        } else {
            let year = words.any_year(j)?;
            return Some((End { year: Some(year), ..End::default() }, j + 1));
        };
        let y = k + usize::from(day.is_some() && words.word(k) == ",");
        let year = words.any_year(y).filter(|_| month.is_some() && !self.is_count(y));
        Some((End { weekday: None, month, day, year }, if year.is_some() { y + 1 } else { k }))
    }

    /// From one date or month to another, of which one may lack what the other says.
    fn spanned(&self, first: End, last: End) -> Option<Days> {
        let (from, to) = (first.month.or(last.month)?, last.month.or(first.month)?);
        let wraps = to < from;
        if wraps && to + 12 - from > MAX_WRAPPED && first.year.and(last.year).is_none() {
            return None;
        }
        let wrap = i16::from(wraps);
        let ends = |year: i16, last_year: i16| {
            let start = Date::new(year, from, first.day.unwrap_or(1)).ok()?;
            let month = Date::new(last_year, to, 1).ok()?;
            let end = match last.day {
                Some(day) => Date::new(last_year, to, day).ok()?,
                None => month.last_of_month(),
            };
            let agrees = |said: Option<Weekday>, day: Date| said.is_none_or(|said| said == day.weekday());
            (start <= end && agrees(first.weekday, start) && agrees(last.weekday, end))
                .then_some((start, end))
        };
        let days = |year: i16| ends(year, year + wrap);
        match (first.year, last.year) {
            (Some(year), Some(last_year)) => ends(year, last_year),
            (Some(year), None) => days(year),
            (None, Some(last_year)) => days(last_year - wrap),
            (None, None) if first.weekday.or(last.weekday).is_some() => self.calendar.agreeing(days),
            (None, None) => {
                let found = self.calendar.yearly(None, days)?;
                // "From March to May" in the middle of March was last year's or is this one's.
                let is_open = first.day.is_none()
                    && self.calendar.tense != Tense::Future
                    && found.1 > self.calendar.published?
                    && found.0 <= self.calendar.published?;
                (!is_open).then_some(found)
            }
        }
    }
}

impl End {
    fn shape(&self) -> &'static str {
        match self {
            End { month: Some(_), day: Some(_), .. } => "date",
            End { month: Some(_), .. } => "month",
            End { day: Some(_), .. } => "day",
            End { year: Some(_), .. } => "year",
            _ => "weekday",
        }
    }
}

fn is_friday(end: End) -> bool {
    end.weekday == Some(Weekday::Friday)
}

fn years(first: End, last: End) -> Option<Days> {
    let (first, last) = (first.year?, last.year?);
    let days = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
    (first <= last).then_some(days)
}
