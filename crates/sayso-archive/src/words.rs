//! Words as the archive compares them, and enumerations as it writes them.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};
use serde::Serialize;

/// Short words that turn a statement or make it unsure.
const TURNING: [&str; 12] =
    ["not", "no", "never", "may", "might", "could", "would", "will", "cannot", "nor", "without", "n't"];

/// A name as it is looked up: small letters, no marks, no "the" and no initials: "Charles E. Grassley" is "charles grassley".
pub(crate) fn key(name: &str) -> String {
    let lower = name.to_lowercase().replace(['’', '‘'], "'").replace('.', "");
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '&');
    let words: Vec<&str> =
        words.map(|word| word.trim_matches('\'')).filter(|word| !word.is_empty()).collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    let n = words.len();
    let is_initial =
        |i: usize, word: &str| 0 < i && i + 1 < n && word.len() == 1 && word.starts_with(char::is_alphabetic);
    let kept = words.iter().enumerate().filter(|(i, word)| !is_initial(*i, word));
    let possessive = |word: &str| word.strip_suffix("'s").unwrap_or(word).to_owned();
    kept.map(|(_, word)| possessive(word)).collect::<Vec<_>>().join(" ")
}

/// A statement's words as they are compared with another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    /// Without marks and case.
    pub(crate) plain: String,
    pub(crate) stems: BTreeSet<String>,
    pub(crate) numbers: BTreeSet<String>,
    pub(crate) turning: BTreeSet<String>,
}

impl Words {
    pub(crate) fn new(text: &str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let lower = text.to_lowercase().replace('’', "'").replace("n't", " not");
        let all: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ','))
            .map(|word| word.trim_matches(['.', ',']))
            .filter(|word| !word.is_empty())
            .collect();
        let (numbers, words): (Vec<&str>, Vec<&str>) =
            all.iter().copied().partition(|word| word.contains(|c: char| c.is_ascii_digit()));
        let (turning, words): (Vec<&str>, Vec<&str>) =
            words.into_iter().partition(|word| TURNING.contains(word));
        let stems = words.iter().filter(|word| word.chars().count() > 3);
        let stems = stems.map(|word| stemmer.stem(word).into_owned()).collect();
        let own = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect();
        let plain = all.iter().skip_while(|word| **word == "that").copied().collect::<Vec<_>>().join(" ");
        Self { plain, stems, numbers: own(numbers), turning: own(turning) }
    }
}

/// An enumeration's name in the record's JSON: `not-verify`.
pub(crate) fn named<T: Serialize>(one: &T) -> String {
    match serde_json::to_value(one) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_up_without_what_varies() {
        for (name, expected) in [
            ("Charles E. Grassley", "charles grassley"),
            ("The U.N. Security Council", "un security council"),
            ("Norvale’s", "norvale"),
            ("Tavish & Rowe", "tavish & rowe"),
            ("J. Brell", "j brell"),
            ("the", "the"),
        ] {
            assert_eq!(key(name), expected);
        }
    }
}
