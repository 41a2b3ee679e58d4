//! Which passage of the sources does a sentence of the brief come from?
//!
//! By the share of a sentence's words, weighed by how rare they are in the sources, that a passage of up to three
//! sentences has too.

use std::collections::HashMap;
use std::ops::Range;

use sayso_text::Span;

use super::text::{Text, Word};

/// Sentences of a passage at most.
pub(crate) const LONGEST: usize = 3;
/// What each further sentence of a passage costs, so that the shortest that tells all wins.
pub(crate) const FURTHER: f64 = 0.04;

/// A passage of a source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Passage {
    pub(crate) article: usize,
    /// Its sentences.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The share of the brief's words that it has, 0 to 1.
    pub(crate) share: f64,
}

impl Passage {
    pub(crate) fn span(&self, sources: &[Text]) -> Span {
        let sentences = &sources[self.article].doc.sentences;
        sentences[self.first].span.cover(sentences[self.last].span)
    }

    /// The places of its words.
    pub(crate) fn words(&self, source: &Text) -> Range<usize> {
        source.of_sentence[self.first].start..source.of_sentence[self.last].end
    }
}

/// How much each word tells, over all sources.
#[derive(Debug)]
pub(crate) struct Weights {
    /// In how many sentences each stem stands.
    sentences: HashMap<String, usize>,
    n: usize,
}

impl Weights {
    pub(crate) fn new(sources: &[Text]) -> Self {
        let mut sentences: HashMap<String, usize> = HashMap::new();
        let mut n = 0;
        for source in sources {
            for range in &source.of_sentence {
                n += 1;
                let mut stems: Vec<&str> =
                    source.words[range.clone()].iter().map(|w| w.stem.as_str()).collect();
                stems.sort_unstable();
                stems.dedup();
                for stem in stems {
                    *sentences.entry(stem.to_owned()).or_default() += 1;
                }
            }
        }
        Self { sentences, n }
    }

    /// The logarithm of how rare a word is; of one that the sources lack, that of a word that stands once.
    #[expect(clippy::cast_precision_loss, reason = "counts of sentences are small")]
    pub(crate) fn of(&self, word: &Word) -> f64 {
        if word.is_function {
            return 0.05;
        }
        let n = self.sentences.get(&word.stem).copied().unwrap_or(1) as f64;
        libm::log(1.0 + self.n as f64 / n)
    }
}

/// The best passage for some words, of each source; best first.
pub(crate) fn passages(words: &[Word], sources: &[Text], weights: &Weights) -> Vec<Passage> {
    let total: f64 = words.iter().map(|word| weights.of(word)).sum();
    let mut best = Vec::new();
    if total == 0.0 {
        return best;
    }
    for (article, source) in sources.iter().enumerate() {
        let sentences: Vec<usize> = source.body().collect();
        // For each sentence, which of the words it has.
        let has: Vec<Vec<bool>> = sentences
            .iter()
            .map(|&s| {
                let there = &source.words[source.of_sentence[s].clone()];
                words.iter().map(|word| there.iter().any(|other| other.stem == word.stem)).collect()
            })
            .collect();
        let mut found: Option<(f64, Passage)> = None;
        for i in 0..sentences.len() {
            let mut seen = vec![false; words.len()];
            for j in i..sentences.len().min(i + LONGEST) {
                seen.iter_mut().zip(&has[j]).for_each(|(seen, has)| *seen |= has);
                let shared: f64 = words
                    .iter()
                    .zip(&seen)
                    .filter(|(_, seen)| **seen)
                    .map(|(word, _)| weights.of(word))
                    .sum();
                #[expect(clippy::cast_precision_loss, reason = "at most two")]
                let score = shared / total - FURTHER * (j - i) as f64;
                if found.as_ref().is_none_or(|(best, _)| score > *best) {
                    let passage =
                        Passage { article, first: sentences[i], last: sentences[j], share: shared / total };
                    found = Some((score, passage));
                }
            }
        }
        best.extend(found.map(|(_, passage)| passage));
    }
    best.sort_by(|a, b| b.share.total_cmp(&a.share));
    best
}

/// Words on each side that tell which of several same words is meant.
const CONTEXT: usize = 4;

/// For each of the brief's words in `brief` (places), the word of the passage that it comes from, if there is one.
pub(crate) fn matched(
    brief: &Text,
    words: Range<usize>,
    source: &Text,
    passage: &Passage,
) -> Vec<(usize, usize)> {
    let there = passage.words(source);
    let near = |text: &Text, i: usize, bounds: &Range<usize>, stem: &str| {
        let from = i.saturating_sub(CONTEXT).max(bounds.start);
        text.words[from..(i + CONTEXT + 1).min(bounds.end)].iter().any(|w| w.stem == stem)
    };
    let mut pairs = Vec::new();
    for i in words.clone() {
        let word = &brief.words[i];
        let context = |j: usize| {
            let from = i.saturating_sub(CONTEXT).max(words.start);
            let beside = brief.words[from..(i + CONTEXT + 1).min(words.end)].iter();
            beside
                .filter(|w| !w.is_function && w.stem != word.stem && near(source, j, &there, &w.stem))
                .count()
        };
        let same = there.clone().filter(|&j| source.words[j].stem == word.stem);
        let best = same.map(|j| (context(j), j)).max_by_key(|&(context, j)| (context, std::cmp::Reverse(j)));
        pairs.extend(best.map(|(_, j)| (i, j)));
    }
    pairs
}
