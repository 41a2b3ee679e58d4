//! Do bytes become the characters that their writer meant?

use sayso_text::{Charset, Decoding, Error, ErrorKind, Format, ingest_with};

fn charset(label: &str) -> Charset {
    label.parse().expect("a label")
}

fn forced(label: &str) -> Decoding {
    Decoding { forced: Some(charset(label)), ..Decoding::default() }
}

fn stated(label: &str) -> Decoding {
    Decoding { stated: Some(charset(label)), ..Decoding::default() }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[track_caller]
fn check(bytes: &[u8], decoding: Decoding, expected: &str) {
    assert_eq!(ingest_with(bytes, Format::Text, decoding).expect("text").text, expected);
    let quoted = [b"{\"text\":\"", bytes, b"\"}"].concat();
    // A byte order mark stands at the start or nowhere.
    if bytes[0].is_ascii_alphabetic() && !bytes.contains(&0) {
        assert_eq!(ingest_with(&quoted, Format::Json, decoding).expect("JSON").text, expected);
        assert_eq!(ingest_with(bytes, Format::Markdown, decoding).expect("Markdown").text, expected);
    }
}

/// The place and value of the first bad byte, and the encoding that was tried.
#[track_caller]
fn check_bad(bytes: &[u8], decoding: Decoding, offset: usize, byte: u8, tried: &str) {
    let expected = Error::Undecodable { offset, byte, charset: charset(tried) };
    for format in [Format::Text, Format::Markdown, Format::Json] {
        assert_eq!(ingest_with(bytes, format, decoding), Err(expected.clone()));
    }
}

#[test]
fn texts() {
    let none = Decoding::default();
    check("Rain é".as_bytes(), none, "Rain é");
    check(b"\xef\xbb\xbfRain \xc3\xa9", none, "Rain é");
    check(&utf16("\u{feff}Rain é", u16::to_le_bytes), none, "Rain é");
    check(&utf16("\u{feff}Rain 🌊", u16::to_be_bytes), none, "Rain 🌊");
    assert_eq!(ingest_with(b"One.\r\nTwo.", Format::Text, none).expect("text").text, "One.\r\nTwo.");
}

#[test]
fn texts_in_named_encodings() {
    check(b"Caf\xe9", forced("latin1"), "Café");
    check(b"Caf\xe9", stated("windows-1252"), "Café");
    check(b"Rain \x89\x4a", forced("Shift_JIS"), "Rain 雨");
    check(&utf16("Rain 🌊", u16::to_be_bytes), forced("utf-16be"), "Rain 🌊");
    check(&utf16("Rain 🌊", u16::to_le_bytes), stated("utf-16le"), "Rain 🌊");
    // Bytes that are UTF-8 are in UTF-8, whatever somebody stated.
    check("Café".as_bytes(), stated("windows-1252"), "Café");
    // Named for the files of a run that are not in UTF-8; this one is.
    check("Café".as_bytes(), forced("windows-1252"), "Café");
    check(b"Rain \x1b$B1+\x1b(B", forced("iso-2022-jp"), "Rain 雨");
    check(b"Rain", forced("utf-16le"), "Rain");
    // A mark leaves no choice.
    check(b"\xef\xbb\xbfCaf\xc3\xa9", forced("windows-1252"), "Café");
}

#[test]
fn bad_bytes_have_a_place_in_the_file() {
    let none = Decoding::default();
    check_bad(b"Rain \xe9 fell", none, 5, 0xe9, "utf-8");
    check_bad(b"\xef\xbb\xbfa\xff", none, 4, 0xff, "utf-8");
    check_bad("Café".as_bytes().split_last().expect("bytes").1, none, 3, 0xc3, "utf-8");
    check_bad(b"\xff\xfea", none, 2, b'a', "utf-16le");
    check_bad(b"\xff\xfea\0b\0\x00\xd8c\0", none, 6, 0x00, "utf-16le");
    check_bad(b"\xfe\xff\0a\xdc\x01\0b", none, 4, 0xdc, "utf-16be");
    check_bad(b"Rain \x81", forced("shift_jis"), 5, 0x81, "shift_jis");
    check_bad(b"Rain \xe9 fell", forced("utf-8"), 5, 0xe9, "utf-8");
    check_bad(b"Rain \xe9\xff", stated("shift_jis"), 5, 0xe9, "utf-8");
    let error = ingest_with(b"Rain \xe9 fell", Format::Text, none).expect_err("Latin-1");
    assert_eq!(
        error.to_string(),
        "byte 0xe9 at offset 5 is not UTF-8: name the encoding that the file is in, or save it as UTF-8"
    );
    for (bytes, offset) in [(&b"\xef\xbb\xbfa\0"[..], 4), (b"\xff\xfea\0\0\0", 4), (b"a\0\xff", 1)] {
        assert_eq!(ingest_with(bytes, Format::Text, none), Err(Error::Binary { offset }));
    }
}

#[test]
fn names_of_encodings() {
    for (label, name) in [("UTF8", "UTF-8"), (" latin1 ", "windows-1252"), ("sjis", "Shift_JIS")] {
        assert_eq!(charset(label).to_string(), name);
    }
    for label in ["", "morse", "replacement", "utf-7"] {
        let error = label.parse::<Charset>().expect_err("no label");
        assert_eq!(error.kind(), ErrorKind::UnknownCharset);
        assert!(error.to_string().contains(&format!("`{label}`")));
    }
}

/// A page whose article ends with the given bytes.
fn page(meta: &str, end: &[u8]) -> Vec<u8> {
    let words = "The harbour bridge will stay closed until the end of the week, the city said on Monday, because \
        engineers found cracks in two of the old beams, and buses run every ten minutes over the northern crossing.";
    [format!("<html><head>{meta}</head><body><p>{words}</p><p>{words}").as_bytes(), b" ", end].concat()
}

#[track_caller]
fn check_page(meta: &str, decoding: Decoding, end: &[u8], expected: &str) {
    let article = ingest_with(&page(meta, end), Format::Html, decoding).expect("a page");
    assert!(article.text.ends_with(expected), "{:?}", article.text);
    assert_eq!(article.notes.is_empty(), !expected.contains('\u{fffd}'), "{:?}", article.notes);
}

#[test]
fn pages() {
    let none = Decoding::default();
    check_page("", none, "Café.".as_bytes(), "Café.");
    check_page("<meta charset=windows-1252>", none, b"Caf\xe9.", "Café.");
    check_page(
        "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>",
        none,
        b"Caf\xe9.",
        "Café.",
    );
    check_page("<meta charset=iso-8859-1>", none, "Café.".as_bytes(), "Café.");
    check_page("", none, b"Caf\xe9.", "Café.");
    // The header comes before the page's own statement, the reader before both.
    check_page("<meta charset=windows-1252>", stated("windows-1251"), b"\xc4\xe0", "Да");
    check_page("<meta charset=windows-1252>", stated("shift_jis"), b"Caf\xe9.\xff", "Café.ÿ");
    let both = Decoding { forced: Some(charset("windows-1251")), ..stated("windows-1252") };
    check_page("<meta charset=utf-8>", both, b"\xc4\xe0", "Да");
    check_page("<meta charset=utf-8>", forced("windows-1252"), "Café.".as_bytes(), "Café.");
}

#[test]
fn damaged_pages_say_so() {
    let end = ["“Rain,” she said, “and ‘wind’.” — “Yes.” Caf".as_bytes(), b"\xc3 so."].concat();
    check_page("", Decoding::default(), &end, "Caf\u{fffd} so.");
    check_page("", stated("windows-1252"), &end, "Caf\u{fffd} so.");
    let marked = [&b"\xef\xbb\xbf"[..], &page("", b"Caf\xe9 so.")].concat();
    let article = ingest_with(&marked, Format::Html, Decoding::default()).expect("a page");
    assert_eq!(
        article.notes,
        ["The page is damaged: 1 of the text's characters could not be read as UTF-8 and stand as \u{fffd}."]
    );
    let error = ingest_with(&page("", b"Caf\xe9 so."), Format::Html, forced("utf-8")).expect_err("not UTF-8");
    assert_eq!(error.kind(), ErrorKind::Undecodable);
}

/// Rain, in kanji, as ISO-2022-JP writes it: ASCII alone, between two escapes.
const RAIN: &[u8] = b"Rain \x1b$B1+\x1b(B.";

#[test]
fn iso_2022_jp_is_not_taken_for_utf_8() {
    for decoding in [stated("iso-2022-jp"), forced("iso-2022-jp")] {
        // In JSON, an escape that is left as it is would be an error.
        check(RAIN, decoding, "Rain 雨.");
        check_page("", decoding, RAIN, "Rain 雨.");
    }
    check_page("<meta charset=iso-2022-jp>", Decoding::default(), RAIN, "Rain 雨.");
    let damaged = b"Rain \x1b$B1+\x1b(B \x1b$B\x7f\x1b(B.";
    check_page("<meta charset=iso-2022-jp>", Decoding::default(), damaged, "\u{fffd}.");
    assert!(ingest_with(damaged, Format::Text, stated("iso-2022-jp")).is_err());
}

#[test]
fn iso_2022_jp_left_over_from_a_template_does_no_harm() {
    check("Rain é".as_bytes(), stated("iso-2022-jp"), "Rain é");
    check(b"Rain fell.", stated("iso-2022-jp"), "Rain fell.");
    check_page("<meta charset=iso-2022-jp>", Decoding::default(), "Café.".as_bytes(), "Café.");
    check_page("<meta charset=iso-2022-jp>", stated("utf-8"), b"Rain fell.", "Rain fell.");
}
