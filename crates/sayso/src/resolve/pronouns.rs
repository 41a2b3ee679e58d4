//! Whom does a pronoun stand for?

use sayso_text::Span;

use super::actors::Entity;
use super::phrase::Phrases;
use super::salience::{self, Choice};
use super::{Resolver, Seen};
use crate::record::{ActorKind, Form};
use crate::rules::Gender;
use crate::word_list::is_in;

impl Resolver<'_> {
    /// The entity of a pronoun that is the source of an attribution, if any.
    pub(super) fn pronoun(&mut self, span: Span, word: &str, attribution: Option<usize>) -> Option<usize> {
        match word {
            "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" => {
                let person = self.person_before(span, word, attribution)?;
                self.learn_gender(person, word);
                Some(person)
            }
            "i" | "me" | "my" | "myself" => self.speaker(span, attribution),
            "we" | "us" | "our" | "ourselves" => self.side_of_speaker(span, attribution),
            "it" | "its" | "itself" => self.thing_before(span),
            "they" | "them" | "their" | "themselves" | "theirs" => self.several_before(span),
            "who" | "which" | "whose" | "whom" => self.antecedent(span),
            _ => None,
        }
    }

    /// Whom "she" has meant is hardly "he" later.
    pub(super) fn learn_gender(&mut self, entity: usize, word: &str) {
        self.entities[entity].meant.count(gender_of_pronoun(word));
    }

    /// The person of the pronoun's gender whom it most likely means.
    pub(super) fn person_before(
        &mut self,
        span: Span,
        word: &str,
        attribution: Option<usize>,
    ) -> Option<usize> {
        let own = attribution.map(|i| &self.attributions[i]);
        let candidates = self.candidates(span, gender_of_pronoun(word), own);
        let is_source = own.is_some();
        let likeliest =
            self.subject_before(span, &candidates).or(salience::likeliest(&candidates, is_source));
        if let Some(choices) = &mut self.choices {
            choices.push(Choice { pronoun: span, candidates });
        }
        // "Quist … He said": now it is known to be a person.
        let entity = &mut self.entities[likeliest?];
        if is_source && entity.kind == ActorKind::Organisation {
            entity.kind = ActorKind::Person;
            entity.guessed = false;
        }
        likeliest
    }

    /// "Larrabee drove to the meeting and was cheered when he promised": in a clause that hangs on the main one a pronoun
    /// means its subject, where nobody else stands in between.
    fn subject_before(&self, span: Span, candidates: &[salience::Candidate]) -> Option<usize> {
        const JOINTS: &str = "after although as because before since though until when while";
        let at = self.doc.tokens.partition_point(|token| token.span.start < span.start);
        let word = |i: usize| self.doc.tokens[i].span.of(&self.doc.text);
        let sentence = self.sentence(span.start);
        let first = self.doc.sentences.get(sentence)?.tokens.start;
        if at < first + 2 || !is_in(JOINTS, word(at - 1)) {
            return None;
        }
        // "Drove to Tarn Forks", "a Progress member": what only its shape makes a person, and hardly there.
        let is_place = |seen: &Seen| {
            let at = self.doc.tokens.partition_point(|token| token.span.start < seen.at);
            self.entities[seen.entity].guessed
                && at > first
                && is_in("a an at in near of on outside the through to toward towards", word(at - 1))
        };
        let here = self.seen.iter().filter(|seen| seen.sentence == sentence && seen.at < span.start);
        let mut here: Vec<&Seen> = here
            .filter(|seen| {
                candidates.iter().any(|candidate| candidate.entity == seen.entity) && !is_place(seen)
            })
            .collect();
        here.sort_by_key(|seen| seen.at);
        let subject = here.first()?;
        let entity = &self.entities[subject.entity];
        let begins = self.doc.tokens.partition_point(|token| token.span.start < subject.at) <= first + 2;
        (begins
            && entity.kind == ActorKind::Person
            && !entity.guessed
            && here.iter().all(|seen| seen.entity == subject.entity && !seen.quoted))
        .then_some(subject.entity)
    }

    /// From behind a pronoun to the end of its sentence.
    pub(super) fn rest_of_sentence(&self, span: Span) -> Span {
        let end = self.doc.sentences.get(self.sentence(span.start)).map_or(span.end, |s| s.span.end);
        Span::new(span.end, end.max(span.end))
    }

    /// Who is named within a span.
    pub(super) fn named_in(&self, part: Span) -> Vec<usize> {
        let from = self.names.partition_point(|name| name.span.start < part.start);
        let inside = self.names[from..].iter().take_while(|name| name.span.end <= part.end);
        inside.enumerate().filter_map(|(i, _)| self.of_name[from + i]).collect()
    }

    /// The person whom a passage is about, if there is just one.
    pub(super) fn present(&self, span: Span, gender: Option<Gender>) -> Option<usize> {
        let sentence = self.sentence(span.start);
        // "The mayor said that Quist was right": whom the sentence goes on to name isn't meant.
        let named = self.named_in(self.rest_of_sentence(span));
        let near =
            self.seen.iter().rev().filter(|seen| seen.at < span.start && !named.contains(&seen.entity));
        let mut persons: Vec<&Seen> = near
            .take_while(|seen| seen.sentence + 2 >= sentence)
            .filter(|seen| {
                let entity = &self.entities[seen.entity];
                entity.kind == ActorKind::Person
                    && !entity.guessed
                    && gender.is_none_or(|gender| entity.gender.is_none_or(|own| own == gender))
            })
            .collect();
        let speaks = persons.iter().any(|seen| seen.is_source || seen.is_topic);
        persons.dedup_by_key(|seen| seen.entity);
        match persons[..] {
            [one] if speaks => Some(one.entity),
            _ => None,
        }
    }

    /// Who says "I": the speaker of the words around it; outside of anybody's, the author.
    fn speaker(&mut self, span: Span, attribution: Option<usize>) -> Option<usize> {
        if let Some(around) = self.around(span, attribution) {
            return self.sources[around];
        }
        if self.is_quoted(span) {
            return None;
        }
        let byline = self.metadata.byline?;
        let name = byline.trim().trim_start_matches("By ").trim();
        // Several authors are no "I".
        if name.is_empty()
            || name.contains([',', '&', ';'])
            || name.contains(" and ")
            || name.split_whitespace().count() < 2
        {
            return None;
        }
        let is_it = |entity: &Entity| entity.name.as_deref() == Some(name);
        Some(self.entities.iter().position(is_it).unwrap_or_else(|| {
            self.entities.push(Entity::new(Some(name.to_owned()), ActorKind::Person));
            self.entities.len() - 1
        }))
    }

    /// The attribution in whose direct words a span stands.
    fn around(&self, span: Span, attribution: Option<usize>) -> Option<usize> {
        let parent = attribution.and_then(|i| self.attributions[i].parent);
        parent.or_else(|| {
            let holds = |i: &usize| {
                let other = &self.attributions[*i];
                Some(*i) != attribution
                    && other.form != Form::Indirect
                    && other.content.iter().any(|c| c.contains(span))
            };
            (0..self.attributions.len()).rev().find(holds)
        })
    }

    /// Whom "we" means in somebody's words: the state or body that they speak for.
    fn side_of_speaker(&mut self, span: Span, attribution: Option<usize>) -> Option<usize> {
        let around = self.around(span, attribution)?;
        let speaker = self.sources[around]?;
        if self.entities[speaker].kind != ActorKind::Person && self.entities[speaker].kind != ActorKind::Role
        {
            return Some(speaker);
        }
        let (party, _) = self.entities[speaker].parties.first()?.clone();
        let named = |entity: &Entity| entity.name.as_deref() == Some(party.as_str());
        let body = self.entities.iter().position(named);
        body.or_else(|| self.rules.state(&party).is_some().then(|| self.state_entity(&party)))
    }

    /// "It": the body, state or document that spoke last, no more than two sentences ago.
    fn thing_before(&self, span: Span) -> Option<usize> {
        let is_thing = |kind| {
            matches!(
                kind,
                ActorKind::Organisation | ActorKind::State | ActorKind::Document | ActorKind::Outlet
            )
        };
        self.last_speaking(span, 2, is_thing)
    }

    /// "They": the group or body that spoke last.
    fn several_before(&self, span: Span) -> Option<usize> {
        let is_several = |kind| matches!(kind, ActorKind::Group | ActorKind::Unnamed);
        let is_body = |kind| matches!(kind, ActorKind::Group | ActorKind::Unnamed | ActorKind::Organisation);
        self.last_speaking(span, 2, is_several).or_else(|| self.last_speaking(span, 1, is_body))
    }

    /// The last entity of a kind that was a source or a topic. Two of the kind in one sentence
    /// leave it open.
    pub(super) fn last_speaking(
        &self,
        span: Span,
        reach: usize,
        is_kind: impl Fn(ActorKind) -> bool,
    ) -> Option<usize> {
        let sentence = self.sentence(span.start);
        let near = self.seen.iter().rev().filter(|seen| seen.at < span.start && !seen.quoted);
        let near: Vec<&Seen> = near
            .take_while(|seen| seen.sentence + reach >= sentence)
            .filter(|seen| is_kind(self.entities[seen.entity].kind) && (seen.is_source || seen.is_topic))
            .collect();
        let first = near.first()?;
        let others = near.iter().any(|seen| {
            seen.sentence == first.sentence
                && seen.entity != first.entity
                && seen.is_source == first.is_source
        });
        (!others).then_some(first.entity)
    }

    /// Whom a relative pronoun continues: the phrase that ends right before it.
    fn antecedent(&mut self, span: Span) -> Option<usize> {
        let at = self.doc.tokens.partition_point(|token| token.span.start < span.start);
        let is_mark = |i: usize| !self.doc.tokens[i].span.of(&self.doc.text).contains(char::is_alphanumeric);
        let mut end = at;
        let begin = self.doc.sentences.get(self.sentence(span.start)).map_or(0, |s| s.tokens.start);
        while end > begin && is_mark(end - 1) {
            end -= 1;
        }
        if let Some(name) = self.names.iter().position(|name| name.tokens.end == end) {
            let person =
                |name: usize| self.of_name[name].filter(|&id| self.entities[id].kind == ActorKind::Person);
            let word = |i: usize| self.doc.tokens[i].span.of(&self.doc.text);
            if person(name).is_some()
                || self.doc.tokens[span_token(self.doc, span)]
                    .span
                    .of(&self.doc.text)
                    .eq_ignore_ascii_case("which")
            {
                return self.of_name[name];
            }
            // "Fiorina, the former chief of Hewlett-Packard, who": behind the comma before.
            let comma = (end.saturating_sub(12)..end).rev().find(|&i| word(i) == ",")?;
            let before = self.names.iter().position(|name| name.tokens.end == comma)?;
            return person(before);
        }
        let start = self.doc.sentences.get(self.sentence(span.start))?.tokens.start;
        let stops = |i: &usize| {
            let word = self.doc.tokens[*i].span.of(&self.doc.text).to_lowercase();
            is_mark(*i)
                || matches!(
                    word.as_str(),
                    "and"
                        | "but"
                        | "that"
                        | "by"
                        | "with"
                        | "to"
                        | "from"
                        | "for"
                        | "as"
                        | "of"
                        | "in"
                        | "was"
                        | "is"
                        | "are"
                        | "were"
                        | "said"
                )
                || self.rules.act(&word).is_some()
        };
        let from = (start..end).rev().find(stops).map_or(start, |i| i + 1);
        if from >= end {
            return None;
        }
        let words = self.doc.tokens[from].span.cover(self.doc.tokens[end - 1].span);
        let phrase = Phrases { doc: self.doc, rules: self.rules, names: self.names }.read(words);
        self.description(&phrase)
    }
}

/// The token that a span begins with.
fn span_token(doc: &sayso_text::Document, span: Span) -> usize {
    doc.tokens.partition_point(|token| token.span.start < span.start).min(doc.tokens.len().saturating_sub(1))
}

fn gender_of_pronoun(word: &str) -> Gender {
    if matches!(word, "she" | "her" | "hers" | "herself") { Gender::Female } else { Gender::Male }
}
