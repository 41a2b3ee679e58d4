//! What do a number and a noun, or a verb around it, count?

use super::noun::{Counted, counted, is_plural, is_stop, phrase, singular, with_place};
use super::number::{Number, number, ordinal};
use super::reading::{Amount, Reading, Scan};
use super::units::{Measure, measure, unit};
use super::words::{is_in, place};
use super::{Approx, lead};

const VOTED: &str = "vote votes voted voting split ruled decision ruling majority verdict tally margin";
/// Pounds of these are a currency.
const MONEY: &str = "\
    money cash debt debts funding funds fund aid investment investments spending savings cuts bonds loans \
    loan credit revenue revenues tax taxes taxpayer taxpayers profit profits income assets sales trade \
    damage damages support help compensation public government state equity shares stock losses business \
    budget donations prize bonuses fines fees benefits property exports imports subsidies orders contracts";
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
/// What "as" compares: "twice as likely".
const COMPARED: &str = "\
    many much likely high large big long fast often good bad great far old tall heavy expensive strong well \
    hard quickly deadly common rich popular fatal effective wide deep powerful";
/// Before "an hour" they say that it is how long it took.
const LASTS: &str = "\
    for take takes took taken taking last lasts lasted lasting spend spends spent spending wait waits waited \
    waiting after";
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
        let is_odd =
            (is_sign && !is_in("temperature share", what)) || (what == "votes" && self.is_ambiguous(&amount));
        if is_adverb || needs_plural || is_odd {
            return None;
        }
        if is_sign {
            (amount.start, amount.low.value) = (j, -amount.low.value);
        }
        if unit == "pound" && amount.low.scale >= 1e6 && !self.is_of_stuff(end) {
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

    /// The "percent" of the first number in "beats her 45 to 40 percent", any unit in "rose from 5 to 8 miles".
    fn shared_unit(&self, amount: &Amount) -> Option<Measure> {
        let change = self.changes_to(amount);
        let k = change.or_else(|| self.words.phrase(amount.end, "to"))?;
        let is_other = |other: &Number| change.is_some() || other.value <= amount.low.value;
        let other = number(&self.words, k, false).filter(is_other)?;
        let is_shared = |unit: &Measure| change.is_some() || unit.what == "share";
        let unit = measure(&self.words, other.end).filter(is_shared)?;
        Some(Measure { end: amount.end, ..unit })
    }

    /// The "soldiers" of the first number in "grew from 20,000 to 35,000 soldiers".
    fn shared_noun(&self, amount: &Amount) -> Option<Reading> {
        let words = &self.words;
        let other = number(words, self.changes_to(amount)?, false)?;
        let noun = counted(words, other.end).filter(|noun| unit(words.low(noun.head)).is_none())?;
        let mut reading = self.reading(amount, singular(words.low(noun.head)), "count", amount.end);
        reading.of = (noun.head > noun.start).then_some((noun.start, noun.head + 1));
        Some(reading)
    }

    /// "of beef" behind pounds that are no money, as those "of public money" are.
    fn is_of_stuff(&self, end: usize) -> bool {
        let words = &self.words;
        let Some(of) = words.phrase(end, "of") else { return false };
        let to = phrase(words, of);
        // The phrase may end before the money: "taxpayers' money".
        let is_stuff = |k: usize| !is_in(MONEY, words.low(k)) && !words.is_capital(k);
        to > of && words.is_word(of) && !is_stop(words, of) && (of..to + 3).all(is_stuff)
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
        let mut amount = self.amount(j).filter(|amount| !self.is_ambiguous(amount))?;
        if let Some(reading) = self.shared_noun(&amount) {
            return Some(reading);
        }
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
            if !amount.low.is_vague
                && let Some(part) = self.part_of_number(&amount, of)
            {
                return Some(part);
            }
            let is_part = is_in("the these those his her its their our my", words.low(of));
            k = of + usize::from(is_part);
            if number(words, k, false).is_some() && !amount.low.is_vague {
                return None;
            }
            if !amount.low.is_vague && !is_part && !words.is_capital(of) {
                return None;
            }
        } else if amount.low.is_vague && !is_in("more other", words.low(k)) {
            return None;
        }
        if let Some(noun) = self.behind_compound(k) {
            // "two 24-story towers" are two figures.
            let mut reading = self.reading(&amount, singular(words.low(noun.head)), "count", amount.end);
            reading.of = Some((k, noun.head + 1));
            return Some(reading);
        }
        // "1,500 coal- and gas-fired plants"
        let is_split =
            is_in("- ‐ ‑", words.raw(k + 1)) && words.is_glued(k + 1) && is_in("and or", words.low(k + 2));
        let noun = counted(words, if is_split { k + 3 } else { k })?;
        let noun = if is_split { Counted { start: k, ..noun } } else { noun };
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

    /// "59" in "59 of the 75 witnesses", "two of Smith's 14 plants"; "two of them", "three of the six" behind "ten ships".
    fn part_of_number(&self, amount: &Amount, of: usize) -> Option<Reading> {
        let words = &self.words;
        let is_possessive =
            words.is_capital(of) && is_in("’ '", words.raw(of + 1)) && words.raw(of + 2) == "s";
        let is_part = is_in("the these those his her its their our my", words.low(of));
        let k = of + if is_possessive { 3 } else { usize::from(is_part) };
        let whole = number(words, k, false);
        let noun = if let Some(noun) = whole.and_then(|whole| counted(words, whole.end)) {
            noun
        } else if words.low(of) == "them" {
            // "four of them children"
            counted(words, of + 1)
                .filter(|noun| noun.head == noun.start)
                .or_else(|| self.counted_before(amount.start))?
        } else {
            // "three of the six" doesn't say of what.
            whole.filter(|whole| is_part && is_stop(words, whole.end))?;
            self.counted_before(amount.start)?
        };
        let mut reading = self.reading(amount, singular(words.low(noun.head)), "count", amount.end);
        let is_behind = noun.start > of;
        reading.of = is_behind.then_some((if whole.is_some() { of } else { noun.start }, noun.head + 1));
        if words.low(of) == "them" {
            reading.end = if is_behind { noun.head + 1 } else { of + 1 };
        }
        Some(reading)
    }

    /// The last plural before `j`, where a number stands before it: "ships" in "ten ships, two of them damaged".
    fn counted_before(&self, j: usize) -> Option<Counted> {
        let words = &self.words;
        let head = (1..20.min(j + 1)).map(|n| j - n).find(|&i| is_plural(words, i) && !is_stop(words, i))?;
        if unit(words.low(head)).is_some() {
            return None;
        }
        let opens = |start: &usize| counted(words, *start).is_some_and(|noun| noun.head == head);
        let counts = |start: &usize| *start > 0 && number(words, start - 1, false).is_some();
        let start = (head.saturating_sub(3)..=head).find(|start| opens(start) && counts(start))?;
        Some(Counted { start, head })
    }

    /// "1.500 people": one and a half or a thousand and more, which the language of the text's writer decides.
    pub(super) fn is_ambiguous(&self, amount: &Amount) -> bool {
        let is_grouped = |k: usize| {
            self.words
                .raw(k)
                .split_once('.')
                .is_some_and(|(whole, part)| !whole.is_empty() && part.len() == 3)
        };
        amount.low.scale <= 1.0 && (amount.start..amount.end).any(is_grouped)
    }

    /// The noun behind "24-story" in "two 24-story towers".
    fn behind_compound(&self, k: usize) -> Option<Counted> {
        let words = &self.words;
        let is_digits = words.raw(k).bytes().all(|b| b.is_ascii_digit()) && words.is_hyphen(k + 1);
        let compound = self.compound(k).filter(|compound| is_digits && compound.value > 1.0)?;
        counted(words, compound.end).filter(|noun| noun.head < compound.end + 3)
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
        if words.low(j) == "one" && unit == "time" {
            // "a one-time payment"
            return None;
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

    /// Each number of "voted 7-4", "a vote of 219 to 206", "7 votes to 4".
    pub(super) fn tally(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let this = self.ballots(j)?;
        let is_link = |k: usize| words.low(k) == "to" || words.is_hyphen(k);
        // "a 2-to-1 vote"; a "2-to-1 margin" is a ratio.
        let is_to = |k: usize| words.is_hyphen(k) && words.low(k + 1) == "to" && words.is_hyphen(k + 2);
        let is_long = (j > 3 && is_to(j - 3)) || is_to(this.end);
        let width = if is_long { 3 } else { 1 };
        let before = j.wrapping_sub(width + 1);
        let (first, end) = if j > width
            && is_link(j - width)
            && (is_in("votes vote", words.low(before)) || self.ballots(before).is_some())
        {
            (before, this.end)
        } else if is_link(this.end) {
            (j, self.ballots(this.end + width)?.end)
        } else {
            return None;
        };
        if is_long && !is_in("vote votes decision ruling verdict", words.low(words.after_hyphen(end))) {
            return None;
        }
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
        if self.is_twice(j) {
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
            return ((!is_plain || self.is_lasting(j, end, &unit)) && words.low(j) != "one")
                .then(|| self.reading(&of_one(value, end), unit, what, end));
        }
        let noun = words.low(j + 1);
        let is_thing = is_led && words.low(j) == "one" && !is_stop(words, j + 1) && !is_in("of", noun);
        let end = phrase(words, j + 1);
        let is_short = is_thing && end == j + 2 && !is_plural(words, j + 1) && !words.is_capital(j + 1);
        is_short.then(|| self.reading(&of_one(1.0, j + 1), noun, "count", end))
    }

    /// "twice as many", "twice the size", but not "served twice as mayor" and "said twice that".
    fn is_twice(&self, j: usize) -> bool {
        let words = &self.words;
        if words.low(j) != "twice" {
            return false;
        }
        let next = words.low(j + 2);
        match words.low(j + 1) {
            "the" => true,
            "as" => is_in(COMPARED, next),
            "that" => {
                is_in("amount number size figure many much level rate sum of", next) || !words.is_word(j + 2)
            }
            _ => false,
        }
    }

    /// Whether "an hour", which ends before `end`, says how long: "took an hour", "an hour later".
    fn is_lasting(&self, j: usize, end: usize, unit: &str) -> bool {
        let words = &self.words;
        let is_long = is_in("decade century", unit);
        if !(is_long || is_in("hour day week weekend fortnight month year", unit)) {
            return false;
        }
        let next = words.low(end);
        let is_so = lead::after(words, end).is_some();
        let lasts = is_in(LASTS, words.back(j, 1)) || (is_long && (words.back(j, 1) == "in" || next == "of"));
        let is_whole = is_stop(words, end) && !words.is_hyphen(end) && !is_in("’ '", words.raw(end));
        let is_open =
            (next == "or" && !is_so) || (next == "in" && unit == "day") || (next == "of" && !is_long);
        is_in("later earlier ago", next) || (lasts && is_whole && !is_open)
    }
}

fn is_superlative(word: &str) -> bool {
    let ends = word.len() > 4 && word.ends_with("est");
    (ends || is_in("most least", word)) && !is_in(NO_SUPERLATIVES, word)
}
