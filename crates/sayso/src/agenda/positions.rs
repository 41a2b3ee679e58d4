//! What does each party hold on each issue, as far as its statements show it?

use std::collections::BTreeMap;

use sayso_text::Span;

use super::deeds::Deed;
use super::parties::parties as parties_of;
use super::phrases::Reader;
use super::stances::Stated;
use super::{Issue, Position, Reading};
use crate::grammar;
use crate::record::{Stance, StandingKind};
use crate::word_list::is_in;

/// Words from which a detail is cut at a semicolon, a colon or a dash.
const LONGEST_DETAIL: usize = 40;

/// The positions of all parties, one for each issue and stance.
pub(super) fn positions(
    reading: Reading<'_>,
    issues: &[Issue],
    about: &BTreeMap<usize, usize>,
) -> Vec<Position> {
    let mut all: Vec<Position> = Vec::new();
    for (i, statement) in reading.statements.iter().enumerate() {
        let Some(actor) = statement.actor else { continue };
        let parties = parties_of(reading, actor);
        if parties.is_empty() || stands_in_phrase(reading, i) {
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
            let is_object = about.get(&i) == Some(&number) || issue.verbs.contains(&mention);
            let stated = Stated { reading, i, issue, mention, clause, is_object };
            held.extend(stated.stance().map(|stance| (number, stance, clause)));
        }
        // What the rules list is the point, and "the lifting" of it is none.
        let weight = |number: usize| (issues[number].is_listed, issues[number].mentions.len());
        for &(number, stance, detail) in &held {
            let beaten = held.iter().any(|&(other, same, clause)| {
                let is_more = (weight(other), number) > (weight(number), other);
                issues[other].is_listed && !issues[number].is_listed
                    || same == stance && clause == detail && is_more
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

/// What deeds show, where no statement of the same clause shows something of the same issue.
pub(super) fn done(reading: Reading<'_>, all: &mut Vec<Position>, deeds: &[Deed], numbers: &[Option<usize>]) {
    for (deed, number) in deeds.iter().zip(numbers) {
        let Some(issue) = *number else { continue };
        let verb = Span::new(deed.detail.start, deed.detail.start + 1);
        let is_shown = |known: &Position| {
            let is_cue = |i: &usize| reading.attributed[*i].cue.is_some_and(|cue| cue.overlaps(verb));
            let is_of = known.parties.iter().any(|party| deed.parties.contains(party));
            known.issue == issue
                && (is_of && known.detail.overlaps(deed.detail) || known.of.iter().any(is_cue))
        };
        if !all.iter().any(is_shown) {
            let (parties, of) = (deed.parties.clone(), deed.of.into_iter().collect());
            add(all, Position { parties, issue, stance: deed.stance, detail: deed.detail, of });
        }
    }
}

fn add(all: &mut Vec<Position>, position: Position) {
    let same = |known: &&mut Position| {
        known.parties == position.parties && known.issue == position.issue && known.stance == position.stance
    };
    match all.iter_mut().find(same) {
        Some(known) => {
            known.of.extend(position.of);
            known.of.sort_unstable();
            known.of.dedup();
        }
        None => all.push(position),
    }
}

/// "The settlement between Helmark and the Nation calls for a ladder": the Nation is no subject of the cue.
fn stands_in_phrase(reading: Reading<'_>, i: usize) -> bool {
    let a = &reading.attributed[i];
    let (Some(source), Some(cue)) = (a.source, a.cue) else { return false };
    // "The wishes of progressives backing his bid" are those of progressives, who back it.
    let first = cue.of(&reading.doc.text).split(' ').next().unwrap_or_default();
    if source.end > cue.start || first.ends_with("ing") {
        return false;
    }
    let reader = Reader { doc: reading.doc, rules: reading.rules };
    let at = grammar::tokens_of(reading.doc, source).start;
    let sentence = reading.doc.sentences.partition_point(|s| s.span.end <= source.start);
    let start = reading.doc.sentences.get(sentence).map_or(at, |s| s.tokens.start);
    at > start && is_in("of by from between against among", &reader.lower(at - 1))
        || reader.is_second(at, start)
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

/// Who was asked about a statement on an issue, and would not say.
fn silent(reading: Reading<'_>, issues: &[Issue], all: &mut Vec<Position>) {
    let kinds = [StandingKind::DeclinedToComment, StandingKind::NoCommentYet];
    for stood in reading.standings.iter().filter(|stood| kinds.contains(&stood.kind)) {
        let Some(by) = stood.by else { continue };
        let parties = parties_of(reading, by);
        if parties.is_empty() {
            continue;
        }
        let on = |issue: &Issue| {
            issue.mentions.iter().any(|mention| {
                // Of one's own words one is silent as often to keep them as to lose them.
                let others = stood.of.iter().filter(|&&i| {
                    reading.statements[i].actor.is_none_or(|actor| parties_of(reading, actor) != parties)
                });
                let is_asked = stood.span.contains(*mention) && {
                    let before = Span::new(stood.span.start, mention.start);
                    reading.rules.agenda.asked.is_match(before.of(&reading.doc.text))
                };
                let mut others = others;
                is_asked
                    || others.any(|&i| reading.attributed[i].content.iter().any(|c| c.contains(*mention)))
            })
        };
        for (number, _) in issues.iter().enumerate().filter(|(_, issue)| issue.is_listed && on(issue)) {
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
