//! How old are people, and what has become of how many?

use super::noun::{MONTHS, is_stop};
use super::reading::{Amount, Reading, Scan};
use super::units::measure;
use super::words::is_in;

/// Their object is people.
const HARMED: &str =
    "killed killing kill wounded wounding injured injuring arrested arresting hospitalized hospitalised";
const HARMED_BE: &str = "\
    dead killed wounded injured arrested missing hospitalized hospitalised detained hurt trapped displaced \
    rescued sickened";
/// Between the number and what was done to them.
const HARMED_ARE: &str = "\
    were are was is have had been being others more reported confirmed feared also people could may might \
    be among the still";
/// Names of one word that are no person's, and last words of names behind "New" and the like.
const LANDS: &str = "\
    ohio iowa florida texas nevada arizona michigan wisconsin pennsylvania georgia maine colorado alabama \
    alaska arkansas california connecticut delaware hawaii idaho illinois indiana kansas kentucky louisiana \
    maryland massachusetts minnesota mississippi missouri montana nebraska hampshire york jersey mexico \
    carolina dakota oklahoma oregon tennessee utah vermont virginia washington wyoming columbia orleans \
    france spain germany italy britain england scotland wales ireland russia ukraine china japan india \
    brazil argentina canada australia poland turkey iran iraq syria israel egypt greece portugal sweden \
    norway denmark finland belgium netherlands austria switzerland hungary romania kingdom states america \
    korea zealand africa arabia europe asia london paris berlin moscow beijing kyiv chicago boston \
    philadelphia democrats republicans labour labor conservatives tories however meanwhile instead overall \
    nationwide statewide total yes today";
const SIDES: &str = "new north south west east saudi united great";
/// Last words of longer names that are no person's.
const BODIES: &str = "\
    party united city county team club university college state district street avenue group island \
    angeles francisco diego democrats republicans";
/// How far apart the brackets of a series may stand, in tokens.
const SERIES: usize = 40;

impl Scan<'_> {
    /// ", 41," behind a name, "aged 41", "at the age of 41".
    pub(super) fn age(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let amount = self.amount_of_age(j)?;
        let is_said = is_in("aged age ages", words.back(j, 1))
            || (words.back(j, 1) == "of" && words.back(j, 2) == "age");
        let is_digits = words.raw(j).bytes().all(|b| b.is_ascii_digit()) && words.raw(j).len() < 4;
        let is_apart = match words.raw(j.wrapping_sub(1)) {
            "," => is_in(", . ; — ?", words.raw(amount.end)) || amount.end == words.len(),
            "(" => words.raw(amount.end) == ")",
            _ => false,
        };
        let is_listed = words.raw(amount.end + 1).starts_with(|c: char| c.is_ascii_digit());
        let is_behind = self.is_person_before(j.wrapping_sub(1))
            && is_digits
            && is_apart
            && !is_listed
            && amount.low.value >= 5.0;
        let is_age = (is_said && amount.low.value <= 130.0) || (is_behind && amount.low.value <= 115.0);
        is_age.then(|| self.reading(&amount, "year", "age", amount.end))
    }

    /// Whether a name that may be a person's ends before the comma or bracket at `k`: not "in Ohio, 18,", and brackets
    /// follow a first and a last name and stand alone, for those of scores and shares come in series.
    fn is_person_before(&self, k: usize) -> bool {
        let words = &self.words;
        if k == 0 || k >= words.len() || !words.is_capital(k - 1) {
            return false;
        }
        let start = (0..k).rev().take_while(|&i| words.is_capital(i) && words.is_word(i)).last().unwrap_or(k);
        let is_title = is_stop(words, start);
        let n_words = (k - start).saturating_sub(usize::from(is_title));
        let last = words.back(k, 1);
        let is_place = is_in(LANDS, last) && (n_words < 2 || is_in(SIDES, words.back(k, 2)));
        let is_in_place =
            [words.back(start, 1), words.low(start)].iter().any(|word| is_in("in at near across", word));
        if is_place || is_in_place || is_in(BODIES, last) || is_in(MONTHS, last) {
            return false;
        }
        if words.raw(k) != "(" {
            // At the start of a sentence any word is in capitals: "However, 41, a record, …"
            let is_said = is_in("a an the who whose of said says told is was has had", words.low(k + 3));
            return k > 1 || (is_said && !is_stop(words, 0) && !words.low(0).ends_with("ly"));
        }
        let is_number = |i: usize| words.raw(i).starts_with(|c: char| c.is_ascii_digit());
        let mut near = k.saturating_sub(SERIES)..k + SERIES;
        let is_alone = !near.any(|i| i != k && words.raw(i) == "(" && is_number(i + 1));
        let is_adult = words.raw(k + 1).parse::<u32>().is_ok_and(|age| age >= 18);
        n_words > 1 && is_alone && is_adult
    }

    /// The number itself, which "age" does not make a name.
    fn amount_of_age(&self, j: usize) -> Option<Amount> {
        self.amount(j).filter(|amount| !amount.low.is_vague && measure(&self.words, amount.end).is_none())
    }

    /// "killing at least 31", "31 were killed", "31 injured", "31 who fled", "a population of 31".
    pub(super) fn harmed(&self, i: usize, j: usize) -> Option<Reading> {
        let words = &self.words;
        let is_many = |amount: &Amount| amount.low.value > 1.0 || words.low(j) == "one";
        let amount = self.amount(j).filter(|amount| is_many(amount) && !self.is_ambiguous(amount))?;
        let is_object =
            (1..4).any(|n| is_in(HARMED, words.back(i, n)) && (1..n).all(|n| !is_stop(words, i - n)));
        let mut end = amount.end;
        while is_in(HARMED_ARE, words.low(end)) && end < amount.end + 4 {
            end += 1;
        }
        let is_subject = is_in(HARMED_BE, words.low(end)) || words.low(amount.end) == "who";
        let is_whole = is_stop(words, amount.end)
            || is_in(HARMED_BE, words.low(amount.end))
            || is_in("others more", words.low(amount.end));
        let is_population = words.back(i, 1) == "of" && words.back(i, 2) == "population";
        if !(is_object || is_subject || is_population)
            || !is_whole
            || words.is_hyphen(amount.end)
            || measure(words, amount.end).is_some()
        {
            return None;
        }
        let with_noun = is_in("others dead wounded injured missing", words.low(amount.end));
        Some(self.reading(&amount, "person", "count", amount.end + usize::from(with_noun)))
    }
}
