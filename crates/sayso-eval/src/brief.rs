//! Are briefs true to their articles, and would the check see if they weren't?
//!
//! Each article is briefed; the laws are looked at in what comes out; then words of the briefs are changed by rule, and the
//! check is asked.

mod corrupt;

use std::fmt::Write;

use rayon::prelude::*;
use sayso::brief::{Brief, BriefOptions, Length, wrong};
use sayso::check::{Code, Sources};
use sayso::{Article, Engine, Record};
use serde::Serialize;

use corrupt::{Corruption, corruptions};

/// Corruptions of one brief at most.
const EACH: usize = 10;

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
    let options = BriefOptions { length: Length::Medium, date: "2026-01-01".to_owned() };
    let seen: Vec<Seen> = articles.par_iter().map(|article| look(engine, article, &options)).collect();
    let mut report = BriefReport { articles: articles.len(), ..BriefReport::default() };
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

fn look(engine: &Engine, article: &Article, options: &BriefOptions) -> Seen {
    let record = engine.read(article);
    let articles = std::slice::from_ref(article);
    let brief = engine.brief_read(articles, std::slice::from_ref(&record), options);
    let sources = Sources::new([(article, record.clone())]);
    let report = engine.check_against(&Article::from_text(brief.prose()), &sources);
    let wrong = wrong(&brief, &report).len();
    let broken = laws(&brief, article, &record);
    Seen { brief, sources, wrong, broken }
}

/// The laws that don't hold.
fn laws(brief: &Brief, article: &Article, record: &Record) -> Vec<String> {
    let chars: Vec<char> = article.text.chars().collect();
    let mut broken = Vec::new();
    let source = plain(&article.text);
    for sentence in brief.sentences() {
        if sentence.anchors.is_empty() {
            broken.push(format!("no passage: {}", sentence.text));
        }
        for anchor in &sentence.anchors {
            let there: String = chars.get(anchor.start..anchor.end).unwrap_or_default().iter().collect();
            if there != anchor.text || Article::from_text(there).sha256() != anchor.sha256 {
                broken.push(format!("a passage that isn't there: {}", anchor.text));
            }
        }
        for quoted in quotations(&sentence.text) {
            if !stands(&source, &plain(quoted)) {
                broken.push(format!("a quotation that isn't there: {quoted}"));
            }
        }
        broken.extend(bare_claim(brief, sentence, record));
    }
    broken
}

/// A claim that the record says is denied, disputed or unverified, without that.
fn bare_claim(brief: &Brief, sentence: &sayso::brief::Sentence, record: &Record) -> Option<String> {
    use sayso::record::StandingKind::{Denied, Disputed, Retracted, Unverified};
    // By the printed words: most of the standing's stand in a sentence.
    let told: Vec<String> = brief.sentences().map(|sentence| plain(&sentence.text)).collect();
    let is_printed = |words: &str| {
        let words = plain(words);
        let words: Vec<&str> = words.split(' ').filter(|word| word.len() > 3).collect();
        told.iter().any(|sentence| {
            let found = words.iter().filter(|word| sentence.contains(**word)).count();
            3 * found >= 2 * words.len()
        })
    };
    let anchor = sentence.anchors.first()?;
    record.attributions.iter().find_map(|claim| {
        let first = claim.content.first()?;
        let is_told = anchor.start <= first.start && first.end <= anchor.end && claim.parent.is_none();
        let bad =
            claim.status.iter().find(|s| matches!(s.kind, Denied | Disputed | Retracted | Unverified))?;
        let is_shown = is_printed(&bad.text);
        (is_told && !is_shown)
            .then(|| format!("a claim without its standing: {} ({})", sentence.text, bad.text))
    })
}

/// Words alone, in lower case: marks and spaces are style.
fn plain(words: &str) -> String {
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Words between the parts of a quotation that "she said" parts.
const INTERRUPTION: usize = 24;

/// The words stand there in one piece, or in two that a clause of saying parts.
fn stands(source: &str, quoted: &str) -> bool {
    let words: Vec<&str> = quoted.split(' ').collect();
    let parted = |n: usize| {
        let (first, second) = (words[..n].join(" "), words[n..].join(" "));
        source.match_indices(&first).any(|(at, _)| {
            let behind = &source[at + first.len()..];
            let gap = behind.find(&second).map(|to| behind[..to].split_whitespace().count());
            gap.is_some_and(|gap| gap <= INTERRUPTION)
        })
    };
    source.contains(quoted) || (1..words.len()).any(parted)
}

fn quotations(text: &str) -> Vec<&str> {
    text.split('“').skip(1).filter_map(|rest| rest.split('”').next()).collect()
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
