//! What of a content stands in quotation marks?

use sayso_text::{Document, Quotation, Span};

use crate::grammar;
use crate::record::Form;

/// Direct when all words of the content are quoted, indirect when none are. Marks that
/// enclose the attribution's own cue don't count: there the whole attribution is quoted.
pub fn form(doc: &Document, cue: Option<Span>, content: &[Span]) -> Form {
    let outer = |q: &&Quotation| !cue.is_some_and(|cue| q.span.overlaps(cue));
    let (mut inside, mut outside) = (false, false);
    for span in content {
        let quotations = grammar::quotations_near(doc, *span);
        let tokens = &doc.tokens[grammar::tokens_of(doc, *span)];
        let words = tokens.iter().filter(|t| t.span.of(&doc.text).contains(char::is_alphanumeric));
        for word in words {
            if quotations.iter().filter(outer).any(|q| q.span.contains(word.span)) {
                inside = true;
            } else {
                outside = true;
            }
        }
    }
    match (inside, outside) {
        (true, false) => Form::Direct,
        (true, true) => Form::Mixed,
        (false, _) => Form::Indirect,
    }
}

/// Tokens that may be missing between two pieces of one content.
const GAP: usize = 2;

/// Contents as whole quotations: a piece that begins with a quotation's opening mark, or
/// ends with its closing one, covers all of it, and pieces with next to nothing between
/// them are one. A dateline is cut off. Nothing reaches into the spans in `taken`.
pub(crate) fn whole(doc: &Document, content: &[Span], taken: &[Span]) -> Vec<Span> {
    let free = |start: usize, end: usize| {
        start >= end || !taken.iter().any(|span| span.overlaps(Span::new(start, end)))
    };
    let stated = content.iter().filter_map(|span| {
        let start = grammar::after_dateline(doc, span.start).unwrap_or(span.start).max(span.start);
        (start < span.end).then(|| Span::new(start, span.end))
    });
    let grown = stated.map(|mut span| {
        let ended =
            grammar::quotations_near(doc, span).iter().filter(|q| (q.closed || q.continues) && q.depth == 0);
        for quotation in ended.map(|q| q.span) {
            if span.start == quotation.start && free(span.end, quotation.end) {
                span = span.cover(quotation);
            }
            if span.end == quotation.end && free(quotation.start, span.start) {
                span = span.cover(quotation);
            }
        }
        span
    });
    let mut out: Vec<Span> = Vec::new();
    for span in grown {
        if let Some(last) = out.last_mut() {
            let gap = Span::new(last.end.min(span.start), span.start);
            let quoted =
                grammar::quotations_near(doc, *last).iter().any(|q| q.span.contains(last.cover(span)));
            let breaks = gap.of(&doc.text).contains(['\n', '"', '“', '”', '.', ',', ';', ':', '—']);
            let small = grammar::tokens_of(doc, gap).len() <= GAP && !breaks;
            if span.start < last.end || (quoted || small) && free(gap.start, gap.end) {
                *last = last.cover(span);
                continue;
            }
        }
        out.push(span);
    }
    out
}

#[cfg(test)]
mod tests {
    use sayso_text::Article;

    use super::*;

    fn place(text: &str, words: &str) -> Span {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    }

    #[test]
    fn forms() {
        let check = |text: &str, cue: &str, content: &str, expected: Form| {
            let doc = Document::new(&Article::from_text(text));
            assert_eq!(form(&doc, Some(place(text, cue)), &[place(text, content)]), expected, "{text}");
        };
        check("“It is safe,” Lee said.", "said", "“It is safe,”", Form::Direct);
        check("Lee said it was “safe”.", "said", "it was “safe”", Form::Mixed);
        check("Lee said it was safe.", "said", "it was safe", Form::Indirect);
        // The marks enclose the cue too: of the two speakers, Lee is the one quoted.
        check("“He said it was safe,” Lee told us.", "said", "it was safe", Form::Indirect);
    }

    #[test]
    fn pieces_become_whole() {
        let check = |text: &str, content: &[&str], taken: &[&str], expected: &[&str]| {
            let doc = Document::new(&Article::from_text(text));
            let places = |words: &[&str]| words.iter().map(|w| place(text, w)).collect::<Vec<_>>();
            let found = whole(&doc, &places(content), &places(taken));
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), expected);
        };
        let quoted = "“My mother read every book,” Lee said.";
        check(quoted, &["“My mother"], &["Lee", "said"], &["“My mother read every book,”"]);
        check(quoted, &["every book,”"], &["Lee", "said"], &["“My mother read every book,”"]);
        check(quoted, &["“My mother", "book,”"], &["read"], &["“My mother", "book,”"]);
        let plain = "Lee said the number of wells had doubled.";
        check(plain, &["the number", "wells had doubled"], &["said"], &["the number of wells had doubled"]);
    }
}
