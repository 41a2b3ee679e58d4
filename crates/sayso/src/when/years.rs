//! Which four digits are a year, and which count things?

use super::calendar::Days;
use super::words::is_in;
use super::{DETERMINERS, FUNCTION_WORDS, Found, MODIFIERS, PREPOSITIONS, Scan, year_days};

/// After these four digits are a year and not a number of things.
const CUES: &str = "in of since by until till from during before after early late mid";
/// After these a number below 1900 is as often an amount: "rose by 1850", "a total of 1850".
const AMOUNT_CUES: &str = "of by";
const PLURALS: &str = "people men women children police feet cattle";
/// They end in "s" as verbs and adverbs do.
const NO_PLURALS: &str = "finds holds tells adds begins ends does says goes shows remains means makes comes gives becomes sees brings looks seems appears \
     suggests happens continues leaves takes gets keeps stands marks looms always perhaps sometimes afterwards towards \
     besides whereas";
/// A year before one of these says which: "below 2005 levels".
const LEVELS: &str = "levels elections";
/// So it does behind a determiner; "in 2000 games" counts them.
const GAMES: &str = "games talks";
/// What bears its year as a name, so that an adjective may stand before: "the disputed 2000 election".
const EVENTS: &str = "attack bombing budget campaign census collapse constitution coup crash crisis deal disaster \
     earthquake election film hurricane interview invasion law massacre memoir novel race recession referendum report \
     revolution season shooting speech study summit survey tournament treaty trial uprising visit vote war";
/// "A 2000 mile trip" measures, and "the 2000 dead" counts.
const MEASURES: &str = "mile kilometer kilometre meter metre foot square cubic pound ton tonne dollar euro seat acre \
     percent point watt megawatt calorie barrel strong odd plus dead missing homeless worth local";

impl Scan<'_> {
    /// "2011" after a cue, "the 2014 study", "below 2005 levels".
    pub(super) fn year(&self, j: usize, cue: &str) -> Option<Found> {
        let words = &self.words;
        let year = words.any_year(j)?;
        let is_recent = words.year(j).is_some();
        let is_cued = is_in(CUES, cue) && (is_recent || !is_in(AMOUNT_CUES, cue));
        // "from 2000 to 2010 voters"
        let is_range_of_counts = matches!(words.word(j + 1), "to" | "and" | "or" | "-")
            && words.four_digits(j + 2).is_some()
            && self.is_count(j + 2);
        let is_cued = is_cued && !is_range_of_counts;
        let is_said = (is_cued && (!self.is_count(j) || self.opens(j))) || (is_recent && self.tells_which(j));
        is_said.then(|| (j + 1, year_days(year)))
    }

    /// The year that may follow a date, month or season that ends before `k`: "2016", ", 2016", "of last year". Four
    /// digits that may be a year or a number leave the days unknown rather than those of another year.
    pub(super) fn stated_year(&self, k: usize, days: &impl Fn(i16) -> Option<Days>) -> Option<Found> {
        let words = &self.words;
        let y = k + usize::from(matches!(words.word(k), "," | "of"));
        if let Some(n) = words.four_digits(y) {
            // Few count 2014 of anything, and those who do write a comma.
            let is_year = !self.is_count(y) || n % 100 != 0;
            let year = words.any_year(y).filter(|_| is_year);
            return Some((if is_year { y + 1 } else { k }, year.and_then(days)));
        }
        match words.which(y) {
            Some((which, n)) if words.word(n) == "year" && words.word(k) != "," => {
                let year = self.calendar.shifted(super::Unit::Year, which as i64);
                Some((n + 1, year.and_then(|(first, _)| days(first.year()))))
            }
            _ => None,
        }
    }

    /// Whether the digits at `j` stand before a plural.
    pub(super) fn is_count(&self, j: usize) -> bool {
        let words = &self.words;
        let noun = words.raw(j + 1);
        if words.is_glued(j + 1) || words.is_glued(j + 2) && matches!(words.raw(j + 2), "'" | "’") {
            return noun == "%";
        }
        is_in(PLURALS, noun) || (is_plural(noun) && !is_in(NO_PLURALS, noun) && !is_in(LEVELS, noun))
    }

    /// Whether nothing but the lead stands before `j`: "In 2000 voters chose Mr. Lee".
    fn opens(&self, j: usize) -> bool {
        let is_lead = |k: usize| {
            let word = self.words.word(k);
            !word.starts_with(char::is_alphanumeric) && !word.is_empty()
                || is_in(PREPOSITIONS, word)
                || is_in(MODIFIERS, word)
        };
        j <= 4 && (0..j).all(is_lead)
    }

    /// Whether the year at `j` tells which thing is meant.
    fn tells_which(&self, j: usize) -> bool {
        let words = &self.words;
        if words.is_glued(j) || words.is_glued(j + 1) {
            return false;
        }
        let before = words.before(j);
        let is_owned =
            is_in(DETERMINERS, before) || (j > 1 && matches!(before, "'" | "’") && words.is_glued(j - 1));
        let noun = words.raw(j + 1);
        let is_governed =
            is_owned || is_in(PREPOSITIONS, before) || is_in("below above than to with", before);
        let is_word = before.is_empty() || before.starts_with(char::is_alphabetic);
        (is_word && is_in(EVENTS, noun))
            || (is_governed && is_in(LEVELS, noun))
            || (is_owned && (is_in(GAMES, noun) || is_singular(noun)))
    }
}

fn is_plural(noun: &str) -> bool {
    let is_lower = noun.starts_with(char::is_lowercase);
    is_lower
        && noun.len() > 3
        && noun.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| noun.ends_with(end))
}

/// Whether it may be a noun or an adjective before one. "The 2000 injured" are counted.
fn is_singular(noun: &str) -> bool {
    noun.len() > 2
        && noun.chars().all(char::is_lowercase)
        && !is_plural(noun)
        && !noun.ends_with("ed")
        && !is_in(PLURALS, noun)
        && !is_in(MEASURES, noun)
        && !is_in(FUNCTION_WORDS, noun)
}
