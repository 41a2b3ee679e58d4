//! Is a claim's standing left out?

use sayso_text::Span;

use super::Code;
use super::found::{Case, Found};
use super::origin::Statements;
use super::text::{Text, Word};
use crate::record::{Standing, StandingKind};
use crate::word_list::is_in;

/// The share of a sentence's words that a claim must have to be its origin.
const SAME: f64 = 0.6;
/// The share of a claim's words that a sentence must have, of so many, to tell it among other things.
const HELD: f64 = 0.75;
const LEAST: usize = 3;
/// The share of the words of "it isn't known whether …" that the sentence must have.
const RELATED: f64 = 0.3;
/// The share of a standing's words that tells it.
const TOLD: f64 = 0.6;
/// Sentences before and after the claim in which a brief may tell how it stands.
const BEFORE: usize = 1;
const AFTER: usize = 2;
/// Words of whoever denies it by which he is known.
const WHO: usize = 4;
/// Stems of words by which a brief tells how a claim stands.
pub(crate) const STANDS: &str = "deni deny disput reject dismiss verifi unverifi unconfirm unproven pend unclear undetermin unknown \
unfound baseless retract withdrew withdrawn contest await inconclus refut rebut unprov contradict differ fake \
confirm incorrect disavow unresolv disagre challeng fals untru wrong";

/// Words of a standing that is of a number.
const COUNTS: &str = "figure figures number numbers toll tolls estimate estimates count total sum";
/// Words of a standing that point back to the claim before it.
const POINTING: &str = "it that this those them claim claims report reports allegation allegations account offer \
transcript document accusation accusations charge charges rate";

/// A claim of a source with its standing.
struct Claim<'a> {
    standing: &'a Standing,
    /// Where the claim stands.
    places: Vec<Span>,
}

/// Claims that the sources say are denied, unverified and so on, without that.
pub(crate) fn check(case: &Case<'_>, statements: &Statements<'_>) -> Vec<Found> {
    let brief = case.brief;
    let mut found: Vec<Found> = Vec::new();
    for (article, source) in case.sources.iter().enumerate() {
        for claim in claims(source) {
            let status = place(source, claim.standing);
            let there: Vec<&Word> = claim.places.iter().flat_map(|span| source.words_in(*span)).collect();
            let tells =
                |words: &[Word]| is_origin(case, words, &there) && is_of(case, source, claim.standing, words);
            let spoken = statements
                .own
                .iter()
                .find(|speech| speech.content.iter().any(|part| tells(brief.words_in(*part))));
            let stated = || brief.body().find(|&s| tells(&brief.words[brief.of_sentence[s].clone()]));
            let sentence = spoken.map(|speech| speech.sentence).or_else(stated);
            let Some(s) =
                sentence.filter(|&s| !is_told(case, statements, s, source.words_in(status), &there))
            else {
                continue;
            };
            let span = brief.doc.sentences[s].span;
            let message = format!("the source says how it stands: {}", source.say(status));
            let one = Found::new(Code::StatusOmitted, span, message).shown_by(article, status);
            found.push(one.better(source.say(status)));
        }
    }
    found
}

/// Some words of the brief tell a claim: they are mostly its words, or have nearly all of it among others.
fn is_origin(case: &Case<'_>, words: &[Word], claim: &[&Word]) -> bool {
    let own: Vec<&Word> = words.iter().collect();
    let content = claim.iter().filter(|word| !word.is_function).count();
    share(case, words, claim) >= SAME || content >= LEAST && share(case, claim.iter().copied(), &own) >= HELD
}

/// A standing can be of these words: "the impact remains unclear" is of the impact, "the figure" of a sentence that has
/// one, "no evidence that figures were falsified" of figures.
fn is_of(case: &Case<'_>, source: &Text, standing: &Standing, words: &[Word]) -> bool {
    let own: Vec<&Word> = words.iter().collect();
    let status = source.words_in(place(source, standing));
    let counts = status.iter().any(|word| is_in(COUNTS, &word.lower));
    if counts && !words.iter().any(|word| word.stem.starts_with('#')) {
        return false;
    }
    match (about(status), standing.kind == StandingKind::Undetermined) {
        (about, true) => share(case, about.unwrap_or(status), &own) >= RELATED,
        (Some(about), false) => share(case, about, &own) > 0.0,
        (None, false) => true,
    }
}

/// What a standing says itself that it is of, behind "that", "whether" or "denied".
fn about(status: &[Word]) -> Option<&[Word]> {
    let opens = |word: &Word| is_in("that whether if", &word.lower) || word.stem == "deni";
    let about = &status[status.iter().position(opens)? + 1..];
    let tells = |word: &Word| !word.is_function && !is_in(POINTING, &word.lower);
    about.iter().any(tells).then_some(about)
}

fn place(text: &Text, standing: &Standing) -> Span {
    text.bytes_at(standing.start, standing.end)
}

/// Claims with a standing that a reader must know: those that the record binds, and the statement right before one that
/// it doesn't.
fn claims(source: &Text) -> Vec<Claim<'_>> {
    let record = &source.record;
    let mut all = Vec::new();
    for attribution in &record.attributions {
        let places: Vec<Span> = attribution.content.iter().map(|part| source.bytes(part)).collect();
        let bad = attribution.status.iter().filter(|standing| standing.kind.is_contested());
        all.extend(bad.map(|standing| Claim { standing, places: places.clone() }));
    }
    let unbound = record.unbound.iter().filter(|standing| standing.kind.is_contested());
    // Only what points back ("denied it", "the claim") is of the claim before it.
    for standing in unbound {
        let at = place(source, standing);
        let before = record.attributions.iter().filter(|a| source.extent(a).end <= at.start);
        let Some(last) = before.max_by_key(|a| (source.extent(a).end, source.extent(a).len())) else {
            continue;
        };
        let points = source.words_in(at).iter().any(|word| is_in(POINTING, &word.lower));
        if !points || standing.kind == StandingKind::Pending || standing.kind == StandingKind::Undetermined {
            continue;
        }
        let near = source.sentence_at(at.start).saturating_sub(source.sentence_at(source.extent(last).start));
        if near <= 1 {
            all.push(Claim {
                standing,
                places: last.content.iter().map(|part| source.bytes(part)).collect(),
            });
        }
    }
    all
}

/// The share of some words of the brief, by weight, that others have.
fn share<'w>(case: &Case<'_>, words: impl IntoIterator<Item = &'w Word>, there: &[&Word]) -> f64 {
    let content = words.into_iter().filter(|w| !w.is_function);
    let weight = |word: &Word| case.weights.of(word);
    let (mut total, mut shared) = (0.0, 0.0);
    for word in content {
        total += weight(word);
        if there.iter().any(|other| other.stem == word.stem) {
            shared += weight(word);
        }
    }
    if total > 0.0 { shared / total } else { 0.0 }
}

/// Near a sentence the brief tells how the claim stands: in it by any word for that, and in those around it by one beside
/// a word of the claim or of its standing.
fn is_told(case: &Case<'_>, statements: &Statements<'_>, s: usize, status: &[Word], claim: &[&Word]) -> bool {
    let brief = case.brief;
    let last = (s + AFTER).min(brief.of_sentence.len() - 1);
    let words = |sentence: usize| &brief.words[brief.of_sentence[sentence].clone()];
    let near: Vec<&Word> = (s.saturating_sub(BEFORE)..=last).flat_map(words).collect();
    let stands = |w: &Word| is_in(STANDS, &w.stem);
    let is_of_it = |w: &Word| {
        !w.is_function
            && !stands(w)
            && status.iter().chain(claim.iter().copied()).any(|other| other.stem == w.stem)
    };
    let tells = |sentence: usize| words(sentence).iter().any(stands) && words(sentence).iter().any(is_of_it);
    // Who denies it says something here himself.
    let who = status.iter().take_while(|w| !stands(w) && !is_in("said says", &w.lower));
    let who: Vec<&Word> = who.filter(|w| !w.is_function && !is_in(POINTING, &w.lower)).take(WHO).collect();
    let is_him = |w: &Word| who.iter().any(|other| other.stem == w.stem);
    let answers =
        statements.own.iter().filter(|speech| (s..=s + 1).contains(&speech.sentence)).any(|speech| {
            let by_him = speech.source.is_some_and(|span| brief.words_in(span).iter().any(is_him));
            let of_it = |part: &Span| share(case, brief.words_in(*part), claim) >= SAME;
            by_him && !speech.content.iter().any(of_it)
        });
    words(s).iter().any(stands)
        || answers
        || (s.saturating_sub(BEFORE)..=last).any(tells)
        || share(case, status, &near) > TOLD
}
