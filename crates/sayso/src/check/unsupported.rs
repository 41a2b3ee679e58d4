//! Is it in the sources at all?

use sayso_text::Span;

use super::Code;
use super::found::{Case, Found};
use super::lost::clauses;
use super::text::{Word, bare};
use crate::word_list::is_in;

/// Nearness under which a clause isn't in the sources, and under which nothing can be said. Chosen on faithful briefs of
/// 29 articles: of their 853 clauses of four words and more that tell something one is under the first, of those of three
/// none under the second. Where the claims of `examples/check/claims.jsonl`, which are worded quite freely, are held against
/// articles of eight passages, 38 of 1,315 faithful clauses (odd lines) are.
const ABSENT: f64 = 0.95;
const ABSENT_SHORT: f64 = 0.8;
const UNSURE: f64 = 1.15;
/// Words that tell something, under which the sources together are short, and the nearness under which a clause isn't in those:
/// on passages of two to four sentences 180 of 2,640 faithful claims, most in quite other words, and 76 of 422 with an invented
/// detail are under [`ABSENT`]; none of either is under this.
const ABSENT_IN_SHORT: f64 = 0.3;
const SHORT: usize = 120;
/// Words that tell something, which a clause must have to be judged; up to so many it is a short one.
const LEAST: usize = 3;
/// First words of lines that tell how a brief was made.
const NOTES: &str = "generated sources source summary published updated written compiled prepared";
/// Words by which a brief speaks of itself or of the article.
const ITSELF: &str = "brief briefing article summary feature";

/// Clauses that come from no passage, and sentences of which that can't be said.
pub(crate) fn check(case: &Case<'_>) -> (Vec<Found>, Vec<Span>) {
    let (mut found, mut undecided) = (Vec::new(), Vec::new());
    let brief = case.brief;
    let telling =
        case.sources.iter().flat_map(|source| &source.words).filter(|word| !word.is_function).count();
    for s in brief.body() {
        let sentence = brief.of_sentence[s].clone();
        let Some(best) = case.best(s).filter(|_| !is_about(case, &brief.words[sentence.clone()])) else {
            continue;
        };
        for clause in clauses(brief, sentence) {
            let words = &brief.words[clause];
            let content = words.iter().filter(|w| !w.is_function).count();
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            if content < LEAST || !is_prose(words) {
                continue;
            }
            let Some(near) = case.meaning.nearness(words, case.sources, case.weights) else { continue };
            let absent = match content {
                _ if telling < SHORT => ABSENT_IN_SHORT,
                LEAST => ABSENT_SHORT,
                _ => ABSENT,
            };
            if near < absent {
                let one =
                    Found::new(Code::Unsupported, first.span.cover(last.span), "the sources don't say this");
                found.push(one.shown_by(best.article, best.span(case.sources)).warning());
            } else if near < UNSURE {
                undecided.push(brief.doc.sentences[s].span);
            }
        }
    }
    (found, undecided)
}

/// The head or a row of a table has no words that join others.
pub(crate) fn is_prose(words: &[Word]) -> bool {
    words.iter().any(|w| w.is_function)
}

/// It tells of the article or of the brief itself, by the outlet's name or by how it begins.
fn is_about(case: &Case<'_>, words: &[Word]) -> bool {
    let begins = words.first().is_some_and(|w| is_in(NOTES, &w.lower));
    if begins || words.iter().any(|w| is_in(ITSELF, &w.lower)) {
        return true;
    }
    let outlets = case.sources.iter().filter_map(|source| source.record.article.outlet.as_deref());
    let mut names = outlets.flat_map(str::split_whitespace).filter(|name| name.len() > 3);
    names.any(|name| words.iter().any(|w| w.is_firm && bare(&w.lower) == name.to_lowercase()))
}
