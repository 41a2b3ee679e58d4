//! Writes what the ranking of antecedents is learned from: for each labelled pronoun, its candidates
//! with their factors, and which of them is the right one.
//!
//! `cargo run --release -p sayso-eval --example pronoun_choices -- LABELS TEXTS > choices.jsonl`

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write};

use sayso::{CharIndex, Engine};
use sayso_eval::corpus::{self, Polnear};
use sayso_eval::sources;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = env::args().skip(1);
    let (Some(labels), Some(texts)) = (files.next(), files.next()) else {
        return Err("give a file of labels and one of texts".into());
    };
    let labels = sources::labels(&fs::read_to_string(labels)?)?;
    let Polnear::Documents(documents) = corpus::polnear(&fs::read_to_string(texts)?)? else {
        return Err("token rows, not documents".into());
    };
    let engine = Engine::embedded()?;
    let mut out = io::stdout().lock();
    let mut choices = HashMap::new();
    for label in &labels {
        let Some(document) = documents.iter().find(|document| document.id == label.doc) else { continue };
        let choices = choices.entry(&label.doc).or_insert_with(|| {
            let (article, given) = sources::given(document);
            engine.choices(&article, &given)
        });
        let index = CharIndex::new(&document.text);
        let text = |&(start, end): &(usize, usize)| {
            index.to_bytes(start, end).map_or("", |span| span.of(&document.text))
        };
        let names: Vec<&str> = label.names.iter().map(text).collect();
        let Some(at) = index.to_bytes(label.start, label.end) else { continue };
        let Some(choice) = choices.iter().find(|choice| choice.pronoun == at) else { continue };
        let candidates = &choice.candidates;
        let right: Vec<bool> = candidates
            .iter()
            .map(|(name, _)| {
                let name = name.as_deref().unwrap_or_default();
                names.iter().any(|gold| sources::same_person(name, gold))
            })
            .collect();
        let line = serde_json::json!({
            "doc": label.doc, "start": label.start, "word": at.of(&document.text), "kind": label.kind,
            "gold": names, "right": right,
            "names": candidates.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "factors": candidates.iter().map(|(_, factors)| factors).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
