//! Which row of labels is best, of those that make sense?

use sayso_nn::Dense;
use sayso_text::Span;

use super::{Role, TaggedSpan};

/// The labels, in the order of the head's outputs.
pub(super) const LABELS: [&str; 7] =
    ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"];
const N: usize = LABELS.len();

fn role(label: usize) -> Option<Role> {
    label.checked_sub(1).map(|i| Role::ALL[i / 2])
}

fn begins(label: usize) -> bool {
    label % 2 == 1
}

/// An I- label needs the same role before it.
fn allowed(before: Option<usize>, label: usize) -> bool {
    let inside = role(label).is_some() && !begins(label);
    !inside || before.is_some_and(|before| role(before) == role(label))
}

/// The likeliest allowed row of labels, given the logits of each token.
///
/// # Source
/// Viterbi (1967), with log-probabilities as scores and forbidden transitions only.
fn viterbi(log_p: &[[f32; N]]) -> Vec<usize> {
    let mut best: Vec<[(f32, usize); N]> = Vec::with_capacity(log_p.len());
    for (t, scores) in log_p.iter().enumerate() {
        let mut row = [(f32::NEG_INFINITY, 0); N];
        for (label, cell) in row.iter_mut().enumerate() {
            if t == 0 {
                if allowed(None, label) {
                    *cell = (scores[label], 0);
                }
                continue;
            }
            for (before, &(score, _)) in best[t - 1].iter().enumerate() {
                if allowed(Some(before), label) && score + scores[label] > cell.0 {
                    *cell = (score + scores[label], before);
                }
            }
        }
        best.push(row);
    }
    let Some(last) = best.last() else { return Vec::new() };
    let mut label = (0..N).fold(0, |a, b| if last[b].0 > last[a].0 { b } else { a });
    let mut labels = vec![0; best.len()];
    for t in (0..best.len()).rev() {
        labels[t] = label;
        label = best[t][label].1;
    }
    labels
}

/// The spans of tokens whose first one is token number `first`.
pub(super) fn spans(logits: &[Vec<f32>], tokens: &[Span], first: usize) -> Vec<TaggedSpan> {
    let p: Vec<Vec<f32>> = logits.iter().map(|row| Dense::softmax(row.clone())).collect();
    let log_p: Vec<[f32; N]> = logits.iter().map(|row| centred(row)).collect();
    let mut spans: Vec<TaggedSpan> = Vec::new();
    for (t, label) in viterbi(&log_p).into_iter().enumerate() {
        let Some(role) = role(label) else { continue };
        let token = first + t;
        if begins(label) {
            let tokens_of = token..token + 1;
            spans.push(TaggedSpan { role, span: tokens[token], tokens: tokens_of, probability: p[t][label] });
        } else if let Some(last) = spans.last_mut() {
            last.span = last.span.cover(tokens[token]);
            last.tokens.end = token + 1;
            last.probability += p[t][label];
        }
    }
    for span in &mut spans {
        #[expect(clippy::cast_precision_loss, reason = "spans are short")]
        let n = span.tokens.len() as f32;
        span.probability /= n;
    }
    spans
}

/// First words of a relative clause or an apposition, which belong to the source before.
const GOES_ON: [&str; 8] = ["who", "whose", "whom", "which", "that", "a", "an", "the"];

/// True when two sources are one: the second tells who the first is, and nothing but a
/// comma stands between them. A lone "who" is a source of its own ("Lee, who said so").
pub(super) fn tells_who(last: &TaggedSpan, next: &TaggedSpan, text: &str) -> bool {
    if [last.role, next.role] != [Role::Source; 2] || next.tokens.len() < 2 {
        return false;
    }
    let gap = text.get(last.span.end..next.span.start).unwrap_or("\n").trim_matches(' ');
    let first = next.span.of(text).split_whitespace().next().unwrap_or_default();
    (gap.is_empty() || gap == ",") && GOES_ON.contains(&first)
}

/// Logits less their largest. A constant per token changes no comparison between rows
/// of labels, so log-probabilities need no logarithm.
fn centred(logits: &[f32]) -> [f32; N] {
    let most = logits.iter().fold(f32::NEG_INFINITY, |a, &b| if b > a { b } else { a });
    std::array::from_fn(|i| logits.get(i).map_or(f32::NEG_INFINITY, |logit| logit - most))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One token per letter: the letter's label is likeliest, the small one's next.
    fn decode(likeliest: &[usize], second: &[usize]) -> Vec<(Role, std::ops::Range<usize>)> {
        let rows = likeliest.iter().zip(second).map(|(&a, &b)| {
            let mut row = vec![0.0; N];
            row[b] = 3.0;
            row[a] = 4.0;
            row
        });
        let tokens: Vec<Span> = (0..likeliest.len()).map(|i| Span::new(2 * i, 2 * i + 1)).collect();
        let found = spans(&rows.collect::<Vec<_>>(), &tokens, 0);
        found.into_iter().map(|s| (s.role, s.tokens)).collect()
    }

    #[test]
    fn rows_that_make_sense_stay() {
        let found = decode(&[1, 2, 3, 5, 6, 0], &[0; 6]);
        assert_eq!(found, [(Role::Source, 0..2), (Role::Cue, 2..3), (Role::Content, 3..5)]);
    }

    #[test]
    fn an_inside_label_needs_its_beginning() {
        assert_eq!(decode(&[2, 2, 0], &[1, 2, 0]), [(Role::Source, 0..2)]);
        assert_eq!(decode(&[5, 2, 6], &[5, 6, 6]), [(Role::Content, 0..3)]);
    }

    #[test]
    fn two_of_one_role_may_touch() {
        assert_eq!(decode(&[1, 1, 2], &[0; 3]), [(Role::Source, 0..1), (Role::Source, 1..3)]);
    }

    #[test]
    fn a_source_and_what_tells_who_it_is_are_one() {
        let check = |text: &str, cut: usize, expected: bool| {
            let source = |start: usize, end: usize| TaggedSpan {
                role: Role::Source,
                span: Span::new(start, end),
                tokens: start..end,
                probability: 1.0,
            };
            let first = source(0, text[..cut].trim_end_matches([' ', ',', '.', '\n']).len());
            assert_eq!(tells_who(&first, &source(cut, text.len()), text), expected, "{text}");
        };
        check("an operator who asked not to be named", 12, true);
        check("The Front, an armed group", 11, true);
        check("Ann Lee, Bo Lind", 9, false);
        check("The Front. the group", 11, false);
        check("The Front\nthe group", 10, false);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(spans(&[], &[], 0).is_empty());
    }
}
