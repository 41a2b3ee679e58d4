//! Is each planted error found, by its code and at its place, and nothing else?

use std::collections::BTreeMap;
use std::fmt::Write;

use rayon::prelude::*;
use sayso::Engine;
use sayso::check::{Code, Finding, Report, Severity};
use serde::Serialize;

use super::case::{self, Case, CaseKind};
use super::repair::{Repair, repair};
use super::{PlantedBrief, PlantedError};
use crate::score::percent;

/// Codes of what can be compared word for word: quotations, figures, dates and names.
pub const PINNED: [Code; 7] = [
    Code::QuoteAltered,
    Code::QuoteFabricated,
    Code::QuoteMisattributed,
    Code::QuoteTrimmed,
    Code::FigureChanged,
    Code::DateChanged,
    Code::NameOrTitleChanged,
];

/// How it went with one code.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CodeCounts {
    /// Errors of this code.
    pub planted: usize,
    /// Of those: a finding that overlaps has the code, or another that a fair judge could give.
    pub found: usize,
    /// Of those: any finding overlaps.
    pub touched: usize,
    /// Findings of this code, in all briefs.
    pub findings: usize,
    /// Of those: they overlap an error that has the code, or could have it.
    pub right: usize,
    /// Of those: they overlap no error, in a wrong brief.
    pub stray: usize,
    /// Of those: they are in a clean brief.
    pub alarms: usize,
}

/// Checks against briefs of which everything is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PlantedReport {
    /// All codes that were planted or found.
    pub codes: BTreeMap<Code, CodeCounts>,
    /// Briefs with planted errors.
    pub corrupted: usize,
    /// Of those: with a stray finding.
    pub corrupted_strayed: usize,
    /// Briefs without errors.
    pub clean: usize,
    /// Of those: with a finding, warnings too.
    pub clean_alarmed: usize,
    /// Of those: with a finding that is an error.
    pub clean_accused: usize,
    /// In all briefs.
    pub sentences: usize,
    /// Of those: sentences that nothing could be said of.
    pub undecided: usize,
    /// Wrong briefs that replacing words can put right.
    pub fixable: usize,
    /// Of those: the fixes replaced all marked words and nothing else, and checked again nothing is found.
    pub repaired: usize,
    /// Of those: the clean brief word for word.
    pub restored: usize,
    /// Of the fixable ones: words that are no error were changed.
    pub harmed: usize,
    /// What went wrong, in the order of the file.
    pub each: Vec<Case>,
}

/// Checks all briefs and compares the findings with what was planted.
pub fn score_planted(engine: &Engine, briefs: &[PlantedBrief]) -> PlantedReport {
    let check = |brief: &PlantedBrief| {
        let report = engine.check(&brief.brief, &brief.sources);
        let repair = repair(engine, brief, &report);
        (report, repair)
    };
    let checked: Vec<(Report, Option<Repair>)> = briefs.par_iter().map(check).collect();
    let mut scores = PlantedReport::default();
    for (brief, (report, repair)) in briefs.iter().zip(&checked) {
        scores.count(brief, report);
        if let Some(repair) = repair {
            scores.count_repair(brief, report, *repair);
        }
    }
    scores
}

fn overlap(finding: &Finding, error: &PlantedError) -> bool {
    finding.start < error.end && error.start < finding.end
}

impl PlantedReport {
    /// Adds one brief.
    pub fn count(&mut self, brief: &PlantedBrief, report: &Report) {
        self.sentences += report.sentences;
        self.undecided += report.undecided.len();
        for error in &brief.errors {
            self.count_error(brief, error, report);
        }
        if brief.errors.is_empty() {
            self.clean += 1;
            self.clean_alarmed += usize::from(!report.findings.is_empty());
            let is_error = |finding: &Finding| finding.severity == Severity::Error;
            self.clean_accused += usize::from(report.findings.iter().any(is_error));
        } else {
            self.corrupted += 1;
        }
        let mut strayed = false;
        for finding in &report.findings {
            let counts = self.codes.entry(finding.code).or_default();
            counts.findings += 1;
            let touched: Vec<&PlantedError> =
                brief.errors.iter().filter(|error| overlap(finding, error)).collect();
            counts.right += usize::from(touched.iter().any(|error| error.is(finding.code)));
            if touched.is_empty() {
                let kind = if brief.errors.is_empty() { CaseKind::Alarm } else { CaseKind::Stray };
                counts.alarms += usize::from(kind == CaseKind::Alarm);
                counts.stray += usize::from(kind == CaseKind::Stray);
                strayed |= kind == CaseKind::Stray;
                self.each.push(Case::finding(&brief.id, kind, finding, report));
            }
        }
        self.corrupted_strayed += usize::from(strayed);
    }

    fn count_error(&mut self, brief: &PlantedBrief, error: &PlantedError, report: &Report) {
        let touching: Vec<&Finding> = report.findings.iter().filter(|f| overlap(f, error)).collect();
        let found = touching.iter().any(|finding| error.is(finding.code));
        let counts = self.codes.entry(error.code).or_default();
        counts.planted += 1;
        counts.found += usize::from(found);
        counts.touched += usize::from(!touching.is_empty());
        if !found {
            self.each.push(Case {
                brief: brief.id.clone(),
                kind: CaseKind::Missed,
                what: error.code.name().to_owned(),
                around: vec![case::around(&brief.brief.text, error.start, error.end)],
                evidence: error.evidence.iter().cloned().collect(),
                note: error.note.clone(),
                instead: touching.iter().map(|finding| case::line(finding)).collect(),
            });
        }
    }

    fn count_repair(&mut self, brief: &PlantedBrief, report: &Report, repair: Repair) {
        self.fixable += 1;
        self.repaired += usize::from(repair.is_done());
        self.restored += usize::from(repair.restored);
        self.harmed += usize::from(repair.is_harmful());
        let n_fixes = report.findings.iter().filter(|finding| finding.fix.is_some()).count();
        // A brief without a fix tells nothing that its misses don't.
        if repair.is_done() || n_fixes == 0 {
            return;
        }
        let why = [
            (repair.replaced, "not all marked words are replaced"),
            (repair.untouched, "other words are replaced"),
            (repair.clean, "checked again, something is found"),
        ];
        let why: Vec<&str> = why.into_iter().filter(|(fine, _)| !fine).map(|(_, words)| words).collect();
        let shown = |finding: &Finding| {
            let fix = finding.fix.as_ref()?;
            let place = case::around(&report.brief.text, fix.start, fix.end);
            Some(format!("{place} becomes “{}”", fix.text))
        };
        self.each.push(Case {
            brief: brief.id.clone(),
            kind: CaseKind::Unfixed,
            what: brief.errors.iter().map(|error| error.code.name()).collect::<Vec<_>>().join(", "),
            around: report.findings.iter().filter_map(shown).collect(),
            evidence: Vec::new(),
            note: why.join("; "),
            instead: Vec::new(),
        });
    }

    /// All codes together.
    pub fn total(&self) -> CodeCounts {
        self.sum(&Code::ALL)
    }

    /// The codes of [`PINNED`] together.
    pub fn pinned(&self) -> CodeCounts {
        self.sum(&PINNED)
    }

    fn sum(&self, codes: &[Code]) -> CodeCounts {
        let counts = codes.iter().filter_map(|code| self.codes.get(code));
        counts.fold(CodeCounts::default(), |sum, one| CodeCounts {
            planted: sum.planted + one.planted,
            found: sum.found + one.found,
            touched: sum.touched + one.touched,
            findings: sum.findings + one.findings,
            right: sum.right + one.right,
            stray: sum.stray + one.stray,
            alarms: sum.alarms + one.alarms,
        })
    }

    /// A line for each code, and what went wrong where asked.
    pub fn text(&self, each: bool) -> String {
        let mut out = format!(
            "{:<26}{:>8}{:>7}{:>7}{:>9}{:>10}{:>7}{:>7}{:>7}{:>8}\n",
            "planted errors", "planted", "found", "%", "touched", "findings", "right", "%", "stray", "alarms"
        );
        let line = |name: &str, c: CodeCounts| {
            let (recall, precision) = (percent(c.found, c.planted), percent(c.right, c.findings));
            format!(
                "  {name:<24}{:>8}{:>7}{recall:>7}{:>9}{:>10}{:>7}{precision:>7}{:>7}{:>8}\n",
                c.planted, c.found, c.touched, c.findings, c.right, c.stray, c.alarms
            )
        };
        for (code, counts) in &self.codes {
            out += &line(code.name(), *counts);
        }
        let total = self.total();
        out += &line("quotes, figures, names", self.pinned());
        out += &line("all", total);
        let share = |n: usize, all: usize| format!("{n} ({}%)", percent(n, all));
        let _ = writeln!(
            out,
            "  {} wrong briefs: {} findings outside the marked words ({} a brief), in {}",
            self.corrupted,
            total.stray,
            mean(total.stray, self.corrupted),
            share(self.corrupted_strayed, self.corrupted)
        );
        let _ = writeln!(
            out,
            "  {} clean briefs: {} findings ({} a brief), in {}; errors in {}",
            self.clean,
            total.alarms,
            mean(total.alarms, self.clean),
            share(self.clean_alarmed, self.clean),
            share(self.clean_accused, self.clean)
        );
        let undecided = share(self.undecided, self.sentences);
        let _ = writeln!(out, "  {} sentences: {undecided} undecided", self.sentences);
        if self.fixable > 0 {
            let _ = writeln!(
                out,
                "  {} fixable briefs: {} put right, {} of them word for word; in {} right words were changed",
                self.fixable,
                share(self.repaired, self.fixable),
                self.restored,
                self.harmed
            );
        }
        if each {
            out.extend(self.each.iter().map(Case::text));
        }
        out
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn mean(sum: usize, n: usize) -> String {
    if n == 0 { "-".to_owned() } else { format!("{:.2}", sum as f64 / n as f64) }
}

#[cfg(test)]
mod tests {
    use sayso::Article;
    use sayso::check::{Checked, SCHEMA};

    use super::*;

    const BRIEF: &str = "É: 27 ships sank in May.";

    fn finding(code: Code, start: usize, severity: Severity) -> Finding {
        Finding {
            code,
            severity,
            start,
            end: start + 2,
            text: BRIEF.chars().skip(start).take(2).collect(),
            message: "31 in the source".to_owned(),
            evidence: Vec::new(),
            better: None,
            fix: None,
            diff: Vec::new(),
        }
    }

    fn counted(errors: Vec<PlantedError>, findings: Vec<Finding>) -> PlantedReport {
        let brief = PlantedBrief {
            id: "a".to_owned(),
            brief: Article::from_text(BRIEF),
            errors,
            ..PlantedBrief::default()
        };
        let text = BRIEF.to_owned();
        let checked = Checked { input: None, outlet: None, title: None, text, sha256: String::new() };
        let mut scores = PlantedReport::default();
        let (undecided, notes) = (Vec::new(), Vec::new());
        let sources = Vec::new();
        let schema = SCHEMA.to_owned();
        let report = Report { schema, brief: checked, sources, findings, undecided, sentences: 1, notes };
        scores.count(&brief, &report);
        scores
    }

    fn figure() -> PlantedError {
        PlantedError {
            code: Code::FigureChanged,
            start: 3,
            end: 5,
            text: "27".to_owned(),
            evidence: Some("31 ships".to_owned()),
            note: "31".to_owned(),
            alt: vec![Code::Unsupported],
            fixable: false,
            fix: None,
        }
    }

    #[test]
    fn a_code_or_its_alternative_is_a_find() {
        for (code, found, right) in
            [(Code::FigureChanged, 1, 1), (Code::Unsupported, 1, 1), (Code::DateChanged, 0, 0)]
        {
            let scores = counted(vec![figure()], vec![finding(code, 4, Severity::Error)]);
            let planted = scores.codes[&Code::FigureChanged];
            assert_eq!((planted.planted, planted.found, planted.touched), (1, found, 1), "{code:?}");
            let findings = scores.codes[&code];
            assert_eq!((findings.findings, findings.right, findings.stray), (1, right, 0), "{code:?}");
            assert_eq!(scores.each.len(), 1 - found);
            assert_eq!(scores.pinned().found, found);
        }
        let missed = &counted(vec![figure()], vec![finding(Code::DateChanged, 4, Severity::Error)]).each[0];
        assert_eq!(missed.instead, ["date-changed “7 ”: 31 in the source"]);
        assert_eq!(missed.around, ["É: ⟦27⟧ ships sank in May."]);
    }

    #[test]
    fn elsewhere_is_stray_and_in_a_clean_brief_an_alarm() {
        let scores = counted(vec![figure()], vec![finding(Code::FigureChanged, 5, Severity::Warning)]);
        assert_eq!((scores.total().stray, scores.corrupted_strayed, scores.total().found), (1, 1, 0));
        assert_eq!(
            scores.each.iter().map(|case| case.kind).collect::<Vec<_>>(),
            [CaseKind::Missed, CaseKind::Stray]
        );
        let scores = counted(vec![], vec![finding(Code::FigureChanged, 5, Severity::Warning)]);
        assert_eq!((scores.total().alarms, scores.clean_alarmed, scores.clean_accused), (1, 1, 0));
        let scores = counted(vec![], vec![finding(Code::FigureChanged, 5, Severity::Error)]);
        assert_eq!((scores.clean, scores.clean_accused, scores.corrupted), (1, 1, 0));
    }
}
