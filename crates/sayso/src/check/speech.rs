//! Who says it, and do both sides agree on that?

use std::collections::HashSet;

use sayso_text::Span;

use super::text::{Text, Word, bare};
use crate::Rules;
use crate::record::{Actor, ActorKind, Attribution, MentionKind, TextSpan};
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
    /// Stems of the words that tell what he is, without those that tell little ("officials").
    pub(crate) roles: HashSet<String>,
    /// The same of what the text calls him there alone, which can't be anybody else's by a wrong resolution.
    pub(crate) called: HashSet<String>,
    /// A word of that can be a name: it has a capital, and is no noun of the rules' lists.
    pub(crate) has_name: bool,
    /// The stem of the noun of those who speak for somebody: of "lawyers" in "lawyers for the line".
    pub(crate) speaks_for: Option<String>,
    pub(crate) name: Option<String>,
    /// The last word of what the text calls him there, in lower case.
    pub(crate) last: Option<String>,
    /// First letters of the words with capitals, where there are several: "cwf".
    initials: Option<String>,
    pub(crate) is_outlet: bool,
    /// An outlet's article is what a brief is of; a document is only one of its sources.
    pub(crate) is_document: bool,
    /// A post, whose holder isn't named, or people without a name.
    pub(crate) is_post: bool,
    pub(crate) is_unnamed: bool,
}

/// Words that could stand for nearly anybody.
const ANYBODY: &str = "official officials spokesman spokeswoman spokesperson source sources people person man men woman \
women statement statements report reports article critic critics leader leaders representative representatives group \
groups other others some many several aide aides adviser advisers advisor advisors expert experts analyst analysts \
member members side sides party parties author authors resident residents supporter supporters opponent opponents \
lawyer lawyers attorney attorneys counsel head chief boss top local familiar matter \
knowledge talks team staff memo document documents filing complaint suit lawsuit study researchers \
researcher scientists letter two three four five six seven dozens public first last both their own speaker speakers \
daily media ";

/// Words that tell how many, with a capital at the beginning of a sentence.
const COUNTS: &str = "two three four five six seven eight nine ten several some many dozens both";

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
            // "Two officials" is nobody's name.
            if is_name && word.starts_with(char::is_uppercase) && !is_title(&key) && !is_in(COUNTS, &key) {
                speaker.names.insert(key.clone());
                speaker.names.extend(state(word));
            }
            speaker.words.insert(key);
        }
    };
    if let Some(source) = speech.source {
        learn(text.say(source), true);
    }
    let actor = actor(text, speech);
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
        speaker.is_document = actor.kind == ActorKind::Document;
        speaker.is_post = actor.kind == ActorKind::Role;
        speaker.is_unnamed = actor.kind == ActorKind::Unnamed;
        speaker.is_outlet = matches!(actor.kind, ActorKind::Outlet | ActorKind::Document);
    }
    let full = speaker.name.clone().or_else(|| speech.source.map(|span| text.say(span).to_owned()));
    speaker.initials = full.and_then(|name| initials(&name));
    let words = speech.source.map_or(&[][..], |span| text.words_in(span));
    speaker.last = words.last().map(|word| bare(&word.lower).to_owned());
    speaker.roles = roles(text, speech, actor);
    let behind = words.iter().position(|word| word.lower == "for").filter(|&at| at > 0);
    speaker.speaks_for = behind.map(|at| words[at - 1].stem.clone());
    speaker.called = words.iter().filter_map(telling).map(|(stem, _)| stem).collect();
    speaker.has_name = words.iter().any(|word| word.is_firm && rules.noun(bare(&word.lower)).is_none());
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

fn initials(name: &str) -> Option<String> {
    let words =
        name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !is_in("The the A a", word));
    let letters: String = words
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect::<String>()
        .to_lowercase();
    (letters.len() > 1).then_some(letters)
}

fn actor<'a>(text: &'a Text, speech: &Speech<'_>) -> Option<&'a Actor> {
    let id = speech.attribution.actor.as_ref()?;
    text.record.actors.iter().find(|a| a.id == *id)
}

/// What the text calls him, without his name.
fn roles(text: &Text, speech: &Speech<'_>, actor: Option<&Actor>) -> HashSet<String> {
    let name: HashSet<String> = actor
        .iter()
        .filter(|a| a.kind == ActorKind::Person)
        .flat_map(|a| a.name.as_deref())
        .flat_map(str::split_whitespace)
        .filter_map(key)
        .collect();
    let of_actor = actor.map(|actor| described(text, actor)).unwrap_or_default();
    let source = speech.source.into_iter().flat_map(|span| text.words_in(span)).filter_map(telling);
    of_actor.into_iter().chain(source).filter(|(_, key)| !name.contains(key)).map(|(stem, _)| stem).collect()
}

/// The stem and the bare word of one that tells what somebody is.
fn telling(word: &Word) -> Option<(String, String)> {
    let key = key(&word.lower)?;
    (!word.is_function && !word.stem.starts_with('#') && !is_in(ANYBODY, &key))
        .then(|| (word.stem.clone(), key))
}

/// All words of an actor's mentions, titles and bodies that tell something.
fn described(text: &Text, actor: &Actor) -> Vec<(String, String)> {
    let mentions = actor.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun).map(|m| (m.start, m.end));
    let others = actor.titles.iter().chain(&actor.affiliations).map(|s| (s.start, s.end));
    let places = mentions.chain(others);
    let spans = places.map(|(start, end)| text.bytes_at(start, end));
    spans.flat_map(|span| text.words_in(span)).filter_map(telling).collect()
}

/// Is a person of this text called so, who has other names than these, and is nobody with these names?
pub(crate) fn names_another(text: &Text, roles: &HashSet<String>, names: &HashSet<String>) -> bool {
    let called = |actor: &&Actor| {
        let words = described(text, actor);
        actor.kind == ActorKind::Person
            && actor.name.is_some()
            && roles.iter().all(|role| words.iter().any(|(stem, _)| stem == role))
    };
    let mut all = text.record.actors.iter().filter(called).peekable();
    all.peek().is_some() && !all.any(|actor| named(text, names).any(|other| other.id == actor.id))
}

/// Does this text know somebody with one of these names by titles, and call nobody with them by any of these words?
pub(crate) fn titled_otherwise(text: &Text, roles: &HashSet<String>, names: &HashSet<String>) -> bool {
    let mut his = named(text, names).peekable();
    his.peek().is_some()
        && his.all(|actor| {
            !actor.titles.is_empty() && !described(text, actor).iter().any(|(stem, _)| roles.contains(stem))
        })
}

/// Does somebody with one of these names speak of the one who makes a statement, or is spoken of by him? Then they are two.
pub(crate) fn speaks_of(text: &Text, speech: &Speech<'_>, names: &HashSet<String>) -> bool {
    let Some(other) = actor(text, speech) else { return false };
    named(text, names).filter(|one| one.id != other.id).any(|one| {
        let tells = |by: &Actor, of: &Actor| {
            let mut said = text.record.attributions.iter().filter(|a| a.actor.as_ref() == Some(&by.id));
            said.any(|a| {
                let mut mentions = of.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
                // "The authors", of whom a mention is known only where they speak.
                let has = |content: &str, mention: &str| {
                    let (content, mention) = (content.to_lowercase(), mention.to_lowercase());
                    mention.contains(' ') && format!(" {content} ").contains(&format!(" {mention} "))
                };
                mentions.any(|m| {
                    let is_within = |c: &TextSpan| c.start <= m.start && m.end <= c.end;
                    a.content.iter().any(|c| is_within(c) || has(&c.text, &m.text))
                })
            })
        };
        tells(one, other) || tells(other, one)
    })
}

/// The persons with one of these names.
fn named<'a>(text: &'a Text, names: &'a HashSet<String>) -> impl Iterator<Item = &'a Actor> {
    let persons = text.record.actors.iter().filter(|actor| actor.kind == ActorKind::Person);
    persons.filter(|actor| {
        let words = actor.name.iter().flat_map(|name| name.split_whitespace());
        words.filter_map(key).any(|key| names.contains(&key))
    })
}

/// Names that differ by a slip of the pen are one.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    let near = |x: &str, y: &str| x == y || x.len() > 4 && y.len() > 4 && strsim::levenshtein(x, y) <= 1;
    a.iter().any(|x| b.iter().any(|y| near(x, y)))
}

impl Speaker {
    /// "Tom Crane" and "Ida Crane": the surname is one, and the given names begin with other letters.
    fn has_other_given_name(&self, other: &Self) -> bool {
        let names = |speaker: &Self| -> Vec<String> {
            speaker.name.iter().flat_map(|name| name.split_whitespace()).filter_map(key).collect()
        };
        let (ours, theirs) = (names(self), names(other));
        let ([first, .., last], [their_first, .., their_last]) = (ours.as_slice(), theirs.as_slice()) else {
            return false;
        };
        last == their_last && first.chars().next() != their_first.chars().next()
    }

    /// May both be one?
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let shortens =
            |a: &Self, b: &Self| a.initials.as_ref().is_some_and(|initials| b.names.contains(initials));
        if shortens(self, other) || shortens(other, self) {
            return true;
        }
        match (self.kind, other.kind) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => true,
            (Kind::Person, Kind::Person) => {
                alike(&self.names, &other.names) && !self.has_other_given_name(other)
            }
            _ => alike(&self.words, &other.words),
        }
    }
}
