//! How does a statement look in one row of a table?
//!
//! The words of single cells, for all who make tables for other programs: several in one cell are parted by `; `, hands by
//! ` ‹ `, pieces of a content by ` … `.

use jiff::civil::Date;
use serde::Serialize;

use crate::record::{Actor, ActorKind, Attribution, HandRole, MentionKind, Record};

/// An enumeration's name in the record's JSON: `not-verify`.
pub fn named<T: Serialize>(one: &T) -> String {
    match serde_json::to_value(one) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The calendar day of a date as an article states it: `2026-03-15T20:05:00Z` is of `2026-03-15`. `None` for a date that is
/// no ISO 8601.
pub fn day(published: &str) -> Option<String> {
    let day: Date = published.trim().get(..10)?.parse().ok()?;
    Some(day.to_string())
}

/// From the first to the last of its parts, in code points.
pub fn extent(attribution: &Attribution) -> (usize, usize) {
    let parts = || attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
    (parts().map(|p| p.start).min().unwrap_or(0), parts().map(|p| p.end).max().unwrap_or(0))
}

/// What is said, with its breaks.
pub fn content(attribution: &Attribution) -> String {
    let pieces: Vec<&str> = attribution.content.iter().map(|piece| piece.text.as_str()).collect();
    pieces.join(" … ")
}

/// The hands between outlet and source, outermost first: "Der Spiegel ‹ transcript". The agency whose words the whole
/// article carries isn't one of them.
pub fn hands(record: &Record, attribution: &Attribution) -> String {
    let hands = attribution.chain.iter().filter(|hand| hand.role != HandRole::Wire);
    hands.filter_map(|hand| called(record, &hand.actor)).collect::<Vec<_>>().join(" ‹ ")
}

/// What an actor of the record is called where another statement speaks of it.
pub fn called(record: &Record, id: &str) -> Option<String> {
    let actor = record.actors.iter().find(|actor| actor.id == id)?;
    actor.name.clone().or_else(|| actor.mentions.first().map(|mention| mention.text.clone()))
}

/// The sides that an actor speaks for: those that the record is sure of, what it belongs to by its office ("Norvale’s chief
/// negotiator"), unless that was before, and itself where it is a state or a body.
pub fn parties(actor: &Actor) -> Vec<String> {
    let was = |word: &str| matches!(word, "former" | "ex" | "retired" | "late" | "onetime" | "then");
    let is_past = actor
        .titles
        .iter()
        .flat_map(|title| title.text.split(|c: char| !c.is_alphanumeric()))
        .any(|word| was(&word.to_lowercase()));
    let mut all = actor.parties.clone();
    if !is_past {
        all.extend(actor.affiliations.iter().map(|part| part.text.clone()));
    }
    if matches!(actor.kind, ActorKind::State | ActorKind::Organisation) {
        all.extend(actor.name.clone());
    }
    all.sort();
    all.dedup();
    all
}

/// An actor's name, or the words that stand for one: "a spokesman for the ministry", rather than "he".
pub fn actor(actor: &Actor) -> String {
    let words = || {
        let telling = actor.mentions.iter().find(|mention| mention.kind != MentionKind::Pronoun);
        telling.or(actor.mentions.first()).map_or("unnamed", |mention| &mention.text)
    };
    actor.name.as_deref().unwrap_or_else(words).to_owned()
}

/// The issues that a statement is on: those that stand in it, and those on which it shows a position.
pub fn issues<'a>(record: &'a Record, attribution: &Attribution) -> Vec<&'a str> {
    let (first, last) = extent(attribution);
    let shows = |issue: &str| {
        record
            .positions
            .iter()
            .any(|position| position.issue == issue && position.attributions.contains(&attribution.id))
    };
    let on = record.issues.iter().filter(|issue| {
        issue.mentions.iter().any(|mention| first <= mention.start && mention.end <= last) || shows(&issue.id)
    });
    on.map(|issue| issue.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_one_that_is_stated() {
        for (published, expected) in [
            ("2026-03-15T23:05:00-05:00", Some("2026-03-15")),
            ("2026-03-15", Some("2026-03-15")),
            ("2026-02-31", None),
            ("March 15", None),
            ("", None),
        ] {
            assert_eq!(day(published).as_deref(), expected, "{published}");
        }
    }
}
