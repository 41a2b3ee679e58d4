//! What is a statement about, whose cue says where the speaker stands?

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_text::Span;

use super::deeds::Deed;
use super::issues::stem;
use super::phrases::{self, DETERMINERS, NounPhrase, Reader, What};
use super::{Issue, Proposal, Reading};
use crate::grammar;
use crate::record::{Act, Stance};
use crate::word_list::is_in;

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
    &["aboard", "abroad", "ahead", "here", "there", "alike", "alone", "intact", "nationwide", "unchanged"];
/// Participles that no ending tells: "the pay deal put forward by mediators".
const PARTICIPLES: &[&str] =
    &["brought", "drawn", "due", "given", "held", "laid", "made", "put", "sent", "set", "worth", "written"];
/// What one accepts without taking a side.
const GIFTS: &str = "apology award blame challenge contribution decade donation fact fate gift grant hundred invitation job money \
nomination payment post prize range reality refugee responsibility role seat thousand ten trophy";
/// Function words at most between a verb and its object.
const BETWEEN: usize = 3;

/// What acts and deeds are about.
pub(super) struct Points {
    /// Issues that are found this way, numbered behind those that the rules list.
    pub(super) issues: Vec<Issue>,
    /// For each statement whose act has an object, the number of the issue.
    pub(super) about: BTreeMap<usize, usize>,
    /// For each deed, the number of the issue, if it is one.
    pub(super) of_deeds: Vec<Option<usize>>,
    /// Proposals that no reader knows by their name ("the offer") and that somebody holds something on, with their issues.
    pub(super) of_proposals: BTreeMap<usize, usize>,
}

/// What acts and deeds are about; `found` gives the other mentions of the issues.
pub(super) fn points(
    reading: Reading<'_>,
    found: &[NounPhrase],
    listed: &[Issue],
    proposals: &[Proposal],
    deeds: &[Deed],
) -> Points {
    let reader = Reader { doc: reading.doc, rules: reading.rules };
    let mut gathered = Gathered {
        reader: &reader,
        listed,
        proposals,
        others: BTreeMap::new(),
        heads: BTreeMap::new(),
        of_proposals: BTreeMap::new(),
        issues: Vec::new(),
    };
    for phrase in found.iter().filter(|phrase| phrase.what == What::Other) {
        if let Some(head) = phrase.words.last() {
            gathered.others.entry(stem(head)).or_default().push(phrase.span);
        }
    }
    let object = Object { reading, reader: &reader };
    let mut about = BTreeMap::new();
    for i in 0..reading.attributed.len() {
        if let Some(number) = object.of(i).and_then(|phrase| gathered.number(&phrase)) {
            about.insert(i, number);
        }
    }
    let of_deeds = deeds.iter().map(|deed| gathered.number(&deed.object)).collect();
    let mut issues = gathered.issues;
    for issue in &mut issues {
        issue.mentions.sort_by_key(|mention| (mention.start, mention.end));
        if let Some(name) = fuller(reading, issue) {
            issue.name = name;
        }
    }
    Points { issues, about, of_deeds, of_proposals: gathered.of_proposals }
}

/// "The reform" by the one longer name that the text has for it: "pension reform".
fn fuller(reading: Reading<'_>, issue: &Issue) -> Option<String> {
    let mut longer: Option<String> = None;
    for mention in issue.mentions.iter().filter(|_| !issue.name.contains(' ')) {
        let words: Vec<&str> = mention.of(&reading.doc.text).split_whitespace().collect();
        let first = words.iter().take_while(|word| {
            let lower = word.to_lowercase();
            DETERMINERS.contains(&lower.as_str())
                || NUMBERS.contains(&lower.as_str())
                || phrases::is_loose(word)
        });
        let first = first.count();
        let words = &words[first..];
        let is_plain = words.iter().all(|word| word.chars().all(char::is_alphabetic));
        if is_plain && (2..=LONGEST_NAME).contains(&words.len()) {
            let name = words.join(" ");
            if longer.as_ref().is_some_and(|known| *known != name) {
                return None;
            }
            longer = Some(name);
        }
    }
    longer
}

/// Issues that are being found.
struct Gathered<'a> {
    reader: &'a Reader<'a>,
    listed: &'a [Issue],
    /// Other phrases of the text, by their heads.
    others: BTreeMap<String, Vec<Span>>,
    /// Issues by their heads.
    heads: BTreeMap<String, usize>,
    proposals: &'a [Proposal],
    /// Their numbers, with those of issues.
    of_proposals: BTreeMap<usize, usize>,
    issues: Vec<Issue>,
}

impl Gathered<'_> {
    /// The number of the issue that a phrase names, which may be a new one.
    fn number(&mut self, phrase: &NounPhrase) -> Option<usize> {
        let last = self.reader.doc.tokens[phrase.tokens.end - 1].span;
        let known = |issue: &Issue| issue.mentions.iter().any(|mention| mention.contains(last));
        if let Some(known) = self.listed.iter().position(known) {
            return Some(known);
        }
        if let Some(number) = self.proposal(phrase, last) {
            return Some(number);
        }
        let head = phrase.words.last().filter(|head| {
            self.reader.is_point(phrase.tokens.end - 1)
                || self.reader.rules.agenda.is_proposal(&head.to_lowercase())
        })?;
        let (issues, others) = (&mut self.issues, &mut self.others);
        let at = *self.heads.entry(stem(head)).or_insert_with_key(|head| {
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
        Some(self.listed.len() + at)
    }

    /// The offer that the text speaks of, or the one that this phrase brings up.
    fn proposal(&mut self, phrase: &NounPhrase, last: Span) -> Option<usize> {
        let head = phrase.words.last()?;
        if !self.reader.rules.agenda.is_proposal(&head.to_lowercase()) {
            return None;
        }
        let is_it = |proposal: &Proposal| proposal.mentions.iter().any(|mention| mention.contains(last));
        let known = self.proposals.iter().position(is_it)?;
        if let Some(number) = self.of_proposals.get(&known) {
            return Some(*number);
        }
        let proposal = &self.proposals[known];
        let number = self.listed.len() + self.issues.len();
        self.issues.push(Issue {
            name: proposal.name.clone(),
            mentions: proposal.mentions.clone(),
            verbs: Vec::new(),
            is_listed: false,
        });
        self.of_proposals.insert(known, number);
        Some(number)
    }
}

/// Looks for the object of an act.
pub(super) struct Object<'a> {
    pub(super) reading: Reading<'a>,
    pub(super) reader: &'a Reader<'a>,
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

    /// What a deed is done to, whose verb ends before these tokens.
    pub(super) fn done_to(&self, stance: Stance, tokens: Range<usize>) -> Option<NounPhrase> {
        let act = if stance == Stance::Demands { Act::Demand } else { Act::Accept };
        let is_gift = |phrase: &NounPhrase| phrase.words.last().is_some_and(|head| is_in(GIFTS, &stem(head)));
        let found = match self.reader.lower(tokens.start).as_str() {
            "that" if act == Act::Demand => self.subject(tokens.start + 1..tokens.end),
            "that" | "it" | "them" | "this" | "to" => None,
            // "Backed away from the deal".
            "away" | "off" | "down" | "up" | "out" | "in" => None,
            // "Agreed to clean up the mines".
            word if self.reader.lower(tokens.start - 1) == "to" && !DETERMINERS.contains(&word) => None,
            // "Supports opening the crossing".
            word if word.ends_with("ing") && !phrases::NOUNS_IN_ING.contains(&word) => {
                self.behind_verb(tokens)
            }
            _ => self.direct(act, tokens),
        };
        found.filter(|phrase| stance != Stance::Accepts || !is_gift(phrase))
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
        // "The same wording".
        let is_loose = |i: &usize| phrases::is_loose(self.reader.word(*i));
        let first = first + (first..tokens.end.saturating_sub(1)).take_while(is_loose).count();
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
                || *i > first && PARTICIPLES.contains(&word.as_str())
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
                && !phrases::is_loose(word)
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
