//! Which words put a finding right and leave a sentence that is one?
//!
//! Each rule takes the source's words over only where the brief's grammar takes them: nothing may have to agree that didn't
//! before.

use sayso_text::Span;

use super::found::{Case, Found};
use super::origin::Origin;
use super::speech::Speech;
use super::text::{Text, Word};
use crate::record::ActorKind;
use crate::word_list::is_in;

/// Participles that make a verb unsure: "is thought to have".
const HEDGED: &str = "believed thought said reported alleged understood suspected expected likely";
/// Words of a subject at most.
const SUBJECT: usize = 6;
/// Adjectives that make a noun unsure.
const POSSIBLE: &str = "possible alleged suspected apparent likely potential reported purported presumed";
/// Words behind a clause of the source's that the brief's statement begins with.
const SAME: usize = 3;
/// Pronouns that can be of anybody.
pub(super) const PRONOUNS: &str =
    "he she they it its his her their him them we our us i my me you your one some others both all";

/// A verb of the brief, with its auxiliaries, as the source has it, which hedges or negates it.
pub(super) fn verb(brief: &Text, own: Span, source: &Text, theirs: Span) -> Option<String> {
    // A quotation mark would lose its other half.
    if !brief.say(own).chars().all(is_of_word) || !source.say(theirs).chars().all(is_of_word) {
        return None;
    }
    let (ours, right) = (brief.words_in(own), source.words_in(theirs));
    let lower = |words: &[Word]| words.iter().map(|word| word.lower.clone()).collect::<Vec<_>>();
    let (ours, right) = (lower(ours), lower(right));
    let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    let same_before = |n: usize| {
        let (a, b) = (before(brief, own, n), before(source, theirs, n));
        a.len() == n && a.iter().zip(b).filter(|(a, b)| a.lower == b.lower).count() == n
    };
    match (ours.as_slice(), right.as_slice()) {
        // "Are slightly" as "may be slightly", and "accepts that she was wrong" as "that she may be wrong".
        ([be @ ("is" | "are" | "was" | "were"), rest @ ..], [modal, "be", there @ ..])
            if is_in("may might could", modal)
                && rest == there
                && (!rest.is_empty() || matches!(*be, "is" | "are")) =>
        {
            Some(right.join(" "))
        }
        // "Has played" as "is thought to have played".
        ([have @ ("has" | "have"), done], [be, hedged, "to", "have", there])
            if is_in("is are was were", be) && is_in(HEDGED, hedged) && done == there =>
        {
            let is_past = is_in("was were", be);
            let be = match (*have, is_past) {
                ("has", false) => "is",
                ("has", true) => "was",
                (_, false) => "are",
                (_, true) => "were",
            };
            Some([be, hedged, "to", "have", done].join(" "))
        }
        // "The round will open" as "the round is expected to open": the same subject, from the beginning of a sentence.
        (["will", verb], [be, hedged, "to", there])
            if is_in("is are", be)
                && is_in(HEDGED, hedged)
                && verb == there
                && (1..=SUBJECT).contains(&n_before(brief, own))
                && n_before(brief, own) == n_before(source, theirs)
                && same_before(n_before(brief, own)) =>
        {
            Some(right.join(" "))
        }
        // "Recalled a talk" as "did not recall a talk"; "the cars recalled in May" has no verb there.
        ([verb], ["did", "not" | "n't", _])
            if verb.ends_with("ed") && is_in("a an the any that his her its their", behind(brief, own)) =>
        {
            Some(source.say(theirs).to_owned())
        }
        // "A downgrade" as "a possible downgrade".
        ([noun], [possible, there]) if is_in(POSSIBLE, possible) && noun == there && same_before(1) => {
            Some(source.say(theirs).to_owned())
        }
        _ => None,
    }
}

/// How many words stand before a place in its sentence.
fn n_before(text: &Text, span: Span) -> usize {
    let at = text.words.partition_point(|word| word.span.end <= span.start);
    at - text.of_sentence[text.sentence_at(span.start)].start.min(at)
}

/// The last so many words before a place.
fn before(text: &Text, span: Span, n: usize) -> &[Word] {
    let at = text.words.partition_point(|word| word.span.end <= span.start);
    &text.words[at.saturating_sub(n)..at]
}

fn behind(text: &Text, span: Span) -> &str {
    let at = text.words.partition_point(|word| word.span.start < span.end);
    text.words.get(at).map_or("", |word| word.lower.as_str())
}

/// The brief's statement begins with the words that follow a clause of the source's.
pub(super) fn goes_on(case: &Case<'_>, speech: &Speech<'_>, source: &Text, clause: Span) -> bool {
    let Some(content) = speech.content.first() else { return false };
    let own = case.brief.words_in(*content);
    let own = &own[usize::from(own.first().is_some_and(|word| word.lower == "that"))..];
    let from = source.words.partition_point(|word| word.span.start < clause.end);
    let from = from + usize::from(source.words.get(from).is_some_and(|word| word.lower == "that"));
    own.len() >= SAME
        && own[..SAME].iter().zip(source.words.iter().skip(from)).filter(|(a, b)| a.lower == b.lower).count()
            == SAME
}

/// "She said the water …" as "she said her doctor suspects the water …": the clause with which the source's statement begins
/// is put in behind the verb, where both go on with the same words, and where it reads there as it stands: without marks, a
/// capital, or a pronoun of anybody but the speaker.
pub(super) fn with_clause(
    case: &Case<'_>,
    found: Found,
    speech: &Speech<'_>,
    origin: &Origin<'_, '_>,
    clause: Span,
) -> Found {
    let (brief, source) = (case.brief, &case.sources[origin.article]);
    let (Some(cue), Some(content)) = (speech.cue, speech.content.first()) else { return found };
    let is_behind = origin.speech.cue.is_some_and(|cue| cue.end <= clause.start)
        && origin.speech.content.first().is_some_and(|part| part.contains(clause));
    let joins = cue.end <= content.start && brief.doc.text[cue.end..content.start].trim().is_empty();
    let words = source.say(clause);
    let is_plain = words.starts_with(char::is_lowercase) && words.chars().all(is_of_word);
    let actor = origin.speech.attribution.actor.as_ref();
    let is_speaker = |span: Span| {
        let mut his = source.record.actors.iter().filter(|other| Some(&other.id) == actor);
        his.any(|actor| actor.mentions.iter().any(|m| source.bytes_at(m.start, m.end) == span))
    };
    let mut pronouns = source.words_in(clause).iter().filter(|word| is_in(PRONOUNS, &word.lower));
    let fits = is_behind && joins && is_plain && pronouns.all(|word| is_speaker(word.span));
    if !fits || !goes_on(case, speech, source, clause) {
        return found;
    }
    let fix = format!("{} {words}", brief.say(cue));
    Found { fix: Some((cue, fix)), ..found }
}

/// "The minute-taker recorded that he wondered" for "he wondered": what the source has before the clause, put before it at the
/// beginning of a sentence, where the source's first word there is no name.
pub(super) fn with_frame(case: &Case<'_>, found: Found, clause: Span, source: &Text, frame: Span) -> Found {
    let brief = case.brief;
    // The frame would take in what else the sentence tells.
    let sentence = brief.words_in(brief.doc.sentences[brief.sentence_at(clause.start)].span);
    let is_all = brief.words_in(clause).len() == sentence.len();
    let opens = is_all && source.doc.sentences[source.sentence_at(frame.start)].span.start == frame.start;
    let from = source.words.partition_point(|word| word.span.start < frame.end);
    let (Some(first), Some(theirs)) = (brief.words_in(clause).first(), source.words.get(from)) else {
        return found;
    };
    let is_plain =
        source.say(frame).chars().all(is_of_word) && source.say(theirs.span).starts_with(char::is_lowercase);
    let mut pronouns = source.words_in(frame).iter().filter(|word| is_in(PRONOUNS, &word.lower));
    if !opens || !is_plain || first.lower != theirs.lower || pronouns.next().is_some() {
        return found;
    }
    let fix = format!("{} {}", capital(source.say(frame)), source.say(theirs.span));
    Found { fix: Some((first.span, fix)), ..found }
}

/// "According to the filing, the chemist told": a document of the source's put before a statement that opens its sentence.
pub(super) fn according_to(case: &Case<'_>, found: Found, speech: &Speech<'_>, hand: &str) -> Found {
    let brief = case.brief;
    let Some(first) = speech.source.and_then(|span| brief.words_in(span).first()) else { return found };
    let opens = brief.doc.sentences[speech.sentence].span.start == first.span.start;
    let words = brief.say(first.span);
    let mut persons = brief.record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
    let is_name = persons.any(|actor| actor.name.as_deref().is_some_and(|name| name.starts_with(words)));
    let begins = match first.lower.as_str() {
        "the" | "a" | "an" | "he" | "she" | "they" | "it" => first.lower.clone(),
        _ if is_name => words.to_owned(),
        _ => return found,
    };
    let is_one =
        hand.split_whitespace().next().is_some_and(|word| word == "the") && hand.chars().all(is_of_word);
    if !opens || !is_one {
        return found;
    }
    Found { fix: Some((first.span, format!("According to {hand}, {begins}"))), ..found }
}

/// "Has outsold" for "has been outsold by", and "struck" for "was struck by": a verb whose past is its participle.
pub(super) fn active(brief: &Text, verb: usize) -> Option<(Span, String)> {
    const PASTS: &str = "hit struck outsold bought sued shot held hurt led paid sold caught";
    let word = &brief.words[verb];
    let by = brief.words.get(verb + 1).filter(|word| word.lower == "by")?;
    let is_same = word.lower.ends_with("ed") || is_in(PASTS, &word.lower);
    let before = |n: usize| verb.checked_sub(n).map(|i| &brief.words[i]);
    let (first, auxiliary) = match (before(2), before(1)?) {
        (Some(have), been) if is_in("has have had", &have.lower) && been.lower == "been" => {
            (have, format!("{} ", brief.say(have.span)))
        }
        (_, be) if is_in("was were", &be.lower) => (be, String::new()),
        _ => return None,
    };
    is_same.then(|| (first.span.cover(by.span), format!("{auxiliary}{}", brief.say(word.span))))
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’')
}

/// One phrase for who speaks, a name or not, in the place of another beside a verb of the past, which agrees with both.
pub(super) fn speaker(
    case: &Case<'_>,
    found: Found,
    speech: &Speech<'_>,
    right: &str,
    is_name: bool,
) -> Found {
    let brief = case.brief;
    let Some(cue) = speech.cue else { return found };
    // "Lawyers for the families, who wept, argued".
    let between = Span::new(found.span.end.min(cue.end), cue.start.max(found.span.start));
    if !brief.say(between).trim().is_empty() {
        return found;
    }
    let verb = brief.words_in(cue);
    let is_past = verb.len() == 1
        && (verb[0].lower.ends_with("ed") || is_in("said told wrote", &verb[0].lower))
        || brief.say(cue).eq_ignore_ascii_case("according to");
    let first = right.split_whitespace().next().unwrap_or_default().to_lowercase();
    // Without what is told of him behind a comma; "more than 1,000" and "engineers, divers and pilots" are all of them.
    let tells = |rest: &str| {
        let first = rest.split_whitespace().next().unwrap_or_default();
        is_in("a an the who which whose", first) && !rest.contains(" and ")
    };
    let right = match right.trim_end_matches(',').split_once(", ") {
        Some((who, rest)) if tells(rest) => who,
        Some(_) => return found,
        None => right.trim_end_matches(','),
    };
    if !is_past
        || is_in(PRONOUNS, &first)
        || right.contains(['"', '“', '('])
        || brief.say(found.span).contains(',')
    {
        return found;
    }
    // As the brief has it there, large or small; a large one that may be a name's stays as it is where it can.
    let opens = brief.say(found.span).starts_with(char::is_uppercase);
    let is_common = is_in("the a an", &first) || case.rules.noun(&first).is_some();
    let is_large = right.starts_with(char::is_uppercase);
    let mut chars = right.chars();
    let right = match chars.next() {
        Some(_) if opens => capital(right),
        Some(c) if is_common => c.to_lowercase().collect::<String>() + chars.as_str(),
        _ if is_large && !is_name => return found,
        _ => right.to_owned(),
    };
    found.fixed_by(right)
}
