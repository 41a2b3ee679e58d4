//! Which days does "last week" or "March 15" mean to the readers of an article?

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::tense::Tense;

/// First and last day, inclusive.
pub(super) type Days = (Date, Date);

/// How far the search for a month or date goes, in years; the longest way between two 29ths of February.
const MAX_YEARS: i16 = 8;

/// Days after which writers name the year of a day that is past, and within which one to come goes without.
const LONG_AGO: i32 = 240;
const SOON: i32 = 120;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Year,
    /// Too short or too long to name days.
    Other,
}

impl Unit {
    /// The unit of the calendar in which `day` lies.
    pub(super) fn around(self, day: Date) -> Option<Days> {
        let of_week = |n: i8| add_days(day, i64::from(n - day.weekday().to_monday_zero_offset()));
        match self {
            Unit::Day => Some((day, day)),
            Unit::Week => Some((of_week(0)?, of_week(6)?)),
            Unit::Weekend => Some((of_week(5)?, of_week(6)?)),
            Unit::Month => Some((day.first_of_month(), day.last_of_month())),
            Unit::Year => Some((day.first_of_year(), day.last_of_year())),
            Unit::Other => None,
        }
    }
}

/// The word before a weekday, month, season or unit; its number is in units from now.
#[derive(Clone, Copy)]
pub(super) enum Which {
    Last = -1,
    This = 0,
    Next = 1,
}

/// The day that words without a year count from, and the direction they count in.
pub(super) struct Calendar {
    pub(super) published: Option<Date>,
    pub(super) tense: Tense,
}

impl Calendar {
    /// The unit `n` units from the day of publication.
    pub(super) fn shifted(&self, unit: Unit, n: i64) -> Option<Days> {
        let span = match unit {
            Unit::Day => Span::new().try_days(n),
            Unit::Week | Unit::Weekend => Span::new().try_weeks(n),
            Unit::Month => Span::new().try_months(n),
            Unit::Year => Span::new().try_years(n),
            Unit::Other => return None,
        };
        unit.around(self.published?.checked_add(span.ok()?).ok()?)
    }

    /// "Wednesday", or one with a word before; without one the tense decides, and the day of publication counts.
    pub(super) fn weekday(&self, which: Option<Which>, weekday: Weekday) -> Option<Days> {
        let published = self.published?;
        let day = match which {
            None if published.weekday() == weekday => published,
            None if self.tense == Tense::WasAhead => return None,
            None => published.nth_weekday(if self.tense == Tense::Future { 1 } else { -1 }, weekday).ok()?,
            Some(Which::Last) => published.nth_weekday(-1, weekday).ok()?,
            Some(Which::Next) => published.nth_weekday(1, weekday).ok()?,
            Some(Which::This) => {
                add_days(Unit::Week.around(published)?.0, weekday.to_monday_zero_offset().into())?
            }
        };
        Some((day, day))
    }

    /// "From Tuesday to Friday": by tense the latest such days that are over or the next ones. Where the day of
    /// publication lies within this week's, they may be the running ones, unless the tense is the past.
    pub(super) fn weekdays(&self, first: Weekday, last: Weekday) -> Option<Days> {
        let published = self.published?;
        let length = i64::from(first.until(last));
        let on_or = |step: i32, weekday: Weekday| {
            if published.weekday() == weekday {
                Some(published)
            } else {
                published.nth_weekday(step, weekday).ok()
            }
        };
        let back = on_or(-1, last).and_then(|last| Some((add_days(last, -length)?, last)))?;
        let on = on_or(1, first).and_then(|first| Some((first, add_days(first, length)?)))?;
        let running = on_or(-1, first).and_then(|first| Some((first, add_days(first, length)?)))?;
        let runs = running.0 < published && published < running.1;
        match self.tense {
            _ if length == 0 => None,
            Tense::Past | Tense::SeemsPast => Some(back),
            _ if runs => None,
            Tense::WasAhead => None,
            Tense::Future => Some(on),
            Tense::Unknown => Some(back),
        }
    }

    /// "The weekend": by tense the latest that has begun or the next that isn't over.
    pub(super) fn weekend(&self) -> Option<Days> {
        let this = self.shifted(Unit::Weekend, 0)?;
        if self.tense != Tense::Future && this.0 > self.published? {
            self.shifted(Unit::Weekend, -1)
        } else {
            Some(this)
        }
    }

    /// The days in the nearest of the previous, this and the next year that has them. A date falls on a certain weekday
    /// in at most one of three years in a row.
    pub(super) fn agreeing(&self, days: impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let published = self.published?;
        let years = (-1..=1).filter_map(|n| days(published.year().checked_add(n)?));
        years.min_by_key(|(first, _)| (*first - published).get_days().abs())
    }

    /// What comes once a year, a date, month or season, given its days in a year. Without a word before, the latest
    /// that has begun or, by tense, the next that isn't over; "last" is over and "next" has not begun.
    pub(super) fn yearly(&self, which: Option<Which>, days: impl Fn(i16) -> Option<Days>) -> Option<Days> {
        let published = self.published?;
        let year = published.year();
        let mut back = (-MAX_YEARS..=0).rev().filter_map(|n| days(year + n));
        // A winter that isn't over may be last year's.
        let mut on = (-1..=MAX_YEARS).filter_map(|n| days(year + n));
        match which {
            None => {
                let (last, next) =
                    (back.find(|(first, _)| *first <= published), on.find(|(_, last)| *last >= published));
                if self.is_next(published, last?, next?) { next } else { last }
            }
            Some(Which::Last) => back.find(|(_, last)| *last < published),
            Some(Which::Next) => on.find(|(first, _)| *first > published),
            Some(Which::This) => {
                on.find(|(first, last)| (*first..=*last).contains(&published)).or_else(|| days(year))
            }
        }
    }
}

impl Calendar {
    /// Which of two is meant, the latest that has begun or the next that isn't over.
    fn is_next(&self, published: Date, last: Days, next: Days) -> bool {
        let days = |from: Date, to: Date| (to - from).get_days();
        let (ago, ahead) = (days(last.1, published), days(published, next.0));
        match self.tense {
            Tense::Past => false,
            Tense::Future => true,
            Tense::SeemsPast => last.0 == last.1 && ago > LONG_AGO && ahead < SOON,
            Tense::WasAhead | Tense::Unknown => ahead < ago,
        }
    }
}

fn add_days(day: Date, n: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(n).ok()?).ok()
}

/// The days of a month in a year.
pub(super) fn month_days(month: i8) -> impl Fn(i16) -> Option<Days> {
    move |year| Unit::Month.around(Date::new(year, month, 1).ok()?)
}

/// The days of the three months from `month` on in a year and, of a winter, the next.
pub(super) fn season_days(month: i8) -> impl Fn(i16) -> Option<Days> {
    move |year| {
        let first = Date::new(year, month, 1).ok()?;
        Some((first, first.checked_add(Span::new().try_months(2).ok()?).ok()?.last_of_month()))
    }
}
