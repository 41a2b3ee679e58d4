//! How near are a sentence's words to some passage, where they aren't the same?
//!
//! # Source
//! Greedy matching of word vectors, as in `BERTScore` (Zhang et al. 2020), weighed by how rare words are. The vectors are
//! the tagger's embeddings: of its layers, of the encoder that it was made from and of a larger one they told best, for
//! what they cost, what the sources say from what they don't (docs/check.md has the table).

use std::collections::HashMap;

use super::align::{FURTHER, LONGEST, Weights};
use super::text::{Text, Word};
use crate::tag::Tagger;

/// How near words of one family are at least.
const KIN: f64 = 0.8;

/// Vectors of all words that tell something, of a brief and its sources.
pub(crate) struct Meaning {
    vectors: HashMap<String, Vec<f32>>,
}

impl Meaning {
    pub(crate) fn new<'a>(tagger: &Tagger, texts: impl Iterator<Item = &'a Text>) -> Self {
        let mut vectors = HashMap::new();
        for word in texts.flat_map(|text| &text.words).filter(|word| !word.is_function) {
            if !vectors.contains_key(&word.lower) {
                vectors.insert(word.lower.clone(), tagger.word_vector(&word.lower));
            }
        }
        Self { vectors }
    }

    /// How near some words are to the passage of a source that is nearest to them, and how near to all of the source,
    /// together: 2 where each of them stands there, about 0.5 where they have nothing to do with it. Of several sources
    /// the nearest; `None` without a word that tells something.
    pub(crate) fn nearness(&self, words: &[Word], sources: &[Text], weights: &Weights) -> Option<f64> {
        let words: Vec<&Word> = words.iter().filter(|word| !word.is_function).collect();
        let total: f64 = words.iter().map(|word| weights.of(word)).sum();
        let share = |nearest: &[f64]| {
            words.iter().zip(nearest).map(|(word, near)| weights.of(word) * near).sum::<f64>() / total
        };
        let of_source = |source: &Text| {
            let rows: Vec<Vec<f64>> = source.body().map(|s| self.row(&words, source, s)).collect();
            let whole = rows.iter().cloned().reduce(most).map_or(0.0, |row| share(&row));
            let mut passage = (f64::MIN, 0.0);
            for i in 0..rows.len() {
                let mut row = rows[i].clone();
                for (further, j) in (i..rows.len().min(i + LONGEST)).enumerate() {
                    row = most(row, rows[j].clone());
                    let near = share(&row);
                    #[expect(clippy::cast_precision_loss, reason = "at most two")]
                    let score = near - FURTHER * further as f64;
                    if score > passage.0 {
                        passage = (score, near);
                    }
                }
            }
            passage.1 + whole
        };
        (total > 0.0).then(|| sources.iter().map(of_source).fold(0.0, f64::max))
    }

    /// For each word how near the nearest one of a sentence is: 1 where it is the same, else by their vectors and families.
    fn row(&self, words: &[&Word], source: &Text, sentence: usize) -> Vec<f64> {
        let there = &source.words[source.of_sentence[sentence].clone()];
        let there: Vec<&Word> = there.iter().filter(|word| !word.is_function).collect();
        let near = |word: &&Word| {
            let all = there.iter().map(|other| {
                if other.stem == word.stem {
                    1.0
                } else {
                    let near = f64::from(self.cosine(&word.lower, &other.lower));
                    if is_kin(&word.stem, &other.stem) { near.max(KIN) } else { near }
                }
            });
            all.fold(0.0, f64::max)
        };
        words.iter().map(near).collect()
    }

    fn cosine(&self, a: &str, b: &str) -> f32 {
        match (self.vectors.get(a), self.vectors.get(b)) {
            (Some(a), Some(b)) => dot(a, b),
            _ => 0.0,
        }
    }
}

/// "Clearance" and "cleared", "denial" and "deny": as a rule they tell the same.
fn is_kin(a: &str, b: &str) -> bool {
    let shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b && a.is_ascii_lowercase()).count();
    shared >= 4 && 5 * shared >= 3 * a.len().max(b.len())
}

fn most(a: Vec<f64>, b: Vec<f64>) -> Vec<f64> {
    a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect()
}

/// In one order on every machine, and eight at a time.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    for (a, b) in a.zip(b) {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_themselves() {
        let tagger = crate::Engine::embedded().unwrap();
        let vector = |word: &str| tagger.tagger().word_vector(word);
        assert!((dot(&vector("workers"), &vector("workers")) - 1.0).abs() < 1e-5);
        assert!(dot(&vector("workers"), &vector("employees")) > dot(&vector("workers"), &vector("bridge")));
        assert_eq!(dot(&vector(""), &vector("bridge")), 0.0);
    }
}
