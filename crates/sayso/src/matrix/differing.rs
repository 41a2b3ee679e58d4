//! Which figures of different articles measure one thing?
//!
//! Two figures of one unit are paired where the words around them agree: each shared word counts the more, the
//! fewer figures it stands beside, and each figure must be the other's best match.

use std::collections::{BTreeMap, BTreeSet};

use super::{Differing, Told, stems};
use crate::record::{Figure, Record};

/// What the shared words must weigh: one that stands beside no other figure weighs 1.
const ENOUGH: f64 = 1.0;
/// Words that two figures must share: by one alone, "40-year" of a licence is "30 years" of a lease.
const SHARED: usize = 2;
/// How many times the smaller of two figures the larger can be: what lies farther apart measures something else.
const APART: f64 = 3.0;
/// Code points on either side of a figure whose words are compared, within its sentence.
const REACH: usize = 80;
/// Code points of the shortest word that tells anything.
const SHORTEST: usize = 4;
/// Units of many things, which say little of what is measured.
const GENERAL: &[&str] = &[
    "percent",
    "percentage point",
    "person",
    "people",
    "man",
    "woman",
    "child",
    "day",
    "hour",
    "minute",
    "second",
    "week",
    "month",
    "year",
    "kilometer",
    "kilometre",
    "meter",
    "metre",
    "mile",
    "foot",
    "time",
    "vote",
    "ton",
    "tonne",
    "point",
    "degree",
    "acre",
    "hectare",
];
const COMMON: &[&str] = &[
    "about", "after", "around", "been", "between", "from", "have", "more", "most", "nearly", "over", "said",
    "some", "than", "that", "their", "there", "they", "this", "those", "were", "what", "when", "which",
    "while", "will", "with", "would", "told", "says", "also", "last", "year", "least", "million", "billion",
    "thousand",
];

/// A figure with the article it is in and the words around it.
struct Placed<'a> {
    article: usize,
    figure: &'a Figure,
    words: BTreeSet<String>,
}

/// Groups of figures, one from each of at least two articles, that measure one thing and differ.
pub fn differing(records: &[(&str, &Record)]) -> Vec<Differing> {
    let placed: Vec<Placed<'_>> = records
        .iter()
        .enumerate()
        .flat_map(|(article, (_, record))| {
            let text: Vec<char> = record.article.text.chars().collect();
            let around = move |figure: &Figure| words_around(&text, figure);
            record.figures.iter().map(move |figure| Placed { article, figure, words: around(figure) })
        })
        .collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (a, b) in pairs(&placed, records.len()) {
        let of = |groups: &[Vec<usize>], n: usize| groups.iter().position(|group| group.contains(&n));
        match (of(&groups, a), of(&groups, b)) {
            (None, None) => groups.push(vec![a, b]),
            (Some(group), None) => add(&mut groups[group], b, &placed),
            (None, Some(group)) => add(&mut groups[group], a, &placed),
            (Some(_), Some(_)) => {}
        }
    }
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort();
    let differs = |group: &&Vec<usize>| {
        let first = placed[group[0]].figure;
        group.iter().any(|&n| {
            let other = placed[n].figure;
            other.value.total_cmp(&first.value).is_ne() || other.high != first.high
        })
    };
    groups.iter().filter(differs).map(|group| shown(records, group.iter().map(|&n| &placed[n]))).collect()
}

/// Adds a figure to those of other articles.
fn add(group: &mut Vec<usize>, n: usize, placed: &[Placed<'_>]) {
    if group.iter().all(|&other| placed[other].article != placed[n].article) {
        group.push(n);
    }
}

/// Pairs of different articles of which each is the other's best match.
fn pairs(placed: &[Placed<'_>], n_articles: usize) -> Vec<(usize, usize)> {
    let mut beside: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for one in placed {
        for word in &one.words {
            *beside.entry((one.article, word)).or_default() += 1;
        }
    }
    let mut units: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (n, one) in placed.iter().enumerate() {
        units.entry((&one.figure.unit, one.figure.what.as_deref())).or_default().push(n);
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let weight = |a: usize, b: usize| -> f64 {
        let shared: Vec<&String> = placed[a].words.intersection(&placed[b].words).collect();
        if shared.len() < SHARED || are_far_apart(placed[a].figure.value, placed[b].figure.value) {
            return 0.0;
        }
        let of = |n: usize, word: &str| beside.get(&(placed[n].article, word)).copied().unwrap_or(1) as f64;
        shared.into_iter().map(|word| 1.0 / (of(a, word) * of(b, word)).sqrt()).sum()
    };
    let mut pairs = Vec::new();
    for figures in units.values() {
        let best = |a: usize, article: usize| {
            let others = figures.iter().copied().filter(|&b| placed[b].article == article);
            let weighed = others.map(|b| (b, weight(a, b))).filter(|(_, weight)| *weight >= ENOUGH);
            weighed.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(b, _)| b)
        };
        for &a in figures {
            for article in placed[a].article + 1..n_articles {
                if let Some(b) = best(a, article)
                    && best(b, placed[a].article) == Some(a)
                {
                    pairs.push((a, b));
                }
            }
        }
    }
    pairs
}

fn are_far_apart(a: f64, b: f64) -> bool {
    let (low, high) = if a.abs() <= b.abs() { (a.abs(), b.abs()) } else { (b.abs(), a.abs()) };
    high > APART * low
}

/// The words beside a figure in its sentence, and its unit where that tells something.
fn words_around(text: &[char], figure: &Figure) -> BTreeSet<String> {
    let ends = |i: usize| {
        matches!(text[i], '.' | '!' | '?' | '\n') && text.get(i + 1).is_none_or(|c| c.is_whitespace())
    };
    let (start, end) = (figure.start.min(text.len()), figure.end.min(text.len()));
    let first = (start.saturating_sub(REACH)..start)
        .rev()
        .find(|&i| ends(i))
        .map_or(start.saturating_sub(REACH), |i| i + 1);
    let last =
        (end..(end + REACH).min(text.len())).find(|&i| ends(i)).unwrap_or((end + REACH).min(text.len()));
    let beside: String = text[first..start].iter().chain(&[' ']).chain(&text[end..last]).collect();
    let tells = |word: &String| word.chars().count() >= SHORTEST && !COMMON.contains(&word.as_str());
    let mut words: BTreeSet<String> = stems(&beside).into_iter().filter(tells).collect();
    words.extend(stems(figure.of.as_deref().unwrap_or_default()).into_iter().filter(tells));
    let unit = figure.unit.to_lowercase();
    words.remove(&unit);
    if figure.unit == unit && !GENERAL.contains(&unit.as_str()) {
        words.insert(unit);
    }
    words
}

fn shown<'a>(records: &[(&str, &Record)], group: impl Iterator<Item = &'a Placed<'a>>) -> Differing {
    let told = |one: &Placed<'_>| {
        let (article, record) = records[one.article];
        let figure = one.figure;
        let given = figure.attributed_to.as_ref();
        let by = given.and_then(|id| record.attributions.iter().find(|a| a.id == *id));
        let actor = by.and_then(|a| a.actor.as_ref());
        let actor = actor.and_then(|id| record.actors.iter().find(|actor| actor.id == *id));
        let source = by.and_then(|a| a.source.as_ref()).map(|source| source.text.clone());
        Told {
            article: article.to_owned(),
            text: figure.text.clone(),
            value: figure.value,
            high: figure.high,
            unit: figure.unit.clone(),
            approx: figure.approx,
            by: actor.and_then(|actor| actor.name.clone()).or(source),
            start: figure.start,
            end: figure.end,
        }
    };
    Differing { figures: group.map(told).collect() }
}
