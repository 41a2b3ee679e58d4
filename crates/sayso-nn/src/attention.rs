//! How much does each position take from each other one?
//!
//! Both products are sums of integers: queries and keys are quantised a row at a time, weights to 12 bits, and
//! values a column at a time. What is left in `f32` is done number by number, so no order of adding can matter.

use crate::kernels::{Ready, kernel};
use crate::lines::Lines;
use crate::math;
use crate::pairs::{PANEL, ROWS, Sums, tile};

/// Largest magnitudes: a sum over [`MAX_DIM`] dimensions, and one over [`MAX_POSITIONS`] positions, must fit 31 bits.
const QUERY_MAX: i16 = 8191;
const KEY_MAX: i16 = 4095;
const WEIGHT_MAX: i16 = 4095;
const VALUE_MAX: i16 = 1023;
/// Dimensions of a head at most.
pub(crate) const MAX_DIM: usize = 64;
/// Positions of a row at most.
pub(crate) const MAX_POSITIONS: usize = 512;
const _: () = assert!(QUERY_MAX as i64 * KEY_MAX as i64 * MAX_DIM as i64 <= i32::MAX as i64);
const _: () = assert!(WEIGHT_MAX as i64 * VALUE_MAX as i64 * MAX_POSITIONS as i64 <= i32::MAX as i64);

/// Buffers of one head's attention.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// Panels of keys: for each pair of dimensions, the pair of each key.
    keys: Lines<i16>,
    key_scales: Vec<f32>,
    /// Panels of dimensions: for each pair of positions, the pair of each dimension.
    values: Lines<i16>,
    value_scales: Vec<f32>,
    /// A block of queries.
    queries: Lines<i16>,
    query_scales: [f32; ROWS],
    /// Of each query of a block, for each position.
    scores: Lines<f32>,
    weights: Lines<i16>,
    n_up: usize,
}

impl Attention {
    /// Buffers for `n` positions and heads of `dim` numbers.
    pub(crate) fn new(n: usize, dim: usize) -> Self {
        let (n_up, dim_up) = (n.next_multiple_of(PANEL), dim.next_multiple_of(PANEL));
        let pairs = dim.next_multiple_of(2);
        Self {
            keys: Lines::filled(n_up * pairs, 0),
            key_scales: vec![0.0; n_up],
            values: Lines::filled(n_up * dim_up, 0),
            value_scales: vec![0.0; dim_up],
            queries: Lines::filled(ROWS * pairs, 0),
            query_scales: [0.0; ROWS],
            scores: Lines::filled(ROWS * n_up, 0.0),
            weights: Lines::filled(ROWS * n_up, 0),
            n_up,
        }
    }

    /// Scaled dot-product attention of one head over all positions. `qkv` has rows of 3 · `width`: queries, keys,
    /// values, each of all heads; this head's `dim` numbers start at `at` in each. Writes the head's columns of
    /// `out`, rows of `width`.
    pub(crate) fn run(&mut self, tier: Ready, qkv: &[f32], head: Head, out: &mut [f32]) {
        let Head { width, at, dim, n } = head;
        pack_keys(tier, qkv, head, &mut self.keys, &mut self.key_scales);
        pack_values(tier, qkv, head, &mut self.values, &mut self.value_scales);
        let columns = dim.next_multiple_of(2);
        let mut sums: Sums = [[0; PANEL]; ROWS];
        for first in (0..n).step_by(ROWS) {
            pack_queries(tier, qkv, head, first, &mut self.queries, &mut self.query_scales);
            let queries = std::array::from_fn(|r| &self.queries[r * columns..][..columns]);
            for (p, panel) in self.keys.chunks_exact(PANEL * columns).enumerate() {
                tile(tier, queries, panel, &mut sums);
                let scales = &self.key_scales[p * PANEL..][..PANEL];
                score(tier, &sums, &self.query_scales, scales, self.n_up, &mut self.scores[p * PANEL..]);
            }
            let mut totals = [0; ROWS];
            weigh(tier, &mut self.scores, n, self.n_up, &mut self.weights, &mut totals);
            // Behind the last pair of positions there is nothing.
            let pairs = n.next_multiple_of(2);
            let weights = std::array::from_fn(|r| &self.weights[r * self.n_up..][..pairs]);
            for (p, panel) in self.values.chunks_exact(PANEL * self.n_up).enumerate() {
                tile(tier, weights, &panel[..PANEL * pairs], &mut sums);
                let some = PANEL.min(dim - p * PANEL);
                let scales = &self.value_scales[p * PANEL..][..some];
                let rows = out.chunks_exact_mut(width).skip(first);
                for ((row, sums), &total) in rows.zip(&sums).zip(&totals) {
                    mix(tier, sums, total, scales, &mut row[at + p * PANEL..][..some]);
                }
            }
        }
    }
}

/// Where a head's numbers are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    /// Numbers of all heads.
    pub(crate) width: usize,
    /// The first of this head.
    pub(crate) at: usize,
    /// How many it has.
    pub(crate) dim: usize,
    /// Positions.
    pub(crate) n: usize,
}

impl Head {
    /// A position's query (0), key (1) or value (2).
    #[inline(always)]
    fn row(self, qkv: &[f32], position: usize, which: usize) -> &[f32] {
        &qkv[(position * 3 + which) * self.width + self.at..][..self.dim]
    }
}

kernel! {
    /// Quantises a block of queries; behind the last position the last stands again.
    fn pack_queries(qkv: &[f32], head: Head, first: usize, queries: &mut [i16], scales: &mut [f32; ROWS]) {
        #[expect(clippy::cast_precision_loss, reason = "heads are small")]
        let root = 1.0 / (head.dim as f32).sqrt();
        let rows = queries.chunks_exact_mut(head.dim.next_multiple_of(2)).zip(scales);
        for (r, (query, scale)) in rows.enumerate() {
            let row = head.row(qkv, (first + r).min(head.n - 1), 0);
            *scale = math::quantize(row, QUERY_MAX, &mut query[..head.dim]) * root;
        }
    }
}

kernel! {
    /// Quantises each position's key and packs them; positions behind the last stay zero.
    fn pack_keys(qkv: &[f32], head: Head, keys: &mut [i16], scales: &mut [f32]) {
        let columns = head.dim.next_multiple_of(2);
        let mut row = [0; MAX_DIM];
        for j in 0..head.n {
            scales[j] = math::quantize(head.row(qkv, j, 1), KEY_MAX, &mut row[..head.dim]);
            let panel = &mut keys[j / PANEL * PANEL * columns..][..PANEL * columns];
            for (pair, lanes) in row[..columns].as_chunks::<2>().0.iter().zip(panel.chunks_exact_mut(2 * PANEL)) {
                lanes[j % PANEL * 2..][..2].copy_from_slice(pair);
            }
        }
    }
}

kernel! {
    /// Quantises each dimension of the values over all positions and packs them.
    fn pack_values(qkv: &[f32], head: Head, values: &mut [i16], scales: &mut [f32]) {
        let mut most = [0.0f32; MAX_DIM];
        for j in 0..head.n {
            for (most, value) in most.iter_mut().zip(head.row(qkv, j, 2)) {
                let value = value.abs();
                *most = if value > *most { value } else { *most };
            }
        }
        let mut inverse = [0.0f32; MAX_DIM];
        for d in 0..head.dim {
            (scales[d], inverse[d]) = math::scale(most[d], VALUE_MAX);
        }
        let n_up = head.n.next_multiple_of(PANEL);
        let (inverse, _) = inverse.as_chunks::<PANEL>();
        for j in (0..head.n).step_by(2) {
            let even = head.row(qkv, j, 2).chunks(PANEL);
            // Behind the last position there is nothing.
            let odd = if j + 1 < head.n { head.row(qkv, j + 1, 2) } else { &[0.0; MAX_DIM][..head.dim] };
            for (p, ((even, odd), inverse)) in even.zip(odd.chunks(PANEL)).zip(inverse).enumerate() {
                let (lanes, _) = values[(p * n_up + j) * PANEL..][..2 * PANEL].as_chunks_mut::<2>();
                for ((lane, inverse), (even, odd)) in lanes.iter_mut().zip(inverse).zip(even.iter().zip(odd)) {
                    #[expect(clippy::cast_possible_truncation, reason = "at most `VALUE_MAX`")]
                    let pair = [even, odd].map(|value| math::round(value * inverse).1 as i16);
                    *lane = pair;
                }
            }
        }
    }
}

kernel! {
    /// Sums of queries and a panel of keys as scores, into columns of `scores`, rows of `n_up`.
    fn score(sums: &Sums, queries: &[f32; ROWS], keys: &[f32], n_up: usize, scores: &mut [f32]) {
        for (r, (sums, &query)) in sums.iter().zip(queries).enumerate() {
            let row = &mut scores[r * n_up..][..PANEL];
            for ((score, &sum), &key) in row.iter_mut().zip(sums).zip(keys) {
                #[expect(clippy::cast_precision_loss, reason = "the one rounding of a sum")]
                let sum = sum as f32;
                *score = sum * (query * key);
            }
        }
    }
}

kernel! {
    /// Softmax of each row of scores over its `n` positions, in steps of 1/4095 of the largest; `totals` are the
    /// steps of each row. Positions behind them that fill the last half of a panel get none: by their scores, so that no
    /// loop ends within a register. Rows are `n_up` long, a multiple of a panel.
    fn weigh(scores: &mut [f32], n: usize, n_up: usize, weights: &mut [i16], totals: &mut [i32; ROWS]) {
        // Of all rows first: they don't wait for each other as the weights of a row wait for its largest.
        let mut most = [0.0; ROWS];
        for (scores, most) in scores.chunks_exact_mut(n_up).zip(&mut most) {
            scores[n..].fill(f32::NEG_INFINITY);
            *most = math::max(scores);
        }
        let rows = scores.chunks_exact(n_up).zip(weights.chunks_exact_mut(n_up));
        for ((scores, weights), (most, total)) in rows.zip(most.iter().zip(totals)) {
            const HALF: usize = PANEL / 2;
            let mut lanes = [0; HALF];
            let (scores, weights) = (scores.as_chunks::<HALF>().0, weights.as_chunks_mut::<HALF>().0);
            for (scores, weights) in scores.iter().zip(weights).take(n.div_ceil(HALF)) {
                for ((&score, weight), lane) in scores.iter().zip(weights).zip(&mut lanes) {
                    let steps = math::exp_steps::<WEIGHT_MAX>(score - most);
                    #[expect(clippy::cast_possible_truncation, reason = "from 0 to 4095")]
                    let narrow = steps as i16;
                    *weight = narrow;
                    *lane += steps;
                }
            }
            *total = lanes.iter().sum();
        }
    }
}

kernel! {
    /// Sums of weights and values as numbers.
    fn mix(sums: &[i32; PANEL], total: i32, scales: &[f32], out: &mut [f32]) {
        #[expect(clippy::cast_precision_loss, reason = "at most 512 · 4095, which is exact")]
        let inverse = 1.0 / total as f32;
        for ((out, &sum), &scale) in out.iter_mut().zip(sums).zip(scales) {
            #[expect(clippy::cast_precision_loss, reason = "the one rounding of a sum")]
            let sum = sum as f32;
            *out = sum * (scale * inverse);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers from a seed, so that failures are small to print.
    fn numbers(seed: u64, n: usize) -> Vec<f32> {
        let mut state = seed | 1;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((state >> 40) as f32 / 16_777_216.0 - 0.5) * 8.0
        };
        (0..n).map(|_| next()).collect()
    }

    /// In 64 bits, without quantising.
    #[expect(clippy::disallowed_methods, reason = "a reference, compared with a tolerance")]
    fn naive(qkv: &[f32], head: Head) -> Vec<f64> {
        let Head { dim, n, .. } = head;
        let wide = |row: &[f32]| row.iter().map(|&x| f64::from(x)).collect::<Vec<_>>();
        let mut out = Vec::new();
        for i in 0..n {
            let query = wide(head.row(qkv, i, 0));
            let score = |j| {
                let key = wide(head.row(qkv, j, 1));
                query.iter().zip(&key).map(|(q, k)| q * k).sum::<f64>() / (dim as f64).sqrt()
            };
            let shares: Vec<f64> = (0..n).map(|j| score(j).exp()).collect();
            let total: f64 = shares.iter().sum();
            for d in 0..dim {
                let value = |j: usize| f64::from(head.row(qkv, j, 2)[d]);
                out.push((0..n).map(|j| shares[j] / total * value(j)).sum());
            }
        }
        out
    }

    /// Queries and keys that all are of the largest magnitudes when quantised, and so are the weights (each score is
    /// the largest) and the values: every sum is the largest or least that there is.
    #[test]
    fn the_largest_sums_do_not_overflow() {
        let (dim, n) = (MAX_DIM, MAX_POSITIONS);
        let head = Head { width: dim, at: 0, dim, n };
        for (tier, key, value) in Ready::all()
            .flat_map(|tier| [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)].map(|(k, v)| (tier, k, v)))
        {
            let rows = [vec![1.0; dim], vec![key; dim], vec![value; dim]].concat();
            let mut out = vec![f32::NAN; n * dim];
            Attention::new(n, dim).run(tier, &rows.repeat(n), head, &mut out);
            let err = |x: &f32| (x - value).abs();
            assert!(out.iter().all(|x| err(x) < 1e-6), "{tier:?}: {} for {value}, keys {key}", out[0]);
        }
        // The scores don't show in the mixture of equal values; here are their sums.
        for (tier, key) in Ready::all().flat_map(|tier| [(tier, KEY_MAX), (tier, -KEY_MAX)]) {
            let (query, panel) = ([QUERY_MAX; MAX_DIM], vec![key; MAX_DIM * PANEL]);
            let mut sums: Sums = [[0; PANEL]; ROWS];
            tile(tier, [&query; ROWS], &panel, &mut sums);
            let expected = i64::from(QUERY_MAX) * i64::from(key) * MAX_DIM as i64;
            assert!(sums.as_flattened().iter().all(|&sum| i64::from(sum) == expected), "{tier:?}: {key}");
        }
    }

    proptest! {
        #[test]
        fn tiers_agree_bit_for_bit_and_nearly_with_the_definition(
            seed: u64, n in 1usize..70, heads in 1usize..3, dim in 1usize..=MAX_DIM,
        ) {
            let width = heads * dim;
            let qkv: Vec<f32> = numbers(seed, n * 3 * width).iter().map(|x| x / 4.0).collect();
            let run = |tier| {
                let mut out = vec![f32::NAN; n * width];
                let mut buffers = Attention::new(n, dim);
                for at in (0..width).step_by(dim) {
                    buffers.run(tier, &qkv, Head { width, at, dim, n }, &mut out);
                }
                out
            };
            let portable = run(Ready::PORTABLE);
            for tier in Ready::all() {
                let same = run(tier).iter().zip(&portable).all(|(a, b)| a.to_bits() == b.to_bits());
                prop_assert!(same, "{:?}", tier);
            }
            for at in (0..width).step_by(dim) {
                let expected = naive(&qkv, Head { width, at, dim, n });
                for (i, expected) in expected.chunks(dim).enumerate() {
                    for (found, expected) in portable[i * width + at..].iter().zip(expected) {
                        prop_assert!((f64::from(*found) - expected).abs() < 0.01, "{found} for {expected}");
                    }
                }
            }
        }
    }
}
