//! What does a number and the words around it measure?

use super::noun::{MONTHS, counted, is_after_month, is_plural, is_stop, phrase};
use super::number::{Number, nth_part, number, ordinal};
use super::units::{Measure, currency, measure, unit};
use super::words::{Words, is_in};
use super::{Approx, Figure, lead};

/// A figure in places of tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) unit: String,
    pub(super) approx: Approx,
    pub(super) what: &'static str,
    pub(super) of: Option<(usize, usize)>,
}

/// A number or a range of two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) low: Number,
    pub(super) high: Option<f64>,
    pub(super) approx: Approx,
    pub(super) end: usize,
}

pub(super) struct Scan<'t> {
    pub(super) words: Words<'t>,
}

/// Before a number these make it a name: "page 9", "Route 9".
const NUMBERED: &str = "\
    route article section chapter page channel no number nos highway interstate flight apollo title act \
    line phase level tier type class grade district ward room building platform gate psalm proposition \
    prop amendment resolution part volume vol version day week round rule bill sb hr order model boeing \
    airbus area schedule category stage group brigade unit sector clause paragraph point item figure fig \
    table step big formula windows iphone super bowl nasdaq fortune covid";
/// They tell a year from a number of things.
const YEAR_CUES: &str = "in since until till by during of from the early late mid and year before after";
const TIMES_OF_YEAR: &str = "\
    spring summer autumn fall winter end start beginning middle election elections crash year late early class";
/// They have no year before them.
const THINGS: &str = "\
    people persons soldiers troops jobs men women children homes houses refugees migrants civilians fighters \
    prisoners residents families villagers buildings protesters demonstrators passengers patients workers";
/// They may have one even if it is round.
const EVENTS: &str = "\
    elections primaries olympics games debates results campaigns races levels rates prices figures polls \
    votes standards rules models editions awards charts riots protests attacks floods hits films movies \
    marks sees brings was has";
const CHANGES: &str = "\
    rise rises rose risen rising fall falls fell fallen falling grow grows grew grown growing growth \
    increase increases increased increasing decrease decreases decreased decreasing jump jumps jumped \
    jumping climb climbs climbed climbing drop drops dropped dropping decline declines declined declining \
    slid slide slides soar soars soared surge surges surged surging plunge plunges plunged shrink shrinks \
    shrank shrunk slip slips slipped expand expands expanded expanding raise raises raised raising lower \
    lowers lowered lowering cut cuts cutting reduce reduces reduced reducing boost boosted go goes went gone \
    change changed swell swelled swollen dip dipped tumble tumbled plummeted skyrocketed edged inched ticked \
    shot widened narrowed hike hiked slashed trimmed up down";
/// Between a change and its "from" they say that something else is: "a rise in families earning from $5 to $10".
const NO_CHANGE: &str = "earning ranging ranges range aged ages between who that which with anywhere";
impl Scan<'_> {
    /// None where the number is too large for a float.
    pub(super) fn figure(&self, found: Reading) -> Option<Figure> {
        let is_finite = found.value.is_finite() && found.high.is_none_or(f64::is_finite);
        is_finite.then(|| Figure {
            span: self.words.span(found.start, found.end),
            value: found.value,
            high: found.high,
            unit: found.unit,
            approx: found.approx,
            what: Some(found.what.to_owned()),
            of: found.of.map(|(from, end)| self.words.span(from, end)),
        })
    }

    /// The figure that begins at the token `i`.
    pub(super) fn at(&self, i: usize) -> Option<Reading> {
        let words = &self.words;
        if words.is_glued(i) && self.is_compounded(i) {
            return self.tally(i);
        }
        let (mut approx, mut j) = lead::before(words, i);
        if j > i {
            let (second, k) = lead::before(words, j);
            (approx, j) = (approx, if second == Approx::Exact { j } else { k });
            j = words.phrase(j, "a total of").or_else(|| words.phrase(j, "the equivalent of")).unwrap_or(j);
        }
        // "Perhaps one day" and "within one party" are no figures.
        let is_one = words.low(j) == "one" && measure(words, j + 1).is_none();
        let is_led = j > i && !is_in("maybe perhaps", words.low(i)) && !(is_one && words.low(i) == "within");
        j += usize::from(j > i && lead::is_before_article(words, i, j));
        let reading = self.longest(i, j, is_led)?;
        if lead::is_preposition(words, i, j, &reading) {
            return Some(reading);
        }
        if reading.approx != Approx::Exact && matches!(approx, Approx::Exact | Approx::About) {
            approx = reading.approx;
        }
        Some(Reading { start: i, approx, ..reading })
    }

    /// Whether the token is the later part of a word: "two" in "twenty-two", "19" in "Covid-19".
    fn is_compounded(&self, i: usize) -> bool {
        let before = i - 1;
        let is_open =
            is_in("( [ “ \" ‘ ' ~ < > ≈ — – . + /", self.words.raw(before)) || self.words.raw(before) == "…";
        let is_second = is_in("- – —", self.words.raw(before)) && self.words.back(i, 2) == "%";
        !is_second && (!is_open || (self.words.is_hyphen(before) && self.words.raw(before) != "—"))
    }

    /// The longest reading at `j`, of a figure whose approximating words begin at `i`.
    fn longest(&self, i: usize, j: usize, is_led: bool) -> Option<Reading> {
        if !self.may_open(j) {
            return None;
        }
        let mut best: Option<Reading> = None;
        let readings = [
            self.money(j),
            self.fraction(j, is_led),
            self.one_in(j),
            self.age(j),
            self.measured(j, is_led),
            self.things(j, is_led),
            self.compound(j),
            self.tally(j),
            self.harmed(i, j),
            self.rank(j),
            self.single(j, is_led),
        ];
        for reading in readings.into_iter().flatten() {
            if best.as_ref().is_none_or(|best| reading.end > best.end) {
                best = Some(reading);
            }
        }
        best
    }

    /// A cheap look before all rules are tried: most words open no figure.
    fn may_open(&self, j: usize) -> bool {
        let words = &self.words;
        // A name or the end of the sentence.
        if words.raw(j).is_empty() {
            return false;
        }
        let is_other = is_in("a an half one between twice minus several few many", words.low(j));
        let is_number = || number(words, j, false).is_some() || ordinal(words, j).is_some();
        let is_sign =
            || is_in("- − –", words.raw(j)) && words.raw(j + 1).starts_with(|c: char| c.is_ascii_digit());
        is_other || is_number() || currency(words, j).is_some() || is_sign()
    }

    pub(super) fn reading(
        &self,
        amount: &Amount,
        unit: impl Into<String>,
        what: &'static str,
        end: usize,
    ) -> Reading {
        let approx = if amount.approx == Approx::Exact { amount.low.approx } else { amount.approx };
        let (start, value, high) = (amount.start, amount.low.value, amount.high);
        let reading = Reading { start, end, value, high, unit: unit.into(), approx, what, of: None };
        match lead::after(&self.words, end) {
            Some((approx, end)) if amount.approx == Approx::Exact => Reading { approx, end, ..reading },
            _ => reading,
        }
    }

    /// A number, or "six to eight", "6-8", "between 6 and 8", "three or four"; then "or so" and the like.
    pub(super) fn amount(&self, j: usize) -> Option<Amount> {
        let words = &self.words;
        let is_between = words.low(j) == "between";
        let from = j + usize::from(is_between);
        let is_day = words.raw(from).len() < 3 && is_after_month(words, from);
        if is_day || is_in(NUMBERED, words.back(from, 1)) || self.is_name(from) {
            return None;
        }
        let low =
            number(words, from, false).filter(|low| !self.is_year(from, low) && !self.is_time(low.end))?;
        let mut amount = Amount { start: j, low, high: None, approx: Approx::Exact, end: low.end };
        if self.changes_to(&amount).is_some() {
            amount.low = self.changed(low, false)?;
        } else if let Some((high, end)) = self.high(&mut amount.low, is_between, false) {
            (amount.high, amount.end) = (Some(high), end);
        } else if is_between {
            return None;
        }
        // "six - eight" is no range, and "6-8-10" isn't either.
        if let Some((approx, end)) = lead::after(words, amount.end) {
            (amount.approx, amount.end) = (approx, end);
        }
        Some(amount)
    }

    /// The place of "45" for the "38" in "rose from 38 to nearly 45 percent": a change is no range.
    pub(super) fn changes_to(&self, amount: &Amount) -> Option<usize> {
        let words = &self.words;
        let k = words.phrase(amount.end, "to").filter(|_| amount.high.is_none())?;
        let from = (1..5).find(|&n| words.back(amount.start, n) == "from").map(|n| amount.start - n)?;
        let is_next = from + 1 == amount.start || lead::before(words, from + 1).1 == amount.start;
        let is_apart = |n: usize| !words.is_word(from - n) || is_in(NO_CHANGE, words.low(from - n));
        let verb = (1..=from.min(6)).find(|&n| is_in(CHANGES, words.low(from - n)))?;
        let is_change = verb == 1 || (!is_in("up down", words.back(from, verb)) && !(1..verb).any(is_apart));
        (is_next && is_change).then(|| lead::before(words, k).1)
    }

    /// The first number of a change, in the scale of the second: "from 5 to 6 million". None where it may have another.
    fn changed(&self, mut low: Number, is_money: bool) -> Option<Number> {
        let said = low.value;
        if self.high(&mut low, false, is_money).is_some() && low.value > said {
            return Some(low);
        }
        let k = lead::before(&self.words, low.end + 1).1;
        let k = currency(&self.words, k).map_or(k, |(_, end)| end);
        let is_open = low.scale <= 1.0
            && said < 1e3
            && number(&self.words, k, is_money).is_some_and(|to| to.scale > 1.0);
        (!is_open).then_some(low)
    }

    /// The upper end of a range behind `low`, which takes its scale: "5 to 6 million".
    fn high(&self, low: &mut Number, is_between: bool, is_money: bool) -> Option<(f64, usize)> {
        let words = &self.words;
        let unit = measure(words, low.end).filter(|_| !is_money);
        let mut k = unit.as_ref().filter(|unit| is_in("share", unit.what)).map_or(low.end, |unit| unit.end);
        // "18- to 24-year-olds"
        k += usize::from(is_in("- ‑", words.raw(k)) && words.low(k + 1) == "to" && words.is_glued(k));
        let is_link = match words.low(k) {
            // "50 percent to 60 percent" are two candidates' shares as often as a range.
            "to" => !is_between && unit.as_ref().is_none_or(|unit| unit.what != "share"),
            "and" => is_between,
            "or" => !is_money,
            _ => words.is_hyphen(k) && words.raw(k) != "—" && !low.is_vague,
        };
        let k = k + 1;
        let start = if is_money { currency(words, k).map_or(k, |(_, end)| end) } else { k };
        let high = number(words, start, is_money).filter(|_| is_link)?;
        let is_chained =
            words.is_hyphen(high.end) && words.raw(high.end + 1).starts_with(|c: char| c.is_ascii_digit());
        let shares = low.scale <= 1.0 && high.scale > 1.0 && low.value < high.value / high.scale;
        let value = if shares { low.value * high.scale } else { low.value };
        let is_next = words.low(k - 1) != "or" || high.value <= value * 2.0;
        let ascends = value < high.value && is_next && !is_chained && !high.is_vague;
        ascends.then(|| {
            low.value = value;
            (high.value, high.end)
        })
    }

    /// "Seven" within a sentence.
    pub(super) fn is_name(&self, j: usize) -> bool {
        let words = &self.words;
        let opens = j == 0 || is_in(". : “ \" ‘ ' — – - ( * • ?", words.back(j, 1));
        words.is_capital(j) && !opens
            || is_in("U.S.C. CFR", words.raw(j + 1))
            || (words.raw(j.wrapping_sub(1)) == "."
                && is_in("no nos vol art sec ch p pp fig", words.back(j, 2)))
            || (words.back(j, 1) == "of" && words.back(j, 2) == "group" && words.is_capital(j - 2))
            || (words.raw(j.wrapping_sub(1)) == "#")
    }

    /// Four digits that are a year, unless a unit or "about" says otherwise.
    fn is_year(&self, j: usize, low: &Number) -> bool {
        let words = &self.words;
        let raw = words.raw(j);
        let is_like =
            raw.len() == 4 && low.end == j + 1 && (1500.0..2100.0).contains(&low.value) && !raw.contains('.');
        is_like && !self.is_before_things(j)
    }

    /// "2000 troops", "1800 homes", "1800 to 2000 homes".
    fn is_before_things(&self, j: usize) -> bool {
        let words = &self.words;
        let is_digits =
            |k: usize| words.raw(k).len() == 4 && words.raw(k).bytes().all(|b| b.is_ascii_digit());
        let is_link = |k: usize| is_in("to or", words.low(k)) || words.is_hyphen(k);
        if j > 1 && is_link(j - 1) && is_digits(j - 2) {
            return false;
        }
        let noun = if is_link(j + 1) && is_digits(j + 2) { j + 3 } else { j + 1 };
        // "the summer of 2000" is a year, "a crowd of 2000 people" is none.
        let is_month =
            is_in(MONTHS, words.back(j, 2)) && words.is_capital(j - 2) || words.back(j, 2) == "may";
        let is_time = is_month || is_in(TIMES_OF_YEAR, words.back(j, 2));
        let is_of = is_in("of and", words.back(j, 1)) && !is_time;
        let is_cued = is_in(YEAR_CUES, words.back(j, 1)) && !(is_of && is_plural(words, noun));
        let is_round = words.raw(j).ends_with("00") && j > 0 && !words.is_capital(j - 1);
        let is_any = is_plural(words, noun)
            && !is_in(EVENTS, words.low(noun))
            && !is_stop(words, noun)
            && !words.is_capital(noun);
        let is_measured = j > 0 && measure(words, noun).is_some() && !is_in(EVENTS, words.low(noun));
        !is_cued && (is_in(THINGS, words.low(noun)) || is_measured || (is_round && is_any))
    }

    /// "5 p.m.", "9 o'clock".
    fn is_time(&self, end: usize) -> bool {
        let words = &self.words;
        is_in("p.m. a.m. p.m a.m pm am gmt est edt utc bst et", words.low(end))
            || (words.low(end) == "o" && words.is_glued(end + 1))
    }

    /// "$4.2 million", "£5m to £6m", "between $5 and $6".
    fn money(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let is_between = words.low(j) == "between";
        let (code, k) = currency(words, j + usize::from(is_between))?;
        let mut low = number(words, k, true)?;
        let amount = Amount { start: j, low, high: None, approx: Approx::Exact, end: low.end };
        let high = if self.changes_to(&amount).is_some() {
            low = self.changed(low, true)?;
            None
        } else {
            self.high(&mut low, is_between, true)
        };
        if high.is_none() && is_between {
            return None;
        }
        let end = high.map_or(low.end, |(_, end)| end);
        let amount = Amount { start: j, low, high: high.map(|(high, _)| high), approx: Approx::Exact, end };
        let mut reading = self.reading(&amount, code, "amount", end);
        reading.of = self.of_amount(j, reading.end);
        Some(reading)
    }

    /// "aid" in "$3 billion in aid", "deal" in "a $4 million deal".
    fn of_amount(&self, j: usize, end: usize) -> Option<(usize, usize)> {
        let words = &self.words;
        let from = match words.low(end) {
            "of" => end + 1,
            "in" if !words.is_capital(end + 1) && !is_in("the a an his its", words.low(end + 1)) => end + 1,
            _ if is_in("a an the this that his her its their", words.back(j, 1)) => words.after_hyphen(end),
            _ => return None,
        };
        let to = phrase(words, from);
        (to > from).then_some((from, to))
    }

    /// "a third of the members", "two-thirds", "half the members", "nearly half".
    fn fraction(&self, j: usize, is_led: bool) -> Option<Reading> {
        let words = &self.words;
        let (share, end) = self.parts(j)?;
        if number(words, j, false).is_some_and(|number| number.end > end) {
            // "a quarter of a million people"
            return None;
        }
        if let Some(reading) = self.part_of_point(j, share, end) {
            return Some(reading);
        }
        let is_half = words.low(end - 1) == "half" && end == j + 1;
        let is_many = words.is_hyphen(end.wrapping_sub(2)) || words.low(end - 1).ends_with('s');
        let low = Number { value: share * 100.0, scale: 1.0, approx: Approx::Exact, is_vague: false, end };
        let amount = Amount { start: j, low, high: None, approx: Approx::Exact, end };
        let mut reading = self.reading(&amount, "percent", "share", end);
        let of = match words.low(end) {
            "of" => end + 1,
            "the" | "its" | "his" | "her" | "my" | "their" | "our" | "all" | "these" | "those" if is_half => {
                end
            }
            _ if is_many || (is_led && is_half && !is_plural(words, end)) => return Some(reading),
            _ => return None,
        };
        let to = phrase(words, of);
        if unit(words.low(of + 1)).is_some_and(|(_, what)| what == "duration") || is_in("may", words.low(of))
        {
            return None;
        }
        if to > of {
            (reading.of, reading.end) = (Some((of, to)), to);
        }
        // "half their $26 price" is no share.
        (to > of || of > end || is_led).then_some(reading)
    }

    /// "half a percentage point", "a quarter of a percent": `end` is behind "half" and "quarter".
    fn part_of_point(&self, j: usize, part: f64, end: usize) -> Option<Reading> {
        let words = &self.words;
        let k = ["of a", "of one", "of 1", "a"].iter().find_map(|of| words.phrase(end, of));
        // "a third percentage point" comes after the second.
        let is_plain = is_in("half quarter quarters", words.low(end - 1));
        let k = k.or_else(|| is_plain.then(|| words.after_hyphen(end)))?;
        let Measure { unit, what, end } = measure(words, k).filter(|unit| unit.what == "share")?;
        let low = Number { value: part, scale: 1.0, approx: Approx::Exact, is_vague: false, end };
        let amount = Amount { start: j, low, high: None, approx: Approx::Exact, end };
        let mut reading = self.reading(&amount, unit, what, end);
        if let Some(of) = words.phrase(end, "of") {
            let to = phrase(words, of);
            if to > of {
                (reading.of, reading.end) = (Some((of, to)), to);
            }
        }
        Some(reading)
    }

    /// The share that "a third", "two-thirds", "half" say, and the place behind it.
    fn parts(&self, j: usize) -> Option<(f64, usize)> {
        let words = &self.words;
        if words.low(j) == "half" {
            let is_part =
                is_in("a an the one other first second third fourth last latter better", words.back(j, 1));
            return Some((0.5, j + 1)).filter(|_| !is_part && !words.is_hyphen(j + 1));
        }
        let (count, k) = match words.low(j) {
            "a" | "one" => (1.0, j + 1),
            _ => number(words, j, false)
                .filter(|n| n.value < 20.0 && n.scale <= 1.0)
                .map(|n| (n.value, n.end))?,
        };
        let k = words.after_hyphen(k);
        let share = nth_part(words.low(k)).filter(|_| words.low(k).ends_with('s') == (count > 1.0))? * count;
        (share <= 1.0 && words.low(k) != "halve").then_some((share, k + 1))
    }

    /// "one in five Americans", "three out of four".
    fn one_in(&self, j: usize) -> Option<Reading> {
        let words = &self.words;
        let low = number(words, j, false).filter(|n| n.scale <= 1.0 && n.value >= 1.0)?;
        let k = words.after_hyphen(low.end);
        let k = words
            .phrase(k, "in every")
            .or_else(|| words.phrase(k, "out of every"))
            .or_else(|| words.phrase(k, "out of"))
            .or_else(|| words.phrase(k, "in"))?;
        let k = words.after_hyphen(k);
        let whole = number(words, k, false)?;
        let is_round =
            is_in("3 4 5 6 7 8 9 10 12 20 25 50 100 1000 10000 100000 1000000", &whole.value.to_string());
        let is_period = measure(words, whole.end).is_some() || is_in("or to", words.low(whole.end));
        if !is_round || is_period || low.value >= whole.value || whole.scale == 12.0 {
            return None;
        }
        let share = Number { value: 100.0 * low.value / whole.value, ..low };
        let amount = Amount { start: j, low: share, high: None, approx: Approx::Exact, end: whole.end };
        let mut reading = self.reading(&amount, "percent", "share", whole.end);
        if let Some(noun) = counted(words, whole.end) {
            // The verb may look like a plural: "one in five adults owns".
            let end = (noun.start..noun.head).find(|&i| is_plural(words, i)).unwrap_or(noun.head) + 1;
            (reading.of, reading.end) = (Some((noun.start, end)), end);
        }
        Some(reading)
    }
}
