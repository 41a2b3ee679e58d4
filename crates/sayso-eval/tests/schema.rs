//! Are the JSON Schemas in the project those that the code has, and do records and reports fit them?

use std::fs;
use std::path::Path;

use sayso::brief::{Brief, BriefOptions};
use sayso::check::{Code, DiffPart, Evidence, Finding, Fix, Report, Severity, Side};
use sayso::record::TextSpan;
use sayso::{Article, Engine, Record};

fn schema(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema").join(name);
    fs::read_to_string(path).expect("a schema")
}

#[test]
fn the_schema_is_up_to_date() {
    let record = schema("record.schema.json");
    assert_eq!(record, Record::json_schema(), "run `sayso schema > schema/record.schema.json`");
    let check = schema("check.schema.json");
    assert_eq!(check, Report::json_schema(), "run `sayso schema --of check > schema/check.schema.json`");
}

#[test]
fn a_brief_fits_its_schema() {
    let text = schema("brief.schema.json");
    assert_eq!(text, Brief::json_schema(), "run `sayso schema --of brief > schema/brief.schema.json`");
    let engine = Engine::embedded().expect("the shipped weights");
    let article = Article::from_text(
        "“The dam is as safe as ever,” Ms. Lee said. The board denied that it had leaked.",
    );
    let brief = engine.brief(&[article], &BriefOptions::default());
    assert!(brief.sentences().count() > 0);
    let brief = serde_json::to_value(brief).expect("JSON");
    let schema = serde_json::from_str(&text).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&brief).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut wrong = brief.clone();
    wrong["lead"][0]["by"] = "nobody".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn a_record_fits_the_schema() {
    let engine = Engine::embedded().expect("the shipped weights");
    let text = "“The dam,” Ms. Lee said, “is safe.” It reportedly leaked.";
    let record = serde_json::to_value(engine.read(&Article::from_text(text))).expect("JSON");
    let schema = serde_json::from_str(&schema("record.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut wrong = record.clone();
    wrong["attributions"][0]["form"] = "spoken".into();
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn a_report_fits_the_schema() {
    let engine = Engine::embedded().expect("the shipped weights");
    let text = "“The dam,” Ms. Lee said, “is safe.”";
    let mut report = engine.check(&Article::from_text(text), &[Article::from_text(text)]);
    let part = |side, text: &str| DiffPart { side, text: text.to_owned() };
    report.findings = vec![Finding {
        code: Code::QuoteAltered,
        severity: Severity::Error,
        start: 0,
        end: 9,
        text: "“The dam,".to_owned(),
        message: "it differs".to_owned(),
        evidence: vec![Evidence { article: 0, start: 0, end: 9, text: "“The dam,".to_owned() }],
        better: None,
        fix: Some(Fix { start: 0, end: 1, text: String::new() }),
        diff: vec![part(Side::Both, "The"), part(Side::Brief, "dam"), part(Side::Source, "dyke")],
    }];
    report.undecided = vec![TextSpan { start: 0, end: 9, text: "“The dam,".to_owned() }];
    let report = serde_json::to_value(report).expect("JSON");
    let schema = serde_json::from_str(&schema("check.schema.json")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for wrong in [("code", "lie"), ("severity", "undecided")] {
        let mut report = report.clone();
        report["findings"][0][wrong.0] = wrong.1.into();
        assert!(!validator.is_valid(&report), "{wrong:?}");
    }
}
