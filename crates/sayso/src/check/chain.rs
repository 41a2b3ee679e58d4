//! Are the hands still told that a statement came through?

use sayso_text::Span;

use super::Code;
use super::attribution::SURE;
use super::found::{Case, Found};
use super::mend;
use super::origin::{Origin, Statements, hands, hands_of, names_him, whose};
use super::speech::{Speech, speaker};
use super::text::{Text, Word, bare};
use crate::record::{ActorKind, HandRole};
use crate::word_list::is_in;

/// Words by which a brief tells that it has something from elsewhere.
pub(crate) const ELSEWHERE: &str = "transcript report reports reported reportedly according recording leaked quoted cited citing \
account accounts document documents memo recounted obtained published newspaper magazine interview told court filing \
affidavit complaint lawsuit alleged alleges allegedly unverified";

/// Words for those who publish, and words by which one has something from another.
const OUTLETS: &str = "newspaper newspapers magazine broadcaster station website daily weekly tabloid outlet channel newsletter paper";
const FROM: &str =
    "citing cited cites quoting quoted described seen obtained broadcast attributed reported reports";
/// Words behind "citing" that can tell whom.
const CITED: usize = 12;
/// Verbs of those who think so, of whom somebody tells.
const THINKING: &str = "suspects suspected believes believed thinks thought fears feared hopes hoped assumes assumed guesses guessed \
suspect believe think fear says told";
/// Words of such a clause at most.
const FRAME: usize = 10;
/// The share of a statement's words that the source's must have for its first clause to be missed.
const FRAMED: f64 = 0.6;
/// The share of a sentence's words that a source's sentence must have to be where they are from.
const SAME: f64 = 0.6;

/// Sentences that a source has only from another outlet, which the brief doesn't name.
pub(crate) fn check(case: &Case<'_>, statements: &Statements<'_>) -> Vec<Found> {
    let all = case.brief.body().filter_map(|s| unnamed(case, statements, s));
    let mut found: Vec<Found> = all.collect();
    for one in statements.own.iter().filter_map(|speech| uncited(case, speech)) {
        if !found.iter().any(|other| other.span.overlaps(one.span)) {
            found.push(one);
        }
    }
    found
}

/// "The daily Kurier, citing an email, reported" as "an email says".
fn uncited(case: &Case<'_>, speech: &Speech<'_>) -> Option<Found> {
    let (first, cue) = (speech.source?, speech.cue?);
    let own: Vec<&Word> = case.brief.words_in(first).iter().filter(|word| !word.is_function).collect();
    let content: Vec<&Word> = speech.words(case.brief).iter().map(|&i| &case.brief.words[i]).collect();
    if own.is_empty() || speech.attribution.confidence < SURE {
        return None;
    }
    for (article, source) in case.sources.iter().enumerate() {
        for s in source.body() {
            let there = &source.words[source.of_sentence[s].clone()];
            let Some(at) = there.iter().position(|w| is_in("citing quoting", &w.lower)) else { continue };
            let names: Vec<&Word> = there[at.saturating_sub(3)..at].iter().filter(|w| w.is_firm).collect();
            let has = |word: &Word| there.iter().any(|other| other.stem == word.stem);
            let cited = &there[at + 1..(at + CITED).min(there.len())];
            let is_cited = |word: &Word| cited.iter().any(|other| other.stem == word.stem);
            let shared: Vec<&&Word> = content.iter().filter(|w| !w.is_function && has(w)).collect();
            let same = shared.len() >= 2 || shared.iter().any(|w| w.is_firm);
            let is_outlet = |w: &&Word| names.iter().any(|name| bare(&name.lower) == bare(&w.lower));
            if names.is_empty() || !same || !own.iter().all(|w| is_cited(w)) || own.iter().any(is_outlet) {
                continue;
            }
            if names_outlet(case, speech.sentence, &names) {
                return None;
            }
            let sentence = source.doc.sentences[s].span;
            let found = Found::new(Code::ChainCollapsed, first.cover(cue), UNNAMED);
            return Some(found.shown_by(article, sentence).better(source.say(sentence)));
        }
    }
    None
}

const UNNAMED: &str = "the source has it from another outlet, which the brief doesn't name";

/// The brief names an outlet in a sentence or beside it, by name or as one.
fn names_outlet(case: &Case<'_>, s: usize, names: &[&Word]) -> bool {
    let last = (s + 1).min(case.brief.of_sentence.len() - 1);
    let near = case.brief.of_sentence[s.saturating_sub(1)].start..case.brief.of_sentence[last].end;
    case.brief.words[near].iter().any(|w| {
        is_in(OUTLETS, &w.lower)
            || is_in("media press report reported", &w.lower)
            || names.iter().any(|name| bare(&name.lower) == bare(&w.lower))
    })
}

fn unnamed(case: &Case<'_>, statements: &Statements<'_>, s: usize) -> Option<Found> {
    let passage = case.best(s).filter(|p| p.share >= SAME && p.first == p.last)?;
    let source = &case.sources[passage.article];
    let there = &source.words[source.of_sentence[passage.first].clone()];
    let outlet = there.iter().position(|w| is_in(OUTLETS, &w.lower))?;
    let has = |words: &str| words.split_whitespace().any(|word| there.iter().any(|w| w.lower == word));
    if !there.iter().any(|w| is_in(FROM, &w.lower)) || has("denied denies denying") {
        return None;
    }
    // Its name stands beside the word: "the newspaper Dagsposten", "the Sentinel, a daily newspaper".
    let beside = &there[outlet.saturating_sub(4)..(outlet + 5).min(there.len())];
    let names: Vec<&Word> = beside.iter().filter(|w| w.is_firm).collect();
    if names.is_empty() || names_outlet(case, s, &names) {
        return None;
    }
    let speech = statements
        .own
        .iter()
        .find(|speech| speech.sentence == s && speech.source.is_some() && speech.cue.is_some());
    let span = match speech {
        Some(speech) => speech.source?.cover(speech.cue?),
        None => case.brief.doc.sentences[s].span,
    };
    let sentence = source.doc.sentences[passage.first].span;
    let found = Found::new(Code::ChainCollapsed, span, UNNAMED);
    Some(found.shown_by(passage.article, sentence).better(source.say(sentence)))
}

/// The hands between the speaker and the source's outlet are gone.
pub(crate) fn collapsed(
    case: &Case<'_>,
    statements: &Statements<'_>,
    speech: &Speech<'_>,
    origin: &Origin<'_, '_>,
) -> Option<Found> {
    let source = &case.sources[origin.article];
    let (first, cue) = (speech.source?, speech.cue?);
    let own = speaker(case.brief, speech, case.rules);
    let theirs = whose(case, origin);
    let mut hands = hands(source, origin.speech);
    // An outlet or a paper says that he said it, or "citing two people".
    let is_cited = theirs.is_outlet && cites(case, speech, origin);
    if theirs.is_outlet && (is_cited || !theirs.may_be(&own) && names_him(case, origin, &own)) {
        hands.extend(theirs.name.clone());
    }
    let (inner, clause) = between(case, statements, speech, origin).unzip();
    if inner.is_none() && hands.is_empty() || own.is_outlet {
        return None;
    }
    // The sentence before may have told them, where this one goes on by "he" or a surname.
    let goes_on = case.brief.words_in(first).iter().filter(|word| word.is_firm).count() < 2;
    let before = if goes_on { speech.sentence.saturating_sub(1) } else { speech.sentence };
    let before = case.brief.of_sentence[before].start;
    let mut near = case.brief.words[before..case.brief.of_sentence[speech.sentence].end].iter();
    let told = near.any(|w| {
        let lower = bare(&w.lower);
        // "Management" for "a manager".
        let begins = |h: &str| h.chars().take(5).eq(lower.chars().take(5));
        let names = |hand: &String| hand.split_whitespace().any(|h| h.len() > 3 && begins(&h.to_lowercase()));
        is_in(ELSEWHERE, lower) && !cue.overlaps(w.span)
            || w.is_firm && hands.iter().any(names)
            || inner.as_ref().is_some_and(names)
    });
    if told && !misses_outlet(case, speech, origin) {
        return None;
    }
    hands.extend(inner);
    // "A transcript" is the transcript.
    let all = hands.clone();
    hands.retain(|hand| !all.iter().any(|other| other != hand && other.ends_with(&format!(" {hand}"))));
    let hand = hands.join(" and ");
    let found = Found::new(Code::ChainCollapsed, first.cover(cue), format!("the source has it from {hand}"));
    let evidence = source.extent(origin.speech.attribution);
    let found = found.shown_by(origin.article, evidence).better(format!("according to {hand}"));
    let mut documents = origin.speech.attribution.chain.iter();
    let in_text = documents.find_map(|hand| document_beside(source, origin, &hand.actor));
    let found = match in_text {
        Some(words) => found.better(format!("according to {}", small_article(words))),
        None => found,
    };
    let in_text = in_text.filter(|_| hands.len() == 1);
    Some(match (clause.flatten(), in_text) {
        (Some(clause), _) => mend::with_clause(case, found, speech, origin, clause),
        (None, Some(words)) => mend::according_to(case, found, speech, &small_article(words)),
        (None, None) => found,
    })
}

/// "The filing", within a sentence.
fn small_article(words: &str) -> String {
    let article = ["The ", "A ", "An "].iter().find(|article| words.starts_with(**article));
    article.map_or(words.to_owned(), |article| article.to_lowercase() + &words[article.len()..])
}

/// What the source calls a document, in the sentence of a statement that it has from it.
fn document_beside<'t>(source: &'t Text, origin: &Origin<'_, '_>, id: &str) -> Option<&'t str> {
    let sentence = source.doc.sentences[origin.speech.sentence].span;
    let mut documents = source.record.actors.iter().filter(|actor| actor.kind == ActorKind::Document);
    let mentions = &documents.find(|actor| actor.id == id)?.mentions;
    let mut spans = mentions.iter().map(|m| source.bytes_at(m.start, m.end));
    spans.find(|span| sentence.contains(*span)).map(|span| source.say(span))
}

/// An outlet among the hands, word for word, that the brief has named nowhere by then, nor any that may be it: of "the daily
/// Kurier reported that a transcript quoted him", "a transcript shows".
fn misses_outlet(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> bool {
    let outlets = hands_of(&case.sources[origin.article], origin.speech, |role| role == HandRole::Outlet);
    let own = case.sources[origin.article].record.article.outlet.as_deref().unwrap_or_default();
    let has_name = |outlet: &&String| outlet.starts_with(char::is_uppercase) && *outlet != own;
    let so_far = &case.brief.words[..case.brief.of_sentence[speech.sentence].end];
    let is_named = |name: &str| {
        let has = |word: &Word| name.split_whitespace().any(|part| part.to_lowercase() == bare(&word.lower));
        // "The NYT".
        let parts = name.split_whitespace().filter(|part| *part != "The");
        let initials: String = parts.flat_map(|part| part.chars().next()).collect();
        let is_short = |word: &Word| word.lower.to_uppercase() == initials;
        so_far.iter().any(|word| word.is_firm && (has(word) || is_short(word)))
    };
    let is_some =
        |word: &Word| is_in(OUTLETS, bare(&word.lower)) || is_in("media press journalists", &word.lower);
    origin.is_word_for_word()
        && !so_far.iter().any(is_some)
        && outlets.iter().filter(has_name).any(|outlet| !is_named(outlet))
}

/// The source's sentence has all that the brief calls its speaker, outside of what is said.
fn cites(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> bool {
    let source = &case.sources[origin.article];
    let sentence = source.of_sentence[origin.speech.sentence].clone();
    let outside: Vec<&Word> =
        sentence.map(|i| &source.words[i]).filter(|word| !origin.speech.holds(word.span)).collect();
    let own = speech.source.map_or(&[][..], |span| case.brief.words_in(span));
    let mut telling = own.iter().filter(|word| !word.is_function).peekable();
    telling.peek().is_some()
        && outside.iter().any(|word| is_in("citing quoting", &word.lower))
        && telling.all(|word| outside.iter().any(|there| there.stem == word.stem))
}

/// "She said her doctor suspects that the water …" as "she said the water …": who suspects it, at the beginning of the source's
/// statement, word for word the rest.
pub(crate) fn unframed(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[origin.article]);
    let (first, cue) = (speech.source?, speech.cue?);
    let sure = speech.attribution.confidence >= SURE && origin.speech.attribution.confidence >= SURE;
    if !sure || origin.share < FRAMED || !speaker(brief, speech, case.rules).may_be(&whose(case, origin)) {
        return None;
    }
    let there = origin.speech.words(source);
    let verb = there.iter().take(FRAME).position(|&i| is_in(THINKING, &source.words[i].lower))?;
    let sentence = brief.of_sentence[speech.sentence].clone();
    let tells = |word: &Word| {
        let outside = !first.overlaps(word.span) && !cue.overlaps(word.span);
        outside && (is_in(THINKING, &word.lower) || is_in(ELSEWHERE, bare(&word.lower)))
    };
    let frame = &there[..=verb];
    let is_told = |i: &&usize| {
        let word = &source.words[**i];
        word.is_function || brief.words[sentence.clone()].iter().any(|own| own.stem == word.stem)
    };
    let n_told = there[verb + 1..].iter().filter(is_told).count();
    if 5 * n_told < 4 * (there.len() - verb - 1) {
        return None;
    }
    let who = frame[..verb].iter().map(|&i| &source.words[i]).filter(|word| !word.is_function);
    let is_new = |word: &Word| !brief.words[sentence.clone()].iter().any(|own| own.stem == word.stem);
    let who: Vec<&Word> = who.collect();
    if who.is_empty()
        || !who.iter().all(|word| is_new(word))
        || brief.words[sentence.clone()].iter().any(tells)
    {
        return None;
    }
    let clause = source.words[*there.first()?].span.cover(source.words[there[verb]].span);
    // "Her physician blames the water" tells who, in other words.
    if !mend::goes_on(case, speech, source, clause) {
        return None;
    }
    let right = source.say(clause);
    let message = format!("the source has it from somebody else: {right}");
    let found = Found::new(Code::ChainCollapsed, first.cover(cue), message).better(right);
    let found = mend::with_clause(case, found, speech, origin, clause);
    Some(found.shown_by(origin.article, source.extent(origin.speech.attribution)))
}

/// Words of a clause by which a speaker tells what he takes something for, at most.
const TAKEN_FOR: usize = 5;
/// Verbs of it, and words by which a brief may tell so.
const TAKES: &str = "said says say called calls described describes claimed claims";
const UNVOUCHED: &str = "what alleged purported supposed so-called apparent claimed called described allegedly purportedly \
apparently authenticity";

const UNSURE_WHAT: &str = "the source only passes on what somebody takes it for";

/// "Published the transcript" for "published what it said was the transcript", which nobody else vouches for.
pub(crate) fn vouched(case: &Case<'_>, speech: &Speech<'_>, origin: &Origin<'_, '_>) -> Option<Found> {
    let (brief, source) = (case.brief, &case.sources[origin.article]);
    let there = origin.speech.words(source);
    let word = |i: usize| there.get(i).map_or("", |&at| source.words[at].lower.as_str());
    let verb = (1..TAKEN_FOR).find(|&i| is_in(TAKES, word(i))).filter(|_| word(0) == "what")?;
    let last = if is_in("was were is are as", word(verb + 1)) { verb + 1 } else { verb };
    let clause = source.words[there[0]].span.cover(source.words[*there.get(last)?].span);
    let sure = speech.attribution.confidence >= SURE && origin.speech.attribution.confidence >= SURE;
    let tells = brief.of_sentence[speech.sentence].clone().any(|i| is_in(UNVOUCHED, &brief.words[i].lower));
    if !sure || tells || !mend::goes_on(case, speech, source, clause) {
        return None;
    }
    let content = brief.words_in(*speech.content.first()?);
    let noun = content.iter().find(|word| !word.is_function)?;
    // "Condemned a “brazen breach”": the marks tell whose words they are.
    if brief.doc.quotations.iter().any(|q| q.span.contains(noun.span)) {
        return None;
    }
    let right = format!("{} {}", source.say(clause), brief.say(content[0].span.cover(noun.span)));
    let found = Found::new(Code::HedgeDropped, content[0].span.cover(noun.span), UNSURE_WHAT).better(right);
    let found = mend::with_clause(case, found, speech, origin, clause);
    Some(found.shown_by(origin.article, source.extent(origin.speech.attribution)))
}

/// Somebody whose words the speaker passes on, or who passes on his, by statements within statements; and the clause that
/// tells so at the beginning of the speaker's.
fn between(
    case: &Case<'_>,
    statements: &Statements<'_>,
    speech: &Speech<'_>,
    origin: &Origin<'_, '_>,
) -> Option<(String, Option<Span>)> {
    let source = &case.sources[origin.article];
    let all = &statements.theirs[origin.article];
    let own = speaker(case.brief, speech, case.rules);
    let is_he = |other: &Speech<'_>| {
        let theirs = speaker(source, other, case.rules);
        !own.words.is_disjoint(&theirs.words) && own.may_be(&theirs)
    };
    let who = |other: &Speech<'_>| {
        let theirs = speaker(source, other, case.rules);
        let said = other.source.map_or(&[][..], |span| source.words_in(span));
        // "Her client" is told of by who speaks for him.
        let is_own = said.first().is_some_and(|w| is_in("his her their its my our", &w.lower));
        let is_told = !is_own
            && said.iter().any(|w| !w.is_function && w.lower.len() > 3)
            && !theirs.words.is_empty()
            && !is_he(other);
        is_told.then(|| other.source.map(|span| source.say(span).trim_end_matches(',').to_owned())).flatten()
    };
    let sure = |other: &&Speech<'_>| {
        other.attribution.confidence >= SURE && other.source.is_some() && !other.attribution.negated
    };
    let parent = origin.speech.attribution.parent.as_ref();
    let outer = parent.and_then(|id| all.iter().find(|other| other.attribution.id == *id));
    let clause = |outer: &Speech<'_>, inner: &Speech<'_>| {
        let (from, to) = (outer.content.first()?.start, inner.content.first()?.start);
        let words = source.words_in(Span::new(from, to.max(from)));
        let n_words = words.len() - usize::from(words.last()?.lower == "that");
        Some(words.first()?.span.cover(words[..n_words].last()?.span))
    };
    match outer.filter(sure) {
        // He says it within the words of another, or says what another said.
        Some(outer) if is_he(origin.speech) => Some((who(outer)?, None)),
        Some(outer) if is_he(outer) && sure(&origin.speech) => {
            Some((who(origin.speech)?, clause(outer, origin.speech)))
        }
        _ => {
            let within = |other: &&Speech<'_>| {
                other.attribution.parent.as_ref() == Some(&origin.speech.attribution.id)
                    && 2 * other.words(source).len() >= origin.speech.words(source).len()
            };
            let inner = all.iter().find(within).filter(sure)?;
            if is_he(origin.speech) { Some((who(inner)?, clause(origin.speech, inner))) } else { None }
        }
    }
}
