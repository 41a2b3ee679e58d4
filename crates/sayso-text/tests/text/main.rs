//! Does the text come apart where a reader would say that it does?

mod encodings;
mod ingest;
mod json;
mod laws;
mod markdown;
mod pages;
mod paragraphs;
mod quotations;
mod sentences;
mod sound;
mod speed;
mod stated;
mod tokens;

use sayso_text::{Article, Document};

/// A bare text, divided.
fn document(text: &str) -> Document {
    Document::new(&Article::from_text(text))
}
