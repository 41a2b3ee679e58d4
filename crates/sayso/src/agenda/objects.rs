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
/// Numbers tell how many, not what.
const NUMBERS: &[&str] = &[
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "dozens",
    "hundreds",
    "thousands",
    "several",
    "many",
    "few",
];
/// "The lifting of sanctions" is about the sanctions, whoever wants it.
const ENDS: &[&str] =
    &["abolition", "cancellation", "easing", "end", "ending", "lifting", "removal", "suspension"];
/// With them begins when it was.
const TIMES: &[&str] = &["last", "next", "once", "today", "tomorrow", "yesterday"];
const AUXILIARIES: &[&str] = &[
    "are", "can", "could", "had", "has", "have", "is", "may", "might", "must", "should", "was", "were",
    "will", "would",
];
/// They stand behind the noun: "the program intact".
const BEHIND_NOUNS: &[&str] =
    &["aboard", "abroad", "ahead", "alike", "alone", "intact", "nationwide", "unchanged"];
/// Function words at most between a verb and its object.
const BETWEEN: usize = 3;

/// What acts are about: for each statement whose act has an object, the number of the issue, and behind the
/// `listed` issues of the rules the others that are found this way. `found` gives their other mentions.
pub(super) fn issues(
    reading: Reading<'_>,
    found: &[NounPhrase],
    listed: &[Issue],
) -> (Vec<Issue>, BTreeMap<usize, usize>) {
    let reader = Reader { doc: reading.doc, rules: reading.rules };
    let mut others: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for phrase in found.iter().filter(|phrase| phrase.what == What::Other) {
        if let Some(head) = phrase.words.last() {
            others.entry(stem(head)).or_default().push(phrase.span);
        }
    }
    let mut heads: BTreeMap<String, usize> = BTreeMap::new();
    let mut issues: Vec<Issue> = Vec::new();
    let mut about = BTreeMap::new();
    for i in 0..reading.attributed.len() {
        let Some(phrase) = (Object { reading, reader: &reader }).of(i) else { continue };
        let last = reading.doc.tokens[phrase.tokens.end - 1].span;
        let known =
            listed.iter().position(|issue| issue.mentions.iter().any(|mention| mention.contains(last)));
        if let Some(known) = known {
            about.insert(i, known);
            continue;
        }
        let Some(head) = phrase.words.last().filter(|_| reader.is_point(phrase.tokens.end - 1)) else {
            continue;
        };
        let at = *heads.entry(stem(head)).or_insert_with_key(|head| {
            issues.push(Issue {
                name: phrase.words.join(" "),
                mentions: others.remove(head).unwrap_or_default(),
                verbs: Vec::new(),
                is_listed: false,
            });
            issues.len() - 1
        });
        if !issues[at].mentions.iter().any(|mention| mention.overlaps(phrase.span)) {
            issues[at].mentions.push(phrase.span);
        }
        about.insert(i, listed.len() + at);
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
        let first = self.reader.lower(at);
        if act == Act::Accuse {
            // "Norvale of holding bread hostage".
            let of = rest.clone().take(2 * BETWEEN).find(|&i| matches!(&*self.reader.lower(i), "of" | "for"));
            if let Some(of) = of {
                return self.behind_verb(of + 1..rest.end);
            }
        }
        match first.as_str() {
            "whether" | "if" | "how" | "why" | "what" | "who" | "when" | "where" => None,
            // What one denies or agrees is a claim, not a point.
            "that" if matches!(act, Act::Deny | Act::Reject | Act::Accept | Act::Praise) => None,
            "that" => self.subject(at + 1..rest.end),
            // Who "sought to contrast her approach" asks for nothing.
            "to" if act == Act::Urge => None,
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

    /// "The stocks would run out": what stands before an auxiliary.
    fn subject(&self, tokens: Range<usize>) -> Option<NounPhrase> {
        let (words, head) = self.words(tokens.clone())?;
        let is_auxiliary = AUXILIARIES.contains(&self.reader.lower(head + 1).as_str());
        let is_own = matches!(
            self.reader.lower(tokens.start).as_str(),
            "its" | "his" | "her" | "their" | "our" | "my"
        );
        (is_auxiliary && !is_own).then(|| self.phrase(words, head, tokens.end)).flatten()
    }

    /// The object of a verb that stands first.
    fn behind_verb(&self, tokens: Range<usize>) -> Option<NounPhrase> {
        let verb = tokens
            .clone()
            .take(BETWEEN)
            .find(|&i| !self.is_function(i) && !self.reader.lower(i).ends_with("ly"))?;
        // "Attempting to intimidate the families".
        if self.reader.lower(verb + 1) == "to" {
            return self.behind_verb(verb + 2..tokens.end);
        }
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
        let leads = |i: &usize| {
            let word = self.reader.lower(*i);
            DETERMINERS.contains(&word.as_str())
                || NUMBERS.contains(&word.as_str())
                || word.starts_with(|c: char| c.is_ascii_digit())
        };
        let first = start + tokens.clone().take(2).take_while(leads).count();
        let is_end = |i: &usize| {
            let word = self.reader.lower(*i);
            // "The wording", "their lists" are no verbs.
            let is_noun = first > start
                && *i == first
                && word.chars().all(char::is_alphabetic)
                && !phrases::FUNCTION_WORDS.contains(&word.as_str());
            // "Three written warnings" ends in what may be a verb elsewhere.
            let is_last = *i > first
                && word.ends_with('s')
                && self.reader.rules.act(&word).is_some_and(|act| act != Act::State)
                && (i + 1 == tokens.end || self.reader.stops(i + 1, &self.reader.lower(i + 1)));
            !is_noun && !is_last && self.reader.stops(*i, &word)
                || DETERMINERS.contains(&word.as_str())
                || *i > first && TIMES.contains(&word.as_str())
        };
        let end = (first..tokens.end).find(is_end).unwrap_or(tokens.end);
        (end > first).then(|| (start..end, end - 1))
    }

    /// The noun phrase, unless its head is none that can be a point.
    fn phrase(&self, words: Range<usize>, head: usize, end: usize) -> Option<NounPhrase> {
        // "A bill designed", "breaks important".
        let mut head = head;
        let is_behind = |word: &str| word.ends_with("ed") || BEHIND_NOUNS.contains(&word);
        while head > words.start && is_behind(self.reader.word(head)) {
            head -= 1;
        }
        let word = self.reader.word(head);
        // "The loss of homework clubs" is about the clubs.
        let is_part = phrases::PARTS.contains(&word) || ENDS.contains(&word);
        if is_part && self.reader.lower(head + 1) == "of" && head + 2 < end {
            let (words, head) = self.words(head + 2..end)?;
            return self.phrase(words, head, end);
        }
        // "The campaign stop using it": the last word is the verb.
        let next = self.reader.lower(head + 1);
        let goes_on = head + 1 < end && (next.ends_with("ing") || DETERMINERS.contains(&next.as_str()));
        if ["ed", "ful", "ous"].iter().any(|end| word.ends_with(end)) || goes_on {
            return None;
        }
        let is_word = |i: &usize| {
            let word = self.reader.word(*i);
            let lower = word.to_lowercase();
            word.chars().all(char::is_alphabetic)
                && !DETERMINERS.contains(&lower.as_str())
                && !NUMBERS.contains(&lower.as_str())
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
