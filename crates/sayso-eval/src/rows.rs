//! How good are the labels of token rows, scored as the published figures are?
//!
//! Each row is read alone. A span counts when its role, its first and its last token
//! are those of a gold span; an I- label without its B- opens a span. Precision,
//! recall and F1 are over all rows, repeats included.

use std::ops::Range;

use rayon::prelude::*;
use sayso::Span;
use sayso::tag::{Role, Tagger};
use serde::Serialize;

use crate::corpus::TokenRow;
use crate::score::{self, Counts};

/// Scores of token rows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowReport {
    /// Rows read.
    pub rows: usize,
    /// Exact spans.
    pub source: Counts,
    /// Exact spans.
    pub cue: Counts,
    /// Exact spans.
    pub content: Counts,
}

/// Tags each row and compares it with its labels.
pub fn score_rows(tagger: &Tagger, rows: &[TokenRow]) -> RowReport {
    let compare = |row: &TokenRow| {
        let found = predict(tagger, row);
        let gold = spans(&row.labels);
        Role::ALL.map(|role| {
            let of = |spans: &[(Role, Range<usize>)]| -> Vec<(Role, Range<usize>)> {
                spans.iter().filter(|span| span.0 == role).cloned().collect()
            };
            let (found, gold) = (of(&found), of(&gold));
            let hit = found.iter().filter(|span| gold.contains(span)).count();
            Counts { hit, found: found.len(), gold: gold.len() }
        })
    };
    let mut total = [Counts::default(); 3];
    for row in rows.par_iter().map(compare).collect::<Vec<_>>() {
        for (total, counts) in total.iter_mut().zip(row) {
            total.add(counts);
        }
    }
    let [source, cue, content] = total;
    RowReport { rows: rows.len(), source, cue, content }
}

impl RowReport {
    /// The report as text.
    pub fn text(&self) -> String {
        let mut out = score::heading(&format!("{} token rows", self.rows));
        out += &score::line("source", self.source);
        out += &score::line("cue", self.cue);
        out += &score::line("content", self.content);
        out
    }
}

/// The spans of BIO labels.
fn spans(labels: &[String]) -> Vec<(Role, Range<usize>)> {
    let mut found: Vec<(Role, Range<usize>)> = Vec::new();
    let mut open = false;
    for (i, label) in labels.iter().enumerate() {
        let role = label.get(2..).and_then(|name| Role::ALL.into_iter().find(|r| r.name() == name));
        let goes_on = open && label.starts_with('I') && found.last().map(|s| s.0) == role;
        match (role, found.last_mut()) {
            (Some(_), Some(last)) if goes_on => last.1.end = i + 1,
            (Some(role), _) => found.push((role, i..i + 1)),
            (None, _) => {}
        }
        open = role.is_some();
    }
    found
}

/// A token as the news writes it: the corpus spells marks as CoreNLP does.
fn spelled(token: &str) -> &str {
    match token {
        "``" => "“",
        "''" => "”",
        "-LRB-" => "(",
        "-RRB-" => ")",
        "-LSB-" => "[",
        "-RSB-" => "]",
        "-LCB-" => "{",
        "-RCB-" => "}",
        other => other,
    }
}

fn predict(tagger: &Tagger, row: &TokenRow) -> Vec<(Role, Range<usize>)> {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for token in &row.tokens {
        let start = text.len();
        text.push_str(spelled(token));
        tokens.push(Span::new(start, text.len()));
        text.push(' ');
    }
    let all = 0..tokens.len();
    let tagged = tagger.tag_paragraphs(&text, &tokens, &[vec![all]]);
    tagged.spans.into_iter().map(|span| (span.role, span.tokens)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_become_spans_as_the_published_scorer_reads_them() {
        let check = |labels: &str, expected: &[(Role, Range<usize>)]| {
            let labels: Vec<String> = labels.split(' ').map(str::to_owned).collect();
            assert_eq!(spans(&labels), expected);
        };
        check("O B-source I-source O B-cue", &[(Role::Source, 1..3), (Role::Cue, 4..5)]);
        check("B-cue B-cue", &[(Role::Cue, 0..1), (Role::Cue, 1..2)]);
        check("O I-content I-content", &[(Role::Content, 1..3)]);
        check("B-source I-content", &[(Role::Source, 0..1), (Role::Content, 1..2)]);
        check("O O", &[]);
    }
}
