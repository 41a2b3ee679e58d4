//! How much of a gold record does a reading find?

use sayso::record::Record;
use sayso::{Article, Engine, Span};
use serde::Serialize;

use crate::corpus::GoldDocument;
use crate::documents::{gold_triple, triples};
use crate::matching::{self, Triple};
use crate::score::{self, Counts};
use crate::whose::WhoseReport;

/// Least overlap of contents, in code points, for two attributions to match.
const SAME_CONTENT: f64 = 0.5;

/// A found attribution and the gold one that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchedPair {
    /// Number of the found one in the record, from 0.
    pub found: usize,
    /// Number of the gold one in its file, from 0.
    pub gold: usize,
}

/// One gold record against a reading of its text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoldReport {
    /// The gold record's name.
    pub id: String,
    /// Attributions.
    pub attributions: Counts,
    /// Which is which.
    pub matched: Vec<MatchedPair>,
    /// Gold attributions that were not found, as `source | cue | content`.
    pub missed: Vec<String>,
    /// Found attributions that aren't gold, likewise.
    pub extra: Vec<String>,
    /// Actors, chains and standings, where the gold record has them.
    pub whose: Option<WhoseReport>,
}

/// Reads the article and matches as [`score_gold`]; gives the record too.
pub fn read_gold(engine: &Engine, article: &Article, gold: &GoldDocument) -> (GoldReport, Record) {
    let record = engine.read(article);
    (matched(&record, gold), record)
}

/// Reads the article and matches one to one: contents overlap by half (intersection over
/// union of code points), and sources have the same words or are both missing.
///
/// The article's text must be the gold record's.
pub fn score_gold(engine: &Engine, article: &Article, gold: &GoldDocument) -> GoldReport {
    matched(&engine.read(article), gold)
}

fn matched(record: &Record, gold: &GoldDocument) -> GoldReport {
    let text = &gold.text;
    let found = triples(record, true);
    let wanted: Vec<Triple> = gold.attributions.iter().map(gold_triple).collect();
    let fits = |f: usize, g: usize| {
        let overlap = matching::overlap(text, &found[f].content, &wanted[g].content);
        let same = matching::same_source(text, &found[f].source, &wanted[g].source);
        // Of two equal contents, the one with the gold cue comes first.
        let cue = matching::overlap(text, &found[f].cue, &wanted[g].cue);
        // Silence has no content ("could not be reached"); its cue says what it is.
        let silent = found[f].content.is_empty() && wanted[g].content.is_empty() && cue >= SAME_CONTENT;
        ((overlap >= SAME_CONTENT || silent) && same).then_some(overlap + cue)
    };
    let pairs = matching::one_to_one(found.len(), wanted.len(), fits);
    let rest = |all: &[Triple], taken: &dyn Fn(usize) -> bool| -> Vec<String> {
        let left = all.iter().enumerate().filter(|(i, _)| !taken(*i));
        left.map(|(_, triple)| show(text, triple)).collect()
    };
    GoldReport {
        id: gold.id.clone(),
        attributions: Counts { hit: pairs.len(), found: found.len(), gold: wanted.len() },
        missed: rest(&wanted, &|i| pairs.iter().any(|&(_, g)| g == i)),
        extra: rest(&found, &|i| pairs.iter().any(|&(f, _)| f == i)),
        matched: pairs.into_iter().map(|(found, gold)| MatchedPair { found, gold }).collect(),
        whose: None,
    }
}

/// Reads each text as an input of its own; one report for all of them. Numbers go on from text
/// to text.
pub fn score_texts(engine: &Engine, golds: &[GoldDocument]) -> GoldReport {
    let reports = golds.iter().map(|gold| score_gold(engine, &Article::from_text(gold.text.as_str()), gold));
    let mut total = GoldReport {
        id: golds.first().map_or_else(String::new, |gold| gold.id.clone()),
        attributions: Counts::default(),
        matched: Vec::new(),
        missed: Vec::new(),
        extra: Vec::new(),
        whose: None,
    };
    for report in reports {
        let (found, gold) = (total.attributions.found, total.attributions.gold);
        let moved = |pair: MatchedPair| MatchedPair { found: pair.found + found, gold: pair.gold + gold };
        total.matched.extend(report.matched.into_iter().map(moved));
        total.attributions.add(report.attributions);
        total.missed.extend(report.missed);
        total.extra.extend(report.extra);
    }
    total
}

fn show(text: &str, triple: &Triple) -> String {
    let words = |spans: &[Span]| {
        let parts: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        if parts.is_empty() { "-".to_owned() } else { parts.join(" … ") }
    };
    format!("{} | {} | {}", words(&triple.source), words(&triple.cue), words(&triple.content))
}

impl GoldReport {
    /// The report as text.
    pub fn text(&self) -> String {
        let mut out = score::heading(&self.id);
        out += &score::line("attributions", self.attributions);
        for missed in &self.missed {
            out += &format!("  missed: {missed}\n");
        }
        for extra in &self.extra {
            out += &format!("  extra:  {extra}\n");
        }
        out + &self.whose.as_ref().map(WhoseReport::text).unwrap_or_default()
    }
}
