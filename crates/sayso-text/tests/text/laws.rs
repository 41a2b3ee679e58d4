//! What holds of every text, however odd?

use proptest::prelude::*;
use sayso_text::{Article, CharIndex, Document, Format, Span, ingest};

use crate::document;

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

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// In order, not empty, on character boundaries, with nothing but white space between.
fn tile(text: &str, whole: Span, parts: &[Span]) -> Result<(), TestCaseError> {
    let mut at = whole.start;
    for part in parts {
        prop_assert!(part.start >= at && !part.is_empty() && part.end <= whole.end);
        prop_assert!(text.is_char_boundary(part.start) && text.is_char_boundary(part.end));
        prop_assert!(is_blank(&text[at..part.start]));
        prop_assert_eq!(part.trim(text), *part);
        at = part.end;
    }
    prop_assert!(is_blank(&text[at..whole.end]));
    Ok(())
}

fn check_laws(doc: &Document) -> Result<(), TestCaseError> {
    let text = doc.text.as_str();
    let spans: Vec<_> = doc.paragraphs.iter().map(|paragraph| paragraph.span).collect();
    tile(text, Span::new(0, text.len()), &spans)?;
    let (mut n_sentences, mut n_tokens) = (0, 0);
    for paragraph in &doc.paragraphs {
        prop_assert_eq!(paragraph.sentences.start, n_sentences);
        n_sentences = paragraph.sentences.end;
        let sentences = &doc.sentences[paragraph.sentences.clone()];
        tile(text, paragraph.span, &sentences.iter().map(|sentence| sentence.span).collect::<Vec<_>>())?;
        for sentence in sentences {
            prop_assert_eq!(sentence.tokens.start, n_tokens);
            n_tokens = sentence.tokens.end;
            let tokens: Vec<_> = doc.tokens[sentence.tokens.clone()].iter().map(|token| token.span).collect();
            tile(text, sentence.span, &tokens)?;
            prop_assert!(tokens.iter().all(|token| !token.of(text).contains(char::is_whitespace)));
        }
    }
    prop_assert_eq!((n_sentences, n_tokens), (doc.sentences.len(), doc.tokens.len()));
    let mut last = 0;
    for quotation in &doc.quotations {
        prop_assert!(quotation.span.start >= last && !quotation.span.is_empty());
        prop_assert!(
            text.is_char_boundary(quotation.span.start) && text.is_char_boundary(quotation.span.end)
        );
        prop_assert!(doc.paragraphs.iter().any(|paragraph| paragraph.span.contains(quotation.span)));
        prop_assert!(!(quotation.closed && quotation.continues));
        last = quotation.span.start;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn documents_tile_their_text(text in prose()) {
        check_laws(&document(&text))?;
    }

    #[test]
    fn wrong_metadata_does_no_harm(text in prose(), start in 0..40_usize, len in 0..40_usize) {
        let span = Span::new(start, start + len);
        let article = Article { title_span: Some(span), headings: vec![span, Span::new(0, 3)], ..Article::from_text(text) };
        check_laws(&Document::new(&article))?;
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
    fn no_bytes_break_the_reader(bytes in any::<Vec<u8>>()) {
        for format in [Format::guess(&bytes), Format::Text, Format::Markdown, Format::Html] {
            if let Ok(article) = ingest(&bytes, format) {
                check_laws(&Document::new(&article))?;
            }
        }
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
                check_laws(&Document::new(&article))?;
            }
        }
    }
}
