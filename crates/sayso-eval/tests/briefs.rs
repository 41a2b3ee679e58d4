//! Are the briefs of `examples/check` labelled as their README says?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sayso::check::{Checked, Code, Finding, Fix, Report, SCHEMA, Severity};
use sayso_eval::check::{CheckSet, PlantedBrief, PlantedError, PlantedReport, set};
use sayso_text::{Format, ingest};

fn briefs() -> Vec<PlantedBrief> {
    let examples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let jsonl = fs::read_to_string(examples.join("check/check.jsonl")).expect("our briefs");
    let page = |name: &str| {
        let bytes = fs::read(examples.join(name)).map_err(|error| error.to_string())?;
        ingest(&bytes, Format::Html).map_err(|error| error.to_string())
    };
    // Reading refuses spans that don't hold their words, a fix of what isn't fixable, and briefs without a base.
    match set(&jsonl, 1, page).expect("briefs") {
        CheckSet::Planted(briefs) => briefs,
        CheckSet::Labelled(_) => panic!("no planted errors"),
    }
}

#[test]
fn every_code_is_there() {
    let briefs = briefs();
    let mut codes: BTreeMap<Code, usize> = BTreeMap::new();
    for error in briefs.iter().flat_map(|brief| &brief.errors) {
        *codes.entry(error.code).or_default() += 1;
    }
    assert_eq!(briefs.iter().filter(|brief| brief.errors.is_empty()).count(), 40);
    assert_eq!(codes.values().sum::<usize>(), 120);
    for code in Code::ALL {
        assert!(codes.get(&code).is_some_and(|&n| n >= 5), "{}: {codes:?}", code.name());
    }
}

#[test]
fn evidence_stands_in_the_articles() {
    for brief in briefs() {
        for error in &brief.errors {
            let evidence = error.evidence.as_deref().expect("evidence");
            let stands = brief.sources.iter().any(|source| source.text.contains(evidence));
            assert!(stands && !evidence.trim().is_empty(), "{}: {evidence}", brief.id);
            assert!(!error.alt.contains(&error.code) && !error.note.is_empty(), "{}", brief.id);
        }
    }
}

#[test]
fn errors_are_apart_and_in_order() {
    for brief in briefs() {
        let apart = brief.errors.windows(2).all(|two| two[0].end <= two[1].start);
        assert!(apart && brief.base.as_ref() != Some(&brief.brief.text), "{}", brief.id);
    }
}

/// What one who knows all would report.
fn known(brief: &PlantedBrief) -> Report {
    let finding = |error: &PlantedError| Finding {
        code: error.code,
        severity: Severity::Error,
        start: error.start,
        end: error.end,
        text: error.text.clone(),
        message: error.note.clone(),
        evidence: Vec::new(),
        better: None,
        fix: error.fix.clone().map(|text| Fix { start: error.start, end: error.end, text }),
        diff: Vec::new(),
    };
    let text = brief.brief.text.clone();
    Report {
        schema: SCHEMA.to_owned(),
        brief: Checked { input: None, outlet: None, title: None, text, sha256: brief.brief.sha256() },
        sources: Vec::new(),
        findings: brief.errors.iter().map(finding).collect(),
        undecided: Vec::new(),
        sentences: 1,
        notes: Vec::new(),
    }
}

#[test]
fn who_knows_all_has_full_marks() {
    let mut scores = PlantedReport::default();
    let (mut n_fixable, mut differ) = (0, Vec::new());
    for brief in briefs() {
        let report = known(&brief);
        scores.count(&brief, &report);
        n_fixable += usize::from(brief.is_fixable());
        if brief.is_fixable() && brief.base.as_ref() != Some(&report.fixed()) {
            differ.push(brief.id);
        }
    }
    let total = scores.total();
    assert_eq!((total.planted, total.found, total.findings, total.right), (120, 120, 120, 120));
    assert_eq!((total.stray, scores.clean_alarmed, scores.each.len()), (0, 0, 0));
    assert_eq!(scores.pinned().planted, 54);
    // The fix makes these true in other words than the clean brief's.
    assert_eq!(
        (n_fixable, differ),
        (71, ["corbel-b1-x1", "post-a2-x2", "night-b1-x2"].map(String::from).into())
    );
}
