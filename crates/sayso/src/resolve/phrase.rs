//! What does a noun phrase say of whom it stands for?

use std::ops::Range;

use sayso_text::{Document, Span};

use super::names::Name;
use crate::grammar;
use crate::rules::{Noun, Rules};

/// What a phrase has in its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// Number of a name.
    Name(usize),
    /// Lower case.
    Pronoun(String),
    /// A common noun, lower case.
    Noun { word: String, noun: Noun, plural: bool },
    /// "some", "three of them".
    Quantifier,
    /// Nothing that the rules know.
    Other,
}

/// A noun phrase, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) span: Span,
    pub(super) head: Head,
    /// Without a relative clause and what stands behind a comma.
    pub(super) main: Span,
    /// From the first word to the head, without an article.
    pub(super) core: Span,
    /// Numbers of the names before the head ("Clinton" in "the Clinton campaign").
    pub(super) before: Vec<usize>,
    /// Numbers of the names behind it ("Trump" in "a spokesman for Trump").
    pub(super) behind: Vec<usize>,
    /// "the", "this", "his": somebody that the text has told of.
    pub(super) definite: bool,
    /// "a", "an", "another".
    pub(super) indefinite: bool,
    /// The pronoun of a possessor ("his wife").
    pub(super) possessor: Option<String>,
    /// The words that tell who it is behind a comma.
    pub(super) apposition: Option<Box<Phrase>>,
    /// The parts of "Witkoff and Kushner".
    pub(super) parts: Vec<Phrase>,
}

pub(super) const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "i",
    "we",
    "you",
    "who",
    "which",
    "him",
    "her",
    "them",
    "me",
    "us",
    "his",
    "hers",
    "its",
    "their",
    "my",
    "our",
    "your",
    "himself",
    "herself",
    "themselves",
    "itself",
    "myself",
    "whose",
    "whom",
    "theirs",
    "ourselves",
];
const POSSESSIVES: &[&str] = &["his", "her", "its", "their", "my", "our", "your"];
const DEFINITE: &[&str] = &["the", "this", "that", "these", "those", "The"];
const ARTICLES: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "some", "many", "several", "both", "another",
    "other", "one", "two", "three",
];
/// What ends the core of a phrase.
const BEHIND: &[&str] = &[
    "of",
    "for",
    "at",
    "in",
    "from",
    "with",
    "to",
    "on",
    "by",
    "near",
    "inside",
    "behind",
    "familiar",
    "close",
    "who",
    "whose",
    "which",
    "that",
    "whom",
    "about",
    "against",
    "among",
    "between",
    "working",
    "speaking",
    "involved",
    "including",
    "like",
    "such",
    "backing",
    "supporting",
    "opposed",
    "under",
    "within",
    "outside",
    "across",
    "surveyed",
    "released",
    "conducted",
    "obtained",
    "published",
    "carried",
    "prepared",
    "seen",
    "commissioned",
    "written",
    "signed",
    "issued",
    "sent",
    "posted",
    "taken",
    "leaked",
    "based",
    "led",
    "made",
    "reviewed",
    "cited",
    "quoted",
    "over",
    "after",
    "before",
    "during",
];

/// Reads phrases of one document.
pub(super) struct Phrases<'a> {
    pub(super) doc: &'a Document,
    pub(super) rules: &'a Rules,
    pub(super) names: &'a [Name],
}

impl Phrases<'_> {
    fn word(&self, i: usize) -> &str {
        self.doc.tokens.get(i).map_or("", |token| token.span.of(&self.doc.text))
    }

    fn lower(&self, i: usize) -> String {
        self.word(i).to_lowercase()
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        match (self.doc.tokens.get(tokens.start), self.doc.tokens.get(tokens.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The numbers of the names within tokens.
    fn names_in(&self, tokens: &Range<usize>) -> Vec<usize> {
        let from = self.names.partition_point(|name| name.tokens.start < tokens.start);
        let to = self.names.partition_point(|name| name.tokens.end <= tokens.end);
        (from..to.max(from)).collect()
    }

    /// Takes a phrase apart.
    pub(super) fn read(&self, span: Span) -> Phrase {
        let mut tokens = grammar::tokens_of(self.doc, span);
        let is_mark =
            |i: usize| !self.word(i).contains(char::is_alphanumeric) || matches!(self.word(i), "'s" | "’s");
        while !tokens.is_empty() && is_mark(tokens.end - 1) {
            tokens.end -= 1;
        }
        while !tokens.is_empty() && is_mark(tokens.start) {
            tokens.start += 1;
        }
        self.phrase(tokens, true)
    }

    fn phrase(&self, tokens: Range<usize>, apart: bool) -> Phrase {
        let (main, rest) = self.at_comma(tokens.clone());
        if apart && let Some(parts) = self.parts(&tokens) {
            let mut phrase = self.simple(tokens.clone());
            phrase.parts = parts;
            return phrase;
        }
        let mut phrase = self.simple(main);
        phrase.span = self.span(&tokens);
        // Whom a union sued isn't the union: "the union, which sued Marlow Ltd,".
        let is_relative =
            |i: usize| matches!(self.lower(i).as_str(), "who" | "which" | "whose" | "whom" | "that");
        if let Some(rest) = rest.filter(|rest| !rest.is_empty() && !is_relative(rest.start)) {
            phrase.apposition = Some(Box::new(self.phrase(rest, false)));
        }
        phrase
    }

    /// What stands before the first comma that isn't within a name, and what behind it up to
    /// the next.
    fn at_comma(&self, tokens: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        let in_name = |i: usize| self.names_in(&tokens).iter().any(|&n| self.names[n].tokens.contains(&i));
        let comma = |from: usize| (from..tokens.end).find(|&i| self.word(i) == "," && !in_name(i));
        let Some(at) = comma(tokens.start) else { return (tokens, None) };
        // "Agata Brenn, 41, a schoolteacher": the age tells nothing of who she is.
        let is_age = self.word(at + 1).bytes().all(|b| b.is_ascii_digit()) && self.word(at + 2) == ",";
        let from = if is_age { at + 3 } else { at + 1 };
        let end = comma(from).unwrap_or(tokens.end);
        (tokens.start..at, Some(from.min(end)..end))
    }

    /// The two sides of an "and" between names or plurals.
    fn parts(&self, tokens: &Range<usize>) -> Option<Vec<Phrase>> {
        let names = self.names_in(tokens);
        let in_name = |i: usize| names.iter().any(|&n| self.names[n].tokens.contains(&i));
        let and = tokens.clone().find(|&i| matches!(self.word(i), "and" | "&") && !in_name(i))?;
        let before_all = tokens.clone().take_while(|&i| i < and).any(|i| BEHIND.contains(&self.word(i)));
        if and == tokens.start || and + 1 == tokens.end || before_all {
            return None;
        }
        let mut parts = Vec::new();
        let mut from = tokens.start;
        for i in tokens.start..and {
            if self.word(i) == "," && !in_name(i) {
                parts.push(from..i);
                from = i + 1;
            }
        }
        parts.extend([from..and, and + 1..tokens.end]);
        parts.retain(|part| !part.is_empty());
        let parts: Vec<Phrase> = parts.into_iter().map(|part| self.phrase(part, false)).collect();
        let is_one = |phrase: &Phrase| !matches!(phrase.head, Head::Other | Head::Quantifier);
        (parts.len() > 1 && parts.iter().all(is_one)).then_some(parts)
    }

    fn simple(&self, tokens: Range<usize>) -> Phrase {
        let names = self.names_in(&tokens);
        let in_name = |i: usize| names.iter().any(|&n| self.names[n].tokens.contains(&i));
        let cut = (tokens.start + 1..tokens.end)
            .find(|&i| {
                (BEHIND.contains(&self.word(i)) || self.word(i) == "(")
                    && !in_name(i)
                    && !self.in_title(&names, i)
            })
            .unwrap_or(tokens.end);
        // Behind the last possessor stands what it is of.
        let from = (tokens.start..cut)
            .rev()
            .find(|&i| matches!(self.word(i), "'s" | "’s" | "'" | "’"))
            .map_or(tokens.start, |i| i + 1);
        let mut core = tokens.start..cut;
        let opens_name = |i: usize| names.iter().any(|&n| self.names[n].tokens.start == i);
        while core.start + 1 < core.end
            && !opens_name(core.start)
            && ARTICLES.contains(&self.lower(core.start).as_str())
        {
            core.start += 1;
        }
        let head = self.head(&(from.max(core.start)..cut), &tokens);
        let first = self.lower(tokens.start);
        let is_own = |n: &usize| head == Head::Name(*n);
        Phrase {
            span: self.span(&tokens),
            main: self.span(&(tokens.start..self.relative(&tokens))),
            definite: from > tokens.start
                || DEFINITE.contains(&first.as_str())
                || POSSESSIVES.contains(&first.as_str()),
            indefinite: matches!(first.as_str(), "a" | "an" | "another" | "one"),
            possessor: POSSESSIVES.contains(&first.as_str()).then_some(first).filter(|_| tokens.len() > 1),
            before: names
                .iter()
                .copied()
                .filter(|n| self.names[*n].tokens.end <= cut && !is_own(n))
                .collect(),
            behind: names.iter().copied().filter(|n| self.names[*n].tokens.start >= cut).collect(),
            core: self.span(&core),
            head,
            apposition: None,
            parts: Vec::new(),
        }
    }

    /// Where a relative clause begins.
    fn relative(&self, tokens: &Range<usize>) -> usize {
        let is_relative = |i: &usize| matches!(self.word(*i), "who" | "which" | "whose" | "whom" | ",");
        (tokens.start + 1..tokens.end).find(is_relative).unwrap_or(tokens.end)
    }

    /// "of" in "Secretary of State John Kerry" belongs to the title.
    fn in_title(&self, names: &[usize], i: usize) -> bool {
        let at = self.doc.tokens[i].span;
        names.iter().any(|&n| self.names[n].title.is_some_and(|title| title.contains(at)))
    }

    fn head(&self, core: &Range<usize>, whole: &Range<usize>) -> Head {
        let Some(last) = core.clone().next_back() else { return Head::Other };
        let word = self.lower(last);
        if whole.len() == 1 && PRONOUNS.contains(&word.as_str()) {
            return Head::Pronoun(word);
        }
        if let Some(&name) = self.names_in(core).last().filter(|&&n| self.names[n].tokens.end == core.end) {
            return Head::Name(name);
        }
        if PRONOUNS.contains(&word.as_str()) && core.len() == 1 {
            return Head::Pronoun(word);
        }
        let two = || format!("{} {word}", self.lower(last - 1));
        let noun = (core.len() > 1).then(two).and_then(|two| self.rules.noun(&two).map(|found| (two, found)));
        let noun = noun.or_else(|| self.rules.noun(&word).map(|found| (word.clone(), found)));
        // "14-year-old", "running mates": the last part of a joined word says what it is.
        let noun = noun.or_else(|| {
            let last = word.rsplit('-').next()?.to_owned();
            self.rules.noun(&last).map(|found| (last, found))
        });
        // "polls there": the last noun that the rules know.
        let earlier = || {
            core.clone()
                .rev()
                .skip(1)
                .map(|i| self.lower(i))
                .find_map(|word| self.rules.noun(&word).map(|found| (word, found)))
        };
        let noun = noun.or_else(|| {
            earlier().filter(|(_, (_, plural))| *plural && !super::names::is_capital(self.word(last)))
        });
        match noun {
            Some((word, (noun, plural))) => Head::Noun { word, noun, plural },
            None if self.rules.is_quantifier(&word) || self.rules.is_quantifier(&self.lower(whole.start)) => {
                Head::Quantifier
            }
            // A title that stands for its holder: "the President", "the first lady".
            None if self.rules.title(&word).is_some() => Head::Noun { word, noun: Noun::Role, plural: false },
            None => Head::Other,
        }
    }
}
