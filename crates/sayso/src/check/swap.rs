//! Have two actors changed places?

use std::ops::Range;

use super::Code;
use super::align::matched;
use super::found::{Case, Found};
use super::mend;
use super::text::{Run, Text, Word, bare, runs};
use crate::word_list::is_in;

/// The least share of a sentence's words that its passage must have.
const ALIGNED: f64 = 0.6;
/// Words between two actors at most.
const BETWEEN: usize = 8;
/// Words that turn a clause round.
const TURNING: &str = "by with and or between versus vs from";

/// Verbs of which both sides do the same.
const MUTUAL: &str = "meet meets met marry married marries talk talks talked speak speaks spoke collide collides \
collided clash clashes clashed join joins joined agree agrees agreed face faces faced border borders fight fights \
fought is are was were has have had say says said told";
/// Past forms that don't end in "-ed".
const IRREGULAR: &str = "beat beaten bought brought caught defeated drove fed found gave given hit held hurt led left lent \
lost made paid sent shot shook sold stole struck sued sank taught threw took taken understood withdrew won wrote outsold";
/// What stands behind a verb without being its object.
const TIMES: &str = "day days week weeks month months year years hour hours minute minutes night morning evening afternoon \
monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow earlier later ago twice";
const BE: &str = "is are was were be been being";
/// Pronouns that do it, and those it is done to; "her" may be whose it is, and counts only where nothing follows that could be.
const SUBJECTS: &str = "he she they";
const OBJECTS: &str = "him her them";
/// Words that belong to a verb before them.
const PARTICLES: &str = "in out off on up down back away over aside through";
/// Words of a subject or an object at most, and words between it and its verb.
const LONGEST: usize = 4;
const APART: usize = 3;

/// Two names around the same words, in the other order; and who does it to whom, turned round.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let all = runs(case.brief);
    for pair in all.windows(2) {
        if pair[0].sentence == pair[1].sentence {
            found.extend(swapped(case, &pair[0], &pair[1]));
        }
    }
    for s in case.brief.body() {
        found.extend(case.brief.of_sentence[s].clone().find_map(|verb| turned(case, s, verb)));
        found.extend(exchanged(case, s));
    }
    found
}

/// Who does it, and to whom, as places of words.
struct Clause {
    agent: Vec<usize>,
    patient: Vec<usize>,
    passive: bool,
    /// A pronoun stands where the other would.
    by_pronoun: bool,
    to_pronoun: bool,
}

/// What stands around a verb; `None` where neither side has anything that tells, or nobody is told who does it.
fn clause(text: &Text, verb: usize) -> Option<Clause> {
    let sentence = text.of_sentence[text.sentence_at(text.words[verb].span.start)].clone();
    let (before, by_pronoun) = before_verb(text, &sentence, verb);
    // "Called in by managers".
    let mut words = text.words[verb + 1..sentence.end].iter();
    let passive = words.find(|word| !is_in(PARTICLES, &word.lower)).is_some_and(|word| word.lower == "by");
    let behind = behind_verb(text, &sentence, verb, passive);
    let to_pronoun = has_object_pronoun(text, &sentence, verb);
    // "The price has been paid", by nobody.
    let is_done = text.words[sentence.start.max(verb.saturating_sub(APART))..verb]
        .iter()
        .rev()
        .take_while(|word| is_light(word))
        .any(|word| is_in(BE, &word.lower));
    if is_done && !passive {
        return None;
    }
    let (agent, patient) = if passive { (behind, before) } else { (before, behind) };
    let tells = !agent.is_empty() || !patient.is_empty();
    tells.then_some(Clause { agent, patient, passive, by_pronoun, to_pronoun })
}

fn parted(text: &Text, a: usize, b: usize) -> bool {
    text.doc.text[text.words[a].span.end..text.words[b].span.start]
        .contains([',', ';', ':', '"', '“', '”', '—', '('])
}

fn is_light(word: &Word) -> bool {
    word.is_function || word.lower.ends_with("ly")
}

/// The noun before a verb, and whether a pronoun does it in its place.
fn before_verb(text: &Text, sentence: &Range<usize>, verb: usize) -> (Vec<usize>, bool) {
    let mut at = verb;
    while at > sentence.start
        && verb - at < APART
        && is_light(&text.words[at - 1])
        && !parted(text, at - 1, at)
    {
        at -= 1;
        if is_in(SUBJECTS, &text.words[at].lower) {
            // "He was shot" is done to him.
            let is_done = |word: &Word| is_in(BE, &word.lower);
            return (Vec::new(), !text.words[at..verb].iter().any(is_done));
        }
    }
    let name = name_between_commas(text, sentence.start, at);
    at = name.unwrap_or(at);
    let mut before = Vec::new();
    while at > sentence.start
        && before.len() < LONGEST
        && !text.words[at - 1].is_function
        && (name == Some(at) || !parted(text, at - 1, at))
    {
        at -= 1;
        before.push(at);
    }
    (before, false)
}

/// "Called him", and "called her" where no noun follows that could be hers.
fn has_object_pronoun(text: &Text, sentence: &Range<usize>, verb: usize) -> bool {
    let at = verb + 1;
    let ends = || {
        at + 1 == sentence.end
            || text.words[at + 1].is_function
            || is_in(TIMES, &text.words[at + 1].lower)
            || parted(text, at, at + 1)
    };
    at < sentence.end && is_in(OBJECTS, &text.words[at].lower) && (text.words[at].lower != "her" || ends())
}

/// The noun behind a verb; of a passive one, behind its "by".
fn behind_verb(text: &Text, sentence: &Range<usize>, verb: usize, passive: bool) -> Vec<usize> {
    let opens = |i: usize| is_in("that whether how why what when if to", &text.words[i].lower);
    let skips = |word: &Word| is_light(word) || passive && is_in(PARTICLES, &word.lower);
    let mut at = verb + 1;
    while at < sentence.end
        && at - verb <= APART
        && skips(&text.words[at])
        && !opens(at)
        && !parted(text, at - 1, at)
    {
        at += 1;
    }
    let mut behind = Vec::new();
    // "Morning Crown" is a name; a Monday is a day.
    let is_name = |word: &Word| word.is_firm && word.lower.ends_with("ing");
    let when = at < sentence.end && is_in(TIMES, &text.words[at].lower) && !is_name(&text.words[at]);
    while !when && at < sentence.end && behind.len() < LONGEST && !parted(text, at - 1, at) {
        let goes_on = !behind.is_empty() && is_in("of the 's", &text.words[at].lower);
        if text.words[at].is_function && !goes_on {
            break;
        }
        if !text.words[at].is_function {
            behind.push(at);
        }
        at += 1;
    }
    behind
}

/// "A guard, Ann Lee, pulled": the place of the first word of a name between commas that ends before `at`.
fn name_between_commas(text: &Text, start: usize, at: usize) -> Option<usize> {
    let comma = |i: usize| text.doc.text[text.words[i - 1].span.end..text.words[i].span.start].trim() == ",";
    let first = (start + 1..at).rev().take(LONGEST).find(|&i| comma(i))?;
    (comma(at) && text.words[first..at].iter().all(|word| word.is_firm)).then_some(first)
}

fn is_verb(word: &Word) -> bool {
    !word.is_function && !word.is_firm && (word.lower.ends_with("ed") || is_in(IRREGULAR, &word.lower))
}

fn stems(text: &Text, places: &[usize]) -> Vec<String> {
    places.iter().map(|&i| bare(&text.words[i].stem).to_owned()).collect()
}

fn meet(a: &[String], b: &[String]) -> bool {
    a.iter().any(|stem| b.contains(stem))
}

/// Past forms that tell the same.
const SAME: [&str; 3] = ["hit struck rammed", "beat beaten defeated", "bought acquired purchased"];

/// The one verb of some words that is the brief's.
fn only(text: &Text, mut words: Range<usize>, verb: usize, brief: &Text) -> Option<usize> {
    let own = &brief.words[verb];
    let is_alike = |word: &Word| {
        word.stem == own.stem || SAME.iter().any(|all| is_in(all, &word.lower) && is_in(all, &own.lower))
    };
    let same = |&i: &usize| is_verb(&text.words[i]) && is_alike(&text.words[i]);
    let first = words.find(same)?;
    words.find(same).is_none().then_some(first)
}

/// Two verbs of a sentence whose subjects have changed places.
fn exchanged(case: &Case<'_>, s: usize) -> Option<Found> {
    let brief = case.brief;
    let passage = case.best(s).filter(|p| p.share >= ALIGNED)?;
    let source = &case.sources[passage.article];
    let sentence = brief.of_sentence[s].clone();
    let acts = |text: &Text, verb: usize| clause(text, verb).filter(|c| !c.agent.is_empty() && !c.passive);
    let both: Vec<(Clause, Clause)> = sentence
        .clone()
        .filter(|&i| is_verb(&brief.words[i]) || is_in("said says", &brief.words[i].lower))
        .filter_map(|verb| {
            let there = passage.words(source);
            let same = |i: usize| source.words[i].stem == brief.words[verb].stem;
            let mut all = there.filter(|&i| same(i));
            let at = all.next().filter(|_| all.next().is_none())?;
            Some((acts(brief, verb)?, acts(source, at)?))
        })
        .collect();
    let is_exchanged = |(first, their_first): &(Clause, Clause),
                        (second, their_second): &(Clause, Clause)| {
        let (a, b) = (stems(brief, &first.agent), stems(brief, &second.agent));
        let (x, y) = (stems(source, &their_first.agent), stems(source, &their_second.agent));
        meet(&a, &y) && meet(&b, &x) && !meet(&a, &x) && !meet(&b, &y) && !meet(&a, &b)
    };
    let mut pairs = both.iter().enumerate().flat_map(|(i, a)| both[i + 1..].iter().map(move |b| (a, b)));
    let ((first, _), (second, _)) = pairs.find(|(a, b)| is_exchanged(a, b))?;
    let cover = |text: &Text, places: &[usize]| {
        places.iter().map(|&i| text.words[i].span).reduce(sayso_text::Span::cover)
    };
    let span = cover(brief, &first.agent)?.cover(cover(brief, &second.agent)?);
    let right = passage.span(case.sources);
    let found = Found::new(Code::ActorSwapped, span, "the source has each do what the other does here");
    Some(found.shown_by(passage.article, right).better(source.say(right)))
}

/// The source has the brief's subject of a verb as its object, or the other way round.
fn turned(case: &Case<'_>, s: usize, verb: usize) -> Option<Found> {
    let brief = case.brief;
    let word = &brief.words[verb];
    if is_in(MUTUAL, &word.lower) || !is_verb(word) {
        return None;
    }
    let ours = clause(brief, verb)?;
    only(brief, brief.of_sentence[s].clone(), verb, brief)?;
    let in_passage = case.best(s).filter(|p| p.share >= 0.5).and_then(|passage| {
        let source = &case.sources[passage.article];
        Some((passage.article, only(source, passage.words(source), verb, brief)?))
    });
    // A sentence of several parts has its passage for one of them.
    let anywhere = || {
        let mut all = case.sources.iter().enumerate();
        all.find_map(|(article, source)| Some((article, only(source, 0..source.words.len(), verb, brief)?)))
    };
    let (article, at) = in_passage.or_else(anywhere)?;
    let source = &case.sources[article];
    let theirs = clause(source, at)?;
    let (agent, patient) = (stems(brief, &ours.agent), stems(brief, &ours.patient));
    let (their_agent, their_patient) = (stems(source, &theirs.agent), stems(source, &theirs.patient));
    // Where one side tells by whom, and the other has him as its object, that is enough.
    let one_side = ours.passive != theirs.passive && (patient.is_empty() || their_agent.is_empty());
    let is_told = !agent.is_empty() && (ours.passive || !patient.is_empty());
    let is_turned = is_told
        && meet(&agent, &their_patient)
        && !meet(&agent, &their_agent)
        && !meet(&patient, &their_patient)
        && (one_side || meet(&patient, &their_agent));
    // What stands elsewhere must be of the same matter by another word.
    let both = || {
        agent.iter().chain(&patient).filter(|stem| their_agent.contains(stem) || their_patient.contains(stem))
    };
    let of_clause = |word: &Word| {
        let stem = bare(&word.stem);
        [&agent, &patient, &their_agent, &their_patient]
            .iter()
            .any(|stems| stems.iter().any(|other| other == stem))
    };
    let there = source.of_sentence[source.sentence_at(source.words[at].span.start)].clone();
    let is_same_matter = || {
        brief.of_sentence[s].clone().filter(|&i| i != verb).map(|i| &brief.words[i]).any(|word| {
            !word.is_function
                && !of_clause(word)
                && source.words[there.clone()].iter().any(|other| other.stem == word.stem)
        })
    };
    let is_near = in_passage.is_some() || both().count() >= 2 && is_same_matter();
    let by_pronoun = in_passage.is_some() && is_turned_to_pronoun(brief, &ours, source, &theirs, &there);
    if !is_near || !is_turned && !by_pronoun {
        return None;
    }
    let all = ours.agent.iter().chain(&ours.patient).map(|&i| brief.words[i].span);
    let span = all.reduce(sayso_text::Span::cover)?;
    let all = theirs.agent.iter().chain(&theirs.patient).map(|&i| source.words[i].span);
    let right = source.say(all.reduce(sayso_text::Span::cover)?.cover(source.words[at].span));
    let sentence = source.doc.sentences[source.sentence_at(source.words[at].span.start)].span;
    let found =
        Found::new(Code::ActorSwapped, span, format!("the source has it the other way round: {right}"));
    let found = found.shown_by(article, sentence).better(right);
    let active = mend::active(brief, verb).filter(|_| is_turned && ours.passive && !theirs.passive);
    Some(Found { fix: active, ..found })
}

/// "She called the chief" for "the chief called her", and "Tiede handed him cash" for "he handed Tiede cash".
fn is_turned_to_pronoun(
    brief: &Text,
    ours: &Clause,
    source: &Text,
    theirs: &Clause,
    there: &Range<usize>,
) -> bool {
    if ours.passive || theirs.passive {
        return false;
    }
    let (agent, patient) = (stems(brief, &ours.agent), stems(brief, &ours.patient));
    let (their_agent, their_patient) = (stems(source, &theirs.agent), stems(source, &theirs.patient));
    let by = ours.by_pronoun && agent.is_empty() && theirs.to_pronoun && meet(&patient, &their_agent);
    // "The group accused Penhallow" for "he accused the group": he was named in that sentence or the one before.
    let before = source.sentence_at(source.words[there.start].span.start).saturating_sub(1);
    let near = &source.words[source.of_sentence[before].start..there.end];
    let names = |places: &[usize]| {
        let is_name = |word: &Word| word.is_firm && !word.lower.starts_with(|c: char| c.is_ascii_digit());
        let mut named = places.iter().map(|&i| &brief.words[i]).filter(|word| is_name(word));
        named.any(|word| near.iter().any(|other| other.is_firm && other.stem == word.stem))
    };
    let of_name = theirs.by_pronoun && their_agent.is_empty() && names(&ours.patient);
    if of_name && meet(&agent, &their_patient) && !meet(&patient, &their_patient) {
        return true;
    }
    let to = ours.to_pronoun && theirs.by_pronoun && their_agent.is_empty() && meet(&agent, &their_patient);
    by || to
}

fn swapped(case: &Case<'_>, a: &Run, b: &Run) -> Option<Found> {
    let passage = case.best(a.sentence).filter(|p| p.share >= ALIGNED)?;
    let (brief, source) = (case.brief, &case.sources[passage.article]);
    let (Some(&first), Some(&second)) = (a.words.last(), b.words.last()) else { return None };
    let mut between = first + 1..*b.words.first()?;
    // "Told engineer NAME": the office is the name's.
    let is_office = |i: usize| case.rules.noun(&brief.words[i].lower).is_some();
    let told = brief.words[first + 1].lower == "told" && (first + 2..between.end).all(is_office);
    if told {
        between.end = first + 2;
    }
    // What both do together, and a title between a body and a name, have no other way round.
    let mutual = |i: usize| {
        let word = &brief.words[i];
        is_in(MUTUAL, &word.lower) && !told
            || is_in("and with or", &word.lower)
            || case.rules.title(&word.lower).is_some()
            || case.rules.noun(&word.lower).is_some()
    };
    if between.is_empty() || between.len() > BETWEEN || between.clone().any(mutual) {
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
    let turns = |words: Range<usize>, text: &Text| {
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
