//! Which bytes break the reading of Markdown?
#![no_main]

mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::check(data, sayso_text::Format::Markdown));
