//! Does the program see how claims stand?

use std::collections::{BTreeMap, HashMap};

use sayso::record::{Record, Standing, StandingKind};
use sayso::{CharIndex, Engine};
use serde::{Deserialize, Serialize};

use crate::corpus::{self, Error, GoldDocument};
use crate::score::{self, Counts};
use crate::sources;

/// A place that says how a claim stands, in code points of a text that lies elsewhere.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingLabel {
    /// The text's name in its corpus.
    pub doc: String,
    /// Of the text in UTF-8.
    pub sha256: String,
    /// First code point of the clause.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What the readers called it.
    pub kinds: Vec<StandingKind>,
    /// Both marked it, without doubt and with one kind. Others are neither right nor wrong.
    pub firm: bool,
    /// Names of who says so.
    pub by: Vec<(usize, usize)>,
    /// Where the claim begins that it is about.
    #[serde(default)]
    pub of: Option<(usize, usize)>,
}

/// Labels against readings of their texts.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct StandingReport {
    /// By kind.
    pub kinds: BTreeMap<StandingKind, Counts>,
    /// Of those found whose claim stands elsewhere: bound to an attribution that holds the claim's
    /// first words, and bound to others only. The rest are unbound.
    pub bound_right: usize,
    /// See `bound_right`.
    pub bound_wrong: usize,
    /// Firm labels that were not found, as `doc place: kind | words`.
    pub missed: Vec<String>,
    /// Found where there is none, likewise.
    pub extra: Vec<String>,
}

/// Reads label lines.
///
/// # Errors
/// When a line isn't a label.
pub fn labels(jsonl: &str) -> Result<Vec<StandingLabel>, Error> {
    corpus::each_line(jsonl, |line| {
        let label: StandingLabel = serde_json::from_str(line).map_err(|e| e.to_string())?;
        if label.kinds.is_empty() { Err("it has no kind".to_owned()) } else { Ok(label) }
    })
}

/// Resolves the corpus's own attributions and compares all standings of the labelled texts.
///
/// # Errors
/// When a text isn't the one that was labelled.
pub fn score_standings(
    engine: &Engine,
    documents: &[GoldDocument],
    labels: &[StandingLabel],
) -> Result<StandingReport, Error> {
    let mut by_doc: BTreeMap<&str, Vec<&StandingLabel>> = BTreeMap::new();
    for label in labels {
        by_doc.entry(label.doc.as_str()).or_default().push(label);
    }
    let texts: HashMap<&str, &GoldDocument> = documents.iter().map(|d| (d.id.as_str(), d)).collect();
    let mut report = StandingReport::default();
    for (doc, labels) in by_doc {
        let Some(document) = texts.get(doc) else { continue };
        let record = sources::read(engine, document);
        if labels.iter().any(|label| label.sha256 != record.article.sha256) {
            return Err(Error::Labels(format!("{doc}: the text isn't the one that was labelled")));
        }
        report.count(&record, &labels);
    }
    Ok(report)
}

/// A standing of a record, with the numbers of its attributions.
fn all(record: &Record) -> Vec<(&Standing, Vec<usize>)> {
    let mut found: Vec<(&Standing, Vec<usize>)> = Vec::new();
    for (i, attribution) in record.attributions.iter().enumerate() {
        for standing in &attribution.status {
            match found.iter_mut().find(|(known, _)| *known == standing) {
                Some((_, of)) => of.push(i),
                None => found.push((standing, vec![i])),
            }
        }
    }
    found.extend(record.unbound.iter().map(|standing| (standing, Vec::new())));
    found.sort_by_key(|(standing, _)| (standing.start, standing.end));
    found
}

impl StandingReport {
    fn count(&mut self, record: &Record, labels: &[&StandingLabel]) {
        let found = all(record);
        let touch = |s: &Standing, l: &StandingLabel| s.start < l.end && l.start < s.end;
        let show = |start: usize, end: usize, kind: StandingKind| {
            let index = CharIndex::new(&record.article.text);
            let words = index.to_bytes(start, end).map_or("", |span| span.of(&record.article.text));
            format!("{} {start}: {kind:?} | {words}", labels.first().map_or("", |label| label.doc.as_str()))
        };
        let mut taken = vec![false; found.len()];
        for label in labels.iter().filter(|label| label.firm) {
            let kind = label.kinds[0];
            let counts = self.kinds.entry(kind).or_default();
            counts.gold += 1;
            let hit =
                (0..found.len()).find(|&i| !taken[i] && found[i].0.kind == kind && touch(found[i].0, label));
            match hit {
                Some(i) => {
                    taken[i] = true;
                    counts.hit += 1;
                    counts.found += 1;
                    self.bind(record, label, &found[i].1);
                }
                None => self.missed.push(show(label.start, label.end, kind)),
            }
        }
        for (_i, (standing, _)) in found.iter().enumerate().filter(|(i, _)| !taken[*i]) {
            // A second find of one place, or a place that the readers doubted, is no error.
            let known = labels
                .iter()
                .any(|label| touch(standing, label) && (!label.firm || label.kinds[0] == standing.kind));
            if !known {
                self.kinds.entry(standing.kind).or_default().found += 1;
                self.extra.push(show(standing.start, standing.end, standing.kind));
            }
        }
    }

    fn bind(&mut self, record: &Record, label: &StandingLabel, of: &[usize]) {
        // A claim within the standing's own clause needs no binding.
        let outside = label.of.filter(|&(start, end)| start >= label.end || end <= label.start);
        let Some((start, end)) = outside else { return };
        let holds =
            |&i: &usize| record.attributions[i].content.iter().any(|c| c.start < end && start < c.end);
        if of.iter().any(holds) {
            self.bound_right += 1;
        } else if !of.is_empty() {
            self.bound_wrong += 1;
        }
    }

    /// All kinds together.
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.kinds.values().for_each(|counts| total.add(*counts));
        total
    }

    /// A line for each kind, and each miss and extra where asked.
    pub fn text(&self, each: bool) -> String {
        let mut out = score::heading("standings");
        for (kind, counts) in &self.kinds {
            let name = serde_json::to_value(kind)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_default();
            out += &score::line(&name, *counts);
        }
        out += &score::line("all", self.total());
        out += &format!("  bound: {} to the claim, {} to another only\n", self.bound_right, self.bound_wrong);
        if each {
            self.missed.iter().for_each(|line| out += &format!("  missed: {line}\n"));
            self.extra.iter().for_each(|line| out += &format!("  extra:  {line}\n"));
        }
        out
    }
}
