//! What does the text say of how claims stand?
//!
//! `find` looks for the phrases of the rules; who says so is resolved with all other phrases;
//! `bind` ties each standing to the attributions that it speaks of.

mod bind;

use std::ops::Range;

use sayso_text::{Document, ParagraphKind, Span};

use crate::attribute::Attributed;
use crate::record::StandingKind;
use crate::rules::{By, Rules, StandingRule};
pub(crate) use bind::bind;

/// A standing, in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stood {
    pub(crate) kind: StandingKind,
    pub(crate) by: Option<usize>,
    /// The clause.
    pub(crate) span: Span,
    pub(crate) scope: Option<Span>,
    /// Numbers of the attributions that it is about.
    pub(crate) of: Vec<usize>,
}

/// Who says how a claim stands, before it is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sayer {
    /// The source of this attribution.
    Source(usize),
    /// A phrase of the text.
    Phrase(Span),
    /// The outlet, or nobody that the text tells.
    Outlet,
}

/// A phrase of the rules, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) kind: StandingKind,
    pub(crate) sayer: Sayer,
    /// The words of the rule.
    pub(crate) hit: Span,
    pub(crate) clause: Span,
    pub(crate) scope: Option<Span>,
    /// The attribution that says it, if one does.
    pub(crate) anchor: Option<usize>,
}

/// All standings of the running text, in order.
pub(crate) fn find(doc: &Document, attributed: &[Attributed], rules: &Rules) -> Vec<Found> {
    let mut by_start: Vec<usize> = (0..attributed.len()).collect();
    by_start.sort_by_key(|&i| attributed[i].extent().0);
    // How far any of the first so many reaches.
    let mut reach = 0;
    let reaches: Vec<usize> = by_start
        .iter()
        .map(|&i| {
            reach = reach.max(attributed[i].extent().1);
            reach
        })
        .collect();
    let finder = Finder { doc, attributed, rules, reaches };
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let sentences = body.flat_map(|p| p.sentences.clone());
    sentences.flat_map(|sentence| finder.sentence(sentence, &by_start)).collect()
}

struct Finder<'a> {
    doc: &'a Document,
    attributed: &'a [Attributed],
    rules: &'a Rules,
    /// Where the last of the first attributions ends, for each number of them.
    reaches: Vec<usize>,
}

/// A match, with its rule's number.
#[derive(Clone, Copy)]
struct Hit {
    span: Span,
    rule: usize,
}

/// What parts clauses, in lower case.
const JOINTS: &[&str] = &[
    "and", "but", "while", "although", "though", "because", "after", "before", "whereas", "which", "who",
    "since", "as",
];
/// What may stand before a subject.
const LEADS: &[&str] = &[
    "and",
    "but",
    "while",
    "although",
    "though",
    "because",
    "after",
    "before",
    "whereas",
    "since",
    "as",
    "however",
    "meanwhile",
    "also",
    "that",
    "so",
    "yet",
    "still",
    "later",
    "then",
];
/// Tokens of a subject.
const LONGEST_SUBJECT: usize = 14;

impl Finder<'_> {
    fn word(&self, i: usize) -> String {
        self.doc.tokens[i].span.of(&self.doc.text).to_lowercase()
    }

    fn sentence(&self, sentence: usize, by_start: &[usize]) -> Vec<Found> {
        let sentence = &self.doc.sentences[sentence];
        let mut hits = self.hits(sentence.span);
        hits.sort_by_key(|hit| (hit.span.start, hit.rule));
        let mut end = 0;
        hits.retain(|hit| {
            let free = hit.span.start >= end;
            if free {
                end = hit.span.end;
            }
            free
        });
        let from = self.reaches.partition_point(|&end| end <= sentence.span.start);
        let near = by_start[from..]
            .iter()
            .copied()
            .take_while(|&i| self.attributed[i].extent().0 < sentence.span.end);
        let near: Vec<usize> = near.collect();
        let is_cue =
            |span: Span| near.iter().any(|&i| self.attributed[i].cue.is_some_and(|cue| cue.overlaps(span)));
        hits.retain(|hit| !self.rules.standings[hit.rule].said || is_cue(hit.span));
        hits.into_iter().map(|hit| self.found(sentence.tokens.clone(), sentence.span, hit, &near)).collect()
    }

    fn hits(&self, sentence: Span) -> Vec<Hit> {
        let text = sentence.of(&self.doc.text);
        let touches = |rule: &StandingRule, range: &Range<usize>| {
            let except = rule.except.as_ref();
            except.is_some_and(|except| {
                except.find_iter(text).any(|e| e.start() < range.end && range.start < e.end())
            })
        };
        let rules = self.rules.standings.iter().enumerate();
        rules
            .flat_map(|(i, rule)| {
                let hits =
                    rule.pattern.find_iter(text).map(|hit| hit.range()).filter(|range| !touches(rule, range));
                hits.map(move |range| Hit {
                    span: Span::new(sentence.start + range.start, sentence.start + range.end),
                    rule: i,
                })
            })
            .collect()
    }

    fn found(&self, tokens: Range<usize>, sentence: Span, hit: Hit, near: &[usize]) -> Found {
        let rule = &self.rules.standings[hit.rule];
        let by_cue =
            near.iter().copied().find(|&i| self.attributed[i].cue.is_some_and(|cue| cue.overlaps(hit.span)));
        let holds = |&i: &usize| self.attributed[i].content.iter().any(|content| content.contains(hit.span));
        // Of several that hold it, the innermost.
        let by_content = near.iter().copied().filter(holds).max_by_key(|&i| self.attributed[i].extent().0);
        let anchor = by_cue.or(by_content);
        let clause = match by_cue {
            Some(i) => self.attribution_in(i, sentence, hit.span),
            None => self.clause(&tokens, hit.span),
        };
        let subject = || self.subject(&tokens, clause, hit.span);
        let sayer = match (rule.by, by_cue, by_content) {
            (By::Outlet, _, _) => Sayer::Outlet,
            (By::After, _, _) => self.behind(&tokens, hit.span).map_or(Sayer::Outlet, Sayer::Phrase),
            (_, Some(i), _) => self.attributed[i].source.map_or(Sayer::Outlet, |_| Sayer::Source(i)),
            (By::Source, None, Some(i)) => Sayer::Source(i),
            (By::Source, None, None) => Sayer::Outlet,
            (By::Subject, None, Some(i)) => subject().map_or(Sayer::Source(i), Sayer::Phrase),
            (By::Subject, None, None) => subject().map_or(Sayer::Outlet, Sayer::Phrase),
        };
        let scope = self
            .rules
            .scope
            .find(clause.of(&self.doc.text))
            .map(|scope| Span::new(clause.start + scope.start(), clause.start + scope.end()));
        Found { kind: rule.kind, sayer, hit: hit.span, clause, scope, anchor }
    }

    /// An attribution's parts within the sentence.
    fn attribution_in(&self, i: usize, sentence: Span, hit: Span) -> Span {
        let parts = self.attributed[i].parts().filter(|part| part.overlaps(sentence));
        let whole = parts.fold(hit, Span::cover);
        Span::new(whole.start.max(sentence.start), whole.end.min(sentence.end))
    }

    /// From one joint to the next.
    fn clause(&self, tokens: &Range<usize>, hit: Span) -> Span {
        let at = self
            .doc
            .tokens
            .partition_point(|token| token.span.end <= hit.start)
            .clamp(tokens.start, tokens.end - 1);
        let end =
            self.doc.tokens.partition_point(|token| token.span.start < hit.end).clamp(at + 1, tokens.end);
        let parts = |i: usize| {
            let word = self.word(i);
            matches!(word.as_str(), ";" | ":" | "—" | "–" | "--" | "“" | "”" | "\"" | "(" | ")")
                || i > tokens.start && self.word(i - 1) == "," && JOINTS.contains(&word.as_str())
        };
        let mut first = (tokens.start..at).rev().find(|&i| parts(i)).map_or(tokens.start, |i| i + 1);
        while first < at && LEADS.contains(&self.word(first).as_str()) {
            first += 1;
        }
        let last = (end..tokens.end).find(|&i| parts(i)).unwrap_or(tokens.end);
        self.doc.tokens[first.min(at)]
            .span
            .cover(self.doc.tokens[last - 1].span)
            .cover(hit)
            .trim_marks(&self.doc.text)
    }

    /// Who does what the hit says: what stands before it in its clause.
    fn subject(&self, tokens: &Range<usize>, clause: Span, hit: Span) -> Option<Span> {
        let at = self
            .doc
            .tokens
            .partition_point(|token| token.span.end <= hit.start)
            .clamp(tokens.start, tokens.end);
        let mut from =
            self.doc.tokens.partition_point(|token| token.span.start < clause.start).max(tokens.start);
        while from < at && (LEADS.contains(&self.word(from).as_str()) || self.word(from) == ",") {
            from += 1;
        }
        let is_verb = |i: usize| {
            let word = self.word(i);
            matches!(
                word.as_str(),
                "has"
                    | "have"
                    | "had"
                    | "was"
                    | "were"
                    | "is"
                    | "are"
                    | "did"
                    | "does"
                    | "do"
                    | "would"
                    | "will"
                    | "could"
                    | "can"
                    | ","
                    | "also"
                    | "later"
                    | "been"
                    | "repeatedly"
            ) || word.ends_with("ly")
        };
        // Behind another verb: "prosecutors confirmed that ⟦they⟧ were examining".
        let is_joint = |i: usize| {
            let word = self.word(i);
            word == "that" || self.rules.act(&word).is_some()
        };
        if let Some(joint) = (from..at).rev().find(|&i| is_joint(i) && i + 1 < at && !is_verb(i + 1)) {
            from = joint + 1;
        }
        // Up to its own verb: "Lee, who was in the room, declined".
        let mut end = at;
        while end > from && is_verb(end - 1) {
            end -= 1;
        }
        (end > from && end - from <= LONGEST_SUBJECT)
            .then(|| self.doc.tokens[from].span.cover(self.doc.tokens[end - 1].span))
    }

    /// The phrase behind the hit: "denied by ⟦the ministry⟧".
    fn behind(&self, tokens: &Range<usize>, hit: Span) -> Option<Span> {
        let from = self
            .doc
            .tokens
            .partition_point(|token| token.span.start < hit.end)
            .clamp(tokens.start, tokens.end);
        let stops = |i: &usize| {
            !self.word(*i).contains(char::is_alphanumeric)
                || matches!(self.word(*i).as_str(), "on" | "in" | "and" | "but" | "for" | "who" | "as")
        };
        let end = (from..tokens.end).find(stops).unwrap_or(tokens.end);
        (end > from).then(|| self.doc.tokens[from].span.cover(self.doc.tokens[end - 1].span))
    }
}

trait TrimMarks {
    fn trim_marks(self, text: &str) -> Self;
}

impl TrimMarks for Span {
    /// Without marks and white space at the edges.
    fn trim_marks(self, text: &str) -> Self {
        let words = self.of(text);
        let is_edge = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | ':');
        let start = self.end - words.trim_start_matches(is_edge).len();
        let end = self.start + words.trim_end_matches(is_edge).len();
        if start < end { Self::new(start, end) } else { self }
    }
}
