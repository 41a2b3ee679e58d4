//! Which brief and which source break the check, or the briefs?
#![no_main]

use std::sync::LazyLock;

use sayso::brief::BriefOptions;
use sayso::{Article, Engine};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::embedded().expect("the program's own weights"));

// A brief, a zero, and its source; or a source that is its own brief.
libfuzzer_sys::fuzz_target!(|text: &str| {
    let (brief, source) = text.split_once('\0').unwrap_or((text, text));
    let (brief, source) = (Article::from_text(brief), Article::from_text(source));
    let report = ENGINE.check(&brief, std::slice::from_ref(&source));
    let is_there = |text: &str, start: usize, end: usize, words: &str| {
        let there: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(there, words, "{start} to {end}");
    };
    for finding in &report.findings {
        is_there(&brief.text, finding.start, finding.end, &finding.text);
        for shown in &finding.evidence {
            is_there(&source.text, shown.start, shown.end, &shown.text);
        }
    }
    for sentence in &report.undecided {
        is_there(&brief.text, sentence.start, sentence.end, &sentence.text);
    }
    let changed = report.findings.iter().any(|finding| finding.fix.is_some());
    assert!(changed || report.fixed() == brief.text);
    let brief = ENGINE.brief(&[source.clone()], &BriefOptions::default());
    for passage in brief.sentences().flat_map(|sentence| &sentence.anchors) {
        is_there(&source.text, passage.start, passage.end, &passage.text);
    }
});
