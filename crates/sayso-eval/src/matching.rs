//! Which found attribution is which gold one?

use sayso::Span;

/// A source, a cue and contents, in bytes of one text; what is matched and compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Triple {
    /// In order; none when the source is missing.
    pub source: Vec<Span>,
    /// In order.
    pub cue: Vec<Span>,
    /// In order.
    pub content: Vec<Span>,
}

/// Code points in spans of `text` that don't overlap one another.
pub fn chars(text: &str, spans: &[Span]) -> usize {
    spans.iter().map(|span| span.of(text).chars().count()).sum()
}

/// The parts that two lists of spans share.
pub fn intersection(a: &[Span], b: &[Span]) -> Vec<Span> {
    let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    let shared = pairs.filter(|(a, b)| a.overlaps(**b));
    shared.map(|(a, b)| Span::new(a.start.max(b.start), a.end.min(b.end))).collect()
}

/// Intersection over union of two lists of spans, in code points; 0 when both are empty.
pub fn overlap(text: &str, a: &[Span], b: &[Span]) -> f64 {
    let shared = chars(text, &intersection(a, b));
    let union = chars(text, a) + chars(text, b) - shared;
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    if union == 0 { 0.0 } else { shared as f64 / union as f64 }
}

/// True when two sources have the same words but for outer punctuation, or are both
/// missing. Place doesn't count: "Zelensky" is "Zelensky".
pub fn same_source(text: &str, a: &[Span], b: &[Span]) -> bool {
    let words = |spans: &[Span]| {
        let joined = spans.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ");
        joined.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
    };
    a.is_empty() == b.is_empty() && words(a) == words(b)
}

/// The largest one-to-one matching of found to gold, among the pairs that `fits` allows;
/// a list of (found, gold).
///
/// # Source
/// Augmenting paths (Kuhn 1955); pairs with a higher `fits` are tried first.
pub fn one_to_one(
    n_found: usize,
    n_gold: usize,
    fits: impl Fn(usize, usize) -> Option<f64>,
) -> Vec<(usize, usize)> {
    let choices: Vec<Vec<usize>> = (0..n_found)
        .map(|f| {
            let mut all: Vec<(f64, usize)> =
                (0..n_gold).filter_map(|g| fits(f, g).map(|score| (score, g))).collect();
            all.sort_by(|a, b| b.0.total_cmp(&a.0));
            all.into_iter().map(|(_, g)| g).collect()
        })
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; n_gold];
    for found in 0..n_found {
        place(found, &choices, &mut taken, &mut vec![false; n_gold]);
    }
    taken.iter().enumerate().filter_map(|(g, f)| f.map(|f| (f, g))).collect()
}

fn place(found: usize, choices: &[Vec<usize>], taken: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &gold in &choices[found] {
        if std::mem::replace(&mut tried[gold], true) {
            continue;
        }
        let free = taken[gold].is_none_or(|other| place(other, choices, taken, tried));
        if free {
            taken[gold] = Some(found);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matching_is_the_largest() {
        let fits = |f: usize, g: usize| [[Some(0.9), Some(0.8)], [Some(1.0), None]][f][g];
        let mut pairs = one_to_one(2, 2, fits);
        pairs.sort_unstable();
        assert_eq!(pairs, [(0, 1), (1, 0)]);
    }

    #[test]
    fn overlap_counts_code_points() {
        let text = "“É” so";
        assert_eq!(overlap(text, &[Span::new(0, 5)], &[Span::new(3, 5)]), 0.5);
        assert_eq!(overlap(text, &[], &[]), 0.0);
    }

    #[test]
    fn sources_are_the_same_but_for_outer_marks() {
        let text = "Lee, Lee Park";
        let (lee_comma, lee, park) = (Span::new(0, 4), Span::new(5, 8), Span::new(5, 13));
        assert!(same_source(text, &[lee_comma], &[lee]));
        assert!(!same_source(text, &[lee], &[park]));
        assert!(!same_source(text, &[lee], &[]));
        assert!(same_source(text, &[], &[]));
    }
}
