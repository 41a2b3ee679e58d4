//! Have two actors changed places?

use super::Code;
use super::align::matched;
use super::found::{Case, Found};
use super::text::{Run, bare, runs};
use crate::word_list::is_in;

/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.6;
/// Words between two actors at most.
const BETWEEN: usize = 8;
/// Words that turn a clause round.
const TURNING: &str = "by with and or between versus vs from";

/// Two names around the same words, in the other order.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let all = runs(case.brief);
    for pair in all.windows(2) {
        if pair[0].sentence == pair[1].sentence {
            found.extend(swapped(case, &pair[0], &pair[1]));
        }
    }
    found
}

fn swapped(case: &Case<'_>, a: &Run, b: &Run) -> Option<Found> {
    let passage = case.best(a.sentence).filter(|p| p.share >= ALIGNED)?;
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let (Some(&first), Some(&second)) = (a.words.last(), b.words.last()) else { return None };
    let between = first + 1..*b.words.first()?;
    if between.is_empty() || between.len() > BETWEEN {
        return None;
    }
    let gap = brief.say(sayso_text::Span::new(brief.words[first].span.end, brief.words[second].span.start));
    if gap.contains([',', ';', ':']) || gap.split_whitespace().any(|w| is_in("that which who whose", w)) {
        return None;
    }
    let pairs = matched(brief, brief.of_sentence[a.sentence].clone(), source, passage);
    let their = |i: usize| pairs.iter().find(|(own, _)| *own == i).map(|&(_, there)| there);
    let any = |run: &Run| run.words.iter().rev().find_map(|&i| their(i));
    let (there_a, there_b) = (any(a)?, any(b)?);
    let names = |i: usize| bare(&brief.words[i].lower);
    if names(first) == names(second)
        || bare(&source.words[there_a].lower) == bare(&source.words[there_b].lower)
        || there_b >= there_a
        || there_a - there_b > BETWEEN + 6
    {
        return None;
    }
    // Nothing between them stands elsewhere, and what is between tells who does it to whom.
    let inside: Vec<usize> = between.clone().filter_map(their).collect();
    let content = between.clone().filter(|&i| !brief.words[i].is_function).count();
    let kept = inside.iter().filter(|&&j| there_b < j && j < there_a).count();
    let turns = |words: std::ops::Range<usize>, text: &super::text::Text| {
        text.words[words].iter().filter(|w| is_in(TURNING, &w.lower)).count()
    };
    let same_voice = turns(between.clone(), brief) == turns(there_b + 1..there_a, source);
    let lost = between
        .clone()
        .filter(|&i| !brief.words[i].is_function && !their(i).is_some_and(|j| there_b < j && j < there_a));
    if lost.count() > 0
        || kept + 1 < between.len()
        || kept == 0
        || !same_voice
        || (content == 0 && between.len() > 2)
    {
        return None;
    }
    let span = a.span.cover(b.span);
    let sentence = source.doc.sentences[source.sentence_at(source.words[there_b].span.start)].span;
    let right = source.say(source.words[there_b].span.cover(source.words[there_a].span));
    let found =
        Found::new(Code::ActorSwapped, span, format!("the source has it the other way round: {right}"));
    Some(found.shown_by(passage.article, sentence).better(right))
}
