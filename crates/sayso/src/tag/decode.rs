//! Which row of labels is best, and how sure is each span of it?

use sayso_nn::Dense;
use sayso_text::Span;

use super::{Role, TaggedSpan};

/// The labels, in the order of the head's outputs: nothing, then for each role the
/// beginning, inside and end of a span, and a span of a single token.
pub(super) const LABELS: [&str; 13] = [
    "O",
    "B-source",
    "I-source",
    "E-source",
    "S-source",
    "B-cue",
    "I-cue",
    "E-cue",
    "S-cue",
    "B-content",
    "I-content",
    "E-content",
    "S-content",
];
const N: usize = LABELS.len();

fn role(label: usize) -> Option<Role> {
    label.checked_sub(1).map(|i| Role::ALL[i / 4])
}

fn begins(label: usize) -> bool {
    LABELS[label].starts_with(['B', 'S'])
}

/// What no row of labels makes good.
const FORBIDDEN: f32 = -1e4;

/// `[before][label]`: nothing where the two make sense after each other; row 0 is the start,
/// column 0 the end. A beginning or inside goes on in an inside or end of its role, and
/// nothing else does.
fn transitions() -> [[f32; N + 1]; N + 1] {
    let of = |label: usize, kinds: [char; 2]| {
        label.checked_sub(1).filter(|&label| LABELS[label].starts_with(kinds)).and_then(role)
    };
    std::array::from_fn(|before| {
        std::array::from_fn(|label| {
            let makes_sense = of(before, ['B', 'I']) == of(label, ['I', 'E']);
            if makes_sense { 0.0 } else { FORBIDDEN }
        })
    })
}

/// The spans of the likeliest row of labels, each with its probability; the first of `tokens`
/// is token number `first`.
pub(super) fn spans(logits: &[Vec<f32>], tokens: &[Span], first: usize) -> Vec<TaggedSpan> {
    let scores: Vec<[f32; N]> = logits.iter().map(|row| std::array::from_fn(|i| row[i])).collect();
    let transitions = transitions();
    let labels = best(&transitions, &scores);
    let lattice = Lattice::new(&transitions, &scores);
    let mut spans: Vec<TaggedSpan> = Vec::new();
    let mut start = 0;
    for (t, &label) in labels.iter().enumerate() {
        if begins(label) {
            start = t;
        }
        let ends = labels.get(t + 1).is_none_or(|&next| role(next).is_none() || begins(next));
        if let (Some(role), true) = (role(label), ends) {
            spans.push(TaggedSpan {
                role,
                span: tokens[start].cover(tokens[t]),
                tokens: first + start..first + t + 1,
                probability: lattice.probability(start, &labels[start..=t]),
            });
        }
    }
    spans
}

/// The likeliest row of labels. A constant more or less for a token changes nothing.
///
/// # Source
/// Viterbi (1967).
fn best(transitions: &[[f32; N + 1]; N + 1], scores: &[[f32; N]]) -> Vec<usize> {
    let mut rows: Vec<[(f32, usize); N]> = Vec::with_capacity(scores.len());
    for (t, scores) in scores.iter().enumerate() {
        rows.push(std::array::from_fn(|label| {
            let mut cell = (f32::NEG_INFINITY, 0);
            if t == 0 {
                return (scores[label] + transitions[0][label + 1], 0);
            }
            for (before, &(score, _)) in rows[t - 1].iter().enumerate() {
                let score = score + transitions[before + 1][label + 1] + scores[label];
                if score > cell.0 {
                    cell = (score, before);
                }
            }
            cell
        }));
    }
    let Some(last) = rows.last() else { return Vec::new() };
    let ended = |label: usize| last[label].0 + transitions[label + 1][0];
    let mut label = (0..N).fold(0, |a, b| if ended(b) > ended(a) { b } else { a });
    let mut labels = vec![0; rows.len()];
    for t in (0..rows.len()).rev() {
        labels[t] = label;
        label = rows[t][label].1;
    }
    labels
}

/// The sums over all rows of labels, by which a span's probability is known.
///
/// Forward and backward sums are scaled token by token, after Rabiner (1989), section V.A.
/// All numbers are products and sums in one order, so they are the same everywhere.
struct Lattice {
    /// `[before][label]`, up to a factor that all rows of labels share.
    transitions: Vec<[f64; N + 1]>,
    /// Each token's scores, as numbers that add up to 1.
    weights: Vec<[f64; N]>,
    forward: Vec<[f64; N]>,
    backward: Vec<[f64; N]>,
    /// What each token's forward sums were divided by.
    scales: Vec<f64>,
}

impl Lattice {
    fn new(transitions: &[[f32; N + 1]; N + 1], scores: &[[f32; N]]) -> Self {
        let flat = Dense::softmax(transitions.iter().flatten().copied().collect());
        let transitions: Vec<[f64; N + 1]> =
            flat.as_chunks::<{ N + 1 }>().0.iter().map(|row| row.map(f64::from)).collect();
        let weights: Vec<[f64; N]> = scores
            .iter()
            .map(|scores| {
                let row = Dense::softmax(scores.to_vec());
                std::array::from_fn(|i| f64::from(row[i]))
            })
            .collect();
        let n = weights.len();
        let (mut forward, mut scales): (Vec<[f64; N]>, Vec<f64>) = (Vec::with_capacity(n), Vec::new());
        for (t, weights) in weights.iter().enumerate() {
            let row: [f64; N] = std::array::from_fn(|label| {
                let before = match t {
                    0 => transitions[0][label + 1],
                    _ => (0..N).map(|b| forward[t - 1][b] * transitions[b + 1][label + 1]).sum(),
                };
                before * weights[label]
            });
            let scale = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            forward.push(row.map(|x| x / scale));
            scales.push(scale);
        }
        let mut backward = vec![[0.0; N]; n];
        if let Some(last) = forward.last() {
            let ended: f64 = (0..N).map(|label| last[label] * transitions[label + 1][0]).sum();
            let ended = ended.max(f64::MIN_POSITIVE);
            backward[n - 1] = std::array::from_fn(|label| transitions[label + 1][0] / ended);
        }
        for t in (0..n.saturating_sub(1)).rev() {
            let next: [f64; N] =
                std::array::from_fn(|i| weights[t + 1][i] * backward[t + 1][i] / scales[t + 1]);
            backward[t] =
                std::array::from_fn(|label| (0..N).map(|i| transitions[label + 1][i + 1] * next[i]).sum());
        }
        Self { transitions, weights, forward, backward, scales }
    }

    /// The probability that just these tokens are one span, from 0 to 1.
    fn probability(&self, start: usize, labels: &[usize]) -> f32 {
        let Some((&first, &last)) = labels.first().zip(labels.last()) else { return 0.0 };
        let mut p = self.forward[start][first];
        for (i, pair) in labels.windows(2).enumerate() {
            let t = start + i + 1;
            p *= self.transitions[pair[0] + 1][pair[1] + 1] * self.weights[t][pair[1]] / self.scales[t];
        }
        p *= self.backward[start + labels.len() - 1][last];
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
        let p = p.clamp(0.0, 1.0) as f32;
        p
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// One token per letter: the letter's label is likeliest, the small one's next.
    fn rows(likeliest: &[usize], second: &[usize]) -> Vec<Vec<f32>> {
        let row = |(&a, &b): (&usize, &usize)| {
            let mut row = vec![0.0; N];
            row[b] = 3.0;
            row[a] = 4.0;
            row
        };
        likeliest.iter().zip(second).map(row).collect()
    }

    fn found(logits: &[Vec<f32>]) -> Vec<TaggedSpan> {
        let tokens: Vec<Span> = (0..logits.len()).map(|i| Span::new(2 * i, 2 * i + 1)).collect();
        spans(logits, &tokens, 0)
    }

    fn check(likeliest: &[usize], second: &[usize], expected: &[(Role, std::ops::Range<usize>)]) {
        let found = found(&rows(likeliest, second));
        assert_eq!(found.into_iter().map(|s| (s.role, s.tokens)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_that_make_sense_stay() {
        let expected = [(Role::Source, 0..2), (Role::Cue, 2..3), (Role::Content, 3..6)];
        check(&[1, 3, 8, 9, 10, 11, 0], &[0; 7], &expected);
    }

    #[test]
    fn an_inside_label_needs_its_beginning_and_its_end() {
        check(&[2, 3, 0], &[1, 2, 0], &[(Role::Source, 0..2)]);
        check(&[9, 10, 10], &[0, 0, 11], &[(Role::Content, 0..3)]);
    }

    #[test]
    fn two_of_one_role_may_touch() {
        check(&[4, 1, 3], &[0; 3], &[(Role::Source, 0..1), (Role::Source, 1..3)]);
    }

    /// Against the sum over all rows of labels, one by one.
    #[test]
    fn a_span_has_the_share_of_the_rows_that_hold_it() {
        let logits = rows(&[1, 3, 8], &[4, 0, 5]);
        let transitions = transitions();
        let (mut all, mut with) = (0.0f64, 0.0f64);
        for row in 0..N.pow(3) {
            let labels = [row / N / N, row / N % N, row % N];
            let mut before = 0;
            let mut score = 0.0;
            for (t, &label) in labels.iter().enumerate() {
                score += transitions[before][label + 1] + logits[t][label];
                before = label + 1;
            }
            let weight = f64::from(score + transitions[before][0]).exp();
            all += weight;
            if labels[..2] == [1, 3] {
                with += weight;
            }
        }
        let spans = found(&logits);
        assert_eq!(spans[0].tokens, 0..2);
        assert!(
            (f64::from(spans[0].probability) - with / all).abs() < 1e-5,
            "{} {}",
            spans[0].probability,
            with / all
        );
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
        assert!(found(&[]).is_empty());
    }
}
