//! Does a time expression look back or ahead?
//!
//! The nearest verb before it in the clause tells, or else the first behind it. A list of words, not a parser.

use std::ops::Range;

use super::words::{Words, is_in};

/// Which way words without a year count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// It belongs to something that has been said.
    Past,
    /// A verb in the past stands near. A date that would lie most of a year back is still one to come,
    /// since writers add the year to days as old as that.
    SeemsPast,
    Future,
    /// No verb is near: the closest day is meant, and of weekdays the last.
    Unknown,
}

/// Words looked at, on either side.
const REACH: usize = 14;

const MODALS: &str = "will ll shall would could might must should cannot can upcoming coming ahead scheduled \
     expected planned slated due set planning plans expects";
/// Behind these "to" leads to what is still to be done.
const INTENDS: &str = "is are be set due agree agrees agreed aim aims allow ask asked begin expect expected expects \
     going has have hope hopes hoped intend intends invited likely need needs offered ordered plan planned planning \
     plans pledged pledges promise promised promises ready scheduled threatened told unlikely urged vowed vows want \
     wanted wants";
const PRESENT: &str = "is are begin begins end ends start starts open opens close closes leave leaves take takes meet \
     meets vote votes expire expires resume resumes run runs return returns arrive arrives face faces";
/// Verbs whose "by March" is a time by which something is to be done.
const ORDERS: &str = "agreed asked called demanded demands expected offered offers ordered orders planned pledged \
     promised proposed seeking sought urged vowed wanted wants demanding requires required";
const DEADLINES: &str = "by before until till";
const PAST: &str = "was were had did been became began broke brought bought built came caught chose cut died drew fell \
     felt fought found fled flew gave got grew held hit kept knew led left lost made met paid put quit ran rose said sat \
     saw sent shot showed sold spent spoke stood struck stuck swept took taught thought threw told went withdrew won wore \
     wrote";
/// They end in "-ed" and are no verbs.
const NO_VERBS: &str = "hundred need needed united armed alleged proposed red indeed speed";

/// The tense around the expression that begins at token `i`.
pub(super) fn around(words: &Words<'_>, i: usize) -> Tense {
    let deadline = is_in(DEADLINES, words.word(i));
    let clause = |range: Range<usize>| range.take_while(|&k| !ends_clause(words.word(k))).collect::<Vec<_>>();
    let behind = |k: &usize| told(words, *k, deadline);
    let from = i.saturating_sub(REACH);
    let before =
        (from..i).rev().take_while(|&k| !ends_clause(words.word(k))).find_map(|k| told(words, k, deadline));
    before
        .or_else(|| clause(i..(i + REACH).min(words.tokens.len())).iter().find_map(behind))
        .unwrap_or(Tense::Unknown)
}

fn ends_clause(word: &str) -> bool {
    matches!(word, ";" | "—" | "–" | "“" | "”" | "\"")
}

/// What one word tells.
fn told(words: &Words<'_>, k: usize, deadline: bool) -> Option<Tense> {
    let word = words.word(k);
    if words.raw(k).starts_with(char::is_uppercase) && k > 0 {
        return None;
    }
    if is_in(MODALS, word) || word == "to" && k > 0 && is_in(INTENDS, words.word(k - 1)) {
        return Some(Tense::Future);
    }
    if deadline && is_in(ORDERS, word) {
        return Some(Tense::Future);
    }
    let is_infinitive = words.before(k) == "to";
    if is_in(PRESENT, word) && !is_infinitive && !is_in("a an the his her its their this", words.before(k)) {
        return Some(Tense::Future);
    }
    let is_past = is_in(PAST, word) || word.len() > 4 && word.ends_with("ed") && !is_in(NO_VERBS, word);
    (is_past && !is_infinitive).then_some(Tense::SeemsPast)
}
