//! What do a number and a noun, or a verb around it, count?

use super::Approx;
use super::noun::{counted, is_plural, is_stop, phrase, singular, with_place};
use super::number::{Number, number, ordinal};
use super::reading::{Amount, Reading, Scan};
use super::units::{Measure, measure, unit};
use super::words::{is_in, place};

const VOTED: &str = "vote votes voted voting split ruled decision ruling majority verdict tally margin";
/// Their object is people.
const HARMED: &str =
    "killed killing kill wounded wounding injured injuring arrested arresting hospitalized hospitalised";
const HARMED_BE: &str = "dead killed wounded injured arrested missing hospitalized hospitalised detained";
const PLACES: &str = "\
    place round spot straight consecutive term time anniversary floor debate stage phase attempt \
    generation edition rank row position successive hour day week month year season try trial";
/// "A first time" and "the second quarter" are said of other things.
const NO_RANKS: &str = "\
    quarter century party world grade estate hand party-line hour day week month year time lady \
    amendment class rate people person degree half thing";
const NO_SUPERLATIVES: &str = "\
    interest request forest protest contest guest harvest arrest quest priest conquest chest crest \
    invest suggest digest";
const ADJECTIVES: &[&str] = &["ed", "al", "ous", "ive", "ic", "ary"];
const COMPOUND_ENDS: &[&str] = &["ed", "fold", "sided", "way", "al", "some", "ing", "ish", "ly"];
const COMPOUNDS: &str =
    "percent off on to up in out and piece tier time or of a s first third half class style d";

impl Scan<'_> {
    /// "five hours", "85% of the Donbas", "minus 3 degrees".
    pub(super) fn measured(&self, j: usize, is_led: bool) -> Option<Reading> {
        let words = &self.words;
        let is_sign = is_in("- − – minus", words.raw(j))
            && !words.is_glued(j)
            && (words.is_word(j) || words.is_glued(j + 1))
            && words.back(j, 1) != "or";
        let mut amount = self.amount(j + usize::from(is_sign))?;
        let mut k = amount.end;
        if amount.low.is_vague {
            k = words.phrase(k, "of")?;
        }
        let Measure { mut unit, what, end } = self.unit_after(k).or_else(|| self.shared_unit(&amount))?;
        let is_one = words.low(j) == "one" && amount.end == j + 1 && !is_led;
        let is_adverb = is_one && is_in("day time night second minute", &unit);
        let needs_plural =
            amount.low.value > 1.0 && is_in("second foot time day", &unit) && words.low(end - 1) == unit;
        if is_adverb || needs_plural || (is_sign && !is_in("temperature share", what)) {
            return None;
        }
        if is_sign {
            (amount.start, amount.low.value) = (j, -amount.low.value);
        }
        if unit == "pound" && amount.low.scale >= 1e6 {
            "GBP".clone_into(&mut unit);
        }
        if let Some(end) = words.phrase(end, "old").or_else(|| words.phrase(end, "of age")) {
            return Some(self.reading(&amount, unit, "age", end));
        }
        let what = if unit == "GBP" { "amount" } else { what };
        let mut reading = self.reading(&amount, unit, what, end);
        if let Some(of) = words.phrase(reading.end, "of") {
            let to = phrase(words, of);
            if to > of && what != "multiple" {
                reading.of = Some((of, to));
                reading.end = if what == "share" { to } else { reading.end };
            }
        }
        Some(reading)
    }

    /// The "percent" of the first number in "beats her 45 to 40 percent".
    fn shared_unit(&self, amount: &Amount) -> Option<Measure> {
        let k = self.words.phrase(amount.end, "to")?;
        let other = number(&self.words, k, false).filter(|other| other.value <= amount.low.value)?;
        let unit = measure(&self.words, other.end).filter(|unit| unit.what == "share")?;
        Some(Measure { end: amount.end, ..unit })
    }

    /// A unit at `k`, or behind one word such as "more".
    fn unit_after(&self, k: usize) -> Option<Measure> {
        let between = is_in(
            "more other additional full straight consecutive extra long whole working",
            self.words.low(k),
        );
        measure(&self.words, k).or_else(|| measure(&self.words, k + 1).filter(|_| between))
    }

    /// "31 cargo ships", "dozens of soldiers", "five of the ships".
    pub(super) fn things(&self, j: usize, is_led: bool) -> Option<Reading> {
        let words = &self.words;
        let mut amount = self.amount(j)?;
        let mut k = amount.end;
        let glued_m = words.low(k) == "m" && words.is_glued(k);
        if glued_m && amount.high.is_none() {
            amount.low.value *= 1e6;
            k += 1;
        }
        let is_one = amount.low.value <= 1.0 && words.is_word(j);
        if (is_one && !is_led) || words.is_hyphen(k) {
            return None;
        }
        if let Some(of) = words.phrase(k, "of") {
            let is_part = is_in("the these those his her its their our my", words.low(of));
            k = of + usize::from(is_part);
            if let Some(whole) = number(words, k, false).filter(|_| !amount.low.is_vague) {
                // "59 of the 75 witnesses" are two figures.
                let noun = counted(words, whole.end)?;
                let mut reading = self.reading(&amount, singular(words.low(noun.head)), "count", amount.end);
                reading.of = Some((of, noun.head + 1));
                return Some(reading);
            }
            if !amount.low.is_vague && !is_part && !words.is_capital(of) {
                return None;
            }
        } else if amount.low.is_vague && !is_in("more other", words.low(k)) {
            return None;
        }
        let noun = counted(words, k)?;
        let (unit, what) = match unit(words.low(noun.head)) {
            Some((unit, what)) => (unit.to_owned(), what),
            None => (singular(words.low(noun.head)), "count"),
        };
        // "Leopard 2 tanks": a small count would be spelled.
        let is_model = words.raw(j).len() == 1 && words.is_capital(j.wrapping_sub(1)) && j > 1 && !is_led;
        if is_model && what == "count" && unit != "point" {
            return None;
        }
        let mut reading = self.reading(&amount, unit, what, noun.head + 1);
        reading.of = (noun.head > noun.start).then_some((noun.start, noun.head + 1));
        Some(reading)
    }

    /// "nearly five-hour discussions at the Kremlin", "a 31-ship convoy", "a 41-year-old man".
    pub(super) fn compound(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let amount = self.amount(j)?;
        let k = words.after_hyphen(amount.end);
        if !words.is_hyphen(k.wrapping_sub(1)) || words.is_capital(k) || !words.is_word(k) {
            return None;
        }
        let measure = measure(words, k);
        let (unit, mut what, mut end) = match measure {
            Some(Measure { unit, what, end }) => (unit, what, end),
            None => (singular(words.low(k)), "count", k + 1),
        };
        let next = if words.is_hyphen(end) { words.low(end + 1) } else { "" };
        if is_in("old olds", next) {
            (what, end) = ("age", end + 2);
        } else if next == "long" {
            end += 2;
        }
        let is_odd = COMPOUND_ENDS.iter().any(|odd| unit.ends_with(odd)) || is_in(COMPOUNDS, &unit);
        let of = with_place(words, end);
        if what == "count" && (is_odd || unit.len() < 3 || is_stop(words, end) || words.low(j) == "one") {
            return None;
        }
        let unit = if unit == "people" { "person".to_owned() } else { unit };
        let mut reading = self.reading(&amount, unit, what, end);
        reading.of = (of > end && reading.end == end).then_some((end, of));
        Some(reading)
    }

    /// ", 41," behind a name, "aged 41", "at the age of 41".
    pub(super) fn age(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let amount = self.amount_of_age(j)?;
        let is_said = is_in("aged age ages", words.back(j, 1))
            || (words.back(j, 1) == "of" && words.back(j, 2) == "age");
        let is_name = j > 2 && words.is_capital(j - 2) && !is_in(super::noun::MONTHS, words.back(j, 2));
        let is_digits = words.raw(j).bytes().all(|b| b.is_ascii_digit()) && words.raw(j).len() < 4;
        let is_apart = match words.raw(j.wrapping_sub(1)) {
            "," => is_in(", . ; — ?", words.raw(amount.end)) || amount.end == words.len(),
            "(" => words.raw(amount.end) == ")",
            _ => false,
        };
        let is_listed = words.raw(amount.end + 1).starts_with(|c: char| c.is_ascii_digit());
        let is_behind = is_name && is_digits && is_apart && !is_listed && amount.low.value >= 5.0;
        let is_age = (is_said && amount.low.value <= 130.0) || (is_behind && amount.low.value <= 115.0);
        is_age.then(|| self.reading(&amount, "year", "age", amount.end))
    }

    /// The number itself, which "age" does not make a name.
    fn amount_of_age(&self, j: usize) -> Option<Amount> {
        self.amount(j).filter(|amount| !amount.low.is_vague && measure(&self.words, amount.end).is_none())
    }

    /// Each number of "voted 7-4", "a vote of 219 to 206", "7 votes to 4".
    pub(super) fn tally(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let this = self.ballots(j)?;
        let is_link = |k: usize| words.low(k) == "to" || words.is_hyphen(k);
        let before = j.wrapping_sub(2);
        let (first, end) = if j > 1
            && is_link(j - 1)
            && (is_in("votes vote", words.low(before)) || self.ballots(before).is_some())
        {
            (before, this.end)
        } else if is_link(this.end) {
            (j, self.ballots(this.end + 1)?.end)
        } else {
            return None;
        };
        let is_counted =
            is_in("votes vote", words.low(first)) || (1..6).any(|n| is_in(VOTED, words.back(first, n)));
        let next = words.after_hyphen(end);
        let is_named = is_in(VOTED, words.low(next));
        let is_chained = words.is_hyphen(end) && !words.is_word(end + 1);
        if !(is_counted || is_named) || is_chained || (measure(words, next).is_some() && !is_named) {
            return None;
        }
        let amount = Amount { start: j, low: this, high: None, approx: Approx::Exact, end: this.end };
        let with_noun = this.end == end && is_in("vote votes", words.low(end));
        let mut reading = self.reading(&amount, "vote", "votes", this.end + usize::from(with_noun));
        // Longest wins, and "7-4" is no range here.
        reading.end = reading.end.max(this.end);
        Some(reading)
    }

    fn ballots(&self, j: usize) -> Option<Number> {
        number(&self.words, j, false).filter(|n| n.value < 1e6 && n.value.fract() == 0.0 && !n.is_vague)
    }

    /// "killing at least 31", "31 were killed", "31 injured", "31 who fled", "a population of 31".
    pub(super) fn harmed(&self, i: usize, j: usize) -> Option<Reading> {
        let words = &self.words;
        let amount = self.amount(j).filter(|amount| amount.low.value > 1.0 || words.low(j) == "one")?;
        let is_object =
            (1..4).any(|n| is_in(HARMED, words.back(i, n)) && (1..n).all(|n| !is_stop(words, i - n)));
        let mut end = amount.end;
        while is_in(
            "were are was is have had been being others more reported confirmed feared also people",
            words.low(end),
        ) && end < amount.end + 4
        {
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

    /// "third-largest economy", "second place", "the fourth round".
    pub(super) fn rank(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let (value, end) = ordinal(words, j).filter(|_| !self.is_name(j))?;
        let k = words.after_hyphen(end);
        let low = Number { value, scale: 1.0, approx: Approx::Exact, is_vague: false, end };
        let amount = Amount { start: j, low, high: None, approx: Approx::Exact, end };
        if words.is_capital(k) || (j > 0 && number(words, j - 1, false).is_some()) {
            return None;
        }
        if is_superlative(words.low(k)) {
            let end = if is_in("most least", words.low(k)) { words.after_hyphen(k + 1) + 1 } else { k + 1 };
            let mut reading = self.reading(&amount, "rank", "rank", end.min(words.len()));
            let to = phrase(words, reading.end);
            reading.of = (to > reading.end).then_some((reading.end, to));
            return Some(reading);
        }
        let low = words.low(k);
        let is_place =
            place(PLACES, low).is_some_and(|_| value > 1.0 || is_in("place round spot term debate", low));
        let is_noun = value > 3.0 && !is_stop(words, k) && !is_plural(words, k) && !is_in(NO_RANKS, low);
        let is_apart = k == end && !words.is_hyphen(k + 1);
        if !is_apart || !(is_place || is_noun) || is_in("s ’ '", words.raw(k)) {
            return None;
        }
        // "fourth televised debate", "fifth straight year"
        let is_adjective = |i: usize| {
            words.is_capital(i)
                || is_in("straight consecutive successive", words.low(i))
                || ADJECTIVES.iter().any(|end| words.low(i).ends_with(end))
        };
        let of = (k..k + 3).find(|&i| !is_adjective(i) || is_stop(words, i + 1)).unwrap_or(k);
        let mut reading = self.reading(&amount, "rank", "rank", of + 1);
        reading.of = Some((k, of + 1));
        Some(reading)
    }

    /// "about an hour", "half an hour", "a year and a half", "at least one person", "twice as many".
    pub(super) fn single(&self, j: usize, is_led: bool) -> Option<Reading> {
        let words = &self.words;
        let of_one = |value, end| {
            let low = Number { value, scale: 1.0, approx: Approx::Exact, is_vague: false, end };
            Amount { start: j, low, high: None, approx: Approx::Exact, end }
        };
        if words.low(j) == "twice" && is_in("as the that", words.low(j + 1)) {
            return Some(self.reading(&of_one(2.0, j + 1), "time", "multiple", j + 1));
        }
        let half = ["half an", "half a", "a half", "half"].iter().find_map(|half| words.phrase(j, half));
        let (value, k) = match (half, words.low(j)) {
            (Some(k), _) => (0.5, words.after_hyphen(k)),
            (None, "a" | "an" | "one") => (1.0, j + 1),
            _ => return None,
        };
        if let Some(Measure { unit, what, end }) =
            measure(words, k).filter(|m| !is_in("multiple votes share", m.what))
        {
            let more =
                ["and a half", "and a quarter"].iter().position(|part| words.phrase(end, part).is_some());
            let (value, end) = more.map_or((value, end), |n| (value + [0.5, 0.25][n], end + 3));
            let is_plain =
                half.is_none() && more.is_none() && (!is_led || !is_in("duration distance weight", what));
            return (!is_plain && words.low(j) != "one")
                .then(|| self.reading(&of_one(value, end), unit, what, end));
        }
        let noun = words.low(j + 1);
        let is_thing = is_led && words.low(j) == "one" && !is_stop(words, j + 1) && !is_in("of", noun);
        let end = phrase(words, j + 1);
        let is_short = is_thing && end == j + 2 && !is_plural(words, j + 1) && !words.is_capital(j + 1);
        is_short.then(|| self.reading(&of_one(1.0, j + 1), noun, "count", end))
    }
}

fn is_superlative(word: &str) -> bool {
    let ends = word.len() > 4 && word.ends_with("est");
    (ends || is_in("most least", word)) && !is_in(NO_SUPERLATIVES, word)
}
