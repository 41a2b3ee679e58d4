//! Which numbers does a text state, of what, and how exactly?
//!
//! One pass over the words of each sentence. At each place approximating words may open the figure ("just under") and
//! a list of rules tries what follows; the longest reading wins. A number alone is no figure: a rule needs a unit, a
//! currency, a plural to count, or words such as "voted" and "killed" around it. Lists of words, not a parser.
//!
//! Conventions: values are in the unit's own size, 4200000 for "$4.2 million"; parts of a whole are percentages. "Dozens"
//! are at least two dozen. A range has its lower end as its value; a change ("rose from 5 to 8 percent") is two
//! figures. The end of a counted phrase is its first plural.
//!
//! What this does not do: dates and years, times of day, numbers in names, rates ("a day"), arithmetic ("doubled"),
//! "one" as a pronoun or article.

mod counts;
mod lead;
mod noun;
mod number;
mod people;
mod reading;
mod units;
mod words;

use sayso_text::{Document, ParagraphKind, Span};

pub(crate) use crate::record::Approx;
pub(crate) use noun::singular;
pub(crate) use number::{small_in_words, small_number};
use reading::Scan;
use words::Words;

/// A number that measures something, where the text states it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Bytes of the text: the number with its unit and approximating words, of a share also what it is of.
    pub(crate) span: Span,
    /// In units of `unit`, never infinite.
    pub(crate) value: f64,
    /// The upper end of a range.
    pub(crate) high: Option<f64>,
    /// A singular in lower case, or a currency's ISO code.
    pub(crate) unit: String,
    pub(crate) approx: Approx,
    /// What is measured: "duration", "share", "count".
    pub(crate) what: Option<String>,
    /// Words that say what the number is of.
    pub(crate) of: Option<Span>,
}

/// All figures of the running text, in order, not overlapping, outside `dates`. Takes time linear in the text.
pub(crate) fn find(doc: &Document, dates: &[Span]) -> Vec<Figure> {
    let dates = apart(dates);
    let mut dates = dates.as_slice();
    let body = doc.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
    let mut figures = Vec::new();
    for sentence in body.flat_map(|p| p.sentences.clone()) {
        let scan = Scan { words: Words::new(&doc.text, doc.sentences[sentence].span, &mut dates) };
        let mut i = 0;
        while i < scan.words.len() {
            let found = scan.at(i);
            i = found.as_ref().map_or(i + 1, |found| found.end);
            figures.extend(found.and_then(|found| scan.figure(found)));
        }
    }
    figures
}

/// Every number that the text says, measuring or not, in order, not overlapping: years, ages and ranks too. A share
/// in words ("half") is none.
pub(crate) fn numbers(doc: &Document) -> Vec<(Span, f64)> {
    let mut numbers = Vec::new();
    for sentence in &doc.sentences {
        let words = Words::new(&doc.text, sentence.span, &mut [].as_slice());
        let mut i = 0;
        while i < words.len() {
            let ordinal = number::ordinal(&words, i);
            let found =
                ordinal.or_else(|| number::number(&words, i, true).map(|number| (number.value, number.end)));
            let end = found.map_or(i + 1, |(_, end)| end.max(i + 1));
            numbers.extend(found.map(|(value, _)| (words.span(i, end), value)));
            i = end;
        }
    }
    numbers
}

/// The spans in order, those that touch as one.
fn apart(spans: &[Span]) -> Vec<Span> {
    let mut sorted = spans.to_vec();
    sorted.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match apart.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => *last = last.cover(span),
            None => apart.push(span),
        }
    }
    apart
}

#[cfg(test)]
mod tests;
