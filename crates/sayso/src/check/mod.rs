//! Is a brief true to its sources?
//!
//! Brief and sources are read alike; then quotations, figures, dates, names and statements of the brief are held
//! against the passages that they come from. What can't be decided is no finding.

mod align;
mod attribution;
mod code;
mod dates;
mod fix;
mod found;
mod names;
mod numbers;
mod page;
mod polarity;
mod quotations;
pub mod quote;
mod report;
mod speech;
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
pub use page::{Block, Page};
pub use report::{Checked, DiffPart, Evidence, Finding, Fix, Report, SCHEMA, Severity, Side};
use text::Text;

impl Engine {
    /// Holds a brief against its sources.
    ///
    /// Findings stand in the order of the brief, and evidence names sources by their place in the list.
    pub fn check(&self, brief: &Article, sources: &[Article]) -> Report {
        let read = |article: &Article| Text::new(Document::new(article), self.read(article));
        let (own, texts) =
            rayon::join(|| read(brief), || sources.par_iter().map(read).collect::<Vec<Text>>());
        let weights = align::Weights::new(&texts);
        let passages: Vec<_> = own
            .of_sentence
            .iter()
            .map(|range| align::passages(&own.words[range.clone()], &texts, &weights))
            .collect();
        let case = Case {
            brief: &own,
            sources: &texts,
            weights: &weights,
            rules: self.rules(),
            passages: &passages,
        };
        let (quoted, undecided) = quotations::check(&case);
        let mut found = numbers::check(&case);
        found.extend(dates::check(&case));
        found.extend(names::check(&case));
        found.extend(titles::check(&case));
        found.extend(swap::check(&case));
        found.extend(attribution::check(&case));
        found.extend(polarity::check(&case));
        found.extend(unsupported::check(&case));
        // Words in quotation marks are held against the source as a whole.
        let inside = |one: &Found| own.doc.quotations.iter().any(|q| q.span.contains(one.span));
        found.retain(|one| !inside(one));
        let findings = settled(quoted.into_iter().chain(found));
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
