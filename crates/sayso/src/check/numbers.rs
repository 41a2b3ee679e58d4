//! Are the brief's numbers those of its sources?

use sayso_text::Span;

use super::align::Passage;
use super::found::{Case, Found};
use super::text::{Text, Word};
use super::{Code, dates};
use crate::figure;
use crate::record::{Approx, Figure};
use crate::word_list::is_in;

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
/// Stems of units in which nobody counts by himself.
const STRETCHES: &str = "year month week day hour minut mile kilomet metr meter";
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.45;
/// How far "about" reaches, as a share of the number, and how far "more than" and "nearly" do on their side.
const ROUNDED: f64 = 0.08;
const BOUNDED: f64 = 0.3;

/// All numbers of a text, and shares that are told in words ("half", "one in five").
pub(crate) fn numbers(text: &Text) -> Vec<Number> {
    let mut all: Vec<Number> =
        figure::numbers(&text.doc).into_iter().map(|(span, value)| number(text, span, value)).collect();
    for figure in &text.record.figures {
        let span = text.bytes_at(figure.start, figure.end);
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
    let stems = |words: &mut dyn Iterator<Item = &Word>| -> Vec<String> {
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
fn is_day(words: &[Word], at: usize, behind: usize, value: f64) -> bool {
    let is_month = |word: Option<&Word>| word.is_some_and(|word| dates::is_month(&word.lower));
    (1.0..=31.0).contains(&value)
        && (is_month(words.get(behind)) || is_month(at.checked_sub(1).map(|i| &words[i])))
}

fn is_year(words: &str, value: f64) -> bool {
    words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit()) && (1700.0..2100.0).contains(&value)
}

/// "Half" is 50 percent, and 2,000 is "two thousand"; `b` is a source's.
fn same(a: &Number, b: &Number) -> bool {
    // "Four decades" are forty years.
    let years = |n: &Number| match n.beside[1].first().map(String::as_str) {
        Some("decad") => Some(10.0 * n.value),
        Some("year") => Some(n.value),
        _ => None,
    };
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs());
    // "It puts the share at 35."
    let is_share = |n: &Number| {
        let tells = |stem: &String| is_in("share percentag proport rate", stem);
        n.kind == Kind::Plain && n.beside[1].is_empty() && n.beside[0].iter().any(tells)
    };
    let alike = a.kind == b.kind || ![a.kind, b.kind].contains(&Kind::Percent) || is_share(b);
    alike && near(a.value, b.value) || years(a).zip(years(b)).is_some_and(|(a, b)| near(a, b))
}

/// Numbers that differ from those of the passage that the sentence comes from.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let all: Vec<Vec<Number>> = case.sources.iter().map(numbers).collect();
    let brief = numbers(case.brief);
    let mut found = bounds(case);
    found.extend(units(case));
    found.extend(vague(case));
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
    let number = &with_unit(case, number, brief);
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
    let words = case.brief.say(number.span).to_lowercase();
    if words.split_whitespace().next_back().is_some_and(|last| is_in(VAGUE, last)) {
        return None;
    }
    // "A third" is a share.
    let before = case.brief.doc.text[..number.span.start].trim_end();
    let is_share = ["a", "one", "two"].iter().any(|word| before.ends_with(word));
    let is_rank = is_rank(case.brief.say(number.span)) && number.value > 1.0 && !is_share;
    let measured = |n: &Number| n.beside[1].first().is_some_and(|unit| is_in(STRETCHES, unit));
    if matches!(number.kind, Kind::Plain) && number.value <= COUNTED && !is_rank && !measured(number) {
        return None;
    }
    if is_published(case, number)
        || is_rounded(case, number, passage, all)
        || is_reckoned(number, &case.around(passage, 2), all)
    {
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
    // Of few years only those with the same unit behind them.
    let few = number.value <= COUNTED && measured(number);
    // A year that some source has is seldom another one.
    let is_year = number.kind == Kind::Year;
    let more = if is_year { 2 } else { 1 };
    let enough = if few {
        4
    } else if number.kind == Kind::Plain {
        2
    } else {
        1
    };
    match best {
        Some((likeness, other))
            if likeness >= enough && known.is_none_or(|known| known + more <= likeness) =>
        {
            let source = &case.sources[passage.article];
            let right = source.say(other.span);
            let found = Found::new(code, number.span, format!("the source says {right}, not {words}"));
            let sentence = source.doc.sentences[other.sentence].span;
            let found = found.shown_by(passage.article, sentence).better(right);
            // "Nearly 50" doesn't become "nearly 46".
            let their = |figure: &&Figure| source.bytes_at(figure.start, figure.end).contains(other.span);
            let their = source.record.figures.iter().find(their).map(|figure| figure.approx);
            let own = approx(case, number);
            let is_bare = own.is_none_or(|approx| approx == Approx::Exact) || own == their;
            let is_safe = is_bare && !(is_year && known.is_some());
            Some(if is_safe { found.fixed_by(right) } else { found })
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

/// "33 percent, down from 38": of the kind of the number before it.
fn with_unit(case: &Case<'_>, number: &Number, brief: &[Number]) -> Number {
    let rest = case.brief.doc.text[number.span.end..].trim_start();
    let is_bare = rest.starts_with([',', '.', ';', ')']) || rest.starts_with("and ") || rest.is_empty();
    let is_percent = |n: &Number| n.sentence == number.sentence && n.kind == Kind::Percent;
    let elided =
        number.kind == Kind::Plain && number.value <= 100.0 && is_bare && brief.iter().any(is_percent);
    Number { kind: if elided { Kind::Percent } else { number.kind }, ..number.clone() }
}

/// "Third", "3rd".
fn is_rank(words: &str) -> bool {
    let lower = words.to_lowercase();
    matches!(lower.as_str(), "second" | "third")
        || lower.ends_with("th")
        || lower.starts_with(|c: char| c.is_ascii_digit()) && lower.ends_with(['d', 't'])
}

/// The year that a source was published in, which its text needn't say.
fn is_published(case: &Case<'_>, number: &Number) -> bool {
    let year = number.value.to_string();
    let dates = case.sources.iter().filter_map(|source| source.record.article.published.as_deref());
    number.kind == Kind::Year && dates.into_iter().any(|date| date.contains(&year))
}

/// A number that says itself that it is rounded, near one of the passage: "more than 200" for 212.
fn is_rounded(case: &Case<'_>, number: &Number, passage: &Passage, all: &[Vec<Number>]) -> bool {
    let value = number.value;
    let range = match approx(case, number) {
        None | Some(Approx::Exact) => return false,
        Some(Approx::About) => value * (1.0 - ROUNDED)..=value * (1.0 + ROUNDED),
        Some(Approx::Over | Approx::AtLeast) => value..=value * (1.0 + BOUNDED),
        Some(Approx::Under | Approx::AtMost) => value * (1.0 - BOUNDED)..=value,
    };
    let around = case.around(passage, 1);
    let near = all[passage.article].iter().filter(|n| (around.first..=around.last).contains(&n.sentence));
    near.into_iter().any(|other| other.kind == number.kind && range.contains(&other.value))
}

/// How a number of the brief says that it is rounded.
fn approx(case: &Case<'_>, number: &Number) -> Option<Approx> {
    let holds = |figure: &&Figure| case.brief.bytes_at(figure.start, figure.end).contains(number.span);
    case.brief.record.figures.iter().find(holds).map(|figure| figure.approx)
}

/// The sum of two numbers of one sentence of the passage, or their difference: 21 votes to 20 are 41 votes.
fn is_reckoned(number: &Number, passage: &Passage, all: &[Vec<Number>]) -> bool {
    let there: Vec<&Number> = all[passage.article]
        .iter()
        .filter(|n| (passage.first..=passage.last).contains(&n.sentence))
        .filter(|n| matches!(n.kind, Kind::Plain | Kind::Money | Kind::Percent))
        .collect();
    let equal = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs());
    matches!(number.kind, Kind::Plain | Kind::Money | Kind::Percent)
        && there.iter().enumerate().any(|(i, a)| {
            there[i + 1..].iter().any(|b| {
                let (sum, difference) = (a.value + b.value, (a.value - b.value).abs());
                a.sentence == b.sentence
                    && a.kind == b.kind
                    && (equal(number.value, sum) || equal(number.value, difference))
            })
        })
}

/// "More than" against "nearly", "at least" against "up to", either against "about".
fn bounds(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for figure in &case.brief.record.figures {
        let span = case.brief.bytes_at(figure.start, figure.end);
        let Some(passage) = case.best(case.brief.sentence_at(span.start)).filter(|p| p.share >= ALIGNED)
        else {
            continue;
        };
        let source = &case.sources[passage.article];
        let around = case.around(passage, 1);
        let alike = source.record.figures.iter().filter(|other| {
            let at = source.sentence_at(source.bytes_at(other.start, other.end).start);
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
            let at = source.sentence_at(source.bytes_at(alike[0].start, alike[0].end).start);
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

/// Units of one kind, of which only the same is the same.
const MEASURES: [&str; 4] = [
    "mile kilometre kilometer metre meter foot yard inch",
    "kilogram kilogramme gram gramme ton tonne pound ounce",
    "percent percentage-point",
    "second minute hour day week month year decade",
];

/// The same number in another currency or measure.
fn units(case: &Case<'_>) -> Vec<Found> {
    let brief = case.brief;
    let is_currency = |unit: &str| unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    let alike = |a: &str, b: &str| {
        is_currency(a) && is_currency(b) || MEASURES.iter().any(|list| is_in(list, a) && is_in(list, b))
    };
    let mut found = Vec::new();
    for figure in &brief.record.figures {
        let span = brief.bytes_at(figure.start, figure.end);
        let Some(passage) = case.best(brief.sentence_at(span.start)).filter(|p| p.share >= ALIGNED) else {
            continue;
        };
        let source = &case.sources[passage.article];
        let around = case.around(passage, 1);
        let near = source.record.figures.iter().filter(|other| {
            let at = source.sentence_at(source.bytes_at(other.start, other.end).start);
            (around.first..=around.last).contains(&at) && other.value.total_cmp(&figure.value).is_eq()
        });
        let near: Vec<&Figure> = near.collect();
        if near.iter().any(|other| other.unit == figure.unit) {
            continue;
        }
        let Some(other) = near.iter().find(|other| alike(&other.unit, &figure.unit)) else { continue };
        let right = other.text.as_str();
        let one =
            Found::new(Code::FigureChanged, span, format!("the source says {right}, not {}", figure.text));
        let at = source.sentence_at(source.bytes_at(other.start, other.end).start);
        found.push(one.shown_by(passage.article, source.doc.sentences[at].span).better(right));
    }
    found
}

/// Numbers that say only how large they are.
const VAGUE: &str = "dozens hundreds thousands millions billions";
/// Those that others are counted against: "three in every thousand".
const BASES: &str = "hundred thousand million";
/// Words before such a number in which the one that is counted stands.
const COUNTED_NEAR: usize = 6;

/// "Thousands" where the source has "hundreds", "per hundred" where it has "in every thousand".
fn vague(case: &Case<'_>) -> Vec<Found> {
    let is_vague = |text: &Text, i: usize| is_in(VAGUE, &text.words[i].lower);
    let is_base = |text: &Text, i: usize| {
        is_in(BASES, &text.words[i].lower) && i > 0 && is_in("per every", &text.words[i - 1].lower)
    };
    // What is counted against them, so that "two per million" isn't "four per thousand".
    let counted = |text: &Text, i: usize| {
        let before = text.words[i.saturating_sub(COUNTED_NEAR)..i].iter().rev();
        before.map(|word| word.stem.as_str()).find(|stem| stem.starts_with('#')).map(str::to_owned)
    };
    let mut found = scales(case, is_vague, |_, _| None);
    found.extend(scales(case, is_base, counted));
    found
}

/// Words that are `is_one` where the passage has others of them for what is `of` the same.
fn scales(
    case: &Case<'_>,
    is_one: impl Fn(&Text, usize) -> bool,
    of: impl Fn(&Text, usize) -> Option<String>,
) -> Vec<Found> {
    let mut found = Vec::new();
    for s in case.brief.body() {
        let Some(passage) = case.best(s).filter(|p| p.share >= ALIGNED) else { continue };
        let (source, around) = (&case.sources[passage.article], case.around(passage, 1));
        let there = source.of_sentence[around.first].start..source.of_sentence[around.last].end;
        for i in case.brief.of_sentence[s].clone().filter(|&i| is_one(case.brief, i)) {
            let word = &case.brief.words[i];
            let same = |&j: &usize| is_one(source, j) && of(source, j) == of(case.brief, i);
            let there: Vec<&Word> = there.clone().filter(same).map(|j| &source.words[j]).collect();
            let Some(other) = there.first().filter(|_| there.iter().all(|other| other.lower != word.lower))
            else {
                continue;
            };
            let right = source.say(other.span);
            let message = format!("the source says {right}, not {}", case.brief.say(word.span));
            let one = Found::new(Code::FigureChanged, word.span, message).better(right).fixed_by(right);
            let sentence = source.doc.sentences[source.sentence_at(other.span.start)].span;
            found.push(one.shown_by(passage.article, sentence));
        }
    }
    found
}
