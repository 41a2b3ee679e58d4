//! Did a "not" come in or go missing between words that are the source's own?

use std::ops::Range;

use super::Code;
use super::align::Passage;
use super::found::{Case, Found};
use super::polarity::{DENIALS, Pair, negates, nobody_says, put_right};
use super::text::{Text, Word, bare};
use crate::word_list::is_in;

/// Negations that stand between words and change no other.
const PLAIN: &str = "not never n't";
/// Stems of words that deny a clause before or behind them.
const UNTRUE: &str = "fals untru wrong wrongli mistaken incorrect deni deny reject";
/// The same of what the sentence before said: "Brell said that was wrong."
const WRONG: &str = "fals untru wrong mistaken incorrect";
/// Words behind which nothing is said to be so.
const OPEN: &str = "whether if unless";
const DAYS: &str = "january february march april june july august september october november december monday tuesday wednesday \
thursday friday saturday sunday";
/// Words of the next sentence that may deny this one.
const NEXT: usize = 8;
/// Words before and behind one that are compared.
const BEFORE: usize = 3;
const AFTER: usize = 3;
/// How many of those there must be, and how many that tell something.
const LEAST: usize = 4;
const TELLING: usize = 2;

/// The words around a plain negation stand in the passage without it, or the other way round. As they are the source's own,
/// it doesn't matter how many negations the sentences have besides.
pub(super) fn check(case: &Case<'_>, passage: &Passage, words: &Range<usize>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let theirs = passage.words(source);
    let everywhere = |around: &Around<'_>, negated: bool| {
        case.sources.iter().any(|source| around.place(source, 0..source.words.len(), negated).is_some())
    };
    let is_of_day = |at: usize| !is_of_another_day(&brief.words[words.clone()], source, at);
    for i in words.clone() {
        let Some(around) = Around::new(brief, i) else { continue };
        let there = around.place(source, theirs.clone(), false).filter(|&there| !is_denied(source, there));
        let there = there.filter(|&there| is_of_day(there) && !everywhere(&around, true));
        let Some(there) = there else { continue };
        let span = brief.words[i - 1].span.cover(brief.words[i + 1].span);
        let right = source.words[there - 1].span.cover(source.words[there].span);
        let found =
            Found::new(Code::NegationFlipped, span, "the source has these words without that negation");
        return Some(put_right(found, case, passage, Pair { brief: i + 1, source: there }, right));
    }
    for j in theirs {
        let Some(around) = Around::new(source, j) else { continue };
        let here = around.place(brief, words.clone(), false).filter(|&here| !is_denied(brief, here));
        let Some(here) = here.filter(|_| is_of_day(j) && !everywhere(&around, false)) else { continue };
        let span = brief.words[here - 1].span.cover(brief.words[here].span);
        let right = source.words[j - 1].span.cover(source.words[j + 1].span);
        let found = Found::new(Code::NegationFlipped, span, "the source has these words with a negation");
        return Some(put_right(found, case, passage, Pair { brief: here, source: j + 1 }, right));
    }
    None
}

/// "No longer rates" for "still rates", or the other way round, before the same words, where no source has it so. Both tell it
/// of the same one, by the word before or by a name, and of no other day.
pub(super) fn ended(case: &Case<'_>, words: &Range<usize>) -> Option<Found> {
    let brief = case.brief;
    let (lasting, over) = (["still"].as_slice(), ["no", "longer"].as_slice());
    for (ours, theirs) in [(over, lasting), (lasting, over)] {
        let Some(i) = words.clone().find(|&i| stands(brief, i, ours)) else { continue };
        let own = Beside::new(brief, i, ours.len());
        let has_own = |source: &Text| {
            (0..source.words.len())
                .any(|j| stands(source, j, ours) && Beside::new(source, j, ours.len()).has_same_behind(&own))
        };
        if !own.behind.iter().any(|word| !word.is_function) || case.sources.iter().any(has_own) {
            continue;
        }
        let there = case.sources.iter().enumerate().find_map(|(article, source)| {
            let mut all = (0..source.words.len()).filter(|&j| stands(source, j, theirs));
            all.find(|&j| own.is_told_by(&Beside::new(source, j, theirs.len())) && !is_denied(source, j))
                .map(|j| (article, j))
        });
        let Some((article, at)) = there else { continue };
        let source = &case.sources[article];
        if is_denied(brief, i) || is_of_another_day(&brief.words[words.clone()], source, at) {
            continue;
        }
        let adverb = |text: &Text, i: usize, n: usize| text.words[i].span.cover(text.words[i + n - 1].span);
        let right = source.say(adverb(source, at, theirs.len()));
        let message = format!("the source has “{right}”");
        let sentence = source.doc.sentences[source.sentence_at(source.words[at].span.start)].span;
        let found = Found::new(Code::NegationFlipped, adverb(brief, i, ours.len()), message).better(right);
        return Some(found.fixed_by(right).shown_by(article, sentence));
    }
    None
}

/// An adverb stands there, within a sentence.
fn stands(text: &Text, i: usize, adverb: &[&str]) -> bool {
    let end = text.of_sentence[text.sentence_at(text.words[i].span.start)].end;
    let there = text.words[i..end.min(i + adverb.len())].iter();
    there.map(|word| word.lower.as_str()).eq(adverb.iter().copied())
}

/// The words before an adverb and behind it, of its sentence.
struct Beside<'a> {
    before: &'a [Word],
    behind: &'a [Word],
}

impl<'a> Beside<'a> {
    fn new(text: &'a Text, i: usize, n: usize) -> Self {
        let sentence = text.of_sentence[text.sentence_at(text.words[i].span.start)].clone();
        Self { before: &text.words[sentence.start..i], behind: &text.words[i + n..sentence.end] }
    }

    fn has_same_behind(&self, other: &Self) -> bool {
        let first = |words: &'a [Word]| words.iter().take(AFTER).map(|word| &word.lower);
        first(self.behind).eq(first(other.behind))
    }

    /// The same words behind both, and before them the same one.
    fn is_told_by(&self, source: &Self) -> bool {
        let last = |words: &'a [Word], n: usize| words[words.len().saturating_sub(n)..].iter();
        let is_short = self.behind.len() < AFTER;
        let same = |n: usize| {
            let (a, b) = (last(self.before, n), last(source.before, n));
            a.len() == n && a.map(|word| &word.lower).eq(b.map(|word| &word.lower))
        };
        let has = |all: &[Word], word: &Word| all.iter().any(|other| other.stem == word.stem);
        let is_named = self.before.iter().any(|word| word.is_firm && has(source.before, word));
        // "The night ferry" isn't "the ferry".
        let joins = source.before.last().is_some_and(|word| is_in("and but yet though", &word.lower));
        let is_told = joins || last(source.before, 2).all(|word| word.is_function || has(self.before, word));
        // "He says it will end, but still hopes".
        let is_he = self.before.last().is_some_and(|own| {
            is_in("he she they", &own.lower) && source.before.iter().any(|word| word.lower == own.lower)
        });
        let is_named = is_named || is_he;
        self.has_same_behind(source) && (same(2) || !is_short && is_told && (is_named || same(1)))
    }
}

/// Words from the name of who denies to the verb at most.
const REACH: usize = 5;

/// "The company does not deny" for "the company denies": the passage has the same one deny, or not deny, and no source has it
/// as the brief does.
pub(super) fn denial(case: &Case<'_>, passage: &Passage, words: &Range<usize>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let (i, who) = words.clone().find_map(|i| Some((i, denies(brief, i)?)))?;
    let is_not = |text: &Text, i: usize| auxiliary_not(text, i).is_some();
    let by_same = |source: &Text, j: usize| denies(source, j).is_some_and(|other| other == who);
    let as_here = |source: &Text| {
        (0..source.words.len()).any(|j| by_same(source, j) && is_not(source, j) == is_not(brief, i))
    };
    let there = passage.words(source).find(|&j| by_same(source, j))?;
    // Of the same matter, by a word behind both.
    let behind = |text: &Text, i: usize| {
        let end = text.of_sentence[text.sentence_at(text.words[i].span.start)].end;
        let clause = text.words[i + 1..end].iter().take_while(|word| word.lower != "but");
        let telling = clause.filter(|word| !word.is_function);
        telling.map(|word| word.stem.clone()).collect::<Vec<_>>()
    };
    let (ours, theirs) = (behind(brief, i), behind(source, there));
    let both_ways = words.clone().any(|j| by_same(brief, j) && is_not(brief, j) != is_not(brief, i));
    if both_ways || !ours.iter().any(|stem| theirs.contains(stem)) || case.sources.iter().any(as_here) {
        return None;
    }
    let verb = |text: &Text, i: usize| {
        text.words[auxiliary_not(text, i).unwrap_or(i)].span.cover(text.words[i].span)
    };
    let right = source.words[there].span.cover(verb(source, there));
    let message = if is_not(brief, i) { "the source has it denied" } else { "the source has it not denied" };
    let found = Found::new(Code::NegationFlipped, verb(brief, i), message);
    let sentence = source.doc.sentences[source.sentence_at(right.start)].span;
    Some(found.shown_by(passage.article, sentence).better(source.say(right)))
}

/// Who denies, by a word of the name, where word `i` is that he does.
fn denies(text: &Text, i: usize) -> Option<&str> {
    if !is_in("deny denies denied", &text.words[i].lower) {
        return None;
    }
    let start = text.of_sentence[text.sentence_at(text.words[i].span.start)].start;
    let before = &text.words[start.max(i.saturating_sub(REACH))..i];
    let name = before.iter().rposition(|word| !word.is_function && !word.lower.ends_with("ly"))?;
    before[name].is_firm.then(|| bare(&before[name].lower))
}

/// Where "does not" before word `i` begins.
fn auxiliary_not(text: &Text, i: usize) -> Option<usize> {
    let start = text.of_sentence[text.sentence_at(text.words[i].span.start)].start;
    let first = (start.max(i.saturating_sub(2))..i).rev().find(|&j| negates(&text.words[j].lower))?;
    let is_whole = text.words[first].lower.len() > 3 || first == start;
    Some(if is_whole { first } else { first - 1 })
}

/// "Denied that it had paid" says what "said that it had not paid" says, and so does "that it had paid was wrong"; "whether it
/// had paid" says neither.
pub(super) fn is_denied(text: &Text, at: usize) -> bool {
    let sentence = text.sentence_at(text.words[at].span.start);
    let next = (sentence + 1).min(text.of_sentence.len() - 1);
    let (start, end) = (text.of_sentence[sentence].start, text.of_sentence[sentence].end);
    let next = text.of_sentence[next].clone().take(NEXT);
    let before = &text.words[start..at];
    before.iter().any(|word| is_in(DENIALS, &word.stem) || is_in(OPEN, &word.lower))
        || (start..end).any(|i| is_in(UNTRUE, &text.words[i].stem))
        || next.into_iter().any(|i| is_in(WRONG, &text.words[i].stem))
        || nobody_says(text, at)
}

/// Words name a month or a day of the week that a sentence of the source doesn't: "in September the lead was not 7 points".
fn is_of_another_day(words: &[Word], source: &Text, at: usize) -> bool {
    let theirs = &source.words[source.of_sentence[source.sentence_at(source.words[at].span.start)].clone()];
    let mut days = words.iter().filter(|word| is_in(DAYS, &word.lower));
    days.any(|day| theirs.iter().all(|word| word.lower != day.lower))
}

/// "Wo" of "won't" is "will".
fn spelled(word: &Word) -> &str {
    match word.lower.as_str() {
        "wo" => "will",
        "ca" => "can",
        "sha" => "shall",
        lower => lower,
    }
}

/// The words around a plain negation, in its sentence.
struct Around<'a> {
    before: &'a [Word],
    after: &'a [Word],
}

impl<'a> Around<'a> {
    /// `None` where word `i` is none, or too little stands around it to be sure of.
    fn new(text: &'a Text, i: usize) -> Option<Self> {
        if !is_in(PLAIN, &text.words[i].lower) {
            return None;
        }
        let sentence = &text.of_sentence[text.sentence_at(text.words[i].span.start)];
        let before = &text.words[i.saturating_sub(BEFORE).max(sentence.start)..i];
        let after = &text.words[i + 1..(i + 1 + AFTER).min(sentence.end)];
        let telling = before.iter().chain(after).filter(|word| !word.is_function).count();
        let enough = !before.is_empty() && !after.is_empty() && before.len() + after.len() >= LEAST;
        (enough && telling >= TELLING).then_some(Self { before, after })
    }

    /// Where the words behind it begin in a text that has all of them in a row, or with a negation between.
    fn place(&self, text: &Text, within: Range<usize>, negated: bool) -> Option<usize> {
        let same = |a: &[Word], b: &[Word]| a.iter().map(spelled).eq(b.iter().map(spelled));
        let gap = usize::from(negated);
        let length = self.before.len() + gap + self.after.len();
        let places = within.start..(within.end + 1).saturating_sub(length);
        places.into_iter().find_map(|first| {
            let (before, rest) = text.words[first..first + length].split_at(self.before.len());
            let (between, after) = rest.split_at(gap);
            let is_there = same(before, self.before)
                && same(after, self.after)
                && between.iter().all(|word| is_in(PLAIN, &word.lower));
            is_there.then_some(first + self.before.len() + gap)
        })
    }
}
