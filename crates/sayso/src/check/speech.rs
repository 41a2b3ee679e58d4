//! Who says it, and do both sides agree on that?

use std::collections::HashSet;

use sayso_text::Span;

use super::text::{Text, bare};
use crate::Rules;
use crate::record::{ActorKind, Attribution, MentionKind};
use crate::word_list::is_in;

/// One attribution of a text, in bytes.
#[derive(Debug, Clone)]
pub(crate) struct Speech<'a> {
    pub(crate) attribution: &'a Attribution,
    pub(crate) source: Option<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) content: Vec<Span>,
    pub(crate) sentence: usize,
}

impl Speech<'_> {
    pub(crate) fn holds(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }

    /// The places of its content's words.
    pub(crate) fn words(&self, text: &Text) -> Vec<usize> {
        let inside = |i: &usize| self.holds(text.words[*i].span);
        let Some(all) = self.content.iter().copied().reduce(Span::cover) else { return Vec::new() };
        let first = text.words.partition_point(|w| w.span.end <= all.start);
        let last = text.words.partition_point(|w| w.span.start < all.end);
        (first..last).filter(inside).collect()
    }
}

/// All attributions of a text.
pub(crate) fn speeches(text: &Text) -> Vec<Speech<'_>> {
    text.record.attributions.iter().filter(|a| !a.content.is_empty()).map(|a| speech(text, a)).collect()
}

fn speech<'a>(text: &'a Text, attribution: &'a Attribution) -> Speech<'a> {
    let Attribution { source, cue, content, .. } = attribution;
    let (source, cue) = (source.as_ref().map(|s| text.bytes(s)), cue.as_ref().map(|s| text.bytes(s)));
    let at = cue.or(source).unwrap_or_else(|| text.bytes(&content[0]));
    let content = content.iter().map(|s| text.bytes(s)).collect();
    Speech { attribution, source, cue, content, sentence: text.sentence_at(at.start) }
}

/// What a speaker is, as far as words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// Somebody with a name.
    Person,
    /// A body, a state, an outlet, a group with a name ("Republicans").
    Body,
    /// Words that can stand for many, or a pronoun.
    #[default]
    Unknown,
}

/// What is known of a speaker.
#[derive(Debug, Default)]
pub(crate) struct Speaker {
    pub(crate) kind: Kind,
    /// Words of the name.
    pub(crate) names: HashSet<String>,
    /// All words that can stand for him: of names, roles, and the bodies that he speaks for.
    pub(crate) words: HashSet<String>,
    pub(crate) name: Option<String>,
    pub(crate) is_outlet: bool,
}

/// Words of many names and roles.
const EMPTY: &str = "the of and for in to a an its his her their who that mr mrs ms dr said new this former senior \
president minister senator sen rep gov house also a.m";

fn key(word: &str) -> Option<String> {
    let lower = word.to_lowercase().replace('’', "'");
    let key = bare(&lower).trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (key.len() > 1 && !is_in(EMPTY, &key)).then_some(key)
}

/// Who speaks.
pub(crate) fn speaker(text: &Text, speech: &Speech<'_>, rules: &Rules) -> Speaker {
    let mut speaker = Speaker::default();
    let state = |word: &str| {
        let word = word.trim_end_matches("’s").trim_end_matches("'s");
        rules.state(word).map(|(name, _)| name.to_lowercase())
    };
    let is_title = |word: &str| rules.title(word).is_some() || rules.noun(word).is_some();
    let mut learn = |words: &str, is_name: bool| {
        for word in words.split(|c: char| c.is_whitespace() || c == '-') {
            speaker.words.extend(state(word));
            let Some(key) = key(word) else { continue };
            if is_name && word.starts_with(char::is_uppercase) && !is_title(&key) {
                speaker.names.insert(key.clone());
                speaker.names.extend(state(word));
            }
            speaker.words.insert(key);
        }
    };
    if let Some(source) = speech.source {
        learn(text.say(source), true);
    }
    let actor =
        speech.attribution.actor.as_ref().and_then(|id| text.record.actors.iter().find(|a| &a.id == id));
    if let Some(actor) = actor {
        learn(actor.name.as_deref().unwrap_or_default(), true);
        for mention in actor.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun) {
            learn(&mention.text, false);
        }
        for other in actor.titles.iter().chain(&actor.affiliations) {
            learn(&other.text, false);
        }
        for party in &actor.parties {
            learn(party, false);
        }
        speaker.name = actor.name.clone();
        speaker.is_outlet = matches!(actor.kind, ActorKind::Outlet | ActorKind::Document);
    }
    speaker.kind = match actor.map(|a| (a.kind, a.name.is_some())) {
        _ if speaker.names.is_empty() => Kind::Unknown,
        Some((ActorKind::Person, true)) => Kind::Person,
        Some((ActorKind::Role | ActorKind::Unnamed, _)) => Kind::Unknown,
        Some((_, true)) => Kind::Body,
        _ => {
            // "Republicans", "Democrats".
            let words = speech.source.map_or(&[][..], |span| text.words_in(span));
            let is_group = words.len() == 1 && words[0].lower.ends_with('s') && words[0].is_firm;
            if is_group { Kind::Body } else { Kind::Unknown }
        }
    };
    speaker
}

/// Names that differ by a slip of the pen are one.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let near = |x: &str, y: &str| x == y || x.len() > 4 && y.len() > 4 && strsim::levenshtein(x, y) <= 1;
    a.iter().any(|x| b.iter().any(|y| near(x, y)))
}

impl Speaker {
    /// May both be one?
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        match (self.kind, other.kind) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => true,
            (Kind::Person, Kind::Person) => alike(&self.names, &other.names),
            _ => alike(&self.words, &other.words),
        }
    }
}
