//! Did a "not" or a "may" come in or go missing?

use std::ops::Range;

use sayso_text::Span;

use super::Code;
use super::align::{Passage, matched};
use super::found::{Case, Found};
use super::mend;
use super::negated::{self, is_denied};
use super::text::{Text, Word};
use crate::word_list::is_in;

/// Words that deny what follows.
pub(crate) const NEGATORS: &str = "not n't never no cannot without neither nor none nobody hardly barely can't won't don't \
doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't wouldn't shouldn't couldn't mustn't";
/// Stems of words that deny in other ways, so that a missing "not" may be told by them.
const DENYING: &str = "deni fail refus declin reject lack unabl stop against avoid prevent rule oppos imposs unlik \
doubt dismiss disput false absenc neither few little instead rather less reluct unwil yet too ban bar block exclud disagre noth silent silenc abandon scrap wrong contrari \
unclear unknown unsaid hard onli until";
/// Stems of words that deny all that follows them in a sentence.
pub(super) const DENIALS: &str = "deni deny refus reject dismiss disput doubt contradict rebuff untru";
/// Words that lower certainty.
pub(crate) const HEDGES: &str = "may might could possibly perhaps probably likely unlikely apparently reportedly allegedly \
seemingly purportedly supposedly potentially presumably appears appear appeared seems seem seemed alleged tentatively possible risk risks";
/// Words before "thought" that tell of what was thought before.
const EARLIER: &str = "previously than earlier once originally had has have he she they we";
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
/// Words before it in which the other side may deny it ("rather than by the company").
const BEFORE: usize = 5;
/// Words behind it in which the other side may deny it.
const AFTER: usize = 2;
/// Content words of a brief's sentence that another sentence has, which denies the same.
const SHARED: usize = 2;
/// Content words around a pair of which some must be paired too.
const AROUND: usize = 4;
const PAIRED: usize = 1;

/// A word of the brief with its word in the source.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) brief: usize,
    pub(super) source: usize,
}

/// Negations and hedges that differ at words that brief and source share.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for s in case.brief.body() {
        let words = case.brief.of_sentence[s].clone();
        found.extend(negated::ended(case, &words));
        let Some(passage) = case.best(s).filter(|p| p.share >= ALIGNED) else { continue };
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
            let flipped = negated::check(case, passage, &words)
                .or_else(|| negated::denial(case, passage, &words))
                .or_else(|| negation(case, passage, &words, &ours));
            found.extend(flipped.or_else(|| opposite(case, passage, &words)));
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
fn before(text: &Text, i: usize, is: impl Fn(&Text, usize) -> bool) -> Option<usize> {
    let sentence = text.of_sentence[text.sentence_at(text.words[i].span.start)].start;
    let from = i.saturating_sub(REACH).max(sentence);
    // "Might consider keeping".
    let light = |w: &Word| w.is_function || w.lower.ends_with("ly") || w.stem == "consid";
    let stop = (from..i).rev().find(|&j| is(text, j) || !light(&text.words[j]));
    stop.filter(|&j| is(text, j)).filter(|&j| {
        let between = &text.doc.text[text.words[j].span.end..text.words[i].span.start];
        // "Is not “smart as hell”".
        let between = between.strip_prefix(" “").or_else(|| between.strip_prefix(" \"")).unwrap_or(between);
        !between.contains([';', ':', '"', '“', '”', '(', ')']) && !between.contains(", ")
    })
}

fn holds(text: &Text, mut words: Range<usize>, is: impl Fn(&str, &str) -> bool) -> bool {
    words.any(|i| !is_month_or_name(text, i) && is(&text.words[i].lower, &text.words[i].stem))
}

/// "May" as the month, or of Theresa May.
fn is_month_or_name(text: &Text, i: usize) -> bool {
    text.say(text.words[i].span) == "May"
}

pub(super) fn negates(lower: &str) -> bool {
    is_in(NEGATORS, lower) || lower.ends_with("n't")
}

pub(super) fn denies(lower: &str, stem: &str) -> bool {
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
    let is_negated = |text: &Text, i: usize| before(text, i, |text, j| negates(&text.words[j].lower));
    for pair in ours {
        let (here, there) = (is_negated(brief, pair.brief), is_negated(source, pair.source));
        if here.is_some() == there.is_some() || brief.words[pair.brief].is_firm {
            continue;
        }
        let their_words = sentence_words(source, pair.source);
        // The other side may deny it in another way.
        let (other, at) = if here.is_some() { (source, pair.source) } else { (brief, pair.brief) };
        let (negated, negated_at) = if here.is_some() { (brief, pair.brief) } else { (source, pair.source) };
        let window = window(other, at, AFTER);
        let is_lone = !holds(
            other,
            window.start.min(at.saturating_sub(BEFORE)).max(sentence_words(other, at).start)..at,
            denies,
        ) && !holds(other, at + 1..window.end, denies)
            // "Denied that it had bid and did respond": both deny the bid.
            && (!is_denied(other, at)
                || holds(negated, sentence_words(negated, negated_at).start..negated_at, |_, stem| is_in(DENIALS, stem)));
        // The source denies it elsewhere, in a sentence on the same; "no minister" may sum up what stands far apart.
        let shared = if here.is_some_and(|i| brief.words[i].lower == "no") { 0 } else { SHARED };
        let elsewhere = |source: &Text| {
            let stem = &brief.words[pair.brief].stem;
            let same = (0..source.words.len()).filter(|&j| source.words[j].stem == *stem);
            same.into_iter().any(|j| {
                let theirs = &source.words[sentence_words(source, j)];
                let ours = brief.words[words.clone()].iter().filter(|w| !w.is_function && w.stem != *stem);
                is_negated(source, j).is_some()
                    && ours.filter(|w| theirs.iter().any(|their| their.stem == w.stem)).count() >= shared
            })
        };
        if here.is_some() && case.sources.iter().any(elsewhere) {
            continue;
        }
        // "Neither figure could be checked" denies none of the figures.
        if here.is_some_and(|i| brief.words[i].lower == "neither") {
            continue;
        }
        // "It does not meet until 3 November": the next meeting is then.
        let until = (pair.source..their_words.end.min(pair.source + REACH + 1))
            .find(|&j| source.words[j].lower == "until")
            .and_then(|j| source.words[j..their_words.end].iter().find(|word| !word.is_function));
        if there.is_some()
            && until.is_some_and(|then| brief.words[words.clone()].iter().any(|word| word.stem == then.stem))
        {
            continue;
        }
        // "No race has matched" it for "the highest for a race".
        let is_most =
            |w: &Word| w.lower.len() > 4 && w.lower.ends_with("est") || is_in("most least", &w.lower);
        if here.is_some_and(|i| brief.words[i].lower == "no")
            && source.words[their_words.clone()].iter().any(is_most)
        {
            continue;
        }
        let n_near = pairs_near(brief, source, *pair, ours);
        if here.is_some() && n_near < 2 {
            continue;
        }
        if !is_lone || count(brief, words.clone()) == count(source, their_words) {
            continue;
        }
        let from = here.unwrap_or_else(|| verb(brief, pair.brief));
        let span = brief.words[from].span.cover(brief.words[pair.brief].span);
        let their = auxiliaries(source, there.unwrap_or(pair.source));
        let right = Span::new(source.words[their].span.start, source.words[pair.source].span.end);
        let what = if here.is_some() { "without that negation" } else { "with a negation" };
        let message = format!("the source has it {what}: {}", source.say(wider(source, right)));
        let found = Found::new(Code::NegationFlipped, span, message);
        return Some(put_right(found, case, passage, *pair, right));
    }
    None
}

/// Words that say the opposite of each other, by stem.
const OPPOSITES: [(&str, &str); 32] = [
    ("easier", "harder difficult"),
    ("confirm accept acknowledg admit conced", "deni disput reject refus"),
    ("approv pass adopt endors ratifi grant", "deni reject refus declin veto block"),
    ("rose rise risen increas grew grow climb gain", "fell fall fallen decreas drop declin lost shrank"),
    ("support back favor favour", "oppos"),
    ("favor favour", "against"),
    ("agre", "disagre"),
    ("abl", "unabl"),
    ("legal", "illeg"),
    ("allow permit", "ban bar forbid forbidden prohibit"),
    ("abov", "below"),
    ("guilti convict", "innoc acquit"),
    ("win won", "lose lost"),
    ("upheld uphold affirm", "overturn overrul quash revers annul"),
    ("extend renew prolong", "expir shorten curtail"),
    ("resum restart continu", "suspend halt paus interrupt"),
    ("retain keep kept", "scrap abandon"),
    ("rais", "cut reduc"),
    ("strengthen", "weaken"),
    ("improv", "worsen deterior"),
    ("succeed success", "fail failur unsuccess"),
    ("includ", "exclud"),
    ("prais welcom applaud", "condemn criticis critic denounc"),
    ("impos", "lift"),
    ("hire appoint", "sack dismiss"),
    ("awar", "unawar"),
    ("known", "unknown"),
    ("safe", "unsaf"),
    ("possibl", "imposs"),
    ("optimist", "pessimist"),
    ("adequ suffici enough", "inadequ insuffici"),
    ("voluntari", "compulsori mandatori"),
];

/// A word of the brief where the passage has its opposite, at the same words.
fn opposite(case: &Case<'_>, passage: &Passage, words: &Range<usize>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let there = passage.words(source);
    let has = |text: &Text, words: Range<usize>, stem: &str| text.words[words].iter().any(|w| w.stem == stem);
    for i in words.clone() {
        let word = &brief.words[i];
        let sides = OPPOSITES.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
        for (ours, theirs) in sides.filter(|(ours, _)| is_in(ours, &word.stem)) {
            if source.words[there.clone()].iter().any(|w| is_in(ours, &w.stem)) {
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
            let denied = |text: &Text, j: usize| denies(&text.words[j].lower, &text.words[j].stem);
            let negated = |text: &Text, i: usize| before(text, i, denied).is_some();
            if negated(brief, i) != negated(source, j) {
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
    // "Is expected to", not "the 240 that analysts had expected".
    let hedges = |text: &Text, j: usize| {
        let next = text.words.get(j + 1).map(|w| w.lower.as_str());
        let word = &text.words[j];
        !is_month_or_name(text, j) && is_in(HEDGES, &word.lower)
            || word.lower == "expected" && next == Some("to")
            // Not "than previously thought".
            || is_in("believed thought suspected", &word.lower)
                && j.checked_sub(1).is_none_or(|i| !is_in(EARLIER, &text.words[i].lower))
    };
    let unsure = |lower: &str, stem: &str| is_in(HEDGES, lower) || is_in(UNSURE, stem);
    for pair in ours {
        let Some(there) = before(source, pair.source, hedges) else { continue };
        // "Cost: …" is a label.
        if case.brief.doc.text[case.brief.words[pair.brief].span.end..]
            .trim_start_matches('*')
            .starts_with(':')
        {
            continue;
        }
        let near = pair.brief.saturating_sub(7).max(words.start)..(pair.brief + 4).min(words.end);
        let on_condition = holds(brief, near.end..(near.end + 4).min(words.end), |lower, _| lower == "if");
        let denied = source.words[there + 1..pair.source].iter().any(|w| negates(&w.lower));
        let is_said = is_in(SAID, &brief.words[pair.brief].lower);
        // "An eruption in the coming days is possible".
        let ends_unsure = ends_unsure(brief, near.end, words.end);
        if denied
            || is_said
            || on_condition
            || ends_unsure
            || holds(brief, near, |lower, stem| unsure(lower, stem) || lower == "looks")
        {
            continue;
        }
        let from = auxiliaries(brief, pair.brief);
        let span = brief.words[from].span.cover(brief.words[pair.brief].span);
        let right = Span::new(
            source.words[auxiliaries(source, there)].span.start,
            source.words[pair.source].span.end,
        );
        let message = format!("the source is less sure: {}", source.say(wider(source, right)));
        let found = Found::new(Code::HedgeDropped, span, message);
        return Some(put_right(found, case, passage, *pair, right));
    }
    None
}

/// The sentence ends with "is possible", behind a place and no comma since.
fn ends_unsure(text: &Text, from: usize, end: usize) -> bool {
    const WORDS: &str = "possible likely probable conceivable";
    let is = |i: usize| {
        i.checked_sub(1).is_some_and(|be| is_in("is was are were be remains", &text.words[be].lower))
    };
    // "… is possible, the office warned".
    let last = (from..end).find(|&i| is_in(WORDS, &text.words[i].lower) && is(i));
    last.is_some_and(|i| {
        !text.doc.text[text.words[from.min(i)].span.start..text.words[i].span.start].contains(',')
    })
}

/// The finding with the source's words; it is mended by them where they are the brief's with one word more or less.
pub(super) fn put_right(found: Found, case: &Case<'_>, passage: &Passage, pair: Pair, right: Span) -> Found {
    let source = &case.sources[passage.article];
    let words = |text: &Text, span: Span| -> Vec<String> {
        text.words_in(span).iter().map(|word| word.lower.clone()).collect()
    };
    let (ours, theirs) = (words(case.brief, found.span), words(source, right));
    let differs_in_one = |long: &[String], short: &[String]| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|i| long[..i] == short[..i] && long[i + 1..] == short[i..])
    };
    let found = found
        .shown_by(passage.article, sentence_of(source, pair.source))
        .better(source.say(wider(source, right)));
    let safe = ours.len() > 1
        && theirs.len() > 1
        && (differs_in_one(&ours, &theirs) || differs_in_one(&theirs, &ours));
    if safe {
        return found.fixed_by(source.say(right));
    }
    match mend::verb(case.brief, found.span, source, right) {
        Some(words) => found.fixed_by(words),
        None => found,
    }
}

/// Words of a source with a few more on both sides, to be understood by themselves.
fn wider(source: &Text, span: Span) -> Span {
    let sentence = &source.of_sentence[source.sentence_at(span.start)];
    let first = source.words.partition_point(|w| w.span.end <= span.start);
    let last = source.words.partition_point(|w| w.span.start < span.end);
    let (from, to) = (first.saturating_sub(AROUND).max(sentence.start), (last + AROUND).min(sentence.end));
    if from < to { source.words[from].span.cover(source.words[to - 1].span) } else { span }
}

/// "No honest court would have said that he …": a negation, and behind it a word of saying, before the words.
pub(super) fn nobody_says(text: &Text, at: usize) -> bool {
    let mut before = text.words[sentence_words(text, at).start..at].iter();
    before.any(|word| negates(&word.lower))
        && before.any(|word| is_in("say says said claim claimed", &word.lower))
}

/// Where the verb of an object begins: "had opened" of "had opened a criminal investigation".
fn verb(text: &Text, i: usize) -> usize {
    let from = auxiliaries(text, i);
    let start = sentence_words(text, i).start;
    let before = from.checked_sub(1).filter(|&j| j >= start && is_in("a an the any", &text.words[j].lower));
    let verb = before.and_then(|j| j.checked_sub(1)).filter(|&j| j >= start && !text.words[j].is_function);
    verb.map_or(from, |verb| auxiliaries(text, verb))
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
