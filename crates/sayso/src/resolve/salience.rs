//! How present is somebody where a pronoun stands?
//!
//! # Source
//! The factors are those of Lappin and Leass (1994) that need no parse, and what is particular to
//! news: who spoke last, who is quoted. Their weights are learned, as a choice among the candidates
//! and nobody (the ranking model of Denis and Baldridge 2007): `training/pronouns.py`.

use sayso_text::Span;

use super::{Resolver, Seen};
use crate::attribute::Attributed;
use crate::record::{ActorKind, Form};
use crate::rules::Gender;

/// Sentences that a pronoun looks back.
const REACH: usize = 10;
/// The choice is made where it is at least this likely. For who says something: there it is right 19
/// times of 20, on train labels in folds over articles.
const LEAST: f32 = 0.65;
/// For other mentions, where a wrong one puts no words in anybody's mouth.
const LEAST_OF_MENTIONS: f32 = 0.4;
/// What speaks for it that a pronoun means nobody of the candidates.
const NOBODY: f32 = 0.66;
/// What a factor speaks for a candidate, in the order of [`Looked::factors`].
const WEIGHTS: [f32; FACTORS] = [
    0.91, 0.11, 0.47, -0.44, -1.06, 1.04, 0.17, -0.53, -0.27, 0.02, 0.20, 0.99, 0.11, 0.65, 0.85, 0.86, 0.06,
    -0.34, -0.31, -1.47, -1.10, -2.37, -1.08, 0.14, -0.70, 0.31, 0.11, 0.49, 0.39, 0.39, -0.09, 0.44, -0.39,
    0.30,
];
const FACTORS: usize = 34;

/// Somebody whom a pronoun may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) entity: usize,
    /// Each from 0 to 1, but for the logarithms of counts.
    pub(crate) factors: [f32; FACTORS],
}

/// A pronoun, and whom it may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) pronoun: Span,
    pub(crate) candidates: Vec<Candidate>,
}

/// The likeliest of the candidates, if it is likely enough.
pub(super) fn likeliest(candidates: &[Candidate], is_source: bool) -> Option<usize> {
    let score = |candidate: &Candidate| -> f32 {
        candidate.factors.iter().zip(WEIGHTS).map(|(factor, weight)| factor * weight).sum()
    };
    let scores: Vec<f32> = candidates.iter().map(score).collect();
    let best = (0..scores.len()).reduce(|best, i| if scores[i] > scores[best] { i } else { best })?;
    let most = scores[best].max(NOBODY);
    let sum: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    let likelihood = (scores[best] - most).exp() / (sum + (NOBODY - most).exp());
    let least = if is_source { LEAST } else { LEAST_OF_MENTIONS };
    (likelihood >= least).then_some(candidates[best].entity)
}

/// A pronoun and what stands around it.
struct Looked<'a> {
    gender: Gender,
    own: Option<&'a Attributed>,
    sentence: usize,
    paragraph: usize,
    /// Who was spoken of before, the last one first.
    near: Vec<&'a Seen>,
    /// Who spoke last, and whom the text names first.
    last_speaker: Option<usize>,
    first_person: Option<usize>,
    /// Who is named behind the pronoun, in its sentence and in its attribution's content: hardly meant by it.
    named_behind: Vec<usize>,
    named_inside: Vec<usize>,
}

impl Resolver<'_> {
    /// Everybody whom a pronoun of this gender may mean, the last spoken of first.
    pub(super) fn candidates(&self, span: Span, gender: Gender, own: Option<&Attributed>) -> Vec<Candidate> {
        let content = own.map(|own| own.content.as_slice()).unwrap_or_default();
        let sentence = self.sentence(span.start);
        let near = self.seen.iter().rev().take_while(|seen| seen.sentence + REACH >= sentence);
        let near = near.filter(|seen| seen.at < span.start && self.may_be(seen.entity, gender));
        let last_speaker = self.seen.iter().rev().find(|s| s.at < span.start && s.is_source && !s.quoted);
        let first_person = self.seen.iter().find(|s| self.entities[s.entity].kind == ActorKind::Person);
        let looked = Looked {
            gender,
            own,
            sentence,
            paragraph: self.paragraph(span.start),
            near: near.collect(),
            last_speaker: last_speaker.map(|seen| seen.entity),
            first_person: first_person.map(|seen| seen.entity),
            named_behind: self.named_behind(span, &[]),
            named_inside: self.named_behind(span, content),
        };
        let mut all: Vec<Candidate> = Vec::new();
        for (rank, seen) in looked.near.iter().enumerate() {
            if all.iter().all(|known| known.entity != seen.entity) {
                let factors = self.factors(&looked, rank, seen.entity);
                all.push(Candidate { entity: seen.entity, factors });
            }
        }
        all
    }

    /// True for a person, or one without a name, whom nothing tells to be of the other gender.
    fn may_be(&self, entity: usize, gender: Gender) -> bool {
        let entity = &self.entities[entity];
        let person = match entity.kind {
            ActorKind::Person | ActorKind::Unnamed => true,
            // "The candidate" is somebody whom the text has named, we don't know whom.
            ActorKind::Role => !entity.open,
            // A name of one word of which nothing is known.
            ActorKind::Organisation => {
                entity.guessed && entity.name.as_ref().is_some_and(|name| !name.contains(' '))
            }
            _ => false,
        };
        person && entity.gender.is_none_or(|known| known == gender)
    }

    /// What is known of a candidate; `rank` is the place among `near` of its last mention.
    fn factors(&self, looked: &Looked<'_>, rank: usize, id: usize) -> [f32; FACTORS] {
        let entity = &self.entities[id];
        let mentions: Vec<&Seen> = looked.near.iter().copied().filter(|seen| seen.entity == id).collect();
        let inside = |seen: &Seen| {
            looked.own.is_some_and(|own| own.content.iter().any(|c| c.start <= seen.at && seen.at < c.end))
        };
        let free = mentions.iter().find(|seen| !seen.quoted && !inside(seen)).copied();
        let last = free.unwrap_or(mentions[0]);
        let distance = looked.sentence.saturating_sub(last.sentence);
        let at_distance = |d: usize, is: fn(&Seen) -> bool| {
            let there = |seen: &&Seen| !seen.quoted && looked.sentence.saturating_sub(seen.sentence) == d;
            mentions.iter().copied().filter(there).any(is)
        };
        let topic_here = at_distance(0, |seen| seen.is_topic);
        let is_direct = looked.own.is_some_and(|own| own.form != Form::Indirect);
        let spoke_last = looked.last_speaker == Some(id);
        let (before, after) = self.words_around(last);
        let is_pronoun = is_pronoun(&Span::new(last.at, last.end).of(&self.doc.text).to_lowercase());
        let (same, other) = (entity.meant[looked.gender as usize], entity.meant[1 - looked.gender as usize]);
        let unknown = entity.gender.is_none();
        let yes = |is: bool| if is { 1.0 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a few mentions")]
        let count = |n: usize| (1.0 + n as f32).ln();
        [
            yes(distance == 0),
            yes(distance == 1),
            yes(distance == 2),
            yes(distance == 3),
            yes(distance > 3),
            yes(last.paragraph == looked.paragraph),
            // The first of their sentence, sources, in others' words.
            yes(last.is_topic),
            yes(last.is_source),
            yes(free.is_none()),
            yes(topic_here),
            yes(topic_here && is_direct),
            yes(at_distance(1, |seen| seen.is_topic)),
            yes(at_distance(1, |seen| seen.is_source)),
            yes(spoke_last),
            yes(spoke_last && is_direct),
            // Gender, by name or title, or by other pronouns.
            yes(entity.gender == Some(looked.gender)),
            yes(unknown && same > other),
            yes(unknown && other > same),
            yes(unknown && other > 0 && same == 0),
            // Hardly persons.
            yes(entity.guessed),
            yes(entity.kind == ActorKind::Role),
            yes(entity.kind == ActorKind::Unnamed),
            yes(entity.kind == ActorKind::Organisation),
            yes(looked.named_behind.contains(&id)),
            yes(looked.named_inside.contains(&id) || mentions.iter().copied().any(inside)),
            // Whom the text is about.
            count(mentions.len()),
            count(entity.times),
            yes(looked.first_person == Some(id)),
            // How the last mention stands in its sentence.
            yes(rank == 0),
            yes(is_pronoun),
            yes(matches!(after.as_str(), "'s" | "’s" | "'" | "’")),
            yes(self.is_verb_like(&after)),
            yes(is_preposition(&before)),
            yes(self.begins_sentence(last)),
        ]
    }

    /// The words before and behind a mention, in lower case.
    fn words_around(&self, seen: &Seen) -> (String, String) {
        let tokens = &self.doc.tokens;
        let word = |i: Option<usize>| {
            let token = i.and_then(|i| tokens.get(i));
            token.map_or(String::new(), |token| token.span.of(&self.doc.text).to_lowercase())
        };
        let first = tokens.partition_point(|token| token.span.start < seen.at);
        let next = tokens.partition_point(|token| token.span.start < seen.end);
        (word(first.checked_sub(1)), word(Some(next)))
    }

    fn is_verb_like(&self, word: &str) -> bool {
        const HELPERS: &[&str] = &[
            "also", "can", "could", "did", "does", "had", "has", "is", "may", "might", "should", "was",
            "who", "will", "would",
        ];
        HELPERS.contains(&word) || self.rules.act(word).is_some() || word.len() > 4 && word.ends_with("ed")
    }

    /// First or second word.
    fn begins_sentence(&self, seen: &Seen) -> bool {
        let first = self.doc.tokens.partition_point(|token| token.span.start < seen.at);
        self.doc.sentences.get(seen.sentence).is_some_and(|sentence| first <= sentence.tokens.start + 1)
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she" | "him" | "her" | "his" | "hers" | "himself" | "herself" | "who" | "i" | "they"
    )
}

fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "about", "against", "and", "at", "between", "by", "for", "from", "in", "like", "of", "on", "over",
        "than", "to", "with",
    ];
    PREPOSITIONS.contains(&word)
}
