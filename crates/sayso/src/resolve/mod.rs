//! Whose say-so is it? From source spans to actors.
//!
//! Names are clustered over the whole text first (`names`, `actors`). Then the text is gone
//! through in order: each source is taken apart (`phrase`) and becomes one of the actors, or a
//! new one; pronouns look back at who has been spoken of (`pronouns`). What the text doesn't
//! tell stays unknown.

mod actors;
mod descriptions;
mod names;
mod phrase;
mod pronouns;
mod salience;

use std::collections::{HashMap, HashSet};

use sayso_text::{Document, ParagraphKind, Span};

use crate::attribute::Attributed;
use crate::record::{ActorKind, MentionKind};
use crate::rules::{Rules, StateWord};
pub(crate) use actors::Entity;
pub(crate) use names::{Name, names};
use phrase::{Head, Phrases};
pub(crate) use salience::{Candidate, Choice};

/// What the article's metadata tells of who speaks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Metadata<'a> {
    pub(crate) outlet: Option<&'a str>,
    pub(crate) byline: Option<&'a str>,
}

/// Who speaks, and who each source is.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) entities: Vec<Entity>,
    /// One for each attribution; none where the text doesn't tell.
    pub(crate) sources: Vec<Option<usize>>,
    /// One for each of the other phrases.
    pub(crate) others: Vec<Option<usize>>,
    /// Where each name stands, and the entity that it names, in order.
    pub(crate) names: Vec<(Span, Option<usize>)>,
}

impl Resolved {
    /// The names within a span.
    pub(crate) fn named_in(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let from = self.names.partition_point(|(name, _)| name.end <= span.start);
        self.names[from..]
            .iter()
            .take_while(move |(name, _)| name.start < span.end)
            .filter_map(|(_, entity)| *entity)
    }
}

/// Something that has been spoken of.
#[derive(Debug, Clone, Copy)]
struct Seen {
    at: usize,
    end: usize,
    entity: usize,
    sentence: usize,
    paragraph: usize,
    /// It is the first of its sentence that stands outside quotation marks.
    is_topic: bool,
    is_source: bool,
    quoted: bool,
}

/// Reads the actors of one document.
pub(crate) struct Resolver<'a> {
    doc: &'a Document,
    rules: &'a Rules,
    names: &'a [Name],
    of_name: Vec<Option<usize>>,
    entities: Vec<Entity>,
    attributions: &'a [Attributed],
    sources: Vec<Option<usize>>,
    others: &'a [Span],
    of_other: Vec<Option<usize>>,
    seen: Vec<Seen>,
    /// Sentences in which somebody speaks outside quotation marks.
    speaks_in: HashSet<usize>,
    /// Entities of bodies, documents and others by the words that stand for them.
    described: HashMap<String, usize>,
    metadata: Metadata<'a>,
    /// States that the text names.
    states: HashSet<&'a str>,
    /// Who spoke last outside quotation marks, and which person the text names first.
    last_speaker: Option<usize>,
    first_person: Option<usize>,
    /// Whom pronouns may have meant, where somebody wants to know.
    choices: Option<Vec<Choice>>,
}

enum Event {
    Name(usize),
    Source(usize),
    Other(usize),
    /// A pronoun that is no source.
    Pronoun(usize),
}

/// Resolves the sources of all attributions, and other phrases.
pub(crate) fn resolve(
    doc: &Document,
    names: &[Name],
    attributions: &[Attributed],
    others: &[Span],
    rules: &Rules,
    metadata: Metadata<'_>,
) -> Resolved {
    let mut resolver = Resolver::new(doc, names, attributions, others, rules, metadata);
    resolver.run();
    let Resolver { entities, sources, of_name, of_other, .. } = resolver;
    let names = names.iter().zip(of_name).map(|(name, entity)| (name.span, entity)).collect();
    Resolved { entities, sources, others: of_other, names }
}

/// Whom the pronouns of persons may mean, and the entities, for those who learn to choose.
pub(crate) fn choices(
    doc: &Document,
    names: &[Name],
    attributions: &[Attributed],
    rules: &Rules,
    metadata: Metadata<'_>,
) -> (Vec<Entity>, Vec<Choice>) {
    let mut resolver = Resolver::new(doc, names, attributions, &[], rules, metadata);
    resolver.choices = Some(Vec::new());
    resolver.run();
    (resolver.entities, resolver.choices.unwrap_or_default())
}

impl<'a> Resolver<'a> {
    fn new(
        doc: &'a Document,
        names: &'a [Name],
        attributions: &'a [Attributed],
        others: &'a [Span],
        rules: &'a Rules,
        metadata: Metadata<'a>,
    ) -> Self {
        let (entities, of_name) = actors::cluster(doc, names, rules);
        Self {
            doc,
            rules,
            names,
            of_name,
            entities,
            attributions,
            sources: vec![None; attributions.len()],
            others,
            of_other: vec![None; others.len()],
            seen: Vec::new(),
            speaks_in: HashSet::new(),
            described: HashMap::new(),
            metadata,
            states: names::states_named(doc, rules),
            last_speaker: None,
            first_person: None,
            choices: None,
        }
    }
}

impl Resolver<'_> {
    fn run(&mut self) {
        for span in self.attributions.iter().filter_map(|a| a.source) {
            if !self.is_quoted(span) {
                self.speaks_in.insert(self.sentence(span.start));
            }
        }
        self.own_outlet();
        self.appositions();
        self.known_speakers();
        let mut events: Vec<(usize, u8, Event)> = Vec::new();
        events.extend(self.names.iter().enumerate().map(|(i, name)| (name.span.start, 0, Event::Name(i))));
        let sources = self.attributions.iter().enumerate();
        events.extend(sources.filter_map(|(i, a)| Some((a.source?.start, 1, Event::Source(i)))));
        events.extend(self.pronoun_tokens().map(|i| (self.doc.tokens[i].span.start, 2, Event::Pronoun(i))));
        events.extend(self.others.iter().enumerate().map(|(i, span)| (span.start, 3, Event::Other(i))));
        events.sort_by_key(|(at, order, _)| (*at, *order));
        for (_, _, event) in events {
            match event {
                Event::Name(i) => {
                    if let Some(entity) = self.of_name[i] {
                        self.note(self.names[i].span, entity, false);
                    }
                }
                Event::Source(i) => self.source(i),
                Event::Other(i) => {
                    let (entity, phrase, kind) = self.whole_phrase(self.others[i], None);
                    self.of_other[i] = entity;
                    if let Some(entity) = entity.filter(|_| kind != MentionKind::Name) {
                        self.entities[entity].mentions.push((phrase, kind));
                    }
                }
                Event::Pronoun(i) => {
                    let span = self.doc.tokens[i].span;
                    let word = span.of(&self.doc.text).to_lowercase();
                    if let Some(entity) = self.person_before(span, &word, None) {
                        self.learn_gender(entity, &word);
                        self.entities[entity].mentions.push((span, MentionKind::Pronoun));
                        self.note(span, entity, false);
                    }
                }
            }
        }
        // “I said no,” Lee said: who "I" is was not known when it stood there.
        for i in 0..self.attributions.len() {
            let Some(span) = self.attributions[i].source.filter(|_| self.sources[i].is_none()) else {
                continue;
            };
            let word = span.of(&self.doc.text).to_lowercase();
            if matches!(word.as_str(), "i" | "we" | "me" | "us" | "my" | "our") {
                self.sources[i] = self.pronoun(span, &word, Some(i));
                if let Some(entity) = self.sources[i] {
                    self.entities[entity].mentions.push((span, MentionKind::Pronoun));
                }
            }
        }
        for entity in &mut self.entities {
            entity.mentions.sort_by_key(|(span, _)| (span.start, span.end));
            entity.mentions.dedup_by_key(|(span, _)| *span);
        }
    }

    /// "The Gazette" in The Tidewater Gazette is the outlet itself.
    fn own_outlet(&mut self) {
        let Some(outlet) = self.metadata.outlet else { return };
        let own = self.rules.outlet(outlet).unwrap_or(outlet);
        let last = own.split_whitespace().last().filter(|word| self.rules.state(word).is_none());
        let is_it = |entity: &Entity| {
            let name = entity.name.as_deref();
            matches!(entity.kind, ActorKind::Outlet | ActorKind::Organisation)
                && (name == Some(own) || name == last)
        };
        if let Some(entity) = self.entities.iter_mut().find(|entity| is_it(entity)) {
            entity.kind = ActorKind::Outlet;
            entity.name = Some(own.to_owned());
            entity.own_outlet = true;
        }
    }

    /// Who speaks under a name that may be a person's is somebody.
    fn known_speakers(&mut self) {
        for a in self.attributions {
            let Some(span) = a.source else { continue };
            let phrase = Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(span);
            if let Head::Name(name) = phrase.head
                && let Some(entity) = self.of_name[name]
                && self.entities[entity].kind == ActorKind::Person
            {
                self.entities[entity].guessed = false;
            }
        }
    }

    /// Pronouns of persons outside quotations that are no sources.
    fn pronoun_tokens(&self) -> impl Iterator<Item = usize> + '_ {
        let sources: HashSet<usize> =
            self.attributions.iter().filter_map(|a| Some(a.source?.start)).collect();
        let body = self.doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
        let tokens =
            body.flat_map(|p| &self.doc.sentences[p.sentences.clone()]).flat_map(|s| s.tokens.clone());
        tokens.filter(move |&i| {
            let span = self.doc.tokens[i].span;
            let word = span.of(&self.doc.text).to_lowercase();
            matches!(word.as_str(), "he" | "she" | "his" | "her" | "him" | "himself" | "herself")
                && !sources.contains(&span.start)
                && !self.is_quoted(span)
        })
    }

    fn is_quoted(&self, span: Span) -> bool {
        crate::grammar::quotations_near(self.doc, span).iter().any(|q| q.span.contains(span))
    }

    fn sentence(&self, at: usize) -> usize {
        self.doc.sentences.partition_point(|s| s.span.end <= at)
    }

    fn paragraph(&self, at: usize) -> usize {
        self.doc.paragraphs.partition_point(|p| p.span.end <= at)
    }

    /// Remembers that an entity was spoken of.
    fn note(&mut self, span: Span, entity: usize, is_source: bool) {
        let sentence = self.sentence(span.start);
        let quoted = self.is_quoted(span);
        if is_source && !quoted {
            self.last_speaker = Some(entity);
        }
        if self.entities[entity].kind == ActorKind::Person {
            self.first_person.get_or_insert(entity);
        }
        // Where somebody speaks in a sentence, it is about them; else about whom it names first.
        let first =
            || self.seen.iter().rev().take_while(|seen| seen.sentence == sentence).all(|seen| seen.quoted);
        let is_topic = !quoted && (is_source || !self.speaks_in.contains(&sentence) && first());
        // A source and the name in it are one mention: "Ms. Quist said".
        if let Some(last) = self.seen.last_mut()
            && last.entity == entity
            && last.at < span.end
            && span.start < last.end
        {
            last.at = last.at.min(span.start);
            last.end = last.end.max(span.end);
            last.is_topic |= is_topic;
            last.is_source |= is_source;
            return;
        }
        let paragraph = self.paragraph(span.start);
        self.entities[entity].times += 1;
        self.seen.push(Seen {
            at: span.start,
            end: span.end,
            entity,
            sentence,
            paragraph,
            is_topic,
            is_source,
            quoted,
        });
    }

    /// Who is the source of an attribution?
    fn source(&mut self, i: usize) {
        let Some(span) = self.attributions[i].source else { return };
        // One source may have several cues.
        let same = |&j: &usize| {
            self.attributions[j].source == Some(span)
                && self.attributions[j].parent == self.attributions[i].parent
        };
        if let Some(j) = (0..i).rev().take(8).find(same) {
            self.sources[i] = self.sources[j];
            return;
        }
        let labelled = self.attributions[i].cue.is_none().then(|| self.label(span)).flatten();
        let (entity, words, kind) = match labelled {
            Some(person) => (Some(person), span, MentionKind::Description),
            None => self.whole_phrase(span, Some(i)),
        };
        self.sources[i] = entity;
        let Some(entity) = entity else { return };
        // A name's own mention is known already.
        if kind != MentionKind::Name {
            self.entities[entity].mentions.push((words, kind));
        }
        self.note(span, entity, true);
    }

    /// Whose turn of a transcript a label in capitals begins ("MARCO LEVI", later "LEVI").
    fn label(&mut self, span: Span) -> Option<usize> {
        let label = span.of(&self.doc.text);
        let is_loud = label.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        let words: Vec<String> = label
            .split([' ', ','])
            .map(|word| word.trim_end_matches('.').to_lowercase())
            .filter(|word| !word.is_empty() && self.rules.title(word).is_none())
            .collect();
        let is_role =
            |word: &String| self.rules.noun(word).is_some() || word == "the" || word.chars().count() < 2;
        if !is_loud || words.is_empty() || words.iter().any(is_role) {
            return None;
        }
        let is_it = |entity: &&Entity| {
            let name = entity.name.as_deref().unwrap_or_default().to_lowercase();
            let own: Vec<&str> = name.split_whitespace().collect();
            entity.kind == ActorKind::Person
                && (own == words
                    || words.len() == 1 && own.last() == words.last().map(String::as_str).as_ref())
        };
        let known: Vec<usize> =
            self.entities.iter().enumerate().filter(|(_, e)| is_it(e)).map(|(id, _)| id).collect();
        match known[..] {
            [one] => Some(one),
            [] => {
                self.entities.push(Entity::new(Some(label.to_owned()), ActorKind::Person));
                Some(self.entities.len() - 1)
            }
            _ => None,
        }
    }

    /// The entity of a phrase, its words, and how they refer.
    fn whole_phrase(&mut self, span: Span, attribution: Option<usize>) -> (Option<usize>, Span, MentionKind) {
        let phrase = Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(span);
        // Nothing but marks.
        if phrase.span.is_empty() {
            return (None, span, MentionKind::Description);
        }
        let kind = match phrase.head {
            Head::Name(_) if phrase.parts.is_empty() => MentionKind::Name,
            Head::Pronoun(_) => MentionKind::Pronoun,
            _ => MentionKind::Description,
        };
        let entity = match &phrase.head {
            Head::Pronoun(word) if phrase.parts.is_empty() => self.pronoun(phrase.span, word, attribution),
            _ => self.description(&phrase),
        };
        (entity, phrase.span, kind)
    }

    /// The state's own entity.
    fn state_entity(&mut self, state: &str) -> usize {
        let is_it =
            |entity: &Entity| entity.kind == ActorKind::State && entity.name.as_deref() == Some(state);
        self.entities.iter().position(is_it).unwrap_or_else(|| {
            let mut entity = Entity::new(Some(state.to_owned()), ActorKind::State);
            entity.side_with(state, "its name");
            self.entities.push(entity);
            self.entities.len() - 1
        })
    }

    /// The state that words name or are of.
    fn state_in(&self, span: Span) -> Option<String> {
        names::state_of(self.rules, &self.states, span.of(&self.doc.text))
    }

    fn is_demonym(&self, word: &str) -> bool {
        matches!(self.rules.state(word), Some((_, StateWord::Demonym)))
    }
}
