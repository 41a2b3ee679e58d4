//! Who is meant by a source, a hand or an id, in words?

use std::collections::HashMap;

use sayso::record::{Actor, ActorKind, Attribution, HandRole, MentionKind, Record};

use crate::characters::flat;
use crate::outline::speaker;

/// Sources that may be somebody else each time.
const PRONOUNS: [&str; 16] = [
    "he", "she", "they", "it", "we", "i", "you", "who", "him", "her", "them", "this", "that", "these",
    "those", "which",
];

/// The actors of a record by their ids.
///
/// An id that no actor has is shown as such: a record from elsewhere may name anybody, and
/// who is hidden is worse than who is unknown. Of two actors with one id the first counts.
/// All words are on one line and not yet escaped for any format.
#[derive(Debug)]
pub struct Cast<'a> {
    outlet: Option<&'a str>,
    by_id: HashMap<&'a str, &'a Actor>,
}

impl<'a> Cast<'a> {
    /// The record's actors.
    pub fn new(record: &'a Record) -> Self {
        let mut by_id = HashMap::new();
        for actor in &record.actors {
            by_id.entry(actor.id.as_str()).or_insert(actor);
        }
        Self { outlet: record.article.outlet.as_deref(), by_id }
    }

    /// The actor with that id.
    pub fn actor(&self, id: &str) -> Option<&'a Actor> {
        self.by_id.get(id).copied()
    }

    /// The actor's name, or the words that stand for one.
    pub fn who(&self, id: &str) -> String {
        match self.actor(id) {
            None => flat(&format!("unknown actor {id}")),
            Some(actor) => called(actor).unwrap_or_else(|| match actor.kind {
                ActorKind::Unnamed => "somebody unnamed".to_owned(),
                _ => flat(&format!("actor {id} without a name")),
            }),
        }
    }

    /// What the words of the source leave open: the name where they lack it ("Vladimir Putin"
    /// beside "He"), that there is none ("unnamed"), or "?" beside a pronoun that could be
    /// anybody. None where the words say it all.
    pub fn beside(&self, attribution: &Attribution) -> Option<String> {
        let words = attribution.source.as_ref().map(|source| speaker(&source.text)).unwrap_or_default();
        let Some(id) = &attribution.actor else {
            return is_pronoun(&words).then(|| "?".to_owned());
        };
        let Some(actor) = self.actor(id) else { return Some(self.who(id)) };
        let name = match actor.kind {
            ActorKind::Unnamed => called(actor),
            _ => Some(self.who(id)),
        };
        let name = name.filter(|name| !is_said_in(&words, name));
        let mark = without_name(actor.kind).map(str::to_owned);
        let parts: Vec<String> = name.into_iter().chain(mark).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// All hands from the article's own outlet to the source: "BBC ‹ Der Spiegel ‹ transcript ‹
    /// Macron". None where there is no hand between the two but the agency whose words the whole
    /// article carries, which the article's heading names.
    pub fn chain(&self, attribution: &Attribution) -> Option<String> {
        if !passed_on(attribution) {
            return None;
        }
        let outlet = self.outlet.map(flat).filter(|outlet| !outlet.is_empty());
        let mut hands = vec![outlet.unwrap_or_else(|| "this article".to_owned())];
        hands.extend(self.hands(attribution));
        hands.push(self.source(attribution));
        Some(hands.join(" ‹ "))
    }

    /// The hands strictly between the two ends, outermost first.
    pub(crate) fn hands(&self, attribution: &Attribution) -> Vec<String> {
        let hand = |hand: &sayso::record::Hand| match hand.role {
            HandRole::Wire => format!("{} (wire)", self.who(&hand.actor)),
            HandRole::Outlet | HandRole::Document => self.who(&hand.actor),
        };
        attribution.chain.iter().map(hand).collect()
    }

    /// The source by its name, else by its words.
    fn source(&self, attribution: &Attribution) -> String {
        let words = attribution.source.as_ref().map(|source| speaker(&source.text)).unwrap_or_default();
        match &attribution.actor {
            Some(id) => self.who(id),
            None if words.is_empty() => "no source named".to_owned(),
            None if is_pronoun(&words) => format!("{words} (?)"),
            None => words,
        }
    }
}

/// True where the statement came by another outlet or a document. The agency whose words the
/// article carries is in every chain of it, so that it tells nothing about one statement.
pub(crate) fn passed_on(attribution: &Attribution) -> bool {
    attribution.chain.iter().any(|hand| hand.role != HandRole::Wire)
}

/// True for words such as "he" that name nobody by themselves.
pub(crate) fn is_pronoun(words: &str) -> bool {
    PRONOUNS.contains(&words.to_lowercase().as_str())
}

/// The name, or the first words of the text that aren't a pronoun.
pub(crate) fn called(actor: &Actor) -> Option<String> {
    let mentions = actor.mentions.iter().filter(|mention| mention.kind != MentionKind::Pronoun);
    let words = actor.name.as_deref().into_iter().chain(mentions.map(|mention| mention.text.as_str()));
    words.map(speaker).find(|words| !words.is_empty())
}

/// What to say of actors that have no name.
pub(crate) fn without_name(kind: ActorKind) -> Option<&'static str> {
    match kind {
        ActorKind::Unnamed => Some("unnamed"),
        ActorKind::Role => Some("role, no name"),
        _ => None,
    }
}

/// True where the words hold the name, whatever its case, article and punctuation.
fn is_said_in(words: &str, name: &str) -> bool {
    let folded = |words: &str| {
        let lower = words.to_lowercase();
        let parts: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        parts.join(" ")
    };
    let (words, name) = (folded(words), folded(name));
    let bare = ["the ", "a ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(&name);
    !bare.is_empty() && format!(" {words} ").contains(&format!(" {bare} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_by_whole_words() {
        for (words, name, expected) in [
            ("Mayor Ida Crane, 41,", "Ida Crane", true),
            ("the KREMLIN’s spokesman", "The Kremlin", true),
            ("Crane", "Ida Crane", false),
            ("Ida Cranebrook", "Ida Crane", false),
            ("He", "Ida Crane", false),
            ("Jean-Luc", "Jean-Luc", true),
            ("—", "—", false),
            ("", "", false),
        ] {
            assert_eq!(is_said_in(words, name), expected, "{words:?} {name:?}");
        }
    }
}
