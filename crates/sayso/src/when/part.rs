//! Which days are the end of March, the first week of December, the second quarter?

use jiff::Span;
use jiff::civil::Date;

use super::calendar::{Days, Unit, month_days, season_days};
use super::tense::Tense;
use super::words::is_in;
use super::{Found, Scan, year_days};

const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
/// A part before these lies in the unit that runs, whatever the tense.
const DEADLINES: &str = "by before until till";
/// Games have quarters too.
const SPORTS: &str =
    "touchdown touchdowns yard yards game goal score scored scoring quarterback pointer rebounds";
/// Words around a quarter in which those are sought.
const REACH: usize = 12;

/// A part of a week, month, season or year. Of a month the thirds begin on the 1st, 11th and 21st; of a year they are
/// January, June with July, and December; of a week two days each; of a season a month each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Start,
    Middle,
    End,
    /// From 1.
    Half(i32),
    Quarter(i32),
    /// Seven days of a month, from the 1st on.
    Week(i32),
    LastWeek,
}

impl Part {
    fn cut(self, (first, last): Days) -> Option<Days> {
        let days = |from: i32, to: i32| Some((add(first, 0, from)?, add(first, 0, to)?));
        let months = |from: i32, to: i32| Some((add(first, from, 0)?, add(first, to, -1)?));
        let length = (last - first).get_days() + 1;
        let is_week = length == 7;
        let is_month = (28..=31).contains(&length);
        let is_season = (89..=92).contains(&length);
        let is_year = (365..=366).contains(&length);
        match self {
            Part::Start if is_week => days(0, 1),
            Part::Middle if is_week => days(2, 3),
            Part::End if is_week => days(5, 6),
            Part::Start if is_month => days(0, 9),
            Part::Middle if is_month => days(10, 19),
            Part::End if is_month => days(20, length - 1),
            Part::Start if is_season || is_year => months(0, 1),
            Part::Middle if is_season => months(1, 2),
            Part::End if is_season => months(2, 3),
            Part::Middle if is_year => months(5, 7),
            Part::End if is_year => months(11, 12),
            Part::Half(1) if is_month => days(0, 14),
            Part::Half(2) if is_month => days(15, length - 1),
            Part::Half(n) if is_year => months(6 * (n - 1), 6 * n),
            Part::Quarter(n) if is_year => months(3 * (n - 1), 3 * n),
            Part::Week(n) if is_month => days(7 * (n - 1), 7 * n - 1),
            Part::LastWeek if is_month => days(length - 7, length - 1),
            _ => None,
        }
    }
}

impl Scan<'_> {
    /// "the end of the year", "the middle of June", "the first week of December", "the second quarter of 2016".
    pub(super) fn part(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let has_article = words.word(j) == "the";
        let (part, k) = self.part_at(j + usize::from(has_article))?;
        let is_named = |year: i16| part.cut(year_days(year)?);
        match part {
            Part::Quarter(_) if !has_article || self.is_sport(j) => None,
            Part::Quarter(_) if words.any_year(k).is_some() => self.stated_year(k, &is_named),
            Part::Quarter(_) if words.word(k) != "of" => Some((k, self.calendar.yearly(None, is_named))),
            _ if !has_article && cue.is_empty() => None,
            _ if words.word(k) == "of" => self.of_whole(part, k + 1, cue),
            _ => None,
        }
    }

    fn part_at(&self, k: usize) -> Option<(Part, usize)> {
        let words = &self.words;
        let of_one = match words.word(k) {
            "beginning" | "start" => Some(Part::Start),
            "middle" => Some(Part::Middle),
            "end" => Some(Part::End),
            _ => None,
        };
        if let Some(part) = of_one {
            return Some((part, k + 1));
        }
        let n = (1..).zip(ORDINALS).find(|(_, word)| *word == words.word(k)).map(|(n, _)| n);
        let part = match (n, words.word(k), words.word(k + 1)) {
            (Some(n @ 1..=2), _, "half") => Part::Half(n),
            (Some(n), _, "quarter") => Part::Quarter(n),
            (Some(n), _, "week") => Part::Week(n),
            (None, "last" | "final", "week") => Part::LastWeek,
            _ => return None,
        };
        Some((part, k + 2))
    }

    /// The part of what is named from the token `x` on, behind "of".
    fn of_whole(&self, part: Part, x: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        if let Some((month, k)) = words.month_or_short(x) {
            let is_person = words.is_name(k) && is_in("March April May June August", words.raw(x));
            return (!is_person).then(|| self.in_year(k, |year| part.cut(month_days(month)(year)?)));
        }
        let s = x + usize::from(words.word(x) == "the");
        if let Some(month) = words.season(s) {
            return Some(self.in_year(s + 1, |year| part.cut(season_days(month)(year)?)));
        }
        if let Some(year) = words.any_year(x).filter(|_| !self.is_count(x)) {
            return Some((x + 1, year_days(year).and_then(|days| part.cut(days))));
        }
        if let Some((end, _)) = self.decade(x) {
            return Some((end, None));
        }
        match words.unit(s) {
            Some((unit @ (Unit::Week | Unit::Month | Unit::Year), false)) if s > x => {
                Some((s + 1, self.of_running(part, unit, cue)))
            }
            _ => {
                let (end, days) = self.relative(x)?;
                let is_one_day = words.unit(end - 1).is_none() && words.month(end - 1).is_none();
                let is_season = words.season(end - 1).is_some();
                (!is_one_day || is_season).then(|| (end, days.and_then(|days| part.cut(days))))
            }
        }
    }

    /// The part of this week, month or year; looking back, one that hasn't begun is the last one's.
    fn of_running(&self, part: Part, unit: Unit, cue: &str) -> Option<Days> {
        let published = self.calendar.published?;
        let of = |n: i64| part.cut(self.calendar.shifted(unit, n)?);
        let this = of(0)?;
        let looks_ahead = is_in(DEADLINES, cue) || self.calendar.tense == Tense::Future;
        match self.calendar.tense {
            _ if looks_ahead => Some(this).filter(|days| days.1 >= published).or_else(|| of(1)),
            _ if this.0 <= published => Some(this),
            Tense::Past => of(-1),
            Tense::SeemsPast => None,
            Tense::Future | Tense::WasAhead | Tense::Unknown => Some(this),
        }
    }

    fn is_sport(&self, j: usize) -> bool {
        let around = j.saturating_sub(REACH)..(j + REACH).min(self.words.tokens.len());
        around.into_iter().any(|k| is_in(SPORTS, self.words.word(k)))
    }
}

fn add(day: Date, months: i32, days: i32) -> Option<Date> {
    let months = Span::new().try_months(months).ok()?;
    day.checked_add(months).ok()?.checked_add(Span::new().try_days(days).ok()?).ok()
}
