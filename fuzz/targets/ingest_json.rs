//! Which bytes break the reading of JSON?
#![no_main]

mod read;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // The first byte names an encoding, for `read`; a list has none.
    for part in sayso_text::json_parts(data.get(1..).unwrap_or_default()).unwrap_or_default() {
        read::check(&[&[u8::MAX], part].concat(), sayso_text::Format::Json);
    }
    read::check(data, sayso_text::Format::JsonLines);
});
