//! Is it in the sources at all?

use super::Code;
use super::found::{Case, Found};

/// A sentence that shares less than this with any passage isn't in the sources.
const ABSENT: f64 = 0.3;
/// Content words that a sentence must have to be judged.
const LEAST: usize = 4;

/// Sentences that come from no passage.
pub(crate) fn check(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for s in case.brief.body() {
        let span = case.brief.doc.sentences[s].span;
        let words = &case.brief.words[case.brief.of_sentence[s].clone()];
        let content = words.iter().filter(|w| !w.is_function).count();
        let Some(best) = case.best(s) else { continue };
        if best.share < ABSENT && content >= LEAST {
            let one = Found::new(Code::Unsupported, span, "the sources don't say this");
            found.push(one.shown_by(best.article, best.span(case.sources)).warning());
        }
    }
    found
}
