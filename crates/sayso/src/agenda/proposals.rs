//! What has been put forward, by whom, in which versions?

use sayso_text::Span;

use super::issues::ends;
use super::parties::parties;
use super::phrases::{DETERMINERS, NounPhrase, What};
use super::{Proposal, Reading, Receipt, Version};

/// Nouns that can stand for the same thing.
const KINDS: [&[&str]; 4] = [
    &[
        "plan",
        "proposal",
        "draft",
        "framework",
        "blueprint",
        "initiative",
        "roadmap",
        "map",
        "package",
        "scheme",
        "compromise",
    ],
    &["deal", "agreement", "accord", "pact", "treaty"],
    &["bill", "resolution", "measure", "motion", "ordinance", "amendment", "petition"],
    &["offer", "bid"],
];

/// Which of these takes two.
const DEALS: usize = 1;

struct Cluster<'a> {
    kind: usize,
    phrases: Vec<&'a NounPhrase>,
}

/// All proposals of the text. "A deal" that nobody describes is none.
pub(super) fn proposals(reading: Reading<'_>, found: &[NounPhrase]) -> Vec<Proposal> {
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let mut last: Option<usize> = None;
    for phrase in found.iter().filter(|phrase| phrase.what == What::Proposal) {
        let kind = kind(phrase);
        let shares = |cluster: &Cluster<'_>| {
            cluster.kind == kind
                && cluster
                    .phrases
                    .iter()
                    .any(|other| other.modifiers.iter().any(|m| phrase.modifiers.contains(m)))
        };
        let bare = phrase.modifiers.is_empty() && phrase.owner.is_none();
        let known = if bare {
            // "The plan" is the one that was spoken of last.
            let same = |&i: &usize| clusters[i].kind == kind;
            last.filter(same)
                .or_else(|| (0..clusters.len()).rev().find(same))
                .filter(|_| !phrase.indefinite || !phrase.versions.is_empty())
        } else {
            let owned = |cluster: &Cluster<'_>| {
                cluster.kind == kind
                    && phrase.owner.is_some()
                    && phrase.modifiers.is_empty()
                    && cluster.phrases.iter().any(|other| other.owner == phrase.owner)
            };
            clusters.iter().rposition(shares).or_else(|| clusters.iter().rposition(owned))
        };
        match known {
            Some(i) => {
                clusters[i].phrases.push(phrase);
                last = Some(i);
            }
            None if bare && phrase.indefinite => {}
            None => {
                clusters.push(Cluster { kind, phrases: vec![phrase] });
                last = Some(clusters.len() - 1);
            }
        }
    }
    let mut all: Vec<Proposal> = clusters.iter().filter_map(|cluster| proposal(reading, cluster)).collect();
    // Two plans of one name are told apart by whose they are.
    let names: Vec<String> = all.iter().map(|proposal| proposal.name.clone()).collect();
    for proposal in &mut all {
        if names.iter().filter(|name| **name == proposal.name).count() > 1
            && let Some(party) = &proposal.proposed_by
        {
            proposal.name = format!("{party} {}", proposal.name);
        }
    }
    all
}

fn kind(phrase: &NounPhrase) -> usize {
    let head = phrase.words.last().map(|word| super::issues::stem(word)).unwrap_or_default();
    KINDS.iter().position(|nouns| nouns.contains(&head.as_str())).unwrap_or(KINDS.len())
}

fn proposal(reading: Reading<'_>, cluster: &Cluster<'_>) -> Option<Proposal> {
    let words: Vec<Vec<String>> = cluster.phrases.iter().map(|phrase| phrase.words.clone()).collect();
    // The fullest name, or what most mentions share.
    let fullest = words.iter().max_by_key(|words| words.len().min(3)).map(|words| words.join(" "));
    let name = ends(&words).filter(|name| name.contains(' ')).or(fullest)?;
    // "The Iran deal" is somebody's with Iran.
    let is_owners = |phrase: &&&NounPhrase| {
        cluster.kind != DEALS || phrase.span.of(&reading.doc.text).contains(['\'', '’'])
    };
    let owner = cluster.phrases.iter().filter(is_owners).find_map(|phrase| phrase.owner.clone());
    let mut mentions: Vec<Span> = cluster.phrases.iter().map(|phrase| phrase.span).collect();
    mentions.sort_unstable_by_key(|span| (span.start, span.end));
    mentions.dedup_by(|next, kept| next.overlaps(*kept));
    Some(Proposal {
        name,
        proposed_by: owner.and_then(|owner| party_of(reading, &owner)).or_else(|| proposer(reading, cluster)),
        mentions,
        versions: versions(reading, cluster),
        received: received(reading, cluster),
        issue: None,
    })
}

/// The versions that the text tells apart.
fn versions(reading: Reading<'_>, cluster: &Cluster<'_>) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::new();
    for phrase in cluster.phrases.iter().filter(|phrase| !phrase.versions.is_empty()) {
        // "The original plan" is the initial one.
        let label = phrase.versions.join(" and ");
        let first = |label: &str| matches!(label, "initial" | "original" | "first");
        let said = said(reading, phrase.span);
        let known = versions.iter_mut().find(|v| v.label == label || first(&v.label) && first(&label));
        match known {
            Some(version) => {
                version.mentions.push(phrase.span);
                if !version.said.contains(&said) {
                    version.said.push(said);
                }
            }
            None => versions.push(Version { label, mentions: vec![phrase.span], said: vec![said] }),
        }
    }
    versions
}

/// The attribution's words around a mention, or else its sentence.
fn said(reading: Reading<'_>, mention: Span) -> Span {
    let holds = |a: &&crate::attribute::Attributed| a.parts().any(|part| part.contains(mention));
    let inner = reading.attributed.iter().filter(holds).min_by_key(|a| a.extent().1 - a.extent().0);
    let sentence = sentence(reading, mention);
    inner.map_or(sentence, |a| {
        let whole = Span::new(a.extent().0, a.extent().1);
        Span::new(whole.start.max(sentence.start), whole.end.min(sentence.end))
    })
}

pub(super) fn sentence(reading: Reading<'_>, at: Span) -> Span {
    let i = reading.doc.sentences.partition_point(|s| s.span.end <= at.start);
    reading.doc.sentences.get(i).map_or(at, |s| s.span)
}

/// The party that a name speaks for; none where the text tells of nobody by that name.
fn party_of(reading: Reading<'_>, name: &str) -> Option<String> {
    if reading.rules.state(name).is_some() {
        return Some(name.to_owned());
    }
    let last = name.rsplit(' ').next();
    let is_it = |entity: &&crate::resolve::Entity| {
        let own = entity.name.as_deref();
        own == Some(name) || last.is_some() && own.and_then(|own| own.rsplit(' ').next()) == last
    };
    let found = reading.resolved.entities.iter().find(is_it)?;
    found.parties.first().map(|(party, _)| party.clone()).or(found.name.clone())
}

/// Bytes between a verb and its object.
const NEAR: usize = 40;

/// Who is said to have put it forward: somebody named before such a verb whose object it is.
fn proposer(reading: Reading<'_>, cluster: &Cluster<'_>) -> Option<String> {
    cluster.phrases.iter().find_map(|phrase| {
        let sentence = sentence(reading, phrase.span);
        let before = Span::new(sentence.start, phrase.span.start.max(sentence.start));
        let words = before.of(&reading.doc.text);
        let verb = reading.rules.agenda.proposes.find_iter(words).last()?;
        // "Was offered a plan" put none forward, and "the final draft" is no verb.
        let last = words[..verb.start()].split_whitespace().next_back().unwrap_or_default().to_lowercase();
        if matches!(last.as_str(), "was" | "were" | "been" | "being" | "is" | "are")
            || DETERMINERS.contains(&last.as_str())
        {
            return None;
        }
        let (start, end) = (before.start + verb.start(), before.start + verb.end());
        let subject = reading.resolved.named_in(Span::new(before.start, start)).last()?;
        (phrase.span.start - end <= NEAR).then(|| parties(reading, subject).into_iter().next()).flatten()
    })
}

/// "Moscow had not received the revised plan."
fn received(reading: Reading<'_>, cluster: &Cluster<'_>) -> Vec<Receipt> {
    let mut all = Vec::new();
    for phrase in &cluster.phrases {
        let holds = |(_, a): &(usize, &crate::attribute::Attributed)| {
            a.content.iter().any(|content| content.contains(phrase.span))
        };
        let Some((i, _)) = reading.attributed.iter().enumerate().rfind(holds) else { continue };
        let sentence = sentence(reading, phrase.span);
        let before = Span::new(sentence.start, phrase.span.start.max(sentence.start));
        let text = before.of(&reading.doc.text);
        let pattern = &reading.rules.agenda.received;
        let Some(whole) = pattern.find(text).filter(|whole| text.len() - whole.end() <= NEAR) else {
            continue;
        };
        let named = reading.resolved.named_in(Span::new(before.start, before.start + whole.start())).last();
        let Some(party) = named.and_then(|id| parties(reading, id).into_iter().next()) else { continue };
        let version = (!phrase.versions.is_empty()).then(|| phrase.versions.join(" and "));
        all.push(Receipt { party, received: pattern.group("not", text).is_none(), version, of: i });
    }
    all
}
