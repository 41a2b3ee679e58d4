//! Which words name a day that comes again: "every Sunday", "on Mondays", "a Tuesday", "Christmas"?

use jiff::civil::Date;

use super::calendar::Unit;
use super::words::is_in;
use super::{DETERMINERS, FUNCTION_WORDS, Found, Scan};

const FEASTS: &str = "Christmas Easter Thanksgiving";
const GREETINGS: &str = "Merry Happy White Blue Black";
const PARTS: &str = "mornings afternoons evenings nights";

impl Scan<'_> {
    /// "every Sunday", "on Mondays", "Friday nights", "every other April", "one Tuesday": none of them has a day.
    pub(super) fn recurring(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        if words.weekday(j).is_some() && is_in(PARTS, words.word(j + 1)) {
            return Some((j + 2, None));
        }
        if let Some(end) = self.after_plural(j) {
            return (!words.is_name(end)).then_some((end, None));
        }
        let k = match words.word(j) {
            "every" | "each" => j + 1 + usize::from(is_in("other second third single", words.word(j + 1))),
            "a" | "any" | "one" => return self.indefinite(j + 1),
            _ => return None,
        };
        let end = if words.weekday(k).is_some() {
            words.after_part(k + 1)
        } else if words.month(k).is_some() {
            k + 1
        } else {
            return None;
        };
        (!words.is_name(end)).then_some((end, None))
    }

    /// Past "Mondays".
    fn after_plural(&self, j: usize) -> Option<usize> {
        let singular = self.words.raw(j).strip_suffix('s')?;
        is_in(super::words::WEEKDAYS, singular).then_some(j + 1)
    }

    /// "a Tuesday night in June". "A Tuesday statement" was made on a certain Tuesday and is left to the other rules.
    fn indefinite(&self, k: usize) -> Option<Found> {
        let words = &self.words;
        words.weekday(k)?;
        let end = words.after_part(k + 1);
        let next = words.raw(end);
        let is_attribute = words.is_name(end)
            || next.starts_with(char::is_alphabetic) && !is_in(FUNCTION_WORDS, next)
            || words.is_hyphen(end);
        let is_dated = self.date(end + usize::from(next == ",")).is_some();
        (!is_attribute && !is_dated).then_some((end, None))
    }

    /// "before Christmas", "last Christmas", "Christmas Eve 2015". Easter and Thanksgiving differ between churches and
    /// countries, so that they have no day.
    pub(super) fn feast(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        let (which, f) = words.which(j).map_or((None, j), |(which, f)| (Some(which), f));
        let feast = Some(words.raw(f)).filter(|feast| is_in(FEASTS, feast))?;
        let before = f.checked_sub(1).map_or("", |k| words.raw(k));
        let eve = words.raw(f + 1) == "Eve";
        let weekday = feast == "Easter" && words.weekday(f + 1).is_some();
        let k = f + 1 + usize::from(eve || weekday || words.raw(f + 1) == "Day");
        let next = words.raw(k);
        let is_attribute =
            words.is_name(k) || next.starts_with(char::is_lowercase) && !is_in(FUNCTION_WORDS, next);
        // A capital before it makes a title ("A Lee Family Christmas"), and a lead at the start is none.
        let is_title = which.is_none() && f > 0 && words.before(f).is_empty();
        if is_attribute || words.is_hyphen(k) || is_title || is_in(GREETINGS, before) {
            return None;
        }
        let is_western = feast == "Christmas";
        let days = |year| Unit::Day.around(Date::new(year, 12, if eve { 24 } else { 25 }).ok()?);
        let (end, days) = match which {
            Some(_) => (k, self.calendar.yearly(which, days)),
            None => self.in_year(k, days),
        };
        Some((end, days.filter(|_| is_western)))
    }

    /// "Overnight" may be last night or the coming one; "an overnight stay" says of what kind.
    pub(super) fn overnight(&self, j: usize) -> Option<Found> {
        let words = &self.words;
        let is_said =
            words.word(j) == "overnight" && !is_in(DETERMINERS, words.before(j)) && !words.is_hyphen(j + 1);
        is_said.then_some((j + 1, None))
    }
}
