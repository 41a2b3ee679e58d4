//! What holds of every text, however odd?

use proptest::prelude::*;
use sayso_text::{Article, CharIndex, Decoding, Document, Format, Span, ingest, ingest_with, json_parts};

use crate::document;
use crate::sound::{check_article, check_document};

/// Texts made of what divides texts, much more often than chance would.
fn prose() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“"),
        Just("”"),
        Just("\""),
        Just("'"),
        Just("‘"),
        Just("’"),
        Just("«"),
        Just("»"),
        Just("„"),
        Just("``"),
        Just("''"),
        Just("."),
        Just("..."),
        Just("…"),
        Just("?"),
        Just("!"),
        Just(","),
        Just(" "),
        Just(" "),
        Just(" "),
        Just("\n"),
        Just("\n\n"),
        Just("\r\n"),
        Just("—"),
        Just("-"),
        Just("("),
        Just(")"),
        Just("U.S."),
        Just("Mr."),
        Just("a.m."),
        Just("No."),
        Just("don't"),
        Just("workers'"),
        Just("'90s"),
        Just("said"),
        Just("The"),
        Just("he"),
        Just("$3.5"),
        Just("5'10\""),
        Just("é"),
        Just("e\u{301}"),
        Just("🌊"),
        Just("\u{a0}"),
        Just("\u{200b}"),
        Just("https://a.b/c"),
        Just("@x"),
        Just("a@b.c"),
        Just("中文。"),
        Just("#"),
        Just("J."),
    ];
    prop_oneof![proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()), any::<String>()]
}

/// Every format, and bytes read as what they may not be.
fn readings() -> Vec<(Format, Decoding)> {
    let label = |label: &str| Some(label.parse().expect("a label"));
    let formats = [Format::Text, Format::Markdown, Format::Html, Format::Json, Format::JsonLines];
    let decodings = || {
        let charsets = [None, label("windows-1252"), label("shift_jis"), label("utf-16le"), label("gb18030")];
        charsets.into_iter().flat_map(|charset| {
            [Decoding { forced: charset, stated: None }, Decoding { forced: None, stated: charset }]
        })
    };
    formats.into_iter().flat_map(|format| decodings().map(move |decoding| (format, decoding))).collect()
}

fn check_all_readings(bytes: &[u8]) {
    for (format, decoding) in readings() {
        if let Ok(article) = ingest_with(bytes, format, decoding) {
            check_article(&article);
            check_document(&Document::new(&article));
        }
    }
    if let Ok(parts) = json_parts(bytes) {
        assert!(!parts.is_empty());
    }
}

/// Letters and digits alone.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters, digits, and the marks that say where a quotation or a sentence ends.
fn words_and_marks(text: &str) -> String {
    text.chars().filter(|&c| c.is_alphanumeric() || "\"'“”‘’«».…".contains(c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_tile_their_text(text in prose()) {
        check_document(&document(&text));
    }

    #[test]
    fn wrong_metadata_does_no_harm(text in prose(), start in 0..40_usize, len in 0..40_usize) {
        let span = Span::new(start, start + len);
        let article = Article { title_span: Some(span), headings: vec![span, Span::new(0, 3)], ..Article::from_text(text) };
        check_document(&Document::new(&article));
    }

    #[test]
    fn code_points_and_bytes_translate_both_ways(text in any::<String>()) {
        let index = CharIndex::new(&text);
        for (n, (at, c)) in text.char_indices().enumerate() {
            let span = Span::new(at, at + c.len_utf8());
            prop_assert_eq!(index.to_chars(span), (n, n + 1));
            prop_assert_eq!(index.to_bytes(n, n + 1), Some(span));
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in any::<Vec<u8>>(), start in prop::sample::select(STARTS)) {
        check_all_readings(&[start, &bytes].concat());
    }

    #[test]
    fn no_text_breaks_the_reader(text in prose(), start in prop::sample::select(STARTS)) {
        check_all_readings(&[start, text.as_bytes()].concat());
    }

    #[test]
    fn texts_in_json_come_back_byte_for_byte(text in prose(), title in any::<Option<String>>()) {
        let source = serde_json::json!({"text": text, "title": title, "id": 1}).to_string();
        match ingest(source.as_bytes(), Format::Json) {
            Ok(article) => {
                check_article(&article);
                prop_assert_eq!(article.text, text);
            }
            Err(_) => prop_assert!(text.trim().is_empty() || source.contains("\\u0000")),
        }
    }

    #[test]
    fn paragraphs_of_pages_keep_their_words(text in prose()) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('\0', "");
        let page = format!("<html><body><article><p>{LONG}</p><p>{LONG} {escaped} {LONG}</p></article>");
        let article = ingest(page.as_bytes(), Format::Html).expect("an article");
        prop_assert_eq!(words(&article.text), words(&[LONG, LONG, &text, LONG].concat()));
    }

    #[test]
    fn markdown_keeps_its_words(pieces in prop::collection::vec(prop::sample::select(MARKDOWN), 0..40)) {
        let source = format!("so\n\n{}so", pieces.concat());
        let article = ingest(source.as_bytes(), Format::Markdown).expect("an article");
        check_article(&article);
        prop_assert_eq!(words_and_marks(&article.text), words_and_marks(&source));
    }

    #[test]
    fn no_front_matter_breaks_the_reader(pieces in prop::collection::vec(prop::sample::select(YAML), 0..30)) {
        let source = format!("---\ntitle: {}\n---\nRain fell.", pieces.concat());
        check_article(&ingest(source.as_bytes(), Format::Markdown).expect("an article"));
    }

    #[test]
    fn text_stays_as_it_is(text in prose()) {
        if let Ok(article) = ingest(text.as_bytes(), Format::Text) {
            prop_assert_eq!(&article.text, text.strip_prefix('\u{feff}').unwrap_or(&text));
            prop_assert_eq!(article.title.as_deref(), article.title_span.map(|span| span.of(&article.text)));
        }
    }

    #[test]
    fn no_markup_breaks_the_reader(pieces in proptest::collection::vec(prop_oneof![
        Just("<p>"), Just("</p>"), Just("<div class=ad>"), Just("</div>"), Just("<table>"), Just("<td>"), Just("<br>"), Just("<q>"),
        Just("<h1>"), Just("<ul><li>"), Just("<a href=x>"), Just("</a>"), Just("<figure>"), Just("<!--"), Just("-->"),
        Just("<body>"), Just("<html lang=en>"), Just("<script type='application/ld+json'>"), Just("</script>"),
        Just("{\"@type\":\"NewsArticle\",\"author\":[{\"@id\":1}]}"), Just("&amp;"), Just("# "), Just("> "), Just("- "),
        Just("```\n"), Just("---\n"), Just("title: x\n"), Just("| a | b |\n"), Just("Rain fell on the harbour, the city said. "),
        Just("\n"), Just("![x](y)"), Just("[x](y)"), Just("“so”"), Just("é"),
    ], 0..60)) {
        let source = pieces.concat();
        for format in [Format::Markdown, Format::Html] {
            if let Ok(article) = ingest(source.as_bytes(), format) {
                prop_assert!(article.headings.iter().all(|heading| article.text.get(heading.range()).is_some()));
                prop_assert!(!article.text.contains("\n\n\n"));
                check_document(&Document::new(&article));
            }
        }
    }
}

/// What makes a reader take bytes for this or that.
const STARTS: &[&[u8]] = &[
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xfe\xff",
    b"<html>",
    b"<p>",
    b"# ",
    b"---\ntitle: x\n---\n",
    b"---\n",
    b"{\"text\": \"",
    b"[{",
    b"> ",
    b"    ",
];

/// Words and marks of Markdown that make no tag, address, list number or name of a language.
const MARKDOWN: &[&str] = &[
    "rain ",
    "fell",
    "Ms. Lee said. ",
    "\n",
    "\n\n",
    "# ",
    "## ",
    "> ",
    "- ",
    "* ",
    "    ",
    "*",
    "**",
    "_",
    "```\n",
    "---\n",
    "===\n",
    "~~~\n",
    "|",
    "| a | b |\n|---|---|\n",
    "[",
    "]",
    "< ",
    ">",
    "\\",
    "“",
    "”",
    "…",
    "title: rain\n",
    "+ ",
    "]: why ",
    "]:\n  why ",
    "[Ms. Lee]: why\n",
    "\"",
    "'",
    "«",
    "»",
];

/// Words and signs of YAML.
const YAML: &[&str] = &[
    "rain",
    "author: ",
    "source: ",
    "https://a.b",
    "name: ",
    "\n",
    "\n  ",
    "\n- ",
    "\n\t",
    "- ",
    ": ",
    " # ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "\\",
    "\\u0000",
    "\\x",
    "|\n",
    ">-\n",
    "|2",
    "&a ",
    "*a ",
    "!!str ",
    "? ",
    "%",
    "@",
    "~",
    "…",
    "\r",
    "\u{feff}",
    "\u{85}",
];

const LONG: &str = "The harbour bridge will stay closed until the end of the week, the city said on Monday, because \
    engineers found cracks in two of the old beams, and buses run over the northern crossing.";
