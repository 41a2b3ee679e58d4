//! Which words tell an article's story?

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use crate::words::is_empty_word;

/// Words of an article that are compared at most: names, words of the headline, words that come again.
const MOST: usize = 40;
/// Words that stand in news of any story.
const ANY_STORY: &str = "after before during between against under more most less other another some any all no not never one two three \
four five first second last next new old own only even much many few every each both while until since because would could \
should will can may might must people man woman men women year years month months week weeks day days time times today monday \
tuesday wednesday thursday friday saturday sunday january february march april june july august september october november \
december mr mrs ms dr per cent percent million billion told tell asked ask added statement spokesman spokeswoman spokesperson \
reporters reporter according make made take taken get got go going come back want like know think yes well part around off called";

/// The stems of the words that tell an article's story: names, words of its headline, and those that it says more than once; the
/// most frequent, at most 40.
pub(crate) fn marks(title: &str, text: &str) -> BTreeSet<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    static ANY: LazyLock<HashSet<&str>> = LazyLock::new(|| ANY_STORY.split_ascii_whitespace().collect());
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let mut stem = |word: &str| -> Option<String> {
        let lower = word.to_lowercase();
        known
            .entry(lower)
            .or_insert_with_key(|lower| {
                let telling =
                    lower.chars().count() > 2 && !is_empty_word(lower) && !ANY.contains(lower.as_str());
                telling.then(|| stemmer.stem(lower).into_owned())
            })
            .clone()
    };
    let all: Vec<(&str, bool)> = words(text).collect();
    let small: HashSet<&str> =
        all.iter().map(|(word, _)| *word).filter(|word| word.starts_with(char::is_lowercase)).collect();
    let mut times: HashMap<String, u32> = HashMap::new();
    let mut kept: HashSet<String> = HashSet::new();
    for (word, begins) in &all {
        let Some(stem) = stem(word) else { continue };
        let is_name =
            word.starts_with(char::is_uppercase) && !begins && !small.contains(&*word.to_lowercase());
        let n = times.entry(stem.clone()).or_default();
        *n += 1;
        if is_name || *n > 1 {
            kept.insert(stem);
        }
    }
    for stem in words(title).filter_map(|(word, _)| stem(word)) {
        *times.entry(stem.clone()).or_default() += 1;
        kept.insert(stem);
    }
    let mut order: Vec<(u32, String)> = kept.into_iter().map(|stem| (times[&stem], stem)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    order.into_iter().take(MOST).map(|(_, stem)| stem).collect()
}

/// Words without a possessive's end, each with whether it begins a sentence, a quotation or a line.
fn words(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_in = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphabetic)?;
        let end = text[start..].find(|c| !is_in(c)).map_or(text.len(), |n| start + n);
        at = end;
        let word = text[start..end].trim_end_matches(['\'', '’', '-']);
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        let before = text[..start].trim_end_matches(' ').chars().next_back();
        let begins = before.is_none_or(|c| matches!(c, '.' | '?' | '!' | '"' | '“' | '‘' | ':' | '\n'));
        Some((word, begins))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_headline_and_what_comes_again() {
        let text = "The ferry to Port Sallow stays shut. Ferries were dear, said Oremond's office. Dear friends, the \
             harbour master waits on Monday.";
        let expected = ["ferri", "oremond", "port", "sallow", "strike", "dear"];
        assert_eq!(marks("Strike", text), expected.map(str::to_owned).into());
    }

    #[test]
    fn of_an_article_without_letters_there_are_none() {
        assert!(marks("", "1 2 3 … ’’").is_empty());
    }
}
