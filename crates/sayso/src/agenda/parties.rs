//! Whose side is somebody on?

use super::Reading;
use crate::record::{ActorKind, MentionKind};
use crate::resolve::Entity;
use crate::rules::StateWord;

const POSSESSIVES: &[&str] = &["her", "his", "its", "my", "no", "our", "their", "whose", "your"];
/// They speak for whom the text often doesn't name.
const LAWYERS: &[&str] = &["attorney", "counsel", "lawyer", "solicitor", "barrister"];

/// Whose side an entity takes; nobody for observers, documents and those without a name.
pub(super) fn parties(reading: Reading<'_>, id: usize) -> Vec<String> {
    let entity = &reading.resolved.entities[id];
    let name = entity.name.clone().unwrap_or_default();
    let lower = name.to_lowercase();
    let mut told = entity.titles.iter().chain(&entity.affiliations).map(|span| span.of(&reading.doc.text));
    let observes = observes(reading, &name) || told.any(|words| observes(reading, words));
    let is_whose = POSSESSIVES.contains(&lower.split(' ').next().unwrap_or_default());
    if observes && entity.kind != ActorKind::State || is_whose {
        return Vec::new();
    }
    // Who left an office speaks for it no more.
    let is_former = entity.titles.iter().any(|title| {
        let words = title.of(&reading.doc.text).to_lowercase();
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "former" | "ex" | "late" | "then"))
    });
    if is_former && entity.kind == ActorKind::Person && entity.parties.is_empty() {
        return vec![name];
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
            .filter(|party| entity.kind == ActorKind::State || !region(party));
        let sides: Vec<String> = sides.map(named).collect();
        if !sides.is_empty() {
            return sides;
        }
    }
    let words = entity.affiliations.iter().map(|span| span.of(&reading.doc.text)).chain([name.as_str()]);
    if let Some(state) = words
        .filter(|words| is_organ(reading, words))
        .find_map(|words| words.split(' ').find_map(|word| demonym_of(reading, word)))
    {
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
            if members.is_empty() {
                entity.name.clone().filter(|_| !is_lawyers(&lower)).into_iter().collect()
            } else {
                members
            }
        }
        ActorKind::Unnamed | ActorKind::Role => described(reading, entity).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Called an observer, in words of any case; a People's Centre is a party.
fn observes(reading: Reading<'_>, words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_owned = lower.contains("'s ") || lower.contains("’s ");
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
        reading.rules.agenda.is_observer(word) && !(is_owned && matches!(word, "centre" | "center"))
    })
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
        && !is_lawyers(&lower)
        && !speaks_for_others(reading, entity)
        && all.len() <= LONGEST
        && !words.contains('\n'))
    .then(|| words.to_owned())
}

pub(super) fn is_lawyers(words: &str) -> bool {
    words.split(' ').any(|word| LAWYERS.contains(&word.trim_end_matches('s')))
}

/// A president, a spokeswoman, a lawyer.
fn speaks_for_others(reading: Reading<'_>, entity: &Entity) -> bool {
    entity.titles.iter().any(|title| {
        let words = title.of(&reading.doc.text).to_lowercase();
        reading.rules.speaks_for(&words)
            || words.split(' ').any(|word| reading.rules.is_leader(word) || LAWYERS.contains(&word))
    })
}

/// "The Kestrian navy" speaks for its state, the Kestrian Nurses Union for nurses.
fn is_organ(reading: Reading<'_>, words: &str) -> bool {
    let last = words.split(' ').next_back().unwrap_or_default().to_lowercase();
    !words.contains(' ') || reading.rules.agenda.is_organ(&last)
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
