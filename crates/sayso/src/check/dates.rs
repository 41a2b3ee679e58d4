//! Are the brief's days and months those of its sources?

use sayso_text::Span;

use super::found::{Case, Found};
use super::text::{Text, Word};
use super::{Code, align::Passage};
use crate::record::When;
use crate::word_list::{is_in, place};

const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
const MONTHS: &str = "january february march april may june july august september october november december";
const SHORT_MONTHS: &str = "jan. feb. mar. apr. may. jun. jul. aug. sept. oct. nov. dec.";
const SEASONS: &str = "spring summer autumn winter";
const DIRECTIONS: &str = "last this next earlier later past coming previous following";
const UNITS: &str = "week month year weekend day quarter decade season summer spring autumn winter";
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.45;

/// Added to the minutes of a clock that doesn't tell which half of the day it is.
const HALF_A_DAY: usize = 10_000;

/// What kind of time a word names; only like is compared with like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Weekday,
    Month,
    Season,
    /// A clock's: minutes of the day; without "a.m." or "p.m." of half a day.
    Clock,
    /// "Last month": the unit, and the direction as the value.
    Relative(usize),
}

impl Time {
    fn is(&self, other: &Self) -> bool {
        let vague = |time: &Self| time.kind == Kind::Clock && time.value >= HALF_A_DAY;
        let same = if vague(self) != vague(other) {
            (self.value % HALF_A_DAY) % 720 == (other.value % HALF_A_DAY) % 720
        } else {
            self.value == other.value
        };
        self.kind == other.kind && same
    }
}

#[derive(Debug, Clone)]
struct Time {
    span: Span,
    kind: Kind,
    value: usize,
    sentence: usize,
}

/// "8:30 p.m.", and where it ends.
fn clock(text: &Text, span: Span) -> Option<(usize, usize)> {
    let words = text.say(span).trim_end_matches('.');
    let (hours, minutes) = words.split_once([':', '.']).unwrap_or((words, "00"));
    let has_minutes = words.contains(':');
    let hours: usize = hours.parse().ok().filter(|&hours| hours < 25)?;
    let minutes: usize = minutes.parse().ok().filter(|&minutes| minutes < 60)?;
    let after = &text.doc.text[span.end..];
    let trimmed = after.trim_start_matches(' ');
    let half = [("a.m", 0), ("am", 0), ("p.m", 1), ("pm", 1)].iter().find(|(mark, _)| {
        let rest = trimmed.strip_prefix(mark);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    let value = hours % 12 * 60 + minutes;
    match half {
        Some((mark, half)) => {
            let end = span.end + (after.len() - trimmed.len()) + mark.len();
            let end = end + usize::from(mark.contains('.') && text.doc.text[end..].starts_with('.'));
            Some((value + 720 * half, end))
        }
        // "17:30" is of the day, "5:30" of half of one.
        None if has_minutes && hours > 12 => Some((hours * 60 + minutes, span.end)),
        None => has_minutes.then_some((value + HALF_A_DAY, span.end)),
    }
}

fn times(text: &Text) -> Vec<Time> {
    let mut found = Vec::new();
    for (sentence, range) in text.of_sentence.iter().enumerate() {
        let words = &text.words[range.clone()];
        for (i, word) in words.iter().enumerate() {
            let raw = text.say(word.span);
            let lower = word.lower.trim_end_matches("'s");
            let is_capital = raw.starts_with(char::is_uppercase);
            let month = place(MONTHS, lower).or_else(|| place(SHORT_MONTHS, lower));
            // Not the verb "may", nor "March on Washington" at a sentence's head, nor Theresa May.
            let before = i.checked_sub(1).map(|i| &words[i]).filter(|w| w.span.end + 1 == word.span.start);
            let named = before.is_some_and(|w| {
                !w.is_function
                    && !is_in(DIRECTIONS, &w.lower)
                    && text.say(w.span).starts_with(char::is_uppercase)
            });
            let is_month = is_capital && !(matches!(lower, "may" | "march") && i == 0) && !named;
            if let Some((value, end)) = clock(text, word.span) {
                found.push(Time {
                    span: Span::new(word.span.start, end),
                    kind: Kind::Clock,
                    value,
                    sentence,
                });
            }
            if let Some(value) = place(SEASONS, lower) {
                found.push(Time { span: word.span, kind: Kind::Season, value, sentence });
            }
            if let Some(value) = place(WEEKDAYS, lower).filter(|_| is_capital) {
                found.push(Time { span: word.span, kind: Kind::Weekday, value, sentence });
            } else if let Some(value) = month.filter(|_| is_month) {
                found.push(Time { span: word.span, kind: Kind::Month, value, sentence });
            }
            if let Some((kind, value, span)) = relative(word, words.get(i + 1)) {
                found.push(Time { span, kind, value, sentence });
            }
        }
    }
    found
}

/// "Last month", "the coming year".
fn relative(word: &Word, next: Option<&Word>) -> Option<(Kind, usize, Span)> {
    let next = next?;
    let unit = place(UNITS, &next.lower)?;
    let direction = match word.lower.as_str() {
        "past" | "previous" => place(DIRECTIONS, "last"),
        "coming" | "following" => place(DIRECTIONS, "next"),
        direction => place(DIRECTIONS, direction),
    }?;
    Some((Kind::Relative(unit), direction, word.span.cover(next.span)))
}

/// "march", "mar."
pub(crate) fn is_month(lower: &str) -> bool {
    place(MONTHS, lower).or_else(|| place(SHORT_MONTHS, lower)).is_some()
}

/// Days and months that differ from those of the passage that the sentence comes from.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let all: Vec<Vec<Time>> = case.sources.iter().map(times).collect();
    let brief = times(case.brief);
    brief.iter().filter_map(|time| differs(case, time, &brief, &all)).collect()
}

/// The passage has a day that is the same by the calendar, in other words: "Nov. 4" for a Tuesday.
fn is_another_way(case: &Case<'_>, time: &Time, passage: &Passage) -> bool {
    let source = &case.sources[passage.article];
    let around = case.around(passage, 2);
    let range = |when: &When| when.from.clone().zip(when.to.clone());
    let own = case
        .brief
        .record
        .dates
        .iter()
        .find(|when| case.brief.bytes_at(when.start, when.end).contains(time.span));
    let Some((from, to)) = own.and_then(range) else { return false };
    source.record.dates.iter().any(|when| {
        let sentence = source.sentence_at(source.bytes_at(when.start, when.end).start);
        let meets = range(when).is_some_and(|(first, last)| first <= to && from <= last);
        (around.first..=around.last).contains(&sentence) && meets
    })
}

/// Words before a day that tell which event it belongs to.
const BESIDE: usize = 3;

/// Does the word that tells something right before a day of the brief stand near the source's too?
fn share_context(brief: &Text, time: &Time, source: &Text, other: &Time) -> bool {
    let before = |text: &Text, time: &Time| {
        let at = text.words.partition_point(|word| word.span.end <= time.span.start);
        at.saturating_sub(BESIDE).max(text.of_sentence[time.sentence].start)..at
    };
    let nearest = brief.words[before(brief, time)].iter().rev().find(|word| !word.is_function);
    nearest
        .is_some_and(|word| source.words[before(source, other)].iter().any(|there| there.stem == word.stem))
}

fn differs(case: &Case<'_>, time: &Time, brief: &[Time], all: &[Vec<Time>]) -> Option<Found> {
    let passage = case.best(time.sentence).filter(|p| p.share >= ALIGNED)?;
    let same = |other: &Time| other.is(time);
    let near = |passage: &Passage, more: usize| {
        let around = case.around(passage, more);
        all[passage.article].iter().filter(move |t| (around.first..=around.last).contains(&t.sentence))
    };
    if case.passages[time.sentence].iter().any(|p| near(p, 2).any(same)) {
        return None;
    }
    let told = |(article, times): (usize, &Vec<Time>)| {
        let there = times.iter().filter(|other| same(other));
        there.into_iter().any(|other| share_context(case.brief, time, &case.sources[article], other))
    };
    if all.iter().enumerate().any(told) {
        return None;
    }
    if is_another_way(case, time, passage) {
        return None;
    }
    let is_known = all.iter().flatten().any(same);
    let stated = |other: &Time| brief.iter().any(|own| own.kind == other.kind && own.value == other.value);
    let more = usize::from(!is_known);
    let other = near(passage, more).find(|other| other.kind == time.kind && !(is_known && stated(other)))?;
    let source = &case.sources[passage.article];
    let (right, words) = (source.say(other.span), case.brief.say(time.span));
    let found = Found::new(Code::DateChanged, time.span, format!("the source says {right}, not {words}"));
    let found = found.shown_by(passage.article, source.doc.sentences[other.sentence].span).better(right);
    // "Last month" is told from the day of publication, and a spring may be of water.
    let before = case.brief.doc.text[..time.span.start].trim_end().to_lowercase();
    let is_time = ["next", "last", "this", "by", "since"].iter().any(|word| before.ends_with(word));
    let is_sure = (matches!(time.kind, Kind::Weekday | Kind::Month | Kind::Clock)
        || time.kind == Kind::Season && is_time)
        && all[passage.article]
            .iter()
            .filter(|t| t.sentence == other.sentence && t.kind == time.kind)
            .count()
            == 1;
    Some(if is_sure { found.fixed_by(right) } else { found })
}
