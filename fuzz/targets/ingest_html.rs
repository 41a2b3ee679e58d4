//! Which bytes break the reading of web pages?
#![no_main]

mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| read::check(data, sayso_text::Format::Html));
