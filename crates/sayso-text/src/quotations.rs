//! Which passages stand in quotation marks?

use crate::marks::{Mark, Role};
use crate::{Quotation, Sentence, Span};

/// The quotations of a text from the marks of each of its paragraphs, in order of
/// their opening marks.
///
/// A mark that opens and is not closed in its paragraph begins a quotation too. When
/// the next paragraph opens with such a mark as well, it is one that runs on, and
/// reaches to the end of its paragraph. Otherwise somebody forgot the closing mark:
/// a quotation that begins its paragraph then reaches to the paragraph's end, and one
/// that begins further in to the end of its sentence, so that one slip doesn't turn
/// the article's own words into quoted ones.
pub(crate) fn find(paragraphs: &[Span], marks: &[Vec<Mark>], sentences: &[Sentence]) -> Vec<Quotation> {
    let mut found = Vec::new();
    for (at, &paragraph) in paragraphs.iter().enumerate() {
        let from = found.len();
        let next = marks.get(at + 1).map(|next| leading(next, paragraphs[at + 1])).unwrap_or_default();
        for mark in marks[at].iter().filter(|mark| mark.role == Role::Open) {
            let span = |end| Span { start: mark.span.start, end };
            let whole = |closed, continues, end| Quotation { span: span(end), closed, continues, depth: 0 };
            found.push(match mark.partner {
                Some(close) => whole(true, false, marks[at][close].span.end),
                None if next[mark.family as usize] => whole(false, true, paragraph.end),
                None if mark.span.start == paragraph.start => whole(false, false, paragraph.end),
                None => whole(false, false, sentence_end(sentences, mark.span.start, paragraph.end)),
            });
        }
        only_the_last_continues(&mut found[from..], sentences);
        nest(&mut found[from..]);
    }
    found
}

/// The families of the opening marks with which a paragraph begins.
fn leading(marks: &[Mark], paragraph: Span) -> [bool; 4] {
    let mut families = [false; 4];
    let mut end = paragraph.start;
    for mark in marks.iter().take_while(|mark| mark.role == Role::Open) {
        if mark.span.start != end {
            break;
        }
        end = mark.span.end;
        families[mark.family as usize] = true;
    }
    families
}

fn sentence_end(sentences: &[Sentence], at: usize, paragraph_end: usize) -> usize {
    let found = sentences.partition_point(|sentence| sentence.span.end <= at);
    sentences.get(found).map_or(paragraph_end, |sentence| sentence.span.end.min(paragraph_end))
}

/// Of several openers that nothing closed, the last run goes on; what was opened
/// before an opener of the same family was forgotten earlier.
fn only_the_last_continues(quotations: &mut [Quotation], sentences: &[Sentence]) {
    let Some(last) = quotations.iter().rposition(|quotation| quotation.continues) else {
        return;
    };
    let last_start = quotations[last].span.start;
    for quotation in &mut quotations[..last] {
        let end = sentence_end(sentences, quotation.span.start, quotation.span.end);
        if quotation.continues && end <= last_start {
            quotation.continues = false;
            quotation.span.end = end;
        }
    }
}

fn nest(quotations: &mut [Quotation]) {
    let mut enclosing: Vec<usize> = Vec::new();
    for quotation in quotations {
        // One that ends inside this one encloses nothing further either, so that the
        // ends that are left fall from outer to inner and their number is the depth.
        while enclosing.last().is_some_and(|&end| end < quotation.span.end) {
            enclosing.pop();
        }
        quotation.depth = enclosing.len();
        enclosing.push(quotation.span.end);
    }
}
