//! How good are the clusters of mentions?
//!
//! MUC counts links, B³ mentions and CEAF-e whole clusters; the mean of their F1 is the
//! score of the CoNLL-2012 shared task. As in the reference scorer 8.01, a mention is
//! right only with both ends right, and mentions that stand on one side only stay there:
//! none is added to the other side or taken away. Singletons count as they are given:
//! `OntoNotes`, which published figures are of, has none in its key.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use serde::Serialize;

/// The two ends of a mention, in whatever unit key and response share.
pub type Mention = (usize, usize);

/// Sums over the documents of a corpus; the ratios are made of the sums.
///
/// ```
/// use sayso_eval::coreference::CoreferenceCounts;
/// let key = [vec![(0, 1), (4, 5)], vec![(2, 3)]];
/// let mut counts = CoreferenceCounts::default();
/// counts.count(&key, &key);
/// assert_eq!(counts.scores().mean_f1, 1.0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CoreferenceCounts {
    mentions: Sums,
    muc: Sums,
    b_cubed: Sums,
    ceaf_e: Sums,
}

/// The parts of a metric's precision and recall.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Sums {
    right_in_response: f64,
    response: f64,
    right_in_key: f64,
    key: f64,
}

/// Each from 0 to 1; 0 where there is nothing to divide by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Scores {
    /// Share of the response that is right.
    pub precision: f64,
    /// Share of the key that was found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// Scores of a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct CoreferenceScores {
    /// Of mentions, in whatever cluster; no part of the mean.
    pub mentions: Scores,
    /// Of links.
    pub muc: Scores,
    /// Of mentions, each by how much of its cluster is right.
    pub b_cubed: Scores,
    /// Of clusters, paired one to one.
    pub ceaf_e: Scores,
    /// The mean F1 of MUC, B³ and CEAF-e.
    pub mean_f1: f64,
}

impl CoreferenceCounts {
    /// Counts one document. A mention that comes twice on a side counts where it comes
    /// first, and empty clusters don't count.
    ///
    /// # Source
    /// MUC: Vilain et al. 1995. B³: Bagga and Baldwin 1998. CEAF-e: Luo 2005 with his φ4.
    /// Over predicted mentions: Pradhan et al. 2014. The reference scorer drops repeats
    /// in the response only; a key should have none.
    pub fn count(&mut self, key: &[Vec<Mention>], response: &[Vec<Mention>]) {
        let (key, response) = (distinct(key), distinct(response));
        let shared = shared(&key, &response);
        let sizes = |clusters: &[Vec<Mention>]| clusters.iter().map(Vec::len).collect::<Vec<_>>();
        let (key, response) = (sizes(&key), sizes(&response));
        let found = |each: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
            let pair =
                |(&(k, r), &n): (&(usize, usize), &usize)| each(real(n), real(key[k]), real(response[r]));
            shared.iter().map(pair).sum()
        };
        let total = |sizes: &[usize]| real(sizes.iter().sum());
        let clusters = |sizes: &[usize]| real(sizes.len());

        self.mentions.add(Sums::equal(found(&|n, _, _| n), total(&response), total(&key)));
        // Where a cluster is cut in p parts, p - 1 of its links are missing. Both sides
        // agree on n - 1 links in each part of n mentions that they share.
        let links = |sizes: &[usize]| total(sizes) - clusters(sizes);
        self.muc.add(Sums::equal(found(&|n, _, _| n - 1.0), links(&response), links(&key)));
        self.b_cubed.add(Sums {
            right_in_response: found(&|n, _, in_response| n * n / in_response),
            response: total(&response),
            right_in_key: found(&|n, in_key, _| n * n / in_key),
            key: total(&key),
        });
        let alike = shared.iter().map(|(&(k, r), &n)| ((k, r), real(2 * n) / real(key[k] + response[r])));
        self.ceaf_e.add(Sums::equal(best_pairing(&alike.collect()), clusters(&response), clusters(&key)));
    }

    /// Adds another set of documents.
    pub fn add(&mut self, other: Self) {
        self.mentions.add(other.mentions);
        self.muc.add(other.muc);
        self.b_cubed.add(other.b_cubed);
        self.ceaf_e.add(other.ceaf_e);
    }

    /// The ratios of what was counted so far.
    #[must_use]
    pub fn scores(&self) -> CoreferenceScores {
        let (muc, b_cubed, ceaf_e) = (self.muc.scores(), self.b_cubed.scores(), self.ceaf_e.scores());
        let mean_f1 = (muc.f1 + b_cubed.f1 + ceaf_e.f1) / 3.0;
        CoreferenceScores { mentions: self.mentions.scores(), muc, b_cubed, ceaf_e, mean_f1 }
    }
}

impl Sums {
    /// Of a metric that finds as much right in the response as in the key.
    fn equal(right: f64, response: f64, key: f64) -> Self {
        Self { right_in_response: right, response, right_in_key: right, key }
    }

    fn add(&mut self, other: Self) {
        self.right_in_response += other.right_in_response;
        self.response += other.response;
        self.right_in_key += other.right_in_key;
        self.key += other.key;
    }

    fn scores(self) -> Scores {
        let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let precision = ratio(self.right_in_response, self.response);
        let recall = ratio(self.right_in_key, self.key);
        Scores { precision, recall, f1: ratio(2.0 * precision * recall, precision + recall) }
    }
}

/// The clusters without mentions that came before, and without those left empty.
fn distinct(clusters: &[Vec<Mention>]) -> Vec<Vec<Mention>> {
    let mut seen = HashSet::new();
    let mut first =
        |cluster: &Vec<Mention>| cluster.iter().copied().filter(|m| seen.insert(*m)).collect::<Vec<_>>();
    clusters.iter().map(&mut first).filter(|cluster| !cluster.is_empty()).collect()
}

/// How many mentions a key cluster and a response cluster share, for those that do.
fn shared(key: &[Vec<Mention>], response: &[Vec<Mention>]) -> BTreeMap<(usize, usize), usize> {
    let members = |(k, cluster): (usize, &Vec<Mention>)| {
        cluster.iter().map(move |mention| (*mention, k)).collect::<Vec<_>>()
    };
    let in_key: HashMap<Mention, usize> = key.iter().enumerate().flat_map(members).collect();
    let mut shared = BTreeMap::new();
    for (r, cluster) in response.iter().enumerate() {
        for k in cluster.iter().filter_map(|mention| in_key.get(mention)) {
            *shared.entry((*k, r)).or_default() += 1;
        }
    }
    shared
}

/// The most that a one-to-one pairing of rows and columns adds up to. `weights` has the
/// pairs that are above 0, each at most 1.
fn best_pairing(weights: &BTreeMap<(usize, usize), f64>) -> f64 {
    let (mut in_row, mut in_column) = (HashMap::new(), HashMap::new());
    for &(row, column) in weights.keys() {
        *in_row.entry(row).or_insert(0) += 1;
        *in_column.entry(column).or_insert(0) += 1;
    }
    // Most clusters meet one other only: those pairs are sure, and the matrix stays small.
    let sure = |&((row, column), _): &((usize, usize), f64)| in_row[&row] == 1 && in_column[&column] == 1;
    let (sure, open): (Vec<_>, Vec<_>) =
        weights.iter().map(|(pair, weight)| (*pair, *weight)).partition(sure);
    sure.iter().map(|(_, weight)| weight).sum::<f64>() + best_of_matrix(&open)
}

/// As [`best_pairing`], by the Hungarian algorithm over the rows and columns in `cells`.
fn best_of_matrix(cells: &[((usize, usize), f64)]) -> f64 {
    // Whole numbers, which have an order; two pairings that differ by less are as good.
    const SCALE: f64 = 1e12;
    let rank = |names: BTreeSet<usize>| -> HashMap<usize, usize> { names.into_iter().zip(0..).collect() };
    let mut rows = rank(cells.iter().map(|((row, _), _)| *row).collect());
    let mut columns = rank(cells.iter().map(|((_, column), _)| *column).collect());
    // The algorithm gives every row a column.
    let turned = rows.len() > columns.len();
    if turned {
        std::mem::swap(&mut rows, &mut columns);
    }
    let mut scaled = Matrix::new(rows.len(), columns.len(), 0_i64);
    let mut exact = HashMap::new();
    for &((row, column), weight) in cells {
        let (row, column) = if turned { (column, row) } else { (row, column) };
        let cell = (rows[&row], columns[&column]);
        #[expect(clippy::cast_possible_truncation, reason = "weights are at most 1")]
        let whole = (weight * SCALE).round() as i64;
        scaled[cell] = whole;
        exact.insert(cell, weight);
    }
    let (_, column_of) = kuhn_munkres(&scaled);
    column_of.into_iter().enumerate().filter_map(|cell| exact.get(&cell)).sum()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn real(count: usize) -> f64 {
    count as f64
}

impl CoreferenceScores {
    /// A line for each measure, in per cent, and their mean.
    pub fn text(&self) -> String {
        let mut out = format!("{:16}{:>8}{:>8}{:>8}\n", "coreference", "P", "R", "F1");
        for (name, s) in
            [("mentions", self.mentions), ("MUC", self.muc), ("B³", self.b_cubed), ("CEAF-e", self.ceaf_e)]
        {
            out += &format!(
                "  {name:14}{:>8.1}{:>8.1}{:>8.1}\n",
                100.0 * s.precision,
                100.0 * s.recall,
                100.0 * s.f1
            );
        }
        out + &format!("  {:14}{:>24.1}\n", "CoNLL mean", 100.0 * self.mean_f1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `"ab cde"` is a cluster of two mentions and one of three.
    fn clusters(letters: &str) -> Vec<Vec<Mention>> {
        let mention = |c: char| (c as usize, c as usize + 1);
        letters.split_whitespace().map(|cluster| cluster.chars().map(mention).collect()).collect()
    }

    fn scores(key: &str, response: &str) -> CoreferenceScores {
        let mut counts = CoreferenceCounts::default();
        counts.count(&clusters(key), &clusters(response));
        counts.scores()
    }

    /// Recall and precision, as the reference scorer's tests have them.
    fn check(
        key: &str,
        response: &str,
        name: &str,
        of: fn(&CoreferenceScores) -> Scores,
        expected: [f64; 2],
    ) {
        let found = of(&scores(key, response));
        for (found, expected) in [found.recall, found.precision].into_iter().zip(expected) {
            assert!((found - expected).abs() < 5e-6, "{name} of {key} | {response}: {found}, not {expected}");
        }
    }

    const MUC: (&str, fn(&CoreferenceScores) -> Scores) = ("MUC", |s| s.muc);
    const B_CUBED: (&str, fn(&CoreferenceScores) -> Scores) = ("B³", |s| s.b_cubed);
    const CEAF_E: (&str, fn(&CoreferenceScores) -> Scores) = ("CEAF-e", |s| s.ceaf_e);

    #[test]
    fn the_worked_example_of_pradhan_et_al() {
        let (key, response) = ("abc defg", "ab cd fghi");
        let b_cubed = [1.0 / 7.0 * (4.0 / 3.0 + 1.0 / 3.0 + 1.0 / 4.0 + 4.0 / 4.0), 0.5];
        check(key, response, MUC.0, MUC.1, [2.0 / 5.0, 2.0 / 5.0]);
        check(key, response, B_CUBED.0, B_CUBED.1, b_cubed);
        check(key, response, CEAF_E.0, CEAF_E.1, [0.65, 0.65 * 2.0 / 3.0]);
        let found = scores(key, response);
        assert!((found.muc.f1 - 0.4).abs() < 1e-12);
        assert!((found.mentions.recall - 6.0 / 7.0).abs() < 1e-12);
        assert!((found.mentions.precision - 6.0 / 8.0).abs() < 1e-12);
        assert!((found.mean_f1 - (found.muc.f1 + found.b_cubed.f1 + found.ceaf_e.f1) / 3.0).abs() < 1e-12);
    }

    /// The reference scorer's own tests, by its names; there the same mention twice is
    /// dropped from the response (A7 to A9).
    #[test]
    fn links_are_those_of_the_reference_scorer() {
        let rows = [
            ("a bc def", "a bc def", [1.0, 1.0]),                         // A1
            ("a bc def", "a de", [1.0 / 3.0, 1.0]),                       // A2
            ("a bc def", "a bcx defy z", [1.0, 3.0 / 5.0]),               // A3
            ("a bc def", "a bcx dy z", [1.0 / 3.0, 1.0 / 3.0]),           // A4
            ("a bc def", "a bcxB dy z", [1.0 / 3.0, 1.0 / 4.0]),          // A5
            ("a bc def", "a bcx dy Bz", [1.0 / 3.0, 1.0 / 4.0]),          // A6
            ("a bc def", "a bcxb dy z", [1.0 / 3.0, 1.0 / 3.0]),          // A7
            ("a bc def", "a bcx dy bz", [1.0 / 3.0, 1.0 / 3.0]),          // A8
            ("a bc def", "a bcx dy bbbbbbbbbbz", [1.0 / 3.0, 1.0 / 3.0]), // A9
            ("a bc def", "a b c d e f", [0.0, 0.0]),                      // A10
            ("a bc def", "abcdef", [1.0, 3.0 / 5.0]),                     // A11
            ("a bc def", "a x y c d e z", [0.0, 0.0]),                    // A12
            ("a bc def", "axycdez", [1.0 / 3.0, 1.0 / 6.0]),              // A13
            ("12345 67 89ABC", "12345 6789ABC", [1.0, 9.0 / 10.0]),       // D1
            ("12345 67 89ABC", "1234589ABC 67", [1.0, 9.0 / 10.0]),       // E1
            ("ABCD", "AB CD", [2.0 / 3.0, 1.0]),                          // F1
            ("AB CD", "ABCD", [1.0, 2.0 / 3.0]),                          // G1
            ("ABC", "AC", [1.0 / 2.0, 1.0]),                              // J1
            ("BCDEGHJ", "ABC DEF GHI", [3.0 / 6.0, 3.0 / 6.0]),           // K1
            ("ABC DEFG", "AB CD FGH", [2.0 / 5.0, 2.0 / 4.0]),            // L1
            ("a b c", "a b c", [0.0, 0.0]),                               // N1: no links
        ];
        for (key, response, expected) in rows {
            check(key, response, MUC.0, MUC.1, expected);
        }
    }

    #[test]
    fn mentions_by_cluster_are_those_of_the_reference_scorer() {
        let rows = [
            ("a bc def", "a bc def", [1.0, 1.0]),                           // A1
            ("a bc def", "a de", [7.0 / 18.0, 1.0]),                        // A2
            ("a bc def", "a bcx defy z", [1.0, 55.0 / 108.0]),              // A3
            ("a bc def", "a bcx dy z", [5.0 / 9.0, 17.0 / 42.0]),           // A4
            ("a bc def", "a bcxB dy z", [5.0 / 9.0, 5.0 / 16.0]),           // A5
            ("a bc def", "a bcx dy Bz", [5.0 / 9.0, 17.0 / 48.0]),          // A6
            ("a bc def", "a bcxb dy z", [5.0 / 9.0, 17.0 / 42.0]),          // A7
            ("a bc def", "a bcx dy bz", [5.0 / 9.0, 17.0 / 42.0]),          // A8
            ("a bc def", "a bcx dy bbbbbbbbbbz", [5.0 / 9.0, 17.0 / 42.0]), // A9
            ("a bc def", "a b c d e f", [3.0 / 6.0, 1.0]),                  // A10
            ("a bc def", "abcdef", [1.0, 7.0 / 18.0]),                      // A11
            ("a bc def", "a x y c d e z", [13.0 / 36.0, 4.0 / 7.0]),        // A12
            ("a bc def", "axycdez", [17.0 / 36.0, 6.0 / 49.0]),             // A13
            ("12345 67 89ABC", "12345 6789ABC", [1.0, 16.0 / 21.0]),        // D1
            ("12345 67 89ABC", "1234589ABC 67", [1.0, 7.0 / 12.0]),         // E1
            ("a b c", "a b c", [1.0, 1.0]),                                 // N1
        ];
        for (key, response, expected) in rows {
            check(key, response, B_CUBED.0, B_CUBED.1, expected);
        }
    }

    #[test]
    fn paired_clusters_are_those_of_the_reference_scorer() {
        let rows = [
            ("a bc def", "a bc def", [1.0, 1.0]),                    // A1
            ("a bc def", "a de", [0.6, 0.9]),                        // A2
            ("a bc def", "a bcx defy z", [0.885_714, 0.664_286]),    // A3
            ("a bc def", "a bcx dy z", [0.733_333, 0.55]),           // A4
            ("a bc def", "a bcxB dy z", [0.688_889, 0.516_667]),     // A5
            ("a bc def", "a bcx dy Bz", [0.733_333, 0.55]),          // A6
            ("a bc def", "a bcxb dy z", [0.733_333, 0.55]),          // A7
            ("a bc def", "a bcx dy bz", [0.733_333, 0.55]),          // A8
            ("a bc def", "a bcx dy bbbbbbbbbbz", [0.733_333, 0.55]), // A9
            ("a b c", "a b c", [1.0, 1.0]),                          // N1
            // The likest pair, abcdef with abcdg, would leave the others nothing.
            ("abcdef g", "abcdg ef", [5.0 / 12.0, 5.0 / 12.0]),
            ("ab c d", "abcd", [2.0 / 3.0 / 3.0, 2.0 / 3.0]),
            ("abcd", "ab c d", [2.0 / 3.0, 2.0 / 3.0 / 3.0]),
        ];
        for (key, response, expected) in rows {
            check(key, response, CEAF_E.0, CEAF_E.1, expected);
        }
    }

    #[test]
    fn nothing_scores_nothing() {
        for (key, response) in [("", ""), ("ab c", ""), ("", "ab c"), ("ab", "cd")] {
            assert_eq!(scores(key, response), CoreferenceScores::default(), "{key} | {response}");
        }
    }

    #[test]
    fn a_perfect_response_scores_one() {
        let one = Scores { precision: 1.0, recall: 1.0, f1: 1.0 };
        let perfect = CoreferenceScores { mentions: one, muc: one, b_cubed: one, ceaf_e: one, mean_f1: 1.0 };
        assert_eq!(scores("abc de f", "f ed bca"), perfect);
    }

    #[test]
    fn documents_add_up_before_they_are_divided() {
        let (mut both, mut second) = (CoreferenceCounts::default(), CoreferenceCounts::default());
        both.count(&clusters("abcde"), &clusters("abcde"));
        second.count(&clusters("ab"), &clusters("a b"));
        both.add(second);
        let found = both.scores();
        let rows = [
            (found.muc, [4.0 / 5.0, 1.0]),
            (found.b_cubed, [6.0 / 7.0, 1.0]),
            (found.ceaf_e, [5.0 / 6.0, 5.0 / 9.0]),
        ];
        for (found, [recall, precision]) in rows {
            assert!((found.recall - recall).abs() < 1e-12, "{found:?}");
            assert!((found.precision - precision).abs() < 1e-12, "{found:?}");
        }
    }

    /// Every pairing, tried.
    fn naive(weights: &[Vec<f64>], row: usize, taken: &mut Vec<bool>) -> f64 {
        if row == weights.len() {
            return 0.0;
        }
        let mut best = naive(weights, row + 1, taken);
        for column in 0..taken.len() {
            if !std::mem::replace(&mut taken[column], true) {
                best = best.max(weights[row][column] + naive(weights, row + 1, taken));
                taken[column] = false;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_pairing_is_the_best_of_all(
            (columns, cells) in (1_usize..6).prop_flat_map(|columns| {
                let row = prop::collection::vec(prop_oneof![Just(0.0), 0.01..1.0], columns);
                (Just(columns), prop::collection::vec(row, 0..6))
            })
        ) {
            let above = |(row, cells): (usize, &Vec<f64>)| -> Vec<((usize, usize), f64)> {
                let pairs = cells.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
                pairs.map(|(column, weight)| ((row, column), *weight)).collect()
            };
            let weights = cells.iter().enumerate().flat_map(above).collect();
            let expected = naive(&cells, 0, &mut vec![false; columns]);
            prop_assert!((best_pairing(&weights) - expected).abs() < 1e-9);
        }

        #[test]
        fn precision_is_recall_with_sides_swapped(key in partition(), response in partition()) {
            let (mut there, mut back) = (CoreferenceCounts::default(), CoreferenceCounts::default());
            there.count(&key, &response);
            back.count(&response, &key);
            let (there, back) = (there.scores(), back.scores());
            let pairs = [(there.muc, back.muc), (there.b_cubed, back.b_cubed), (there.ceaf_e, back.ceaf_e)];
            for (there, back) in pairs {
                prop_assert!((there.precision - back.recall).abs() < 1e-12);
                prop_assert!((0.0..=1.0 + 1e-12).contains(&there.precision));
                prop_assert!((there.f1 - back.f1).abs() < 1e-12);
            }
        }
    }

    /// Some of twelve mentions, in up to six clusters.
    fn partition() -> impl Strategy<Value = Vec<Vec<Mention>>> {
        prop::collection::vec(prop::option::of(0_usize..6), 12).prop_map(|places| {
            let mut clusters = vec![Vec::new(); 6];
            for (mention, place) in places.into_iter().enumerate() {
                if let Some(place) = place {
                    clusters[place].push((mention, mention + 1));
                }
            }
            clusters
        })
    }
}
