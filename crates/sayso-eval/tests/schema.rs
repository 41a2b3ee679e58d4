//! Is the JSON Schema in the project the one that the code has, and do records fit it?

use std::fs;
use std::path::Path;

use sayso::{Article, Engine, Record};

fn schema() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/record.schema.json");
    fs::read_to_string(path).expect("schema/record.schema.json")
}

#[test]
fn the_schema_is_up_to_date() {
    assert_eq!(schema(), Record::json_schema(), "run `sayso schema > schema/record.schema.json`");
}

#[test]
fn a_record_fits_the_schema() {
    let engine = Engine::embedded().expect("the shipped weights");
    let text = "“The dam,” Ms. Lee said, “is safe.” It reportedly leaked.";
    let record = serde_json::to_value(engine.read(&Article::from_text(text))).expect("JSON");
    let schema = serde_json::from_str(&schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator.iter_errors(&record).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let mut wrong = record.clone();
    wrong["attributions"][0]["form"] = "spoken".into();
    assert!(!validator.is_valid(&wrong));
}
