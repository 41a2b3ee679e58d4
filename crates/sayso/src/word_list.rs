//! Is a word in a list?
//!
//! Lists are constants with white space between the words, as they read best; long ones are looked up in a table that
//! each thread makes of a list when it first asks.

use std::cell::RefCell;
use std::collections::HashMap;

/// Bytes up to which a list is looked through, which is quicker there.
const SHORT: usize = 48;

thread_local! {
    /// By the list's place in memory: the place of each word, from 0.
    static TABLES: RefCell<HashMap<*const u8, HashMap<&'static str, usize>>> = RefCell::default();
}

/// Whether `word` is in a list.
pub(crate) fn is_in(list: &'static str, word: &str) -> bool {
    place(list, word).is_some()
}

/// The place of `word` in a list, from 0; its first, where it is there twice.
pub(crate) fn place(list: &'static str, word: &str) -> Option<usize> {
    if word.is_empty() || word.len() > list.len() {
        return None;
    }
    if list.len() <= SHORT {
        return list.split_ascii_whitespace().position(|entry| entry == word);
    }
    TABLES.with_borrow_mut(|tables| {
        let table = tables.entry(list.as_ptr()).or_insert_with(|| {
            let words: Vec<&str> = list.split_ascii_whitespace().collect();
            words.into_iter().enumerate().rev().map(|(n, word)| (word, n)).collect()
        });
        table.get(word).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_its_first_place() {
        const LONG: &str = "one two three four five six seven eight nine ten eleven twelve two";
        for (word, expected) in
            [("one", Some(0)), ("two", Some(1)), ("twelve", Some(11)), ("tw", None), ("", None)]
        {
            assert_eq!((place(LONG, word), is_in(LONG, word)), (expected, expected.is_some()), "{word}");
        }
        assert_eq!((place("a\n b", "b"), place("a b", "c")), (Some(1), None));
    }
}
