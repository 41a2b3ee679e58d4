//! Is a brief true to its sources?
//!
//! Brief and sources are read alike; then quotations, figures, dates, names and statements of the brief are held
//! against the passages that they come from. What can't be decided is no finding.

mod align;
mod another;
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
mod mend;
mod names;
mod negated;
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
mod verbatim;

use rayon::prelude::*;
use sayso_text::{Article, Document, Span};

use crate::Engine;
use crate::record::{Record, TextSpan};
pub use code::Code;
pub(crate) use cue::NEUTRAL;
pub use fix::{apply, kept};
use found::{Case, Found};
use meaning::Meaning;
use origin::Statements;
pub use page::{Block, Page};
pub(crate) use polarity::{HEDGES, NEGATORS};
use quotations::Quotations;
pub use report::{Checked, DiffPart, Evidence, Finding, Fix, Report, SCHEMA, Severity, Side};
use text::Text;

/// Articles that briefs are held against, read once.
#[derive(Debug)]
pub struct Sources {
    articles: Vec<Checked>,
    texts: Vec<Text>,
    weights: align::Weights,
    /// When they were published, where that is one day.
    published: Option<String>,
}

impl Sources {
    /// Articles with their records.
    pub fn new<'a>(read: impl IntoIterator<Item = (&'a Article, Record)>) -> Self {
        let (mut articles, mut texts, mut days) = (Vec::new(), Vec::new(), Vec::new());
        for (article, record) in read {
            articles.push(Checked::new(article));
            days.push(article.published.clone());
            texts.push(Text::new(Document::new(article), record));
        }
        let published =
            days.first().cloned().flatten().filter(|day| days.iter().all(|d| d.as_ref() == Some(day)));
        Self { articles, weights: align::Weights::new(&texts), texts, published }
    }
}

impl Engine {
    /// Holds a brief against its sources.
    ///
    /// Findings stand in the order of the brief, and evidence names sources by their place in the list.
    pub fn check(&self, brief: &Article, sources: &[Article]) -> Report {
        let read = || sources.par_iter().map(|article| self.read(article)).collect::<Vec<Record>>();
        // A brief without a date of its own has its days from its sources'.
        let dated = dated(brief, sources.iter().map(|source| source.published.as_ref()));
        let (own, records) = rayon::join(|| self.text(&dated), read);
        self.held(brief, &own, &Sources::new(sources.iter().zip(records)))
    }

    /// Holds one of several briefs against the same sources.
    pub fn check_against(&self, brief: &Article, sources: &Sources) -> Report {
        let mut dated = brief.clone();
        dated.published = dated.published.or_else(|| sources.published.clone());
        self.held(brief, &self.text(&dated), sources)
    }

    fn text(&self, article: &Article) -> Text {
        Text::new(Document::new(article), self.read(article))
    }

    fn held(&self, brief: &Article, own: &Text, sources: &Sources) -> Report {
        let texts = &sources.texts;
        let passages: Vec<_> = own
            .of_sentence
            .iter()
            .map(|range| align::passages(&own.words[range.clone()], texts, &sources.weights))
            .collect();
        let meaning = Meaning::new(self.tagger(), texts.iter().chain([own]));
        let case = Case {
            brief: own,
            sources: texts,
            weights: &sources.weights,
            rules: self.rules(),
            passages: &passages,
            meaning: &meaning,
        };
        let (findings, undecided) = findings(&case);
        Report {
            schema: SCHEMA.to_owned(),
            brief: Checked::new(brief),
            sources: sources.articles.clone(),
            findings: findings.into_iter().map(|found| found.finding(own, texts)).collect(),
            undecided: undecided.into_iter().map(|span| text_span(own, span)).collect(),
            sentences: own.body().count(),
            notes: brief.notes.clone(),
        }
    }
}

/// What each part of the check finds, and what can't be decided.
fn findings(case: &Case<'_>) -> (Vec<Found>, Vec<Span>) {
    let Quotations { found: quoted, mut undecided, verbatim } = quotations::check(case);
    let mut found = numbers::check(case);
    found.extend(dates::check(case));
    let (unsupported, unsure) = unsupported::check(case);
    // A clause that isn't there is more than a name in it.
    found.extend(unsupported);
    undecided.extend(unsure);
    found.extend(names::check(case));
    found.extend(titles::check(case));
    found.extend(swap::check(case));
    let statements = Statements::new(case);
    found.extend(attribution::misquoted(case, &statements, &verbatim));
    found.extend(attribution::check(case, &statements));
    found.extend(chain::check(case, &statements));
    found.extend(lost::check(case, &statements));
    found.extend(status::check(case, &statements));
    found.extend(verbatim::check(case, &statements));
    found.extend(polarity::check(case));
    // Words in quotation marks are held against the source as a whole.
    let inside = |one: &Found| case.brief.doc.quotations.iter().any(|q| q.span.contains(one.span));
    found.retain(|one| !inside(one));
    let findings = settled(quoted.into_iter().chain(found));
    // What a finding is on is decided.
    undecided.retain(|span| !findings.iter().any(|one: &Found| one.span.overlaps(*span)));
    undecided.sort();
    undecided.dedup();
    (findings, undecided)
}

/// The brief, published when its sources were, unless it says when or they differ.
fn dated<'a>(brief: &Article, mut days: impl Iterator<Item = Option<&'a String>>) -> Article {
    let mut dated = brief.clone();
    let first = days.next().flatten().cloned();
    if dated.published.is_none() && days.all(|day| day == first.as_ref()) {
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
