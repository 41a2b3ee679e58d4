//! Which label sequence is best, and how sure is each span of it?

use sayso_nn::softmax;
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

/// `[before][label]`: may the two follow each other? Row 0 is the start, column 0 the end.
type Transitions = [[bool; N + 1]; N + 1];

/// A beginning or inside goes on in an inside or end of its role, and nothing else does.
fn transitions() -> Transitions {
    let of = |label: usize, kinds: [char; 2]| {
        label.checked_sub(1).filter(|&label| LABELS[label].starts_with(kinds)).and_then(role)
    };
    std::array::from_fn(|before| std::array::from_fn(|label| of(before, ['B', 'I']) == of(label, ['I', 'E'])))
}

/// The spans of the likeliest label sequence, each with its probability; the first of `tokens`
/// is token number `first`.
pub(super) fn spans(logits: &[Vec<f32>], tokens: &[Span], first: usize) -> Vec<TaggedSpan> {
    let scores: Vec<[f32; N]> = logits.iter().map(|row| std::array::from_fn(|i| row[i])).collect();
    let transitions = transitions();
    let labels = viterbi(&transitions, &scores);
    let lattice = Lattice::new(transitions, &scores);
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

/// The likeliest label sequence. A constant more or less for a token changes nothing.
///
/// # Source
/// Viterbi (1967).
fn viterbi(transitions: &Transitions, scores: &[[f32; N]]) -> Vec<usize> {
    let mut rows: Vec<[(f32, usize); N]> = Vec::with_capacity(scores.len());
    for (t, scores) in scores.iter().enumerate() {
        rows.push(std::array::from_fn(|label| {
            let mut cell = (f32::NEG_INFINITY, 0);
            if t == 0 {
                return if transitions[0][label + 1] { (scores[label], 0) } else { cell };
            }
            for (before, &(score, _)) in rows[t - 1].iter().enumerate() {
                if transitions[before + 1][label + 1] && score + scores[label] > cell.0 {
                    cell = (score + scores[label], before);
                }
            }
            cell
        }));
    }
    let Some(last) = rows.last() else { return Vec::new() };
    let ended = |label: usize| if transitions[label + 1][0] { last[label].0 } else { f32::NEG_INFINITY };
    let mut label = (0..N).fold(0, |a, b| if ended(b) > ended(a) { b } else { a });
    let mut labels = vec![0; rows.len()];
    for t in (0..rows.len()).rev() {
        labels[t] = label;
        label = rows[t][label].1;
    }
    labels
}

/// The sums over all label sequences (forward-backward), by which a span's probability is known.
///
/// Forward and backward sums are scaled token by token, after Rabiner (1989), section V.A.
/// All numbers are products and sums in one order, so they are the same everywhere.
struct Lattice {
    transitions: Transitions,
    /// Each token's scores, as numbers that add up to 1.
    weights: Vec<[f64; N]>,
    forward: Vec<[f64; N]>,
    backward: Vec<[f64; N]>,
    /// What each token's forward sums were divided by.
    scales: Vec<f64>,
}

impl Lattice {
    fn new(transitions: Transitions, scores: &[[f32; N]]) -> Self {
        let factor = |before: usize, label: usize| f64::from(u8::from(transitions[before][label]));
        let weights: Vec<[f64; N]> = scores
            .iter()
            .map(|scores| {
                let mut row = *scores;
                softmax(&mut row);
                row.map(f64::from)
            })
            .collect();
        let n = weights.len();
        let (mut forward, mut scales): (Vec<[f64; N]>, Vec<f64>) = (Vec::with_capacity(n), Vec::new());
        for (t, weights) in weights.iter().enumerate() {
            let row: [f64; N] = std::array::from_fn(|label| {
                let before = match t {
                    0 => factor(0, label + 1),
                    _ => (0..N).map(|b| forward[t - 1][b] * factor(b + 1, label + 1)).sum(),
                };
                before * weights[label]
            });
            let scale = row.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            forward.push(row.map(|x| x / scale));
            scales.push(scale);
        }
        let mut backward = vec![[0.0; N]; n];
        if let Some(last) = forward.last() {
            let ended: f64 = (0..N).map(|label| last[label] * factor(label + 1, 0)).sum();
            let ended = ended.max(f64::MIN_POSITIVE);
            backward[n - 1] = std::array::from_fn(|label| factor(label + 1, 0) / ended);
        }
        for t in (0..n.saturating_sub(1)).rev() {
            let next: [f64; N] =
                std::array::from_fn(|i| weights[t + 1][i] * backward[t + 1][i] / scales[t + 1]);
            backward[t] =
                std::array::from_fn(|label| (0..N).map(|i| factor(label + 1, i + 1) * next[i]).sum());
        }
        Self { transitions, weights, forward, backward, scales }
    }

    /// The probability that just these tokens are one span, from 0 to 1.
    fn probability(&self, start: usize, labels: &[usize]) -> f32 {
        let Some((&first, &last)) = labels.first().zip(labels.last()) else { return 0.0 };
        let mut p = self.forward[start][first];
        for (i, pair) in labels.windows(2).enumerate() {
            let t = start + i + 1;
            if !self.transitions[pair[0] + 1][pair[1] + 1] {
                return 0.0;
            }
            p *= self.weights[t][pair[1]] / self.scales[t];
        }
        p *= self.backward[start + labels.len() - 1][last];
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
        // Weights so extreme that all sums vanish know nothing.
        let p = if p.is_finite() { p.clamp(0.0, 1.0) as f32 } else { 0.0 };
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

    /// Scores of one token per number: that label is likeliest, the one of `second` is next.
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
    fn sequences_that_make_sense_stay() {
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

    /// Against the sum over all label sequences, one by one.
    #[test]
    fn a_span_has_the_share_of_the_sequences_that_hold_it() {
        let likeliest = [1, 3, 8, 4];
        let logits = rows(&likeliest, &[4, 0, 5, 12]);
        let transitions = transitions();
        let sequence = |row: usize| [row / N / N / N, row / N / N % N, row / N % N, row % N];
        let weight = |labels: &[usize; 4]| {
            let edges = [&[0], labels.map(|label| label + 1).as_slice(), &[0]].concat();
            let allowed = edges.windows(2).all(|pair| transitions[pair[0]][pair[1]]);
            let score: f32 = labels.iter().enumerate().map(|(t, &label)| logits[t][label]).sum();
            if allowed { libm::exp(f64::from(score)) } else { 0.0 }
        };
        let all: f64 = (0..N.pow(4)).map(|row| weight(&sequence(row))).sum();
        let spans = found(&logits);
        let expected = [(Role::Source, 0..2), (Role::Cue, 2..3), (Role::Source, 3..4)];
        assert_eq!(spans.iter().map(|s| (s.role, s.tokens.clone())).collect::<Vec<_>>(), expected);
        for span in spans {
            let holds = |labels: &[usize; 4]| labels[span.tokens.clone()] == likeliest[span.tokens.clone()];
            let with: f64 = (0..N.pow(4)).map(sequence).filter(holds).map(|labels| weight(&labels)).sum();
            let (p, expected) = (f64::from(span.probability), with / all);
            assert!((p - expected).abs() < 1e-5, "{:?}: {p} {expected}", span.tokens);
        }
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
