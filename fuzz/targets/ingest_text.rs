//! Which bytes break the reading of plain text?
#![no_main]

mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::check(data, sayso_text::Format::Text));
