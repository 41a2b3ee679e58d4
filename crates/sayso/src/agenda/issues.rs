//! Which points are in dispute?

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use sayso_text::{ParagraphKind, Span};

use crate::figure;

use super::phrases::{NounPhrase, What};
use super::{Issue, Reading};

/// Words of a name at most, its head among them.
const LONGEST_NAME: usize = 3;

/// The points of the rules that the text names, with all their mentions.
pub(super) fn issues(reading: Reading<'_>, found: &[NounPhrase]) -> Vec<Issue> {
    let mut points: BTreeMap<usize, Vec<(Span, Option<&NounPhrase>)>> = BTreeMap::new();
    for phrase in found {
        if let What::Subject(number) = phrase.what {
            points.entry(number).or_default().push((phrase.span, Some(phrase)));
        }
    }
    let body = reading.doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    for paragraph in body {
        let text = paragraph.span.of(&reading.doc.text);
        for (number, verb) in &reading.rules.agenda.verbs {
            let hits = verb.find_iter(text);
            points.entry(*number).or_default().extend(hits.map(|hit| {
                (Span::new(paragraph.span.start + hit.start(), paragraph.span.start + hit.end()), None)
            }));
        }
    }
    points.into_iter().filter_map(|(number, mentions)| issue(reading, number, mentions)).collect()
}

fn issue(
    reading: Reading<'_>,
    number: usize,
    mut mentions: Vec<(Span, Option<&NounPhrase>)>,
) -> Option<Issue> {
    mentions.sort_by_key(|(span, _)| (span.start, span.end));
    let phrases: Vec<&NounPhrase> = mentions.iter().filter_map(|(_, phrase)| *phrase).collect();
    let name = name(reading, &phrases).or_else(|| reading.rules.agenda.subject_name(number))?;
    let verbs = mentions.iter().filter(|(_, phrase)| phrase.is_none()).map(|(span, _)| *span).collect();
    let mut spans: Vec<Span> = Vec::new();
    for (span, _) in mentions {
        match spans.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.cover(span),
            _ => spans.push(span),
        }
    }
    Some(Issue { name, mentions: spans, verbs, is_listed: true })
}

/// The longest words that at least half of the phrases end in, of several as long the first; without
/// states, which are parties more than points.
pub(super) fn name(reading: Reading<'_>, phrases: &[&NounPhrase]) -> Option<String> {
    let of_state = |word: &String| reading.rules.state(word).is_some();
    let words = |phrase: &NounPhrase| -> Vec<String> {
        phrase.words.iter().filter(|word| !of_state(word)).cloned().collect()
    };
    let all: Vec<Vec<String>> = phrases.iter().map(|phrase| words(phrase)).collect();
    ends(&all)
}

/// The longest end that at least half of these have, two at least where there are several.
pub(super) fn ends(all: &[Vec<String>]) -> Option<String> {
    let stems: Vec<Vec<String>> =
        all.iter().map(|words| words.iter().map(|word| stem(word)).collect()).collect();
    (1..=LONGEST_NAME).rev().find_map(|n| {
        // How many have an end, and which had it first.
        let mut times: HashMap<&[String], (usize, usize)> = HashMap::new();
        for (i, words) in stems.iter().enumerate().filter(|(_, words)| words.len() >= n) {
            times.entry(&words[words.len() - n..]).or_insert((0, i)).0 += 1;
        }
        let (times, first) = times.into_values().max_by_key(|&(times, first)| (times, Reverse(first)))?;
        let enough = 2 * times >= all.len() && (times > 1 || all.len() == 1 || n == 1);
        enough.then(|| all[first][all[first].len() - n..].join(" "))
    })
}

/// A word in the singular and in lower case.
pub(crate) fn stem(word: &str) -> String {
    figure::singular(&word.to_lowercase())
}
