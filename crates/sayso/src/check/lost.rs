//! Does somebody's statement stand as a fact?

use std::ops::Range;

use sayso_text::Span;

use super::Code;
use super::attribution::SURE;
use super::chain::ELSEWHERE;
use super::cue::NEUTRAL;
use super::found::{Case, Found};
use super::mend;
use super::origin::{Origin, Statements, origins, whose};
use super::polarity::denies;
use super::speech::Speech;
use super::status::STANDS;
use super::text::{Text, Word, bare};
use super::unsupported::is_prose;
use crate::record::Act;
use crate::word_list::is_in;

/// The share of a clause's words that a statement must have to be its origin.
const SAME: f64 = 0.66;
/// The share and the number of words from which a statement stands there word for word, so that it needs a speaker of its
/// own whoever spoke before.
const WORD_FOR_WORD: f64 = 0.95;
const LONG: usize = 6;
/// Words that tell something, which a clause must have to be judged; with one less all must be the statement's.
const LEAST: usize = 4;
/// Those who tell what happened, whom a brief needn't name for it.
const AUTHORITIES: &str =
    "police officials authorities firefighters rescuers officers paramedics organisers organizers";
/// Words by which a clause begins that could stand alone.
const JOINING: &str = "and but while although though so yet which who as because after before where";

/// Those whose findings a brief about their work tells as such.
const STUDIES: &str = "team study studies researchers researcher scientists authors survey poll";

/// What somebody said in the sources, without anybody's name in the brief.
pub(crate) fn check(case: &Case<'_>, statements: &Statements<'_>) -> Vec<Found> {
    let brief = case.brief;
    let mut found = Vec::new();
    for s in brief.body() {
        let sentence = brief.of_sentence[s].clone();
        for clause in clauses(brief, sentence.clone()) {
            found.extend(stands_alone(case, statements, &sentence, clause));
        }
    }
    found
}

/// The parts of a sentence between semicolons, colons, dashes and ", and".
pub(crate) fn clauses(text: &Text, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut first = sentence.start;
    for i in sentence.start + 1..sentence.end {
        let gap = &text.doc.text[text.words[i - 1].span.end..text.words[i].span.start];
        let parts =
            gap.contains([';', ':', '—', '–']) || gap.contains(',') && is_in(JOINING, &text.words[i].lower);
        if parts {
            all.push(first..i);
            first = i;
        }
    }
    all.push(first..sentence.end);
    all
}

fn stands_alone(
    case: &Case<'_>,
    statements: &Statements<'_>,
    sentence: &Range<usize>,
    clause: Range<usize>,
) -> Option<Found> {
    let brief = case.brief;
    let (first, last) = (brief.words.get(clause.start)?, brief.words.get(clause.end.checked_sub(1)?)?);
    let span = first.span.cover(last.span);
    let content = clause.clone().filter(|&i| !brief.words[i].is_function).count();
    let quotes = brief.doc.quotations.iter().any(|q| q.span.overlaps(span));
    if content < LEAST - 1 || !is_prose(&brief.words[clause.clone()]) {
        return None;
    }
    let all: Vec<usize> = clause.clone().collect();
    let origins = origins(case, &all, statements);
    let least = if content < LEAST { 1.0 } else { SAME };
    let best = origins.first().filter(|o| o.share >= least)?;
    let mut touching = statements.own.iter().filter(|speech| touches(speech, span)).peekable();
    // A quotation has somebody's name, who is told of by the source's statement.
    let is_told_of = touching.peek().is_some() && best.share >= WORD_FOR_WORD;
    if quotes && !is_told_of || touching.any(|speech| !is_within(case, speech, span, best)) {
        return None;
    }
    let (speaker, source) = (whose(case, best), &case.sources[best.article]);
    let is_he = |w: &Word| {
        speaker.names.contains(bare(&w.lower))
            || speaker.roles.contains(&w.stem)
            || !w.is_function && speaker.words.contains(bare(&w.lower))
    };
    // The sentence before may have had him say what this one carries on.
    let before = brief.sentence_at(first.span.start).checked_sub(1);
    let spoke = statements.own.iter().filter(|speech| Some(speech.sentence) == before);
    let goes_on = spoke.into_iter().any(|speech| {
        let by_him = speech.source.is_some_and(|span| brief.words_in(span).iter().any(is_he));
        by_him && origins_of(case, statements, speech).first().is_some_and(|origin| same_source(origin, best))
    });
    // Or the clause before did, of the same source.
    let at = brief.sentence_at(first.span.start);
    let opens = clause.start == sentence.start;
    let mut beside = statements.own.iter().filter(|speech| {
        // "It is regarded as an accident by the police" tells whose it is.
        let acts = speech.source < speech.cue;
        let told = opens && acts && is_within(case, speech, span, best);
        speech.sentence == at && speech.source.is_some() && !told
    });
    let goes_on = goes_on
        || beside.any(|speech| {
            origins_of(case, statements, speech).first().is_some_and(|origin| same_source(origin, best))
        });
    // A paper that the brief names anywhere.
    let all_words = || brief.words.iter().filter(|word| !word.is_function);
    let goes_on = goes_on || speaker.is_outlet && !speaker.is_document && all_words().any(is_he);
    // But not a long statement of his word for word.
    let goes_on = goes_on && !(best.share >= WORD_FOR_WORD && content >= LONG);
    // What he said may have his words too: "refugees", of the Refugee Processing Center.
    let content_words = best.speech.words(source);
    let is_whole = best.share >= WORD_FOR_WORD && clause.start == sentence.start;
    let is_said = |w: &Word| is_whole && content_words.iter().any(|&i| source.words[i].stem == w.stem);
    // That he denies it must be told also where the words name him: "Tervik withheld the report".
    let is_denial = best.speech.attribution.act == Act::Deny && !best.speech.attribution.negated;
    let is_told = !is_denial || brief.words[sentence.clone()].iter().any(|w| denies(&w.lower, &w.stem));
    let named = is_told && (goes_on || brief.words[sentence.clone()].iter().any(|w| is_he(w) && !is_said(w)));
    // "The team found": the brief's study tells whose.
    let is_study = |span: Span| source.words_in(span).iter().any(|w| is_in(STUDIES, &w.lower));
    // "Police said": an event, told without a hedge.
    let plain = best.speech.attribution.act == Act::State && best.speech.attribution.hedges.is_empty();
    let is_authority =
        |span: Span| source.words_in(span).last().is_some_and(|w| is_in(AUTHORITIES, &w.lower));
    let vague = best.speech.source.is_some_and(|span| is_study(span) || plain && is_authority(span));
    let elsewhere = brief.words[clause]
        .iter()
        .filter(|w| !is_said(w))
        .any(|w| is_in(ELSEWHERE, &w.lower) || is_in(NEUTRAL, &w.lower) || is_in(STANDS, &w.stem));
    let unsure = best.speech.source.is_none() || best.speech.attribution.confidence < SURE;
    // The source's own voice may say it too.
    if named || vague || elsewhere || unsure || in_own_voice(case, &all) {
        return None;
    }
    let in_text = || best.speech.source.map(|span| source.say(span).to_owned());
    let who = speaker.name.clone().or_else(in_text).unwrap_or_default();
    let who = who.trim_end_matches(',');
    let message = match best.speech.attribution.act {
        Act::Deny | Act::Reject => format!("in the source {who} denies it; here it stands as fact"),
        _ => format!("the source gives it to {who}; here it stands as fact"),
    };
    let extent = source.extent(best.speech.attribution);
    let one = Found::new(Code::AttributionLost, span, message).better(source.say(extent));
    let frame = frame(best, source).filter(|_| best.share >= WORD_FOR_WORD);
    let one = match frame {
        Some(frame) => mend::with_frame(case, one, span, source, frame),
        None => one,
    };
    Some(one.shown_by(best.article, extent))
}

/// "The minute-taker recorded that", right before all that is said.
fn frame(origin: &Origin<'_, '_>, source: &Text) -> Option<Span> {
    let (who, cue, [content]) = (origin.speech.source?, origin.speech.cue?, origin.speech.content.as_slice())
    else {
        return None;
    };
    let that = source.words_in(*content).first().filter(|word| word.lower == "that")?;
    let between = |a: Span, b: Span| a.end <= b.start && source.doc.text[a.end..b.start].trim().is_empty();
    (between(who, cue) && between(cue, *content)).then(|| who.cover(that.span))
}

fn origins_of<'s, 'a>(
    case: &Case<'_>,
    statements: &'s Statements<'a>,
    speech: &Speech<'_>,
) -> Vec<Origin<'s, 'a>> {
    let mut all = origins(case, &speech.words(case.brief), statements);
    all.retain(|origin| origin.share >= 0.5);
    all
}

fn same_source(a: &Origin<'_, '_>, b: &Origin<'_, '_>) -> bool {
    a.article == b.article
        && a.speech.attribution.actor.is_some()
        && a.speech.attribution.actor == b.speech.attribution.actor
}

fn touches(speech: &Speech<'_>, span: Span) -> bool {
    speech.content.iter().chain(&speech.source).chain(&speech.cue).any(|part| part.overlaps(span))
}

/// Who says or accepts something there is told of by the source's statement too: "X has accepted it" for "Y said that X
/// had accepted it".
fn is_within(case: &Case<'_>, speech: &Speech<'_>, span: Span, origin: &Origin<'_, '_>) -> bool {
    let brief = case.brief;
    let source = &case.sources[origin.article];
    let there = origin.speech.words(source);
    let has = |word: &Word| word.is_function || there.iter().any(|&i| source.words[i].stem == word.stem);
    let parts = speech.content.iter().chain(&speech.source).chain(&speech.cue);
    let inside = parts.copied().all(|part| span.contains(part));
    inside && speech.source.is_some_and(|part| brief.words_in(part).iter().all(has))
}

/// A sentence of a source states most of it with nobody's name.
fn in_own_voice(case: &Case<'_>, words: &[usize]) -> bool {
    let total: f64 = words.iter().map(|&i| case.weights.of(&case.brief.words[i])).sum();
    case.sources.iter().any(|source| {
        source.record.own_voice.iter().any(|own| {
            let there = source.words_in(source.bytes_at(own.start, own.end));
            let shared = words.iter().filter(|&&i| there.iter().any(|w| w.stem == case.brief.words[i].stem));
            shared.map(|&i| case.weights.of(&case.brief.words[i])).sum::<f64>() >= 0.6 * total
        })
    })
}
