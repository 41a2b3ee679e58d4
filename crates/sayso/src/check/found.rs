//! A finding while it is made, in bytes.

use sayso_text::Span;

use super::align::{Passage, Weights};
use super::meaning::Meaning;
use super::text::Text;
use super::{Code, DiffPart, Evidence, Finding, Fix, Severity};
use crate::Rules;

/// A brief, its sources, and where its sentences come from.
pub(crate) struct Case<'a> {
    pub(crate) brief: &'a Text,
    pub(crate) sources: &'a [Text],
    pub(crate) weights: &'a Weights,
    pub(crate) rules: &'a Rules,
    pub(crate) meaning: &'a Meaning,
    /// For each sentence of the brief, the best passage of each source, best first.
    pub(crate) passages: &'a [Vec<Passage>],
}

impl Case<'_> {
    /// The best passage of a sentence.
    pub(crate) fn best(&self, sentence: usize) -> Option<&Passage> {
        self.passages[sentence].first()
    }

    /// A passage with so many sentences more on each side.
    pub(crate) fn around(&self, passage: &Passage, more: usize) -> Passage {
        let last = self.sources[passage.article].doc.sentences.len() - 1;
        let first = passage.first.saturating_sub(more);
        Passage { first, last: (passage.last + more).min(last), ..passage.clone() }
    }
}

/// What is wrong, with where it shows.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) span: Span,
    pub(crate) message: String,
    pub(crate) evidence: Vec<(usize, Span)>,
    pub(crate) better: Option<String>,
    pub(crate) fix: Option<(Span, String)>,
    pub(crate) diff: Vec<DiffPart>,
}

impl Found {
    pub(crate) fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            span,
            message: message.into(),
            evidence: Vec::new(),
            better: None,
            fix: None,
            diff: Vec::new(),
        }
    }

    pub(crate) fn shown_by(mut self, article: usize, span: Span) -> Self {
        self.evidence.push((article, span));
        self
    }

    pub(crate) fn better(mut self, words: impl Into<String>) -> Self {
        self.better = Some(words.into());
        self
    }

    /// The words of the finding, replaced by these.
    pub(crate) fn fixed_by(mut self, words: impl Into<String>) -> Self {
        self.fix = Some((self.span, words.into()));
        self
    }

    pub(crate) fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// In code points.
    pub(crate) fn finding(self, brief: &Text, sources: &[Text]) -> Finding {
        let (start, end) = brief.chars(self.span);
        let evidence = self.evidence.into_iter().map(|(article, span)| {
            let (start, end) = sources[article].chars(span);
            Evidence { article, start, end, text: sources[article].say(span).to_owned() }
        });
        let fix = self.fix.map(|(span, text)| {
            let (start, end) = brief.chars(span);
            Fix { start, end, text }
        });
        Finding {
            code: self.code,
            severity: self.severity,
            start,
            end,
            text: brief.say(self.span).to_owned(),
            message: self.message,
            evidence: evidence.collect(),
            better: self.better,
            fix,
            diff: self.diff,
        }
    }
}
