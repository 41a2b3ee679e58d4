//! Are the brief's numbers those of its sources?

use sayso_text::Span;

use crate::record::TextSpan;

use super::align::Passage;
use super::found::{Case, Found};
use super::text::Text;
use super::{Code, dates};
use crate::figure;
use crate::record::{Approx, Figure};

/// What kind of number it is; only like is compared with like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Percent,
    Money,
    /// Four digits that can be a year, in no unit.
    Year,
    /// A day of a month.
    Day,
    Plain,
}

/// A number of a text.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// Its words, without a unit.
    pub(crate) span: Span,
    pub(crate) value: f64,
    pub(crate) kind: Kind,
    pub(crate) sentence: usize,
    /// Stems of the words before and behind it in its sentence, nearest first.
    beside: [Vec<String>; 2],
}

/// Words on each side that tell what a number counts.
const BESIDE: usize = 4;
/// Up to here a writer counts by himself ("both", "two of them").
const COUNTED: f64 = 3.0;
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.45;

/// All numbers of a text, and shares that are told in words ("half", "one in five").
pub(crate) fn numbers(text: &Text) -> Vec<Number> {
    let mut all: Vec<Number> =
        figure::numbers(&text.doc).into_iter().map(|(span, value)| number(text, span, value)).collect();
    for figure in &text.record.figures {
        let span = text.bytes(&TextSpan { start: figure.start, end: figure.end, text: String::new() });
        let is_said = |n: &Number| span.contains(n.span) && n.value.total_cmp(&figure.value).is_eq();
        if figure.unit == "percent" && !all.iter().any(is_said) {
            all.push(Number { kind: Kind::Percent, ..number(text, span, figure.value) });
        }
    }
    for word in &text.words {
        if let Some(value) = stretch(&word.lower) {
            all.push(number(text, word.span, value));
        }
    }
    all
}

/// Years, where the unit says how many.
fn stretch(lower: &str) -> Option<f64> {
    match lower {
        "decade" => Some(10.0),
        "century" => Some(100.0),
        "fortnight" => Some(14.0),
        _ => None,
    }
}

fn number(text: &Text, span: Span, value: f64) -> Number {
    let sentence = text.sentence_at(span.start);
    let words = &text.words[text.of_sentence[sentence].clone()];
    let at = words.partition_point(|word| word.span.end <= span.start);
    let behind = words.partition_point(|word| word.span.start < span.end).max(at);
    let stems = |words: &mut dyn Iterator<Item = &super::text::Word>| -> Vec<String> {
        words.take(BESIDE).map(|word| word.stem.clone()).collect()
    };
    let beside = [stems(&mut words[..at].iter().rev()), stems(&mut words[behind..].iter())];
    let before = text.doc.text[..span.start].trim_end();
    let after = text.doc.text[span.end..].trim_start_matches([' ', '\u{a0}', '-']);
    let is_money = before.ends_with(['$', '£', '€', '¥']);
    let kind = if after.starts_with('%') || after.starts_with("percent") || after.starts_with("per cent") {
        Kind::Percent
    } else if is_money {
        Kind::Money
    } else if is_day(words, at, behind, value) {
        Kind::Day
    } else if is_year(text.say(span), value) {
        Kind::Year
    } else {
        Kind::Plain
    };
    Number { span, value, kind, sentence, beside }
}

/// "13 March", "March 13".
fn is_day(words: &[super::text::Word], at: usize, behind: usize, value: f64) -> bool {
    let is_month = |word: Option<&super::text::Word>| word.is_some_and(|word| dates::is_month(&word.lower));
    (1.0..=31.0).contains(&value)
        && (is_month(words.get(behind)) || is_month(at.checked_sub(1).map(|i| &words[i])))
}

fn is_year(words: &str, value: f64) -> bool {
    words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit()) && (1700.0..2100.0).contains(&value)
}

/// "Half" is 50 percent, and 2,000 is "two thousand".
fn same(a: &Number, b: &Number) -> bool {
    let near = (a.value - b.value).abs() <= 1e-6 * a.value.abs().max(b.value.abs());
    let alike = a.kind == b.kind || ![a.kind, b.kind].contains(&Kind::Percent);
    near && alike
}

/// Numbers that differ from those of the passage that the sentence comes from.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let all: Vec<Vec<Number>> = case.sources.iter().map(numbers).collect();
    let brief = numbers(case.brief);
    let mut found = bounds(case);
    found.extend(brief.iter().filter_map(|number| differs(case, number, &brief, &all)));
    found
}

/// How well the words beside two numbers agree: those behind count more, the nearest most.
fn likeness(a: &Number, b: &Number) -> usize {
    let shared = |side: usize| a.beside[side].iter().filter(|stem| b.beside[side].contains(stem)).count();
    let next = a.beside[1].first().is_some_and(|stem| b.beside[1].first() == Some(stem));
    2 * usize::from(next) + 2 * shared(1) + shared(0)
}

fn differs(case: &Case<'_>, number: &Number, brief: &[Number], all: &[Vec<Number>]) -> Option<Found> {
    let passage = case.best(number.sentence).filter(|p| p.share >= ALIGNED)?;
    let near = |passage: &Passage, more: usize| {
        let around = case.around(passage, more);
        all[passage.article].iter().filter(move |n| (around.first..=around.last).contains(&n.sentence))
    };
    if case.passages[number.sentence].iter().any(|p| near(p, 2).any(|other| same(number, other))) {
        return None;
    }
    let known =
        all.iter().flatten().filter(|other| same(number, other)).map(|other| likeness(number, other)).max();
    if matches!(number.kind, Kind::Plain) && number.value <= COUNTED {
        return None;
    }
    // A number of the passage that the sentence doesn't have, of the same kind and counting the same.
    let is_vague = |other: &Number| case.sources[passage.article].say(other.span).ends_with('s');
    let free = near(passage, 1).filter(|other| {
        other.kind == number.kind
            && !is_vague(other)
            && !brief.iter().any(|own| own.sentence == number.sentence && same(own, other))
    });
    let best = free
        .map(|other| (likeness(number, other), other))
        .max_by_key(|(likeness, other)| (*likeness, std::cmp::Reverse(other.span.start)));
    let code = match number.kind {
        Kind::Year | Kind::Day => Code::DateChanged,
        _ => Code::FigureChanged,
    };
    let words = case.brief.say(number.span);
    let enough = if number.kind == Kind::Plain { 2 } else { 1 };
    match best {
        Some((likeness, other)) if likeness >= enough && known.is_none_or(|known| known < likeness) => {
            let source = &case.sources[passage.article];
            let right = source.say(other.span);
            let found = Found::new(code, number.span, format!("the source says {right}, not {words}"));
            let sentence = source.doc.sentences[other.sentence].span;
            Some(found.shown_by(passage.article, sentence).better(right).fixed_by(right))
        }
        _ if known.is_none()
            && number.value > 12.0
            && number.kind != Kind::Day
            && words.contains(|c: char| c.is_ascii_digit()) =>
        {
            let found = Found::new(code, number.span, format!("no source says {words}"));
            Some(found.shown_by(passage.article, passage.span(case.sources)).warning())
        }
        _ => None,
    }
}

/// "More than" against "nearly", "at least" against "up to", either against "about".
fn bounds(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for figure in &case.brief.record.figures {
        let place = |figure: &Figure| TextSpan { start: figure.start, end: figure.end, text: String::new() };
        let span = case.brief.bytes(&place(figure));
        let Some(passage) = case.best(case.brief.sentence_at(span.start)).filter(|p| p.share >= ALIGNED)
        else {
            continue;
        };
        let source = &case.sources[passage.article];
        let around = case.around(passage, 1);
        let alike = source.record.figures.iter().filter(|other| {
            let at = source.sentence_at(source.bytes(&place(other)).start);
            (around.first..=around.last).contains(&at)
                && other.value.total_cmp(&figure.value).is_eq()
                && other.unit == figure.unit
        });
        let alike: Vec<&Figure> = alike.collect();
        if !alike.is_empty() && alike.iter().all(|other| contradict(figure.approx, other.approx)) {
            let right = &alike[0].text;
            let one = Found::new(
                Code::FigureChanged,
                span,
                format!("the source says {right}, not {}", figure.text),
            );
            let at = source.sentence_at(source.bytes(&place(alike[0])).start);
            found.push(
                one.shown_by(passage.article, source.doc.sentences[at].span)
                    .better(right.clone())
                    .fixed_by(right.clone()),
            );
        }
    }
    found
}

fn contradict(brief: Approx, source: Approx) -> bool {
    use Approx::{About, AtLeast, AtMost, Over, Under};
    matches!(
        (brief, source),
        (Over | AtLeast, Under | AtMost | About) | (Under | AtMost, Over | AtLeast) | (AtMost, About)
    )
}
