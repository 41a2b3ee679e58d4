//! Does the check agree with people on whether a summary is right?

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sayso::Engine;
use sayso::check::{Finding, Report, Severity};
use serde::{Serialize, Serializer};

use super::case::{self, Case, CaseKind};
use super::{LabelledBrief, Verdict};
use crate::score::{percent, ratio, shown};

/// Briefs of one label, and those in which something was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Flagged {
    /// All.
    pub briefs: usize,
    /// With a finding, warnings too.
    pub with_finding: usize,
    /// With a finding that is an error.
    pub with_error: usize,
    /// With a finding that overlaps what people marked.
    pub on_marked: usize,
}

impl Flagged {
    fn count(&mut self, brief: &LabelledBrief, report: &Report) {
        let on_marked = |f: &Finding| brief.marked.iter().any(|&(start, end)| f.start < end && start < f.end);
        self.briefs += 1;
        self.with_finding += usize::from(!report.findings.is_empty());
        self.with_error += usize::from(report.findings.iter().any(|f| f.severity == Severity::Error));
        self.on_marked += usize::from(report.findings.iter().any(on_marked));
    }
}

/// How often the check agrees, in per cent; `None` where there is nothing to agree on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rates {
    /// Of the wrong briefs: flagged.
    pub sensitivity: Option<f64>,
    /// Of the right ones: not flagged.
    pub specificity: Option<f64>,
    /// The mean of the two; 50 for one who always says the same.
    pub balanced: Option<f64>,
}

impl Rates {
    fn new(flagged_wrong: usize, wrong: usize, flagged_right: usize, right: usize) -> Self {
        let sensitivity = ratio(flagged_wrong, wrong);
        let specificity = ratio(right - flagged_right, right);
        let balanced = sensitivity.zip(specificity).map(|(a, b)| f64::midpoint(a, b));
        Self { sensitivity, specificity, balanced }
    }
}

/// Checks against summaries that people judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelledReport {
    /// Called wrong.
    pub wrong: Flagged,
    /// Called right.
    pub right: Flagged,
    /// Called something else, by label; no rate counts them.
    pub open: BTreeMap<String, Flagged>,
    /// The wrong ones by the corpus's kinds of error; one of two kinds is in both.
    pub kinds: BTreeMap<String, Flagged>,
    /// In all briefs.
    pub sentences: usize,
    /// Of those: sentences that nothing could be said of.
    pub undecided: usize,
    /// Wrong briefs in which nothing was found, and findings in right ones, in the order of the file.
    pub each: Vec<Case>,
}

/// Checks all briefs and compares "something is found" with what people said.
pub fn score_labelled(engine: &Engine, briefs: &[LabelledBrief]) -> LabelledReport {
    let check = |brief: &LabelledBrief| engine.check(&brief.brief, std::slice::from_ref(&brief.source));
    let reports: Vec<Report> = briefs.par_iter().map(check).collect();
    let mut scores = LabelledReport::default();
    briefs.iter().zip(&reports).for_each(|(brief, report)| scores.count(brief, report));
    scores
}

impl LabelledReport {
    /// Adds one brief.
    pub fn count(&mut self, brief: &LabelledBrief, report: &Report) {
        self.sentences += report.sentences;
        self.undecided += report.undecided.len();
        match brief.verdict {
            Verdict::Wrong => self.wrong.count(brief, report),
            Verdict::Right => self.right.count(brief, report),
            Verdict::Open => self.open.entry(brief.label.clone()).or_default().count(brief, report),
        }
        for kind in &brief.kinds {
            self.kinds.entry(kind.clone()).or_default().count(brief, report);
        }
        if brief.verdict == Verdict::Right {
            let alarms = report.findings.iter();
            self.each.extend(alarms.map(|f| Case::finding(&brief.id, CaseKind::Alarm, f, report)));
        } else if brief.verdict == Verdict::Wrong && report.findings.is_empty() {
            let shown = |&(start, end): &(usize, usize)| case::around(&brief.brief.text, start, end);
            self.each.push(Case {
                brief: brief.id.clone(),
                kind: CaseKind::Missed,
                what: brief.kinds.iter().cloned().collect::<Vec<_>>().join(", "),
                around: brief.marked.iter().map(shown).collect(),
                evidence: Vec::new(),
                note: String::new(),
                instead: Vec::new(),
            });
        }
    }

    /// "Something is found" against the labels, warnings too.
    pub fn rates(&self) -> Rates {
        let (wrong, right) = (self.wrong, self.right);
        Rates::new(wrong.with_finding, wrong.briefs, right.with_finding, right.briefs)
    }

    /// "An error is found" against the labels.
    pub fn error_rates(&self) -> Rates {
        let (wrong, right) = (self.wrong, self.right);
        Rates::new(wrong.with_error, wrong.briefs, right.with_error, right.briefs)
    }

    /// A line for each label, the rates, and what went wrong where asked.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!(
            "{:<36}{:>8}{:>10}{:>8}{:>8}{:>11}\n",
            "labelled summaries", "briefs", "flagged", "%", "errors", "on marked"
        );
        let line = |name: &str, c: Flagged| {
            let share = percent(c.with_finding, c.briefs);
            format!(
                "  {name:<34}{:>8}{:>10}{share:>8}{:>8}{:>11}\n",
                c.briefs, c.with_finding, c.with_error, c.on_marked
            )
        };
        out += &line("right", self.right);
        out += &line("wrong", self.wrong);
        for (kind, counts) in &self.kinds {
            out += &line(&format!("  {kind}"), *counts);
        }
        for (label, counts) in &self.open {
            out += &line(label, *counts);
        }
        out += &format!("  {:<34}{:>12}{:>12}{:>10}\n", "per cent", "sensitivity", "specificity", "balanced");
        for (name, rates) in
            [("any finding is an alarm", self.rates()), ("only errors are", self.error_rates())]
        {
            let (a, b, c) = (shown(rates.sensitivity), shown(rates.specificity), shown(rates.balanced));
            out += &format!("  {name:<34}{a:>12}{b:>12}{c:>10}\n");
        }
        let share = percent(self.undecided, self.sentences);
        let _ = writeln!(out, "  {} sentences: {} ({share}%) undecided", self.sentences, self.undecided);
        if each {
            out.extend(self.each.iter().map(Case::text));
        }
        out
    }
}

/// Written with its rates.
impl Serialize for LabelledReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut s = serializer.serialize_struct("LabelledReport", 9)?;
        s.serialize_field("wrong", &self.wrong)?;
        s.serialize_field("right", &self.right)?;
        s.serialize_field("open", &self.open)?;
        s.serialize_field("kinds", &self.kinds)?;
        s.serialize_field("sentences", &self.sentences)?;
        s.serialize_field("undecided", &self.undecided)?;
        s.serialize_field("any_finding", &self.rates())?;
        s.serialize_field("errors_only", &self.error_rates())?;
        s.serialize_field("each", &self.each)?;
        s.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saying_always_the_same_is_worth_half() {
        let rates = |a, b| Rates::new(a, 4, b, 5);
        assert_eq!(rates(0, 0).balanced, Some(50.0));
        assert_eq!(rates(4, 5).balanced, Some(50.0));
        assert_eq!(rates(4, 0).balanced, Some(100.0));
        assert_eq!(
            rates(1, 1),
            Rates { sensitivity: Some(25.0), specificity: Some(80.0), balanced: Some(52.5) }
        );
        assert_eq!(Rates::new(1, 2, 0, 0).balanced, None);
    }
}
