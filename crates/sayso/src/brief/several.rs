//! Which statements do several outlets carry, and where do they differ?

use std::collections::HashSet;

use rust_stemmers::{Algorithm, Stemmer};

use super::items::{Item, Key};
use super::source::Source;
use crate::matrix::{Differing, Told, matrix};
use crate::word_list::is_in;

/// The share of the words of each of two statements that the other must have to be the same.
const SAME: f64 = 0.7;

/// Short words that turn a statement or make it unsure.
const TURNING: &str = "not no may n't never could might would will";

/// Words that carry meaning, as stems, and numbers.
type Words = (HashSet<String>, HashSet<String>);

pub(super) fn stems(words: &str) -> Words {
    let stemmer = Stemmer::create(Algorithm::English);
    let all = words
        .split(|c: char| !c.is_alphanumeric() && c != '.' && c != ',')
        .map(|word| word.trim_matches(['.', ',']));
    let (numbers, words): (Vec<&str>, Vec<&str>) =
        all.filter(|word| !word.is_empty()).partition(|word| word.contains(|c: char| c.is_ascii_digit()));
    let long =
        words.into_iter().filter(|word| word.chars().count() > 3 || is_in(TURNING, &word.to_lowercase()));
    (
        long.map(|word| stemmer.stem(&word.to_lowercase()).into_owned()).collect(),
        numbers.into_iter().map(str::to_owned).collect(),
    )
}

/// One item for each statement: of those that several articles carry the first, with the others' passages too.
pub(super) fn merged(items: Vec<Item>) -> Vec<Item> {
    let mut kept: Vec<(Item, Words)> = Vec::new();
    for item in items {
        let own = stems(&item.content);
        let same = kept.iter_mut().find(|(other, theirs)| {
            other.article != item.article
                && other.speaker == item.speaker
                && !item.speaker.is_empty()
                && own.1 == theirs.1
                && (item.standings == other.standings
                    || item.standings.is_empty()
                    || other.standings.is_empty())
                && TURNING
                    .split_ascii_whitespace()
                    .all(|word| own.0.contains(word) == theirs.0.contains(word))
                && alike(&own.0, &theirs.0)
        });
        match same {
            // Whoever tells how it stands is kept.
            Some((other, _)) if other.standings.is_empty() && !item.standings.is_empty() => {
                let mut item = item;
                item.anchors.append(&mut other.anchors);
                item.carriers += other.carriers;
                *other = item;
            }
            Some((other, _)) => {
                other.anchors.extend(item.anchors);
                other.carriers += item.carriers;
            }
            None => kept.push((item, own)),
        }
    }
    kept.into_iter().map(|(item, _)| item).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let shared = a.intersection(b).count() as f64;
    !a.is_empty() && shared >= SAME * a.len() as f64 && shared >= SAME * b.len() as f64
}

/// For each thing that articles give other figures for: the places of these, as article and code point.
pub(super) fn differing(all: &[Source<'_>]) -> Vec<Vec<Key>> {
    if all.len() < 2 {
        return Vec::new();
    }
    let names: Vec<String> = (0..all.len()).map(|i| i.to_string()).collect();
    let records: Vec<(&str, &crate::Record)> =
        names.iter().zip(all).map(|(name, source)| (name.as_str(), source.record)).collect();
    let all_of = matrix(&records).differing;
    let alike = all_of
        .iter()
        .filter(|one| one.figures.iter().any(|told| told.value >= SMALL) || share_words(all, one));
    alike.map(|one| one.figures.iter().filter_map(place).collect()).collect()
}

/// Numbers under this are so common that two of them count the same only where their sentences share another word.
const SMALL: f64 = 13.0;

fn place(told: &Told) -> Option<Key> {
    Some((told.article.parse::<usize>().ok()?, told.start))
}

/// The sentences of all figures have a word in common that isn't the unit.
fn share_words(all: &[Source<'_>], one: &Differing) -> bool {
    let words = |told: &Told| {
        let (article, at) = place(told)?;
        let source = all.get(article)?;
        let byte = source.bytes_at(at, at + 1).start;
        let span = source.doc.sentences.get(source.sentence_at(byte))?.span;
        Some(stems(source.say(span)).0)
    };
    let unit = stems(&one.figures.iter().map(|told| told.text.as_str()).collect::<Vec<_>>().join(" ")).0;
    let all: Vec<HashSet<String>> = one.figures.iter().filter_map(words).collect();
    let Some((first, rest)) = all.split_first() else { return false };
    first.iter().any(|stem| !unit.contains(stem) && rest.iter().all(|other| other.contains(stem)))
}
