//! Where do the words stand nearly, and what differs there?
//!
//! # Source
//! Candidate passages by votes of shared words for diagonals, as in FASTA (Lipman and Pearson 1985); each is aligned
//! with all of the quotation and any part of the passage (Sellers 1980). What a quotation's ellipses, insertions and
//! the source's reporting clauses skip costs nothing.

use std::collections::HashMap;

use sayso_text::Span;

use super::find::LONGEST_REPLACED;
use super::kind;
use super::source::Source;
use super::wording::{Join, Word, Wording};

/// What happens to a word, in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Word of the quotation, word of the source: the same.
    Keep(usize, usize),
    /// Another one.
    Swap(usize, usize),
    /// Only the quotation has it.
    Extra(usize),
    /// Only the source has it.
    Missing(usize),
}

impl Step {
    /// The word of the quotation, as its number.
    pub(super) fn brief(self) -> Option<usize> {
        match self {
            Self::Keep(i, _) | Self::Swap(i, _) | Self::Extra(i) => Some(i),
            Self::Missing(_) => None,
        }
    }

    /// The word of the source, as its number.
    pub(super) fn source(self) -> Option<usize> {
        match self {
            Self::Keep(_, at) | Self::Swap(_, at) | Self::Missing(at) => Some(at),
            Self::Extra(_) => None,
        }
    }
}

/// A passage that a quotation resembles.
#[derive(Debug, Clone)]
pub(super) struct Near {
    pub(super) article: usize,
    pub(super) steps: Vec<Step>,
    /// Shared words by weight, 0 to 1.
    pub(super) likeness: f32,
    /// Shared words that carry meaning and don't stand everywhere in the source.
    pub(super) n_telling: usize,
    /// Words that carry meaning and stand in the quotation alone.
    pub(super) n_lost: usize,
    /// Shared words in a row, at most.
    pub(super) in_a_row: usize,
}

impl Near {
    /// First and last word of the source that took part.
    pub(super) fn ends(&self) -> Option<(usize, usize)> {
        let mut words = self.steps.iter().filter_map(|step| step.source());
        let first = words.next()?;
        Some((first, words.next_back().unwrap_or(first)))
    }

    /// One word differs, is missing or is too many, and nothing else.
    pub(super) fn differs_in_one(&self) -> bool {
        self.steps.iter().filter(|step| !matches!(step, Step::Keep(..))).count() == 1
    }

    /// The passage from the first word that is shared to the last.
    pub(super) fn shared(mut self) -> Self {
        let kept = |step: &Step| matches!(step, Step::Keep(..));
        let from = self.steps.iter().position(kept).unwrap_or(0);
        let to = self.steps.iter().rposition(kept).map_or(self.steps.len(), |at| at + 1);
        self.steps = self.steps[from..to].to_vec();
        self
    }

    /// The passage to the end of its last word: "hole-in-one" is one to who reads it.
    pub(super) fn whole(mut self, source: &Source) -> Self {
        let changed = self.steps.last().is_some_and(|step| !matches!(step, Step::Keep(..)));
        if let Some((_, last)) = self.ends().filter(|_| changed) {
            let words = &source.words;
            let glued = |at: &usize| {
                let between = Span::new(words[at - 1].span.end, words[*at].span.start);
                matches!(between.of(&source.doc.text), "" | "-" | "‑")
            };
            self.steps.extend((last + 1..words.len()).take_while(glued).map(Step::Missing));
        }
        self
    }

    /// The share of the passage's words that stand in quotation marks.
    pub(super) fn quoted(&self, source: &Source) -> f32 {
        let words = self.steps.iter().filter_map(|step| match *step {
            Step::Keep(_, at) | Step::Swap(_, at) => Some(source.words[at].outer.is_some()),
            _ => None,
        });
        let (n, inside) = words.fold((0u16, 0u16), |(n, inside), quoted| (n + 1, inside + u16::from(quoted)));
        f32::from(inside) / f32::from(n.max(1))
    }
}

/// Passages that are aligned in full, at most.
const MOST_PASSAGES: usize = 12;
/// A word that stands more often than this in a source tells little about where to look.
const COMMON: usize = 60;
/// Whom and what an article is about stands in it more often than this.
const EVERYWHERE: usize = 6;
/// Words of a source that an ellipsis may skip in an alignment.
const GAP_SLACK: usize = 120;

/// The passages that share most with the quotation, best first.
pub(super) fn nearest(wording: &Wording, sources: &[Source]) -> Vec<Near> {
    let words: Vec<&Word> = wording.words().collect();
    let mut found: Vec<Near> = Vec::new();
    for (article, from) in candidates(&words, sources) {
        let source = &sources[article];
        let n_gaps = wording.runs.iter().filter(|run| run.join == Join::Gap).count().min(4);
        let slack = words.len() / 2 + 24;
        let to = (from + words.len() + 2 * slack + n_gaps * GAP_SLACK).min(source.words.len());
        found.extend(align(wording, source, article, from.saturating_sub(slack)..to));
    }
    found.sort_by(|a, b| {
        b.likeness.total_cmp(&a.likeness).then((a.article, a.ends()).cmp(&(b.article, b.ends())))
    });
    found.dedup_by(|a, b| a.article == b.article && a.ends() == b.ends());
    found
}

/// Where passages may begin: article and word, by the votes of shared words.
fn candidates(words: &[&Word], sources: &[Source]) -> Vec<(usize, usize)> {
    let width = words.len() / 2 + 8;
    let mut votes: HashMap<(usize, usize), f32> = HashMap::new();
    for (article, source) in sources.iter().enumerate() {
        for (i, word) in words.iter().enumerate() {
            let places = source.places(&word.key);
            let vote = word.weight / libm::logf(1.0 + places.len() as f32).max(0.5);
            let near = if places.len() > COMMON { &[] } else { places };
            for &place in near {
                *votes.entry((article, place.saturating_sub(i) / width)).or_default() += vote;
            }
        }
    }
    // A passage may lie across two neighbours.
    let joint = |&(article, bucket): &(usize, usize)| {
        votes[&(article, bucket)] + votes.get(&(article, bucket + 1)).copied().unwrap_or(0.0)
    };
    let mut best: Vec<((usize, usize), f32)> = votes.keys().map(|key| (*key, joint(key))).collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // A long quotation shares much with its passage and little with others.
    best.truncate(MOST_PASSAGES.min(1 + 600 / words.len().max(1)));
    best.into_iter().map(|((article, bucket), _)| (article, bucket * width)).collect()
}

/// A row of the table: costs, and where each cell came from.
struct Row {
    cost: Vec<f32>,
    step: Vec<Came>,
    // Through an ellipsis or insertion before this row's word: from which column of the last row.
    skipped: Option<Vec<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Came {
    Start,
    Both,
    Extra,
    Missing,
}

fn align(wording: &Wording, source: &Source, article: usize, window: std::ops::Range<usize>) -> Option<Near> {
    let columns = &source.words[window.clone()];
    let n = columns.len();
    let marked = !source.doc.quotations.is_empty();
    let missing: Vec<f32> = columns
        .iter()
        .map(|word| if word.aside || word.inserted { 0.0 } else { 0.9 * word.weight })
        .collect();
    let mut rows = vec![Row { cost: vec![0.0; n + 1], step: vec![Came::Start; n + 1], skipped: None }];
    for run in &wording.runs {
        for (i, asked) in run.words.iter().enumerate() {
            let last = &rows[rows.len() - 1].cost;
            let join = if i == 0 && rows.len() > 1 { &run.join } else { &Join::None };
            let (base, skipped) = skip(last, join);
            let extra = asked.weight;
            let mut row = Row { cost: Vec::with_capacity(n + 1), step: Vec::with_capacity(n + 1), skipped };
            row.cost.push(base[0] + extra);
            row.step.push(Came::Extra);
            for (j, word) in columns.iter().enumerate() {
                let unquoted = marked && word.outer.is_none() && word.key != asked.key;
                let away = if unquoted || word.aside { 0.25 } else { 0.0 };
                let ways = [
                    (
                        base[j] + kind::distance((&asked.key, asked.weight), (&word.key, word.weight)) + away,
                        Came::Both,
                    ),
                    (base[j + 1] + extra, Came::Extra),
                    (row.cost[j] + missing[j], Came::Missing),
                ];
                let best = ways.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, Came::Extra));
                row.cost.push(best.0);
                row.step.push(best.1);
            }
            rows.push(row);
        }
    }
    let last = &rows.last()?.cost;
    let end = (0..=n).min_by(|&a, &b| last[a].total_cmp(&last[b]))?;
    Some(near(wording, source, article, trace(&rows, end, window.start)))
}

/// The row before, as what stands between the words allows: for each column the cheapest one
/// that may be skipped from.
fn skip(last: &[f32], join: &Join) -> (Vec<f32>, Option<Vec<usize>>) {
    let reach = match join {
        Join::None => return (last.to_vec(), None),
        Join::Gap => last.len(),
        Join::Insertion(words) => LONGEST_REPLACED.max(words.len() + 1),
    };
    let mut from = Vec::with_capacity(last.len());
    let mut best = 0;
    for at in 0..last.len() {
        if last[at] <= last[best] {
            best = at;
        } else if at - best > reach {
            let first = at - reach;
            best = (first..=at).min_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(at);
        }
        from.push(best);
    }
    (from.iter().map(|&at| last[at]).collect(), Some(from))
}

fn trace(rows: &[Row], end: usize, offset: usize) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut i, mut j) = (rows.len() - 1, end);
    while i > 0 {
        match rows[i].step[j] {
            Came::Missing => {
                j -= 1;
                steps.push(Step::Missing(offset + j));
                continue;
            }
            Came::Both => {
                j -= 1;
                steps.push(Step::Swap(i - 1, offset + j));
            }
            Came::Extra | Came::Start => steps.push(Step::Extra(i - 1)),
        }
        if let Some(skipped) = &rows[i].skipped {
            j = skipped[j];
        }
        i -= 1;
    }
    steps.reverse();
    steps
}

fn near(wording: &Wording, source: &Source, article: usize, steps: Vec<Step>) -> Near {
    let words: Vec<&Word> = wording.words().collect();
    let (mut shared, mut all, mut n_telling, mut n_lost) = (0.0, 0.0, 0, 0);
    let mut settled = Vec::with_capacity(steps.len());
    for step in steps {
        match step {
            Step::Swap(i, at) | Step::Keep(i, at) => {
                let (asked, other) = (words[i], &source.words[at]);
                let most = asked.weight.max(other.weight);
                let distance = kind::distance((&asked.key, asked.weight), (&other.key, other.weight));
                let likeness = if distance > 0.5 * most { 0.0 } else { 1.0 - distance / most };
                let (key, other) = (&asked.key, &other.key);
                all += asked.weight;
                shared += likeness * asked.weight;
                let content = asked.weight >= 1.0;
                n_telling +=
                    usize::from(content && likeness > 0.0 && source.places(other).len() <= EVERYWHERE);
                n_lost += usize::from(content && likeness == 0.0);
                settled.push(if key == other { Step::Keep(i, at) } else { Step::Swap(i, at) });
            }
            Step::Extra(i) => {
                all += words[i].weight;
                n_lost += usize::from(words[i].weight >= 1.0);
                settled.push(step);
            }
            // What costs nothing to skip is no difference.
            Step::Missing(at) if source.words[at].aside || source.words[at].inserted => {}
            Step::Missing(at) => {
                all += 0.5 * source.words[at].weight;
                settled.push(step);
            }
        }
    }
    let likeness = if all > 0.0 { shared / all } else { 0.0 };
    let kept = |a: &Step, b: &Step| matches!((a, b), (Step::Keep(..), Step::Keep(..)));
    let in_a_row = settled.chunk_by(kept).map(<[Step]>::len).max().unwrap_or(0);
    Near { article, steps: settled, likeness, n_telling, n_lost, in_a_row }
}
