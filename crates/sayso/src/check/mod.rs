//! Is a brief true to its sources?
//!
//! Brief and sources are read alike; then quotations, figures, dates, names and statements of the brief are held
//! against the passages that they come from. What can't be decided is no finding.

mod align;
mod attribution;
#[cfg(test)]
mod cases;
mod chain;
mod code;
mod cue;
mod dates;
mod fix;
mod found;
mod lost;
mod meaning;
mod names;
mod numbers;
mod origin;
mod page;
mod polarity;
mod quotations;
pub mod quote;
mod report;
mod speech;
mod status;
mod swap;
mod text;
mod titles;
mod unsupported;

use rayon::prelude::*;
use sayso_text::{Article, Document, Span};

use crate::Engine;
use crate::record::TextSpan;
pub use code::Code;
pub use fix::{apply, kept};
use found::{Case, Found};
use meaning::Meaning;
use origin::Statements;
pub use page::{Block, Page};
use quotations::Quotations;
pub use report::{Checked, DiffPart, Evidence, Finding, Fix, Report, SCHEMA, Severity, Side};
use text::Text;

impl Engine {
    /// Holds a brief against its sources.
    ///
    /// Findings stand in the order of the brief, and evidence names sources by their place in the list.
    pub fn check(&self, brief: &Article, sources: &[Article]) -> Report {
        let read = |article: &Article| Text::new(Document::new(article), self.read(article));
        // A brief without a date of its own has its days from its sources'.
        let dated = dated(brief, sources);
        let (own, texts) =
            rayon::join(|| read(&dated), || sources.par_iter().map(read).collect::<Vec<Text>>());
        let weights = align::Weights::new(&texts);
        let passages: Vec<_> = own
            .of_sentence
            .iter()
            .map(|range| align::passages(&own.words[range.clone()], &texts, &weights))
            .collect();
        let meaning = Meaning::new(self.tagger(), texts.iter().chain([&own]));
        let case = Case {
            brief: &own,
            sources: &texts,
            weights: &weights,
            rules: self.rules(),
            passages: &passages,
            meaning: &meaning,
        };
        let Quotations { found: quoted, mut undecided, verbatim } = quotations::check(&case);
        let mut found = numbers::check(&case);
        found.extend(dates::check(&case));
        let (unsupported, unsure) = unsupported::check(&case);
        // A clause that isn't there is more than a name in it.
        found.extend(unsupported);
        undecided.extend(unsure);
        found.extend(names::check(&case));
        found.extend(titles::check(&case));
        found.extend(swap::check(&case));
        let statements = Statements::new(&case);
        found.extend(attribution::misquoted(&case, &statements, &verbatim));
        found.extend(attribution::check(&case, &statements));
        found.extend(chain::check(&case, &statements));
        found.extend(lost::check(&case, &statements));
        found.extend(status::check(&case, &statements));
        found.extend(polarity::check(&case));
        // Words in quotation marks are held against the source as a whole.
        let inside = |one: &Found| own.doc.quotations.iter().any(|q| q.span.contains(one.span));
        found.retain(|one| !inside(one));
        let findings = settled(quoted.into_iter().chain(found));
        // What a finding is on is decided.
        undecided.retain(|span| !findings.iter().any(|one: &Found| one.span.overlaps(*span)));
        undecided.sort();
        undecided.dedup();
        Report {
            schema: SCHEMA.to_owned(),
            brief: Checked::new(brief),
            sources: sources.iter().map(Checked::new).collect(),
            findings: findings.into_iter().map(|found| found.finding(&own, &texts)).collect(),
            undecided: undecided.into_iter().map(|span| text_span(&own, span)).collect(),
            sentences: own.body().count(),
            notes: brief.notes.clone(),
        }
    }
}

/// The brief, published when its sources were, unless it says when or they differ.
fn dated(brief: &Article, sources: &[Article]) -> Article {
    let mut dated = brief.clone();
    let first = sources.first().and_then(|source| source.published.clone());
    if dated.published.is_none() && sources.iter().all(|source| source.published == first) {
        dated.published = first;
    }
    dated
}

/// In order; of findings on the same words the first, which is of the surer kind.
fn settled(found: impl Iterator<Item = Found>) -> Vec<Found> {
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        let covers = |other: &Found| other.span.overlaps(one.span);
        if !kept.iter().any(covers) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one: &Found| -> (usize, Span) { (one.span.start, one.span) });
    kept
}

fn text_span(text: &Text, span: Span) -> TextSpan {
    let (start, end) = text.chars(span);
    TextSpan { start, end, text: text.say(span).to_owned() }
}
