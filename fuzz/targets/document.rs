//! Which text is divided against the laws?
#![no_main]

use sayso_text::{Article, Document};

#[path = "../../crates/sayso-text/tests/text/sound.rs"]
#[expect(dead_code, reason = "a bare text has no metadata to check")]
mod sound;

libfuzzer_sys::fuzz_target!(|text: &str| sound::check_document(&Document::new(&Article::from_text(text))));
