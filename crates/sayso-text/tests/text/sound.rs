//! Which laws hold of every article and every document? For property tests and fuzzing.

use sayso_text::{Article, Document, Span};

/// Spans lie in the text, in order and on character boundaries.
///
/// # Panics
/// When they don't.
pub(crate) fn check_article(article: &Article) {
    let text = article.text.as_str();
    assert!(!text.trim().is_empty() && !text.contains('\0'));
    for span in article.title_span.iter().chain(&article.headings) {
        let words = text.get(span.range()).expect("a span of the text");
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
    }
    assert!(article.headings.is_sorted_by(|one, next| one.end <= next.start), "{:?}", article.headings);
    assert!(article.title_span.is_none() || article.title.is_some());
    assert!(
        [&article.title, &article.byline, &article.url].into_iter().flatten().all(|words| !words.is_empty())
    );
}

/// Paragraphs tile the text, sentences their paragraphs, tokens their sentences; each
/// quotation lies in one paragraph.
///
/// # Panics
/// When they don't.
pub(crate) fn check_document(doc: &Document) {
    let text = doc.text.as_str();
    let paragraphs: Vec<_> = doc.paragraphs.iter().map(|paragraph| paragraph.span).collect();
    check_tiles(text, Span::new(0, text.len()), &paragraphs);
    let (mut n_sentences, mut n_tokens) = (0, 0);
    for paragraph in &doc.paragraphs {
        assert_eq!(paragraph.sentences.start, n_sentences);
        n_sentences = paragraph.sentences.end;
        let sentences = &doc.sentences[paragraph.sentences.clone()];
        let spans: Vec<_> = sentences.iter().map(|sentence| sentence.span).collect();
        check_tiles(text, paragraph.span, &spans);
        for sentence in sentences {
            assert_eq!(sentence.tokens.start, n_tokens);
            n_tokens = sentence.tokens.end;
            let tokens: Vec<_> = doc.tokens[sentence.tokens.clone()].iter().map(|token| token.span).collect();
            check_tiles(text, sentence.span, &tokens);
            assert!(tokens.iter().all(|token| !token.of(text).contains(char::is_whitespace)));
        }
    }
    assert_eq!((n_sentences, n_tokens), (doc.sentences.len(), doc.tokens.len()));
    check_quotations(doc);
}

fn check_quotations(doc: &Document) {
    let mut last = 0;
    for quotation in &doc.quotations {
        let Span { start, end } = quotation.span;
        assert!(last <= start && start < end);
        assert!(doc.text.is_char_boundary(start) && doc.text.is_char_boundary(end));
        let paragraph = doc.paragraphs.partition_point(|paragraph| paragraph.span.end <= start);
        assert!(doc.paragraphs[paragraph].span.contains(quotation.span));
        assert!(!(quotation.closed && quotation.continues));
        last = start;
    }
}

/// In order, not empty, on character boundaries, with nothing but white space between.
fn check_tiles(text: &str, whole: Span, parts: &[Span]) {
    let mut at = whole.start;
    for part in parts {
        assert!(part.start >= at && !part.is_empty() && part.end <= whole.end);
        assert!(text[at..part.start].trim().is_empty());
        assert_eq!(part.trim(text), *part);
        at = part.end;
    }
    assert!(text[at..whole.end].trim().is_empty());
}
