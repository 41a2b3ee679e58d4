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
/// For other mentions, where a wrong one puts no words in anybody's mouth by itself; 0.4 gave better
/// coreference on GUM dev than 0.5 and 0.65.
const LEAST_OF_MENTIONS: f32 = 0.4;
/// What speaks for it that a pronoun means nobody of the candidates.
const NOBODY: f32 = 0.45;
/// What each factor speaks for a candidate; the names are those of `training/pronouns.py` too.
const WEIGHTS: [(&str, f32); 32] = [
    ("same_sentence", 0.83),
    ("one_back", 0.12),
    ("two_back", 0.40),
    ("three_back", -0.26),
    ("further", -1.08),
    ("same_paragraph", 1.01),
    ("topic", 0.31),
    ("source", -0.14),
    ("only_quoted", -0.35),
    ("topic_here", 0.21),
    ("topic_before", 0.98),
    ("source_before", 0.16),
    ("spoke_last", 0.49),
    ("spoke_last_direct", 0.90),
    ("gender_known", 0.83),
    ("meant_so", 0.15),
    ("meant_otherwise", -0.30),
    ("guessed", -1.48),
    ("role", -1.25),
    ("unnamed", -2.59),
    ("unknown_name", -1.14),
    ("named_behind", -0.08),
    ("in_own_content", -0.91),
    ("mentions_near", -0.09),
    ("mentions_all", 0.19),
    ("first_person", 0.64),
    ("nearest", 0.53),
    ("pronoun", 0.55),
    ("possessive", 0.30),
    ("before_verb", 0.52),
    ("behind_preposition", -0.32),
    ("begins_sentence", 0.28),
];

/// A candidate's factors, each from 0 to 1 but for the logarithms of counts, in the order of the weights.
pub(crate) type Factors = [f32; WEIGHTS.len()];

/// Somebody whom a pronoun may mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) entity: usize,
    pub(crate) factors: Factors,
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
        candidate.factors.iter().zip(WEIGHTS).map(|(factor, (_, weight))| factor * weight).sum()
    };
    let scores: Vec<f32> = candidates.iter().map(score).collect();
    let best = (0..scores.len()).reduce(|best, i| if scores[i] > scores[best] { i } else { best })?;
    let most = scores[best].max(NOBODY);
    let sum: f32 = scores.iter().map(|score| libm::expf(score - most)).sum();
    let likelihood = libm::expf(scores[best] - most) / (sum + libm::expf(NOBODY - most));
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
    /// Who is named behind the pronoun in its sentence, and in its attribution's content.
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

        let looked = Looked {
            gender,
            own,
            sentence,
            paragraph: self.paragraph(span.start),
            near: near.collect(),
            last_speaker: self.last_speaker,
            first_person: self.first_person,
            named_behind: self.named_in(self.rest_of_sentence(span)),
            named_inside: content.iter().flat_map(|part| self.named_in(*part)).collect(),
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
    fn factors(&self, looked: &Looked<'_>, rank: usize, id: usize) -> Factors {
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
        let is_direct = looked.own.is_some_and(|own| own.form != Form::Indirect);
        let spoke_last = looked.last_speaker == Some(id);
        let (before, after) = self.words_around(last);
        let (same, other) = entity.meant.times(looked.gender);
        let unknown = entity.gender.is_none();
        let yes = |is: bool| if is { 1.0 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "a few mentions")]
        let count = |n: usize| libm::logf(1.0 + n as f32);
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
            yes(at_distance(0, |seen| seen.is_topic)),
            yes(at_distance(1, |seen| seen.is_topic)),
            yes(at_distance(1, |seen| seen.is_source)),
            yes(spoke_last),
            yes(spoke_last && is_direct),
            // Gender, by name or title, or by other pronouns.
            yes(entity.gender == Some(looked.gender)),
            yes(unknown && same > other),
            yes(unknown && other > same),
            // Hardly persons.
            yes(entity.guessed),
            yes(entity.kind == ActorKind::Role),
            yes(entity.kind == ActorKind::Unnamed),
            yes(entity.kind == ActorKind::Organisation),
            // Whom the words around the pronoun name is seldom meant by it.
            yes(looked.named_behind.contains(&id)),
            yes(looked.named_inside.contains(&id) || mentions.iter().copied().any(inside)),
            // Whom the text is about.
            count(mentions.len()),
            count(entity.times),
            yes(looked.first_person == Some(id)),
            // The last mention: the nearest of all, and how it stands in its sentence.
            yes(rank == 0),
            yes(is_pronoun(&Span::new(last.at, last.end).of(&self.doc.text).to_lowercase())),
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
        "about", "against", "at", "between", "by", "for", "from", "in", "like", "of", "on", "over", "than",
        "to", "with",
    ];
    PREPOSITIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(entity: usize, factors: &[&str]) -> Candidate {
        let on = |(name, _): (&str, f32)| if factors.contains(&name) { 1.0 } else { 0.0 };
        Candidate { entity, factors: WEIGHTS.map(on) }
    }

    #[test]
    fn the_likeliest_must_be_likely() {
        let near = ["same_sentence", "same_paragraph", "topic", "topic_here", "gender_known", "spoke_last"];
        assert_eq!(likeliest(&[], true), None);
        assert_eq!(likeliest(&[candidate(4, &near)], true), Some(4));
        // Two who are as likely: for a mention that is no guess yet, for a source it is.
        let two = [candidate(4, &near), candidate(7, &near)];
        assert_eq!(likeliest(&two, true), None);
        assert_eq!(likeliest(&two, false), Some(4));
        // Nobody is likelier than somebody far away who may be no person.
        assert_eq!(likeliest(&[candidate(4, &["further", "guessed", "unknown_name"])], false), None);
    }
}
