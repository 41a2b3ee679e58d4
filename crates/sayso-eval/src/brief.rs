//! Are briefs true to their articles, and would the check see if they weren't?
//!
//! Each article is briefed; the laws are looked at in what comes out; then words of the briefs are changed by rule, and the
//! check is asked.

mod corrupt;
mod laws;

use std::fmt::Write;

use rayon::prelude::*;
use sayso::brief::{Brief, BriefOptions, Length, wrong};
use sayso::check::{Code, Sources};
use sayso::{Article, Engine, Record};
use serde::Serialize;

use corrupt::{Corruption, corruptions};

/// Corruptions of one brief at most.
const EACH: usize = 14;

/// What was seen.
#[derive(Debug, Default, Serialize)]
pub struct BriefReport {
    /// Articles that were briefed.
    pub articles: usize,
    /// Sentences of all briefs.
    pub sentences: usize,
    /// Briefs without any.
    pub empty: usize,
    /// Sentences in which the check finds something.
    pub wrong: usize,
    /// Laws that don't hold, in words.
    pub broken: Vec<String>,
    /// For each kind of corruption: how many were made, and how many were found with a right code.
    pub found: Vec<(String, usize, usize)>,
    /// Those that were missed: the kind and the changed sentence.
    pub missed: Vec<(String, String)>,
}

impl BriefReport {
    /// Corruptions that were made.
    pub fn corrupted(&self) -> usize {
        self.found.iter().map(|(_, all, _)| all).sum()
    }

    /// Of these, found with a right code, in per cent.
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    pub fn recall(&self) -> f64 {
        let found: usize = self.found.iter().map(|(.., found)| found).sum();
        100.0 * found as f64 / self.corrupted().max(1) as f64
    }

    /// For people; with each corruption that was missed.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!(
            "{} articles: {} sentences, {} briefs without any\n{} sentences with a finding, {} laws broken\n",
            self.articles,
            self.sentences,
            self.empty,
            self.wrong,
            self.broken.len()
        );
        for law in &self.broken {
            let _ = writeln!(out, "  broken: {law}");
        }
        let _ = writeln!(out, "\ncorruption                 made  found      %");
        for (kind, all, found) in &self.found {
            #[expect(clippy::cast_precision_loss, reason = "counts are small")]
            let share = 100.0 * *found as f64 / (*all).max(1) as f64;
            let _ = writeln!(out, "{kind:<24} {all:>6} {found:>6} {share:>6.1}");
        }
        let all = self.found.iter().map(|(.., found)| found).sum::<usize>();
        let _ = writeln!(out, "{:<24} {:>6} {all:>6} {:>6.1}", "all", self.corrupted(), self.recall());
        if each {
            self.missed.iter().for_each(|(kind, sentence)| {
                let _ = writeln!(out, "missed {kind}: {sentence}");
            });
        }
        out
    }
}

/// Briefs articles, one each, and looks.
pub fn score_briefs(engine: &Engine, articles: &[Article]) -> BriefReport {
    let options = |length| BriefOptions { length, date: "2026-01-01".to_owned() };
    let all: Vec<[Seen; 3]> = articles
        .par_iter()
        .map(|article| {
            let record = engine.read(article);
            let articles = std::slice::from_ref(article);
            let records = std::slice::from_ref(&record);
            [Length::Medium, Length::Short, Length::Full]
                .map(|length| look(engine, articles, records, &options(length)))
        })
        .collect();
    let mut report = BriefReport { articles: articles.len(), ..BriefReport::default() };
    let mut seen = Vec::new();
    for [medium, short, full] in all {
        for other in [short, full] {
            report.wrong += other.wrong;
            report.broken.extend(other.broken);
        }
        seen.push(medium);
    }
    let sentences: Vec<&str> =
        seen.iter().flat_map(|seen| seen.brief.sentences()).map(|s| s.text.as_str()).collect();
    let changed: Vec<Vec<(Corruption, bool)>> = seen
        .par_iter()
        .enumerate()
        .map(|(i, seen)| {
            // A sentence of another article's brief, for one that the sources don't say.
            let foreign = sentences.get((i * 37 + 11) % sentences.len().max(1)).copied().unwrap_or_default();
            let all = corruptions(&seen.brief, foreign, i, EACH);
            all.into_iter()
                .map(|one| {
                    let found = is_found(engine, seen, &one);
                    (one, found)
                })
                .collect()
        })
        .collect();
    for seen in &seen {
        let n = seen.brief.sentences().count();
        report.sentences += n;
        report.empty += usize::from(n == 0);
        report.wrong += seen.wrong;
        report.broken.extend(seen.broken.iter().cloned());
    }
    for (one, found) in changed.into_iter().flatten() {
        match report.found.iter_mut().find(|(kind, ..)| kind == one.kind) {
            Some((_, all, n)) => {
                *all += 1;
                *n += usize::from(found);
            }
            None => report.found.push((one.kind.to_owned(), 1, usize::from(found))),
        }
        if !found {
            report.missed.push((one.kind.to_owned(), one.sentence));
        }
    }
    report.found.sort();
    report
}

/// A brief, and what holds of it.
struct Seen {
    brief: Brief,
    sources: Sources,
    wrong: usize,
    broken: Vec<String>,
}

/// Briefs several articles on one story as one, and looks: the number of sentences, and what is wrong in words.
pub fn score_story(engine: &Engine, articles: &[Article]) -> (usize, Vec<String>) {
    let records: Vec<Record> = articles.iter().map(|article| engine.read(article)).collect();
    let options = BriefOptions { length: Length::Full, date: "2026-01-01".to_owned() };
    let mut seen = look(engine, articles, &records, &options);
    if seen.wrong > 0 {
        seen.broken.push(format!("{} sentences with a finding", seen.wrong));
    }
    (seen.brief.sentences().count(), seen.broken)
}

fn look(engine: &Engine, articles: &[Article], records: &[Record], options: &BriefOptions) -> Seen {
    let brief = engine.brief_read(articles, records, options);
    let sources = Sources::new(articles.iter().zip(records.iter().cloned()));
    let report = engine.check_against(&Article::from_text(brief.prose()), &sources);
    let wrong = wrong(&brief, &report).len();
    let broken = laws::broken(&brief, articles, records);
    Seen { brief, sources, wrong, broken }
}

/// The check of the changed brief has a finding with a right code in the changed sentence.
fn is_found(engine: &Engine, seen: &Seen, one: &Corruption) -> bool {
    let report = engine.check_against(&Article::from_text(one.brief.as_str()), &seen.sources);
    report.findings.iter().any(|finding| {
        finding.start < one.end && one.start < finding.end && one.codes.contains(&finding.code)
    })
}

/// Codes of which any is right, by kind of corruption.
pub(crate) type Codes = &'static [Code];
