//! How good are whole documents with character spans?

use std::collections::BTreeSet;

use rayon::prelude::*;
use sayso::record::{Form, Record, TextSpan};
use sayso::{Article, CharIndex, Document, Engine, ReadOptions, Span};
use serde::Serialize;

use crate::calibration::Calibration;
use crate::corpus::{GoldAttribution, GoldDocument};
use crate::matching::{self, Triple};
use crate::score::{self, Counts};

/// Least overlap of contents for two attributions to be the same, as in gold records.
const SAME: f64 = 0.5;

/// Scores of one role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct RoleScores {
    /// Spans with both ends right.
    pub exact: Counts,
    /// Code points.
    pub overlap: Counts,
}

/// Scores of whole attributions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct WholeScores {
    /// Source, cue and all contents with both ends right.
    pub exact: Counts,
    /// One to one, contents overlapping by half, cues overlapping, sources overlapping
    /// or both missing.
    pub same: Counts,
}

/// Scores of documents. Nested attributions that the engine finds are left out where
/// the corpus has none by design.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DocumentReport {
    /// Documents read.
    pub documents: usize,
    /// Of sources.
    pub source: RoleScores,
    /// Of cues.
    pub cue: RoleScores,
    /// Of contents.
    pub content: RoleScores,
    /// Of whole attributions.
    pub whole: WholeScores,
    /// Of those in direct, indirect and mixed form: what is found counts under its own
    /// form, so a wrong form is wrong in two places.
    pub direct: WholeScores,
    /// See `direct`.
    pub indirect: WholeScores,
    /// See `direct`.
    pub mixed: WholeScores,
    /// Of the confidences of whole attributions, where "same" is right.
    pub confidence: Calibration,
}

/// Reads each document and compares the record with the gold attributions.
pub fn score_documents(engine: &Engine, documents: &[GoldDocument]) -> DocumentReport {
    let one = |gold: &GoldDocument| {
        let article = Article::from_text(gold.text.as_str());
        let record =
            engine.read_with(&article, ReadOptions { assume_english: true, ..ReadOptions::default() });
        let outer: Vec<Triple> = triples(&record, false);
        let confidences = record.attributions.iter().filter(|a| a.parent.is_none()).map(|a| a.confidence);
        let mut report = compare(&Document::new(&article), &outer, &gold.attributions);
        report.confidence = calibration(&article.text, &outer, confidences, &gold.attributions);
        report
    };
    let parts: Vec<DocumentReport> = documents.par_iter().map(one).collect();
    let mut total = DocumentReport { documents: documents.len(), ..DocumentReport::default() };
    for part in parts {
        total.add(&part);
    }
    total
}

/// The attributions of a record in bytes; those that are nested only when asked for.
pub(crate) fn triples(record: &Record, nested: bool) -> Vec<Triple> {
    let index = CharIndex::new(&record.article.text);
    let bytes = |span: &TextSpan| index.to_bytes(span.start, span.end);
    let wanted = record.attributions.iter().filter(|a| nested || a.parent.is_none());
    let triple = |a: &sayso::record::Attribution| Triple {
        source: a.source.iter().filter_map(bytes).collect(),
        cue: a.cue.iter().filter_map(bytes).collect(),
        content: a.content.iter().filter_map(bytes).collect(),
    };
    wanted.map(triple).collect()
}

/// A gold attribution as a triple.
pub(crate) fn gold_triple(a: &GoldAttribution) -> Triple {
    Triple { source: a.source.clone(), cue: a.cue.clone(), content: a.content.clone() }
}

fn compare(doc: &Document, found: &[Triple], gold: &[GoldAttribution]) -> DocumentReport {
    let gold: Vec<Triple> = gold.iter().map(gold_triple).collect();
    let text = &doc.text;
    let role = |spans: fn(&Triple) -> &Vec<Span>| {
        let set = |triples: &[Triple]| -> BTreeSet<Span> {
            triples.iter().flat_map(|t| spans(t).iter().copied()).collect()
        };
        let (found, gold) = (set(found), set(&gold));
        let exact = Counts { hit: found.intersection(&gold).count(), found: found.len(), gold: gold.len() };
        let (found, gold) = (merged(found), merged(gold));
        let overlap = Counts {
            hit: matching::chars(text, &matching::intersection(&found, &gold)),
            found: matching::chars(text, &found),
            gold: matching::chars(text, &gold),
        };
        RoleScores { exact, overlap }
    };
    let form = |t: &Triple| sayso::form(doc, t.cue.first().copied(), &t.content);
    let whole = |wanted: Option<Form>| {
        let pick = |all: &[Triple]| -> Vec<Triple> {
            all.iter().filter(|t| wanted.is_none_or(|f| form(t) == f)).cloned().collect()
        };
        whole_scores(text, &pick(found), &pick(&gold))
    };
    DocumentReport {
        documents: 1,
        source: role(|t| &t.source),
        cue: role(|t| &t.cue),
        content: role(|t| &t.content),
        whole: whole(None),
        direct: whole(Some(Form::Direct)),
        indirect: whole(Some(Form::Indirect)),
        mixed: whole(Some(Form::Mixed)),
        confidence: Calibration::default(),
    }
}

fn calibration(
    text: &str,
    found: &[Triple],
    confidences: impl Iterator<Item = f64>,
    gold: &[GoldAttribution],
) -> Calibration {
    let gold: Vec<Triple> = gold.iter().map(gold_triple).collect();
    let right: BTreeSet<usize> =
        matching::one_to_one(found.len(), gold.len(), |f, g| same(text, &found[f], &gold[g]))
            .into_iter()
            .map(|(found, _)| found)
            .collect();
    let mut calibration = Calibration::default();
    for (i, confidence) in confidences.enumerate() {
        calibration.count(confidence, right.contains(&i));
    }
    calibration
}

/// How much the contents overlap where two attributions are the same.
fn same(text: &str, found: &Triple, gold: &Triple) -> Option<f64> {
    let touches =
        |a: &[Span], b: &[Span]| a.is_empty() && b.is_empty() || !matching::intersection(a, b).is_empty();
    let overlap = matching::overlap(text, &found.content, &gold.content);
    let same = overlap >= SAME && touches(&found.cue, &gold.cue) && touches(&found.source, &gold.source);
    same.then_some(overlap)
}

/// Spans that may overlap, as spans that don't.
fn merged(spans: BTreeSet<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn whole_scores(text: &str, found: &[Triple], gold: &[Triple]) -> WholeScores {
    let count = |fits: &dyn Fn(&Triple, &Triple) -> Option<f64>| {
        let pairs = matching::one_to_one(found.len(), gold.len(), |f, g| fits(&found[f], &gold[g]));
        Counts { hit: pairs.len(), found: found.len(), gold: gold.len() }
    };
    WholeScores { exact: count(&|f, g| (f == g).then_some(1.0)), same: count(&|f, g| same(text, f, g)) }
}

impl DocumentReport {
    fn add(&mut self, other: &Self) {
        let roles = [
            (&mut self.source, other.source),
            (&mut self.cue, other.cue),
            (&mut self.content, other.content),
        ];
        for (role, other) in roles {
            role.exact.add(other.exact);
            role.overlap.add(other.overlap);
        }
        let wholes = [
            (&mut self.whole, other.whole),
            (&mut self.direct, other.direct),
            (&mut self.indirect, other.indirect),
            (&mut self.mixed, other.mixed),
        ];
        for (whole, other) in wholes {
            whole.exact.add(other.exact);
            whole.same.add(other.same);
        }
        self.confidence.add(&other.confidence);
    }

    /// The report as text.
    pub fn text(&self) -> String {
        let mut out = score::heading(&format!("{} documents", self.documents));
        let roles = [("source", self.source), ("cue", self.cue), ("content", self.content)];
        for (name, scores) in roles {
            out += &score::line(&format!("{name}, exact"), scores.exact);
            out += &score::line(&format!("{name}, code points"), scores.overlap);
        }
        let wholes = [
            ("attribution", self.whole),
            ("  direct", self.direct),
            ("  indirect", self.indirect),
            ("  mixed", self.mixed),
        ];
        for (name, scores) in wholes {
            out += &score::line(&format!("{name}, exact"), scores.exact);
            out += &score::line(&format!("{name}, same"), scores.same);
        }
        out += &self.confidence.text();
        out
    }
}
