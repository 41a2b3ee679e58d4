//! Do the views of a check show what was found, where it is?

mod browser;
mod fixture;

use insta::assert_snapshot;
use proptest::prelude::*;
use sayso::check::{Code, DiffPart, Evidence, Finding, Fix, Severity, Side};
use sayso::record::TextSpan;
use sayso_view::check::{File, Place, Shown, Style, page, sarif, summary, text};

use fixture::report;

const PLAIN: Style = Style { width: 80, color: false, undecided: false };

#[test]
fn findings_as_a_compiler_shows_them() {
    assert_snapshot!("text", text(&Shown::new(&report()), Style { undecided: true, ..PLAIN }));
    assert_snapshot!("text_narrow", text(&Shown::new(&report()), Style { width: 40, ..PLAIN }));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let report = report();
    let colored = text(&Shown::new(&report), Style { color: true, ..PLAIN });
    let mut bare = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare += before;
        rest = after.split_once('m').expect("a colour ends").1;
    }
    assert_eq!(bare + rest, text(&Shown::new(&report), PLAIN));
    assert!(colored.contains("\u{1b}[1;31m[-"), "{colored}");
}

#[test]
fn lines_fit_and_say_where() {
    for width in [50, 60, 80, 120] {
        let shown = text(&Shown::new(&report()), Style { width, undecided: true, ..PLAIN });
        for line in shown.lines().filter(|line| !line.contains("-->")) {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn a_clean_brief_has_one_line() {
    let mut report = report();
    report.findings.clear();
    report.undecided.clear();
    report.sentences = 1;
    assert_eq!(text(&Shown::new(&report), PLAIN), "brief.txt: No findings in 1 sentence\n");
    report.sentences = 0;
    assert_eq!(summary(&report), "no findings in no sentences");
}

#[test]
fn words_taken_out_of_markup_are_shown_in_their_file() {
    let report = report();
    let file = "<title>x</title>\n<p>Fire cost 40&nbsp;houses.</p>\n";
    let place = Place { at: 30..32, fix: Some((30..32, "14".to_owned())) };
    let mut places = vec![None; report.findings.len()];
    places[1] = Some(place);
    let shown = Shown { report: &report, file: Some(File { text: file.to_owned(), places }) };
    let words = text(&shown, PLAIN);
    assert!(words.contains("--> brief.txt:2:14\n"), "{words}");
    assert!(words.contains("2 | <p>Fire cost 40&nbsp;houses.</p>\n  |              ^^\n"), "{words}");
    // Where the place isn't sure, the words stand without one.
    assert!(words.contains("--> brief.txt\n   brief: “"), "{words}");
    let log: serde_json::Value = serde_json::from_str(&sarif(&[shown], "1", true)).expect("JSON");
    let results = &log["runs"][0]["results"];
    assert!(results[0]["locations"][0]["physicalLocation"].get("region").is_none());
    assert_eq!(results[1]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(
        results[1]["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]["charOffset"],
        30
    );
}

#[test]
fn a_log_for_editors_and_builds() {
    let report = report();
    let log = sarif(&[Shown::new(&report)], "0.0.0", true);
    let mut value: serde_json::Value = serde_json::from_str(&log).expect("JSON");
    let rules = value["runs"][0]["tool"]["driver"]["rules"].take();
    assert_eq!(rules.as_array().map(Vec::len), Some(Code::ALL.len()));
    for (rule, code) in rules.as_array().into_iter().flatten().zip(Code::ALL) {
        assert_eq!(rule["id"], code.name());
        for words in ["/shortDescription/text", "/fullDescription/text", "/help/markdown"] {
            assert!(
                rule.pointer(words).and_then(|words| words.as_str()).is_some_and(|words| words.len() > 20)
            );
        }
    }
    for result in value["runs"][0]["results"].as_array().into_iter().flatten() {
        let index = result["ruleIndex"].as_u64().and_then(|i| usize::try_from(i).ok()).expect("an index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        // Offsets, and lines with columns, lead to the same words.
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number =
            |name: &str| region[name].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number");
        let by_offset: String =
            report.brief.text.chars().skip(number("charOffset")).take(number("charLength")).collect();
        let line = report.brief.text.split('\n').nth(number("startLine") - 1).expect("a line");
        let by_column: String = line
            .chars()
            .skip(number("startColumn") - 1)
            .take(number("endColumn") - number("startColumn"))
            .collect();
        assert_eq!(by_offset, by_column);
    }
    assert_snapshot!("sarif", serde_json::to_string_pretty(&value).expect("JSON"));
}

#[test]
fn names_of_files_become_references() {
    for (name, uri) in [
        ("a brief.txt", "a%20brief.txt"),
        ("é#1.md", "%C3%A9%231.md"),
        ("/tmp/x.txt", "file:///tmp/x.txt"),
        ("https://a.example/x?y=1 2", "https://a.example/x?y=1%202"),
    ] {
        let mut report = report();
        report.brief.input = Some(name.to_owned());
        let log: serde_json::Value =
            serde_json::from_str(&sarif(&[Shown::new(&report)], "1", true)).expect("JSON");
        assert_eq!(log["runs"][0]["artifacts"][0]["location"]["uri"], uri);
    }
}

#[test]
fn the_page_leads_from_each_finding_to_its_passage_and_back() {
    let report = report();
    let html = page(&[Shown::new(&report)]).alone();
    let dom = dom_query::Document::from(html.clone());
    for (i, finding) in report.findings.iter().enumerate() {
        let anchor = format!("f{}", i + 1);
        let card = dom.select(&format!("#{anchor}"));
        assert!(card.has_class(finding.severity.name()), "{anchor}");
        let back = dom.select(&format!("#{anchor} .which")).attr("href");
        assert_eq!(back.as_deref(), Some(&*format!("#{anchor}-b")));
        let words = dom.select(&format!(".brief a[data-f~={anchor}]")).text().to_string();
        assert_eq!(words, finding.text, "{anchor}");
        for (e, evidence) in finding.evidence.iter().enumerate() {
            assert_eq!(dom.select(&format!("#{anchor}-e{}", e + 1)).length(), 1);
            let words = dom.select(&format!(".sources a[data-f~={anchor}]")).text().to_string();
            assert!(words.contains(&evidence.text), "{anchor}: {words}");
        }
    }
    for link in &dom.select("a[href^='#']") {
        let to = link.attr("href").expect("a link");
        assert_eq!(dom.select(&format!("[id='{}']", &to[1..])).length(), 1, "{to} leads nowhere");
    }
    for elsewhere in [" src=", "@import", "url(", "<link", "style=\""] {
        assert!(!html.contains(elsewhere), "the page asks for something: {elsewhere}");
    }
    assert_snapshot!("check_page", dom.select("main").html().to_string().replace("><", ">\n<"));
}

#[test]
fn several_reports_share_a_page_and_a_log() {
    let report = report();
    let both = [Shown::new(&report), Shown::new(&report)];
    let dom = dom_query::Document::from(page(&both).alone());
    assert_eq!(dom.select("#r1-f1, #r2-f1").length(), 2);
    assert_eq!(dom.select("html").length(), 1);
    let log: serde_json::Value = serde_json::from_str(&sarif(&both, "1", true)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let last = &results[results.len() - 1]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(last["index"], 1 + report.sources.len());
}

const EVIL: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u{1b}[2J\u{202e}\"'&";

fn finding() -> impl Strategy<Value = Finding> {
    let place = (0usize..90, 0usize..90);
    (0usize..16, any::<bool>(), place.clone(), place.clone(), 0usize..4, any::<bool>()).prop_map(
        |(code, is_error, (start, end), (from, to), article, has_fix)| Finding {
            code: Code::ALL[code],
            severity: if is_error { Severity::Error } else { Severity::Warning },
            start,
            end,
            text: EVIL.chars().skip(start).take(end.saturating_sub(start)).collect(),
            message: EVIL.to_owned(),
            evidence: vec![Evidence { article, start: from, end: to, text: EVIL.to_owned() }],
            better: Some(EVIL.to_owned()),
            fix: has_fix.then(|| Fix { start: from, end: to, text: EVIL.to_owned() }),
            diff: vec![
                DiffPart { side: Side::Source, text: EVIL.to_owned() },
                DiffPart { side: Side::Brief, text: "\t".to_owned() },
            ],
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_report_breaks_a_view_or_becomes_markup(
        findings in prop::collection::vec(finding(), 0..6),
        open in (0usize..90, 0usize..90),
        brief in prop_oneof![Just(EVIL.to_owned()), "[a-z“ \r\n\t]{0,120}"],
        width in 1usize..100,
    ) {
        let mut report = report();
        report.brief.text = brief;
        report.brief.input = Some(EVIL.to_owned());
        report.sources[0].text = EVIL.to_owned();
        report.sources[0].outlet = Some(EVIL.to_owned());
        report.findings = findings;
        report.undecided = vec![TextSpan { start: open.0, end: open.1, text: EVIL.to_owned() }];
        report.notes = vec![EVIL.to_owned()];
        let shown = [Shown::new(&report)];
        let words = text(&shown[0], Style { width, color: false, undecided: true });
        let steered = words.contains(['\u{1b}', '\u{202e}']);
        prop_assert!(!steered);
        let log: serde_json::Value = serde_json::from_str(&sarif(&shown, "1", false)).expect("JSON");
        prop_assert_eq!(&log["version"], "2.1.0");
        let html = page(&shown).alone();
        prop_assert!(!html.contains("<img") && !html.contains("<script>alert"));
        let steered = html.contains('\u{1b}');
        prop_assert!(!steered);
    }
}
