//! Which of the issues that a party holds something on are one, though articles call them otherwise?
//!
//! By the words of their names alone: "the port plan" and "the plan for the joint port authority". Two names are one where the
//! words of one are those of the other and more, with one noun at the end; in articles of one story also where
//! nothing but a noun such as "plan", "deal" or "offer" sets them apart. What no word tells ("the mandate" for "the rule") stays
//! two.

use std::collections::BTreeSet;

/// Nouns that say that something is proposed, and not what; in the singular.
const GENERAL: &str = "accord agreement bid bill compromise deal draft framework initiative law measure motion offer pact package \
plan project proposal reform resolution rule scheme treaty";

/// Names that are compared, each with each.
const MOST: usize = 200;

/// How two names are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Alike {
    /// Wherever they stand.
    Surely,
    /// In articles of one story.
    Near,
}

/// For each of these names, words in the singular and in small letters, its group: the lowest place of those that are one. `near`
/// tells of two places whether they have articles of one story.
pub(crate) fn groups(all: &[&str], near: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    // Of so many nobody could tell which are one.
    let compared = if all.len() > MOST { 0 } else { all.len() };
    let mut like: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for b in 0..compared {
        for a in 0..b {
            let is_one = match alike(all[a], all[b]) {
                Some(Alike::Surely) => true,
                Some(Alike::Near) => near(a, b),
                None => false,
            };
            if is_one {
                like[a].push(b);
                like[b].push(a);
            }
        }
    }
    // "The plan", where there are two, is neither; nor is a name like two others that aren't like each other.
    let is_sure = |i: usize| {
        let pairs = || like[i].iter().flat_map(|&a| like[i].iter().map(move |&b| (a, b)));
        pairs().all(|(a, b)| a == b || like[a].contains(&b))
    };
    let mut group: Vec<usize> = (0..all.len()).collect();
    for (b, like) in like.iter().enumerate().filter(|(b, _)| is_sure(*b)) {
        for &a in like.iter().filter(|&&a| is_sure(a)) {
            let (low, high) = (group[a].min(group[b]), group[a].max(group[b]));
            group.iter_mut().filter(|of| **of == high).for_each(|of| *of = low);
        }
    }
    group
}

fn alike(a: &str, b: &str) -> Option<Alike> {
    let (one, other): (Vec<&str>, Vec<&str>) = (words(a), words(b));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    // "Port authority" and "joint port authority".
    if short.len() > 1 && long.ends_with(short) {
        return Some(Alike::Surely);
    }
    let (one, other) = (telling(a), telling(b));
    let is_proposed = |words: &[&str]| words.last().is_some_and(|last| is_general(last));
    let is_near = !short.is_empty() && long.ends_with(short)
        || (is_proposed(short) || is_proposed(long)) && (one.is_subset(&other) || other.is_subset(&one));
    is_near.then_some(Alike::Near)
}

fn words(key: &str) -> Vec<&str> {
    key.split(' ').filter(|word| !word.is_empty()).collect()
}

/// The words that say what it is.
fn telling(key: &str) -> BTreeSet<&str> {
    words(key).into_iter().filter(|word| !is_general(word)).collect()
}

fn is_general(word: &str) -> bool {
    GENERAL.split_ascii_whitespace().any(|general| general == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_by_their_words_where_articles_are_of_one_story() {
        for (a, b, is_near, is_far) in [
            ("joint port authority", "port authority", true, true),
            ("joint port authority", "authority", true, false),
            ("port plan", "joint port authority", true, false),
            ("two year pay offer", "pay deal", true, false),
            ("pension reform", "pension law", true, false),
            ("proposal", "port plan", true, false),
            ("steel tariff", "car tariff", false, false),
            ("vaccine rule", "jab mandate", false, false),
            ("pay offer", "pension offer", false, false),
            ("tariff", "steel tariff", true, false),
        ] {
            let is_one = |near| groups(&[a, b], |_, _| near)[1] == 0;
            assert_eq!((is_one(true), is_one(false)), (is_near, is_far), "{a}, {b}");
        }
        let plans = ["peace plan", "norvale peace plan", "kestria peace plan"];
        assert_eq!(groups(&plans, |_, _| true), vec![0, 1, 2]);
        // Of two plans "the plan" is neither.
        assert_eq!(groups(&["port plan", "school plan", "plan"], |_, _| true), vec![0, 1, 2]);
    }
}
