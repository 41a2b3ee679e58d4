//! Where a sentence is a passage word for word but for one place, does that place turn it?
//!
//! The words are aligned by their longest common subsequence; a place is where words stand between aligned ones on one
//! side or both. Where nearly all else is the same, a lone "not", "will" for "may", another weekday or another word in a name is no paraphrase.

use std::ops::Range;

use super::Code;
use super::found::{Case, Found};
use super::negated::is_denied;
use super::origin::{Statements, origins};
use super::polarity::{DENIALS, HEDGES, negates};
use super::text::{Text, Word};
use crate::word_list::is_in;

/// The least share of a sentence's words that the passage has in the same order.
const SAME: f64 = 0.8;
/// The same of a statement's words, whose speaker and verb stand elsewhere.
const SAID: f64 = 0.6;
/// Aligned words that must stand right before and behind a place, together.
const BESIDE: usize = 3;
/// Words of a place on one side at most.
const SHORT: usize = 2;
/// Words of a sentence that are aligned at most, so that hostile ones cost little.
const LONGEST: usize = 200;
/// What a hedge becomes where it is lost.
const SURE: &str = "will is are was were has have had would";
const MODALS: &str = "may might could can possibly perhaps probably";
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// A place where the brief has other words than the passage.
struct Place {
    brief: Range<usize>,
    source: Range<usize>,
}

/// Turning words at places of sentences that are their passages word for word, and of statements that are.
pub(crate) fn check(case: &Case<'_>, statements: &Statements<'_>) -> Vec<Found> {
    let sentences = case.brief.body().filter_map(|s| {
        let passage = case.best(s).filter(|p| p.share >= SAME)?;
        let there = passage.words(&case.sources[passage.article]);
        Some((case.brief.of_sentence[s].clone(), passage.article, there, SAME))
    });
    let said = statements.own.iter().filter_map(|speech| {
        let words = speech.words(case.brief);
        let origins = origins(case, &words, statements);
        let best = origins.first().filter(|origin| origin.share >= SAID)?;
        let there = best.speech.words(&case.sources[best.article]);
        Some((unbroken(&words)?, best.article, unbroken(&there)?, SAID))
    });
    let mut found: Vec<Found> = Vec::new();
    for (words, article, there, least) in sentences.chain(said) {
        if words.len() > LONGEST || there.len() > LONGEST {
            continue;
        }
        let all = places(case.brief, &words, &case.sources[article], &there, least);
        // With so much else around a statement's words a negation may have its other half there.
        let fits = |one: &Found| least >= SAME || one.code == Code::HedgeDropped;
        found.extend(all.iter().find_map(|place| turned(case, article, place).filter(fits)));
    }
    found
}

/// Places of words that follow one another, as a range.
fn unbroken(words: &[usize]) -> Option<Range<usize>> {
    let (&first, &last) = (words.first()?, words.last()?);
    (last - first + 1 == words.len()).then_some(first..last + 1)
}

/// What a place changes.
fn turned(case: &Case<'_>, article: usize, place: &Place) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[article]);
    let words = brief.of_sentence[brief.sentence_at(brief.words[place.brief.start].span.start)].clone();
    let (ours, theirs) = (&brief.words[place.brief.clone()], &source.words[place.source.clone()]);
    let denied = |all: &[Word]| all.iter().filter(|w| negates(&w.lower)).count();
    let sentence =
        source.of_sentence[source.sentence_at(source.words[place.source.start].span.start)].clone();
    let (code, what) = if denied(ours) != denied(theirs)
        && ours.iter().chain(theirs).all(|w| negates(&w.lower) || is_in("do does did", &w.lower))
        // It may only have moved.
        && denied(&brief.words[words.clone()]) != denied(&source.words[sentence.clone()])
        // "Denied that he had": "said that he had not".
        && !source.words[sentence].iter().any(|w| is_in(DENIALS, &w.stem))
        // "Called it false that he had".
        && !if denied(ours) > denied(theirs) {
            is_denied(source, place.source.start - 1)
        } else {
            is_denied(brief, place.brief.start - 1)
        } {
        let what = if denied(ours) > denied(theirs) { "without that negation" } else { "with a negation" };
        (Code::NegationFlipped, format!("the source has it {what}"))
    } else if loses_hedge(&brief.words[words], source, ours, theirs) {
        (Code::HedgeDropped, "the source is less sure".to_owned())
    } else if let ([ours], [theirs]) = (ours, theirs)
        && is_in(WEEKDAYS, &ours.lower)
        && is_in(WEEKDAYS, &theirs.lower)
    {
        (Code::DateChanged, format!("the source says {}", source.say(theirs.span)))
    } else if let ([ours], [theirs]) = (ours, theirs)
        && ours.is_firm
        && theirs.is_firm
        && is_name(brief, place.brief.start)
        && is_name(source, place.source.start)
        && !case.sources.iter().any(|source| source.words.iter().any(|w| w.stem == ours.stem))
    {
        (Code::NameOrTitleChanged, format!("the source has {}", source.say(theirs.span)))
    } else {
        return None;
    };
    // With a word on each side, so that there is something to show and to replace where a word came in or fell off.
    let wide = |text: &Text, range: &Range<usize>| {
        let is_word = matches!(code, Code::DateChanged | Code::NameOrTitleChanged);
        let one = usize::from(!is_word);
        text.words[range.start - one].span.cover(text.words[range.end - 1 + one].span)
    };
    let (span, right) = (wide(brief, &place.brief), wide(source, &place.source));
    let shown = source.doc.sentences[source.sentence_at(right.start)].span;
    let right = source.say(right);
    Some(Found::new(code, span, what).better(right).fixed_by(right).shown_by(article, shown))
}

/// "Will" for "may", and "is holding" for "is reported to be holding", in a sentence that is unsure nowhere else.
fn loses_hedge(sentence: &[Word], source: &Text, ours: &[Word], theirs: &[Word]) -> bool {
    let says = |word: &Word| is_in(SURE, &word.lower);
    match theirs {
        [modal] if is_in(MODALS, &modal.lower) && source.say(modal.span) != "May" => {
            ours.iter().all(|w| says(w) && (w.lower != "would" || modal.lower != "can"))
                && !sentence.iter().any(|w| is_in(HEDGES, &w.lower))
        }
        _ => ours.is_empty() && is_unsure(theirs) && !sentence.iter().any(|w| is_unsure_word(&w.lower)),
    }
}

/// "Is reported to be holding": what comes in behind the verb.
fn is_unsure(words: &[Word]) -> bool {
    matches!(words, [first, to, be] if is_unsure_word(&first.lower) && to.lower == "to" && is_in("be have", &be.lower))
}

fn is_unsure_word(lower: &str) -> bool {
    is_in(
        "reported said believed thought alleged understood rumoured rumored reportedly allegedly apparently",
        lower,
    )
}

/// A word with a capital beside another such: part of a name.
fn is_name(text: &Text, i: usize) -> bool {
    let capital = |j: usize| text.say(text.words[j].span).starts_with(char::is_uppercase);
    let beside = |a: usize, b: usize| &text.doc.text[text.words[a].span.end..text.words[b].span.start] == " ";
    let before = i > 0 && capital(i - 1) && beside(i - 1, i);
    capital(i) && (before || i + 1 < text.words.len() && capital(i + 1) && beside(i, i + 1))
}

/// The places between aligned words, of a sentence that the passage nearly has.
fn places(brief: &Text, words: &Range<usize>, source: &Text, there: &Range<usize>, least: f64) -> Vec<Place> {
    let pairs = aligned(&brief.words[words.clone()], &source.words[there.clone()]);
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let share = pairs.len() as f64 / words.len().max(1) as f64;
    if share < least {
        return Vec::new();
    }
    // How many pairs in a row end, or begin, at one.
    let joined = |a: (usize, usize), b: (usize, usize)| b.0 == a.0 + 1 && b.1 == a.1 + 1;
    let run = |mut from: usize, step: isize| {
        let mut n = 1;
        while let Some(next) = from.checked_add_signed(step).filter(|next| *next < pairs.len()) {
            let (a, b) = if step > 0 { (from, next) } else { (next, from) };
            if !joined(pairs[a], pairs[b]) {
                break;
            }
            (from, n) = (next, n + 1);
        }
        n
    };
    let mut all = Vec::new();
    for i in 1..pairs.len() {
        let (a, b) = (pairs[i - 1], pairs[i]);
        let place = Place {
            brief: words.start + a.0 + 1..words.start + b.0,
            source: there.start + a.1 + 1..there.start + b.1,
        };
        let is_phrase = place.brief.is_empty() && is_unsure(&source.words[place.source.clone()]);
        let is_short =
            place.brief.len() <= SHORT && (place.source.len() <= SHORT || is_phrase) && !joined(a, b);
        let same_sentence = source.sentence_at(source.words[there.start + a.1].span.start)
            == source.sentence_at(source.words[there.start + b.1].span.start);
        if is_short && same_sentence && run(i - 1, -1) + run(i, 1) >= BESIDE {
            all.push(place);
        }
    }
    all
}

/// Pairs of equal words in the same order, as many as there can be; of several such choices the one whose pairs stand
/// latest.
fn aligned(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut most = vec![0u16; (a.len() + 1) * width];
    for i in 0..a.len() {
        for j in 0..b.len() {
            most[(i + 1) * width + j + 1] = if a[i].lower == b[j].lower {
                most[i * width + j] + 1
            } else {
                most[i * width + j + 1].max(most[(i + 1) * width + j])
            };
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut pairs = Vec::new();
    while i > 0 && j > 0 {
        if a[i - 1].lower == b[j - 1].lower {
            pairs.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if most[(i - 1) * width + j] >= most[i * width + j - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}
