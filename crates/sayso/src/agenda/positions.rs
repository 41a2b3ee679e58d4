//! What does each party hold on each issue, as far as its statements show it?

use std::collections::BTreeMap;

use sayso_text::Span;

use super::{Issue, Position, Reading};
use crate::record::{Act, ActorKind, MentionKind, Stance, StandingKind};
use crate::resolve::Entity;
use crate::rules::{StanceRule, StateWord};

/// Words of a detail at most.
const LONGEST_DETAIL: usize = 40;
/// Bytes behind a cue within which a clause says where the speaker stands.
const NEAR_CUE: usize = 24;
/// Bytes of a clause within which its subject begins.
const SUBJECT_ENDS: usize = 12;

/// The positions of all parties, one for each issue and stance.
pub(super) fn positions(
    reading: Reading<'_>,
    issues: &[Issue],
    about: &BTreeMap<usize, usize>,
) -> Vec<Position> {
    let mut all: Vec<Position> = Vec::new();
    for (i, statement) in reading.statements.iter().enumerate() {
        let Some(actor) = statement.actor else { continue };
        let parties = parties(reading, actor);
        if parties.is_empty() {
            continue;
        }
        // What one clause shows is held on one issue: the one that the text speaks of most.
        let mut held: Vec<(usize, Stance, Span)> = Vec::new();
        for (number, issue) in issues.iter().enumerate() {
            if !issue.is_listed && about.get(&i) != Some(&number) {
                continue;
            }
            let own = issue.mentions.iter().copied().find(|mention| is_own(reading, i, *mention));
            let Some(mention) = own else { continue };
            let clause = clause(reading, i, mention);
            let Some(stance) = stance(reading, i, clause, issue.is_listed) else { continue };
            held.push((number, stance, clause));
        }
        let weight = |number: usize| (issues[number].is_listed, issues[number].mentions.len());
        for &(number, stance, detail) in &held {
            let beaten = held.iter().any(|&(other, same, clause)| {
                other != number
                    && same == stance
                    && clause == detail
                    && (weight(other), number) > (weight(number), other)
            });
            if !beaten {
                add(
                    &mut all,
                    Position { parties: parties.clone(), issue: number, stance, detail, of: vec![i] },
                );
            }
        }
    }
    silent(reading, issues, &mut all);
    all
}

fn add(all: &mut Vec<Position>, position: Position) {
    let same = |known: &&mut Position| {
        known.parties == position.parties && known.issue == position.issue && known.stance == position.stance
    };
    match all.iter_mut().find(same) {
        Some(known) => {
            known
                .of
                .extend(position.of.iter().filter(|i| !known.of.contains(i)).copied().collect::<Vec<_>>());
        }
        None => all.push(position),
    }
}

/// A mention in a statement's own content or cue, not in one that stands within it.
fn is_own(reading: Reading<'_>, i: usize, mention: Span) -> bool {
    let inside = |k: usize| {
        let a = &reading.attributed[k];
        a.content.iter().chain(a.cue.iter()).any(|part| part.overlaps(mention))
    };
    let child = |k: &usize| reading.attributed[*k].parent == Some(i) && inside(*k);
    inside(i) && !(0..reading.attributed.len()).any(|k| child(&k))
}

/// Whose side an entity takes; nobody for observers, documents and those without a name.
pub(super) fn parties(reading: Reading<'_>, id: usize) -> Vec<String> {
    let entity = &reading.resolved.entities[id];
    let name = entity.name.clone().unwrap_or_default();
    let lower = name.to_lowercase();
    let observes =
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| reading.rules.agenda.is_observer(word))
            || entity.titles.iter().chain(&entity.affiliations).any(|span| {
                let words = span.of(&reading.doc.text).to_lowercase();
                words.split(|c: char| !c.is_alphanumeric()).any(|word| reading.rules.agenda.is_observer(word))
            });
    if observes && entity.kind != ActorKind::State {
        return Vec::new();
    }
    if !entity.parties.is_empty() {
        let named = |party: &String| {
            demonym_of(reading, party.split(' ').next().unwrap_or_default()).unwrap_or_else(|| party.clone())
        };
        let region = |party: &String| matches!(reading.rules.state(party), Some((_, StateWord::Region)));
        // A governor or senator is of a state, and speaks for himself.
        let sides = entity
            .parties
            .iter()
            .map(|(party, _)| party)
            .filter(|party| entity.kind != ActorKind::Person || !region(party));
        let sides: Vec<String> = sides.map(named).collect();
        if !sides.is_empty() {
            return sides;
        }
    }
    let words = entity.affiliations.iter().map(|span| span.of(&reading.doc.text)).chain([name.as_str()]);
    if let Some(state) = words.flat_map(|words| words.split(' ')).find_map(|word| demonym_of(reading, word)) {
        return vec![state];
    }
    match entity.kind {
        ActorKind::State | ActorKind::Organisation if entity.name.is_some() => vec![name],
        // Who speaks for others whom the text doesn't tell speaks for nobody we know.
        ActorKind::Person if entity.affiliations.is_empty() && speaks_for_others(reading, entity) => {
            Vec::new()
        }
        ActorKind::Person if entity.name.is_some() => {
            let of = entity.affiliations.first().map(|span| affiliation(span.of(&reading.doc.text)));
            let of = of.filter(|of| !matches!(reading.rules.state(of), Some((_, StateWord::Region))));
            vec![of.filter(|of| !of.is_empty()).unwrap_or(name)]
        }
        ActorKind::Group => {
            let members = entity.members.iter().flat_map(|&member| parties(reading, member));
            let mut members: Vec<String> = members.collect();
            members.dedup();
            if members.is_empty() { entity.name.clone().into_iter().collect() } else { members }
        }
        ActorKind::Unnamed | ActorKind::Role => described(reading, entity).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Several who are called by what they are: "the families", "aid groups".
fn described(reading: Reading<'_>, entity: &Entity) -> Option<String> {
    const LONGEST: usize = 5;
    let first = entity.mentions.iter().find(|(_, kind)| *kind == MentionKind::Description)?;
    let words = first.0.of(&reading.doc.text);
    let words = words.split([',', '(', '—', ';']).next().unwrap_or_default();
    let ends = [" who ", " that ", " which ", " with "].iter().filter_map(|end| words.find(end)).min();
    let words = words[..ends.unwrap_or(words.len())].trim();
    let lower = words.to_lowercase();
    let all: Vec<&str> = lower.split(' ').collect();
    let head =
        all.iter().position(|word| matches!(*word, "of" | "at" | "in" | "from" | "on" | "for" | "near"));
    let head = all[head.unwrap_or(all.len()).checked_sub(1)?];
    let is_plural =
        head.ends_with('s') && !head.ends_with("ss") || matches!(head, "children" | "family" | "public");
    let takes_sides = all
        .iter()
        .all(|word| !reading.rules.agenda.is_observer(word) && !reading.rules.agenda.is_nobody(word));
    (is_plural
        && takes_sides
        && !speaks_for_others(reading, entity)
        && all.len() <= LONGEST
        && !words.contains('\n'))
    .then(|| words.to_owned())
}

/// A president, a spokeswoman, a lawyer.
fn speaks_for_others(reading: Reading<'_>, entity: &Entity) -> bool {
    const LAWYERS: &[&str] = &["attorney", "counsel", "lawyer", "solicitor", "barrister"];
    entity.titles.iter().any(|title| {
        let words = title.of(&reading.doc.text).to_lowercase();
        reading.rules.speaks_for(&words)
            || words.split(' ').any(|word| reading.rules.is_leader(word) || LAWYERS.contains(&word))
    })
}

/// Whose people or team it is, of those that the text names: "Norvalian" is of Norvale.
fn demonym_of(reading: Reading<'_>, word: &str) -> Option<String> {
    const SHORTEST: usize = 4;
    if !word.starts_with(char::is_uppercase)
        || !["an", "ese", "ish", "i"].iter().any(|end| word.ends_with(end))
    {
        return None;
    }
    let common = |name: &str| name.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let is_it = |name: &&str| {
        let n = name.chars().count();
        !name.contains(' ') && *name != word && n > SHORTEST && common(name) >= SHORTEST.max(n - 1)
    };
    let places = reading.resolved.entities.iter().filter(|entity| {
        entity.kind != ActorKind::Person || entity.name.as_deref().is_some_and(|n| !n.contains(' '))
    });
    places.filter_map(|entity| entity.name.as_deref()).find(is_it).map(str::to_owned)
}

/// Without article and possessive.
fn affiliation(words: &str) -> String {
    let words = words.trim_start_matches("the ").trim_start_matches("The ");
    words.trim_end_matches("'s").trim_end_matches("’s").trim().to_owned()
}

/// The sentence or clause of the content that holds a mention.
fn clause(reading: Reading<'_>, i: usize, mention: Span) -> Span {
    let text = &reading.doc.text;
    let a = &reading.attributed[i];
    let content = a.content.iter().copied().find(|content| content.overlaps(mention));
    let sentence = super::proposals::sentence(reading, mention);
    let whole = content.unwrap_or(mention);
    let (mut start, mut end) = (whole.start.max(sentence.start), whole.end.min(sentence.end));
    let words = Span::new(start, end).of(text).split_whitespace().count();
    if words > LONGEST_DETAIL {
        let before = text[start..mention.start.max(start)].rfind(&[';', ':', '—'][..]);
        let behind = text[mention.end.min(end)..end].find(&[';', ':', '—'][..]);
        start = before
            .map_or(start, |at| start + at + text[start + at..].chars().next().map_or(0, char::len_utf8));
        end = behind.map_or(end, |at| mention.end + at);
    }
    let trimmed = Span::new(start, end).trim(text);
    if trimmed.is_empty() { mention } else { trimmed }
}

/// What a statement shows: by its act, and else by the words of cue and clause.
fn stance(reading: Reading<'_>, i: usize, clause: Span, is_listed: bool) -> Option<Stance> {
    let text = &reading.doc.text;
    let statement = &reading.statements[i];
    let cue = reading.attributed[i].cue.map_or("", |cue| cue.of(text));
    let words = format!("{cue} {}", clause.of(text));
    // "Avoided condemning it", "stripped the call for it".
    let before = reading.attributed[i].cue.map_or(clause.start, |cue| cue.start.min(clause.start));
    let lead = Span::new(sentence_start(reading, before), before);
    if reading.rules.agenda.reversed.is_match(&words)
        || reading.rules.agenda.reversed.is_match(last_words(lead.of(text)))
    {
        return None;
    }
    let rule = || {
        let near = cue.len() + NEAR_CUE;
        let shows = |rule: &&StanceRule| {
            rule.pattern.find(&words).is_some_and(|hit| rule.anywhere || hit.start() <= near)
        };
        reading.rules.agenda.stances.iter().find(shows).map(|rule| rule.stance)
    };
    let strong = [Stance::Conditional, Stance::AcceptsInPart, Stance::Undecided];
    match (statement.act, statement.negated, rule()) {
        (_, _, Some(found)) if is_listed && strong.contains(&found) => Some(found),
        // "Agreed that the talks were useful" accepts no talks.
        (Act::Accept, ..) if !is_listed && begins_with_that(reading, i) => None,
        (Act::Demand | Act::Urge, false, _) => Some(Stance::Demands),
        (Act::Ask, false, _) if asks_for(reading, i) => Some(Stance::Demands),
        (Act::Reject | Act::Deny, false, _) => Some(Stance::Rejects),
        (Act::Accept, true, _) => Some(Stance::Rejects),
        (Act::Accept, false, _) => Some(Stance::Accepts),
        (Act::Accuse, false, _) => Some(Stance::Accuses),
        (Act::Criticise, false, _) => Some(Stance::Opposes),
        (Act::ExpressConcern | Act::Warn, false, _) => Some(Stance::Concerned),
        (Act::Praise, false, _) => Some(Stance::Supports),
        (Act::Decline, ..) if cue.contains("efus") => Some(Stance::Rejects),
        (Act::Decline, ..) => Some(Stance::Silent),
        (_, _, found) => {
            found.filter(|stance| is_listed && (tells_others(*stance) || !of_another(reading, i, clause)))
        }
    }
}

/// "Asked employers to hand over their lists", not "asked whether they had".
fn asks_for(reading: Reading<'_>, i: usize) -> bool {
    const SOON: usize = 5;
    let first = reading.attributed[i].content.first();
    let words = first.map_or("", |content| content.of(&reading.doc.text)).split_whitespace();
    let cue = reading.attributed[i].cue.map_or("", |cue| cue.of(&reading.doc.text));
    cue.ends_with(" for") || words.take(SOON).any(|word| word == "to")
}

fn begins_with_that(reading: Reading<'_>, i: usize) -> bool {
    let first = reading.attributed[i].content.first();
    first.is_some_and(|content| content.of(&reading.doc.text).starts_with("that "))
}

fn sentence_start(reading: Reading<'_>, at: usize) -> usize {
    super::proposals::sentence(reading, Span::new(at, at)).start.min(at)
}

/// The last four words.
fn last_words(text: &str) -> &str {
    const LAST: usize = 4;
    let at = text.rmatch_indices(' ').nth(LAST).map_or(0, |(at, _)| at);
    &text[at..]
}

/// What one may hold of others' doing.
fn tells_others(stance: Stance) -> bool {
    matches!(stance, Stance::Demands | Stance::Accuses | Stance::Concerned | Stance::Opposes)
}

/// "Norvale has accepted it", said by Kestria, is no position of Kestria's.
fn of_another(reading: Reading<'_>, i: usize, clause: Span) -> bool {
    let begins = Span::new(clause.start, (clause.start + SUBJECT_ENDS).min(clause.end));
    let own = reading.statements[i].actor.map(|actor| parties(reading, actor)).unwrap_or_default();
    reading.resolved.names.iter().any(|(span, id)| {
        begins.overlaps(*span)
            && id.is_some_and(|id| {
                let theirs = parties(reading, id);
                !theirs.is_empty() && theirs.iter().all(|party| !own.contains(party))
            })
    })
}

/// Who was asked about a statement on an issue, and would not say.
fn silent(reading: Reading<'_>, issues: &[Issue], all: &mut Vec<Position>) {
    let kinds = [StandingKind::DeclinedToComment, StandingKind::NoCommentYet];
    for stood in reading.standings.iter().filter(|stood| kinds.contains(&stood.kind)) {
        let Some(by) = stood.by else { continue };
        let parties = parties(reading, by);
        if parties.is_empty() {
            continue;
        }
        let on = |issue: &Issue| {
            issue.mentions.iter().any(|mention| {
                // Of one's own words one is silent as often to keep them as to lose them.
                let others = stood.of.iter().filter(|&&i| {
                    reading.statements[i].actor.is_none_or(|actor| self::parties(reading, actor) != parties)
                });
                stood.span.contains(*mention) || { others }
                    .any(|&i| reading.attributed[i].content.iter().any(|c| c.contains(*mention)))
            })
        };
        for (number, _) in issues.iter().enumerate().filter(|(_, issue)| on(issue)) {
            let mut of = stood.of.clone();
            let is_it = |i: &usize| {
                let cue = reading.attributed[*i].cue;
                cue.is_some_and(|cue| stood.span.overlaps(cue))
            };
            of.extend((0..reading.attributed.len()).filter(is_it).filter(|i| !stood.of.contains(i)));
            of.sort_unstable();
            let position = Position {
                parties: parties.clone(),
                issue: number,
                stance: Stance::Silent,
                detail: stood.span,
                of,
            };
            add(all, position);
        }
    }
}
