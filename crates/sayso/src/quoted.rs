//! What of a content stands in quotation marks?

use sayso_text::{Document, Quotation, Span};

use crate::record::Form;

/// Direct when all words of the content are quoted, indirect when none are. Marks that
/// enclose the attribution's own cue don't count: there the whole attribution is quoted.
pub fn form(doc: &Document, cue: Option<Span>, content: &[Span]) -> Form {
    let outer = |q: &&Quotation| !cue.is_some_and(|cue| q.span.overlaps(cue));
    let quotations: Vec<Span> = doc.quotations.iter().filter(outer).map(|q| q.span).collect();
    let (mut inside, mut outside) = (false, false);
    for span in content {
        let first = doc.tokens.partition_point(|t| t.span.end <= span.start);
        let tokens = doc.tokens[first..].iter().take_while(|t| t.span.start < span.end);
        let words = tokens.filter(|t| t.span.of(&doc.text).contains(char::is_alphanumeric));
        for word in words {
            if quotations.iter().any(|q| q.contains(word.span)) {
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
