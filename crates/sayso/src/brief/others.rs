//! Can a pronoun, a surname or "the company" mean somebody else than it is taken for?

use sayso_text::{Span, Token};

use super::source::Source;
use crate::record::{Actor, ActorKind, MentionKind};
use crate::rules::Gender;
use crate::word_list::is_in;

/// Words with capitals that are looked at as surnames of others.
const MOST_NAMES: usize = 12;
/// Words with capitals that stand before surnames.
const BEFORE_NAMES: &str = "mr mrs ms miss dr prof sir lord lady president minister senator governor mayor judge justice chief \
captain general colonel sergeant gen col capt sgt lt maj adm cmdr rev hon officer councillor cllr rep sen gov professor chancellor premier secretary director king queen \
prince princess pope bishop archbishop canon father sister detective inspector attorney chairman chairwoman the a and but while \
when if as for in on at by from to with that said says told after before because";

impl Source<'_> {
    /// Somebody else, named or not, stands in a passage.
    pub(super) fn has_somebody_else(&self, actor: &Actor, passage: Span) -> bool {
        let others = self.record.actors.iter().filter(|other| {
            other.id != actor.id
                && matches!(other.kind, ActorKind::Person | ActorKind::Role | ActorKind::Unnamed)
        });
        let mut places = others.flat_map(|other| &other.mentions).map(|m| self.bytes_at(m.start, m.end));
        let words: Vec<&str> = self.say(passage).split_whitespace().collect();
        // "A judge", "the Vermont senator", who needn't be an actor.
        let is_role = |pair: &[&str]| is_in("a an", pair[0]) && self.rules.title(pair[1]).is_some();
        let opens = matches!(words[..], ["The", _, office, ..] if self.rules.title(office).is_some())
            || words.windows(3).any(|of| matches!(of, ["the", "former", _]));
        opens || words.windows(2).any(is_role) || places.any(|place| passage.contains(place))
    }

    /// Another person, whom the pronoun can mean too, is named between two places of a sentence outside of quotation marks,
    /// by a surname that the text has behind a given name; not one whose something is told: "on Crane's death, he said".
    pub(super) fn has_another(&self, name: &str, from: usize, pronoun: Span) -> bool {
        let sentence = self.doc.sentences[self.sentence_at(pronoun.start)].span;
        let from = from.max(sentence.start);
        let is_her = is_in("she her hers", &self.say(pronoun).to_lowercase());
        let first = self.doc.tokens.partition_point(|token| token.span.start < from);
        let between = self.doc.tokens[first..].iter().take_while(|token| token.span.end <= pronoun.start);
        let mut surnames = between.filter(|token| {
            let word = self.say(token.span);
            let behind = &self.doc.text[token.span.end..];
            let ends = behind.trim_start_matches(' ');
            word.starts_with(char::is_uppercase)
                // "DNC", "Republicans", "Fox News".
                && word.contains(char::is_lowercase)
                && !word.ends_with('s')
                && !ends.starts_with(char::is_uppercase)
                && !name.contains(word)
                && !behind.starts_with(['’', '\''])
                && !self.is_quoted(token.span)
        });
        let few: Vec<&str> = surnames.by_ref().take(MOST_NAMES).map(|token| self.say(token.span)).collect();
        let can_be = |given: &str| {
            let is_its = |gender: Gender| (gender == Gender::Female) == is_her;
            is_given(given) && self.rules.given_name(given).is_none_or(is_its)
        };
        // Among more than that nobody can be sure.
        surnames.next().is_some()
            || self.doc.tokens.windows(2).any(|pair| {
                // "Even Friday".
                let opens = || self.doc.sentences.iter().any(|s| s.span.start == pair[0].span.start);
                few.contains(&self.say(pair[1].span)) && can_be(self.say(pair[0].span)) && !opens()
            })
    }

    /// Somebody else may be named between two places: two words with capitals, of which neither is one of these.
    pub(super) fn names_between(&self, from: usize, to: usize, is_part: impl Fn(&str) -> bool) -> bool {
        let inside = |t: &&Token| from <= t.span.start && t.span.end <= to;
        let tokens: Vec<&Token> = self.doc.tokens.iter().filter(inside).collect();
        let is_name = |span: Span| {
            let word = self.say(span);
            word.starts_with(char::is_uppercase) && !is_part(word)
        };
        let opens = |at: usize| self.doc.sentences.iter().any(|s| s.span.start == at);
        tokens.windows(2).any(|pair| {
            let beside = pair[1].span.start <= pair[0].span.end + 2;
            beside && is_name(pair[0].span) && is_name(pair[1].span) && !opens(pair[0].span.start)
        })
    }

    /// Where the sentence before the one at a place begins.
    fn sentence_before(&self, at: usize) -> usize {
        self.doc.sentences[self.sentence_at(at).saturating_sub(1)].span.start
    }

    /// "The company", where another that can be one was named since its name: "a drop in Brask Mobil. The company reported".
    pub(super) fn is_of_another(&self, actor: &Actor, span: Span) -> bool {
        let names = |actor: &Actor| -> Vec<Span> {
            let names = actor.mentions.iter().filter(|m| m.kind == MentionKind::Name);
            names.map(|m| self.bytes_at(m.start, m.end)).collect()
        };
        let points =
            ["the ", "this ", "that "].iter().any(|the| self.say(span).to_lowercase().starts_with(the));
        let own = names(actor);
        if !points || own.iter().any(|name| span.contains(*name)) {
            return false;
        }
        let Some(last) = own.iter().filter(|name| name.end <= span.start).map(|name| name.end).max() else {
            return false;
        };
        let others = self.record.actors.iter().filter(|other| {
            other.id != actor.id && matches!(other.kind, ActorKind::Organisation | ActorKind::Outlet)
        });
        others.flat_map(names).any(|name| last <= name.start && name.end <= span.start)
            || self.names_between(last.max(self.sentence_before(span.start)), span.start, |word| {
                // A person between is none.
                actor.name.as_deref().is_some_and(|own| own.split_whitespace().any(|part| part == word))
                    || self.rules.given_name(word).is_some()
                    || self.rules.title(&word.to_lowercase()).is_some()
            })
    }

    /// The text has the surname behind another given name.
    pub(super) fn has_other(&self, surname: &str, is_part: impl Fn(&str) -> bool) -> bool {
        self.has_other_until(self.doc.text.len(), surname, is_part)
    }

    /// The text has it there before a place.
    pub(super) fn has_other_until(&self, end: usize, surname: &str, is_part: impl Fn(&str) -> bool) -> bool {
        let n_before = self.doc.tokens.partition_point(|token| token.span.end <= end);
        self.doc.tokens[..n_before].windows(2).any(|pair| {
            let (before, word) = (self.say(pair[0].span), self.say(pair[1].span));
            word == surname
                && is_given(before)
                && !is_part(before)
                && pair[1].span.start <= pair[0].span.end + 1
        })
    }
}

/// A word that can be a given name before a surname.
fn is_given(word: &str) -> bool {
    // "Mr." as "Mr".
    let word = word.trim_end_matches('.');
    word.starts_with(char::is_uppercase)
        && word.chars().skip(1).any(char::is_lowercase)
        && word.len() > 2
        && !is_in(BEFORE_NAMES, &word.to_lowercase())
}
