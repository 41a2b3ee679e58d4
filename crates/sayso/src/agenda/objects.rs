//! What is a statement about, whose cue says where the speaker stands?

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_text::Span;

use super::issues::stem;
use super::phrases::{self, DETERMINERS, NounPhrase, Reader, What};
use super::{Issue, Reading};
use crate::grammar;
use crate::record::Act;

/// Words of an issue's name at most, its head among them.
const LONGEST_NAME: usize = 3;
/// Code points of a head at least.
const SHORTEST_HEAD: usize = 4;
/// Function words at most between a verb and its object.
const BETWEEN: usize = 3;

/// Issues that acts are about though the rules don't list them, with the statements that are: what was
/// rejected, demanded, warned of. `found` gives their other mentions, and `number` is the first issue's.
pub(super) fn issues(
    reading: Reading<'_>,
    found: &[NounPhrase],
    number: usize,
) -> (Vec<Issue>, BTreeMap<usize, usize>) {
    let reader = Reader { doc: reading.doc, rules: reading.rules };
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues: Vec<Issue> = Vec::new();
    let mut about = BTreeMap::new();
    for i in 0..reading.attributed.len() {
        let Some(phrase) = (Object { reading, reader: &reader }).of(i) else { continue };
        let Some(head) = phrase.words.last().map(|head| stem(head)) else { continue };
        let at = *heads.entry(head.clone()).or_insert_with(|| {
            let same = |other: &&NounPhrase| {
                other.what == What::Other && other.words.last().is_some_and(|word| stem(word) == head)
            };
            issues.push(Issue {
                name: phrase.words.join(" "),
                mentions: found.iter().filter(same).map(|other| other.span).collect(),
                is_listed: false,
            });
            issues.len() - 1
        });
        if !issues[at].mentions.iter().any(|mention| mention.overlaps(phrase.span)) {
            issues[at].mentions.push(phrase.span);
        }
        about.insert(i, number + at);
    }
    for issue in &mut issues {
        issue.mentions.sort_by_key(|mention| (mention.start, mention.end));
    }
    (issues, about)
}

/// Looks for the object of an act.
struct Object<'a> {
    reading: Reading<'a>,
    reader: &'a Reader<'a>,
}

impl Object<'_> {
    fn of(&self, i: usize) -> Option<NounPhrase> {
        let a = &self.reading.attributed[i];
        let cue = a.cue?;
        let content = a.content.iter().find(|content| content.start >= cue.end)?;
        let tokens = grammar::tokens_of(self.reading.doc, *content);
        let mut at = tokens.start;
        while at < tokens.end && !self.reader.word(at).contains(char::is_alphanumeric) {
            at += 1;
        }
        let act = self.reading.statements[i].act;
        let rest = at..tokens.end;
        if act == Act::Accuse {
            // "Norvale of holding bread hostage".
            let of = rest.clone().take(2 * BETWEEN).find(|&i| matches!(&*self.reader.lower(i), "of" | "for"));
            if let Some(of) = of {
                return self.behind_verb(of + 1..rest.end);
            }
        }
        match self.reader.lower(at).as_str() {
            "that" => self.clause(at + 1..rest.end),
            "to" => self.behind_verb(at + 1..rest.end),
            word if word.ends_with("ing") && !phrases::NOUNS_IN_ING.contains(&word) => self.behind_verb(rest),
            _ => self.direct(act, rest),
        }
    }

    /// "The raw data", "employers to hand over their lists".
    fn direct(&self, act: Act, tokens: Range<usize>) -> Option<NounPhrase> {
        let (words, head) = self.words(tokens.clone())?;
        let asks = matches!(act, Act::Demand | Act::Urge | Act::Ask);
        if asks && self.reader.lower(head + 1) == "to" && self.reader.lower(head + 2) != "be" {
            return self.behind_verb(head + 2..tokens.end);
        }
        self.phrase(words, head, tokens.end)
    }

    /// "The advice had been ignored", "its fighters had mined the dam".
    fn clause(&self, tokens: Range<usize>) -> Option<NounPhrase> {
        let first = self.reader.lower(tokens.start);
        let theirs = matches!(first.as_str(), "its" | "his" | "her" | "their" | "our" | "my" | "your");
        let subject = self.words(tokens.clone());
        let end = subject.as_ref().map_or(tokens.start + 1, |(_, head)| head + 1);
        let own = subject.filter(|_| !theirs).and_then(|(words, head)| self.phrase(words, head, tokens.end));
        own.or_else(|| {
            let verb = (end..tokens.end).take(BETWEEN).find(|&i| !self.is_function(i))?;
            self.behind_verb(verb..tokens.end)
        })
    }

    /// The object of a verb that stands first.
    fn behind_verb(&self, tokens: Range<usize>) -> Option<NounPhrase> {
        let verb = tokens
            .clone()
            .take(BETWEEN)
            .find(|&i| !self.is_function(i) && !self.reader.lower(i).ends_with("ly"))?;
        let mut at = verb + 1;
        while at < tokens.end && at < verb + BETWEEN && self.is_function(at) {
            at += 1;
        }
        let (words, head) = self.words(at..tokens.end)?;
        self.phrase(words, head, tokens.end)
    }

    fn is_function(&self, i: usize) -> bool {
        let word = self.reader.lower(i);
        phrases::FUNCTION_WORDS.contains(&word.as_str()) || word == "having"
    }

    /// From a determiner, if there is one, to the last word of a noun phrase.
    fn words(&self, tokens: Range<usize>) -> Option<(Range<usize>, usize)> {
        let start = tokens.start;
        let first = start + usize::from(DETERMINERS.contains(&self.reader.lower(start).as_str()));
        let is_end = |i: &usize| {
            let word = self.reader.lower(*i);
            // "The wording of it" is no verb.
            let is_gerund = first > start && *i == first && word.ends_with("ing") && {
                let next = self.reader.lower(i + 1);
                self.reader.stops(i + 1, &next) && !DETERMINERS.contains(&next.as_str())
            };
            !is_gerund && self.reader.stops(*i, &word) || DETERMINERS.contains(&word.as_str())
        };
        let end = (first..tokens.end).find(is_end).unwrap_or(tokens.end);
        (end > first).then(|| (start..end, end - 1))
    }

    /// The noun phrase, unless its head is none that can be a point.
    fn phrase(&self, words: Range<usize>, head: usize, end: usize) -> Option<NounPhrase> {
        // "A bill designed", "breaks important".
        let mut head = head;
        while head > words.start && self.reader.word(head).ends_with("ed") {
            head -= 1;
        }
        let word = self.reader.word(head);
        // "The loss of homework clubs" is about the clubs.
        if phrases::PARTS.contains(&word) && self.reader.lower(head + 1) == "of" && head + 2 < end {
            let (words, head) = self.words(head + 2..end)?;
            return self.phrase(words, head, end);
        }
        if !self.reader.is_point(head) || word.chars().count() < SHORTEST_HEAD {
            return None;
        }
        let is_word = |i: &usize| {
            let word = self.reader.word(*i);
            word.chars().all(char::is_alphabetic) && !DETERMINERS.contains(&word.to_lowercase().as_str())
        };
        let from =
            (words.start..head).rev().take(LONGEST_NAME - 1).take_while(is_word).last().unwrap_or(head);
        let span: Span = self.reading.doc.tokens[words.start].span.cover(self.reading.doc.tokens[head].span);
        Some(NounPhrase {
            what: What::Other,
            span,
            modifiers: Vec::new(),
            words: (from..=head).map(|i| self.reader.word(i).to_owned()).collect(),
            versions: Vec::new(),
            owner: None,
            indefinite: false,
            tokens: words.start..head + 1,
        })
    }
}
