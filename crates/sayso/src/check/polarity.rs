//! Did a "not" or a "may" come in or go missing?

use std::ops::Range;

use sayso_text::Span;

use super::Code;
use super::align::{Passage, matched};
use super::found::{Case, Found};
use super::text::Text;
use crate::word_list::is_in;

/// Words that deny what follows.
const NEGATORS: &str = "not n't never no cannot without neither nor none nobody hardly barely can't won't don't \
doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't";
/// Stems of words that deny in other ways, so that a missing "not" may be told by them.
const DENYING: &str = "deni fail refus declin reject lack unabl stop against avoid prevent rule oppos imposs unlik \
doubt dismiss disput false absenc neither few little instead rather less reluct unwil ban bar block exclud disagre \
unclear unknown unsaid hard onli until";
/// Words that lower certainty.
const HEDGES: &str = "may might could possibly perhaps probably likely unlikely apparently reportedly allegedly \
seemingly purportedly supposedly potentially presumably appears appear appeared seems seem seemed believed thought \
suspected alleged tentatively expected possible risk risks";
/// Stems of words that lower certainty in other ways.
const UNSURE: &str = "suggest believ think thought suspect fear worri concern risk if whether hope expect consid plan \
propos possibl possibili potenti alleg seem appear like perhap probabl presum purport suppos can chanc doubt impress unlik \
might may could maybe";
/// Words of saying, which other words can announce as well.
const SAID: &str = "quoted said told reported described called advised";
/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.5;
/// Words between a negator or a hedge and what it is of.
const REACH: usize = 3;
/// Content words around a pair of which some must be paired too.
const AROUND: usize = 4;
const PAIRED: usize = 1;

/// A word of the brief with its word in the source.
#[derive(Clone, Copy)]
struct Pair {
    brief: usize,
    source: usize,
}

/// Negations and hedges that differ at words that brief and source share.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for s in case.brief.body() {
        let Some(passage) = case.best(s).filter(|p| p.share >= ALIGNED) else { continue };
        let words = case.brief.of_sentence[s].clone();
        let source = &case.sources[passage.article];
        let pairs: Vec<Pair> = matched(case.brief, words.clone(), source, passage)
            .into_iter()
            .map(|(brief, source)| Pair { brief, source })
            .collect();
        let ours: Vec<Pair> = pairs
            .iter()
            .copied()
            .filter(|p| !case.brief.words[p.brief].is_function && firm(case.brief, source, *p, &pairs))
            .collect();
        if !case.brief.say(case.brief.doc.sentences[s].span).contains('[') {
            found.extend(negation(case, passage, &words, &ours).or_else(|| opposite(case, passage, &words)));
        }
        found.extend(hedge(case, passage, &words, &ours));
    }
    found
}

/// Some of the content words around it are paired within the same stretch of the source.
fn firm(brief: &Text, source: &Text, pair: Pair, pairs: &[Pair]) -> bool {
    let close = |other: &&Pair| {
        other.brief != pair.brief
            && !brief.words[other.brief].is_function
            && other.brief.abs_diff(pair.brief) <= 2 * AROUND
            && other.source.abs_diff(pair.source) <= 2 * AROUND
            && source.sentence_at(source.words[other.source].span.start)
                == source.sentence_at(source.words[pair.source].span.start)
    };
    pairs.iter().filter(close).count() >= PAIRED
}

/// How many other pairs stand near one on both sides.
fn pairs_near(brief: &Text, source: &Text, pair: Pair, ours: &[Pair]) -> usize {
    let near = |other: &&Pair| {
        other.brief != pair.brief
            && other.brief.abs_diff(pair.brief) <= 2 * AROUND
            && other.source.abs_diff(pair.source) <= 2 * AROUND
            && brief.words[other.brief].stem != brief.words[pair.brief].stem
            && source.sentence_at(source.words[other.source].span.start)
                == source.sentence_at(source.words[pair.source].span.start)
    };
    ours.iter().filter(near).count()
}

/// The place of a word of a list at most `REACH` words before `i`, with no mark between that parts clauses.
fn before(text: &Text, i: usize, is: impl Fn(&str) -> bool) -> Option<usize> {
    let sentence = text.of_sentence[text.sentence_at(text.words[i].span.start)].start;
    let from = i.saturating_sub(REACH).max(sentence);
    let light = |w: &super::text::Word| w.is_function || w.lower.ends_with("ly");
    let stop = (from..i).rev().find(|&j| is(&text.words[j].lower) || !light(&text.words[j]));
    stop.filter(|&j| is(&text.words[j].lower)).filter(|&j| {
        let between = &text.doc.text[text.words[j].span.end..text.words[i].span.start];
        !between.contains([';', ':', '"', '“', '”', '(', ')']) && !between.contains(", ")
    })
}

fn holds(text: &Text, words: Range<usize>, is: impl Fn(&str, &str) -> bool) -> bool {
    text.words[words].iter().any(|w| is(&w.lower, &w.stem))
}

fn negates(lower: &str) -> bool {
    is_in(NEGATORS, lower) || lower.ends_with("n't")
}

fn denies(lower: &str, stem: &str) -> bool {
    negates(lower) || is_in(DENYING, stem) || (lower.starts_with("un") && lower.len() > 5)
}

/// How many negators stand in the sentences of these words.
fn count(text: &Text, words: Range<usize>) -> usize {
    text.words[words].iter().filter(|w| negates(&w.lower)).count()
}

fn sentence_words(text: &Text, i: usize) -> Range<usize> {
    text.of_sentence[text.sentence_at(text.words[i].span.start)].clone()
}

/// Words around `i` in its sentence.
fn window(text: &Text, i: usize, n: usize) -> Range<usize> {
    let sentence = sentence_words(text, i);
    i.saturating_sub(n).max(sentence.start)..(i + n + 1).min(sentence.end)
}

fn negation(case: &Case<'_>, passage: &Passage, words: &Range<usize>, ours: &[Pair]) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let is_negated = |text: &Text, i: usize| before(text, i, negates);
    for pair in ours {
        let (here, there) = (is_negated(brief, pair.brief), is_negated(source, pair.source));
        if here.is_some() == there.is_some() || brief.words[pair.brief].is_firm {
            continue;
        }
        let their_words = sentence_words(source, pair.source);
        let is_lone = if here.is_some() {
            !holds(source, window(source, pair.source, 4), denies)
        } else {
            !holds(brief, window(brief, pair.brief, 4), denies)
        };
        let n_near = pairs_near(brief, source, *pair, ours);
        if here.is_some() && n_near < 2 {
            continue;
        }
        if !is_lone || count(brief, words.clone()) == count(source, their_words) {
            continue;
        }
        let from = here.unwrap_or_else(|| auxiliaries(brief, pair.brief));
        let span = brief.words[from].span.cover(brief.words[pair.brief].span);
        let their = there.unwrap_or_else(|| auxiliaries(source, pair.source));
        let right = Span::new(source.words[their].span.start, source.words[pair.source].span.end);
        let message = if here.is_some() {
            format!("the source doesn't deny it: {}", source.say(right))
        } else {
            format!("the source denies it: {}", source.say(right))
        };
        let found = Found::new(Code::NegationFlipped, span, message);
        return Some(put_right(found, passage, source, *pair, right));
    }
    None
}

/// Words that say the opposite of each other, by stem.
const OPPOSITES: [(&str, &str); 12] = [
    ("easier", "harder difficult"),
    ("confirm", "deni"),
    ("accept", "reject refus"),
    ("rose rise increas grew climb gain", "fell fall decreas drop declin lost shrank"),
    ("support back favor favour", "oppos"),
    ("agre", "disagre"),
    ("abl", "unabl"),
    ("legal", "illeg"),
    ("allow permit", "ban bar forbid prohibit"),
    ("abov", "below"),
    ("guilti", "innoc"),
    ("win won", "lose lost"),
];

/// A word of the brief where the passage has its opposite, at the same words.
fn opposite(case: &Case<'_>, passage: &Passage, words: &Range<usize>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let there = source.of_sentence[passage.first].start..source.of_sentence[passage.last].end;
    let has = |text: &Text, words: Range<usize>, stem: &str| text.words[words].iter().any(|w| w.stem == stem);
    for i in words.clone() {
        let word = &brief.words[i];
        let sides = OPPOSITES.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        for (_, theirs) in sides.filter(|(ours, _)| is_in(ours, &word.stem)) {
            if has(source, there.clone(), &word.stem) {
                continue;
            }
            let other = there.clone().find(|&j| {
                let stem = &source.words[j].stem;
                is_in(theirs, stem) && !has(brief, words.clone(), stem) && {
                    let beside = brief.words[window(brief, i, AROUND)].iter().filter(|w| !w.is_function);
                    beside.filter(|w| has(source, window(source, j, AROUND), &w.stem)).count() > 1
                }
            });
            let Some(j) = other else { continue };
            // Twice the opposite is the same.
            if before(brief, i, negates).is_some() != before(source, j, negates).is_some() {
                continue;
            }
            let right = source.say(source.words[j].span);
            let message = format!("the source says the opposite: {right}");
            let found = Found::new(Code::NegationFlipped, word.span, message).better(right);
            return Some(found.shown_by(passage.article, sentence_of(source, j)));
        }
    }
    None
}

fn hedge(case: &Case<'_>, passage: &Passage, words: &Range<usize>, ours: &[Pair]) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let hedges = |lower: &str| is_in(HEDGES, lower);
    let unsure = |lower: &str, stem: &str| is_in(HEDGES, lower) || is_in(UNSURE, stem);
    for pair in ours {
        let Some(there) = before(source, pair.source, hedges) else { continue };
        let near = pair.brief.saturating_sub(7).max(words.start)..(pair.brief + 4).min(words.end);
        let denied = source.words[there + 1..pair.source].iter().any(|w| negates(&w.lower));
        let is_said = is_in(SAID, &brief.words[pair.brief].lower);
        if denied || is_said || holds(brief, near, unsure) {
            continue;
        }
        let from = auxiliaries(brief, pair.brief);
        let span = brief.words[from].span.cover(brief.words[pair.brief].span);
        let right = Span::new(source.words[there].span.start, source.words[pair.source].span.end);
        let message = format!("the source is less sure: {}", source.say(right));
        let found = Found::new(Code::HedgeDropped, span, message);
        return Some(put_right(found, passage, source, *pair, right));
    }
    None
}

/// The finding with the source's words, which it is mended by.
fn put_right(found: Found, passage: &Passage, source: &Text, pair: Pair, right: Span) -> Found {
    let right = source.say(right);
    found.shown_by(passage.article, sentence_of(source, pair.source)).better(right).fixed_by(right)
}

/// The first of the auxiliaries right before a word.
fn auxiliaries(text: &Text, i: usize) -> usize {
    const AUXILIARIES: &str = "is are was were be been being has have had will would shall should can could may might \
must do does did to not n't";
    let start = sentence_words(text, i).start;
    let mut from = i;
    while from > start && i - from < 4 && is_in(AUXILIARIES, &text.words[from - 1].lower) {
        from -= 1;
    }
    from
}

fn sentence_of(text: &Text, i: usize) -> Span {
    text.doc.sentences[text.sentence_at(text.words[i].span.start)].span
}
